//! A document looked at without a rule in mind: where a concept occurs, and
//! which paragraphs no rule touches.

use crate::model::{Document, ParagraphKind, Span};
use crate::rules::{ConceptId, Lexicon, Reading, Rule, RuleSet};
use crate::scan::{readings, scan, words};
use std::collections::BTreeSet;

/// A place where a concept occurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Occurs {
    /// The paragraph, as an index into the document's paragraphs.
    pub paragraph: usize,
    /// The words that show it.
    pub span: Span,
}

/// A paragraph in which no rule holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untouched {
    /// The paragraph, as an index into the document's paragraphs.
    pub paragraph: usize,
    /// The concepts in it that rules ask for.
    pub concepts: Vec<String>,
    /// The words that show no concept, in order of reading.
    pub unknown: Vec<Span>,
}

/// Words that a paragraph has at least to say something of its own.
const SAYS: usize = 5;

/// Where `concept` occurs in `document`, in order of reading.
#[must_use]
pub fn occurrences(document: &Document, rules: &RuleSet, concept: ConceptId) -> Vec<Occurs> {
    places(document, &readings(document, rules), concept)
}

/// Where `concept` of `lexicon`, which reads the whole of it, occurs in
/// `document`, in order of reading.
#[must_use]
pub fn concordance(document: &Document, lexicon: &Lexicon, concept: ConceptId) -> Vec<Occurs> {
    let mut stemmer = lexicon.stemmer();
    let all = document.paragraphs.iter();
    let read = all.map(|paragraph| lexicon.read(words(document, paragraph), &mut stemmer));
    places(document, &read.collect::<Vec<_>>(), concept)
}

fn places(document: &Document, readings: &[Reading], concept: ConceptId) -> Vec<Occurs> {
    let mut found = Vec::new();
    for (index, (paragraph, reading)) in document.paragraphs.iter().zip(readings).enumerate() {
        let own = reading.occurrences.iter().filter(|one| one.concept == concept);
        found.extend(own.map(|one| {
            let (first, last) = (reading.tokens[one.first], reading.tokens[one.last]);
            let span = Span::new(first.span.start, last.span.end);
            Occurs { paragraph: index, span: span.shifted(paragraph.span.start) }
        }));
    }
    found
}

/// The paragraphs of `document` in which no rule holds, those with the fewest
/// concepts first, then in order of reading. Headings, tables of contents and
/// what is too short to say anything are left out.
#[must_use]
pub fn untouched(document: &Document, rules: &RuleSet) -> Vec<Untouched> {
    let asked: BTreeSet<ConceptId> = rules.rules.iter().flat_map(Rule::asked).collect();
    let touched: BTreeSet<usize> =
        scan(document, rules).hits.iter().map(|hit| hit.paragraph).collect();
    let readings = readings(document, rules);
    let mut all = Vec::new();
    for (index, (paragraph, reading)) in document.paragraphs.iter().zip(&readings).enumerate() {
        let out = [ParagraphKind::Heading, ParagraphKind::Contents].contains(&paragraph.kind);
        if out || touched.contains(&index) {
            continue;
        }
        if reading.tokens.len() >= SAYS {
            all.push(told(index, paragraph.span.start, reading, &asked, rules));
        }
    }
    all.sort_by_key(|one| (one.concepts.len(), one.paragraph));
    all
}

fn told(
    paragraph: usize,
    start: usize,
    reading: &Reading,
    asked: &BTreeSet<ConceptId>,
    rules: &RuleSet,
) -> Untouched {
    let concepts: BTreeSet<&str> = reading
        .occurrences
        .iter()
        .filter(|one| asked.contains(&one.concept))
        .map(|one| rules.concept(one.concept))
        .collect();
    let known = |at: usize| reading.occurrences.iter().any(|o| (o.first..=o.last).contains(&at));
    let unknown = reading.tokens.iter().enumerate().filter(|&(at, _)| !known(at));
    Untouched {
        paragraph,
        concepts: concepts.into_iter().map(str::to_owned).collect(),
        unknown: unknown.map(|(_, token)| token.span.shifted(start)).collect(),
    }
}
