//! What it costs to read each document in a process of its own: the program
//! over a folder beside the library over the same folder in one process, in
//! turns, as a ratio.
//!
//! Asserts that both read the same text. `NORMTAG_SHARED` names the folder of
//! reference material; without it the samples are read, which are few.

#![allow(clippy::disallowed_methods, reason = "a benchmark reads files and the environment")]
#![allow(clippy::print_stdout, reason = "a benchmark prints")]
#![allow(clippy::unwrap_used, reason = "a benchmark stops at the first surprise")]

use normtag::corpus::list_folder;
use normtag::extract::extract;
use normtag::model::{Extracted, Snapshot};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 7;

/// The texts of a folder, read in this process as the program reads them.
fn together(folder: &Path) -> Vec<String> {
    let read = |path: &PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        match extract(&Snapshot::of_bytes(path.to_string_lossy(), bytes)) {
            Extracted::Read(document) => document.text,
            Extracted::Unread(unread) => unread.reason,
        }
    };
    list_folder(folder).documents.par_iter().map(read).collect()
}

/// What the program says of a folder.
fn apart(folder: &Path) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_normtag"));
    command.args(["extract", "--format", "json"]).arg(folder).stderr(Stdio::null());
    command.output().unwrap().stdout
}

fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    std::hint::black_box(work());
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}

fn main() {
    let shared = std::env::var_os("NORMTAG_SHARED").filter(|folder| !folder.is_empty());
    let folder = shared.map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/samples"),
        |shared| PathBuf::from(shared).join("agreements"),
    );
    let texts = together(&folder);
    let said: serde_json::Value = serde_json::from_slice(&apart(&folder)).unwrap();
    let documents = said["documents"].as_array().unwrap();
    assert_eq!(texts.len(), documents.len());
    for (text, document) in texts.iter().zip(documents) {
        let other = document["text"].as_str().filter(|other| !other.is_empty());
        let other = other.or(document["reason"].as_str()).unwrap();
        assert_eq!(text, other, "{}", document["source"]);
    }
    let (mut one, mut many) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        one.push(timed(|| together(&folder)));
        many.push(timed(|| apart(&folder)));
    }
    let (one, many, count) = (median(one), median(many), texts.len());
    println!("{count} documents: {one:.3} s in one process, {many:.3} s each in its own");
    println!("ratio {:.2}", many / one);
}
