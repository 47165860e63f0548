//! What surrounds a passage: its sentence's introduction, its heading, and how
//! near the taxonomy's subject is.

use crate::model::{Document, Place};
use crate::rules::{ConceptId, Nearness, Occurrence, Reading, RuleSet};
use crate::scan::Assumed;
use std::collections::BTreeMap;
use std::ops::Range;

/// The paragraph's sentences up to so many before and after speak of the same:
/// the paragraphs of a communiqué may be a page long, and of many subjects.
const NEAR: usize = 2;

/// A document read with a vocabulary, ready to be asked.
pub(super) struct Context<'a> {
    pub(super) document: &'a Document,
    pub(super) rules: &'a RuleSet,
    readings: &'a [Reading],
    /// Whether the document as a whole is about the subject.
    pub(super) about: bool,
    /// Whether it tells rather than commits.
    pub(super) tells: bool,
    /// For each paragraph, how near the subject is without looking into the
    /// paragraph itself.
    around: Vec<Nearness>,
    sections: Vec<Range<usize>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(
        document: &'a Document,
        readings: &'a [Reading],
        rules: &'a RuleSet,
        assumed: Assumed,
    ) -> Self {
        let sections = sections(document);
        let whole = whole(readings, rules, assumed);
        let around = around(document, readings, rules, &sections, whole);
        let about = whole != Nearness::None;
        let tells = assumed == Assumed::Nothing && tells(document, readings, rules);
        Self { document, rules, readings, about, tells, around, sections }
    }

    pub(super) fn reading(&self, paragraph: usize) -> &'a Reading {
        &self.readings[paragraph]
    }

    /// Runs of paragraphs under one heading.
    pub(super) fn sections(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.sections.iter().cloned()
    }

    pub(super) fn section_of(&self, paragraph: usize) -> Range<usize> {
        let at = self.sections.partition_point(|section| section.end <= paragraph);
        self.sections.get(at).cloned().unwrap_or(paragraph..paragraph + 1)
    }

    /// The concepts of the sentences that introduce this one: the first part
    /// of the same sentence, and the sentence above a list.
    pub(super) fn introduction(
        &self,
        paragraph: usize,
        sentence: usize,
    ) -> impl Iterator<Item = ConceptId> + '_ {
        let lead = self.readings[paragraph].sentences[sentence].lead;
        let lead = lead.map(|lead| sentence_occurrences(&self.readings[paragraph], lead));
        let above = self.stems(paragraph).map(|stem| {
            let reading = &self.readings[stem];
            let last = reading.sentences.len().checked_sub(1);
            last.map_or(&[][..], |last| sentence_occurrences(reading, last))
        });
        lead.into_iter().chain(above).flatten().map(|found| found.concept)
    }

    /// The paragraphs a list item hangs on, nearest first.
    fn stems(&self, paragraph: usize) -> impl Iterator<Item = usize> + '_ {
        let stem_of = |&at: &usize| self.document.paragraphs[at].stem.filter(|&stem| stem < at);
        std::iter::successors(stem_of(&paragraph), stem_of)
    }

    /// How near the subject is to a sentence.
    pub(super) fn nearness(&self, paragraph: usize, sentence: usize) -> Nearness {
        if self.rules.subject.is_empty() {
            return Nearness::Sentence;
        }
        let reading = &self.readings[paragraph];
        let is_subject = |concept: ConceptId| self.rules.subject.contains(&concept);
        let here = sentence_occurrences(reading, sentence).iter().any(|o| is_subject(o.concept));
        if here || self.introduction(paragraph, sentence).any(is_subject) {
            return Nearness::Sentence;
        }
        let near =
            sentence.saturating_sub(NEAR)..(sentence + NEAR + 1).min(reading.sentences.len());
        let in_sentence =
            |at| sentence_occurrences(reading, at).iter().any(|o| is_subject(o.concept));
        if near.into_iter().any(in_sentence) {
            return Nearness::Paragraph;
        }
        self.around[paragraph]
    }

    pub(super) fn place(&self, paragraph: usize) -> Place {
        self.document.paragraphs[paragraph].place
    }
}

/// The occurrences within one sentence.
pub(super) fn sentence_occurrences(reading: &Reading, sentence: usize) -> &[Occurrence] {
    let sentence = reading.sentences[sentence];
    let start = reading.occurrences.partition_point(|found| found.first < sentence.first);
    let end = reading.occurrences.partition_point(|found| found.first < sentence.end);
    &reading.occurrences[start..end]
}

fn sections(document: &Document) -> Vec<Range<usize>> {
    let mut sections: Vec<Range<usize>> = Vec::new();
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        match sections.last_mut() {
            Some(last)
                if document.paragraphs[last.start].locator.section == paragraph.locator.section =>
            {
                last.end = index + 1;
            }
            _ => sections.push(index..index + 1),
        }
    }
    sections
}

/// Sentences with and without one of some concepts.
#[derive(Clone, Copy, Default)]
struct Count {
    on: usize,
    all: usize,
}

impl Count {
    fn of(readings: &[Reading], concepts: &[ConceptId]) -> Self {
        let mut count = Self::default();
        for reading in readings {
            for index in 0..reading.sentences.len() {
                let occurrences = sentence_occurrences(reading, index);
                count.all += 1;
                count.on +=
                    usize::from(occurrences.iter().any(|found| concepts.contains(&found.concept)));
            }
        }
        count
    }

    fn share(self) -> f64 {
        if self.all == 0 { 0.0 } else { self.on as f64 / self.all as f64 }
    }
}

/// Whether a text tells rather than commits; not known of one in a language
/// whose vocabulary is only begun.
fn tells(document: &Document, readings: &[Reading], rules: &RuleSet) -> bool {
    if document.language.as_ref().is_some_and(|language| rules.begun.contains(language)) {
        return false;
    }
    let firm = Count::of(readings, &rules.firm);
    let force = &rules.taxonomy.force;
    firm.all >= force.telling_from && firm.share() < force.telling_share
}

/// How near the document as a whole brings the subject to every paragraph.
fn whole(readings: &[Reading], rules: &RuleSet, assumed: Assumed) -> Nearness {
    let subject = &rules.taxonomy.subject;
    let count = Count::of(readings, &rules.subject);
    match assumed {
        Assumed::OnSubject => Nearness::Document,
        // Neither its paragraph nor its heading can be asked.
        Assumed::Nothing if count.all <= subject.brief => Nearness::Paragraph,
        _ if count.share() >= subject.document_share => Nearness::Document,
        Assumed::Nothing | Assumed::OffSubject => Nearness::None,
    }
}

fn around(
    document: &Document,
    readings: &[Reading],
    rules: &RuleSet,
    sections: &[Range<usize>],
    whole: Nearness,
) -> Vec<Nearness> {
    let subject = &rules.taxonomy.subject;
    let headings = headings_on_subject(document, readings, rules);
    let mut around = Vec::with_capacity(document.paragraphs.len());
    for section in sections {
        let path = &document.paragraphs[section.start].locator.section;
        let share = Count::of(&readings[section.clone()], &rules.subject).share();
        let on = |heading: &String| headings.get(heading.as_str()).copied().unwrap_or(false);
        // The document's title is not among the headings: it speaks for the
        // document, not for the paragraph.
        let nearness = match path.split_last() {
            Some((last, _)) if on(last) => Nearness::Paragraph,
            Some((_, above)) if above.iter().any(on) => Nearness::Section,
            _ if share >= subject.section_share => Nearness::Section,
            _ => whole,
        };
        around.extend(section.clone().map(|_| nearness.min(whole)));
    }
    around
}

fn headings_on_subject<'d>(
    document: &'d Document,
    readings: &[Reading],
    rules: &RuleSet,
) -> BTreeMap<&'d str, bool> {
    let mut headings = BTreeMap::new();
    for (paragraph, reading) in document.paragraphs.iter().zip(readings) {
        if paragraph.place != Place::Heading {
            continue;
        }
        let on = reading.occurrences.iter().any(|found| rules.subject.contains(&found.concept));
        let words = paragraph.span.cut(&document.text).expect("paragraphs lie within the text");
        *headings.entry(words).or_default() |= on;
    }
    headings
}
