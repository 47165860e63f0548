//! Arguments of `normtag check`.

use super::CheckLinksArgs;
use clap::{Args, Subcommand};

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(subcommand)]
    pub(crate) command: CheckCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CheckCommand {
    /// Ask every address of the corpus, or of files, whether its document is
    /// still there and still the same
    Links(Box<CheckLinksArgs>),
}
