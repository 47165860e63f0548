//! Finds a quote in a text, and says in what it differs.
//!
//! The letters and digits of a text, each with its place, are a stream that
//! typography does not touch (`letters`); a quote is looked for there. What it
//! is called comes from the differences themselves, never from a score: with
//! one word changed a long quote is still nearly alike. Knows no document
//! beyond its text, and cuts nothing that is not there.
//!
//! ```
//! use normtag::quotes::{Haystack, Verdict};
//!
//! let text = "States should “encourage respon-\nsible reporting” of vulnerabilities.";
//! let haystack = Haystack::new(text);
//! let found = haystack.find("encourage responsible reporting").expect("it is there");
//! assert_eq!(found.verdict, Verdict::Normalised);
//! assert_eq!(found.span.cut(text), Some("encourage respon-\nsible reporting"));
//! assert!(haystack.find("prohibit all reporting of anything").is_none());
//! ```

mod align;
mod anchor;
mod asked;
mod chain;
pub mod check;
mod judge;
mod layout;
mod letters;
mod locate;
mod myers;
mod place;
mod seeds;

pub use crate::quotes::anchor::{Anchor, cited_places, same_words};

pub use crate::model::{Difference, DifferenceKind, Found, Verdict};

use crate::model::{Document, ParagraphKind, Span};
use crate::quotes::asked::Asked;
use crate::quotes::judge::{Judged, judge};
use crate::quotes::layout::Hidden;
use crate::quotes::letters::Letters;
use crate::quotes::locate::{Located, Searched};
use crate::quotes::seeds::{Run, Seeds};
use memchr::memmem;

/// Quotes of fewer words stand in many texts: more is asked of them.
const SHORT: usize = 12;
/// Under this score a quote of that many words is another text's.
const LEAST: f32 = 0.58;
/// Under this score there is nothing to show.
const WORTH_SHOWING: f32 = 0.4;
/// Words in which a short quote may differ, of each three.
const MOST_WORDS: usize = 2;
/// Words without which signs of omission could make any quote of any text.
const LEAST_WORDS: usize = 4;
/// How much better than any other the place of a short quote must be.
const AHEAD: f32 = 0.1;

/// A text that is read once, to look for many quotes.
#[derive(Debug)]
pub struct Haystack<'t> {
    text: &'t str,
    /// The letters without what the page puts between them.
    letters: Letters<'t>,
    hidden: Vec<Hidden>,
    /// All letters, where some are hidden.
    whole: Option<Letters<'t>>,
    seeds: Seeds,
}

impl<'t> Haystack<'t> {
    /// Reads `text`.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self::with_notes(text, &[])
    }

    /// Reads the text of a document, whose footnotes are known.
    #[must_use]
    pub fn of_document(document: &'t Document) -> Self {
        let notes = document.paragraphs.iter().filter(|one| one.kind == ParagraphKind::Footnote);
        let notes: Vec<Span> = notes.map(|one| one.span).collect();
        Self::with_notes(&document.text, &notes)
    }

    fn with_notes(text: &'t str, notes: &[Span]) -> Self {
        let hidden = layout::of_text(text, notes);
        let spans: Vec<Span> = hidden.iter().map(|hidden| hidden.span).collect();
        let letters = Letters::outside(text, &spans);
        let whole = (!hidden.is_empty()).then(|| Letters::of(text));
        let seeds = Seeds::of(&letters.bytes);
        Self { text, letters, hidden, whole, seeds }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Where `quote` stands and how it differs; none where it does not stand
    /// in the text. Of several places, the first. A quote without letters or
    /// digits stands nowhere.
    #[must_use]
    pub fn find(&self, quote: &str) -> Option<Found> {
        self.find_near(quote, &[])
    }

    /// As [`find`](Self::find), but of places that are as good, one that lies
    /// in one of `places`; a short quote that differs may be found there and
    /// nowhere else.
    #[must_use]
    pub fn find_near(&self, quote: &str, places: &[Span]) -> Option<Found> {
        self.nearest(quote, places).filter(|found| found.verdict < Verdict::Gone)
    }

    /// As [`find_near`](Self::find_near); a quote that is [`Verdict::Gone`]
    /// comes with the place that is most like it, if any is.
    #[must_use]
    pub fn nearest(&self, quote: &str, places: &[Span]) -> Option<Found> {
        let quote = quote.trim();
        if let Some(found) = self.to_the_letter(quote, places) {
            return Some(found);
        }
        let asked = Asked::read(quote);
        if asked.letters.len() == 0 {
            return None;
        }
        let searched = Searched { letters: &self.letters, seeds: &self.seeds, places };
        let located = searched.locate(&asked);
        let located = located.filter(|located| located.score >= WORTH_SHOWING);
        let found = located.map(|located| self.found(&asked, &located, places));
        let holds = |found: &Found| found.verdict.holds();
        if found.as_ref().is_some_and(holds) {
            return found;
        }
        self.with_hidden(quote, places).or(found)
    }

    /// The quote as it is written, as whole words.
    fn to_the_letter(&self, quote: &str, places: &[Span]) -> Option<Found> {
        let length = quote.len();
        if !quote.contains(char::is_alphanumeric) {
            return None;
        }
        let found = memmem::find_iter(self.text.as_bytes(), quote.as_bytes());
        let spans = found.map(|start| Span::new(start, start + length));
        let span = chosen(spans.filter(|span| self.is_whole(*span)), places)?;
        Some(Found { span, pieces: vec![span], verdict: Verdict::Exact, differences: Vec::new() })
    }

    /// The quote with the letters that are hidden: words of a footnote, or with
    /// its mark.
    fn with_hidden(&self, quote: &str, places: &[Span]) -> Option<Found> {
        let (asked, whole) = (Asked::plain(quote), self.whole.as_ref()?);
        let length = asked.letters.len();
        let all = memmem::find_iter(&whole.bytes, &asked.letters.bytes);
        let spans = all.map(|start| whole.span(start, start + length));
        let span = chosen(spans.filter(|span| self.is_whole(*span)), places)?;
        let start = whole.places.partition_point(|&place| (place as usize) < span.start);
        let run = Run { asked: 0, text: start, length };
        let judged = judge(&asked, whole, &[], &[run]);
        let span = self.with_ending(span, quote);
        let (verdict, differences) = (Verdict::Normalised, judged.differences);
        let same = differences.is_empty();
        same.then(|| Found { span, pieces: vec![span], verdict, differences })
    }

    fn found(&self, asked: &Asked<'_>, located: &Located, places: &[Span]) -> Found {
        let Judged { differences, mut pieces } =
            judge(asked, &self.letters, &self.hidden, &located.runs);
        let verdict = differences.iter().map(|difference| difference.kind.verdict()).max();
        let verdict = verdict.unwrap_or(Verdict::Normalised).max(Verdict::Normalised);
        for piece in &mut pieces {
            *piece = self.whole_words(*piece);
        }
        if let [only] = pieces.as_mut_slice() {
            *only = self.with_ending(*only, asked.quote);
        }
        let start = pieces.iter().map(|span| span.start).min().unwrap_or(0);
        let end = pieces.iter().map(|span| span.end).max().unwrap_or(start);
        let mut found = Found { span: Span::new(start, end), pieces, verdict, differences };
        let little = found.verdict > Verdict::Layout && asked.letter_words() < LEAST_WORDS;
        if little || !found.verdict.holds() && !is_there(&found, asked, located, places) {
            found.verdict = Verdict::Gone;
        }
        found
    }

    /// Whether no word goes on beyond its ends.
    fn is_whole(&self, span: Span) -> bool {
        let inside = &self.text[span.start..span.end];
        let before = self.text[..span.start].chars().next_back();
        let after = self.text[span.end..].chars().next();
        let goes_on = |a: Option<char>, b: Option<char>| {
            a.is_some_and(char::is_alphanumeric) && b.is_some_and(char::is_alphanumeric)
        };
        !goes_on(before, inside.chars().next()) && !goes_on(inside.chars().next_back(), after)
    }

    /// The span with the rest of the words it cuts.
    fn whole_words(&self, span: Span) -> Span {
        let letter = |c: &char| c.is_alphanumeric();
        let size =
            |letters: &mut dyn Iterator<Item = char>| letters.map(char::len_utf8).sum::<usize>();
        let mut before = self.text[..span.start].chars().rev().take_while(letter);
        let mut after = self.text[span.end..].chars().take_while(letter);
        let inside = &self.text[span.start..span.end];
        let goes_on = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let before = if goes_on(inside.chars().next()) { size(&mut before) } else { 0 };
        let after = if goes_on(inside.chars().next_back()) { size(&mut after) } else { 0 };
        Span::new(span.start - before, span.end + after)
    }

    /// The span with the marks before its first and after its last letter that
    /// the quote has too.
    fn with_ending(&self, span: Span, quote: &str) -> Span {
        let letter = |c: char| c.is_alphanumeric();
        let head = &quote[..quote.find(letter).unwrap_or(0)];
        let tail = &quote[quote.trim_end_matches(|c: char| !letter(c)).len()..];
        let head = if self.text[..span.start].ends_with(head) { head.len() } else { 0 };
        let tail = if self.text[span.end..].starts_with(tail) { tail.len() } else { 0 };
        Span::new(span.start - head, span.end + tail)
    }
}

/// Whether a span lies within a place.
fn inside(span: Span, place: Span) -> bool {
    place.start <= span.start && span.end <= place.end
}

/// The first span in one of `places`, or else the first.
fn chosen(spans: impl Iterator<Item = Span>, places: &[Span]) -> Option<Span> {
    let mut first = None;
    for span in spans {
        if places.is_empty() || places.iter().any(|place| inside(span, *place)) {
            return Some(span);
        }
        first = first.or(Some(span));
    }
    first
}

/// Whether a quote that differs is this text's all the same. A short one must
/// stand where it was looked for, or nearly stand in one place alone.
fn is_there(found: &Found, asked: &Asked<'_>, located: &Located, places: &[Span]) -> bool {
    if asked.words() >= SHORT {
        return located.score >= LEAST;
    }
    let preferred = places.iter().any(|at| at.start < found.span.end && found.span.start < at.end);
    if preferred && located.score >= LEAST {
        return true;
    }
    let words = |text: &str| text.split_whitespace().count();
    let other = found.differences.iter().filter(|one| !one.kind.verdict().holds());
    let other: usize = other.map(|one| words(&one.quote).max(words(&one.text))).sum();
    let unique = located.score - located.second >= AHEAD;
    unique && other <= MOST_WORDS && other * 3 <= asked.words()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, quote: &str) -> Option<(String, Verdict)> {
        let found = Haystack::new(text).find(quote)?;
        Some((found.span.cut(text)?.to_owned(), found.verdict))
    }

    #[track_caller]
    fn check(text: &str, quote: &str, expected: &str, verdict: Verdict) {
        assert_eq!(cut(text, quote), Some((expected.to_owned(), verdict)));
    }

    #[test]
    fn to_the_letter_with_its_marks_is_exact() {
        check("a. “States, we say.” b", "“States, we say.”", "“States, we say.”", Verdict::Exact);
        check("États et États.", "États", "États", Verdict::Exact);
    }

    #[test]
    fn typography_is_normalised() {
        let (text, quote) =
            ("the of\u{fb01}ce co-\noperates — “now”", "The office cooperates - \"now\"");
        check(text, quote, "the of\u{fb01}ce co-\noperates — “now", Verdict::Normalised);
    }

    #[test]
    fn a_part_of_a_word_is_not_a_word() {
        assert_eq!(cut("They are unable to act.", "able to act"), None);
        assert_eq!(cut("They are able to act.", "able to ac"), None);
        assert_eq!(cut("words", " … "), None);
    }

    #[test]
    fn a_place_decides_between_equals() {
        let text = "States shall act. States shall act.";
        let haystack = Haystack::new(text);
        let near = haystack.find_near("States shall act.", &[Span::new(18, 35)]).unwrap();
        assert_eq!(near.span, Span::new(18, 35));
        assert_eq!(haystack.find("States shall act.").unwrap().span, Span::new(0, 17));
    }
}
