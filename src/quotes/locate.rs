//! Where a quote most likely stands: the alignment with the least unlike, or
//! none that is worth looking at.

use crate::model::Span;
use crate::quotes::align::{around, fill};
use crate::quotes::asked::{Asked, Sign};
use crate::quotes::chain::chains;
use crate::quotes::letters::Letters;
use crate::quotes::myers::nearest_end;
use crate::quotes::seeds::{Run, SEED, Seeds};
use memchr::memmem;
use std::ops::Range;

/// Under this score, what is short is looked for once more, letter by letter.
const POOR: f32 = 0.75;
/// Letters of a quote that is short.
const SHORT: usize = 130;
/// Changes allowed in a short quote, for each hundred of its letters.
const CHANGES: usize = 30;
/// Score of pieces for which nothing better is looked for.
const SURE: f32 = 0.95;
/// Letters that must be missing for another place to be looked for.
const LEAST_REST: usize = 2 * SEED;
/// Score that a part found elsewhere needs.
const LEAST_PART: f32 = 0.7;
/// Parts found elsewhere.
const MOST_PARTS: usize = 4;
/// Equal places that are compared.
const MOST_PLACES: usize = 64;

/// Runs in the order of the quote; those of the text follow, unless a part of
/// the quote stands elsewhere.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Located {
    pub(crate) runs: Vec<Run>,
    /// How much of the quote is there: 1 for all of it.
    pub(crate) score: f32,
    /// The score of the next best place.
    pub(crate) second: f32,
}

/// A text that is searched.
pub(crate) struct Searched<'a> {
    pub(crate) letters: &'a Letters<'a>,
    pub(crate) seeds: &'a Seeds,
    /// Places that are preferred.
    pub(crate) places: &'a [Span],
}

impl Searched<'_> {
    /// The best place of a quote that has letters.
    pub(crate) fn locate(&self, asked: &Asked<'_>) -> Option<Located> {
        let all = 0..asked.letters.len();
        let pieces = self.pieces(asked);
        if let Some(sure) = pieces.as_ref().filter(|pieces| pieces.score >= SURE) {
            return Some(sure.clone());
        }
        let found = self.part(asked, &all, true).into_iter().chain(pieces);
        let mut located = found.max_by(|a, b| a.score.total_cmp(&b.score))?;
        for _ in 0..MOST_PARTS {
            if !self.add_part(asked, &mut located) {
                break;
            }
        }
        Some(located)
    }

    /// The quote as pieces between signs of omission and ends of lines, each as
    /// it is, nearest after the one before; none where it is of one piece.
    fn pieces(&self, asked: &Asked<'_>) -> Option<Located> {
        let length = asked.letters.len();
        let ends = asked.cuts.iter().filter(|cut| matches!(cut.sign, Sign::Line | Sign::Ellipsis));
        let mut runs: Vec<Run> = Vec::new();
        let (mut from, mut count) = (0, 0);
        for end in ends.map(|cut| cut.at).chain([length]) {
            if end >= from + SEED {
                let after = runs.last().map_or(0, |run| run.text_end());
                runs.extend(self.equal_after(asked, &(from..end), after));
                count += 1;
            }
            from = end;
        }
        (count > 1 && !runs.is_empty()).then(|| {
            let runs = self.filled(asked, &runs);
            Located { score: score(asked, &runs, &(0..length)), runs, second: 0.0 }
        })
    }

    /// The runs with what stands between those that are in order.
    fn filled(&self, asked: &Asked<'_>, runs: &[Run]) -> Vec<Run> {
        let groups: Vec<&[Run]> = runs.chunk_by(|a, b| b.text >= a.text_end()).collect();
        let mut filled = Vec::new();
        for (at, group) in groups.iter().enumerate() {
            let start = if at == 0 { 0 } else { group[0].asked };
            let end = groups.get(at + 1).map_or(asked.letters.len(), |next| next[0].asked);
            filled.extend(fill(asked, self.letters, group, &(start..end)));
        }
        filled
    }

    /// The best place of a part of the quote, all of it together.
    /// `closely`: where no seeds lead to it, letter by letter.
    fn part(&self, asked: &Asked<'_>, within: &Range<usize>, closely: bool) -> Option<Located> {
        if let Some(run) = self.equal(asked, within) {
            return Some(Located { runs: vec![run], score: 1.0, second: 0.0 });
        }
        let seeds = self.seeds.runs(&self.letters.bytes, &asked.letters.bytes, within);
        let chains = chains(seeds);
        // A chain of a few letters is aligned only where there is no better one.
        let first = chains.first().map_or(0.0, |chain| chain.score);
        let least = (first * 0.5).max((within.len() as f32 * 0.12).min(first));
        let mut found: Vec<Located> = Vec::new();
        for chain in chains.iter().filter(|chain| chain.score >= least) {
            let runs = fill(asked, self.letters, &chain.runs, within);
            found.extend(scored(asked, runs, within));
        }
        let best = found.iter().map(|one| one.score).fold(0.0, f32::max);
        if closely && best < POOR && within.len() < SHORT {
            let limit = within.len() * CHANGES / 100;
            let (letters, text) = (&asked.letters.bytes[within.clone()], &self.letters.bytes);
            if let Some((end, _)) = nearest_end(letters, text, limit) {
                let runs = around(asked, self.letters, within, end);
                found.extend(scored(asked, runs, within));
            }
        }
        self.best_of(found)
    }

    /// The best by score; of nearly equals one at a preferred place, then the
    /// tighter one, then the first.
    fn best_of(&self, mut found: Vec<Located>) -> Option<Located> {
        let key = |one: &Located| {
            let preferred = self.is_preferred(&one.runs);
            let bonus = if preferred { 0.02 } else { 0.0 };
            (one.score + bonus, hull(&one.runs))
        };
        found.sort_by(|a, b| {
            let ((a_score, a_hull), (b_score, b_hull)) = (key(a), key(b));
            b_score
                .total_cmp(&a_score)
                .then(a_hull.len().cmp(&b_hull.len()))
                .then(a_hull.start.cmp(&b_hull.start))
        });
        let mut found = found.into_iter();
        let mut best = found.next()?;
        let at = hull(&best.runs);
        let apart = |other: &Located| {
            let other = hull(&other.runs);
            other.end <= at.start || at.end <= other.start
        };
        best.second = found.filter(apart).map(|other| other.score).fold(0.0, f32::max);
        Some(best)
    }

    fn is_preferred(&self, runs: &[Run]) -> bool {
        let hull = hull(runs);
        !hull.is_empty() && {
            let span = self.letters.span(hull.start, hull.end);
            self.places.iter().any(|place| place.start < span.end && span.start < place.end)
        }
    }

    /// Where the part stands letter by letter, at `after` or later if it does.
    fn equal_after(&self, asked: &Asked<'_>, within: &Range<usize>, after: usize) -> Option<Run> {
        let part = &asked.letters.bytes[within.clone()];
        let later = memmem::find(&self.letters.bytes[after..], part).map(|at| after + at);
        let run = later.map(|text| Run { asked: within.start, text, length: part.len() });
        let whole = |run: &Run| {
            self.letters.breaks_before(run.text) && self.letters.breaks_before(run.text_end())
        };
        run.filter(whole).filter(|_| after > 0).or_else(|| self.equal(asked, within))
    }

    /// Where the part stands letter by letter.
    fn equal(&self, asked: &Asked<'_>, within: &Range<usize>) -> Option<Run> {
        let part = &asked.letters.bytes[within.clone()];
        let runs: Vec<Run> = memmem::find_iter(&self.letters.bytes, part)
            .take(MOST_PLACES)
            .map(|text| Run { asked: within.start, text, length: part.len() })
            .collect();
        let whole = |run: &&Run| {
            self.letters.breaks_before(run.text) && self.letters.breaks_before(run.text_end())
        };
        let mut best = runs.iter().filter(whole);
        let preferred = best.clone().find(|run| self.is_preferred(&[**run]));
        preferred.or_else(|| best.next()).copied()
    }

    /// Looks elsewhere for the longest stretch that was not found; whether
    /// something was.
    fn add_part(&self, asked: &Asked<'_>, located: &mut Located) -> bool {
        let mut rests = rests(&located.runs, asked.letters.len());
        rests.sort_by_key(|rest| (std::cmp::Reverse(rest.len()), rest.start));
        for rest in rests.into_iter().filter(|rest| rest.len() >= LEAST_REST) {
            let Some(part) = self.part(asked, &rest, false).filter(|part| part.score >= LEAST_PART)
            else {
                continue;
            };
            // Scattered letters that were taken for this stretch give way.
            let inside = |run: &Run| run.asked < rest.end && rest.start < run.asked_end();
            let mut runs: Vec<Run> =
                located.runs.iter().copied().filter(|run| !inside(run)).collect();
            let taken = |part: &Run| {
                runs.iter().any(|run| part.text < run.text_end() && run.text < part.text_end())
            };
            if part.runs.iter().any(taken) {
                continue;
            }
            runs.extend(part.runs);
            runs.sort_unstable();
            let score = score(asked, &runs, &(0..asked.letters.len()));
            if score > located.score {
                *located = Located { runs, score, ..*located };
                return true;
            }
        }
        false
    }
}

/// Runs with their score, if there are any.
fn scored(asked: &Asked<'_>, runs: Vec<Run>, within: &Range<usize>) -> Option<Located> {
    let score = score(asked, &runs, within);
    (!runs.is_empty()).then_some(Located { runs, score, second: 0.0 })
}

/// From the first to the last letter of the text.
pub(crate) fn hull(runs: &[Run]) -> Range<usize> {
    let start = runs.iter().map(|run| run.text).min().unwrap_or(0);
    start..runs.iter().map(|run| run.text_end()).max().unwrap_or(0)
}

/// The letters of a quote that are in no run worth the name, as stretches.
fn rests(runs: &[Run], length: usize) -> Vec<Range<usize>> {
    let mut rests = Vec::new();
    let mut from = 0;
    for run in runs.iter().filter(|run| run.length >= SEED) {
        rests.push(from..run.asked);
        from = run.asked_end();
    }
    rests.push(from..length);
    rests
}

/// One less what is unlike: letters that differ count each; letters of the
/// text that are passed over count less the more they are, and hardly where a
/// sign says so.
pub(crate) fn score(asked: &Asked<'_>, runs: &[Run], within: &Range<usize>) -> f32 {
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return 0.0 };
    let head = first.asked - within.start;
    // A list mark tells one paragraph from another: it weighs more than its
    // letters.
    let head = if head <= 3 { 3 * head } else { head + 6 };
    let mut unlike = head as f32 + (within.end - last.asked_end()) as f32;
    for pair in runs.windows(2) {
        let missing = (pair[1].asked - pair[0].asked_end()) as f32;
        let passed = pair[1].text.checked_sub(pair[0].text_end());
        let signed = asked.cuts(pair[0].asked_end(), pair[1].asked);
        let signed = signed.iter().any(|cut| !matches!(cut.sign, Sign::Mark | Sign::Markup));
        let passed = match passed {
            Some(passed) if !signed => passed as f32,
            // To go back costs what a long gap costs.
            Some(_) => 1.0,
            None if signed => 2.0,
            None => 100.0,
        };
        let passed = passed.min(4.0 + 2.0 * (1.0 + passed / 6.0).log2());
        unlike += missing.max(passed);
    }
    (1.0 - unlike / within.len() as f32).max(0.0)
}
