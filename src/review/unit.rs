//! What is reviewed as one: an agreement with its documents, or a document by
//! itself.

use crate::model::{
    Absence, AgreementId, DecidedQuote, Decision, Digest, Document, DocumentProposals, Element,
    Outcome, Proposal, Proposals, ReviewerNames, Taxonomy,
};
use crate::review::anchors::{Anchored, Anchors};
use crate::review::{Standing, standing};
use std::sync::Arc;

/// An agreement, or a document that belongs to none, with what is proposed.
#[derive(Debug, Clone)]
pub struct Unit {
    /// The agreement; for a document of none, the stem of its file's name.
    pub id: AgreementId,
    /// Its documents, in the order they were given, those that were read.
    pub documents: Arc<Vec<Document>>,
    /// What could not be read of it, or why nothing could.
    pub unread: Vec<String>,
    /// Whether an absence can be confirmed: all of it was read.
    pub whole: bool,
    /// What is proposed.
    pub proposals: Vec<Proposal>,
    /// What was looked for and not found, or not assessed.
    pub missing: Vec<Absence>,
    /// The digest of its texts.
    pub text: Digest,
    /// The digest of the rules.
    pub rules: Digest,
    /// Where quotes that were decided on earlier texts stand in these.
    anchors: Anchors,
}

impl Unit {
    /// What is proposed for an element.
    #[must_use]
    pub fn proposal(&self, element: &Element) -> Option<&Proposal> {
        self.proposals.iter().find(|proposal| proposal.element == element.code)
    }

    /// What came nearest, for an element that is not proposed.
    #[must_use]
    pub fn absence(&self, element: &Element) -> Option<&Absence> {
        self.missing.iter().find(|absence| absence.element == element.code)
    }

    /// Where a quote that was decided on an earlier text stands in these.
    pub(crate) fn anchored(&self, quote: &DecidedQuote) -> Option<Anchored> {
        self.anchors.of(&self.documents, quote)
    }

    /// Looks up the quotes of these decisions, all in one reading of the texts.
    pub(crate) fn anchor_all<'d>(&self, decisions: impl Iterator<Item = &'d Decision>) {
        self.anchors.fill(&self.documents, decisions.flat_map(|decision| &decision.quotes));
    }

    /// The document with this source; the first where none is named.
    #[must_use]
    pub fn document(&self, source: Option<&str>) -> Option<(usize, &Document)> {
        let mut all = self.documents.iter().enumerate();
        match source {
            Some(source) => all.find(|(_, document)| document.source == source),
            None => all.next(),
        }
    }
}

/// The units of some proposals, in the order of their first document;
/// `documents` stand beside the sheets they were made from.
#[must_use]
pub fn units(proposals: &Proposals, documents: &[Option<Document>]) -> Vec<Unit> {
    let mut all: Vec<Unit> = Vec::new();
    for (sheet, document) in proposals.documents.iter().zip(documents) {
        let id = sheet.agreement.clone().unwrap_or_else(|| AgreementId::new(stem(&sheet.source)));
        let at = all.iter().position(|unit| unit.id == id && sheet.agreement.is_some());
        let at = at.unwrap_or_else(|| {
            all.push(unit(distinct(id, &all), sheet, proposals));
            all.len() - 1
        });
        Arc::make_mut(&mut all[at].documents).extend(document.clone());
    }
    for unit in &mut all {
        let texts: Vec<&str> =
            unit.documents.iter().map(|document| document.text.as_str()).collect();
        unit.text = Digest::of(texts.join("\u{c}").as_bytes());
    }
    all
}

/// Two files of one name are two units.
fn distinct(id: AgreementId, all: &[Unit]) -> AgreementId {
    let taken = |id: &AgreementId| all.iter().any(|unit| unit.id == *id);
    if !taken(&id) {
        return id;
    }
    let numbered = (2..).map(|number| AgreementId::new(format!("{id}-{number}")));
    numbered.into_iter().find(|id| !taken(id)).unwrap_or(id)
}

fn unit(id: AgreementId, sheet: &DocumentProposals, proposals: &Proposals) -> Unit {
    let together =
        proposals.agreements.iter().find(|one| Some(&one.agreement) == sheet.agreement.as_ref());
    let (outcome, unread, found, absent, open) = match together {
        Some(one) => {
            (one.outcome, &one.unread_parts, &one.proposals, &one.absent, &one.not_assessed)
        }
        None => (
            sheet.outcome,
            &sheet.unread_parts,
            &sheet.proposals,
            &sheet.absent,
            &sheet.not_assessed,
        ),
    };
    let reason = sheet.reason.iter().filter(|_| together.is_none());
    Unit {
        id,
        documents: Arc::default(),
        unread: reason.chain(unread).cloned().collect(),
        whole: outcome == Outcome::Read,
        proposals: found.clone(),
        missing: absent.iter().chain(open).cloned().collect(),
        text: Digest::of(b""),
        rules: proposals.rules.digest.clone(),
        anchors: Anchors::default(),
    }
}

/// The last part of a path or an address, without its ending.
fn stem(source: &str) -> String {
    let last = source.trim_end_matches(['/', '\\']).rsplit(['/', '\\']).next().unwrap_or(source);
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let small = stem.to_lowercase();
    let words = small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let id = words.collect::<Vec<_>>().join("-");
    if id.is_empty() { "document".to_owned() } else { id }
}

/// The decisions on what is settled, with what may be told of reviewers. What
/// is open, deferred or stale is left out.
#[must_use]
pub fn settled(
    units: &[Unit],
    taxonomy: &Taxonomy,
    decisions: &[Decision],
    names: ReviewerNames,
) -> Vec<Decision> {
    let decisions = names.tell(decisions);
    let mut all = Vec::new();
    for unit in units {
        for element in &taxonomy.elements {
            let claimed = standing(unit, element, &taxonomy.id, &decisions);
            let settled = claimed.decision.filter(|_| claimed.standing == Standing::Settled);
            all.extend(settled.cloned());
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_of_no_agreement_is_named_after_its_file() {
        for (source, expected) in [
            ("corpus/samples/lakes-treaty.docx", "lakes-treaty"),
            ("https://example.org/a/Norms_v2.html", "norms-v2"),
            (r"C:\texts\Appel de Paris.pdf", "appel-de-paris"),
            ("-", "document"),
        ] {
            assert_eq!(stem(source), expected);
        }
    }
}
