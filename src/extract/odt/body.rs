//! The text of an ODT: paragraphs, headings, lists, tables and notes, without
//! comments, hidden text and what tracked changes took out.

use crate::extract::blocks::{Block, table_row};
use crate::extract::odt::lists::{Counts, Label, Lists};
use crate::extract::odt::styles::Styles;
use crate::extract::outline::labels;
use crate::extract::tidy;
use crate::extract::xml::{Element, Node};
use crate::model::ParagraphKind;
use std::collections::BTreeMap;

/// A list that is open.
struct Open {
    style: String,
    /// Where its numbers are kept.
    key: String,
    /// The label of its item, until a paragraph takes it.
    label: Option<Label>,
}

/// Walks through the text and collects its blocks.
pub(crate) struct Body<'a> {
    styles: &'a Styles,
    lists: Lists,
    counts: BTreeMap<String, Counts>,
    headings: Counts,
    open: Vec<Open>,
    /// The key of the last list of each style, which another may go on with.
    last: BTreeMap<String, String>,
    blocks: Vec<Block>,
    notes: Vec<&'a Element>,
    boxes: Vec<&'a Element>,
    contents: usize,
    made: usize,
}

impl<'a> Body<'a> {
    /// A body without blocks, knowing the styles.
    pub(crate) fn new(styles: &'a Styles, lists: Lists) -> Self {
        Self {
            styles,
            lists,
            counts: BTreeMap::new(),
            headings: Counts::default(),
            open: Vec::new(),
            last: BTreeMap::new(),
            blocks: Vec::new(),
            notes: Vec::new(),
            boxes: Vec::new(),
            contents: 0,
            made: 0,
        }
    }

    /// All blocks read.
    pub(crate) fn finish(self) -> Vec<Block> {
        self.blocks
    }

    /// Reads the blocks of an element, at whatever depth they stand.
    pub(crate) fn read(&mut self, element: &'a Element) {
        for child in element.elements() {
            match child.name.as_str() {
                "p" => self.paragraph(child, None),
                "h" => {
                    let level = child.attribute("outline-level");
                    self.paragraph(child, Some(level.and_then(|l| l.parse().ok()).unwrap_or(1)));
                }
                "list" => self.list(child),
                "table" => self.table(child),
                "tracked-changes" | "annotation" | "forms" | "sequence-decls" => {}
                "section" if child.attribute("display") == Some("none") => {}
                "table-of-content" | "illustration-index" | "table-index"
                | "alphabetical-index" => {
                    self.contents += 1;
                    if let Some(body) = child.child("index-body") {
                        self.read(body);
                    }
                    self.contents -= 1;
                }
                _ => self.read(child),
            }
        }
    }

    fn list(&mut self, element: &'a Element) {
        let inherited = self.open.last().map(|outer| (outer.style.clone(), outer.key.clone()));
        let own = element.attribute("style-name").map(str::to_owned);
        let (style, key) = match (inherited, own) {
            // A list within a list counts on a deeper level of the same.
            (Some((_, key)), Some(own)) => (own, key),
            (Some(outer), None) => outer,
            (None, own) => {
                let style = own.unwrap_or_default();
                let key = self.key_of(element, &style);
                (style, key)
            }
        };
        self.last.insert(style.clone(), key.clone());
        self.open.push(Open { style, key, label: None });
        for item in element.elements() {
            match item.name.as_str() {
                "list-item" => {
                    let from = item.attribute("start-value").and_then(|n| n.parse().ok());
                    self.begin_item(item, from);
                    self.read(item);
                }
                "list-header" => self.read(item),
                _ => {}
            }
        }
        self.open.pop();
    }

    /// The key under which an outermost list counts: its own, or that of the
    /// list it goes on with.
    fn key_of(&mut self, element: &Element, style: &str) -> String {
        let named = element.attribute("continue-list").map(str::to_owned);
        let goes_on = element.attribute("continue-numbering") == Some("true");
        let before = named.or_else(|| self.last.get(style).filter(|_| goes_on).cloned());
        self.made += 1;
        let own = element.attribute("id").map_or_else(|| format!("#{}", self.made), str::to_owned);
        if let Some(counts) = before.and_then(|before| self.counts.get(&before)).copied() {
            self.counts.insert(own.clone(), counts);
        }
        own
    }

    /// Counts an item, unless it only holds a deeper list or a heading that is
    /// numbered with the others.
    fn begin_item(&mut self, item: &Element, from: Option<u32>) {
        let begins = item.elements().next().is_some_and(|first| first.name != "list");
        let level = self.open.len() - 1;
        let Some(list) = self.open.last_mut() else { return };
        let counts = self.counts.entry(list.key.clone()).or_default();
        list.label = begins.then(|| self.lists.next(&list.style, level, counts, from)).flatten();
    }

    fn paragraph(&mut self, element: &'a Element, heading: Option<u8>) {
        let style = element.attribute("style-name").unwrap_or_default();
        let mut words = String::new();
        if !self.styles.is_hidden(style) {
            self.words(element, &mut words);
        }
        let text = tidy::tidy(&words);
        let label = self.label(element, style, heading);
        let block = self.block(style, heading, label, text);
        self.blocks.extend(block);
        self.write_anchored();
    }

    /// The label of a paragraph: that of its list item, or of its own style.
    fn label(&mut self, element: &Element, style: &str, heading: Option<u8>) -> Option<Label> {
        if !self.open.is_empty() {
            return self.open.last_mut().and_then(|list| list.label.take());
        }
        let from = element
            .attribute("start-value")
            .filter(|_| element.attribute("restart-numbering") == Some("true"))
            .and_then(|n| n.parse().ok());
        let level = usize::from(heading?.max(1)) - 1;
        if element.attribute("is-list-header") == Some("true") {
            return None;
        }
        match self.styles.list(style).filter(|list| self.lists.is_known(list)) {
            Some(list) => {
                let counts = self.counts.entry(list.to_owned()).or_default();
                self.lists.next(list, level, counts, from)
            }
            None => self.lists.next_heading(level, &mut self.headings, from),
        }
    }

    fn block(
        &self,
        style: &str,
        heading: Option<u8>,
        label: Option<Label>,
        text: String,
    ) -> Option<Block> {
        if text.is_empty() && !matches!(label, Some(Label::Number(_))) {
            return None;
        }
        if self.contents > 0 {
            return Some(Block::new(ParagraphKind::Contents, text));
        }
        let heading = heading.or_else(|| self.styles.is_title(style).then_some(1));
        let depth = u8::try_from(self.open.len()).unwrap_or(u8::MAX);
        Some(match (label, heading) {
            (Some(Label::Number(label)), Some(level)) => {
                Block::heading(level, format!("{label} {text}").trim().to_owned())
            }
            (_, Some(level)) => Block::heading(level, text),
            (Some(Label::Number(label)), None)
                if text.is_empty() || labels::bare(&label).is_none() =>
            {
                Block::text(format!("{label} {text}").trim().to_owned())
            }
            (Some(Label::Number(label)), None) => {
                Block { label: Some(label), ..Block::new(ParagraphKind::ListItem, text) }
            }
            (Some(Label::Bullet), None) => Block::item(depth, Some("•".to_owned()), text),
            (None, None) if depth > 0 => Block::item(depth, None, text),
            (None, None) => Block::text(text),
        })
    }

    fn words(&mut self, element: &'a Element, words: &mut String) {
        for child in &element.children {
            let child = match child {
                Node::Text(text) => {
                    words.push_str(text);
                    continue;
                }
                Node::Element(child) => child,
            };
            let style = child.attribute("style-name").unwrap_or_default();
            match child.name.as_str() {
                // However many spaces it stands for, one is kept.
                "s" | "tab" | "line-break" => words.push(' '),
                "note" => self.notes.push(child),
                "text-box" => self.boxes.push(child),
                "annotation" | "title" | "desc" | "ruby-text" | "hidden-text"
                | "hidden-paragraph" | "object" | "image" | "event-listeners" | "script" => {}
                "span" if self.styles.is_hidden(style) => {}
                _ => self.words(child, words),
            }
        }
    }

    /// Writes out the notes and text boxes of the paragraph just read.
    fn write_anchored(&mut self) {
        for text_box in std::mem::take(&mut self.boxes) {
            let open = std::mem::take(&mut self.open);
            self.read(text_box);
            self.open = open;
        }
        for note in std::mem::take(&mut self.notes) {
            let mut mark = String::new();
            if let Some(citation) = note.child("note-citation") {
                self.words(citation, &mut mark);
            }
            let mut words = String::new();
            for paragraph in
                note.child("note-body").map(|body| body.descendants("p")).into_iter().flatten()
            {
                self.words(paragraph, &mut words);
                words.push(' ');
            }
            let text = tidy::tidy(&words);
            if !text.is_empty() {
                let label = Some(tidy::tidy(&mark)).filter(|mark| !mark.is_empty());
                self.blocks.push(Block { label, ..Block::new(ParagraphKind::Footnote, text) });
            }
        }
    }

    fn table(&mut self, table: &'a Element) {
        let rows = wrapped(table, "table-row");
        let widest = rows.iter().map(|row| wrapped(row, "table-cell").len()).max().unwrap_or(0);
        for row in rows {
            if widest <= 1 {
                self.read(row);
                continue;
            }
            let cells = wrapped(row, "table-cell");
            let texts: Vec<String> = cells.into_iter().map(|cell| self.cell(cell)).collect();
            self.blocks.extend(table_row(&texts));
            self.write_anchored();
        }
    }

    /// The words of a cell, with the labels of numbered paragraphs; its notes
    /// come after the row.
    fn cell(&mut self, cell: &'a Element) -> String {
        let outer = std::mem::take(&mut self.blocks);
        let open = std::mem::take(&mut self.open);
        self.read(cell);
        self.open = open;
        let inner = std::mem::replace(&mut self.blocks, outer);
        let (notes, texts): (Vec<Block>, Vec<Block>) =
            inner.into_iter().partition(|block| block.kind == ParagraphKind::Footnote);
        let join = |block: Block| match block.label {
            Some(label) => format!("{label} {}", block.text),
            None => block.text.replace('\t', " "),
        };
        let text = texts.into_iter().map(join).collect::<Vec<_>>().join(" ");
        self.blocks.extend(notes);
        text
    }
}

/// The rows of a table or the cells of a row, also those in groups and
/// headers.
fn wrapped<'e>(element: &'e Element, name: &str) -> Vec<&'e Element> {
    let mut found = Vec::new();
    for child in element.elements() {
        match child.name.as_str() {
            own if own == name => found.push(child),
            "table-header-rows" | "table-rows" | "table-row-group" => {
                found.extend(wrapped(child, name));
            }
            _ => {}
        }
    }
    found
}
