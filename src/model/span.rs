//! A range of bytes of a document's text.
//!
//! Spans are made when text is first cut and carried from there; no stage
//! looks a passage up again by its words.

use serde::{Deserialize, Serialize};

/// Bytes `start..end` of a document's extracted text; `start <= end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span of bytes `start..end`.
    ///
    /// # Panics
    ///
    /// When `start > end`: a span that runs backwards is a mistake in the code.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span runs forwards: {start}..{end}");
        Self { start, end }
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words of `text` it covers, or nothing where it is not in `text` or
    /// would cut a character.
    #[must_use]
    pub fn cut(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }

    /// The same span where the text starts `by` bytes later.
    #[must_use]
    pub fn shifted(self, by: usize) -> Self {
        Self { start: self.start + by, end: self.end + by }
    }
}
