//! Bytes to a document: its text, its paragraphs, and where each stands.
//!
//! A pure function of the bytes. It opens no file and no socket, knows nothing
//! of rules, and answers for any bytes at all: with a document, or with one
//! line that says why there is none and what to do about it.
//!
//! Every format is turned into the same list of blocks (`blocks`); `outline`
//! then works out numbers, headings and places the same way for all of them.

mod archive;
mod blocks;
mod charset;
mod detect;
mod docx;
mod function_words;
mod epub;
mod figures;
mod guard;
mod html;
mod language;
mod markdown;
mod odt;
mod outline;
mod pdf;
mod rtf;
mod text;
mod tidy;
mod xml;

pub use function_words::function_words;
#[cfg(feature = "ocr")]
pub use pdf::ocr::picture::PagePicture;
pub use pdf::ocr::{POOR_RECOGNITION, RecognisedPages, recognition_confidence};

use crate::extract::blocks::{Content, Parsed};
use crate::extract::outline::Outlined;
use crate::model::{Document, Extracted, MediaType, Snapshot, Unread};

/// What kind of file the bytes of a snapshot are, by looking at them; none
/// where it is none that is read.
#[must_use]
pub fn media_type(snapshot: &Snapshot) -> Option<MediaType> {
    detect::detect(snapshot).ok()
}

/// Reads what a snapshot holds.
#[must_use]
pub fn extract(snapshot: &Snapshot) -> Extracted {
    extract_recognised(snapshot, &RecognisedPages::new())
}

/// The pages of a PDF that show words and hold none, counted from 1: pictures,
/// mostly. [`extract_recognised`] reads them, once OCR has recognised them.
/// Empty for files of other kinds and for those that cannot be read at all.
#[must_use]
pub fn pages_to_recognise(snapshot: &Snapshot) -> Vec<u32> {
    match detect::detect(snapshot) {
        Ok(MediaType::Pdf) => {
            guard::run(|| pdf::pages_to_recognise(&snapshot.bytes)).unwrap_or_default()
        }
        _ => Vec::new(),
    }
}

/// The picture of a page of a PDF, counted from 1.
///
/// # Errors
///
/// In a few words, why the page could not be drawn.
#[cfg(feature = "ocr")]
pub fn draw_page(snapshot: &Snapshot, page: u32) -> Result<PagePicture, String> {
    guard::run(|| pdf::ocr::picture::draw(&snapshot.bytes, page))
        .unwrap_or_else(|message| Err(format!("drawing it gave up: {}", tidy::tidy(&message))))
}

/// Reads what a snapshot holds; of the pages in `recognised`, what OCR made of
/// them. Their paragraphs are marked.
#[must_use]
pub fn extract_recognised(snapshot: &Snapshot, recognised: &RecognisedPages) -> Extracted {
    let unread = |media_type, reason| {
        Extracted::Unread(Unread {
            source: snapshot.source.clone(),
            digest: Some(snapshot.digest.clone()),
            media_type,
            reason,
        })
    };
    if snapshot.bytes.is_empty() {
        return unread(MediaType::Unknown, "empty file (0 bytes)".to_owned());
    }
    let media_type = match detect::detect(snapshot) {
        Ok(media_type) => media_type,
        Err(reason) => return unread(MediaType::Unknown, reason),
    };
    let media_type = match media_type {
        MediaType::Docx | MediaType::Odt | MediaType::Epub if snapshot.bytes.starts_with(b"PK") => {
            guard::run(|| archive::kind(&snapshot.bytes)).unwrap_or(media_type)
        }
        _ => media_type,
    };
    match guard::run(|| read(snapshot, media_type, recognised)) {
        Ok(Ok(document)) => Extracted::Read(Box::new(document)),
        Ok(Err(reason)) => unread(media_type, reason),
        Err(message) => unread(
            media_type,
            format!("damaged file: its parser gave up ({})", tidy::tidy(&message)),
        ),
    }
}

fn read(
    snapshot: &Snapshot,
    media_type: MediaType,
    recognised: &RecognisedPages,
) -> Result<Document, String> {
    let content = parse(snapshot, media_type, recognised)?;
    let language = language::language(&content.blocks);
    let Content { blocks, pages, unread_parts, recognised } = content;
    let Outlined { text, mut paragraphs } = outline::outline(blocks);
    if !text.chars().any(char::is_alphanumeric) {
        return Err("no text: the file holds no words; check that it is the right file".to_owned());
    }
    language::mark(&text, &mut paragraphs, language.as_deref());
    Ok(Document {
        source: snapshot.source.clone(),
        agreement: None,
        digest: snapshot.digest.clone(),
        media_type,
        language,
        pages,
        text,
        paragraphs,
        unread_parts,
        recognised,
    })
}

fn parse(snapshot: &Snapshot, media_type: MediaType, recognised: &RecognisedPages) -> Parsed {
    let bytes = &snapshot.bytes;
    let decoded = || charset::decode(bytes, snapshot.content_type.as_deref());
    match media_type {
        MediaType::Pdf => pdf::parse(bytes, recognised),
        MediaType::Docx => docx::parse(bytes),
        MediaType::Odt => odt::parse(bytes),
        MediaType::Rtf => rtf::parse(bytes),
        MediaType::Epub => epub::parse(bytes),
        MediaType::Html => html::parse(&decoded()),
        MediaType::Markdown => Ok(markdown::parse(&decoded())),
        MediaType::PlainText => Ok(text::parse(&decoded())),
        MediaType::Unknown => Err("a kind of file normtag does not read".to_owned()),
    }
}
