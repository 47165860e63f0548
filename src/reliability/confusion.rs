//! Two coders' values against each other, and what is computed from that
//! table alone: raw agreement, kappa, precision, recall, F1.

use super::weights::Weights;
use serde::Serialize;

/// How often the first coder gave the row's value and the second the
/// column's, over the cells that both rated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Confusion<const K: usize> {
    /// `counts[first][second]`.
    pub counts: [[u64; K]; K],
}

impl<const K: usize> Default for Confusion<K> {
    fn default() -> Self {
        Self { counts: [[0; K]; K] }
    }
}

impl<const K: usize> Serialize for Confusion<K> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.counts.iter().map(<[u64; K]>::as_slice))
    }
}

impl<const K: usize> Confusion<K> {
    /// How many cells both coders rated.
    #[must_use]
    pub fn n(&self) -> u64 {
        self.counts.iter().flatten().sum()
    }

    /// In how many of them they gave the same value.
    #[must_use]
    pub fn agreed(&self) -> u64 {
        (0..K).map(|value| self.counts[value][value]).sum()
    }

    /// How often the first coder gave each value.
    #[must_use]
    pub fn first(&self) -> [u64; K] {
        std::array::from_fn(|value| self.counts[value].iter().sum())
    }

    /// How often the second coder gave each value.
    #[must_use]
    pub fn second(&self) -> [u64; K] {
        std::array::from_fn(|value| self.counts.iter().map(|row| row[value]).sum())
    }

    /// Cohen's kappa (1960), weighted (1968) where the weights are not
    /// [`Weights::identity`]. `None` where chance leaves no disagreement: no
    /// cells, or one and the same value everywhere.
    #[must_use]
    pub fn kappa(&self, weights: &Weights<K>) -> Option<f64> {
        let (first, second) = (self.first(), self.second());
        let (mut observed, mut expected) = (0.0, 0.0);
        // Both halves of the table at once, so that exchanging the coders
        // gives the same bits.
        for i in 0..K {
            for j in 0..i {
                let apart = weights.apart(i, j);
                observed += apart * (self.counts[i][j] + self.counts[j][i]) as f64;
                let chance =
                    first[i] as f64 * second[j] as f64 + first[j] as f64 * second[i] as f64;
                expected += apart * chance;
            }
        }
        (expected > 0.0).then(|| 1.0 - self.n() as f64 * observed / expected)
    }

    /// The same table with the coders exchanged.
    #[must_use]
    pub fn transposed(&self) -> Self {
        Self { counts: std::array::from_fn(|i| std::array::from_fn(|j| self.counts[j][i])) }
    }

    /// The table with values merged: value `v` becomes `into[v]`.
    pub(super) fn merged<const L: usize>(&self, into: [usize; K]) -> Confusion<L> {
        let mut merged = Confusion::default();
        for (i, row) in self.counts.iter().enumerate() {
            for (j, count) in row.iter().enumerate() {
                merged.counts[into[i]][into[j]] += count;
            }
        }
        merged
    }
}

/// The first coder is the reference; value 1 is positive.
impl Confusion<2> {
    /// Cells positive on both sides, of the cells the second coder calls
    /// positive.
    #[must_use]
    pub fn precision_of(&self) -> (u64, u64) {
        (self.counts[1][1], self.second()[1])
    }

    /// Cells positive on both sides, of the cells positive in the reference.
    #[must_use]
    pub fn recall_of(&self) -> (u64, u64) {
        (self.counts[1][1], self.first()[1])
    }

    /// `TP / (TP + FP)`; `None` where the second coder calls nothing positive.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        share(self.precision_of())
    }

    /// `TP / (TP + FN)`; `None` where nothing is positive in the reference.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        share(self.recall_of())
    }

    /// `2 TP / (2 TP + FP + FN)`; `None` where nothing is positive on either
    /// side.
    #[must_use]
    pub fn f1(&self) -> Option<f64> {
        share((2 * self.counts[1][1], self.first()[1] + self.second()[1]))
    }
}

/// Part of whole; `None` of nothing.
pub(super) fn share((part, whole): (u64, u64)) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}
