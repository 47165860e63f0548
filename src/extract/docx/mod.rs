//! DOCX: the parts of the archive that hold text, and why others do not open.
//!
//! Written by hand over a reader of XML, because the label of a paragraph
//! ("Article 5", "(a)") is not in its text: it is worked out from the
//! document's numbering, and in a treaty it is the citation.

mod body;
mod numbering;
mod styles;

use crate::extract::archive::Archive;
use crate::extract::blocks::{Content, Parsed};
use crate::extract::docx::body::Body;
use crate::extract::docx::numbering::Numbering;
use crate::extract::docx::styles::Styles;
/// The blocks of a DOCX.
pub(crate) fn parse(bytes: &[u8]) -> Parsed {
    let mut archive = Archive::open(bytes, "DOCX")?;
    let Some(main) = main_part(&mut archive)? else {
        return Err(no_document(&archive));
    };
    let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let beside = |name: &str| {
        if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
    };
    let document = archive
        .xml(&main)?
        .ok_or_else(|| "damaged DOCX: its text is missing; save it again".to_owned())?;
    let styles = archive.xml(&beside("styles.xml"))?;
    let numbering = archive.xml(&beside("numbering.xml"))?;
    let footnotes = archive.xml(&beside("footnotes.xml"))?;
    let endnotes = archive.xml(&beside("endnotes.xml"))?;
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
    let stated = archive.xml("_rels/.rels")?.and_then(|relations| {
        let mut all = relations.descendants("Relationship").into_iter();
        let main = all.find(|relation| {
            relation.attribute("Type").is_some_and(|kind| kind.ends_with("/officeDocument"))
        })?;
        Some(main.attribute("Target")?.trim_start_matches('/').to_owned())
    });
    let name = stated.unwrap_or_else(|| "word/document.xml".to_owned());
    let is_word = archive.has(&name) && !name.starts_with("xl/") && !name.starts_with("ppt/");
    Ok(is_word.then_some(name))
}

/// Says what an archive is that is no DOCX.
fn no_document(archive: &Archive<'_>) -> String {
    let what = if archive.has_start("xl/") {
        "an Excel workbook, not a DOCX; save the sheet as HTML or PDF"
    } else if archive.has_start("ppt/") {
        "a PowerPoint presentation, not a DOCX; save it as PDF"
    } else {
        "a zip archive that is no DOCX, ODT or EPUB; unpack it and tag what is in it"
    };
    what.to_owned()
}
