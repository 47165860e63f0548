//! The list of citations that the grammar does not read and that are kept to
//! the letter, each with the reason.

use crate::corpus::validate::CODES;
use crate::diagnostic::Diagnostic;
use crate::model::{SourceFile, Span};
use crate::toml_reader::{Table, parse};

/// Citations that are kept to the letter, with their places in their file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verbatim {
    /// The path of the file.
    pub path: String,
    /// The citations.
    pub citations: Vec<(String, Span)>,
}

impl Verbatim {
    /// Reads the list, with every mistake in it.
    #[must_use]
    pub fn read(file: &SourceFile) -> (Self, Vec<Diagnostic>) {
        let (citations, mistakes) = parse(file, &CODES, |table, _| {
            table.refuse_others(&["format", "verbatim"]);
            table.tables("verbatim").iter().filter_map(entry).collect()
        });
        (Self { path: file.path.clone(), citations: citations.unwrap_or_default() }, mistakes)
    }

    /// Whether this citation is on the list.
    pub(super) fn has(&self, citation: &str) -> bool {
        self.citations.iter().any(|(known, _)| known == citation)
    }
}

fn entry(table: &Table<'_, '_>) -> Option<(String, Span)> {
    table.refuse_others(&["citation", "why"]);
    let citation = table.required_text("citation", "the citation, to the letter");
    let why = table.required_text("why", "say why it cannot be read");
    why.and(citation).map(|at| (at.value, at.span))
}
