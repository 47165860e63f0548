//! The comparison as one page: it asks for nothing from anywhere, reads on a
//! light and on a dark ground, and prints. Both sides' quotes stand side by
//! side, with the words marked that only one has.
//!
//! Everything that comes from a document or a side is escaped.

use crate::markup::escape;
use crate::model::{Change, Coded, CodedPassage, ComparedCase, ComparedCell, Presence};
use crate::report::diff::csv::passages;
use crate::report::diff::words::{self, Piece};
use crate::report::diff::{DiffReport, facts, figures_html};
use crate::report::html::{class, write_head};
use std::io;

const CSS: &str = include_str!("diff.css");

/// The page.
pub(super) fn write(report: &DiffReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let comparison = report.comparison;
    let title = format!("{} and {}", comparison.left.name, comparison.right.name);
    write_head(&format!("Comparison: {}", escape(&title)), CSS, out)?;
    write_header(report, out)?;
    write_summary(report, out)?;
    figures_html::write(report, out)?;
    for (place, case) in comparison.cases.iter().enumerate() {
        write_case(report, place, case, out)?;
    }
    write_closing(report, out)?;
    writeln!(out, "</body>\n</html>")
}

fn write_header(report: &DiffReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let comparison = report.comparison;
    writeln!(out, "<header>\n<h1>Two codings, cell by cell</h1>\n<dl class=\"sides\">")?;
    for (label, side) in [("left", &comparison.left), ("right", &comparison.right)] {
        let (name, facts) = (escape(&side.name), escape(&facts::side(side)));
        writeln!(
            out,
            "<div class=\"{label}\"><dt>{label}</dt><dd><strong>{name}</strong><br>\
             <small>{facts}</small></dd></div>"
        )?;
    }
    let summary = escape(&facts::summary(report));
    writeln!(out, "</dl>\n<p class=\"counts\"><strong>{summary}</strong></p>")?;
    if let Some(said) = facts::evidence_said(report) {
        writeln!(out, "<p class=\"facts\">{said}</p>")?;
    }
    if let Some(said) = facts::development(report) {
        let seen = comparison.cases.iter().any(|case| case.development);
        let class = if seen { "unconfirmed" } else { "facts" };
        writeln!(out, "<p class=\"{class}\">{}</p>", escape(&said))?;
    }
    writeln!(out, "</header>")
}

/// A row for each agreement: how many cells differ, and a mark per cell.
fn write_summary(report: &DiffReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(
        out,
        "<nav>\n<table class=\"summary\">\n<thead><tr><th scope=\"col\">Agreement</th>\
         <th scope=\"col\" class=\"changes\">Cells</th><th scope=\"col\" class=\"number\">compared</th>\
         <th scope=\"col\" class=\"number\">differ</th>\
         <th scope=\"col\" class=\"number\">same passage</th></tr></thead>\n<tbody>"
    )?;
    let comparison = report.comparison;
    for (place, case) in comparison.cases.iter().enumerate() {
        let cells = || comparison.cells_of(place).iter();
        let marks: Vec<String> = cells().map(|cell| mark(report, cell)).collect();
        let evidence = facts::evidence(cells())
            .map_or_else(|| "–".to_owned(), |(agree, told)| format!("{agree} of {told}"));
        let none = if case.differ == 0 { " none" } else { "" };
        let seen =
            if case.development { " <span class=\"chip unsure\">development</span>" } else { "" };
        writeln!(
            out,
            "<tr><th scope=\"row\"><a href=\"#c{place}\">{}</a>{seen}</th>\
             <td class=\"strip changes\"><span>{}</span></td><td class=\"number\">{}</td>\
             <td class=\"number{none}\">{}</td><td class=\"number\">{evidence}</td></tr>",
            escape(&facts::case_name(case)),
            marks.concat(),
            case.compared,
            case.differ,
        )?;
    }
    writeln!(out, "</tbody>\n</table>\n</nav>")?;
    let legend: Vec<String> = Change::ALL
        .into_iter()
        .map(|change| {
            let name = change.as_str().replace('-', " ");
            format!("<span><i class=\"mark {}\"></i>{name}</span>", change.as_str())
        })
        .collect();
    writeln!(out, "<p class=\"legend\">{} <span>from left to right</span></p>", legend.concat())
}

fn mark(report: &DiffReport<'_>, cell: &ComparedCell) -> String {
    let pair = &report.comparison.elements[cell.pair];
    let (from, to) = facts::values(cell);
    format!(
        "<a class=\"mark {}\" href=\"#{}\" title=\"{} {}: {from} → {to}\"></a>",
        cell.change.as_str(),
        anchor(cell),
        escape(cell.element.as_str()),
        escape(&pair.name),
    )
}

fn anchor(cell: &ComparedCell) -> String {
    format!("c{}-{}", cell.case, escape(cell.element.as_str()).replace(char::is_whitespace, "-"))
}

fn write_case(
    report: &DiffReport<'_>,
    place: usize,
    case: &ComparedCase,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let all = report.comparison.cells_of(place).iter();
    let shown: Vec<&ComparedCell> = all.filter(|cell| report.shown.has(cell)).collect();
    let seen =
        if case.development { " <span class=\"chip unsure\">development text</span>" } else { "" };
    let (name, differ, compared) = (escape(&facts::case_name(case)), case.differ, case.compared);
    writeln!(out, "<section class=\"document\" id=\"c{place}\">\n<h2>{name}{seen}</h2>")?;
    let mut said = vec![format!("{differ} of {compared} cells differ")];
    said.extend(facts::texts(case));
    writeln!(out, "<p class=\"facts\">{}</p>", escape(&said.join(" · ")))?;
    let (differing, others): (Vec<&ComparedCell>, Vec<&ComparedCell>) =
        shown.into_iter().partition(|cell| cell.change.differs());
    for cell in differing {
        write_cell(report, cell, out)?;
    }
    let (worded, bare): (Vec<&ComparedCell>, Vec<&ComparedCell>) =
        others.into_iter().partition(|cell| passages(cell) != (None, None));
    if !worded.is_empty() || !bare.is_empty() {
        let other = worded.iter().filter(|cell| facts::other_evidence(cell)).count();
        let other = if other > 0 { format!(", {other} on other passages") } else { String::new() };
        let count = worded.len() + bare.len();
        writeln!(out, "<details><summary>{count} cells that do not differ{other}</summary>")?;
        for cell in worded {
            write_cell(report, cell, out)?;
        }
        write_bare(report, &bare, out)?;
        writeln!(out, "</details>")?;
    }
    writeln!(out, "</section>")
}

/// Cells without words, in one line.
fn write_bare(
    report: &DiffReport<'_>,
    cells: &[&ComparedCell],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    if cells.is_empty() {
        return Ok(());
    }
    let said = cells.iter().map(|cell| {
        let (from, to) = facts::values(cell);
        let value = if from == to { from.to_owned() } else { format!("{from} → {to}") };
        let name = escape(&report.comparison.elements[cell.pair].name);
        let (anchor, code) = (anchor(cell), escape(cell.element.as_str()));
        format!("<span id=\"{anchor}\">{code} {name}: {value}</span>")
    });
    writeln!(out, "<p class=\"bare\">{}</p>", said.collect::<Vec<_>>().join(" · "))
}

fn write_cell(
    report: &DiffReport<'_>,
    cell: &ComparedCell,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let pair = &report.comparison.elements[cell.pair];
    let right = cell.right_element.as_ref().map(|code| format!(" / {}", escape(code.as_str())));
    let evidence = facts::evidence_of(cell)
        .map(|said| format!("<small class=\"evidence\">{}</small>", escape(&said)))
        .unwrap_or_default();
    writeln!(
        out,
        "<article class=\"cell {change}\" id=\"{}\">\n<h3><span>{}{} {}</span> \
         <span class=\"change\">{}</span></h3>{evidence}",
        anchor(cell),
        escape(cell.element.as_str()),
        right.unwrap_or_default(),
        escape(&pair.name),
        cell.change.as_str().replace('-', " "),
        change = cell.change.as_str(),
    )?;
    let (left, right) = passages(cell);
    let marked = match (left, right) {
        (Some(left), Some(right)) if !left.quote.is_empty() && !right.quote.is_empty() => {
            let (left, right) = words::compare(&left.quote, &right.quote);
            (pieces(&left, "del"), pieces(&right, "ins"))
        }
        _ => (plain(left), plain(right)),
    };
    writeln!(out, "<div class=\"pair\">")?;
    write_side("left", cell.left.as_ref(), left, &marked.0, out)?;
    write_side("right", cell.right.as_ref(), right, &marked.1, out)?;
    writeln!(out, "</div>\n</article>")
}

fn plain(passage: Option<&CodedPassage>) -> String {
    passage.map_or_else(String::new, |passage| escape(&passage.quote))
}

fn pieces(pieces: &[Piece<'_>], tag: &str) -> String {
    let mark = |piece: &Piece<'_>| {
        let text = escape(piece.text);
        if piece.shared { text } else { format!("<{tag}>{text}</{tag}>") }
    };
    pieces.iter().map(mark).collect::<Vec<_>>().concat()
}

fn write_side(
    side: &str,
    coded: Option<&Coded>,
    passage: Option<&CodedPassage>,
    quote: &str,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let value = class(coded.map_or(Presence::NotAssessed, |coded| coded.status));
    write!(
        out,
        "<div class=\"side\"><p class=\"where\"><span class=\"label\">{side}</span> \
         <span class=\"chip {value}\">{}</span>",
        facts::value(coded)
    )?;
    if let Some(passage) = passage.filter(|passage| !passage.citation.is_empty()) {
        write!(out, " <span class=\"citation\">{}</span>", escape(&passage.citation))?;
    }
    writeln!(out, "</p>")?;
    if !quote.is_empty() {
        writeln!(out, "<blockquote class=\"{value}\" dir=\"auto\">{quote}</blockquote>")?;
    }
    if let Some(rules) = facts::rules_of(passage) {
        writeln!(out, "<small class=\"found\">{}</small>", escape(&rules))?;
    }
    let Some(coded) = coded else { return writeln!(out, "</div>") };
    let others: Vec<&CodedPassage> =
        coded.evidence.iter().filter(|other| Some(*other) != passage).collect();
    if !others.is_empty() {
        let count = crate::report::counted(others.len(), "more passage");
        writeln!(out, "<details class=\"more\"><summary>{count}</summary>")?;
        for other in others {
            let (citation, quote) = (escape(&other.citation), escape(&other.quote));
            writeln!(
                out,
                "<p class=\"where\"><span class=\"citation\">{citation}</span></p>\
                 <blockquote dir=\"auto\">{quote}</blockquote>"
            )?;
        }
        writeln!(out, "</details>")?;
    }
    for note in &coded.notes {
        writeln!(out, "<p class=\"note\">{}</p>", escape(note))?;
    }
    writeln!(out, "</div>")
}

fn write_closing(report: &DiffReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let comparison = report.comparison;
    writeln!(out, "<section class=\"closing\">\n<h2>What this rests on</h2>")?;
    for side in [&comparison.left, &comparison.right] {
        if let Some(rules) = &side.rules {
            let (name, digest) = (escape(&side.name), escape(rules.as_str()));
            writeln!(out, "<p>{name}: rules <code class=\"digest\">{digest}</code></p>")?;
        }
    }
    for pair in &comparison.elements {
        if let Some(reason) = &pair.reason {
            let (left, right) = (escape(pair.left.as_str()), escape(pair.right.as_str()));
            writeln!(out, "<p>{left} / {right}: {}</p>", escape(reason))?;
        }
    }
    if comparison.left_out.is_empty() {
        return writeln!(out, "<p>Nothing was left out.</p>\n</section>");
    }
    writeln!(out, "<p>Left out:</p>\n<ul>")?;
    for said in &comparison.left_out {
        writeln!(out, "<li>{}</li>", escape(said))?;
    }
    writeln!(out, "</ul>\n</section>")
}
