//! A coding: what one side, a person or a program, says of agreements. The
//! form in which proposals, curated tags and exported tables are compared.

use super::{AgreementId, Digest, ElementCode, Outcome, Presence, RuleId, TaxonomyId};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What one side says.
#[derive(Debug, Clone, PartialEq)]
pub struct Coding {
    /// The side as it was named: a path, or a taxonomy for its curated tags.
    pub name: String,
    /// Where it comes from.
    pub kind: CodingKind,
    /// The edition of the codebook its elements belong to.
    pub taxonomy: TaxonomyId,
    /// SHA-256 of the rules that proposed it, where a program did.
    pub rules: Option<Digest>,
    /// What it says of each case.
    pub cases: BTreeMap<Case, CodedCase>,
    /// What it holds besides, and was not taken as a cell, each as a sentence.
    pub left_out: Vec<String>,
}

/// Where a coding comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CodingKind {
    /// A program proposed it, and nobody confirmed it.
    Proposals,
    /// Rows of tags that people gave.
    Tags,
    /// One person's coding of a document.
    Coding,
    /// What people decided on proposals, by a ledger.
    Decisions,
}

/// What is coded: an agreement, or one of the entries an agreement was made in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Case {
    /// The agreement's id; where it is not known, the stem of its file.
    pub agreement: AgreementId,
    /// The entry of an edition, where cases are entries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
}

/// What one side says of one case.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CodedCase {
    /// Stems of the files it was coded from: it can be found by these too.
    pub stems: BTreeSet<String>,
    /// The texts it was coded from, where the side names them.
    pub texts: Vec<CodedText>,
    /// What is said of each element. An element that is not here was not coded.
    pub cells: BTreeMap<ElementCode, Coded>,
}

/// A text that was coded.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CodedText {
    /// Its source as it was named.
    pub source: String,
    /// SHA-256 of its bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
    /// Whether it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// What was not read of it, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unread: Vec<String>,
}

/// What is said of one element of one case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coded {
    /// The value.
    pub status: Presence,
    /// The passages it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<CodedPassage>,
    /// Remarks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// A passage that carries a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct CodedPassage {
    /// The words; may be empty where only the place is named.
    pub quote: String,
    /// The place as written; may be empty.
    pub citation: String,
    /// The entry or document it was taken from.
    pub source: String,
    /// The rules that found it, where a program did.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<RuleId>,
}

/// How records of one cell are brought together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Merge {
    /// Two documents of one agreement: absent only if absent in both.
    Documents,
    /// Two records of one agreement: what one of them lost, the other has.
    Records,
}

impl Coded {
    /// Takes in another record of the same cell: the stronger value stands,
    /// the passages and remarks of both are kept.
    pub fn merge(&mut self, other: Self, merge: Merge) {
        self.status = merge.stronger(self.status, other.status);
        for passage in other.evidence {
            if !self.evidence.contains(&passage) {
                self.evidence.push(passage);
            }
        }
        self.notes.extend(other.notes);
    }
}

impl Merge {
    fn stronger(self, one: Presence, other: Presence) -> Presence {
        let rank = |presence| match (presence, self) {
            (Presence::NotAssessed, Self::Records) => 0,
            (Presence::Absent, _) => 1,
            (Presence::NotAssessed, Self::Documents) => 2,
            (Presence::Indirect, _) => 3,
            (Presence::Present, _) => 4,
        };
        if rank(other) > rank(one) { other } else { one }
    }
}

impl Coding {
    /// Puts a record of a cell in, beside what is there of it already.
    pub fn add(&mut self, case: Case, element: ElementCode, coded: Coded, merge: Merge) {
        let cells = &mut self.cases.entry(case).or_default().cells;
        match cells.get_mut(&element) {
            Some(known) => known.merge(coded, merge),
            None => {
                cells.insert(element, coded);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_record_yields_and_an_unread_document_does_not() {
        use Presence::{Absent, Indirect, NotAssessed, Present};
        for (one, other, merge, expected) in [
            (Absent, NotAssessed, Merge::Records, Absent),
            (NotAssessed, Absent, Merge::Records, Absent),
            (Absent, NotAssessed, Merge::Documents, NotAssessed),
            (Indirect, NotAssessed, Merge::Documents, Indirect),
            (Indirect, Present, Merge::Records, Present),
            (NotAssessed, NotAssessed, Merge::Records, NotAssessed),
        ] {
            assert_eq!(merge.stronger(one, other), expected, "{one:?} {other:?} {merge:?}");
            assert_eq!(merge.stronger(other, one), expected, "{other:?} {one:?} {merge:?}");
        }
    }
}
