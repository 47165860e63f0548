//! A word added to one concept after another: which mends most.

use super::ground::{Ground, Known, found};
use super::{CellChange, Question, Suggestion};
use crate::keyness::Key;
use crate::model::{ElementCode, Presence};
use crate::rules::{ConceptId, Rule, RuleSet};
use crate::scan::concordance;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Tries words on the texts of a ground.
pub(super) struct Trial<'a> {
    ground: &'a Ground,
    language: &'a str,
    element: &'a ElementCode,
    /// The concepts that the element's rules ask for.
    concepts: Vec<ConceptId>,
}

impl<'a> Trial<'a> {
    pub(super) fn new(ground: &'a Ground, question: &'a Question<'a>) -> Self {
        let asked: BTreeSet<ConceptId> = ground.rules.rules.iter().flat_map(Rule::asked).collect();
        Self {
            ground,
            language: question.language,
            element: &question.element,
            concepts: asked.into_iter().collect(),
        }
    }

    /// The concept that a word serves best.
    pub(super) fn best(&self, key: Key) -> Suggestion {
        let touched = self.touched(&key.surface);
        let tried = self.concepts.par_iter().map(|&concept| {
            let rules = self.ground.rules.tried(self.language, concept, &key.surface).ok()?;
            let name = self.ground.rules.concept(concept).to_owned();
            Some(self.tell(key.clone(), name, &rules, &touched))
        });
        let tried: Vec<Suggestion> = tried.flatten().collect();
        // Of concepts that do as well, the one that changes least besides, then
        // the first by name.
        let best = tried
            .into_iter()
            .rev()
            .max_by_key(|one| (one.balance(), std::cmp::Reverse(one.cells.len())));
        let best = best.filter(|best| best.balance() > 0);
        best.unwrap_or(Suggestion { key, concept: None, raised: [0, 0], cells: Vec::new() })
    }

    /// What comes of it where `rules` have the word in `concept`.
    fn tell(&self, key: Key, concept: String, rules: &RuleSet, touched: &[usize]) -> Suggestion {
        let now =
            |&at: &usize| (at, found(&self.ground.texts[at].text.document, rules, self.element));
        let now: BTreeMap<usize, Presence> = touched.iter().map(now).collect();
        let passages = now.iter().map(|(&at, &after)| (&self.ground.texts[at], after));
        let mut raised = [0, 0];
        for (known, after) in passages.filter(|(known, after)| *after > known.found) {
            let coded = known.text.coded.unwrap_or(Presence::Absent);
            if known.own && after <= coded {
                raised[0] += 1;
            } else if known.text.source.is_none() && after > coded {
                raised[1] += 1;
            }
        }
        Suggestion { key, concept: Some(concept), raised, cells: self.cells(&now) }
    }

    /// The texts in which the word occurs, by number.
    fn touched(&self, written: &str) -> Vec<usize> {
        let Some(lexicon) = self.ground.rules.lexicons.get(self.language) else {
            return Vec::new();
        };
        let one = ConceptId(0);
        let Ok(pattern) = lexicon.of_pattern(written, &[one]) else { return Vec::new() };
        let has = |known: &Known| !concordance(&known.text.document, &pattern, one).is_empty();
        let texts = self.ground.texts.iter().enumerate();
        texts.filter(|(_, known)| has(known)).map(|(at, _)| at).collect()
    }

    /// The cells of which more or less is found `now`. The passages of an
    /// agreement make one cell together; so does each document.
    fn cells(&self, now: &BTreeMap<usize, Presence>) -> Vec<CellChange> {
        let mut cells: BTreeMap<(&str, Option<&str>), CellChange> = BTreeMap::new();
        for (at, known) in self.ground.texts.iter().enumerate() {
            let text = &known.text;
            let cell = (text.agreement.as_str(), text.source.as_deref());
            let cell = cells.entry(cell).or_insert_with(|| CellChange {
                agreement: text.agreement.clone(),
                source: text.source.clone(),
                before: Presence::Absent,
                after: Presence::Absent,
                coded: text.coded,
            });
            cell.before = cell.before.max(known.found);
            cell.after = cell.after.max(now.get(&at).copied().unwrap_or(known.found));
        }
        cells.into_values().filter(|cell| cell.before != cell.after).collect()
    }
}
