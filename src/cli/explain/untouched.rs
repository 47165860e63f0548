//! The paragraphs no rule touches, and the words in them that the vocabulary
//! does not know: what is missing.

use crate::cli::explain::json::passage;
use normtag::extract::function_words;
use normtag::keyness::{Key, Least, Terms};
use normtag::model::Document;
use normtag::report::{counted, harmless};
use normtag::rules::RuleSet;
use normtag::scan::Untouched;
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// How many words are shown of one paragraph, and of all.
const OF_ONE: usize = 6;
const OF_ALL: usize = 15;

/// Characters shown of a paragraph.
const SHOWN: usize = 240;

/// What is untouched in a document, with the words that tell it from the rest.
pub(super) struct View<'a> {
    document: &'a Document,
    untouched: &'a [Untouched],
    /// Unknown words, those that tell most first.
    keys: Vec<Key>,
}

impl<'a> View<'a> {
    pub(super) fn of(document: &'a Document, untouched: &'a [Untouched], rules: &RuleSet) -> Self {
        let keys = keys(document, untouched, rules);
        Self { document, untouched, keys }
    }

    pub(super) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let all = counted(self.document.paragraphs.len(), "paragraph");
        let source = harmless(&self.document.source);
        writeln!(out, "{source}: no rule holds in {} of {all}", self.untouched.len())?;
        let words: Vec<&str> =
            self.keys.iter().take(OF_ALL).map(|key| key.surface.as_str()).collect();
        if !words.is_empty() {
            writeln!(out, "words of these that no concept knows: {}", harmless(&words.join(", ")))?;
        }
        for one in self.untouched {
            let paragraph = &self.document.paragraphs[one.paragraph];
            let citation = paragraph.locator.citation(paragraph.place);
            let text = paragraph.span.cut(&self.document.text).unwrap_or_default();
            let mut words: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
            if let Some((at, _)) = words.char_indices().nth(SHOWN) {
                words.truncate(at);
                words.push('…');
            }
            writeln!(out, "\n{}\n  {}", harmless(&citation), harmless(&words))?;
            writeln!(out, "  concepts: {}", listed(&one.concepts))?;
            writeln!(out, "  unknown:  {}", harmless(&listed(&self.telling(one))))?;
        }
        Ok(())
    }

    pub(super) fn to_json(&self) -> Value {
        let paragraphs: Vec<Value> = self
            .untouched
            .iter()
            .map(|one| {
                let span = self.document.paragraphs[one.paragraph].span;
                let mut value = passage(one.paragraph, span, self.document);
                value["concepts"] = json!(one.concepts);
                value["unknown"] = json!(self.telling(one));
                value
            })
            .collect();
        let words: Vec<Value> = self
            .keys
            .iter()
            .map(|key| {
                json!({
                    "word": key.surface, "count": key.counts[0], "elsewhere": key.counts[1],
                    "log_likelihood": key.log_likelihood, "log_ratio": key.log_ratio,
                })
            })
            .collect();
        json!({
            "format": 1, "kind": "untouched", "source": self.document.source,
            "digest": self.document.digest, "language": self.document.language,
            "of": self.document.paragraphs.len(), "words": words, "paragraphs": paragraphs,
        })
    }

    /// The unknown words of a paragraph, those that tell most first.
    fn telling(&self, one: &Untouched) -> Vec<String> {
        let unknown: Vec<String> = one
            .unknown
            .iter()
            .filter_map(|span| span.cut(&self.document.text))
            .map(str::to_lowercase)
            .collect();
        let telling = self.keys.iter().filter(|key| unknown.contains(&key.surface));
        telling.take(OF_ONE).map(|key| key.surface.clone()).collect()
    }
}

/// The unknown words of the untouched paragraphs against all other text.
fn keys(document: &Document, untouched: &[Untouched], rules: &RuleSet) -> Vec<Key> {
    let unknown: BTreeMap<usize, &Untouched> =
        untouched.iter().map(|one| (one.paragraph, one)).collect();
    let mut stemmers = BTreeMap::new();
    let (mut own, mut others) = (Terms::default(), Terms::default());
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        let Some(lexicon) = rules.lexicon_of(paragraph, document) else { continue };
        let stemmer = stemmers.entry(lexicon.language()).or_insert_with(|| lexicon.stemmer());
        let small = function_words(document.language_of(paragraph).unwrap_or_default());
        let text = paragraph.span.cut(&document.text).unwrap_or_default();
        match unknown.get(&index) {
            // Unknown words alone, each as a text of its own: no phrases.
            Some(one) => {
                for word in one.unknown.iter().filter_map(|span| span.cut(&document.text)) {
                    own.add(word, "", stemmer, small);
                }
            }
            None => others.add(text, "", stemmer, small),
        }
    }
    // Where no rule holds anywhere there is nothing to compare with.
    let log_ratio = if others.is_empty() { f64::NEG_INFINITY } else { 0.0 };
    let mut keys = own.keys(&others, Least { log_likelihood: 0.0, log_ratio, groups: 1 });
    keys.retain(|key| key.stems.len() == 1);
    if keys.iter().all(|key| key.sizes[1] == 0) {
        keys.sort_by_key(|key| Reverse(key.counts[0]));
    }
    keys
}

fn listed(words: &[String]) -> String {
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}
