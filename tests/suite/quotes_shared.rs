//! Quotes of the reference material, damaged in 27 ways, found again in eight
//! treaties in nine renderings; floors for each kind.

use crate::shared;
use flate2::read::GzDecoder;
use normtag::model::Span;
use normtag::quotes::{Haystack, Verdict};
use rayon::prelude::*;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::Path;

/// A quote with what is known of it; `spans` count characters.
#[derive(Deserialize)]
struct Item {
    doc: String,
    variant: String,
    kind: String,
    quote: String,
    spans: Vec<(usize, usize)>,
    words: usize,
    neg: bool,
}

/// What became of one.
struct Outcome {
    located: bool,
    verdict: Option<Verdict>,
}

fn unpacked(path: &Path) -> String {
    let mut text = String::new();
    let file = std::fs::File::open(path).unwrap();
    GzDecoder::new(file).read_to_string(&mut text).unwrap();
    text
}

fn outcomes(folder: &Path) -> Vec<(Item, Outcome)> {
    let lines = unpacked(&folder.join("quotes.jsonl.gz"));
    let mut by_text: BTreeMap<(String, String), Vec<Item>> = BTreeMap::new();
    for line in lines.lines() {
        let item: Item = serde_json::from_str(line).unwrap();
        by_text.entry((item.doc.clone(), item.variant.clone())).or_default().push(item);
    }
    let texts: Vec<_> = by_text.into_iter().collect();
    let all = texts.into_par_iter().flat_map_iter(|((doc, variant), items)| {
        let text = unpacked(&folder.join(format!("docs/{doc}.{variant}.txt.gz")));
        // Characters to bytes.
        let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        bytes.push(text.len());
        let haystack = Haystack::new(&text);
        let judged: Vec<(Item, Outcome)> = items
            .into_iter()
            .map(|item| {
                let found = haystack.nearest(&item.quote, &[]);
                let truth: Vec<Span> =
                    item.spans.iter().map(|&(a, b)| Span::new(bytes[a], bytes[b])).collect();
                let pieces = found.as_ref().map(|found| found.pieces.clone()).unwrap_or_default();
                let outcome = Outcome {
                    located: is_located(&pieces, &truth),
                    verdict: found.map(|found| found.verdict),
                };
                (item, outcome)
            })
            .collect();
        judged
    });
    all.collect()
}

/// As the reference material counts: at least half of the true range, at
/// least a third of the found one, or F1 of .6.
fn is_located(found: &[Span], truth: &[Span]) -> bool {
    let shared: usize = found
        .iter()
        .flat_map(|a| truth.iter().map(|b| a.end.min(b.end).saturating_sub(a.start.max(b.start))))
        .sum();
    let length = |spans: &[Span]| spans.iter().map(|span| span.len()).sum::<usize>().max(1) as f64;
    let (recall, precision) = (shared as f64 / length(truth), shared as f64 / length(found));
    let f1 = 2.0 * recall * precision / (recall + precision).max(1e-9);
    (recall >= 0.5 && precision >= 1.0 / 3.0) || f1 >= 0.6
}

fn accepted(outcome: &Outcome) -> bool {
    outcome.located && outcome.verdict.is_some_and(|verdict| verdict < Verdict::Gone)
}

#[test]
fn damaged_quotes_are_found_again_and_foreign_ones_are_not() {
    let Some(folder) = shared::shared("quotes_shared") else { return };
    let folder = folder.join("quotes-benchmark");
    let all = outcomes(&folder);
    let mut kinds: BTreeMap<&str, Vec<(&Item, &Outcome)>> = BTreeMap::new();
    for (item, outcome) in &all {
        kinds.entry(&item.kind).or_default().push((item, outcome));
    }
    let share = |count: usize, of: usize| 100.0 * count as f64 / of as f64;
    for (kind, all) in &kinds {
        let located = all.iter().filter(|(_, one)| one.located).count();
        let taken = all.iter().filter(|(_, one)| accepted(one)).count();
        let long: Vec<_> = all.iter().filter(|(item, _)| item.words >= 12).collect();
        let long_taken = long.iter().filter(|(_, one)| accepted(one)).count();
        let mut verdicts: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, one) in all {
            *verdicts.entry(one.verdict.map_or("none", Verdict::as_str)).or_default() += 1;
        }
        println!(
            "{kind:18} n {:3} located {:5.1} accepted {:5.1} (12+ words: {:5.1} of {}) {verdicts:?}",
            all.len(),
            share(located, all.len()),
            share(taken, all.len()),
            share(long_taken, long.len()),
            long.len()
        );
    }
    for (kind, floor) in FLOORS {
        let all = &kinds[kind];
        let located = share(all.iter().filter(|(_, one)| one.located).count(), all.len());
        assert!(located >= *floor, "{kind}: {located} % located");
    }
    let real: Vec<_> = all.iter().filter(|(item, _)| !item.neg && item.kind != "tamper").collect();
    let located = share(real.iter().filter(|(_, one)| one.located).count(), real.len());
    assert!(located >= 99.0, "{located} % located");
    let long: Vec<_> = real.iter().filter(|(item, _)| item.words >= 12).collect();
    let taken = share(long.iter().filter(|(_, one)| accepted(one)).count(), long.len());
    assert!(taken >= 98.0, "{taken} % of 12 words and more accepted");
    let foreign: Vec<_> = all.iter().filter(|(item, _)| item.neg).collect();
    let wrong = share(foreign.iter().filter(|(_, one)| is_found(one)).count(), foreign.len());
    assert!(wrong <= 1.0, "{wrong} % of quotes of other treaties accepted");
    verdicts_are_right(&kinds);
}

/// Percent that must be located, of each kind (those the README there names).
/// 15 % of words changed: 94 of 96 is as near to 98 % as 96 quotes come from
/// below.
const FLOORS: &[(&str, f64)] = &[
    ("exact", 100.0),
    ("doc:lig", 100.0),
    ("doc:hyph", 100.0),
    ("q:straight", 100.0),
    ("q:spelling", 100.0),
    ("q:bullets", 100.0),
    ("q:emphasis", 100.0),
    ("doc:foot", 99.0),
    ("doc:pages", 99.0),
    ("doc:pdf", 99.0),
    ("q:ellipsis", 98.9),
    ("q:silent-omission", 99.0),
    ("q:brackets", 98.0),
    ("q:glued", 97.0),
    ("q:glued-far", 97.0),
    ("doc:dococr2", 99.0),
    ("q:ocr2", 99.0),
    ("doc:dococr5", 97.0),
    ("q:ocr5", 97.0),
    ("q:ocr10", 98.0),
    ("q:words15", 97.9),
];

fn is_found(outcome: &Outcome) -> bool {
    outcome.verdict.is_some_and(|verdict| verdict < Verdict::Gone)
}

/// What was changed is called altered; what is only of the page or the type is
/// not, in 98 of 100.
fn verdicts_are_right(kinds: &BTreeMap<&str, Vec<(&Item, &Outcome)>>) {
    let holds = |one: &Outcome| one.verdict.is_some_and(Verdict::holds);
    for kind in ["tamper", "q:silent-omission", "q:wrong-number"] {
        let wrong = kinds[kind].iter().filter(|(_, one)| holds(one)).count();
        assert_eq!(wrong, 0, "{kind}");
    }
    let genuine = ["exact", "doc:lig", "doc:hyph", "doc:foot", "doc:pages", "doc:pdf"];
    let genuine = genuine.iter().chain(&["q:straight", "q:emphasis"]);
    let genuine: Vec<_> = genuine.flat_map(|kind| &kinds[kind]).collect();
    let altered = genuine.iter().filter(|(_, one)| !holds(one)).count();
    assert!(altered * 50 <= genuine.len(), "{altered} of {}", genuine.len());
}
