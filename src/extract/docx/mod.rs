//! DOCX: the parts of the archive that hold text, and why others do not open.
//!
//! Written by hand over a reader of XML, because the label of a paragraph
//! ("Article 5", "(a)") is not in its text: it is worked out from the
//! document's numbering, and in a treaty it is the citation.

mod body;
mod numbering;
mod styles;
mod xml;

use crate::extract::blocks::{Content, Parsed};
use crate::extract::docx::body::Body;
use crate::extract::docx::numbering::Numbering;
use crate::extract::docx::styles::Styles;
use crate::extract::docx::xml::Element;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// No part of a document of words comes near this size.
const MOST_BYTES: u64 = 256 << 20;

/// A part that unpacks to more times its size is no text.
const MOST_RATIO: u64 = 400;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The blocks of a DOCX.
pub(crate) fn parse(bytes: &[u8]) -> Parsed {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| {
        "damaged zip archive: the file is cut short or broken; fetch or save it again".to_owned()
    })?;
    let Some(main) = main_part(&mut archive)? else {
        return Err(no_document(&archive));
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let beside = |name: &str| {
        if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
    };
    let document = part(&mut archive, &main)?
        .ok_or_else(|| "damaged DOCX: its text is missing; save it again".to_owned())?;
    let styles = part(&mut archive, &beside("styles.xml"))?;
    let numbering = part(&mut archive, &beside("numbering.xml"))?;
    let footnotes = part(&mut archive, &beside("footnotes.xml"))?;
    let endnotes = part(&mut archive, &beside("endnotes.xml"))?;
    let styles = Styles::read(styles.as_ref());
    let numbering = Numbering::read(numbering.as_ref(), &styles);
    let mut body = Body::new(&styles, numbering, footnotes.as_ref(), endnotes.as_ref());
    body.read(&document);
    let blocks = body.finish();
    if blocks.iter().all(|block| !block.text.chars().any(char::is_alphanumeric)) {
        return Err(
            "no text: the document holds no words; if it holds images of pages, save it as \
                    PDF and run OCR (for example `ocrmypdf in.pdf out.pdf`)"
                .to_owned(),
        );
    }
    Ok(Content { blocks, ..Content::default() })
}

/// The name of the part that holds the text, as the package states it.
fn main_part(archive: &mut Archive<'_>) -> Result<Option<String>, String> {
    let stated = part(archive, "_rels/.rels")?.and_then(|relations| {
        let mut all = relations.descendants("Relationship").into_iter();
        let main = all.find(|relation| {
            relation.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
        })?;
        Some(main.attribute("Target")?.trim_start_matches('/').to_owned())
    });
    let name = stated.unwrap_or_else(|| "word/document.xml".to_owned());
    let is_word = archive.index_for_name(&name).is_some()
        && !name.starts_with("xl/")
        && !name.starts_with("ppt/");
    Ok(is_word.then_some(name))
}

/// Says what an archive is that is no DOCX.
fn no_document(archive: &Archive<'_>) -> String {
    let has = |start: &str| archive.file_names().flatten().any(|name| name.starts_with(start));
    let what = if has("xl/") {
        "an Excel workbook, not a DOCX; save the sheet as HTML or PDF"
    } else if has("ppt/") {
        "a PowerPoint presentation, not a DOCX; save it as PDF"
    } else if has("META-INF/container.xml") {
        "an EPUB book, not a DOCX; convert it to HTML or DOCX"
    } else if has("content.xml") {
        "an OpenDocument file, not a DOCX; save it as .docx or PDF"
    } else {
        "a zip archive that is no DOCX; unpack it and tag what is in it"
    };
    what.to_owned()
}

/// One part of the archive, if it is there.
fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<Element>, String> {
    let Some(index) = archive.index_for_name(name) else {
        return Ok(None);
    };
    let damaged = |_| format!("damaged DOCX: `{name}` cannot be unpacked; save it again");
    let file = archive.by_index(index).map_err(damaged)?;
    let too_large =
        || format!("`{name}` unpacks to more than a document can hold; it was not read");
    if file.size() > MOST_BYTES
        || (file.size() > 16 << 20 && file.size() / file.compressed_size().max(1) > MOST_RATIO)
    {
        return Err(too_large());
    }
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|_| format!("damaged DOCX: `{name}` cannot be unpacked; save it again"))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(too_large());
    }
    Ok(Some(xml::read(&bytes)))
}
