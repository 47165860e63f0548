//! The template as a Word document. A quote and a citation have styles of their
//! own, by which import knows them; quotes have no quotation marks.
//!
//! Written by hand: of the libraries, docx-rs cannot repeat the heading of a
//! table on each page, and brings second copies of the zip and XML crates.

use crate::corpus::export::sheet::{ANALYSIS, COLUMNS, OVERVIEW, Row, Sheet, sheets};
use crate::corpus::export::{Export, archive};
use crate::corpus::marks::{CITATION_STYLE, NOTE, QUOTE_STYLE};
use crate::markup::escape;
use crate::model::Presence;
use std::io::{self, Write};

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const STYLES: &str = include_str!("docx/styles.xml");
const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" \
    ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\
    \"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
    <Override PartName=\"/word/styles.xml\" ContentType=\
    \"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/></Types>";
const DOCUMENT: (&str, &str) = ("officeDocument", "word/document.xml");
const STYLE_PART: (&str, &str) = ("styles", "styles.xml");

/// Widths of the columns in twentieths of a point; an A4 page on its side, less
/// its margins, has 14,570.
const NORMS: [u32; 4] = [2100, 2700, 2170, 7600];
const UNCATEGORISED: [u32; 4] = [1300, 3100, 2170, 8000];
const FACTS: [u32; 2] = [4800, 9770];

/// Fills of cells.
const SHADED: &str = "F1F3F6";
const INDIRECT: &str = "FBF0D5";

/// Writes the document.
pub(crate) fn write(export: &Export<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let mut body = Vec::new();
    write_body(export, &mut body)?;
    let (outer, inner) = (relations(DOCUMENT), relations(STYLE_PART));
    let files: [(&str, &[u8]); 5] = [
        ("[Content_Types].xml", CONTENT_TYPES.as_bytes()),
        ("_rels/.rels", outer.as_bytes()),
        ("word/document.xml", &body),
        ("word/styles.xml", STYLES.as_bytes()),
        ("word/_rels/document.xml.rels", inner.as_bytes()),
    ];
    archive::zip(files, out)
}

fn relations((kind, target): (&str, &str)) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
         <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/\
         relationships/{kind}\" Target=\"{target}\"/></Relationships>"
    )
}

fn write_body(export: &Export<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    write!(
        out,
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
         <w:document xmlns:w=\"{MAIN}\"><w:body>\n{}\n",
        paragraph("Title", "", &run(&export.taxonomy.name, ""))
    )?;
    if let Some(digest) = &export.proposed_by {
        let said = format!("Proposed, not confirmed. Rules {digest}.");
        writeln!(out, "{}", paragraph("AgreementNote", "", &run(&said, "")))?;
    }
    for (at, sheet) in sheets(export).iter().enumerate() {
        write_sheet(at, sheet, out)?;
    }
    write!(
        out,
        "<w:sectPr><w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>\
         <w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" \
         w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}

fn write_sheet(at: usize, sheet: &Sheet<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let new_page = if at > 0 { "<w:pageBreakBefore/>" } else { "" };
    writeln!(out, "{}", paragraph("Heading1", new_page, &run(&sheet.heading, "")))?;
    writeln!(out, "{}", paragraph("Heading2", "", &run(OVERVIEW, "")))?;
    writeln!(out, "{}", table_start(&FACTS))?;
    for (label, value) in sheet.overview.iter().filter(|(_, value)| !value.is_empty()) {
        let label = cell(FACTS[0], SHADED, "", &plain(label, "<w:b/>"));
        let value = cell(FACTS[1], "", "", &plain(value, ""));
        writeln!(out, "<w:tr>{label}{value}</w:tr>")?;
    }
    writeln!(out, "</w:tbl>\n{}", paragraph("Heading2", "", &run(ANALYSIS, "")))?;
    let widths = if sheet.has_categories { NORMS } else { UNCATEGORISED };
    writeln!(out, "{}", table_start(&widths))?;
    let heads = COLUMNS.iter().zip(widths);
    let heads = heads.map(|(name, width)| cell(width, SHADED, "", &plain(name, "<w:b/>")));
    let heads: String = heads.collect();
    writeln!(out, "<w:tr><w:trPr><w:tblHeader/></w:trPr>{heads}</w:tr>")?;
    for row in &sheet.rows {
        writeln!(out, "{}", norms_row(row, widths))?;
    }
    // A table must be followed by a paragraph.
    writeln!(out, "</w:tbl>\n{}", paragraph("Normal", "", ""))
}

fn norms_row(row: &Row<'_>, widths: [u32; 4]) -> String {
    let fill = if row.status == Presence::Indirect { INDIRECT } else { "" };
    let label = |label: &Option<(String, usize)>, width| match label {
        Some((label, rows)) => {
            let merged = if *rows > 1 { "<w:vMerge w:val=\"restart\"/>" } else { "" };
            cell(width, "", merged, &plain(label, "<w:b/>"))
        }
        None => cell(width, "", "<w:vMerge/>", &plain("", "")),
    };
    let mut citation = String::new();
    if !row.citation.is_empty() {
        citation.push_str(&paragraph(CITATION_STYLE, "", &run(row.citation, "")));
    }
    if let Some(value) = &row.value {
        citation.push_str(&plain(value, ""));
    }
    let mut text = String::new();
    if !row.quote.is_empty() {
        text.push_str(&paragraph(QUOTE_STYLE, "", &run(row.quote, "")));
    }
    if !row.note.is_empty() {
        let note = format!("{NOTE} {}", row.note);
        text.push_str(&paragraph("AgreementNote", "", &run(&note, "")));
    }
    format!(
        "<w:tr>{}{}{}{}</w:tr>",
        label(&row.category, widths[0]),
        label(&row.element, widths[1]),
        cell(widths[2], fill, "", &citation),
        cell(widths[3], "", "", &text),
    )
}

fn table_start(widths: &[u32]) -> String {
    let border =
        |side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"C3C9D3\"/>");
    let borders = ["top", "left", "bottom", "right", "insideH", "insideV"].map(border).concat();
    let columns: Vec<String> =
        widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    let columns = columns.concat();
    let whole: u32 = widths.iter().sum();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/><w:tblBorders>{borders}\
         </w:tblBorders><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
    )
}

/// A cell; one without content still needs a paragraph.
fn cell(width: u32, fill: &str, merged: &str, content: &str) -> String {
    let content = if content.is_empty() { "<w:p/>" } else { content };
    let fill = match fill {
        "" => String::new(),
        fill => format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>"),
    };
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{merged}{fill}</w:tcPr>{content}</w:tc>"
    )
}

/// A paragraph of no particular style.
fn plain(text: &str, bold: &str) -> String {
    format!("<w:p>{}</w:p>", run(text, bold))
}

fn paragraph(style: &str, properties: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{properties}</w:pPr>{runs}</w:p>")
}

fn run(text: &str, properties: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let properties = match properties {
        "" => String::new(),
        properties => format!("<w:rPr>{properties}</w:rPr>"),
    };
    format!("<w:r>{properties}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(text))
}
