//! A taxonomy: the elements of one edition of a codebook, and how the elements
//! of two editions relate.
//!
//! Elements are data, never an enum.

use super::{Calibration, ElementCode, Place, Presence, TaxonomyId};
use serde::Serialize;
use std::collections::BTreeMap;

/// One edition of a codebook.
#[derive(Debug, Clone, PartialEq)]
pub struct Taxonomy {
    /// Its id, the name of its folder under `rules/`.
    pub id: TaxonomyId,
    /// Its title.
    pub name: String,
    /// Where the definitions come from.
    pub source: String,
    /// The categories in order; empty for a taxonomy without.
    pub categories: Vec<Category>,
    /// The elements in the codebook's order.
    pub elements: Vec<Element>,
    /// What this edition calls each value ("Yes" for present, say).
    pub labels: BTreeMap<Presence, String>,
    /// Which scores make a proposal.
    pub thresholds: Thresholds,
    /// What commitment is worth.
    pub force: Force,
    /// When a text is about what the taxonomy is about.
    pub subject: Subject,
    /// What is left of the score of a commitment, from 0 to 1, in each place; 1
    /// where none is given.
    pub places: BTreeMap<Place, f64>,
    /// What makes scores probabilities; without it they are as strong as the
    /// weights of the rules.
    pub calibration: Option<Calibration>,
}

/// A category of elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its code, such as `3`.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A norm element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element {
    /// Its code within the taxonomy.
    pub code: ElementCode,
    /// Its name.
    pub name: String,
    /// The code of its category, where the taxonomy has categories.
    pub category: Option<String>,
    /// The codebook's sentence.
    pub definition: String,
}

/// The least scores, from 0 to 1, at which a proposal is made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Thresholds {
    /// For `present`.
    pub present: f64,
    /// For `indirect`.
    pub indirect: f64,
    /// What `present` asks more of a text ten times as long as `pages`, and of
    /// others by the logarithm of their length: the more is said, the more is
    /// said in passing.
    pub tenfold: f64,
    /// The pages of 3,000 characters up to which `present` asks nothing more.
    pub pages: f64,
}

impl Thresholds {
    /// The least score of `present` in a text of so many characters.
    #[must_use]
    pub fn present_in(&self, characters: usize) -> f64 {
        let times = characters as f64 / 3000.0 / self.pages.max(1.0);
        self.present + self.tenfold * times.log10().max(0.0)
    }
}

/// What commitment is worth. Which concepts show it, the compiled rules know.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Force {
    /// What is left of a score, from 0 to 1, where a rule asks for commitment
    /// and finds none.
    pub without: f64,
    /// A text of many sentences of which fewer than this share (0 to 1) hold a
    /// firm commitment tells rather than commits: a study, a report. What it
    /// says is present only where the sentence is firm.
    pub telling_share: f64,
    /// From how many sentences on that is asked.
    pub telling_from: usize,
}

/// When a text counts as being about what the taxonomy is about, so that a
/// sentence on another subject is not taken for one on this. Which concepts
/// show the subject, the compiled rules know.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Subject {
    /// The share of sentences (0 to 1) with the subject from which a whole
    /// document counts as being about it.
    pub document_share: f64,
    /// The same share for a section, under its own heading.
    pub section_share: f64,
    /// A text of at most so many sentences counts as being about it: too few
    /// to show what the text they were taken from is about.
    pub brief: usize,
    /// What is left of a score, from 0 to 1, where only the section or the
    /// document shows the subject.
    pub distant: f64,
    /// What is left of a score, from 0 to 1, where the document as a whole is
    /// about other things and the sentence does not show the subject.
    pub elsewhere: f64,
}

impl Taxonomy {
    /// The element with this code.
    #[must_use]
    pub fn element(&self, code: &ElementCode) -> Option<&Element> {
        self.elements.iter().find(|element| &element.code == code)
    }

    /// What this edition calls `presence`.
    #[must_use]
    pub fn label(&self, presence: Presence) -> &str {
        self.labels.get(&presence).map_or(presence.as_str(), String::as_str)
    }
}

/// How the elements of taxonomies relate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Crosswalk {
    /// The relations in file order.
    pub relations: Vec<Relation>,
}

/// One relation between an element of one taxonomy and one of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The first element.
    pub from: (TaxonomyId, ElementCode),
    /// The second; none where the first has no counterpart.
    pub to: Option<(TaxonomyId, ElementCode)>,
    /// How the second relates to the first; none where there is no second.
    pub kind: Option<RelationKind>,
    /// Whether the two are near enough that their values may be compared.
    pub compare: bool,
    /// Why.
    pub reason: String,
}

/// How one element relates to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RelationKind {
    /// Both ask for the same.
    Same,
    /// The second holds the first and more.
    Wider,
    /// The second holds a part of the first.
    Narrower,
}
