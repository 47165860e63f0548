//! Reads a document in a process of its own, so that no file can bring down
//! the run or any other document with it.
//!
//! The process is this same program, started again with one argument that no
//! help names. It takes a task on standard input, sets its own limits before
//! it sees a byte of the file, and writes the document to standard output.
//! Whatever it does instead (abort, run out of memory, never end, write
//! without end) becomes an unread source with a reason.

mod child;
mod ending;
mod limited;
mod ocr;
mod reader;
mod task;

use crate::cli::args::ReadingArgs;
use crate::cli::config::{Config, Count};
use crate::cli::failure::Failure;
use crate::cli::isolate::ending::Ended;
use crate::cli::isolate::ocr::Ocr;
use crate::cli::isolate::task::{Task, Work};
use crate::cli::sources::Pending;
use crate::cli::terminal::Terminal;
use normtag::extract::media_type;
use normtag::model::{Extracted, MediaType, Snapshot, Unread};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

pub(crate) use limited::{is_limited, limit_and_become};
pub(crate) use reader::{is_reader, read_one};

/// The argument that makes the program a reader of one document.
const ARGUMENT: &str = "__extract";

/// Memory that reading one document may take, in MiB, unless told.
const MAX_MEMORY: u64 = 1024;

/// Seconds that reading one document may take, unless told.
const TIMEOUT: u64 = 60;

/// The longest time that is a limit: a year, in seconds.
const LONGEST: u64 = 31_536_000;

/// The most bytes a reader may write: some ten times what a thousand pages
/// give. What comes after reading works on all of it in this process, with
/// some thirty times the memory.
const MOST_OUTPUT: u64 = 64 << 20;

/// How documents are read apart from this process.
pub(crate) struct Isolation {
    program: PathBuf,
    limits: Limits,
    /// How pages that are pictures are read, where that was asked for.
    ocr: Option<Ocr>,
}

/// What reading one document may cost.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// Memory in MiB.
    memory: u64,
    /// Time in seconds.
    seconds: u64,
}

/// With the limits that hold unless others are asked for.
impl Default for Isolation {
    fn default() -> Self {
        let limits = Limits { memory: MAX_MEMORY, seconds: TIMEOUT };
        Self { program: program(), limits, ocr: None }
    }
}

impl Isolation {
    /// With the limits that were asked for, and with OCR where it was; an
    /// error where it cannot be had.
    pub(crate) fn new(
        args: &ReadingArgs,
        config: &Config,
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        let or = |flag: Option<u64>, configured: Option<Count>, default| {
            flag.or(configured.map(|Count(count)| count)).unwrap_or(default)
        };
        let memory = or(args.max_memory, config.max_memory, MAX_MEMORY);
        let seconds = or(args.extract_timeout, config.extract_timeout, TIMEOUT);
        let limits = Limits { memory, seconds: seconds.min(LONGEST) };
        let ocr = args.ocr.then(|| Ocr::find(args, config, limits, terminal)).transpose()?;
        Ok(Self { program: program(), limits, ocr })
    }

    /// Reads a source whose turn has come.
    pub(crate) fn read(&self, source: Pending) -> Extracted {
        source.arrive().map_or_else(Extracted::Unread, |snapshot| self.extract(&snapshot))
    }

    /// The same as [`normtag::extract::extract`], in a process of its own; with
    /// OCR, as [`normtag::extract::extract_recognised`].
    pub(crate) fn extract(&self, snapshot: &Snapshot) -> Extracted {
        let recognised = self.ocr.as_ref().map(|ocr| ocr.recognise(self, snapshot));
        let work = Work::Read(recognised.unwrap_or_default());
        let unread = |reason| {
            Extracted::Unread(Unread {
                source: snapshot.source.clone(),
                digest: Some(snapshot.digest.clone()),
                media_type: media_type(snapshot).unwrap_or(MediaType::Unknown),
                reason,
            })
        };
        match self.run(snapshot, work) {
            Err(error) => {
                unread(format!("not read: no process could be started to read it in ({error})"))
            }
            Ok(ended) => ended.result(self.limits).unwrap_or_else(unread),
        }
    }

    /// Has a reader do this work on a snapshot.
    fn run(&self, snapshot: &Snapshot, work: Work) -> io::Result<Ended> {
        let mut command = Command::new(&self.program);
        command.arg(ARGUMENT);
        let task = Task::new(snapshot, self.limits, work);
        child::run(command, self.limits.seconds, |stdin| {
            task.write(stdin)?;
            stdin.write_all(&snapshot.bytes)
        })
    }
}

/// This program. Where the system has a name for the very file that runs, a
/// newer version put in its place meanwhile does not matter.
fn program() -> PathBuf {
    let this = Path::new("/proc/self/exe");
    if this.exists() { this.to_owned() } else { std::env::current_exe().unwrap_or_default() }
}
