//! Arguments of `normtag rules`.

use super::{CorpusFolder, LimitArgs, NetworkArgs, RuleArgs, SourceArgs};
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
    /// Show every mistake in the rule files, in place
    Check(RuleArgs),
    /// Show what an element's rules ask for; with --source, what they find there
    Explain(Box<ExplainArgs>),
    /// Show what a change to the rules does to the tags of given documents
    Impact(Box<ImpactArgs>),
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
    pub(crate) folder: CorpusFolder,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
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
    pub(crate) limits: LimitArgs,
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
    #[arg(long, value_enum, value_name = "FORM", default_value = "table")]
    pub(crate) format: CalibrateFormat,
    /// File for the weights; without it only the figures are shown
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
    #[command(flatten)]
    pub(crate) limits: LimitArgs,
}

/// Forms of the figures of a calibration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum CalibrateFormat {
    /// For a terminal
    Table,
    /// For programs
    Json,
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
