//! The patterns of one concept: those listed twice, covered by another, or too
//! short to tell anything; and languages whose words have no stems.

use super::usage::is_kebab;
use crate::rules::pattern::Pattern;
use crate::rules::vocabulary_file::Vocabulary;
use crate::toml_reader::{At, Mistakes, Table};
use crate::words::{Stemmer, fold_into};
use std::collections::BTreeSet;

/// Letters a prefix has at least.
const SHORTEST: usize = 3;

/// The warnings of a vocabulary's patterns.
pub(super) fn lint(vocabulary: &Vocabulary, table: &Table<'_, '_>, mistakes: &Mistakes<'_>) {
    if !Stemmer::knows(&vocabulary.language) {
        let label = format!("there is no stemmer for `{}`", vocabulary.language);
        let help = "call the file by the ISO 639-1 code of its language; without a stemmer every \
                    form of a word must be listed";
        mistakes.warn("R040", table.span, "language without stems", label, help);
    }
    let mut stemmer = Stemmer::new(&vocabulary.language);
    let names = table.table("concepts");
    for name in names.iter().flat_map(Table::keys) {
        if !is_kebab(name.value) {
            let label = format!("`{}` is not in kebab-case", name.value);
            let help = "write names in small letters and digits, with hyphens between";
            mistakes.warn("R044", name.span, "unusual name", label, help);
        }
        let own = vocabulary.concepts.get(name.value).map_or(&[][..], Vec::as_slice);
        let own: Vec<Known> =
            own.iter().map(|at| Known::new(at, vocabulary, &mut stemmer)).collect();
        lint_concept(&own, mistakes);
    }
}

fn lint_concept(own: &[Known<'_>], mistakes: &Mistakes<'_>) {
    for (number, one) in own.iter().enumerate() {
        if let Pattern::Prefix { words, .. } = &one.at.value
            && let [word] = words.as_slice()
            && word.chars().count() < SHORTEST
        {
            let label = "so many words begin like this that it tells nothing";
            let help = format!("give a prefix {SHORTEST} letters at least");
            mistakes.warn("R039", one.at.span, "prefix too short", label, help);
        }
        if one.skipped {
            let label = "phrases pass over all of its words (`skip`), so it is found nowhere";
            let help = "add a word that is not skipped, or take this out";
            mistakes.warn("R041", one.at.span, "pattern that is found nowhere", label, help);
        }
        let others = || own.iter().enumerate().filter(|&(at, _)| at != number);
        if others().any(|(at, other)| at < number && other.same(one)) {
            let label = "another pattern of this concept has the same words or stems";
            let help = "leave it out: a word matches every form that has its stem";
            mistakes.warn("R037", one.at.span, "pattern listed twice", label, help);
        } else if others().any(|(_, other)| !other.same(one) && other.covers(one)) {
            let label = "whatever this matches, another pattern of this concept matches";
            let help = "leave it out, or make the other one narrower";
            mistakes.warn("R038", one.at.span, "pattern covered by another", label, help);
        }
    }
}

/// A pattern with its words as they are compared.
struct Known<'v> {
    at: &'v At<Pattern>,
    /// The words in lower case, without those that phrases pass over.
    words: Vec<String>,
    stems: Vec<String>,
    skipped: bool,
}

impl<'v> Known<'v> {
    fn new(at: &'v At<Pattern>, vocabulary: &Vocabulary, stemmer: &mut Stemmer) -> Self {
        let skip: &BTreeSet<String> = &vocabulary.joins.skip;
        let all: Vec<String> = words(&at.value).iter().map(|word| folded(word)).collect();
        let kept: Vec<String> = all.iter().filter(|word| !skip.contains(*word)).cloned().collect();
        let skipped = !all.is_empty() && kept.is_empty();
        let stems = kept.iter().map(|word| stemmer.stem(word).to_owned()).collect();
        Self { at, words: kept, stems, skipped }
    }

    fn same(&self, other: &Self) -> bool {
        match (&self.at.value, &other.at.value) {
            (Pattern::Stems { start, .. }, Pattern::Stems { start: also, .. }) => {
                start == also && self.stems == other.stems
            }
            (Pattern::Written { start, .. }, Pattern::Written { start: also, .. })
            | (Pattern::Prefix { start, .. }, Pattern::Prefix { start: also, .. }) => {
                start == also && self.words == other.words
            }
            (one, other) => one == other,
        }
    }

    /// Whether this matches the same words wherever `narrow` matches. A longer
    /// phrase is no such thing: it shows more, and stands elsewhere. Says no
    /// where it cannot tell, as of regular expressions.
    fn covers(&self, narrow: &Self) -> bool {
        if self.words.len() != narrow.words.len() || starts(&self.at.value) {
            return false;
        }
        match (&self.at.value, &narrow.at.value) {
            (
                Pattern::Stems { .. },
                Pattern::Stems { .. } | Pattern::Written { .. } | Pattern::Exact { .. },
            ) => self.stems == narrow.stems,
            (Pattern::Written { .. }, Pattern::Written { .. } | Pattern::Exact { .. }) => {
                self.words == narrow.words
            }
            (
                Pattern::Prefix { .. },
                Pattern::Prefix { .. } | Pattern::Written { .. } | Pattern::Exact { .. },
            ) => begins(&narrow.words, &self.words),
            // A form need not begin with its stem, so no prefix covers a stem.
            _ => false,
        }
    }
}

/// Whether `words` are those of a prefix pattern, the last one begun by its last.
fn begins(words: &[String], prefix: &[String]) -> bool {
    let Some((last, before)) = prefix.split_last() else { return false };
    words[..before.len()] == *before && words[before.len()].starts_with(last.as_str())
}

fn words(pattern: &Pattern) -> &[String] {
    match pattern {
        Pattern::Stems { words, .. }
        | Pattern::Prefix { words, .. }
        | Pattern::Written { words, .. }
        | Pattern::Exact { words } => words,
        Pattern::Regex(_) | Pattern::Include(_) => &[],
    }
}

fn starts(pattern: &Pattern) -> bool {
    match pattern {
        Pattern::Stems { start, .. }
        | Pattern::Prefix { start, .. }
        | Pattern::Written { start, .. } => *start,
        _ => false,
    }
}

fn folded(word: &str) -> String {
    let mut out = String::new();
    fold_into(word, &mut out);
    out
}
