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

/// Room for the parts that helpers work on, whose nesting must have a bound.
/// Each takes it from the memory the whole process may have, so it is less.
const PART_STACK_BYTES: usize = 16 << 20;

/// More helpers would take more memory than the time they save is worth.
const MOST_PARTS: usize = 4;

/// What `work` makes of `items`, in order: of one part on this thread and of
/// the others on helpers, as many as there are processors for at least `least`
/// items each. A panic in a helper goes on in this thread.
pub(crate) fn in_parts<T: Sync, R: Send>(
    items: &[T],
    least: usize,
    work: impl Fn(&[T]) -> Vec<R> + Sync,
) -> Vec<R> {
    let processors = thread::available_parallelism().map_or(1, usize::from).min(MOST_PARTS);
    let parts = (items.len() / least.max(1)).clamp(1, processors);
    let mut chunks = items.chunks(items.len().div_ceil(parts).max(1));
    let first = chunks.next().unwrap_or_default();
    if parts == 1 {
        return work(first);
    }
    let (work, guarded) = (&work, GUARDED.get());
    thread::scope(|scope| {
        let helpers: Vec<_> = chunks
            .map(|chunk| {
                let helper = move || {
                    GUARDED.set(guarded);
                    work(chunk)
                };
                let builder = thread::Builder::new().name("extract".to_owned());
                let helper = builder.stack_size(PART_STACK_BYTES).spawn_scoped(scope, helper);
                (chunk, helper)
            })
            .collect();
        let mut made = work(first);
        for (chunk, helper) in helpers {
            match helper {
                Ok(helper) => match helper.join() {
                    Ok(part) => made.extend(part),
                    Err(payload) => panic::resume_unwind(payload),
                },
                // No thread to be had: it is done here.
                Err(_) => made.extend(work(chunk)),
            }
        }
        made
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_back_in_order() {
        for count in [0u32, 1, 5, 8, 9, 100] {
            let items: Vec<u32> = (0..count).collect();
            let doubled = in_parts(&items, 4, |part| part.iter().map(|item| item * 2).collect());
            assert_eq!(doubled, items.iter().map(|item| item * 2).collect::<Vec<u32>>());
        }
    }

    #[test]
    fn a_panic_in_a_part_becomes_its_message() {
        let items: Vec<u32> = (0..100).collect();
        let panics = |part: &[u32]| -> Vec<u32> {
            assert!(!part.contains(&99), "the last part");
            part.to_vec()
        };
        assert_eq!(run(|| in_parts(&items, 4, panics)), Err("the last part".to_owned()));
    }

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
