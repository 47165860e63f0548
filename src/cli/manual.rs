//! `normtag completions` and `normtag man`: made from the arguments, so that
//! they cannot tell anything else.

use crate::cli::Ending;
use crate::cli::args::Cli;
use crate::cli::failure::Failure;
use crate::cli::output::write_to;
use clap::CommandFactory;
use clap_complete::Shell;

/// Prints the completion script of `shell`.
pub(crate) fn completions(shell: Shell) -> Result<Ending, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "normtag", &mut script);
    write_to(None, |out| out.write_all(&script))?;
    Ok(Ending::Clean)
}

/// Prints the manual page, all commands in it.
pub(crate) fn man() -> Result<Ending, Failure> {
    let mut page = Vec::new();
    let mut command = Cli::command();
    command.build();
    let rendered = clap_mangen::Man::new(command).render(&mut page);
    rendered.map_err(Failure::stdout)?;
    write_to(None, |out| out.write_all(&page))?;
    Ok(Ending::Clean)
}
