//! Sets what a change to the rules does: the tags and passages that appear or
//! vanish, and the figures before and after. Computes nothing.

use crate::model::{AgreementId, Change, CodedPassage, Comparison, ElementCode, RuleId, Side};
use crate::reliability::{Name, Reading, Reliability, Scope, Score};
use crate::report::Style;
use crate::report::diff::facts;
use crate::report::diff::figures::{self, figure};
use crate::report::paint::{Ink, clean, cut, pad};
use crate::report::screen::Screen;
use crate::report::{counted, markdown};
use serde::Serialize;
use std::io;

/// The figures that tell whether rules got better, in order.
const TOLD: [Name; 5] = [Name::Precision, Name::Recall, Name::F1, Name::Kappa, Name::Agreement];

/// Lines of one quote that are shown.
const QUOTE_LINES: usize = 4;

/// What is set.
#[derive(Debug, Clone, Copy)]
pub struct ImpactReport<'a> {
    /// The proposals before, and now.
    pub comparison: &'a Comparison,
    /// The cells of which the value or a passage differs.
    pub changes: &'a [ChangedCell<'a>],
    /// The figures against tags that people gave.
    pub figures: Option<&'a ImpactFigures<'a>>,
}

/// A cell that a change to the rules touches.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangedCell<'a> {
    /// The agreement.
    pub agreement: &'a AgreementId,
    /// The element.
    pub element: &'a ElementCode,
    /// What people call the element.
    pub name: &'a str,
    /// What happens to the value.
    pub change: Change,
    /// The value before, in a word.
    pub before: &'static str,
    /// The value now.
    pub now: &'static str,
    /// What the tags that people gave say, where there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub against: Option<&'static str>,
    /// Passages that are found no more.
    pub vanished: Vec<&'a CodedPassage>,
    /// Passages that are found now.
    pub appeared: Vec<&'a CodedPassage>,
}

/// The figures before and now, against the same tags.
#[derive(Debug, Clone)]
pub struct ImpactFigures<'a> {
    /// The tags that people gave.
    pub against: &'a Side,
    /// Before.
    pub before: Reliability,
    /// Now.
    pub now: Reliability,
    /// How many agreements were compared with them.
    pub agreements: usize,
    /// How many of these the rules were developed on.
    pub development: usize,
}

impl ImpactFigures<'_> {
    /// Before and now, for each figure and reading.
    fn rows(&self) -> Vec<(Name, Reading, &Score, &Score)> {
        let readings = [Reading::Present, Reading::Any];
        let all = readings.into_iter().flat_map(|reading| TOLD.map(|name| (name, reading)));
        all.filter_map(|(name, reading)| {
            let before = self.before.score(name, &Scope::Pooled, reading)?;
            let now = self.now.score(name, &Scope::Pooled, reading)?;
            Some((name, reading, before, now))
        })
        .collect()
    }

    fn title(&self) -> String {
        let Self { agreements, development, .. } = self;
        let kind = match *development {
            0 => "Figures".to_owned(),
            all if all == *agreements => "Development figures".to_owned(),
            part => format!("Development figures, in part ({part} of {agreements} texts)"),
        };
        format!("{kind} against {}", self.against.name)
    }
}

/// `+0.012`, `0`, or nothing where a figure is missing.
fn moved(before: &Score, now: &Score) -> String {
    match (before.value, now.value) {
        (Some(before), Some(now)) if (now - before).abs() < 0.0005 => "0".to_owned(),
        (Some(before), Some(now)) => format!("{:+.3}", now - before),
        _ => String::new(),
    }
}

/// `52 cells of 2 agreements · 3 tags appear · 1 vanishes`.
fn summary(report: &ImpactReport<'_>) -> String {
    let comparison = report.comparison;
    let touched = |change| report.changes.iter().filter(|cell| cell.change == change).count();
    let cells = counted(comparison.cells.len(), "cell");
    let mut said = vec![format!("{cells} of {}", counted(comparison.cases.len(), "agreement"))];
    for (change, one, several) in [
        (Change::Added, "tag appears", "tags appear"),
        (Change::Removed, "tag vanishes", "tags vanish"),
        (Change::Strengthened, "becomes present", "become present"),
        (Change::Weakened, "becomes indirect", "become indirect"),
        (
            Change::NotComparable,
            "is assessed only before or only now",
            "are assessed only before or only now",
        ),
        (Change::Same, "keeps its value on other passages", "keep their value on other passages"),
    ] {
        match touched(change) {
            0 => {}
            1 => said.push(format!("1 {one}")),
            count => said.push(format!("{count} {several}")),
        }
    }
    if report.changes.is_empty() {
        said.push("no tag and no passage changes".to_owned());
    }
    said.join(" · ")
}

/// Over how many cells the figures before and now are.
fn cells(figures: &ImpactFigures<'_>) -> (String, String) {
    let rows = figures.rows();
    let n = |score: Option<&Score>| score.map_or_else(String::new, |score| score.n.to_string());
    (n(rows.first().map(|row| row.2)), n(rows.first().map(|row| row.3)))
}

/// Writes the impact as JSON, format 1.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_impact_json(report: &ImpactReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    #[derive(Serialize)]
    struct Whole<'a> {
        format: u32,
        kind: &'static str,
        before: &'a Side,
        now: &'a Side,
        counts: &'a std::collections::BTreeMap<Change, usize>,
        cells: &'a [ChangedCell<'a>],
        left_out: &'a [String],
        #[serde(skip_serializing_if = "Option::is_none")]
        figures: Option<Figures<'a>>,
    }
    #[derive(Serialize)]
    struct Figures<'a> {
        against: &'a Side,
        agreements: usize,
        development: usize,
        before: &'a [Score],
        now: &'a [Score],
    }
    let comparison = report.comparison;
    let whole = Whole {
        format: 1,
        kind: "impact",
        before: &comparison.left,
        now: &comparison.right,
        counts: &comparison.counts,
        cells: report.changes,
        left_out: &comparison.left_out,
        figures: report.figures.map(|figures| Figures {
            against: figures.against,
            agreements: figures.agreements,
            development: figures.development,
            before: &figures.before.scores,
            now: &figures.now.scores,
        }),
    };
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

/// Writes the impact in Markdown, for a pull request.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_impact_markdown(report: &ImpactReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let text = markdown::escape;
    let comparison = report.comparison;
    writeln!(out, "# What the change to the rules does\n")?;
    for (label, side) in [("before", &comparison.left), ("now", &comparison.right)] {
        writeln!(out, "- {label}: {} ({})", text(&side.name), text(&facts::side(side)))?;
    }
    writeln!(out, "\n**{}**", text(&summary(report)))?;
    if let Some(figures) = report.figures {
        writeln!(out, "\n## {}\n", text(&figures.title()))?;
        let (before, now) = cells(figures);
        writeln!(out, "| | before | now | change |\n|---|---|---|---|")?;
        writeln!(out, "| cells | {before} | {now} | |")?;
        for (name, reading, before, now) in figures.rows() {
            writeln!(
                out,
                "| {}, {} | {} | {} | {} |",
                figures::name(name),
                figures::reading(reading),
                figure(before),
                figure(now),
                moved(before, now)
            )?;
        }
    }
    if report.changes.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n## Cells\n")?;
    let against = report.figures.is_some();
    let head = if against { " people say |" } else { "" };
    writeln!(out, "| agreement | element | before → now |{head} passages |")?;
    writeln!(out, "|---|---|---|---|{}", if against { "---|" } else { "" })?;
    for cell in report.changes {
        let passages = signed(cell).map(|(sign, passage)| {
            let found = text(&words(passage));
            format!("{sign} {found} {}", text(&rules(passage)))
        });
        let people =
            if against { format!(" {} |", cell.against.unwrap_or("–")) } else { String::new() };
        writeln!(
            out,
            "| {} | {} {} | {} |{people} {} |",
            text(cell.agreement.as_str()),
            text(cell.element.as_str()),
            text(cell.name),
            values(cell),
            passages.collect::<Vec<_>>().join("<br>")
        )?;
    }
    Ok(())
}

/// Writes the impact for a terminal.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_impact_table(
    report: &ImpactReport<'_>,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut page = Page { report, screen: Screen::new(style, out) };
    page.opening()?;
    let mut last = None;
    for cell in report.changes {
        if last != Some(cell.agreement) {
            page.screen.blank()?;
            page.screen.heading(cell.agreement.as_str(), "")?;
            last = Some(cell.agreement);
        }
        page.cell(cell)?;
    }
    page.figures()?;
    page.closing()
}

struct Page<'a> {
    report: &'a ImpactReport<'a>,
    screen: Screen<'a>,
}

impl Page<'_> {
    fn opening(&mut self) -> io::Result<()> {
        let comparison = self.report.comparison;
        for (label, side) in [("before", &comparison.left), ("now", &comparison.right)] {
            let name =
                self.screen.paint.with(Ink::Bold, &cut(&clean(&side.name), self.screen.width - 8));
            self.screen.raw(&format!("{}{name}", pad(label, 8)))?;
            self.screen.wrapped(Ink::Dim, 8, &facts::side(side))?;
        }
        self.screen.blank()?;
        self.screen.wrapped(Ink::Bold, 0, &summary(self.report))
    }

    fn cell(&mut self, cell: &ChangedCell<'_>) -> io::Result<()> {
        let people = cell.against.map(|value| format!(" · people: {value}")).unwrap_or_default();
        let values = format!("{}{people}", values(cell));
        let (ink, mark) = match cell.change {
            Change::Added | Change::Strengthened => (Ink::Present, "+"),
            Change::Removed | Change::Weakened => (Ink::Alarm, "−"),
            Change::Same | Change::NotComparable => (Ink::Dim, "="),
        };
        self.screen.entry(ink, mark, &format!("{} {}", cell.element, cell.name), &values)?;
        for (sign, passage) in signed(cell) {
            let words = (passage.citation.as_str(), passage.quote.as_str());
            self.screen.passage(sign, (4, 2), words, QUOTE_LINES)?;
            self.screen.wrapped(Ink::Dim, 6, &rules(passage))?;
        }
        Ok(())
    }

    fn figures(&mut self) -> io::Result<()> {
        let Some(figures) = self.report.figures else { return Ok(()) };
        self.screen.blank()?;
        self.screen.wrapped(Ink::Bold, 0, &figures.title())?;
        let line = |cells: [&str; 4]| {
            let [label, before, now, change] = cells;
            let row = format!("{}{}{}{change}", pad(label, 27), pad(before, 22), pad(now, 22));
            row.trim_end().to_owned()
        };
        self.screen.line(Ink::Bold, &line(["", "before", "now", "change"]))?;
        let (before, now) = cells(figures);
        self.screen.raw(&line(["cells", &before, &now, ""]))?;
        for (name, reading, before, now) in figures.rows() {
            let label = format!("{}, {}", figures::name(name), figures::reading(reading));
            let (change, before, now) = (moved(before, now), figure(before), figure(now));
            self.screen.raw(&line([&label, &before, &now, &change]))?;
        }
        let said = "In brackets 95 % intervals. “Too few”: fewer than 10 cells positive, or negative, on \
                    a side.";
        self.screen.wrapped(Ink::Dim, 0, said)
    }

    fn closing(&mut self) -> io::Result<()> {
        for said in &self.report.comparison.left_out {
            self.screen.wrapped(Ink::Dim, 0, &format!("left out: {said}"))?;
        }
        Ok(())
    }
}

/// `absent → present`, or the one value.
fn values(cell: &ChangedCell<'_>) -> String {
    if cell.before == cell.now {
        cell.now.to_owned()
    } else {
        format!("{} → {}", cell.before, cell.now)
    }
}

/// The passages that vanish, then those that appear, each with its sign.
fn signed<'c>(cell: &'c ChangedCell<'c>) -> impl Iterator<Item = (&'static str, &'c CodedPassage)> {
    let vanished = cell.vanished.iter().map(|passage| ("−", *passage));
    vanished.chain(cell.appeared.iter().map(|passage| ("+", *passage)))
}

fn words(passage: &CodedPassage) -> String {
    clean(&format!("{} · {}", passage.citation, passage.quote))
}

fn rules(passage: &CodedPassage) -> String {
    let rules: Vec<&str> = passage.rules.iter().map(RuleId::as_str).collect();
    if rules.is_empty() { String::new() } else { format!("({})", rules.join(", ")) }
}
