//! A comparison: two codings cell by cell, and what was left out of it.

use super::{
    AgreementId, Case, Coded, CodedText, CodingKind, Digest, ElementCode, RelationKind, TaxonomyId,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// Two codings, cell by cell.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// The first side.
    pub left: Side,
    /// The second side.
    pub right: Side,
    /// The elements that were compared, in the order of the first side's
    /// codebook.
    pub elements: Vec<ElementPair>,
    /// The cases that were compared, in order.
    pub cases: Vec<ComparedCase>,
    /// The cells: for each case every element.
    pub cells: Vec<ComparedCell>,
    /// How many cells there are of each change.
    pub counts: BTreeMap<Change, usize>,
    /// What was left out, each as a sentence.
    pub left_out: Vec<String>,
}

impl Comparison {
    /// The cells of the case at this place of `cases`: they stand together.
    #[must_use]
    pub fn cells_of(&self, case: usize) -> &[ComparedCell] {
        let start = self.cells.partition_point(|cell| cell.case < case);
        let end = self.cells.partition_point(|cell| cell.case <= case);
        &self.cells[start..end]
    }
}

/// What is known of a side.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Side {
    /// The side as it was named.
    pub name: String,
    /// Where it comes from.
    pub kind: CodingKind,
    /// The edition of the codebook.
    pub taxonomy: TaxonomyId,
    /// SHA-256 of the rules that proposed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rules: Option<Digest>,
    /// How many cases it codes, compared or not.
    pub cases: usize,
}

/// An element of the first side and the one of the second that answers it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ElementPair {
    /// The element of the first side.
    pub left: ElementCode,
    /// The element of the second side.
    pub right: ElementCode,
    /// What people call it.
    pub name: String,
    /// The code of its category in the first side's codebook.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// How the second relates to the first, where the editions differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<RelationKind>,
    /// Why they may be compared, where the editions differ.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// A case that both sides code.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedCase {
    /// The case, as the side names it that knows the agreement.
    #[serde(flatten)]
    pub case: Case,
    /// How many of its cells were compared.
    pub compared: usize,
    /// How many of them differ.
    pub differ: usize,
    /// The texts that the first side was coded from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_texts: Vec<CodedText>,
    /// The texts that the second side was coded from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub right_texts: Vec<CodedText>,
    /// Whether rules were developed on it.
    pub development: bool,
}

/// A cell of both sides.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedCell {
    /// The place of its case in [`Comparison::cases`].
    #[serde(skip)]
    pub case: usize,
    /// The place of its element in [`Comparison::elements`].
    #[serde(skip)]
    pub pair: usize,
    /// The agreement.
    pub agreement: AgreementId,
    /// The entry, where cases are entries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// The element of the first side.
    pub element: ElementCode,
    /// The element of the second side, where it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub right_element: Option<ElementCode>,
    /// What changed from the first side to the second.
    pub change: Change,
    /// What the first side says; none where it does not code the element.
    pub left: Option<Coded>,
    /// What the second side says.
    pub right: Option<Coded>,
    /// Whether the passages agree, where both sides say it is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<EvidenceAgreement>,
}

/// What changed from the first side to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Nothing.
    Same,
    /// It was absent, and is there.
    Added,
    /// It was there, and is absent.
    Removed,
    /// It was indirect, and is present.
    Strengthened,
    /// It was present, and is indirect.
    Weakened,
    /// A side did not assess it.
    NotComparable,
}

impl Change {
    /// Every change, in the order they are told.
    pub const ALL: [Self; 6] = [
        Self::Same,
        Self::Added,
        Self::Removed,
        Self::Strengthened,
        Self::Weakened,
        Self::NotComparable,
    ];

    /// Its name in files and on the command line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Strengthened => "strengthened",
            Self::Weakened => "weakened",
            Self::NotComparable => "not-comparable",
        }
    }

    /// Whether the sides differ.
    #[must_use]
    pub fn differs(self) -> bool {
        !matches!(self, Self::Same | Self::NotComparable)
    }
}

/// Whether the passages of two sides agree.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvidenceAgreement {
    /// What their words say.
    pub quotes: QuoteAgreement,
    /// The share, from 0 to 1, of words that the two nearest passages have in
    /// common in runs of three (twice the shared words over all words).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub overlap: Option<f64>,
    /// The two nearest passages: places in the evidence of the first side and
    /// of the second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<(usize, usize)>,
    /// What their citations say.
    pub citations: CitationAgreement,
}

impl EvidenceAgreement {
    /// Whether the two sides rest on the same passage: their words overlap,
    /// or, where a side has no words, their citations meet.
    #[must_use]
    pub fn agrees(&self) -> Option<bool> {
        match self.quotes {
            QuoteAgreement::Same | QuoteAgreement::Within | QuoteAgreement::Overlap => Some(true),
            QuoteAgreement::Different => Some(false),
            QuoteAgreement::Unstated => match self.citations {
                CitationAgreement::Same | CitationAgreement::Within => Some(true),
                CitationAgreement::Different => Some(false),
                CitationAgreement::Unstated | CitationAgreement::Incomparable => None,
            },
        }
    }
}

/// What the words of two passages say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuoteAgreement {
    /// The same words, but for case and punctuation.
    Same,
    /// One lies within the other.
    Within,
    /// Half of their words or more are shared.
    Overlap,
    /// Fewer are.
    Different,
    /// A side has no quote.
    Unstated,
}

impl QuoteAgreement {
    /// Its name in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Within => "within",
            Self::Overlap => "overlap",
            Self::Different => "different",
            Self::Unstated => "unstated",
        }
    }
}

/// What the citations of two sides say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CitationAgreement {
    /// Both name the same place.
    Same,
    /// One names a place more exactly: every level that both name is the same.
    Within,
    /// No place is common.
    Different,
    /// They name places in ways that do not meet (a page, an article), or in
    /// words that are not read.
    Incomparable,
    /// A side names no place.
    Unstated,
}

impl CitationAgreement {
    /// Its name in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Within => "within",
            Self::Different => "different",
            Self::Unstated => "unstated",
            Self::Incomparable => "incomparable",
        }
    }
}
