//! The documents of a folder.
//!
//! Which file is a document is decided by its name's ending and its first
//! bytes; what kind of document it is, is decided later, by looking at it.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// Endings of the names of documents.
const ENDINGS: &[&str] = &[
    "pdf", "html", "htm", "xhtml", "docx", "odt", "fodt", "rtf", "epub", "md", "markdown", "txt",
    "text",
];

/// What a folder holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folder {
    /// Its documents, in order of path.
    pub documents: Vec<PathBuf>,
    /// How many files of other kinds were passed over.
    pub passed_over: usize,
    /// Folders that could not be read, itself among them, with the reason.
    pub unreadable: Vec<(PathBuf, String)>,
}

/// Lists the documents in `root` and the folders below it. Hidden files and
/// folders are left alone, and links are not followed.
#[must_use]
pub fn list_folder(root: &Path) -> Folder {
    let mut found = Folder::default();
    let entries = WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(is_visible);
    for entry in entries {
        match entry {
            Err(error) => found.unreadable.push(unreadable(root, &error)),
            Ok(entry) if !entry.file_type().is_file() => {}
            Ok(entry) if is_document(entry.path()) => found.documents.push(entry.into_path()),
            Ok(_) => found.passed_over += 1,
        }
    }
    found.documents.sort();
    found
}

/// The folder that could not be read, and what the system says.
fn unreadable(root: &Path, error: &walkdir::Error) -> (PathBuf, String) {
    let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
    (error.path().unwrap_or(root).to_owned(), reason)
}

fn is_visible(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
}

/// Whether the file looks like a document normtag reads.
#[must_use]
pub fn is_document(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
        || starts_like_pdf(path).unwrap_or(false)
}

fn starts_like_pdf(path: &Path) -> io::Result<bool> {
    let mut start = [0; 5];
    std::fs::File::open(path)?.read_exact(&mut start)?;
    Ok(&start == b"%PDF-")
}
