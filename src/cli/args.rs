//! What can be typed: every command and argument. Does nothing with them.

use clap::builder::{OsStringValueParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, value_parser};
use clap_complete::Shell;
use normtag::report::Format;
use std::path::PathBuf;

/// Reads international agreements and proposes which norm elements each one
/// contains, with a citation and a verbatim quote. A person confirms.
#[derive(Debug, Parser)]
#[command(name = "normtag", version, arg_required_else_help = true, max_term_width = 100)]
#[command(after_help = "\
Exit status: 0 done and clean; 1 something awaits a person (a source unread or \
read only in part, a mistake in a rule file or in the corpus); 2 the run failed, \
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
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// The agreements of the corpus and their tags: list, show, check, take in and out
    Corpus(CorpusArgs),
    /// Print the text of documents and their paragraphs with locators
    Extract(ExtractArgs),
    /// Fetch addresses into the store, so that later runs need no network
    Fetch(FetchArgs),
    /// Print the manual page
    Man,
    /// List, check, test and explain the rules
    Rules(RulesArgs),
    /// Propose tags for agreements: a coding sheet for each document
    Tag(TagArgs),
}

/// What is read.
#[derive(Debug, Clone, Args)]
pub(crate) struct SourceArgs {
    /// Address, file, folder (its documents), or `-` for standard input
    #[arg(required = true, value_name = "SOURCE")]
    pub(crate) sources: Vec<String>,
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

#[derive(Debug, Args)]
pub(crate) struct TagArgs {
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Agreement the sources belong to, such as paris-call-2018
    #[arg(long = "as", value_name = "ID", value_parser = parse_agreement)]
    pub(crate) agreement: Option<String>,
    /// Quotes for each element, best first [default: 3]
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..))]
    pub(crate) evidence: Option<u32>,
    /// Form of the sheet [default: table]
    #[arg(long, value_name = "FORM", value_parser = parse_format)]
    pub(crate) format: Option<Format>,
    /// File for the sheet in place of standard output (`-`); its ending chooses
    /// the form where --format does not
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write the extracted text, which the spans count in, to a file (one
    /// source only)
    #[arg(long, value_name = "FILE")]
    pub(crate) text: Option<PathBuf>,
    /// Threads to use [default: one for each core]
    #[arg(long, value_name = "N", value_parser = value_parser!(u16).range(1..=256))]
    pub(crate) threads: Option<u16>,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ExtractArgs {
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Form of the output
    #[arg(long, value_enum, value_name = "FORM", default_value = "text")]
    pub(crate) format: TextOrJson,
    /// File in place of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
}

/// Forms of an extracted text, or of one agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TextOrJson {
    /// For reading
    Text,
    /// For programs
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct FetchArgs {
    /// Addresses
    #[arg(required = true, value_name = "URL")]
    pub(crate) urls: Vec<String>,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
}

#[derive(Debug, Args)]
pub(crate) struct CorpusArgs {
    #[command(subcommand)]
    pub(crate) command: CorpusCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CorpusCommand {
    /// Print the curated tags of a taxonomy
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
pub(crate) struct ExportArgs {
    /// Form of the output
    #[arg(long, value_enum, value_name = "FORM", default_value = "csv")]
    pub(crate) format: TagsFormat,
    /// File in place of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) folder: CorpusFolder,
}

/// Forms of tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TagsFormat {
    /// A row per quote
    Csv,
    /// The same rows as objects
    Json,
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

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    #[command(subcommand)]
    pub(crate) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Show every mistake in the rule files, in place
    Check(RuleArgs),
    /// Show what an element's rules ask for; with --source, what they find there
    Explain(ExplainArgs),
    /// List the elements with their rules
    List(RuleArgs),
    /// Ask every rule for its own examples
    Test(RuleArgs),
}

#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// Code of an element, such as 3.2
    pub(crate) element: String,
    /// A document to look at
    #[arg(long, value_name = "SOURCE")]
    pub(crate) source: Option<String>,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
}

/// A folder, which may be empty: an empty variable of the environment counts
/// as one that is not set, and is sorted out where the folder is used.
fn folder() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(PathBuf::from)
}

/// An agreement's id: words of small letters and digits with hyphens between.
fn parse_agreement(id: &str) -> Result<String, String> {
    let small = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    if id.split('-').all(|word| !word.is_empty() && word.chars().all(small)) {
        return Ok(id.to_owned());
    }
    Err("an id is small letters and digits with hyphens between, such as paris-call-2018"
        .to_owned())
}

/// The form with this name.
fn parse_format(name: &str) -> Result<Format, String> {
    let found = Format::ALL.into_iter().find(|format| format.as_str() == name);
    found.ok_or_else(|| {
        let names: Vec<&str> = Format::ALL.iter().map(|format| format.as_str()).collect();
        format!("the forms are {}", names.join(", "))
    })
}
