//! Treaties on other subjects, which must hardly be tagged.

use crate::shared::{files, shared};
use crate::tagging::{rules, tag_bytes};
use normtag::model::Status;
use std::collections::BTreeMap;
use std::io::Read;

/// The categories whose elements have no business in a treaty on fisheries.
const FOREIGN: &[&str] = &["2", "3", "5", "6"];

#[test]
fn treaties_on_other_subjects_are_hardly_tagged() {
    let Some(folder) = shared("treaties") else { return };
    let rules = rules("bpf-2021");
    let paths = files(&folder.join("treaties"), "gz");
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    let mut characters = 0;
    for path in &paths {
        let mut text = String::new();
        let file = std::fs::File::open(path).unwrap();
        flate2::read::GzDecoder::new(file).read_to_string(&mut text).unwrap();
        let sheet = tag_bytes("treaty.txt", text.as_bytes(), &rules).proposals.documents.remove(0);
        characters += sheet.characters;
        for proposal in sheet.proposals.iter().filter(|p| p.status == Status::Present) {
            *counts.entry(proposal.element.to_string()).or_default() += 1;
        }
    }
    let category = |code: &str| code.split('.').next().unwrap_or_default().to_owned();
    let foreign = counts.iter().filter(|(code, _)| FOREIGN.contains(&category(code).as_str()));
    let foreign: u32 = foreign.map(|(_, count)| count).sum();
    println!(
        "{} treaties, about {} pages of 3,000 characters: {foreign} elements of categories \
         2, 3, 5, 6 proposed as present; all: {counts:?}",
        paths.len(),
        characters / 3000,
    );
    assert!(foreign <= 40, "{foreign}: {counts:?}");
}
