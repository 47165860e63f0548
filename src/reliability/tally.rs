//! What any number of coders said, summed over cells, and what is computed
//! from those sums alone: Krippendorff's alpha, Gwet's AC, Fleiss' kappa.

use super::weights::Weights;

/// Sums over cells. Each cell enters by how many coders gave each value, so
/// missing ratings need no treatment of their own.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tally<const K: usize> {
    /// Krippendorff's coincidences: pairs of ratings within cells, each cell
    /// weighted by 1 / (its ratings − 1).
    coincidences: [[f64; K]; K],
    /// The same, each cell weighted to 1.
    pairs: [[f64; K]; K],
    /// Each cell's share of ratings with the value.
    shares: [f64; K],
    /// Cells with a rating.
    rated: u64,
    /// Cells with two or more.
    pairable: u64,
}

/// What a disagreement weighs in alpha.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Metric {
    /// Every disagreement alike.
    Nominal,
    /// By the ratings that lie between the two values.
    Ordinal,
}

impl<const K: usize> Default for Tally<K> {
    fn default() -> Self {
        let (none, square) = ([0.0; K], [[0.0; K]; K]);
        Self { coincidences: square, pairs: square, shares: none, rated: 0, pairable: 0 }
    }
}

impl<const K: usize> Tally<K> {
    /// The tally of cells given as rows of ratings, `None` for missing.
    ///
    /// # Panics
    /// Where a rating is not below `K`.
    #[must_use]
    pub fn of(cells: &[Vec<Option<usize>>]) -> Self {
        let mut tally = Self::default();
        for cell in cells {
            let mut counts = [0; K];
            for &value in cell.iter().flatten() {
                counts[value] += 1;
            }
            tally.add(&Self::of_cell(counts), 1);
        }
        tally
    }

    /// The tally of one cell in which the values were given `counts` times
    /// each.
    #[must_use]
    pub fn of_cell(counts: [u16; K]) -> Self {
        let mut tally = Self::default();
        let ratings: f64 = counts.iter().map(|&count| f64::from(count)).sum();
        if ratings > 0.0 {
            tally.rated = 1;
            tally.shares = counts.map(|count| f64::from(count) / ratings);
        }
        if ratings > 1.0 {
            tally.pairable = 1;
            for i in 0..K {
                for j in 0..K {
                    let other = f64::from(counts[j]) - f64::from(u8::from(i == j));
                    let pairs = f64::from(counts[i]) * other / (ratings - 1.0);
                    tally.coincidences[i][j] = pairs;
                    tally.pairs[i][j] = pairs / ratings;
                }
            }
        }
        tally
    }

    /// Adds `times` what another tally holds.
    pub fn add(&mut self, other: &Self, times: u64) {
        let cells = times as f64;
        for i in 0..K {
            self.shares[i] += cells * other.shares[i];
            for j in 0..K {
                self.coincidences[i][j] += cells * other.coincidences[i][j];
                self.pairs[i][j] += cells * other.pairs[i][j];
            }
        }
        self.rated += times * other.rated;
        self.pairable += times * other.pairable;
    }

    /// How many cells have two ratings or more.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.pairable
    }

    /// The share of pairs of ratings that agree, averaged over cells; `None`
    /// without a pair.
    #[must_use]
    pub fn agreement(&self) -> Option<f64> {
        let agreed: f64 = (0..K).map(|value| self.pairs[value][value]).sum();
        let differing: f64 = (0..K).map(|i| self.pairs[i][..i].iter().sum::<f64>()).sum();
        // Over the sum of its parts, so that rounding cannot lift it past 1.
        (self.pairable > 0).then(|| agreed / (agreed + 2.0 * differing))
    }

    /// Krippendorff's alpha; `None` without a pair, or where all paired
    /// ratings are the same.
    #[must_use]
    pub fn alpha(&self, metric: Metric) -> Option<f64> {
        let given: [f64; K] = std::array::from_fn(|value| self.coincidences[value].iter().sum());
        let all: f64 = given.iter().sum();
        let (mut observed, mut expected) = (0.0, 0.0);
        for i in 0..K {
            for j in 0..i {
                let apart = match metric {
                    Metric::Nominal => 1.0,
                    Metric::Ordinal => {
                        let between: f64 = given[j..=i].iter().sum();
                        (between - f64::midpoint(given[i], given[j])).powi(2)
                    }
                };
                observed += apart * self.coincidences[i][j];
                expected += apart * given[i] * given[j];
            }
        }
        (expected > 0.0).then(|| 1.0 - (all - 1.0) * observed / expected)
    }

    /// Gwet's AC1 with [`Weights::identity`], AC2 with others; `None` without
    /// a pair.
    #[must_use]
    pub fn ac(&self, weights: &Weights<K>) -> Option<f64> {
        let values = K as f64;
        let spread: f64 = self.shares().iter().map(|share| share * (1.0 - share)).sum();
        let chance = weights.total() / (values * (values - 1.0)) * spread;
        self.disagreement(weights).map(|disagreement| 1.0 - disagreement / (1.0 - chance))
    }

    /// Fleiss' kappa, for any number of ratings a cell; `None` without a pair,
    /// or where all ratings are the same.
    #[must_use]
    pub fn fleiss(&self, weights: &Weights<K>) -> Option<f64> {
        let shares = self.shares();
        let mut expected = 0.0;
        for i in 0..K {
            for j in 0..i {
                expected += 2.0 * weights.apart(i, j) * shares[i] * shares[j];
            }
        }
        let observed = self.disagreement(weights)?;
        (expected > 0.0).then(|| 1.0 - observed / expected)
    }

    /// The weighted disagreement within cells, averaged over cells.
    fn disagreement(&self, weights: &Weights<K>) -> Option<f64> {
        let mut sum = 0.0;
        for i in 0..K {
            for j in 0..i {
                sum += 2.0 * weights.apart(i, j) * self.pairs[i][j];
            }
        }
        (self.pairable > 0).then(|| sum / self.pairable as f64)
    }

    /// How often each value is given, averaged over cells with a rating.
    fn shares(&self) -> [f64; K] {
        self.shares.map(|share| share / self.rated.max(1) as f64)
    }

    /// The tally with values merged: value `v` becomes `into[v]`.
    pub(super) fn merged<const L: usize>(&self, into: [usize; K]) -> Tally<L> {
        let mut merged: Tally<L> =
            Tally { rated: self.rated, pairable: self.pairable, ..Tally::default() };
        for i in 0..K {
            merged.shares[into[i]] += self.shares[i];
            for j in 0..K {
                merged.coincidences[into[i]][into[j]] += self.coincidences[i][j];
                merged.pairs[into[i]][into[j]] += self.pairs[i][j];
            }
        }
        merged
    }
}
