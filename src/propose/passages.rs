//! Hits → the passages that support an element, best first.
//!
//! How strong a passage is, the weights of the rules say; what that is worth
//! as a probability is not asked here.

use crate::model::{
    Document, ElementCode, Hit, NearMiss, RuleId, Span, Status, Taxonomy, Thresholds,
};
use crate::propose::{Findings, normalised, thousandths};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How much a second passage adds to what the first leaves open.
const CORROBORATION: f64 = 0.25;

/// What was found of one element in a document.
pub(super) struct Found<'a> {
    /// The element.
    pub(super) element: &'a ElementCode,
    /// The passages that count, best first; none where it was not found.
    pub(super) passages: Vec<Passage<'a>>,
    /// Where its rules without a hit came nearest, nearest first.
    pub(super) misses: Vec<&'a NearMiss>,
}

impl<'a> Found<'a> {
    /// What the best passage says: the element's status in this text.
    pub(super) fn status(&self) -> Option<Status> {
        self.passages.first().map(|passage| passage.status)
    }

    /// What was found of every element, in the taxonomy's order.
    pub(super) fn all(
        document: &Document,
        taxonomy: &'a Taxonomy,
        findings: &Findings<'a>,
    ) -> Vec<Self> {
        let mut by_element: BTreeMap<&ElementCode, Vec<&'a Hit>> = BTreeMap::new();
        for hit in findings.hits {
            by_element.entry(&hit.element).or_default().push(hit);
        }
        let least = taxonomy.thresholds.present_in(document.text.chars().count());
        let codes = taxonomy.elements.iter().map(|element| &element.code);
        codes
            .map(|element| {
                let hits = by_element.remove(element).unwrap_or_default();
                let passages = passages(document, &hits, taxonomy.thresholds);
                let own = findings.misses.iter().filter(|miss| miss.element == *element);
                let mut misses: Vec<&NearMiss> = own.collect();
                misses.sort_by_key(|miss| Reverse(thousandths(miss.closeness)));
                Self { element, passages: weighed(passages, least), misses }
            })
            .collect()
    }
}

/// A passage with all that was found in it for one element.
pub(super) struct Passage<'a> {
    /// The paragraph, as an index into the document's paragraphs.
    pub(super) paragraph: usize,
    /// The words.
    pub(super) span: Span,
    /// What the passage alone supports.
    pub(super) status: Status,
    /// How strongly, by the weights of the rules.
    pub(super) strength: f64,
    /// The rules that found it, best first.
    pub(super) rules: Vec<&'a RuleId>,
}

impl Passage<'_> {
    /// Better passages sort first; equal ones in order of reading.
    fn rank(&self) -> (Reverse<Status>, Reverse<u64>, usize, usize) {
        (Reverse(self.status), Reverse(thousandths(self.strength)), self.span.start, self.span.end)
    }
}

/// The passages that count, best first: hits on the same words are one
/// passage, the weaker of two that overlap gives way, and words that recur
/// (in an annex, say) count once.
fn passages<'a>(document: &Document, hits: &[&'a Hit], thresholds: Thresholds) -> Vec<Passage<'a>> {
    let mut by_span: BTreeMap<Span, Vec<&'a Hit>> = BTreeMap::new();
    for hit in hits {
        by_span.entry(hit.span).or_default().push(hit);
    }
    let merged = by_span.into_iter().map(|(span, hits)| merge(span, hits, thresholds));
    let mut ranked: Vec<Passage<'a>> = merged.flatten().collect();
    ranked.sort_by_key(Passage::rank);
    let mut kept: Vec<Passage<'a>> = Vec::new();
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    let mut said = BTreeSet::new();
    for passage in ranked {
        let words = passage.span.cut(&document.text).map(normalised);
        if !overlaps(&taken, passage.span) && words.is_some_and(|words| said.insert(words)) {
            taken.insert(passage.span.start, passage.span.end);
            kept.push(passage);
        }
    }
    kept
}

/// The passages as they count in the whole text: where those that are present
/// do not together reach what a text of this length asks, they are indirect.
fn weighed(mut passages: Vec<Passage<'_>>, least: f64) -> Vec<Passage<'_>> {
    if combined(&passages).is_some_and(|strength| strength < least) {
        for passage in &mut passages {
            passage.status = Status::Indirect;
        }
    }
    passages
}

/// The strength of the best passage, raised by the next ones of its status.
pub(super) fn combined(passages: &[Passage<'_>]) -> Option<f64> {
    let best = passages.first()?;
    let others = passages.iter().skip(1).filter(|passage| passage.status == best.status).take(3);
    Some(others.fold(best.strength, |score, other| corroborated(score, other.strength)))
}

/// Whether `span` overlaps one of the spans already taken, which are disjoint.
fn overlaps(taken: &BTreeMap<usize, usize>, span: Span) -> bool {
    taken.range(..span.end).next_back().is_some_and(|(_, &end)| end > span.start)
}

/// The hits on one span as one passage, where they are enough for a proposal.
fn merge(span: Span, mut hits: Vec<&Hit>, thresholds: Thresholds) -> Option<Passage<'_>> {
    hits.sort_by(|a, b| {
        let key = |hit: &Hit| (Reverse(hit.status), Reverse(thousandths(hit.score)));
        key(a).cmp(&key(b)).then_with(|| a.rule.cmp(&b.rule))
    });
    let least = |status| match status {
        Status::Present => thresholds.present,
        Status::Indirect => thresholds.indirect,
    };
    let best = hits.iter().find(|hit| hit.score >= least(hit.status));
    // A strong sign that falls short of `present` still is one of `indirect`.
    let weak = || hits.iter().find(|hit| hit.score >= thresholds.indirect);
    let (status, best) = match best {
        Some(best) => (best.status, best),
        None => (Status::Indirect, weak()?),
    };
    let (paragraph, first) = (best.paragraph, best.score);
    let support = hits.iter().filter(|hit| hit.status >= status && hit.rule != best.rule);
    let score = support.fold(first, |score, hit| corroborated(score, hit.score));
    let rules = hits.iter().map(|hit| &hit.rule).collect();
    Some(Passage { paragraph, span, status, strength: score, rules })
}

/// A score, and a part of what it leaves open where another sign agrees.
fn corroborated(score: f64, other: f64) -> f64 {
    1.0 - (1.0 - score) * (1.0 - CORROBORATION * other)
}
