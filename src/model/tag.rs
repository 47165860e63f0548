//! What can be said of a claim, and the record of it.

use crate::model::{AgreementId, ElementCode};
use serde::{Deserialize, Serialize};

/// What a proposal proposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The subject is touched without a commitment on it.
    Indirect,
    /// The text itself makes a commitment on the element.
    Present,
}

impl Status {
    /// Its name in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Indirect => "indirect",
            Self::Present => "present",
        }
    }
}

impl From<Status> for Presence {
    fn from(status: Status) -> Self {
        match status {
            Status::Present => Self::Present,
            Status::Indirect => Self::Indirect,
        }
    }
}

/// What a coding records for one claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Presence {
    /// Neither present nor indirect, in a text that was read whole.
    Absent,
    /// The subject is touched without a commitment on it.
    Indirect,
    /// The text itself makes a commitment on the element.
    Present,
    /// The text was not read whole, and what was read does not have it.
    NotAssessed,
}

impl Presence {
    /// Its name in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Indirect => "indirect",
            Self::Absent => "absent",
            Self::NotAssessed => "not_assessed",
        }
    }
}

/// A row of the curated data: what one edition records of one claim, with one
/// quote.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tag {
    /// The agreement.
    pub agreement: AgreementId,
    /// The element, or a name that is none of the taxonomy's for what lies
    /// outside it.
    pub element: ElementCode,
    /// What is recorded.
    pub status: Presence,
    /// Where in the agreement, as the source writes it; may be empty.
    pub citation: String,
    /// Words of the agreement; may be empty.
    pub quote: String,
    /// A remark; may be empty.
    pub note: String,
    /// The edition and its entry, such as an edition's id, a slash and a
    /// numeral.
    pub source: String,
}
