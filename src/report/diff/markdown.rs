//! The comparison for a text editor or a wiki: figures, then what differs,
//! agreement by agreement, with both sides' words.

use crate::model::{CodedPassage, ComparedCase, ComparedCell};
use crate::reliability::{Name, Reading, Scope, Score};
use crate::report::diff::csv::passages;
use crate::report::diff::figures::{self, figure};
use crate::report::diff::{DiffReport, facts};
use crate::report::markdown::escape as text;
use std::io;

/// All of it.
pub(super) fn write(report: &DiffReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let comparison = report.comparison;
    let names = format!("{} and {}", comparison.left.name, comparison.right.name);
    writeln!(out, "# {}\n", text(&names))?;
    writeln!(out, "| | | |\n|---|---|---|")?;
    for (label, side) in [("left", &comparison.left), ("right", &comparison.right)] {
        writeln!(out, "| {label} | {} | {} |", text(&side.name), text(&facts::side(side)))?;
    }
    writeln!(out, "\n**{}**", text(&facts::summary(report)))?;
    if let Some(said) = facts::development(report) {
        writeln!(out, "\n**{}**", text(&said))?;
    }
    if let Some(said) = facts::evidence_said(report) {
        writeln!(out, "\n{said}")?;
    }
    write_figures(report, out)?;
    write_scopes(report, out)?;
    for (place, case) in comparison.cases.iter().enumerate() {
        write_case(report, place, case, out)?;
    }
    write_closing(report, out)
}

fn write_figures(report: &DiffReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let reliability = report.reliability;
    writeln!(out, "\n## {}\n", facts::figures_title(report))?;
    let heads = Reading::ALL.map(figures::reading).join(" | ");
    writeln!(out, "| all cells | {heads} |\n|---|---|---|---|")?;
    let ground = figures::ground(reliability, &Scope::Pooled);
    let of = |said: fn(&Score) -> String| {
        ground.map(|score| score.map_or_else(String::new, said)).join(" | ")
    };
    writeln!(out, "| cells | {} |", of(|score| score.n.to_string()))?;
    writeln!(out, "| positive, left / right | {} |", of(figures::positives))?;
    writeln!(out, "| base rate | {} |", of(|score| figures::share(score.base_rate)))?;
    for (name, scores) in figures::rows(reliability, &Scope::Pooled) {
        let cells = scores.map(|score| score.map_or_else(String::new, figure)).join(" | ");
        writeln!(out, "| {} | {} |", figures::name(name), cells.replace('*', "\\*"))?;
    }
    Ok(())
}

fn write_scopes(report: &DiffReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let reliability = report.reliability;
    let scopes = figures::scopes(report, |scope| *scope != Scope::Pooled);
    if scopes.is_empty() {
        return Ok(());
    }
    let measures = figures::of_a_scope(reliability);
    let heads: Vec<&str> = measures.iter().map(|name| figures::name(*name)).collect();
    writeln!(out, "\n| present v rest | n | base rate | {} |", heads.join(" | "))?;
    writeln!(out, "|---|---|---|{}", "---|".repeat(heads.len()))?;
    for scope in scopes {
        let of = |name| reliability.score(name, scope, Reading::Present);
        let ground = of(Name::Agreement);
        let cells: Vec<String> = measures
            .iter()
            .map(|name| of(*name).map_or_else(String::new, figure).replace('*', "\\*"))
            .collect();
        writeln!(
            out,
            "| {} | {} | {} | {} |",
            text(&facts::scope_name(report, scope)),
            ground.map_or(0, |score| score.n),
            figures::share(ground.and_then(|score| score.base_rate)),
            cells.join(" | ")
        )?;
    }
    Ok(())
}

fn write_case(
    report: &DiffReport<'_>,
    place: usize,
    case: &ComparedCase,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let all = report.comparison.cells_of(place).iter();
    let mut cells = all.filter(|cell| report.shown.has_in_a_listing(cell)).peekable();
    if cells.peek().is_none() {
        return Ok(());
    }
    let (name, differ, compared) = (facts::case_name(case), case.differ, case.compared);
    writeln!(out, "\n## {}\n\n{differ} of {compared} cells differ.", text(&name))?;
    let mut said = facts::texts(case);
    if case.development {
        said.push("development text".to_owned());
    }
    for line in said {
        writeln!(out, "{}", text(&line))?;
    }
    writeln!(out, "\n| element | change | left | right |\n|---|---|---|---|")?;
    cells.try_for_each(|cell| write_cell(report, cell, out))
}

fn write_cell(
    report: &DiffReport<'_>,
    cell: &ComparedCell,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let pair = &report.comparison.elements[cell.pair];
    let (from, to) = facts::values(cell);
    let (left, right) = passages(cell);
    let said = |value: &str, passage: Option<&CodedPassage>| match passage {
        Some(passage) if passage.quote.is_empty() => {
            format!("{value}<br>{}", text(&passage.citation))
        }
        Some(passage) => {
            let (citation, quote) = (text(&passage.citation), text(&passage.quote));
            format!("{value}<br>{citation}{}“{quote}”", if citation.is_empty() { "" } else { " " })
        }
        None => value.to_owned(),
    };
    let evidence = facts::evidence_of(cell).map(|said| format!("<br>{said}")).unwrap_or_default();
    writeln!(
        out,
        "| {} {} | {}{evidence} | {} | {} |",
        text(cell.element.as_str()),
        text(&pair.name),
        cell.change.as_str(),
        said(from, left),
        said(to, right),
    )
}

fn write_closing(report: &DiffReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "\n## How to read this\n\n{}", text(&facts::method(report)))?;
    if figures::some_marked(report.reliability) {
        writeln!(out, "\n\\* over too few cells: given because it was asked for.")?;
    }
    for said in facts::people(report) {
        writeln!(out, "\n**{}**", text(&said))?;
    }
    for pair in &report.comparison.elements {
        if let Some(reason) = &pair.reason {
            writeln!(out, "\n{} / {}: {}", pair.left, pair.right, text(reason))?;
        }
    }
    if let Some(said) = facts::all_texts(report) {
        writeln!(out, "\n{}", text(&said))?;
    }
    if report.comparison.left_out.is_empty() {
        return writeln!(out, "\nNothing was left out.");
    }
    writeln!(out, "\nLeft out:\n")?;
    report.comparison.left_out.iter().try_for_each(|said| writeln!(out, "- {}", text(said)))
}
