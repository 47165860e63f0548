//! Sets a comparison of two codings in the form a reader asked for: the cells
//! that differ, both sides' words, the figures, and what they rest on.
//!
//! One output per file. Nothing here computes a result.

mod csv;
pub(crate) mod facts;
pub(crate) mod figures;
mod figures_html;
mod html;
mod json;
mod markdown;
mod scores_csv;
mod table;
mod words;

pub use facts::value as value_word;
pub use scores_csv::write as write_scores;

use crate::model::{Change, ComparedCell, Comparison, Digest, Taxonomy, TaxonomyId};
use crate::reliability::{Reliability, Score};
use crate::report::Style;
use std::collections::BTreeSet;
use std::io;

/// A form a comparison can be set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DiffFormat {
    /// A coloured listing for a terminal.
    Table,
    /// All of it, as one JSON value.
    Json,
    /// A row per cell.
    Csv,
    /// For a text editor or a wiki.
    Markdown,
    /// A page on its own.
    Html,
}

impl DiffFormat {
    /// Every form, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::Table, Self::Json, Self::Csv, Self::Markdown, Self::Html];

    /// Its name on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }
}

/// What is set.
#[derive(Debug, Clone, Copy)]
pub struct DiffReport<'a> {
    /// The comparison.
    pub comparison: &'a Comparison,
    /// How far its sides agree.
    pub reliability: &'a Reliability,
    /// The first side's edition.
    pub taxonomy: &'a Taxonomy,
    /// How far people agreed with people, for scale.
    pub people: &'a [PeopleAgreement],
    /// The digest of the rules at hand, which the list of development texts
    /// belongs to.
    pub rules: Option<&'a Digest>,
    /// Whether those rules list the texts they were developed on.
    pub listed: bool,
    /// Which cells are shown.
    pub shown: &'a Shown,
}

/// How far people agreed with people, where two editions coded the same
/// agreements.
#[derive(Debug, Clone, PartialEq)]
pub struct PeopleAgreement {
    /// The first edition.
    pub left: TaxonomyId,
    /// The second edition.
    pub right: TaxonomyId,
    /// How many agreements both coded.
    pub agreements: usize,
    /// The figures.
    pub scores: Vec<Score>,
}

/// Which cells are shown; all where nothing is named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// Those with these changes.
    pub changes: BTreeSet<Change>,
    /// And those of the same value on other passages.
    pub evidence: bool,
}

impl Shown {
    fn everything(&self) -> bool {
        self.changes.is_empty() && !self.evidence
    }

    fn has(&self, cell: &ComparedCell) -> bool {
        self.everything()
            || self.changes.contains(&cell.change)
            || self.evidence && facts::other_evidence(cell)
    }

    /// For forms that are read from top to bottom: what differs, unless
    /// something else was asked for.
    fn has_in_a_listing(&self, cell: &ComparedCell) -> bool {
        if self.everything() { cell.change.differs() } else { self.has(cell) }
    }
}

/// Writes the comparison to `out` as `format`, ending with a newline.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn render_diff(
    report: &DiffReport<'_>,
    format: DiffFormat,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        DiffFormat::Table => table::write(report, style, out),
        DiffFormat::Json => json::write(report, out),
        DiffFormat::Csv => csv::write(report, out),
        DiffFormat::Markdown => markdown::write(report, out),
        DiffFormat::Html => html::write(report, out),
    }
}
