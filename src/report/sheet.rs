//! The sheet as every form walks it: a document's findings, element by
//! element, in the codebook's order and under its categories.
//!
//! Says what there is to show, never how it looks.

use crate::model::{
    Category, DocumentProposals, Element, ElementCode, MediaType, Nearest, Outcome, Presence,
    Proposal, Recognised, Taxonomy, stem,
};
use std::collections::BTreeMap;

/// What is said of one element.
#[derive(Clone, Copy)]
pub(crate) enum Finding<'a> {
    /// It is proposed.
    Proposed(&'a Proposal),
    /// It was looked for in the whole text and not found.
    Absent(&'a [Nearest]),
    /// It was not found in a text that was not read whole.
    NotAssessed,
}

impl Finding<'_> {
    /// What a coding would record.
    pub(crate) fn presence(self) -> Presence {
        match self {
            Self::Proposed(proposal) => proposal.status.into(),
            Self::Absent(_) => Presence::Absent,
            Self::NotAssessed => Presence::NotAssessed,
        }
    }
}

/// One element's line of the sheet.
pub(crate) struct Entry<'a> {
    /// The element's code.
    pub(crate) code: &'a ElementCode,
    /// The element; none where the taxonomy does not have this code.
    pub(crate) element: Option<&'a Element>,
    /// What is said of it.
    pub(crate) finding: Finding<'a>,
}

impl Entry<'_> {
    /// The element's name, or nothing.
    pub(crate) fn name(&self) -> &str {
        self.element.map_or("", |element| element.name.as_str())
    }

    /// The name as the template has it: after its number, if it has a number.
    pub(crate) fn title(&self) -> String {
        let code = self.code.as_str();
        match self.name() {
            "" => code.to_owned(),
            name if code.starts_with(|first: char| first.is_ascii_digit()) => {
                format!("{code} {name}")
            }
            name => name.to_owned(),
        }
    }
}

/// The entries under one category.
pub(crate) struct Section<'a> {
    /// The category; none for elements that have none.
    pub(crate) category: Option<&'a Category>,
    /// Its entries in the codebook's order.
    pub(crate) entries: Vec<Entry<'a>>,
}

/// Everything said of `document`: every element of the taxonomy once, then any
/// that the taxonomy does not know, so that nothing is lost.
pub(crate) fn sections<'a>(
    taxonomy: &'a Taxonomy,
    document: &'a DocumentProposals,
) -> Vec<Section<'a>> {
    let mut findings = findings(document);
    let mut sections: Vec<Section<'a>> = Vec::new();
    let mut push = |category: Option<&'a Category>, entry| match sections.last_mut() {
        Some(last) if last.category == category => last.entries.push(entry),
        _ => sections.push(Section { category, entries: vec![entry] }),
    };
    for element in &taxonomy.elements {
        let category = element
            .category
            .as_ref()
            .and_then(|code| taxonomy.categories.iter().find(|category| &category.code == code));
        let finding = findings.remove(&element.code).unwrap_or(Finding::NotAssessed);
        push(category, Entry { code: &element.code, element: Some(element), finding });
    }
    for (code, finding) in findings {
        push(None, Entry { code, element: None, finding });
    }
    sections
}

fn findings(document: &DocumentProposals) -> BTreeMap<&ElementCode, Finding<'_>> {
    let unassessed =
        document.not_assessed.iter().map(|absence| (&absence.element, Finding::NotAssessed));
    let absent = document
        .absent
        .iter()
        .map(|absence| (&absence.element, Finding::Absent(absence.nearest.as_slice())));
    let proposed =
        document.proposals.iter().map(|proposal| (&proposal.element, Finding::Proposed(proposal)));
    unassessed.chain(absent).chain(proposed).collect()
}

/// How many elements have each value.
pub(crate) fn counts(sections: &[Section<'_>]) -> BTreeMap<Presence, usize> {
    let mut counts = BTreeMap::new();
    for entry in sections.iter().flat_map(|section| &section.entries) {
        *counts.entry(entry.finding.presence()).or_default() += 1;
    }
    counts
}

/// Why elements of `document` are not assessed, in one line.
pub(crate) fn why_not_assessed(document: &DocumentProposals) -> String {
    match (document.outcome, &document.reason) {
        (Outcome::Unread, Some(reason)) => format!("unread: {reason}"),
        (Outcome::Unread, None) => "unread".to_owned(),
        _ if document.unread_parts.is_empty() => "not read whole".to_owned(),
        _ => format!("not read whole: {}", unread_parts(document)),
    }
}

/// What was not read of `document`, in few words.
pub(crate) fn unread_parts(document: &DocumentProposals) -> String {
    match document.unread_parts.as_slice() {
        [] => "not read whole".to_owned(),
        [part] => part.clone(),
        [part, more @ ..] => format!("{part}; and {} more", more.len()),
    }
}

/// A rule that nearly held, and what was wanting: `5.5/duty (near: botnet) Pg. 3`.
pub(crate) fn near_miss(nearest: &Nearest) -> String {
    let Nearest { rule, failed, concepts, citation } = nearest;
    let concepts =
        if concepts.is_empty() { String::new() } else { format!(": {}", concepts.join(", ")) };
    format!("{rule} ({failed}{concepts}) {citation}").trim_end().to_owned()
}

/// What to call `document`: its agreement's id, or its source's file name
/// without the ending.
pub(crate) fn name(document: &DocumentProposals) -> &str {
    match &document.agreement {
        Some(agreement) => agreement.as_str(),
        None => stem(&document.source),
    }
}

/// The address the document can be opened at: where it was read from, if that
/// was over http or https.
pub(crate) fn link(document: &DocumentProposals) -> Option<&str> {
    let address = document.final_url.as_deref().unwrap_or(&document.source);
    let scheme = address.split_once("://")?.0.to_ascii_lowercase();
    matches!(scheme.as_str(), "http" | "https").then_some(address)
}

/// What people call a kind of file.
pub(crate) fn kind(media_type: MediaType) -> &'static str {
    match media_type {
        MediaType::Pdf => "PDF",
        MediaType::Html => "HTML",
        MediaType::Docx => "Word",
        MediaType::Odt => "OpenDocument",
        MediaType::Rtf => "rich text",
        MediaType::Epub => "EPUB",
        MediaType::Markdown => "Markdown",
        MediaType::PlainText => "plain text",
        MediaType::Unknown => "unknown kind of file",
    }
}

/// What was read, fact by fact, for a line under the title.
pub(crate) fn facts(document: &DocumentProposals) -> Vec<String> {
    let mut facts = vec![kind(document.media_type).to_owned()];
    facts.extend(document.language.as_ref().map(|language| format!("language {language}")));
    facts.extend(document.pages.map(|pages| counted(pages as usize, "page")));
    if document.outcome != Outcome::Unread {
        facts.push(counted(document.paragraphs, "paragraph"));
    }
    facts.extend(document.recognised.as_ref().map(Recognised::said));
    facts.push(
        match document.outcome {
            Outcome::Read => "read whole",
            Outcome::Partial => "read in part",
            Outcome::Unread => "unread",
        }
        .to_owned(),
    );
    facts.extend(document.digest.as_ref().map(|digest| {
        let hex = digest.hex();
        format!("sha256 {}", hex.get(..12).unwrap_or(hex))
    }));
    facts
}

/// `1 page`, `2 pages`, `2 misses`.
#[must_use]
pub fn counted(count: usize, noun: &str) -> String {
    let ending = if noun.ends_with('s') { "es" } else { "s" };
    format!("{count} {noun}{}", if count == 1 { "" } else { ending })
}
