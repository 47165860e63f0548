//! The report on quotes: what holds is counted, what does not is shown with its
//! difference. Computes nothing but counts.

use crate::model::{CheckedQuote, CitedPlace, Difference, QuotesReport, RECOGNISED, Verdict};
use crate::report::Style;
use crate::report::paint::{Ink, Paint, clean};
use crate::report::sheet::counted;
use csv::{Terminator, WriterBuilder};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
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
fn counts(quotes: &[CheckedQuote]) -> BTreeMap<Verdict, usize> {
    let mut counts = BTreeMap::new();
    for quote in quotes {
        *counts.entry(quote.verdict).or_default() += 1;
    }
    counts
}

/// `412 quotes: 300 exact, 100 normalised, 12 altered`.
#[must_use]
pub fn quotes_summary(report: &QuotesReport) -> String {
    summary(&report.quotes)
}

fn summary(quotes: &[CheckedQuote]) -> String {
    let counts = counts(quotes);
    let counts: Vec<String> =
        counts.iter().map(|(verdict, count)| format!("{count} {}", verdict.as_str())).collect();
    let all = counted(quotes.len(), "quote");
    let recognised = quotes.iter().filter(|quote| quote.recognised).count();
    let recognised = match recognised {
        0 => String::new(),
        count => format!(" ({count} of them in pages that were {RECOGNISED})"),
    };
    if counts.is_empty() { all } else { format!("{all}: {}{recognised}", counts.join(", ")) }
}

#[derive(Serialize)]
struct Whole<'a> {
    format: u32,
    kind: &'static str,
    summary: BTreeMap<&'static str, usize>,
    quotes: &'a [CheckedQuote],
}

fn json(report: &QuotesReport, out: &mut dyn io::Write) -> io::Result<()> {
    let summary = counts(&report.quotes)
        .into_iter()
        .map(|(verdict, count)| (verdict.as_str(), count))
        .collect();
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
            &remarks(quote).join("; "),
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

/// What else a person should know of a quote.
fn remarks(quote: &CheckedQuote) -> Vec<String> {
    let recognised = quote.recognised.then(|| {
        format!("{RECOGNISED}: the text is what OCR made of the page; look at the page itself")
    });
    quote.remark.iter().cloned().chain(recognised).collect()
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

/// For each agreement what a person should look at; what holds where it is cited
/// is counted, and where there was no text, its quotes have one reason.
fn table(report: &QuotesReport, style: Style, out: &mut dyn io::Write) -> io::Result<()> {
    let paint = Paint(style.color);
    writeln!(out, "{}\n", paint.with(Ink::Bold, &headline(report)))?;
    for quotes in report.quotes.chunk_by(|one, next| one.agreement == next.agreement) {
        let agreement = &quotes[0].agreement;
        let name = if agreement.is_empty() { "(no agreement)" } else { agreement };
        let title = format!("{} · {}", clean(name), summary(quotes));
        writeln!(out, "{}", paint.with(Ink::Bold, &title))?;
        let shared = quotes[0].remark.as_deref().filter(|_| quotes.iter().all(is_unread));
        if let Some(reason) = shared {
            lines(&[(Ink::Alarm, reason.to_owned())], style, out)?;
            continue;
        }
        let shown = quotes.iter().filter(|quote| awaits(quote) || placed(quote).is_some());
        // One passage may be quoted for several elements, and in two lists.
        let same = |a: &CheckedQuote, b: &CheckedQuote| {
            (&a.quote, &a.citation, a.verdict) == (&b.quote, &b.citation, b.verdict)
        };
        let mut rows: Vec<(&CheckedQuote, Vec<&str>)> = Vec::new();
        for quote in shown {
            match rows.iter_mut().find(|(first, _)| same(first, quote)) {
                Some((_, elements)) if elements.contains(&quote.element.as_str()) => {}
                Some((_, elements)) => elements.push(&quote.element),
                None => rows.push((quote, vec![&quote.element])),
            }
        }
        for (quote, elements) in rows {
            table_row(quote, &elements.join(", "), style, out)?;
        }
    }
    writeln!(out, "\n{}", paint.with(Ink::Bold, &quotes_summary(report)))
}

/// `9 quotes of 2 agreements · 3 not as the text has it, 4 without a text`.
fn headline(report: &QuotesReport) -> String {
    let quotes = &report.quotes;
    let agreements: BTreeSet<&str> = quotes.iter().map(|one| one.agreement.as_str()).collect();
    let unread = quotes.iter().filter(|quote| is_unread(quote)).count();
    let failing = quotes.iter().filter(|quote| awaits(quote)).count() - unread;
    let all = counted(quotes.len(), "quote");
    let agreements = counted(agreements.len(), "agreement");
    format!("{all} of {agreements} · {failing} not as the text has it, {unread} without a text")
}

fn is_unread(quote: &CheckedQuote) -> bool {
    quote.verdict == Verdict::Unread
}

/// Lines below a head, wrapped.
fn lines(lines: &[(Ink, String)], style: Style, out: &mut dyn io::Write) -> io::Result<()> {
    for (ink, line) in lines {
        for part in textwrap::wrap(&clean(line), style.width.saturating_sub(4).max(20)) {
            writeln!(out, "    {}", Paint(style.color).with(*ink, &part))?;
        }
    }
    Ok(())
}

fn table_row(
    quote: &CheckedQuote,
    elements: &str,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let paint = Paint(style.color);
    let ink = if awaits(quote) { Ink::Alarm } else { Ink::Present };
    let verdict = format!("{:11}", quote.verdict.as_str());
    let start = quote.suggested_citation.as_deref().unwrap_or(&quote.citation);
    let element = clean(elements);
    let head = format!("  {verdict}{element:10} {}", clean(start));
    writeln!(out, "{}", paint.with(ink, head.trim_end()))?;
    let mut below = vec![(Ink::Dim, format!("“{}”", first_words(quote)))];
    below.extend(quote.differences.iter().map(|one| (ink, said(one))));
    below.extend(placed(quote).map(|said| (Ink::Citation, said)));
    if quote.verdict == Verdict::Gone {
        below.extend(
            quote.text.as_deref().map(|text| (Ink::Dim, format!("nearest: “{}”", clean(text)))),
        );
    }
    below.extend(remarks(quote).into_iter().map(|remark| (Ink::Citation, remark)));
    lines(&below, style, out)
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
        let said: Vec<String> = differences.chain(remarks(quote)).collect();
        let cells =
            [&quote.agreement, &quote.element, quote.verdict.as_str(), &place, &quote.quote];
        let cells: Vec<String> = cells.into_iter().map(plain).collect();
        writeln!(out, "| {} | {} |", cells.join(" | "), plain(&said.join("; ")))?;
    }
    Ok(())
}
