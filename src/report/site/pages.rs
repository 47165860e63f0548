//! The pages on all agreements together.

use crate::mapping::{Frequency, MappedAgreement};
use crate::report::site::chart::{arcs, bars, differences};
use crate::report::site::html::{Place, escape};
use crate::report::site::{Report, SiteFile, all_tables, file, highlights};
use crate::report::tables;
use std::fmt::Write as _;

/// What stands out, and where to look further.
pub(super) fn overview(report: &Report<'_>, place: &Place<'_>) -> String {
    let mapping = report.mapping;
    let years: Vec<u16> = mapping.agreements.iter().filter_map(MappedAgreement::year).collect();
    let span = match (years.iter().min(), years.iter().max()) {
        (Some(first), Some(last)) => format!(" of {first} to {last}"),
        _ => String::new(),
    };
    let mut body = format!(
        "<p class=\"lead\">{} agreements{span}, {} norm elements of {}.</p>\n",
        mapping.agreements.len(),
        mapping.taxonomy.elements.len(),
        escape(&mapping.taxonomy.name)
    );
    for part in highlights(report) {
        let sentences = part.sentences.iter().map(|it| format!("<li>{}</li>\n", escape(it)));
        let _ = write!(
            body,
            "<h2>{}</h2>\n<ul>\n{}</ul>\n",
            part.heading,
            sentences.collect::<String>()
        );
    }
    body.push_str("<h2>The agreements</h2>\n");
    body.push_str(&place.table(&tables::agreements_table(mapping)));
    body
}

/// The most frequent first.
fn ranked(all: &[Frequency]) -> Vec<&Frequency> {
    let mut ranked: Vec<&Frequency> = all.iter().collect();
    ranked.sort_by(|a, b| b.present.share.total_cmp(&a.present.share));
    ranked
}

/// How frequent elements and categories are.
pub(super) fn frequency(report: &Report<'_>, place: &Place<'_>) -> String {
    let mut body = String::from("<h2>Elements</h2>\n");
    body.push_str(&bars(&ranked(report.elements), "element").0);
    body.push_str(&place.table(&tables::frequency_table(report.elements)));
    if !report.categories.is_empty() {
        body.push_str("<h2>Categories</h2>\n");
        body.push_str(&bars(&ranked(report.categories), "category").0);
        body.push_str(&place.table(&tables::categories_table(report.categories)));
    }
    body
}

/// What rises and what declines.
pub(super) fn trend(report: &Report<'_>, place: &Place<'_>) -> String {
    let Some(trends) = report.trends else {
        return "<p>There are too few years for a trend.</p>\n".to_owned();
    };
    let mut body = differences(trends).0;
    body.push_str(&place.table(&tables::trend_table(trends)));
    body
}

/// Which agreements use the same words, and which have the same elements.
pub(super) fn wording(report: &Report<'_>, place: &Place<'_>) -> String {
    let mut body = String::from("<h2>The same words</h2>\n");
    if report.shared.is_empty() {
        body.push_str("<p>No two agreements share eight words in what was quoted of them.</p>\n");
    } else {
        let ids: Vec<&str> = report.mapping.agreements.iter().map(|one| one.id.as_str()).collect();
        body.push_str(&arcs(&ids, report.shared).0);
        body.push_str(&place.table(&tables::wording_table(report.shared)));
        body.push_str(&runs(report, place));
    }
    body.push_str("<h2>The same elements</h2>\n");
    body.push_str(&place.table(&tables::neighbours_table(report.similarity)));
    body
}

/// Every run, folded up under its pair.
fn runs(report: &Report<'_>, place: &Place<'_>) -> String {
    let mut body = String::from("<h3>Run by run</h3>\n");
    for one in report.shared {
        let _ = writeln!(
            body,
            "<details><summary>{} → {}: {} words</summary>\n<ol>",
            escape(one.earlier.as_str()),
            escape(one.later.as_str()),
            one.words
        );
        for run in &one.runs {
            let (from, to) = (run.earlier_element.as_str(), run.later_element.as_str());
            let _ = writeln!(
                body,
                "<li><q>{}</q> <small>{} words; quoted for {} and for {}</small></li>",
                escape(&run.text),
                run.length,
                linked(report, place, from),
                linked(report, place, to)
            );
        }
        body.push_str("</ol></details>\n");
    }
    body
}

/// A code as a link, where the taxonomy has it.
fn linked(report: &Report<'_>, place: &Place<'_>, code: &str) -> String {
    let known = report.mapping.taxonomy.elements.iter().any(|one| one.code.as_str() == code);
    if known { place.element(code, code) } else { escape(code) }
}

/// The tables as files.
pub(super) fn data(report: &Report<'_>) -> String {
    let rows = all_tables(report).into_iter().map(|table| {
        let name = table.name;
        format!(
            "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td>\
             <td><a href=\"data/{name}.csv\">CSV</a></td>\
             <td><a href=\"data/{name}.json\">JSON</a></td><td>{}</td></tr>\n",
            escape(&table.title),
            table.rows.len(),
            escape(&table.note)
        )
    });
    let charts = chart_files(report).into_iter().map(|chart| {
        let path = escape(&chart.path);
        format!("<li><a href=\"{path}\">{path}</a></li>\n")
    });
    format!(
        "<div class=\"wide\"><table>\n<caption>Every table of this report</caption>\n<thead><tr>\
         <th scope=\"col\">Table</th><th scope=\"col\" class=\"number\">Rows</th>\
         <th scope=\"col\" colspan=\"2\">Files</th><th scope=\"col\">Note</th></tr></thead>\n<tbody>\n\
         {}</tbody>\n</table></div>\n<h2>Charts</h2>\n<ul>\n{}</ul>\n",
        rows.collect::<String>(),
        charts.collect::<String>()
    )
}

/// The charts as files of their own, for a slide or a paper.
pub(super) fn chart_files(report: &Report<'_>) -> Vec<SiteFile> {
    let mut files = vec![file("charts/frequency.svg", bars(&ranked(report.elements), "element").1)];
    if !report.categories.is_empty() {
        let chart = bars(&ranked(report.categories), "category").1;
        files.push(file("charts/categories.svg", chart));
    }
    if let Some(trends) = report.trends {
        files.push(file("charts/trend.svg", differences(trends).1));
    }
    if !report.shared.is_empty() {
        let ids: Vec<&str> = report.mapping.agreements.iter().map(|one| one.id.as_str()).collect();
        files.push(file("charts/shared-wording.svg", arcs(&ids, report.shared).1));
    }
    files
}
