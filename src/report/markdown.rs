//! The coders' template in Markdown: an overview and a norms analysis for each
//! document, with the cells only a person can fill left empty.
//!
//! GitHub's dialect, as that has tables.

use crate::markup::{escape_address, escape_markdown};
use crate::model::{DocumentProposals, Outcome, Presence, RECOGNISED, Status};
use crate::report::Sheet;
use crate::report::coded::{Coded, coded};
use crate::report::sheet::{self, Entry, Finding, Section};
use std::io;

/// Every document under its own heading.
pub(crate) fn write(sheet: &Sheet<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let Sheet { proposals, taxonomy } = sheet;
    writeln!(out, "# {}\n", escape(&taxonomy.name))?;
    writeln!(
        out,
        "> **Proposed, not confirmed.** What follows was proposed by a program with the rules \
         `{}` ({}). A value stands once a person has confirmed it.",
        taxonomy.id, proposals.rules.digest
    )?;
    for coded in &coded(proposals) {
        write_document(sheet, coded, out)?;
    }
    Ok(())
}

fn write_document(sheet: &Sheet<'_>, coded: &Coded<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let document = &coded.sheet;
    writeln!(out, "\n## {}\n", escape(sheet::name(document)))?;
    for document in coded.documents() {
        let facts = escape(&sheet::facts(document).join(", "));
        writeln!(out, "Source: {} ({facts})\n", source(document))?;
    }
    if document.outcome == Outcome::Unread {
        return writeln!(out, "**Not assessed:** {}", escape(&sheet::why_not_assessed(document)));
    }
    for part in &document.unread_parts {
        writeln!(out, "- **Not read whole:** {}", escape(part))?;
    }
    if !document.unread_parts.is_empty() {
        writeln!(out)?;
    }
    write_overview(coded, out)?;
    write_norms(sheet, coded, out)
}

fn write_overview(coded: &Coded<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let links: Vec<String> = coded.documents().map(source).collect();
    let name = coded.sheet.agreement.as_ref().map_or(String::new(), |id| escape(id.as_str()));
    writeln!(out, "### Agreement Overview\n")?;
    writeln!(out, "| | |\n|---|---|")?;
    for (label, value) in [
        ("I. Name of Agreement", name),
        ("II. Date it was signed/launched", String::new()),
        ("III. Link", links.join("<br>")),
        ("IV. Stakeholder groups party to the agreement", String::new()),
        ("V. Total Signatories/supporters", String::new()),
        (
            "VI. Organization responsible for ongoing management of agreement (if any)",
            String::new(),
        ),
    ] {
        writeln!(out, "| **{label}** | {value} |")?;
    }
    Ok(())
}

fn write_norms(sheet: &Sheet<'_>, coded: &Coded<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "\n### Norms Analysis (proposed)\n")?;
    writeln!(out, "| Category | Norms elements | Paragraph/citation | Quote from Text |")?;
    writeln!(out, "|---|---|---|---|")?;
    for section in sheet::sections(sheet.taxonomy, &coded.sheet) {
        let mut category = category(&section);
        for entry in &section.entries {
            let mut element = format!("**{}**", escape(&entry.title()));
            for (citation, quote) in rows(sheet, coded, entry) {
                writeln!(out, "| {category} | {element} | {citation} | {quote} |")?;
                category.clear();
                element.clear();
            }
        }
    }
    writeln!(out, "| **Any other norms areas included?** | *Description:* | | |")
}

fn category(section: &Section<'_>) -> String {
    section.category.map_or(String::new(), |category| {
        format!("**{}. {}**", escape(&category.code), escape(&category.name))
    })
}

/// The last two cells of an element's rows: one row per quote, or one in all.
fn rows(sheet: &Sheet<'_>, coded: &Coded<'_>, entry: &Entry<'_>) -> Vec<(String, String)> {
    let label = |presence| escape(sheet.taxonomy.label(presence));
    match entry.finding {
        Finding::Proposed(proposal) => proposal
            .evidence
            .iter()
            .map(|evidence| {
                let mark = match evidence.status {
                    Status::Present => String::new(),
                    Status::Indirect => format!(" *({})*", label(Presence::Indirect)),
                };
                let recognised = || format!(" *{}*", escape(RECOGNISED));
                let recognised = evidence.recognised.then(recognised).unwrap_or_default();
                let citation = escape(&coded.citation(evidence));
                (format!("{citation}{mark}{recognised}"), escape(&evidence.quote))
            })
            .collect(),
        Finding::Absent(_) => vec![(label(Presence::Absent), String::new())],
        Finding::NotAssessed => {
            let why = escape(&sheet::why_not_assessed(&coded.sheet));
            vec![(format!("*not assessed* ({why})"), String::new())]
        }
    }
}

/// The source as named, as a link where it can be followed.
fn source(document: &DocumentProposals) -> String {
    let named = escape(&document.source);
    match sheet::link(document) {
        Some(address) => format!("[{named}](<{}>)", escape_address(address)),
        None => named,
    }
}

/// `text` so that it shows as it is, in a cell of a table too, with its lines.
pub(crate) fn escape(text: &str) -> String {
    let text = text.trim().replace("\r\n", "\n");
    text.split(['\n', '\r']).map(escape_markdown).collect::<Vec<_>>().join("<br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_markdown_would_read_is_escaped() {
        assert_eq!(escape("a | b"), r"a \| b");
        assert_eq!(escape("<b> & *c*"), r"&lt;b&gt; &amp; \*c\*");
        assert_eq!(escape("one\r\ntwo\nthree"), "one<br>two<br>three");
        assert_eq!(escape("[x](y) `z` _w_"), r"\[x\](y) \`z\` \_w\_");
    }
}
