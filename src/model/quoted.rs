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

/// In what a quote and a text differ at one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceKind {
    /// One word in two spellings (-ise and -ize).
    Spelling,
    /// The number of a footnote, on one side only.
    FootnoteMark,
    /// A page number, a running head or a block of notes within the words.
    PageFurniture,
    /// The number or letter of a paragraph or an item, on one side only.
    ListMark,
    /// Words the quote puts in brackets.
    Insertion,
    /// Words the quote leaves out with a sign.
    Ellipsis,
    /// Text between two paragraphs that the quote puts under one another.
    Joined,
    /// Other words.
    Wording,
    /// Words of the text that the quote leaves out without a sign.
    Omission,
    /// Words of the quote that the text does not have.
    Addition,
    /// Words that stand elsewhere, or in another order.
    Order,
    /// A sign that bears meaning: a decimal point, a per cent sign.
    Symbol,
}

impl DifferenceKind {
    /// Its name in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Spelling => "spelling",
            Self::FootnoteMark => "footnote-mark",
            Self::PageFurniture => "page-furniture",
            Self::ListMark => "list-mark",
            Self::Insertion => "insertion",
            Self::Ellipsis => "ellipsis",
            Self::Joined => "joined",
            Self::Wording => "wording",
            Self::Omission => "omission",
            Self::Addition => "addition",
            Self::Order => "order",
            Self::Symbol => "symbol",
        }
    }

    /// What a quote with such a difference is called.
    #[must_use]
    pub fn verdict(self) -> Verdict {
        match self {
            Self::Spelling => Verdict::Normalised,
            Self::FootnoteMark | Self::PageFurniture | Self::ListMark => Verdict::Layout,
            Self::Insertion => Verdict::Bracketed,
            Self::Ellipsis => Verdict::Elided,
            Self::Joined => Verdict::Joined,
            Self::Wording | Self::Omission | Self::Addition | Self::Order | Self::Symbol => {
                Verdict::Altered
            }
        }
    }
}

/// A difference between a quote and a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// What kind it is.
    pub kind: DifferenceKind,
    /// What the quote has; may be empty.
    pub quote: String,
    /// What the text has; may be empty.
    pub text: String,
}

/// A quote that was found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// From its first to its last word in the text.
    pub span: Span,
    /// The parts it is made of, in the order of the quote: one, unless words
    /// are left out, paragraphs joined, or a page ends within it.
    pub pieces: Vec<Span>,
    /// How it differs at its worst.
    pub verdict: Verdict,
    /// All in which it differs beyond typography, in the order of the quote.
    pub differences: Vec<Difference>,
}

/// Where a quote stands beside where its citation says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CitedPlace {
    /// There.
    AtPlace,
    /// In the part that the cited place is a part of.
    InParent,
    /// In the place before or after.
    Neighbour,
    /// In another.
    Elsewhere,
    /// The text has no such place.
    NoSuchPlace,
    /// Nothing is cited that could be compared, or nothing was found.
    Unstated,
}

impl CitedPlace {
    /// Its name in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AtPlace => "at-place",
            Self::InParent => "in-parent",
            Self::Neighbour => "neighbour",
            Self::Elsewhere => "elsewhere",
            Self::NoSuchPlace => "no-such-place",
            Self::Unstated => "unstated",
        }
    }
}

/// Words that someone says stand in an agreement.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quote {
    /// The agreement; empty where it is not named.
    pub agreement: String,
    /// The element it is quoted for; may be empty.
    pub element: String,
    /// Where it is said to stand, as written; may be empty.
    pub citation: String,
    /// The words.
    pub quote: String,
}

/// A quote held against the texts of its agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckedQuote {
    /// The agreement; empty where it is not named.
    pub agreement: String,
    /// The element it is quoted for; may be empty.
    pub element: String,
    /// The words as they were given.
    pub quote: String,
    /// Where they are said to stand, as written.
    pub citation: String,
    /// How they differ from the text.
    pub verdict: Verdict,
    /// Where they stand beside where the citation says.
    pub place: CitedPlace,
    /// A citation of where they stand.
    pub suggested_citation: Option<String>,
    /// All in which they differ beyond typography.
    pub differences: Vec<Difference>,
    /// What stands in the text there, or what is most like the quote where it
    /// is gone.
    pub text: Option<String>,
    /// The document they were found in, as it was named.
    pub source: Option<String>,
    /// Bytes of that document's extracted text.
    pub span: Option<Span>,
    /// Whether the words found, or those most like the quote where it is gone,
    /// were recognised in the picture of a page (OCR): the verdict is on what
    /// was recognised.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub recognised: bool,
    /// What else a person should know, such as why there was no text.
    pub remark: Option<String>,
}

/// What came of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct QuotesReport {
    /// The quotes in the order they were given.
    pub quotes: Vec<CheckedQuote>,
}
