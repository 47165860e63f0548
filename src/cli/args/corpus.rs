//! Arguments of `normtag corpus`.

use super::{ExportArgs, RuleArgs, TextOrJson};
use clap::{Args, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct CorpusArgs {
    #[command(subcommand)]
    pub(crate) command: CorpusCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CorpusCommand {
    /// Write tags in the form another tool reads: the curated ones, a table, or proposals
    Export(ExportArgs),
    /// Read tables of tags, as the BPF writes them (text, HTML, Markdown, DOCX), or tidy CSV
    Import(ImportArgs),
    /// List the agreements, all or some
    List(CorpusListArgs),
    /// Show what is known of one agreement
    Show(CorpusShowArgs),
    /// Show every mistake in the corpus's files, in place
    Validate(CorpusFolder),
}

/// Which corpus is used.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Corpus")]
pub(crate) struct CorpusFolder {
    /// Folder of the corpus in place of the built-in one
    #[arg(long, value_name = "DIR", env = "NORMTAG_CORPUS")]
    pub(crate) corpus: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// Files of tables
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Corrections to apply to what was read
    #[arg(long, value_name = "FILE")]
    pub(crate) corrections: Option<PathBuf>,
    /// List in the registry by whose numbers the agreements get their ids
    #[arg(long, value_name = "LIST")]
    pub(crate) list: Option<String>,
    /// File for the tags in place of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) folder: CorpusFolder,
}

#[derive(Debug, Args)]
pub(crate) struct CorpusListArgs {
    /// Only the entries of this list, in its order and under its names, such
    /// as 2021-references
    #[arg(long, value_name = "LIST")]
    pub(crate) list: Option<String>,
    /// Only agreements dated in this year
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<u16>,
    /// Only agreements to which this stakeholder group is party, such as GOV
    #[arg(long, value_name = "GROUP")]
    pub(crate) group: Option<String>,
    /// Form of the output
    #[arg(long, value_enum, value_name = "FORM", default_value = "table")]
    pub(crate) format: CorpusFormat,
    /// File in place of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) folder: CorpusFolder,
}

#[derive(Debug, Args)]
pub(crate) struct CorpusShowArgs {
    /// Id of the agreement, such as paris-call-2018, or any of its names
    pub(crate) agreement: String,
    /// Form of the output
    #[arg(long, value_enum, value_name = "FORM", default_value = "text")]
    pub(crate) format: TextOrJson,
    #[command(flatten)]
    pub(crate) folder: CorpusFolder,
}

/// Forms of a list of agreements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CorpusFormat {
    /// A line for each
    Table,
    /// All that is known
    Json,
    /// A row for each
    Csv,
}
