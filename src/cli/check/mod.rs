//! `normtag check`: whether what the corpus rests on still holds.

mod quotes;
mod texts;

use crate::cli::Ending;
use crate::cli::args::CheckCommand;
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(
    command: CheckCommand,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    match command {
        CheckCommand::Quotes(args) => quotes::run(&args, config, terminal),
    }
}
