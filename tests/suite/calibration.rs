//! `normtag rules calibrate`: scores fitted to coded texts, and whether they
//! come true on texts left out.

use crate::golden;
use crate::program::{Folder, project};
use crate::shared::{files, shared};
use crate::unseen::placed_coding;
use serde_json::Value;
use std::path::Path;

/// A folder with the texts and codings of `tests/suite/kinds` that begin so.
fn invented(beginnings: &[&str]) -> Folder {
    let mut folder = Folder::new();
    for ending in ["md", "json"] {
        for path in files(&project().join("tests/suite/kinds"), ending) {
            let name = path.file_name().unwrap().to_str().unwrap();
            if beginnings.iter().any(|beginning| name.starts_with(beginning)) {
                let below = if ending == "md" { "texts" } else { "codings" };
                let text = std::fs::read_to_string(&path).unwrap();
                folder = folder.file(&format!("{below}/{name}"), &text);
            }
        }
    }
    folder
}

#[test]
fn scores_are_fitted_written_and_used() {
    let folder = invented(&[""]);
    let args = ["rules", "calibrate", "texts", "--against", "codings", "-o", "fitted.toml"];
    let run = folder.run(args).ends(0);
    assert!(run.stdout.contains("Scores of bpf-2021 fitted on"), "{}", run.stdout);
    let fitted = std::fs::read_to_string(folder.path("fitted.toml")).unwrap();
    assert!(fitted.contains("[passage]\nintercept = "), "{fitted}");

    // A copy of the rules with a calibration whose scores cannot be mistaken.
    let certain = "format = 1\n[present]\nintercept = 0.0\n[any]\nintercept = -1.0986\n\
                   [passage]\nintercept = 1.3863\n";
    copy_rules(&folder, certain);
    let tag = ["tag", "texts", "--rules", "rules", "--format", "json"];
    let sheet = folder.run(tag).json();
    for document in sheet["documents"].as_array().unwrap() {
        for proposal in document["proposals"].as_array().unwrap() {
            let expected = if proposal["status"] == "present" { 0.5 } else { 0.25 };
            assert_eq!(proposal["score"], expected, "{proposal}");
            assert_eq!(proposal["evidence"][0]["score"], 0.8);
        }
        for absence in document["absent"].as_array().unwrap() {
            assert_eq!(absence["score"], 0.75);
        }
    }
}

/// Copies the rules into the folder, with this calibration for bpf-2021.
fn copy_rules(folder: &Folder, calibration: &str) {
    for entry in walkdir::WalkDir::new(project().join("rules")).sort_by_file_name() {
        let entry = entry.unwrap();
        let below = entry.path().strip_prefix(project()).unwrap();
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(folder.path(below.to_str().unwrap())).unwrap();
        } else {
            std::fs::copy(entry.path(), folder.path(below.to_str().unwrap())).unwrap();
        }
    }
    std::fs::write(folder.path("rules/bpf-2021/calibration.toml"), calibration).unwrap();
}

#[test]
fn what_cannot_be_fitted_is_said() {
    let two = invented(&["assembly", "civil"]);
    let run = two.run(["rules", "calibrate", "texts", "--against", "codings"]);
    run.ends(2).says(&["codings", "2 of the texts are coded there", "it takes 3"]);

    let mistaken = invented(&["assembly"]);
    copy_rules(&mistaken, "format = 1\n[present]\nintercept = 0.0\nstrenght = 1\n");
    let run = mistaken.run(["rules", "check", "--rules", "rules"]);
    run.ends(1).says(&["strenght", "`strength`", "`any`"]);
}

/// The real texts that were coded, with their codings.
fn coded(folder: Folder, reference: &Path) -> Folder {
    let agreements = reference.join("agreements");
    let gold = files(&reference.join("gold"), "json").into_iter();
    let gold = gold.map(|path| (path.clone(), std::fs::read_to_string(path).unwrap()));
    let blind = files(&project().join("tests/suite/blind"), "json").into_iter();
    let blind = blind.map(|path| {
        (path.clone(), serde_json::to_string(&placed_coding(&path, &agreements)).unwrap())
    });
    let mut folder = folder;
    for (path, coding) in gold.chain(blind) {
        let named: Value = serde_json::from_str(&coding).unwrap();
        let document = named["document"].as_str().unwrap();
        let name = Path::new(document).file_name().unwrap().to_str().unwrap();
        folder = folder
            .file(&format!("codings/{}", path.file_name().unwrap().to_str().unwrap()), &coding);
        std::fs::create_dir_all(folder.path("texts")).unwrap();
        std::fs::copy(agreements.join(document), folder.path("texts").join(name)).unwrap();
    }
    folder
}

#[test]
fn the_calibration_that_ships_is_what_the_coded_texts_give_and_comes_true() {
    let Some(reference) = shared("calibration") else { return };
    let folder = coded(Folder::new(), &reference);
    let args = ["rules", "calibrate", "texts", "--against", "codings", "-o", "fitted.toml"];
    let run = folder.run(args.into_iter().chain(["--format", "json"])).ends(0);
    println!("{}", folder.run(args).stdout);
    let fitted = std::fs::read_to_string(folder.path("fitted.toml")).unwrap();
    golden::check("../../rules/bpf-2021/calibration.toml", &fitted);
    let figures = run.json();
    for part in ["present", "any"] {
        for bin in figures[part]["curve"].as_array().unwrap() {
            let (low, high) = (bin["interval"][0].as_f64(), bin["interval"][1].as_f64());
            let mean = bin["mean"].as_f64();
            assert!(low <= mean && mean <= high, "{part}: {bin}");
        }
        let brier = |key: &str| figures[part][key].as_f64().unwrap();
        assert!(brier("brier") * 2.0 < brier("base_brier"), "{part}");
    }
}
