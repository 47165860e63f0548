//! The rows of a file of tags with the places of their cells, so that a
//! mistake can be shown where it is.

use crate::model::{SourceFile, Span};
use csv::{ReaderBuilder, StringRecord};

/// A row as it stands in the file.
pub(super) struct Row {
    /// Its cells, quotation marks taken off.
    pub(super) cells: StringRecord,
    /// Where each cell stands, marks and all.
    places: Vec<Span>,
    /// The first line of it.
    pub(super) whole: Span,
}

impl Row {
    /// The text of the cell under column `at`; empty where there is none.
    pub(super) fn cell(&self, at: usize) -> &str {
        self.cells.get(at).unwrap_or("")
    }

    /// Where the cell stands: its first line, and the whole row where the
    /// cell is empty.
    pub(super) fn place(&self, at: usize) -> Span {
        self.places.get(at).copied().filter(|span| span.start < span.end).unwrap_or(self.whole)
    }
}

/// The rows of `file`, its header among them, and what is no CSV.
pub(super) fn read(file: &SourceFile) -> (Vec<Row>, Vec<(Span, String)>) {
    let text = file.text.as_str();
    let mut rows = Vec::new();
    let mut broken = Vec::new();
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    for record in reader.records() {
        match record {
            Ok(cells) => {
                let start = cells.position().map_or(0, csv::Position::byte);
                rows.push(row(text, usize::try_from(start).unwrap_or(text.len()), cells));
            }
            Err(error) => {
                let start = error.position().map_or(0, csv::Position::byte);
                let start = usize::try_from(start).unwrap_or(text.len());
                broken.push((first_line(text, start, text.len()), error.to_string()));
            }
        }
    }
    (rows, broken)
}

fn row(text: &str, start: usize, cells: StringRecord) -> Row {
    // The reader's position is where the row before ended.
    let blank = text.get(start..).unwrap_or("");
    let start = start + (blank.len() - blank.trim_start_matches(['\r', '\n']).len());
    let mut places = Vec::new();
    let (mut cell, mut inside, mut end) = (start, false, text.len());
    for (at, byte) in text.bytes().enumerate().skip(start) {
        match byte {
            b'"' => inside = !inside,
            b',' if !inside => {
                places.push(first_line(text, cell, at));
                cell = at + 1;
            }
            b'\n' | b'\r' if !inside => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    places.push(first_line(text, cell, end));
    Row { cells, places, whole: first_line(text, start, end) }
}

/// What lies between `start` and `end`, up to the end of its first line.
fn first_line(text: &str, start: usize, end: usize) -> Span {
    let within = text.get(start..end).unwrap_or("");
    let line = within.find(['\n', '\r']).unwrap_or(within.len());
    Span::new(start, start + line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_where_they_stand() {
        let text = "a,b\n\"x, \"\"y\"\"\nz\",é\n\n,last\n";
        let file = SourceFile::new("x.csv", text);
        let (rows, broken) = read(&file);
        assert!(broken.is_empty());
        let shown: Vec<Vec<&str>> = rows
            .iter()
            .map(|row| (0..2).map(|at| row.place(at).cut(text).unwrap()).collect())
            .collect();
        assert_eq!(shown, [vec!["a", "b"], vec!["\"x, \"\"y\"\"", "é"], vec![",last", "last"]]);
        assert_eq!(rows[1].cell(0), "x, \"y\"\nz");
    }
}
