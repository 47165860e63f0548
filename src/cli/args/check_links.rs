//! Arguments of `normtag check links`.

use super::{ArchiveArgs, CorpusFolder, NetworkArgs};
use clap::{Args, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "\
States: ok; bytes-changed (the same text); text-changed; moved (for good); \
moved-temporarily; soft-404 (perhaps gone: a page comes that is not the document); blocked \
(the site refuses programs); robots (its robots.txt does); gone (HTTP 404, 410); unreachable. \
Dead is what was gone or unreachable in two runs at least a day apart.

A first run keeps copies in the store; later ones compare with them. A changed text is \
compared with the copy that was kept until --accept takes the new one. What looks gone \
never takes the place of a copy: look at it, and file what is right with `fetch --refresh` or \
`fetch --attach`.")]
pub(crate) struct CheckLinksArgs {
    /// Files whose addresses are asked in place of the corpus's (Markdown, HTML, CSV, text)
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Ask only the addresses that failed in their last run
    #[arg(long)]
    pub(crate) failed: bool,
    /// Keep what came in place of the copies that were kept: changes are seen to
    #[arg(long)]
    pub(crate) accept: bool,
    /// File that remembers every run [default: links.jsonl in the store]
    #[arg(long, value_name = "FILE")]
    pub(crate) history: Option<PathBuf>,
    /// Form of the report
    #[arg(long, value_enum, value_name = "FORM", default_value = "table")]
    pub(crate) format: LinksForm,
    /// File for the report in place of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Ask although a site's robots.txt asks programs not to
    #[arg(long)]
    pub(crate) ignore_robots: bool,
    #[command(flatten)]
    pub(crate) folder: CorpusFolder,
    #[command(flatten)]
    pub(crate) archive: ArchiveArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
}

/// Forms of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LinksForm {
    /// For reading
    Table,
    /// All of it, for programs
    Json,
    /// An address a line
    Jsonl,
    /// For continuous integration
    Junit,
    /// For an issue or a wiki
    Markdown,
}
