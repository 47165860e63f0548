//! How a reader ended, or a program that helps one, and what that says of the
//! file.

use crate::cli::isolate::{Limits, MOST_OUTPUT};
use normtag::model::Extracted;
use normtag::report::counted;
use std::process::ExitStatus;

/// How a process ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// It was ended when its time was up.
    OutOfTime,
    /// It was ended because it wrote more than any document has.
    TooMuch,
    /// Nobody ended it.
    ByItself {
        /// What it wrote.
        output: Vec<u8>,
        /// The beginning of what it said on standard error.
        complaint: String,
        /// How it ended, where the system knows.
        status: Option<ExitStatus>,
    },
}

impl Ended {
    /// The document or the reason the reader gives, or else in one line why
    /// it gave none.
    pub(super) fn result(self, limits: Limits) -> Result<Extracted, String> {
        let memory = limits.memory;
        match self {
            Self::OutOfTime => Err(format!(
                "not read: reading it took more than {}; if the file is sound, give it more time \
                 with --extract-timeout",
                time(limits)
            )),
            Self::TooMuch => Err(format!(
                "not read: it unpacks to more text than any agreement has (over {} MiB with its \
                 places)",
                MOST_OUTPUT >> 20
            )),
            Self::ByItself { output, complaint, status } => {
                let ended_well = status.is_some_and(|status| status.success());
                let extracted = serde_json::from_slice(&output).ok().filter(|_| ended_well);
                extracted.ok_or_else(|| cause(&complaint, status, memory))
            }
        }
    }

    /// What a program wrote that serves OCR, or in a few words why it wrote
    /// nothing; `doing` says what it was there for.
    pub(super) fn output(self, doing: &str, limits: Limits) -> Result<Vec<u8>, String> {
        match self {
            Self::OutOfTime => Err(format!(
                "{doing} took more than {}; give it more time with --extract-timeout",
                time(limits)
            )),
            Self::TooMuch => Err(format!("{doing} gave more than {} MiB", MOST_OUTPUT >> 20)),
            Self::ByItself { output, status: Some(status), .. } if status.success() => Ok(output),
            Self::ByItself { complaint, status, .. } => {
                let said = complaint.lines().map(str::trim).find(|line| !line.is_empty());
                let ended = || status.map_or_else(String::new, |status| status.to_string());
                Err(format!("{doing}: {}", said.map_or_else(ended, str::to_owned)))
            }
        }
    }
}

fn time(limits: Limits) -> String {
    counted(usize::try_from(limits.seconds).unwrap_or(usize::MAX), "second")
}

/// What the last words of a reader say. The first two are the runtime's own.
fn cause(complaint: &str, status: Option<ExitStatus>, memory: u64) -> String {
    if complaint.contains("memory allocation of") || complaint.contains("Cannot allocate memory") {
        return format!(
            "not read: reading it took more than {memory} MiB of memory; if the file is sound, \
             give it more with --max-memory"
        );
    }
    if complaint.contains("overflowed its stack") {
        return "damaged file: it is nested deeper than any document; it was not read".to_owned();
    }
    let how = status.map_or_else(|| "its end is not known".to_owned(), |status| status.to_string());
    format!("damaged file: its parser was stopped ({how}); it was not read")
}
