//! Where the quotes of decisions stand in the texts as they are now.
//!
//! A quote is looked up once and remembered: how claims stand is asked for
//! every element and after every decision.

use crate::model::{DecidedQuote, Document, Span, Verdict};
use crate::quotes::{Anchor, Haystack, cited_places};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where a quote stands now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Anchored {
    /// The place of its document in the unit.
    pub(crate) document: usize,
    /// Its bytes there.
    pub(crate) span: Span,
    /// How the text differs from it.
    pub(crate) verdict: Verdict,
}

/// A quote as the ledger has it: its source, its start and its words.
type Key = (String, usize, String);
type Known = BTreeMap<Key, Option<Anchored>>;

/// What was looked up, in the documents of one unit.
#[derive(Debug, Clone, Default)]
pub(crate) struct Anchors(Arc<Mutex<Known>>);

impl Anchors {
    /// Where `quote` stands in the documents.
    pub(crate) fn of(&self, documents: &[Document], quote: &DecidedQuote) -> Option<Anchored> {
        self.fill(documents, [quote]);
        self.known().get(&key(quote)).copied().flatten()
    }

    /// Looks up all quotes that are not known.
    pub(crate) fn fill<'q>(
        &self,
        documents: &[Document],
        quotes: impl IntoIterator<Item = &'q DecidedQuote>,
    ) {
        let mut known = self.known();
        let texts: Vec<Text<'_>> =
            documents.iter().map(|document| Text { document, haystack: OnceCell::new() }).collect();
        for quote in quotes {
            known.entry(key(quote)).or_insert_with(|| look_up(&texts, quote));
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(quote: &DecidedQuote) -> Key {
    (quote.source.clone(), quote.span.start, quote.quote.clone())
}

/// A document, and its text once it is read for quotes.
struct Text<'d> {
    document: &'d Document,
    haystack: OnceCell<Haystack<'d>>,
}

impl Text<'_> {
    fn anchor(&self, quote: &DecidedQuote, span: Option<Span>) -> Option<(Span, Verdict)> {
        let same = |span: &Span| span.cut(&self.document.text) == Some(quote.quote.as_str());
        if let Some(span) = span.filter(same) {
            return Some((span, Verdict::Exact));
        }
        let places = cited_places(self.document, &quote.citation);
        let haystack = self.haystack.get_or_init(|| Haystack::of_document(self.document));
        let old = Anchor { quote: &quote.quote, span, places: &places };
        haystack.reanchor(&old).map(|found| (found.span, found.verdict))
    }
}

/// The quote in its own document, or else in the one that has it best.
fn look_up(texts: &[Text<'_>], quote: &DecidedQuote) -> Option<Anchored> {
    let own = texts.iter().position(|text| text.document.source == quote.source);
    let anchored = |at: usize| {
        // A file that was moved may still have its words where they were.
        let span = Some(quote.span).filter(|_| own.is_none_or(|own| own == at));
        let (span, verdict) = texts[at].anchor(quote, span)?;
        Some(Anchored { document: at, span, verdict })
    };
    let holds = |one: &Anchored| one.verdict <= Verdict::Normalised;
    let first = own.and_then(anchored);
    if first.as_ref().is_some_and(holds) {
        return first;
    }
    let others = (0..texts.len()).filter(|at| Some(*at) != own).filter_map(anchored);
    first.into_iter().chain(others).min_by_key(|one| one.verdict)
}
