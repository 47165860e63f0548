//! The order of stages: snapshot → document → hits → proposals.
//!
//! Documents go through in parallel; results come in the order the sources
//! were given. Prints nothing: who is waiting watches through an [`Observer`].

use crate::extract::extract;
use crate::model::{
    AgreementId, Document, DocumentProposals, Extracted, Proposals, RulesStamp, Snapshot, Unread,
};
use crate::propose::{Findings, Observed, observe, propose, propose_nothing, together};
use crate::rules::RuleSet;
use crate::scan::{is_understood, scan};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Watches documents go by.
pub trait Observer: Sync {
    /// A source is done, read or not.
    fn done(&self, source: &str);
}

/// Watches nothing.
pub struct Unwatched;

impl Observer for Unwatched {
    fn done(&self, _source: &str) {}
}

/// A source on its way: its bytes, or why there are none.
pub type Arrived = Result<Snapshot, Unread>;

/// A source and what it is part of.
#[derive(Debug, Clone)]
pub struct Part<S> {
    /// The source.
    pub source: S,
    /// The agreement it belongs to, where that is known.
    pub agreement: Option<AgreementId>,
    /// Whether it is a translation of what stands in other parts.
    pub translation: bool,
}

impl<S> Part<S> {
    /// A source of which nothing more is known.
    pub fn alone(source: S) -> Self {
        Self { source, agreement: None, translation: false }
    }
}

/// How to tag.
#[derive(Debug, Clone, Default)]
pub struct TagOptions {
    /// How many passages to show for each element.
    pub evidence: usize,
    /// Whether to keep the documents, texts and all, beside their sheets.
    pub keep_documents: bool,
}

/// The result of tagging: the sheets, and the documents they were made from.
pub struct Tagged {
    /// The sheets, in the order the sources were given.
    pub proposals: Proposals,
    /// The documents in the same order; none for a source that was not read,
    /// or where they are not kept.
    pub documents: Vec<Option<Document>>,
}

/// Tags every source with `rules`. `arrive` brings its bytes, or says why
/// there are none; it is called when the source's turn comes, so that no more
/// bytes are held than there are threads to read them.
#[must_use]
pub fn tag<S: Send>(
    sources: Vec<Part<S>>,
    arrive: impl Fn(S) -> Arrived + Sync,
    rules: &RuleSet,
    options: &TagOptions,
    observer: &dyn Observer,
) -> Tagged {
    tag_with(sources, arrive, extract, rules, options, observer)
}

/// As [`tag`], with `extract` in place of this crate's own: a program that
/// reads files it does not trust has it run elsewhere.
#[must_use]
pub fn tag_with<S: Send>(
    sources: Vec<Part<S>>,
    arrive: impl Fn(S) -> Arrived + Sync,
    extract: impl Fn(&Snapshot) -> Extracted + Sync,
    rules: &RuleSet,
    options: &TagOptions,
    observer: &dyn Observer,
) -> Tagged {
    let tagged: Vec<(DocumentProposals, Option<Document>)> = sources
        .into_par_iter()
        .map(|Part { source, agreement, translation }| {
            let (sheet, document) = tag_one(arrive(source), &extract, agreement, rules, options);
            let sheet = DocumentProposals { translation, ..sheet };
            observer.done(&sheet.source);
            (sheet, document.filter(|_| options.keep_documents))
        })
        .collect();
    let (sheets, documents): (Vec<DocumentProposals>, _) = tagged.into_iter().unzip();
    Tagged { proposals: proposals(sheets, rules, options.evidence), documents }
}

/// Tags the documents of `tagged` with other rules, without reading them
/// again; a source that was not read stays so. `tagged` must have kept its
/// documents.
#[must_use]
pub fn tag_again(tagged: &Tagged, rules: &RuleSet, evidence: usize) -> Proposals {
    let before = &tagged.proposals.documents;
    let both: Vec<(&DocumentProposals, &Option<Document>)> =
        before.iter().zip(&tagged.documents).collect();
    let again = both.into_par_iter().map(|(sheet, document)| {
        let DocumentProposals { final_url, agreement, translation, .. } = sheet.clone();
        let now = if let Some(document) = document {
            tag_document(document, rules, evidence)
        } else {
            let unread = Unread {
                source: sheet.source.clone(),
                digest: sheet.digest.clone(),
                media_type: sheet.media_type,
                reason: sheet.reason.clone().unwrap_or_default(),
            };
            propose_nothing(&unread, &rules.taxonomy)
        };
        DocumentProposals { final_url, agreement, translation, ..now }
    });
    proposals(again.collect(), rules, evidence)
}

/// The sheets of documents, with those of their agreements.
fn proposals(documents: Vec<DocumentProposals>, rules: &RuleSet, evidence: usize) -> Proposals {
    Proposals {
        format: 1,
        kind: "proposals".to_owned(),
        taxonomy: rules.taxonomy.id.clone(),
        rules: RulesStamp { digest: rules.digest.clone() },
        agreements: together(&documents, &rules.taxonomy, evidence),
        documents,
    }
}

fn tag_one(
    source: Arrived,
    extract: impl Fn(&Snapshot) -> Extracted,
    agreement: Option<AgreementId>,
    rules: &RuleSet,
    options: &TagOptions,
) -> (DocumentProposals, Option<Document>) {
    let final_url = source.as_ref().ok().and_then(|snapshot| snapshot.final_url.clone());
    let extracted = match source {
        Ok(snapshot) => extract(&snapshot),
        Err(unread) => Extracted::Unread(unread),
    };
    let (sheet, document) = match extracted {
        Extracted::Unread(unread) => (propose_nothing(&unread, &rules.taxonomy), None),
        Extracted::Read(document) => {
            let document = Document { agreement: agreement.clone(), ..*document };
            (tag_document(&document, rules, options.evidence), Some(document))
        }
    };
    (DocumentProposals { final_url, agreement, ..sheet }, document)
}

/// Tags one document, with at most `evidence` passages for each element.
#[must_use]
pub fn tag_document(document: &Document, rules: &RuleSet, evidence: usize) -> DocumentProposals {
    with_findings(document, rules, |findings| {
        propose(document, &rules.taxonomy, findings, evidence)
    })
}

/// What of a document was not read: what its file did not give, and what no
/// vocabulary serves.
#[must_use]
pub fn unread_parts(document: &Document, rules: &RuleSet) -> Vec<String> {
    let mut unread = document.unread_parts.clone();
    unread.extend(not_understood(document, rules));
    unread
}

/// What the rules find in a document, as a calibration sees it.
#[must_use]
pub fn observe_document(document: &Document, rules: &RuleSet) -> Vec<Observed> {
    with_findings(document, rules, |findings| observe(document, &rules.taxonomy, findings))
}

/// Scans a document and hands on what was found.
fn with_findings<T>(
    document: &Document,
    rules: &RuleSet,
    take: impl FnOnce(&Findings<'_>) -> T,
) -> T {
    let scan = scan(document, rules);
    let unknown = not_understood(document, rules);
    let unasked = rules.unasked();
    take(&Findings { hits: &scan.hits, misses: &scan.misses, unasked: &unasked, unknown: &unknown })
}

/// The share of a text in another language from which it is said that it was
/// not read.
const WORTH_SAYING: f64 = 0.08;

/// What the vocabularies keep from being known of a document.
fn not_understood(document: &Document, rules: &RuleSet) -> Vec<String> {
    let mut unknown = main_not_understood(document, rules);
    for (language, share) in other_languages(document) {
        if share >= WORTH_SAYING && !rules.serves(language) {
            let percent = (share * 100.0).round();
            unknown.push(format!("about {percent} % of the text, which is in `{language}`"));
        }
    }
    unknown
}

/// The languages of a document besides its own, each with the share of its
/// letters.
fn other_languages(document: &Document) -> Vec<(&str, f64)> {
    let mut letters: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    for paragraph in &document.paragraphs {
        let words = paragraph.span.cut(&document.text).unwrap_or_default();
        let count = words.chars().filter(|c| c.is_alphabetic()).count();
        *letters.entry(paragraph.language.as_deref()).or_default() += count;
    }
    let all = letters.values().sum::<usize>().max(1) as f64;
    let others = letters.into_iter().filter_map(|(language, count)| Some((language?, count)));
    others.map(|(language, count)| (language, count as f64 / all)).collect()
}

/// What the vocabularies keep from being known of what is in its own language.
fn main_not_understood(document: &Document, rules: &RuleSet) -> Vec<String> {
    let language = document.language.as_deref();
    let understood = is_understood(document, rules);
    let known = rules.lexicons.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    match language {
        Some(language) if !understood => {
            vec![format!("language `{language}`: no vocabulary for it (there is one for {known})")]
        }
        Some(language) if rules.begun.contains(language) => {
            vec![format!("language `{language}`: its vocabulary is only begun")]
        }
        None if !understood => {
            vec!["too little text to tell its language: nothing is claimed of it".to_owned()]
        }
        _ => Vec::new(),
    }
}
