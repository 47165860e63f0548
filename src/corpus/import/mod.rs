//! Tables of tags that people made → tags.
//!
//! ```text
//!  file ─► forms ─► template │ review │ tidy ─► Imported ─► corrections ─► close ─► tags, and what was not read
//!          rows → cells → quotes
//! ```
//!
//! No row of a table is dropped in silence: it is taken, or known furniture,
//! or reported with its line.

mod cell;
mod cells;
mod citations;
mod corrections;
mod forms;
mod quotes;
mod review;
mod template;
mod tidy;

pub(crate) use cells::reads_as_itself;
pub use corrections::{Correction, Corrections};

use crate::corpus::import::forms::Tables;
use crate::corpus::tags::sort_tags;
use crate::model::{AgreementId, Tag, Taxonomy};
use std::collections::BTreeMap;

/// What a file gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The entries in order.
    pub entries: Vec<Entry>,
    /// The tags. Before [`Imported::close`] some may stand under no element.
    pub tags: Vec<Tag>,
    /// The lines of the tags that stand under no element, by their words.
    pub loose: Vec<(String, usize)>,
    /// What was done with the rows of tables.
    pub rows: Rows,
    /// What could not be read.
    pub unread: Vec<Remark>,
    /// What was read in another way than it is written.
    pub notes: Vec<Remark>,
}

/// An agreement that a file has a table for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What its tags name as their source.
    pub source: String,
    /// Its number in the file, from 1.
    pub number: usize,
    /// Its name as the file gives it.
    pub name: String,
    /// The line it begins on, from 1.
    pub line: usize,
    /// The agreement, where the file names its id.
    pub agreement: Option<AgreementId>,
}

/// What was done with the rows of tables.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rows {
    /// Rows that tags were made of.
    pub taken: usize,
    /// Rows about the agreement itself, such as its date.
    pub overview: usize,
    /// Headings, rulers and empty rows.
    pub furniture: usize,
    /// Lines outside tables.
    pub prose: usize,
}

/// Something to say about a line of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// The file.
    pub path: String,
    /// The line, from 1; 0 where it is about the whole file.
    pub line: usize,
    /// What there is to say.
    pub text: String,
}

/// Reads a file in whichever of the known forms it is: tables in text, HTML,
/// Markdown or DOCX, or tidy CSV.
///
/// # Errors
///
/// When the bytes are neither text nor a DOCX; the error says so.
pub fn import(path: &str, bytes: &[u8], taxonomy: &Taxonomy) -> Result<Imported, String> {
    let tables = Tables::read(bytes)?;
    let lines = &tables.lines;
    if let Some(text) =
        std::str::from_utf8(bytes).ok().map(|text| text.trim_start_matches('\u{feff}'))
        && tidy::is_tidy(text)
    {
        return Ok(tidy::read(path, text, taxonomy));
    }
    Ok(if review::is_review(lines) {
        review::read(path, lines, taxonomy)
    } else {
        template::read(path, lines, taxonomy)
    })
}

impl Imported {
    /// Gives the tags the ids of their agreements, by the numbers of the
    /// entries that name none themselves.
    pub fn name_agreements(&mut self, ids: &BTreeMap<usize, AgreementId>) {
        for entry in self.entries.iter_mut().filter(|entry| entry.agreement.is_none()) {
            entry.agreement = ids.get(&entry.number).cloned();
        }
        self.give_agreements();
    }

    /// Gives the tags the agreements that their entries name.
    fn give_agreements(&mut self) {
        for entry in &self.entries {
            let Some(id) = &entry.agreement else { continue };
            for tag in self.tags.iter_mut().filter(|tag| tag.source == entry.source) {
                tag.agreement = id.clone();
            }
        }
    }

    /// Reports what is still under no element and every cell without a row,
    /// takes out what cannot stay, and sorts.
    pub fn close(&mut self, path: &str, taxonomy: &Taxonomy) {
        let (tags, loose): (Vec<Tag>, Vec<Tag>) = std::mem::take(&mut self.tags)
            .into_iter()
            .partition(|tag| !tag.element.as_str().is_empty());
        self.tags = tags;
        for tag in loose {
            let words = if tag.quote.is_empty() { &tag.note } else { &tag.quote };
            let text = format!("{}: under no element: {}", tag.source, opening(words));
            let line = self.loose.iter().find(|(known, _)| known == words);
            let line = line.map_or(0, |(_, line)| *line);
            self.unread.push(Remark { path: path.to_owned(), line, text });
        }
        for entry in &self.entries {
            for element in &taxonomy.elements {
                let has = |tag: &Tag| tag.source == entry.source && tag.element == element.code;
                if !self.tags.iter().any(has) {
                    let text = format!("{}: no row for {}", entry.source, element.code);
                    self.unread.push(Remark { path: path.to_owned(), line: entry.line, text });
                }
            }
        }
        self.unread.sort();
        sort_tags(&mut self.tags, taxonomy);
    }
}

/// The first words of a text.
fn opening(text: &str) -> String {
    let mut words = text.chars();
    let start: String = words.by_ref().take(60).collect();
    if words.next().is_some() {
        format!("“{}…”", start.trim_end())
    } else {
        format!("“{start}”")
    }
}
