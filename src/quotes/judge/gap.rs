//! What stands between two runs, and beyond the first and the last: letters of
//! the quote, letters of the text, or both.

use crate::model::DifferenceKind;
use crate::quotes::asked::{Cut, Sign};
use crate::quotes::judge::{Judge, PIECE_GAP, marks};
use crate::quotes::letters::Letters;
use crate::quotes::seeds::Run;
use std::ops::Range;

/// Letters a piece beside an ellipsis must have, or the other side must be
/// near: two words can be found in order anywhere.
const LEAST_PIECE: usize = 12;
/// Letters of the text that are near.
const NEAR: usize = 600;
/// Words in brackets stand in place of at most as many letters.
const MOST_REPLACED: usize = 80;

impl Judge<'_> {
    /// Letters beyond the first and the last run, and words that are cut there.
    pub(super) fn ends(&mut self, runs: &[Run]) {
        let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return };
        let (asked, length) = (&self.asked.letters, self.asked.letters.len());
        let no_run = |asked: usize, text: usize| Run { asked, text, length: 0 };
        if first.asked > 0 {
            let raw = &self.asked.between(0, first.asked);
            let before = &self.text.text[..self.text.place(first.text)];
            let whole = asked.breaks_before(first.asked) && self.text.breaks_before(first.text);
            if whole && marks::is_list_mark(raw) && marks::starts_bare_unit(before) {
                self.push(DifferenceKind::ListMark, 0..first.asked, first.text..first.text);
            } else {
                self.words(no_run(0, first.text), 0..first.asked, first.text..first.text, *first);
            }
        } else if !self.text.breaks_before(first.text) {
            self.words(no_run(0, first.text), 0..0, first.text..first.text, *first);
        }
        if last.asked_end() < length || !self.text.breaks_before(last.text_end()) {
            let end = last.text_end();
            self.words(*last, last.asked_end()..length, end..end, no_run(length, end));
        }
    }

    /// What stands between two runs that follow one another in the quote.
    pub(super) fn gap(&mut self, before: Run, after: Run) {
        let asked = before.asked_end()..after.asked;
        if after.text < before.text_end() {
            self.breaks.push(after.asked);
            let cuts = self.asked.cuts(asked.start, asked.end);
            let kind = if asked.is_empty() && self.is_joined(cuts, before.text_end(), after.text) {
                DifferenceKind::Joined
            } else {
                DifferenceKind::Order
            };
            return self.show_break(kind, after.asked, "");
        }
        let text = before.text_end()..after.text;
        if asked.is_empty() {
            self.passed_over(before, after, text);
        } else if text.is_empty() {
            self.put_in(before, after, asked);
        } else {
            self.replaced(before, after, asked, text);
        }
    }

    fn show_break(&mut self, kind: DifferenceKind, at: usize, between: &str) {
        self.show(kind, at, "", &shortened(between));
    }

    /// Letters of the text that the quote does not have.
    fn passed_over(&mut self, before: Run, after: Run, text: Range<usize>) {
        let at = after.asked;
        let slide = self.slide(before, after, &text);
        let shift = |index: usize| index.saturating_add_signed(slide);
        let (at, text) = (shift(at), shift(text.start)..shift(text.end));
        let cuts = self.asked.cuts(at, at).to_vec();
        let raw = &self.text.text[self.text.place(text.start)..self.text.after(text.end - 1)];
        let wide = text.len() > PIECE_GAP;
        if wide {
            self.breaks.push(after.asked);
        }
        let has = |sign: Sign| cuts.iter().find(|cut| cut.sign == sign);
        if let Some(cut) = has(Sign::Ellipsis).filter(|_| Self::is_near(before, after, &text)) {
            let sign = cut.span.cut(self.asked.quote).unwrap_or_default();
            return self.show(DifferenceKind::Ellipsis, at, sign, &shortened(raw));
        }
        if let Some(cut) = has(Sign::Insertion).filter(|_| text.len() <= MOST_REPLACED) {
            let sign = cut.span.cut(self.asked.quote).unwrap_or_default();
            if Letters::of(sign).bytes != self.text.bytes[text.clone()] {
                self.show(DifferenceKind::Insertion, at, sign, raw);
            }
            return;
        }
        if let Some(cut) = has(Sign::Mark) {
            let sign = cut.span.cut(self.asked.quote).unwrap_or_default();
            if Letters::of(sign).bytes == self.text.bytes[text.clone()] {
                return;
            }
        }
        let around = &self.text.text[..self.text.place(text.end)];
        let lead = self.text.between(text.start, text.end);
        let whole = self.text.breaks_before(text.start) && self.text.breaks_before(text.end);
        if whole && marks::is_list_mark(lead) && marks::stands_at_start(around, lead) {
            return self.push(DifferenceKind::ListMark, at..at, text);
        }
        if self.is_joined(&cuts, text.start, text.end) {
            return self.show_break(DifferenceKind::Joined, at, raw);
        }
        if text.len() == 1 && Self::is_our(self.text, text.start) {
            let (asked, text) = self.to_words(before, at..at, text, after);
            return self.push(DifferenceKind::Spelling, asked, text);
        }
        self.words(cropped(before, slide), at..at, text, moved(after, slide));
    }

    /// Letters of the quote that the text does not have.
    fn put_in(&mut self, before: Run, after: Run, asked: Range<usize>) {
        let raw = &self.asked.between(asked.start, asked.end);
        let letters = &self.asked.letters;
        let whole = letters.breaks_before(asked.start) && letters.breaks_before(asked.end);
        let above = &self.text.text[..self.text.place(after.text)];
        let there = marks::follows_an_end(raw) && marks::starts_bare_unit(above);
        if whole && marks::is_list_mark(raw) && there {
            return self.push(DifferenceKind::ListMark, asked, after.text..after.text);
        }
        if asked.len() == 1 && Self::is_our(&self.asked.letters, asked.start) {
            let (asked, text) = self.to_words(before, asked, after.text..after.text, after);
            return self.push(DifferenceKind::Spelling, asked, text);
        }
        self.words(before, asked, after.text..after.text, after);
    }

    /// Letters on both sides.
    fn replaced(&mut self, before: Run, after: Run, asked: Range<usize>, text: Range<usize>) {
        if text.len() > PIECE_GAP {
            self.breaks.push(after.asked);
        }
        if self.is_spelling(&asked, &text) {
            let (asked, text) = self.to_words(before, asked, text, after);
            return self.push(DifferenceKind::Spelling, asked, text);
        }
        self.words(before, asked, text, after);
    }

    /// Other words: the letters that differ and the rest of their words.
    fn words(&mut self, before: Run, asked: Range<usize>, text: Range<usize>, after: Run) {
        let (asked, text) = self.to_words(before, asked, text, after);
        let kind = match (asked.is_empty(), text.is_empty()) {
            (true, false) => DifferenceKind::Omission,
            (false, true) => DifferenceKind::Addition,
            _ => DifferenceKind::Wording,
        };
        self.push(kind, asked, text);
    }

    /// Both ranges, wider by letters of the runs around them, so that neither
    /// cuts a word.
    fn to_words(
        &self,
        before: Run,
        mut asked: Range<usize>,
        mut text: Range<usize>,
        after: Run,
    ) -> (Range<usize>, Range<usize>) {
        let letters = &self.asked.letters;
        let whole = |a: usize, t: usize| letters.breaks_before(a) && self.text.breaks_before(t);
        while asked.start > before.asked
            && text.start > before.text
            && !whole(asked.start, text.start)
        {
            asked.start -= 1;
            text.start -= 1;
        }
        while asked.end < after.asked_end()
            && text.end < after.text_end()
            && !whole(asked.end, text.end)
        {
            asked.end += 1;
            text.end += 1;
        }
        // Beyond the ends of the quote the text's word goes on alone.
        while asked.start == 0 && text.start > 0 && !self.text.breaks_before(text.start) {
            text.start -= 1;
        }
        while asked.end == letters.len() && !self.text.breaks_before(text.end) {
            text.end += 1;
        }
        (asked, text)
    }

    /// How far letters passed over can be moved without changing what is
    /// alike, so that they lie at a sign, or else are whole words.
    fn slide(&self, before: Run, after: Run, text: &Range<usize>) -> isize {
        let bytes = &self.text.bytes;
        let left = (1..before.length)
            .take_while(|by| bytes[text.start - by] == bytes[text.end - by])
            .count();
        let right = (0..after.length.saturating_sub(1))
            .take_while(|by| bytes[text.start + by] == bytes[text.end + by])
            .count();
        let worth = |slide: isize| {
            let moved = |index: usize| index.saturating_add_signed(slide);
            let at = moved(after.asked);
            let signed = self
                .asked
                .cuts(at, at)
                .iter()
                .any(|cut| !matches!(cut.sign, Sign::Line | Sign::Markup));
            let line = !self.asked.cuts(at, at).is_empty();
            let whole = self.text.breaks_before(moved(text.start))
                && self.text.breaks_before(moved(text.end));
            (signed, line, whole, -slide.abs())
        };
        let (left, right) =
            (isize::try_from(left).unwrap_or(0), isize::try_from(right).unwrap_or(0));
        (-left..=right).max_by_key(|&slide| worth(slide)).unwrap_or(0)
    }

    /// Whether both pieces beside an ellipsis are long enough to be sure of,
    /// or near one another.
    fn is_near(before: Run, after: Run, text: &Range<usize>) -> bool {
        text.len() <= NEAR || before.length.min(after.length) >= LEAST_PIECE
    }

    /// Whether the quote ends a line here, and the text a sentence or an item
    /// on both sides.
    fn is_joined(&self, cuts: &[Cut], left: usize, right: usize) -> bool {
        let line = cuts.iter().any(|cut| cut.sign == Sign::Line);
        line && marks::ends_unit(self.text.gap(left))
            && marks::starts_unit(&self.text.text[..self.text.place(right)])
    }

    /// Whether a word in -our is spelled -or, or the other way: `letters` have
    /// the `u` at `at`. A stem of three letters keeps four from for.
    fn is_our(letters: &Letters<'_>, at: usize) -> bool {
        let bytes = &letters.bytes;
        let around = at >= 4 && bytes[at - 1] == b'o' && bytes[at] == b'u';
        if !around || bytes.get(at + 1) != Some(&b'r') {
            return false;
        }
        let stem = (at - 3..=at + 1).all(|at| !letters.breaks_before(at));
        let rest = (at + 2..=letters.len()).take_while(|&at| !letters.breaks_before(at)).count();
        let rest = &bytes[at + 2..at + 2 + rest];
        let suffixes = ["", "s", "ed", "ing", "able", "ably", "al", "er", "ers", "ful", "hood"];
        stem && suffixes.iter().any(|suffix| suffix.as_bytes() == rest)
    }

    /// Whether only -ise and -ize, or their like, differ.
    fn is_spelling(&self, asked: &Range<usize>, text: &Range<usize>) -> bool {
        let (a, t) = (&self.asked.letters.bytes, &self.text.bytes);
        if asked.len() != 1 || text.len() != 1 || asked.start < 3 {
            return false;
        }
        let swapped = matches!((a[asked.start], t[text.start]), (b's', b'z') | (b'z', b's'));
        let before = matches!(a[asked.start - 1], b'i' | b'y');
        let after = a.get(asked.end).is_some_and(|next| matches!(next, b'a' | b'e' | b'i'));
        let inside =
            (asked.start - 3..asked.start).all(|at| !self.asked.letters.breaks_before(at + 1));
        swapped && before && after && inside
    }
}

/// A run as it is when letters move from it, or to it.
fn cropped(before: Run, slide: isize) -> Run {
    Run { length: before.length.saturating_add_signed(slide), ..before }
}

fn moved(after: Run, slide: isize) -> Run {
    let shift = |index: usize| index.saturating_add_signed(slide);
    Run {
        asked: shift(after.asked),
        text: shift(after.text),
        length: after.length.saturating_add_signed(-slide),
    }
}

/// The first and last words of what is long.
fn shortened(text: &str) -> String {
    const ENDS: usize = 8;
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= 3 * ENDS {
        return words.join(" ");
    }
    let (first, last) = (words[..ENDS].join(" "), words[words.len() - ENDS..].join(" "));
    format!("{first} […] {last}")
}
