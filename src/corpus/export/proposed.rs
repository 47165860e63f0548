//! Proposals → passages, in the rows of the tidy table.

use crate::corpus::export::{At, Passage};
use crate::model::{
    Absence, AgreementId, Document, DocumentProposals, ElementCode, Evidence, Outcome, Presence,
    Proposal, Proposals, RECOGNISED, Tag, Taxonomy,
};

/// One set of claims: of a document, or of an agreement with all its documents.
struct Claims<'a> {
    /// The agreement; where it is not known, the source stands in its place.
    agreement: AgreementId,
    /// The documents, each with what was said of it.
    sheets: Vec<&'a DocumentProposals>,
    proposals: &'a [Proposal],
    absent: &'a [Absence],
    not_assessed: &'a [Absence],
    /// Why elements are not assessed.
    why_not: String,
}

/// A passage for each piece of evidence, and one for each element without.
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
    for claims in claims(proposals) {
        let mut own = claims.passages(documents);
        own.sort_by_key(|passage| place(&passage.tag.element));
        all.append(&mut own);
    }
    all
}

/// The sets of claims, in the order of their first document.
fn claims(proposals: &Proposals) -> Vec<Claims<'_>> {
    let mut all: Vec<Claims<'_>> = Vec::new();
    for sheet in &proposals.documents {
        let together = sheet.agreement.as_ref().and_then(|id| {
            proposals.agreements.iter().find(|agreement| agreement.agreement == *id)
        });
        let Some(together) = together else {
            let agreement = sheet.agreement.clone();
            all.push(Claims {
                agreement: agreement.unwrap_or_else(|| AgreementId::new(sheet.source.as_str())),
                sheets: vec![sheet],
                proposals: &sheet.proposals,
                absent: &sheet.absent,
                not_assessed: &sheet.not_assessed,
                why_not: why_not(sheet.outcome, sheet.reason.as_deref(), &sheet.unread_parts),
            });
            continue;
        };
        if all.iter().any(|claims| claims.agreement == together.agreement) {
            continue;
        }
        let own = |sheet: &&DocumentProposals| together.documents.contains(&sheet.source);
        all.push(Claims {
            agreement: together.agreement.clone(),
            sheets: proposals.documents.iter().filter(own).collect(),
            proposals: &together.proposals,
            absent: &together.absent,
            not_assessed: &together.not_assessed,
            why_not: why_not(together.outcome, None, &together.unread_parts),
        });
    }
    all
}

impl Claims<'_> {
    fn passages(&self, documents: &[Document]) -> Vec<Passage> {
        let mut all = Vec::new();
        for proposal in self.proposals {
            for evidence in &proposal.evidence {
                let tag = Tag {
                    citation: evidence.citation.clone(),
                    quote: evidence.quote.clone(),
                    note: self.note(proposal, evidence),
                    ..self.blank(&proposal.element, proposal.status.into())
                };
                let at = self.place(evidence, documents);
                all.push(Passage { tag, at, score: Some(evidence.score), by: None });
            }
        }
        let absent = self.absent.iter().map(|absence| (absence, Presence::Absent, ""));
        let unknown = self.not_assessed.iter();
        let unknown = unknown.map(|absence| (absence, Presence::NotAssessed, &*self.why_not));
        for (absence, status, note) in absent.chain(unknown) {
            let tag = Tag { note: note.to_owned(), ..self.blank(&absence.element, status) };
            all.push(Passage { tag, at: None, score: None, by: None });
        }
        all
    }

    fn blank(&self, element: &ElementCode, status: Presence) -> Tag {
        let sources: Vec<&str> = self.sheets.iter().map(|sheet| sheet.source.as_str()).collect();
        Tag {
            agreement: self.agreement.clone(),
            element: element.clone(),
            status,
            citation: String::new(),
            quote: String::new(),
            note: String::new(),
            source: sources.join(", "),
        }
    }

    /// What was said of the document that evidence was cut from.
    fn sheet(&self, evidence: &Evidence) -> Option<&DocumentProposals> {
        match &evidence.source {
            None => self.sheets.first().copied(),
            Some(source) => self.sheets.iter().copied().find(|sheet| sheet.source == *source),
        }
    }

    /// Where evidence stands, if the document is the one it was cut from.
    fn place(&self, evidence: &Evidence, documents: &[Document]) -> Option<At> {
        let digest = self.sheet(evidence)?.digest.as_ref()?;
        let at = documents.iter().position(|document| document.digest == *digest)?;
        let words = evidence.span.cut(&documents[at].text);
        (words == Some(&*evidence.quote)).then_some(At { document: at, span: evidence.span })
    }

    /// The passage's score; what it supports alone, where that is less than
    /// what the element's passages support together; and the document, where
    /// there are several.
    fn note(&self, proposal: &Proposal, evidence: &Evidence) -> String {
        let mut note = format!("score {:.2}", evidence.score);
        if evidence.status != proposal.status {
            note.extend(["; alone ", evidence.status.as_str()]);
        }
        if evidence.recognised {
            note.extend(["; ", RECOGNISED]);
        }
        if let (Some(sheet), true) = (self.sheet(evidence), self.sheets.len() > 1) {
            note.extend(["; from ", &sheet.source]);
        }
        note
    }
}

/// Why elements are not assessed.
fn why_not(outcome: Outcome, reason: Option<&str>, unread: &[String]) -> String {
    match (outcome, reason) {
        (Outcome::Unread, Some(reason)) => format!("unread: {reason}"),
        _ if unread.is_empty() => "not read whole".to_owned(),
        _ => format!("not read whole: {}", unread.join("; ")),
    }
}
