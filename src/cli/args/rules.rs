//! Arguments of `normtag rules`.

use super::{CorpusFolder, NetworkArgs, ReadingArgs, RuleArgs, SourceArgs, TextOrJson};
use clap::{Args, Subcommand, ValueEnum, value_parser};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct RulesArgs {
    #[command(subcommand)]
    pub(crate) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RulesCommand {
    /// Fit scores to texts that people coded, so that 0.9 means nine in ten
    Calibrate(Box<CalibrateArgs>),
    /// Show every mistake in the rule files, in place, and what was surely not meant so
    Check(RulesCheckArgs),
    /// Write a page for each element: its rules in words, and the words behind them
    Docs(DocsArgs),
    /// Show what an element's rules ask for; with --source, what they find there
    Explain(Box<ExplainArgs>),
    /// Show what a change to the rules does to the tags of given documents
    Impact(Box<ImpactArgs>),
    /// List the elements with their rules
    List(RuleArgs),
    /// Suggest words that an element's rules lack, from passages people coded
    Suggest(Box<SuggestArgs>),
    /// Ask every rule for its own examples
    Test(RuleArgs),
}

#[derive(Debug, Args)]
#[command(after_help = "\
Exit status: 0 no mistake; 1 mistakes, or, with --strict, warnings; 2 it was asked wrongly.")]
pub(crate) struct RulesCheckArgs {
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    /// Count warnings as mistakes
    #[arg(long)]
    pub(crate) strict: bool,
    /// Take out of the files what has no effect (R030, R037, R038); needs
    /// --rules
    #[arg(long)]
    pub(crate) fix: bool,
    /// Form of the output
    #[arg(long, value_enum, value_name = "FORM", default_value = "text")]
    pub(crate) format: TextOrJson,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Exit status: 0 done; 2 it was asked wrongly, or the rules have mistakes.

Example: normtag rules docs -o handbook")]
pub(crate) struct DocsArgs {
    /// Folder to write the pages (Markdown) into: a new or an empty one, or one
    /// of an earlier run
    #[arg(long, short, value_name = "DIR")]
    pub(crate) output: PathBuf,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Exit status: 0 done; 1 a part of the document was not read; 2 it was asked wrongly, or the document \
was not read.

Example: normtag rules explain --kwic vulnerability --source agreement.pdf")]
pub(crate) struct ExplainArgs {
    /// Code of an element, such as 3.2
    #[arg(required_unless_present_any = ["kwic", "untouched"])]
    pub(crate) element: Option<String>,
    /// A document to look at
    #[arg(long, value_name = "SOURCE")]
    pub(crate) source: Option<String>,
    /// A concept, or a pattern as vocabularies write it, in its context: one
    /// line for each place
    #[arg(long, value_name = "WHAT", requires = "source", conflicts_with_all = ["element", "untouched"])]
    pub(crate) kwic: Option<String>,
    /// The paragraphs in which no rule of the taxonomy holds, those with the
    /// fewest concepts first, and the words in them that no concept knows
    #[arg(long, requires = "source", conflicts_with = "element")]
    pub(crate) untouched: bool,
    /// Form of the output
    #[arg(long, value_enum, value_name = "FORM", default_value = "text")]
    pub(crate) format: TextOrJson,
    #[command(flatten)]
    pub(crate) folder: CorpusFolder,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Words are told by log-likelihood (at least 6.63) and log ratio (at least 1, twice as frequent), in \
two agreements or more; each is tried in every concept that the element's rules ask for, and \
offered where it mends most. What else an edit changes: `normtag rules impact`.

Exit status: 0 done; 2 it was asked wrongly.

Example: normtag rules suggest 3.2 --from decisions.jsonl --source agreements/")]
pub(crate) struct SuggestArgs {
    /// Code of an element, such as 3.2
    pub(crate) element: String,
    /// Tags that people gave, in any form `diff` takes [default: the curated
    /// tags of the taxonomy]
    #[arg(long, value_name = "SIDE")]
    pub(crate) from: Option<String>,
    /// Documents in which to look for what an edit changes
    #[arg(long, value_name = "SOURCE")]
    pub(crate) source: Vec<String>,
    /// Language of the passages and of the vocabulary to edit
    #[arg(long, value_name = "CODE", default_value = "en")]
    pub(crate) language: String,
    /// Agreements in which a word must occur at least
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = value_parser!(u32).range(1..))]
    pub(crate) agreements: u32,
    /// Suggestions at most
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = value_parser!(u32).range(1..))]
    pub(crate) top: u32,
    /// Write the suggestion of this number into the vocabulary; needs --rules
    #[arg(long, value_name = "N", value_parser = value_parser!(u32).range(1..))]
    pub(crate) apply: Option<u32>,
    /// Form of the output
    #[arg(long, value_enum, value_name = "FORM", default_value = "text")]
    pub(crate) format: TextOrJson,
    #[command(flatten)]
    pub(crate) folder: CorpusFolder,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Exit status: 0 nothing changes; 1 a tag or a passage does; 2 it was asked wrongly, or nothing \
could be read.

Example: normtag rules impact built-in --rules my-rules agreement.pdf --against coding.json")]
pub(crate) struct ImpactArgs {
    /// The rules as they were: a folder, proposals that `tag --format json`
    /// wrote, or `built-in`
    #[arg(value_name = "BASE")]
    pub(crate) base: String,
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Agreement the sources belong to, such as paris-call-2018
    #[arg(long = "as", value_name = "ID")]
    pub(crate) agreement: Option<String>,
    /// Tags that people gave, in any form `diff` takes: figures before and now
    #[arg(long, value_name = "SIDE")]
    pub(crate) against: Option<String>,
    /// Passages looked at for each element, best first
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = value_parser!(u32).range(1..))]
    pub(crate) evidence: u32,
    /// Form of the output
    #[arg(long, value_enum, value_name = "FORM", default_value = "table")]
    pub(crate) format: ImpactFormat,
    /// File in place of standard output
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

#[derive(Debug, Args)]
#[command(after_help = "\
Every figure is of texts left out: a text's probabilities come from weights fitted on all the \
others. The file belongs into the folder of its taxonomy, as calibration.toml; without it scores \
are as strong as the weights of the rules, and no probabilities.

Exit status: 0 a calibration was fitted; 2 it was asked wrongly, or there are too few texts.

Example: normtag rules calibrate agreements/ --against codings/ -o my-rules/mine/calibration.toml")]
pub(crate) struct CalibrateArgs {
    #[command(flatten)]
    pub(crate) source: SourceArgs,
    /// Tags that people gave to the same texts, in any form `diff` takes
    #[arg(long, value_name = "SIDE")]
    pub(crate) against: String,
    /// Form of the figures
    #[arg(long, value_enum, value_name = "FORM", default_value = "text")]
    pub(crate) format: TextOrJson,
    /// File for the weights; without it only the figures are shown
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

/// Forms of an impact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ImpactFormat {
    /// For a terminal
    Table,
    /// For programs
    Json,
    /// For a pull request
    Markdown,
}
