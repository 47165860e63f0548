//! Tables in HTML.

use crate::corpus::import::forms::{Tables, escaped};
use scraper::{ElementRef, Html, Node, Selector};

/// Whether the text is HTML with a table.
pub(crate) fn is_html(text: &str) -> bool {
    let start = text.trim_start().to_lowercase();
    start.starts_with('<') && start.contains("<tr")
}

/// The headings, paragraphs and tables in order; a row is reported by its
/// number among all rows.
pub(crate) fn read(text: &str) -> Tables {
    let page = Html::parse_document(text);
    let mut tables = Tables::default();
    let Ok(blocks) = Selector::parse("h1, h2, h3, h4, h5, h6, p, li, table") else {
        return tables;
    };
    let mut row = 0;
    for block in page.select(&blocks).filter(|block| !is_in_table(*block)) {
        if block.value().name() == "table" {
            tables.table(rows(block, &mut row));
        } else {
            tables.prose(row, &inline(block));
        }
    }
    tables
}

fn is_in_table(element: ElementRef<'_>) -> bool {
    let mut above = element.ancestors().filter_map(ElementRef::wrap);
    above.any(|above| above.value().name() == "table")
}

/// The rows of a table as a grid: a cell over several rows or columns stands
/// in the first, the others are blank.
fn rows(table: ElementRef<'_>, number: &mut usize) -> Vec<(usize, Vec<String>)> {
    let mut rows = Vec::new();
    // How many rows more each column is covered from above.
    let mut covered: Vec<usize> = Vec::new();
    let is_row = |element: &ElementRef<'_>| element.value().name() == "tr";
    for row in table.descendants().filter_map(ElementRef::wrap).filter(is_row) {
        *number += 1;
        let mut cells: Vec<String> = Vec::new();
        let all = row.child_elements();
        for cell in all.filter(|cell| matches!(cell.value().name(), "td" | "th")) {
            blanks(&mut cells, &mut covered);
            let span = |name: &str| {
                let span = cell.value().attr(name).and_then(|span| span.trim().parse().ok());
                span.unwrap_or(1_usize).clamp(1, 100)
            };
            for column in 0..span("colspan") {
                let text = if column == 0 { inline(cell) } else { String::new() };
                let at = cells.len();
                covered.resize(covered.len().max(at + 1), 0);
                covered[at] = span("rowspan") - 1;
                cells.push(text);
            }
        }
        blanks(&mut cells, &mut covered);
        rows.push((*number, cells));
    }
    rows
}

/// Adds a blank cell for each column from here on that is covered from above.
fn blanks(cells: &mut Vec<String>, covered: &mut [usize]) {
    while let Some(rows) = covered.get_mut(cells.len()).filter(|rows| **rows > 0) {
        *rows -= 1;
        cells.push(String::new());
    }
}

/// What is in an element, with the inline tags that mean something.
fn inline(element: ElementRef<'_>) -> String {
    let mut written = String::new();
    for child in element.children() {
        match child.value() {
            Node::Text(text) => written.push_str(&escaped(text)),
            Node::Element(own) => {
                let Some(child) = ElementRef::wrap(child) else { continue };
                let inside = inline(child);
                let tag = match own.name() {
                    "b" | "strong" => "b",
                    "p" | "div" => "p",
                    "q" | "blockquote" => "q",
                    name @ ("br" | "li" | "sup" | "cite") => name,
                    "script" | "style" => continue,
                    _ => {
                        written.push_str(&inside);
                        continue;
                    }
                };
                let close = if tag == "br" { String::new() } else { format!("</{tag}>") };
                written.extend(["<", tag, ">", &inside, &close]);
            }
            _ => {}
        }
    }
    written.replace("  ", " ")
}
