//! Treaties typeset by three programs, in one and two columns, beside their
//! true paragraphs: words, their order, paragraphs, and the numbers they are
//! cited by.
//!
//! The true numbers are read off the true paragraphs: the article is that of
//! the heading above, the paragraph the number at the start of the text or of
//! the last text before it that has one, the letter what stands in front.

use crate::shared::{files, shared};
use normtag::extract::extract;
use normtag::model::{Document, Extracted, Locator, Snapshot};
use std::collections::BTreeMap;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// A true paragraph: what kind (`h1`, `h2`, `p`), its text, and its numbers.
struct Truth {
    key: String,
    heading: bool,
    label: Label,
}

/// What a paragraph is cited by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Label {
    article: Option<String>,
    paragraph: Option<String>,
    letter: Option<String>,
}

/// The letters and digits of a text, by which paragraphs are compared.
fn key(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

fn words(texts: &[&str]) -> Vec<String> {
    let all = texts.join("\n");
    let all: String = all.nfkc().flat_map(char::to_lowercase).collect();
    let parts = all.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    parts.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The number of a heading "Article 5 – Title", nothing for another heading.
fn article_of(heading: &str) -> Option<String> {
    let rest =
        heading.trim().strip_prefix("Article ").or(heading.trim().strip_prefix("ARTICLE "))?;
    let end = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
    Some(rest[..end].to_owned())
}

/// The number a paragraph begins with: `3.` gives `3`.
fn number_of(text: &str) -> Option<(String, &str)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = text[digits..].strip_prefix('.')?;
    ((1..=3).contains(&digits) && !rest.starts_with(|c: char| c.is_ascii_digit()))
        .then(|| (text[..digits].to_owned(), rest.trim_start()))
}

/// The letter a paragraph begins with, the innermost: `(a)` gives `a`, and
/// `(b) (i)` gives `i`.
fn letter_of(text: &str) -> Option<String> {
    let (inner, rest) = text.strip_prefix('(')?.split_once(')')?;
    let short = (1..=5).contains(&inner.len()) && inner.chars().all(char::is_alphanumeric);
    short.then(|| letter_of(rest.trim_start()).unwrap_or_else(|| inner.to_owned()))
}

fn truths(path: &Path) -> (Vec<Truth>, Vec<String>) {
    let bytes = std::fs::read(path).unwrap();
    let rows: Vec<(String, String)> = serde_json::from_slice(&bytes).unwrap();
    let mut label = Label::default();
    let mut found = Vec::new();
    for (kind, text) in &rows {
        let heading = kind != "p";
        if heading {
            label = Label { article: article_of(text), ..Label::default() };
        } else {
            let numbered = number_of(text);
            let rest = numbered.as_ref().map_or(text.as_str(), |(_, rest)| rest);
            label.letter = letter_of(rest);
            if let Some((number, _)) = numbered {
                label.paragraph = Some(number);
            }
        }
        found.push(Truth { key: key(text), heading, label: label.clone() });
    }
    (found, rows.into_iter().map(|(_, text)| text).collect())
}

/// A paragraph as it was found, with its label in front.
struct Found<'a> {
    text: &'a str,
    key: String,
    locator: &'a Locator,
}

fn found(document: &Document) -> Vec<Found<'_>> {
    let mut start = 0;
    let paragraphs = document.paragraphs.iter().map(|paragraph| {
        let text = document.text[start..paragraph.span.end].trim();
        start = paragraph.span.end;
        Found { text, key: key(text), locator: &paragraph.locator }
    });
    paragraphs.collect()
}

/// How many elements two sequences share in order (Myers' O(ND) algorithm).
fn in_order<T: PartialEq>(first: &[T], second: &[T]) -> usize {
    let length = |of: &[T]| isize::try_from(of.len()).unwrap();
    let (long, wide) = (length(first), length(second));
    let at = |k: isize| usize::try_from(k + long + wide + 1).unwrap();
    let mut furthest = vec![0isize; usize::try_from(2 * (long + wide) + 3).unwrap()];
    for distance in 0..=long + wide {
        for k in (-distance..=distance).step_by(2) {
            let down =
                k == -distance || (k != distance && furthest[at(k - 1)] < furthest[at(k + 1)]);
            let mut x = if down { furthest[at(k + 1)] } else { furthest[at(k - 1)] + 1 };
            let same = |x: isize| {
                first[usize::try_from(x).unwrap()] == second[usize::try_from(x - k).unwrap()]
            };
            while x < long && x - k < wide && same(x) {
                x += 1;
            }
            furthest[at(k)] = x;
            if x >= long && x - k >= wide {
                return usize::try_from((long + wide - distance) / 2).unwrap();
            }
        }
    }
    unreachable!("they differ in no more than all of their elements")
}

/// How many elements two multisets share.
fn in_both(a: &[String], b: &[String]) -> usize {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for one in a {
        *counts.entry(one).or_default() += 1;
    }
    let mut shared = 0;
    for one in b {
        if let Some(left) = counts.get_mut(one.as_str()).filter(|left| **left > 0) {
            *left -= 1;
            shared += 1;
        }
    }
    shared
}

/// Counts over documents.
#[derive(Debug, Default, Clone, Copy)]
struct Score {
    words: [usize; 4],
    paragraphs: [usize; 3],
    labels: [usize; 5],
}

impl Score {
    fn of(
        truths: &[Truth],
        true_texts: &[String],
        document: &Document,
        wrong: &mut Vec<String>,
    ) -> Self {
        let found = found(document);
        let true_words = words(&true_texts.iter().map(String::as_str).collect::<Vec<_>>());
        let found_words = words(&found.iter().map(|one| one.text).collect::<Vec<_>>());
        let true_keys: Vec<String> = truths.iter().map(|truth| truth.key.clone()).collect();
        let found_keys: Vec<String> = found.iter().map(|one| one.key.clone()).collect();
        let ordered = in_order(&true_words, &found_words);
        let right = in_both(&true_keys, &found_keys);
        Self {
            words: [
                true_words.len(),
                found_words.len(),
                ordered,
                in_both(&true_words, &found_words),
            ],
            paragraphs: [true_keys.len(), found_keys.len(), right],
            labels: labels(truths, &found, wrong),
        }
    }

    fn add(&mut self, other: &Self) {
        let pairs = self.words.iter_mut().zip(other.words);
        let pairs = pairs.chain(self.paragraphs.iter_mut().zip(other.paragraphs));
        for (own, other) in pairs.chain(self.labels.iter_mut().zip(other.labels)) {
            *own += other;
        }
    }

    fn ordered_recall(&self) -> f64 {
        share(self.words[2], self.words[0])
    }

    fn precision(&self) -> f64 {
        share(self.words[3], self.words[1])
    }

    fn f1(&self) -> f64 {
        share(2 * self.paragraphs[2], self.paragraphs[0] + self.paragraphs[1])
    }

    /// The share of paragraphs with article and paragraph number right; one
    /// that was not found whole counts as wrong.
    fn numbered(&self) -> f64 {
        share(self.labels[1], self.labels[0])
    }

    fn row(&self, name: &str) -> String {
        format!(
            "{name:24} {:6} words  ordered recall {:.4}  precision {:.4}  {:5} paragraphs  F1 {:.4}  \
             article and paragraph right {:.4}  letter right {:.4} (of {})",
            self.words[0],
            self.ordered_recall(),
            self.precision(),
            self.paragraphs[0],
            self.f1(),
            self.numbered(),
            share(self.labels[3], self.labels[2]),
            self.labels[2],
        )
    }
}

fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Running text: all, with article and paragraph right; with a letter, right;
/// found whole. What is wrong is listed.
fn labels(truths: &[Truth], found: &[Found<'_>], wrong: &mut Vec<String>) -> [usize; 5] {
    let mut counts = [0; 5];
    let mut next = 0;
    for truth in truths.iter().filter(|truth| !truth.heading) {
        let near = found.iter().enumerate().skip(next).take(40);
        let at = near.filter(|(_, one)| one.key == truth.key).map(|(at, _)| at).next();
        counts[0] += 1;
        counts[2] += usize::from(truth.label.letter.is_some());
        let Some(at) = at else {
            wrong.push(format!("not found whole: {:.60}", truth.key));
            continue;
        };
        next = at + 1;
        counts[4] += 1;
        let locator = found[at].locator;
        let numbers = (&locator.article, &locator.paragraph);
        let right = numbers == (&truth.label.article, &truth.label.paragraph);
        counts[1] += usize::from(right);
        let last = locator.point.as_deref().and_then(|point| point.rsplit('.').next());
        let letter = truth.label.letter.is_some() && truth.label.letter.as_deref() == last;
        counts[3] += usize::from(letter);
        if !right || (truth.label.letter.is_some() && !letter) {
            wrong.push(format!("{:?} is not {:?}: {:.60}", numbers, truth.label, found[at].text));
        }
    }
    counts
}

#[test]
fn typeset_treaties_are_read_as_they_are() {
    let Some(folder) = shared("typeset") else { return };
    let mut all = Score::default();
    let mut columns = Score::default();
    let mut rows: BTreeMap<String, Score> = BTreeMap::new();
    for path in files(&folder.join("stress/typeset"), "pdf") {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let (truths, texts) = truths(&path.with_file_name(format!("{name}.truth.json")));
        let snapshot = Snapshot::of_bytes(&name, std::fs::read(&path).unwrap());
        let Extracted::Read(document) = extract(&snapshot) else { panic!("{name} is unread") };
        let mut wrong = Vec::new();
        let score = Score::of(&truths, &texts, &document, &mut wrong);
        if std::env::var_os("VERBOSE").is_some() {
            println!("{name}\n  {}", wrong.join("\n  "));
        }
        println!("{}", score.row(&name));
        all.add(&score);
        let kind = name.rsplit('-').next().unwrap_or_default().to_owned();
        rows.entry(kind).or_default().add(&score);
        if name.contains("-c2-") {
            columns.add(&score);
        }
    }
    for (name, score) in &rows {
        println!("{}", score.row(name));
    }
    println!("{}\n{}", columns.row("two columns"), all.row("all"));
    assert!(all.ordered_recall() >= 0.998, "ordered word recall {}", all.ordered_recall());
    assert!(all.precision() >= 0.998, "word precision {}", all.precision());
    assert!(all.f1() >= 0.97, "paragraph F1 {}", all.f1());
    assert!(columns.f1() >= 0.95, "paragraph F1 on two columns {}", columns.f1());
    assert!(all.numbered() >= 0.98, "article and paragraph number {}", all.numbered());
}
