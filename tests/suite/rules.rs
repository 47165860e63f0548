//! The rule files that ship, and mistakes in rule files.

use crate::golden;
use crate::program::{Folder, project};
use crate::tagging::rules;
use normtag::corpus::{built_in_rules, read_rules};
use normtag::diagnostic::draw;
use normtag::model::{ElementCode, TaxonomyId};
use normtag::rules::{RuleSet, crosswalk, default_taxonomy, lint, taxonomies};
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
fn the_rules_that_ship_earn_no_warning() {
    let files = built_in_rules();
    let loaded: Vec<RuleSet> =
        taxonomies(&files).iter().filter_map(|id| RuleSet::load(&files, id).rules).collect();
    let warnings = lint(&files, &loaded, true);
    assert!(warnings.is_empty(), "{}", draw(&warnings, &files, false));
}

#[test]
fn an_empty_folder_of_rules_is_none_and_nothing_is_written() {
    let folder = Folder::new().file("rules/vocabulary/en.toml", "complete = true\n[concepts]\n");
    let run = folder.run(["rules", "check", "--fix", "--rules", ""]);
    run.ends(2).says(&["cannot be edited"]);
    let kept = std::fs::read_to_string(folder.path("rules/vocabulary/en.toml")).unwrap();
    assert_eq!(kept, "complete = true\n[concepts]\n");
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
    let folder = rule_files("mistakes");
    let ran = folder.run(["rules", "check", "--rules", "rules"]).ends(1);
    golden::check("mistakes/shown.txt", &ran.stderr);
    folder
        .run(["tag", "-", "--rules", "rules", "--taxonomy", "made-up"])
        .ends(2)
        .says(&["error[R002]", "the rules cannot be used"]);
    folder
        .file("rules/defaults.toml", "taxonomy = \"made-upp\"")
        .run(["rules", "check", "--rules", "rules"])
        .ends(2)
        .says(&["error[R016]: unknown taxonomy"]);
}

#[test]
fn every_element_has_a_page_and_every_link_leads_somewhere() {
    let folder = Folder::new();
    folder.run(["rules", "docs", "-o", "handbook"]).ends(0).says(&["39 pages in handbook"]);
    let root = folder.path("handbook");
    let mut links = 0;
    for entry in walkdir::WalkDir::new(&root) {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|ending| ending != "md") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        for link in text.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let to = if file.is_empty() { path.clone() } else { path.with_file_name(file) };
            let there =
                std::fs::read_to_string(&to).unwrap_or_else(|_| panic!("{link} in {path:?}"));
            let id = format!("<a id=\"{anchor}\"></a>");
            assert!(anchor.is_empty() || there.contains(&id), "{link} in {path:?}");
            links += 1;
        }
    }
    assert!(links > 900, "{links}");
    let rules = rules("bpf-2021");
    for element in &rules.taxonomy.elements {
        let page =
            std::fs::read_to_string(root.join(format!("bpf-2021/{}.md", element.code))).unwrap();
        for rule in rules.rules.iter().filter(|rule| rule.element == element.code) {
            let name = rule.id.as_str().rsplit('/').next().unwrap();
            assert!(page.contains(&format!("\n### {name}\n")), "{}", rule.id);
        }
    }
    let page = std::fs::read_to_string(root.join("bpf-2021/3.2.md")).unwrap();
    for told in [
        "# 3.2 Reporting of vulnerabilities",
        "> Finding, coordinated or responsible disclosure",
        "- `all`: [vulnerability](#words-vulnerability)",
        "- `near`: these within 12 words",
        "- “States should encourage responsible reporting of ICT vulnerabilities.”",
        "- en: ",
        "- wider than [bpf-2019 responsible-disclosure](../bpf-2019/responsible-disclosure.md)",
    ] {
        assert!(page.contains(told), "{told}");
    }
    // A folder with other files is left alone; an earlier handbook is renewed.
    folder.run(["rules", "docs", "-o", "handbook", "--taxonomy", "bpf-2019"]).ends(0);
    assert!(!root.join("bpf-2021/3.2.md").exists());
    let other = Folder::new().file("mine/notes.md", "keep me");
    let site = Folder::new();
    site.run(["report", "-o", "pages", "--list", "2019-review"]).ends(0);
    site.run(["rules", "docs", "-o", "pages"]).ends(2).says(&["another kind of pages"]);
    other.run(["rules", "docs", "-o", "mine"]).ends(2).says(&["name a new or an empty folder"]);
}

#[test]
fn what_works_and_was_not_meant_so_is_a_warning_in_place() {
    let folder = rule_files("warnings");
    let ran = folder.run(["rules", "check", "--rules", "rules"]).ends(0);
    golden::check("warnings/shown.txt", &ran.stderr);
    folder.run(["rules", "check", "--rules", "rules", "--strict"]).ends(1);
    // They stop nobody: rules with warnings are used.
    folder.run(["rules", "test", "--rules", "rules"]).ends(0);
    let json =
        folder.run(["rules", "check", "--rules", "rules", "--format", "json"]).ends(0).json();
    assert_eq!((&json["format"], &json["kind"]), (&1.into(), &"rule-mistakes".into()));
    let all = json["mistakes"].as_array().unwrap();
    let narrow = all.iter().find(|one| one["code"] == "R027").unwrap();
    assert_eq!((&narrow["severity"], &narrow["line"]), (&"warning".into(), &7.into()));
}

#[test]
fn what_has_no_effect_is_taken_out_and_nothing_else_changes() {
    let folder = rule_files("warnings").file("text.txt", "Lakes and ponds. A pond on a shoreline.");
    let tag = ["tag", "text.txt", "--rules", "rules", "--taxonomy", "made-up", "--format", "json"];
    let sheet = |folder: &Folder| folder.run(tag).json()["documents"].clone();
    let before = sheet(&folder);
    folder.run(["rules", "check", "--fix"]).ends(2).says(&["name a folder with --rules"]);
    let ran = folder.run(["rules", "check", "--rules", "rules", "--fix"]).ends(0);
    let ran = ran.says(&["5 items taken out of 2 files", "warning[R028]"]);
    assert!(!ran.stderr.contains("[R037]"), "{}", ran.stderr);
    assert_eq!(sheet(&folder), before);
    let again = folder.run(["rules", "check", "--rules", "rules"]).ends(0).stderr;
    for code in ["[R030]", "[R037]", "[R038]"] {
        assert!(!again.contains(code), "{again}");
    }
}

#[test]
fn examples_that_do_not_hold_are_mistakes_in_their_place() {
    let wrong = |path: &str, text: &str| {
        let text = text.to_owned();
        if path.ends_with("1.2-fish.toml") {
            text.replace("[\"Fish.\"]", "[\"A bird.\"]").replace("[\"A lake.\"]", "[\"A fish.\"]")
        } else {
            text
        }
    };
    let folder = rule_files_with("warnings", wrong);
    for command in ["check", "test"] {
        let ran = folder.run(["rules", command, "--rules", "rules"]).ends(1);
        ran.says(&[
            "error[R012]: hit that is not met",
            "error[R013]: miss that is met",
            "2 mistakes",
        ]);
    }
}

#[test]
fn every_code_is_shown_by_a_planted_mistake() {
    let shown = ["mistakes", "warnings"].map(|name| {
        std::fs::read_to_string(project().join(format!("tests/suite/{name}/shown.txt"))).unwrap()
    });
    let shown = shown.concat();
    let mut codes = BTreeSet::new();
    for folder in ["src/rules", "src/scan"] {
        for entry in walkdir::WalkDir::new(project().join(folder)) {
            let path = entry.unwrap().into_path();
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let quoted = text.split('"').filter(|part| {
                part.len() == 4 && part.starts_with('R') && part[1..].parse::<u16>().is_ok()
            });
            codes.extend(quoted.map(str::to_owned));
        }
    }
    // Examples and the default taxonomy are asked above; 65,535 concepts are too many to plant.
    codes.retain(|code| !["R012", "R013", "R016", "R020"].contains(&code.as_str()));
    let missing: Vec<&String> =
        codes.iter().filter(|code| !shown.contains(&format!("[{code}]"))).collect();
    assert!(missing.is_empty(), "planted nowhere: {missing:?}");
    assert!(codes.len() >= 40, "{}", codes.len());
}

/// A folder with the rule files of `tests/suite/NAME`.
fn rule_files(name: &str) -> Folder {
    rule_files_with(name, |_, text| text.to_owned())
}

/// The same, each file through `change`, which is told its path.
fn rule_files_with(name: &str, change: impl Fn(&str, &str) -> String) -> Folder {
    let files = project().join("tests/suite").join(name);
    let mut folder = Folder::new();
    for entry in walkdir::WalkDir::new(&files) {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(&files).unwrap().to_string_lossy().into_owned();
            let text = std::fs::read_to_string(&path).unwrap();
            folder = folder.file(&format!("rules/{name}"), change(&name, &text));
        }
    }
    folder
}
