//! A document and a rule set → hits, and the near misses of rules that held
//! nowhere.
//!
//! Paragraphs are scanned in parallel; the result is in order of reading
//! whatever the number of threads. Cuts no text: hits carry spans.

mod ask;
mod context;
mod examples;
mod look;
mod units;

pub use examples::check_examples;
pub use look::{Occurs, Untouched, concordance, occurrences, untouched};

use crate::model::{Document, Failed, Hit, NearMiss, Paragraph, ParagraphKind};
use crate::rules::{Reading, RuleSet, Scope};
use context::Context;
use rayon::prelude::*;
use std::collections::BTreeMap;
use units::{Near, Unit, Verdict};

/// What a scan found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Scan {
    /// The hits in order of reading, then of rule.
    pub hits: Vec<Hit>,
    /// For each rule without a hit that came near: where it came nearest, in
    /// order of rule.
    pub misses: Vec<NearMiss>,
}

/// Scans `document` with `rules`.
#[must_use]
pub fn scan(document: &Document, rules: &RuleSet) -> Scan {
    scan_assuming(document, rules, Assumed::Nothing)
}

/// Whether there is a vocabulary for the document's language; for a text whose
/// language could not be told, whether it speaks as one of ours does: modal
/// verbs tell a language that too few words do not.
#[must_use]
pub fn is_understood(document: &Document, rules: &RuleSet) -> bool {
    if document.language.is_some() {
        return rules.lexicon(document.language.as_deref()).is_some();
    }
    let readings = readings(document, rules);
    let mut all = readings.iter().flat_map(|reading| &reading.occurrences);
    all.any(|found| rules.commitment.contains(&found.concept))
}

/// What is known of a document's subject before it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Assumed {
    /// Nothing but what the taxonomy presumes of texts.
    Nothing,
    /// It is about the taxonomy's subject, whatever it says.
    OnSubject,
    /// It is not, unless it says so.
    OffSubject,
}

/// Every paragraph read by the vocabulary of its own language. What is in a
/// language without a vocabulary has no words.
fn readings(document: &Document, rules: &RuleSet) -> Vec<Reading> {
    let paragraphs = document.paragraphs.par_iter();
    let read = paragraphs.map_init(BTreeMap::new, |stemmers, paragraph| {
        let Some(lexicon) = rules.lexicon_of(paragraph, document) else {
            return Reading::default();
        };
        let stemmer = stemmers.entry(lexicon.language()).or_insert_with(|| lexicon.stemmer());
        lexicon.read(words(document, paragraph), stemmer)
    });
    read.collect()
}

/// Scans a document of which something may be known.
fn scan_assuming(document: &Document, rules: &RuleSet, assumed: Assumed) -> Scan {
    let readings = readings(document, rules);
    let context = Context::new(document, &readings, rules, assumed);
    let triggers = units::triggers(rules);
    let found: Vec<Found<'_>> = (0..document.paragraphs.len())
        .into_par_iter()
        .map(|index| scan_paragraph(index, &context, &triggers))
        .collect();
    let mut all = Found::default();
    for found in found {
        all.take(found);
    }
    for section in context.sections() {
        all.take(scan_section(section, &context, &triggers));
    }
    all.finish(rules)
}

fn words<'d>(document: &'d Document, paragraph: &Paragraph) -> &'d str {
    if paragraph.kind == ParagraphKind::Contents {
        // A table of contents says nothing of its own.
        return "";
    }
    paragraph.span.cut(&document.text).expect("paragraphs lie within their document")
}

/// Hits, and the nearest misses so far by rule.
#[derive(Default)]
struct Found<'r> {
    hits: Vec<(usize, Hit)>,
    misses: BTreeMap<usize, Near<'r>>,
}

impl<'r> Found<'r> {
    fn note(&mut self, rule: usize, verdict: Verdict<'r>) {
        match verdict {
            Verdict::Hit(hit) => self.hits.push((rule, hit)),
            Verdict::Miss(miss) => self.keep_nearest(rule, miss),
            Verdict::Nothing => {}
        }
    }

    fn keep_nearest(&mut self, rule: usize, miss: Near<'r>) {
        let nearer = self.misses.get(&rule).is_none_or(|known| miss.closeness > known.closeness);
        if nearer {
            self.misses.insert(rule, miss);
        }
    }

    /// Adds what was found later in the document.
    fn take(&mut self, later: Self) {
        self.hits.extend(later.hits);
        for (rule, miss) in later.misses {
            self.keep_nearest(rule, miss);
        }
    }

    fn finish(mut self, rules: &RuleSet) -> Scan {
        self.hits.sort_by_key(|(rule, hit)| (hit.paragraph, hit.span, *rule));
        let mut held = vec![false; rules.rules.len()];
        for (rule, _) in &self.hits {
            held[*rule] = true;
        }
        let misses = self.misses.into_iter().filter(|(rule, _)| !held[*rule]);
        Scan {
            misses: misses.map(|(rule, near)| told(near, rule, rules)).collect(),
            hits: self.hits.into_iter().map(|(_, hit)| hit).collect(),
        }
    }
}

fn told(near: Near<'_>, rule: usize, rules: &RuleSet) -> NearMiss {
    let concepts = near.concepts.iter().map(|&id| rules.concept(id).to_owned());
    NearMiss {
        rule: rules.rules[rule].id.clone(),
        element: rules.rules[rule].element.clone(),
        paragraph: near.paragraph,
        span: near.span,
        closeness: near.closeness,
        failed: Failed { condition: near.condition.to_owned(), concepts: concepts.collect() },
    }
}

fn scan_paragraph<'r>(
    index: usize,
    context: &Context<'r>,
    triggers: &units::Triggers,
) -> Found<'r> {
    let mut found = Found::default();
    let reading = context.reading(index);
    for sentence in 0..reading.sentences.len() {
        let unit = Unit::sentence(index, sentence, context);
        scan_unit(&unit, Scope::Sentence, context, triggers, &mut found);
    }
    let unit = Unit::paragraph(index, context);
    scan_unit(&unit, Scope::Paragraph, context, triggers, &mut found);
    found
}

fn scan_section<'r>(
    section: std::ops::Range<usize>,
    context: &Context<'r>,
    triggers: &units::Triggers,
) -> Found<'r> {
    let mut found = Found::default();
    if triggers.any(Scope::Section) {
        let unit = Unit::section(section, context);
        scan_unit(&unit, Scope::Section, context, triggers, &mut found);
    }
    found
}

fn scan_unit<'r>(
    unit: &Unit<'r>,
    scope: Scope,
    context: &Context<'r>,
    triggers: &units::Triggers,
    found: &mut Found<'r>,
) {
    for rule in triggers.rules(scope, unit) {
        found.note(rule, ask::ask(&context.rules.rules[rule], unit, context));
    }
}
