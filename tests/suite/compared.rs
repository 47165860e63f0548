//! Proposals beside codings by hand: the figures, and the cells that differ.

use crate::coding::{Cells, Coding, hit_at, proposed};
use crate::program::project;
use normtag::model::{DocumentProposals, Presence};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A pair of two-by-two tables: present against the rest, anything against
/// absent.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Counts {
    pub(crate) present: Cells,
    pub(crate) any: Cells,
}

impl Counts {
    pub(crate) fn add(&mut self, found: Presence, coded: Presence) {
        self.present.add(found == Presence::Present, coded == Presence::Present);
        self.any.add(found > Presence::Absent, coded > Presence::Absent);
    }
}

/// What the comparison found.
#[derive(Default)]
pub(crate) struct Compared {
    pub(crate) all: Counts,
    pub(crate) by_document: BTreeMap<String, Counts>,
    pub(crate) by_element: BTreeMap<String, Counts>,
    /// Pairs of proposed and coded values.
    pairs: Vec<(Presence, Presence)>,
    /// How many cells coded present there are, and in how many the first, or
    /// one of the first three quotes, meets a coded passage.
    quoted: [usize; 3],
    pub(crate) differences: Vec<String>,
}

impl Compared {
    pub(crate) fn add(&mut self, coding: &Coding, sheet: &DocumentProposals) {
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
            // Where no passage is known, none can be hit.
            if coded.status == Presence::Present && !coded.passages.is_empty() {
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
    pub(crate) fn kappa(&self) -> f64 {
        let share = |of: &dyn Fn(&(Presence, Presence)) -> bool| {
            self.pairs.iter().filter(|pair| of(pair)).count() as f64 / self.pairs.len() as f64
        };
        let values = [Presence::Absent, Presence::Indirect, Presence::Present];
        let chance = |value| share(&|pair| pair.0 == value) * share(&|pair| pair.1 == value);
        let expected: f64 = values.into_iter().map(chance).sum();
        (share(&|pair| pair.0 == pair.1) - expected) / (1.0 - expected)
    }

    pub(crate) fn hits(&self, at: usize) -> f64 {
        self.quoted[at] as f64 / self.quoted[0] as f64
    }

    /// The figures under a title.
    pub(crate) fn shown(&self, title: &str) -> String {
        let (present, any) = (self.all.present, self.all.any);
        let (first, three, n) = (self.hits(1), self.hits(2), self.quoted[0]);
        let kappa = self.kappa();
        format!(
            "{title}\n  present v rest:  {present}\n  any v absent:    {any}\n  three values:    kappa \
             {kappa:.3}; hit@1 {first:.3}  hit@3 {three:.3}  (n {n})"
        )
    }
}

/// The differences, each with the reason that stands in `file` already.
pub(crate) fn listed(differences: &[String], file: &str) -> String {
    let path = project().join("tests/suite").join(file);
    let before = std::fs::read_to_string(path).unwrap_or_default();
    let mut lines = String::new();
    for difference in differences {
        let key = format!("{difference}; ");
        let said = before.lines().find_map(|line| line.strip_prefix(&key));
        writeln!(lines, "{key}{}", said.unwrap_or("not yet read")).unwrap();
    }
    lines
}
