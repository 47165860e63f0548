//! Which agreements use the same words: runs of words that stand in the quotes
//! of both.
//!
//! Only what was quoted is compared: two agreements may share more.

use crate::mapping::Mapping;
use crate::model::{AgreementId, Date, ElementCode};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// From how many words on a run is more than a turn of phrase.
pub const WORDS: usize = 8;

/// Two agreements that use the same words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Shared {
    /// The earlier agreement; the first by id where the dates do not say.
    pub earlier: AgreementId,
    /// The later one.
    pub later: AgreementId,
    /// Whether the dates say which is the earlier.
    pub dated: bool,
    /// How many words they share, in runs of [`WORDS`] or more.
    pub words: usize,
    /// The runs, longest first; none lies within another.
    pub runs: Vec<Run>,
}

/// Words that stand in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// How many they are.
    pub length: usize,
    /// The words as the later agreement has them.
    pub text: String,
    /// The element the earlier agreement's quote was recorded for.
    pub earlier_element: ElementCode,
    /// The element the later agreement's quote was recorded for.
    pub later_element: ElementCode,
}

/// A quote, cut into words.
struct Quote<'a> {
    agreement: usize,
    element: &'a ElementCode,
    text: &'a str,
    words: Vec<Word>,
}

/// A word without case and marks, and its bytes in the quote.
struct Word {
    letters: String,
    start: usize,
    end: usize,
}

/// A run of words in two quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Match {
    quotes: (usize, usize),
    starts: (usize, usize),
    length: usize,
}

/// The pairs of agreements that share words, those that share most first.
#[must_use]
pub fn shared_wording(mapping: &Mapping) -> Vec<Shared> {
    let quotes = quotes(mapping);
    let mut by_pair: BTreeMap<(usize, usize), Vec<Match>> = BTreeMap::new();
    for found in matches(&quotes) {
        let pair = (quotes[found.quotes.0].agreement, quotes[found.quotes.1].agreement);
        by_pair.entry(pair).or_default().push(found);
    }
    let mut shared: Vec<Shared> = by_pair
        .into_iter()
        .map(|(pair, matches)| of_pair(mapping, pair, matches, &quotes))
        .collect();
    shared.sort_by(|a, b| b.words.cmp(&a.words).then_with(|| names(a).cmp(&names(b))));
    shared
}

fn names(shared: &Shared) -> (&AgreementId, &AgreementId) {
    (&shared.earlier, &shared.later)
}

fn quotes(mapping: &Mapping) -> Vec<Quote<'_>> {
    let mut all = Vec::new();
    for (agreement, one) in mapping.agreements.iter().enumerate() {
        let tags = one.cells.iter().flat_map(|cell| &cell.tags).chain(&one.others);
        // The same quote for several elements, or in two records, counts once.
        let mut seen = BTreeSet::new();
        for tag in tags.filter(|tag| !tag.quote.is_empty()) {
            let words = words(&tag.quote);
            let letters: Vec<&str> = words.iter().map(|word| word.letters.as_str()).collect();
            if seen.insert(letters.join(" ")) {
                all.push(Quote { agreement, element: &tag.element, text: &tag.quote, words });
            }
        }
    }
    all
}

/// The words of a text: letters and digits, in lower case.
fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(Word { letters: text[from..at].to_lowercase(), start: from, end: at });
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// The longest runs in every two quotes of different agreements.
fn matches(quotes: &[Quote<'_>]) -> BTreeSet<Match> {
    let mut places: BTreeMap<Vec<&str>, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, quote) in quotes.iter().enumerate() {
        for (start, window) in quote.words.windows(WORDS).enumerate() {
            let key = window.iter().map(|word| word.letters.as_str()).collect();
            places.entry(key).or_default().push((at, start));
        }
    }
    let mut found = BTreeSet::new();
    for together in places.values() {
        for (index, &one) in together.iter().enumerate() {
            for &other in &together[index + 1..] {
                if quotes[one.0].agreement != quotes[other.0].agreement {
                    found.insert(longest(quotes, one, other));
                }
            }
        }
    }
    found
}

/// The run that two places are in, as far as it goes both ways.
fn longest(quotes: &[Quote<'_>], one: (usize, usize), other: (usize, usize)) -> Match {
    // Quotes stand in the order of their agreements.
    let (one, other) = (one.min(other), one.max(other));
    let (first, second) = (&quotes[one.0].words, &quotes[other.0].words);
    let same = |a: usize, b: usize| {
        let words = first.get(a).zip(second.get(b));
        words.is_some_and(|(a, b)| a.letters == b.letters)
    };
    let (mut a, mut b) = (one.1, other.1);
    while a > 0 && b > 0 && same(a - 1, b - 1) {
        (a, b) = (a - 1, b - 1);
    }
    let mut length = 0;
    while same(a + length, b + length) {
        length += 1;
    }
    Match { quotes: (one.0, other.0), starts: (a, b), length }
}

fn of_pair(
    mapping: &Mapping,
    (a, b): (usize, usize),
    mut matches: Vec<Match>,
    quotes: &[Quote<'_>],
) -> Shared {
    matches.sort_by(|x, y| y.length.cmp(&x.length).then(x.cmp(y)));
    let mut runs: Vec<Run> = Vec::new();
    let mut said: Vec<String> = Vec::new();
    for found in matches {
        let later = &quotes[found.quotes.1];
        let words = &later.words[found.starts.1..found.starts.1 + found.length];
        let letters: Vec<&str> = words.iter().map(|word| word.letters.as_str()).collect();
        let letters = format!(" {} ", letters.join(" "));
        // A run within a longer one says nothing more.
        if said.iter().any(|longer| longer.contains(&letters)) {
            continue;
        }
        said.push(letters);
        let (first, last) = (&words[0], &words[words.len() - 1]);
        runs.push(Run {
            length: found.length,
            text: later.text[first.start..last.end].to_owned(),
            earlier_element: quotes[found.quotes.0].element.clone(),
            later_element: later.element.clone(),
        });
    }
    // Agreements stand in the order of their dates.
    let (earlier, later) = (&mapping.agreements[a], &mapping.agreements[b]);
    Shared {
        earlier: earlier.id.clone(),
        later: later.id.clone(),
        dated: earlier.date().zip(later.date()).is_some_and(|(a, b)| before(a, b)),
        words: runs.iter().map(|run| run.length).sum(),
        runs,
    }
}

/// Whether one date surely lies before another, as exactly as both are known.
fn before(a: Date, b: Date) -> bool {
    let parts = |date: Date| [Some(date.year), date.month.map(u16::from), date.day.map(u16::from)];
    for (one, other) in parts(a).into_iter().zip(parts(b)) {
        match one.zip(other) {
            Some((one, other)) if one != other => return one < other,
            Some(_) => {}
            None => return false,
        }
    }
    false
}
