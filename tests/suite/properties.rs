//! Laws that hold for any text.

use crate::tagging::{rules, tag_bytes};
use normtag::model::{SourceFile, TaxonomyId};
use normtag::report::{Format, Sheet, Style, render};
use normtag::rules::RuleSet;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static RULES: LazyLock<RuleSet> = LazyLock::new(|| rules("bpf-2021"));

/// Words of the field, marks, line ends and letters of several scripts, so
/// that rules fire on texts nobody would write.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec![
            "States", "should", "shall", "not", "protect", "critical", "infrastructure", "ICT",
            "cyber", "vulnerabilities", "disclosure", "report", "cooperate", "human", "rights",
            "online", "CERT", "botnets", "elections", "trust", "supply", "chain", "Internet",
            "public", "core", "Art.", "5", "(a)", "(b)", "1.", "Article", "encourage", "prevent",
            "personal", "data", "privacy", "exchange", "information", "evidence", "extradition",
        ])
        .prop_map(str::to_owned),
        2 => prop::sample::select(vec![
            "\n", "\n\n", "; ", ": ", ". ", ", ", "- ", "* ", "# ", "|", "<p>", "</p>", "\t",
        ])
        .prop_map(str::to_owned),
        1 => "\\PC{0,6}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 0..160).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn a_quote_is_its_span_to_the_byte(text in text()) {
        let tagged = tag_bytes("any.txt", text.as_bytes(), &RULES);
        let sheet = &tagged.proposals.documents[0];
        let Some(document) = &tagged.documents[0] else { return Ok(()) };
        for evidence in sheet.proposals.iter().flat_map(|proposal| &proposal.evidence) {
            prop_assert_eq!(Some(evidence.quote.as_str()), evidence.span.cut(&document.text));
            prop_assert!(!evidence.citation.is_empty());
            prop_assert!(!evidence.rules.is_empty());
        }
    }

    #[test]
    fn every_element_is_accounted_for_once(text in text()) {
        let tagged = tag_bytes("any.txt", text.as_bytes(), &RULES);
        let sheet = &tagged.proposals.documents[0];
        let proposed = sheet.proposals.iter().map(|proposal| &proposal.element);
        let absent = sheet.absent.iter().chain(&sheet.not_assessed).map(|a| &a.element);
        let all: Vec<_> = proposed.chain(absent).collect();
        let distinct: BTreeSet<_> = all.iter().collect();
        prop_assert_eq!(all.len(), RULES.taxonomy.elements.len());
        prop_assert_eq!(distinct.len(), all.len());
    }

    #[test]
    fn threads_change_nothing(text in text()) {
        let json = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let tagged = pool.install(|| tag_bytes("any.txt", text.as_bytes(), &RULES));
            let sheet = Sheet { proposals: &tagged.proposals, taxonomy: &RULES.taxonomy };
            let mut out = Vec::new();
            render(&sheet, Format::Json, Style { width: 80, color: false }, &mut out).unwrap();
            out
        };
        prop_assert_eq!(json(1), json(4));
    }

    #[test]
    fn any_rule_file_gives_diagnostics_and_never_a_panic(
        rule in prop::collection::vec(
            prop::sample::select(vec![
                "all = [\"x\", [\"y\"]]", "near = 0", "hit = [1]", "miss = [\"\"]",
                "unless = [{}]", "tag = \"maybe\"", "at_least = { n = 9, of = [] }", "any = 3",
                "weight = 2.0", "in = [\"moon\"]", "scope = \"section\"", "ordered = true",
                "name = \"a\"", "finds = \"b\"", "why = \"c\"", "subject = \"none\"",
            ]),
            0..12,
        ),
        patterns in prop::collection::vec("[a-z/@=^~* (]{0,9}", 0..6),
        garbage in prop::option::weighted(0.2, "\\PC{0,60}"),
    ) {
        let patterns: Vec<String> = patterns.iter().map(|pattern| format!("{pattern:?}")).collect();
        let vocabulary = format!("[concepts]\nx = [{0}]\ny = [\"@x\", {0}]\n", patterns.join(", "));
        let mut lines: Vec<&str> = rule;
        lines.sort_unstable();
        lines.dedup_by_key(|line| line.split(' ').next());
        let rule = format!("[[rule]]\n{}\n{}", lines.join("\n"), garbage.clone().unwrap_or_default());
        let taxonomy = "id = \"t\"\nname = \"n\"\nsource = \"s\"\n\
                        [[element]]\ncode = \"1\"\nname = \"o\"\ndefinition = \"d\"\n";
        let files = [
            SourceFile::new("rules/vocabulary/en.toml", vocabulary),
            SourceFile::new("rules/t/taxonomy.toml", taxonomy),
            SourceFile::new("rules/t/1-a.toml", rule),
        ];
        let loaded = RuleSet::load(&files, &TaxonomyId::new("t"));
        let drawn = normtag::diagnostic::draw(&loaded.diagnostics, &files, false);
        prop_assert_eq!(loaded.diagnostics.is_empty(), drawn.is_empty());
        let toml = loaded.diagnostics.iter().filter(|mistake| mistake.code == "R001");
        prop_assert!(garbage.is_some() || toml.count() == 0, "the pieces are TOML: {}", drawn);
    }
}
