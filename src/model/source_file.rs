//! A text file a person wrote, with the name it is known by.

/// A text and its name, so that a mistake in it can be shown in place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SourceFile {
    /// Its path as a person would type it, such as `rules/crosswalk.toml`.
    pub path: String,
    /// Its contents.
    pub text: String,
}

impl SourceFile {
    /// The text under this name.
    #[must_use]
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }
}
