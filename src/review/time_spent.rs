//! How long a reviewer was at work, from the moments of their decisions.

use std::time::Duration;

/// The longest time between two decisions that was work on the second; what is
/// longer was a break.
pub const BREAK: Duration = Duration::from_mins(10);

/// The time between the decisions of one reviewer, in the order they were
/// taken; each moment is the time since any fixed one. A time longer than
/// [`BREAK`] counts as nothing, and so does the time before the first: it is a
/// lower bound.
#[must_use]
pub fn time_spent(moments: &[Duration]) -> Duration {
    let gaps = moments.windows(2).map(|pair| pair[1].saturating_sub(pair[0]));
    gaps.filter(|gap| *gap <= BREAK).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn breaks_do_not_count() {
        let moments = [0, 30, 90, 690, 1291, 1300, 1290].map(Duration::from_secs);
        assert_eq!(time_spent(&moments), Duration::from_secs(30 + 60 + 600 + 9));
        assert_eq!(time_spent(&moments[..1]), Duration::ZERO);
    }
}
