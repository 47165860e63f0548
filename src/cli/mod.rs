//! The command line: one file per command, each reads, calls the library, and
//! renders. Knows no stage's insides.
//!
//! Here, and nowhere else, is printed to the terminal, and the clock and the
//! environment are read.

#![expect(clippy::disallowed_methods, reason = "the binary reads files, environment and clock")]

mod archive;
mod args;
mod calibrate;
mod check;
mod checked;
mod config;
mod corpus;
mod corpus_add;
mod corpus_export;
mod corpus_import;
mod corpus_package;
mod corpus_show;
mod corpus_validate;
mod diff;
mod environment;
mod explain;
mod export_sources;
mod extract;
mod failure;
mod fetch;
mod isolate;
mod impact;
mod manual;
mod network;
mod output;
mod passage;
mod questions;
mod quoted;
mod reconcile;
mod report;
mod review;
mod review_sources;
mod review_summary;
mod settled;
mod rule_files;
mod rules;
mod rules_check;
mod rules_docs;
mod sides;
mod site_folder;
mod sources;
mod suggest;
mod tag;
mod tagged;
mod terminal;

use args::{Cli, Command};
use clap::Parser;
use config::Config;
use failure::Failure;
use std::process::ExitCode;
use terminal::Terminal;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ending {
    /// Done and clean.
    Clean = 0,
    /// Something awaits a person.
    Attention = 1,
    /// Nothing could be read.
    Failed = 2,
}

/// Runs the command that was typed.
pub(crate) fn run() -> ExitCode {
    if isolate::is_reader() {
        return isolate::read_one();
    }
    if isolate::is_limited() {
        return isolate::limit_and_become();
    }
    let cli = Cli::parse();
    let config = match cli.command {
        // These ask nothing of the configuration, so a mistake in it is no
        // reason not to get help.
        Command::Completions { .. } | Command::Man => Ok(Config::default()),
        _ => Config::find(cli.common.config.as_deref()),
    };
    let ending = match config {
        Err(failure) => tell(&failure, &Terminal::new(&cli.common, None)),
        Ok(config) => {
            let terminal = Terminal::new(&cli.common, config.color);
            dispatch(cli.command, &config, &terminal)
                .unwrap_or_else(|failure| tell(&failure, &terminal))
        }
    };
    ExitCode::from(ending as u8)
}

fn dispatch(command: Command, config: &Config, terminal: &Terminal) -> Result<Ending, Failure> {
    match command {
        Command::Check(args) => check::run(args.command, config, terminal),
        Command::Completions { shell } => manual::completions(shell),
        Command::Corpus(args) => corpus::run(args.command, config, terminal),
        Command::Diff(args) => diff::run(&args, config, terminal),
        Command::Extract(args) => extract::run(&args, config, terminal),
        Command::Fetch(args) => fetch::run(&args, config, terminal),
        Command::Man => manual::man(),
        Command::Report(args) => report::run(&args, config, terminal),
        Command::Review(args) => review::run(&args, config, terminal),
        Command::Rules(args) => rules::run(args.command, config, terminal),
        Command::Tag(args) => tag::run(&args, config, terminal),
    }
}

/// Says what went wrong. A reader who has read enough closes the pipe: that is
/// no failure.
fn tell(failure: &Failure, terminal: &Terminal) -> Ending {
    if failure.is_broken_pipe() {
        return Ending::Clean;
    }
    terminal.error(&failure.to_string());
    Ending::Failed
}
