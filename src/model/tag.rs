//! What can be said of a claim.

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
