//! What can be said of a quote held against a text.

use crate::model::Span;
use serde::{Deserialize, Serialize};

/// How a quote differs from the text it was found in, at its worst place.
///
/// In this order: a quote with a footnote mark and an ellipsis is `elided`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It stands there to the letter.
    Exact,
    /// The same words: quotation marks, dashes, ligatures, hyphens at the end
    /// of a line, case, white space and punctuation apart.
    Normalised,
    /// The same words but for what the page puts between them: a footnote
    /// mark or block, a running head, a list mark.
    Layout,
    /// Words are inserted in brackets.
    Bracketed,
    /// Words are left out where an ellipsis says so.
    Elided,
    /// Paragraphs from several places stand under one another.
    Joined,
    /// Other words, or words left out without a sign.
    Altered,
    /// It is not there.
    Gone,
    /// There was no text to look in.
    Unread,
}

impl Verdict {
    /// Its name in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Normalised => "normalised",
            Self::Layout => "layout",
            Self::Bracketed => "bracketed",
            Self::Elided => "elided",
            Self::Joined => "joined",
            Self::Altered => "altered",
            Self::Gone => "gone",
            Self::Unread => "unread",
        }
    }

    /// Whether the quote says no more and no less than the text, or marks
    /// where it does.
    #[must_use]
    pub fn holds(self) -> bool {
        self < Self::Altered
    }
}

/// A quote that was found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// From its first to its last word in the text.
    pub span: Span,
    /// The parts it is made of, in the order of the quote: one, unless words
    /// are left out or paragraphs joined.
    pub pieces: Vec<Span>,
    /// How it differs at its worst.
    pub verdict: Verdict,
}
