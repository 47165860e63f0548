//! The sheets of an agreement's documents → one sheet, one set of claims.
//!
//! Adds nothing to what was found in each document, and cuts no text.

use crate::model::{
    Absence, AgreementId, AgreementProposals, DocumentProposals, Element, Evidence, Nearest,
    Outcome, Proposal, Taxonomy,
};
use crate::propose::{NEAREST, normalised, thousandths};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// One sheet for each agreement among `documents`, in the order of its first
/// document, with at most `evidence` passages for each element.
///
/// An element is proposed where any document has it, with the status and the
/// score of the document that has it best. It is absent only where every
/// document was read whole and has it not; a translation is not needed for
/// that, as long as the agreement has another text.
#[must_use]
pub fn together(
    documents: &[DocumentProposals],
    taxonomy: &Taxonomy,
    evidence: usize,
) -> Vec<AgreementProposals> {
    let mut seen = BTreeSet::new();
    let agreements = documents.iter().filter_map(|document| document.agreement.as_ref());
    let distinct: Vec<&AgreementId> = agreements.filter(|id| seen.insert(*id)).collect();
    distinct.into_iter().map(|id| of(id, documents, taxonomy, evidence)).collect()
}

fn of(
    agreement: &AgreementId,
    documents: &[DocumentProposals],
    taxonomy: &Taxonomy,
    evidence: usize,
) -> AgreementProposals {
    let own = documents.iter().filter(|document| document.agreement.as_ref() == Some(agreement));
    let own: Vec<&DocumentProposals> = own.collect();
    let needed = needed(&own);
    let mut sheet = AgreementProposals {
        agreement: agreement.clone(),
        documents: own.iter().map(|document| document.source.clone()).collect(),
        outcome: outcome(&needed),
        unread_parts: needed.iter().flat_map(|document| unread(document)).collect(),
        proposals: Vec::new(),
        absent: Vec::new(),
        not_assessed: Vec::new(),
    };
    for element in &taxonomy.elements {
        match proposal(element, &own, evidence) {
            Some(proposal) => sheet.proposals.push(proposal),
            None if needed.iter().all(|document| absent_in(element, document)) => {
                sheet.absent.push(absence(element, &own));
            }
            None => {
                sheet.not_assessed.push(Absence { score: None, ..absence(element, &own) });
            }
        }
    }
    sheet
}

/// The documents that must be read for the agreement to be read whole: all but
/// the translations, where there are others.
fn needed<'a>(own: &[&'a DocumentProposals]) -> Vec<&'a DocumentProposals> {
    let texts: Vec<_> = own.iter().copied().filter(|document| !document.translation).collect();
    if texts.is_empty() { own.to_vec() } else { texts }
}

fn outcome(needed: &[&DocumentProposals]) -> Outcome {
    let all = |outcome| needed.iter().all(|document| document.outcome == outcome);
    if all(Outcome::Read) {
        Outcome::Read
    } else if all(Outcome::Unread) {
        Outcome::Unread
    } else {
        Outcome::Partial
    }
}

/// What was not read of a document, each part under its source.
fn unread(document: &DocumentProposals) -> Vec<String> {
    let reason = document.reason.iter().chain(&document.unread_parts);
    reason.map(|part| format!("{}: {part}", document.source)).collect()
}

fn proposal(element: &Element, own: &[&DocumentProposals], evidence: usize) -> Option<Proposal> {
    let found: Vec<(&DocumentProposals, &Proposal)> = own
        .iter()
        .flat_map(|document| document.proposals.iter().map(move |proposal| (*document, proposal)))
        .filter(|(_, proposal)| proposal.element == element.code)
        .collect();
    let rank = |proposal: &Proposal| (proposal.status, thousandths(proposal.score));
    let (_, best) = found.iter().max_by_key(|(_, proposal)| rank(proposal))?;
    let all: usize = found.iter().map(|(_, proposal)| proposal.passages).sum();
    let shown: usize = found.iter().map(|(_, proposal)| proposal.evidence.len()).sum();
    let distinct = distinct(&found);
    let passages = all - (shown - distinct.len());
    Some(Proposal {
        element: element.code.clone(),
        status: best.status,
        score: best.score,
        evidence: distinct.into_iter().take(evidence.max(1)).collect(),
        passages,
    })
}

/// The passages of all documents, best first; words that recur, in an annex
/// given apart, say, count once.
fn distinct(found: &[(&DocumentProposals, &Proposal)]) -> Vec<Evidence> {
    let mut all: Vec<Evidence> = Vec::new();
    for (document, proposal) in found {
        let source = Some(document.source.clone());
        let own = proposal.evidence.iter().cloned();
        all.extend(own.map(|evidence| Evidence { source: source.clone(), ..evidence }));
    }
    // The order of documents decides between equals: the sort is stable.
    all.sort_by_key(|evidence| (Reverse(evidence.status), Reverse(thousandths(evidence.score))));
    let mut said = BTreeSet::new();
    all.retain(|evidence| said.insert(normalised(&evidence.quote)));
    all
}

fn absent_in(element: &Element, document: &DocumentProposals) -> bool {
    document.absent.iter().any(|absence| absence.element == element.code)
}

fn absence(element: &Element, own: &[&DocumentProposals]) -> Absence {
    let lists =
        own.iter().flat_map(|document| document.absent.iter().chain(&document.not_assessed));
    let of_element = || lists.clone().filter(|absence| absence.element == element.code);
    // Each text is a chance of its own to have missed it; the least is said.
    let score = of_element().filter_map(|absence| absence.score).reduce(f64::min);
    let nearest: Vec<Nearest> =
        of_element().flat_map(|absence| absence.nearest.clone()).take(NEAREST).collect();
    Absence { element: element.code.clone(), score, nearest }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Digest, ElementCode, Force, Locator, MediaType, Span, Status, Subject, TaxonomyId,
        Thresholds,
    };
    use std::collections::BTreeMap;

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
            elements: ["a", "b", "c"].map(element).into(),
            labels: BTreeMap::new(),
            thresholds: Thresholds { present: 0.5, indirect: 0.25, tenfold: 0.0, pages: 1.0 },
            force: Force::default(),
            subject: Subject::default(),
            places: BTreeMap::new(),
            calibration: None,
        }
    }

    fn evidence(status: Status, score: f64, quote: &str) -> Evidence {
        Evidence {
            quote: quote.to_owned(),
            status,
            score,
            citation: "¶1".to_owned(),
            locator: Locator::default(),
            span: Span::new(0, quote.len()),
            source: None,
            recognised: false,
            rules: Vec::new(),
        }
    }

    /// A document of the agreement `x-2020` in which these quotes were found,
    /// given as `(element, status, score, quote)`; what was not found is
    /// absent where it was read whole.
    fn document(
        source: &str,
        outcome: Outcome,
        found: &[(&str, Status, f64, &str)],
    ) -> DocumentProposals {
        let proposals = found.iter().map(|&(code, status, score, quote)| Proposal {
            element: ElementCode::new(code),
            status,
            score,
            passages: 1,
            evidence: vec![evidence(status, score, quote)],
        });
        let missing = ["a", "b", "c"]
            .into_iter()
            .filter(|code| found.iter().all(|(has, ..)| has != code))
            .map(|code| Absence {
                element: ElementCode::new(code),
                score: None,
                nearest: Vec::new(),
            });
        let (absent, not_assessed) = missing.partition(|_| outcome == Outcome::Read);
        let unread = if outcome == Outcome::Read { None } else { Some("page 2: scanned") };
        DocumentProposals {
            source: source.to_owned(),
            final_url: None,
            agreement: Some(AgreementId::new("x-2020")),
            translation: false,
            digest: Some(Digest::of(source.as_bytes())),
            media_type: MediaType::PlainText,
            outcome,
            reason: None,
            unread_parts: unread.into_iter().map(str::to_owned).collect(),
            recognised: None,
            language: None,
            pages: None,
            paragraphs: 1,
            characters: 1,
            proposals: proposals.collect(),
            absent,
            not_assessed,
        }
    }

    /// The sheet, one element a word: `a+0.90[quote@source]`, `b-`, `c?`.
    fn shown(documents: &[DocumentProposals]) -> String {
        let sheets = together(documents, &taxonomy(), 3);
        assert_eq!(sheets.len(), 1);
        let sheet = &sheets[0];
        let proposed = sheet.proposals.iter().map(|proposal| {
            let quotes = proposal.evidence.iter().map(|evidence| {
                format!("{}@{}", evidence.quote, evidence.source.as_deref().unwrap_or("none"))
            });
            let quotes = quotes.collect::<Vec<_>>().join(", ");
            let mark = if proposal.status == Status::Present { '+' } else { '~' };
            format!("{}{mark}{:.2}[{quotes}]", proposal.element, proposal.score)
        });
        let absent = sheet.absent.iter().map(|absence| format!("{}-", absence.element));
        let open = sheet.not_assessed.iter().map(|absence| format!("{}?", absence.element));
        proposed.chain(absent).chain(open).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn any_document_can_give_the_evidence_and_the_best_gives_the_status() {
        let one = document("one", Outcome::Read, &[("a", Status::Indirect, 0.9, "says")]);
        let two = document("two", Outcome::Read, &[("a", Status::Present, 0.6, "shall")]);
        assert_eq!(shown(&[one, two]), "a+0.60[shall@two, says@one] b- c-");
    }

    #[test]
    fn words_that_stand_in_two_documents_count_once() {
        let one = document("one", Outcome::Read, &[("a", Status::Present, 0.9, "We shall.")]);
        let two = document("two", Outcome::Read, &[("a", Status::Present, 0.9, "we shall")]);
        assert_eq!(shown(&[one, two]), "a+0.90[We shall.@one] b- c-");
    }

    #[test]
    fn absence_needs_every_document_read_whole_but_no_translation() {
        let whole = || document("one", Outcome::Read, &[]);
        let part = || document("two", Outcome::Partial, &[("b", Status::Present, 0.8, "oui")]);
        assert_eq!(shown(&[whole(), part()]), "b+0.80[oui@two] a? c?");
        let translation = || DocumentProposals { translation: true, ..part() };
        assert_eq!(shown(&[whole(), translation()]), "b+0.80[oui@two] a- c-");
        // Where there is nothing but translations, they are the text.
        assert_eq!(shown(&[translation()]), "b+0.80[oui@two] a? c?");
    }

    #[test]
    fn what_was_not_read_is_said_with_its_source() {
        let documents =
            [document("one", Outcome::Read, &[]), document("two", Outcome::Partial, &[])];
        let sheets = together(&documents, &taxonomy(), 3);
        assert_eq!(sheets[0].outcome, Outcome::Partial);
        assert_eq!(sheets[0].unread_parts, ["two: page 2: scanned"]);
    }
}
