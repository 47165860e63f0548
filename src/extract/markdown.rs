//! Markdown: headings, lists with their numbers, tables, footnotes; the marks
//! of emphasis and links go, their words stay.
//!
//! Written by people and converters, it is often a little wrong: a heading
//! without a space after its hashes, a paragraph in an indented block that is
//! no program. What was meant is taken.

use crate::extract::blocks::{Block, Content};
use crate::extract::outline::labels;
use crate::extract::{text, tidy};
use crate::model::ParagraphKind;
use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

/// The blocks of a Markdown text.
pub(crate) fn parse(source: &str) -> Content {
    let source = with_spaced_hashes(source);
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    let mut reader = Reader::default();
    for event in Parser::new_ext(&source, options) {
        reader.take(event);
    }
    reader.flush();
    Content { blocks: reader.blocks, ..Content::default() }
}

/// `####Title` is meant as a heading, though `#tag` is not.
fn with_spaced_hashes(source: &str) -> String {
    let mut spaced = String::with_capacity(source.len() + 16);
    for line in source.split_inclusive('\n') {
        let hashes = line.len() - line.trim_start_matches('#').len();
        let next = line[hashes..].chars().next();
        spaced.push_str(&line[..hashes]);
        if (2..=6).contains(&hashes) && next.is_some_and(|c| !c.is_whitespace()) {
            spaced.push(' ');
        }
        spaced.push_str(&line[hashes..]);
    }
    spaced
}

/// A list that is open: the number of its next item, if it has numbers.
struct List {
    next: Option<u64>,
    /// The mark of the item begun last, until a paragraph takes it.
    mark: Option<String>,
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    words: String,
    lists: Vec<List>,
    heading: Option<u8>,
    cells: Option<Vec<String>>,
    /// The name of the footnote being defined.
    footnote: Option<String>,
    code: bool,
    /// How many elements of raw HTML are open whose words are no text.
    hidden: usize,
    /// The link that is open: its target and where its words begin.
    link: Option<(bool, usize)>,
    note_paragraph: bool,
    /// Whether strong emphasis is open, and how many letters of the paragraph
    /// stand in it.
    strong: bool,
    strong_letters: usize,
}

impl Reader {
    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) if self.hidden == 0 => {
                self.words.push_str(&text);
                if self.strong {
                    self.strong_letters += text.chars().filter(|c| c.is_alphanumeric()).count();
                }
            }
            Event::Code(text) if self.hidden == 0 => self.words.push_str(&text),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.hard_break(),
            Event::Html(html) | Event::InlineHtml(html) => self.html(&html),
            Event::Rule => self.flush(),
            _ => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph if self.cells.is_none() => self.flush(),
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(level_number(level));
            }
            Tag::List(start) => {
                self.flush();
                self.lists.push(List { next: start, mark: None });
            }
            Tag::Item => self.open_item(),
            Tag::FootnoteDefinition(name) => {
                self.flush();
                self.footnote = Some(name.into_string());
            }
            Tag::TableHead | Tag::TableRow => {
                self.flush();
                self.cells = Some(Vec::new());
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                self.code = matches!(kind, CodeBlockKind::Fenced(_) | CodeBlockKind::Indented);
            }
            Tag::Link { dest_url, .. } => {
                self.link = Some((dest_url.starts_with('#'), self.words.len()));
            }
            Tag::Strong => self.strong = true,
            Tag::Image { .. } => self.hidden += 1,
            _ => {}
        }
    }

    fn open_item(&mut self) {
        self.flush();
        if let Some(list) = self.lists.last_mut() {
            let mark = list.next.map_or_else(|| "•".to_owned(), |number| format!("{number}."));
            list.next = list.next.map(|number| number.saturating_add(1));
            list.mark = Some(mark);
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::FootnoteDefinition => {
                self.flush();
                self.footnote = None;
            }
            TagEnd::TableCell => {
                let cell = tidy::tidy(&std::mem::take(&mut self.words));
                if let Some(cells) = &mut self.cells {
                    cells.push(cell);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => self.close_row(),
            TagEnd::CodeBlock => self.close_code(),
            TagEnd::Link => self.close_link(),
            TagEnd::Strong => self.strong = false,
            TagEnd::Image => self.hidden = self.hidden.saturating_sub(1),
            TagEnd::Paragraph | TagEnd::Item if self.cells.is_none() => self.flush(),
            _ => {}
        }
    }

    /// A link to a place in the same text whose words are a number in
    /// parentheses is the mark of a footnote.
    fn close_link(&mut self) {
        let Some((internal, start)) = self.link.take() else {
            return;
        };
        let words = self.words.get(start..).unwrap_or_default().trim();
        if !internal || !is_note_mark(words) {
            return;
        }
        if self.words[..start].trim().is_empty() && self.lists.is_empty() {
            // Where a paragraph begins with it, the paragraph is the note.
            self.note_paragraph = true;
        } else {
            self.words.truncate(start);
            self.words.truncate(self.words.trim_end().len());
        }
    }

    fn soft_break(&mut self) {
        if self.code {
            self.words.push('\n');
        } else {
            self.words.push(' ');
        }
    }

    /// Writers use hard breaks for lines and, wrongly, for paragraphs; a
    /// sentence that is over tells them apart.
    fn hard_break(&mut self) {
        let over = self.words.trim_end().ends_with(['.', ';', ':', '!', '?']);
        if over && self.cells.is_none() && self.heading.is_none() {
            self.flush();
        } else {
            self.words.push(' ');
        }
    }

    fn html(&mut self, html: &CowStr<'_>) {
        let tag = html.trim().to_ascii_lowercase();
        if tag.starts_with("<script") || tag.starts_with("<style") || tag.starts_with("<!--") {
            return;
        }
        if tag.starts_with("<br") {
            self.hard_break();
        } else if tag.starts_with("<sup") || tag.starts_with("</sup") {
            // Kept open: what stands between may be a mark or an exponent.
        } else if !tag.starts_with('<') {
            self.words.push_str(html);
        }
    }

    fn close_row(&mut self) {
        let Some(cells) = self.cells.take() else {
            return;
        };
        if cells.iter().any(|cell| !cell.is_empty()) {
            self.blocks.push(Block::new(ParagraphKind::TableRow, cells.join("\t")));
        }
    }

    /// Program text does not occur in agreements; what converters put into
    /// code blocks is text whose lines they could not join.
    fn close_code(&mut self) {
        self.code = false;
        let words = std::mem::take(&mut self.words);
        let lines: Vec<&str> = words.lines().collect();
        for paragraph in text::paragraphs(&lines, text::wrap_width(&words)) {
            self.words = paragraph;
            self.flush();
        }
    }

    /// Ends the paragraph that is open.
    fn flush(&mut self) {
        let words = tidy::tidy(&std::mem::take(&mut self.words));
        let note = std::mem::take(&mut self.note_paragraph);
        let strong = std::mem::take(&mut self.strong_letters);
        self.link = None;
        if words.is_empty() {
            return;
        }
        let block = if let Some(name) = &mut self.footnote {
            let label = (!name.is_empty()).then(|| std::mem::take(name));
            Block { label, ..Block::new(ParagraphKind::Footnote, words) }
        } else if note {
            Block::new(ParagraphKind::Footnote, words)
        } else if let Some(level) = self.heading {
            Block::heading(level, words)
        } else if self.lists.is_empty() && is_strong_heading(&words, strong) {
            Block::heading(STRONG_LEVEL, words)
        } else if self.lists.is_empty() {
            Block::text(words)
        } else {
            let depth = u8::try_from(self.lists.len()).unwrap_or(u8::MAX);
            let mark = self.lists.last_mut().and_then(|list| list.mark.take());
            Block::item(depth, mark, words)
        };
        self.blocks.push(block);
    }
}

/// The level of a heading that only its weight shows: below all others.
pub(crate) const STRONG_LEVEL: u8 = 7;

/// Whether a paragraph is a heading in all but name: short, not the end of a
/// sentence, and wholly in strong letters but for its number.
pub(crate) fn is_strong_heading(words: &str, strong_letters: usize) -> bool {
    if strong_letters == 0 {
        return false;
    }
    let label = labels::bare(words).map_or(0, |label| label.len);
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let title = letters(&words[label..]);
    title > 2
        && strong_letters >= title
        && words.chars().count() <= 150
        && !words.ends_with(['.', ':', ';', ','])
}

/// Whether `words` are nothing but a note's mark: `(4)`, `[4]`, `*`.
pub(crate) fn is_note_mark(words: &str) -> bool {
    let inner = words.trim().trim_matches(['(', ')', '[', ']']).trim();
    let symbols = !inner.is_empty() && inner.chars().all(|c| matches!(c, '*' | '†' | '‡'));
    symbols || (!inner.is_empty() && inner.len() <= 3 && inner.bytes().all(|b| b.is_ascii_digit()))
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes each block as `kind level [label] text`.
    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let show = |block: &Block| {
            let level = block.level.map(|level| level.to_string()).unwrap_or_default();
            let label = block.label.as_ref().map(|label| format!(" [{label}]")).unwrap_or_default();
            format!("{:?}{level}{label} {}", block.kind, block.text.replace('\t', " | "))
        };
        let actual: Vec<String> = parse(source).blocks.iter().map(show).collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn emphasis_and_links_leave_their_words() {
        check(
            "We **call** on *all* to join [the call](https://example.org).",
            &["Text We call on all to join the call."],
        );
    }

    #[test]
    fn headings_need_no_space() {
        check(
            "### Article  1  \n\n####Definitions\n",
            &["Heading3 Article 1", "Heading4 Definitions"],
        );
    }

    #[test]
    fn lists_keep_their_numbers_and_depth() {
        check(
            "3. Filtering\n   - of routes\n4. Anti-spoofing\n\n   more words\n",
            &[
                "ListItem1 [3.] Filtering",
                "ListItem2 [•] of routes",
                "ListItem1 [4.] Anti-spoofing",
                "ListItem1 more words",
            ],
        );
    }

    #[test]
    fn a_paragraph_in_strong_letters_is_a_heading() {
        check("**Our aims**\n\n**We call on:**\n", &["Heading7 Our aims", "Text We call on:"]);
        check("I. **Scope**\n", &["Heading7 I. Scope"]);
    }

    #[test]
    fn an_escaped_number_stays_in_the_text() {
        check("1\\. Fourteen years ago", &["Text 1. Fourteen years ago"]);
    }

    #[test]
    fn tables_and_footnotes_are_told_apart() {
        check(
            "| A | B |\n|---|---|\n| c | d |\n\nPeace.[^1]\n\n[^1]: A note.\n",
            &["TableRow A | B", "TableRow c | d", "Text Peace.", "Footnote [1] A note."],
        );
    }

    #[test]
    fn links_to_notes_are_marks() {
        check(
            "the Bank [(1)](#n1),\n\n[(1)](#r1) OJ C 233, p. 22.\n",
            &["Text the Bank,", "Footnote (1) OJ C 233, p. 22."],
        );
    }
}
