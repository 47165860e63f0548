//! Web Annotations (W3C, 2017) as JSON-LD: one for each quote, classifying it.
//!
//! A `TextQuoteSelector` says the words; where the document was given, with what
//! stands before and after, and a `TextPositionSelector` counts characters
//! (Unicode code points) of the text that `normtag extract` reads from it.

use crate::corpus::export::guid::guid;
use crate::corpus::export::records::{Record, records};
use crate::corpus::export::sheet::{link, title};
use crate::corpus::export::{At, Export, Passage};
use crate::corpus::tags::status_name;
use serde::Serialize;
use std::io::{self, Write};

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";

/// How many characters before and after a quote are given.
const AROUND: usize = 32;

#[derive(Serialize)]
struct Collection {
    #[serde(rename = "@context")]
    context: &'static str,
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    label: String,
    total: usize,
    first: Page,
}

#[derive(Serialize)]
struct Page {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(rename = "startIndex")]
    start_index: usize,
    items: Vec<Annotation>,
}

#[derive(Serialize)]
struct Annotation {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    motivation: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    creator: Option<Creator>,
    body: Vec<Body>,
    target: Target,
}

#[derive(Serialize)]
struct Creator {
    #[serde(rename = "type")]
    kind: &'static str,
    name: String,
}

#[derive(Serialize)]
struct Body {
    #[serde(rename = "type")]
    kind: &'static str,
    purpose: &'static str,
    format: &'static str,
    value: String,
}

#[derive(Serialize)]
struct Target {
    source: String,
    selector: Vec<Selector>,
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector {
    TextQuoteSelector {
        exact: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        prefix: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        suffix: Option<String>,
    },
    TextPositionSelector {
        start: usize,
        end: usize,
    },
}

/// Writes the annotations as one collection.
pub(crate) fn write(export: &Export<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let mut items: Vec<Annotation> = Vec::new();
    for record in records(export) {
        let quoted = record.passages.iter().filter(|passage| !passage.tag.quote.is_empty());
        items.extend(quoted.map(|passage| annotation(export, &record, passage)));
    }
    let ids: Vec<&str> = items.iter().map(|item| item.id.as_str()).collect();
    let id = |kind: &str| format!("urn:uuid:{}", guid(&[kind, &ids.concat()]));
    let collection = Collection {
        context: CONTEXT,
        id: id("collection"),
        kind: "AnnotationCollection",
        label: export.taxonomy.name.clone(),
        total: items.len(),
        first: Page { id: id("page"), kind: "AnnotationPage", start_index: 0, items },
    };
    serde_json::to_writer_pretty(&mut *out, &collection)?;
    writeln!(out)
}

fn annotation(export: &Export<'_>, record: &Record<'_>, passage: &Passage) -> Annotation {
    let tag = &passage.tag;
    let taxonomy = export.taxonomy;
    let code = tag.element.as_str();
    let name = taxonomy.element(&tag.element).map_or(code, |element| &element.name);
    let status = status_name(tag.status);
    let mut body = vec![
        text("classifying", title(code, name)),
        text("tagging", format!("{}/{code}", taxonomy.id)),
        text("tagging", status.to_owned()),
    ];
    let said = [("describing", &tag.citation), ("commenting", &tag.note)];
    for (purpose, words) in said.into_iter().filter(|(_, words)| !words.is_empty()) {
        body.push(text(purpose, words.clone()));
    }
    let target = match passage.at {
        Some(at) => placed(export, at),
        None => Target {
            source: source(export, record),
            selector: vec![Selector::TextQuoteSelector {
                exact: tag.quote.clone(),
                prefix: None,
                suffix: None,
            }],
        },
    };
    let parts = [taxonomy.id.as_str(), &tag.source, code, status, &tag.citation, &tag.quote];
    let id = format!("urn:uuid:{}", guid(&parts));
    // Who tagged is known where it was a program, or where reviewers are told.
    let program = export.proposed_by.as_ref().map(|rules| Creator {
        kind: "Software",
        name: format!("normtag, rules {rules}; proposed, not confirmed"),
    });
    let person = passage.by.clone().map(|name| Creator { kind: "Person", name });
    let creator = program.or(person);
    Annotation { id, kind: "Annotation", motivation: "classifying", creator, body, target }
}

fn text(purpose: &'static str, value: String) -> Body {
    Body { kind: "TextualBody", purpose, format: "text/plain", value }
}

/// The words as the document has them, what stands around them, and where.
fn placed(export: &Export<'_>, At { document, span }: At) -> Target {
    let document = &export.documents[document];
    let text = document.text.as_str();
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let from = before.char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    let to = after.char_indices().nth(AROUND).map_or(after.len(), |(at, _)| at);
    let exact = span.cut(text).unwrap_or_default();
    let start = before.chars().count();
    let end = start + exact.chars().count();
    let quote = Selector::TextQuoteSelector {
        exact: exact.to_owned(),
        prefix: Some(before[from..].to_owned()),
        suffix: Some(after[..to].to_owned()),
    };
    let selector = vec![quote, Selector::TextPositionSelector { start, end }];
    Target { source: iri(&document.source), selector }
}

/// The address of the agreement; a name for it where none is known.
fn source(export: &Export<'_>, record: &Record<'_>) -> String {
    if export.proposed_by.is_some() && record.known.is_none() {
        return iri(record.source);
    }
    let address = record.known.and_then(link).map(iri);
    address.unwrap_or_else(|| format!("urn:x-normtag:agreement:{}", iri(record.agreement.as_str())))
}

/// An address as it is; a path as a relative reference.
fn iri(name: &str) -> String {
    let mut written = String::with_capacity(name.len());
    for c in name.replace('\\', "/").chars() {
        let is_path = !name.contains("://");
        match c {
            ' ' | '"' | '<' | '>' | '^' | '`' | '{' | '|' | '}' => escape(c, &mut written),
            '%' | '#' | '?' if is_path => escape(c, &mut written),
            c if c.is_control() => escape(c, &mut written),
            c => written.push(c),
        }
    }
    written
}

/// A character that an address may not hold, as its number; all of them lie
/// below 256.
fn escape(c: char, written: &mut String) {
    let hex = |digit: u32| char::from_digit(digit, 16).map_or('0', |c| c.to_ascii_uppercase());
    let number = u32::from(c);
    written.extend(['%', hex(number / 16 % 16), hex(number % 16)]);
}
