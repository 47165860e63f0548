//! `normtag extract`: the text of documents and their paragraphs.

use crate::cli::Ending;
use crate::cli::args::{ExtractArgs, ExtractFormat};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::isolate::Isolation;
use crate::cli::output::{self, write_to};
use crate::cli::passage;
use crate::cli::sources;
use crate::cli::terminal::Terminal;
use normtag::model::{
    Document, Extracted, Locator, MediaType, Paragraph, ParagraphKind, Place, RECOGNISED,
    Recognised, Span, Unread,
};
use normtag::pipeline::Observer;
use normtag::report::{harmless, write_reading};
use rayon::prelude::*;
use serde::Serialize;
use std::io::{self, Write};

/// Runs the command.
pub(crate) fn run(
    args: &ExtractArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let sources = sources::find(&args.source.sources, &args.source.folder, config, terminal)?;
    if let Some(output) = output::file(args.output.as_deref()) {
        sources.spare(output)?;
    }
    let pending = sources.fetch(&args.network, config, terminal)?;
    let isolation = Isolation::new(&args.reading, config, terminal)?;
    let progress = terminal.progress(pending.len(), "reading");
    let mut extracted: Vec<Extracted> = pending
        .into_par_iter()
        .map(|part| {
            let extracted = isolation.read(part.source);
            progress.done("");
            extracted
        })
        .collect();
    drop(progress);
    let at = args.at.as_deref();
    let places = at.map(|at| passage::keep(&mut extracted, at, terminal)).transpose()?;
    let unread: Vec<&Unread> = extracted
        .iter()
        .filter_map(|one| match one {
            Extracted::Unread(unread) => Some(unread),
            Extracted::Read(_) => None,
        })
        .collect();
    for unread in &unread {
        terminal.error(&format!("{}: {}", unread.source, unread.reason));
    }
    let mut in_part = false;
    for document in documents(&extracted) {
        for part in &document.unread_parts {
            terminal.warn(&format!("{}: not read: {part}", document.source));
            in_part = true;
        }
    }
    write_to(args.output.as_deref(), |out| match args.format {
        ExtractFormat::Text => documents(&extracted)
            .filter(|one| places.is_none() || !one.paragraphs.is_empty())
            .try_for_each(|one| write_text(one, out)),
        ExtractFormat::Json => write_json(&extracted, out),
        ExtractFormat::Html => write_reading(&documents(&extracted).collect::<Vec<_>>(), out),
    })?;
    Ok(match unread.len() {
        count if count == extracted.len() || places == Some(0) => Ending::Failed,
        _ if places.is_some_and(|whole| whole < extracted.len()) => Ending::Attention,
        0 if !in_part => Ending::Clean,
        _ => Ending::Attention,
    })
}

fn documents(extracted: &[Extracted]) -> impl Iterator<Item = &Document> {
    extracted.iter().filter_map(|one| match one {
        Extracted::Read(document) => Some(&**document),
        Extracted::Unread(_) => None,
    })
}

/// Each paragraph after its citation and page. A form for looking at: what
/// steers a terminal is taken out, where `json` has every byte.
fn write_text(document: &Document, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}", harmless(&document.source))?;
    let mut page = None;
    for paragraph in &document.paragraphs {
        if paragraph.locator.page != page {
            page = paragraph.locator.page;
            write_page(paragraph, out)?;
        }
        let words = harmless(paragraph.span.cut(&document.text).unwrap_or_default());
        let citation = paragraph.locator.citation(paragraph.place);
        let citation = harmless(&citation);
        match paragraph.kind {
            ParagraphKind::Heading => writeln!(out, "\n== {words}")?,
            _ => writeln!(out, "\n[{citation}] {words}")?,
        }
    }
    Ok(())
}

fn write_page(paragraph: &Paragraph, out: &mut dyn Write) -> io::Result<()> {
    let Some(page) = paragraph.locator.page else { return Ok(()) };
    let printed = paragraph.locator.printed_page.as_deref();
    let printed = printed.map(|printed| format!(" (printed {})", harmless(printed)));
    let recognised = if paragraph.recognised { format!(", {RECOGNISED}") } else { String::new() };
    writeln!(out, "\n--- page {page}{}{recognised}", printed.unwrap_or_default())
}

/// The JSON of `normtag extract`, format 1.
#[derive(Serialize)]
struct Texts<'a> {
    format: u32,
    kind: &'static str,
    documents: Vec<OneText<'a>>,
}

#[derive(Serialize)]
struct OneText<'a> {
    source: &'a str,
    digest: Option<&'a str>,
    media_type: MediaType,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    pages: Option<u32>,
    unread_parts: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    recognised: Option<&'a Recognised>,
    text: &'a str,
    paragraphs: Vec<Part<'a>>,
}

#[derive(Serialize)]
struct Part<'a> {
    citation: String,
    kind: ParagraphKind,
    place: Place,
    span: Span,
    stem: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    recognised: bool,
    locator: &'a Locator,
}

fn write_json(extracted: &[Extracted], out: &mut dyn Write) -> io::Result<()> {
    let documents = extracted.iter().map(|one| match one {
        Extracted::Read(document) => read_text(document),
        Extracted::Unread(unread) => unread_text(unread),
    });
    let texts = Texts { format: 1, kind: "texts", documents: documents.collect() };
    serde_json::to_writer_pretty(&mut *out, &texts)?;
    writeln!(out)
}

fn read_text(document: &Document) -> OneText<'_> {
    let paragraphs = document.paragraphs.iter().map(|paragraph| Part {
        citation: paragraph.locator.citation(paragraph.place),
        kind: paragraph.kind,
        place: paragraph.place,
        span: paragraph.span,
        stem: paragraph.stem,
        language: paragraph.language.as_deref(),
        recognised: paragraph.recognised,
        locator: &paragraph.locator,
    });
    OneText {
        source: &document.source,
        digest: Some(document.digest.as_str()),
        media_type: document.media_type,
        reason: None,
        language: document.language.as_deref(),
        pages: document.pages,
        unread_parts: &document.unread_parts,
        recognised: document.recognised.as_ref(),
        text: &document.text,
        paragraphs: paragraphs.collect(),
    }
}

fn unread_text(unread: &Unread) -> OneText<'_> {
    OneText {
        source: &unread.source,
        digest: unread.digest.as_ref().map(normtag::model::Digest::as_str),
        media_type: unread.media_type,
        reason: Some(&unread.reason),
        language: None,
        pages: None,
        unread_parts: &[],
        recognised: None,
        text: "",
        paragraphs: Vec::new(),
    }
}
