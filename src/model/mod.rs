//! The vocabulary: every noun that passes between stages, one file each.
//!
//! Plain data in the order a run makes it. Nothing here does work, touches a
//! file or a socket, or names an element or an edition: those are data too,
//! in `rules/` and `corpus/`.

mod agreement;
mod calibration;
mod citation;
mod decided;
mod decision;
mod coding;
mod comparison;
mod development;
mod document;
mod hit;
mod id;
mod link;
mod proposal;
mod quoted;
mod reconciliation;
mod reviewers;
mod snapshot;
mod source_file;
mod source_name;
mod span;
mod tag;
mod taxonomy;

pub use agreement::{
    Address, AddressRole, Agreement, AgreementList, Binding, Date, Group, Listing, Numbering, Space,
};
pub use calibration::{Calibration, CalibrationText, Logistic, Predictor, Predictors};
pub use coding::{Case, Coded, CodedCase, CodedPassage, CodedText, Coding, CodingKind, Merge};
pub use comparison::{
    Change, CitationAgreement, ComparedCase, ComparedCell, Comparison, ElementPair,
    EvidenceAgreement, QuoteAgreement, Side,
};
pub use decided::{Decided, DecidedClaim};
pub use decision::{DecidedQuote, Decision, DecisionVerdict, Probed, Shown};
pub use development::DevelopmentText;
pub use document::{
    Document, Extracted, Locator, MediaType, Paragraph, ParagraphKind, Place, RECOGNISED,
    Recognised, RecognisedPage, Unit, Unread,
};
pub use hit::{Failed, Hit, Met, NearMiss};
pub use id::{AgreementId, Digest, ElementCode, ListId, RuleId, TaxonomyId};
pub use link::{Archived, ChangedLine, Link, LinkState, TextChanges};
pub use proposal::{
    Absence, AgreementProposals, Claim, DocumentProposals, Evidence, Nearest, Outcome, Proposal,
    Proposals, RulesStamp,
};
pub use quoted::{
    CheckedQuote, CitedPlace, Difference, DifferenceKind, Found, Quote, QuotesReport, Verdict,
};
pub use reconciliation::{ReconciledCell, Ruling, RulingRecord, RulingRecords, Standing};
pub use reviewers::ReviewerNames;
pub use snapshot::{Hop, Origin, Snapshot};
pub use source_file::SourceFile;
pub use source_name::stem;
pub use span::Span;
pub use tag::{Presence, Status, Tag};
pub use taxonomy::{
    Category, Crosswalk, Element, Force, Relation, RelationKind, Subject, Taxonomy, Thresholds,
};
