//! JSON, format 1: the proposals as they are.

use crate::report::Sheet;
use std::io;

/// All of it, indented.
pub(crate) fn write(sheet: &Sheet<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, sheet.proposals)?;
    writeln!(out)
}

/// One document per line.
pub(crate) fn write_lines(sheet: &Sheet<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    for document in &sheet.proposals.documents {
        serde_json::to_writer(&mut *out, document)?;
        writeln!(out)?;
    }
    Ok(())
}
