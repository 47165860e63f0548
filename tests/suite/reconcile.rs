//! Last release, edited tags and proposals brought together, through the
//! program: what is asked, what is not asked again, and what is written.

use crate::program::{Folder, Ran};

const HEADER: &str = "agreement,element,status,citation,quote,note,source\n";

/// Tidy CSV; a value of the second is a quote.
fn tags(cells: &[(&str, &str, &str)]) -> String {
    let row = |(element, status, quote): &(&str, &str, &str)| {
        let citation = if quote.is_empty() { "" } else { "Art. 1" };
        format!("charter-2020,{element},{status},{citation},{quote},,bpf-2021/i\n")
    };
    HEADER.to_owned() + &cells.iter().map(row).collect::<String>()
}

/// Proposals for the charter, as `tag` would give them.
fn proposals(cells: &[(&str, &str, &str)]) -> String {
    let there: Vec<String> = cells
        .iter()
        .filter(|(_, status, _)| *status != "absent")
        .map(|(element, status, quote)| {
            format!(
                r#"{{"element": "{element}", "status": "{status}", "score": 0.9, "evidence": [
                 {{"quote": "{quote}", "status": "{status}", "score": 0.9, "citation": "Para. 2",
                  "locator": {{"page": null, "printed_page": null, "section": [], "article": null,
                  "paragraph": "2", "point": null, "index": 2}}, "span": {{"start": 0, "end": 9}},
                  "rules": ["{element}/made-up"]}}]}}"#
            )
        })
        .collect();
    let absent: Vec<String> = cells
        .iter()
        .filter(|(_, status, _)| *status == "absent")
        .map(|(element, ..)| format!(r#"{{"element": "{element}", "nearest": []}}"#))
        .collect();
    format!(
        r#"{{"format": 1, "kind": "proposals", "taxonomy": "bpf-2021",
            "rules": {{"digest": "sha256:0123456789abcdef"}}, "documents": [{{
            "source": "charter-2020.pdf", "agreement": null, "digest": null,
            "media_type": "application/pdf", "outcome": "read", "language": "en", "pages": 1,
            "paragraphs": 2, "characters": 9, "proposals": [{}], "absent": [{}]}}]}}"#,
        there.join(","),
        absent.join(",")
    )
}

/// Every way three values can stand to each other.
fn sides() -> Folder {
    let base = [
        ("1.1", "present", "Old words."),
        ("1.2", "absent", ""),
        ("2.1", "absent", ""),
        ("2.2", "present", "Services go on."),
        ("2.3", "absent", ""),
        ("2.4", "indirect", "Trust."),
    ];
    let edited = [
        // Only its words were edited.
        ("1.1", "present", "Better words."),
        ("1.2", "indirect", "Data."),
        ("2.1", "absent", ""),
        ("2.2", "present", "Services go on."),
        ("2.3", "present", "Votes are safe."),
        ("2.4", "absent", ""),
    ];
    let proposed = [
        ("1.1", "present", "Other words."),
        ("1.2", "absent", ""),
        ("2.1", "present", "Plants are protected."),
        ("2.2", "absent", ""),
        ("2.3", "present", "Votes are safe."),
        ("2.4", "present", "We build trust."),
    ];
    Folder::new()
        .file("base.csv", tags(&base))
        .file("edited.csv", tags(&edited))
        .file("proposed.json", proposals(&proposed))
}

fn run(folder: &Folder, more: &[&str]) -> Ran {
    let args = ["diff", "--base", "base.csv", "edited.csv", "proposed.json"];
    folder.run(args.iter().chain(more).copied())
}

/// Whether it printed these words, wherever its lines end.
#[track_caller]
fn tells(ran: &Ran, words: &str) {
    let printed = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(printed.contains(words), "{}", ran.stdout);
}

fn read(folder: &Folder, name: &str) -> String {
    std::fs::read_to_string(folder.path(name)).unwrap()
}

#[test]
fn a_person_is_asked_only_where_something_new_is_proposed() {
    let folder = sides();
    let json = run(&folder, &["--format", "json"]).ends(1).quietly().json();
    assert_eq!((&json["format"], &json["kind"]), (&1.into(), &"reconciliation".into()));
    let standings: Vec<(&str, &str)> = json["cells"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cell| (cell["element"].as_str().unwrap(), cell["standing"].as_str().unwrap()))
        .collect();
    let expected = [
        ("1.2", "edited"),
        ("2.1", "proposed"),
        ("2.2", "proposed"),
        ("2.3", "alike"),
        ("2.4", "conflict"),
    ];
    assert_eq!(standings, expected);
    let counts = &json["counts"];
    assert_eq!(
        (&counts["unchanged"], &counts["asked"], &counts["open"]),
        (&1.into(), &3.into(), &3.into())
    );
}

#[test]
fn what_was_decided_in_a_spreadsheet_is_applied_and_not_asked_again() {
    let folder = sides();
    let files = ["--decisions", "decisions.csv", "--merged", "merged.csv"];
    run(&folder, &files).ends(1).quietly();
    // Nothing is accepted yet: the edited tags, to the byte.
    assert_eq!(read(&folder, "merged.csv"), read(&folder, "edited.csv"));
    let asked = read(&folder, "decisions.csv");
    // Three are asked, and one was decided by editing the tags.
    assert_eq!(asked.lines().count(), 5, "{asked}");
    assert!(asked.contains(",1.2,absent,indirect,absent,keep,edited by hand,"), "{asked}");

    // As a spreadsheet of another country saves it, with a column of its own.
    let mut filled = String::from("\u{feff}");
    for (line, row) in asked.lines().enumerate() {
        let cells: Vec<&str> = row.split(',').collect();
        let mut cells: Vec<String> = cells.into_iter().map(str::to_owned).collect();
        let (decision, reason) = match cells[1].as_str() {
            "2.1" => ("Accept", "read it again"),
            "2.2" => ("keep", "said in the annex"),
            "2.4" => ("defer", ""),
            "1.2" => ("keep", "edited by hand"),
            _ => ("decision", "reason"),
        };
        (cells[5], cells[6]) = (decision.to_owned(), reason.to_owned());
        cells.push(if line == 0 { "who".to_owned() } else { "me".to_owned() });
        filled += &(cells.join(";") + "\r\n");
    }
    let folder = folder.file("decisions.csv", filled);
    let ran = run(&folder, &files).ends(1).quietly();
    tells(&ran, "3 asked: 0 open, 1 accepted, 1 kept, 1 deferred");
    let merged = read(&folder, "merged.csv");
    let edited = read(&folder, "edited.csv");
    let changed: Vec<&str> = merged.lines().filter(|line| !edited.contains(line)).collect();
    let expected = "charter-2020,2.1,present,Para. 2,Plants are protected.,accepted from the \
                    proposals of rules sha256 0123456789ab: read it again,bpf-2021/i";
    assert_eq!(changed, [expected]);
    assert_eq!(merged.lines().count(), edited.lines().count());
    let decisions = read(&folder, "decisions.csv");
    assert!(decisions.lines().next().unwrap().ends_with(",shown,who"), "{decisions}");
    assert!(decisions.contains("keep,said in the annex") && decisions.contains(",me\n"));

    // The merged tags are the next release: what was kept is not asked again.
    let next = folder.file("base.csv", merged.clone()).file("edited.csv", merged);
    let ran = run(&next, &files).ends(1);
    tells(&ran, "3 asked: 0 open, 0 accepted, 2 kept, 1 deferred");
    // And what was accepted is on record still.
    assert!(read(&next, "decisions.csv").contains("accept,read it again"));
    let again = read(&next, "decisions.csv");
    run(&next, &files).ends(1);
    assert_eq!(read(&next, "decisions.csv"), again);
}

#[test]
fn a_decision_on_other_passages_is_named_and_asked_again() {
    let folder = sides();
    let files = ["--decisions", "decisions.csv"];
    run(&folder, &["--take", "keep", "--decisions", "decisions.csv"]).ends(1).quietly();
    let ran = run(&folder, &files).ends(1);
    // A conflict is left to a person.
    tells(&ran, "3 asked: 1 open, 0 accepted, 2 kept");
    let other =
        read(&folder, "proposed.json").replace("Plants are protected.", "Dams are guarded.");
    let folder = folder.file("proposed.json", other);
    let ran = run(&folder, &files).ends(1);
    tells(&ran, "decided before on other passages: keep");
    let decisions = read(&folder, "decisions.csv");
    assert!(decisions.contains("Plants are protected.") && decisions.contains("Dams are guarded."));
}

#[test]
fn a_policy_is_narrowed_and_recorded() {
    let folder = sides();
    let take = ["--take", "accept", "--change", "added", "--merged", "merged.csv"];
    // The conflict would be an addition too: it stays open.
    let ran = run(&folder, &take).ends(1);
    ran.says(&["1 decision not recorded", "--decisions"]);
    let merged = read(&folder, "merged.csv");
    assert!(merged.contains("2.1,present,Para. 2,Plants are protected."), "{merged}");
    assert!(merged.contains("2.2,present,Art. 1,Services go on."), "{merged}");
    let take = ["--take", "accept", "--merged", "merged.csv", "--decisions", "d.csv"];
    run(&folder, &take).ends(1);
    let merged = read(&folder, "merged.csv");
    assert!(merged.contains("2.2,absent,,,accepted from the proposals"), "{merged}");
    assert!(read(&folder, "d.csv").contains("accept,--take accept"));
}

#[test]
fn both_records_of_an_agreement_take_what_is_accepted() {
    let twice = tags(&[("2.1", "absent", "")]) + "charter-2020,2.1,unrecorded,,,lost,bpf-2021/ii\n";
    let folder = Folder::new()
        .file("base.csv", &twice)
        .file("edited.csv", &twice)
        .file("proposed.json", proposals(&[("2.1", "present", "Plants are protected.")]));
    run(&folder, &["--take", "accept", "--decisions", "d.csv", "--merged", "m.csv"]).ends(0);
    let merged = read(&folder, "m.csv");
    assert_eq!(merged.matches("2.1,present,Para. 2").count(), 2, "{merged}");
    assert!(merged.contains(",bpf-2021/i\n") && merged.contains(",bpf-2021/ii\n"), "{merged}");
}

#[test]
fn mistakes_in_decisions_stop_the_run_and_lose_nothing() {
    let header = "agreement,element,base,edited,proposed,decision,reason\n";
    let rows = format!(
        "{header}charter-2020,2.1,absent,absent,present,acept,\n\
         charter-2020,2.2,present,present,absent,keep,\n\
         charter-2020,2.2,present,present,absent,accept,\n"
    );
    let folder = sides().file("d.csv", &rows);
    run(&folder, &["--decisions", "d.csv"]).ends(2).says(&[
        "d.csv:2: `acept` is no decision; did you mean `accept`?",
        "d.csv:4: charter-2020 2.2 is decided `accept` here and `keep` on line 3",
    ]);
    assert_eq!(read(&folder, "d.csv"), rows);
    let folder = folder.file("d.csv", "agreement,element\na,1.1\n");
    run(&folder, &["--decisions", "d.csv"]).ends(2).says(&["d.csv:1: the column edited, proposed"]);
    run(&folder, &["--decisions", "base.csv"]).ends(2).says(&["--decisions would overwrite BASE"]);
    let same = ["--decisions", "x.csv", "--merged", "x.csv"];
    run(&folder, &same).ends(2).says(&["cannot go to the same file"]);
    run(&folder, &["--format", "html"]).ends(2).says(&["table, json or csv"]);
    let other = folder.run(["diff", "--base", "bpf-2019", "edited.csv", "proposed.json"]);
    other.ends(2).says(&["only sides of one taxonomy are reconciled"]);
}

#[test]
fn a_file_of_decisions_that_a_person_wrote_decides_by_its_values() {
    let rows =
        "element,agreement,proposed,edited,decision\n2.1,charter-2020,present,absent,accept\n";
    let folder = sides().file("d.csv", rows);
    let ran = run(&folder, &["--decisions", "d.csv"]).ends(1);
    tells(&ran, "3 asked: 2 open, 1 accepted");
    let again = run(&folder, &["--decisions", "d.csv"]).ends(1);
    tells(&again, "3 asked: 2 open, 1 accepted");
}

#[test]
fn what_a_spreadsheet_makes_of_codes_and_quotes_does_no_harm() {
    let cells = [("5.1", "present", "=1+1"), ("5.10", "present", "- no hidden functions")];
    let none = [("5.1", "absent", ""), ("5.10", "absent", "")];
    let folder = Folder::new()
        .file("base.csv", tags(&none))
        .file("edited.csv", tags(&none))
        .file("proposed.json", proposals(&cells));
    let files = ["--decisions", "d.csv", "--merged", "m.csv"];
    run(&folder, &files).ends(1);
    let asked = read(&folder, "d.csv");
    assert!(asked.contains(",'=1+1,") && asked.contains(",'- no hidden functions,"), "{asked}");
    // The code of 5.10 is read as a number, the other's as a date.
    let saved =
        asked.replace(",5.1,absent,absent,present,,", ",05. Jan,absent,absent,present,keep,");
    let saved =
        saved.replace(",5.10,absent,absent,present,,", ",5.1,absent,absent,present,accept,");
    let folder = folder.file("d.csv", saved);
    run(&folder, &files).ends(0);
    let merged = read(&folder, "m.csv");
    assert!(merged.contains("5.1,absent,,,,"), "{merged}");
    assert!(merged.contains("5.10,present,Para. 2,- no hidden functions,"), "{merged}");
    let healed = read(&folder, "d.csv");
    assert!(healed.contains(",5.1,absent,absent,present,keep,"), "{healed}");
    assert!(healed.contains(",5.10,absent,absent,present,accept,"), "{healed}");
}
