//! The template of the references document: for each agreement an overview
//! and a table of elements, rows on lines, cells between tabs.
//!
//! After a page break the columns may stand a place further left or right, so
//! the label of an element is looked for, not counted.

use crate::corpus::import::cell::plain;
use crate::corpus::import::cells::{Cell, is_blank};
use crate::corpus::import::{Entry, Imported, Remark, opening};
use crate::corpus::marks::{AGREEMENT_ID, TAGS_SOURCE, Values};
use crate::model::{AgreementId, Taxonomy};
use crate::numerals::{from_roman, to_roman};

/// Reads the document.
pub(crate) fn read(path: &str, lines: &[(usize, String)], taxonomy: &Taxonomy) -> Imported {
    let mut reader = Reader {
        taxonomy,
        path,
        values: Values::of(taxonomy),
        part: Part::Before,
        cell: None,
        began: 0,
        broken: false,
        out: Imported::default(),
    };
    for (number, line) in lines {
        reader.line(line, *number);
    }
    reader.finish_cell();
    reader.out.give_agreements();
    reader.out
}

/// Which part of an entry is being read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// No entry has begun.
    Before,
    /// The heading of an entry was read, its table not yet.
    Heading,
    /// The overview of the agreement.
    Overview,
    /// The table of elements.
    Elements,
    /// The areas that are no elements.
    Others,
}

struct Reader<'a> {
    taxonomy: &'a Taxonomy,
    path: &'a str,
    values: Values,
    part: Part,
    cell: Option<Cell>,
    /// The line it began on.
    began: usize,
    /// Whether a blank line, which is what is left of a page break, was read
    /// since the last row.
    broken: bool,
    out: Imported,
}

impl Reader<'_> {
    fn line(&mut self, line: &str, number: usize) {
        if line.trim().is_empty() && !line.contains('\t') {
            self.broken = true;
            return;
        }
        if line.contains('\t') {
            self.row(line, number);
        } else {
            self.prose(line, number);
        }
        self.broken = false;
    }

    /// A line outside tables: a heading, or prose.
    fn prose(&mut self, line: &str, number: usize) {
        let text = unlinked(line.trim().trim_start_matches("- ").trim_start_matches('#').trim());
        let heading =
            text.split_once(". ").and_then(|(numeral, name)| Some((roman(numeral)?, name)));
        match heading {
            Some((numeral, name)) if numeral == self.next() => {
                self.begin(name.trim(), number);
                self.part = Part::Heading;
            }
            _ if is_heading(&text, "Agreement Overview") => self.overview(number),
            _ if is_heading(&text, "Norms Analysis") => self.out.rows.furniture += 1,
            _ => self.out.rows.prose += 1,
        }
    }

    fn row(&mut self, line: &str, number: usize) {
        let cells: Vec<&str> = line.split('\t').collect();
        let texts: Vec<String> = cells.iter().map(|cell| plain(cell)).collect();
        let is_ruler = |text: &String| text.chars().all(|c| c == '-');
        let first = texts.iter().find(|text| !text.is_empty()).map_or("", String::as_str);
        if texts.iter().all(is_ruler) || is_heading(first, "Norms Analysis") {
            self.out.rows.furniture += 1;
        } else if is_heading(first, "Agreement Overview") {
            self.overview(number);
        } else if texts.len() > 2 && is_heading(first, "Category")
            || is_heading(first, "Norms elements")
        {
            self.out.rows.furniture += 1;
            self.part = Part::Elements;
        } else if self.part == Part::Before {
            self.before(&texts, line, number);
        } else if let Some((at, code)) = self.element(&texts) {
            self.start(Cell::new("", &code), &cells[at + 1..], line, number);
            self.part = Part::Elements;
        } else if texts[0].to_lowercase().starts_with("any other norm") {
            self.part = Part::Others;
            self.start_other(&cells, line, number);
        } else if self.part == Part::Others && texts.len() == 4 && !texts[1].is_empty() {
            self.start_other(&cells, line, number);
        } else if self.part == Part::Overview && !texts[0].is_empty() {
            self.about(&texts, line, number);
        } else {
            self.go_on(&cells, line, number);
        }
    }

    /// A row before the first entry: the table of contents.
    fn before(&mut self, texts: &[String], line: &str, number: usize) {
        if texts[0].strip_suffix('.').and_then(roman).is_some() {
            self.out.rows.furniture += 1;
        } else {
            self.unread(line, number, "a row before the first entry");
        }
    }

    /// A row about the agreement itself.
    fn about(&mut self, texts: &[String], line: &str, number: usize) {
        if [AGREEMENT_ID, TAGS_SOURCE].contains(&texts[0].as_str()) {
            return self.identity(texts);
        }
        let numbered =
            texts[0].split_once('.').is_some_and(|(numeral, _)| roman(numeral).is_some());
        if !numbered && !texts[0].starts_with("management of agreement") {
            self.unread(line, number, "a row the overview does not have");
            return;
        }
        self.out.rows.overview += 1;
        if let (Some(entry), true) = (self.out.entries.last_mut(), texts[0].starts_with("I. "))
            && entry.name.is_empty()
        {
            entry.name = texts.get(1).cloned().unwrap_or_default();
        }
    }

    /// A row that names the agreement and the source of its tags.
    fn identity(&mut self, texts: &[String]) {
        self.out.rows.overview += 1;
        let Some(entry) = self.out.entries.last_mut() else { return };
        for pair in texts.chunks(2) {
            match pair {
                [label, id] if label == AGREEMENT_ID && !id.is_empty() => {
                    entry.agreement = Some(AgreementId::new(id.as_str()));
                }
                [label, source] if label == TAGS_SOURCE && !source.is_empty() => {
                    entry.source.clone_from(source);
                }
                _ => {}
            }
        }
    }

    /// The heading of an overview: where the entry has one already, the
    /// heading of the next entry is missing.
    fn overview(&mut self, number: usize) {
        self.finish_cell();
        self.out.rows.furniture += 1;
        if self.part != Part::Heading {
            self.begin("", number);
            let source = self.out.entries.last().map_or("", |entry| entry.source.as_str());
            let text = format!("{source}: its heading is missing; taken as the next entry");
            self.out.notes.push(Remark { path: self.path.to_owned(), line: number, text });
        }
        self.part = Part::Overview;
    }

    /// Which column has the label of an element, and its code: the first that
    /// is not blank, or the one behind the name of a category.
    fn element(&self, texts: &[String]) -> Option<(usize, String)> {
        let mut filled = texts.iter().enumerate().filter(|(_, text)| !text.is_empty());
        let (at, first) = filled.next()?;
        if let Some(code) = self.code(first) {
            return Some((at, code));
        }
        let category = first.split('.').next()?;
        if !self.taxonomy.categories.iter().any(|known| known.code == category) {
            return None;
        }
        filled.next().and_then(|(at, label)| Some((at, self.code(label)?)))
    }

    /// The element's code that the label begins with; or that of the element
    /// with this name, where elements have no numbers.
    fn code(&self, label: &str) -> Option<String> {
        let code: String = label.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        let code = code.trim_end_matches('.');
        let mut all = self.taxonomy.elements.iter();
        let found = all.find(|element| {
            let numbered = element.code.as_str().starts_with(|c: char| c.is_ascii_digit());
            element.code.as_str() == code || !numbered && element.name.eq_ignore_ascii_case(label)
        });
        found.map(|element| element.code.as_str().to_owned())
    }

    fn start_other(&mut self, cells: &[&str], line: &str, number: usize) {
        let label = cells.get(1).copied().unwrap_or_default();
        self.start(Cell::other("", label), cells.get(2..).unwrap_or_default(), line, number);
    }

    /// Begins a cell with what stands behind its label.
    fn start(&mut self, mut cell: Cell, values: &[&str], line: &str, number: usize) {
        self.finish_cell();
        cell.source = self.source();
        let filled: Vec<&str> = values.iter().copied().filter(|value| !is_blank(value)).collect();
        match filled[..] {
            [] => cell.add("", "", false),
            [citation, text] => cell.add(citation, text, false),
            [one] if self.values.says_absent(&plain(one)) => cell.add(one, "", false),
            [one] if values.last().is_some_and(|last| !is_blank(last)) && values.len() > 1 => {
                cell.add("", one, false);
            }
            [one] => cell.add(one, "", false),
            _ => return self.unread(line, number, "more cells than a row has"),
        }
        self.out.rows.taken += 1;
        self.cell = Some(cell);
    }

    /// A row without a label: goes on with the cell above, unless that says
    /// only that the element is absent; then its own label is lost.
    fn go_on(&mut self, cells: &[&str], line: &str, number: usize) {
        let Some((text, before)) = cells.split_last() else { return };
        let (citation, before) =
            before.split_last().map_or(("", before), |(last, rest)| (*last, rest));
        if before.iter().any(|cell| !is_blank(cell)) {
            return self.unread(line, number, "no element is named where one was looked for");
        }
        if self
            .cell
            .as_ref()
            .is_none_or(|cell| !cell.element.is_empty() && cell.is_bare(&self.values))
        {
            self.finish_cell();
            self.cell = Some(Cell::new(&self.source(), ""));
            self.began = number;
            self.part = Part::Elements;
        }
        if let Some(cell) = &mut self.cell {
            cell.add(citation, text, self.broken);
            self.out.rows.taken += 1;
        }
    }

    /// What tags of the current entry name as their source.
    fn source(&self) -> String {
        self.out.entries.last().map(|entry| entry.source.clone()).unwrap_or_default()
    }

    fn next(&self) -> usize {
        self.out.entries.last().map_or(1, |entry| entry.number + 1)
    }

    fn begin(&mut self, name: &str, line: usize) {
        self.finish_cell();
        let number = self.next();
        let source = format!("{}/{}", self.taxonomy.id, to_roman(number));
        self.out.entries.push(Entry {
            source,
            number,
            name: name.to_owned(),
            line,
            agreement: None,
        });
    }

    fn finish_cell(&mut self) {
        if let Some(cell) = self.cell.take() {
            let tags = cell.tags(&self.values);
            for tag in tags.iter().filter(|_| cell.element.is_empty()) {
                let words = if tag.quote.is_empty() { &tag.note } else { &tag.quote };
                self.out.loose.push((words.clone(), self.began));
            }
            self.out.tags.extend(tags);
        }
    }

    fn unread(&mut self, line: &str, number: usize, why: &str) {
        let text = format!("{why}: {}", opening(&plain(&line.replace('\t', " "))));
        self.out.unread.push(Remark { path: self.path.to_owned(), line: number, text });
    }
}

/// Whether a heading, however it is marked, says this.
fn is_heading(text: &str, heading: &str) -> bool {
    text.trim_matches(['*', '#', ' ']).eq_ignore_ascii_case(heading)
}

/// The text of a Markdown link.
fn unlinked(text: &str) -> String {
    let Some((before, rest)) = text.split_once('[') else { return text.to_owned() };
    let Some((name, _)) = rest.rsplit_once("](") else { return text.to_owned() };
    format!("{before}{}", name.replace('\\', ""))
}

/// The number that Roman numerals say, in either case.
fn roman(text: &str) -> Option<usize> {
    from_roman(&text.trim().to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_numbered_in_either_case() {
        assert_eq!((roman(" XXII "), roman("iiii")), (Some(22), None));
    }
}
