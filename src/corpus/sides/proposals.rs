//! Proposals → a coding.

use crate::corpus::sides::{
    File, ReadSide, SideContext, SideMistake, bare, case_of, empty, known_taxonomy, unknown_element,
};
use crate::corpus::tags::status_name;
use crate::model::{
    Absence, AgreementId, AgreementProposals, Case, Coded, CodedPassage, CodedText, Coding,
    CodingKind, DocumentProposals, ElementCode, Merge, Outcome, Presence, Proposal, Proposals,
    Taxonomy, stem,
};
use std::collections::BTreeMap;

/// Proposals, as `tag` gives them.
pub(super) fn read(file: &File<'_>, proposals: Proposals, context: &SideContext<'_>) -> ReadSide {
    let taxonomy = known_taxonomy(file, proposals.taxonomy.as_str(), context)?;
    if proposals.documents.is_empty() {
        return file.refuse("proposals for no document");
    }
    let side = of_documents(file, &proposals.documents, &proposals.agreements, taxonomy)?;
    Ok(Coding { rules: Some(proposals.rules.digest), ..side })
}

/// What one sheet says: of a document, or of an agreement with its documents.
pub(super) struct Said<'a> {
    case: Case,
    source: &'a str,
    proposals: &'a [Proposal],
    absent: &'a [Absence],
    not_assessed: &'a [Absence],
}

impl<'a> Said<'a> {
    pub(super) fn of_document(document: &'a DocumentProposals) -> Self {
        let name = document.agreement.as_ref().map_or(stem(&document.source), AgreementId::as_str);
        Self {
            case: case_of(name),
            source: &document.source,
            proposals: &document.proposals,
            absent: &document.absent,
            not_assessed: &document.not_assessed,
        }
    }

    fn of_agreement(sheet: &'a AgreementProposals) -> Self {
        Self {
            case: case_of(sheet.agreement.as_str()),
            source: sheet.documents.first().map_or("", String::as_str),
            proposals: &sheet.proposals,
            absent: &sheet.absent,
            not_assessed: &sheet.not_assessed,
        }
    }

    /// Every element that is named, with what is said of it.
    pub(super) fn elements(&self) -> impl Iterator<Item = (&'a ElementCode, Presence)> + use<'a> {
        let proposed = self.proposals.iter().map(|p| (&p.element, p.status.into()));
        let absent = self.absent.iter().map(|a| (&a.element, Presence::Absent));
        let unsure = self.not_assessed.iter().map(|a| (&a.element, Presence::NotAssessed));
        proposed.chain(absent).chain(unsure)
    }

    /// The passages for an element.
    fn evidence(&self, element: &ElementCode) -> Vec<CodedPassage> {
        let proposed = self.proposals.iter().filter(|proposal| proposal.element == *element);
        let evidence = proposed.flat_map(|proposal| &proposal.evidence);
        evidence
            .map(|evidence| CodedPassage {
                quote: evidence.quote.clone(),
                citation: evidence.citation.clone(),
                source: evidence.source.as_deref().unwrap_or(self.source).to_owned(),
                rules: evidence.rules.clone(),
            })
            .collect()
    }
}

/// The sheets of agreements where there are any: they are one set of claims,
/// however many documents an agreement has; and those of other documents.
pub(super) fn of_documents(
    file: &File<'_>,
    documents: &[DocumentProposals],
    agreements: &[AgreementProposals],
    taxonomy: &Taxonomy,
) -> ReadSide {
    let alone = documents.iter().filter(|document| {
        let own =
            |sheet: &AgreementProposals| document.agreement.as_ref() == Some(&sheet.agreement);
        !agreements.iter().any(own)
    });
    let mut side = empty(file, CodingKind::Proposals, taxonomy);
    let mut mistakes = Vec::new();
    let mut seen: BTreeMap<Case, usize> = BTreeMap::new();
    for said in agreements.iter().map(Said::of_agreement).chain(alone.map(Said::of_document)) {
        *seen.entry(said.case.clone()).or_default() += 1;
        mistakes.extend(take(file, &mut side, &said, taxonomy));
    }
    for document in documents {
        let known = side.cases.entry(Said::of_document(document).case).or_default();
        known.stems.insert(stem(&document.source).to_owned());
        known.texts.push(text_of(document));
    }
    for (case, count) in seen.into_iter().filter(|(_, count)| *count > 1) {
        let agreement = case.agreement;
        side.left_out.push(format!("{count} documents were read as one agreement, {agreement}"));
    }
    mistakes.dedup();
    if mistakes.is_empty() { Ok(side) } else { Err(mistakes) }
}

/// Takes one sheet's cells; gives what is wrong with them.
fn take(
    file: &File<'_>,
    side: &mut Coding,
    said: &Said<'_>,
    taxonomy: &Taxonomy,
) -> Vec<SideMistake> {
    let name = &said.case.agreement;
    let mut mistakes = Vec::new();
    let mut cells: BTreeMap<&ElementCode, Presence> = BTreeMap::new();
    for (element, status) in said.elements() {
        if taxonomy.element(element).is_none() {
            mistakes.push(file.mistake(None, unknown_element(taxonomy, element.as_str())));
        } else if let Some(other) = cells.insert(element, status) {
            let (one, other) = (status_name(status), status_name(other));
            let text = format!(
                "{name} {element} is given twice, as `{other}` and as `{one}`: a cell has one value"
            );
            mistakes.push(file.mistake(None, text));
        }
    }
    for (element, status) in cells {
        let coded = Coded { evidence: said.evidence(element), ..bare(status) };
        side.add(said.case.clone(), element.clone(), coded, Merge::Documents);
    }
    mistakes
}

fn text_of(document: &DocumentProposals) -> CodedText {
    let unread = document.reason.iter().chain(&document.unread_parts);
    CodedText {
        source: document.source.clone(),
        digest: document.digest.clone(),
        outcome: Some(document.outcome),
        unread: if document.outcome == Outcome::Read {
            Vec::new()
        } else {
            unread.cloned().collect()
        },
    }
}
