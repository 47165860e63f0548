//! The texts of the corpus's data files: those built in, or those of a folder.

use crate::model::SourceFile;
use std::io;
use std::path::Path;

/// The registry of agreements that is built into the program.
#[must_use]
pub fn built_in_agreements() -> SourceFile {
    SourceFile::new("corpus/agreements.toml", include_str!("../../corpus/agreements.toml"))
}

/// The registry of agreements in the corpus folder `root`.
///
/// # Errors
///
/// When `agreements.toml` there cannot be read or is not UTF-8.
pub fn read_agreements(root: &Path) -> io::Result<SourceFile> {
    let path = root.join("agreements.toml");
    let text = std::fs::read_to_string(&path)?;
    Ok(SourceFile::new(path.to_string_lossy().replace('\\', "/"), text))
}
