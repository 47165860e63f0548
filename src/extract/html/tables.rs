//! The rows and cells of a table, and which tables are none.

use scraper::ElementRef;

/// Whether a cell holds more than a cell of a table of data does.
pub(crate) fn is_layout(cell: ElementRef<'_>) -> bool {
    let blocks = cell.descendants().filter_map(ElementRef::wrap).skip(1);
    let mut paragraphs = 0;
    for inner in blocks {
        match inner.value().name() {
            "table" | "h1" | "h2" | "h3" => return true,
            "p" | "div" => paragraphs += 1,
            _ => {}
        }
    }
    paragraphs > 4
}

/// The rows of a table, not those of tables within it.
pub(crate) fn rows(table: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    let mut found = Vec::new();
    for child in table.children().filter_map(ElementRef::wrap) {
        match child.value().name() {
            "tr" => found.push(child),
            "thead" | "tbody" | "tfoot" => found.extend(rows(child)),
            _ => {}
        }
    }
    found
}

/// The cells of a row.
pub(crate) fn cells(row: ElementRef<'_>) -> Vec<ElementRef<'_>> {
    let is_cell = |cell: &ElementRef<'_>| matches!(cell.value().name(), "td" | "th");
    row.children().filter_map(ElementRef::wrap).filter(is_cell).collect()
}

/// Whether a cell holds no more than a label could, and no table.
pub(crate) fn is_short(cell: ElementRef<'_>) -> bool {
    let length = cell.text().map(|text| text.trim().len()).take(20).sum::<usize>();
    length < 40 && !is_layout(cell)
}
