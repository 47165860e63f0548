//! Words that rules lack, from passages people coded, through the program.

use crate::diff::with_rules;
use crate::program::{Folder, Ran};
use serde_json::{Value, json};

const TAXONOMY: &str = r#"
format = 1
id = "waters"
name = "Waters"
source = "invented for this test"

[[element]]
code = "1"
name = "Lakes"
definition = "Lakes kept."

[[element]]
code = "2"
name = "Fish"
definition = "Fish kept."
"#;

fn rule(concept: &str) -> String {
    format!(
        "[[rule]]\nname = \"kept\"\nfinds = \"{concept} kept\"\nwhy = \"kept\"\ntag = \"present\"\n\
         all = [\"{concept}\"]\nhit = [\"The {concept}.\"]\nmiss = [\"The sky.\"]\n"
    )
}

/// A codebook of two elements, and four agreements coded by it: 12 words of
/// lakes, of which 4 are "mere", and 24 words of fish, of which none is.
fn waters() -> Folder {
    let coding = |element: &str, other: &str, quotes: &[&str]| {
        json!({"elements": {
            element: {"status": "present", "passages": quotes},
            other: {"status": "absent", "passages": []},
        }})
    };
    let mut folder = Folder::new()
        .file("rules/waters/taxonomy.toml", TAXONOMY)
        .file("rules/waters/1-lakes.toml", rule("lake"))
        .file("rules/waters/2-fish.toml", rule("fish"))
        .file(
            "rules/vocabulary/en.toml",
            "complete = true\n\n[concepts]\nfish = [\"fish\"]\nlake = [\"lake\"]\n",
        );
    for (name, element, other, quotes) in [
        ("a", "1", "2", ["Keep every mere, no mere dries."].as_slice()),
        ("b", "1", "2", &["Guard each mere and the mere shall flow."][..]),
        ("c", "2", "1", &["The fish of the river are kept.", "The fish should be fed by us."]),
        ("d", "2", "1", &["Let all fish swim in the sea.", "We will count every fish."]),
    ] {
        let mut coded = coding(element, other, quotes);
        coded["document"] = json!(format!("{name}.txt"));
        folder = folder.file(&format!("codings/{name}.json"), coded.to_string());
    }
    folder
}

fn suggest(folder: &Folder, args: &[&str]) -> Ran {
    let own = ["--from", "codings", "--rules", "rules", "--taxonomy", "waters"];
    folder.run(["rules", "suggest"].iter().chain(args).chain(&own).copied())
}

#[test]
fn a_word_is_told_with_figures_worked_out_by_hand() {
    let found = suggest(&waters(), &["1", "--format", "json"]).ends(0).quietly().json();
    assert_eq!((&found["format"], &found["kind"]), (&1.into(), &"suggestions".into()));
    assert_eq!(found["passages"], json!({"element": 2, "others": 4}));
    let all = found["suggestions"].as_array().unwrap();
    assert_eq!(all.len(), 1, "{all:?}");
    let mere = &all[0];
    assert_eq!(mere["words"], "mere");
    assert_eq!(mere["counts"], json!({"here": 4, "elsewhere": 0}));
    assert_eq!(mere["sizes"], json!({"here": 14, "elsewhere": 26}));
    // Used alike, 4 × 14/40 = 1.4 were to be expected here:
    // G² = 2 × 4 ln(4 / 1.4) = 8 × 1.049822 = 8.399.
    assert_eq!(mere["log_likelihood"], 8.399);
    // (4/14) / (0.5/26) = 14.8571, and log₂ of that is 3.893.
    assert_eq!(mere["log_ratio"], 3.893);
    assert_eq!(mere["agreements"], json!(["a", "b"]));
    assert_eq!(mere["edit"]["concept"], "lake");
    let cell = |agreement: &str| json!({"agreement": agreement, "before": "absent", "after": "present", "coded": "present"});
    assert_eq!(mere["cells"], json!([cell("a"), cell("b")]));
    let missed = found["missed"].as_array().unwrap();
    assert_eq!(missed.len(), 2);
    assert_eq!(missed[0]["quote"], "Keep every mere, no mere dries.");
}

#[test]
fn an_edit_that_is_applied_does_what_was_said() {
    let folder = waters();
    let text = suggest(&folder, &["1"]).ends(0).quietly().stdout;
    for told in [
        "1 “mere” · 4 of 14 here, 0 of 26 elsewhere · G² 8.4",
        "lake = [ …, \"mere\" ]",
        "cell   a: absent → present (people: present)",
        "no rule holds in 2 of 2",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    suggest(&folder, &["1", "--apply", "2"]).ends(2).says(&["suggestion 2 offers no edit"]);
    suggest(&folder, &["1", "--apply", "1"]).ends(0).says(&["`lake` gains “mere”"]);
    let edited = std::fs::read_to_string(folder.path("rules/vocabulary/en.toml")).unwrap();
    assert!(edited.contains("lake = [\"lake\", \"mere\"]"), "{edited}");
    let found = suggest(&folder, &["1", "--format", "json"]).ends(0).json();
    assert_eq!((&found["missed"], &found["suggestions"]), (&json!([]), &json!([])));
}

#[test]
fn an_edit_that_spoils_as_much_as_it_mends_is_not_offered() {
    // Elsewhere "mere" stands in texts that were coded absent.
    let folder = waters();
    let spoilt = |name: &str| {
        let coding = json!({"document": format!("{name}.txt"), "elements": {
            "1": {"status": "absent", "passages": []},
            "2": {"status": "present", "passages": [format!(
                "It is mere chance that the fish {name} of our rivers swim here and that \
                 they will be there for us in the years to come, we should hope for them.")]},
        }});
        (format!("codings/{name}.json"), coding.to_string())
    };
    let folder = ["e", "f", "g", "h"]
        .into_iter()
        .map(spoilt)
        .fold(folder, |folder, (name, text)| folder.file(&name, text));
    let found = suggest(&folder, &["1", "--format", "json"]).ends(0).json();
    let all = found["suggestions"].as_array().unwrap();
    assert!(all.iter().all(|one| one["edit"].is_null()), "{all:?}");
    // Told all the same where it stands out, and tried on documents too.
    let folder = waters().file("e.txt", "It is a mere chance that we should meet in this place.");
    let found = suggest(&folder, &["1", "--format", "json", "--source", "e.txt"]).ends(0).json();
    let cells = found["suggestions"][0]["cells"].as_array().unwrap();
    let document = cells.iter().find(|cell| cell["source"] == "e.txt").unwrap();
    assert_eq!((&document["after"], &document["coded"]), (&"present".into(), &Value::Null));
}

#[test]
fn the_curated_tags_of_an_edition_suggest_words_its_rules_do_not_know() {
    let folder = with_rules(Folder::new(), |_, text| text.to_owned());
    let found = folder.run(["rules", "suggest", "5.6", "--format", "json"]).ends(0).quietly();
    let found = found.json();
    assert!(found["passages"]["element"].as_u64().unwrap() >= 5, "{}", found["passages"]);
    assert!(found["passages"]["others"].as_u64().unwrap() >= 200, "{}", found["passages"]);
    let all = found["suggestions"].as_array().unwrap();
    assert!(!all.is_empty());
    for one in all {
        assert!(one["log_likelihood"].as_f64().unwrap() >= 6.63, "{one}");
        assert!(one["log_ratio"].as_f64().unwrap() >= 1.0, "{one}");
        assert!(one["agreements"].as_array().unwrap().len() >= 2, "{one}");
    }
    folder
        .run(["rules", "suggest", "5.6", "--from", "bpf-2019"])
        .ends(2)
        .says(&["coded by bpf-2019, and the rules are of bpf-2021"]);
    folder.run(["rules", "suggest", "9.9"]).ends(2).says(&["no element `9.9`"]);
    folder.run(["rules", "suggest", "5.6", "--language", "xx"]).ends(2).says(&["`xx`; there are"]);
}
