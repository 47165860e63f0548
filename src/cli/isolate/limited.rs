//! Limits that a process puts on itself, for good: a hard limit cannot be raised
//! again by whoever runs in it, nor by what it starts.

use crate::cli::isolate::Limits;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{Command, ExitCode};

/// The argument that makes the program limit itself and become another.
const ARGUMENT: &str = "__limited";

/// Address space that is not the file's doing, in MiB: the stack the parser
/// runs on (256, of which only what is used takes memory), the program and
/// its libraries, what the allocator sets aside, and both (16 and 64) for each
/// of the three threads that help with the pages of a PDF.
#[cfg(unix)]
const OWN: u64 = 256 + 128 + 3 * (16 + 64);

/// Takes away from this process what it should not need: memory in MiB beyond
/// what is its own, and seconds.
#[cfg(unix)]
pub(super) fn limit(memory: u64, seconds: u64) -> io::Result<()> {
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
    // Should the parent be gone, the process still ends.
    lower(Resource::Cpu, seconds.saturating_add(2))?;
    // An abort is expected here and leaves no picture of the memory behind.
    lower(Resource::Core, 0)?;
    Ok(())
}

/// Elsewhere time and output are limited by the parent, memory is not.
#[cfg(not(unix))]
pub(super) fn limit(_memory: u64, _seconds: u64) -> io::Result<()> {
    Ok(())
}

/// A command that runs another program within limits: this program, which
/// limits itself and becomes the other.
#[cfg(unix)]
pub(super) fn command(program: &str, limits: Limits) -> Command {
    let mut command = Command::new(crate::cli::isolate::program());
    command.args([ARGUMENT, &limits.memory.to_string(), &limits.seconds.to_string(), program]);
    command
}

/// Elsewhere no process can become another; the parent limits its time.
#[cfg(not(unix))]
pub(super) fn command(program: &str, _limits: Limits) -> Command {
    Command::new(program)
}

/// Whether the program was started to limit itself and become another.
pub(crate) fn is_limited() -> bool {
    std::env::args_os().nth(1).is_some_and(|argument| argument == ARGUMENT)
}

/// Limits this process as its arguments say (memory in MiB, seconds) and lets
/// the program named after them take its place.
pub(crate) fn limit_and_become() -> ExitCode {
    let error = become_another(std::env::args_os().skip(2));
    // The parent listens; a person does not.
    let _ = match error.kind() {
        io::ErrorKind::NotFound => writeln!(io::stderr(), "not found on the PATH"),
        _ => writeln!(io::stderr(), "{error}"),
    };
    ExitCode::FAILURE
}

/// Comes back only with what went wrong.
#[cfg(unix)]
fn become_another(mut arguments: impl Iterator<Item = OsString>) -> io::Error {
    let mut number = || arguments.next()?.to_str()?.parse::<u64>().ok();
    let (Some(memory), Some(seconds)) = (number(), number()) else { return not_asked() };
    let Some(program) = arguments.next() else { return not_asked() };
    if let Err(error) = limit(memory, seconds) {
        return error;
    }
    std::os::unix::process::CommandExt::exec(Command::new(program).args(arguments))
}

#[cfg(not(unix))]
fn become_another(_: impl Iterator<Item = OsString>) -> io::Error {
    not_asked()
}

fn not_asked() -> io::Error {
    io::Error::other("this is for the program itself to call")
}
