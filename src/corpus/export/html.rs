//! The template as one page: it asks for nothing from anywhere, and prints.
//!
//! A quote is a `blockquote` and a citation a `cite`, without quotation marks in
//! the text: those are drawn.

use crate::corpus::export::Export;
use crate::corpus::export::sheet::{ANALYSIS, COLUMNS, OVERVIEW, Row, Sheet, sheets};
use crate::corpus::marks::NOTE;
use crate::markup::escape;
use crate::model::Presence;
use std::io::{self, Write};

const CSS: &str = include_str!("html.css");

/// Writes the page: a table of contents, and a section for each sheet.
pub(crate) fn write(export: &Export<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let title = escape(&export.taxonomy.name);
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <link rel=\"icon\" href=\"data:,\">\n<title>{title}</title>\n<style>\n{CSS}</style>\n\
         </head>\n<body>\n<h1>{title}</h1>\n"
    )?;
    if let Some(digest) = &export.proposed_by {
        writeln!(
            out,
            "<p class=\"unconfirmed\"><strong>Proposed, not confirmed.</strong> Rules \
             <code>{}</code></p>",
            escape(digest)
        )?;
    }
    let sheets = sheets(export);
    writeln!(out, "<nav><ol>")?;
    for (at, sheet) in sheets.iter().enumerate() {
        // The list counts: with its number the line would read as a heading.
        let name = sheet.heading.split_once(". ").map_or("", |(_, name)| name);
        writeln!(out, "<li><a href=\"#s{at}\">{}</a></li>", escape(name))?;
    }
    writeln!(out, "</ol></nav>")?;
    for (at, sheet) in sheets.iter().enumerate() {
        write_sheet(at, sheet, out)?;
    }
    writeln!(out, "</body>\n</html>")
}

fn write_sheet(at: usize, sheet: &Sheet<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    writeln!(out, "<section id=\"s{at}\">\n<h2>{}</h2>", escape(&sheet.heading))?;
    writeln!(out, "<h3>{OVERVIEW}</h3>\n<table class=\"overview\"><tbody>")?;
    for (label, value) in sheet.overview.iter().filter(|(_, value)| !value.is_empty()) {
        let value = match sheet.link {
            Some(link) if link == value && link.starts_with("http") => {
                format!("<a href=\"{0}\">{0}</a>", escape(link))
            }
            _ => escape(value),
        };
        writeln!(out, "<tr><th scope=\"row\">{label}</th><td>{value}</td></tr>")?;
    }
    let class = if sheet.has_categories { "norms" } else { "norms uncategorised" };
    let columns = COLUMNS.map(|column| format!("<th scope=\"col\">{column}</th>")).concat();
    writeln!(
        out,
        "</tbody></table>\n<h3>{ANALYSIS}</h3>\n<table class=\"{class}\">\n\
         <thead><tr>{columns}</tr></thead>\n<tbody>"
    )?;
    sheet.rows.iter().try_for_each(|row| write_row(row, out))?;
    writeln!(out, "</tbody></table>\n</section>")
}

fn write_row(row: &Row<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let class = match row.status {
        Presence::Present => "present",
        Presence::Indirect => "indirect",
        Presence::Absent => "absent",
        Presence::NotAssessed => "unrecorded",
    };
    let category = label(row.category.as_ref(), "category");
    let element = label(row.element.as_ref(), "element");
    let mut citation = Vec::new();
    if !row.citation.is_empty() {
        citation.push(format!("<cite>{}</cite>", escape(row.citation)));
    }
    if let Some(value) = &row.value {
        citation.push(format!("<span class=\"value\">{}</span>", escape(value)));
    }
    let citation = citation.join(" ");
    let mut text = String::new();
    if !row.quote.is_empty() {
        text.extend(["<blockquote dir=\"auto\">", &escape(row.quote), "</blockquote>"]);
    }
    if !row.note.is_empty() {
        text.extend(["<p class=\"note\">", NOTE, " ", &escape(row.note), "</p>"]);
    }
    writeln!(
        out,
        "<tr class=\"{class}\">{category}{element}<td>{citation}</td><td>{text}</td></tr>"
    )
}

/// The cell of a label; one above covers a row without.
fn label(label: Option<&(String, usize)>, class: &str) -> String {
    let Some((label, rows)) = label else { return String::new() };
    let span = if *rows > 1 { format!(" rowspan=\"{rows}\"") } else { String::new() };
    format!("<th scope=\"row\" class=\"{class}\"{span}>{}</th>", escape(label))
}
