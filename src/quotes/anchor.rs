//! A quote that stood in an earlier text, found again in a newer one; and
//! whether two quotes say the same in other typography.

use crate::citation::Cited;
use crate::model::{Document, Found, Span, Verdict};
use crate::quotes::letters::Letters;
use crate::quotes::place::cited_spans;
use crate::quotes::{Haystack, inside};
use memchr::memmem;

/// The narrowest surroundings, in bytes, in which a quote is first looked for.
const NEAR: usize = 256;

/// A quote as it stood in an earlier text.
#[derive(Debug, Clone, Copy, Default)]
pub struct Anchor<'q> {
    /// The words.
    pub quote: &'q str,
    /// Their bytes in the earlier text, where that is known.
    pub span: Option<Span>,
    /// Where its citation says it stands in the newer text; may be empty.
    pub places: &'q [Span],
}

impl Haystack<'_> {
    /// Where the quote stands now, and how it differs; none where it does not
    /// stand in this text.
    ///
    /// Of places that have it equally well it is, in this order, the one at the
    /// same bytes, one in a cited place, and the one nearest to where it was.
    ///
    /// ```
    /// use normtag::model::Span;
    /// use normtag::quotes::{Anchor, Haystack, Verdict};
    ///
    /// let text = "1. Scope. Parties shall act. 2. Duties.  Parties SHALL act. 3. End.";
    /// let old = Anchor { quote: "Duties. Parties shall act.", span: Some(Span::new(31, 57)), places: &[] };
    /// let now = Haystack::new(text).reanchor(&old).expect("it is still there");
    /// assert_eq!(now.verdict, Verdict::Normalised);
    /// assert_eq!(now.span.cut(text), Some("Duties.  Parties SHALL act."));
    /// ```
    #[must_use]
    pub fn reanchor(&self, old: &Anchor<'_>) -> Option<Found> {
        let quote = old.quote.trim();
        if let Some(span) = old.span.filter(|span| span.cut(self.text()) == Some(quote)) {
            return Some(exact(span));
        }
        if let Some(span) = self.nearest_exact(quote, old) {
            return Some(exact(span));
        }
        let found = self.find_near(quote, old.places)?;
        let Some(span) = old.span.filter(|_| old.places.is_empty() && found.verdict.holds()) else {
            return Some(found);
        };
        // As good a place may lie nearer.
        let mut around = NEAR.max(quote.len());
        while around < self.text().len() {
            let window = Span::new(span.start.saturating_sub(around), span.end + around);
            let near = self.find_near(quote, &[window]);
            let as_good = |near: &Found| near.verdict <= found.verdict && inside(near.span, window);
            if let Some(near) = near.filter(as_good) {
                return Some(near);
            }
            around = around.saturating_mul(4);
        }
        Some(found)
    }

    /// The best of the places where the quote stands to the letter.
    fn nearest_exact(&self, quote: &str, old: &Anchor<'_>) -> Option<Span> {
        if !quote.contains(char::is_alphanumeric) {
            return None;
        }
        let was = old.span.map_or(0, |span| span.start);
        let found = memmem::find_iter(self.text().as_bytes(), quote.as_bytes());
        let spans = found.map(|start| Span::new(start, start + quote.len()));
        let cited = |span: Span| old.places.iter().any(|place| inside(span, *place));
        spans
            .filter(|span| self.is_whole(*span))
            .min_by_key(|span| (!cited(*span), span.start.abs_diff(was)))
    }
}

fn exact(span: Span) -> Found {
    Found { span, pieces: vec![span], verdict: Verdict::Exact, differences: Vec::new() }
}

/// The places that a citation, as it is written, names in a document; none
/// where it cannot be read or names none.
#[must_use]
pub fn cited_places(document: &Document, citation: &str) -> Vec<Span> {
    cited_spans(document, &Cited::parse(citation))
}

/// Whether two quotes have the same words, one after another: quotation marks,
/// dashes, ligatures, case, white space and punctuation apart, but not signs
/// that bear meaning.
///
/// ```
/// use normtag::quotes::same_words;
///
/// assert!(same_words("Parties “shall” co-operate", "PARTIES 'shall' cooperate"));
/// assert!(!same_words("Parties shall act", "Parties should act"));
/// assert!(!same_words("within 1.5 days", "within 15 days"));
/// ```
#[must_use]
pub fn same_words(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    if Letters::of(one).bytes != Letters::of(other).bytes {
        return false;
    }
    let found = Haystack::new(one).find(other);
    found.is_some_and(|found| found.verdict <= Verdict::Normalised)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "1. States shall act.\n2. They report.\n3. States shall act.\n";

    #[track_caller]
    fn check(text: &str, old: &Anchor<'_>, start: usize, verdict: Verdict) {
        let found = Haystack::new(text).reanchor(old).unwrap();
        assert_eq!((found.span.start, found.verdict), (start, verdict));
    }

    #[test]
    fn of_equal_places_the_same_the_cited_and_the_nearest_come_first() {
        let quote = "States shall act.";
        let at = |start: usize| Some(Span::new(start, start + quote.len()));
        check(TEXT, &Anchor { quote, span: at(40), places: &[] }, 40, Verdict::Exact);
        check(TEXT, &Anchor { quote, span: at(34), places: &[] }, 40, Verdict::Exact);
        check(TEXT, &Anchor { quote, span: at(7), places: &[] }, 3, Verdict::Exact);
        let third = [Span::new(37, 57)];
        check(TEXT, &Anchor { quote, span: at(7), places: &third }, 40, Verdict::Exact);
        check(TEXT, &Anchor { quote, ..Anchor::default() }, 3, Verdict::Exact);
    }

    #[test]
    fn other_typography_is_found_nearest_to_where_it_was() {
        let clause = "Each State shall name a point of contact that answers at any hour.";
        let text = format!(
            "{}{}{}",
            clause.to_uppercase(),
            "\nNothing.".repeat(200),
            clause.to_uppercase()
        );
        let last = text.len() - clause.len();
        let old =
            Anchor { quote: clause, span: Some(Span::new(last + 9, text.len() + 9)), places: &[] };
        check(&text, &old, last, Verdict::Normalised);
        check(&text, &Anchor { span: Some(Span::new(5, 70)), ..old }, 0, Verdict::Normalised);
    }

    #[test]
    fn a_changed_word_is_altered_and_a_lost_quote_is_none() {
        let quote = "Each State shall name a point of contact that answers at any hour.";
        let text = quote.replace("shall", "may");
        check(
            &text,
            &Anchor { quote, span: Some(Span::new(0, 66)), places: &[] },
            0,
            Verdict::Altered,
        );
        assert!(
            Haystack::new("Nothing.").reanchor(&Anchor { quote, ..Anchor::default() }).is_none()
        );
        assert!(
            Haystack::new("- …").reanchor(&Anchor { quote: "…", ..Anchor::default() }).is_none()
        );
    }
}
