//! Sets what became of addresses in the form a reader asked for.

mod junit;
mod markdown;
mod table;

use crate::model::Link;
use crate::report::Style;
use serde::Serialize;
use std::io;

/// A form the report can be set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinksFormat {
    /// For a terminal: what awaits a person, then a line of counts.
    Table,
    /// All of it, as one JSON value.
    Json,
    /// A JSON value for each address, each on its own line.
    Jsonl,
    /// `JUnit` XML: a test case for each address.
    Junit,
    /// Tables in Markdown.
    Markdown,
}

/// The JSON of `check links`, format 1.
#[derive(Serialize)]
struct Links<'a> {
    format: u32,
    kind: &'static str,
    #[serde(rename = "links")]
    all: &'a [Link],
}

/// Writes `links`, in their order, to `out`.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn render_links(
    links: &[Link],
    format: LinksFormat,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        LinksFormat::Table => table::write(links, style, out),
        LinksFormat::Json => {
            let all = Links { format: 1, kind: "links", all: links };
            serde_json::to_writer_pretty(&mut *out, &all)?;
            writeln!(out)
        }
        LinksFormat::Jsonl => links.iter().try_for_each(|link| {
            serde_json::to_writer(&mut *out, link)?;
            writeln!(out)
        }),
        LinksFormat::Junit => junit::write(links, out),
        LinksFormat::Markdown => markdown::write(links, out),
    }
}

/// Who an address belongs to: the agreement, or the places it stands in.
fn owner(link: &Link) -> String {
    match &link.agreement {
        Some(agreement) => agreement.to_string(),
        None => link.places.join(", "),
    }
}

/// What is to be said besides the state: since when, and where there is a copy.
fn remarks(link: &Link) -> Vec<String> {
    let mut remarks = Vec::new();
    if !link.reason.is_empty() {
        remarks.push(link.reason.clone());
    }
    if let Some(since) = link.failing_since.as_deref().filter(|_| link.dead) {
        remarks.push(format!("dead: it has failed since {since}"));
    }
    if let Some(archived) = &link.archived {
        let (url, held, quotes) = (&archived.url, archived.held, archived.quotes);
        remarks.push(match quotes {
            0 => format!("archived at {url} (no quote to hold it against)"),
            _ => format!("archived at {url} (holds {held} of {quotes} quotes)"),
        });
    }
    if link.saved_by_hand {
        remarks.push("a copy saved by hand is in the store".to_owned());
    }
    remarks
}
