//! The template in Markdown, in GitHub's dialect, as that has tables.

use crate::corpus::export::Export;
use crate::corpus::export::sheet::{ANALYSIS, COLUMNS, OVERVIEW, Row, Sheet, sheets};
use crate::corpus::marks::NOTE;
use crate::markup::{escape_address, escape_markdown as escape};
use std::io::{self, Write};

/// Writes every sheet under its own heading.
pub(crate) fn write(export: &Export<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    writeln!(out, "# {}", escape(&export.taxonomy.name))?;
    if let Some(digest) = &export.proposed_by {
        let digest = escape(digest);
        writeln!(out, "\n> **Proposed, not confirmed.** Rules {digest}.")?;
    }
    sheets(export).iter().try_for_each(|sheet| write_sheet(sheet, out))
}

fn write_sheet(sheet: &Sheet<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    writeln!(out, "\n## {}\n\n### {OVERVIEW}\n", escape(&sheet.heading))?;
    writeln!(out, "| | |\n|---|---|")?;
    for (label, value) in sheet.overview.iter().filter(|(_, value)| !value.is_empty()) {
        let value = match sheet.link {
            Some(link) if link == value && link.contains("://") => {
                format!("<{}>", escape_address(link))
            }
            _ => escape(value),
        };
        writeln!(out, "| **{label}** | {value} |")?;
    }
    writeln!(out, "\n### {ANALYSIS}\n\n| {} |\n|---|---|---|---|", COLUMNS.join(" | "))?;
    sheet.rows.iter().try_for_each(|row| write_row(row, out))
}

fn write_row(row: &Row<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let bold = |label: &Option<(String, usize)>| match label {
        Some((label, _)) if !label.is_empty() => format!("**{}**", escape(label)),
        _ => String::new(),
    };
    let citation = escape(row.citation);
    let citation = if row.marked { format!("<cite>{citation}</cite>") } else { citation };
    let value = row.value.as_deref().map(escape).unwrap_or_default();
    let mut text = Vec::new();
    if !row.quote.is_empty() {
        text.push(format!("<q>{}</q>", escape(row.quote)));
    }
    if !row.note.is_empty() {
        text.push(format!("{NOTE} {}", escape(row.note)));
    }
    let cells = [bold(&row.category), bold(&row.element), lines(&[citation, value]), lines(&text)];
    writeln!(out, "| {} |", cells.join(" | "))
}

/// What is not blank, each on its own line of the cell.
fn lines(texts: &[String]) -> String {
    let filled: Vec<&str> = texts.iter().map(String::as_str).filter(|t| !t.is_empty()).collect();
    filled.join("<br>")
}
