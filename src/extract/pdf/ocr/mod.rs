//! Pages that show words and do not hold them: which they are, and what OCR
//! made of them.
//!
//! Runs no program: who calls hands in what was recognised.

pub(crate) mod hocr;
#[cfg(feature = "ocr")]
pub(crate) mod picture;

use crate::extract::pdf::glyphs::{LetterOrigin, PageGlyphs};
use crate::model::{Recognised, RecognisedPage};
use std::collections::BTreeMap;

/// For pages counted from 1: what OCR made of each, in hOCR, or why it made
/// nothing of it.
pub type RecognisedPages = BTreeMap<u32, Result<String, String>>;

/// Below this mean confidence a page counts as not read: every second word may
/// be wrong. From 0 to 100.
pub const POOR_RECOGNITION: u8 = 60;

/// Letters on the picture of a page, at most, where they are a stamp: a number
/// of the document, the name of an archive.
const STAMP: usize = 150;

/// Shapes on a page, at least, where letters may be drawn as such.
const MANY_SHAPES: usize = 300;

/// The pages that OCR could read.
pub(crate) fn candidates(pages: &[PageGlyphs]) -> Vec<u32> {
    let any_words = pages.iter().any(PageGlyphs::has_words);
    let shows = |page: &PageGlyphs| page.images > 0 || page.shapes > 0 || page.unmapped > 0;
    if any_words {
        return unreadable(pages).into_iter().map(|(number, _)| number).collect();
    }
    let numbered = (1u32..).zip(pages);
    numbered.filter(|(_, page)| shows(page)).map(|(number, _)| number).collect()
}

/// The pages that cannot be read, counted from 1, and what keeps them from it.
/// Few letters on a picture are a stamp or the head of a scanned page; only on
/// the first and the last page may they be the title on a cover, unless most
/// pages are so.
pub(crate) fn unreadable(pages: &[PageGlyphs]) -> Vec<(u32, &'static str)> {
    let stamped = |page: &PageGlyphs| {
        page.origin == LetterOrigin::Drawn && page.pictured && page.letters().count() < STAMP
    };
    let scanned = pages.iter().filter(|page| stamped(page)).count() * 2 > pages.len();
    let inner = |number: u32| number > 1 && (number as usize) < pages.len();
    let stamp = |number, page| {
        ((scanned || inner(number)) && stamped(page)).then_some("scanned, little text")
    };
    let numbered = (1u32..).zip(pages).filter(|(_, page)| page.origin == LetterOrigin::Drawn);
    let told = |(number, page)| Some((number, hidden(page).or_else(|| stamp(number, page))?));
    numbered.filter_map(told).collect()
}

/// What keeps the words of a page from being read, if anything does.
fn hidden(page: &PageGlyphs) -> Option<&'static str> {
    if page.unmapped > 20 && page.unmapped > page.mapped {
        Some("letters without a meaning, its fonts do not say which they are")
    } else if page.has_words() {
        None
    } else if page.images > 0 {
        Some("scanned, no text")
    } else if page.shapes > MANY_SHAPES {
        Some("drawn as shapes, no text")
    } else {
        None
    }
}

/// Puts what was recognised in place of the pages' own letters; what could not
/// be is added to `unread`.
pub(crate) fn put_in(
    pages: &mut [PageGlyphs],
    recognised: &RecognisedPages,
    unread: &mut Vec<String>,
) -> Option<Recognised> {
    let mut done = Vec::new();
    let mut by = None;
    for (&number, result) in recognised {
        let at = (number as usize).checked_sub(1);
        let Some(page) = at.and_then(|at| pages.get_mut(at)) else { continue };
        let read = result
            .as_deref()
            .map_err(ToOwned::to_owned)
            .and_then(|text| hocr::read(text).ok_or_else(|| "what it wrote is no hOCR".to_owned()));
        match read {
            Ok(text) => {
                unread.extend(poor(number, text.confidence));
                done.push(RecognisedPage { page: number, confidence: text.confidence });
                by.get_or_insert(text.by);
                *page = PageGlyphs { origin: LetterOrigin::Recognised, ..text.glyphs };
            }
            Err(why) => {
                page.origin = LetterOrigin::Unrecognised;
                unread.push(format!("page {number}: not recognised ({why})"));
            }
        }
    }
    by.map(|by| Recognised { by, pages: done })
}

/// A page on which most of what was recognised may be wrong.
fn poor(number: u32, confidence: Option<u8>) -> Option<String> {
    let confidence = confidence.filter(|&confidence| confidence < POOR_RECOGNITION)?;
    Some(format!("page {number}: recognised poorly (confidence {confidence} of 100)"))
}

/// How sure the program that wrote a text in hOCR is of its words, from 0 to
/// 100; none where it found none, or where it is no hOCR.
#[must_use]
pub fn recognition_confidence(hocr: &str) -> Option<u8> {
    hocr::read(hocr)?.confidence
}
