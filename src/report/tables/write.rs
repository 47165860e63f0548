//! A table as CSV, JSON or Markdown.

use crate::report::tables::{Table, Value};
use csv::{Terminator, WriterBuilder};
use serde_json::{Map, Number, json};
use std::io;

/// As CSV: a header of keys, then the rows.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write_csv(table: &Table, out: &mut dyn io::Write) -> io::Result<()> {
    let mut rows = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
    rows.write_record(table.columns.iter().map(|column| &column.key))?;
    for row in &table.rows {
        rows.write_record(row.iter().map(Value::shown))?;
    }
    rows.flush()
}

/// As JSON: the rows as objects under the columns' keys.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write_json(table: &Table, out: &mut dyn io::Write) -> io::Result<()> {
    let rows = table.rows.iter().map(|row| {
        let keys = table.columns.iter().map(|column| column.key.clone());
        serde_json::Value::Object(keys.zip(row.iter().map(value)).collect::<Map<_, _>>())
    });
    let sheet = json!({
        "format": 1,
        "kind": table.name,
        "title": table.title,
        "note": table.note,
        "rows": rows.collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *out, &sheet)?;
    writeln!(out)
}

/// A value as JSON: a figure has the decimals that are shown, so that all
/// forms say the same.
fn value(value: &Value) -> serde_json::Value {
    match value {
        Value::Empty => serde_json::Value::Null,
        Value::Text(text) => text.as_str().into(),
        Value::Count(count) => (*count).into(),
        Value::Figure(..) => {
            let shown = value.shown().parse().ok().and_then(Number::from_f64);
            shown.map_or(serde_json::Value::Null, serde_json::Value::Number)
        }
    }
}

/// As Markdown, for a paper's annex: title, note, table.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write_markdown(table: &Table, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "## {}\n\n{}\n", escape(&table.title), escape(&table.note))?;
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    writeln!(out, "{}", line(table.columns.iter().map(|one| escape(&one.heading)).collect()))?;
    let first = table.rows.first();
    let numbers = (0..table.columns.len())
        .map(|at| first.and_then(|row| row.get(at)).is_some_and(Value::is_number));
    writeln!(out, "{}", line(numbers.map(|it| if it { "---:" } else { "---" }.into()).collect()))?;
    for row in &table.rows {
        writeln!(out, "{}", line(row.iter().map(|value| escape(&value.shown())).collect()))?;
    }
    Ok(())
}

/// Words that cannot break the table or become markup.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => escaped.push(' '),
            '|' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '\\' | '#' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}
