//! What can be typed: every command and argument, one file per command. Does
//! nothing with them.

mod check;
mod check_links;
mod check_quotes;
mod corpus;
mod corpus_export;
mod diff;
mod fetch;
mod report;
mod review;
mod rules;
mod shared;
mod tag;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::path::PathBuf;

pub(crate) use check::{CheckArgs, CheckCommand};
pub(crate) use check_links::{CheckLinksArgs, LinksForm};
pub(crate) use check_quotes::{CheckFormat, CheckQuotesArgs};
pub(crate) use corpus::{
    CorpusAddArgs, CorpusArgs, CorpusCommand, CorpusFolder, CorpusFormat, CorpusListArgs,
    CorpusShowArgs, CorpusValidateArgs, ImportArgs,
};
pub(crate) use corpus_export::{ExportArgs, ExportFormat};
pub(crate) use diff::{By, ChoiceArgs, DiffArgs, Floor, Reference, Take};
pub(crate) use fetch::{ArchiveArgs, FetchArgs};
pub(crate) use report::{ReportArgs, ReportFormat};
pub(crate) use review::ReviewArgs;
pub(crate) use rules::{
    CalibrateArgs, DocsArgs, ExplainArgs, ImpactArgs, ImpactFormat, RulesArgs, RulesCheckArgs,
    RulesCommand, SuggestArgs,
};
pub(crate) use shared::{NetworkArgs, ReadingArgs, Reviewers, RuleArgs, SourceArgs};
pub(crate) use tag::{ExtractArgs, ExtractFormat, TagArgs, TextOrJson};

/// Reads international agreements and proposes which norm elements each one
/// contains, with a citation and a verbatim quote. A person confirms.
#[derive(Debug, Parser)]
#[command(name = "normtag", version, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "\
Exit status: 0 done and clean; 1 something awaits a person (a source unread or \
read only in part, codings that differ, a quote altered or gone, a mistake in a rule file or in \
the corpus); 2 the run failed, \
nothing could be read, or it was asked wrongly.

Example: normtag tag agreement.pdf -o sheet.html")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) common: Common,
}

/// What every command understands.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Common options")]
pub(crate) struct Common {
    /// Colour in the output
    #[arg(long, global = true, value_enum, value_name = "WHEN")]
    pub(crate) color: Option<When>,
    /// Configuration file in place of the normtag.toml found upwards from here
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// Say nothing but errors
    #[arg(long, short, global = true, conflicts_with = "verbose")]
    pub(crate) quiet: bool,
    /// Say more about what is done
    #[arg(long, short, global = true)]
    pub(crate) verbose: bool,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum When {
    /// Where the output is a terminal and `NO_COLOR` is not set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check what the corpus says: its addresses and its quotes
    Check(CheckArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// The agreements of the corpus and their tags: list, show, check, take in and out
    Corpus(CorpusArgs),
    /// Compare two codings cell by cell, and say how far they agree
    Diff(Box<DiffArgs>),
    /// Print the text of documents and their paragraphs with locators
    Extract(ExtractArgs),
    /// Fetch addresses into the store, so that later runs need no network
    Fetch(FetchArgs),
    /// Print the manual page
    Man,
    /// Report what the tags of many agreements show: matrix, frequency, trend, dossiers
    Report(ReportArgs),
    /// Confirm proposals in the browser, on a page served to this machine alone;
    /// SOURCE may also be one file of proposals that `tag --format json` wrote
    Review(Box<ReviewArgs>),
    /// List, check, test, explain, improve and calibrate the rules
    Rules(RulesArgs),
    /// Propose tags for agreements: a coding sheet for each document
    Tag(TagArgs),
}
