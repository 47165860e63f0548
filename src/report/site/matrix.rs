//! Agreements × elements: every cell leads to its quotes.

use crate::mapping::{MappedAgreement, MappedCell};
use crate::model::{Agreement, Element, Presence, Tag};
use crate::report::site::Report;
use crate::report::site::html::{Place, escape};
use crate::report::tables::word;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// The page.
pub(super) fn page(report: &Report<'_>, place: &Place<'_>) -> String {
    let taxonomy = &report.mapping.taxonomy;
    let mut body = filters(report);
    let _ = write!(
        body,
        "<p class=\"note\"><span class=\"present\">●</span> present, \
         <span class=\"indirect\">◐</span> indirect, <span class=\"absent\">·</span> absent, \
         ? unrecorded. A cell leads to its quotes. <span class=\"data\">Data: \
         <a href=\"data/matrix.csv\">CSV</a>, <a href=\"data/matrix.json\">JSON</a></span></p>\n\
         <div class=\"wide\"><table class=\"matrix\" id=\"matrix\">\n\
         <caption>Agreements and norm elements</caption>\n<thead><tr>\
         <th scope=\"col\">Agreement</th><th scope=\"col\">Date</th>"
    );
    for element in &taxonomy.elements {
        let (code, name) = (element.code.as_str(), element.name.as_str());
        let _ = write!(
            body,
            "<th scope=\"col\" class=\"code\" title=\"{}\">{}</th>",
            escape(name),
            place.element(code, short(code))
        );
    }
    body.push_str("<th scope=\"col\" class=\"number\">Present</th></tr></thead>\n<tbody>\n");
    for one in &report.mapping.agreements {
        body.push_str(&row(report, one, place));
    }
    body.push_str("</tbody>\n</table></div>\n");
    let quotes = quotes(report).to_string().replace('<', "\\u003c");
    let _ = write!(
        body,
        "<dialog id=\"quotes\" aria-labelledby=\"quotes-title\"><form method=\"dialog\">\
         <button aria-label=\"Close\">×</button></form><h2 id=\"quotes-title\"></h2>\
         <div id=\"quotes-body\"></div></dialog>\n\
         <script type=\"application/json\" id=\"quotes-data\">{quotes}</script>\n"
    );
    body
}

/// A code that is a word is cut where it would be too wide for a column.
fn short(code: &str) -> &str {
    let end = code.char_indices().nth(12).map_or(code.len(), |(at, _)| at);
    &code[..end]
}

fn row(report: &Report<'_>, one: &MappedAgreement, place: &Place<'_>) -> String {
    let date = one.date().map_or_else(String::new, |date| date.to_string());
    let mut row = format!(
        "<tr {}><th scope=\"row\">{}</th><td>{date}</td>",
        attributes(report, one),
        place.agreement(one.id.as_str(), one.name())
    );
    for (element, cell) in report.mapping.taxonomy.elements.iter().zip(&one.cells) {
        row.push_str(&mark(one, element, cell));
    }
    let _ = writeln!(row, "<td class=\"number\">{}</td></tr>", one.count(Presence::Present));
    row
}

fn mark(one: &MappedAgreement, element: &Element, cell: &MappedCell) -> String {
    let value = word(cell.presence);
    let mark = match cell.presence {
        Presence::Present => "●",
        Presence::Indirect => "◐",
        Presence::Absent => "·",
        Presence::NotAssessed => "?",
    };
    let (id, code) = (escape(one.id.as_str()), escape(element.code.as_str()));
    let said = escape(&format!("{}, {}: {value}", one.name(), element.name));
    if cell.tags.iter().all(is_bare) {
        return format!("<td class=\"cell {value}\" aria-label=\"{said}\">{mark}</td>");
    }
    format!(
        "<td class=\"cell {value}\"><a href=\"agreements/{id}.html#e-{code}\" data-a=\"{id}\" \
         data-e=\"{code}\" aria-label=\"{said}\">{mark}</a></td>"
    )
}

fn is_bare(tag: &Tag) -> bool {
    tag.quote.is_empty() && tag.note.is_empty() && tag.citation.is_empty()
}

/// What the filters ask of a row.
fn attributes(report: &Report<'_>, one: &MappedAgreement) -> String {
    let known = one.agreement.as_ref();
    let lists = known.map_or(String::new(), |known| {
        known.lists.iter().map(|at| at.list.as_str()).collect::<Vec<_>>().join(" ")
    });
    let groups = known.map_or(String::new(), |known| known.stakeholder_groups.join(" "));
    let year = one.year().map_or_else(String::new, |year| year.to_string());
    let likeness = report.similarity.order.iter().position(|id| *id == one.id).unwrap_or(0);
    format!(
        "data-id=\"{}\" data-lists=\"{}\" data-groups=\"{}\" data-binding=\"{}\" \
         data-year=\"{year}\" data-likeness=\"{likeness}\" data-present=\"{}\"",
        escape(one.id.as_str()),
        escape(&lists),
        escape(&groups),
        known.map_or("", binding),
        one.count(Presence::Present)
    )
}

/// Whether it binds, in the words of the filter.
fn binding(agreement: &Agreement) -> &'static str {
    match agreement.binding {
        Some(crate::model::Binding::Binding) => "binding",
        Some(crate::model::Binding::BindingOnceRatified) => "binding-once-ratified",
        Some(crate::model::Binding::Normative) => "normative",
        None => "",
    }
}

/// What a reader can choose; shown only where the script runs.
fn filters(report: &Report<'_>) -> String {
    let mut form = String::from("<form id=\"filters\" hidden>\n");
    let lists: Vec<(String, String)> = report
        .lists
        .iter()
        .filter(|list| {
            let all = report.mapping.agreements.iter().filter_map(|one| one.agreement.as_ref());
            all.flat_map(|one| &one.lists).any(|at| at.list == list.id)
        })
        .map(|list| (list.id.as_str().to_owned(), format!("{} ({})", list.name, list.year)))
        .collect();
    let groups = report.groups.iter().map(|group| (group.id.clone(), group.name.clone()));
    let binding = [
        ("binding", "binding"),
        ("binding-once-ratified", "binding once ratified"),
        ("normative", "normative"),
    ];
    let binding = binding.map(|(value, shown)| (value.to_owned(), shown.to_owned()));
    for (name, label, options) in [
        ("list", "List", lists),
        ("group", "Stakeholder group", groups.collect()),
        ("binding", "Binding nature", binding.into()),
    ] {
        let options = options.iter().map(|(value, shown)| {
            format!("<option value=\"{}\">{}</option>", escape(value), escape(shown))
        });
        let _ = writeln!(
            form,
            "<label>{label} <select name=\"{name}\"><option value=\"\">all</option>{}</select></label>",
            options.collect::<String>()
        );
    }
    form.push_str(
        "<label>From <input name=\"from\" type=\"number\" placeholder=\"year\"></label>\n\
         <label>To <input name=\"to\" type=\"number\" placeholder=\"year\"></label>\n\
         <label>Order <select name=\"order\"><option value=\"date\">by date</option>\
         <option value=\"present\">by number present</option>\
         <option value=\"likeness\">alike together</option>\
         <option value=\"name\">by name</option></select></label>\n\
         <output id=\"shown\"></output>\n</form>\n",
    );
    form
}

/// The quotes behind every cell, for the dialogue.
fn quotes(report: &Report<'_>) -> Value {
    let agreements = report.mapping.agreements.iter().map(|one| {
        let cells = report.mapping.taxonomy.elements.iter().zip(&one.cells);
        let cells =
            cells.filter(|(_, cell)| !cell.tags.iter().all(is_bare)).map(|(element, cell)| {
                let tags = cell.tags.iter().filter(|tag| !is_bare(tag)).map(|tag| {
                json!({"c": tag.citation, "q": tag.quote, "n": tag.note, "s": tag.source})
            });
                let title = format!("{} {}", element.code, element.name);
                let value =
                    json!({"t": title, "v": word(cell.presence), "r": tags.collect::<Vec<_>>()});
                (element.code.as_str().to_owned(), value)
            });
        let all = json!({"name": one.name(), "cells": cells.collect::<Map<_, _>>()});
        (one.id.as_str().to_owned(), all)
    });
    Value::Object(agreements.collect())
}
