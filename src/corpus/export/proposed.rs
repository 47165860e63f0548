//! Proposals → passages, in the rows of the tidy table.

use crate::corpus::export::{At, Passage};
use crate::model::{
    AgreementId, Document, DocumentProposals, ElementCode, Evidence, Outcome, Presence,
    Proposal, Proposals, Tag, Taxonomy,
};

/// A passage for each piece of evidence, and one for each element without. A
/// source whose agreement is not known stands in its place.
///
/// Evidence keeps its place where `documents` has the document it was cut from.
#[must_use]
pub fn passages(
    proposals: &Proposals,
    taxonomy: &Taxonomy,
    documents: &[Document],
) -> Vec<Passage> {
    let place = |code: &ElementCode| {
        let found = taxonomy.elements.iter().position(|element| &element.code == code);
        found.unwrap_or(taxonomy.elements.len())
    };
    let mut all = Vec::new();
    for sheet in &proposals.documents {
        let mut own = of_document(sheet, documents);
        own.sort_by_key(|passage| place(&passage.tag.element));
        all.append(&mut own);
    }
    all
}

fn of_document(sheet: &DocumentProposals, documents: &[Document]) -> Vec<Passage> {
    let same = |document: &Document| sheet.digest.as_ref() == Some(&document.digest);
    let document = documents.iter().position(same);
    let mut all = Vec::new();
    for proposal in &sheet.proposals {
        for evidence in &proposal.evidence {
            let whole = document.map(|at| (at, &documents[at]));
            let cut = whole.filter(|(_, document)| {
                evidence.span.cut(&document.text) == Some(evidence.quote.as_str())
            });
            let tag = Tag {
                citation: evidence.citation.clone(),
                quote: evidence.quote.clone(),
                note: note(proposal, evidence),
                ..blank(sheet, &proposal.element, proposal.status.into())
            };
            let at = cut.map(|(document, _)| At { document, span: evidence.span });
            all.push(Passage { tag, at, score: Some(evidence.score) });
        }
    }
    let absent = sheet.absent.iter().map(|absence| (absence, Presence::Absent, String::new()));
    let unknown = sheet.not_assessed.iter();
    let unknown = unknown.map(|absence| (absence, Presence::NotAssessed, why_not(sheet)));
    for (absence, status, note) in absent.chain(unknown) {
        let tag = Tag { note, ..blank(sheet, &absence.element, status) };
        all.push(Passage { tag, at: None, score: None });
    }
    all
}

fn blank(sheet: &DocumentProposals, element: &ElementCode, status: Presence) -> Tag {
    let agreement = sheet.agreement.clone();
    Tag {
        agreement: agreement.unwrap_or_else(|| AgreementId::new(sheet.source.as_str())),
        element: element.clone(),
        status,
        citation: String::new(),
        quote: String::new(),
        note: String::new(),
        source: sheet.source.clone(),
    }
}

/// The passage's score; and what it supports alone, where that is less than
/// what the element's passages support together.
fn note(proposal: &Proposal, evidence: &Evidence) -> String {
    let alone = if evidence.status == proposal.status {
        String::new()
    } else {
        format!("; alone {}", evidence.status.as_str())
    };
    format!("score {:.2}{alone}", evidence.score)
}

/// Why elements of a document are not assessed.
fn why_not(sheet: &DocumentProposals) -> String {
    match (sheet.outcome, &sheet.reason) {
        (Outcome::Unread, Some(reason)) => format!("unread: {reason}"),
        _ if sheet.unread_parts.is_empty() => "not read whole".to_owned(),
        _ => format!("not read whole: {}", sheet.unread_parts.join("; ")),
    }
}
