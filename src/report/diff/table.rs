//! The comparison for a terminal: what differs, with both sides' words, and
//! the figures. Quotes are wrapped and, when long, cut.

use crate::model::{Change, CodedPassage, ComparedCase, ComparedCell};
use crate::reliability::{Name, Reading, Scope};
use crate::report::Style;
use crate::report::diff::csv::passages;
use crate::report::diff::figures::{self, figure};
use crate::report::diff::{DiffReport, facts};
use crate::report::paint::{Ink, Paint, clean, cut, pad};
use std::io;
use unicode_width::UnicodeWidthStr;

/// Lines are no longer than can be read with ease, however wide the terminal.
const WIDEST: usize = 120;
/// Below this nothing can be laid out; the terminal has to wrap.
const NARROWEST: usize = 60;
/// Lines of one quote that are shown.
const QUOTE_LINES: usize = 4;
/// Where what belongs to a cell begins.
const INDENT: usize = 4;
/// Columns of `right` and the space after it.
const SIDE: usize = 7;

struct Page<'a> {
    report: &'a DiffReport<'a>,
    width: usize,
    paint: Paint,
    out: &'a mut dyn io::Write,
    quotes_cut: bool,
}

/// What differs, agreement by agreement; the figures; what they rest on.
pub(super) fn write(
    report: &DiffReport<'_>,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let width = style.width.clamp(NARROWEST, WIDEST);
    let mut page = Page { report, width, paint: Paint(style.color), out, quotes_cut: false };
    page.opening()?;
    for (place, case) in report.comparison.cases.iter().enumerate() {
        page.case(place, case)?;
    }
    page.figures()?;
    page.scopes()?;
    page.closing()
}

impl Page<'_> {
    fn line(&mut self, ink: Ink, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", self.paint.with(ink, text))
    }

    fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// `text` wrapped, every line set in from the left.
    fn wrapped(&mut self, ink: Ink, indent: usize, text: &str) -> io::Result<()> {
        for line in textwrap::wrap(&clean(text), self.width - indent) {
            let line = self.paint.with(ink, &line);
            writeln!(self.out, "{:indent$}{line}", "")?;
        }
        Ok(())
    }

    fn opening(&mut self) -> io::Result<()> {
        let comparison = self.report.comparison;
        for (label, side) in [("left", &comparison.left), ("right", &comparison.right)] {
            let name = self.paint.with(Ink::Bold, &cut(&clean(&side.name), self.width - SIDE));
            writeln!(self.out, "{}{name}", pad(label, SIDE))?;
            self.wrapped(Ink::Dim, SIDE, &facts::side(side))?;
        }
        self.blank()?;
        self.wrapped(Ink::Bold, 0, &facts::summary(self.report))?;
        if let Some((agree, told)) = facts::evidence(comparison.cells.iter()) {
            let said = format!(
                "Where both have the same value and quote or cite something, they rest on the same \
                 passage in {agree} of {told} cells."
            );
            self.wrapped(Ink::Dim, 0, &said)?;
        }
        if let Some(said) = facts::development(self.report) {
            let seen = comparison.cases.iter().any(|case| case.development);
            self.wrapped(if seen { Ink::Alarm } else { Ink::Dim }, 0, &said)?;
        }
        Ok(())
    }

    /// An agreement with the cells that are shown.
    fn case(&mut self, place: usize, case: &ComparedCase) -> io::Result<()> {
        let report = self.report;
        let all = report.comparison.cells.iter();
        let cells = all.filter(|cell| cell.case == place && report.shown.has_in_a_listing(cell));
        let cells: Vec<&ComparedCell> = cells.collect();
        if cells.is_empty() {
            return Ok(());
        }
        self.blank()?;
        let right = format!("{} of {} differ", case.differ, case.compared);
        let name = clean(&facts::case_name(case));
        let room = self.width.saturating_sub(right.width() + 3);
        let rule = "─".repeat(room.saturating_sub(name.width()));
        let (name, rule) = (
            self.paint.with(Ink::Bold, &cut(&name, room)),
            self.paint.with(Ink::Dim, &format!("{rule} {right}")),
        );
        writeln!(self.out, "{name} {rule}")?;
        let mut said = facts::texts(case);
        if case.development {
            said.push("development text".to_owned());
        }
        if !said.is_empty() {
            self.wrapped(Ink::Dim, 0, &said.join(" · "))?;
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
        let left = clean(&format!("{}{right} {}", cell.element, pair.name));
        let room = self.width.saturating_sub(values.width() + 3);
        let ink = ink(cell.change);
        let (mark, left, values) = (
            self.paint.with(ink, mark(cell.change)),
            self.paint.with(Ink::Bold, &pad(&cut(&left, room), room)),
            self.paint.with(ink, &values),
        );
        writeln!(self.out, "{mark} {left} {values}")?;
        let (left, right) = passages(cell);
        for (side, passage) in [("left", left), ("right", right)] {
            self.passage(side, passage)?;
            if let Some(rules) = facts::rules_of(passage) {
                self.wrapped(Ink::Dim, INDENT + SIDE, &rules)?;
            }
        }
        for (side, coded) in [("left", &cell.left), ("right", &cell.right)] {
            let coded = coded.as_ref().filter(|coded| coded.evidence.is_empty());
            if let Some(note) = coded.and_then(|coded| coded.notes.first()) {
                let note = cut(&clean(note), self.width * 2);
                self.wrapped(Ink::Dim, INDENT, &format!("{} note: {note}", pad(side, SIDE - 1)))?;
            }
        }
        if let Some(said) = facts::evidence_of(cell) {
            self.wrapped(Ink::Dim, INDENT, &said)?;
        }
        Ok(())
    }

    /// A side's passage: its place, then its words.
    fn passage(&mut self, side: &str, passage: Option<&CodedPassage>) -> io::Result<()> {
        let Some(passage) = passage else { return Ok(()) };
        let room = self.width - INDENT - SIDE;
        let citation = clean(&passage.citation);
        let quote = clean(&passage.quote);
        let text = match (citation.is_empty(), quote.is_empty()) {
            (true, _) => quote.clone(),
            (false, true) => citation.clone(),
            (false, false) => format!("{citation} · {quote}"),
        };
        let mut lines: Vec<String> =
            textwrap::wrap(&text, room).into_iter().map(std::borrow::Cow::into_owned).collect();
        if lines.len() > QUOTE_LINES {
            self.quotes_cut = true;
            lines.truncate(QUOTE_LINES);
            if let Some(last) = lines.last_mut() {
                *last = format!("{} …", cut(last, room - 2).trim_end_matches('…').trim_end());
            }
        }
        for (at, line) in lines.iter().enumerate() {
            let label = if at == 0 { side } else { "" };
            let label = self.paint.with(Ink::Dim, &pad(label, SIDE));
            let line = match line.strip_prefix(citation.as_str()) {
                Some(rest) if at == 0 && !citation.is_empty() => {
                    format!("{}{rest}", self.paint.with(Ink::Citation, &citation))
                }
                _ => line.clone(),
            };
            writeln!(self.out, "{:INDENT$}{label}{line}", "")?;
        }
        Ok(())
    }

    /// The pooled figures: a row each, a column for every reading.
    fn figures(&mut self) -> io::Result<()> {
        self.blank()?;
        self.heading(facts::figures_title(self.report), "all cells")?;
        let reliability = self.report.reliability;
        let scope = Scope::Pooled;
        let name = if self.width < 90 { 16 } else { 22 };
        let column = (self.width - name) / 3;
        let row = |label: &str, cells: [String; 3]| {
            let cells = cells.map(|cell| pad(&cell, column)).concat();
            format!("{}{}", pad(label, name), cells).trim_end().to_owned()
        };
        let ground = figures::ground(reliability, &scope);
        let of = |said: fn(&crate::reliability::Score) -> String| {
            ground.map(|score| score.map_or_else(String::new, said))
        };
        let head = row("", Reading::ALL.map(|reading| figures::reading(reading).to_owned()));
        self.line(Ink::Bold, &head)?;
        self.line(Ink::Dim, &row("cells", of(|score| score.n.to_string())))?;
        self.line(Ink::Dim, &row("positive, left/right", of(figures::positives)))?;
        self.line(Ink::Dim, &row("base rate", of(|score| figures::share(score.base_rate))))?;
        for (figure_name, scores) in figures::rows(reliability, &scope) {
            let cells = scores.map(|score| score.map_or_else(String::new, figure));
            writeln!(self.out, "{}", row(figures::name(figure_name), cells))?;
        }
        Ok(())
    }

    fn heading(&mut self, title: &str, right: &str) -> io::Result<()> {
        let rule = self.width.saturating_sub(title.width() + right.width() + 2);
        let (title, rule) = (
            self.paint.with(Ink::Bold, title),
            self.paint.with(Ink::Dim, &format!("{} {right}", "─".repeat(rule))),
        );
        writeln!(self.out, "{title} {rule}")
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
        self.blank()?;
        let title = format!("{}, present v rest", facts::figures_title(self.report));
        self.heading(&title, "by category and element")?;
        let measures = [Name::Agreement, Name::Kappa, Name::F1];
        let has = |name: &Name| reliability.scores.iter().any(|score| score.name == *name);
        let measures: Vec<Name> = measures.into_iter().filter(has).collect();
        let column = 22;
        let fixed = 12 + measures.len() * column;
        let name = self.width.saturating_sub(fixed).clamp(12, 40);
        let heads: Vec<String> =
            measures.iter().map(|name| pad(figures::name(*name), column)).collect();
        let head = format!("{}{:>4} {:>6} {}", pad("", name), "n", "base", heads.concat());
        self.line(Ink::Bold, head.trim_end())?;
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
        writeln!(self.out, "{}{}", self.paint.with(ink, label), rest.trim_end())
    }

    /// What the figures rest on, and what they leave out.
    fn closing(&mut self) -> io::Result<()> {
        self.blank()?;
        self.line(Ink::Dim, &"━".repeat(self.width))?;
        self.wrapped(Ink::Dim, 0, &facts::method(self.report))?;
        if figures::some_marked(self.report.reliability) {
            self.wrapped(Ink::Dim, 0, "* over too few cells: given because it was asked for.")?;
        }
        for said in facts::people(self.report) {
            self.wrapped(Ink::Bold, 0, &said)?;
        }
        for pair in &self.report.comparison.elements {
            if let Some(reason) = &pair.reason {
                let said = format!("{} / {}: {reason}", pair.left, pair.right);
                self.wrapped(Ink::Dim, 0, &said)?;
            }
        }
        let left_out = &self.report.comparison.left_out;
        if left_out.is_empty() {
            self.wrapped(Ink::Dim, 0, "Nothing was left out.")?;
        } else {
            self.wrapped(Ink::Bold, 0, "Left out:")?;
            for said in left_out {
                self.wrapped(Ink::Dim, 2, said)?;
            }
        }
        if self.quotes_cut {
            self.wrapped(
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
