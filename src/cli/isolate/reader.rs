//! The other side: what this program does when it is started to read one
//! document.

use crate::cli::isolate::ARGUMENT;
use crate::cli::isolate::task::Task;
use normtag::extract::extract;
use std::io::{self, Read, Write};
use std::process::ExitCode;

/// Address space that is not the file's doing, in MiB: the stack the parser
/// runs on (256, of which only what is used takes memory), the program and
/// its libraries, what the allocator sets aside, and both (16 and 64) for each
/// of the three threads that help with the pages of a PDF.
#[cfg(unix)]
const OWN: u64 = 256 + 128 + 3 * (16 + 64);

/// Whether the program was started to read one document.
pub(crate) fn is_reader() -> bool {
    std::env::args_os().nth(1).is_some_and(|argument| argument == ARGUMENT)
}

/// Reads one document from standard input to standard output.
pub(crate) fn read_one() -> ExitCode {
    match read(&mut io::stdin().lock(), &mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // The parent listens; a person does not.
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn read(from: &mut io::StdinLock<'_>, out: &mut io::StdoutLock<'_>) -> io::Result<()> {
    let task = Task::read(from)?;
    limit(task.memory, task.seconds)?;
    let mut bytes = Vec::new();
    from.read_to_end(&mut bytes)?;
    let extracted = extract(&task.snapshot(bytes));
    // In one go: what cannot be held whole must not be taken for a document.
    let written = serde_json::to_vec(&extracted)?;
    out.write_all(&written)?;
    out.flush()
}

/// Takes away from this process what it should not need. A hard limit cannot
/// be raised again by whoever runs in it.
#[cfg(unix)]
fn limit(memory: u64, seconds: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let most = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    // No more than is allowed already: a limit from outside stays.
    let lower = |resource: Resource, wanted: u64| {
        let now = getrlimit(resource);
        let allowed = now.current.into_iter().chain(now.maximum).min().unwrap_or(u64::MAX);
        setrlimit(resource, most(wanted.min(allowed)))
    };
    let bytes = memory.saturating_add(OWN).saturating_mul(1 << 20);
    // Of all limits on memory this one holds on the most systems; macOS takes
    // it and does not keep it.
    lower(Resource::As, bytes)?;
    // Should the parent be gone, the reader still ends.
    lower(Resource::Cpu, seconds.saturating_add(2))?;
    // An abort is expected here and leaves no picture of the memory behind.
    lower(Resource::Core, 0)?;
    Ok(())
}

/// Elsewhere time and output are limited by the parent, memory is not.
#[cfg(not(unix))]
fn limit(_memory: u64, _seconds: u64) -> io::Result<()> {
    Ok(())
}
