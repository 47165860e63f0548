//! Files in which people and programs quote agreements → quotes: proposals,
//! codings and lists of tags as JSON, and any CSV with a column `quote`.
//!
//! Tables that people made are read by `import`.

use crate::model::{Quote, Tag};
use serde_json::Value;
use std::path::Path;

/// The quotes of a file, or none where it is neither JSON nor CSV with a column
/// `quote`.
///
/// # Errors
///
/// What is wrong with it, in one line.
#[must_use]
pub fn read_quotes(text: &str) -> Option<Result<Vec<Quote>, String>> {
    let text = text.trim_start_matches('\u{feff}');
    match text.trim_start().chars().next() {
        Some('{' | '[') => Some(json(text)),
        _ => csv(text),
    }
}

/// The quotes of tags: those that have words.
#[must_use]
pub fn quotes_of_tags<'t>(tags: impl IntoIterator<Item = &'t Tag>) -> Vec<Quote> {
    let worded = tags.into_iter().filter(|tag| !tag.quote.trim().is_empty());
    let quotes = worded.map(|tag| Quote {
        agreement: tag.agreement.as_str().to_owned(),
        element: tag.element.as_str().to_owned(),
        citation: tag.citation.clone(),
        quote: tag.quote.clone(),
    });
    quotes.collect()
}

/// One JSON value, or one on each line.
fn json(text: &str) -> Result<Vec<Quote>, String> {
    let values: Vec<Value> = serde_json::Deserializer::from_str(text)
        .into_iter()
        .collect::<Result<_, _>>()
        .map_err(|error| format!("no JSON: {error}"))?;
    let mut quotes = Vec::new();
    for value in &values {
        value_quotes(value, &mut quotes)?;
    }
    Ok(quotes)
}

fn value_quotes(value: &Value, quotes: &mut Vec<Quote>) -> Result<(), String> {
    let list = |key: &str| value.get(key).and_then(Value::as_array);
    if let Some(values) = value.as_array() {
        return values.iter().try_for_each(|value| value_quotes(value, quotes));
    }
    if let Some(documents) = list("documents") {
        for document in documents {
            proposed(document, quotes);
        }
    } else if list("proposals").is_some() {
        proposed(value, quotes);
    } else if let Some(elements) = value.get("elements").and_then(Value::as_object) {
        let agreement = stem(text_of(value, "document"));
        for (element, coded) in elements {
            let passages = coded.get("passages").and_then(Value::as_array);
            let passages = passages.into_iter().flatten();
            quotes.extend(passages.map(|passage| passage_quote(&agreement, element, passage)));
        }
    } else if let Some(rows) = list("tags").or_else(|| list("quotes")) {
        quotes.extend(rows.iter().filter_map(row));
    } else if let Some(quote) = row(value) {
        quotes.push(quote);
    } else {
        let kinds = "proposals, a coding ({\"document\", \"elements\"}), tags, or objects with a \
                     \"quote\"";
        return Err(format!("JSON without quotes that normtag knows: it reads {kinds}"));
    }
    Ok(())
}

/// The evidence of a document's proposals.
fn proposed(document: &Value, quotes: &mut Vec<Quote>) {
    let named = text_of(document, "agreement");
    let agreement =
        if named.is_empty() { stem(text_of(document, "source")) } else { named.to_owned() };
    let list = |value: &'_ Value, key: &str| {
        value.get(key).and_then(Value::as_array).cloned().unwrap_or_default()
    };
    for proposal in list(document, "proposals") {
        for evidence in list(&proposal, "evidence") {
            quotes.push(Quote {
                agreement: agreement.clone(),
                element: text_of(&proposal, "element").to_owned(),
                citation: text_of(&evidence, "citation").to_owned(),
                quote: text_of(&evidence, "quote").to_owned(),
            });
        }
    }
}

/// A passage of a coding: words, or words with a citation.
fn passage_quote(agreement: &str, element: &str, passage: &Value) -> Quote {
    let words = passage.as_str().unwrap_or_else(|| text_of(passage, "quote"));
    Quote {
        agreement: agreement.to_owned(),
        element: element.to_owned(),
        citation: text_of(passage, "citation").to_owned(),
        quote: words.to_owned(),
    }
}

/// An object with a quote; none for one without words.
fn row(value: &Value) -> Option<Quote> {
    let words = value.get("quote")?.as_str()?;
    let first = |keys: &[&str]| {
        let found = keys.iter().map(|key| text_of(value, key)).find(|text| !text.is_empty());
        found.unwrap_or_default().to_owned()
    };
    let agreement = first(AGREEMENT);
    (!words.trim().is_empty()).then(|| Quote {
        agreement: stem(&agreement),
        element: first(ELEMENT),
        citation: first(CITATION),
        quote: words.to_owned(),
    })
}

fn text_of<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// What the columns are called.
const AGREEMENT: &[&str] = &["agreement", "document", "source"];
const ELEMENT: &[&str] = &["element", "code", "norm"];
const CITATION: &[&str] = &["citation", "locator", "place"];

/// The rows of CSV that has a column `quote`.
fn csv(text: &str) -> Option<Result<Vec<Quote>, String>> {
    let mut reader = ::csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().ok()?.clone();
    let column = |names: &[&str]| {
        let place =
            |name: &&str| header.iter().position(|cell| cell.trim().eq_ignore_ascii_case(name));
        names.iter().find_map(place)
    };
    let quote = column(&["quote"])?;
    let names = [AGREEMENT, ELEMENT, CITATION];
    let columns = names.map(|names| names.iter().filter_map(|name| column(&[name])).collect());
    let columns: [Vec<usize>; 3] = columns;
    let mut quotes = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => return Some(Err(error.to_string())),
        };
        let words = record.get(quote).unwrap_or_default();
        if words.trim().is_empty() {
            continue;
        }
        // The first of the columns that says something.
        let cell = |columns: &Vec<usize>| {
            let cells = columns.iter().filter_map(|&at| record.get(at));
            cells.map(str::trim).find(|cell| !cell.is_empty()).unwrap_or_default().to_owned()
        };
        let [agreement, element, citation] = columns.each_ref().map(cell);
        quotes.push(Quote {
            agreement: stem(&agreement),
            element,
            citation,
            quote: words.to_owned(),
        });
    }
    Some(Ok(quotes))
}

/// A file's name without folder and ending; an id as it is.
fn stem(name: &str) -> String {
    let path = Path::new(name);
    let document = path.extension().is_some_and(|ending| ending.len() <= 5);
    let stem = path.file_stem().filter(|_| document || name.contains('/'));
    stem.map_or_else(|| name.to_owned(), |stem| stem.to_string_lossy().into_owned())
}
