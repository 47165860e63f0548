//! Web pages whose main text is known: how much of it is found, and how much
//! else. The measure is that of the benchmark the pages come from: multisets
//! of four words in a row, precision and recall averaged over pages.
//!
//! `benches/html_articles.py` measures a peer beside it, with intervals.

use crate::shared::{files, shared};
use normtag::extract::extract;
use normtag::model::{Document, Extracted, ParagraphKind, Snapshot};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;
use std::time::{Duration, Instant};

/// How often each run of four words occurs; a shorter text is one run.
fn shingles(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|w| !w.is_empty())
        .collect();
    let mut counts = BTreeMap::new();
    for start in 0..(words.len() + 1).saturating_sub(4).max(usize::from(!words.is_empty())) {
        *counts.entry(words[start..words.len().min(start + 4)].to_vec()).or_insert(0) += 1;
    }
    counts
}

/// Precision and recall of one page, where they are defined.
fn score(truth: &str, found: &str) -> (Option<f64>, Option<f64>) {
    let (truth, found) = (shingles(truth), shingles(found));
    let both: usize = truth.iter().map(|(key, n)| *n.min(found.get(key).unwrap_or(&0))).sum();
    let share = |all: usize| (all > 0).then(|| both as f64 / all as f64);
    (share(found.values().sum()), share(truth.values().sum()))
}

fn mean(values: impl Iterator<Item = Option<f64>>) -> f64 {
    let defined: Vec<f64> = values.flatten().collect();
    defined.iter().sum::<f64>() / defined.len() as f64
}

/// The text of a page without its title, which the truth does not have.
fn body(document: &Document) -> String {
    let mut paragraphs = document.paragraphs.iter().peekable();
    paragraphs.next_if(|first| first.kind == ParagraphKind::Heading);
    let texts = paragraphs.filter_map(|paragraph| paragraph.span.cut(&document.text));
    texts.collect::<Vec<_>>().join("\n\n")
}

fn unpacked(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).unwrap();
    flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).unwrap();
    bytes
}

#[test]
fn the_main_text_of_articles_is_found_and_little_else() {
    let Some(shared) = shared("articles") else { return };
    let folder = shared.join("stress/html-articles");
    let truth = std::fs::read_to_string(folder.join("ground-truth.json")).unwrap();
    let truth: serde_json::Value = serde_json::from_str(&truth).unwrap();
    let mut scores = Vec::new();
    let mut time = Duration::ZERO;
    for path in files(&folder.join("html"), "gz") {
        let id = path.file_name().unwrap().to_string_lossy().replace(".html.gz", "");
        let snapshot = Snapshot::of_bytes(id.as_str(), unpacked(&path));
        let start = Instant::now();
        let extracted = extract(&snapshot);
        time += start.elapsed();
        let found = match &extracted {
            Extracted::Read(document) => body(document),
            Extracted::Unread(_) => String::new(),
        };
        scores.push(score(truth[&id]["articleBody"].as_str().unwrap(), &found));
    }
    assert_eq!(scores.len(), 181);
    let precision = mean(scores.iter().map(|(precision, _)| *precision));
    let recall = mean(scores.iter().map(|(_, recall)| *recall));
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!(
        "F1 {f1:.4} precision {precision:.4} recall {recall:.4}, {:.0} pages/s",
        181.0 / time.as_secs_f64()
    );
    assert!(f1 >= 0.965 && precision >= 0.945 && recall >= 0.985, "{f1} {precision} {recall}");
}

/// The words of a document in small letters.
fn words(path: &Path) -> Vec<String> {
    let snapshot = Snapshot::of_bytes(path.to_string_lossy(), std::fs::read(path).unwrap());
    let Extracted::Read(document) = extract(&snapshot) else { panic!("{}", path.display()) };
    let lower = document.text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// Every word of the Markdown must come in the page, in its order. The page
/// may have more: tables that the Markdown leaves out.
#[test]
fn the_manrs_guides_are_the_same_from_html_and_from_markdown() {
    let Some(shared) = shared("manrs") else { return };
    let folder = shared.join("agreements");
    let guides =
        [("manrs-ixp-implementation-guide", 2), ("manrs-network-implementation-guide", 48)];
    for (name, more) in guides {
        let page = words(&folder.join("html").join(name).with_extension("html"));
        let markdown = words(&folder.join(name).with_extension("md"));
        let mut rest = page.iter();
        for (at, word) in markdown.iter().enumerate() {
            let around = &markdown[at.saturating_sub(5)..markdown.len().min(at + 5)];
            assert!(rest.any(|found| found == word), "{name}: `{word}` of {around:?}");
        }
        assert_eq!(page.len() - markdown.len(), more, "{name}");
    }
}
