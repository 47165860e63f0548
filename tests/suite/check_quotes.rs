//! `normtag check quotes`, as a person runs it: true quotes, altered ones,
//! invented ones, and where they stand.

use crate::program::{Folder, Ran};
use serde_json::Value;

const AGREEMENT: &str = "\
Agreement on Harbours

1. States shall report vulnerabilities to the vendor without delay.

2. States shall not attack the computers of harbours in times of peace.

3. Each State shall name a point of contact that answers at any hour.
";

/// Tags with a true quote, an altered one, an invented one and a misplaced one.
const TAGS: &str = "\
agreement,element,status,citation,quote,note,source
harbours,3.2,present,Para. 1,States shall report vulnerabilities to the vendor without delay.,,x/1
harbours,2.1,present,Para. 2,States shall attack the computers of harbours in times of peace.,,x/1
harbours,4.1,present,Para. 3,All parties solemnly undertake to abolish every form of network scanning forthwith.,,x/1
harbours,4.4,present,Para. 1,Each State shall name a point of contact,,x/1
";

fn folder() -> Folder {
    Folder::new().file("harbours.txt", AGREEMENT).file("tags.csv", TAGS)
}

fn check(folder: &Folder, args: &[&str]) -> Ran {
    folder.run([&["check", "quotes"], args].concat())
}

fn verdicts(report: &Value) -> Vec<(&str, &str)> {
    let quotes = report["quotes"].as_array().unwrap().iter();
    quotes.map(|one| (one["verdict"].as_str().unwrap(), one["place"].as_str().unwrap())).collect()
}

#[test]
fn true_altered_invented_and_misplaced_quotes_are_told_apart() {
    let folder = folder();
    let run = check(&folder, &["tags.csv", "--source", "harbours.txt", "--format", "json"]);
    assert_eq!(run.status, 1, "{}", run.stderr);
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&report["format"], &report["kind"]), (&1.into(), &"quotes".into()));
    assert_eq!(
        verdicts(&report),
        [
            ("exact", "at-place"),
            ("altered", "at-place"),
            ("gone", "unstated"),
            ("exact", "elsewhere")
        ]
    );
    let quotes = &report["quotes"];
    assert_eq!(quotes[1]["differences"][0]["kind"], "omission");
    assert_eq!(quotes[1]["differences"][0]["text"], "not");
    assert_eq!(quotes[3]["suggested_citation"], "Para. 3");
    let span = &quotes[0]["span"];
    let cut = |key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
    assert!(cut("start") < cut("end"));
}

#[test]
fn every_form_says_the_same() {
    let folder = folder();
    for form in ["table", "jsonl", "csv", "markdown"] {
        let run = check(&folder, &["tags.csv", "--source", "harbours.txt", "--format", form]);
        assert_eq!(run.status, 1, "{form}: {}", run.stderr);
        for word in ["altered", "gone", "exact", "not"] {
            assert!(run.stdout.contains(word), "{form} lacks {word}:\n{}", run.stdout);
        }
    }
}

#[test]
fn codings_proposals_and_any_csv_are_read() {
    let coding = r#"{"document": "harbours.txt", "elements": {"3.2": {"status": "present",
        "passages": ["States shall report vulnerabilities to the vendor"]}}}"#;
    let proposals = r#"{"format": 1, "kind": "proposals", "documents": [{"source": "a/harbours.txt",
        "agreement": null, "proposals": [{"element": "3.2", "evidence":
        [{"quote": "States shall report vulnerabilities", "citation": "Para. 1"}]}]}]}"#;
    let csv = "Quote,Document\nStates shall report vulnerabilities,harbours.txt\n";
    for (name, text) in [("coding.json", coding), ("tagged.json", proposals), ("their.csv", csv)] {
        let folder = folder().file(name, text);
        let run = check(&folder, &[name, "--source", "harbours.txt"]);
        assert_eq!(run.status, 0, "{name}: {}{}", run.stdout, run.stderr);
        assert!(run.stdout.contains("1 quote: 1 exact"), "{name}: {}", run.stdout);
    }
}

#[test]
fn of_several_texts_of_an_agreement_any_may_hold_a_quote() {
    let folder = folder().file("annex.txt", "Quite another text of the same agreement.\n");
    let sources = ["--source", "harbours=annex.txt", "--source", "harbours=harbours.txt"];
    let mut args = vec!["tags.csv", "--format", "csv"];
    args.extend(sources);
    let run = check(&folder, &args);
    assert_eq!(run.stdout.matches(",exact,").count(), 2, "{}", run.stdout);
}

#[test]
fn what_cannot_be_checked_is_said() {
    let folder = folder();
    let run = check(&folder, &["tags.csv", "--source", "harbours=nowhere.txt"]);
    assert_eq!(run.status, 2, "{}", run.stdout);
    assert!(run.stdout.contains("4 unread"), "{}", run.stdout);
    assert!(run.stderr.contains("no such file"), "{}", run.stderr);

    let run = check(&folder, &["tags.csv", "--source", "elsewhere=harbours.txt"]);
    assert_eq!(run.status, 2, "{}", run.stdout);
    assert!(run.stderr.contains("--source ID=FILE"), "{}", run.stderr);

    let folder = folder.file("odd.json", r#"{"a": 1}"#);
    let run = check(&folder, &["odd.json", "--source", "harbours.txt"]);
    assert_eq!(run.status, 2, "{}", run.stdout);
    assert!(run.stderr.contains("JSON without quotes"), "{}", run.stderr);
}
