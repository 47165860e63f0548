//! What a change to the rules does, through the program.

use crate::diff::with_rules;
use crate::program::{Folder, Ran, project, sample};

/// Element 3.1 without rules that find a duty, and a rule of its own for ferries.
fn changed() -> Folder {
    let ferries = "\n[[rule]]\nname = \"ferries\"\nfinds = \"ferries\"\nwhy = \"a test\"\n\
                   tag = \"present\"\nscope = \"sentence\"\nall = [\"ferry\"]\nweight = 0.9\n\
                   hit = [\"The ferry is insured.\"]\nmiss = [\"The boat is insured.\"]\n";
    with_rules(Folder::new(), |path, text| {
        if path.ends_with("vocabulary/en.toml") {
            text.replace("\n[concepts]\n", "\n[concepts]\nferry = [\"ferry\"]\n")
        } else if path.ends_with("bpf-2021/5.5-botnets.toml") {
            text.to_owned() + ferries
        } else {
            text.to_owned()
        }
    })
}

fn impact(folder: &Folder, args: &[&str]) -> Ran {
    folder.run(["rules", "impact"].iter().chain(args).copied())
}

const TEXT: &str = "# Charter\n\n1. Members shall keep every ferry safe from cyber attacks.\n\n\
                    2. Members shall protect human rights online.\n";

#[test]
fn rules_that_did_not_change_change_nothing() {
    let folder = with_rules(Folder::new(), |_, text| text.to_owned());
    let sample = sample("lakes-treaty.docx");
    let ran = impact(&folder, &["rules", &sample]).ends(0).quietly();
    assert!(
        ran.stdout.contains("26 cells of 1 agreement · no tag and no passage"),
        "{}",
        ran.stdout
    );
    impact(&folder, &["built-in", &sample, "--rules", "rules"]).ends(0).quietly();
}

#[test]
fn a_new_rule_shows_the_tags_and_passages_it_brings() {
    let coding = r#"{"document": "charter.md", "elements": {
        "5.5": {"status": "absent", "passages": []}, "1.1": {"status": "present", "passages": []}}}"#;
    let folder = changed().file("charter.md", TEXT).file("coding.json", coding);
    let args = ["built-in", "charter.md", "--rules", "rules", "--against", "coding.json"];
    // The concept has no French and no Spanish words yet: that is said, and stops nothing.
    let ran = impact(&folder, &args).ends(1).says(&["warning[R023]", "`ferry`"]);
    for told in [
        "26 cells of 1 agreement · 1 tag appears",
        "absent → present · people: absent",
        "+ Para. 1 · Members shall keep every ferry safe",
        "(5.5/ferries)",
        "Figures against coding.json",
    ] {
        assert!(ran.stdout.contains(told), "{told}: {}", ran.stdout);
    }
    let json = impact(&folder, &[&args[..], &["--format", "json"]].concat()).ends(1).json();
    assert_eq!((&json["format"], &json["kind"]), (&1.into(), &"impact".into()));
    let cells = json["cells"].as_array().unwrap();
    assert_eq!(cells.len(), 1);
    assert_eq!((&cells[0]["change"], &cells[0]["against"]), (&"added".into(), &"absent".into()));
    assert_eq!(cells[0]["appeared"][0]["rules"][0], "5.5/ferries");
    let agreement = |side: &str| {
        let scores = json["figures"][side].as_array().unwrap();
        scores.iter().find(|score| score["name"] == "agreement").unwrap()["value"].clone()
    };
    assert_eq!((agreement("before"), agreement("now")), (1.0.into(), 0.5.into()));
    let markdown = impact(&folder, &[&args[..], &["--format", "markdown"]].concat()).ends(1);
    assert!(markdown.stdout.contains("| charter | 5.5 Botnets | absent → present | absent |"));
    // Turned round, the tag vanishes.
    let ran = impact(&folder, &["rules", "charter.md"]).ends(1);
    assert!(ran.stdout.contains("1 tag vanishes"), "{}", ran.stdout);
}

#[test]
fn the_base_may_be_proposals_that_were_kept() {
    let folder = changed().file("charter.md", TEXT);
    folder.run(["tag", "charter.md", "--format", "json", "-o", "before.json"]).ends(0);
    let ran = impact(&folder, &["before.json", "charter.md", "--rules", "rules"]).ends(1);
    assert!(ran.stdout.contains("1 tag appears"), "{}", ran.stdout);
    let coding = project().join("tests/samples/expected/lakes-treaty.bpf-2021.json");
    let coding = coding.to_string_lossy();
    impact(&folder, &[&coding, "charter.md"]).ends(2).says(&["name those with --against"]);
    impact(&folder, &["gone", "charter.md"]).ends(2).says(&["gone: no such folder of rules"]);
    impact(&folder, &["rules", "gone.md"])
        .ends(2)
        .says(&["gone.md: no such file", "nothing was read"]);
    let other = folder.file("other.md", TEXT);
    let ran = impact(&other, &["before.json", "other.md"]);
    ran.ends(2).says(&["no agreement in common: before.json has charter"]);
}
