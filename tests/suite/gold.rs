//! Proposals beside the texts coded by hand: development figures, for rules
//! are developed looking at them.
//!
//! The cells still wrong stand in `gold/differences.txt`, each with the reason
//! it is wrong; no word of the texts is in it.

use crate::coding::{Cells, Coding, hit_at, proposed};
use crate::golden;
use crate::program::project;
use crate::shared::{files, shared};
use crate::tagging::{rules, tag_file};
use normtag::model::{DocumentProposals, Presence};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Where the wrong cells are listed.
const DIFFERENCES: &str = "gold/differences.txt";

/// A pair of two-by-two tables: present against the rest, anything against
/// absent.
#[derive(Debug, Clone, Copy, Default)]
struct Counts {
    present: Cells,
    any: Cells,
}

impl Counts {
    fn add(&mut self, found: Presence, coded: Presence) {
        self.present.add(found == Presence::Present, coded == Presence::Present);
        self.any.add(found > Presence::Absent, coded > Presence::Absent);
    }
}

/// What the comparison found.
#[derive(Default)]
struct Compared {
    all: Counts,
    by_document: BTreeMap<String, Counts>,
    by_element: BTreeMap<String, Counts>,
    /// Pairs of proposed and coded values.
    pairs: Vec<(Presence, Presence)>,
    /// How many cells coded present there are, and in how many the first, or
    /// one of the first three quotes, meets a coded passage.
    quoted: [usize; 3],
    differences: Vec<String>,
}

impl Compared {
    fn add(&mut self, coding: &Coding, sheet: &DocumentProposals) {
        let name = coding.document.trim_end_matches(".md");
        for (element, coded) in &coding.elements {
            let found = proposed(sheet, element);
            self.all.add(found, coded.status);
            self.by_document.entry(name.to_owned()).or_default().add(found, coded.status);
            self.by_element.entry(element.clone()).or_default().add(found, coded.status);
            self.pairs.push((found, coded.status));
            if found != coded.status {
                let (was, is) = (coded.status.as_str(), found.as_str());
                self.differences.push(format!("{name} {element}: coded {was}, proposed {is}"));
            }
            if coded.status == Presence::Present {
                let proposal = sheet.proposals.iter().find(|p| p.element.as_str() == element);
                let evidence = proposal.map_or(&[][..], |proposal| &proposal.evidence);
                let third = hit_at(3, evidence, &coded.passages);
                self.quoted[0] += 1;
                self.quoted[1] += usize::from(hit_at(1, evidence, &coded.passages));
                self.quoted[2] += usize::from(third);
                if !third {
                    self.differences.push(format!("{name} {element}: no coded passage quoted"));
                }
            }
        }
    }

    /// Cohen's kappa over the three values.
    fn kappa(&self) -> f64 {
        let share = |of: &dyn Fn(&(Presence, Presence)) -> bool| {
            self.pairs.iter().filter(|pair| of(pair)).count() as f64 / self.pairs.len() as f64
        };
        let values = [Presence::Absent, Presence::Indirect, Presence::Present];
        let chance = |value| share(&|pair| pair.0 == value) * share(&|pair| pair.1 == value);
        let expected: f64 = values.into_iter().map(chance).sum();
        (share(&|pair| pair.0 == pair.1) - expected) / (1.0 - expected)
    }

    fn hits(&self, at: usize) -> f64 {
        self.quoted[at] as f64 / self.quoted[0] as f64
    }
}

#[test]
fn proposals_for_the_coded_texts_reach_the_floor() {
    let Some(folder) = shared("gold") else { return };
    let rules = rules("bpf-2021");
    let mut compared = Compared::default();
    for path in files(&folder.join("gold"), "json") {
        let coding = Coding::read(&path);
        let sheet = tag_file(&folder.join("agreements").join(&coding.document), &rules);
        compared.add(&coding, &sheet);
    }
    for (title, table) in [("document", &compared.by_document), ("element", &compared.by_element)] {
        println!("by {title}: present v rest");
        for (name, counts) in table {
            println!("{name:38} {}", counts.present);
        }
    }
    let (hit1, hit3, kappa) = (compared.hits(1), compared.hits(2), compared.kappa());
    println!("development figures on 17 texts");
    println!("present v rest:  {}", compared.all.present);
    println!("any v absent:    {}", compared.all.any);
    println!("three values:    kappa {kappa:.3}");
    println!("hit@1 {hit1:.3}  hit@3 {hit3:.3}  (n {})", compared.quoted[0]);
    golden::check(DIFFERENCES, &listed(&compared.differences));
    assert!(compared.all.present.f1() >= 0.86, "present F1 {}", compared.all.present.f1());
    assert!(compared.all.present.kappa() >= 0.80, "kappa {}", compared.all.present.kappa());
    assert!(compared.all.any.f1() >= 0.90, "any F1 {}", compared.all.any.f1());
    assert!(kappa >= 0.75, "three-way kappa {kappa}");
    assert!(hit1 >= 0.78 && hit3 >= 0.92, "hit@1 {hit1} hit@3 {hit3}");
}

/// The differences, each with the reason given before.
fn listed(differences: &[String]) -> String {
    let path = project().join("tests/suite").join(DIFFERENCES);
    let before = std::fs::read_to_string(path).unwrap_or_default();
    let mut lines = String::new();
    for difference in differences {
        let key = format!("{difference}; ");
        let said = before.lines().find_map(|line| line.strip_prefix(&key));
        writeln!(lines, "{key}{}", said.unwrap_or("not yet read")).unwrap();
    }
    lines
}
