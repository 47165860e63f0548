//! Real agreements, in every form they are at hand in.

use crate::shared::{files, shared};
use crate::tagging::{rules, tag_file};
use normtag::model::Outcome;
use std::time::Instant;

#[test]
fn every_agreement_at_hand_is_tagged() {
    let Some(folder) = shared("agreements") else { return };
    let rules = rules("bpf-2021");
    let folder = folder.join("agreements");
    let mut paths = files(&folder, "md");
    paths.extend(files(&folder, "txt"));
    paths.extend(files(&folder.join("pdf"), "pdf"));
    paths.extend(files(&folder.join("html"), "html"));
    assert_eq!(paths.len(), 39, "29 texts, 8 PDFs, 2 HTML");
    let (mut pages, mut paragraphs, mut proposals, mut quotes) = (0, 0, 0, 0);
    let began = Instant::now();
    for path in &paths {
        let sheet = tag_file(path, &rules);
        assert_ne!(sheet.outcome, Outcome::Unread, "{}: {:?}", sheet.source, sheet.reason);
        let name = path.file_name().unwrap().to_string_lossy();
        let found: usize = sheet.proposals.iter().map(|proposal| proposal.evidence.len()).sum();
        println!(
            "{name:45} {:?} pages {:?} paragraphs {:5} proposals {:2} quotes {found}",
            sheet.outcome,
            sheet.pages,
            sheet.paragraphs,
            sheet.proposals.len(),
        );
        pages += sheet.pages.unwrap_or(0);
        paragraphs += sheet.paragraphs;
        proposals += sheet.proposals.len();
        quotes += found;
    }
    println!(
        "{} documents, {pages} pages, {paragraphs} paragraphs, {proposals} proposals, \
         {quotes} quotes, {:.2} s one after another",
        paths.len(),
        began.elapsed().as_secs_f64(),
    );
    assert!(proposals > 200, "{proposals}");
}
