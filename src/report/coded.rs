//! What one sheet is about: a document, or an agreement with its documents.

use crate::model::{AgreementProposals, DocumentProposals, Evidence, MediaType, Proposals, stem};
use std::borrow::Cow;

/// What is coded as one: a document by itself, or an agreement of several
/// documents, laid out as a document would be.
pub(crate) struct Coded<'a> {
    /// What is said of it.
    pub(crate) sheet: Cow<'a, DocumentProposals>,
    /// Its documents, where there are several; their own sheets are not shown.
    pub(crate) parts: Vec<&'a DocumentProposals>,
}

impl<'a> Coded<'a> {
    /// Its documents: itself, where it is one.
    pub(crate) fn documents(&'a self) -> impl Iterator<Item = &'a DocumentProposals> {
        let alone = self.parts.is_empty().then_some(&*self.sheet);
        alone.into_iter().chain(self.parts.iter().copied())
    }

    /// The document that `evidence` was cut from.
    pub(crate) fn document(&'a self, evidence: &Evidence) -> &'a DocumentProposals {
        let named = evidence.source.as_ref();
        let part = named.and_then(|source| self.parts.iter().find(|one| one.source == *source));
        part.copied().unwrap_or(&self.sheet)
    }

    /// The citation; where there are several documents, with the one it is of.
    pub(crate) fn citation(&self, evidence: &Evidence) -> String {
        match &evidence.source {
            Some(source) if !self.parts.is_empty() => {
                format!("{} [{}]", evidence.citation, stem(source))
            }
            _ => evidence.citation.clone(),
        }
    }
}

/// What the sheets are about, in the order of their first document.
pub(crate) fn coded(proposals: &Proposals) -> Vec<Coded<'_>> {
    let several = |agreement: &&AgreementProposals| agreement.documents.len() > 1;
    let several: Vec<&AgreementProposals> = proposals.agreements.iter().filter(several).collect();
    let mut all = Vec::new();
    for document in &proposals.documents {
        let own = several.iter().find(|one| document.agreement.as_ref() == Some(&one.agreement));
        match own {
            None => all.push(Coded { sheet: Cow::Borrowed(document), parts: Vec::new() }),
            Some(agreement) if agreement.documents.first() == Some(&document.source) => {
                all.push(together(agreement, proposals));
            }
            // It stands in the sheet of its agreement.
            Some(_) => {}
        }
    }
    all
}

fn together<'a>(agreement: &AgreementProposals, proposals: &'a Proposals) -> Coded<'a> {
    let parts: Vec<&DocumentProposals> = proposals
        .documents
        .iter()
        .filter(|document| document.agreement.as_ref() == Some(&agreement.agreement))
        .collect();
    let sheet = DocumentProposals {
        source: agreement.documents.join(", "),
        final_url: None,
        agreement: Some(agreement.agreement.clone()),
        translation: false,
        digest: None,
        media_type: MediaType::Unknown,
        outcome: agreement.outcome,
        reason: None,
        unread_parts: agreement.unread_parts.clone(),
        recognised: None,
        language: None,
        pages: None,
        paragraphs: parts.iter().map(|part| part.paragraphs).sum(),
        characters: parts.iter().map(|part| part.characters).sum(),
        proposals: agreement.proposals.clone(),
        absent: agreement.absent.clone(),
        not_assessed: agreement.not_assessed.clone(),
    };
    Coded { sheet: Cow::Owned(sheet), parts }
}
