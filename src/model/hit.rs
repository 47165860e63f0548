//! What the scan finds: rules that hold somewhere, and rules that nearly do.
//!
//! A hit carries places and reasons, never text.

use super::{ElementCode, RuleId, Span, Status};
use serde::Serialize;

/// A rule that holds in one unit of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The rule.
    pub rule: RuleId,
    /// The element it is evidence for.
    pub element: ElementCode,
    /// The paragraph, as an index into the document's paragraphs.
    pub paragraph: usize,
    /// The passage to quote.
    pub span: Span,
    /// What it supports here, after force and place.
    pub status: Status,
    /// How strongly, from 0 to 1.
    pub score: f64,
    /// The concepts that met the rule's conditions, with their words.
    pub met: Vec<Met>,
}

/// A concept found, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Met {
    /// The concept's name.
    pub concept: String,
    /// The words that show it.
    pub span: Span,
}

/// A rule that held nowhere, at the place where it came nearest.
#[derive(Debug, Clone, PartialEq)]
pub struct NearMiss {
    /// The rule.
    pub rule: RuleId,
    /// The element it would be evidence for.
    pub element: ElementCode,
    /// The paragraph where it came nearest.
    pub paragraph: usize,
    /// The passage that was looked at.
    pub span: Span,
    /// The share of its conditions that held there, from 0 to 1.
    pub closeness: f64,
    /// What stood in the way.
    pub failed: Failed,
}

/// The condition of a rule that did not hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Failed {
    /// The rule's key: `all`, `any`, `near`, `unless`, …
    pub condition: String,
    /// The concepts that were missing or in the way; empty where the key says all.
    pub concepts: Vec<String>,
}
