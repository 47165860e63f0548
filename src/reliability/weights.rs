//! How nearly two values agree: the weights of weighted coefficients.

/// Agreement weights over `K` ordered values: 1 on the diagonal, less the
/// further two values lie apart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights<const K: usize>(pub [[f64; K]; K]);

impl<const K: usize> Weights<K> {
    /// 1 where the values are the same, 0 elsewhere: no weighting.
    #[must_use]
    pub fn identity() -> Self {
        Self::by_distance(|apart, _| f64::from(u8::from(apart == 0.0)))
    }

    /// `1 − |i − j| / (K − 1)` (Cicchetti & Allison 1971).
    #[must_use]
    pub fn linear() -> Self {
        Self::by_distance(|apart, widest| 1.0 - apart / widest)
    }

    /// `1 − (i − j)² / (K − 1)²` (Fleiss & Cohen 1973).
    #[must_use]
    pub fn quadratic() -> Self {
        Self::by_distance(|apart, widest| 1.0 - (apart / widest).powi(2))
    }

    /// `1 − C(|i − j| + 1, 2) / C(K, 2)`: Gwet's ordinal weights (2014, ch. 3),
    /// which ask for the order of the values and nothing of their distances.
    #[must_use]
    pub fn ordinal() -> Self {
        let pairs = |apart: f64| apart * (apart + 1.0) / 2.0;
        Self::by_distance(|apart, widest| 1.0 - pairs(apart) / pairs(widest))
    }

    fn by_distance(weight: impl Fn(f64, f64) -> f64) -> Self {
        let widest = K.saturating_sub(1).max(1) as f64;
        let row = |i: usize| std::array::from_fn(|j| weight(i.abs_diff(j) as f64, widest));
        Self(std::array::from_fn(row))
    }

    /// How far a pair of values counts as disagreement: 1 less the weight.
    pub(super) fn apart(&self, i: usize, j: usize) -> f64 {
        1.0 - self.0[i][j]
    }

    /// The sum of all weights, Gwet's `T_w`.
    pub(super) fn total(&self) -> f64 {
        self.0.iter().flatten().sum()
    }
}
