//! The figures of a comparison as tables of a page.

use crate::markup::escape;
use crate::reliability::{Name, Reading, Scope, Score};
use crate::report::diff::figures::{self, figure};
use crate::report::diff::{DiffReport, facts};
use std::io;

/// The pooled figures, then those by category, element and agreement.
pub(super) fn write(report: &DiffReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "<section class=\"figures\">\n<h2>{}</h2>", facts::figures_title(report))?;
    write_pooled(report, out)?;
    for said in facts::people(report) {
        writeln!(out, "<p class=\"people\">{}</p>", escape(&said))?;
    }
    writeln!(out, "<p class=\"facts\">{}</p>", escape(&facts::method(report)))?;
    if figures::some_marked(report.reliability) {
        writeln!(
            out,
            "<p class=\"facts\">* over too few cells: given because it was asked for.</p>"
        )?;
    }
    write_scopes(report, out)?;
    writeln!(out, "</section>")
}

fn write_pooled(report: &DiffReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let reliability = report.reliability;
    let heads = Reading::ALL.map(|reading| {
        format!("<th scope=\"col\" class=\"number\">{}</th>", figures::reading(reading))
    });
    writeln!(
        out,
        "<div class=\"wide\"><table class=\"scores\">\n<thead><tr><th scope=\"col\">all cells</th>{}\
         </tr></thead>\n<tbody>",
        heads.concat()
    )?;
    let ground = figures::ground(reliability, &Scope::Pooled);
    let mut row = |label: &str, cells: [String; 3]| {
        let cells = cells.map(|cell| format!("<td class=\"number\">{cell}</td>")).concat();
        writeln!(out, "<tr><th scope=\"row\">{label}</th>{cells}</tr>")
    };
    let of = |said: fn(&Score) -> String| ground.map(|score| score.map_or_else(String::new, said));
    row("cells", of(|score| score.n.to_string()))?;
    row("positive, left / right", of(figures::positives))?;
    row("base rate", of(|score| figures::share(score.base_rate)))?;
    for (name, scores) in figures::rows(reliability, &Scope::Pooled) {
        row(figures::name(name), scores.map(|score| score.map_or_else(String::new, set)))?;
    }
    writeln!(out, "</tbody>\n</table></div>")
}

/// A figure, its interval less loud.
fn set(score: &Score) -> String {
    let written = figure(score);
    match written.split_once(" [") {
        Some((value, interval)) => format!("{value} <small>[{interval}</small>"),
        None if score.value.is_none() => format!("<small>{written}</small>"),
        None => written,
    }
}

fn write_scopes(report: &DiffReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let reliability = report.reliability;
    let scopes = figures::scopes(report, |scope| *scope != Scope::Pooled);
    if scopes.is_empty() {
        return Ok(());
    }
    let measures = figures::of_a_scope(reliability);
    let head =
        |name: &Name| format!("<th scope=\"col\" class=\"number\">{}</th>", figures::name(*name));
    writeln!(
        out,
        "<details><summary>By category, element and agreement</summary>\n<div class=\"wide\">\
         <table class=\"scores\"><thead><tr><th scope=\"col\">present v rest</th>\
         <th scope=\"col\" class=\"number\">n</th><th scope=\"col\" class=\"number\">base rate</th>\
         {}</tr></thead>\n<tbody>",
        measures.iter().map(head).collect::<Vec<_>>().concat()
    )?;
    for scope in scopes {
        let of = |name| reliability.score(name, scope, Reading::Present);
        let ground = of(Name::Agreement);
        let cell = |name: &Name| {
            let figure = of(*name).map_or_else(String::new, set);
            format!("<td class=\"number\">{figure}</td>")
        };
        let class = if matches!(scope, Scope::Category(_)) { " class=\"category\"" } else { "" };
        writeln!(
            out,
            "<tr{class}><th scope=\"row\">{}</th><td class=\"number\">{}</td>\
             <td class=\"number\">{}</td>{}</tr>",
            escape(&facts::scope_name(report, scope)),
            ground.map_or(0, |score| score.n),
            figures::share(ground.and_then(|score| score.base_rate)),
            measures.iter().map(cell).collect::<Vec<_>>().concat()
        )?;
    }
    writeln!(out, "</tbody></table></div></details>")
}
