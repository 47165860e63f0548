//! The texts of a rules folder: the one built in, or one on disk.

use crate::model::SourceFile;
use include_dir::{Dir, include_dir};
use std::io;
use std::path::Path;
use walkdir::WalkDir;

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/rules");

/// The rule files that are built into the program, in order of path.
#[must_use]
pub fn built_in_rules() -> Vec<SourceFile> {
    let mut files = Vec::new();
    collect(&BUILT_IN, &mut files);
    files.sort();
    files
}

fn collect(folder: &Dir<'_>, files: &mut Vec<SourceFile>) {
    for file in folder.files() {
        let path = file.path();
        if path.extension().is_some_and(|extension| extension == "toml")
            && let Some(text) = file.contents_utf8()
        {
            let path = format!("rules/{}", path.to_string_lossy().replace('\\', "/"));
            files.push(SourceFile::new(path, text));
        }
    }
    for inner in folder.dirs() {
        collect(inner, files);
    }
}

/// The rule files in the folder `root`, in order of path.
///
/// # Errors
///
/// When the folder or a file in it cannot be read, or a file is not UTF-8; the
/// error names it.
pub fn read_rules(root: &Path) -> io::Result<Vec<SourceFile>> {
    let mut files = Vec::new();
    // A taxonomy is one folder deep; what is deeper, or hidden, is someone's
    // backup and not a rule.
    let visible = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    let entries = WalkDir::new(root).max_depth(2).sort_by_file_name().into_iter();
    for entry in entries.filter_entry(visible) {
        let entry = entry.map_err(|error| unreadable(root, error))?;
        let path = entry.path();
        if !entry.file_type().is_file() || path.extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let text = std::fs::read_to_string(path).map_err(|error| {
            io::Error::new(error.kind(), format!("{}: {error}", path.display()))
        })?;
        files.push(SourceFile::new(path.to_string_lossy().replace('\\', "/"), text));
    }
    files.sort();
    Ok(files)
}

/// What the system says; and where, if that is not `root` itself.
fn unreadable(root: &Path, error: walkdir::Error) -> io::Error {
    let place = error.path().filter(|path| *path != root).map(Path::to_owned);
    let said = error.to_string();
    let error = error.into_io_error().unwrap_or_else(|| io::Error::other(said));
    match place {
        Some(place) => io::Error::new(error.kind(), format!("{}: {error}", place.display())),
        None => error,
    }
}
