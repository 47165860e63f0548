//! PDF: drawn glyphs to paragraphs.
//!
//! A PDF says where each letter goes and nothing of words, lines or
//! paragraphs. `content` follows what a page shows, in its `fonts`, `layers`,
//! `state` and `clip`; `glyphs` collects the letters with their places and
//! `turned` turns them upright; `lines`, `columns` and `tables` bring them into
//! reading order; `furniture` takes away what is repeated on every page; `notes`
//! finds footnotes; `paragraphs` puts the lines together, up to their `breaks`.
//! Pages that are pictures have their letters from `ocr`, where they were
//! recognised.
//! hayro-syntax and hayro-font read files and fonts.

mod breaks;
mod clip;
mod columns;
mod content;
mod fonts;
mod furniture;
mod glyphs;
mod layers;
mod lines;
mod notes;
pub(crate) mod ocr;
mod page_labels;
mod paragraphs;
mod state;
mod tables;
mod turned;
mod usual;

use crate::extract::blocks::{Content, Parsed};
use crate::extract::guard;
use crate::extract::pdf::furniture::Furniture;
use crate::extract::pdf::glyphs::{LetterOrigin, PageGlyphs, Reader};
use crate::extract::pdf::lines::{Line, Segment};
use crate::extract::pdf::ocr::RecognisedPages;
use crate::extract::pdf::paragraphs::Region;
use crate::extract::pdf::tables::Band;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

/// Fewer pages are not worth a thread, which reads the fonts for itself.
const PAGES_ALONE: usize = 4;

/// The blocks of a PDF; pages that were recognised have what was recognised in
/// place of letters of their own.
pub(crate) fn parse(bytes: &[u8], recognised: &RecognisedPages) -> Parsed {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|error| refusal(error, bytes))?;
    let count = pdf.pages().len();
    let (mut pages, mut unread) = read_pages(&pdf)?;
    let recognised = ocr::put_in(&mut pages, recognised, &mut unread);
    let unreadable = ocr::unreadable(&pages);
    let readable = |number: &u32| unreadable.iter().all(|(other, _)| other != number);
    if !(1u32..).zip(&pages).any(|(number, page)| page.has_words() && readable(&number)) {
        return Err(wordless(&pages, &unread));
    }
    let told = |(number, what)| format!("page {number}: {what}");
    unread.extend(unreadable.into_iter().map(told));
    if is_cut_short(bytes) {
        unread.push("end of the file: cut short, pages may be missing".to_owned());
    }
    Ok(Content {
        blocks: paragraphs::blocks_of(&regions(pages, &page_labels::page_labels(&pdf))),
        pages: Some(u32::try_from(count).unwrap_or(u32::MAX)),
        unread_parts: unread,
        recognised,
    })
}

/// The pages of a PDF that show words and hold none, counted from 1: OCR could
/// read them. None where the file cannot be read at all.
pub(crate) fn pages_to_recognise(bytes: &[u8]) -> Vec<u32> {
    let pdf = Pdf::new(bytes.to_vec()).ok();
    let pages = pdf.as_ref().and_then(|pdf| read_pages(pdf).ok());
    pages.map_or_else(Vec::new, |(pages, _)| ocr::candidates(&pages))
}

/// The letters of every page, and the pages that the parser gave up.
fn read_pages(pdf: &Pdf) -> Result<(Vec<PageGlyphs>, Vec<String>), String> {
    if pdf.pages().is_empty() {
        return Err("damaged PDF: it has no pages; fetch or save it again".to_owned());
    }
    let read = guard::in_parts(pdf.pages(), PAGES_ALONE, |pages| {
        let mut reader = Reader::new(pdf);
        pages.iter().map(|page| reader.read(page)).collect()
    });
    let mut unread = Vec::new();
    let mut pages = Vec::with_capacity(read.len());
    for (number, page) in (1u32..).zip(read) {
        pages.push(page.unwrap_or_else(|message| {
            unread.push(format!("page {number}: damaged, its parser gave up ({message})"));
            PageGlyphs::default()
        }));
    }
    Ok((pages, unread))
}

/// The text of all pages in reading order, without headers and footers.
fn regions(pages: Vec<PageGlyphs>, labels: &[Option<String>]) -> Vec<Region> {
    let mut asides: Vec<Vec<Line>> = Vec::with_capacity(pages.len());
    let mut upright: Vec<(f32, f32, Vec<Segment>)> = Vec::with_capacity(pages.len());
    let recognised: Vec<bool> =
        pages.iter().map(|page| page.origin == LetterOrigin::Recognised).collect();
    for page in pages {
        let across = page.asides.into_iter().flat_map(|it| lines::lines(lines::segments(it)));
        asides.push(across.collect());
        upright.push((page.width, page.height, lines::segments(page.glyphs)));
    }
    furniture::leave_out_repeated(&mut asides);
    let mut pages = upright;
    let mut furniture = Furniture::find(&pages);
    furniture.take_labels(labels);
    for (at, (_, _, segments)) in pages.iter_mut().enumerate() {
        segments.retain(|segment| !furniture.holds(at, segment));
    }
    let gutters = columns::gutters(pages.iter().map(|(_, _, segments)| segments.as_slice()));
    let mut regions = Vec::new();
    let pages = pages.into_iter().zip(gutters);
    for (at, (((_, height, segments), gutter), across)) in pages.zip(asides).enumerate() {
        let region = |lines, aside| Region {
            page: u32::try_from(at + 1).unwrap_or(u32::MAX),
            printed_page: furniture.printed_page(at),
            page_height: height,
            lines,
            rows: Vec::new(),
            aside,
            recognised: recognised[at],
        };
        for band in bands(segments, gutter) {
            regions.push(match band {
                Band::Text(segments) => region(lines::lines(segments), false),
                Band::Table(rows) => Region { rows, ..region(Vec::new(), false) },
            });
        }
        if !across.is_empty() {
            regions.push(region(across, true));
        }
    }
    regions
}

/// The columns and tables of a page in reading order: tables across the page,
/// then columns, then tables within a column.
fn bands(segments: Vec<Segment>, gutter: Option<f32>) -> Vec<Band> {
    let mut bands = Vec::new();
    for band in tables::bands(segments, gutter) {
        let Band::Text(segments) = band else {
            bands.push(band);
            continue;
        };
        let parts = columns::in_reading_order(segments, gutter);
        let whole = parts.len() == 1;
        for part in parts {
            if whole {
                bands.push(Band::Text(part));
            } else {
                bands.extend(tables::bands(part, None));
            }
        }
    }
    bands
}

fn refusal(error: LoadPdfError, bytes: &[u8]) -> String {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => {
            "encrypted PDF: it opens only with a password; remove it (for example \
             `qpdf --password=… --decrypt in.pdf out.pdf`) and tag the result"
        }
        LoadPdfError::Decryption(_) => {
            "encrypted PDF: its encryption is broken or of an unknown kind; print it to a new PDF \
             and tag that"
        }
        LoadPdfError::Invalid if is_cut_short(bytes) => {
            "damaged PDF: the file is cut short; fetch or save it again"
        }
        LoadPdfError::Invalid => {
            "damaged PDF: its structure cannot be read; fetch or save it again, or repair it \
             (for example `qpdf in.pdf out.pdf`)"
        }
    }
    .to_owned()
}

/// Why a PDF in which no page has words has none; `unread`: what was not read of
/// it, and why.
fn wordless(pages: &[PageGlyphs], unread: &[String]) -> String {
    let count = pages.len();
    let s = if count == 1 { "" } else { "s" };
    let any = |origin| pages.iter().any(|page| page.origin == origin);
    if let Some(first) = unread.first().filter(|_| any(LetterOrigin::Unrecognised)) {
        return format!("scanned: {count} page{s} of images without text; {first}");
    }
    if any(LetterOrigin::Recognised) {
        return format!("no text: OCR found no words in the pictures of its {count} page{s}");
    }
    if pages.iter().any(|page| page.unmapped > 0) {
        return format!(
            "no text: the fonts of its {count} page{s} do not say which letters they draw; \
             --ocr reads it with an installed tesseract (or run OCR, for example `ocrmypdf \
             --force-ocr in.pdf out.pdf`, and tag the result)"
        );
    }
    if pages.iter().any(|page| page.images > 0 || page.shapes > 0) {
        return format!(
            "scanned: {count} page{s} of images without text; --ocr reads them with an installed \
             tesseract (or run OCR, for example `ocrmypdf in.pdf out.pdf`, and tag the result)"
        );
    }
    format!("no text: {count} blank page{s}; check that it is the right file")
}

/// A whole PDF says so at its end.
fn is_cut_short(bytes: &[u8]) -> bool {
    let tail = &bytes[bytes.len().saturating_sub(4096)..];
    !tail.windows(5).any(|window| window == b"%%EOF")
}
