//! What stops a run: one line that says what and where.

use std::io;
use std::path::Path;

/// A run that cannot go on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// It was asked wrongly, or what it was given cannot be used.
    #[error("{0}")]
    Asked(String),
    /// A file or stream could not be read or written.
    #[error("{what}: {source}")]
    Io {
        /// What was being done, and to which file.
        what: String,
        /// What the system said.
        source: io::Error,
    },
}

impl Failure {
    /// A failure to write `path`.
    pub(crate) fn writing(path: &Path, source: io::Error) -> Self {
        Self::Io { what: format!("cannot write {}", path.display()), source }
    }

    /// A failure to read `path`.
    pub(crate) fn reading(path: &Path, source: io::Error) -> Self {
        Self::Io { what: format!("cannot read {}", path.display()), source }
    }

    /// A failure to write to standard output.
    pub(crate) fn stdout(source: io::Error) -> Self {
        Self::Io { what: "cannot write to standard output".to_owned(), source }
    }

    /// Whether the reader of the output went away.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Io { source, .. } if source.kind() == io::ErrorKind::BrokenPipe)
    }
}
