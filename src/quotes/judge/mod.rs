//! Where a quote stands → in what it differs, each difference by its class.
//!
//! Everything that differs in letters is other wording unless it can be shown
//! to be something else: an omission with a sign, an insertion in brackets, a
//! list mark, a footnote's number. No score is asked.

mod gap;
mod marks;
mod signs;

use crate::model::{Difference, DifferenceKind, Span};
use crate::quotes::asked::{Asked, Cut, Sign};
use crate::quotes::layout::{Hidden, Kind};
use crate::quotes::letters::Letters;
use crate::quotes::seeds::Run;
use std::ops::Range;

/// Letters of a gap that part a quote into pieces.
const PIECE_GAP: usize = 40;

/// What was found out of a quote at its place.
pub(crate) struct Judged {
    pub(crate) differences: Vec<Difference>,
    pub(crate) pieces: Vec<Span>,
}

/// Letters of the quote and of the text that differ, whole words.
struct Edit {
    kind: DifferenceKind,
    asked: Range<usize>,
    text: Range<usize>,
    /// What to show in place of the letters.
    shown: Option<(String, String)>,
}

/// Compares a quote with a text along `runs`, of which there is at least one.
pub(crate) fn judge(
    asked: &Asked<'_>,
    text: &Letters<'_>,
    hidden: &[Hidden],
    runs: &[Run],
) -> Judged {
    let mut judge = Judge { asked, text, hidden, edits: Vec::new(), breaks: Vec::new() };
    judge.ends(runs);
    for pair in runs.windows(2) {
        judge.gap(pair[0], pair[1]);
    }
    for run in runs {
        judge.run(*run);
    }
    let pieces = judge.pieces(runs);
    Judged { differences: judge.differences(), pieces }
}

struct Judge<'a> {
    asked: &'a Asked<'a>,
    text: &'a Letters<'a>,
    hidden: &'a [Hidden],
    edits: Vec<Edit>,
    /// Gaps, by the letter of the quote after them, where a piece ends.
    breaks: Vec<usize>,
}

impl Judge<'_> {
    fn push(&mut self, kind: DifferenceKind, asked: Range<usize>, text: Range<usize>) {
        self.edits.push(Edit { kind, asked, text, shown: None });
    }

    fn show(&mut self, kind: DifferenceKind, at: usize, quote: &str, text: &str) {
        let shown = Some((quote.trim().to_owned(), text.trim().to_owned()));
        self.edits.push(Edit { kind, asked: at..at, text: 0..0, shown });
    }

    /// What a run holds: signs of the quote, and what the page puts in.
    fn run(&mut self, run: Run) {
        for cut in self.asked.cuts(run.asked + 1, run.asked_end().saturating_sub(1)).to_vec() {
            let at = run.text + (cut.at - run.asked);
            self.sign_in_run(cut, at);
        }
        let first = self.hidden.partition_point(|one| one.span.start < self.text.place(run.text));
        let end = self.text.place(run.text_end() - 1);
        for one in self.hidden[first..].iter().take_while(|one| one.span.start < end) {
            let at = self.text.places.partition_point(|&place| (place as usize) < one.span.start);
            let at = run.asked + at.saturating_sub(run.text);
            self.hidden_in_run(*one, at);
        }
        self.symbols(run);
    }

    fn sign_in_run(&mut self, cut: Cut, at: usize) {
        let sign = cut.span.cut(self.asked.quote).unwrap_or_default();
        match cut.sign {
            Sign::Insertion => self.show(DifferenceKind::Insertion, cut.at, sign, ""),
            Sign::Letter if !self.text.gap(at).contains('[') => {
                self.show(DifferenceKind::Insertion, cut.at, sign, "");
            }
            Sign::Mark => {
                let mark = self.mark_between(at).map(str::to_owned);
                match mark {
                    None => self.show(DifferenceKind::FootnoteMark, cut.at, sign, ""),
                    Some(mark) if !same_number(sign, &mark) => {
                        self.show(DifferenceKind::Wording, cut.at, sign, &mark);
                    }
                    Some(_) => {}
                }
            }
            Sign::Letter | Sign::Ellipsis | Sign::Line | Sign::Markup => {}
        }
    }

    /// The footnote mark that is hidden before the letter at `at`.
    fn mark_between(&self, at: usize) -> Option<&str> {
        let (from, to) = (self.text.after(at.checked_sub(1)?), self.text.place(at));
        let first = self.hidden.partition_point(|one| one.span.start < from);
        let mut within = self.hidden[first..].iter().take_while(|one| one.span.end <= to);
        within.find(|one| one.kind == Kind::Mark)?.span.cut(self.text.text)
    }

    fn hidden_in_run(&mut self, one: Hidden, at: usize) {
        let words = one.span.cut(self.text.text).unwrap_or_default();
        if one.kind == Kind::Furniture {
            if words.contains(char::is_alphanumeric) {
                self.show(DifferenceKind::PageFurniture, at, "", words);
            }
        } else if !self.asked.cuts(at, at).iter().any(|cut| cut.sign == Sign::Mark) {
            self.show(DifferenceKind::FootnoteMark, at, "", words);
        }
    }

    /// The parts of the text the quote is made of, without what the page puts
    /// between lines.
    fn pieces(&self, runs: &[Run]) -> Vec<Span> {
        let mut pieces: Vec<Span> = Vec::new();
        let mut from = 0;
        for at in 1..=runs.len() {
            let parted = at == runs.len() || self.breaks.contains(&runs[at].asked);
            if parted {
                self.add_piece(
                    self.text.span(runs[from].text, runs[at - 1].text_end()),
                    &mut pieces,
                );
                from = at;
            }
        }
        pieces
    }

    fn add_piece(&self, mut span: Span, pieces: &mut Vec<Span>) {
        let first = self.hidden.partition_point(|one| one.span.start < span.start);
        let furniture = self.hidden[first..].iter().take_while(|one| one.span.end <= span.end);
        for one in furniture.filter(|one| one.kind == Kind::Furniture) {
            let before = &self.text.text[span.start..one.span.start.max(span.start)];
            if before.contains(char::is_alphanumeric) {
                pieces.push(Span::new(span.start, span.start + before.trim_end().len()));
            }
            let after = &self.text.text[one.span.end..span.end];
            span.start = span.end - after.trim_start().len();
        }
        pieces.push(span);
    }

    /// The differences in the order of the quote; those of wording that touch
    /// are one.
    fn differences(mut self) -> Vec<Difference> {
        self.edits.sort_by_key(|edit| (edit.asked.start, edit.asked.end));
        let mut merged: Vec<Edit> = Vec::new();
        for edit in std::mem::take(&mut self.edits) {
            match merged.last_mut() {
                Some(last)
                    if last.shown.is_none()
                        && edit.shown.is_none()
                        && last.asked.end > edit.asked.start
                        && last.text.start <= edit.text.start =>
                {
                    last.asked.end = last.asked.end.max(edit.asked.end);
                    last.text.end = last.text.end.max(edit.text.end);
                    if last.kind != edit.kind {
                        last.kind = DifferenceKind::Wording.max(last.kind.min(edit.kind));
                    }
                }
                _ => merged.push(edit),
            }
        }
        merged.into_iter().map(|edit| self.difference(edit)).collect()
    }

    fn difference(&self, edit: Edit) -> Difference {
        let (quote, text) = edit.shown.unwrap_or_else(|| {
            let cut = |letters: &Letters<'_>, range: Range<usize>| {
                let span = (!range.is_empty()).then(|| letters.span(range.start, range.end));
                span.and_then(|span| span.cut(letters.text)).unwrap_or_default().to_owned()
            };
            (cut(&self.asked.letters, edit.asked), cut(self.text, edit.text))
        });
        Difference { kind: edit.kind, quote, text }
    }
}

/// Whether two marks have the same digits, raised or not.
fn same_number(a: &str, b: &str) -> bool {
    Letters::of(a).bytes == Letters::of(b).bytes
}
