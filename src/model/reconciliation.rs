//! A reconciliation: the last release, what people edited since, and what is
//! proposed now, cell by cell, with what a person decided.

use super::{AgreementId, Change, Coded, ElementCode, Presence};
use serde::{Deserialize, Serialize};

/// What a person decides of a cell where the proposals say something else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Ruling {
    /// Take what is proposed.
    Accept,
    /// Keep what the edited tags say.
    Keep,
    /// Decide later; until then the edited tags stand.
    Defer,
}

impl Ruling {
    /// Every decision.
    pub const ALL: [Self; 3] = [Self::Accept, Self::Keep, Self::Defer];

    /// Its name in files and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Keep => "keep",
            Self::Defer => "defer",
        }
    }
}

/// How base, edited and proposed stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// Nobody changed it, and nothing else is proposed.
    Unchanged,
    /// A person changed it; the proposals are as the base was, or none.
    Edited,
    /// A person changed it, to what is proposed.
    Alike,
    /// Only the proposals say something else.
    Proposed,
    /// A person changed it, and the proposals say something else again.
    Conflict,
}

impl Standing {
    /// Whether a person is asked.
    #[must_use]
    pub fn is_asked(self) -> bool {
        matches!(self, Self::Proposed | Self::Conflict)
    }
}

/// A cell of a reconciliation. A value is none where a side does not have the
/// cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReconciledCell {
    /// The agreement.
    pub agreement: AgreementId,
    /// The element.
    pub element: ElementCode,
    /// What the last release says.
    pub base: Option<Presence>,
    /// What the edited tags say.
    pub edited: Option<Presence>,
    /// What is proposed; none also where the text was not read whole.
    pub proposed: Option<Presence>,
    /// How the three stand to each other.
    pub standing: Standing,
    /// What taking the proposal would change; none where nobody is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// Why a person is asked, or is not.
    pub why: String,
    /// What was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Ruling>,
    /// The reason that was given for it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// The passages of the edited tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kept: Option<Coded>,
    /// The passages that are proposed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered: Option<Coded>,
    /// The first digits of a digest of what is offered, where that is not what
    /// the edited tags say: a decision holds for what was shown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub shown: String,
}

impl ReconciledCell {
    /// Whether it still awaits a person.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.standing.is_asked() && !matches!(self.decision, Some(Ruling::Accept | Ruling::Keep))
    }
}

/// A decision as a file keeps it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RulingRecord {
    /// The agreement.
    pub agreement: String,
    /// The element.
    pub element: String,
    /// What the last release said.
    pub base: String,
    /// What the edited tags said.
    pub edited: String,
    /// What was proposed.
    pub proposed: String,
    /// What was decided; none while it is open.
    pub decision: Option<Ruling>,
    /// The reason that was given.
    pub reason: String,
    /// Why it was asked.
    pub why: String,
    /// Place and words of the edited tags, then of the proposal, as shown.
    pub passages: [String; 4],
    /// The first digits of the digest of what was shown; empty in a file that
    /// a person wrote.
    pub shown: String,
    /// What else the person's file has in the row, column by column.
    pub extra: Vec<String>,
}

/// A file of decisions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RulingRecords {
    /// The names of the columns that the person added.
    pub extra: Vec<String>,
    /// The records, in the order of the file.
    pub records: Vec<RulingRecord>,
}
