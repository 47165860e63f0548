//! Arguments of `normtag corpus`.

use super::{ExportArgs, NetworkArgs, ReadingArgs, RuleArgs, TextOrJson};
use clap::{Args, Subcommand, ValueEnum};
use normtag::model::Date;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct CorpusArgs {
    #[command(subcommand)]
    pub(crate) command: CorpusCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CorpusCommand {
    /// Add an agreement to a corpus of your own, from its address; asks what
    /// flags do not say
    Add(Box<CorpusAddArgs>),
    /// Write tags in the form another tool reads: the curated ones, a table, or proposals
    Export(Box<ExportArgs>),
    /// Read tables of tags, as the BPF writes them (text, HTML, Markdown, DOCX), or tidy CSV
    Import(ImportArgs),
    /// List the agreements, all or some
    List(CorpusListArgs),
    /// Show what is known of one agreement
    Show(CorpusShowArgs),
    /// Show every mistake in the corpus's files, in place
    Validate(CorpusValidateArgs),
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
pub(crate) struct CorpusAddArgs {
    /// Addresses of its text; several are its parts
    #[arg(value_name = "URL")]
    pub(crate) urls: Vec<String>,
    /// Its name [default: asked, with the title of the document proposed]
    #[arg(long)]
    pub(crate) name: Option<String>,
    /// Its id, such as paris-call-2018 [default: asked, with one proposed]
    #[arg(long)]
    pub(crate) id: Option<String>,
    /// Day, month or year it was signed or launched, such as 2018-11-12
    #[arg(long)]
    pub(crate) date: Option<Date>,
    /// Another name it is known by (can be repeated)
    #[arg(long, value_name = "NAME")]
    pub(crate) other_name: Vec<String>,
    /// Stakeholder group that is party to it, such as GOV (can be repeated)
    #[arg(long)]
    pub(crate) group: Vec<String>,
    /// Organisation responsible for it
    #[arg(long, value_name = "NAME")]
    pub(crate) organisation: Option<String>,
    /// Signatories or supporters, as stated
    #[arg(long, value_name = "WORDS")]
    pub(crate) signatories: Option<String>,
    /// Whether it binds
    #[arg(long, value_parser = ["binding", "binding-once-ratified", "normative"])]
    pub(crate) binding: Option<String>,
    /// The space it was made in
    #[arg(long, value_parser = ["within-group", "across-groups", "un-first-committee"])]
    pub(crate) space: Option<String>,
    /// Language of its text, such as en [default: as read]
    #[arg(long, value_name = "CODE")]
    pub(crate) language: Option<String>,
    /// Address of a translation (can be repeated)
    #[arg(long, value_name = "URL")]
    pub(crate) translation: Vec<String>,
    /// Address of a page about it (can be repeated)
    #[arg(long, value_name = "URL")]
    pub(crate) page: Vec<String>,
    /// A remark (can be repeated)
    #[arg(long, value_name = "WORDS")]
    pub(crate) note: Vec<String>,
    /// Ask also where the answers come from no terminal
    #[arg(long)]
    pub(crate) ask: bool,
    /// Add the address without reading what is there
    #[arg(long)]
    pub(crate) unread: bool,
    #[command(flatten)]
    pub(crate) folder: CorpusFolder,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
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

#[derive(Debug, Args)]
pub(crate) struct CorpusValidateArgs {
    /// Folder of rules in place of the built-in ones, for taxonomies of your own
    #[arg(long, value_name = "DIR", env = "NORMTAG_RULES")]
    pub(crate) rules: Option<PathBuf>,
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
