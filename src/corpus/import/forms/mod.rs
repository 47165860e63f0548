//! The forms that tables come in → one: rows on lines, cells between tabs,
//! inline tags within cells.

mod docx;
mod html;
mod markdown;

use crate::corpus::import::cell::plain;
use crate::corpus::import::review;

/// Tables in the one form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Tables {
    /// The lines, each with the number it is reported by: that of the line in
    /// the file, or, where a file has no lines to count, of the row.
    pub(crate) lines: Vec<(usize, String)>,
}

impl Tables {
    /// Reads a file in any of the forms; why not, where it cannot be read.
    ///
    /// # Errors
    ///
    /// When the bytes are neither text nor a DOCX.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, String> {
        if bytes.starts_with(b"PK\x03\x04") {
            return docx::read(bytes);
        }
        let text = std::str::from_utf8(bytes).map_err(|_| "neither UTF-8 text nor a DOCX")?;
        let text = text.trim_start_matches('\u{feff}');
        Ok(if html::is_html(text) {
            html::read(text)
        } else if markdown::is_markdown(text) {
            markdown::read(text)
        } else {
            Self::of_text(text)
        })
    }

    /// A text that is in the one form already.
    #[must_use]
    pub(crate) fn of_text(text: &str) -> Self {
        let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.to_owned()));
        Self { lines: lines.collect() }
    }

    /// Adds a line outside tables.
    fn prose(&mut self, number: usize, text: &str) {
        self.lines.push((number, plain(text)));
    }

    /// Adds a table. That of a review goes into its own form: a cell a line.
    fn table(&mut self, rows: Vec<(usize, Vec<String>)>) {
        let is_review = rows.first().is_some_and(|(_, cells)| {
            cells.iter().map(|cell| plain(cell).to_lowercase()).eq(review::HEADER)
        });
        let end = rows.last().map_or(0, |(number, _)| *number);
        for (number, mut cells) in rows {
            if is_review {
                let cells = cells.iter().map(|cell| (number, format!("\t{}", plain(cell))));
                self.lines.extend(cells);
                continue;
            }
            if cells.len() < 2 {
                cells.push(String::new());
            }
            self.lines.push((number, cells.join("\t")));
        }
        if is_review {
            self.lines.extend([(end, String::new()), (end, String::new())]);
        }
    }
}

/// Characters as they stand within inline tags, with single spaces.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let mut single = String::with_capacity(text.len());
    for character in text.chars() {
        let space = character.is_whitespace();
        if !(space && single.ends_with(' ')) {
            single.push(if space { ' ' } else { character });
        }
    }
    single
}
