//! Coded passages → words that tell an element's passages from others, each
//! as an edit of the vocabulary with the cells it would change; and the
//! passages no rule found.
//!
//! Suggests, and decides nothing: an edit is a person's to make. Reads no file
//! and writes none.

mod ground;
mod trial;

pub use ground::{Passage, Text};

use crate::keyness::{Key, Least};
use crate::model::{ElementCode, Failed, Presence, RuleId};
use crate::rules::RuleSet;
use ground::Ground;
use serde::Serialize;
use trial::Trial;

/// What is asked for.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// The element.
    pub element: ElementCode,
    /// The language whose vocabulary would be edited (ISO 639-1); passages in
    /// others are left out.
    pub language: &'a str,
    /// Its function words, in lower case.
    pub small: &'a [&'a str],
    /// What a word must reach.
    pub least: Least,
    /// How many suggestions at most.
    pub most: usize,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestions {
    /// Passages coded for the element, and others.
    pub passages: [usize; 2],
    /// The element's passages in which no rule of it holds.
    pub missed: Vec<Missed>,
    /// The words, those that mend most cells first.
    pub suggestions: Vec<Suggestion>,
}

/// A passage no rule found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Missed {
    /// The agreement it is from.
    pub agreement: String,
    /// Its words.
    pub quote: String,
    /// The rule that came nearest; none where no concept of any rule occurs.
    pub nearest: Option<RuleId>,
    /// The condition that failed there.
    pub failed: Option<String>,
    /// The concepts that were missing or in the way.
    pub concepts: Vec<String>,
}

/// A word or phrase that tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The word with its figures.
    pub key: Key,
    /// The concept that gains it, of those the element's rules ask for: the one
    /// that mends most cells. None where adding it to any of them mends none.
    pub concept: Option<String>,
    /// How many of the element's coded passages it raises to what was coded at
    /// most, and how many passages beyond what their agreement was coded.
    pub raised: [usize; 2],
    /// The cells that this changes.
    pub cells: Vec<CellChange>,
}

impl Suggestion {
    /// Cells and passages mended, less those spoilt.
    fn balance(&self) -> isize {
        let cells = self.cells.iter();
        let cells: isize =
            cells.map(|cell| isize::from(cell.mends()) - isize::from(cell.spoils())).sum();
        cells + self.raised[0].cast_signed() - self.raised[1].cast_signed()
    }
}

/// What an edit does to one cell.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CellChange {
    /// The agreement.
    pub agreement: String,
    /// The document; none for an agreement's coded passages taken together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What the rules find before and after.
    pub before: Presence,
    /// What they find with the edit.
    pub after: Presence,
    /// What people coded; none where nobody did.
    pub coded: Option<Presence>,
}

impl CellChange {
    /// Whether it brings the cell nearer to what people coded.
    #[must_use]
    pub fn mends(&self) -> bool {
        self.coded.is_some_and(|coded| self.after > self.before && self.after <= coded)
    }

    /// Whether it takes the cell away from what people coded.
    #[must_use]
    pub fn spoils(&self) -> bool {
        self.coded.is_some_and(|coded| self.after > coded)
    }
}

/// Suggests edits for one element from `passages` that people coded, and
/// `texts` in which to look for what else an edit changes.
#[must_use]
pub fn suggest(
    rules: &RuleSet,
    passages: &[Passage],
    texts: Vec<Text>,
    question: &Question<'_>,
) -> Suggestions {
    let ground = Ground::of(rules, passages, texts, question);
    let trial = Trial::new(&ground, question);
    let mut suggestions: Vec<Suggestion> =
        ground.keys(question).into_iter().take(LOOKED_AT).map(|key| trial.best(key)).collect();
    // Stable: among equals the order of keyness stays.
    suggestions.sort_by_key(|one| std::cmp::Reverse(one.balance()));
    suggestions.truncate(question.most);
    Suggestions { passages: ground.sizes(), missed: ground.missed(), suggestions }
}

/// How many telling words are tried.
const LOOKED_AT: usize = 60;

/// A condition that failed, with its concepts.
fn condition(failed: &Failed) -> (String, Vec<String>) {
    (failed.condition.clone(), failed.concepts.clone())
}
