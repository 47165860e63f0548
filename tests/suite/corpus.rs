//! The registry of agreements: what ships is whole, and what is damaged is
//! told in place.

use crate::golden;
use crate::program::{Folder, project};
use crate::shared::{files, shared};
use normtag::corpus::{Registry, built_in_agreements, read_agreements};
use normtag::diagnostic::draw;
use normtag::model::{Agreement, AgreementId, ListId, SourceFile};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::path::Path;

fn registry() -> Registry {
    let file = built_in_agreements();
    let loaded = Registry::load(&file);
    let mistakes = &loaded.diagnostics;
    assert!(mistakes.is_empty(), "{}", draw(mistakes, std::slice::from_ref(&file), false));
    loaded.registry.unwrap()
}

/// The ids on a list, in its order.
fn on<'r>(registry: &'r Registry, list: &str) -> Vec<&'r str> {
    let entries = registry.entries(&ListId::new(list));
    entries.into_iter().map(|(_, agreement)| agreement.id.as_str()).collect()
}

fn distinct<'r>(ids: &[&'r str]) -> BTreeSet<&'r str> {
    ids.iter().copied().collect()
}

#[test]
fn the_registry_that_ships_has_no_mistake_and_is_the_one_of_the_folder() {
    assert_eq!(registry().agreements.len(), 48);
    let readme = std::fs::read_to_string(project().join("README.md")).unwrap();
    assert!(readme.contains("normtag knows 48 agreements"));
    let on_disk = read_agreements(&project().join("corpus")).unwrap();
    assert_eq!(on_disk.text, built_in_agreements().text);
}

#[test]
fn every_list_has_its_entries() {
    let registry = registry();
    for (list, entries, agreements) in [
        ("2019-annex-a", 22, 22),
        ("2019-review", 20, 20),
        ("suggested", 3, 3),
        // Two entries hold several agreements: 2 the G7's two, 16 three reports.
        ("2020-list", 21, 24),
        // Two agreements stand twice.
        ("2021-references", 35, 33),
        ("2022-list", 38, 38),
    ] {
        let found = registry.entries(&ListId::new(list));
        let numbers: BTreeSet<usize> = found.iter().map(|(at, _)| at.number).collect();
        assert_eq!(numbers, (1..=entries).collect(), "{list}");
        assert_eq!(distinct(&on(&registry, list)).len(), agreements, "{list}");
        assert_eq!(registry.list(&ListId::new(list)).unwrap().entries, entries);
    }
}

#[test]
fn what_stands_twice_is_one_agreement() {
    let registry = registry();
    let references = on(&registry, "2021-references");
    assert_eq!((references[21], references[33]), ("un-oewg-2021", "un-oewg-2021"));
    let joint = "eu-joint-communication-2017";
    assert_eq!((references[18], references[25]), (joint, joint));
}

#[test]
fn the_lists_differ_where_the_documents_do() {
    let registry = registry();
    let references = distinct(&on(&registry, "2021-references"));
    let reviewed = distinct(&on(&registry, "2019-review"));
    let only_reviewed: Vec<&str> = reviewed.difference(&references).copied().collect();
    assert_eq!(
        only_reviewed,
        [
            "brazzaville-declaration-2016",
            "budapest-convention-2001",
            "ecowas-directive-2011",
            "eu-cybersecurity-act-2019",
            "eu-nis-directive-2016",
            "oas-strategy-2004",
            "tech-accord-2018",
        ]
    );
    let last = distinct(&on(&registry, "2022-list"));
    assert!(references.is_subset(&last));
    let newer: Vec<&str> = last.difference(&references).copied().collect();
    assert_eq!(
        newer,
        [
            "charter-digitally-connected-world-2016",
            "code-of-conduct-2015",
            "copenhagen-pledge-2021",
            "future-of-the-internet-2022",
            "tech-accord-2018",
        ]
    );
}

#[test]
fn an_agreement_is_found_by_its_id_and_by_any_of_its_names() {
    let registry = registry();
    for (name, id) in [
        ("paris-call-2018", "paris-call-2018"),
        ("PARIS CALL", "paris-call-2018"),
        ("Paris Call for Trust and Security in Cyberspace", "paris-call-2018"),
        ("Malabo Convention", "au-malabo-2014"),
        ("g20 leaders communique", "g20-antalya-2015"),
        ("EthicsfIRST", "ethicsfirst-2019"),
        ("UNGGE Consensus Report of 2015", "un-gge-2015"),
    ] {
        assert_eq!(registry.find(name).map(|one| one.id.as_str()), Some(id), "{name}");
    }
    assert_eq!(registry.find("Treaty of Westphalia"), None);
    // Three reports share this name, so it leads to none of them.
    let shared = &registry.agreement(&AgreementId::new("un-gge-2010")).unwrap().lists[0].name;
    assert_eq!(registry.find(shared), None);
}

/// The document a list stands in, by the beginning of its file's name.
fn seed(list: &str) -> &'static str {
    match list {
        "2019-annex-a" => "2019-bpf-call",
        "2019-review" | "suggested" => "2019-bpf-cybersecurity",
        "2020-list" => "2020-",
        "2021-references" => "2021-",
        _ => "2022-",
    }
}

/// The words of a document, without markup, one space between them.
fn words(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    let mut plain = String::new();
    for part in text.split('<') {
        let (tag, rest) = part.split_once('>').unwrap_or(("", part));
        plain.push(' ');
        plain.push_str(if tag.len() < 400 { rest } else { part });
    }
    let plain = plain.replace("](#)", "").replace(['[', ']', '\\'], "").replace("&amp;", "&");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn what_is_said_as_stated_is_stated() {
    let Some(shared) = shared("what the documents say") else { return };
    let documents: Vec<(String, String)> = files(&shared.join("seeds"), "txt")
        .iter()
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), words(path)))
        .collect();
    let stated = |text: &str, one: &Agreement| {
        let said = documents.iter().any(|(_, words)| words.contains(text));
        assert!(said, "{}: {text}", one.id);
    };
    for one in &registry().agreements {
        let said = [&one.date_as_stated, &one.signatories, &one.organisation];
        said.into_iter().chain([&one.binding_as_stated]).flatten().for_each(|t| stated(t, one));
        for listing in &one.lists {
            let beginning = seed(listing.list.as_str());
            let (_, words) =
                documents.iter().find(|(name, _)| name.starts_with(beginning)).unwrap();
            assert!(words.contains(&listing.name), "{}: {}", one.id, listing.name);
        }
    }
}

/// What is done to a sound registry, and the code that tells it.
const DAMAGE: &[(&str, &str, &str)] = &[
    ("C001", "name = \"The Lake Treaty\"", "name = The Lake Treaty"),
    ("C002", "stakeholder_groups", "stakeholder_group"),
    ("C003", "name = \"Protocol to the Lake Treaty\"\n", ""),
    ("C003", "entries = 3\n", ""),
    ("C003", "format = 1\n", ""),
    ("C004", "number = 1,", "number = \"1\","),
    ("C005", "[\"Treaty of the Lakes\"]", "[]"),
    ("C006", "\"lake-treaty-2012\"", "\"Lake_Treaty\""),
    ("C007", "\"lake-protocol-2014\"", "\"lake-treaty-2012\""),
    ("C008", "\"Protocol to the Lake Treaty\"", "\"TREATY OF THE LAKES\""),
    ("C009", "\"2012-02-29\"", "\"2012-02-30\""),
    ("C009", "\"2012-02-29\"", "\"February 2012\""),
    ("C010", "https://lakes", "lakes"),
    ("C011", "[\"GOV\"]", "[\"GOVT\"]"),
    ("C011", "\"within-group\"", "\"within\""),
    ("C011", "\"old-list\", number = 3", "\"older-list\", number = 3"),
    ("C011", "language = \"en\"", "language = \"English\""),
    ("C011", "format = 1", "format = 2"),
    ("C012", "number = 3", "number = 4"),
    ("C012", "several = [2]\n", ""),
    ("C013", "entries = 3", "entries = 5"),
    ("C014", "2012-02-29", "2013-02-28"),
    ("C014", "date_note = \"Nobody says when.\"\n", ""),
];

#[test]
fn every_kind_of_damage_is_told_in_place() {
    let path = project().join("tests/suite/registry/agreements.toml");
    let sound = std::fs::read_to_string(path).unwrap();
    Folder::new()
        .file("corpus/agreements.toml", &sound)
        .run(["corpus", "validate", "--corpus", "corpus"])
        .ends(0)
        .quietly();
    let mut shown = String::new();
    for (code, from, to) in DAMAGE {
        assert_eq!(sound.matches(from).count(), 1, "{from}");
        let damaged = sound.replace(from, to);
        let folder = Folder::new().file("corpus/agreements.toml", damaged);
        let ran = folder.run(["corpus", "validate", "--corpus", "corpus"]).ends(1);
        assert!(ran.stderr.contains(&format!("error[{code}]")), "{code}: {}", ran.stderr);
        shown.push_str(&format!("# {code}: {from:?} → {to:?}\n{}\n", ran.stderr));
        folder.run(["corpus", "list", "--corpus", "corpus"]).ends(2).says(&["cannot be used"]);
    }
    golden::check("registry/damage.txt", &shown);
}

#[test]
fn the_registry_that_ships_is_refused_when_it_is_damaged() {
    let sound = built_in_agreements();
    for (code, from, to) in [
        ("C007", "id = \"un-gge-2021\"", "id = \"un-gge-2015\""),
        ("C012", "number = 38, name = \"A Dec", "number = 39, name = \"A Dec"),
        ("C013", "number = 38, name = \"A Dec", "number = 37, name = \"A Dec"),
        ("C014", "date = \"2018-11-12\"", "date = \"2017-11-12\""),
    ] {
        let damaged = SourceFile::new("agreements.toml", sound.text.replace(from, to));
        let loaded = Registry::load(&damaged);
        assert!(loaded.registry.is_none(), "{code}");
        assert!(loaded.diagnostics.iter().any(|mistake| mistake.code == code), "{code}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is done to the file, it is read or every mistake has a place.
    #[test]
    fn a_registry_with_any_bytes_changed_is_read_or_told(
        at in 0..built_in_agreements().text.len(), length in 0_usize..40, put in "[\\[\\]{}=\",a-z0-9 \n-]{0,8}",
    ) {
        let text = built_in_agreements().text;
        let place = |wanted: usize| {
            (0..=wanted.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap()
        };
        let from = place(at);
        let damaged = format!("{}{put}{}", &text[..from], &text[place(from + length)..]);
        let file = SourceFile::new("agreements.toml", damaged);
        let loaded = Registry::load(&file);
        prop_assert_eq!(loaded.registry.is_some(), loaded.diagnostics.is_empty());
        for mistake in &loaded.diagnostics {
            prop_assert!(mistake.span.cut(&file.text).is_some());
        }
        let drawn = draw(&loaded.diagnostics, &[file], false);
        prop_assert_eq!(drawn.is_empty(), loaded.diagnostics.is_empty());
    }
}

#[test]
fn the_program_lists_filters_and_shows() {
    let folder = Folder::new();
    let lines = |args: &[&str]| {
        let all: Vec<&str> = ["corpus", "list"].iter().chain(args).copied().collect();
        folder.run(all).ends(0).stdout.lines().count()
    };
    assert_eq!(lines(&[]), 48);
    assert_eq!(lines(&["--list", "2021-references"]), 35);
    assert_eq!(lines(&["--year", "2018", "--list", "2022-list"]), 7);
    assert_eq!(lines(&["--group", "IND"]), 3);
    let csv = folder.run(["corpus", "list", "--list", "2021-references", "--format", "csv"]);
    let row = csv.ends(0).stdout.lines().nth(22).unwrap().to_owned();
    assert!(row.starts_with("xxii,un-oewg-2021,"), "{row}");
    let json = folder.run(["corpus", "list", "--year", "2016", "--format", "json"]).ends(0).json();
    assert_eq!((json["format"].as_u64(), json["kind"].as_str()), (Some(1), Some("agreements")));
    // The OSCE's second decision is of 2016.
    let ids = json["agreements"].as_array().unwrap().iter().map(|one| one["id"].clone());
    assert!(ids.collect::<Vec<_>>().contains(&"osce-cbm-2013".into()));
    golden::check("registry/shown.txt", &folder.run(["corpus", "show", "osce-cbm-2013"]).stdout);
    let json = folder.run(["corpus", "show", "paris call", "--format", "json"]).ends(0).json();
    assert_eq!(json["lists"].as_array().unwrap().len(), 5);
}

#[test]
fn what_is_not_there_is_said() {
    let folder = Folder::new();
    folder.run(["corpus", "list", "--list", "nope"]).ends(2).says(&["2019-annex-a"]);
    folder.run(["corpus", "list", "--group", "nope"]).ends(2).says(&["GOV"]);
    folder.run(["corpus", "show", "nope"]).ends(2).says(&["`nope`", "corpus list"]);
    folder.run(["corpus", "show", "paris-cal-2018"]).ends(2).says(&["did you mean `paris-call"]);
    folder.run(["corpus", "validate", "--corpus", "nope"]).ends(2).says(&["nope/agreements.toml"]);
}
