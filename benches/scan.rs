//! How fast the scan is, beside what it replaces, in one run.
//!
//! The text is bulk made from the rules' own examples, so it is full of
//! matches. Each figure asserts what it found, so that it cannot drift into
//! measuring nothing. Read the ratios; the seconds depend on the machine.

#![allow(clippy::format_push_string, reason = "the text is made before the clock runs")]
#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use normtag::corpus::built_in_rules;
use normtag::model::{Document, Extracted, Snapshot, TaxonomyId};
use normtag::rules::RuleSet;
use normtag::scan::scan;
use std::time::Instant;

/// Bytes of text to scan.
const SIZE: usize = 2_000_000;

fn main() {
    let files = built_in_rules();
    let rules = RuleSet::load(&files, &TaxonomyId::new("bpf-2021")).rules.expect("no mistakes");
    let document = bulk(&rules);
    let megabytes = document.text.len() as f64 / 1e6;
    let paragraphs = document.paragraphs.len();
    println!("{megabytes:.1} MB, {paragraphs} paragraphs, {} rules", rules.rules.len());

    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    let two = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("a pool");
    let (alone, hits) = timed(|| one.install(|| scan(&document, &rules).hits.len()));
    assert!(hits > paragraphs / 2, "{hits} hits: the text is full of them");
    let (both, again) = timed(|| two.install(|| scan(&document, &rules).hits.len()));
    assert_eq!(hits, again, "threads change nothing");
    println!("scan, 1 thread:   {alone:.3} s  {:.1} MB/s  {hits} hits", megabytes / alone);
    println!("scan, 2 threads:  {both:.3} s  {:.2} x", alone / both);

    // The cost of rules: the same text and vocabulary with half of them.
    let mut half = RuleSet::load(&files, &TaxonomyId::new("bpf-2021")).rules.expect("no mistakes");
    let kept = half.rules.len() / 2;
    half.rules.truncate(kept);
    let (fewer, found) = timed(|| one.install(|| scan(&document, &half).hits.len()));
    assert!(found > 0 && found < hits, "{found} of {hits} hits with half of the rules");
    println!("scan, half the rules: {fewer:.3} s  all of them cost {:.2} x", alone / fewer);

    // What the automata replace: each phrase looked for by itself.
    let phrases = phrases(&files);
    let lower = document.text.to_lowercase();
    let (naive, matches) = timed(|| {
        phrases.iter().map(|phrase| lower.matches(phrase.as_str()).count()).sum::<usize>()
    });
    assert!(matches > 0, "the phrases are in the text");
    println!(
        "{} phrases one by one (str::matches, no stems, no rules): {naive:.3} s  {:.1} x the scan",
        phrases.len(),
        naive / alone
    );
}

/// The best of three runs, in seconds, and what the last gave.
fn timed<T>(run: impl Fn() -> T) -> (f64, T) {
    let mut best = f64::INFINITY;
    let mut given = None;
    for _ in 0..3 {
        let began = Instant::now();
        given = Some(run());
        best = best.min(began.elapsed().as_secs_f64());
    }
    (best, given.expect("it ran"))
}

fn bulk(rules: &RuleSet) -> Document {
    let examples = rules.rules.iter().flat_map(|rule| rule.hits.iter().chain(&rule.misses));
    let examples: Vec<&str> = examples.map(|example| example.text.as_str()).collect();
    let mut text = String::with_capacity(SIZE + 1000);
    for (number, example) in examples.iter().cycle().enumerate() {
        if text.len() > SIZE {
            break;
        }
        // The numbers keep two paragraphs from being the same.
        text.push_str(&format!("{}. {example}\n\n", number + 1));
    }
    match normtag::extract::extract(&Snapshot::of_bytes("bulk.txt", text.into_bytes())) {
        Extracted::Read(document) => *document,
        Extracted::Unread(unread) => panic!("{}", unread.reason),
    }
}

/// The plain words and phrases of the English vocabulary.
fn phrases(files: &[normtag::model::SourceFile]) -> Vec<String> {
    let file = files.iter().find(|file| file.path.ends_with("vocabulary/en.toml"));
    let text = &file.expect("there is an English vocabulary").text;
    let quoted = text.split('"').skip(1).step_by(2);
    let plain = quoted.filter(|phrase| phrase.chars().all(|c| c.is_alphabetic() || c == ' '));
    let mut phrases: Vec<String> = plain.map(str::to_lowercase).collect();
    phrases.sort();
    phrases.dedup();
    phrases
}
