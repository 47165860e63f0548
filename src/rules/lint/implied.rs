//! Which concept implies which: wherever the one is found, the other is too.

use crate::rules::pattern::Pattern;
use crate::rules::{ConceptId, RuleSet};
use std::collections::{BTreeMap, BTreeSet};

/// The patterns of every concept, language by language.
pub(super) struct Implied<'r> {
    by_language: Vec<BTreeMap<ConceptId, BTreeSet<&'r Pattern>>>,
}

impl<'r> Implied<'r> {
    pub(super) fn of(rules: &'r RuleSet) -> Self {
        let mut by_language = Vec::new();
        for lexicon in rules.lexicons.values() {
            let mut patterns: BTreeMap<ConceptId, BTreeSet<&Pattern>> = BTreeMap::new();
            for (pattern, concepts) in lexicon.patterns() {
                for &concept in concepts {
                    patterns.entry(concept).or_default().insert(pattern);
                }
            }
            by_language.push(patterns);
        }
        Self { by_language }
    }

    /// Whether `other` has every pattern that `one` has, in every language.
    pub(super) fn implies(&self, one: ConceptId, other: ConceptId) -> bool {
        one == other
            || self.by_language.iter().all(|patterns| {
                let Some(own) = patterns.get(&one) else { return true };
                patterns.get(&other).is_some_and(|others| own.is_subset(others))
            })
    }

    /// Whether every alternative of `entry` implies one of `others`.
    pub(super) fn entry_implies(&self, entry: &[ConceptId], others: &[ConceptId]) -> bool {
        !entry.is_empty()
            && entry.iter().all(|&one| others.iter().any(|&other| self.implies(one, other)))
    }
}
