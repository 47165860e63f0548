//! Concepts by name; and a rule set as it would be with one more pattern, to
//! see what that changes.

use crate::rules::{ConceptId, RuleSet};

impl RuleSet {
    /// The concept of this name.
    #[must_use]
    pub fn concept_named(&self, name: &str) -> Option<ConceptId> {
        named(&self.concepts, name)
    }

    /// The same rules where `written` shows `concept` too in this language,
    /// and with it every concept that includes it: all that have each of its
    /// patterns, be it by chance, which an edited file would tell apart.
    ///
    /// # Errors
    ///
    /// What is wrong with the pattern, or that there is no such vocabulary.
    pub fn tried(&self, language: &str, concept: ConceptId, written: &str) -> Result<Self, String> {
        let lexicon = self.lexicons.get(language);
        let lexicon = lexicon.ok_or_else(|| format!("there is no vocabulary `{language}`"))?;
        let mut own = lexicon.patterns().map(|(_, ids)| ids).filter(|ids| ids.contains(&concept));
        let mut shown = own.next().map_or_else(|| vec![concept], <[ConceptId]>::to_vec);
        own.for_each(|ids| shown.retain(|id| ids.contains(id)));
        let tried = lexicon.with(written, &shown)?;
        let mut rules = self.clone();
        rules.lexicons.insert(language.to_owned(), tried);
        Ok(rules)
    }
}

/// The concept of this name among `names`, which are in order.
pub(super) fn named(names: &[String], name: &str) -> Option<ConceptId> {
    let at = names.binary_search_by(|known| known.as_str().cmp(name)).ok()?;
    u16::try_from(at).ok().map(ConceptId)
}
