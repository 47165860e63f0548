//! Ledgers of decisions as sides of a comparison, through the program.

use crate::program::{Folder, Ran};
use serde_json::{Value, json};

/// Elements of the codebook that the ledgers decide on.
const ELEMENTS: [&str; 20] = [
    "1.1", "1.2", "2.1", "2.2", "2.3", "2.4", "2.5", "2.6", "2.7", "3.1", "3.2", "4.1", "4.2",
    "4.3", "4.4", "5.1", "5.2", "5.3", "5.4", "5.5",
];

/// An entry on an element of the agreement `a`.
pub(crate) fn entry(by: &str, element: &str, verdict: &str, status: Option<&str>) -> Value {
    let quotes = match status {
        Some("present" | "indirect") => json!([{
            "quote": "States shall keep their networks safe.",
            "citation": "Art. 3",
            "source": "texts/a.md",
            "span": {"start": 10, "end": 48}
        }]),
        _ => json!([]),
    };
    let digest = format!("sha256:{}", "0".repeat(64));
    let mut entry = json!({
        "format": 1, "at": "2026-01-01T00:00:00Z", "by": by, "taxonomy": "bpf-2021",
        "agreement": "a", "element": element, "verdict": verdict, "quotes": quotes,
        "shown": {"status": "present", "quotes": digest, "text": digest, "rules": digest},
    });
    if let Some(status) = status {
        entry["status"] = status.into();
    }
    entry
}

fn withdrawal(by: &str, element: &str, number: usize) -> Value {
    let mut entry = entry(by, element, "withdrawn", None);
    entry["withdraws"] = number.into();
    entry
}

fn ledger(entries: &[Value]) -> String {
    let lines: Vec<String> = entries.iter().map(Value::to_string).collect();
    lines.join("\n") + "\n"
}

fn diff(folder: &Folder, args: &[&str]) -> Ran {
    folder.run(std::iter::once("diff").chain(args.iter().copied()))
}

fn score(json: &Value, name: &str) -> f64 {
    let all = json["scores"].as_array().unwrap();
    let is = |score: &&Value| {
        score["name"] == name && score["scope"] == "pooled" && score["reading"] == "present"
    };
    all.iter()
        .find(is)
        .and_then(|score| score["value"].as_f64())
        .unwrap_or_else(|| panic!("{name}"))
}

/// The value of a side in the cell of an element; null where there is none.
fn value(json: &Value, side: &str, element: &str) -> Value {
    let cells = json["cells"].as_array().unwrap();
    let own = cells.iter().find(|cell| cell["element"] == element);
    own.unwrap_or_else(|| panic!("{element}: {}", json["cells"]))[side]["status"].clone()
}

#[test]
fn two_reviewers_of_one_ledger_are_held_against_each_other() {
    // Of 20 elements both say present to 8, both absent to 8, and each alone
    // present to 2: they agree on .8 where chance alone gives .5, so that kappa
    // is .6. Alpha takes chance from the 40 values without replacement.
    let mut entries = Vec::new();
    for (at, element) in ELEMENTS.iter().enumerate() {
        let (ada, grace) = match at {
            0..8 => ("present", "present"),
            8..16 => ("absent", "absent"),
            16..18 => ("present", "absent"),
            _ => ("absent", "present"),
        };
        // What Ada thought first does not count.
        entries.push(entry("Ada", element, "changed", Some("indirect")));
        entries.push(entry("Ada", element, "changed", Some(ada)));
        entries.push(entry("Grace", element, "changed", Some(grace)));
    }
    let folder = Folder::new().file("d.jsonl", ledger(&entries));
    let both = ["d.jsonl", "d.jsonl", "--left-reviewer", "Ada", "--right-reviewer", "Grace"];
    let args = [&both[..], &["--all-coefficients", "--format", "json"]].concat();
    let json = diff(&folder, &args).ends(1).json();
    assert_eq!(json["left"]["name"], "d.jsonl (Ada)");
    assert_eq!(json["right"]["kind"], "decisions");
    assert!((score(&json, "agreement") - 0.8).abs() < 1e-9);
    assert!((score(&json, "kappa") - 0.6).abs() < 1e-9, "{}", score(&json, "kappa"));
    let alpha = 1.0 - 0.2 / (2.0 * 20.0 * 20.0 / (40.0 * 39.0));
    assert!((score(&json, "alpha") - alpha).abs() < 1e-9, "{}", score(&json, "alpha"));
    diff(&folder, &[&both[..], &["--fail-under", "kappa=0.59"]].concat()).ends(0);
    diff(&folder, &[&both[..], &["--fail-under", "kappa=0.61"]].concat()).ends(1);

    // Without names the last decision on a cell is taken, and it is said whose.
    let ran = diff(&folder, &["d.jsonl", "d.jsonl"]).ends(0);
    assert!(ran.stdout.contains("decided by people in review"), "{}", ran.stdout);
    let said = "decided by Ada, Grace; of each cell the last decision is taken, and on 4 of them";
    let words = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(said), "{}", ran.stdout);
    let json = diff(&folder, &["d.jsonl", "d.jsonl", "--format", "json"]).json();
    assert_eq!(value(&json, "left", ELEMENTS[16]), "absent");

    for (args, says) in [
        (["--left-reviewer", "Grac"], "no decision by `Grac`; did you mean `Grace`?"),
        (["--right-reviewer", "Bob"], "no decision by `Bob`; they are by Ada, Grace"),
    ] {
        diff(&folder, &[&["d.jsonl", "d.jsonl"][..], &args].concat()).ends(2).says(&[says]);
    }
    diff(&folder, &["bpf-2021", "d.jsonl", "--left-reviewer", "Ada"])
        .ends(2)
        .says(&["bpf-2021 is no ledger of decisions"]);
    diff(&folder, &["d.jsonl", "--right-reviewer", "Ada"]).ends(2);
}

#[test]
fn what_was_taken_back_falls_to_what_was_decided_before() {
    let entries = [
        entry("Ada", "1.1", "accepted", Some("present")),
        entry("Grace", "1.1", "rejected", Some("absent")),
        withdrawal("Grace", "1.1", 1),
        entry("Ada", "1.2", "changed", Some("indirect")),
        entry("Ada", "1.2", "deferred", None),
        entry("Ada", "2.1", "absent-confirmed", Some("absent")),
        entry("Ada", "2.2", "accepted", Some("present")),
        withdrawal("Ada", "2.2", 6),
    ];
    let tags = "agreement,element,status,citation,quote,note,source\n\
                a,1.1,present,Art. 3,States shall keep their networks safe.,,made-up/i\n\
                a,2.1,absent,,,,made-up/i\n";
    let folder = Folder::new().file("d.jsonl", ledger(&entries)).file("a.csv", tags);
    let args = ["d.jsonl", "a.csv", "--taxonomy", "bpf-2021", "--format", "json"];
    let json = diff(&folder, &args).ends(0).json();
    assert_eq!(value(&json, "left", "1.1"), "present");
    assert_eq!(value(&json, "left", "1.2"), "not_assessed");
    assert_eq!(value(&json, "left", "2.1"), "absent");
    let cells = json["cells"].as_array().unwrap();
    assert!(!cells.iter().any(|cell| cell["element"] == "2.2"));
    assert_eq!(
        (&json["counts"]["same"], &json["agreements"][0]["compared"]),
        (&2.into(), &2.into())
    );
    let cell = cells.iter().find(|cell| cell["element"] == "1.1").unwrap();
    assert_eq!(cell["evidence"]["citations"], "same");
    // Of Grace nothing is left.
    let args = ["d.jsonl", "a.csv", "--left-reviewer", "Grace"];
    diff(&folder, &args).ends(2).says(&["no agreement in common"]);
}

#[test]
fn a_ledger_is_only_read_and_a_line_that_was_cut_off_is_said() {
    let whole = ledger(&[entry("Ada", "1.1", "accepted", Some("present"))]);
    // Cut off within a letter.
    let cut = [whole.as_bytes(), b"{\"format\":1,\"by\":\"Zo\xc3"].concat();
    let folder = Folder::new().file("d.jsonl", &cut).file("whole.jsonl", &whole);
    let ran = diff(&folder, &["d.jsonl", "whole.jsonl"]).ends(0);
    let words = ran.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("d.jsonl: the last line was not written to its end"), "{}", ran.stdout);
    assert!(words.contains("(21 bytes)"), "{}", ran.stdout);
    assert_eq!(std::fs::read(folder.path("d.jsonl")).unwrap(), cut);
    let files = std::fs::read_dir(folder.path("")).unwrap().count();
    assert_eq!(files, 2, "something was put beside the ledger");
}

#[test]
fn what_is_wrong_in_a_ledger_is_said_with_its_line() {
    let good = entry("Ada", "1.1", "accepted", Some("present"));
    let mut later = good.clone();
    later["format"] = 2.into();
    let mut other = entry("Ada", "human-rights", "accepted", Some("present"));
    other["taxonomy"] = "bpf-2019".into();
    let mut unknown = good.clone();
    unknown["taxonomy"] = "bpf-1999".into();
    let wrong = entry("Ada", "1.l", "accepted", Some("present"));
    let folder = Folder::new()
        .file("later.jsonl", ledger(&[good.clone(), later]))
        .file("torn.jsonl", format!("{good}\n\n{{\"verdict\": 3}}\n"))
        .file("two.jsonl", ledger(&[good.clone(), other]))
        .file("unknown.jsonl", ledger(&[unknown]))
        .file("element.jsonl", ledger(&[good.clone(), wrong]))
        .file("good.jsonl", ledger(&[good]));
    for (side, says) in [
        ("later.jsonl", "later.jsonl:2: format 2; this version of normtag reads format 1"),
        ("torn.jsonl", "torn.jsonl:3: this is no decision: "),
        ("two.jsonl", "two.jsonl: it has decisions on bpf-2019, bpf-2021; name one of these"),
        ("unknown.jsonl", "there is no taxonomy `bpf-1999`"),
        ("element.jsonl", "element.jsonl:2: bpf-2021 has no element `1.l`; did you mean `1.1`?"),
    ] {
        diff(&folder, &[side, "good.jsonl"]).ends(2).says(&[says]);
    }
    let args = ["two.jsonl", "good.jsonl", "--taxonomy", "bpf-2021"];
    let ran = diff(&folder, &args).ends(0);
    assert!(ran.stdout.contains("1 of its entries are not on bpf-2021"), "{}", ran.stdout);
}
