//! `normtag corpus`: the curated data.

use crate::cli::Ending;
use crate::cli::args::CorpusCommand;
use crate::cli::config::Config;
use crate::cli::corpus_import;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;

/// Runs the command.
pub(crate) fn run(
    command: CorpusCommand,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    match command {
        CorpusCommand::Export(args) => corpus_import::export(&args, config),
        CorpusCommand::Import(args) => corpus_import::import(&args, config, terminal),
    }
}
