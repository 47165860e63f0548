//! What each condition of a rule means, on rules as small as can be.

use crate::tagging::tag_bytes;
use normtag::diagnostic::draw;
use normtag::model::{Outcome, SourceFile, TaxonomyId};
use normtag::rules::RuleSet;

const VOCABULARY: &str = r#"
complete = true
[concepts]
lake = ["lake"]
fish = ["fish"]
boat = ["boat"]
moon = ["moon"]
duty = ["shall", "should"]
further = ["^this includes"]
denial = ["nothing in this"]
water = ["water"]
"#;

const TAXONOMY: &str = r#"
id = "t"
name = "Lakes"
source = "invented"
[force]
commitment = ["duty"]
negation = ["denial"]
continues = ["further"]
without = 0.5
[places]
background = 0.5
[[element]]
code = "1"
name = "One"
definition = "Lakes with fish."
"#;

/// A rule set of one rule with these conditions.
fn one_rule(conditions: &str) -> RuleSet {
    let rule = format!(
        "[[rule]]\nname = \"r\"\nfinds = \"f\"\nwhy = \"w\"\nsubject = \"none\"\nhit = [\"h\"]\n\
         miss = [\"m\"]\n{conditions}\n"
    );
    let files = [
        SourceFile::new("rules/vocabulary/en.toml", VOCABULARY),
        SourceFile::new("rules/t/taxonomy.toml", TAXONOMY),
        SourceFile::new("rules/t/1-one.toml", rule),
    ];
    let loaded = RuleSet::load(&files, &TaxonomyId::new("t"));
    loaded.rules.unwrap_or_else(|| panic!("{}", draw(&loaded.diagnostics, &files, false)))
}

/// Tags `text` with one rule and shows `status: quote`, or what came nearest.
fn tagged(conditions: &str, text: &str) -> String {
    let tagged = tag_bytes("x.md", text.as_bytes(), &one_rule(conditions));
    let sheet = &tagged.proposals.documents[0];
    if let Some(proposal) = sheet.proposals.first() {
        return format!("{}: {}", proposal.status.as_str(), proposal.evidence[0].quote);
    }
    let absences = sheet.absent.iter().chain(&sheet.not_assessed);
    let nearest = absences.flat_map(|absence| &absence.nearest).next();
    nearest.map_or("nothing".to_owned(), |nearest| format!("not for `{}`", nearest.failed))
}

#[track_caller]
fn check(conditions: &str, text: &str, expected: &str) {
    assert_eq!(tagged(conditions, text), expected, "{conditions}\n{text}");
}

const BOTH: &str = "tag = \"present\"\nall = [\"lake\", \"fish\"]";

#[test]
fn all_entries_must_occur_in_one_sentence() {
    check(BOTH, "The lake has fish.", "present: The lake has fish.");
    check(BOTH, "The lake is deep. It has fish.", "not for `all`");
    let either = "tag = \"present\"\nall = [\"lake\", [\"fish\", \"boat\"]]";
    check(either, "The lake has boats.", "present: The lake has boats.");
}

#[test]
fn a_paragraph_is_quoted_from_the_first_sentence_to_the_last_that_meet() {
    let wide = format!("{BOTH}\nscope = \"paragraph\"");
    let text = "It is cold. The lake is deep. It is old. It has fish. It is far.";
    check(&wide, text, "present: The lake is deep. It is old. It has fish.");
}

#[test]
fn near_counts_words_and_ordered_keeps_their_order() {
    let near = format!("{BOTH}\nnear = 3");
    check(&near, "The lake has many fish.", "present: The lake has many fish.");
    check(&near, "The lake has very many old fish.", "not for `near`");
    let ordered = format!("{BOTH}\nordered = true");
    check(&ordered, "The fish of the lake.", "not for `ordered`");
    check(&ordered, "The fish of the lake, the fish.", "present: The fish of the lake, the fish.");
}

#[test]
fn without_a_commitment_force_leaves_only_indirect() {
    let force = format!("{BOTH}\nforce = true");
    check(&force, "The lake shall have fish.", "present: The lake shall have fish.");
    check(&force, "The lake has fish.", "indirect: The lake has fish.");
}

#[test]
fn a_sentence_that_spells_out_the_one_before_shares_its_force() {
    let force = format!("{BOTH}\nforce = true");
    let spelt = "The moon should stay. This includes the lake and its fish.";
    check(&force, spelt, "present: This includes the lake and its fish.");
    let told = "The moon stays. This includes the lake and its fish.";
    check(&force, told, "indirect: This includes the lake and its fish.");
    let denied = "Nothing in this text should hold. This includes the lake and its fish.";
    check(&force, denied, "indirect: This includes the lake and its fish.");
}

#[test]
fn items_inherit_force_and_its_negation_from_what_introduces_them() {
    let force = format!("{BOTH}\nforce = true");
    let list = "The parties shall keep:\n\n- the lake with its fish;\n\n- the moon.\n";
    check(&force, list, "present: the lake with its fish;");
    let inline = "The parties shall keep: (a) the lake with its fish; (b) the moon.";
    check(&force, inline, "present: (a) the lake with its fish;");
    let denied = "Nothing in this text shall touch:\n\n- the lake with its fish;\n\n- the moon.\n";
    check(&force, denied, "indirect: the lake with its fish;");
    let denied = "Nothing in this text shall touch: (a) the lake with its fish; (b) the moon.";
    check(&force, denied, "indirect: (a) the lake with its fish;");
}

#[test]
fn a_commitment_told_as_background_is_indirect() {
    let force = format!("{BOTH}\nforce = true");
    let told = "# Report\n\n## Background\n\nThe lake should have fish.\n\n## Rules\n\nMoon.\n";
    check(&force, told, "indirect: The lake should have fish.");
    let asked = format!("{force}\nin = [\"background\"]");
    check(&asked, told, "present: The lake should have fish.");
}

#[test]
fn exceptions_hold_in_their_scope() {
    let unless =
        |exception: &str| format!("{BOTH}\nunless = [{{ any = [\"moon\"], {exception} }}]");
    let same = "The lake has fish by the moon.";
    let next = "The lake has fish. The moon is up.";
    check(&unless("shields = \"s\""), same, "not for `unless`");
    check(&unless("shields = \"s\""), next, "present: The lake has fish.");
    check(&unless("shields = \"s\", scope = \"paragraph\""), next, "not for `unless`");
    let near = "shields = \"s\", scope = \"paragraph\", near = 4";
    check(&unless(near), next, "not for `unless`");
    let far = "The lake has fish. It is old and cold. The moon is up.";
    check(&unless(near), far, "present: The lake has fish.");
    let wide = "shields = \"s\", scope = \"sentence\"";
    let paragraph = |exception: &str| format!("{}\nscope = \"paragraph\"", unless(exception));
    check(&paragraph(wide), "The moon is up. The lake has fish.", "present: The lake has fish.");
}

#[test]
fn one_excepted_pair_does_not_hide_another() {
    let rule = format!(
        "{BOTH}\nscope = \"paragraph\"\nnear = 3\n\
         unless = [{{ any = [\"moon\"], near = 2, shields = \"s\" }}]"
    );
    let text = "The moon lake fish. It is old and cold. A lake of the fish.";
    check(&rule, text, "present: A lake of the fish.");
}

#[test]
fn at_least_is_quoted_with_what_it_counts() {
    let rule = "tag = \"present\"\nscope = \"paragraph\"\nall = [\"lake\"]\n\
                at_least = { n = 2, of = [\"fish\", \"boat\", \"moon\"] }";
    let text = "A lake. Some fish. A boat. It is old.";
    check(rule, text, "present: A lake. Some fish. A boat.");
    check(rule, "A lake. Some fish. It is old.", "not for `at_least`");
}

#[test]
fn a_place_the_rule_does_not_name_is_refused() {
    let rule = format!("{BOTH}\nin = [\"annex\"]");
    check(&rule, "The lake has fish.", "not for `in`");
}

#[test]
fn the_subject_must_be_as_near_as_asked() {
    let taxonomy = format!("{TAXONOMY}\n[subject]\nconcepts = [\"water\"]\ndocument_share = 0.9\n");
    let rule = |nearness: &str| {
        format!(
            "[[rule]]\nname = \"r\"\nfinds = \"f\"\nwhy = \"w\"\n{BOTH}\nsubject = \"{nearness}\"\n\
             hit = [\"h\"]\nmiss = [\"m\"]\n"
        )
    };
    let status = |nearness: &str, text: &str| {
        let files = [
            SourceFile::new("rules/vocabulary/en.toml", VOCABULARY),
            SourceFile::new("rules/t/taxonomy.toml", taxonomy.as_str()),
            SourceFile::new("rules/t/1-one.toml", rule(nearness)),
        ];
        let rules = RuleSet::load(&files, &TaxonomyId::new("t")).rules.unwrap();
        let sheet = tag_bytes("x.md", text.as_bytes(), &rules).proposals.documents.remove(0);
        !sheet.proposals.is_empty()
    };
    let beside = "The lake has fish. The water is cold. It is old. It is far.";
    assert!(!status("sentence", beside));
    assert!(status("paragraph", beside));
    let under = "# T\n\n## On water\n\nThe lake has fish. It is old.\n\n## On land\n\nNone here.\n";
    assert!(!status("sentence", under));
    assert!(status("paragraph", under));
    let nowhere = "The lake has fish. It is old.";
    assert!(!status("document", nowhere));
    assert!(status("none", nowhere));
    // Two sentences do not show what the text they come from is about.
    let brief = format!("{taxonomy}brief = 2\n");
    let sheet = |text: &str| {
        let files = [
            SourceFile::new("rules/vocabulary/en.toml", VOCABULARY),
            SourceFile::new("rules/t/taxonomy.toml", brief.as_str()),
            SourceFile::new("rules/t/1-one.toml", rule("paragraph")),
        ];
        let rules = RuleSet::load(&files, &TaxonomyId::new("t")).rules.unwrap();
        tag_bytes("x.md", text.as_bytes(), &rules).proposals.documents.remove(0)
    };
    assert_eq!(sheet(nowhere).proposals.len(), 1);
    assert_eq!(sheet("The lake has fish. It is old. It is far.").proposals.len(), 0);
}

#[test]
fn a_long_text_must_say_more_than_a_short_one() {
    let taxonomy = format!("{TAXONOMY}\n[thresholds]\npresent = 0.5\ntenfold = 0.2\npages = 1\n");
    let rule = format!(
        "[[rule]]\nname = \"r\"\nfinds = \"f\"\nwhy = \"w\"\n{BOTH}\nsubject = \"none\"\n\
         weight = 0.6\nhit = [\"h\"]\nmiss = [\"m\"]\n"
    );
    let files = [
        SourceFile::new("rules/vocabulary/en.toml", VOCABULARY),
        SourceFile::new("rules/t/taxonomy.toml", taxonomy),
        SourceFile::new("rules/t/1-one.toml", rule),
    ];
    let rules = RuleSet::load(&files, &TaxonomyId::new("t")).rules.unwrap();
    let status = |text: &str| {
        let sheet = tag_bytes("x.txt", text.as_bytes(), &rules).proposals.documents.remove(0);
        sheet.proposals[0].status.as_str()
    };
    let said = "The lake has fish.";
    assert_eq!(status(said), "present");
    // Ten pages of 3,000 characters ask for 0.7.
    let other = "The moon is far and it is cold. ".repeat(1000);
    assert_eq!(status(&format!("{said} {other}")), "indirect");
    assert_eq!(
        status(&format!("{said} No lake lacks fish. The lake keeps fish. {other}")),
        "present"
    );
}

#[test]
fn a_text_too_short_to_tell_its_language_claims_absence_only_if_it_speaks_ours() {
    let outcome = |text: &str| {
        let rules = one_rule(BOTH);
        tag_bytes("x.txt", text.as_bytes(), &rules).proposals.documents[0].outcome
    };
    assert_eq!(outcome("Les lacs."), Outcome::Partial);
    assert_eq!(outcome("It shall be."), Outcome::Read);
}
