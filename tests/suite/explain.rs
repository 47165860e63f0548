//! What rules find and nearly find, words in their context, and what no rule
//! touches, through the program.

use crate::program::{Folder, Ran};
use serde_json::Value;

const TEXT: &str = "# Charter\n\n\
    1. States should encourage responsible reporting of ICT vulnerabilities.\n\n\
    2. Vulnerabilities in software have been found by many researchers.\n\n\
    3. The swans of the pond sang in the tavern, and the swans danced there.\n";

fn explain(args: &[&str]) -> Ran {
    let folder = Folder::new().file("charter.md", TEXT);
    folder.run(["rules", "explain"].iter().chain(args).copied())
}

/// The texts under `key` of the values listed at `list`.
fn column<'v>(value: &'v Value, list: &str, key: &str) -> Vec<&'v str> {
    let all = value[list].as_array().unwrap().iter();
    all.map(|one| one[key].as_str().unwrap()).collect()
}

#[test]
fn an_explanation_names_rules_words_and_the_condition_that_failed() {
    let found = explain(&["3.2", "--source", "charter.md", "--format", "json"]).ends(0).quietly();
    let found = found.json();
    assert_eq!((&found["format"], &found["kind"]), (&1.into(), &"explanation".into()));
    assert_eq!(found["element"]["code"], "3.2");
    let rules = column(&found, "rules", "rule");
    assert!(rules.contains(&"3.2/disclosure-encouraged"), "{rules:?}");
    let rule = &found["rules"].as_array().unwrap()[0];
    assert_eq!((&rule["scope"], &rule["subject"]), (&"sentence".into(), &"section".into()));
    let document = &found["document"];
    let hits = document["hits"].as_array().unwrap();
    let hit = hits.iter().find(|hit| hit["rule"] == "3.2/disclosure-encouraged").unwrap();
    assert_eq!((&hit["status"], &hit["citation"]), (&"present".into(), &"Para. 1".into()));
    let met = column(hit, "met", "words");
    assert!(met.contains(&"vulnerabilities") && met.contains(&"reporting"), "{met:?}");
    // Every rule that found nothing but came near says what stood in the way.
    for miss in document["misses"].as_array().unwrap() {
        assert!(!miss["failed"].as_str().unwrap().is_empty(), "{miss}");
        assert!(rules.contains(&miss["rule"].as_str().unwrap()), "{miss}");
    }
    // An element that is absent has near misses too.
    let absent = explain(&["1.2", "--source", "charter.md", "--format", "json"]).ends(0).json();
    assert_eq!(absent["document"]["hits"].as_array().unwrap().len(), 0);
    let without = explain(&["3.2", "--format", "json"]).ends(0).json();
    assert!(without["document"].is_null());
}

#[test]
fn a_concept_stands_in_its_context() {
    let lines = explain(&["--kwic", "vulnerability", "--source", "charter.md"]).ends(0).quietly();
    let lines: Vec<&str> = lines.stdout.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    // The words stand one below the other.
    let columns: Vec<usize> =
        lines.iter().map(|line| line.to_lowercase().find("vulnerabilities").unwrap()).collect();
    assert_eq!(columns[0], columns[1], "{lines:?}");
    let json = ["--kwic", "vulnerability", "--source", "charter.md", "--format", "json"];
    let found = explain(&json).ends(0).json();
    assert_eq!((&found["kind"], &found["what"]), (&"concordance".into(), &"vulnerability".into()));
    let line = &found["lines"].as_array().unwrap()[1];
    assert_eq!(line["quote"], "Vulnerabilities");
    assert_eq!(line["left"], "");
    assert_eq!(line["right"], " in software have been found by many researchers.");
}

#[test]
fn any_pattern_of_a_vocabulary_can_be_looked_for() {
    let count = |what: &str| {
        explain(&["--kwic", what, "--source", "charter.md"]).ends(0).stdout.lines().count()
    };
    assert_eq!(count("swan"), 2);
    assert_eq!(count("~swan"), 0);
    assert_eq!(count("swan*"), 2);
    assert_eq!(count("/swans? \\w+/"), 2);
    assert_eq!(count("^the swans"), 1);
    explain(&["--kwic", "@swan", "--source", "charter.md"]).ends(2).says(&["without `@`"]);
    explain(&["--kwic", "/(/", "--source", "charter.md"]).ends(2).says(&["not a regular"]);
    explain(&["--kwic", "swan"]).ends(2).says(&["--source"]);
    explain(&["--source", "charter.md"]).ends(2).says(&["<ELEMENT>"]);
}

#[test]
fn what_no_rule_touches_shows_the_words_that_are_missing() {
    let text = explain(&["--untouched", "--source", "charter.md"]).ends(0).quietly().stdout;
    for told in ["no rule holds in 1 of", "Para. 3", "concepts: none", "swans"] {
        assert!(text.contains(told), "{told}: {text}");
    }
    assert!(!text.contains("responsible reporting"), "{text}");
    let json = explain(&["--untouched", "--source", "charter.md", "--format", "json"]).ends(0);
    let json = json.json();
    assert_eq!((&json["format"], &json["kind"]), (&1.into(), &"untouched".into()));
    assert_eq!(json["words"][0]["word"], "swans");
    assert_eq!(
        (&json["words"][0]["count"], &json["words"][0]["elsewhere"]),
        (&2.into(), &0.into())
    );
    assert_eq!(column(&json, "paragraphs", "citation"), ["Para. 3"]);
}

#[test]
fn a_paragraph_in_another_language_is_looked_at_by_its_own_vocabulary() {
    let english = "States should encourage responsible disclosure of vulnerabilities in software.\n\n\
                   The Parties shall meet once a year to review how they carry out this Accord.\n\n";
    let french = "Les fournisseurs doivent divulguer de manière responsable les vulnérabilités de \
                  leurs produits numériques, et les corriger sans retard.\n\n";
    let swedish = "Leverantörerna ska på ett ansvarsfullt sätt redovisa sårbarheter i sina digitala \
                   produkter och rätta till dem utan dröjsmål i alla medlemsländer.\n";
    let folder = Folder::new().file("mixed.md", format!("{english}{french}{swedish}"));
    let kwic = ["rules", "explain", "--kwic", "vulnerability", "--source", "mixed.md"];
    let run = folder.run(kwic).ends(1).says(&["which is in `sv`"]);
    assert!(run.stdout.contains("vulnérabilités"), "{}", run.stdout);
}

#[test]
fn where_no_rule_holds_at_all_the_words_that_stand_there_most_are_shown() {
    let folder = Folder::new().file(
        "swans.txt",
        "The swans of the pond sang to the other swans and to all of \
         the people who had come to hear the swans there.\n",
    );
    let args = ["rules", "explain", "--untouched", "--source", "swans.txt"];
    let text = folder.run(args).ends(0).stdout;
    assert!(text.contains("no concept knows: swans"), "{text}");
}
