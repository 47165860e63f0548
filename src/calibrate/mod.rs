//! Coded texts → a calibration, and how far its probabilities can be trusted.
//!
//! Every figure is of texts left out: a text's probabilities come from weights
//! fitted on all others. Tags nothing and decides no status.

mod curve;
mod logistic;

pub use curve::{Bin, reliability_curve};

use crate::model::{Calibration, CalibrationText, Logistic, Predictor, Predictors, Status};
use serde::Serialize;
use std::cmp::Reverse;

/// What tells whether an element is there.
const OF_ELEMENT: &[Predictor] = &[
    Predictor::Found,
    Predictor::Present,
    Predictor::Strength,
    Predictor::Weakness,
    Predictor::Repeated,
    Predictor::Rules,
    Predictor::Closeness,
];

/// What tells whether a passage is cited.
const OF_PASSAGE: &[Predictor] = &[Predictor::Present, Predictor::Strength, Predictor::Passages];

/// An element of a text that was coded.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedCell {
    /// The text, as a place in the list of texts.
    pub text: usize,
    /// What its probability is told by.
    pub predictors: Predictors,
    /// What the coder said.
    pub coded: Option<Status>,
    /// The passages found, best first by the weights of the rules; none where it
    /// is not known which of them the coder cites.
    pub passages: Option<Vec<CodedPassage>>,
}

/// A passage found in a cell that was coded.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedPassage {
    /// What this passage alone supports.
    pub status: Status,
    /// What its probability is told by.
    pub predictors: Predictors,
    /// Whether the coder cited it.
    pub cited: bool,
}

/// A calibration, and figures on texts left out of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Calibrated {
    /// The weights, fitted on all texts.
    pub calibration: Calibration,
    /// That a cell is coded present.
    pub present: Figures,
    /// That it is coded present or indirect.
    pub any: Figures,
    /// That a passage found is cited.
    pub passage: Figures,
    /// How often a passage cited stands first, or among the first three, of
    /// those proposed, over the cells coded present.
    pub ranked: Ranked,
}

/// How good probabilities are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Figures {
    /// The reliability curve.
    pub curve: Vec<Bin>,
    /// The mean squared difference from what came true (Brier 1950): 0 is best.
    pub brier: f64,
    /// The same of the base rate, given as every probability.
    pub base_brier: f64,
}

/// How often the passage that a coder cites is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Ranked {
    /// The cells coded present of which it is known what is cited.
    pub cells: usize,
    /// Where it stands, by the weights of the rules.
    pub by_rules: Stands,
    /// Where it stands, by the calibration.
    pub by_calibration: Stands,
}

/// In how many cells the passage that a coder cites stands where it is seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Stands {
    /// First.
    pub first: usize,
    /// Among the first three.
    pub among_three: usize,
}

impl Stands {
    fn count(&mut self, passages: &[CodedPassage], order: &[usize]) {
        let cited = |count| order.iter().take(count).any(|&at| passages[at].cited);
        self.first += usize::from(cited(1));
        self.among_three += usize::from(cited(3));
    }
}

/// Why there is no calibration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooFew {
    /// Fewer than three texts: nothing can be left out.
    Texts(usize),
    /// Every cell is coded alike, so there is nothing to tell apart.
    Outcomes,
}

/// Fits a calibration to the `cells` of `texts`.
///
/// # Errors
///
/// When there are too few texts, or all cells are coded alike.
pub fn calibrate(texts: Vec<CalibrationText>, cells: &[CodedCell]) -> Result<Calibrated, TooFew> {
    if texts.len() < 3 {
        return Err(TooFew::Texts(texts.len()));
    }
    let of_cells = |outcome: fn(Option<Status>) -> bool| -> Vec<Row<'_>> {
        cells.iter().map(|cell| (cell.text, &cell.predictors, outcome(cell.coded))).collect()
    };
    let present = of_cells(|coded| coded == Some(Status::Present));
    let any = of_cells(|coded| coded.is_some());
    let passages = cells.iter().flat_map(|cell| {
        let own = cell.passages.iter().flatten();
        own.map(|one| (cell.text, &one.predictors, one.cited))
    });
    let passages: Vec<Row<'_>> = passages.collect();
    for rows in [&present, &any, &passages] {
        let came_true = rows.iter().filter(|(_, _, outcome)| *outcome).count();
        if came_true == 0 || came_true == rows.len() {
            return Err(TooFew::Outcomes);
        }
    }
    let cited = left_out(&passages, OF_PASSAGE, texts.len());
    Ok(Calibrated {
        present: figures(&present, &left_out(&present, OF_ELEMENT, texts.len())),
        any: figures(&any, &left_out(&any, OF_ELEMENT, texts.len())),
        passage: figures(&passages, &cited),
        ranked: ranked(cells, &cited),
        calibration: Calibration {
            texts,
            present: rounded(logistic::fit(told(&present), OF_ELEMENT)),
            any: rounded(logistic::fit(told(&any), OF_ELEMENT)),
            passage: rounded(logistic::fit(told(&passages), OF_PASSAGE)),
        },
    })
}

/// A text, what its outcome is told by, and the outcome.
type Row<'a> = (usize, &'a Predictors, bool);

fn told<'a>(rows: &'a [Row<'a>]) -> impl Iterator<Item = (&'a Predictors, bool)> + Clone {
    rows.iter().map(|&(_, predictors, outcome)| (predictors, outcome))
}

/// The probability of every row, by weights fitted on the other texts.
fn left_out(rows: &[Row<'_>], of: &[Predictor], texts: usize) -> Vec<f64> {
    let by_text: Vec<Logistic> = (0..texts)
        .map(|text| {
            let others: Vec<Row<'_>> =
                rows.iter().filter(|(other, ..)| *other != text).copied().collect();
            logistic::fit(told(&others), of)
        })
        .collect();
    rows.iter().map(|&(text, predictors, _)| by_text[text].probability(predictors)).collect()
}

fn figures(rows: &[Row<'_>], probabilities: &[f64]) -> Figures {
    let outcomes: Vec<bool> = rows.iter().map(|&(_, _, outcome)| outcome).collect();
    let n = outcomes.len().max(1) as f64;
    let base = outcomes.iter().filter(|&&outcome| outcome).count() as f64 / n;
    let brier = |of: &dyn Fn(usize) -> f64| {
        let squares = outcomes.iter().enumerate();
        squares.map(|(at, &outcome)| (of(at) - f64::from(outcome)).powi(2)).sum::<f64>() / n
    };
    Figures {
        curve: reliability_curve(probabilities.iter().copied().zip(outcomes.iter().copied())),
        brier: brier(&|at| probabilities[at]),
        base_brier: brier(&|_| base),
    }
}

/// `cited` are the probabilities of all passages, in the order of the cells.
fn ranked(cells: &[CodedCell], mut cited: &[f64]) -> Ranked {
    let mut ranked = Ranked::default();
    for cell in cells {
        let Some(passages) = &cell.passages else { continue };
        let (own, others) = cited.split_at(passages.len());
        cited = others;
        if cell.coded != Some(Status::Present) {
            continue;
        }
        let mut by_calibration: Vec<usize> = (0..own.len()).collect();
        by_calibration.sort_by(|&one, &other| {
            let status = |at: usize| Reverse(passages[at].status);
            status(one).cmp(&status(other)).then(own[other].total_cmp(&own[one]))
        });
        let by_rules: Vec<usize> = (0..own.len()).collect();
        ranked.cells += 1;
        ranked.by_rules.count(passages, &by_rules);
        ranked.by_calibration.count(passages, &by_calibration);
    }
    ranked
}

/// Weights to four decimals: more is noise, and differs from one machine to
/// another.
fn rounded(logistic: Logistic) -> Logistic {
    let round = |weight: f64| (weight * 1e4).round() / 1e4;
    let weights = logistic.weights.into_iter().map(|(of, weight)| (of, round(weight)));
    Logistic { intercept: round(logistic.intercept), weights: weights.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(name: &str) -> CalibrationText {
        let digest = crate::model::Digest::of(name.as_bytes());
        CalibrationText { name: name.to_owned(), digest }
    }

    /// A cell in which one passage of this strength was found.
    fn cell(text: usize, strength: f64, coded: Option<Status>, cited: bool) -> CodedCell {
        let predictors = Predictors::from([(Predictor::Strength, strength)]);
        let passage =
            CodedPassage { status: Status::Present, predictors: predictors.clone(), cited };
        CodedCell { text, predictors, coded, passages: Some(vec![passage]) }
    }

    fn cells() -> Vec<CodedCell> {
        let cells = (0..4).flat_map(|text| {
            [
                cell(text, 2.0, Some(Status::Present), true),
                cell(text, 1.0, Some(Status::Present), false),
                cell(text, 0.5, Some(Status::Indirect), false),
                cell(text, -1.0, None, false),
            ]
        });
        cells.collect()
    }

    #[test]
    fn what_is_stronger_is_likelier() {
        let texts = ["a", "b", "c", "d"].map(text).into();
        let calibrated = calibrate(texts, &cells()).unwrap();
        let of = |strength| {
            let row = Predictors::from([(Predictor::Strength, strength)]);
            let calibration = &calibrated.calibration;
            (calibration.present.probability(&row), calibration.any.probability(&row))
        };
        let ((weak, weak_any), (strong, strong_any)) = (of(-1.0), of(2.0));
        assert!(weak < 0.3 && strong > 0.7, "{weak} {strong}");
        assert!(weak < weak_any && strong < strong_any);
        assert!(calibrated.present.brier < calibrated.present.base_brier);
        let stands = Stands { first: 4, among_three: 4 };
        let expected = Ranked { cells: 8, by_rules: stands, by_calibration: stands };
        assert_eq!(calibrated.ranked, expected);
    }

    #[test]
    fn too_little_to_learn_from_is_refused() {
        assert_eq!(calibrate(vec![text("a"), text("b")], &cells()), Err(TooFew::Texts(2)));
        let alike: Vec<CodedCell> =
            (0..3).map(|text| cell(text, 1.0, Some(Status::Present), true)).collect();
        let texts = ["a", "b", "c"].map(text).into();
        assert_eq!(calibrate(texts, &alike), Err(TooFew::Outcomes));
    }
}
