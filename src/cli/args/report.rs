//! Arguments of `normtag report`.

use super::{CorpusFolder, Reviewers, RuleArgs};
use clap::{Args, ValueEnum};
use normtag::model::Date;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct ReportArgs {
    /// Tidy CSV of tags, or proposals that `tag --format json` wrote, in place
    /// of the curated tags
    #[arg(value_name = "TAGS")]
    pub(crate) tags: Option<PathBuf>,
    /// Form of the report
    #[arg(long, value_enum, value_name = "FORM", default_value = "site")]
    pub(crate) format: ReportFormat,
    /// Folder for the site; for the other forms a file in place of standard output
    #[arg(long, short, value_name = "PATH")]
    pub(crate) output: Option<PathBuf>,
    /// Only agreements on this list, such as 2021-references
    #[arg(long, value_name = "LIST")]
    pub(crate) list: Option<String>,
    /// Day, month or year from which on an agreement is called new [default:
    /// the year of the latest]
    #[arg(long, value_name = "DATE")]
    pub(crate) since: Option<Date>,
    /// First years of the periods compared, all but the first, such as
    /// 2015,2018 [default: three periods of about as many agreements each]
    #[arg(long, value_name = "YEARS", value_delimiter = ',')]
    pub(crate) periods: Vec<u16>,
    /// What `normtag check links --format json` wrote: the state of each address
    #[arg(long, value_name = "FILE")]
    pub(crate) links: Option<PathBuf>,
    /// What `normtag check quotes --format json` wrote: the verdict on each quote
    #[arg(long, value_name = "FILE")]
    pub(crate) quotes: Option<PathBuf>,
    /// Ledger of decisions that `normtag review` wrote: what was decided, and when
    #[arg(long, value_name = "FILE")]
    pub(crate) decisions: Option<PathBuf>,
    /// What is told of who decided
    #[arg(long, value_enum, value_name = "WHAT", default_value = "omit")]
    pub(crate) reviewers: Reviewers,
    /// Draw the charts of the site as PNG too, beside the SVG
    #[arg(long)]
    pub(crate) png: bool,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) folder: CorpusFolder,
}

/// Forms of a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// Pages, charts and data in a folder
    Site,
    /// Findings and tables, for a paper's annex
    Markdown,
    /// Every table
    Json,
    /// Every table on a sheet of a workbook
    Xlsx,
}
