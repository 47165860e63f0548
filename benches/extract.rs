//! How fast PDFs are read, beside pdftotext, in one run; or web pages.
//!
//! With the path of a folder: reads its web pages in this process, one after
//! the other, and prints the processor time of the best round; that is how
//! `html_articles.py` asks it beside trafilatura. Without:
//!
//! Reads the real PDFs of the reference material that `NORMTAG_SHARED` names,
//! one after the other in this process, and has pdftotext (poppler-utils) do
//! the same, one process for each file, as that is how it is used. normtag
//! reads the pages of a file on several threads, so both the time on the clock
//! and, where the system tells it, that of the processors are printed. Asserts
//! that every file has words. Read the ratios; the seconds depend on the
//! machine and on what else it does.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![allow(clippy::disallowed_methods, reason = "a benchmark reads files and the environment")]

use normtag::extract::extract;
use normtag::model::{Extracted, Snapshot};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

fn main() {
    // cargo adds arguments of its own, which begin with dashes.
    if let Some(folder) = std::env::args().skip(1).find(|argument| !argument.starts_with('-')) {
        measure_pages(Path::new(&folder));
        return;
    }
    let Some(shared) = std::env::var_os("NORMTAG_SHARED").map(PathBuf::from) else {
        println!("nothing measured: NORMTAG_SHARED is not set");
        return;
    };
    for folder in ["agreements/pdf", "stress/typeset"] {
        measure(folder, &files(&shared.join(folder), "pdf"));
    }
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == ending));
    paths.sort();
    assert!(!paths.is_empty(), "no files in .{ending} in {}", folder.display());
    paths
}

/// Passes over all pages in a round: the system counts hundredths of a second.
const PASSES: usize = 3;

/// The best of the rounds, as JSON for the program that asked. Most of what
/// other processes do to a round makes it longer.
fn measure_pages(folder: &Path) {
    let paths = files(folder, "html");
    let read = |path: &PathBuf| (path.clone(), std::fs::read(path).expect("the file is there"));
    let pages: Vec<(PathBuf, Vec<u8>)> = paths.iter().map(read).collect();
    let mut letters = 0;
    let mut pass = || letters = pages.iter().map(|(path, bytes)| page(path, bytes)).sum::<usize>();
    let rounds = (0..ROUNDS).map(|_| Spent::on(|| (0..PASSES).for_each(|_| pass())));
    let seconds = |spent: Spent| spent.processor.unwrap_or(spent.clock) / PASSES as f64;
    let best = rounds.map(seconds).min_by(f64::total_cmp).expect("there is a round");
    assert!(letters > 500 * pages.len(), "the pages have words");
    println!("{{\"pages\": {}, \"seconds\": {best:.4}}}", pages.len());
}

/// Reads one page; the length of its text.
fn page(path: &Path, bytes: &[u8]) -> usize {
    match extract(&Snapshot::of_bytes(path.to_string_lossy(), bytes.to_vec())) {
        Extracted::Read(document) => document.text.len(),
        Extracted::Unread(unread) => panic!("{}: {}", path.display(), unread.reason),
    }
}

/// Rounds of each reader.
const ROUNDS: usize = 5;

/// What a round took, in seconds.
#[derive(Clone, Copy)]
struct Spent {
    clock: f64,
    processor: Option<f64>,
}

impl Spent {
    fn on(work: impl FnOnce()) -> Self {
        let (began, before) = (Instant::now(), processor_seconds());
        work();
        let processor = before.zip(processor_seconds()).map(|(before, after)| after - before);
        Self { clock: began.elapsed().as_secs_f64(), processor }
    }
}

/// The processor time of this process and of those it waited for, where
/// `/proc` tells it (in hundredths of a second).
fn processor_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: Option<u64> =
        fields.get(11..15)?.iter().map(|ticks| ticks.parse::<u64>().ok()).sum();
    ticks.map(|ticks| ticks as f64 / 100.0)
}

/// Both readers by turns, and the middle of the rounds of each.
fn measure(name: &str, paths: &[PathBuf]) {
    let (mut own, mut other, mut pages) = (Vec::new(), Vec::new(), 0);
    let mut at_hand = true;
    for _ in 0..ROUNDS {
        own.push(Spent::on(|| pages = paths.iter().map(|path| read(path)).sum()));
        other.push(Spent::on(|| at_hand = paths.iter().all(|path| pdftotext(path))));
        if !at_hand {
            break;
        }
    }
    println!("{name}: {} files, {pages} pages", paths.len());
    let clock = |rounds: &[Spent]| middle(rounds.iter().map(|spent| spent.clock).collect());
    let processor = |rounds: &[Spent]| {
        rounds.iter().map(|spent| spent.processor).collect::<Option<_>>().and_then(middle)
    };
    for (what, own, other) in [
        ("on the clock", clock(&own), clock(&other)),
        ("processor", processor(&own), processor(&other)),
    ] {
        let Some(own) = own.filter(|own| *own > 0.0) else { continue };
        let pages = f64::from(pages);
        print!("  {what}: {own:.2} s, {:.0} pages/s", pages / own);
        match other.filter(|_| at_hand) {
            Some(other) => {
                println!("; pdftotext {other:.2} s, {:.0}: {:.2} x", pages / other, other / own);
            }
            None => println!("; pdftotext is not at hand"),
        }
    }
}

fn middle(mut seconds: Vec<f64>) -> Option<f64> {
    seconds.sort_by(f64::total_cmp);
    seconds.get(seconds.len() / 2).copied()
}

/// Reads one file; its pages.
fn read(path: &Path) -> u32 {
    let bytes = std::fs::read(path).expect("the file is there");
    match extract(&Snapshot::of_bytes(path.to_string_lossy(), bytes)) {
        Extracted::Read(document) => {
            assert!(document.text.len() > 500, "{} has words", path.display());
            document.pages.unwrap_or(0)
        }
        Extracted::Unread(unread) => panic!("{}: {}", path.display(), unread.reason),
    }
}

fn pdftotext(path: &Path) -> bool {
    let ran = Command::new("pdftotext").arg("-q").arg(path).arg("-").output();
    ran.is_ok_and(|output| output.status.success() && output.stdout.len() > 500)
}
