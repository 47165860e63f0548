//! Sets a reconciliation for a terminal and as JSON: what is asked, what was
//! decided, and what a person changed. Computes nothing.

use crate::model::{
    Coded, CodedPassage, Decision, Presence, ReconciledCell, Side, Standing, Taxonomy,
};
use crate::report::Style;
use crate::report::paint::{Ink, Paint, clean, cut, pad};
use serde::Serialize;
use std::io;

/// Lines of one quote that are shown.
const QUOTE_LINES: usize = 3;

/// What is set.
#[derive(Debug, Clone, Copy)]
pub struct ReconcileReport<'a> {
    /// The last release.
    pub base: &'a Side,
    /// What people edited since.
    pub edited: &'a Side,
    /// What is proposed.
    pub proposed: &'a Side,
    /// The cells of all three.
    pub cells: &'a [ReconciledCell],
    /// Their taxonomy.
    pub taxonomy: &'a Taxonomy,
}

/// How many cells stand how.
#[derive(Debug, Default, Serialize)]
struct Counts {
    cells: usize,
    unchanged: usize,
    edited: usize,
    alike: usize,
    asked: usize,
    open: usize,
    accepted: usize,
    kept: usize,
    deferred: usize,
}

impl Counts {
    fn of(cells: &[ReconciledCell]) -> Self {
        let mut counts = Self { cells: cells.len(), ..Self::default() };
        for cell in cells {
            match cell.standing {
                Standing::Unchanged => counts.unchanged += 1,
                Standing::Edited => counts.edited += 1,
                Standing::Alike => counts.alike += 1,
                Standing::Proposed | Standing::Conflict => {
                    counts.asked += 1;
                    match cell.decision {
                        None => counts.open += 1,
                        Some(Decision::Accept) => counts.accepted += 1,
                        Some(Decision::Keep) => counts.kept += 1,
                        Some(Decision::Defer) => counts.deferred += 1,
                    }
                }
            }
        }
        counts
    }
}

#[derive(Serialize)]
struct Whole<'a> {
    format: u32,
    kind: &'static str,
    base: &'a Side,
    edited: &'a Side,
    proposed: &'a Side,
    counts: Counts,
    cells: Vec<&'a ReconciledCell>,
}

/// Writes the cells that are not plainly unchanged as JSON, format 1.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_reconcile_json(
    report: &ReconcileReport<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let told = report.cells.iter().filter(|cell| cell.standing != Standing::Unchanged);
    let whole = Whole {
        format: 1,
        kind: "reconciliation",
        base: report.base,
        edited: report.edited,
        proposed: report.proposed,
        counts: Counts::of(report.cells),
        cells: told.collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

/// Writes what is open and what was decided for a terminal.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_reconcile_table(
    report: &ReconcileReport<'_>,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut page =
        Page { report, width: style.width.clamp(60, 120), paint: Paint(style.color), out };
    page.opening()?;
    let mut last = None;
    for cell in report.cells.iter().filter(|cell| cell.standing != Standing::Unchanged) {
        if last != Some(&cell.agreement) {
            page.agreement(cell)?;
            last = Some(&cell.agreement);
        }
        page.cell(cell)?;
    }
    Ok(())
}

struct Page<'a> {
    report: &'a ReconcileReport<'a>,
    width: usize,
    paint: Paint,
    out: &'a mut dyn io::Write,
}

impl Page<'_> {
    fn wrapped(&mut self, ink: Ink, indent: usize, text: &str) -> io::Result<()> {
        for line in textwrap::wrap(&clean(text), self.width - indent) {
            writeln!(self.out, "{:indent$}{}", "", self.paint.with(ink, &line))?;
        }
        Ok(())
    }

    fn opening(&mut self) -> io::Result<()> {
        let report = self.report;
        for (label, side) in
            [("base", report.base), ("edited", report.edited), ("proposed", report.proposed)]
        {
            let rules = side.rules.as_ref().map(|digest| {
                let hex = digest.hex();
                format!(" · rules sha256 {}", hex.get(..12).unwrap_or(hex))
            });
            let text = format!("{}{}", side.name, rules.unwrap_or_default());
            let name = self.paint.with(Ink::Bold, &cut(&clean(&text), self.width - 10));
            writeln!(self.out, "{}{name}", pad(label, 10))?;
        }
        let counts = Counts::of(report.cells);
        writeln!(self.out)?;
        let said = format!(
            "{} cells · {} unchanged · {} changed by a person · {} changed to what is proposed · {} \
             asked: {} open, {} accepted, {} kept, {} deferred",
            counts.cells,
            counts.unchanged,
            counts.edited,
            counts.alike,
            counts.asked,
            counts.open,
            counts.accepted,
            counts.kept,
            counts.deferred
        );
        self.wrapped(Ink::Bold, 0, &said)
    }

    fn agreement(&mut self, cell: &ReconciledCell) -> io::Result<()> {
        let name = clean(cell.agreement.as_str());
        let rule = "─".repeat(self.width.saturating_sub(name.chars().count() + 1));
        let (name, rule) = (self.paint.with(Ink::Bold, &name), self.paint.with(Ink::Dim, &rule));
        writeln!(self.out, "\n{name} {rule}")
    }

    /// `? 2.6 Incident mitigation    present, edited indirect, proposed absent`.
    fn cell(&mut self, cell: &ReconciledCell) -> io::Result<()> {
        let element = self.report.taxonomy.element(&cell.element);
        let name = element.map_or("", |element| element.name.as_str());
        let values = format!(
            "base {} · edited {} · proposed {}",
            value(cell.base),
            value(cell.edited),
            value(cell.proposed)
        );
        let (mark, ink) = match (cell.standing.is_asked(), cell.decision) {
            (false, _) => ("·", Ink::Dim),
            (true, None) => ("?", Ink::Alarm),
            (true, Some(Decision::Accept)) => ("+", Ink::Present),
            (true, Some(Decision::Keep)) => ("=", Ink::Citation),
            (true, Some(Decision::Defer)) => ("~", Ink::Indirect),
        };
        let room = self.width.saturating_sub(values.chars().count() + 3);
        let left = pad(&cut(&clean(&format!("{} {name}", cell.element)), room), room);
        let (mark, left) = (self.paint.with(ink, mark), self.paint.with(Ink::Bold, &left));
        writeln!(self.out, "{mark} {left} {}", self.paint.with(ink, &values))?;
        let decided = match (cell.standing.is_asked(), cell.decision) {
            (false, _) => String::new(),
            (true, None) => "open: ".to_owned(),
            (true, Some(decision)) if cell.reason.is_empty() => format!("{}: ", decision.as_str()),
            (true, Some(decision)) => format!("{} ({}): ", decision.as_str(), cell.reason),
        };
        self.wrapped(Ink::Dim, 4, &format!("{decided}{}", cell.why))?;
        if cell.is_open() {
            self.passage("edited", cell.kept.as_ref())?;
            self.passage("proposed", cell.offered.as_ref())?;
        }
        Ok(())
    }

    /// A side's first passage.
    fn passage(&mut self, side: &str, coded: Option<&Coded>) -> io::Result<()> {
        let Some(CodedPassage { quote, citation, .. }) =
            coded.and_then(|coded| coded.evidence.first())
        else {
            return Ok(());
        };
        let mark = if citation.is_empty() || quote.is_empty() { "" } else { " · " };
        let text = clean(&format!("{citation}{mark}{quote}"));
        let room = self.width - 14;
        let mut lines: Vec<String> =
            textwrap::wrap(&text, room).into_iter().map(std::borrow::Cow::into_owned).collect();
        if lines.len() > QUOTE_LINES {
            lines.truncate(QUOTE_LINES);
            if let Some(last) = lines.last_mut() {
                *last = format!("{} …", cut(last, room - 2).trim_end_matches('…').trim_end());
            }
        }
        for (at, line) in lines.iter().enumerate() {
            let label = pad(if at == 0 { side } else { "" }, 10);
            writeln!(self.out, "    {}{line}", self.paint.with(Ink::Dim, &label))?;
        }
        Ok(())
    }
}

fn value(value: Option<Presence>) -> &'static str {
    match value {
        None => "–",
        Some(Presence::NotAssessed) => "unrecorded",
        Some(value) => value.as_str(),
    }
}
