//! Arguments of `normtag corpus export`.

use super::{CorpusFolder, NetworkArgs, ReadingArgs, Reviewers, RuleArgs};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct ExportArgs {
    /// Tidy CSV, the ledger of decisions that `review` wrote, or what
    /// `tag --format json` writes (`-`: standard input), in place of the
    /// curated tags
    #[arg(value_name = "TAGS")]
    pub(crate) tags: Option<PathBuf>,
    /// Form of the output [default: what the ending of FILE asks for, or csv]
    #[arg(long, value_enum, value_name = "FORM")]
    pub(crate) format: Option<ExportFormat>,
    /// File in place of standard output; for datapackage a folder, or a file
    /// that ends in .zip
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Only tags of this agreement, by id or any of its names; may be given
    /// again
    #[arg(long, value_name = "ID")]
    pub(crate) agreement: Vec<String>,
    /// A document of an agreement, to say where in it quotes stand: DOC, or
    /// ID=DOC where it is not plain whose it is; may be given again
    #[arg(long, value_name = "DOC")]
    pub(crate) source: Vec<String>,
    /// What is told of who decided, of a ledger
    #[arg(long, value_enum, value_name = "WHAT", default_value = "omit")]
    pub(crate) reviewers: Reviewers,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) folder: CorpusFolder,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

/// Forms of tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// A row per quote
    Csv,
    /// The same rows as objects
    Json,
    /// The template of the Best Practice Forum, for Word
    Docx,
    /// The same as a page
    Html,
    /// The same in Markdown
    Markdown,
    /// Agreements × elements, as CSV
    Matrix,
    /// A workbook: matrix, tags, agreements, elements
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// The whole corpus as a Data Package (version 2)
    Datapackage,
    /// W3C Web Annotations, as JSON-LD
    Webannotation,
    /// A REFI-QDA project, for programs of qualitative data analysis
    Qdpx,
    /// Tasks for Label Studio
    Labelstudio,
    /// The labelling configuration for those tasks
    LabelstudioConfig,
}
