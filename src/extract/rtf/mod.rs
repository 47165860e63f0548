//! RTF: paragraphs with the labels that are written before them, tables and
//! notes, without hidden text and what tracked changes took out.
//!
//! Written by hand: the one library for it knows neither list labels nor notes
//! nor cells, and in a treaty the label is the citation. Groups are kept on a
//! list, not on the stack: however deep they are nested, they cost only memory.

mod charset;
mod paragraphs;
mod reader;
mod tokens;

use crate::extract::blocks::{Content, Parsed};
use crate::extract::rtf::reader::Reader;

/// The blocks of an RTF file.
pub(crate) fn parse(bytes: &[u8]) -> Parsed {
    let (blocks, whole) = Reader::read(bytes);
    if blocks.iter().all(|block| !block.text.chars().any(char::is_alphanumeric)) {
        return Err("no text: the document holds no words; check that it is whole".to_owned());
    }
    let cut = "end of the file: cut short, text may be missing".to_owned();
    let unread_parts = if whole { Vec::new() } else { vec![cut] };
    Ok(Content { blocks, unread_parts, ..Content::default() })
}
