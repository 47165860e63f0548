//! What an RTF reader has read so far: the paragraph that is open, its label
//! and notes, the row it stands in, and the blocks before it.

use crate::extract::blocks::{Block, table_row};
use crate::extract::outline::labels;
use crate::extract::tidy;
use crate::model::ParagraphKind;

/// Where characters go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// The paragraph.
    Words,
    /// The label before it.
    Label,
    /// A note.
    Note,
    /// A text box.
    Box,
    /// Nowhere.
    Nowhere,
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Setting {
    /// The level of a heading, counted from 1.
    pub(crate) heading: Option<u8>,
    /// The level of a list, counted from 0.
    pub(crate) level: u8,
    /// Whether it stands in a table.
    pub(crate) in_table: bool,
    /// Whether it belongs to a table of contents.
    pub(crate) contents: bool,
}

/// Collects blocks.
#[derive(Debug, Default)]
pub(crate) struct Paragraphs {
    /// How the open paragraph is set.
    pub(crate) setting: Setting,
    blocks: Vec<Block>,
    words: String,
    label: String,
    note: String,
    text_box: String,
    notes: Vec<String>,
    noted: usize,
    /// The paragraphs of the cell that is open.
    cell: Vec<String>,
    cells: Vec<String>,
}

impl Paragraphs {
    /// Where characters of this target are gathered.
    pub(crate) fn sink(&mut self, target: Target) -> Option<&mut String> {
        match target {
            Target::Words => Some(&mut self.words),
            Target::Label => Some(&mut self.label),
            Target::Note => Some(&mut self.note),
            Target::Box => Some(&mut self.text_box),
            Target::Nowhere => None,
        }
    }

    /// A paragraph ends.
    pub(crate) fn end_paragraph(&mut self, target: Target) {
        match target {
            Target::Words => self.finish(),
            Target::Box => self.text_box.push('\n'),
            Target::Note | Target::Label => {
                if let Some(sink) = self.sink(target) {
                    sink.push(' ');
                }
            }
            Target::Nowhere => {}
        }
    }

    /// A note is over.
    pub(crate) fn end_note(&mut self) {
        let note = std::mem::take(&mut self.note);
        self.notes.push(note);
    }

    fn finish(&mut self) {
        let text = tidy::tidy(&std::mem::take(&mut self.words));
        let label = tidy::tidy(&std::mem::take(&mut self.label));
        if self.setting.in_table {
            let text = format!("{label} {text}").trim().to_owned();
            if !text.is_empty() {
                self.cell.push(text);
            }
            return;
        }
        self.end_row();
        let block = self.block(label, text);
        self.blocks.extend(block);
        self.write_anchored();
    }

    fn block(&self, label: String, text: String) -> Option<Block> {
        let numbered = label.chars().any(char::is_alphanumeric);
        if text.is_empty() && !numbered {
            return None;
        }
        if self.setting.contents {
            return Some(Block::new(ParagraphKind::Contents, text));
        }
        let joined = || format!("{label} {text}").trim().to_owned();
        Some(match self.setting.heading {
            Some(level) if numbered => Block::heading(level, joined()),
            Some(level) => Block::heading(level, text),
            None if numbered && (text.is_empty() || labels::bare(&label).is_none()) => {
                Block::text(joined())
            }
            None if numbered => {
                Block { label: Some(label), ..Block::new(ParagraphKind::ListItem, text) }
            }
            None if label.is_empty() => Block::text(text),
            None => Block::item(self.setting.level.saturating_add(1), Some("•".to_owned()), text),
        })
    }

    /// Writes out the text boxes and notes of the paragraph just read.
    fn write_anchored(&mut self) {
        for line in std::mem::take(&mut self.text_box).lines() {
            let text = tidy::tidy(line);
            if !text.is_empty() {
                self.blocks.push(Block::text(text));
            }
        }
        for note in std::mem::take(&mut self.notes) {
            self.noted += 1;
            let text = tidy::tidy(&note);
            if !text.is_empty() {
                let label = Some(self.noted.to_string());
                self.blocks.push(Block { label, ..Block::new(ParagraphKind::Footnote, text) });
            }
        }
    }

    /// A cell ends, and with it the paragraph.
    pub(crate) fn end_cell(&mut self) {
        self.setting.in_table = true;
        self.finish();
        self.cells.push(std::mem::take(&mut self.cell).join(" "));
    }

    /// A row ends, where one is open.
    pub(crate) fn end_row(&mut self) {
        if !self.cell.is_empty() {
            self.cells.push(std::mem::take(&mut self.cell).join(" "));
        }
        let cells = std::mem::take(&mut self.cells);
        if !cells.is_empty() {
            self.blocks.extend(table_row(&cells));
            self.write_anchored();
        }
    }

    /// All blocks; what is open ends.
    pub(crate) fn finish_all(mut self) -> Vec<Block> {
        if !self.note.is_empty() {
            self.end_note();
        }
        self.finish();
        self.end_row();
        self.write_anchored();
        self.blocks
    }
}
