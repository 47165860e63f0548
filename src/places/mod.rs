//! From a citation to the passage: which paragraphs of a document stand at the
//! place a citation names, and where there is none, what comes nearest.
//!
//! A paragraph stands in containers (annex, chapter, section, article,
//! principle) and has a chain of numbers below the innermost: its paragraph's
//! number, then letters. A citation names some of the containers and the start
//! of the chain, so that "Art. 25" is all of it and "Art. 25.4 (a)" one item.
//! Knows documents and the grammar of citations; reads no text but headings.

mod standing;

use crate::citation::{Citation, Cited, Reference, Step};
use crate::model::{Document, Paragraph};
use crate::places::standing::Standing;
use std::collections::BTreeSet;

/// What a document has in place of what was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// The place that was asked for.
    pub asked: Reference,
    /// The innermost place around it that the document has.
    pub around: Option<Reference>,
    /// The numbers the document has there, in reading order.
    pub has: Vec<String>,
}

impl Nearest {
    /// In words, for the person who asked.
    #[must_use]
    pub fn message(&self) -> String {
        const SHOWN: usize = 12;
        let written = |reference: &Reference| {
            Citation { refs: vec![reference.clone()], remark: None }.to_string()
        };
        let mut has = self.has.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
        if self.has.len() > SHOWN {
            has = format!("{has} … {}", self.has[self.has.len() - 1]);
        }
        let asked = written(&self.asked);
        match (&self.around, has.is_empty()) {
            (Some(around), false) => format!("no {asked}: {} has {has}", written(around)),
            (Some(around), true) => {
                format!("no {asked}: {} is there and has no parts of its own", written(around))
            }
            (None, false) => format!("no {asked}: the document has {has}"),
            (None, true) => format!("no {asked}: the document numbers no such parts"),
        }
    }
}

/// Why a citation leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lost {
    /// It is no citation the grammar can read.
    Unreadable,
    /// The document lacks these of its places.
    Missing(Vec<Nearest>),
}

/// The paragraphs a citation names, written as people do, in reading order.
/// What normtag itself prints names the paragraphs it prints it for, also where
/// the words say something else to a reader of citations: `¶12` of a paragraph
/// without numbers, "Action 2-4" of a heading.
///
/// # Errors
///
/// Where it cannot be read, or names a place the document does not have.
pub fn find(document: &Document, citation: &str) -> Result<Vec<usize>, Lost> {
    let own = printed_for(document, citation.trim());
    let found = read(document, citation);
    let all = found.as_ref().is_ok_and(|found| own.iter().all(|index| found.contains(index)));
    let counted = citation.contains('¶');
    if own.is_empty() || (all && !counted) { found } else { Ok(own) }
}

/// The paragraphs normtag prints this citation for.
fn printed_for(document: &Document, citation: &str) -> Vec<usize> {
    let printed = |paragraph: &Paragraph| paragraph.locator.citation(paragraph.place);
    let all = document.paragraphs.iter().enumerate();
    all.filter(|(_, paragraph)| printed(paragraph) == citation).map(|(index, _)| index).collect()
}

fn read(document: &Document, citation: &str) -> Result<Vec<usize>, Lost> {
    let Cited::Read(read) = Cited::parse(citation) else { return Err(Lost::Unreadable) };
    let mut found = BTreeSet::new();
    let mut missing = Vec::new();
    for place in &read.refs {
        match at(document, place) {
            Ok(indices) => found.extend(indices),
            Err(nearest) => missing.push(nearest),
        }
    }
    if missing.is_empty() { Ok(found.into_iter().collect()) } else { Err(Lost::Missing(missing)) }
}

/// The paragraphs that stand at a place, as indices into the document's
/// paragraphs, in reading order; never empty.
///
/// # Errors
///
/// Where the document has no such place, what comes nearest.
pub fn at(document: &Document, place: &Reference) -> Result<Vec<usize>, Nearest> {
    let standings = standing::of(document);
    let found = standing_at(&standings, &place.steps);
    if found.is_empty() { Err(nearest(&standings, place)) } else { Ok(found) }
}

/// The paragraphs at a place. Numbered paragraphs that belong to the document
/// itself come before those of its articles and annexes, which a bare number
/// names only where nothing else has it; a count comes last.
fn standing_at(standings: &[Standing], steps: &[Step]) -> Vec<usize> {
    let fits = |test: &dyn Fn(&Standing) -> bool| -> Vec<usize> {
        let found = standings.iter().filter(|standing| test(standing));
        found.map(|standing| standing.index).collect()
    };
    let own = fits(&|standing| standing.is_own() && standing.is_at(steps));
    if !own.is_empty() {
        return own;
    }
    let any = fits(&|standing| standing.is_at(steps));
    if !any.is_empty() {
        return any;
    }
    let by_count = fits(&|standing| standing.is_counted(steps, false));
    if !by_count.is_empty() {
        return by_count;
    }
    fits(&|standing| standing.is_counted(steps, true))
}

fn nearest(standings: &[Standing], place: &Reference) -> Nearest {
    let mut around = place.steps.as_slice();
    while let Some((last, outer)) = around.split_last() {
        if outer.is_empty() {
            let has = standing::numbers_of(standings, last.kind);
            return Nearest { asked: place.clone(), around: None, has };
        }
        if !standing_at(standings, outer).is_empty() {
            let has = standing::numbers_below(standings, outer);
            let around = Some(Reference { steps: outer.to_vec() });
            return Nearest { asked: place.clone(), around, has };
        }
        around = outer;
    }
    Nearest { asked: place.clone(), around: None, has: Vec::new() }
}

#[cfg(test)]
mod tests;
