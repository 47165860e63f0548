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
        toml in "\\PC{0,120}",
        rule in prop::collection::vec(
            prop::sample::select(vec![
                "[[rule]]", "name = \"a\"", "all = [\"x\", [\"y\"]]", "near = 0", "hit = [1]",
                "unless = [{}]", "tag = \"maybe\"", "at_least = { n = 9, of = [] }", "any = 3",
                "[concepts]", "x = [\"*\", \"/(/\", \"@x\", \"\"]", "weight = 2.0", "in = [\"moon\"]",
            ]),
            0..12,
        ),
    ) {
        let text = format!("{}\n{toml}", rule.join("\n"));
        let files = [
            SourceFile::new("rules/vocabulary/en.toml", text.clone()),
            SourceFile::new("rules/t/taxonomy.toml", text.clone()),
            SourceFile::new("rules/t/1-a.toml", text),
        ];
        let loaded = RuleSet::load(&files, &TaxonomyId::new("t"));
        let drawn = normtag::diagnostic::draw(&loaded.diagnostics, &files, false);
        prop_assert_eq!(loaded.diagnostics.is_empty(), drawn.is_empty());
    }
}
