//! A chain of runs → every letter that stands alike between and beyond them.
//!
//! Pieces between signs that are too short for a seed are looked for as they
//! are; the rest is aligned letter by letter (Gotoh 1982: a gap costs to open
//! and little to go on, so that what differs lies together).

use crate::quotes::asked::Asked;
use crate::quotes::letters::Letters;
use crate::quotes::seeds::{Run, longest};
use memchr::memmem;
use std::ops::Range;

/// Letters of the text in which a piece at either end is looked for.
const REACH: usize = 4000;
/// Letters of a quote that are aligned one by one.
const LONGEST: usize = 200;
/// Cells of an alignment.
const MOST_CELLS: usize = 400_000;

/// Which ends of the text are free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Free {
    Neither,
    Start,
    End,
}

/// The runs, and those between and beyond them.
pub(crate) fn fill(
    asked: &Asked<'_>,
    text: &Letters<'_>,
    runs: &[Run],
    within: &Range<usize>,
) -> Vec<Run> {
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return Vec::new() };
    let filler = Filler { asked, text };
    let mut all = filler.head(within.start..first.asked, first.text);
    for pair in runs.windows(2) {
        all.push(pair[0]);
        all.extend(
            filler.between(pair[0].asked_end()..pair[1].asked, pair[0].text_end()..pair[1].text),
        );
    }
    all.push(*last);
    all.extend(filler.tail(last.asked_end()..within.end, last.text_end()));
    merged(all)
}

/// Runs that touch as one.
fn merged(runs: Vec<Run>) -> Vec<Run> {
    let mut merged: Vec<Run> = Vec::with_capacity(runs.len());
    for run in runs.into_iter().filter(|run| run.length > 0) {
        match merged.last_mut() {
            Some(last) if last.asked_end() == run.asked && last.text_end() == run.text => {
                last.length += run.length;
            }
            _ => merged.push(run),
        }
    }
    merged
}

struct Filler<'a> {
    asked: &'a Asked<'a>,
    text: &'a Letters<'a>,
}

impl Filler<'_> {
    fn head(&self, asked: Range<usize>, end: usize) -> Vec<Run> {
        if asked.is_empty() {
            return Vec::new();
        }
        let reach = end.saturating_sub(REACH);
        if let Some((piece, place)) = self.last_piece(&asked, reach..end) {
            let run = Run { asked: piece.start, text: place, length: piece.len() };
            let mut runs = self.head(asked.start..piece.start, place);
            runs.push(run);
            return runs;
        }
        let from = end.saturating_sub(asked.len() + asked.len() / 3 + 8);
        self.aligned(&asked, &(from..end), Free::Start)
    }

    fn tail(&self, asked: Range<usize>, start: usize) -> Vec<Run> {
        if asked.is_empty() {
            return Vec::new();
        }
        let reach = (start + REACH).min(self.text.len());
        if let Some((piece, place)) = self.first_piece(&asked, start..reach) {
            let run = Run { asked: piece.start, text: place, length: piece.len() };
            let mut runs = vec![run];
            runs.extend(self.tail(piece.end..asked.end, run.text_end()));
            return runs;
        }
        let to = (start + asked.len() + asked.len() / 3 + 8).min(self.text.len());
        self.aligned(&asked, &(start..to), Free::End)
    }

    fn between(&self, asked: Range<usize>, text: Range<usize>) -> Vec<Run> {
        if asked.is_empty() || text.is_empty() {
            return Vec::new();
        }
        if let Some((piece, place)) = self.first_piece(&asked, text.clone()) {
            let run = Run { asked: piece.start, text: place, length: piece.len() };
            let mut runs = vec![run];
            runs.extend(self.between(piece.end..asked.end, run.text_end()..text.end));
            return runs;
        }
        if asked.len() * text.len() <= MOST_CELLS {
            return self.aligned(&asked, &text, Free::Neither);
        }
        // Between places that are far apart, what goes on from the first is
        // taken first.
        let near = asked.len() * 2 + 16;
        let mut runs =
            self.aligned(&asked, &(text.start..text.start + near.min(text.len())), Free::End);
        let (from, after) =
            runs.last().map_or((asked.start, text.start), |run| (run.asked_end(), run.text_end()));
        let before = text.end.saturating_sub(near).max(after);
        runs.extend(self.aligned(&(from..asked.end), &(before..text.end), Free::Start));
        runs
    }

    /// The first piece of the quote, from its start to the next sign, if it
    /// stands within `text` as whole words.
    fn first_piece(
        &self,
        asked: &Range<usize>,
        text: Range<usize>,
    ) -> Option<(Range<usize>, usize)> {
        let cuts = self.asked.cuts(asked.start, asked.end);
        let end = cuts.iter().map(|cut| cut.at).find(|&at| at > asked.start).unwrap_or(asked.end);
        let starts_at_cut = cuts.first().is_some_and(|cut| cut.at == asked.start);
        let piece = starts_at_cut.then_some(asked.start..end)?;
        let found = self.whole(&piece, text).next()?;
        Some((piece, found))
    }

    /// The last piece of the quote, from the last sign to its end.
    fn last_piece(
        &self,
        asked: &Range<usize>,
        text: Range<usize>,
    ) -> Option<(Range<usize>, usize)> {
        let cuts = self.asked.cuts(asked.start, asked.end);
        let start = cuts.iter().rev().map(|cut| cut.at).find(|&at| at < asked.end);
        let start = start.unwrap_or(asked.start);
        let ends_at_cut = cuts.last().is_some_and(|cut| cut.at == asked.end);
        let piece = ends_at_cut.then_some(start..asked.end)?;
        let found = self.whole(&piece, text).last()?;
        Some((piece, found))
    }

    /// Where a piece of the quote stands within `text` as whole words.
    fn whole(&self, piece: &Range<usize>, text: Range<usize>) -> impl Iterator<Item = usize> {
        let from = text.start;
        let length = piece.len();
        let places =
            memmem::find_iter(&self.text.bytes[text], &self.asked.letters.bytes[piece.clone()])
                .map(move |at| at + from);
        let letters = self.text;
        places.filter(move |&at| letters.breaks_before(at) && letters.breaks_before(at + length))
    }

    fn aligned(&self, asked: &Range<usize>, text: &Range<usize>, free: Free) -> Vec<Run> {
        let cells = (asked.len() + 1) * (text.len() + 1);
        if asked.is_empty() || text.is_empty() || asked.len() > LONGEST || cells > MOST_CELLS * 2 {
            return Vec::new();
        }
        let pairs =
            gotoh(&self.asked.letters.bytes[asked.clone()], &self.text.bytes[text.clone()], free);
        let runs = pairs.into_iter().map(|(asked_at, text_at)| Run {
            asked: asked.start + asked_at,
            text: text.start + text_at,
            length: 1,
        });
        merged(runs.collect())
    }
}

/// The alignment around the place where a fallback found the quote to end.
pub(crate) fn around(
    asked: &Asked<'_>,
    text: &Letters<'_>,
    within: &Range<usize>,
    end: usize,
) -> Vec<Run> {
    let length = within.len();
    let from = end.saturating_sub(length + length / 2 + 8);
    let runs = Filler { asked, text }.aligned(within, &(from..end), Free::Start);
    let Some(best) = runs.iter().max_by_key(|run| run.length).copied() else { return runs };
    // Signs in the quote, and letters alike beyond, are seen from the best run.
    let anchor = longest(best, &text.bytes, &asked.letters.bytes, within);
    fill(asked, text, &[anchor], within)
}

const MATCH: i32 = 2;
const MISMATCH: i32 = -3;
const OPEN: i32 = -4;
const EXTEND: i32 = -1;
const NEVER: i32 = i32::MIN / 2;

/// From which state a cell was reached, two bits for each state.
const DIAGONAL: u8 = 0;
const ASKED_GAP: u8 = 1;
const TEXT_GAP: u8 = 2;

/// The pairs of equal letters of the best alignment.
fn gotoh(asked: &[u8], text: &[u8], free: Free) -> Vec<(usize, usize)> {
    let width = text.len() + 1;
    let mut from = vec![0_u8; (asked.len() + 1) * width];
    // Scores of the row above: ending in a pair, in letters of the text alone,
    // in letters of the quote alone.
    let mut row: Vec<[i32; 3]> = (0..width).map(|column| top(column, free)).collect();
    for (column, cell) in from[..width].iter_mut().enumerate() {
        *cell = if column > 1 { ASKED_GAP << 2 } else { 0 };
    }
    for (y, &letter) in asked.iter().enumerate() {
        let mut diagonal = row[0];
        let opened = OPEN + EXTEND * i32::try_from(y + 1).unwrap_or(i32::MAX);
        row[0] = [NEVER, NEVER, opened];
        from[(y + 1) * width] = if y == 0 { 0 } else { TEXT_GAP << 4 };
        for x in 1..width {
            let above = row[x];
            let left = row[x - 1];
            let pair = if letter == text[x - 1] { MATCH } else { MISMATCH };
            let (in_pair, by_pair) = best(diagonal);
            let (in_text, by_text) = best([left[0] + OPEN, left[1], left[2] + OPEN]);
            let (in_asked, by_asked) = best([above[0] + OPEN, above[1] + OPEN, above[2]]);
            diagonal = above;
            row[x] = [in_pair + pair, in_text + EXTEND, in_asked + EXTEND];
            from[(y + 1) * width + x] = by_pair | by_text << 2 | by_asked << 4;
        }
    }
    let mut x = text.len();
    if free == Free::End {
        x = (0..width).max_by_key(|&x| (best(row[x]).0, std::cmp::Reverse(x))).unwrap_or(x);
    }
    trace(asked, text, &from, x, best(row[x]).1, free)
}

/// Scores of the first row, where only letters of the text were passed.
fn top(column: usize, free: Free) -> [i32; 3] {
    if column == 0 || free == Free::Start {
        return [0, NEVER, NEVER];
    }
    [NEVER, OPEN + EXTEND * i32::try_from(column).unwrap_or(i32::MAX), NEVER]
}

/// The best of three states; of equals, the first.
fn best(states: [i32; 3]) -> (i32, u8) {
    let mut best = (states[0], DIAGONAL);
    if states[1] > best.0 {
        best = (states[1], ASKED_GAP);
    }
    if states[2] > best.0 {
        best = (states[2], TEXT_GAP);
    }
    best
}

fn trace(
    asked: &[u8],
    text: &[u8],
    from: &[u8],
    mut x: usize,
    mut state: u8,
    free: Free,
) -> Vec<(usize, usize)> {
    let width = text.len() + 1;
    let mut y = asked.len();
    let mut pairs = Vec::new();
    while y > 0 || (x > 0 && free != Free::Start) {
        let cell = from[y * width + x];
        match state {
            DIAGONAL if x > 0 && y > 0 => {
                state = cell & 3;
                (x, y) = (x - 1, y - 1);
                if asked[y] == text[x] {
                    pairs.push((y, x));
                }
            }
            ASKED_GAP if x > 0 => {
                state = cell >> 2 & 3;
                x -= 1;
            }
            TEXT_GAP if y > 0 => {
                state = cell >> 4 & 3;
                y -= 1;
            }
            _ => break,
        }
    }
    pairs.reverse();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(asked: &str, text: &str, free: Free) -> String {
        let pairs = gotoh(asked.as_bytes(), text.as_bytes(), free);
        pairs.into_iter().map(|(_, at)| char::from(text.as_bytes()[at])).collect()
    }

    #[test]
    fn what_differs_lies_together() {
        assert_eq!(alike("thestates", "thememberstates", Free::Neither), "thestates");
        assert_eq!(alike("shallact", "mayact", Free::Neither), "aact");
        assert_eq!(alike("shall", "xxxxshall", Free::Start), "shall");
        assert_eq!(alike("shall", "shallxxxx", Free::End), "shall");
        assert_eq!(alike("shxll", "shallxxxx", Free::End), "shll");
        assert_eq!(alike("shall", "yyshall", Free::Neither), "shall");
    }
}
