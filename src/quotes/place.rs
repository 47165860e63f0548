//! Where a quote was found, beside the place its citation names.
//!
//! A place is compared step by step with the locator of a paragraph; what a
//! document does not show (pages of a web page) is not held against it.

use crate::citation::{Citation, Cited, Kind, Number, Reference, Step};
use crate::model::{CitedPlace, Document, Locator, Paragraph, Place, Span};

/// How a step of a citation compares with a locator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Agrees {
    Yes,
    /// Its number is one off.
    Nearly,
    No,
    /// The paragraph has no such step.
    Missing,
    /// It is no step that locators have.
    Unknown,
}

/// The places that a citation names in a document: spans of paragraphs.
pub(crate) fn cited_spans(document: &Document, cited: &Cited) -> Vec<Span> {
    let Cited::Read(citation) = cited else { return Vec::new() };
    let at = |paragraph: &&Paragraph| place_of(citation, paragraph) == CitedPlace::AtPlace;
    document.paragraphs.iter().filter(at).map(|paragraph| paragraph.span).collect()
}

/// Where what was found at `spans` stands, and how it is cited there.
pub(crate) fn compare(
    document: &Document,
    cited: &Cited,
    spans: &[Span],
) -> (CitedPlace, Option<String>) {
    let found: Vec<&Paragraph> = document
        .paragraphs
        .iter()
        .filter(|one| spans.iter().any(|at| at.start < one.span.end && one.span.start < at.end))
        .collect();
    let suggested = suggested(&found);
    let Cited::Read(citation) = cited else { return (CitedPlace::Unstated, suggested) };
    let place = found.iter().map(|paragraph| place_of(citation, paragraph)).min();
    let place = place.unwrap_or(CitedPlace::Unstated);
    if place != CitedPlace::Elsewhere {
        return (place, suggested);
    }
    let there = |paragraph: &Paragraph| {
        matches!(place_of(citation, paragraph), CitedPlace::AtPlace | CitedPlace::InParent)
    };
    let place = if document.paragraphs.iter().any(there) {
        CitedPlace::Elsewhere
    } else {
        CitedPlace::NoSuchPlace
    };
    (place, suggested)
}

/// The citation of the paragraphs, each place once, in the form the grammar
/// writes.
fn suggested(found: &[&Paragraph]) -> Option<String> {
    let mut written: Vec<String> = Vec::new();
    for paragraph in found {
        let citation = paragraph.locator.citation(paragraph.place);
        let citation = match Cited::parse(&citation) {
            // A counted paragraph is written with its own sign.
            Cited::Read(read) if !citation.contains('¶') => read.to_string(),
            _ => citation,
        };
        if !written.contains(&citation) {
            written.push(citation);
        }
    }
    (!written.is_empty()).then(|| written.join("; "))
}

/// The best of a citation's places for a paragraph; elsewhere where it is at
/// none, unstated where nothing could be compared.
fn place_of(citation: &Citation, paragraph: &Paragraph) -> CitedPlace {
    let places = citation.refs.iter().map(|reference| reference_place(reference, paragraph));
    places.min().unwrap_or(CitedPlace::Unstated)
}

fn reference_place(reference: &Reference, paragraph: &Paragraph) -> CitedPlace {
    let steps = reference.steps.iter().map(|step| agrees(step, paragraph));
    let known: Vec<Agrees> = steps.filter(|step| *step != Agrees::Unknown).collect();
    let Some((last, before)) = known.split_last() else { return CitedPlace::Unstated };
    if before.iter().any(|step| matches!(step, Agrees::No | Agrees::Nearly)) {
        return CitedPlace::Elsewhere;
    }
    let all_before = before.iter().all(|step| *step == Agrees::Yes);
    match last {
        Agrees::Yes if all_before => CitedPlace::AtPlace,
        Agrees::Missing if before.first() == Some(&Agrees::Yes) => CitedPlace::InParent,
        Agrees::Nearly if all_before => CitedPlace::Neighbour,
        _ => CitedPlace::Elsewhere,
    }
}

fn agrees(step: &Step, paragraph: &Paragraph) -> Agrees {
    let locator = &paragraph.locator;
    let points: Vec<&str> = locator.point.as_deref().unwrap_or("").split('.').collect();
    let point = |at: usize| points.get(at).copied().filter(|point| !point.is_empty());
    match step.kind.name() {
        "preamble" => preamble(step, paragraph),
        "art" => compared(step, locator.article.as_deref()),
        "para" | "ppara" => compared(step, locator.paragraph.as_deref()).or(counted(step, locator)),
        "point" | "subpara" => compared(step, point(0)),
        "subpoint" => compared(step, point(1)),
        "item" => compared(step, point(2)),
        "page" => page(step, locator),
        "annex" => annex(step, locator),
        "sec" | "chap" | "part" | "title" => headed(step, locator),
        "any" | "pdf" | "edition" | "table" | "box" | "fn" | "preface" => Agrees::Unknown,
        _ => unit(step, locator),
    }
}

impl Agrees {
    /// The better of two ways to read a step.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::Missing, other) => other,
            (this, _) => this,
        }
    }
}

fn preamble(step: &Step, paragraph: &Paragraph) -> Agrees {
    match (paragraph.place, &step.number) {
        (Place::Preamble, None) => Agrees::Yes,
        (Place::Preamble, Some(_)) => Agrees::Missing,
        _ => Agrees::No,
    }
}

/// A paragraph without a number of its own is cited by its count.
fn counted(step: &Step, locator: &Locator) -> Agrees {
    if locator.paragraph.is_some() {
        return Agrees::Missing;
    }
    match compared(step, Some(&locator.index.to_string())) {
        Agrees::Yes => Agrees::Yes,
        _ => Agrees::Missing,
    }
}

fn page(step: &Step, locator: &Locator) -> Agrees {
    let Some(page) = locator.page else { return Agrees::Unknown };
    let printed = compared(step, locator.printed_page.as_deref());
    match (printed, compared(step, Some(&page.to_string()))) {
        (Agrees::Yes, _) | (_, Agrees::Yes) => Agrees::Yes,
        (Agrees::Nearly, _) | (_, Agrees::Nearly) => Agrees::Nearly,
        _ => Agrees::No,
    }
}

fn annex(step: &Step, locator: &Locator) -> Agrees {
    match (&step.number, locator.annex.as_deref()) {
        (_, None) => Agrees::No,
        (None, Some(_)) => Agrees::Yes,
        (Some(_), annex) => compared(step, annex),
    }
}

/// Sections, chapters and parts are known from the headings, or as the unit.
fn headed(step: &Step, locator: &Locator) -> Agrees {
    let mut best = unit(step, locator);
    for heading in &locator.section {
        let first: Vec<&str> = heading.split_whitespace().take(2).collect();
        let first = first.join(" ");
        let first = first.trim_end_matches([':', '.', '-', '–', '—', ',']);
        let Cited::Read(read) = Cited::parse(first) else { continue };
        let Some(found) = read.refs.first().and_then(|place| place.steps.first()) else { continue };
        let number = found.number.as_ref().map(Number::value);
        if found.kind == step.kind {
            best = compared(step, number).or(best);
        }
    }
    if best == Agrees::Missing { Agrees::Unknown } else { best }
}

fn unit(step: &Step, locator: &Locator) -> Agrees {
    let Some(unit) = &locator.unit else { return Agrees::Missing };
    match Kind::of_word(&unit.kind.to_lowercase()) {
        Some(kind) if kind == step.kind => compared(step, Some(&unit.number)),
        _ => Agrees::Missing,
    }
}

/// A step's number, or its range, beside the number as a document writes it.
fn compared(step: &Step, written: Option<&str>) -> Agrees {
    let Some(written) = written.filter(|written| !written.is_empty()) else {
        return Agrees::Missing;
    };
    let Some(first) = &step.number else { return Agrees::Yes };
    let written = written.trim_matches(['(', ')', '.']).to_lowercase();
    let same = |number: &Number| {
        number.value() == written || number.numeral().is_some_and(|numeral| numeral == written)
    };
    if same(first) || step.to.as_ref().is_some_and(same) {
        return Agrees::Yes;
    }
    let (Some(low), Some(here)) = (order(first.value()), order(&written)) else {
        return Agrees::No;
    };
    let high = step.to.as_ref().and_then(|to| order(to.value())).unwrap_or(low);
    match here {
        here if (low..=high).contains(&here) && step.to.is_some() => Agrees::Yes,
        here if here + 1 == low || here == high + 1 => Agrees::Nearly,
        _ => Agrees::No,
    }
}

/// The place of a number among its neighbours: digits by value, letters by the
/// alphabet.
fn order(written: &str) -> Option<u32> {
    if let Ok(number) = written.parse() {
        return Some(number);
    }
    let mut letters = written.chars();
    match (letters.next(), letters.next()) {
        (Some(letter @ 'a'..='z'), None) => Some(u32::from(letter) - u32::from('a') + 1),
        _ => None,
    }
}
