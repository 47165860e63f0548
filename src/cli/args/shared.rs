//! Arguments that several commands have: sources, network, rules.

use super::CorpusFolder;
use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Args, value_parser};
use std::path::PathBuf;

/// What is read.
#[derive(Debug, Clone, Args)]
pub(crate) struct SourceArgs {
    /// Address, file, folder (its documents), `-` for standard input, or an
    /// agreement of the corpus by its id or name (its documents)
    #[arg(required = true, value_name = "SOURCE")]
    pub(crate) sources: Vec<String>,
    #[command(flatten)]
    pub(crate) folder: CorpusFolder,
}

/// How addresses are fetched.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Network")]
pub(crate) struct NetworkArgs {
    /// Largest document taken, in MiB [default: 64]
    #[arg(long, value_name = "MIB", value_parser = value_parser!(u64).range(1..))]
    pub(crate) max_size: Option<u64>,
    /// Use only what the store has; make no request
    #[arg(long, conflicts_with = "refresh")]
    pub(crate) offline: bool,
    /// Fetch anew what the store already has
    #[arg(long)]
    pub(crate) refresh: bool,
    /// Folder of snapshots [default: normtag in the user's cache folder]
    #[arg(long, value_name = "DIR", env = "NORMTAG_STORE", value_parser = folder())]
    pub(crate) store: Option<PathBuf>,
    /// Seconds one address may take in all [default: 120]
    #[arg(long, value_name = "SECONDS", value_parser = value_parser!(u64).range(1..))]
    pub(crate) timeout: Option<u64>,
}

/// Which rules are used.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Rules")]
pub(crate) struct RuleArgs {
    /// Folder of rules in place of the built-in ones
    #[arg(long, value_name = "DIR", env = "NORMTAG_RULES", value_parser = folder())]
    pub(crate) rules: Option<PathBuf>,
    /// Taxonomy: its name, or the path of its folder [default: the one
    /// rules/defaults.toml names]
    #[arg(long, value_name = "NAME", env = "NORMTAG_TAXONOMY")]
    pub(crate) taxonomy: Option<String>,
}

/// A folder, which may be empty: an empty variable of the environment counts
/// as one that is not set, and is sorted out where the folder is used.
fn folder() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(PathBuf::from)
}
