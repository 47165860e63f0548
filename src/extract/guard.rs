//! Runs a parser of foreign files so that whatever it does, the caller gets an
//! answer and the terminal stays clean.
//!
//! Two dangers come with bytes from anywhere: a panic, and recursion as deep
//! as the file is nested. So the work runs on a thread of its own with a large
//! stack, and a panic there becomes a value. The standard library reports a
//! panic through one hook for the whole process, which prints; ours passes on
//! every panic but those of guarded threads.

use std::cell::Cell;
use std::panic;
use std::sync::Once;
use std::thread;

/// Room for documents nested some hundred thousand levels deep. Only what is
/// used of it is ever backed by memory.
const STACK_BYTES: usize = 256 << 20;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// The result of `work`, or what it said when it panicked.
pub(crate) fn run<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, String> {
    HOOK.call_once(|| {
        let previous = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !GUARDED.get() {
                previous(info);
            }
        }));
    });
    thread::scope(|scope| {
        let guarded = move || {
            GUARDED.set(true);
            work()
        };
        let thread = thread::Builder::new()
            .name("extract".to_owned())
            .stack_size(STACK_BYTES)
            .spawn_scoped(scope, guarded)
            .map_err(|error| format!("no thread could be started: {error}"))?;
        thread.join().map_err(|payload| {
            let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
            let text = text.or_else(|| payload.downcast_ref::<String>().cloned());
            text.unwrap_or_else(|| "no message".to_owned())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_its_message() {
        assert_eq!(run(|| 7), Ok(7));
        assert_eq!(run(|| -> u8 { panic!("page {}", 3) }), Err("page 3".to_owned()));
    }

    #[test]
    fn deep_recursion_has_room() {
        fn depth(n: u32) -> u32 {
            let filler = std::hint::black_box([n; 64]);
            if n == 0 { 0 } else { 1 + depth(n - 1) + filler[0] - n }
        }
        assert_eq!(run(|| depth(100_000)), Ok(100_000));
    }
}
