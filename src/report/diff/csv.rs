//! Tidy CSV: a row per cell that is shown, with the nearest passages of both
//! sides, or the first where nothing was compared.

use crate::model::{Coded, CodedPassage, ComparedCell};
use crate::report::diff::{DiffReport, facts};
use csv::{Terminator, WriterBuilder};
use std::io;

const HEADER: [&str; 16] = [
    "agreement",
    "entry",
    "element",
    "right_element",
    "change",
    "left",
    "right",
    "quotes",
    "overlap",
    "citations",
    "left_citation",
    "left_quote",
    "right_citation",
    "right_quote",
    "development",
    "texts",
];

/// The rows.
pub(super) fn write(report: &DiffReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut rows = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
    rows.write_record(HEADER)?;
    let comparison = report.comparison;
    for cell in comparison.cells.iter().filter(|cell| report.shown.has(cell)) {
        let case = &comparison.cases[cell.case];
        let (left, right) = passages(cell);
        let evidence = cell.evidence.as_ref();
        let overlap = evidence.and_then(|evidence| evidence.overlap);
        let overlap = overlap.map_or_else(String::new, |overlap| overlap.to_string());
        rows.write_record([
            cell.agreement.as_str(),
            cell.entry.as_deref().unwrap_or(""),
            cell.element.as_str(),
            cell.right_element.as_ref().unwrap_or(&cell.element).as_str(),
            cell.change.as_str(),
            status(cell.left.as_ref()),
            status(cell.right.as_ref()),
            evidence.map_or("", |evidence| evidence.quotes.as_str()),
            &overlap,
            evidence.map_or("", |evidence| evidence.citations.as_str()),
            left.map_or("", |passage| passage.citation.as_str()),
            left.map_or("", |passage| passage.quote.as_str()),
            right.map_or("", |passage| passage.citation.as_str()),
            right.map_or("", |passage| passage.quote.as_str()),
            if case.development { "yes" } else { "no" },
            &facts::texts(case).join("; "),
        ])?;
    }
    rows.flush()
}

/// The name of a value; nothing where a side does not code the element.
fn status(coded: Option<&Coded>) -> &'static str {
    coded.map_or("", |coded| coded.status.as_str())
}

/// The passages of both sides that are set beside each other.
pub(super) fn passages(cell: &ComparedCell) -> (Option<&CodedPassage>, Option<&CodedPassage>) {
    let nearest = cell.evidence.as_ref().and_then(|evidence| evidence.nearest);
    let (left, right) = nearest.unwrap_or((0, 0));
    (
        cell.left.as_ref().and_then(|coded| coded.evidence.get(left)),
        cell.right.as_ref().and_then(|coded| coded.evidence.get(right)),
    )
}
