//! From decisions to the forms that others read, without the names of those
//! who decided.

use crate::program::Folder;
use crate::served::{Served, TREATY};
use serde_json::json;
use std::io::Read as _;
use std::path::Path;

/// Names that stand in no file but a ledger.
const NAMES: [&str; 2] = ["Zelda Quillfeather", "ottokar"];

const FORMS: [&str; 11] = [
    "csv",
    "json",
    "docx",
    "html",
    "markdown",
    "matrix",
    "xlsx",
    "webannotation",
    "qdpx",
    "labelstudio",
    "labelstudio-config",
];

/// A folder with a ledger of two people, who mention each other.
fn decided() -> Folder {
    let folder = Folder::new().file("lakes.md", TREATY);
    let ask = |name: &str, decide: &dyn Fn(&Served) -> Vec<serde_json::Value>| {
        let served = Served::start(&folder, &["lakes.md", "--reviewer", name]);
        for decision in decide(&served) {
            let (status, answer) = served.decide(&decision);
            assert_eq!(status, 200, "{decision}: {answer}");
        }
    };
    let quotes = |served: &Served| {
        served.quote("Each Party shall protect critical information infrastructure")
    };
    ask(NAMES[0], &|served| {
        vec![
            json!({"element": "5.9", "verdict": "absent-confirmed", "comment": "Ottokar agrees"}),
            json!({"element": "2.1", "verdict": "changed", "status": "present", "quotes": quotes(served),
                "comment": "as Quillfeather said before"}),
            json!({"element": "1.1", "verdict": "deferred", "comment": "ask Zelda Quillfeather"}),
        ]
    });
    ask(NAMES[1], &|served| {
        vec![
            json!({"element": "3.2", "verdict": "rejected", "reason": "with Zelda, no"}),
            json!({"element": "2.1", "seen": 1, "verdict": "changed", "status": "indirect",
                "quotes": quotes(served), "comment": "against Zelda Quillfeather"}),
        ]
    });
    folder
}

/// All that a file holds: of an archive what is packed in it, too.
fn unpacked(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap();
    let mut all = String::from_utf8_lossy(&bytes).into_owned();
    if let Ok(mut archive) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            all.push_str(&file.name().unwrap());
            all.push_str(&String::from_utf8_lossy(&bytes));
        }
    }
    all
}

/// Whether any part of a name stands there.
fn named(text: &str) -> Vec<&'static str> {
    let small = text.to_lowercase();
    ["zelda", "quillfeather", "ottokar"].into_iter().filter(|name| small.contains(name)).collect()
}

fn export(folder: &Folder, form: &str, reviewers: &[&str]) -> String {
    let out = format!("out-{form}-{}", reviewers.concat());
    let args = ["corpus", "export", "decisions.jsonl", "--format", form, "-o", &out];
    let places: &[&str] = match form {
        "webannotation" | "qdpx" | "labelstudio" => &["--source", "lakes.md"],
        _ => &[],
    };
    let ran = folder.run(args.iter().chain(reviewers).chain(places)).ends(0);
    let ran =
        ran.says(&["1 element left for later, and left out", "reviewers differ on 1 element"]);
    assert_eq!(named(&ran.stderr), [""; 0]);
    unpacked(&folder.path(&out))
}

#[test]
fn a_ledger_goes_out_in_every_form_and_no_name_is_in_any_byte() {
    let folder = decided();
    for form in FORMS {
        let text = export(&folder, form, &[]);
        assert_eq!(named(&text), [""; 0], "{form}");
        let has_tags = !matches!(form, "labelstudio-config" | "matrix");
        assert!(!has_tags || text.contains("Each Party shall protect critical"), "{form}: {text}");
        assert_eq!(named(&export(&folder, form, &["--reviewers", "number"])), [""; 0], "{form}");
    }
    let csv = export(&folder, "csv", &[]);
    let source = "bpf-2021/lakes";
    assert_eq!(
        csv,
        format!(
            "agreement,element,status,citation,quote,note,source\n\
             lakes,2.1,indirect,Art. 1.1,Each Party shall protect critical information \
             infrastructure,against a reviewer,{source}\n\
             lakes,3.2,absent,,,\"with a reviewer, no\",{source}\n\
             lakes,5.9,absent,,,a reviewer agrees,{source}\n"
        )
    );
}

#[test]
fn reviewers_can_be_numbered_or_named() {
    let folder = decided();
    let csv = export(&folder, "csv", &["--reviewers", "number"]);
    assert!(csv.contains("decided by reviewer 2; against reviewer 1,"), "{csv}");
    assert!(csv.contains("decided by reviewer 1; reviewer 2 agrees,"), "{csv}");
    for (form, expected) in [
        ("csv", "decided by ottokar; against Zelda Quillfeather"),
        ("webannotation", "\"type\": \"Person\",\n          \"name\": \"ottokar\""),
        ("qdpx", "name=\"Zelda Quillfeather\"/>"),
        ("html", "decided by ottokar"),
        ("labelstudio", "decided by ottokar"),
    ] {
        let text = export(&folder, form, &["--reviewers", "keep"]);
        assert!(text.contains(expected), "{form}: {text}");
    }
}

#[test]
fn what_is_settled_the_report_and_a_comparison_name_nobody_either() {
    let folder = decided();
    folder.run(["review", "lakes.md", "--tags", "settled.csv"]).ends(0);
    let settled = std::fs::read_to_string(folder.path("settled.csv")).unwrap();
    assert!(settled.contains("against a reviewer"), "{settled}");
    assert_eq!(named(&settled), [""; 0]);

    let ledger = ["--decisions", "decisions.jsonl"];
    let report = ["report", "settled.csv", "-o"];
    folder.run(report.into_iter().chain(["site"]).chain(ledger)).ends(0);
    let kept = ["named", "--reviewers", "keep"];
    folder.run(report.into_iter().chain(kept).chain(ledger)).ends(0);
    let pages = |name: &str| {
        let files = walkdir::WalkDir::new(folder.path(name)).into_iter().map(Result::unwrap);
        let files = files.filter(|entry| entry.file_type().is_file());
        files.map(|entry| unpacked(entry.path())).collect::<String>()
    };
    assert!(pages("site").contains("changed (indirect)"));
    assert_eq!(named(&pages("site")), [""; 0]);
    assert!(pages("named").contains("by ottokar, "));

    let two = ["diff", "decisions.jsonl", "decisions.jsonl", "--left-reviewer", NAMES[0]];
    let two = two.into_iter().chain(["--right-reviewer", NAMES[1]]);
    for form in ["table", "json", "csv", "markdown", "html"] {
        let told = two.clone().chain(["--reviewers", "number", "--format", form]);
        let ran = folder.run(told).ends(1);
        assert_eq!(named(&ran.stdout), [""; 0], "{form}: {}", ran.stdout);
    }
    let ran = folder.run(two.chain(["--format", "json"])).ends(1);
    assert!(ran.stdout.contains("Zelda Quillfeather"), "{}", ran.stdout);
}

#[test]
fn what_is_settled_goes_out_in_every_form_from_the_command_and_from_the_page() {
    let folder = decided();
    let served = Served::start(&folder, &["lakes.md", "--reviewer", NAMES[0]]);
    for ending in ["csv", "docx", "html", "md", "xlsx", "json", "jsonld", "qdpx"] {
        let out = format!("settled.{ending}");
        folder.run(["review", "lakes.md", "--tags", &out]).ends(0);
        let text = unpacked(&folder.path(&out));
        assert!(text.contains("Each Party shall protect critical"), "{ending}: {text}");
        assert_eq!(named(&text), [""; 0], "{ending}");
        let (path, host) = (served.path(), served.host());
        let (status, bytes) = served.bytes(&format!(
            "GET {path}out/{ending} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
        ));
        assert_eq!(status, 200, "{ending}");
        assert_eq!(bytes, std::fs::read(folder.path(&out)).unwrap(), "{ending}");
    }
    // Where the documents are at hand, quotes have their places in them.
    let json = std::fs::read_to_string(folder.path("settled.jsonld")).unwrap();
    assert!(json.contains("TextPositionSelector"), "{json}");
    let kept = ["review", "lakes.md", "--tags", "kept.csv", "--reviewers", "number"];
    folder.run(kept).ends(0);
    assert!(
        unpacked(&folder.path("kept.csv")).contains("decided by reviewer 2; against reviewer 1")
    );
    let odd = ["review", "lakes.md", "--tags", "settled.pdf"];
    folder.run(odd).ends(2).says(&["settled.pdf: no form ends in .pdf; the endings are csv"]);
    // What is stale is left out here, which a ledger alone cannot tell.
    let changed = TREATY.replace("shall protect critical", "shall well protect critical");
    std::fs::write(folder.path("lakes.md"), changed).unwrap();
    folder.run(["review", "lakes.md", "--tags", "settled.csv"]).ends(0).says(&["1 stale"]);
    assert!(!unpacked(&folder.path("settled.csv")).contains("lakes,2.1,"));
}

#[test]
fn a_ledger_that_cannot_be_exported_says_why() {
    let folder = decided();
    let export = ["corpus", "export", "decisions.jsonl"];
    let other = export.into_iter().chain(["--taxonomy", "bpf-2019"]);
    folder.run(other).ends(2).says(&["decisions.jsonl: its taxonomy is bpf-2021, not bpf-2019"]);
    let whole = std::fs::read_to_string(folder.path("decisions.jsonl")).unwrap();
    std::fs::write(folder.path("decisions.jsonl"), format!("{whole}{{\"verdict\": 1}}\n")).unwrap();
    folder.run(export).ends(2).says(&["decisions.jsonl:6: this is no decision"]);
}
