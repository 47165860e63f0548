//! Proposals beside texts that were coded without sight of the rules or of
//! what they find: how well rules carry over to texts of other kinds.
//!
//! `blind/` are real texts of the reference material (their codings name the
//! passages by place, so that no word of the texts is here), `kinds/` invented
//! ones in the registers of many kinds of agreements. Of both, the half that
//! [`LOOKED_AT`] lists was read after it was first measured, so that its
//! figures are development figures; the other half was never looked at, and
//! only its figures are.

use crate::coding::Coding;
use crate::compared::Compared;
use crate::program::project;
use crate::shared::{files, shared};
use crate::tagging::{rules, tag_file};
use normtag::model::Presence;
use normtag::rules::RuleSet;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// The texts whose differences were read.
const LOOKED_AT: &[&str] = &[
    "assembly-resolution",
    "civil-declaration",
    "disclosure-policy",
    "eu-cer-directive-2022-2557",
    "g20-bali-declaration-2022",
    "g7-apulia-communique-2024",
    "manrs-network-implementation-guide",
    "paris-call-wg5-report",
    "paris-call-wg6-report",
    "provider-code",
    "regional-plan",
    "summit-communique",
];

/// The least F1 of present, and of present or indirect.
struct Floors {
    present: f64,
    any: f64,
}

fn looked_at(path: &Path) -> bool {
    LOOKED_AT.contains(&path.file_stem().unwrap().to_str().unwrap())
}

/// Holds both halves to their floors, and gives what is to be printed.
fn check(title: &str, halves: &[Compared; 2], floors: &[Floors; 2]) -> String {
    let names = ["looked at since: development figures", "never looked at"];
    let mut shown = String::new();
    for ((half, floors), name) in halves.iter().zip(floors).zip(names) {
        if half.by_document.is_empty() {
            continue;
        }
        for (document, counts) in &half.by_document {
            writeln!(shown, "{document:38} {}", counts.present).unwrap();
        }
        writeln!(shown, "{}", half.shown(&format!("{title}, {name}"))).unwrap();
        let (present, any) = (half.all.present.f1(), half.all.any.f1());
        assert!(present >= floors.present, "{title}, {name}: present F1 {present:.3}");
        assert!(any >= floors.any, "{title}, {name}: any F1 {any:.3}");
    }
    shown
}

#[test]
fn invented_texts_of_many_kinds_are_tagged_nearly_as_they_were_coded() {
    let folder = project().join("tests/suite/kinds");
    let rules = rules("bpf-2021");
    let mut halves = [Compared::default(), Compared::default()];
    for path in files(&folder, "json") {
        let coding = Coding::read(&path);
        let sheet = tag_file(&folder.join(&coding.document), &rules);
        halves[usize::from(!looked_at(&path))].add(&coding, &sheet);
    }
    let floors = [Floors { present: 0.75, any: 0.82 }, Floors { present: 0.67, any: 0.79 }];
    println!("{}", check("invented texts", &halves, &floors));
}

/// A coding that names passages by their place in the text.
#[derive(Deserialize)]
struct Placed {
    document: String,
    elements: BTreeMap<String, PlacedCell>,
}

#[derive(Deserialize)]
struct PlacedCell {
    status: Presence,
    /// Characters of the text, in which every run of white space is one space.
    spans: Vec<(usize, usize)>,
}

impl Placed {
    /// The coding with the words of its passages.
    fn worded(self, agreements: &Path) -> Coding {
        let bytes = std::fs::read(agreements.join(&self.document)).unwrap();
        let text: Vec<char> = match String::from_utf8(bytes) {
            Ok(text) => text.split_whitespace().collect::<Vec<_>>().join(" ").chars().collect(),
            Err(_) => Vec::new(),
        };
        let cut = |(start, end): (usize, usize)| text[start..end].iter().collect::<String>();
        let cells = self.elements.into_iter().map(|(element, cell)| {
            let passages = cell.spans.into_iter().map(cut).collect();
            (element, crate::coding::Coded { status: cell.status, passages, citations: Vec::new() })
        });
        Coding { document: self.document, elements: cells.collect() }
    }
}

/// The coding at `path`, which names passages by place, with their words.
pub(crate) fn placed_coding(path: &Path, agreements: &Path) -> Coding {
    let text = std::fs::read_to_string(path).unwrap();
    let placed: Placed = serde_json::from_str(&text).unwrap();
    placed.worded(agreements)
}

fn compared(agreements: &Path, rules: &RuleSet) -> [Compared; 2] {
    let mut halves = [Compared::default(), Compared::default()];
    for path in files(&project().join("tests/suite/blind"), "json") {
        let coding = placed_coding(&path, agreements);
        let sheet = tag_file(&agreements.join(&coding.document), rules);
        halves[usize::from(!looked_at(&path))].add(&coding, &sheet);
    }
    halves
}

#[test]
fn real_texts_of_other_kinds_are_tagged_nearly_as_they_were_coded() {
    let Some(folder) = shared("unseen") else { return };
    let halves = compared(&folder.join("agreements"), &rules("bpf-2021"));
    let floors = [Floors { present: 0.79, any: 0.83 }, Floors { present: 0.76, any: 0.86 }];
    println!("{}", check("real texts", &halves, &floors));
}
