//! Tidy CSV, in the columns of `corpus/curated/`: a row per quote, and a row
//! for every element that has none. The column `agreement` is filled only where
//! the agreement is known: a file's name is no id.
//!
//! Quotes stand as they were cut. One that begins with `=`, `+`, `-` or `@` is
//! not defused for spreadsheets: that would alter the words, and a quote that
//! is no longer verbatim is worth nothing here. Import the file as text.

use crate::model::{Evidence, Presence, Proposal, RECOGNISED};
use crate::report::Sheet;
use crate::report::coded::{Coded, coded};
use crate::report::sheet::{self, Entry, Finding};
use csv::{Terminator, Writer, WriterBuilder};
use std::io;

const HEADER: [&str; 7] = ["agreement", "element", "status", "citation", "quote", "note", "source"];

/// Every document's rows under one header.
pub(crate) fn write(sheet: &Sheet<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut rows = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
    rows.write_record(HEADER)?;
    for coded in &coded(sheet.proposals) {
        for section in sheet::sections(sheet.taxonomy, &coded.sheet) {
            for entry in &section.entries {
                write_entry(coded, entry, &mut rows)?;
            }
        }
    }
    rows.flush()
}

fn write_entry<W: io::Write>(
    coded: &Coded<'_>,
    entry: &Entry<'_>,
    rows: &mut Writer<W>,
) -> io::Result<()> {
    let document = &coded.sheet;
    let status = match entry.finding.presence() {
        Presence::NotAssessed => "unrecorded",
        presence => presence.as_str(),
    };
    let mut row = |citation: &str, quote: &str, note: &str, source: &str| {
        rows.write_record([
            document.agreement.as_ref().map_or("", |id| id.as_str()),
            entry.code.as_str(),
            status,
            citation,
            quote,
            note,
            source,
        ])
    };
    match entry.finding {
        Finding::Proposed(proposal) => {
            for evidence in &proposal.evidence {
                let source = &coded.document(evidence).source;
                row(&evidence.citation, &evidence.quote, &note(proposal, evidence), source)?;
            }
        }
        Finding::Absent(_) => row("", "", "", &document.source)?,
        Finding::NotAssessed => {
            row("", "", &sheet::why_not_assessed(document), &document.source)?;
        }
    }
    Ok(())
}

/// The passage's score; and what it supports alone, where that is less than
/// what the element's passages support together.
fn note(proposal: &Proposal, evidence: &Evidence) -> String {
    let alone = if evidence.status == proposal.status {
        String::new()
    } else {
        format!("; alone {}", evidence.status.as_str())
    };
    let recognised = if evidence.recognised { format!("; {RECOGNISED}") } else { String::new() };
    format!("score {:.2}{alone}{recognised}", evidence.score)
}
