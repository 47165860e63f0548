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

mod letters;

pub use crate::model::{Found, Verdict};

use crate::model::Span;
use crate::quotes::letters::Letters;
use memchr::memmem;

/// A text that is read once, to look for many quotes.
#[derive(Debug)]
pub struct Haystack<'t> {
    text: &'t str,
    letters: Letters,
}

impl<'t> Haystack<'t> {
    /// Reads `text`.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        Self { text, letters: Letters::of(text) }
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

    /// As [`find`](Self::find), but of several places the one that lies in the
    /// first of `places` that has one.
    #[must_use]
    pub fn find_near(&self, quote: &str, places: &[Span]) -> Option<Found> {
        let asked = Letters::of(quote);
        if asked.len() == 0 {
            return None;
        }
        let every = self.all(&asked);
        let inside =
            |span: &&Span| places.iter().any(|at| at.start <= span.start && span.end <= at.end);
        let span = every.iter().find(inside).or_else(|| every.first())?;
        let span = self.with_ending(*span, quote);
        let exact = span.cut(self.text) == Some(quote.trim());
        let verdict = if exact { Verdict::Exact } else { Verdict::Normalised };
        Some(Found { span, pieces: vec![span], verdict })
    }

    /// Every place that has these letters as whole words.
    fn all(&self, asked: &Letters) -> Vec<Span> {
        memmem::find_iter(&self.letters.bytes, &asked.bytes)
            .map(|start| self.letters.span(self.text, start, start + asked.len()))
            .filter(|span| self.is_whole(*span))
            .collect()
    }

    /// Whether no word goes on beyond its ends.
    fn is_whole(&self, span: Span) -> bool {
        let before = self.text[..span.start].chars().next_back();
        let after = self.text[span.end..].chars().next();
        ![before, after].into_iter().flatten().any(char::is_alphanumeric)
    }

    /// The span with the marks before its first and after its last letter that
    /// the quote has too.
    fn with_ending(&self, span: Span, quote: &str) -> Span {
        let quote = quote.trim();
        let letter = |c: char| c.is_alphanumeric();
        let head = &quote[..quote.find(letter).unwrap_or(0)];
        let tail = quote.trim_end_matches(|c: char| !letter(c)).len();
        let tail = &quote[tail..];
        let head = if self.text[..span.start].ends_with(head) { head.len() } else { 0 };
        let tail = if self.text[span.end..].starts_with(tail) { tail.len() } else { 0 };
        Span::new(span.start - head, span.end + tail)
    }
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
