//! What a release of the corpus says of itself: its version, title, sources.

use crate::corpus::export::Release;
use crate::model::SourceFile;
use std::io;
use std::path::Path;

/// What is said of the corpus that is built into the program.
#[must_use]
pub fn built_in_release() -> SourceFile {
    SourceFile::new("corpus/release.toml", include_str!("../../corpus/release.toml"))
}

/// What is said of the corpus folder `root`; nothing where it has no
/// `release.toml`.
///
/// # Errors
///
/// When `release.toml` there cannot be read or is not UTF-8.
pub fn read_release(root: &Path) -> io::Result<SourceFile> {
    let path = root.join("release.toml");
    let text = if path.exists() { std::fs::read_to_string(&path)? } else { String::new() };
    Ok(SourceFile::new(path.to_string_lossy().replace('\\', "/"), text))
}

/// Reads `file`.
///
/// # Errors
///
/// What is wrong with it, and where.
pub fn parse_release(file: &SourceFile) -> Result<Release, String> {
    toml::from_str(&file.text).map_err(|error| format!("{}: {error}", file.path))
}
