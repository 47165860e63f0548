//! Whether the passages of two sides agree: by their words, and by the places
//! they are cited from.

use crate::citation::{Citation, Cited, Reference, Step};
use crate::model::{CitationAgreement, Coded, CodedPassage, EvidenceAgreement, QuoteAgreement};
use crate::words::tokens;
use std::collections::BTreeSet;

/// Words that follow one another count as shared only in runs this long:
/// single words are shared by any two sentences.
const RUN: usize = 3;

/// From this share of shared words on two passages overlap.
const OVERLAP: f64 = 0.5;

/// How the passages of two records of one cell agree.
pub(super) fn agreement(left: &Coded, right: &Coded) -> EvidenceAgreement {
    let nearest = nearest(&left.evidence, &right.evidence);
    EvidenceAgreement {
        quotes: nearest.map_or(QuoteAgreement::Unstated, |nearest| nearest.quotes),
        overlap: nearest.map(|nearest| (nearest.overlap * 1000.0).round() / 1000.0),
        nearest: nearest.map(|nearest| nearest.places),
        citations: citations(&left.evidence, &right.evidence),
    }
}

#[derive(Debug, Clone, Copy)]
struct Nearest {
    quotes: QuoteAgreement,
    overlap: f64,
    places: (usize, usize),
}

/// Whether two quotes are of the same passage: one within the other, or half
/// of their words shared, in runs of three.
#[must_use]
pub fn meet(one: &str, other: &str) -> bool {
    let (one, other) = (words(one), words(other));
    let both = !one.is_empty() && !other.is_empty();
    both && quotes(&one, &other).0 != QuoteAgreement::Different
}

/// The two passages, one of each side, that share most.
fn nearest(left: &[CodedPassage], right: &[CodedPassage]) -> Option<Nearest> {
    let (left, right) = (worded(left), worded(right));
    let mut best: Option<Nearest> = None;
    for (at_left, left) in &left {
        for (at_right, right) in &right {
            let (quotes, overlap) = quotes(left, right);
            let found = Nearest { quotes, overlap, places: (*at_left, *at_right) };
            let better = best.is_none_or(|best| (quotes, -overlap) < (best.quotes, -best.overlap));
            if better {
                best = Some(found);
            }
        }
    }
    best
}

/// The passages that have words, with their places.
fn worded(passages: &[CodedPassage]) -> Vec<(usize, Vec<String>)> {
    let all = passages.iter().map(|passage| words(&passage.quote)).enumerate();
    all.filter(|(_, words)| !words.is_empty()).collect()
}

/// The words of a quote as they are compared: lower case, straight apostrophes,
/// without punctuation.
fn words(quote: &str) -> Vec<String> {
    let cut = tokens(quote).into_iter().filter_map(|token| token.span.cut(quote));
    cut.map(|word| word.to_lowercase().replace(['\u{2019}', '\u{2bc}'], "'")).collect()
}

fn quotes(left: &[String], right: &[String]) -> (QuoteAgreement, f64) {
    if left == right {
        return (QuoteAgreement::Same, 1.0);
    }
    let run = RUN.min(left.len()).min(right.len());
    let (of_left, of_right) = (shared(left, right, run), shared(right, left, run));
    let overlap = (of_left + of_right) as f64 / (left.len() + right.len()) as f64;
    let shorter =
        if left.len() <= right.len() { of_left == left.len() } else { of_right == right.len() };
    let verdict = match shorter {
        true => QuoteAgreement::Within,
        false if overlap >= OVERLAP => QuoteAgreement::Overlap,
        false => QuoteAgreement::Different,
    };
    (verdict, overlap)
}

/// How many of `words` stand in a run that `others` have.
fn shared(words: &[String], others: &[String], run: usize) -> usize {
    let runs: BTreeSet<&[String]> = others.windows(run).collect();
    let mut shared = vec![false; words.len()];
    for (at, window) in words.windows(run).enumerate() {
        if runs.contains(window) {
            shared[at..at + run].fill(true);
        }
    }
    shared.iter().filter(|&&shared| shared).count()
}

/// How the places that two sides name agree, at best.
fn citations(left: &[CodedPassage], right: &[CodedPassage]) -> CitationAgreement {
    let (left, right) = (cited(left), cited(right));
    let mut best = None;
    for left in &left {
        for right in &right {
            best = Some(nearer(best, places(left, right)));
        }
    }
    best.unwrap_or(CitationAgreement::Unstated)
}

/// The nearer of two verdicts; they are declared nearest first.
fn nearer(best: Option<CitationAgreement>, found: CitationAgreement) -> CitationAgreement {
    best.map_or(found, |best| best.min(found))
}

/// The distinct citations of the passages.
fn cited(passages: &[CodedPassage]) -> BTreeSet<&str> {
    passages.iter().map(|passage| passage.citation.trim()).filter(|text| !text.is_empty()).collect()
}

fn places(left: &str, right: &str) -> CitationAgreement {
    if left == right {
        return CitationAgreement::Same;
    }
    let (Cited::Read(one), Cited::Read(other)) = (Cited::parse(left), Cited::parse(right)) else {
        return CitationAgreement::Incomparable;
    };
    // A paragraph that was only counted (¶) is none that bears a number.
    let mixed = left.contains('¶') != right.contains('¶');
    let steps = |citation: &Citation, text: &str| -> Vec<Vec<Step>> {
        let counted = mixed && text.contains('¶');
        let keep = |step: &&Step| !counted || step.kind.name() != "para";
        let steps = |reference: &Reference| reference.steps.iter().filter(keep).cloned().collect();
        citation.refs.iter().map(steps).collect()
    };
    let mut best = None;
    for one in &steps(&one, left) {
        for other in &steps(&other, right) {
            best = Some(nearer(best, place(one, other)));
        }
    }
    best.unwrap_or(CitationAgreement::Incomparable)
}

/// Two places agree where every level that both name is the same.
fn place(one: &[Step], other: &[Step]) -> CitationAgreement {
    if one.is_empty() || other.is_empty() {
        return CitationAgreement::Incomparable;
    }
    if one == other {
        return CitationAgreement::Same;
    }
    let common = one.iter().filter_map(|step| {
        let same = other.iter().find(|other| other.kind == step.kind)?;
        Some(share_number(step, same))
    });
    let common: Vec<bool> = common.collect();
    match common.as_slice() {
        [] => CitationAgreement::Incomparable,
        met if met.iter().all(|&met| met) => CitationAgreement::Within,
        _ => CitationAgreement::Different,
    }
}

/// Whether two numbers, or ranges of them, have one in common.
fn share_number(one: &Step, other: &Step) -> bool {
    let range = |step: &Step| -> Option<(u64, u64)> {
        let first = step.number.as_ref()?.value().parse().ok()?;
        let last = step.to.as_ref().and_then(|to| to.value().parse().ok());
        Some((first, last.unwrap_or(first)))
    };
    match (range(one), range(other)) {
        (Some((from, to)), Some((first, last))) => from <= last && first <= to,
        _ => one.number == other.number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passage(quote: &str, citation: &str) -> CodedPassage {
        let (quote, citation) = (quote.to_owned(), citation.to_owned());
        CodedPassage { quote, citation, source: String::new(), rules: Vec::new() }
    }

    #[track_caller]
    fn check_quotes(left: &str, right: &str, expected: QuoteAgreement) {
        let found = nearest(&[passage(left, "")], &[passage(right, "")]);
        assert_eq!(found.map(|found| found.quotes), Some(expected), "{left} / {right}");
    }

    #[test]
    fn quotes_are_compared_by_their_words() {
        use QuoteAgreement::{Different, Overlap, Same, Within};
        check_quotes("States’ duty: report flaws.", "states' duty, report FLAWS", Same);
        check_quotes("report such flaws", "States should report such flaws early.", Within);
        check_quotes(
            "States should report all flaws to vendors",
            "Vendors should report all flaws to vendors and states",
            Overlap,
        );
        check_quotes("States should report flaws", "Elections should be protected", Different);
    }

    #[test]
    fn single_words_that_any_two_sentences_share_do_not_count() {
        check_quotes(
            "the states of the region and the users of the net",
            "the users in a region or the net and states of Europe",
            QuoteAgreement::Different,
        );
    }

    #[test]
    fn a_side_without_words_is_unstated() {
        assert!(nearest(&[passage("", "Art. 1")], &[passage("a b c", "")]).is_none());
    }

    #[track_caller]
    fn check_places(left: &str, right: &str, expected: CitationAgreement) {
        for (one, other) in [(left, right), (right, left)] {
            let found = citations(&[passage("", one)], &[passage("", other)]);
            assert_eq!(found, expected, "{one} / {other}");
        }
    }

    #[test]
    fn citations_are_compared_level_by_level() {
        use CitationAgreement::{Different, Incomparable, Same, Unstated, Within};
        check_places("Article 25, paragraph 4", "Art. 25(4)", Same);
        check_places("Art. 25.4", "Art. 25", Within);
        check_places("Para. 41-47; Para. 54-56", "Para. 44", Within);
        check_places("Para. 41-47", "Para. 48", Different);
        check_places("Art. 3", "Art. 4", Different);
        check_places("Pg. 9", "Art. 3", Incomparable);
        check_places("Pg. 9, ¶45", "Pg. 9 para 3", Within);
        check_places("¶45", "Para. 45", Incomparable);
        check_places("somewhere near the end", "Art. 3", Incomparable);
        check_places("", "Art. 3", Unstated);
    }
}
