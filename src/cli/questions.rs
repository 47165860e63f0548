//! Questions to a person at the terminal: asked on standard error, answered on
//! standard input.

use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use std::io::{BufRead, IsTerminal};
use std::str::FromStr;

/// Asks where somebody is there to answer.
pub(crate) struct Questions {
    answers: Option<Box<dyn BufRead>>,
}

impl Questions {
    /// `ask`: also where standard input is no terminal.
    pub(crate) fn new(ask: bool) -> Self {
        let input = std::io::stdin();
        let asked = ask || input.is_terminal() && std::io::stderr().is_terminal();
        Self { answers: asked.then(|| Box::new(input.lock()) as Box<dyn BufRead>) }
    }

    /// An answer that must be given; an empty one takes what is proposed.
    /// `flag` says how to give it where nobody is asked.
    pub(crate) fn needed(
        &mut self,
        question: &str,
        flag: &str,
        proposed: Option<&str>,
    ) -> Result<String, Failure> {
        let missing = || {
            let proposed = proposed.map_or_else(String::new, |it| format!(" (perhaps `{it}`)"));
            Failure::Asked(format!("{flag} is missing{proposed}"))
        };
        let shown = proposed.map_or_else(String::new, |it| format!(" [{it}]"));
        loop {
            let Some(answer) = self.ask(&format!("{question}{shown}"))? else {
                return Err(missing());
            };
            match (answer.is_empty(), proposed) {
                (false, _) => return Ok(answer),
                (true, Some(proposed)) => return Ok(proposed.to_owned()),
                (true, None) => Terminal::show("An answer is needed here."),
            }
        }
    }

    /// An answer that may be left out.
    pub(crate) fn open(&mut self, question: &str) -> Result<Option<String>, Failure> {
        let answer = self.ask(&format!("{question} [leave out]"))?;
        Ok(answer.filter(|answer| !answer.is_empty()))
    }

    /// Words parted by commas or spaces; none where it is left out.
    pub(crate) fn list(&mut self, question: &str) -> Result<Vec<String>, Failure> {
        let answer = self.open(question)?.unwrap_or_default();
        let words = answer.split([',', ' ']).filter(|word| !word.is_empty());
        Ok(words.map(str::to_owned).collect())
    }

    /// A value that may be left out; one that cannot be read is asked again.
    pub(crate) fn parsed<T: FromStr<Err = String>>(
        &mut self,
        question: &str,
    ) -> Result<Option<T>, Failure> {
        loop {
            let Some(answer) = self.open(question)? else { return Ok(None) };
            match answer.parse() {
                Ok(value) => return Ok(Some(value)),
                Err(why) => Terminal::show(&why),
            }
        }
    }

    /// The answer; none where nobody is asked, or where the input ends.
    fn ask(&mut self, question: &str) -> Result<Option<String>, Failure> {
        let Some(answers) = &mut self.answers else { return Ok(None) };
        Terminal::show(&format!("{question}: "));
        let mut answer = String::new();
        let read = answers
            .read_line(&mut answer)
            .map_err(|source| Failure::Io { what: "cannot read the answer".to_owned(), source })?;
        Ok((read > 0).then(|| answer.trim().to_owned()))
    }
}
