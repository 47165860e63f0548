//! The elements of a page, one after the other, to blocks.

use crate::extract::blocks::{Block, table_row};
use crate::extract::html::attributes::attribute;
use crate::extract::html::breaks::{BREAK, paragraphs};
use crate::extract::html::clutter::{LONGEST_CHAFF, is_chaff};
use crate::extract::html::content::{Sieve, is_inline, is_unseen};
use crate::extract::html::links::{Linked, Links, leads_away};
use crate::extract::html::lists::List;
use crate::extract::html::notes::{is_anchor, is_note};
use crate::extract::html::tables::{cells, is_layout, is_short, rows};
use crate::extract::markdown::{STRONG_LEVEL, is_note_mark, is_strong_heading};
use crate::extract::outline::labels;
use crate::extract::{text, tidy};
use crate::model::ParagraphKind;
use scraper::{ElementRef, Node};

/// Reads an element and collects blocks.
pub(crate) struct Walker<'a> {
    blocks: Vec<Block>,
    words: String,
    lists: Vec<List>,
    /// Whether what is read stands among footnotes.
    notes: usize,
    /// A label that stood in a cell of its own.
    label: Option<String>,
    /// Whether the paragraph began with a link back from a note.
    note_paragraph: bool,
    /// How many strong elements are open, and how many letters stand in them.
    strong: usize,
    strong_letters: usize,
    /// The same of links to other pages.
    linked: usize,
    linked_letters: usize,
    /// How many lists are open that a sentence introduces.
    introduced: usize,
    /// Whether clutter is read too.
    all: bool,
    /// Whether paragraphs that only lead elsewhere are left out.
    sifts: bool,
    sieve: &'a Sieve,
}

impl<'a> Walker<'a> {
    fn new(sieve: &'a Sieve) -> Self {
        Self {
            blocks: Vec::new(),
            words: String::new(),
            lists: Vec::new(),
            notes: 0,
            label: None,
            note_paragraph: false,
            strong: 0,
            strong_letters: 0,
            linked: 0,
            linked_letters: 0,
            introduced: 0,
            all: false,
            sifts: false,
            sieve,
        }
    }

    /// The blocks of an element, without clutter.
    pub(crate) fn read(element: ElementRef<'_>, sieve: &'a Sieve) -> Vec<Block> {
        let mut walker = Self { sifts: true, ..Self::new(sieve) };
        walker.children(element);
        walker.flush();
        walker.blocks
    }

    /// The blocks of a part of the content, such as a cell.
    fn read_part(element: ElementRef<'_>, sieve: &'a Sieve) -> Vec<Block> {
        let mut walker = Self::new(sieve);
        walker.children(element);
        walker.flush();
        walker.blocks
    }

    /// The blocks of an element with everything that shows.
    pub(crate) fn read_all(element: ElementRef<'_>) -> Vec<Block> {
        let sieve = Sieve::default();
        let mut walker = Walker { all: true, ..Walker::new(&sieve) };
        walker.children(element);
        walker.flush();
        walker.blocks
    }

    fn children(&mut self, element: ElementRef<'_>) {
        for child in element.children() {
            match child.value() {
                Node::Text(text) => {
                    self.words.push_str(text);
                    if self.strong > 0 || self.linked > 0 {
                        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
                        self.strong_letters += if self.strong > 0 { letters } else { 0 };
                        self.linked_letters += if self.linked > 0 { letters } else { 0 };
                    }
                }
                Node::Element(_) => {
                    if let Some(child) = ElementRef::wrap(child) {
                        self.element(child);
                    }
                }
                _ => {}
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>) {
        let name = element.value().name();
        let never = matches!(
            name,
            "script" | "style" | "noscript" | "template" | "head" | "svg" | "iframe"
        );
        if never || (!self.all && self.sieve.is_clutter(element)) {
            return;
        }
        match name {
            "br" => self.words.push(BREAK),
            "sup" | "a" if self.takes_mark(element) => {}
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading(element),
            "ul" | "ol" | "menu" | "dir" => self.list(element),
            "li" => self.item(element),
            "table" => self.table(element),
            "pre" => self.preformatted(element),
            "hr" | "img" => {}
            "b" | "strong" => {
                self.strong += 1;
                self.children(element);
                self.strong -= 1;
            }
            "a" if leads_away(element) => {
                self.linked += 1;
                self.children(element);
                self.linked -= 1;
            }
            _ if is_inline(name) => self.children(element),
            _ => self.block(element),
        }
    }

    fn block(&mut self, element: ElementRef<'_>) {
        self.flush();
        let notes = usize::from(is_note(element));
        self.notes += notes;
        self.children(element);
        self.flush();
        self.notes -= notes;
    }

    fn heading(&mut self, element: ElementRef<'_>) {
        self.flush();
        let level = element.value().name().as_bytes()[1] - b'0';
        self.children(element);
        let words = std::mem::take(&mut self.words).replace(BREAK, " ");
        let text = tidy::tidy(&words);
        let letters = std::mem::take(&mut self.linked_letters);
        self.strong_letters = 0;
        let away = level > 1 && Linked { text: &text, letters }.leads_away(self.sieve);
        if !(text.is_empty() || self.sifts && away) {
            self.blocks.push(Block::heading(level, text));
        }
    }

    fn list(&mut self, element: ElementRef<'_>) {
        self.flush();
        let links = Links::of(element);
        let introduced = usize::from(self.is_introduced());
        if !self.all && introduced == 0 && (links.teasers || links.only && links.internal == 0) {
            return;
        }
        let start = self.blocks.len();
        let notes = usize::from(is_note(element));
        self.notes += notes;
        self.lists.push(List::new(element));
        self.introduced += introduced;
        self.children(element);
        self.flush();
        self.introduced -= introduced;
        self.lists.pop();
        self.notes -= notes;
        if links.only && links.internal > 2 {
            for block in &mut self.blocks[start..] {
                *block = Block::new(ParagraphKind::Contents, std::mem::take(&mut block.text));
            }
        }
    }

    /// Whether what comes belongs to a sentence: the last paragraph is more
    /// than a word or two and ends in a colon.
    fn is_introduced(&self) -> bool {
        self.blocks.last().is_some_and(|last| {
            last.kind != ParagraphKind::Heading
                && last.text.ends_with(':')
                && last.text.split(' ').count() > 5
        })
    }

    fn item(&mut self, element: ElementRef<'_>) {
        self.flush();
        if let Some(list) = self.lists.last_mut() {
            list.enter(element);
        }
        let notes = usize::from(is_note(element));
        self.notes += notes;
        self.children(element);
        self.flush();
        self.notes -= notes;
        if let Some(list) = self.lists.last_mut() {
            list.mark = None;
        }
    }

    fn table(&mut self, table: ElementRef<'_>) {
        self.flush();
        for caption in table.children().filter_map(ElementRef::wrap) {
            if caption.value().name() == "caption" {
                self.block(caption);
            }
        }
        let rows: Vec<ElementRef<'_>> = rows(table);
        let widest = rows.iter().map(|row| cells(*row).len()).max().unwrap_or(0);
        for row in rows {
            let cells = cells(row);
            // Words are asked of a cell only where it holds no table, or
            // tables in tables would be read over and over.
            if let Some(label) = self.cell_label(&cells) {
                self.label = Some(label);
                self.block(cells[1]);
                self.label = None;
            } else if widest <= 1 || cells.iter().any(|cell| is_layout(*cell)) {
                for cell in cells {
                    self.block(cell);
                }
            } else {
                let texts = cells.iter().map(|cell| plain_text(*cell, self.sieve));
                self.blocks.extend(table_row(&texts.collect::<Vec<_>>()));
            }
        }
        // What else stands in a table outside its rows.
        self.words.clear();
    }

    /// The label in the first of two cells, where it holds nothing else.
    fn cell_label(&self, cells: &[ElementRef<'_>]) -> Option<String> {
        let [first, _] = cells else { return None };
        if !is_short(*first) {
            return None;
        }
        let text = plain_text(*first, self.sieve);
        let dash = matches!(text.as_str(), "—" | "–" | "-" | "•");
        let label = labels::bare(&text).is_some_and(|label| label.len == text.len());
        (dash || label).then_some(text)
    }

    fn preformatted(&mut self, element: ElementRef<'_>) {
        self.flush();
        let mut words = String::new();
        Self::add_lines(element, &mut words);
        let lines: Vec<&str> = words.lines().collect();
        for paragraph in text::paragraphs(&lines, text::wrap_width(&words)) {
            self.words = paragraph;
            self.flush();
        }
    }

    /// The lines of a text that is shown as it is written; some editors put
    /// each of them into an element of its own.
    fn add_lines(element: ElementRef<'_>, words: &mut String) {
        for child in element.children() {
            match (child.value(), ElementRef::wrap(child)) {
                (Node::Text(text), _) => words.push_str(text),
                (_, Some(inner)) if is_unseen(inner) => {}
                (_, Some(inner)) => {
                    let breaks = !is_inline(inner.value().name());
                    if breaks && !words.is_empty() && !words.ends_with('\n') {
                        words.push('\n');
                    }
                    Self::add_lines(inner, words);
                    if breaks && !words.ends_with('\n') {
                        words.push('\n');
                    }
                }
                _ => {}
            }
        }
    }

    /// Drops the mark of a note. At the start of a paragraph it shows that the
    /// paragraph is the note.
    fn takes_mark(&mut self, element: ElementRef<'_>) -> bool {
        // Most are told by their first letter: a mark has none.
        if element.text().any(|text| text.contains(char::is_alphabetic)) {
            return false;
        }
        let words: String = element.text().collect();
        let back = matches!(words.trim(), "↩" | "↩︎" | "^" | "↑" | "⏎");
        let mut links = element
            .descendants()
            .filter_map(ElementRef::wrap)
            .filter_map(|inner| attribute(inner, "href"));
        let internal = links.any(|target| target.contains('#'));
        if self.words.trim().is_empty() && is_anchor(element) && is_note_mark(&words) {
            self.note_paragraph = true;
            self.words.push_str(&words);
            return true;
        }
        if !(internal && (back || is_note_mark(&words))) {
            return false;
        }
        if self.words.trim().is_empty() && !back && self.notes == 0 && element.value().name() == "a"
        {
            self.note_paragraph = true;
            self.words.push_str(&words);
        } else if self.words.trim().is_empty() && !back && self.notes > 0 {
            self.words.push_str(&words);
            self.words.push(' ');
        }
        true
    }

    /// Ends the paragraph that is open; line breaks in it may end others.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        let note = std::mem::take(&mut self.note_paragraph) || self.notes > 0;
        let strong = std::mem::take(&mut self.strong_letters);
        let linked = std::mem::take(&mut self.linked_letters);
        if words.trim().is_empty() || (self.sifts && !note && self.is_chaff(&words, linked)) {
            return;
        }
        for paragraph in paragraphs(words) {
            let text = tidy::tidy(&paragraph);
            if text.contains(char::is_alphanumeric)
                || (!text.is_empty() && labels::bare(&text).is_some())
            {
                self.push(text, note, strong);
            }
        }
    }

    /// Whether a paragraph is no part of what the page says. What is numbered
    /// stays, or the numbers would tell of a gap.
    fn is_chaff(&self, words: &str, linked: usize) -> bool {
        let letters = words.bytes().filter(u8::is_ascii_alphanumeric);
        if linked == 0 && letters.take(LONGEST_CHAFF).count() == LONGEST_CHAFF {
            return false;
        }
        let text = tidy::tidy(words);
        let in_numbered = self.lists.last().is_some_and(List::is_numbered);
        if in_numbered
            || self.introduced > 0
            || self.label.is_some()
            || labels::bare(&text).is_some()
        {
            return false;
        }
        is_chaff(&text) || Linked { text: &text, letters: linked }.leads_away(self.sieve)
    }

    fn push(&mut self, text: String, note: bool, strong: usize) {
        let mark = self.lists.last_mut().and_then(|list| list.mark.take());
        let label = self.label.take();
        let block = if note {
            Block { label: label.or(mark), ..Block::new(ParagraphKind::Footnote, text) }
        } else if let Some(label) = label {
            Block { label: Some(label), ..Block::new(ParagraphKind::ListItem, text) }
        } else if self.lists.is_empty() && is_strong_heading(&text, strong) {
            Block::heading(STRONG_LEVEL, text)
        } else if self.lists.is_empty() {
            Block::text(text)
        } else {
            let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
            Block::item(depth, mark, text)
        };
        self.blocks.push(block);
    }
}

/// The words of an element on one line, without clutter and marks of notes.
pub(crate) fn plain_text(element: ElementRef<'_>, sieve: &Sieve) -> String {
    let blocks = Walker::read_part(element, sieve);
    let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    texts.join(" ")
}
