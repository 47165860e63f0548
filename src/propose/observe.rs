//! What the probability of a proposal, and of its passages, is told by.
//!
//! Weighs nothing: the weights are the taxonomy's calibration, fitted
//! elsewhere on just these predictors.

use crate::model::{Document, ElementCode, Predictor, Predictors, Status, Taxonomy};
use crate::propose::Findings;
use crate::propose::passages::{Found, Passage, combined};

/// An element in one text, as a calibration sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// The element.
    pub element: ElementCode,
    /// What the rules call it; nothing where they did not find it.
    pub status: Option<Status>,
    /// What its probability is told by.
    pub predictors: Predictors,
    /// The passages found, best first by the weights of the rules.
    pub passages: Vec<ObservedPassage>,
}

/// A passage, as a calibration sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct ObservedPassage {
    /// Its words, cut from the text.
    pub quote: String,
    /// What this passage alone supports.
    pub status: Status,
    /// What its probability is told by.
    pub predictors: Predictors,
}

/// What `findings` show of every element of `taxonomy` in `document`, without
/// its calibration.
#[must_use]
pub fn observe(document: &Document, taxonomy: &Taxonomy, findings: &Findings<'_>) -> Vec<Observed> {
    let all = Found::all(document, taxonomy, findings);
    all.iter().map(|found| observed(found, document)).collect()
}

fn observed(found: &Found<'_>, document: &Document) -> Observed {
    let passages = found.passages.iter().map(|passage| ObservedPassage {
        quote: passage.span.cut(&document.text).unwrap_or_default().to_owned(),
        status: passage.status,
        predictors: of_passage(passage, found),
    });
    Observed {
        element: found.element.clone(),
        status: found.status(),
        predictors: of_element(found),
        passages: passages.collect(),
    }
}

/// What the probability of an element is told by.
pub(super) fn of_element(found: &Found<'_>) -> Predictors {
    let mut predictors = Predictors::new();
    let (Some(best), Some(strength)) = (found.passages.first(), combined(&found.passages)) else {
        let nearest = found.misses.first().map_or(0.0, |miss| miss.closeness);
        predictors.insert(Predictor::Closeness, nearest);
        return predictors;
    };
    let of_status = |status| found.passages.iter().filter(|one| one.status == status).count();
    let strength = log_odds(strength);
    let (present, is_present) = (of_status(Status::Present), best.status == Status::Present);
    predictors.extend([
        (Predictor::Found, 1.0),
        (Predictor::Present, f64::from(is_present)),
        (Predictor::Strength, strength),
        (Predictor::Weakness, if is_present { 0.0 } else { strength }),
        (Predictor::Repeated, logarithm(1 + present)),
        (Predictor::Rules, logarithm(best.rules.len())),
    ]);
    predictors
}

/// What the probability that a passage is cited is told by.
pub(super) fn of_passage(passage: &Passage<'_>, found: &Found<'_>) -> Predictors {
    Predictors::from([
        (Predictor::Present, f64::from(passage.status == Status::Present)),
        (Predictor::Strength, log_odds(passage.strength)),
        (Predictor::Passages, logarithm(found.passages.len())),
    ])
}

/// The logarithm of the odds of a share, which is kept between .01 and .99.
fn log_odds(share: f64) -> f64 {
    let share = share.clamp(0.01, 0.99);
    (share / (1.0 - share)).ln()
}

/// The natural logarithm of a count, 0 of none.
fn logarithm(count: usize) -> f64 {
    (count.max(1) as f64).ln()
}
