//! A process that is watched: what it is told, what it says, and how it ends,
//! by itself or because its time was up.

use crate::cli::isolate::MOST_OUTPUT;
use crate::cli::isolate::ending::Ended;
use std::io::{self, Read};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// As much of what a process says on standard error as is looked at.
const MOST_COMPLAINT: u64 = 4096;

/// Starts a process, tells it what `tell` writes, and waits for its end; after
/// so many seconds it is ended.
pub(super) fn run(
    mut command: Command,
    seconds: u64,
    tell: impl FnOnce(&mut ChildStdin) -> io::Result<()> + Send,
) -> io::Result<Ended> {
    Ok(follow(piped(&mut command).spawn()?, seconds, tell, Child::kill))
}

/// The same for a program that is not ours and may start others: they are ended
/// with it.
pub(super) fn run_foreign(
    mut command: Command,
    seconds: u64,
    tell: impl FnOnce(&mut ChildStdin) -> io::Result<()> + Send,
) -> io::Result<Ended> {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    Ok(follow(piped(&mut command).spawn()?, seconds, tell, end_group))
}

fn piped(command: &mut Command) -> &mut Command {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped())
}

#[cfg(unix)]
fn end_group(child: &mut Child) -> io::Result<()> {
    use rustix::process::{Pid, Signal, kill_process_group};
    let group = Pid::from_child(child);
    Ok(kill_process_group(group, Signal::KILL)?)
}

#[cfg(not(unix))]
fn end_group(child: &mut Child) -> io::Result<()> {
    child.kill()
}

fn follow(
    mut child: Child,
    seconds: u64,
    tell: impl FnOnce(&mut ChildStdin) -> io::Result<()> + Send,
    end: fn(&mut Child) -> io::Result<()>,
) -> Ended {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            if let Some(mut stdin) = stdin {
                // A process that ended early does not listen; how it ended
                // says more than this would.
                let _ = tell(&mut stdin);
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
                // Read on, so that one that says much is not kept waiting.
                let _ = io::copy(&mut stderr, &mut io::sink());
                String::from_utf8_lossy(&said).into_owned()
            })
        });
        let output = receiver.recv_timeout(Duration::from_secs(seconds)).ok();
        let in_time = output.is_some();
        let too_much = output.as_ref().is_some_and(|output| output.len() as u64 > MOST_OUTPUT);
        if !in_time || too_much {
            // It may have ended by itself just now.
            let _ = end(&mut child);
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
