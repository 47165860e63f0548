//! A rule, compiled: concepts by number, ready to be asked.
//!
//! Plain data; asking is the scanner's part.

use crate::model::{ElementCode, Place, RuleId, Span, Status};
use crate::rules::ConceptId;
use serde::Serialize;

/// A rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its element's code and its name.
    pub id: RuleId,
    /// The element it is evidence for.
    pub element: ElementCode,
    /// What it finds, in words.
    pub finds: String,
    /// The codebook's sentence it implements.
    pub why: String,
    /// The most it supports.
    pub tag: Status,
    /// The unit its conditions are asked of.
    pub scope: Scope,
    /// Each entry must occur: one of its concepts.
    pub all: Vec<Vec<ConceptId>>,
    /// One of these must occur, where there are any.
    pub any: Vec<ConceptId>,
    /// So many different ones of these must occur.
    pub at_least: Option<AtLeast>,
    /// The entries stand within so many words.
    pub near: Option<usize>,
    /// The entries of `all` stand in this order.
    pub ordered: bool,
    /// Where it does not hold all the same.
    pub unless: Vec<Exception>,
    /// The places where it may hold.
    pub places: Vec<Place>,
    /// Whether the rule itself names these places.
    pub names_places: bool,
    /// Whether its tag needs a commitment cue.
    pub force: bool,
    /// How near the taxonomy's subject must be.
    pub subject: Nearness,
    /// How sure a coder can be when it holds, from 0 to 1.
    pub weight: f64,
    /// Texts in which it must hold with its tag.
    pub hits: Vec<Example>,
    /// Texts in which it must not.
    pub misses: Vec<Example>,
    /// The file it stands in, for messages.
    pub path: String,
    /// Where its name stands in that file.
    pub span: Span,
}

/// `at_least` of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtLeast {
    /// How many different concepts.
    pub n: usize,
    /// Of these.
    pub of: Vec<ConceptId>,
}

/// The unit a condition is asked of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// One sentence, or one list item.
    Sentence,
    /// One paragraph.
    Paragraph,
    /// All text under the nearest heading.
    Section,
}

/// How near the taxonomy's subject must be to a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Nearness {
    /// In the sentence, or in the one that introduces its list.
    Sentence,
    /// In the paragraph or its heading.
    Paragraph,
    /// In a section that is about it.
    Section,
    /// In a document that is about it.
    Document,
    /// Nowhere: the rule's own concepts are enough.
    None,
    /// In the sentence, or throughout: in a document that is about it.
    Throughout,
}

/// Where a rule does not hold although its conditions do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The concepts that make the exception.
    pub any: Vec<ConceptId>,
    /// Where they are looked for.
    pub scope: Scope,
    /// Within so many words of a concept that met the rule.
    pub near: Option<usize>,
    /// What the exception protects, in words.
    pub shields: String,
}

/// A text that shows what a rule finds, or does not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The text.
    pub text: String,
    /// Whether it stands in a text that is about the taxonomy's subject.
    pub on_subject: bool,
    /// Where it stands in the rule's file.
    pub span: Span,
}

impl Rule {
    /// Every concept a condition of the rule asks for, exceptions left out.
    pub fn asked(&self) -> impl Iterator<Item = ConceptId> {
        let at_least = self.at_least.iter().flat_map(|at_least| at_least.of.iter());
        self.all.iter().flatten().chain(&self.any).chain(at_least).copied()
    }
}
