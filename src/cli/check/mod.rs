//! `normtag check`: does what the corpus says still hold?

mod links;

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
        CheckCommand::Links(args) => links::run(&args, config, terminal),
    }
}
