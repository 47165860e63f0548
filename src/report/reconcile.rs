//! Sets a reconciliation for a terminal and as JSON: what is asked, what was
//! decided, and what a person changed. Computes nothing.

use crate::model::{Coded, Presence, ReconciledCell, Ruling, Side, Standing, Taxonomy};
use crate::report::Style;
use crate::report::paint::{Ink, clean, cut, pad};
use crate::report::screen::Screen;
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
                        Some(Ruling::Accept) => counts.accepted += 1,
                        Some(Ruling::Keep) => counts.kept += 1,
                        Some(Ruling::Defer) => counts.deferred += 1,
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
    let mut page = Page { report, screen: Screen::new(style, out) };
    page.opening()?;
    let mut last = None;
    for cell in report.cells.iter().filter(|cell| cell.standing != Standing::Unchanged) {
        if last != Some(&cell.agreement) {
            page.screen.blank()?;
            page.screen.heading(cell.agreement.as_str(), "")?;
            last = Some(&cell.agreement);
        }
        page.cell(cell)?;
    }
    Ok(())
}

struct Page<'a> {
    report: &'a ReconcileReport<'a>,
    screen: Screen<'a>,
}

impl Page<'_> {
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
            let name =
                self.screen.paint.with(Ink::Bold, &cut(&clean(&text), self.screen.width - 10));
            self.screen.raw(&format!("{}{name}", pad(label, 10)))?;
        }
        let counts = Counts::of(report.cells);
        self.screen.blank()?;
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
        self.screen.wrapped(Ink::Bold, 0, &said)
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
            (true, Some(Ruling::Accept)) => ("+", Ink::Present),
            (true, Some(Ruling::Keep)) => ("=", Ink::Citation),
            (true, Some(Ruling::Defer)) => ("~", Ink::Indirect),
        };
        self.screen.entry(ink, mark, &format!("{} {name}", cell.element), &values)?;
        let decided = match (cell.standing.is_asked(), cell.decision) {
            (false, _) => String::new(),
            (true, None) => "open: ".to_owned(),
            (true, Some(decision)) if cell.reason.is_empty() => format!("{}: ", decision.as_str()),
            (true, Some(decision)) => format!("{} ({}): ", decision.as_str(), cell.reason),
        };
        self.screen.wrapped(Ink::Dim, 4, &format!("{decided}{}", cell.why))?;
        if cell.is_open() {
            self.passage("edited", cell.kept.as_ref())?;
            self.passage("proposed", cell.offered.as_ref())?;
        }
        Ok(())
    }

    /// A side's first passage.
    fn passage(&mut self, side: &str, coded: Option<&Coded>) -> io::Result<()> {
        let Some(passage) = coded.and_then(|coded| coded.evidence.first()) else { return Ok(()) };
        let words = (passage.citation.as_str(), passage.quote.as_str());
        self.screen.passage(side, (4, 10), words, QUOTE_LINES).map(|_| ())
    }
}

fn value(value: Option<Presence>) -> &'static str {
    match value {
        None => "–",
        Some(Presence::NotAssessed) => "unrecorded",
        Some(value) => value.as_str(),
    }
}
