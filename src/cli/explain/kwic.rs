//! A concept or a word in its context, line by line (a concordance).

use crate::cli::explain::json::passage;
use normtag::model::{Document, Span};
use normtag::report::harmless;
use normtag::scan::Occurs;
use serde_json::{Value, json};
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Columns a citation takes at most.
const CITATION: usize = 16;

/// One line for each place, the words in the middle.
pub(super) fn write(
    document: &Document,
    found: &[Occurs],
    width: usize,
    out: &mut dyn Write,
) -> io::Result<()> {
    let words = found.iter().map(|one| flat(one.span.cut(&document.text)).width()).max();
    let side = width.saturating_sub(CITATION + words.unwrap_or(0).min(30) + 3) / 2;
    for one in found {
        let (left, right) = around(one, document, side);
        let paragraph = &document.paragraphs[one.paragraph];
        let citation = fitted(&paragraph.locator.citation(paragraph.place), CITATION);
        let gap = " ".repeat(side.saturating_sub(left.width()));
        let key = flat(one.span.cut(&document.text));
        let line = format!("{citation} {gap}{left} {key} {right}");
        writeln!(out, "{}", harmless(line.trim_end()))?;
    }
    Ok(())
}

/// The same for programs: each place with its paragraph.
pub(super) fn to_json(what: &str, document: &Document, found: &[Occurs]) -> Value {
    let lines: Vec<Value> = found
        .iter()
        .map(|one| {
            let whole = document.paragraphs[one.paragraph].span;
            let text = |start, end| Span::new(start, end).cut(&document.text).unwrap_or_default();
            let mut line = passage(one.paragraph, one.span, document);
            line["left"] = json!(text(whole.start, one.span.start));
            line["right"] = json!(text(one.span.end, whole.end));
            line
        })
        .collect();
    json!({
        "format": 1, "kind": "concordance", "what": what, "source": document.source,
        "digest": document.digest, "language": document.language, "lines": lines,
    })
}

/// What stands before and after, as much as there is room for.
fn around(one: &Occurs, document: &Document, room: usize) -> (String, String) {
    let whole = document.paragraphs[one.paragraph].span;
    let before = flat(Span::new(whole.start, one.span.start).cut(&document.text));
    let after = flat(Span::new(one.span.end, whole.end).cut(&document.text));
    let mut left: Vec<char> = before.chars().collect();
    let over = left.len().saturating_sub(room);
    left.drain(..over);
    (left.into_iter().collect(), after.chars().take(room).collect())
}

/// Words on one line.
fn flat(words: Option<&str>) -> String {
    words.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn fitted(text: &str, columns: usize) -> String {
    let cut: String = text.chars().take(columns).collect();
    format!("{cut:columns$}")
}
