//! The text of a DOCX: paragraphs, tables and notes, with tracked changes
//! accepted and comments left out.

use crate::extract::blocks::{Block, table_row};
use crate::extract::docx::numbering::{Label, Numbering};
use crate::extract::docx::styles::Styles;
use crate::extract::outline::labels;
use crate::extract::tidy;
use crate::extract::xml::{Element, Node};
use crate::model::ParagraphKind;
use std::collections::BTreeMap;

/// Walks through the text and collects its blocks.
pub(crate) struct Body<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    notes: BTreeMap<(NoteKind, String), &'a Element>,
    blocks: Vec<Block>,
    /// Words of a paragraph whose end was deleted: they belong to the next.
    carried: String,
    /// Notes the paragraph refers to, not yet written out.
    referred: Vec<(NoteKind, String)>,
    /// Text boxes anchored in the paragraph, not yet written out.
    boxes: Vec<&'a Element>,
    noted: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum NoteKind {
    Footnote,
    Endnote,
}

impl<'a> Body<'a> {
    /// A body without blocks, knowing the other parts.
    pub(crate) fn new(
        styles: &'a Styles,
        numbering: Numbering,
        footnotes: Option<&'a Element>,
        endnotes: Option<&'a Element>,
    ) -> Self {
        let mut notes = BTreeMap::new();
        let parts =
            [(NoteKind::Footnote, footnotes, "footnote"), (NoteKind::Endnote, endnotes, "endnote")];
        for (kind, part, name) in parts {
            for note in part.map(|part| part.descendants(name)).unwrap_or_default() {
                let separator = note.attribute("type").is_some_and(|kind| kind != "normal");
                if let Some(id) = note.attribute("id").filter(|_| !separator) {
                    notes.insert((kind, id.to_owned()), note);
                }
            }
        }
        Self {
            styles,
            numbering,
            notes,
            blocks: Vec::new(),
            carried: String::new(),
            referred: Vec::new(),
            boxes: Vec::new(),
            noted: 0,
        }
    }

    /// Reads the blocks of an element, at whatever depth they stand.
    pub(crate) fn read(&mut self, element: &'a Element) {
        for child in element.elements() {
            match child.name.as_str() {
                "p" => self.paragraph(child),
                "tbl" => self.table(child),
                "del" | "moveFrom" | "sectPr" | "tcPr" | "sdtPr" => {}
                _ => self.read(child),
            }
        }
    }

    /// All blocks read.
    pub(crate) fn finish(self) -> Vec<Block> {
        self.blocks
    }

    fn paragraph(&mut self, element: &'a Element) {
        let properties = element.child("pPr");
        let mut words = std::mem::take(&mut self.carried);
        self.words(element, &mut words);
        let mark = properties.and_then(|properties| properties.child("rPr"));
        if mark.is_some_and(|mark| mark.child("del").is_some() || mark.child("moveFrom").is_some())
        {
            self.carried = words;
            return;
        }
        let text = tidy::tidy(&words);
        let block = self.block(properties, text);
        self.blocks.extend(block);
        self.write_anchored();
    }

    /// The block of a paragraph with these words, counted where it is numbered.
    fn block(&mut self, properties: Option<&Element>, text: String) -> Option<Block> {
        let style =
            properties.and_then(|properties| properties.value("pStyle")).unwrap_or_default();
        let inherited = self.styles.properties(style);
        let numbering = properties.and_then(|properties| properties.child("numPr"));
        let list = numbering
            .and_then(|numbering| numbering.value("numId"))
            .map(str::to_owned)
            .or(inherited.list);
        let level = numbering.and_then(|numbering| numbering.value("ilvl")?.parse().ok());
        let label = list.filter(|list| list != "0").and_then(|list| {
            let tied = self.numbering.level_of_style(&list, style);
            let level = level.or(tied).or(inherited.level.map(usize::from)).unwrap_or(0);
            Some((self.numbering.next(&list, level)?, level))
        });
        if inherited.hidden {
            return None;
        }
        let outline =
            properties.and_then(|properties| properties.value("outlineLvl")?.parse::<u8>().ok());
        let heading =
            outline.map(|level| level + 1).filter(|level| *level <= 9).or(inherited.heading);
        let numbered = matches!(label, Some((Label::Number(_), _)));
        if text.is_empty() && !numbered {
            return None;
        }
        if inherited.contents {
            return Some(Block::new(ParagraphKind::Contents, text));
        }
        Some(match (label, heading) {
            (Some((Label::Number(label), _)), Some(level)) => {
                Block::heading(level, join(&label, &text))
            }
            (None | Some((Label::Bullet, _)), Some(level)) => Block::heading(level, text),
            (Some((Label::Number(label), _)), None)
                if text.is_empty() || labels::bare(&label).is_none() =>
            {
                Block::text(join(&label, &text))
            }
            // Lists nest by their labels: each may be a list of its own to
            // Word, all at the first level.
            (Some((Label::Number(label), _)), None) => {
                Block { label: Some(label), ..Block::new(ParagraphKind::ListItem, text) }
            }
            (Some((Label::Bullet, level)), None) => {
                Block::item(u8::try_from(level + 1).unwrap_or(9), Some("•".to_owned()), text)
            }
            (None, None) => Block::text(text),
        })
    }

    /// Adds the words of an element, without what is deleted, hidden or an
    /// instruction to Word.
    fn words(&mut self, element: &'a Element, words: &mut String) {
        for child in element.elements() {
            match child.name.as_str() {
                "t" => words.extend(child.children.iter().filter_map(|node| match node {
                    Node::Text(text) => Some(text.as_str()),
                    Node::Element(_) => None,
                })),
                "tab" | "br" | "cr" | "ptab" => words.push(' '),
                "noBreakHyphen" => words.push('-'),
                "sym" => words.extend(symbol(child)),
                "r" if self.is_hidden(child) => {}
                "footnoteReference" => self.refer(NoteKind::Footnote, child),
                "endnoteReference" => self.refer(NoteKind::Endnote, child),
                "del" | "moveFrom" | "pPr" | "rPr" | "instrText" | "delText" | "softHyphen"
                | "footnoteRef" | "rt" => {}
                "txbxContent" => self.boxes.push(child),
                "AlternateContent" => {
                    if let Some(choice) = child.child("Choice").or_else(|| child.child("Fallback"))
                    {
                        self.words(choice, words);
                    }
                }
                _ => self.words(child, words),
            }
        }
    }

    /// Whether a run is not shown: it says so itself, or its style does and it
    /// does not say otherwise.
    fn is_hidden(&self, run: &Element) -> bool {
        let Some(properties) = run.child("rPr") else { return false };
        if properties.child("vanish").is_some() {
            return properties.is_on("vanish");
        }
        properties.value("rStyle").is_some_and(|style| self.styles.properties(style).hidden)
    }

    fn refer(&mut self, kind: NoteKind, reference: &Element) {
        if let Some(id) = reference.attribute("id") {
            self.referred.push((kind, id.to_owned()));
        }
    }

    /// Writes out the notes and text boxes of the paragraph just read.
    fn write_anchored(&mut self) {
        for text_box in std::mem::take(&mut self.boxes) {
            self.read(text_box);
        }
        for key in std::mem::take(&mut self.referred) {
            let Some(note) = self.notes.get(&key).copied() else {
                continue;
            };
            self.noted += 1;
            let mut words = String::new();
            for paragraph in note.descendants("p") {
                self.words(paragraph, &mut words);
                words.push(' ');
            }
            let text = tidy::tidy(&words);
            if !text.is_empty() {
                let label = Some(self.noted.to_string());
                self.blocks.push(Block { label, ..Block::new(ParagraphKind::Footnote, text) });
            }
        }
    }

    fn table(&mut self, table: &'a Element) {
        let rows = rows(table);
        // A table of one column is a frame around text.
        let widest = rows.iter().map(|row| cells(row).len()).max().unwrap_or(0);
        for row in rows {
            let deleted =
                row.child("trPr").is_some_and(|properties| properties.child("del").is_some());
            if deleted {
                continue;
            }
            if widest <= 1 {
                self.read(row);
                continue;
            }
            let texts: Vec<String> = cells(row).into_iter().map(|cell| self.cell(cell)).collect();
            self.blocks.extend(table_row(&texts));
            self.write_anchored();
        }
    }

    /// The words of a cell, with the labels of numbered paragraphs.
    fn cell(&mut self, cell: &'a Element) -> String {
        let outer = std::mem::take(&mut self.blocks);
        let anchored = std::mem::take(&mut self.referred);
        for paragraph in cell.descendants("p") {
            let mut words = String::new();
            self.words(paragraph, &mut words);
            let block = self.block(paragraph.child("pPr"), tidy::tidy(&words));
            self.blocks.extend(block);
        }
        let inner = std::mem::replace(&mut self.blocks, outer);
        self.referred.splice(0..0, anchored);
        let texts = inner.into_iter().map(|block| match block.label {
            Some(label) => join(&label, &block.text),
            None => block.text,
        });
        texts.collect::<Vec<_>>().join(" ")
    }
}

fn join(label: &str, text: &str) -> String {
    format!("{label} {text}").trim().to_owned()
}

/// The rows of a table, also those wrapped in content controls.
fn rows(table: &Element) -> Vec<&Element> {
    wrapped(table, "tr")
}

fn cells(row: &Element) -> Vec<&Element> {
    wrapped(row, "tc")
}

fn wrapped<'e>(element: &'e Element, name: &str) -> Vec<&'e Element> {
    let mut found = Vec::new();
    for child in element.elements() {
        match child.name.as_str() {
            own if own == name => found.push(child),
            "sdt" | "sdtContent" | "ins" | "customXml" => found.extend(wrapped(child, name)),
            _ => {}
        }
    }
    found
}

/// A character given by its number in a font of symbols.
fn symbol(element: &Element) -> Option<char> {
    let code = u32::from_str_radix(element.attribute("char")?, 16).ok()?;
    match code & 0xfff {
        0x2d => Some('-'),
        0xb7 | 0xa7 => Some('•'),
        _ => char::from_u32(code).filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c)),
    }
}
