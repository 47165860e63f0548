//! The edited tags with what was accepted: every other row stays as it is and
//! where it is, so that the change is small.

use crate::model::{Digest, Presence, ReconciledCell, Ruling, Tag, TaxonomyId};

/// The rows of the edited tags, those of accepted cells replaced by what was
/// proposed. Every record of an accepted cell takes its value.
#[must_use]
pub fn merged(
    edited: Vec<Tag>,
    cells: &[ReconciledCell],
    taxonomy: &TaxonomyId,
    rules: Option<&Digest>,
) -> Vec<Tag> {
    let mut rows = edited;
    for cell in cells.iter().filter(|cell| cell.decision == Some(Ruling::Accept)) {
        accept(&mut rows, cell, taxonomy, rules);
    }
    rows
}

fn accept(
    rows: &mut Vec<Tag>,
    cell: &ReconciledCell,
    taxonomy: &TaxonomyId,
    rules: Option<&Digest>,
) {
    let of_cell = |row: &Tag| row.agreement == cell.agreement && row.element == cell.element;
    let mut sources: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| of_cell(row)) {
        if !sources.contains(&row.source) {
            sources.push(row.source.clone());
        }
    }
    if sources.is_empty() {
        let known = rows.iter().find(|row| row.agreement == cell.agreement);
        let source = known.map(|row| row.source.clone());
        sources.push(source.unwrap_or_else(|| format!("{taxonomy}/{}", cell.agreement)));
    }
    for source in sources {
        let own = |row: &Tag| of_cell(row) && row.source == source;
        let place = rows.iter().position(own).unwrap_or_else(|| end_of(rows, cell, &source));
        rows.retain(|row| !own(row));
        let place = place.min(rows.len());
        rows.splice(place..place, tags(cell, &source, rules));
    }
}

/// After the last row of the same record, or of the agreement; or at the end.
fn end_of(rows: &[Tag], cell: &ReconciledCell, source: &str) -> usize {
    let record = |row: &Tag| row.agreement == cell.agreement && row.source == source;
    let last = rows.iter().rposition(record);
    let last = last.or_else(|| rows.iter().rposition(|row| row.agreement == cell.agreement));
    last.map_or(rows.len(), |place| place + 1)
}

/// The rows of what was accepted: one for each passage.
fn tags(cell: &ReconciledCell, source: &str, rules: Option<&Digest>) -> Vec<Tag> {
    let Some(status) = cell.proposed else { return Vec::new() };
    let by = rules.map(|digest| {
        let hex = digest.hex();
        format!(" of rules sha256 {}", hex.get(..12).unwrap_or(hex))
    });
    let reason = if cell.reason.is_empty() { String::new() } else { format!(": {}", cell.reason) };
    let row = |citation: &str, quote: &str, note: String| Tag {
        agreement: cell.agreement.clone(),
        element: cell.element.clone(),
        status,
        citation: citation.to_owned(),
        quote: quote.to_owned(),
        note,
        source: source.to_owned(),
    };
    let note = format!("accepted from the proposals{}{reason}", by.unwrap_or_default());
    let evidence = cell.offered.as_ref().map_or(&[][..], |offered| offered.evidence.as_slice());
    if status == Presence::Absent || evidence.is_empty() {
        return vec![row("", "", note)];
    }
    evidence.iter().map(|passage| row(&passage.citation, &passage.quote, note.clone())).collect()
}
