//! Reads a document in a process of its own, so that no file can bring down
//! the run or any other document with it.
//!
//! The process is this same program, started again with one argument that no
//! help names. It takes a task on standard input, sets its own limits before
//! it sees a byte of the file, and writes the document to standard output.
//! Whatever it does instead (abort, run out of memory, never end, write
//! without end) becomes an unread source with a reason.

mod ending;
mod reader;
mod task;

use crate::cli::args::LimitArgs;
use crate::cli::config::{Config, Count};
use crate::cli::isolate::ending::Ended;
use crate::cli::isolate::task::Task;
use crate::cli::sources::Pending;
use normtag::extract::media_type;
use normtag::model::{Extracted, MediaType, Snapshot, Unread};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

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

/// As much of what a reader says on standard error as is looked at.
const MOST_COMPLAINT: u64 = 4096;

/// How documents are read apart from this process.
pub(crate) struct Isolation {
    program: PathBuf,
    limits: Limits,
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
        Self { program: program(), limits }
    }
}

impl Isolation {
    /// With the limits that were asked for.
    pub(crate) fn new(args: &LimitArgs, config: &Config) -> Self {
        let or = |flag: Option<u64>, configured: Option<Count>, default| {
            flag.or(configured.map(|Count(count)| count)).unwrap_or(default)
        };
        let memory = or(args.max_memory, config.max_memory, MAX_MEMORY);
        let seconds = or(args.extract_timeout, config.extract_timeout, TIMEOUT);
        Self { program: program(), limits: Limits { memory, seconds: seconds.min(LONGEST) } }
    }

    /// Reads a source whose turn has come.
    pub(crate) fn read(&self, source: Pending) -> Extracted {
        source.arrive().map_or_else(Extracted::Unread, |snapshot| self.extract(&snapshot))
    }

    /// The same as [`normtag::extract::extract`], in a process of its own.
    pub(crate) fn extract(&self, snapshot: &Snapshot) -> Extracted {
        let unread = |reason| {
            Extracted::Unread(Unread {
                source: snapshot.source.clone(),
                digest: Some(snapshot.digest.clone()),
                media_type: media_type(snapshot).unwrap_or(MediaType::Unknown),
                reason,
            })
        };
        match self.run(snapshot) {
            Err(error) => {
                unread(format!("not read: no process could be started to read it in ({error})"))
            }
            Ok(ended) => ended.result(self.limits).unwrap_or_else(unread),
        }
    }

    fn run(&self, snapshot: &Snapshot) -> std::io::Result<Ended> {
        let mut command = Command::new(&self.program);
        command.arg(ARGUMENT);
        let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let child = piped.spawn()?;
        Ok(follow(child, &Task::new(snapshot, self.limits), snapshot, self.limits.seconds))
    }
}

/// This program. Where the system has a name for the very file that runs, a
/// newer version put in its place meanwhile does not matter.
fn program() -> PathBuf {
    let this = Path::new("/proc/self/exe");
    if this.exists() { this.to_owned() } else { std::env::current_exe().unwrap_or_default() }
}

/// Hands a reader its task and waits for it to end, or ends it.
fn follow(mut child: Child, task: &Task, snapshot: &Snapshot, seconds: u64) -> Ended {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            if let Some(mut stdin) = stdin {
                // A reader that ended early does not listen; how it ended
                // says more than this would.
                let _ = task.write(&mut stdin).and_then(|()| stdin.write_all(&snapshot.bytes));
            }
        });
        scope.spawn(move || {
            let output = stdout.map(|out| all(out, MOST_OUTPUT + 1)).unwrap_or_default();
            // Only a wait that was given up does not listen.
            let _ = sender.send(output);
        });
        let complaint = scope.spawn(move || {
            stderr.map(|mut stderr| {
                let said = all(&mut stderr, MOST_COMPLAINT);
                // Read on, so that a reader that says much is not kept waiting.
                let _ = std::io::copy(&mut stderr, &mut std::io::sink());
                String::from_utf8_lossy(&said).into_owned()
            })
        });
        let output = receiver.recv_timeout(Duration::from_secs(seconds)).ok();
        let in_time = output.is_some();
        let too_much = output.as_ref().is_some_and(|output| output.len() as u64 > MOST_OUTPUT);
        if !in_time || too_much {
            // It may have ended by itself just now.
            let _ = child.kill();
        }
        let status = child.wait();
        let complaint = complaint.join().ok().flatten().unwrap_or_default();
        match output {
            None => Ended::OutOfTime,
            Some(_) if too_much => Ended::TooMuch,
            Some(output) => Ended::ByItself { output, complaint, status: status.ok() },
        }
    })
}

/// What comes until the end, or until there is as much as this.
fn all(from: impl Read, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What came before an error is what there is.
    let _ = from.take(most).read_to_end(&mut bytes);
    bytes
}
