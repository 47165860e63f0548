//! Hits → proposals: present or indirect, a score, and the passages that
//! support it, best first.
//!
//! A quote is cut from the document, never typed: `quote == text[span]`. The
//! same hits give the same proposals in the same order. Whether a proposal is
//! right is for a person to say.

mod observe;
mod passages;
mod score;
mod together;

pub use observe::{Observed, ObservedPassage, observe};
pub use together::together;

use crate::model::{
    Absence, Document, DocumentProposals, ElementCode, Evidence, Hit, NearMiss, Nearest, Outcome,
    Proposal, Taxonomy, Unread,
};
use crate::propose::passages::{Found, Passage};
use crate::propose::score::{Scored, ScoredPassages, scored};
use std::collections::BTreeSet;

/// How many near misses are kept for an element that was not found.
const NEAREST: usize = 2;

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
    let mut unread_parts = document.unread_parts.clone();
    unread_parts.extend(findings.unknown.iter().cloned());
    let outcome = if unread_parts.is_empty() { Outcome::Read } else { Outcome::Partial };
    let mut proposals = Vec::new();
    let mut not_found = Vec::new();
    for found in Found::all(document, taxonomy, findings) {
        match scored(&found, taxonomy.calibration.as_ref()) {
            Scored::Found(scored) => proposals.push(proposal(&found, &scored, document, evidence)),
            Scored::Missing(score) => not_found.push(absence(&found, score, document)),
        }
    }
    let (absent, mut not_assessed): (Vec<Absence>, Vec<Absence>) =
        not_found.into_iter().partition(|absence: &Absence| {
            outcome == Outcome::Read && !findings.unasked.contains(&absence.element)
        });
    for absence in &mut not_assessed {
        absence.score = None;
    }
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
        recognised: document.recognised.clone(),
        language: document.language.clone(),
        pages: document.pages,
        paragraphs: document.paragraphs.len(),
        characters: document.text.chars().count(),
        proposals,
        absent,
        not_assessed,
    }
}

/// The sheet of a source that was not read: every element is not assessed.
#[must_use]
pub fn propose_nothing(unread: &Unread, taxonomy: &Taxonomy) -> DocumentProposals {
    let not_assessed = taxonomy.elements.iter().map(|element| Absence {
        element: element.code.clone(),
        score: None,
        nearest: Vec::new(),
    });
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
        recognised: None,
        language: None,
        pages: None,
        paragraphs: 0,
        characters: 0,
        proposals: Vec::new(),
        absent: Vec::new(),
        not_assessed: not_assessed.collect(),
    }
}

fn proposal(
    found: &Found<'_>,
    scored: &ScoredPassages<'_>,
    document: &Document,
    evidence: usize,
) -> Proposal {
    let shown = scored.passages.iter().take(evidence.max(1));
    Proposal {
        element: found.element.clone(),
        status: scored.status,
        score: hundredths(scored.score),
        evidence: shown.map(|&(passage, score)| cut(passage, score, document)).collect(),
        passages: scored.passages.len(),
    }
}

fn cut(passage: &Passage<'_>, score: f64, document: &Document) -> Evidence {
    let paragraph = &document.paragraphs[passage.paragraph];
    let words = passage.span.cut(&document.text).expect("a hit's span lies within its document");
    Evidence {
        quote: words.to_owned(),
        status: passage.status,
        score: hundredths(score),
        citation: paragraph.locator.citation(paragraph.place),
        locator: paragraph.locator.clone(),
        span: passage.span,
        source: None,
        recognised: paragraph.recognised,
        rules: passage.rules.iter().map(|&rule| rule.clone()).collect(),
    }
}

fn absence(found: &Found<'_>, score: Option<f64>, document: &Document) -> Absence {
    let nearest = found.misses.iter().take(NEAREST).map(|miss| {
        let paragraph = &document.paragraphs[miss.paragraph];
        Nearest {
            rule: miss.rule.clone(),
            failed: miss.failed.condition.clone(),
            concepts: miss.failed.concepts.clone(),
            citation: paragraph.locator.citation(paragraph.place),
        }
    });
    let (element, score) = (found.element.clone(), score.map(hundredths));
    Absence { element, score, nearest: nearest.collect() }
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

/// A score as it is shown: never 0 or 1, for no machine is certain.
fn hundredths(score: f64) -> f64 {
    (score.clamp(0.01, 0.99) * 100.0).round() / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Digest, Element, Failed, Force, Locator, MediaType, Paragraph, ParagraphKind, Place,
        RuleId, Span, Status, Subject, TaxonomyId, Thresholds,
    };
    use std::collections::BTreeMap;

    const TEXT: &str = "Each Party shall notify. Each Party may ask.\n\nEach party shall notify!";

    fn document() -> Document {
        let paragraph = |start, end, index| Paragraph {
            span: Span::new(start, end),
            kind: ParagraphKind::Text,
            place: Place::Operative,
            locator: Locator { index, ..Locator::default() },
            stem: None,
            language: None,
            recognised: false,
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
            recognised: None,
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
            calibration: None,
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
