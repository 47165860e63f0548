//! Proposals: what normtag puts before a person, keyed by claim.
//!
//! These types are the JSON of `normtag tag`, format 1: fields may be added,
//! none changes its meaning.

use super::{
    AgreementId, Digest, ElementCode, Locator, MediaType, Recognised, RuleId, Span, Status,
    TaxonomyId,
};
use serde::{Deserialize, Serialize};

/// A claim: this agreement has this element. The key of everything a person
/// decides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Claim {
    /// The agreement.
    pub agreement: AgreementId,
    /// The element, in a taxonomy that stands beside it.
    pub element: ElementCode,
}

/// The result of tagging some documents with one taxonomy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposals {
    /// The version of this format: 1.
    pub format: u32,
    /// `proposals`.
    pub kind: String,
    /// The taxonomy.
    pub taxonomy: TaxonomyId,
    /// Which rules were used.
    pub rules: RulesStamp,
    /// A sheet for each document, in the order the sources were given.
    pub documents: Vec<DocumentProposals>,
    /// A sheet for each agreement that is known, in the order of its first
    /// document: one set of claims, however many documents it has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agreements: Vec<AgreementProposals>,
}

/// What is proposed for one agreement, from all its documents together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgreementProposals {
    /// The agreement.
    pub agreement: AgreementId,
    /// The sources of its documents, in the order they were given.
    pub documents: Vec<String>,
    /// Whether all of it was read.
    pub outcome: Outcome,
    /// What was not read of it, each with the source.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread_parts: Vec<String>,
    /// The elements proposed, in the taxonomy's order; their evidence names
    /// the source it was cut from.
    pub proposals: Vec<Proposal>,
    /// The elements looked for and found in none of the documents.
    pub absent: Vec<Absence>,
    /// The elements not found in an agreement that was not read whole.
    #[serde(default)]
    pub not_assessed: Vec<Absence>,
}

/// Which rules were used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RulesStamp {
    /// SHA-256 over the taxonomy, its rules and the vocabularies.
    pub digest: Digest,
}

/// Whether a source was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Wholly.
    Read,
    /// In part: what was not found is not known to be absent.
    Partial,
    /// Not at all.
    Unread,
}

/// What is proposed for one document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentProposals {
    /// The source as it was named.
    pub source: String,
    /// The address that answered, where the source redirected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub final_url: Option<String>,
    /// The agreement it belongs to, where that is known.
    pub agreement: Option<AgreementId>,
    /// Whether it is a translation: it adds evidence to the agreement's, and
    /// the agreement is read whole without it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub translation: bool,
    /// SHA-256 of its bytes; none where there were none.
    pub digest: Option<Digest>,
    /// What kind of file it is.
    pub media_type: MediaType,
    /// Whether it was read.
    pub outcome: Outcome,
    /// Why it was not read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What was not read of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unread_parts: Vec<String>,
    /// What of it was recognised in pictures of pages (OCR).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognised: Option<Recognised>,
    /// ISO 639-1 code of its language.
    pub language: Option<String>,
    /// Number of pages.
    pub pages: Option<u32>,
    /// Number of paragraphs.
    pub paragraphs: usize,
    /// Number of characters of the extracted text.
    pub characters: usize,
    /// The elements proposed, in the taxonomy's order.
    pub proposals: Vec<Proposal>,
    /// The elements looked for and not found, in the taxonomy's order.
    pub absent: Vec<Absence>,
    /// The elements not found in a text that was not read whole.
    #[serde(default)]
    pub not_assessed: Vec<Absence>,
}

/// An element proposed for a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// The element.
    pub element: ElementCode,
    /// Present or indirect.
    pub status: Status,
    /// How strongly, from 0 to 1, to two decimals. Where the taxonomy has a
    /// calibration: the probability that a coder gives it this status or a
    /// stronger one.
    pub score: f64,
    /// The passages that support it, best first; never empty.
    pub evidence: Vec<Evidence>,
    /// How many passages were found in all, those not listed included.
    #[serde(default)]
    pub passages: usize,
}

/// A passage that supports a proposal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The words, cut from the document's text.
    pub quote: String,
    /// What this passage alone supports.
    pub status: Status,
    /// How strongly, from 0 to 1, to two decimals. Where the taxonomy has a
    /// calibration: the probability that a coder cites this passage.
    pub score: f64,
    /// Where it stands, as written in a coding sheet.
    pub citation: String,
    /// Where it stands.
    pub locator: Locator,
    /// Its bytes in the document's text.
    pub span: Span,
    /// The source it was cut from, in the sheet of an agreement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Whether it stands in a paragraph that was recognised in the picture of a
    /// page (OCR): the words are cut from what was recognised.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub recognised: bool,
    /// The rules that found it, best first.
    pub rules: Vec<RuleId>,
}

/// An element that was looked for and not found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Absence {
    /// The element.
    pub element: ElementCode,
    /// The probability, to two decimals, that a coder calls it absent; none
    /// where the taxonomy has no calibration or the text was not read whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// The rules that came nearest, nearest first.
    pub nearest: Vec<Nearest>,
}

/// A rule that nearly held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nearest {
    /// The rule.
    pub rule: RuleId,
    /// The key of the condition that did not hold.
    pub failed: String,
    /// The concepts that were missing or in the way.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub concepts: Vec<String>,
    /// Where it came nearest.
    pub citation: String,
}
