//! The figures as tidy CSV: a row per figure, with all that is needed to print
//! it in a paper.

use crate::reliability::{Interval, Score};
use crate::report::diff::{DiffReport, facts};
use csv::{Terminator, WriterBuilder};
use std::io;

const HEADER: [&str; 14] = [
    "name",
    "scope",
    "reading",
    "value",
    "low",
    "high",
    "interval",
    "q",
    "n",
    "base_rate",
    "left_positive",
    "right_positive",
    "too_few",
    "development",
];

/// Writes a row per figure.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write(report: &DiffReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let mut rows = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
    rows.write_record(HEADER)?;
    for score in &report.reliability.scores {
        rows.write_record(row(report, score))?;
    }
    rows.flush()
}

fn row(report: &DiffReport<'_>, score: &Score) -> [String; 14] {
    let number = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.6}"));
    let positive = |side: usize| score.positives.get(side).map_or_else(String::new, u64::to_string);
    let interval = match score.interval {
        Some(Interval::Wilson) => "wilson",
        Some(Interval::Bootstrap) => "bootstrap",
        None => "",
    };
    let development = facts::is_development(report, &score.scope);
    let said = |yes: bool| if yes { "yes" } else { "no" }.to_owned();
    [
        score.name.as_str().to_owned(),
        score.scope.to_string(),
        score.reading.as_str().to_owned(),
        number(score.value),
        number(score.low),
        number(score.high),
        interval.to_owned(),
        number(score.q),
        score.n.to_string(),
        number(score.base_rate),
        positive(0),
        positive(1),
        said(score.too_few),
        said(development),
    ]
}
