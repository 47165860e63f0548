//! Logistic regression with a ridge: fits weights to outcomes.

use crate::model::{Logistic, Predictor, Predictors};
use std::collections::BTreeMap;

/// The ridge: half of it times the square of each weight, per standard
/// deviation of its predictor, is taken from the logarithm of the likelihood.
/// With 1 a weight needs some evidence to be far from 0.
const RIDGE: f64 = 1.0;

/// At most so many steps are taken; ten are usual.
const STEPS: usize = 100;

/// Steps end where none moves a weight by more than this.
const STILL: f64 = 1e-9;

/// Fits `of` to the outcomes: the weights with the greatest penalised
/// likelihood (le Cessie and van Houwelingen 1992), by Newton's method, over
/// predictors of mean 0 and standard deviation 1; the intercept is free.
/// Weights are given for the predictors as they are. One that never varies
/// has none.
pub(super) fn fit<'a>(
    rows: impl Iterator<Item = (&'a Predictors, bool)> + Clone,
    of: &[Predictor],
) -> Logistic {
    let scales = Scales::of(&rows.clone().map(|(predictors, _)| predictors), of);
    let rows: Vec<(Vec<f64>, f64)> =
        rows.map(|(predictors, outcome)| (scales.scaled(predictors), f64::from(outcome))).collect();
    let mut weights = vec![0.0; scales.0.len() + 1];
    for _ in 0..STEPS {
        let Some(step) = newton_step(&rows, &weights) else { break };
        for (weight, step) in weights.iter_mut().zip(&step) {
            *weight += step;
        }
        if step.iter().all(|step| step.abs() < STILL) {
            break;
        }
    }
    scales.unscaled(&weights)
}

/// The predictors that vary, each with its mean and standard deviation.
struct Scales(Vec<(Predictor, f64, f64)>);

impl Scales {
    fn of<'a>(rows: &(impl Iterator<Item = &'a Predictors> + Clone), of: &[Predictor]) -> Self {
        let n = rows.clone().count().max(1) as f64;
        let scale = |&predictor: &Predictor| {
            let values = rows.clone().map(|row| row.get(&predictor).copied().unwrap_or(0.0));
            let mean = values.clone().sum::<f64>() / n;
            let variance = values.map(|value| (value - mean).powi(2)).sum::<f64>() / n;
            (variance > 1e-12).then(|| (predictor, mean, variance.sqrt()))
        };
        Self(of.iter().filter_map(scale).collect())
    }

    /// 1 for the intercept, then the scaled predictors.
    fn scaled(&self, row: &Predictors) -> Vec<f64> {
        let value = |predictor| row.get(&predictor).copied().unwrap_or(0.0);
        let scaled = self.0.iter().map(|&(of, mean, deviation)| (value(of) - mean) / deviation);
        std::iter::once(1.0).chain(scaled).collect()
    }

    /// The weights for predictors as they are.
    fn unscaled(&self, weights: &[f64]) -> Logistic {
        let own = self.0.iter().zip(&weights[1..]);
        let weights_of: BTreeMap<Predictor, f64> =
            own.clone().map(|(&(of, _, deviation), weight)| (of, weight / deviation)).collect();
        let moved: f64 = own.map(|(&(_, mean, deviation), weight)| weight * mean / deviation).sum();
        Logistic { intercept: weights[0] - moved, weights: weights_of }
    }
}

/// Newton's step from `weights`; none where the curvature is lost, which the
/// ridge keeps from happening unless every outcome is the same.
fn newton_step(rows: &[(Vec<f64>, f64)], weights: &[f64]) -> Option<Vec<f64>> {
    let size = weights.len();
    let mut gradient = vec![0.0; size];
    let mut curvature = vec![vec![0.0; size]; size];
    for at in 1..size {
        gradient[at] = -RIDGE * weights[at];
        curvature[at][at] = RIDGE;
    }
    for (row, outcome) in rows {
        let odds: f64 = row.iter().zip(weights).map(|(value, weight)| value * weight).sum();
        let probability = 1.0 / (1.0 + (-odds).exp());
        let spread = probability * (1.0 - probability);
        for (at, value) in row.iter().enumerate() {
            gradient[at] += (outcome - probability) * value;
            for (other, second) in row.iter().enumerate() {
                curvature[at][other] += spread * value * second;
            }
        }
    }
    solve(curvature, gradient)
}

/// Solves `matrix · x = right` for a positive definite matrix, by Gaussian
/// elimination; none where it is singular.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let size = right.len();
    for at in 0..size {
        let pivot = matrix[at].clone();
        if pivot[at].abs() < 1e-12 {
            return None;
        }
        for below in at + 1..size {
            let factor = matrix[below][at] / pivot[at];
            for (value, above) in matrix[below].iter_mut().zip(&pivot) {
                *value -= factor * above;
            }
            right[below] -= factor * right[at];
        }
    }
    for at in (0..size).rev() {
        let known: f64 = (at + 1..size).map(|other| matrix[at][other] * right[other]).sum();
        right[at] = (right[at] - known) / matrix[at][at];
    }
    Some(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(strength: f64, rules: f64) -> Predictors {
        Predictors::from([(Predictor::Strength, strength), (Predictor::Rules, rules)])
    }

    /// The weights are those of `LogisticRegression(C=1)` of scikit-learn 1.9
    /// on predictors scaled by `StandardScaler`, brought back to the
    /// predictors as they are.
    #[test]
    fn weights_are_those_of_scikit_learn() {
        let rows = [
            (row(0.2, 1.0), false),
            (row(0.4, 0.0), false),
            (row(0.5, 1.0), true),
            (row(0.9, 0.0), true),
            (row(1.5, 2.0), true),
            (row(0.1, 0.5), false),
            (row(1.0, 0.0), false),
        ];
        let of = [Predictor::Strength, Predictor::Rules, Predictor::Passages];
        let fitted = fit(rows.iter().map(|(row, outcome)| (row, *outcome)), &of);
        let near = |one: f64, other: f64| (one - other).abs() < 1e-3;
        assert!(near(fitted.intercept, INTERCEPT), "{fitted:?}");
        assert!(near(fitted.weights[&Predictor::Strength], STRENGTH), "{fitted:?}");
        assert!(near(fitted.weights[&Predictor::Rules], RULES), "{fitted:?}");
        assert!(!fitted.weights.contains_key(&Predictor::Passages));
    }

    const INTERCEPT: f64 = -1.744_139;
    const STRENGTH: f64 = 1.564_129;
    const RULES: f64 = 0.721_457;

    #[test]
    fn outcomes_that_are_all_the_same_give_finite_weights() {
        let rows = [(row(0.1, 1.0), true), (row(0.9, 0.0), true)];
        let fitted = fit(rows.iter().map(|(row, outcome)| (row, *outcome)), &[Predictor::Rules]);
        assert!(fitted.intercept.is_finite(), "{fitted:?}");
        assert!(fitted.probability(&row(0.5, 0.5)) > 0.9);
    }
}
