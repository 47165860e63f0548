//! Sentences, as a coder would quote them.
//!
//! Unicode's sentence boundaries are the base; what they cut too often in
//! legal text is put together again (abbreviations, initials, numbers), and
//! what they leave whole is cut (items listed inline after semicolons).

use crate::model::Span;
use regex::Regex;
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation;

/// Words that end in a full stop without ending a sentence.
const ABBREVIATIONS: &[&str] = &[
    "add", "al", "annex", "approx", "apr", "art", "arts", "aug", "cf", "ch", "cl", "co", "corr",
    "dec", "doc", "dr", "e.g", "ed", "eds", "eg", "esp", "et", "feb", "ff", "fig", "figs", "gen",
    "gov", "i.e", "ie", "inc", "jan", "jr", "ltd", "mr", "mrs", "ms", "no", "nos", "nov", "oct",
    "op", "p", "para", "paras", "pg", "pp", "prof", "pt", "ref", "res", "resp", "rev", "sec",
    "secs", "sect", "sept", "ser", "sr", "st", "subpara", "suppl", "v", "viz", "vol", "vols", "vs",
];

/// Marks besides the full stop after which a sentence may be over.
const ENDS: &[char] = &[
    '!', '?', '"', '\u{201d}', '\u{2019}', ')', '»', ':', ';', '…', '。', '！', '？', '．', '؟',
    '۔', '।', '॥', '።', '។', '၊', '။',
];

/// An item that begins inside a sentence: after a semicolon, or a colon,
/// comes a letter or number in brackets.
static INLINE_ITEM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[;:,]\s+(?:and\s+|or\s+|and/or\s+)?\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s+\p{L}")
        .expect("the pattern is fixed")
});

/// Where a long clause ends that stands between semicolons.
static CLAUSE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r";\s+(?:and\s+)?").expect("the pattern is fixed"));

/// Clauses are parted at semicolons only in sentences of more bytes than this:
/// about four lines of print, more than a coder quotes whole.
const LONG: usize = 420;

/// A sentence, or a part of one that is quoted by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentencePart {
    /// Its bytes, without the white space around it.
    pub span: Span,
    /// For a later part of a sentence: the index of its first part, which
    /// introduces it.
    pub lead: Option<usize>,
}

/// The sentences of `text` in order. Together they cover all of it that is not
/// white space.
#[must_use]
pub fn sentences(text: &str) -> Vec<SentencePart> {
    let mut found: Vec<Span> = Vec::new();
    for (start, piece) in text.split_sentence_bound_indices() {
        let span = Span::new(start, start + piece.len());
        match found.last_mut() {
            Some(last) if continues(&text[last.start..last.end], piece) => last.end = span.end,
            _ => found.push(span),
        }
    }
    let mut all = Vec::with_capacity(found.len());
    for span in found {
        let first = all.len();
        let spans = parts(text, span).into_iter().filter_map(|part| trim(text, part));
        for (nth, span) in spans.enumerate() {
            all.push(SentencePart { span, lead: (nth > 0).then_some(first) });
        }
    }
    all
}

/// Whether `next` still belongs to the sentence `so_far`.
fn continues(so_far: &str, next: &str) -> bool {
    let end = so_far.trim_end();
    if next.trim().is_empty() || next.trim_start().starts_with(|c: char| c.is_lowercase()) {
        return true;
    }
    let Some(before) = end.strip_suffix('.') else {
        // Unicode also cuts at line ends; a sentence ends at a mark.
        return !end.ends_with(ENDS) && !so_far[end.len()..].contains('\n');
    };
    let word = before.rsplit(|c: char| c.is_whitespace() || "([“\"".contains(c)).next();
    let word = word.unwrap_or("").trim_start_matches('(');
    is_abbreviation(word, before.trim_start() == word)
}

/// `alone`: nothing stands before the word, so that it is a list's number.
fn is_abbreviation(word: &str, alone: bool) -> bool {
    let lower = word.to_lowercase();
    let initials = word.split('.').all(|part| part.chars().count() == 1)
        && word.chars().next().is_some_and(|first| first.is_uppercase() || word.contains('.'));
    let number = alone && (word.chars().all(|c| c.is_ascii_digit()) || word.chars().count() == 1);
    ABBREVIATIONS.binary_search(&lower.as_str()).is_ok() || initials || number
}

/// Cuts a sentence where listed items begin inside it, and a very long one
/// at its semicolons.
fn parts(text: &str, span: Span) -> Vec<Span> {
    let sentence = &text[span.start..span.end];
    let mut cuts: Vec<usize> =
        INLINE_ITEM.find_iter(sentence).map(|found| span.start + found.start() + 1).collect();
    if cuts.len() < 2 {
        cuts.clear();
    }
    if cuts.is_empty() && sentence.len() > LONG {
        cuts = CLAUSE.find_iter(sentence).map(|found| span.start + found.start() + 1).collect();
    }
    let mut parts = Vec::with_capacity(cuts.len() + 1);
    let mut start = span.start;
    for cut in cuts {
        parts.push(Span::new(start, cut));
        start = cut;
    }
    parts.push(Span::new(start, span.end));
    parts
}

fn trim(text: &str, span: Span) -> Option<Span> {
    let words = &text[span.start..span.end];
    let start = span.start + (words.len() - words.trim_start().len());
    let end = start + words.trim().len();
    (start < end).then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is the text with `|` where it should be cut.
    #[track_caller]
    fn check(expected: &str) {
        let text = expected.replace('|', "");
        let found: Vec<&str> = sentences(&text)
            .iter()
            .map(|part| part.span.cut(&text).expect("in the text"))
            .collect();
        assert_eq!(found.join(" |"), expected);
    }

    #[test]
    fn the_abbreviations_are_sorted() {
        assert!(ABBREVIATIONS.is_sorted());
    }

    #[test]
    fn a_full_stop_ends_a_sentence() {
        check("States should cooperate. |They should also share. |Why? |Because.");
    }

    #[test]
    fn abbreviations_do_not() {
        check("See Art. 5 and para. 3 of Res. No. 70/237, e.g. The U.S. Government. |Next one.");
        check("Mr. A. B. Smith spoke in the U.S. Congress.");
    }

    #[test]
    fn a_list_number_stays_with_its_item() {
        check("3. States should act.");
    }

    #[test]
    fn items_inside_a_sentence_are_parted() {
        check("States should: |(a) cooperate; |(b) share; |and (c) report.");
    }

    #[test]
    fn a_short_sentence_keeps_its_semicolons() {
        check("We cooperate; we share.");
    }

    #[test]
    fn a_lower_case_word_continues_a_sentence() {
        check("The so-called sec. seven holds. |It does.");
    }
}
