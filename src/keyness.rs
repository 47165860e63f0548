//! Keyness: the words and phrases that tell some texts from others.
//!
//! Log-likelihood G² (Dunning, "Accurate methods for the statistics of surprise
//! and coincidence", Computational Linguistics 19, 1993), over two corpora as
//! Rayson & Garside use it ("Comparing corpora using frequency profiling", ACL
//! workshop 2000); as effect size the log ratio (Hardie, "Log Ratio: an informal
//! introduction", 2014). Knows neither rules nor documents.

use crate::words::{Stemmer, fold_into, sentences, tokens};
use std::collections::{BTreeMap, BTreeSet};

/// Words that a phrase has at most.
pub const LONGEST: usize = 3;

/// How often the phrases of some texts occur.
#[derive(Debug, Clone, Default)]
pub struct Terms {
    found: BTreeMap<Vec<String>, Term>,
    /// All phrases of each length, small words among them.
    sizes: [usize; LONGEST],
}

/// What is known of one phrase.
#[derive(Debug, Clone, Default)]
struct Term {
    count: usize,
    surfaces: BTreeMap<String, usize>,
    groups: BTreeSet<String>,
}

/// A phrase that tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Key {
    /// Its stems, by which its forms are counted as one.
    pub stems: Vec<String>,
    /// Its most frequent form, in lower case.
    pub surface: String,
    /// How often it occurs in the texts looked at, and in the others.
    pub counts: [usize; 2],
    /// How many phrases of its length these texts and the others have.
    pub sizes: [usize; 2],
    /// G², with one degree of freedom: 6.63 is significant at 1 %, 10.83 at
    /// 0.1 %, each test by itself.
    pub log_likelihood: f64,
    /// The binary logarithm of the ratio of the two relative frequencies: 1 is
    /// twice as frequent, 2 four times. A phrase the others lack counts there
    /// as a half.
    pub log_ratio: f64,
    /// In which groups of texts (agreements) it occurs.
    pub groups: Vec<String>,
}

/// What a phrase must reach to be told.
#[derive(Debug, Clone, Copy)]
pub struct Least {
    /// G² at least.
    pub log_likelihood: f64,
    /// Log ratio at least.
    pub log_ratio: f64,
    /// Different groups at least: what only one has is its way of speaking.
    pub groups: usize,
}

impl Terms {
    /// Counts the phrases of `text`, which belongs to `group`. A phrase neither
    /// begins nor ends with one of the `small` words, and crosses no sentence.
    pub fn add(&mut self, text: &str, group: &str, stemmer: &mut Stemmer, small: &[&str]) {
        for sentence in sentences(text) {
            let words = words(sentence.span.cut(text).unwrap_or_default());
            let is_small = |word: &String| small.contains(&word.as_str()) || !tells(word);
            for length in 1..=LONGEST.min(words.len()) {
                self.sizes[length - 1] += words.len() + 1 - length;
                for phrase in words.windows(length) {
                    if is_small(&phrase[0]) || is_small(&phrase[length - 1]) {
                        continue;
                    }
                    self.count(phrase, group, stemmer);
                }
            }
        }
    }

    /// Whether nothing was counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    fn count(&mut self, phrase: &[String], group: &str, stemmer: &mut Stemmer) {
        let stems = phrase.iter().map(|word| stemmer.stem(word).to_owned()).collect();
        let term = self.found.entry(stems).or_default();
        term.count += 1;
        *term.surfaces.entry(phrase.join(" ")).or_default() += 1;
        term.groups.insert(group.to_owned());
    }

    /// The phrases of these texts that `others` have clearly less often, those
    /// that tell most first.
    #[must_use]
    pub fn keys(&self, others: &Self, least: Least) -> Vec<Key> {
        let all = self.found.iter().map(|(stems, term)| self.key(stems, term, others));
        let mut keys: Vec<Key> = all
            .filter(|key| {
                key.log_likelihood >= least.log_likelihood
                    && key.log_ratio >= least.log_ratio
                    && key.groups.len() >= least.groups
            })
            .collect();
        keys.sort_by(|a, b| {
            b.log_likelihood.total_cmp(&a.log_likelihood).then_with(|| a.stems.cmp(&b.stems))
        });
        keys
    }

    fn key(&self, stems: &[String], term: &Term, others: &Self) -> Key {
        let length = stems.len() - 1;
        let counts = [term.count, others.found.get(stems).map_or(0, |other| other.count)];
        let sizes = [self.sizes[length], others.sizes[length]];
        let surface = term
            .surfaces
            .iter()
            .max_by_key(|&(surface, count)| (count, std::cmp::Reverse(surface)));
        Key {
            stems: stems.to_vec(),
            surface: surface.map_or_else(String::new, |(surface, _)| surface.clone()),
            counts,
            sizes,
            log_likelihood: log_likelihood(counts, sizes),
            log_ratio: log_ratio(counts, sizes),
            groups: term.groups.iter().cloned().collect(),
        }
    }
}

/// The words of a sentence as they are compared.
fn words(sentence: &str) -> Vec<String> {
    let fold = |token: crate::words::Token| {
        let mut folded = String::new();
        fold_into(token.span.cut(sentence).unwrap_or_default(), &mut folded);
        folded
    };
    tokens(sentence).into_iter().map(fold).collect()
}

/// Whether a word can tell anything: a single letter and a number cannot.
fn tells(word: &str) -> bool {
    word.chars().count() > 1 && word.chars().any(char::is_alphabetic)
}

/// G² of a phrase that occurs `counts` times in two corpora of `sizes`:
/// 2 Σ O ln(O / E), where E is what each would have if both used it alike.
#[must_use]
pub fn log_likelihood(counts: [usize; 2], sizes: [usize; 2]) -> f64 {
    let rate = (counts[0] + counts[1]) as f64 / (sizes[0] + sizes[1]) as f64;
    let part = |observed: usize, size: usize| {
        let (observed, expected) = (observed as f64, rate * size as f64);
        if observed > 0.0 { observed * (observed / expected).ln() } else { 0.0 }
    };
    2.0 * (part(counts[0], sizes[0]) + part(counts[1], sizes[1]))
}

/// The binary logarithm of the ratio of relative frequencies, with a half in
/// place of a count of none.
#[must_use]
pub fn log_ratio(counts: [usize; 2], sizes: [usize; 2]) -> f64 {
    let share = |at: usize| {
        let count = if counts[at] == 0 { 0.5 } else { counts[at] as f64 };
        count / sizes[at].max(1) as f64
    };
    (share(0) / share(1)).log2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(counts: [usize; 2], sizes: [usize; 2], expected: (f64, f64)) {
        let found = (log_likelihood(counts, sizes), log_ratio(counts, sizes));
        assert!((found.0 - expected.0).abs() < 0.0005, "{found:?}");
        assert!((found.1 - expected.1).abs() < 0.0005, "{found:?}");
    }

    #[test]
    fn figures_are_those_worked_out_by_hand() {
        // E = 10/300 × 100 = 3.3333 and 6.6667;
        // 2 (8 ln 2.4 + 2 ln 0.3) = 2 (7.00375 − 2.40795) = 9.1916; 8 % to 1 % is 2³.
        check([8, 2], [100, 200], (9.192, 3.0));
        // E = 1.25; 2 × 5 ln 4 = 13.8629; 5 % to 0.5/300 is 30, 2^4.9069.
        check([5, 0], [100, 300], (13.863, 4.907));
        // Used alike, it tells nothing.
        check([3, 6], [100, 200], (0.0, 0.0));
    }

    #[test]
    fn forms_are_counted_as_one_and_small_words_stand_inside_only() {
        let mut stemmer = Stemmer::new("en");
        let mut own = Terms::default();
        own.add("The lakes of Peru. Lakes! Lake of Peru", "a", &mut stemmer, &["the", "of"]);
        let least = Least { log_likelihood: 0.0, log_ratio: -9.0, groups: 1 };
        let keys = own.keys(&Terms::default(), least);
        let shown: Vec<(&str, usize)> =
            keys.iter().map(|key| (key.surface.as_str(), key.counts[0])).collect();
        assert_eq!(shown, [("lakes", 3), ("lake of peru", 2), ("peru", 2)]);
        assert_eq!(keys[0].sizes, [8, 0]);
    }
}
