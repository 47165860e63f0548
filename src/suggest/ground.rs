//! The texts that suggestions are made from and tried on, and what the rules
//! as they are find in them.

use super::{Missed, Question, condition};
use crate::extract::extract;
use crate::keyness::{Key, Terms};
use crate::model::{Document, ElementCode, Extracted, Presence, Snapshot};
use crate::pipeline::tag_document;
use crate::rules::{ConceptId, Rule, RuleSet};
use crate::scan::scan;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A passage that a person coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The agreement it is from.
    pub agreement: String,
    /// The element it was coded for.
    pub element: ElementCode,
    /// What was coded.
    pub coded: Presence,
    /// Its words.
    pub quote: String,
}

/// A text to try an edit on.
#[derive(Debug, Clone)]
pub struct Text {
    /// The agreement it belongs to, or the name of its file.
    pub agreement: String,
    /// The document as it was named; none for a coded passage.
    pub source: Option<String>,
    /// What it says.
    pub document: Document,
    /// What people coded of the element; none where nobody did.
    pub coded: Option<Presence>,
}

/// A text with what is found in it.
pub(super) struct Known {
    pub(super) text: Text,
    /// Whether it is a passage coded for the element.
    pub(super) own: bool,
    /// What the rules as they are find.
    pub(super) found: Presence,
}

/// All texts, and the rules of the one element.
pub(super) struct Ground {
    pub(super) rules: RuleSet,
    pub(super) texts: Vec<Known>,
}

impl Ground {
    pub(super) fn of(
        rules: &RuleSet,
        passages: &[Passage],
        texts: Vec<Text>,
        question: &Question<'_>,
    ) -> Self {
        let mut rules = rules.clone();
        rules.rules.retain(|rule| rule.element == question.element);
        let mut all = of_passages(passages, &question.element);
        all.extend(texts.into_iter().map(|text| (text, false)));
        let speaks = |text: &Text| {
            text.document.language.as_deref().is_none_or(|language| language == question.language)
        };
        all.retain(|(text, _)| speaks(text));
        let texts = all
            .into_par_iter()
            .map(|(text, own)| {
                let found = found(&text.document, &rules, &question.element);
                Known { text, own, found }
            })
            .collect();
        Self { rules, texts }
    }

    /// Passages of the element, and of others.
    pub(super) fn sizes(&self) -> [usize; 2] {
        let passages = self.texts.iter().filter(|known| known.text.source.is_none());
        let (own, others): (Vec<&Known>, Vec<&Known>) = passages.partition(|known| known.own);
        [own.len(), others.len()]
    }

    /// The element's passages in which none of its rules holds.
    pub(super) fn missed(&self) -> Vec<Missed> {
        let missed = self.texts.iter().filter(|known| known.own && known.found == Presence::Absent);
        missed.map(|known| self.tell(known)).collect()
    }

    fn tell(&self, known: &Known) -> Missed {
        let misses = scan(&known.text.document, &self.rules).misses;
        let nearest = misses
            .iter()
            .max_by(|a, b| a.closeness.total_cmp(&b.closeness).then_with(|| b.rule.cmp(&a.rule)));
        let failed = nearest.map(|miss| condition(&miss.failed));
        Missed {
            agreement: known.text.agreement.clone(),
            quote: known.text.document.text.clone(),
            nearest: nearest.map(|miss| miss.rule.clone()),
            failed: failed.as_ref().map(|(condition, _)| condition.clone()),
            concepts: failed.map(|(_, concepts)| concepts).unwrap_or_default(),
        }
    }

    /// The words that tell the element's passages from the others, without
    /// those its rules know already, and of phrases that always occur together
    /// only the longest.
    pub(super) fn keys(&self, question: &Question<'_>) -> Vec<Key> {
        let Some(lexicon) = self.rules.lexicons.get(question.language) else { return Vec::new() };
        let mut stemmer = lexicon.stemmer();
        let (mut own, mut others) = (Terms::default(), Terms::default());
        for known in self.texts.iter().filter(|known| known.text.source.is_none()) {
            let terms = if known.own { &mut own } else { &mut others };
            let text = &known.text;
            terms.add(&text.document.text, &text.agreement, &mut stemmer, question.small);
        }
        let asked: BTreeSet<ConceptId> = self.rules.rules.iter().flat_map(Rule::asked).collect();
        let mut keys = own.keys(&others, question.least);
        keys.retain(|key| {
            let reading = lexicon.read(&key.surface, &mut stemmer);
            let shown = |at: usize| {
                let own = reading.occurrences.iter().filter(|one| asked.contains(&one.concept));
                own.into_iter().any(|one| (one.first..=one.last).contains(&at))
            };
            !(0..reading.tokens.len()).all(shown)
        });
        let all = keys.clone();
        keys.retain(|key| !all.iter().any(|other| takes_in(other, key)));
        keys
    }
}

/// Whether `longer` holds `key` and occurs as often: then it says the same.
fn takes_in(longer: &Key, key: &Key) -> bool {
    longer.stems.len() > key.stems.len()
        && longer.counts == key.counts
        && longer.stems.windows(key.stems.len()).any(|window| window == key.stems)
}

/// The passages as texts, each once, with whether it was coded for the element.
fn of_passages(passages: &[Passage], element: &ElementCode) -> Vec<(Text, bool)> {
    let mut cells: BTreeMap<&str, Presence> = BTreeMap::new();
    for passage in passages.iter().filter(|passage| passage.element == *element) {
        let cell = cells.entry(&passage.agreement).or_insert(Presence::Absent);
        if passage.coded != Presence::NotAssessed {
            *cell = (*cell).max(passage.coded);
        }
    }
    let counts = |passage: &Passage| {
        passage.element == *element
            && matches!(passage.coded, Presence::Present | Presence::Indirect)
    };
    let mut once: BTreeMap<(&str, &str), bool> = BTreeMap::new();
    for passage in passages.iter().filter(|passage| !passage.quote.trim().is_empty()) {
        let own = once.entry((&passage.agreement, passage.quote.trim())).or_default();
        *own |= counts(passage);
    }
    let texts = once.into_iter().filter_map(|((agreement, quote), own)| {
        let Extracted::Read(document) =
            extract(&Snapshot::of_bytes("passage.txt", quote.as_bytes().to_vec()))
        else {
            return None;
        };
        let coded = cells.get(agreement).copied();
        let agreement = agreement.to_owned();
        Some((Text { agreement, source: None, document: *document, coded }, own))
    });
    texts.collect()
}

/// What `rules` find of the element in a document.
pub(super) fn found(document: &Document, rules: &RuleSet, element: &ElementCode) -> Presence {
    let sheet = tag_document(document, rules, 1);
    let own = sheet.proposals.iter().find(|proposal| proposal.element == *element);
    own.map_or(Presence::Absent, |proposal| proposal.status.into())
}
