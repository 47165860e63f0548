//! A table of ratings on standard input → every score, as JSON.
//!
//! ```text
//! cargo run --example reliability -- --all-coefficients < ratings.csv
//! ```
//!
//! The table is CSV with the header `agreement,element,category,CODER,CODER…`;
//! a rating is `absent`, `indirect` or `present`, and an empty field is a
//! missing one. This is what `tests/checks/reliability.py` runs.

#![allow(clippy::print_stdout, reason = "an example shows what it found")]

use normtag::reliability::{Cell, Options, Table, Value, measure};
use std::error::Error;

/// How many columns stand before the first coder.
const LABELS: usize = 3;

fn main() -> Result<(), Box<dyn Error>> {
    let mut options = Options::default();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let mut next = || arguments.next().ok_or(format!("{argument} needs a value"));
        match argument.as_str() {
            "--all-coefficients" => options.all_coefficients = true,
            "--reference" => options.reference = Some(next()?.parse()?),
            "--rounds" => options.rounds = next()?.parse()?,
            "--seed" => options.seed = next()?.parse()?,
            other => return Err(format!("{other}: no such argument").into()),
        }
    }
    let measured = measure(&read(std::io::stdin())?, &options);
    println!("{}", serde_json::to_string_pretty(&measured)?);
    Ok(())
}

fn read(from: impl std::io::Read) -> Result<Table, Box<dyn Error>> {
    let mut rows = csv::Reader::from_reader(from);
    let mut table = Table::new(rows.headers()?.iter().skip(LABELS))?;
    for row in rows.records() {
        let row = row?;
        let label = |column: usize| row.get(column).unwrap_or_default().to_owned();
        let values: Result<Vec<Option<Value>>, String> =
            row.iter().skip(LABELS).map(value).collect();
        table.push(Cell {
            agreement: label(0),
            element: label(1),
            category: Some(label(2)).filter(|category| !category.is_empty()),
            values: values?,
        })?;
    }
    Ok(table)
}

fn value(text: &str) -> Result<Option<Value>, String> {
    match text {
        "" => Ok(None),
        "absent" => Ok(Some(Value::Absent)),
        "indirect" => Ok(Some(Value::Indirect)),
        "present" => Ok(Some(Value::Present)),
        other => Err(format!("\"{other}\" is no rating: absent, indirect, present, or empty")),
    }
}
