//! Quotes with their citations, held against all the texts of an agreement.
//!
//! Whoever wrote a quote, it is looked for the same way. A quote counts as
//! found if any of the texts has it.

use crate::citation::Cited;
use crate::model::{CheckedQuote, CitedPlace, Document, Found, Quote, Verdict};
use crate::quotes::Haystack;
use crate::quotes::place::{cited_spans, compare};

/// The texts of one agreement, read once.
#[derive(Debug)]
pub struct Texts<'d> {
    texts: Vec<(&'d Document, Haystack<'d>)>,
}

impl<'d> Texts<'d> {
    /// Reads the texts.
    #[must_use]
    pub fn new(documents: impl IntoIterator<Item = &'d Document>) -> Self {
        let read = |document| (document, Haystack::of_document(document));
        Self { texts: documents.into_iter().map(read).collect() }
    }

    /// Holds a quote against the texts; the one it fits best counts, of equals
    /// the first.
    #[must_use]
    pub fn check(&self, quote: &Quote) -> CheckedQuote {
        let cited = Cited::parse(&quote.citation);
        let held = self.texts.iter().map(|(document, text)| held(quote, &cited, document, text));
        let best = held.min_by_key(|checked| (checked.verdict, checked.place));
        let mut checked = best.unwrap_or_else(|| unread(quote, "there is no text to look in"));
        let unreadable = matches!(cited, Cited::Verbatim(_)) && !quote.citation.trim().is_empty();
        if unreadable && checked.remark.is_none() {
            checked.remark = Some("the citation is none that normtag can read".to_owned());
        }
        checked
    }
}

/// A quote for which there was no text, and why.
#[must_use]
pub fn unread(quote: &Quote, reason: &str) -> CheckedQuote {
    let remark = Some(reason.to_owned());
    CheckedQuote { remark, ..base(quote, Verdict::Unread) }
}

fn base(quote: &Quote, verdict: Verdict) -> CheckedQuote {
    CheckedQuote {
        agreement: quote.agreement.clone(),
        element: quote.element.clone(),
        quote: quote.quote.clone(),
        citation: quote.citation.clone(),
        verdict,
        place: CitedPlace::Unstated,
        suggested_citation: None,
        differences: Vec::new(),
        text: None,
        source: None,
        span: None,
        recognised: false,
        remark: None,
    }
}

fn held(quote: &Quote, cited: &Cited, document: &Document, text: &Haystack<'_>) -> CheckedQuote {
    let places = cited_spans(document, cited);
    let Some(found) = text.nearest(&quote.quote, &places) else {
        return base(quote, Verdict::Gone);
    };
    let shown = shown(&found, text);
    if found.verdict == Verdict::Gone {
        let recognised = document.is_recognised(found.span);
        return CheckedQuote { text: shown, recognised, ..base(quote, Verdict::Gone) };
    }
    let (place, suggested_citation) = compare(document, cited, &found.pieces);
    CheckedQuote {
        place,
        suggested_citation,
        differences: found.differences,
        text: shown,
        source: Some(document.source.clone()),
        recognised: document.is_recognised(found.span),
        span: Some(found.span),
        ..base(quote, found.verdict)
    }
}

/// The pieces of the text, with a sign between them.
fn shown(found: &Found, text: &Haystack<'_>) -> Option<String> {
    let pieces: Vec<&str> =
        found.pieces.iter().filter_map(|piece| piece.cut(text.text())).collect();
    (!pieces.is_empty()).then(|| pieces.join(" […] "))
}
