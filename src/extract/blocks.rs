//! What every format is turned into before paragraphs are numbered: a list of
//! blocks in reading order.
//!
//! A block says what the format itself knows (this is a heading of level 2,
//! this item is marked "(a)"). What a label means for a citation is worked out
//! in `outline`, the same way for all formats.

use crate::extract::outline::labels;
use crate::model::{ParagraphKind, Recognised};

/// One paragraph, heading, list item, table row or note, as the format has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Block {
    /// Its words on one line, tidied; the cells of a table row are separated
    /// by tabs. Labels that the file spells out are still in front.
    pub(crate) text: String,
    /// What it is on the page.
    pub(crate) kind: ParagraphKind,
    /// The level of a heading or the depth of a list item, counted from 1,
    /// where the format states it.
    pub(crate) level: Option<u8>,
    /// The mark the format puts before it without spelling it out in the text:
    /// `3.`, `(a)`, `•`.
    pub(crate) label: Option<String>,
    /// The page it starts on, counted from 1.
    pub(crate) page: Option<u32>,
    /// The number printed on that page.
    pub(crate) printed_page: Option<String>,
    /// Whether any of it was recognised in the picture of a page.
    pub(crate) recognised: bool,
}

impl Block {
    /// A block that knows no more than its words and its kind.
    pub(crate) fn new(kind: ParagraphKind, text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            kind,
            level: None,
            label: None,
            page: None,
            printed_page: None,
            recognised: false,
        }
    }

    /// Running text.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::new(ParagraphKind::Text, text)
    }

    /// A heading of `level`, where 1 is the outermost.
    pub(crate) fn heading(level: u8, text: impl Into<String>) -> Self {
        Self { level: Some(level), ..Self::new(ParagraphKind::Heading, text) }
    }

    /// A list item at `depth`, with the mark its list gives it. A further
    /// paragraph of the same item has no mark.
    pub(crate) fn item(depth: u8, label: Option<String>, text: impl Into<String>) -> Self {
        Self { level: Some(depth), label, ..Self::new(ParagraphKind::ListItem, text) }
    }
}

/// All that a format yields.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Content {
    /// The blocks in reading order.
    pub(crate) blocks: Vec<Block>,
    /// How many pages the file has, for formats that have pages.
    pub(crate) pages: Option<u32>,
    /// What could not be read, each as a short phrase.
    pub(crate) unread_parts: Vec<String>,
    /// What was recognised in pictures of pages.
    pub(crate) recognised: Option<Recognised>,
}

/// The content of a file, or in one line why there is none.
pub(crate) type Parsed = Result<Content, String>;

/// The block of a table row. Tables are also used to set a label beside its
/// paragraph, or to put a frame around one.
pub(crate) fn table_row(cells: &[String]) -> Option<Block> {
    let filled: Vec<&String> = cells.iter().filter(|cell| !cell.trim().is_empty()).collect();
    let is_label = |cell: &str| {
        matches!(cell, "—" | "–" | "-" | "•" | "·" | "▪" | "o")
            || labels::bare(cell).is_some_and(|label| label.len == cell.len())
    };
    match filled.as_slice() {
        [] => None,
        [only] => Some(Block::text(only.as_str())),
        [label, words] if is_label(label) => Some(Block {
            label: Some((*label).clone()),
            ..Block::new(ParagraphKind::ListItem, words.as_str())
        }),
        _ => Some(Block::new(ParagraphKind::TableRow, cells.join("\t").trim().to_owned())),
    }
}
