//! The coders' template as one page: it asks for nothing from anywhere, reads
//! on a light and on a dark ground, and prints.
//!
//! Everything that comes from a document or a rule is escaped.

use crate::markup::escape;
use crate::model::{
    DocumentProposals, Evidence, MediaType, Nearest, Outcome, Presence, Proposal, RECOGNISED,
    RuleId,
};
use crate::report::Sheet;
use crate::report::coded::{Coded, coded};
use crate::report::sheet::{self, Entry, Finding, Section};
use std::io;

/// The style of every page.
const CSS: &str = include_str!("html.css");

/// The page.
pub(crate) fn write(sheet: &Sheet<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let Sheet { proposals, taxonomy } = sheet;
    let all = coded(proposals);
    let names: Vec<&str> = all.iter().map(|coded| sheet::name(&coded.sheet)).collect();
    let title = match names.as_slice() {
        [name] => escape(name),
        names => sheet::counted(names.len(), "document"),
    };
    write_head(&format!("Norm elements: {title}"), "", out)?;
    write!(
        out,
        "<header>\n<h1>{}</h1>\n<p class=\"unconfirmed\"><strong>Proposed, not confirmed.</strong> \
         A program proposed what follows; a value stands once a person has confirmed it.</p>\n\
         <p class=\"rules\">Rules <code>{}</code> <code class=\"digest\">{}</code></p>\n</header>\n",
        escape(&taxonomy.name),
        escape(taxonomy.id.as_str()),
        escape(proposals.rules.digest.as_str()),
    )?;
    write_summary(sheet, &all, out)?;
    for (index, coded) in all.iter().enumerate() {
        write_document(sheet, index, coded, out)?;
    }
    writeln!(out, "</body>\n</html>")
}

/// Everything before the page's own words: `title` is escaped already, `css`
/// comes after the style of every page.
pub(crate) fn write_head(title: &str, css: &str, out: &mut dyn io::Write) -> io::Result<()> {
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <title>{title}</title>\n<style>\n{CSS}{css}</style>\n</head>\n<body>\n"
    )
}

/// A row for each document: how many of each value, and a mark per element.
fn write_summary(sheet: &Sheet<'_>, all: &[Coded<'_>], out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(
        out,
        "<nav>\n<table class=\"summary\">\n<thead><tr><th scope=\"col\">Document</th>\
         <th scope=\"col\">Elements</th><th scope=\"col\" class=\"number present\">present</th>\
         <th scope=\"col\" class=\"number indirect\">indirect</th>\
         <th scope=\"col\" class=\"number absent\">absent</th>\
         <th scope=\"col\" class=\"number unsure\">not assessed</th></tr></thead>\n<tbody>"
    )?;
    for (index, coded) in all.iter().enumerate() {
        let document = &coded.sheet;
        let name = escape(sheet::name(document));
        write!(out, "<tr><th scope=\"row\"><a href=\"#d{index}\">{name}</a></th>")?;
        if document.outcome == Outcome::Unread {
            let why = escape(&sheet::why_not_assessed(document));
            writeln!(out, "<td colspan=\"5\" class=\"alarm\">{why}</td></tr>")?;
            continue;
        }
        let sections = sheet::sections(sheet.taxonomy, document);
        let counts = sheet::counts(&sections);
        write!(out, "<td class=\"strip\">{}</td>", strip(index, &sections))?;
        for presence in
            [Presence::Present, Presence::Indirect, Presence::Absent, Presence::NotAssessed]
        {
            let count = counts.get(&presence).copied().unwrap_or(0);
            let none = if count == 0 { " none" } else { "" };
            write!(out, "<td class=\"number{none}\">{count}</td>")?;
        }
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table>\n</nav>")
}

fn strip(index: usize, sections: &[Section<'_>]) -> String {
    let mark = |entry: &Entry<'_>| {
        let presence = entry.finding.presence();
        format!(
            "<a class=\"mark {}\" href=\"#{}\" title=\"{}: {}\"></a>",
            class(presence),
            anchor(index, entry),
            escape(&entry.title()),
            said(presence),
        )
    };
    let group = |section: &Section<'_>| {
        let marks: Vec<String> = section.entries.iter().map(mark).collect();
        format!("<span>{}</span>", marks.concat())
    };
    sections.iter().map(group).collect::<Vec<String>>().concat()
}

fn write_document(
    sheet: &Sheet<'_>,
    index: usize,
    coded: &Coded<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let document = &coded.sheet;
    writeln!(out, "<section class=\"document\" id=\"d{index}\">")?;
    writeln!(out, "<h2>{}</h2>", escape(sheet::name(document)))?;
    for document in coded.documents() {
        let named = if coded.parts.is_empty() { None } else { Some(source(document)) };
        let facts = named.into_iter().chain([escape(&sheet::facts(document).join(" · "))]);
        writeln!(out, "<p class=\"facts\">{}</p>", facts.collect::<Vec<_>>().join(" · "))?;
    }
    if document.outcome == Outcome::Unread {
        writeln!(out, "<p class=\"source\">{}</p>", sources(coded))?;
        let why = escape(&sheet::why_not_assessed(document));
        return writeln!(out, "<p class=\"alarm\">{why}</p>\n</section>");
    }
    if !document.unread_parts.is_empty() {
        writeln!(out, "<ul class=\"alarm\">")?;
        for part in &document.unread_parts {
            writeln!(out, "<li>not read whole: {}</li>", escape(part))?;
        }
        writeln!(out, "</ul>")?;
    }
    write_overview(coded, out)?;
    write_norms(sheet, index, coded, out)?;
    writeln!(out, "</section>")
}

fn write_overview(coded: &Coded<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let name = coded.sheet.agreement.as_ref().map_or(String::new(), |id| escape(id.as_str()));
    let blank = "<td class=\"blank\"></td>";
    writeln!(
        out,
        "<h3>Agreement Overview</h3>\n<table class=\"overview\"><tbody>\n\
         <tr><th scope=\"row\">I. Name of Agreement</th><td colspan=\"3\">{name}</td></tr>\n\
         <tr><th scope=\"row\">II. Date it was signed/launched</th>{blank}\
         <th scope=\"row\">III. Link</th><td class=\"source\">{}</td></tr>\n\
         <tr><th scope=\"row\">IV. Stakeholder groups party to the agreement</th>{blank}\
         <th scope=\"row\">V. Total Signatories/supporters</th>{blank}</tr>\n\
         <tr><th scope=\"row\">VI. Organization responsible for ongoing management of agreement \
         (if any)</th><td class=\"blank\" colspan=\"3\"></td></tr>\n</tbody></table>",
        sources(coded),
    )
}

fn write_norms(
    sheet: &Sheet<'_>,
    index: usize,
    coded: &Coded<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    writeln!(
        out,
        "<h3>Norms Analysis <span class=\"chip unsure\">proposed</span></h3>\n\
         <table class=\"norms\">\n<thead><tr><th scope=\"col\">Category</th>\
         <th scope=\"col\">Norms elements</th><th scope=\"col\">Paragraph/<wbr>citation</th>\
         <th scope=\"col\">Quote from Text</th></tr></thead>"
    )?;
    for section in sheet::sections(sheet.taxonomy, &coded.sheet) {
        writeln!(out, "<tbody>")?;
        let rows: usize = section.entries.iter().map(height).sum();
        let category = section.category.map_or(String::new(), |category| {
            escape(&format!("{}. {}", category.code, category.name))
        });
        let mut category =
            format!("<th scope=\"rowgroup\" class=\"category\" rowspan=\"{rows}\">{category}</th>");
        for entry in &section.entries {
            let presence = entry.finding.presence();
            let mut element = element(index, entry);
            for cells in rows_of(sheet, coded, entry) {
                let class = class(presence);
                writeln!(out, "<tr class=\"{class}\">{category}{element}{cells}</tr>")?;
                category.clear();
                element.clear();
            }
        }
        writeln!(out, "</tbody>")?;
    }
    writeln!(
        out,
        "<tbody><tr><th scope=\"row\" class=\"category\">Any other norms areas included?</th>\
         <td class=\"blank\"><em>Description:</em></td><td class=\"blank\"></td>\
         <td class=\"blank\"></td></tr></tbody>\n</table>"
    )
}

/// How many rows an element takes.
fn height(entry: &Entry<'_>) -> usize {
    match entry.finding {
        Finding::Proposed(proposal) => proposal.evidence.len(),
        Finding::Absent(_) | Finding::NotAssessed => 1,
    }
}

fn element(index: usize, entry: &Entry<'_>) -> String {
    let definition = entry.element.map_or("", |element| element.definition.as_str());
    format!(
        "<th scope=\"row\" class=\"element\" id=\"{}\" rowspan=\"{}\" title=\"{}\">{}</th>",
        anchor(index, entry),
        height(entry),
        escape(definition),
        escape(&entry.title()),
    )
}

/// The last two cells of an element's rows: one row per quote, or one in all.
fn rows_of(sheet: &Sheet<'_>, coded: &Coded<'_>, entry: &Entry<'_>) -> Vec<String> {
    match entry.finding {
        Finding::Proposed(proposal) => proposal
            .evidence
            .iter()
            .enumerate()
            .map(|(place, evidence)| quoted(sheet, coded, proposal, place, evidence))
            .collect(),
        Finding::Absent(nearest) => {
            let label = escape(sheet.taxonomy.label(Presence::Absent));
            vec![format!("<td>{label}</td><td>{}</td>", near(nearest))]
        }
        Finding::NotAssessed => {
            let why = escape(&sheet::why_not_assessed(&coded.sheet));
            vec![format!("<td>not assessed</td><td><small>{why}</small></td>")]
        }
    }
}

fn quoted(
    sheet: &Sheet<'_>,
    coded: &Coded<'_>,
    proposal: &Proposal,
    place: usize,
    evidence: &Evidence,
) -> String {
    let more = proposal.passages.saturating_sub(proposal.evidence.len());
    let more = if more > 0 && place + 1 == proposal.evidence.len() {
        format!("<small>and {}</small>", sheet::counted(more, "more passage"))
    } else {
        String::new()
    };
    let recognised = || format!(" <span class=\"chip unsure\">{RECOGNISED}</span>");
    let recognised = evidence.recognised.then(recognised).unwrap_or_default();
    let rules: Vec<&str> = evidence.rules.iter().map(RuleId::as_str).collect();
    let document = coded.document(evidence);
    // The language and the direction are the document's, not the page's.
    let language = document.language.as_deref().unwrap_or("");
    format!(
        "<td class=\"where\"><span class=\"citation\">{}</span> \
         <span class=\"chip {}\">{}</span> <small class=\"score\" title=\"{}\">{:.2}</small>{recognised}</td>\
         <td><blockquote class=\"{}\" dir=\"auto\" lang=\"{}\">{}</blockquote>{more}</td>",
        citation(coded, evidence),
        class(evidence.status.into()),
        escape(sheet.taxonomy.label(evidence.status.into())),
        escape(&rules.join(" ")),
        evidence.score,
        class(evidence.status.into()),
        escape(language),
        escape(&evidence.quote),
    )
}

/// The citation; in a PDF with an address it leads to the page.
fn citation(coded: &Coded<'_>, evidence: &Evidence) -> String {
    let document = coded.document(evidence);
    let written = escape(&coded.citation(evidence));
    match (document.media_type, sheet::link(document), evidence.locator.page) {
        (MediaType::Pdf, Some(address), Some(page)) => {
            let address = address.split('#').next().unwrap_or(address);
            format!("<a href=\"{}#page={page}\">{written}</a>", escape(address))
        }
        _ => written,
    }
}

fn near(nearest: &[Nearest]) -> String {
    nearest.first().map_or(String::new(), |nearest| {
        format!("<small class=\"near\">nearest: {}</small>", escape(&sheet::near_miss(nearest)))
    })
}

/// Every source, one to a line.
fn sources(coded: &Coded<'_>) -> String {
    coded.documents().map(source).collect::<Vec<_>>().join("<br>")
}

/// The source as named, as a link where it can be followed.
fn source(document: &DocumentProposals) -> String {
    let named = escape(&document.source);
    match sheet::link(document) {
        Some(address) if address != document.source => {
            let address = escape(address);
            format!("{named}<br><small>read from <a href=\"{address}\">{address}</a></small>")
        }
        Some(address) => format!("<a href=\"{}\">{named}</a>", escape(address)),
        None => named,
    }
}

fn anchor(index: usize, entry: &Entry<'_>) -> String {
    let code = escape(entry.code.as_str());
    format!("d{index}-{}", code.replace(char::is_whitespace, "-"))
}

/// The class of a value.
pub(crate) fn class(presence: Presence) -> &'static str {
    match presence {
        Presence::Present => "present",
        Presence::Indirect => "indirect",
        Presence::Absent => "absent",
        Presence::NotAssessed => "unsure",
    }
}

fn said(presence: Presence) -> &'static str {
    match presence {
        Presence::NotAssessed => "not assessed",
        presence => presence.as_str(),
    }
}
