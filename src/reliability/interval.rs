//! Intervals: Wilson's for a proportion, percentiles of a bootstrap.

/// The 97.5 % quantile of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// The alpha below which Krippendorff would draw no conclusion, however
/// tentative.
pub const LOWEST_ALPHA: f64 = 0.667;

/// Wilson's score interval (1927), 95 %, for `part` of `whole`; `None` of
/// nothing.
#[must_use]
pub fn wilson(part: u64, whole: u64) -> Option<(f64, f64)> {
    if whole == 0 {
        return None;
    }
    let (hits, n) = (part as f64, whole as f64);
    let (square, misses) = (Z * Z, n - hits);
    let middle = hits + square / 2.0;
    let reach = Z * (hits * misses / n + square / 4.0).sqrt();
    let whole = n + square;
    // At the ends the bound is 0 or 1 exactly, which rounding would miss.
    let low = if hits == 0.0 { 0.0 } else { (middle - reach) / whole };
    let high = if misses == 0.0 { 1.0 } else { (middle + reach) / whole };
    Some((low, high))
}

/// The 2.5 % and 97.5 % percentiles (linear between order statistics), and
/// the share below [`LOWEST_ALPHA`]; `None` where fewer than half of the
/// rounds gave a value, which says the statistic is undefined too often to be
/// bounded. A round without a value is `NaN` and is left out.
pub(super) fn percentiles(rounds: &mut Vec<f64>) -> Option<Percentiles> {
    let asked = rounds.len();
    rounds.retain(|value| !value.is_nan());
    if rounds.is_empty() || rounds.len() * 2 < asked {
        return None;
    }
    let below = rounds.iter().filter(|&&value| value < LOWEST_ALPHA).count();
    Some(Percentiles {
        low: quantile(rounds, 0.025),
        high: quantile(rounds, 0.975),
        q: below as f64 / rounds.len() as f64,
    })
}

/// What a bootstrap says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Percentiles {
    pub(super) low: f64,
    pub(super) high: f64,
    /// The share of rounds below [`LOWEST_ALPHA`].
    pub(super) q: f64,
}

/// A quantile of values, of which there is at least one; they are reordered.
fn quantile(values: &mut [f64], share: f64) -> f64 {
    let at = share * (values.len() - 1) as f64;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 ≤ at < len")]
    let (_, below, above) = values.select_nth_unstable_by(at.floor() as usize, f64::total_cmp);
    let next = above.iter().copied().min_by(f64::total_cmp).unwrap_or(*below);
    *below + at.fract() * (next - *below)
}
