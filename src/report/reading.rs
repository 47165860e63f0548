//! Documents as they were read, as one page for people: the text with its
//! pages and its outline, each paragraph beside its citation, which is also
//! its anchor. It asks for nothing from anywhere, reads on a light and on a
//! dark ground, and prints.
//!
//! Everything that comes from a document is escaped.

use crate::markup::escape;
use crate::model::{Document, Locator, Paragraph, ParagraphKind, Place, RECOGNISED, Recognised};
use crate::report::sheet;
use std::collections::BTreeMap;
use std::io;

const CSS: &str = include_str!("reading.css");

/// Writes the documents to `out` as one HTML page.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_reading(documents: &[&Document], out: &mut dyn io::Write) -> io::Result<()> {
    let title = match documents {
        [one] => escape(&one.source),
        all => sheet::counted(all.len(), "document"),
    };
    write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <meta http-equiv=\"Content-Security-Policy\" \
         content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <title>Text: {title}</title>\n<style>\n{CSS}</style>\n</head>\n<body>\n"
    )?;
    for (at, document) in documents.iter().enumerate() {
        let prefix = if documents.len() > 1 { format!("d{}-", at + 1) } else { String::new() };
        Reading { document, anchors: anchors(document, &prefix) }.write(out)?;
    }
    writeln!(out, "</body>\n</html>")
}

/// One document on its way to the page.
struct Reading<'a> {
    document: &'a Document,
    /// The anchor of each paragraph.
    anchors: Vec<String>,
}

impl Reading<'_> {
    fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let document = self.document;
        writeln!(out, "<main>\n<header>\n<h1>{}</h1>", escape(&document.source))?;
        writeln!(out, "<p class=\"facts\">{}</p>", escape(&facts(document)))?;
        for part in &document.unread_parts {
            writeln!(out, "<p class=\"alarm\">Not read: {}</p>", escape(part))?;
        }
        self.write_outline(out)?;
        writeln!(out, "</header>")?;
        let mut page = None;
        let mut rows = false;
        for (paragraph, anchor) in document.paragraphs.iter().zip(&self.anchors) {
            let is_row = paragraph.kind == ParagraphKind::TableRow;
            let turns = paragraph.locator.page != page;
            if rows && (turns || !is_row) {
                writeln!(out, "</table>")?;
                rows = false;
            }
            if turns {
                page = paragraph.locator.page;
                write_page(&paragraph.locator, out)?;
            }
            if is_row && !rows {
                writeln!(out, "<table>")?;
                rows = true;
            }
            self.write_paragraph(paragraph, anchor, out)?;
        }
        writeln!(out, "{}</main>", if rows { "</table>\n" } else { "" })
    }

    /// The headings as links, folded away.
    fn write_outline(&self, out: &mut dyn io::Write) -> io::Result<()> {
        let is_heading = |paragraph: &Paragraph| paragraph.kind == ParagraphKind::Heading;
        let all = self.document.paragraphs.iter().zip(&self.anchors);
        let headings: Vec<_> = all.filter(|(paragraph, _)| is_heading(paragraph)).collect();
        if headings.len() < 3 {
            return Ok(());
        }
        let count = sheet::counted(headings.len(), "heading");
        writeln!(out, "<details><summary>Outline ({count})</summary>\n<ol>")?;
        for (heading, anchor) in headings {
            let depth = depth(&heading.locator);
            let words = self.words(heading);
            writeln!(out, "<li class=\"l{depth}\"><a href=\"#{anchor}\">{words}</a></li>")?;
        }
        writeln!(out, "</ol></details>")
    }

    fn words(&self, paragraph: &Paragraph) -> String {
        escape(paragraph.span.cut(&self.document.text).unwrap_or_default())
    }

    fn write_paragraph(
        &self,
        paragraph: &Paragraph,
        anchor: &str,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let words = self.words(paragraph);
        let citation = escape(&paragraph.locator.citation(paragraph.place));
        let language = escape(self.document.language.as_deref().unwrap_or(""));
        let recognised = paragraph.recognised.then_some(RECOGNISED);
        let said: Vec<&str> = place(paragraph.place).into_iter().chain(recognised).collect();
        let place = match said.as_slice() {
            [] => String::new(),
            said => format!("<span class=\"place\">{}</span>", said.join(" · ")),
        };
        let cite = format!("<a class=\"cite\" href=\"#{anchor}\">{citation}</a>{place}");
        let text = format!("dir=\"auto\" lang=\"{language}\"");
        match paragraph.kind {
            ParagraphKind::Heading => {
                let level = depth(&paragraph.locator) + 1;
                writeln!(
                    out,
                    "<div class=\"row\" id=\"{anchor}\">{cite}<h{level} {text}>{words}</h{level}></div>"
                )
            }
            ParagraphKind::TableRow => {
                let cells = words.replace('\t', "</td><td>");
                writeln!(
                    out,
                    "<tr id=\"{anchor}\"><th scope=\"row\">{cite}</th><td {text}>{cells}</td></tr>"
                )
            }
            kind => {
                let class = class(kind);
                let points = paragraph.locator.point.as_deref().unwrap_or_default();
                let in_by = points.split('.').filter(|point| !point.is_empty()).count().min(4);
                writeln!(
                    out,
                    "<div class=\"row {class} in{in_by}\" id=\"{anchor}\">{cite}<p {text}>{words}</p></div>"
                )
            }
        }
    }
}

/// What is known of a document, in one line.
fn facts(document: &Document) -> String {
    let mut facts = vec![sheet::kind(document.media_type).to_owned()];
    facts.extend(document.language.as_deref().map(|language| format!("language {language}")));
    let pages = document.pages.map(|pages| usize::try_from(pages).unwrap_or(usize::MAX));
    facts.extend(pages.map(|pages| sheet::counted(pages, "page")));
    facts.push(sheet::counted(document.paragraphs.len(), "paragraph"));
    facts.extend(document.recognised.as_ref().map(Recognised::said));
    facts.push(document.digest.as_str().to_owned());
    facts.join(" · ")
}

fn write_page(locator: &Locator, out: &mut dyn io::Write) -> io::Result<()> {
    let Some(page) = locator.page else { return Ok(()) };
    let printed = locator.printed_page.as_deref();
    let printed = printed.map_or(String::new(), |printed| format!(", printed {}", escape(printed)));
    writeln!(out, "<p class=\"page\"><span>page {page}{printed}</span></p>")
}

/// How deep a heading stands, from 1.
fn depth(locator: &Locator) -> usize {
    locator.section.len().clamp(0, 3) + 1
}

fn class(kind: ParagraphKind) -> &'static str {
    match kind {
        ParagraphKind::ListItem => "item",
        ParagraphKind::Footnote => "note",
        ParagraphKind::Contents => "contents",
        ParagraphKind::Text | ParagraphKind::Heading | ParagraphKind::TableRow => "text",
    }
}

/// The part of an agreement, where neither the citation nor the page shows it.
fn place(place: Place) -> Option<&'static str> {
    match place {
        Place::Background => Some("background"),
        Place::Definition => Some("definition"),
        _ => None,
    }
}

/// The citation of each paragraph as the name of an anchor; where several have
/// the same, the later ones are counted.
fn anchors(document: &Document, prefix: &str) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let anchor = |paragraph: &Paragraph| {
        let citation = paragraph.locator.citation(paragraph.place).replace('¶', "p");
        let words = citation.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        let name = words.collect::<Vec<_>>().join("-").to_lowercase();
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        match *count {
            1 => format!("{prefix}{name}"),
            again => format!("{prefix}{name}_{again}"),
        }
    };
    document.paragraphs.iter().map(anchor).collect()
}
