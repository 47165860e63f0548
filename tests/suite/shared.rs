//! The reference material beside the project, where it is at hand.
//!
//! Tests that need it run when `NORMTAG_SHARED` names its folder; then a file
//! that is missing is a failure. Without it they say that they were skipped.

use std::io::Write;
use std::path::{Path, PathBuf};

/// The folder `NORMTAG_SHARED` names; none where it is not set, which is said.
pub(crate) fn shared(test: &str) -> Option<PathBuf> {
    match std::env::var_os("NORMTAG_SHARED") {
        Some(folder) if !folder.is_empty() => Some(PathBuf::from(folder)),
        _ => {
            // Not `eprintln`: the test runner keeps that to itself when a test
            // passes, and a skipped test should be seen.
            let _ = writeln!(std::io::stderr(), "SKIPPED {test}: NORMTAG_SHARED is not set");
            None
        }
    }
}

/// The files in `folder` with this ending, in order of name; at least one.
pub(crate) fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries =
        std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .collect();
    files.sort();
    assert!(!files.is_empty(), "no .{ending} files in {}", folder.display());
    files
}
