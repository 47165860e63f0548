//! Proposals that are made up: seen as any other, told at the end, and never a
//! tag.

use crate::program::Folder;
use crate::served::{Served, TREATY, ledger};
use normtag::corpus::parse_ledger;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// For each element that something is proposed for: its panel.
fn proposed(page: &str) -> BTreeMap<String, String> {
    let panels = page.split("<section class=\"panel\" data-element=\"").skip(1);
    let panels = panels.filter_map(|panel| {
        let code = panel.split('"').next()?.to_owned();
        let panel = panel.split("</section>").next()?;
        panel.contains("Proposed: ").then(|| (code, panel.to_owned()))
    });
    panels.collect()
}

/// The quotes of a panel, as the page sends them.
fn quotes(panel: &str) -> Value {
    let number = |line: &str, name: &str| -> usize {
        let value = line.split(&format!("{name}=\"")).nth(1).unwrap();
        value.split('"').next().unwrap().parse().unwrap()
    };
    let lines = panel.split("<li data-document").skip(1);
    let quote = |line: &str| {
        json!({"document": 0, "start": {"at": number(line, "data-start")},
            "end": {"at": number(line, "data-end")}})
    };
    lines.map(quote).collect()
}

/// The tags of a panel, without its words, and of the rules only that there are
/// some.
fn shape(panel: &str) -> Vec<String> {
    let tags = panel.split('<').skip(1).filter_map(|tag| tag.split('>').next());
    let mut names: Vec<String> =
        tags.map(|tag| tag.split(['"', ' ']).next().unwrap().to_owned()).collect();
    let rule = ["li", "code", "/code", "/li"];
    while let Some(at) = names.windows(8).position(|part| part[..4] == rule && part[4..] == rule) {
        names.drain(at..at + 4);
    }
    names
}

const PROBING: [&str; 5] = ["lakes.md", "--reviewer", "Ada", "--probe", "5%"];

/// A review with one made-up proposal, and its element.
fn probing(folder: &Folder) -> (Served, String) {
    let plain = Served::start(folder, &["lakes.md", "--decisions", "other.jsonl"]);
    let genuine = proposed(&plain.page());
    let served = Served::start(folder, &PROBING);
    let mut made_up = proposed(&served.page());
    made_up.retain(|code, _| !genuine.contains_key(code));
    assert_eq!(made_up.len(), 1);
    (served, made_up.into_keys().next().unwrap())
}

#[test]
fn a_made_up_proposal_looks_like_others_and_is_the_same_on_every_run() {
    let folder = Folder::new().file("lakes.md", TREATY);
    let (served, code) = probing(&folder);
    assert_eq!(probing(&folder).1, code);
    let page = served.page();
    assert!(page.contains("Some of these proposals are made up"));
    let panels = proposed(&page);
    let probe = &panels[&code];
    let words = probe.split("<blockquote>").nth(1).unwrap().split('<').next().unwrap();
    assert!(TREATY.contains(words), "{words}");
    let other = panels
        .iter()
        .find(|(other, panel)| **other != code && panel.matches("<blockquote>").count() == 1);
    assert_eq!(shape(probe), shape(other.unwrap().1));
    // A proposal's score is of another kind than its passage's: that of a
    // genuine one, or it could be told by its score.
    let score = |panel: &str| -> String {
        panel.split("· score ").nth(1).unwrap().split(' ').next().unwrap().to_owned()
    };
    let genuine = panels.iter().filter(|(other, _)| **other != code);
    let scores: Vec<String> = genuine.map(|(_, panel)| score(panel)).collect();
    assert!(scores.contains(&score(probe)), "{} is not of {scores:?}", score(probe));
    // What is accepted at once is told by the score itself.
    let item =
        format!("data-element=\"{code}\" data-standing=\"open\" data-score=\"{}\"", score(probe));
    assert!(page.contains(&item), "{item}");
    let item = |code: &str| {
        let item = page.split(&format!("data-element=\"{code}\" data-standing=\"")).nth(1).unwrap();
        item.split('"').next().unwrap().to_owned()
    };
    assert_eq!(item(&code), "open");
    assert!(!page.contains("probe\""));
    let help = folder.run(["review", "--help"]).ends(0).stdout;
    assert!(help.contains("get a made-up"), "{help}");
}

#[test]
fn what_is_answered_to_it_is_no_tag_whatever_happens() {
    let folder = Folder::new().file("lakes.md", TREATY);
    let (served, code) = probing(&folder);
    let quotes = quotes(&proposed(&served.page())[&code]);
    let accepted = json!({"element": code, "verdict": "accepted", "quotes": quotes});
    let (status, answer) = served.decide(&accepted);
    assert_eq!(status, 200, "{answer}");
    // To the reviewer it is accepted, also after a reload and a kill.
    assert!(answer["item"].as_str().unwrap().contains("data-standing=\"settled\""), "{answer}");
    drop(served);
    let again = Served::start(&folder, &PROBING);
    let panel = &proposed(&again.page())[&code];
    assert!(panel.contains("<strong>accepted</strong>"), "{panel}");

    let entry = &ledger(&folder)[0];
    assert_eq!((&entry["verdict"], entry.get("status")), (&"probed".into(), None));
    assert_eq!(
        entry["probe"],
        json!({"verdict": "accepted", "status": entry["shown"]["status"], "accepted": true})
    );
    // Nothing that comes out has it, nor counts it.
    let said = folder.run(["review", "lakes.md", "--tags", "t.csv"]).ends(0).says(&[
        "lakes: 0 of 26 elements settled, 26 open, 0 deferred, 0 stale",
        "Ada: 0 confirmed, 0 changed, 0 refused, 0 deferred, 26 open; 0.0 minutes",
        "Ada: 1 of 1 made-up proposals accepted (100 %, 95 % interval 21 to 100 %)",
    ]);
    assert!(!said.stderr.contains("reviewers differ"));
    let header = "agreement,element,status,citation,quote,note,source\n";
    assert_eq!(std::fs::read_to_string(folder.path("t.csv")).unwrap(), header);
    let export = folder.run(["corpus", "export", "decisions.jsonl"]).ends(0);
    assert_eq!(export.stdout, header);
    // Nor does any part of the line that a crash may leave.
    let bytes = std::fs::read(folder.path("decisions.jsonl")).unwrap();
    for end in 0..=bytes.len() {
        let read = parse_ledger(&bytes[..end]).unwrap();
        assert!(read.decisions.iter().all(|one| one.is_probe() && one.tags().is_empty()));
    }
    // Without made-up proposals, the claim is as open as it was.
    let plain = Served::start(&folder, &["lakes.md", "--reviewer", "Ada"]);
    assert!(!proposed(&plain.page()).contains_key(&code));
    let absent = json!({"element": code, "seen": 0, "verdict": "absent-confirmed"});
    assert_eq!(plain.decide(&absent).0, 200);
    let export = folder.run(["corpus", "export", "decisions.jsonl"]).ends(0);
    assert!(export.stdout.contains(&format!("lakes,{code},absent,")), "{}", export.stdout);
    // Neither a comparison nor a report knows of anything but that.
    let diff = ["diff", "decisions.jsonl", "decisions.jsonl", "--format", "json"];
    assert_eq!(folder.run(diff).ends(0).json()["counts"], json!({"same": 1}));
    folder.run(["review", "lakes.md", "--tags", "t.csv"]).ends(0);
    let report = ["report", "t.csv", "-o", "site", "--decisions", "decisions.jsonl"];
    folder.run(report).ends(0);
    let page = std::fs::read_to_string(folder.path("site/agreements/lakes.html")).unwrap();
    assert!(page.contains("absence confirmed (absent), 20"), "{page}");
    assert_eq!(page.matches("class=\"verdict\"").count(), 1, "{page}");
}

#[test]
fn which_were_made_up_is_told_when_all_is_decided() {
    let folder = Folder::new().file("lakes.md", TREATY);
    let (served, code) = probing(&folder);
    let panels = proposed(&served.page());
    let taken_back = json!({"element": code, "seen": 0, "verdict": "withdrawn"});
    let refused = json!({"element": code, "verdict": "rejected", "reason": "about another matter"});
    assert_eq!(served.decide(&refused).0, 200);
    assert_eq!(served.decide(&taken_back).0, 200);
    let again = json!({"element": code, "seen": 1, "verdict": "rejected", "reason": "no"});
    assert_eq!(served.decide(&again).0, 200);
    let page = served.page();
    let codes = page.split("class=\"panel\" data-element=\"").skip(1);
    let codes: Vec<&str> = codes.filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(codes.len(), 26);
    let others: Vec<&str> = codes.into_iter().filter(|other| *other != code).collect();
    for (at, other) in others.iter().enumerate() {
        let decision = match panels.get(*other) {
            Some(panel) => {
                json!({"element": other, "verdict": "accepted", "quotes": quotes(panel)})
            }
            None => json!({"element": other, "verdict": "absent-confirmed"}),
        };
        let (status, answer) = served.decide(&decision);
        assert_eq!(status, 200, "{answer}");
        assert_eq!(answer["revealed"], at == others.len() - 1, "{other}");
    }
    let page = served.page();
    let told = format!(
        "All was decided. 0 of 1 made-up proposals accepted (0 %, 95 % interval 0 to 79 %): lakes \
         {code} (refused). Their elements are open again."
    );
    assert!(page.contains(&told), "{page}");
    assert!(page.contains("A made-up proposal stood here (refused)"));
    assert!(page.contains("25 of 26 settled"));
    // A page from before still shows it as a proposal like others: whatever it
    // has seen, nothing it sends may become a tag.
    let quotes = quotes(&panels[&code]);
    for seen in [json!(null), json!(2)] {
        let stale = json!({
            "element": code, "seen": seen, "verdict": "changed", "status": "present",
            "quotes": quotes,
        });
        let (status, answer) = served.decide(&stale);
        assert_eq!((status, &answer["revealed"]), (409, &json!(true)), "{answer}");
    }
    let absent =
        json!({"element": code, "seen": 2, "revealed": true, "verdict": "absent-confirmed"});
    let (status, answer) = served.decide(&absent);
    assert_eq!((status, &answer["progress"]), (200, &"26 of 26 settled".into()));
    folder
        .run(["review", "lakes.md", "--tags", "t.csv"])
        .ends(0)
        .says(&["lakes: 26 of 26 elements settled", "Ada: 0 of 1 made-up proposals accepted"]);
}

#[test]
fn shares_that_are_none_are_refused() {
    let folder = Folder::new().file("lakes.md", TREATY);
    folder.run(["review", "lakes.md", "--probe", "x"]).ends(2).says(&["percentage of 0 to 100"]);
    let none = Served::start(&folder, &["lakes.md", "--probe", "0"]);
    assert!(!none.page().contains("made up"));
}
