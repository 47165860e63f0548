//! A coding by hand, and how a sheet of proposals compares with it.

use normtag::model::{DocumentProposals, Evidence, Presence};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

/// What a person coded in one document.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Coding {
    /// The document's file name.
    pub(crate) document: String,
    /// What was coded for each element.
    pub(crate) elements: BTreeMap<String, Coded>,
}

/// What a person coded for one element.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Coded {
    /// Present, indirect or absent.
    pub(crate) status: Presence,
    /// The passages that carry it.
    pub(crate) passages: Vec<String>,
    /// The citation of each passage, where the coding has them.
    #[serde(default, skip_serializing)]
    pub(crate) citations: Vec<String>,
}

impl Coding {
    /// Reads a coding from its file.
    pub(crate) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }
}

/// What a sheet says of an element.
pub(crate) fn proposed(sheet: &DocumentProposals, element: &str) -> Presence {
    let proposal = sheet.proposals.iter().find(|proposal| proposal.element.as_str() == element);
    proposal.map_or(Presence::Absent, |proposal| proposal.status.into())
}

/// A two-by-two table of cells.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Cells {
    both: usize,
    only_proposed: usize,
    only_coded: usize,
    neither: usize,
}

impl Cells {
    /// Counts a cell.
    pub(crate) fn add(&mut self, proposed: bool, coded: bool) {
        let count = match (proposed, coded) {
            (true, true) => &mut self.both,
            (true, false) => &mut self.only_proposed,
            (false, true) => &mut self.only_coded,
            (false, false) => &mut self.neither,
        };
        *count += 1;
    }

    /// The share of what was proposed that was coded.
    pub(crate) fn precision(self) -> f64 {
        share(self.both, self.both + self.only_proposed)
    }

    /// The share of what was coded that was proposed.
    pub(crate) fn recall(self) -> f64 {
        share(self.both, self.both + self.only_coded)
    }

    /// The harmonic mean of precision and recall.
    pub(crate) fn f1(self) -> f64 {
        share(2 * self.both, 2 * self.both + self.only_proposed + self.only_coded)
    }

    /// Cohen's kappa (Cohen 1960): agreement beyond what the two base rates
    /// alone would give.
    pub(crate) fn kappa(self) -> f64 {
        let n = self.total();
        let observed = share(self.both + self.neither, n);
        let coded = share(self.both + self.only_coded, n);
        let proposed = share(self.both + self.only_proposed, n);
        let expected = coded * proposed + (1.0 - coded) * (1.0 - proposed);
        (observed - expected) / (1.0 - expected)
    }

    fn total(self) -> usize {
        self.both + self.only_proposed + self.only_coded + self.neither
    }
}

impl fmt::Display for Cells {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "precision {:.3}  recall {:.3}  F1 {:.3}  kappa {:.3}  (n {}, coded {}, proposed {})",
            self.precision(),
            self.recall(),
            self.f1(),
            self.kappa(),
            self.total(),
            self.both + self.only_coded,
            self.both + self.only_proposed,
        )
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Whether a quote shares half or more of its words, in runs of three, with a
/// coded passage: the F1 of the shared words is at least one half, or the
/// quote lies within the passage.
pub(crate) fn meets(quote: &str, passage: &str) -> bool {
    let (quote, passage) = (words(quote), words(passage));
    let precision = covered(&quote, &passage);
    let recall = covered(&passage, &quote);
    let f1 = if precision + recall == 0.0 {
        0.0
    } else {
        2.0 * precision * recall / (precision + recall)
    };
    f1 >= 0.5 || quote.len() >= 3 && quote.len() <= passage.len() && precision >= 1.0
}

/// The share of `words` that stand in a run of three that `others` have.
fn covered(words: &[String], others: &[String]) -> f64 {
    let runs: BTreeSet<&[String]> = others.windows(3).collect();
    let mut shared = vec![false; words.len()];
    for (at, run) in words.windows(3).enumerate() {
        if runs.contains(run) {
            shared[at..at + 3].fill(true);
        }
    }
    share(shared.iter().filter(|&&shared| shared).count(), words.len())
}

fn words(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    parts.map(str::to_lowercase).collect()
}

/// Whether one of the first `n` quotes meets one of the passages.
pub(crate) fn hit_at(n: usize, evidence: &[Evidence], passages: &[String]) -> bool {
    let quotes = evidence.iter().take(n);
    let mut quotes = quotes.map(|evidence| evidence.quote.as_str());
    quotes.any(|quote| passages.iter().any(|passage| meets(quote, passage)))
}

#[test]
fn a_quote_within_a_passage_counts_and_one_far_longer_does_not() {
    let passage = "States should not knowingly allow their territory to be used";
    assert!(meets("should not knowingly allow their territory", passage));
    let long = format!("{} {passage} {}", "one two three ".repeat(9), "four five six ".repeat(9));
    assert!(!meets(&long, passage));
    assert!(!meets("States should cooperate", passage));
}

#[test]
fn kappa_is_cohens() {
    // Cohen (1960) as worked in Fleiss: 20 both, 5, 10, 15 neither.
    let cells = Cells { both: 20, only_proposed: 5, only_coded: 10, neither: 15 };
    assert!((cells.kappa() - 0.4).abs() < 1e-9);
}
