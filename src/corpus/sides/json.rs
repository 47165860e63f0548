//! JSON → a coding: proposals, exported tags, and one person's coding of a
//! document. JSON lines are one such value per line.

use crate::corpus::sides::proposals::{Said, of_documents};
use crate::corpus::sides::{
    File, ReadSide, SideContext, SideMistake, fitting_taxonomy, hand, known_taxonomy, proposals,
    rows,
};
use crate::corpus::tags::{status_named, status_names};
use crate::model::{AgreementId, DocumentProposals, ElementCode, Tag};
use serde_json::Value;

/// Reads a file of JSON, or of JSON lines.
pub(super) fn read(file: &File<'_>, text: &str, context: &SideContext<'_>) -> ReadSide {
    let whole: Result<Value, _> = serde_json::from_str(text);
    match whole {
        Ok(value) => one(file, text, &value, context),
        // Several values, one on each line, are no whole value.
        Err(_) if is_lines(text) => lines(file, text, context),
        Err(error) => Err(vec![malformed(file, &error, 0)]),
    }
}

fn malformed(file: &File<'_>, error: &serde_json::Error, lines_before: usize) -> SideMistake {
    // The position stands in the mistake's own place.
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or(&said);
    let line = (error.line() > 0).then(|| error.line() + lines_before);
    file.mistake(line, format!("not the JSON it should be: {said} (column {})", error.column()))
}

/// Whether the first line is a value by itself, and others follow.
fn is_lines(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().is_some_and(|line| serde_json::from_str::<Value>(line).is_ok());
    first && lines.next().is_some()
}

/// What the value is, told by its keys.
fn one(file: &File<'_>, text: &str, value: &Value, context: &SideContext<'_>) -> ReadSide {
    if let Some(format) = value.get("format").and_then(Value::as_u64).filter(|&format| format != 1)
    {
        return file.refuse(format!("format {format}; this version of normtag reads format 1"));
    }
    let kind = value.get("kind").and_then(Value::as_str);
    match kind {
        Some("proposals") => match serde_json::from_str(text) {
            Ok(read) => proposals::read(file, read, context),
            Err(error) => Err(vec![malformed(file, &error, 0)]),
        },
        Some("tags") => tags(file, value, context),
        Some(other) => file.refuse(format!(
            "JSON of kind `{other}`; a side is of kind `proposals` or `tags`, or a coding"
        )),
        None if value.get("proposals").is_some() => lines(file, text, context),
        None if value.get("elements").is_some() => match serde_json::from_str(text) {
            Ok(hand) => hand::read(file, hand, context),
            Err(error) => Err(vec![malformed(file, &error, 0)]),
        },
        None if value.get("verdict").is_some() => file.refuse(
            "one decision of a ledger; a ledger has each on a line of its own, the last one ended",
        ),
        None => file.refuse(
            "JSON of no known kind; expected proposals (`normtag tag --format json`), tags \
             (`normtag corpus export --format json`), or a coding with `document` and `elements`",
        ),
    }
}

/// JSON lines: a document's proposals on each, without the rules' digest.
fn lines(file: &File<'_>, text: &str, context: &SideContext<'_>) -> ReadSide {
    let mut documents = Vec::new();
    let mut mistakes = Vec::new();
    let values: Vec<(usize, &str)> = match serde_json::from_str::<Value>(text) {
        Ok(_) => vec![(0, text)],
        Err(_) => text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect(),
    };
    for (before, line) in values {
        match serde_json::from_str::<DocumentProposals>(line) {
            Ok(document) => documents.push(document),
            Err(error) => mistakes.push(malformed(file, &error, before)),
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let named = documents.iter().flat_map(|document| Said::of_document(document).elements());
    let elements: Vec<&str> = named.map(|(element, _)| element.as_str()).collect();
    let taxonomy = fitting_taxonomy(file, &elements, context)?;
    let mut side = of_documents(file, &documents, &[], taxonomy)?;
    side.left_out.push("JSON lines do not name the rules that proposed them".to_owned());
    Ok(side)
}

/// Tags, as `corpus export --format json` gives them.
fn tags(file: &File<'_>, value: &Value, context: &SideContext<'_>) -> ReadSide {
    let stated = value.get("taxonomy").and_then(Value::as_str).unwrap_or_default();
    let taxonomy = known_taxonomy(file, stated, context)?;
    let all = value.get("tags").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut rows = Vec::new();
    let mut mistakes = Vec::new();
    for (at, row) in all.iter().enumerate() {
        let text = |key| row.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let status = text("status");
        match status_named(&status) {
            None => {
                let names = status_names().join(", ");
                let text = format!("tag {}: `{status}` is no status; they are {names}", at + 1);
                mistakes.push(file.mistake(None, text));
            }
            Some(status) => rows.push((
                at + 1,
                Tag {
                    agreement: AgreementId::new(text("agreement")),
                    element: ElementCode::new(text("element")),
                    status,
                    citation: text("citation"),
                    quote: text("quote"),
                    note: text("note"),
                    source: text("source"),
                },
            )),
        }
    }
    if rows.is_empty() && mistakes.is_empty() {
        return file.refuse("it has no tags");
    }
    rows::of_tags(file, rows, taxonomy, context, mistakes)
}
