//! A calibration: what makes a score the share of like cases in which coders
//! found what is proposed.
//!
//! Plain data: fitting it is `calibrate`'s work, asking it `propose`'s.

use super::Digest;
use serde::Serialize;
use std::collections::BTreeMap;

/// Weights fitted on texts that people coded.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Calibration {
    /// The texts it was fitted on.
    pub texts: Vec<CalibrationText>,
    /// That a coder calls an element present in a text.
    pub present: Logistic,
    /// That a coder calls it present or indirect.
    pub any: Logistic,
    /// That a coder cites a passage for it.
    pub passage: Logistic,
}

/// A text that weights were fitted on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CalibrationText {
    /// The agreement's id, or the stem of its file.
    pub name: String,
    /// SHA-256 of its bytes.
    pub digest: Digest,
}

/// A logistic regression: the logarithm of the odds is the intercept and, for
/// each predictor, its weight times its value.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Logistic {
    /// The logarithm of the odds where every predictor is 0.
    pub intercept: f64,
    /// What a predictor adds for each 1 of its value; nothing where it is not
    /// named.
    pub weights: BTreeMap<Predictor, f64>,
}

impl Logistic {
    /// The probability, between 0 and 1.
    #[must_use]
    pub fn probability(&self, predictors: &Predictors) -> f64 {
        let terms = self
            .weights
            .iter()
            .map(|(predictor, weight)| weight * predictors.get(predictor).copied().unwrap_or(0.0));
        let odds: f64 = self.intercept + terms.sum::<f64>();
        1.0 / (1.0 + (-odds).exp())
    }
}

/// The predictors of one element in one text, or of one passage, with their
/// values; one that is not named is 0.
pub type Predictors = BTreeMap<Predictor, f64>;

/// What a probability is told by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Predictor {
    /// 1 where anything was found.
    Found,
    /// 1 where the rules call it present.
    Present,
    /// The logarithm of the odds of the score that the weights of the rules
    /// give, which is kept between .01 and .99.
    Strength,
    /// As `strength`, where the rules call it indirect; 0 where present.
    Weakness,
    /// The natural logarithm of the number of passages found.
    Passages,
    /// The natural logarithm of 1 and the number of those that are present.
    Repeated,
    /// The natural logarithm of the number of rules that found the passage.
    Rules,
    /// The share of conditions that held where a rule came nearest, from 0 to
    /// 1; 0 where something was found.
    Closeness,
}

impl Predictor {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::Found,
        Self::Present,
        Self::Strength,
        Self::Weakness,
        Self::Passages,
        Self::Repeated,
        Self::Rules,
        Self::Closeness,
    ];

    /// Its name in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Present => "present",
            Self::Strength => "strength",
            Self::Weakness => "weakness",
            Self::Passages => "passages",
            Self::Repeated => "repeated",
            Self::Rules => "rules",
            Self::Closeness => "closeness",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_named_counts_as_nothing() {
        let weights = BTreeMap::from([(Predictor::Found, 2.0), (Predictor::Repeated, 1.0)]);
        let logistic = Logistic { intercept: -2.0, weights };
        let found = Predictors::from([(Predictor::Found, 1.0), (Predictor::Rules, 9.0)]);
        assert!((logistic.probability(&found) - 0.5).abs() < 1e-12);
        assert!((logistic.probability(&Predictors::new()) - 0.1192).abs() < 1e-4);
    }

    #[test]
    fn predictors_are_called_in_files_as_in_json() {
        for predictor in Predictor::ALL {
            let json = serde_json::to_string(&predictor).unwrap();
            assert_eq!(json, format!("\"{}\"", predictor.as_str()));
        }
    }
}
