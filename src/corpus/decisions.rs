//! A file of decisions, as a person edits it with a spreadsheet: columns are
//! known by their names and may stand in any order, and what a person adds
//! stays.

use crate::corpus::sides::SideMistake;
use crate::model::{Ruling, RulingRecord, RulingRecords};
use crate::toml_reader::did_you_mean;
use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io;

/// The columns, in the order they are written.
const HEADER: [&str; 13] = [
    "agreement",
    "element",
    "base",
    "edited",
    "proposed",
    "decision",
    "reason",
    "why",
    "edited_citation",
    "edited_quote",
    "proposed_citation",
    "proposed_quote",
    "shown",
];

/// Those without which a row decides nothing.
const NEEDED: [&str; 5] = ["agreement", "element", "edited", "proposed", "decision"];

/// Reads a file of decisions, with every mistake.
///
/// # Errors
///
/// With every mistake in it: a column that is missing, a decision that is
/// none, a cell decided twice.
pub fn parse_decisions(path: &str, text: &str) -> Result<RulingRecords, Vec<SideMistake>> {
    let text = text.trim_start_matches('\u{feff}');
    let mistake =
        |line: Option<usize>, text: String| SideMistake { path: path.to_owned(), line, text };
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(text))
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = reader.records();
    let header = match rows.next() {
        None => return Ok(RulingRecords::default()),
        Some(Err(error)) => return Err(vec![mistake(Some(1), error.to_string())]),
        Some(Ok(header)) => header,
    };
    let columns = Columns::of(&header);
    let missing: Vec<&str> =
        NEEDED.into_iter().filter(|name| columns.place(name).is_none()).collect();
    if !missing.is_empty() {
        let text = format!("the column {} is missing", missing.join(", "));
        return Err(vec![mistake(Some(1), text)]);
    }
    let mut found = RulingRecords { extra: columns.extra.clone(), records: Vec::new() };
    let mut mistakes = Vec::new();
    let mut seen: BTreeMap<[String; 5], (usize, Ruling)> = BTreeMap::new();
    for row in rows {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                mistakes.push(mistake(None, error.to_string()));
                continue;
            }
        };
        let line = row.position().and_then(|at| usize::try_from(at.line()).ok()).unwrap_or(0);
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match columns.record(&row) {
            Err(text) => mistakes.push(mistake(Some(line), text)),
            Ok(record) => {
                if let Some(text) = twice(&record, line, &mut seen) {
                    mistakes.push(mistake(Some(line), text));
                }
                found.records.push(record);
            }
        }
    }
    if mistakes.is_empty() { Ok(found) } else { Err(mistakes) }
}

/// Spreadsheets of some countries part cells by semicolons.
fn delimiter(text: &str) -> u8 {
    let header = text.lines().next().unwrap_or_default();
    [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|&mark| (header.bytes().filter(|&byte| byte == mark).count(), mark == b','))
        .unwrap_or(b',')
}

/// That a row decides otherwise than one above on the same values.
fn twice(
    record: &RulingRecord,
    line: usize,
    seen: &mut BTreeMap<[String; 5], (usize, Ruling)>,
) -> Option<String> {
    let decision = record.decision?;
    let RulingRecord { agreement, element, edited, proposed, shown, .. } = record;
    let key = [agreement, element, edited, proposed, shown].map(Clone::clone);
    match seen.insert(key, (line, decision)) {
        Some((first, other)) if other != decision => Some(format!(
            "{agreement} {element} is decided `{}` here and `{}` on line {first}",
            decision.as_str(),
            other.as_str()
        )),
        _ => None,
    }
}

/// Where each column stands.
struct Columns {
    places: BTreeMap<String, usize>,
    extra: Vec<String>,
}

impl Columns {
    fn of(header: &StringRecord) -> Self {
        let named = || header.iter().map(|name| name.trim().to_lowercase()).enumerate();
        let known = named().filter(|(_, name)| HEADER.contains(&name.as_str()));
        let extra = header
            .iter()
            .map(str::trim)
            .filter(|name| !name.is_empty() && !HEADER.contains(&name.to_lowercase().as_str()));
        let extra: Vec<String> = extra.map(str::to_owned).collect();
        let others =
            header.iter().enumerate().filter(|(_, name)| extra.contains(&name.trim().to_owned()));
        let others = others.map(|(place, name)| (name.trim().to_owned(), place));
        let mut places: BTreeMap<String, usize> = others.collect();
        places.extend(known.map(|(place, name)| (name, place)));
        Self { places, extra }
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.places.get(name).copied()
    }

    fn record(&self, row: &StringRecord) -> Result<RulingRecord, String> {
        let text = |name: &str| {
            let cell = self.place(name).and_then(|place| row.get(place));
            cell.unwrap_or_default().trim().to_owned()
        };
        Ok(RulingRecord {
            agreement: text("agreement"),
            element: text("element"),
            base: text("base"),
            edited: text("edited"),
            proposed: text("proposed"),
            decision: decision(&text("decision"))?,
            reason: text("reason"),
            why: text("why"),
            passages: ["edited_citation", "edited_quote", "proposed_citation", "proposed_quote"]
                .map(text),
            shown: text("shown"),
            extra: self.extra.iter().map(|name| text(name)).collect(),
        })
    }
}

/// What a person wrote as their decision; nothing while they have not.
fn decision(written: &str) -> Result<Option<Ruling>, String> {
    let small = written.to_lowercase();
    if small.is_empty() {
        return Ok(None);
    }
    let names = || Ruling::ALL.into_iter().map(Ruling::as_str);
    let found = Ruling::ALL.into_iter().find(|decision| decision.as_str() == small);
    found.map(Some).ok_or_else(|| {
        let advice = did_you_mean(&small, names());
        let advice = advice
            .unwrap_or_else(|| format!("they are {}", names().collect::<Vec<_>>().join(", ")));
        format!("`{written}` is no decision; {advice}")
    })
}

/// Writes decisions as CSV.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write_decisions(decisions: &RulingRecords, out: &mut dyn io::Write) -> io::Result<()> {
    let mut rows = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
    rows.write_record(HEADER.into_iter().chain(decisions.extra.iter().map(String::as_str)))?;
    for record in &decisions.records {
        let decision = record.decision.map_or("", Ruling::as_str);
        let cells = [
            &record.agreement,
            &record.element,
            &record.base,
            &record.edited,
            &record.proposed,
            decision,
            &record.reason,
            &record.why,
        ];
        let passages = record.passages.each_ref().map(|words| defused(words));
        let rest =
            std::iter::once(record.shown.as_str()).chain(record.extra.iter().map(String::as_str));
        rows.write_record(
            cells.into_iter().chain(passages.iter().map(|words| &**words)).chain(rest),
        )?;
    }
    rows.flush()
}

/// A quote comes from a document that anyone may have written, and a
/// spreadsheet computes what begins like a formula. Here it is only shown.
fn defused(words: &str) -> Cow<'_, str> {
    if words.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        Cow::Owned(format!("'{words}"))
    } else {
        Cow::Borrowed(words)
    }
}
