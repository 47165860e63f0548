//! Documents are read in processes of their own: the result is the same to the
//! byte, and the limits come from flags and from the configuration.

use crate::program::{Folder, project, sample};
use crate::shared::shared;
use normtag::corpus::list_folder;
use normtag::extract::extract;
use normtag::model::{Extracted, Snapshot};
use std::path::Path;

/// What goes from one process to the other and what comes out there.
fn there_and_back(folder: &Path) -> usize {
    let documents = list_folder(folder).documents;
    for path in &documents {
        let bytes = std::fs::read(path).unwrap();
        let read = extract(&Snapshot::of_bytes(path.to_string_lossy(), bytes));
        let sent = serde_json::to_vec(&read).unwrap();
        let back: Extracted = serde_json::from_slice(&sent).unwrap();
        assert!(back == read, "{}", path.display());
    }
    documents.len()
}

#[test]
fn nothing_of_a_document_is_lost_between_processes() {
    assert_eq!(there_and_back(&project().join("corpus/samples")), 3);
    assert!(there_and_back(&project().join("tests/fixtures/extract")) > 20);
    let Some(shared) = shared("agreements between processes") else { return };
    assert!(there_and_back(&shared.join("agreements")) > 30);
}

#[test]
fn the_program_reads_what_the_library_reads() {
    for name in ["lakes-treaty.docx", "harbour-charter.html", "meridian-experts-report.pdf"] {
        let path = sample(name);
        let said = Folder::new().run(["extract", "--format", "json", &path]).ends(0).json();
        let bytes = std::fs::read(&path).unwrap();
        let Extracted::Read(document) = extract(&Snapshot::of_bytes(path, bytes)) else {
            panic!("{name} is unread")
        };
        let said = &said["documents"][0];
        assert_eq!(said["text"], document.text);
        let paragraphs = said["paragraphs"].as_array().unwrap();
        assert_eq!(paragraphs.len(), document.paragraphs.len());
        for (said, paragraph) in paragraphs.iter().zip(&document.paragraphs) {
            assert_eq!(said["locator"], serde_json::to_value(&paragraph.locator).unwrap());
            assert_eq!(said["citation"], paragraph.locator.citation(paragraph.place));
        }
    }
}

fn deep() -> String {
    format!("<html><body>{}words", "<div>".repeat(300_000))
}

#[test]
fn limits_stand_in_the_configuration_and_flags_go_before_it() {
    let folder = Folder::new().file("deep.html", deep());
    let folder = folder.file("normtag.toml", "extract_timeout = 1\nmax_memory = 512\n");
    folder.run(["tag", "deep.html"]).ends(2).says(&["took more than 1 second; if the file"]);
    folder
        .run(["extract", "deep.html", "--extract-timeout", "2"])
        .ends(2)
        .says(&["took more than 2 seconds; if the file is sound", "--extract-timeout"]);
    folder
        .run(["rules", "explain", "3.2", "--source", "deep.html"])
        .ends(2)
        .says(&["took more than 1 second"]);
}

#[test]
fn limits_that_are_none_are_refused() {
    let folder = Folder::new().file("a.txt", "Each Party shall cooperate.\n");
    folder.run(["extract", "a.txt", "--max-memory", "0"]).ends(2).says(&["--max-memory"]);
    folder.run(["extract", "a.txt", "--extract-timeout", "0"]).ends(2).says(&["--extract-timeout"]);
    let folder = folder.file("normtag.toml", "max_memory = 0\n");
    folder.run(["extract", "a.txt"]).ends(2).says(&["max_memory", "a whole number, 1 or more"]);
}

#[test]
fn how_it_is_done_is_nobodys_business() {
    let folder = Folder::new();
    for args in [&["--help"][..], &["man"]] {
        assert!(!folder.run(args).ends(0).stdout.contains("__extract"), "{args:?}");
    }
    // Started by hand, without a task, it ends.
    folder.run(["__extract"]).ends(1);
}

#[cfg(not(feature = "ocr"))]
#[test]
fn without_the_feature_it_is_said_that_there_is_no_ocr() {
    let folder = Folder::new().file("a.txt", "Each Party shall cooperate.\n");
    folder.run(["tag", "a.txt", "--ocr"]).ends(2).says(&["built without the feature `ocr`"]);
}
