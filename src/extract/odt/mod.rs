//! ODT: the text of an OpenDocument archive, or of one in a single XML file.

mod body;
mod lists;
mod styles;

use crate::extract::archive::Archive;
use crate::extract::blocks::{Content, Parsed};
use crate::extract::odt::body::Body;
use crate::extract::odt::lists::Lists;
use crate::extract::odt::styles::Styles;
use crate::extract::xml::{self, Element};

/// The blocks of an ODT.
pub(crate) fn parse(bytes: &[u8]) -> Parsed {
    if !bytes.starts_with(b"PK") {
        let whole = xml::read(bytes);
        return content(&whole, None);
    }
    let mut archive = Archive::open(bytes, "ODT")?;
    if archive.xml("META-INF/manifest.xml")?.is_some_and(|manifest| is_encrypted(&manifest)) {
        return Err("encrypted ODT: it opens only with a password; save it without one".to_owned());
    }
    let text = archive
        .xml("content.xml")?
        .ok_or_else(|| "damaged ODT: its text is missing; save it again".to_owned())?;
    let styles = archive.xml("styles.xml")?;
    content(&text, styles.as_ref())
}

fn is_encrypted(manifest: &Element) -> bool {
    manifest.descendants("file-entry").into_iter().any(|entry| {
        entry.attribute("full-path") == Some("content.xml")
            && entry.child("encryption-data").is_some()
    })
}

fn content(whole: &Element, styles: Option<&Element>) -> Parsed {
    let body = whole.descendants("body").into_iter().next();
    let text = match body.map(|body| (body.child("text"), body)) {
        Some((Some(text), _)) => text,
        Some((None, body)) => return Err(other(body)),
        None => return Err("damaged ODT: its text is missing; save it again".to_owned()),
    };
    let parts: Vec<&Element> = styles.into_iter().chain([whole]).collect();
    let styles = Styles::read(&parts);
    let mut body = Body::new(&styles, Lists::read(&parts));
    body.read(text);
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

/// Says what an OpenDocument is that is no text.
fn other(body: &Element) -> String {
    let what = if body.child("spreadsheet").is_some() {
        "an OpenDocument spreadsheet, not a text; save the sheet as HTML or PDF"
    } else if body.child("presentation").is_some() {
        "an OpenDocument presentation, not a text; save it as PDF"
    } else {
        "an OpenDocument file that is no text; save it as PDF"
    };
    what.to_owned()
}
