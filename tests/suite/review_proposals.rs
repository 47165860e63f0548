//! A review of proposals that were written to a file before.

use crate::program::Folder;
use crate::served::{Served, TREATY, ledger};
use serde_json::{Value, json};

/// A folder with a treaty and the proposals made from it.
fn tagged(args: &[&str]) -> Folder {
    let folder = Folder::new().file("in/lakes.md", TREATY);
    let tag = ["tag", "in/lakes.md", "--format", "json", "-o", "p.json"];
    folder.run(tag.iter().chain(args)).ends(0);
    folder
}

fn review(folder: &Folder, file: &str) -> crate::program::Ran {
    folder.run(["review", file, "--tags", "t.csv"])
}

#[test]
fn the_page_of_a_file_of_proposals_is_that_of_its_documents() {
    let folder = tagged(&[]);
    let mut pages = ["p.json", "in/lakes.md"].map(|source| {
        let served = Served::start(&folder, &[source, "--evidence", "3"]);
        let token = served.path().trim_matches('/').to_owned();
        let page = served.page().replace(&token, "TOKEN");
        page.split_once("<!doctype").unwrap().1.to_owned()
    });
    assert!(pages[0].contains("Each Party shall protect critical"));
    pages.sort();
    assert_eq!(pages[0], pages[1]);
    // What is decided there is decided on the document.
    let served = Served::start(&folder, &["p.json"]);
    let absent = json!({"element": "5.9", "verdict": "absent-confirmed"});
    assert_eq!(served.decide(&absent).0, 200);
    assert_eq!(ledger(&folder).len(), 1);
    review(&folder, "in/lakes.md").ends(0).says(&["lakes: 1 of 26 elements settled"]);
}

#[test]
fn the_file_says_taxonomy_and_agreement_and_documents_are_found_beside_it() {
    let folder = tagged(&["--taxonomy", "bpf-2019", "--as", "lake-treaty-2012"]);
    review(&folder, "p.json").ends(0).says(&["lake-treaty-2012: 0 of 10 elements settled"]);
    let named = ["review", "p.json", "--tags", "t.csv", "--taxonomy", "bpf-2021"];
    folder.run(named).ends(2).says(&["p.json: its taxonomy is bpf-2019, not bpf-2021"]);
    std::fs::create_dir(folder.path("moved")).unwrap();
    for name in ["in", "p.json"] {
        std::fs::rename(folder.path(name), folder.path("moved").join(name)).unwrap();
    }
    review(&folder, "moved/p.json").ends(0).says(&["lake-treaty-2012: 0 of 10"]);
}

#[test]
fn a_document_that_is_gone_or_changed_is_named() {
    let folder = tagged(&[]);
    std::fs::write(folder.path("in/lakes.md"), TREATY.replace("shall", "may")).unwrap();
    review(&folder, "p.json").ends(2).says(&[
        "in/lakes.md: it has changed since it was tagged (sha256:",
        "tag it again",
        "p.json: 1 document not as they were",
    ]);
    std::fs::remove_file(folder.path("in/lakes.md")).unwrap();
    review(&folder, "p.json").ends(2).says(&["in/lakes.md: no such file", "put it back"]);
}

#[test]
fn a_file_that_is_no_proposals_says_so() {
    let folder = tagged(&[]).file("odd.json", "{\"format\": 1}");
    review(&folder, "odd.json").ends(2).says(&["odd.json: not what `normtag tag --format json`"]);
    let two = ["review", "p.json", "in/lakes.md", "--tags", "t.csv"];
    folder.run(two).ends(2).says(&["a file of proposals is reviewed by itself"]);
    let of = ["review", "p.json", "--as", "x-2012", "--tags", "t.csv"];
    folder.run(of).ends(2).says(&["leave --as out"]);
    // Quotes that the document does not have where they are said to be.
    let text = std::fs::read_to_string(folder.path("p.json")).unwrap();
    let mut proposals: Value = serde_json::from_str(&text).unwrap();
    proposals["documents"][0]["proposals"][0]["evidence"][0]["quote"] = "Words".into();
    std::fs::write(folder.path("p.json"), proposals.to_string()).unwrap();
    review(&folder, "p.json").ends(2).says(&["its text is read otherwise"]);
    let stdin = ["tag", "-", "--format", "json", "-o", "s.json"];
    folder.run_with(stdin, TREATY.as_bytes()).ends(0);
    review(&folder, "s.json").ends(2).says(&["came over standard input"]);
}
