//! The rule files that ship, and mistakes in rule files.

use crate::golden;
use crate::program::{Folder, project};
use crate::tagging::rules;
use normtag::corpus::{built_in_rules, read_rules};
use normtag::diagnostic::draw;
use normtag::model::{ElementCode, TaxonomyId};
use normtag::rules::{RuleSet, crosswalk, default_taxonomy, taxonomies};
use normtag::scan::check_examples;
use std::collections::BTreeSet;

#[test]
fn every_rule_holds_for_its_hits_and_not_for_its_misses() {
    let files = built_in_rules();
    for id in taxonomies(&files) {
        let loaded = RuleSet::load(&files, &id);
        assert!(loaded.diagnostics.is_empty(), "{}", draw(&loaded.diagnostics, &files, false));
        let mistakes = check_examples(&loaded.rules.unwrap());
        assert!(mistakes.is_empty(), "{}", draw(&mistakes, &files, false));
    }
}

#[test]
fn both_taxonomies_are_whole() {
    let newer = rules("bpf-2021");
    assert_eq!((newer.taxonomy.categories.len(), newer.taxonomy.elements.len()), (6, 26));
    let older = rules("bpf-2019");
    assert_eq!((older.taxonomy.categories.len(), older.taxonomy.elements.len()), (0, 10));
    assert_eq!(older.taxonomy.label(normtag::model::Presence::Present), "Yes");
    assert_eq!(default_taxonomy(&built_in_rules()).0, Some(TaxonomyId::new("bpf-2021")));
}

#[test]
fn every_element_has_rules_for_present_and_is_defined() {
    for id in ["bpf-2021", "bpf-2019"] {
        let rules = rules(id);
        for element in &rules.taxonomy.elements {
            let mut own = rules.rules.iter().filter(|rule| rule.element == element.code);
            assert!(
                own.any(|rule| rule.tag == normtag::model::Status::Present),
                "{}",
                element.code
            );
            assert!(!element.definition.is_empty(), "{}", element.code);
        }
    }
}

#[test]
fn the_crosswalk_names_elements_that_exist_and_every_older_one() {
    let files = built_in_rules();
    let (crosswalk, mistakes) = crosswalk(&files);
    assert!(mistakes.is_empty(), "{}", draw(&mistakes, &files, false));
    let exists = |(taxonomy, code): &(TaxonomyId, ElementCode)| {
        assert!(rules(taxonomy.as_str()).taxonomy.element(code).is_some(), "{taxonomy}/{code}");
    };
    for relation in &crosswalk.relations {
        exists(&relation.from);
        relation.to.iter().for_each(exists);
    }
    let from: BTreeSet<&str> = crosswalk.relations.iter().map(|r| r.from.1.as_str()).collect();
    assert_eq!(from.len(), 10, "{from:?}");
}

#[test]
fn the_built_in_rules_are_those_of_the_folder() {
    let on_disk = read_rules(&project().join("rules")).unwrap();
    let built_in = built_in_rules();
    assert_eq!(on_disk.len(), built_in.len());
    for (one, other) in on_disk.iter().zip(&built_in) {
        assert!(one.path.ends_with(&other.path), "{} and {}", one.path, other.path);
        assert_eq!(one.text, other.text, "{}", one.path);
    }
}

#[test]
fn every_mistake_is_shown_in_place_and_all_at_once() {
    let mistakes = project().join("tests/suite/mistakes");
    let mut folder = Folder::new();
    for entry in walkdir::WalkDir::new(&mistakes) {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(&mistakes).unwrap().to_string_lossy().into_owned();
            folder = folder.file(&format!("rules/{name}"), std::fs::read(&path).unwrap());
        }
    }
    let ran = folder.run(["rules", "check", "--rules", "rules"]).ends(1);
    golden::check("mistakes/shown.txt", &ran.stderr);
    folder
        .run(["tag", "-", "--rules", "rules", "--taxonomy", "made-up"])
        .ends(2)
        .says(&["error[R002]", "the rules cannot be used"]);
}
