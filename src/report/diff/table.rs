//! The comparison for a terminal: what differs, with both sides' words, and
//! the figures. Quotes are wrapped and, when long, cut.

use crate::model::{Change, ComparedCase, ComparedCell};
use crate::reliability::{Name, Reading, Scope};
use crate::report::Style;
use crate::report::diff::csv::passages;
use crate::report::diff::figures::{self, figure};
use crate::report::diff::{DiffReport, facts};
use crate::report::paint::{Ink, clean, cut, pad};
use crate::report::screen::Screen;
use std::io;

/// Lines of one quote that are shown.
const QUOTE_LINES: usize = 4;
/// Where what belongs to a cell begins.
const INDENT: usize = 4;
/// Columns of `right` and the space after it.
const SIDE: usize = 7;
/// Columns of a figure with its interval.
const FIGURE: usize = 21;

struct Page<'a> {
    report: &'a DiffReport<'a>,
    screen: Screen<'a>,
    quotes_cut: bool,
}

/// What differs, agreement by agreement; the figures; what they rest on.
pub(super) fn write(
    report: &DiffReport<'_>,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut page = Page { report, screen: Screen::new(style, out), quotes_cut: false };
    page.opening()?;
    for (place, case) in report.comparison.cases.iter().enumerate() {
        page.case(place, case)?;
    }
    page.figures()?;
    page.scopes()?;
    page.closing()
}

impl Page<'_> {
    fn opening(&mut self) -> io::Result<()> {
        let comparison = self.report.comparison;
        for (label, side) in [("left", &comparison.left), ("right", &comparison.right)] {
            let name = self
                .screen
                .paint
                .with(Ink::Bold, &cut(&clean(&side.name), self.screen.width - SIDE));
            self.screen.raw(&format!("{}{name}", pad(label, SIDE)))?;
            self.screen.wrapped(Ink::Dim, SIDE, &facts::side(side))?;
        }
        self.screen.blank()?;
        self.screen.wrapped(Ink::Bold, 0, &facts::summary(self.report))?;
        if let Some(said) = facts::evidence_said(self.report) {
            self.screen.wrapped(Ink::Dim, 0, &said)?;
        }
        if let Some(said) = facts::development(self.report) {
            let seen = comparison.cases.iter().any(|case| case.development);
            self.screen.wrapped(if seen { Ink::Alarm } else { Ink::Dim }, 0, &said)?;
        }
        Ok(())
    }

    /// An agreement with the cells that are shown.
    fn case(&mut self, place: usize, case: &ComparedCase) -> io::Result<()> {
        let report = self.report;
        let all = report.comparison.cells_of(place).iter();
        let cells = all.filter(|cell| report.shown.has_in_a_listing(cell));
        let cells: Vec<&ComparedCell> = cells.collect();
        if cells.is_empty() {
            return Ok(());
        }
        self.screen.blank()?;
        let right = format!("{} of {} differ", case.differ, case.compared);
        self.screen.heading(&facts::case_name(case), &right)?;
        let mut said = facts::texts(case);
        if case.development {
            said.push("development text".to_owned());
        }
        if !said.is_empty() {
            self.screen.wrapped(Ink::Dim, 0, &said.join(" · "))?;
        }
        cells.into_iter().try_for_each(|cell| self.cell(cell))
    }

    /// `+ 2.6 Incident mitigation        absent → indirect`, and both sides'
    /// nearest words.
    fn cell(&mut self, cell: &ComparedCell) -> io::Result<()> {
        let pair = &self.report.comparison.elements[cell.pair];
        let (from, to) = facts::values(cell);
        let values = if from == to { from.to_owned() } else { format!("{from} → {to}") };
        let right = match &cell.right_element {
            Some(element) => format!(" / {element}"),
            None => String::new(),
        };
        let name = format!("{}{right} {}", cell.element, pair.name);
        self.screen.entry(ink(cell.change), mark(cell.change), &name, &values)?;
        let (left, right) = passages(cell);
        for (side, passage) in [("left", left), ("right", right)] {
            if let Some(passage) = passage {
                let words = (passage.citation.as_str(), passage.quote.as_str());
                let columns = (INDENT, SIDE);
                self.quotes_cut |= self.screen.passage(side, columns, words, QUOTE_LINES)?;
            }
            if let Some(rules) = facts::rules_of(passage) {
                self.screen.wrapped(Ink::Dim, INDENT + SIDE, &rules)?;
            }
        }
        for (side, coded) in [("left", &cell.left), ("right", &cell.right)] {
            let coded = coded.as_ref().filter(|coded| coded.evidence.is_empty());
            if let Some(note) = coded.and_then(|coded| coded.notes.first()) {
                let note = cut(&clean(note), self.screen.width * 2);
                self.screen.wrapped(
                    Ink::Dim,
                    INDENT,
                    &format!("{} note: {note}", pad(side, SIDE - 1)),
                )?;
            }
        }
        if let Some(said) = facts::evidence_of(cell) {
            self.screen.wrapped(Ink::Dim, INDENT, &said)?;
        }
        Ok(())
    }

    /// The pooled figures: a row each, a column for every reading.
    fn figures(&mut self) -> io::Result<()> {
        self.screen.blank()?;
        self.screen.heading(facts::figures_title(self.report), "all cells")?;
        let reliability = self.report.reliability;
        let scope = Scope::Pooled;
        let width = self.screen.width;
        let (name, positive) = match width {
            ..90 => (17, "positive, l/r"),
            _ => (22, "positive, left/right"),
        };
        let shown = ((width - name) / FIGURE).min(Reading::ALL.len());
        let column = (width - name) / shown;
        let row = |label: &str, cells: [String; 3]| {
            let cells: String = cells[..shown].iter().map(|cell| pad(cell, column)).collect();
            format!("{}{}", pad(label, name), cells).trim_end().to_owned()
        };
        let ground = figures::ground(reliability, &scope);
        let of = |said: fn(&crate::reliability::Score) -> String| {
            ground.map(|score| score.map_or_else(String::new, said))
        };
        let head = row("", Reading::ALL.map(|reading| figures::reading(reading).to_owned()));
        self.screen.line(Ink::Bold, &head)?;
        self.screen.line(Ink::Dim, &row("cells", of(|score| score.n.to_string())))?;
        self.screen.line(Ink::Dim, &row(positive, of(figures::positives)))?;
        self.screen
            .line(Ink::Dim, &row("base rate", of(|score| figures::share(score.base_rate))))?;
        for (figure_name, scores) in figures::rows(reliability, &scope) {
            let cells = scores.map(|score| score.map_or_else(String::new, figure));
            if cells[..shown].iter().any(|cell| !cell.is_empty()) {
                self.screen.raw(&row(figures::name(figure_name), cells))?;
            }
        }
        if shown < Reading::ALL.len() {
            let said = "A wider terminal, or another form, shows the reading of three values too.";
            self.screen.wrapped(Ink::Dim, 0, said)?;
        }
        Ok(())
    }

    /// A line for each category and each element, present against the rest.
    fn scopes(&mut self) -> io::Result<()> {
        let report = self.report;
        let reliability = report.reliability;
        let categories = figures::scopes(report, |scope| matches!(scope, Scope::Category(_)));
        let elements = figures::scopes(report, |scope| matches!(scope, Scope::Element(_)));
        if elements.len() < 2 {
            return Ok(());
        }
        self.screen.blank()?;
        let title = format!("{}, present v rest", facts::figures_title(self.report));
        self.screen.heading(&title, "by category and element")?;
        // A terminal has room for three.
        let mut measures = figures::of_a_scope(reliability);
        measures.retain(|name| !matches!(name, Name::Precision | Name::Recall));
        let column = FIGURE + 1;
        // The name of an element needs some room, and n and base rate theirs.
        measures.truncate((self.screen.width - 30) / column);
        let fixed = 12 + measures.len() * column;
        let name = self.screen.width.saturating_sub(fixed).clamp(12, 40);
        let heads: Vec<String> =
            measures.iter().map(|name| pad(figures::name(*name), column)).collect();
        let head = format!("{}{:>4} {:>6} {}", pad("", name), "n", "base", heads.concat());
        self.screen.line(Ink::Bold, head.trim_end())?;
        for scope in categories.into_iter().chain(elements) {
            self.scope(scope, &measures, name, column)?;
        }
        Ok(())
    }

    fn scope(
        &mut self,
        scope: &Scope,
        measures: &[Name],
        name: usize,
        column: usize,
    ) -> io::Result<()> {
        let report = self.report;
        let label = facts::scope_name(report, scope);
        let of = |name| report.reliability.score(name, scope, Reading::Present);
        let ground = of(Name::Agreement);
        let n = ground.map_or(0, |score| score.n);
        let base = figures::share(ground.and_then(|score| score.base_rate));
        let cells: Vec<String> = measures
            .iter()
            .map(|name| pad(&of(*name).map_or_else(String::new, figure), column))
            .collect();
        let label = pad(&cut(&clean(&label), name - 1), name);
        let line = format!("{label}{n:>4} {base:>6} {}", cells.concat());
        let ink = if matches!(scope, Scope::Category(_)) { Ink::Bold } else { Ink::Dim };
        let (label, rest) = line.split_at(label.len());
        let label = self.screen.paint.with(ink, label);
        self.screen.raw(&format!("{label}{rest}"))
    }

    /// What the figures rest on, and what they leave out.
    fn closing(&mut self) -> io::Result<()> {
        self.screen.blank()?;
        self.screen.line(Ink::Dim, &"━".repeat(self.screen.width))?;
        self.screen.wrapped(Ink::Dim, 0, &facts::method(self.report))?;
        if figures::some_marked(self.report.reliability) {
            self.screen.wrapped(
                Ink::Dim,
                0,
                "* over too few cells: given because it was asked for.",
            )?;
        }
        for said in facts::people(self.report) {
            self.screen.wrapped(Ink::Bold, 0, &said)?;
        }
        for pair in &self.report.comparison.elements {
            if let Some(reason) = &pair.reason {
                let said = format!("{} / {}: {reason}", pair.left, pair.right);
                self.screen.wrapped(Ink::Dim, 0, &said)?;
            }
        }
        if let Some(said) = facts::all_texts(self.report) {
            self.screen.wrapped(Ink::Dim, 0, &said)?;
        }
        let left_out = &self.report.comparison.left_out;
        if left_out.is_empty() {
            self.screen.wrapped(Ink::Dim, 0, "Nothing was left out.")?;
        } else {
            self.screen.wrapped(Ink::Bold, 0, "Left out:")?;
            for said in left_out {
                self.screen.wrapped(Ink::Dim, 2, said)?;
            }
        }
        if self.quotes_cut {
            self.screen.wrapped(
                Ink::Dim,
                0,
                "Quotes that end in … are cut; --format html has them whole.",
            )?;
        }
        Ok(())
    }
}

fn mark(change: Change) -> &'static str {
    match change {
        Change::Same => "=",
        Change::Added => "+",
        Change::Removed => "−",
        Change::Strengthened => "↑",
        Change::Weakened => "↓",
        Change::NotComparable => "?",
    }
}

fn ink(change: Change) -> Ink {
    match change {
        Change::Same | Change::NotComparable => Ink::Dim,
        Change::Added | Change::Strengthened => Ink::Present,
        Change::Removed => Ink::Alarm,
        Change::Weakened => Ink::Indirect,
    }
}
