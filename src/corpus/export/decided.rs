//! Decisions of a ledger → passages, in the rows of the tidy table.

use crate::corpus::export::{At, Passage};
use crate::model::{
    Decided, DecidedQuote, Decision, Document, ElementCode, ReviewerNames, Tag, Taxonomy,
};

/// What a ledger holds on the claims of one taxonomy.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DecidedPassages {
    /// A passage for each quote of every decision that holds, and one for each
    /// that rests on none.
    pub passages: Vec<Passage>,
    /// How many claims were left for later, and are left out.
    pub deferred: usize,
    /// On how many claims reviewers decided on different values; the last of
    /// their decisions is taken.
    pub differing: usize,
}

/// The decisions that hold, by agreement, in the order of the taxonomy.
///
/// What is told of reviewers stands in the note and in [`Passage::by`]. A quote
/// keeps its place where `documents` has its words there. Whether the evidence
/// still stands cannot be told here: that takes the texts and the rules.
#[must_use]
pub fn decided_passages(
    ledger: &[Decision],
    taxonomy: &Taxonomy,
    documents: &[Document],
    names: ReviewerNames,
) -> DecidedPassages {
    let told = names.tell(ledger);
    let mut found = DecidedPassages::default();
    for ((id, ..), decided) in Decided::all(ledger) {
        let Some((number, decision)) = decided.holding().filter(|_| *id == taxonomy.id) else {
            continue;
        };
        found.differing += usize::from(decided.differs());
        found.deferred += usize::from(decision.status.is_none());
        found.passages.extend(passages(&told[number], documents));
    }
    let place = |code: &ElementCode| {
        let found = taxonomy.elements.iter().position(|element| &element.code == code);
        found.unwrap_or(taxonomy.elements.len())
    };
    found.passages.sort_by_cached_key(|one| (one.tag.agreement.clone(), place(&one.tag.element)));
    found
}

fn passages(decision: &Decision, documents: &[Document]) -> Vec<Passage> {
    let by = Some(decision.by.clone()).filter(|by| !by.is_empty());
    let places = decision.quotes.iter().map(|quote| place(decision, quote, documents));
    let places = places.chain(std::iter::repeat(None));
    let passage = |(mut tag, at): (Tag, _)| {
        if let Some(by) = &by {
            let rest = if tag.note.is_empty() { "" } else { "; " };
            tag.note = format!("decided by {by}{rest}{}", tag.note);
        }
        Passage { tag, at, score: None, by: by.clone() }
    };
    decision.tags().into_iter().zip(places).map(passage).collect()
}

/// Where a quote stands, if a document of the agreement has its words there.
fn place(decision: &Decision, quote: &DecidedQuote, documents: &[Document]) -> Option<At> {
    let has = |document: &Document| {
        document.agreement.as_ref() == Some(&decision.agreement)
            && quote.span.cut(&document.text) == Some(&*quote.quote)
    };
    let all = || documents.iter().enumerate().filter(|(_, document)| has(document));
    let own = all().find(|(_, document)| document.source == quote.source);
    own.or_else(|| all().next()).map(|(document, _)| At { document, span: quote.span })
}
