//! Arguments of `normtag check quotes`.

use super::{CorpusFolder, NetworkArgs, ReadingArgs, RuleArgs};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "\
Verdicts: exact, normalised (typography), layout (a footnote mark, a running head, a list \
mark), bracketed (words put in, marked), elided (words left out, marked), joined (paragraphs \
under one another), altered, gone, unread.

Exit status: 1 where a quote is altered, gone or unread.

Example: normtag check quotes tags.csv --source paris-call-2018=call.pdf")]
pub(crate) struct CheckQuotesArgs {
    /// Quotes: tidy CSV or any CSV with a column `quote`, the JSON of `tag`, a coding, or a
    /// table that `corpus import` reads [default: the curated tags]
    #[arg(value_name = "TAGS")]
    pub(crate) tags: Option<PathBuf>,
    /// Text to look in: FILE, URL or folder, whose files are matched to agreements by name, or
    /// ID=FILE; may be given several times [default: the corpus's addresses of the agreements]
    #[arg(long = "source", value_name = "[ID=]DOC")]
    pub(crate) sources: Vec<String>,
    /// Only quotes of this agreement, by its id or name
    #[arg(long, value_name = "ID")]
    pub(crate) agreement: Option<String>,
    /// Form of the report
    #[arg(long, value_enum, value_name = "FORM", default_value = "table")]
    pub(crate) format: CheckFormat,
    /// File in place of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Ask the corpus's addresses although a site's robots.txt asks programs not to
    #[arg(long)]
    pub(crate) ignore_robots: bool,
    #[command(flatten)]
    pub(crate) folder: CorpusFolder,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

/// Forms of a report on quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CheckFormat {
    /// For a terminal
    Table,
    /// All of it, as one value
    Json,
    /// A value for each quote, on its own line
    Jsonl,
    /// A row for each quote
    Csv,
    /// For a text editor or a wiki
    Markdown,
}
