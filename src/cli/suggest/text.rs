//! Suggestions for a terminal.

use super::Report;
use normtag::report::{counted, harmless};
use normtag::rules::quoted_pattern;
use normtag::suggest::{CellChange, Missed, Suggestion};
use std::io::{self, Write};

/// Characters shown of a passage.
const SHOWN: usize = 300;

/// Every suggestion with its figures, its edit and the cells that changes; then
/// the passages no rule found.
pub(super) fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (element, found) = (report.element, &report.found);
    let [own, others] = found.passages;
    writeln!(out, "{} {}", element.code, element.name)?;
    writeln!(
        out,
        "{} of {} against {} of other elements, in {}, from {}",
        counted(own, "passage"),
        element.code,
        others,
        report.language,
        report.from,
    )?;
    if found.suggestions.is_empty() {
        writeln!(out, "\nno word tells these passages from others that the rules do not know")?;
    }
    for (number, one) in found.suggestions.iter().enumerate() {
        suggestion(number + 1, one, report, out)?;
    }
    writeln!(out, "\nno rule holds in {} of {own}", found.missed.len())?;
    found.missed.iter().try_for_each(|missed| write_missed(missed, out))
}

fn suggestion(
    number: usize,
    one: &Suggestion,
    report: &Report<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let key = &one.key;
    let ([here, there], [size, other]) = (key.counts, key.sizes);
    writeln!(
        out,
        "\n{number} “{}” · {here} of {size} here, {there} of {other} elsewhere · G² {:.1} · log ratio \
         {:.1} · {}",
        harmless(&key.surface),
        key.log_likelihood,
        key.log_ratio,
        counted(key.groups.len(), "agreement"),
    )?;
    let written = quoted_pattern(&key.surface);
    let Some(concept) = &one.concept else {
        return writeln!(
            out,
            "  no edit: added to any one concept of these rules it mends nothing; a rule with a \
             concept of its own might:\n  [concepts] {} = [{}]",
            key.surface.replace(' ', "-"),
            harmless(&written),
        );
    };
    let path = report.vocabulary.as_deref().unwrap_or_default();
    writeln!(out, "  edit   {path}: {concept} = [ …, {} ]", harmless(&written))?;
    let [raised, beyond] = one.raised;
    writeln!(
        out,
        "  change {} of {} raised; {beyond} raised beyond what was coded",
        counted(raised, "passage"),
        report.element.code,
    )?;
    one.cells.iter().try_for_each(|cell| write_cell(cell, out))
}

fn write_cell(cell: &CellChange, out: &mut dyn Write) -> io::Result<()> {
    let coded = cell.coded.map_or("not coded", |coded| coded.as_str());
    let place = cell.source.as_deref().map(|source| format!(" in {source}")).unwrap_or_default();
    let mark = if cell.spoils() { "  ✗" } else { "" };
    writeln!(
        out,
        "  cell   {}{}: {} → {} (people: {coded}){mark}",
        harmless(&cell.agreement),
        harmless(&place),
        cell.before.as_str(),
        cell.after.as_str(),
    )
}

fn write_missed(missed: &Missed, out: &mut dyn Write) -> io::Result<()> {
    let mut words = missed.quote.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = words.char_indices().nth(SHOWN) {
        words.truncate(at);
        words.push('…');
    }
    writeln!(out, "\n  {} · “{}”", harmless(&missed.agreement), harmless(&words))?;
    match (&missed.nearest, &missed.failed) {
        (Some(rule), Some(failed)) => {
            writeln!(out, "    nearest {rule} · `{failed}` {}", missed.concepts.join(" or "))
        }
        _ => writeln!(out, "    no concept of these rules occurs"),
    }
}
