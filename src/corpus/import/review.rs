//! The tables of a review: a row is three lines (element, value, notes), each
//! begun by a tab; notes may go on over lines.

use crate::corpus::import::cell::{Line, Mark, words};
use crate::corpus::import::cells::NO_QUOTE;
use crate::corpus::import::quotes::pieces;
use crate::corpus::import::{Entry, Imported, Remark, opening};
use crate::model::{AgreementId, ElementCode, Presence, Tag, Taxonomy};

/// What the heading of a table says.
pub(crate) const HEADER: [&str; 3] = ["agreement element", "present?", "notes"];

/// How many letters of a label may differ.
const SLACK: usize = 2;

/// Whether the text has such a table.
pub(crate) fn is_review(lines: &[(usize, String)]) -> bool {
    lines.iter().any(|(_, line)| line.starts_with('\t') && is_header(0, line))
}

fn is_header(column: usize, line: &str) -> bool {
    line.trim().eq_ignore_ascii_case(HEADER[column])
}

/// Reads the tables.
pub(crate) fn read(path: &str, lines: &[(usize, String)], taxonomy: &Taxonomy) -> Imported {
    let mut reader = Reader {
        taxonomy,
        path,
        heading: String::new(),
        awaits: Awaits::Table,
        row: None,
        blank: 0,
        out: Imported::default(),
    };
    for (number, line) in lines {
        reader.line(line, *number);
    }
    reader.finish_row();
    reader.out
}

/// What the next line of a table should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Awaits {
    /// The heading of a table.
    Table,
    /// The rest of the heading: this column.
    Header(usize),
    /// An element, or more notes on the last.
    Element,
    /// What is recorded for the element.
    Value,
    /// The notes.
    Notes,
}

/// A row that is being read.
#[derive(Debug)]
struct Row {
    element: ElementCode,
    status: Presence,
    notes: Vec<String>,
}

struct Reader<'a> {
    taxonomy: &'a Taxonomy,
    path: &'a str,
    /// The last line outside tables.
    heading: String,
    awaits: Awaits,
    row: Option<Row>,
    /// Blank lines since the last that is not.
    blank: usize,
    out: Imported,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, number: usize) {
        if line.trim().is_empty() && !line.starts_with('\t') {
            self.blank += 1;
            return;
        }
        if self.blank > 1 && self.awaits == Awaits::Element {
            self.finish_row();
            self.awaits = Awaits::Table;
        }
        if line.starts_with('\t') {
            self.cell(&words(line), line, number);
        } else if self.awaits == Awaits::Element && self.row.is_some() {
            self.more(&words(line));
            self.out.rows.taken += 1;
        } else {
            self.heading = unmarked(line);
            self.out.rows.prose += 1;
        }
        self.blank = 0;
    }

    fn cell(&mut self, text: &str, line: &str, number: usize) {
        if is_header(0, line) {
            self.begin(number);
            return;
        }
        match self.awaits {
            Awaits::Header(column) if is_header(column, line) => {
                self.out.rows.furniture += 1;
                self.awaits =
                    if column == 2 { Awaits::Element } else { Awaits::Header(column + 1) };
            }
            Awaits::Value => self.value(text, number),
            Awaits::Notes => {
                self.awaits = Awaits::Element;
                if self.row.is_none() && !text.is_empty() {
                    return self.unread(text, number, "the row of these notes was not read");
                }
                self.more(text);
                self.out.rows.taken += 1;
            }
            Awaits::Element => match self.element(text) {
                Some(element) => {
                    self.finish_row();
                    let status = Presence::NotAssessed;
                    self.row = Some(Row { element, status, notes: Vec::new() });
                    self.out.rows.taken += 1;
                    self.awaits = Awaits::Value;
                }
                None if text.is_empty() => self.out.rows.furniture += 1,
                None => self.unread(text, number, "no element has this name"),
            },
            // A remark in the margin of the document.
            Awaits::Table if text.starts_with("Comment by ") => self.out.rows.furniture += 1,
            Awaits::Table | Awaits::Header(_) => {
                self.unread(text, number, "a row outside a table");
            }
        }
    }

    fn begin(&mut self, line: usize) {
        self.finish_row();
        let number = self.out.entries.last().map_or(1, |entry| entry.number + 1);
        let source = format!("{}/{number}", self.taxonomy.id);
        let name = std::mem::take(&mut self.heading);
        self.out.entries.push(Entry { source, number, name, line, agreement: None });
        self.out.rows.furniture += 1;
        self.awaits = Awaits::Header(1);
    }

    /// The element with this name, or one so near that only its spelling
    /// differs.
    fn element(&self, name: &str) -> Option<ElementCode> {
        let name = letters(name);
        let near =
            self.taxonomy.elements.iter().map(|element| {
                (strsim::levenshtein(&letters(&element.name), &name), &element.code)
            });
        near.filter(|(differ, _)| *differ <= SLACK).min().map(|(_, code)| code.clone())
    }

    /// "Yes", "Indirect" and its kin, "No", as the taxonomy calls them.
    fn value(&mut self, text: &str, number: usize) {
        let all = [Presence::Present, Presence::Indirect, Presence::Absent];
        let value = text.to_lowercase();
        let says = |status: &Presence| {
            let label = self.taxonomy.label(*status).to_lowercase();
            value == label || value.strip_suffix("ly") == Some(label.as_str())
        };
        let found = all.into_iter().find(says);
        if let (Some(status), Some(row)) = (found, &mut self.row) {
            row.status = status;
            self.out.rows.taken += 1;
        } else {
            self.unread(text, number, "no value has this name");
            self.row = None;
        }
        self.awaits = Awaits::Notes;
    }

    fn more(&mut self, text: &str) {
        if let (Some(row), false) = (&mut self.row, text.is_empty()) {
            row.notes.push(text.to_owned());
        }
    }

    fn finish_row(&mut self) {
        let (Some(row), Some(entry)) = (self.row.take(), self.out.entries.last()) else { return };
        let all = row.notes.join(" ");
        let (quote, note) = match row.status {
            Presence::Absent => (String::new(), all),
            _ if all.is_empty() => (String::new(), NO_QUOTE.to_owned()),
            _ => quotation(&all).unwrap_or((String::new(), all)),
        };
        self.out.tags.push(Tag {
            agreement: AgreementId::new(entry.source.as_str()),
            element: row.element,
            status: row.status,
            citation: String::new(),
            quote,
            note,
            source: entry.source.clone(),
        });
    }

    fn unread(&mut self, text: &str, number: usize, why: &str) {
        let text = format!("{why}: {}", opening(text));
        self.out.unread.push(Remark { path: self.path.to_owned(), line: number, text });
    }
}

/// The quote and the rest of notes that are one quotation: alone, after a
/// colon, or followed by remarks.
fn quotation(notes: &str) -> Option<(String, String)> {
    let line = Line { text: notes.to_owned(), mark: Some(Mark::Heading) };
    let pieces = pieces(&[line]);
    let mut quoted = pieces.iter().enumerate().filter(|(_, piece)| piece.quoted);
    let (at, quote) = quoted.next()?;
    let leads = pieces[..at].iter().all(|piece| piece.text.ends_with(':'));
    if quoted.next().is_some() || !leads {
        return None;
    }
    let rest = pieces.iter().filter(|piece| !piece.quoted).map(|piece| piece.text.as_str());
    let rest = rest.map(|text| text.trim_start_matches(['.', ';', ' ']));
    Some((quote.text.clone(), rest.collect::<Vec<_>>().join(" ")))
}

/// The letters of a label, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect()
}

/// A heading without the bookmark before it.
fn unmarked(line: &str) -> String {
    let line = line.trim();
    match line.strip_prefix("[bookmark:").and_then(|rest| rest.split_once(']')) {
        Some((_, name)) => name.trim().to_owned(),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_notes_that_are_one_quotation_give_a_quote() {
        let some = |quote: &str, note: &str| Some((quote.to_owned(), note.to_owned()));
        assert_eq!(quotation("“We reaffirm.”"), some("We reaffirm.", ""));
        assert_eq!(quotation("On law: “We reaffirm.”"), some("We reaffirm.", "On law:"));
        assert_eq!(
            quotation("“We reaffirm”. However, little."),
            some("We reaffirm", "However, little.")
        );
        assert_eq!(quotation("It refers to “parts” of it."), None);
        assert_eq!(quotation("“One” and “two”"), None);
        assert_eq!(quotation("Focus on education."), None);
    }
}
