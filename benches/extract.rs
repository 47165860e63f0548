//! How fast PDFs are read, beside pdftotext, in one run.
//!
//! Reads the real PDFs of the reference material that `NORMTAG_SHARED` names,
//! one after the other in this process, and has pdftotext (poppler-utils) do
//! the same, one process for each file, as that is how it is used. Asserts
//! that every file has words and that normtag is at least twice as fast. Read
//! the ratio; the seconds depend on the machine.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]
#![allow(clippy::disallowed_methods, reason = "a benchmark reads files and the environment")]

use normtag::extract::extract;
use normtag::model::{Extracted, Snapshot};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

fn main() {
    let Some(shared) = std::env::var_os("NORMTAG_SHARED").map(PathBuf::from) else {
        println!("nothing measured: NORMTAG_SHARED is not set");
        return;
    };
    for folder in ["agreements/pdf", "stress/typeset"] {
        measure(folder, &pdfs(&shared.join(folder)));
    }
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "pdf"));
    paths.sort();
    assert!(!paths.is_empty(), "no PDFs in {}", folder.display());
    paths
}

/// Both readers by turns, the best of three rounds each.
fn measure(name: &str, paths: &[PathBuf]) {
    let (mut own, mut other, mut pages) = (f64::INFINITY, f64::INFINITY, 0);
    for _ in 0..3 {
        let began = Instant::now();
        pages = paths.iter().map(|path| read(path)).sum();
        own = own.min(began.elapsed().as_secs_f64());
        let began = Instant::now();
        if !paths.iter().all(|path| pdftotext(path)) {
            println!("{name}: {pages} pages in {own:.2} s; pdftotext is not at hand");
            return;
        }
        other = other.min(began.elapsed().as_secs_f64());
    }
    let per_second = |seconds: f64| f64::from(pages) / seconds;
    println!(
        "{name}: {} files, {pages} pages: {:.0} pages/s, pdftotext {:.0}: {:.1} x",
        paths.len(),
        per_second(own),
        per_second(other),
        other / own
    );
    assert!(other >= 2.0 * own, "at least twice as fast as pdftotext");
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
