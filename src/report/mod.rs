//! Sets a coding sheet (proposals beside the taxonomy they answer to) in the
//! form a reader asked for.
//!
//! One output per file. Nothing here computes a result: what a sheet says was
//! decided before, and is only laid out. `json` and `csv` are for programs and
//! carry quotes to the byte; `table` is for a terminal; `markdown` and `html`
//! follow the template the Best Practice Forum's coders fill in.

mod coded;
mod csv;
mod diff;
mod html;
mod calibration;
mod impact;
mod json;
mod links;
mod markdown;
mod paint;
mod reading;
mod quotes;
mod reconcile;
mod screen;
mod sheet;
mod table;
pub mod site;
pub mod tables;

pub use calibration::{
    CalibrationReport, write_calibration, write_calibration_json, write_calibration_table,
};
pub use diff::{
    DiffFormat, DiffReport, PeopleAgreement, Shown, render_diff, value_word, write_scores,
};
pub use impact::{
    ChangedCell, ImpactFigures, ImpactReport, write_impact_json, write_impact_markdown,
    write_impact_table,
};
pub use links::{LinksFormat, render_links};
pub use paint::harmless;
pub use quotes::{QuotesFormat, quotes_summary, render_quotes};
pub use reading::write_reading;
pub use reconcile::{ReconcileReport, write_reconcile_json, write_reconcile_table};
pub use sheet::counted;

use crate::model::{Proposals, Taxonomy};
use std::io;

/// A form a coding sheet can be set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// A coloured sheet for a terminal.
    Table,
    /// All of it, as one JSON value.
    Json,
    /// One JSON value per document, each on its own line.
    Jsonl,
    /// A row per quote, an absence being a row too.
    Csv,
    /// The coders' template, for a text editor or a wiki.
    Markdown,
    /// The coders' template, as a page on its own.
    Html,
}

impl Format {
    /// Every form, in the order they are offered.
    pub const ALL: [Self; 6] =
        [Self::Table, Self::Json, Self::Jsonl, Self::Csv, Self::Markdown, Self::Html];

    /// Its name on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Html => "html",
        }
    }
}

/// What is set: proposals, and the taxonomy that says what their codes mean.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// The proposals.
    pub proposals: &'a Proposals,
    /// The taxonomy they were made with.
    pub taxonomy: &'a Taxonomy,
}

/// What the terminal can do. Only [`Format::Table`] asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Its width in columns.
    pub width: usize,
    /// Whether it shows colour.
    pub color: bool,
}

/// Writes `sheet` to `out` as `format`, ending with a newline.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn render(
    sheet: &Sheet<'_>,
    format: Format,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Table => table::write(sheet, style, out),
        Format::Json => json::write(sheet, out),
        Format::Jsonl => json::write_lines(sheet, out),
        Format::Csv => csv::write(sheet, out),
        Format::Markdown => markdown::write(sheet, out),
        Format::Html => html::write(sheet, out),
    }
}
