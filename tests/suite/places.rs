//! Passage to citation and back: a citation that normtag writes leads to the
//! passage it was written for.

use crate::program::{Folder, project};
use crate::shared::{files, shared};
use normtag::citation::Cited;
use normtag::extract::extract;
use normtag::model::{Document, Extracted, Snapshot};
use normtag::places;
use std::path::{Path, PathBuf};

fn read(path: &Path) -> Document {
    let name = path.file_name().unwrap().to_string_lossy();
    match extract(&Snapshot::of_bytes(name, std::fs::read(path).unwrap())) {
        Extracted::Read(document) => *document,
        Extracted::Unread(unread) => panic!("{}: {}", path.display(), unread.reason),
    }
}

/// How many paragraphs there are, how many have numbers in their citation, and
/// how many of these the grammar's steps alone lead back to. What `find` loses
/// is listed.
fn found_again(document: &Document, lost: &mut Vec<String>) -> [usize; 3] {
    let mut counts = [0; 3];
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        let citation = paragraph.locator.citation(paragraph.place);
        let found = places::find(document, &citation).unwrap_or_default();
        if !found.contains(&index) {
            lost.push(format!("{}: {citation} leads to {found:?}, not {index}", document.source));
        }
        counts[0] += 1;
        if citation.contains('¶') {
            continue;
        }
        let Cited::Read(read) = Cited::parse(&citation) else { continue };
        counts[1] += 1;
        let by_steps = places::at(document, &read.refs[0]).unwrap_or_default();
        counts[2] += usize::from(by_steps.contains(&index));
    }
    counts
}

#[test]
fn a_citation_leads_back_to_its_passage_in_the_samples() {
    let folder = project().join("corpus/samples");
    let mut lost = Vec::new();
    for ending in ["pdf", "html", "docx"] {
        for path in files(&folder, ending) {
            found_again(&read(&path), &mut lost);
        }
    }
    assert_eq!(lost, Vec::<String>::new());
}

#[test]
fn a_citation_leads_back_to_its_passage_in_real_agreements() {
    let Some(folder) = shared("places") else { return };
    let agreements = folder.join("agreements");
    let mut paths: Vec<PathBuf> = files(&agreements, "md");
    paths.extend(files(&agreements.join("pdf"), "pdf"));
    let mut lost = Vec::new();
    let mut all = [0; 3];
    for path in paths {
        let counts = found_again(&read(&path), &mut lost);
        for (sum, count) in all.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    assert_eq!(lost, Vec::<String>::new());
    let [paragraphs, numbered, by_steps] = all;
    println!(
        "{paragraphs} paragraphs, {numbered} cited by numbers, {by_steps} found by these alone"
    );
    assert!(by_steps * 1000 >= numbered * 985, "{by_steps} of {numbered}");
}

const TREATY: &str = "Article 1\n\n1. Each Party shall:\n\n(a) cooperate;\n\n(b) consult.\n\n2. The \
                      Parties shall meet.\n\nArticle 2\n\nThis Treaty is open to all.\n";

#[test]
fn at_prints_one_passage() {
    let folder = Folder::new().file("treaty.txt", TREATY);
    let ran = folder.run(["extract", "treaty.txt", "--at", "Article 1(1)"]).ends(0).quietly();
    assert_eq!(
        ran.stdout,
        "# treaty.txt\n\n[Art. 1.1] Each Party shall:\n\n[Art. 1.1 (a)] cooperate;\n\n\
         [Art. 1.1 (b)] consult.\n"
    );
    let ran =
        folder.run(["extract", "treaty.txt", "--at", "Art. 1.1 (b); Art. 2", "--format", "json"]);
    let texts = ran.ends(0).json();
    let paragraphs = texts["documents"][0]["paragraphs"].as_array().unwrap();
    let citations: Vec<&str> =
        paragraphs.iter().map(|one| one["citation"].as_str().unwrap()).collect();
    assert_eq!(citations, ["Art. 1.1 (b)", "Art. 2", "Art. 2"]);
}

#[test]
fn at_says_what_is_there_instead() {
    let folder =
        Folder::new().file("treaty.txt", TREATY).file("note.txt", "Nothing is numbered here.\n");
    let missing = folder.run(["extract", "treaty.txt", "--at", "Art. 1.3"]).ends(2);
    assert_eq!(missing.says(&["treaty.txt: no Art. 1.3: Art. 1 has 1, 2"]).stdout, "");
    folder
        .run(["extract", "treaty.txt", "note.txt", "--at", "Art. 2"])
        .ends(1)
        .says(&["note.txt: no Art. 2: the document numbers no such parts"]);
    folder
        .run(["extract", "treaty.txt", "--at", "hello"])
        .ends(2)
        .says(&["`--at hello` is no citation"]);
}
