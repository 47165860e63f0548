//! Arguments that several commands have: sources, network, rules.

use super::CorpusFolder;
use clap::builder::{NonEmptyStringValueParser, OsStringValueParser, TypedValueParser};
use clap::{Args, ValueEnum, value_parser};
use normtag::fetch::{HostPort, Mapping};
use normtag::model::ReviewerNames;
use std::path::PathBuf;
use std::time::Duration;

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

/// What is told of reviewers in what goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reviewers {
    /// Nothing; also in reasons and comments a name is replaced
    Omit,
    /// Numbers in place of names: reviewer 1 is who decided first
    Number,
    /// Their names
    Keep,
}

impl Reviewers {
    pub(crate) fn names(self) -> ReviewerNames {
        match self {
            Self::Omit => ReviewerNames::Omit,
            Self::Number => ReviewerNames::Number,
            Self::Keep => ReviewerNames::Keep,
        }
    }
}

/// How addresses are fetched.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Network")]
pub(crate) struct NetworkArgs {
    /// Allow requests to a host that is not a public one, such as
    /// localhost:8080; exactly that host and port
    #[arg(long, value_name = "HOST:PORT")]
    pub(crate) allow_private: Vec<HostPort>,
    /// Trust the certificates in this file too (PEM)
    #[arg(long, value_name = "FILE")]
    pub(crate) ca_file: Option<PathBuf>,
    /// Seconds between two requests to one host, at least [default: 1]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) delay: Option<Duration>,
    /// Largest document taken, in MiB [default: 64]
    #[arg(long, value_name = "MIB", value_parser = value_parser!(u64).range(1..))]
    pub(crate) max_size: Option<u64>,
    /// Longest wait, in seconds, that a host's Retry-After is granted; a host
    /// that wants more is not asked again in this run [default: 60]
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) patience: Option<Duration>,
    /// Proxy for all requests (the system's setting is not used). It looks
    /// names up itself, so what they lead to is for it to guard
    #[arg(long, value_name = "URL", env = "NORMTAG_PROXY", conflicts_with = "resolve")]
    pub(crate) proxy: Option<String>,
    /// Find a host (or `*`, all) at this address whatever a look-up would say
    #[arg(long, value_name = "HOST=ADDRESS:PORT")]
    pub(crate) resolve: Vec<Mapping>,
    /// How often what may pass (a broken connection, HTTP 503) is asked again
    /// [default: 2]
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(..=16))]
    pub(crate) retries: Option<u32>,
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

/// How documents are read, and what reading one may cost: it is read in a
/// process of its own, which is stopped at these limits.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Reading")]
pub(crate) struct ReadingArgs {
    /// Read pages that are pictures with an installed tesseract (OCR). What is
    /// recognised so is marked in sheets, texts, reviews and exports
    #[arg(long)]
    pub(crate) ocr: bool,
    /// Languages of such pages, as tesseract names them, joined by `+`: eng+fra
    /// [default: eng]
    #[arg(long, value_name = "LANGUAGES", requires = "ocr", value_parser = NonEmptyStringValueParser::new())]
    pub(crate) ocr_language: Option<String>,
    /// Memory that reading one document may take, in MiB [default: 1024]
    #[arg(long, value_name = "MIB", value_parser = value_parser!(u64).range(1..))]
    pub(crate) max_memory: Option<u64>,
    /// Seconds that reading one document may take, or recognising one page
    /// [default: 60]
    #[arg(long, value_name = "SECONDS", value_parser = value_parser!(u64).range(1..))]
    pub(crate) extract_timeout: Option<u64>,
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

/// A time in seconds, in parts of them where that is wanted; a day at most.
fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "this is no number of seconds".to_owned())?;
    if !(0.0..=86_400.0).contains(&seconds) {
        return Err("give 0 to 86400 seconds".to_owned());
    }
    Ok(Duration::from_secs_f64(seconds))
}
