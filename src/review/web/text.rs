//! The text of a unit, paragraph by paragraph, with every proposed or decided
//! quote marked by its element.

use crate::markup::escape;
use crate::model::{Document, ElementCode, Locator, ParagraphKind, RECOGNISED, Span};
use crate::review::Unit;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A passage that is marked, in one document.
pub(super) struct Mark {
    /// The document's place among those of the unit.
    pub(super) document: usize,
    /// Where it stands.
    pub(super) span: Span,
    /// The element it is for.
    pub(super) element: ElementCode,
}

/// The text with its marks.
pub(super) fn text(unit: &Unit, marks: &[Mark]) -> String {
    let mut out = String::new();
    for (at, document) in unit.documents.iter().enumerate() {
        let own: Vec<&Mark> = marks.iter().filter(|mark| mark.document == at).collect();
        let several = unit.documents.len() > 1;
        let name = if several {
            format!("<h2 class=\"source\">{}</h2>\n", escape(&document.source))
        } else {
            String::new()
        };
        let language = document.language.as_deref().unwrap_or("");
        let _ = write!(
            out,
            "<article data-document=\"{at}\" lang=\"{}\" dir=\"auto\">\n{name}{}</article>\n",
            escape(language),
            paragraphs(document, &own)
        );
    }
    out
}

/// A paragraph whose marks may be others now.
#[derive(Serialize)]
pub(super) struct Repainted {
    /// The document's place among those of the unit.
    document: usize,
    /// The paragraph's place in it.
    paragraph: usize,
    /// Its words, marked.
    runs: String,
}

/// The paragraphs that one of the `places` reaches into, with all `marks`.
pub(super) fn repainted(unit: &Unit, places: &[(usize, Span)], marks: &[Mark]) -> Vec<Repainted> {
    let mut all = Vec::new();
    for (at, document) in unit.documents.iter().enumerate() {
        let own: Vec<&Mark> = marks.iter().filter(|mark| mark.document == at).collect();
        let touched = |span: Span| {
            places.iter().any(|(document, place)| *document == at && overlap(*place, span))
        };
        for (paragraph, one) in document.paragraphs.iter().enumerate() {
            if touched(one.span) {
                let runs = runs(document, one.span, &own);
                all.push(Repainted { document: at, paragraph, runs });
            }
        }
    }
    all
}

fn overlap(one: Span, other: Span) -> bool {
    one.start < other.end && other.start < one.end
}

fn paragraphs(document: &Document, marks: &[&Mark]) -> String {
    let mut out = String::new();
    let mut before: Option<&Locator> = None;
    for (at, paragraph) in document.paragraphs.iter().enumerate() {
        let locator = &paragraph.locator;
        if locator.page.is_some() && locator.page != before.and_then(|before| before.page) {
            let page = locator.printed_page.clone().or_else(|| locator.page.map(|n| n.to_string()));
            let page = page.unwrap_or_default();
            let _ =
                writeln!(out, "<p class=\"page\" aria-hidden=\"true\">page {}</p>", escape(&page));
        }
        before = Some(locator);
        let citation = locator.citation(paragraph.place);
        let tag = if paragraph.kind == ParagraphKind::Heading { "h3" } else { "p" };
        let kind = match paragraph.kind {
            ParagraphKind::ListItem => " class=\"item\"",
            ParagraphKind::TableRow => " class=\"row\"",
            ParagraphKind::Footnote => " class=\"footnote\"",
            ParagraphKind::Contents => " class=\"contents\"",
            ParagraphKind::Text | ParagraphKind::Heading => "",
        };
        // Not among its words: a citation is looked up by them.
        let recognised = || format!(" data-recognised=\"{RECOGNISED}\"");
        let recognised = paragraph.recognised.then(recognised).unwrap_or_default();
        let _ = writeln!(
            out,
            "<div class=\"paragraph\" data-paragraph=\"{at}\"><span class=\"citation\"{recognised}>{}</span><{tag}{kind}>{}</{tag}></div>",
            escape(&citation),
            runs(document, paragraph.span, marks)
        );
    }
    out
}

/// A paragraph cut at the ends of marks, every run with its place in the text:
/// what a person selects is found again by it.
fn runs(document: &Document, span: Span, marks: &[&Mark]) -> String {
    let own: Vec<&Mark> = marks.iter().filter(|mark| overlap(mark.span, span)).copied().collect();
    let ends = own.iter().flat_map(|mark| [mark.span.start, mark.span.end]);
    let mut cuts: BTreeSet<usize> = ends.filter(|at| span.start < *at && *at < span.end).collect();
    cuts.extend([span.start, span.end]);
    let cuts: Vec<usize> = cuts.into_iter().collect();
    let mut out = String::new();
    for pair in cuts.windows(2) {
        let run = Span::new(pair[0], pair[1]);
        let words = escape(run.cut(&document.text).unwrap_or(""));
        let covering =
            own.iter().filter(|mark| mark.span.start <= run.start && run.end <= mark.span.end);
        let codes: BTreeSet<&str> = covering.map(|mark| mark.element.as_str()).collect();
        let start = run.start;
        if codes.is_empty() {
            let _ = write!(out, "<span data-at=\"{start}\">{words}</span>");
        } else {
            let codes = escape(&codes.into_iter().collect::<Vec<_>>().join(" "));
            let _ = write!(
                out,
                "<mark data-at=\"{start}\" data-elements=\"{codes}\" title=\"{codes}\">{words}</mark>"
            );
        }
    }
    out
}
