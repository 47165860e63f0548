//! What rises and what declines over the years.
//!
//! The test is the Cochran–Armitage test for trend (Cochran 1954, Armitage
//! 1955) with the year as the score; its p is that of permuting the years
//! among the agreements, two-sided, as the numbers are too small for the
//! normal approximation. Many elements are tested at once, so p is also given
//! as Holm (1979) adjusts it. The size of a change is the difference between
//! the share after and the share before the middle year, with Newcombe's
//! hybrid score interval (1998, method 10), 95 %.

use crate::mapping::frequency::{Share, share};
use crate::mapping::{MappedAgreement, Mapping};
use crate::model::Presence;
use rand_pcg::Pcg64Dxsm;
use rand_pcg::rand_core::Rng;
use rayon::prelude::*;
use serde::Serialize;

/// How trends are tested.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrendOptions {
    /// The first years of all periods but the first; empty: three periods of
    /// about as many agreements each.
    pub boundaries: Vec<u16>,
    /// The seed of the permutations.
    pub seed: u64,
    /// How many permutations.
    pub rounds: u32,
}

impl Default for TrendOptions {
    fn default() -> Self {
        Self { boundaries: Vec::new(), seed: crate::reliability::SEED, rounds: 10_000 }
    }
}

/// The p below which a direction is called one.
pub(super) const ALPHA: f64 = 0.05;

/// The trends of all elements.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trends {
    /// The periods compared, in order.
    pub periods: Vec<Period>,
    /// The first year of the later half.
    pub middle: u16,
    /// How many agreements have a year; the others are left out.
    pub dated: usize,
    /// The seed of the permutations.
    pub seed: u64,
    /// How many permutations.
    pub rounds: u32,
    /// A trend for each element, in the taxonomy's order.
    pub elements: Vec<Trend>,
}

/// A period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Period {
    /// Its first year.
    pub from: u16,
    /// Its last year.
    pub to: u16,
    /// How many agreements it has.
    pub agreements: usize,
}

/// The trend of one element.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Trend {
    /// The element's code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The share in each period.
    pub periods: Vec<Share>,
    /// The share among all agreements up to each year that has one.
    pub cumulative: Vec<Point>,
    /// The share before the middle year.
    pub before: Share,
    /// The share from the middle year on.
    pub after: Share,
    /// `after` less `before`.
    pub difference: f64,
    /// The lower bound of the difference.
    pub low: f64,
    /// The upper bound of the difference.
    pub high: f64,
    /// The statistic of the test: positive where later agreements have it
    /// more often; none where all or none have it.
    pub z: Option<f64>,
    /// Its p; 1 where there is no statistic.
    pub p: f64,
    /// p as adjusted for the number of elements.
    pub p_adjusted: f64,
    /// What the test allows to say.
    pub direction: Direction,
}

/// A year and a share.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Point {
    /// The year.
    pub year: u16,
    /// The share up to its end.
    pub share: Share,
}

/// A direction, as far as the test allows to name one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Later agreements have it more often.
    Rising,
    /// Later agreements have it less often.
    Declining,
    /// The figures allow neither to be said.
    Undecided,
}

/// Tests every element. The result depends on the mapping and the options
/// alone, not on the number of threads. `None` where fewer than two years
/// have agreements.
#[must_use]
pub fn trends(mapping: &Mapping, options: &TrendOptions) -> Option<Trends> {
    let mut dated: Vec<(u16, &MappedAgreement)> =
        mapping.agreements.iter().filter_map(|one| Some((one.year()?, one))).collect();
    dated.sort_by_key(|(year, _)| *year);
    let years: Vec<u16> = dated.iter().map(|(year, _)| *year).collect();
    let boundaries = match options.boundaries.as_slice() {
        [] => even(&years, 3),
        given => given.to_vec(),
    };
    let middle = *even(&years, 2).first()?;
    let periods = periods(&years, &boundaries);
    let mut elements: Vec<Trend> = (0..mapping.taxonomy.elements.len())
        .into_par_iter()
        .map(|at| {
            let values = dated.iter().filter_map(|(year, one)| {
                let presence = one.cells[at].presence;
                let assessed = presence != Presence::NotAssessed;
                assessed.then_some((*year, presence == Presence::Present))
            });
            let values: Vec<(u16, bool)> = values.collect();
            trend(mapping, at, &values, (&periods, middle), options)
        })
        .collect();
    adjust(&mut elements);
    let (seed, rounds) = (options.seed, options.rounds);
    Some(Trends { periods, middle, dated: years.len(), seed, rounds, elements })
}

/// The first years that part sorted `years` into `parts` of about the same
/// size; a year is never parted.
fn even(years: &[u16], parts: usize) -> Vec<u16> {
    let mut found = Vec::new();
    for part in 1..parts {
        let Some(&year) = years.get(years.len() * part / parts) else { continue };
        let is_later = years.first().is_some_and(|first| year > *first);
        if is_later && !found.contains(&year) {
            found.push(year);
        }
    }
    found
}

fn periods(years: &[u16], boundaries: &[u16]) -> Vec<Period> {
    let (Some(&first), Some(&last)) = (years.first(), years.last()) else { return Vec::new() };
    let mut starts: Vec<u16> =
        boundaries.iter().copied().filter(|year| (first + 1..=last).contains(year)).collect();
    starts.insert(0, first);
    starts.sort_unstable();
    starts.dedup();
    let ends = starts.iter().skip(1).map(|start| start - 1).chain([last]);
    let of = |(from, to)| {
        let agreements = years.iter().filter(|year| (from..=to).contains(*year)).count();
        Period { from, to, agreements }
    };
    starts.iter().copied().zip(ends).map(of).collect()
}

fn trend(
    mapping: &Mapping,
    at: usize,
    values: &[(u16, bool)],
    (periods, middle): (&[Period], u16),
    options: &TrendOptions,
) -> Trend {
    let element = &mapping.taxonomy.elements[at];
    let among = |keep: &dyn Fn(u16) -> bool| {
        let own: Vec<bool> =
            values.iter().filter(|(year, _)| keep(*year)).map(|(_, has)| *has).collect();
        share(own.iter().filter(|has| **has).count(), own.len())
    };
    let mut years: Vec<u16> = values.iter().map(|(year, _)| *year).collect();
    years.dedup();
    let (before, after) = (among(&|year| year < middle), among(&|year| year >= middle));
    let (low, high) = newcombe(after, before);
    let z = statistic(values);
    let p = z.map_or(1.0, |_| permuted(values, at, options));
    Trend {
        code: element.code.as_str().to_owned(),
        name: element.name.clone(),
        periods: periods
            .iter()
            .map(|period| among(&|year| (period.from..=period.to).contains(&year)))
            .collect(),
        cumulative: years
            .into_iter()
            .map(|last| Point { year: last, share: among(&|year| year <= last) })
            .collect(),
        before,
        after,
        difference: after.share - before.share,
        low,
        high,
        z,
        p,
        p_adjusted: p,
        direction: Direction::Undecided,
    }
}

/// Newcombe's interval of the difference of two shares.
fn newcombe(one: Share, other: Share) -> (f64, f64) {
    if one.whole == 0 || other.whole == 0 {
        return (-1.0, 1.0);
    }
    let reach = |a: f64, b: f64| a.hypot(b);
    let difference = one.share - other.share;
    let low = difference - reach(one.share - one.low, other.high - other.share);
    let high = difference + reach(one.high - one.share, other.share - other.low);
    (low, high)
}

/// The sum of the years of those who have it.
fn score(values: &[(u16, bool)]) -> u64 {
    values.iter().filter(|(_, has)| *has).map(|(year, _)| u64::from(*year)).sum()
}

/// The statistic of Cochran and Armitage; none without variation.
fn statistic(values: &[(u16, bool)]) -> Option<f64> {
    let n = values.len() as f64;
    let having = values.iter().filter(|(_, has)| *has).count() as f64;
    let mean = values.iter().map(|(year, _)| f64::from(*year)).sum::<f64>() / n;
    let spread: f64 = values.iter().map(|(year, _)| (f64::from(*year) - mean).powi(2)).sum();
    let share = having / n;
    let variance = share * (1.0 - share) * spread;
    let with_variation = values.len() > 1 && variance > 0.0;
    with_variation.then(|| (score(values) as f64 - having * mean) / variance.sqrt())
}

/// The share of permutations that are at least as far from what is expected;
/// what was observed counts as one of them.
fn permuted(values: &[(u16, bool)], element: usize, options: &TrendOptions) -> f64 {
    let mut years: Vec<u64> = values.iter().map(|(year, _)| u64::from(*year)).collect();
    let (total, n) = (years.iter().sum::<u64>(), years.len() as u64);
    let having = values.iter().filter(|(_, has)| *has).count();
    // Whole numbers: n times the distance from the expected sum.
    let distance = |sum: u64| (sum * n).abs_diff(total * having as u64);
    let observed = distance(score(values));
    let mut random = Pcg64Dxsm::new(u128::from(options.seed), element as u128);
    let mut extreme = 1_u32;
    for _ in 0..options.rounds {
        for at in 0..having {
            let left = (years.len() - at) as u128;
            #[expect(clippy::cast_possible_truncation, reason = "below the number of agreements")]
            let drawn = ((u128::from(random.next_u64()) * left) >> 64) as usize;
            years.swap(at, at + drawn);
        }
        extreme += u32::from(distance(years[..having].iter().sum()) >= observed);
    }
    f64::from(extreme) / f64::from(options.rounds + 1)
}

/// Holm's adjustment, and the directions that follow from the plain p.
fn adjust(elements: &mut [Trend]) {
    let mut order: Vec<usize> = (0..elements.len()).collect();
    order.sort_by(|&a, &b| elements[a].p.total_cmp(&elements[b].p).then(a.cmp(&b)));
    let mut highest = 0.0_f64;
    for (rank, &at) in order.iter().enumerate() {
        let left = (order.len() - rank) as f64;
        highest = highest.max((elements[at].p * left).min(1.0));
        elements[at].p_adjusted = highest;
    }
    for element in elements {
        let z = element.z.unwrap_or(0.0);
        element.direction = match element.p < ALPHA {
            true if z > 0.0 => Direction::Rising,
            true => Direction::Declining,
            false => Direction::Undecided,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(value: f64, expected: f64) {
        assert!((value - expected).abs() < 5e-4, "{value} is not {expected}");
    }

    #[test]
    fn the_difference_of_two_shares_is_as_in_newcombe_1998() {
        // Table II of the paper: 56/70 and 48/80; 9/10 and 3/10; 10/10 and 0/10.
        for (one, other, low, high) in [
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((10, 10), (0, 10), 0.6075, 1.0),
        ] {
            let found = newcombe(share(one.0, one.1), share(other.0, other.1));
            close(found.0, low);
            close(found.1, high);
        }
    }

    #[test]
    fn a_plain_trend_is_found_and_none_where_there_is_none() {
        let rising: Vec<(u16, bool)> = (2000..2012).map(|year| (year, year > 2005)).collect();
        let z = statistic(&rising).expect("there is variation");
        // By hand: the sum of deviations of the later six is 18, the spread 143.
        close(z, 18.0 / (0.25_f64 * 143.0).sqrt());
        let options = TrendOptions::default();
        assert!(permuted(&rising, 0, &options) < 0.01);
        let level: Vec<(u16, bool)> = (2000..2012).map(|year| (year, year % 2 == 0)).collect();
        assert!(permuted(&level, 0, &options) > 0.3);
        assert_eq!(statistic(&[(2000, true), (2001, true)]), None);
        assert_eq!(statistic(&[]), None);
    }

    #[test]
    fn permutations_come_near_the_exact_p() {
        // Of the 20 ways to choose 3 of 6 years, 2 are as far out as the last three.
        let values: Vec<(u16, bool)> = (1..=6).map(|year| (year, year > 3)).collect();
        let p = permuted(&values, 7, &TrendOptions::default());
        assert!((p - 0.1).abs() < 0.01, "{p}");
    }

    #[test]
    fn years_part_evenly_and_are_never_parted_themselves() {
        assert_eq!(even(&[2010, 2011, 2012, 2013, 2014, 2015], 3), [2012, 2014]);
        assert_eq!(even(&[2010, 2010, 2010, 2010, 2018, 2018], 3), [2018]);
        assert_eq!(even(&[2010, 2010], 2), Vec::<u16>::new());
        let found = periods(&[2010, 2011, 2018], &[2018, 2011, 1990]);
        let found: Vec<(u16, u16, usize)> =
            found.iter().map(|one| (one.from, one.to, one.agreements)).collect();
        assert_eq!(found, [(2010, 2010, 1), (2011, 2017, 1), (2018, 2018, 1)]);
    }
}
