//! Patterns, one a line, and after a byte no text has a text they are looked
//! for in, by rules with every kind of condition.

#![no_main]

use libfuzzer_sys::fuzz_target;
use normtag::extract::extract;
use normtag::model::{Document, Extracted, Snapshot, SourceFile, TaxonomyId};
use normtag::pipeline::tag_document;
use normtag::rules::{RuleSet, quoted_pattern};
use normtag::scan::{concordance, scan, untouched};
use normtag_fuzz::parts;

const TAXONOMY: &str = r#"
id = "t"
name = "t"
source = "t"
[force]
commitment = ["a"]
negation = ["b"]
continues = ["c"]
[subject]
concepts = ["c"]
[[element]]
code = "1"
name = "t"
definition = "t"
"#;

const RULES: &str = r#"
[[rule]]
name = "sentence"
finds = "t"
why = "t"
tag = "present"
all = ["a", ["b", "c"]]
any = ["c", "d"]
near = 4
force = true
unless = [{ any = ["d"], near = 2, shields = "t" }, { any = ["d"], scope = "section", shields = "t" }]
hit = ["x"]
miss = ["x"]
[[rule]]
name = "paragraph"
finds = "t"
why = "t"
tag = "present"
scope = "paragraph"
all = ["a", "b"]
ordered = true
near = 9
subject = "throughout"
hit = ["x"]
miss = ["x"]
[[rule]]
name = "section"
finds = "t"
why = "t"
tag = "indirect"
scope = "section"
at_least = { n = 2, of = ["a", "b", "d"] }
subject = "none"
in = ["operative", "annex", "heading", "footnote"]
unless = [{ any = ["c"], scope = "paragraph", near = 1, shields = "t" }]
hit = ["x"]
miss = ["x"]
"#;

fuzz_target!(|data: &[u8]| {
    let [patterns, text] = parts::<2>(data);
    let patterns = String::from_utf8_lossy(patterns);
    let Some(rules) = rules(&patterns) else { return };
    let snapshot = Snapshot::of_bytes("x.md", text.to_vec());
    let Extracted::Read(document) = extract(&snapshot) else { return };
    let document = Document { language: Some("en".to_owned()), ..*document };
    let found = scan(&document, &rules);
    for hit in &found.hits {
        let paragraph = document.paragraphs[hit.paragraph].span;
        let inside = hit.span.start >= paragraph.start && hit.span.end <= paragraph.end;
        assert!(inside && hit.span.cut(&document.text).is_some(), "{hit:?}");
        assert!(hit.met.iter().all(|met| met.span.cut(&document.text).is_some()), "{hit:?}");
        assert!((0.0..=1.0).contains(&hit.score), "{hit:?}");
    }
    assert_eq!(found, scan(&document, &rules), "not the same twice");
    let sheet = tag_document(&document, &rules, 3);
    for evidence in sheet.proposals.iter().flat_map(|proposal| &proposal.evidence) {
        assert_eq!(evidence.span.cut(&document.text), Some(evidence.quote.as_str()));
    }
    for one in untouched(&document, &rules) {
        assert!(one.unknown.iter().all(|span| span.cut(&document.text).is_some()));
    }
    let lexicon = rules.lexicon(Some("en")).expect("the vocabulary is there");
    let concept = rules.concept_named("a").expect("the concept is there");
    for place in concordance(&document, lexicon, concept) {
        assert!(place.span.cut(&document.text).is_some_and(|words| !words.is_empty()));
    }
});

/// The rules with these patterns, dealt out to four concepts.
fn rules(patterns: &str) -> Option<RuleSet> {
    let mut concepts = [const { String::new() }; 4];
    for (number, line) in patterns.lines().filter(|line| !line.starts_with('@')).enumerate() {
        // What TOML cannot hold is no pattern.
        if !line.contains(char::is_control) {
            concepts[number % 4] += &format!("{}, ", quoted_pattern(line));
        }
    }
    let [a, b, c, d] = concepts;
    let words = format!(
        "complete = true\nskip = [\"the\"]\nelide = [\"l\"]\n[concepts]\na = [{a}\"at\"]\n\
         b = [{b}\"but\"]\nc = [{c}\"cat\"]\nd = [{d}\"dot\"]\n"
    );
    let files = [
        SourceFile::new("rules/t/taxonomy.toml", TAXONOMY),
        SourceFile::new("rules/t/1-x.toml", RULES),
        SourceFile::new("rules/vocabulary/en.toml", words),
    ];
    RuleSet::load(&files, &TaxonomyId::new("t")).rules
}
