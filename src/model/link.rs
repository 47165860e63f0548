//! What became of an address that something rests on.

use crate::model::{AgreementId, Hop};
use serde::{Deserialize, Serialize};

/// What an address gives, beside what it gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkState {
    /// It is not there (HTTP 404 or 410).
    Gone,
    /// Nothing usable comes: no name, no connection, an error of the site.
    Unreachable,
    /// A page comes where the document was, and looks like one that says that
    /// it is not there.
    #[serde(rename = "soft-404")]
    Soft404,
    /// The document's text is another one.
    TextChanged,
    /// The site refuses programs (401, 403, 429, 451, a page that wants to see
    /// a person).
    Blocked,
    /// The site's `robots.txt` refuses it.
    Robots,
    /// It is there, at another address for good.
    Moved,
    /// Other bytes, the same text.
    BytesChanged,
    /// It is there, at another address for now.
    MovedTemporarily,
    /// It is there, to the byte; or it is seen for the first time.
    Ok,
}

impl LinkState {
    /// Its name in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gone => "gone",
            Self::Unreachable => "unreachable",
            Self::Soft404 => "soft-404",
            Self::TextChanged => "text-changed",
            Self::Blocked => "blocked",
            Self::Robots => "robots",
            Self::Moved => "moved",
            Self::BytesChanged => "bytes-changed",
            Self::MovedTemporarily => "moved-temporarily",
            Self::Ok => "ok",
        }
    }

    /// Whether the document was not had.
    #[must_use]
    pub fn failed(self) -> bool {
        match self {
            Self::Gone | Self::Unreachable | Self::Soft404 | Self::Blocked | Self::Robots => true,
            Self::TextChanged
            | Self::Moved
            | Self::BytesChanged
            | Self::MovedTemporarily
            | Self::Ok => false,
        }
    }

    /// Whether a person has something to do.
    #[must_use]
    pub fn awaits(self) -> bool {
        self.failed() || matches!(self, Self::TextChanged | Self::Moved)
    }

    /// Whether it counts towards calling an address dead: a site that refuses
    /// programs shows people the document.
    #[must_use]
    pub fn may_be_dead(self) -> bool {
        matches!(self, Self::Gone | Self::Unreachable)
    }
}

/// An address, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// The agreement it belongs to, where it stands in the registry.
    pub agreement: Option<AgreementId>,
    /// The address.
    pub url: String,
    /// What became of it.
    pub state: LinkState,
    /// The HTTP status of the last answer, where there was one.
    pub status: Option<u16>,
    /// The address that answered, where it is another one.
    pub final_url: Option<String>,
    /// What is to be known and done, in one line, lower case.
    pub reason: String,
    /// How many tags rest on it.
    pub tags: usize,
    /// Whether it failed in two runs at least a day apart, and in all between.
    pub dead: bool,
    /// The first of the runs it failed in, one after another (RFC 3339, UTC).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<String>,
    /// Whether a person has something to do.
    pub awaits: bool,
    /// Whether the store has a copy that a person saved by hand.
    pub saved_by_hand: bool,
    /// The redirects, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub redirects: Vec<Hop>,
    /// In what the text differs from the copy that was kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changes: Option<TextChanges>,
    /// A copy in a web archive.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub archived: Option<Archived>,
    /// Where it stands, as `file:line`, where files were named.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
}

/// In what a text differs from an earlier one: paragraphs taken out and put in.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct TextChanges {
    /// Paragraphs that are no longer there.
    pub removed: usize,
    /// Paragraphs that were not there.
    pub added: usize,
    /// The paragraphs, in order, as far as they are shown.
    pub lines: Vec<ChangedLine>,
}

/// A paragraph that was taken out or put in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedLine {
    /// Whether it is there now.
    pub added: bool,
    /// Its words.
    pub text: String,
}

/// A copy in a web archive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Archived {
    /// Where the archive shows it.
    pub url: String,
    /// How many quotes rest on the address.
    pub quotes: usize,
    /// How many of them the copy holds.
    pub held: usize,
}

impl Archived {
    /// Whether it can stand in for the address: it holds every quote.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.quotes > 0 && self.held == self.quotes
    }
}
