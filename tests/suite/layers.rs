//! Holds the house up: which module may name which, what every file must say,
//! and what no file may.
//!
//! A row may name only rows above it, so a circle cannot even be written down.
//! The check reads lines, not syntax: a guard, not a proof.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Each top-level module of the library with those it may import.
const LAYERS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("diagnostic", &["model"]),
    ("toml_reader", &["model", "diagnostic"]),
    ("markup", &[]),
    ("numerals", &[]),
    ("citation", &["model", "numerals"]),
    ("places", &["model", "numerals", "citation"]),
    ("quotes", &["model", "citation"]),
    ("words", &["model"]),
    ("keyness", &["words"]),
    ("fetch", &["model"]),
    ("links", &["model", "fetch"]),
    ("extract", &["model", "numerals"]),
    ("corpus", &["model", "diagnostic", "markup", "numerals", "toml_reader", "citation"]),
    ("rules", &["model", "diagnostic", "toml_reader", "words"]),
    ("scan", &["model", "diagnostic", "rules"]),
    ("handbook", &["model", "markup", "rules"]),
    ("propose", &["model"]),
    ("reliability", &["model"]),
    ("calibrate", &["model", "reliability"]),
    ("review", &["model", "markup", "citation", "quotes", "reliability"]),
    ("mapping", &["model", "reliability"]),
    ("diff", &["model", "citation", "words", "reliability"]),
    // Figures are plain data, made to be set.
    ("report", &["model", "reliability", "calibrate", "markup", "mapping"]),
    ("pipeline", &["model", "extract", "rules", "scan", "propose"]),
    // Tries edits of rules, and so runs the stages as the pipeline does.
    ("suggest", &["model", "keyness", "extract", "rules", "scan", "pipeline"]),
    // The program uses only what the library makes public.
    ("cli", &[]),
    ("main", &["cli"]),
];

/// Files of Rust below `folder`, with their texts.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = walkdir::WalkDir::new(root).sort_by_file_name();
    let files = entries.into_iter().map(Result::unwrap).map(walkdir::DirEntry::into_path);
    files
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| (path.clone(), std::fs::read_to_string(path).unwrap()))
        .collect()
}

/// The top-level module a file of `src` belongs to.
fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

/// The code of a file, without comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(number, line)| (number + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The modules a line names after `crate::`.
fn imports(line: &str) -> Vec<&str> {
    let after = line.split("crate::").skip(1);
    after
        .map(|rest| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or(""))
        .collect()
}

#[test]
fn rows_name_only_rows_above() {
    let mut above: Vec<&str> = Vec::new();
    for (module, may) in LAYERS {
        for other in *may {
            assert!(above.contains(other), "{module} names {other}, which is not above it");
        }
        above.push(module);
    }
}

#[test]
fn a_module_imports_only_what_its_row_allows() {
    let layers: BTreeMap<&str, &[&str]> = LAYERS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (path, text) in sources("src") {
        let module = module_of(&path);
        if module == "lib" {
            continue;
        }
        let Some(may) = layers.get(module.as_str()) else {
            panic!("{}: {module} has no row", path.display());
        };
        for (number, line) in code(&text) {
            for import in imports(line) {
                if import != module && !may.contains(&import) {
                    wrong.push(format!("{}:{number}: {module} names {import}", path.display()));
                }
            }
            if line.contains("super::super") || line.contains("crate::{") {
                wrong.push(format!("{}:{number}: write the path out", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_says_what_it_holds() {
    for folder in ["src", "tests/suite", "benches"] {
        for (path, text) in sources(folder) {
            assert!(text.starts_with("//! "), "{} does not", path.display());
        }
    }
}

#[test]
fn files_are_small_enough_to_hold_in_the_head() {
    for (path, text) in sources("src") {
        let without_tests = text.split("#[cfg(test)]").next().unwrap();
        let lines = without_tests.lines().count();
        assert!(lines <= 400, "{} has {lines} lines besides its tests", path.display());
    }
}

#[test]
fn no_element_and_no_edition_is_named_in_code() {
    for (path, text) in sources("src") {
        let without_tests = text.split("#[cfg(test)]").next().unwrap();
        for (number, line) in code(without_tests) {
            let named = line.contains("bpf-") || line.contains("\"1.1\"");
            assert!(!named, "{}:{number}: {line}", path.display());
        }
    }
}

#[test]
fn nothing_is_left_to_do() {
    for (path, text) in sources("src") {
        for mark in ["TODO", "FIXME", "XXX", "todo!(", "unimplemented!("] {
            assert!(!text.contains(mark), "{} has {mark}", path.display());
        }
    }
}

#[test]
fn the_program_reads_documents_only_in_processes_of_their_own() {
    for (path, text) in sources("src/cli") {
        let reader = path.ends_with("isolate/reader.rs");
        let parsers =
            ["extract::extract;", "extract_recognised", "pages_to_recognise", "draw_page"];
        let reads = code(&text).any(|(_, line)| parsers.iter().any(|parser| line.contains(parser)));
        assert_eq!(reads, reader, "{}", path.display());
    }
}
