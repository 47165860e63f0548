//! What a person decided on a claim: an entry of the ledger.
//!
//! These types are a line of `decisions.jsonl`, format 1. An entry is never
//! changed: who takes a decision back adds an entry that says so.

use super::{AgreementId, Claim, Digest, ElementCode, Presence, RECOGNISED, Span, Tag, TaxonomyId};
use serde::{Deserialize, Serialize};

/// One decision of one person on one claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// The version of this form: 1.
    pub format: u32,
    /// When (RFC 3339, UTC).
    pub at: String,
    /// Who.
    pub by: String,
    /// The taxonomy that the element belongs to.
    pub taxonomy: TaxonomyId,
    /// The agreement.
    pub agreement: AgreementId,
    /// The element.
    pub element: ElementCode,
    /// What was decided of what was proposed.
    pub verdict: DecisionVerdict,
    /// The value of the claim by this decision; none where it leaves it open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Presence>,
    /// The passages it rests on, cut from the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quotes: Vec<DecidedQuote>,
    /// Why it was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// A remark.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// What the person had before them.
    pub shown: Shown,
    /// The number of the entry that this one takes back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdraws: Option<usize>,
    /// What was answered, where the proposal was made up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probe: Option<Probed>,
}

/// What a person answered to a proposal that was made up, to see whether it is
/// noticed. It says nothing of the claim: the entry has no value, and a verdict
/// of its own, so that nothing can take it for a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Probed {
    /// What they decided of it.
    pub verdict: DecisionVerdict,
    /// The value they gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Presence>,
    /// Whether they took it for right: present or indirect, on words that were
    /// made its evidence.
    pub accepted: bool,
}

impl Decision {
    /// The claim it decides on.
    #[must_use]
    pub fn claim(&self) -> Claim {
        Claim { agreement: self.agreement.clone(), element: self.element.clone() }
    }

    /// It as tags: one for each quote, or one without where it rests on none;
    /// nothing where it leaves the claim open.
    #[must_use]
    pub fn tags(&self) -> Vec<Tag> {
        let Some(status) = self.status else { return Vec::new() };
        let said = || self.reason.iter().chain(&self.comment).map(String::as_str);
        let tag = |citation: &str, quote: &str, mark: Option<&str>| Tag {
            agreement: self.agreement.clone(),
            element: self.element.clone(),
            status,
            citation: citation.to_owned(),
            quote: quote.to_owned(),
            note: said().chain(mark).collect::<Vec<_>>().join("; "),
            source: format!("{}/{}", self.taxonomy, self.agreement),
        };
        match self.quotes.as_slice() {
            [] => vec![tag("", "", None)],
            quotes => {
                let mark = |one: &DecidedQuote| one.recognised.then_some(RECOGNISED);
                quotes.iter().map(|one| tag(&one.citation, &one.quote, mark(one))).collect()
            }
        }
    }
}

/// What was decided of what was proposed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DecisionVerdict {
    /// It stands as proposed.
    Accepted,
    /// It does not stand: the element is absent.
    Rejected,
    /// It stands with another value, quote or citation, or was added.
    Changed,
    /// Nothing was proposed, and nothing is there.
    AbsentConfirmed,
    /// It is left for later.
    Deferred,
    /// An earlier decision is taken back.
    Withdrawn,
    /// A made-up proposal was answered; the claim is as open as before.
    Probed,
}

impl DecisionVerdict {
    /// What is said of the decision, for people.
    #[must_use]
    pub fn said(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Rejected => "refused",
            Self::Changed => "changed",
            Self::AbsentConfirmed => "absence confirmed",
            Self::Deferred => "deferred",
            Self::Withdrawn => "taken back",
            Self::Probed => "a made-up proposal answered",
        }
    }
}

/// A passage that a decision rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedQuote {
    /// The words, cut from the text.
    pub quote: String,
    /// Where they stand, as a person cites it.
    pub citation: String,
    /// The document they were cut from.
    pub source: String,
    /// Their bytes in its text, as it was then.
    pub span: Span,
    /// Whether they were recognised in the picture of a page (OCR).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub recognised: bool,
}

/// What a person had before them when they decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The value proposed.
    pub status: Presence,
    /// The quotes proposed, for showing them beside newer ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// The digest of the value and the quotes.
    pub quotes: Digest,
    /// The digest of the text.
    pub text: Digest,
    /// The digest of the rules.
    pub rules: Digest,
    /// Whether what was proposed was hidden from them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub blind: bool,
}
