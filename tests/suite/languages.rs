//! One agreement in two languages: nearly the same tags.

use crate::coding::proposed;
use crate::shared::shared;
use crate::tagging::{rules, tag_file};
use normtag::model::{DocumentProposals, Outcome};
use normtag::rules::RuleSet;

/// The elements on which two sheets differ, each as `element: one | other`.
fn differences(rules: &RuleSet, one: &DocumentProposals, other: &DocumentProposals) -> Vec<String> {
    let codes = rules.taxonomy.elements.iter().map(|element| element.code.as_str());
    codes
        .filter_map(|code| {
            let (one, other) = (proposed(one, code), proposed(other, code));
            (one != other).then(|| format!("{code}: {} | {}", one.as_str(), other.as_str()))
        })
        .collect()
}

#[test]
fn the_paris_call_has_nearly_the_same_tags_in_french() {
    let Some(folder) = shared("languages") else { return };
    let rules = rules("bpf-2021");
    let english = tag_file(&folder.join("agreements/paris-call-2018.md"), &rules);
    let french = tag_file(&folder.join("agreements/pdf/appel-de-paris-2018-fr.pdf"), &rules);
    assert_eq!((french.language.as_deref(), french.outcome), (Some("fr"), Outcome::Read));
    let differences = differences(&rules, &english, &french);
    println!("Paris Call, English | French: {differences:#?}");
    assert!(differences.len() <= 2, "{differences:#?}");
}

#[test]
fn the_convention_on_cybercrime_has_nearly_the_same_tags_in_dutch() {
    let Some(folder) = shared("languages") else { return };
    let rules = rules("bpf-2021");
    let file = |name: &str| tag_file(&folder.join("agreements").join(name), &rules);
    let english = file("budapest-convention-cets185.md");
    let dutch = file("budapest-convention-cets185-nl.md");
    // The vocabulary is begun: what is found counts, what is not proves nothing.
    assert_eq!((dutch.language.as_deref(), dutch.outcome), (Some("nl"), Outcome::Partial));
    let differences = differences(&rules, &english, &dutch);
    println!("Convention on Cybercrime, English | Dutch: {differences:#?}");
    assert!(differences.len() <= 4, "{differences:#?}");
}
