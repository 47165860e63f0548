//! Arguments of `normtag rules`.

use super::{CorpusFolder, NetworkArgs, RuleArgs};
use clap::{Args, Subcommand};

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
    Explain(Box<ExplainArgs>),
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
    pub(crate) network: NetworkArgs,
}
