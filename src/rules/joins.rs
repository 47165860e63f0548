//! What is peculiar to how a language joins its words: small words that
//! phrases pass over, and what is elided before an apostrophe.

use crate::words::fold_into;
use std::collections::BTreeSet;

/// What is peculiar to how a language joins its words.
#[derive(Debug, Clone, Default)]
pub(super) struct Joins {
    /// Words that phrases pass over, in lower case: articles and the like.
    pub(super) skip: BTreeSet<String>,
    /// What is written before an apostrophe and belongs to the word before:
    /// the `l` and the `d` of French.
    pub(super) elide: BTreeSet<String>,
}

impl Joins {
    /// Writes `word` as it is compared, without what is elided before it.
    pub(super) fn fold(&self, word: &str, out: &mut String) {
        out.clear();
        fold_into(word, out);
        if let Some((before, after)) = out.split_once('\'')
            && self.elide.contains(before)
        {
            *out = after.to_owned();
        }
    }

    pub(super) fn passes_over(&self, word: &str) -> bool {
        self.skip.contains(word)
    }

    /// The words of a pattern as they are compared; a pattern of nothing but
    /// words to pass over keeps them, and is found nowhere.
    pub(super) fn pattern(&self, words: &[String]) -> Vec<String> {
        let folded = words.iter().map(|word| {
            let mut folded = String::new();
            self.fold(word, &mut folded);
            folded
        });
        let all: Vec<String> = folded.collect();
        let kept: Vec<String> =
            all.iter().filter(|word| !self.passes_over(word)).cloned().collect();
        if kept.is_empty() { all } else { kept }
    }
}
