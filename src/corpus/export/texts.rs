//! Texts with their passages marked, for tools that code texts: the documents
//! that were given, and for quotes without a place in one, a sheet of quotes.
//!
//! Positions count characters (Unicode code points), as those tools do; ours
//! count bytes.

use crate::corpus::export::records::{Record, file_name, records};
use crate::corpus::export::{Export, Passage};
use crate::model::{AgreementId, Document};
use std::collections::BTreeMap;

/// A text with what is marked in it.
pub(crate) struct Text<'a> {
    /// What to call it.
    pub(crate) name: String,
    /// The agreement it belongs to.
    pub(crate) agreement: Option<&'a AgreementId>,
    /// What its tags name as their source.
    pub(crate) source: &'a str,
    /// Whether it is a document, and not a sheet of quotes.
    pub(crate) document: bool,
    /// The words.
    pub(crate) body: String,
    /// What is marked, in order of place.
    pub(crate) marked: Vec<Marked<'a>>,
}

impl Text<'_> {
    /// Whether it holds what one record says.
    pub(crate) fn is_of(&self, record: &Record<'_>) -> bool {
        let own = |passage: &&Passage| {
            passage.tag.source == record.source && passage.tag.agreement == *record.agreement
        };
        let marked = self.marked.iter().flat_map(|marked| &marked.passages);
        let named = self.agreement == Some(record.agreement);
        marked.copied().any(|passage| own(&passage))
            || named && (self.document || self.source == record.source)
    }
}

/// A stretch of a text.
pub(crate) struct Marked<'a> {
    /// The first character, from 0.
    pub(crate) start: usize,
    /// One past the last character.
    pub(crate) end: usize,
    /// The tags that rest on it, each for its own element.
    pub(crate) passages: Vec<&'a Passage>,
}

/// The documents in order, then a sheet for each record that has quotes without
/// a place, or has no quotes at all.
pub(crate) fn texts<'a>(export: &'a Export<'_>) -> Vec<Text<'a>> {
    let mut texts: Vec<Text<'a>> = Vec::new();
    for (at, document) in export.documents.iter().enumerate() {
        texts.push(of_document(at, document, &export.passages));
    }
    for record in records(export) {
        let quoted = record.passages.iter().filter(|passage| !passage.tag.quote.is_empty());
        let (placed, loose): (Vec<&Passage>, Vec<&Passage>) =
            quoted.copied().partition(|passage| passage.at.is_some());
        if placed.is_empty() || !loose.is_empty() {
            let heading = format!("{}\n{}\n", record.name(), record.source);
            let name = format!("{} ({})", record.name(), record.source);
            let (body, marked) = sheet(heading, &loose);
            let (agreement, source) = (Some(record.agreement), record.source);
            texts.push(Text { name, agreement, source, document: false, body, marked });
        }
    }
    texts
}

fn of_document<'a>(at: usize, document: &'a Document, passages: &'a [Passage]) -> Text<'a> {
    let mut spans: BTreeMap<(usize, usize), Vec<&Passage>> = BTreeMap::new();
    for passage in passages {
        if let Some(place) = passage.at.filter(|place| place.document == at) {
            spans.entry((place.span.start, place.span.end)).or_default().push(passage);
        }
    }
    let count = |from: usize, to: usize| document.text[from..to].chars().count();
    let (mut bytes, mut characters) = (0, 0);
    let mut marked = Vec::new();
    for ((start, end), passages) in spans {
        characters += count(bytes, start);
        bytes = start;
        marked.push(Marked { start: characters, end: characters + count(start, end), passages });
    }
    Text {
        name: file_name(&document.source).to_owned(),
        agreement: document.agreement.as_ref(),
        source: &document.source,
        document: true,
        body: document.text.clone(),
        marked,
    }
}

/// Each quote once under its citation, however many elements rest on it.
fn sheet<'a>(heading: String, passages: &[&'a Passage]) -> (String, Vec<Marked<'a>>) {
    let mut body = heading;
    let mut length = body.chars().count();
    let mut marked: Vec<Marked<'a>> = Vec::new();
    for passage in passages {
        let tag = &passage.tag;
        let same = |marked: &&mut Marked<'_>| {
            let first = &marked.passages[0].tag;
            (&first.citation, &first.quote) == (&tag.citation, &tag.quote)
        };
        if let Some(known) = marked.iter_mut().find(same) {
            known.passages.push(passage);
            continue;
        }
        let citation = if tag.citation.is_empty() { "(no citation)" } else { &tag.citation };
        let (before, quote) = (format!("\n{citation}\n"), tag.quote.replace('\r', " "));
        let start = length + before.chars().count();
        let end = start + quote.chars().count();
        length = end + 1;
        body.extend([&before, &quote, "\n"]);
        marked.push(Marked { start, end, passages: vec![passage] });
    }
    (body, marked)
}
