//! Hits → proposals: present or indirect, a score, and the passages that
//! support it, best first.
//!
//! A quote is cut from the document, never typed: `quote == text[span]`. The
//! same hits give the same proposals in the same order. Whether a proposal is
//! right is for a person to say.

mod together;

pub use together::together;

use crate::model::{
    Absence, Document, DocumentProposals, Element, ElementCode, Evidence, Hit, NearMiss, Nearest,
    Outcome, Proposal, RuleId, Span, Status, Taxonomy, Thresholds, Unread,
};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How many near misses are kept for an element that was not found.
const NEAREST: usize = 2;

/// How much a second passage adds to what the first leaves open.
const CORROBORATION: f64 = 0.25;

/// What was found in one document, as the scan gives it.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// The hits.
    pub hits: &'a [Hit],
    /// The near misses of rules without a hit.
    pub misses: &'a [NearMiss],
    /// The elements no rule looks for: they are not assessed.
    pub unasked: &'a BTreeSet<ElementCode>,
    /// What keeps an element that was not found from being called absent,
    /// besides what the document says of itself.
    pub unknown: &'a [String],
}

/// Proposes the elements of `taxonomy` that `findings` support in `document`,
/// with at most `evidence` passages each.
#[must_use]
pub fn propose(
    document: &Document,
    taxonomy: &Taxonomy,
    findings: &Findings<'_>,
    evidence: usize,
) -> DocumentProposals {
    let mut by_element: BTreeMap<&ElementCode, Vec<&Hit>> = BTreeMap::new();
    for hit in findings.hits {
        by_element.entry(&hit.element).or_default().push(hit);
    }
    let mut unread_parts = document.unread_parts.clone();
    unread_parts.extend(findings.unknown.iter().cloned());
    let outcome = if unread_parts.is_empty() { Outcome::Read } else { Outcome::Partial };
    let characters = document.text.chars().count();
    let mut proposals = Vec::new();
    let mut not_found = Vec::new();
    for element in &taxonomy.elements {
        let hits = by_element.remove(&element.code).unwrap_or_default();
        let passages = passages(document, &hits, taxonomy.thresholds);
        let passages = weighed(passages, taxonomy.thresholds.present_in(characters));
        match proposal(element, passages, document, evidence) {
            Some(proposal) => proposals.push(proposal),
            None => not_found.push(absence(element, findings.misses, document)),
        }
    }
    let (absent, not_assessed) = not_found.into_iter().partition(|absence: &Absence| {
        outcome == Outcome::Read && !findings.unasked.contains(&absence.element)
    });
    DocumentProposals {
        source: document.source.clone(),
        final_url: None,
        agreement: document.agreement.clone(),
        translation: false,
        digest: Some(document.digest.clone()),
        media_type: document.media_type,
        outcome,
        reason: None,
        unread_parts,
        language: document.language.clone(),
        pages: document.pages,
        paragraphs: document.paragraphs.len(),
        characters,
        proposals,
        absent,
        not_assessed,
    }
}

/// The sheet of a source that was not read: every element is not assessed.
#[must_use]
pub fn propose_nothing(unread: &Unread, taxonomy: &Taxonomy) -> DocumentProposals {
    let not_assessed = taxonomy
        .elements
        .iter()
        .map(|element| Absence { element: element.code.clone(), nearest: Vec::new() });
    DocumentProposals {
        source: unread.source.clone(),
        final_url: None,
        agreement: None,
        translation: false,
        digest: unread.digest.clone(),
        media_type: unread.media_type,
        outcome: Outcome::Unread,
        reason: Some(unread.reason.clone()),
        unread_parts: Vec::new(),
        language: None,
        pages: None,
        paragraphs: 0,
        characters: 0,
        proposals: Vec::new(),
        absent: Vec::new(),
        not_assessed: not_assessed.collect(),
    }
}

/// A passage with all that was found in it for one element.
struct Passage<'a> {
    paragraph: usize,
    span: Span,
    status: Status,
    score: f64,
    rules: Vec<&'a RuleId>,
}

impl Passage<'_> {
    /// Better passages sort first; equal ones in order of reading.
    fn rank(&self) -> (Reverse<Status>, Reverse<u64>, usize, usize) {
        (Reverse(self.status), Reverse(thousandths(self.score)), self.span.start, self.span.end)
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
    if combined(&passages).is_some_and(|score| score < least) {
        for passage in &mut passages {
            passage.status = Status::Indirect;
        }
    }
    passages
}

/// The score of the best passage, raised by the next ones of its status.
fn combined(passages: &[Passage<'_>]) -> Option<f64> {
    let best = passages.first()?;
    let others = passages.iter().skip(1).filter(|passage| passage.status == best.status).take(3);
    Some(others.fold(best.score, |score, other| corroborated(score, other.score)))
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
    Some(Passage { paragraph, span, status, score, rules: hits.iter().map(|h| &h.rule).collect() })
}

/// A score, and a part of what it leaves open where another sign agrees.
fn corroborated(score: f64, other: f64) -> f64 {
    1.0 - (1.0 - score) * (1.0 - CORROBORATION * other)
}

fn proposal(
    element: &Element,
    passages: Vec<Passage<'_>>,
    document: &Document,
    evidence: usize,
) -> Option<Proposal> {
    let status = passages.first()?.status;
    let score = combined(&passages)?;
    let count = passages.len();
    let shown = passages.into_iter().take(evidence.max(1));
    Some(Proposal {
        element: element.code.clone(),
        status,
        score: hundredths(score),
        evidence: shown.map(|passage| cut(&passage, document)).collect(),
        passages: count,
    })
}

fn cut(passage: &Passage<'_>, document: &Document) -> Evidence {
    let paragraph = &document.paragraphs[passage.paragraph];
    let words = passage.span.cut(&document.text).expect("a hit's span lies within its document");
    Evidence {
        quote: words.to_owned(),
        status: passage.status,
        score: hundredths(passage.score),
        citation: paragraph.locator.citation(paragraph.place),
        locator: paragraph.locator.clone(),
        span: passage.span,
        source: None,
        rules: passage.rules.iter().map(|&rule| rule.clone()).collect(),
    }
}

fn absence(element: &Element, misses: &[NearMiss], document: &Document) -> Absence {
    let mut own: Vec<&NearMiss> =
        misses.iter().filter(|miss| miss.element == element.code).collect();
    own.sort_by_key(|miss| Reverse(thousandths(miss.closeness)));
    let nearest = own.into_iter().take(NEAREST).map(|miss| {
        let paragraph = &document.paragraphs[miss.paragraph];
        Nearest {
            rule: miss.rule.clone(),
            failed: miss.failed.condition.clone(),
            concepts: miss.failed.concepts.clone(),
            citation: paragraph.locator.citation(paragraph.place),
        }
    });
    Absence { element: element.code.clone(), nearest: nearest.collect() }
}

/// Letters and digits only, in lower case.
fn normalised(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A score as a number that can be ordered; finer than what is shown.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "scores lie between 0 and 1"
)]
fn thousandths(score: f64) -> u64 {
    (score * 1000.0).round() as u64
}

/// A score as it is shown: never 1, for no machine is certain.
fn hundredths(score: f64) -> f64 {
    (score.min(0.99) * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Digest, Failed, Force, Locator, MediaType, Paragraph, ParagraphKind, Place, Subject,
        TaxonomyId,
    };

    const TEXT: &str = "Each Party shall notify. Each Party may ask.\n\nEach party shall notify!";

    fn document() -> Document {
        let paragraph = |start, end, index| Paragraph {
            span: Span::new(start, end),
            kind: ParagraphKind::Text,
            place: Place::Operative,
            locator: Locator { index, ..Locator::default() },
            stem: None,
            language: None,
        };
        Document {
            source: "made-up.txt".to_owned(),
            agreement: None,
            digest: Digest::of(TEXT.as_bytes()),
            media_type: MediaType::PlainText,
            language: Some("en".to_owned()),
            pages: None,
            text: TEXT.to_owned(),
            paragraphs: vec![paragraph(0, 44, 1), paragraph(46, 70, 2)],
            unread_parts: Vec::new(),
        }
    }

    fn taxonomy() -> Taxonomy {
        let element = |code: &str| Element {
            code: ElementCode::new(code),
            name: code.to_owned(),
            category: None,
            definition: String::new(),
        };
        Taxonomy {
            id: TaxonomyId::new("t"),
            name: String::new(),
            source: String::new(),
            categories: Vec::new(),
            elements: vec![element("a"), element("b")],
            labels: BTreeMap::new(),
            thresholds: Thresholds { present: 0.5, indirect: 0.25, tenfold: 0.1, pages: 1.0 },
            force: Force::default(),
            subject: Subject::default(),
            places: BTreeMap::new(),
        }
    }

    /// Proposes from hits given as `(rule, words, status, score)`, and writes
    /// each proposal as `element status score: words [rules]; …`.
    #[track_caller]
    fn check(hits: &[(&str, &str, Status, f64)], expected: &[&str]) {
        let hits: Vec<Hit> = hits.iter().map(|&hit| made(hit)).collect();
        let none = BTreeSet::new();
        let findings = Findings { hits: &hits, misses: &[], unasked: &none, unknown: &[] };
        let sheet = propose(&document(), &taxonomy(), &findings, 3);
        let shown: Vec<String> = sheet.proposals.iter().map(show).collect();
        assert_eq!(shown, expected);
    }

    fn made((rule, words, status, score): (&str, &str, Status, f64)) -> Hit {
        let start = TEXT.find(words).expect("the words are in the text");
        Hit {
            rule: RuleId::new(rule),
            element: ElementCode::new(&rule[..1]),
            paragraph: usize::from(start >= 46),
            span: Span::new(start, start + words.len()),
            status,
            score,
            met: Vec::new(),
        }
    }

    fn show(proposal: &Proposal) -> String {
        let evidence: Vec<String> = proposal
            .evidence
            .iter()
            .map(|e| {
                let rules: Vec<&str> = e.rules.iter().map(RuleId::as_str).collect();
                format!("{} [{}]", e.quote, rules.join(" "))
            })
            .collect();
        let status = proposal.status.as_str();
        format!("{} {status} {}: {}", proposal.element, proposal.score, evidence.join("; "))
    }

    #[test]
    fn no_hits_give_no_proposals() {
        check(&[], &[]);
    }

    #[test]
    fn a_present_passage_comes_before_a_stronger_indirect_one() {
        check(
            &[
                ("a/x", "Each Party shall notify.", Status::Indirect, 0.9),
                ("a/y", "Each Party may ask.", Status::Present, 0.6),
            ],
            &["a present 0.6: Each Party may ask. [a/y]; Each Party shall notify. [a/x]"],
        );
    }

    #[test]
    fn rules_that_agree_on_a_passage_raise_its_score() {
        check(
            &[
                ("a/x", "Each Party may ask.", Status::Present, 0.6),
                ("a/y", "Each Party may ask.", Status::Present, 0.6),
            ],
            &["a present 0.66: Each Party may ask. [a/x a/y]"],
        );
    }

    #[test]
    fn what_falls_short_of_present_is_indirect_and_what_falls_short_of_that_is_nothing() {
        check(
            &[("a/x", "Each Party may ask.", Status::Present, 0.4)],
            &["a indirect 0.4: Each Party may ask. [a/x]"],
        );
        check(&[("a/x", "Each Party may ask.", Status::Present, 0.2)], &[]);
    }

    #[test]
    fn words_that_recur_count_once_and_overlaps_give_way() {
        check(
            &[
                ("b/x", "Each Party shall notify.", Status::Present, 0.9),
                ("b/x", "Each party shall notify!", Status::Present, 0.9),
                ("b/y", "Each Party shall notify. Each Party may ask.", Status::Present, 0.6),
            ],
            &["b present 0.9: Each Party shall notify. [b/x]"],
        );
    }

    #[test]
    fn absence_is_claimed_only_for_what_was_read_whole() {
        let miss = NearMiss {
            rule: RuleId::new("b/x"),
            element: ElementCode::new("b"),
            paragraph: 1,
            span: Span::new(46, 50),
            closeness: 0.5,
            failed: Failed { condition: "near".to_owned(), concepts: Vec::new() },
        };
        let misses = [miss];
        let none = BTreeSet::new();
        let findings = Findings { hits: &[], misses: &misses, unasked: &none, unknown: &[] };
        let whole = propose(&document(), &taxonomy(), &findings, 3);
        assert_eq!((whole.absent.len(), whole.not_assessed.len()), (2, 0));
        assert_eq!(whole.absent[1].nearest[0].citation, "¶2");
        let part = Document { unread_parts: vec!["page 2: scanned".to_owned()], ..document() };
        let part = propose(&part, &taxonomy(), &findings, 3);
        assert_eq!((part.absent.len(), part.not_assessed.len()), (0, 2));
        assert_eq!(part.outcome, Outcome::Partial);
        let unasked = BTreeSet::from([ElementCode::new("a")]);
        let findings = Findings { unasked: &unasked, ..findings };
        let asked = propose(&document(), &taxonomy(), &findings, 3);
        assert_eq!((asked.absent.len(), asked.not_assessed.len()), (1, 1));
    }
}
