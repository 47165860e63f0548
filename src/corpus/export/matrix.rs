//! Agreements × elements as CSV: a row for each record, a column for each
//! element, and in each cell what is recorded.

use crate::corpus::export::Export;
use crate::corpus::export::records::records;
use crate::corpus::export::sheet::title;
use crate::corpus::tags::status_name;
use csv::{Terminator, WriterBuilder};
use std::io;

/// Writes the matrix. A cell without a tag is empty.
pub(crate) fn write(export: &Export<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let mut rows = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
    let elements = &export.taxonomy.elements;
    let fixed = ["source", "agreement", "name"].map(str::to_owned);
    let names = elements.iter().map(|element| title(element.code.as_str(), &element.name));
    rows.write_record(fixed.into_iter().chain(names))?;
    for record in records(export) {
        let fixed = [record.source, record.agreement.as_str(), record.name()];
        let cells = elements
            .iter()
            .map(|element| record.status(element.code.as_str()).map_or("", status_name));
        rows.write_record(fixed.into_iter().chain(cells))?;
    }
    rows.flush()
}
