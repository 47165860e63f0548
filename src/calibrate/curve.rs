//! The reliability curve: how often what was given a probability came true.

use crate::reliability::wilson;
use serde::Serialize;

/// How many bins of equal width there are from 0 to 1.
const BINS: usize = 10;

/// The probabilities from one bound to the next, and how often they came true.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// How many there are, at least one.
    pub n: u64,
    /// How many came true.
    pub came_true: u64,
    /// The mean of the probabilities.
    pub mean: f64,
    /// The 95 % interval of the share that came true (Wilson 1927).
    pub interval: (f64, f64),
}

impl Bin {
    /// The share that came true.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.came_true as f64 / self.n as f64
    }

    /// Whether the mean of the probabilities lies within the interval.
    #[must_use]
    pub fn holds(&self) -> bool {
        let (low, high) = self.interval;
        (low..=high).contains(&self.mean)
    }
}

/// The bins that hold something, lowest first.
#[must_use]
pub fn reliability_curve(probabilities: impl Iterator<Item = (f64, bool)>) -> Vec<Bin> {
    let mut bins = [(0_u64, 0_u64, 0.0); BINS];
    for (probability, outcome) in probabilities {
        let bin = &mut bins[bin_of(probability)];
        bin.0 += 1;
        bin.1 += u64::from(outcome);
        bin.2 += probability;
    }
    let bin = |(n, came_true, sum): (u64, u64, f64)| {
        let interval = wilson(came_true, n)?;
        Some(Bin { n, came_true, mean: sum / n as f64, interval })
    };
    bins.into_iter().filter_map(bin).collect()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ it < 10")]
fn bin_of(probability: f64) -> usize {
    ((probability * BINS as f64) as usize).min(BINS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probability_counts_in_its_bin_and_1_in_the_last() {
        let curve =
            reliability_curve([(0.05, false), (0.1, true), (0.19, false), (1.0, true)].into_iter());
        let bins: Vec<(u64, u64)> = curve.iter().map(|bin| (bin.n, bin.came_true)).collect();
        assert_eq!(bins, [(1, 0), (2, 1), (1, 1)]);
        assert!((curve[1].mean - 0.145).abs() < 1e-12);
        assert!(curve.iter().all(Bin::holds));
    }

    #[test]
    fn what_seldom_comes_true_is_not_nine_in_ten() {
        let often = (0..50).map(|at| (0.9, at % 2 == 0));
        assert!(!reliability_curve(often)[0].holds());
    }
}
