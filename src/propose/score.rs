//! How much a proposal, an absence and a passage are worth.
//!
//! With a calibration a score is a probability; without one it is the strength
//! that the weights of the rules give. The status is the rules' either way.

use crate::model::{Calibration, Status};
use crate::propose::observe::{of_element, of_passage};
use crate::propose::passages::{Found, Passage, combined};
use crate::propose::thousandths;
use std::cmp::Reverse;

/// What an element's findings are worth.
pub(super) enum Scored<'f> {
    /// It was found.
    Found(ScoredPassages<'f>),
    /// It was not: the probability that it is absent, where there is a
    /// calibration.
    Missing(Option<f64>),
}

/// An element that was found.
pub(super) struct ScoredPassages<'f> {
    pub(super) status: Status,
    /// That a coder gives it this status or a stronger one.
    pub(super) score: f64,
    /// The passages, best first, each with its own score.
    pub(super) passages: Vec<(&'f Passage<'f>, f64)>,
}

/// Scores what was found of an element.
pub(super) fn scored<'f>(found: &'f Found<'f>, calibration: Option<&Calibration>) -> Scored<'f> {
    let (Some(status), Some(strength)) = (found.status(), combined(&found.passages)) else {
        let absent =
            |calibration: &Calibration| 1.0 - calibration.any.probability(&of_element(found));
        return Scored::Missing(calibration.map(absent));
    };
    let Some(calibration) = calibration else {
        let passages = found.passages.iter().map(|passage| (passage, passage.strength));
        let passages = passages.collect();
        return Scored::Found(ScoredPassages { status, score: strength, passages });
    };
    let of_status = match status {
        Status::Present => &calibration.present,
        Status::Indirect => &calibration.any,
    };
    let score = of_status.probability(&of_element(found));
    let cited =
        |passage: &'f Passage<'f>| calibration.passage.probability(&of_passage(passage, found));
    let mut passages: Vec<(&Passage<'_>, f64)> =
        found.passages.iter().map(|passage| (passage, cited(passage))).collect();
    passages.sort_by_key(|(passage, score)| {
        (Reverse(passage.status), Reverse(thousandths(*score)), passage.span)
    });
    Scored::Found(ScoredPassages { status, score, passages })
}
