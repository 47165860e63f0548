//! The report on quotes: what holds in a line each, what does not with its
//! difference. Computes nothing but counts.

use crate::model::{CheckedQuote, CitedPlace, Difference, QuotesReport, Verdict};
use crate::report::Style;
use crate::report::paint::{Ink, Paint, clean};
use crate::report::sheet::counted;
use csv::{Terminator, WriterBuilder};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;

/// A form the report can be set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuotesFormat {
    /// For a terminal.
    Table,
    /// All of it, as one JSON value.
    Json,
    /// One JSON value per quote, each on its own line.
    Jsonl,
    /// A row per quote.
    Csv,
    /// For a text editor or a wiki: what awaits a person.
    Markdown,
}

/// Writes `report` to `out` as `format`.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn render_quotes(
    report: &QuotesReport,
    format: QuotesFormat,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        QuotesFormat::Table => table(report, style, out),
        QuotesFormat::Json => json(report, out),
        QuotesFormat::Jsonl => report.quotes.iter().try_for_each(|quote| {
            serde_json::to_writer(&mut *out, quote)?;
            writeln!(out)
        }),
        QuotesFormat::Csv => csv(report, out),
        QuotesFormat::Markdown => markdown(report, out),
    }
}

/// How many quotes there are of each verdict, in the order of verdicts.
fn counts(report: &QuotesReport) -> BTreeMap<Verdict, usize> {
    let mut counts = BTreeMap::new();
    for quote in &report.quotes {
        *counts.entry(quote.verdict).or_default() += 1;
    }
    counts
}

/// `412 quotes: 300 exact, 100 normalised, 12 altered`.
#[must_use]
pub fn quotes_summary(report: &QuotesReport) -> String {
    let counts = counts(report);
    let counts: Vec<String> =
        counts.iter().map(|(verdict, count)| format!("{count} {}", verdict.as_str())).collect();
    let all = counted(report.quotes.len(), "quote");
    if counts.is_empty() { all } else { format!("{all}: {}", counts.join(", ")) }
}

#[derive(Serialize)]
struct Whole<'a> {
    format: u32,
    kind: &'static str,
    summary: BTreeMap<&'static str, usize>,
    quotes: &'a [CheckedQuote],
}

fn json(report: &QuotesReport, out: &mut dyn io::Write) -> io::Result<()> {
    let summary =
        counts(report).into_iter().map(|(verdict, count)| (verdict.as_str(), count)).collect();
    let whole = Whole { format: 1, kind: "quotes", summary, quotes: &report.quotes };
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

const HEADER: [&str; 10] = [
    "agreement",
    "element",
    "verdict",
    "place",
    "citation",
    "suggested_citation",
    "quote",
    "text",
    "differences",
    "remark",
];

fn csv(report: &QuotesReport, out: &mut dyn io::Write) -> io::Result<()> {
    let mut rows = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
    rows.write_record(HEADER)?;
    for quote in &report.quotes {
        let differences: Vec<String> = quote.differences.iter().map(said).collect();
        rows.write_record([
            &quote.agreement,
            &quote.element,
            quote.verdict.as_str(),
            quote.place.as_str(),
            &quote.citation,
            quote.suggested_citation.as_deref().unwrap_or_default(),
            &quote.quote,
            quote.text.as_deref().unwrap_or_default(),
            &differences.join("; "),
            quote.remark.as_deref().unwrap_or_default(),
        ])?;
    }
    rows.flush()
}

/// A difference in a few words: `wording: “may” for “shall”`.
fn said(difference: &Difference) -> String {
    let kind = difference.kind.as_str();
    let (quote, text) = (clean(&difference.quote), clean(&difference.text));
    match (quote.is_empty(), text.is_empty()) {
        (false, false) => format!("{kind}: “{quote}”, the text has “{text}”"),
        (false, true) => format!("{kind}: “{quote}”, not in the text"),
        (true, false) => format!("{kind}: the text has “{text}”"),
        (true, true) => kind.to_owned(),
    }
}

/// What is said of the place, where there is something to say.
fn placed(quote: &CheckedQuote) -> Option<String> {
    let suggested = quote.suggested_citation.as_deref()?;
    let cited = if quote.citation.is_empty() { "nothing" } else { &quote.citation };
    let said = match quote.place {
        CitedPlace::AtPlace => return None,
        CitedPlace::InParent => format!("cited {cited}; found in the part above it, {suggested}"),
        CitedPlace::Neighbour => format!("cited {cited}; found beside it, at {suggested}"),
        CitedPlace::NoSuchPlace => {
            format!("cited {cited}, which the text does not have; found at {suggested}")
        }
        CitedPlace::Unstated if quote.citation.is_empty() => format!("found at {suggested}"),
        CitedPlace::Elsewhere | CitedPlace::Unstated => {
            format!("cited {cited}; found at {suggested}")
        }
    };
    Some(said)
}

/// Whether a person should look at it.
fn awaits(quote: &CheckedQuote) -> bool {
    !quote.verdict.holds()
}

fn table(report: &QuotesReport, style: Style, out: &mut dyn io::Write) -> io::Result<()> {
    let paint = Paint(style.color);
    let mut agreement = None;
    for quote in &report.quotes {
        if agreement != Some(&quote.agreement) {
            agreement = Some(&quote.agreement);
            let of = report.quotes.iter().filter(|one| one.agreement == quote.agreement);
            let name = if quote.agreement.is_empty() { "(no agreement)" } else { &quote.agreement };
            let title = format!("{} · {}", clean(name), counted(of.count(), "quote"));
            writeln!(out, "{}", paint.with(Ink::Bold, &title))?;
        }
        table_row(quote, style, out)?;
    }
    writeln!(out, "\n{}", paint.with(Ink::Bold, &quotes_summary(report)))
}

fn table_row(quote: &CheckedQuote, style: Style, out: &mut dyn io::Write) -> io::Result<()> {
    let paint = Paint(style.color);
    let ink = if awaits(quote) { Ink::Alarm } else { Ink::Present };
    let verdict = format!("{:11}", quote.verdict.as_str());
    let start = quote.suggested_citation.as_deref().unwrap_or(&quote.citation);
    let element = clean(&quote.element);
    let head = format!("  {verdict}{element:10} {}", clean(start));
    writeln!(out, "{}", paint.with(ink, head.trim_end()))?;
    let mut lines = vec![(Ink::Dim, format!("“{}”", first_words(quote)))];
    lines.extend(quote.differences.iter().map(|one| (ink, said(one))));
    lines.extend(placed(quote).map(|said| (Ink::Citation, said)));
    if quote.verdict == Verdict::Gone {
        lines.extend(
            quote.text.as_deref().map(|text| (Ink::Dim, format!("nearest: “{}”", clean(text)))),
        );
    }
    lines.extend(quote.remark.iter().map(|remark| (Ink::Citation, remark.clone())));
    for (ink, line) in lines {
        for part in textwrap::wrap(&clean(&line), style.width.saturating_sub(4).max(20)) {
            writeln!(out, "    {}", paint.with(ink, &part))?;
        }
    }
    Ok(())
}

/// All of a quote that awaits a person, the first words of another.
fn first_words(quote: &CheckedQuote) -> String {
    const WORDS: usize = 14;
    let words: Vec<&str> = quote.quote.split_whitespace().collect();
    if awaits(quote) || words.len() <= WORDS {
        return words.join(" ");
    }
    format!("{} …", words[..WORDS].join(" "))
}

fn markdown(report: &QuotesReport, out: &mut dyn io::Write) -> io::Result<()> {
    let plain = |text: &str| clean(text).replace('|', "\\|").replace('<', "&lt;");
    writeln!(out, "{}\n", quotes_summary(report))?;
    writeln!(out, "| Agreement | Element | Verdict | Place | Quote | Differences |")?;
    writeln!(out, "|---|---|---|---|---|---|")?;
    for quote in &report.quotes {
        let differences = quote.differences.iter().map(said);
        let place = placed(quote).unwrap_or_else(|| quote.place.as_str().to_owned());
        let said: Vec<String> = differences.chain(quote.remark.clone()).collect();
        let cells =
            [&quote.agreement, &quote.element, quote.verdict.as_str(), &place, &quote.quote];
        let cells: Vec<String> = cells.into_iter().map(plain).collect();
        writeln!(out, "| {} | {} |", cells.join(" | "), plain(&said.join("; ")))?;
    }
    Ok(())
}
