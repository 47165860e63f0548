//! RTF tokens to paragraphs: what each control word means for the text.

use crate::extract::blocks::Block;
use crate::extract::rtf::charset;
use crate::extract::rtf::paragraphs::{Paragraphs, Setting, Target};
use crate::extract::rtf::tokens::{Token, Tokens};
use encoding_rs::{Encoding, WINDOWS_1252};
use std::collections::BTreeMap;

/// What holds within a group, and ends with it.
#[derive(Debug, Clone, Copy)]
struct Group {
    target: Target,
    /// Which table the group belongs to, if any.
    table: Table,
    font: i32,
    /// How many bytes stand for a Unicode character where it cannot be shown.
    fallback: usize,
    hidden: bool,
    deleted: bool,
    /// Whether the group is a note, not only part of one.
    is_note: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Table {
    None,
    Fonts,
    Styles,
}

/// A style of paragraphs, as far as it is known.
#[derive(Debug, Clone, Default)]
struct Style {
    name: String,
    outline: Option<u8>,
}

/// Reads a file.
pub(crate) struct Reader {
    group: Group,
    outer: Vec<Group>,
    paragraphs: Paragraphs,
    code_page: &'static Encoding,
    fonts: BTreeMap<i32, &'static Encoding>,
    styles: BTreeMap<i32, Style>,
    /// The style that is being defined.
    style: i32,
    /// Bytes whose characters are not known yet: one may take several.
    bytes: Vec<u8>,
    /// The first half of a character beyond the first 65,536.
    half: Option<u16>,
    /// How many bytes are still to be passed over after a Unicode character.
    skip: usize,
    /// Whether the next word begins something a reader may not know.
    optional: bool,
}

impl Reader {
    /// The blocks of a file, and whether its last group is closed.
    pub(crate) fn read(bytes: &[u8]) -> (Vec<Block>, bool) {
        let group = Group {
            target: Target::Words,
            table: Table::None,
            font: 0,
            fallback: 1,
            hidden: false,
            deleted: false,
            is_note: false,
        };
        let mut reader = Self {
            group,
            outer: Vec::new(),
            paragraphs: Paragraphs::default(),
            code_page: WINDOWS_1252,
            fonts: BTreeMap::new(),
            styles: BTreeMap::new(),
            style: 0,
            bytes: Vec::new(),
            half: None,
            skip: 0,
            optional: false,
        };
        let mut tokens = Tokens::new(bytes);
        let mut closed = false;
        while let Some(token) = tokens.step() {
            if let Token::Word("bin", length) = token {
                tokens.skip(length.and_then(|length| usize::try_from(length).ok()).unwrap_or(0));
                continue;
            }
            reader.token(token);
            if token == Token::Close && reader.outer.is_empty() {
                closed = true;
                break;
            }
        }
        reader.decode();
        (reader.paragraphs.finish_all(), closed)
    }

    fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Hex(_) if self.skip > 0 => self.skip -= 1,
            Token::Hex(byte) => self.bytes.push(byte),
            Token::Bytes(bytes) => {
                let passed = self.skip.min(bytes.len());
                self.skip -= passed;
                self.bytes.extend_from_slice(&bytes[passed..]);
            }
            Token::Open => {
                self.decode();
                self.outer.push(self.group);
                self.group.is_note = false;
                self.optional = false;
            }
            Token::Close => self.close(),
            Token::Symbol(b'*') => self.optional = true,
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Word(word, value) => {
                let optional = std::mem::take(&mut self.optional);
                if word != "u" {
                    self.decode();
                }
                self.word(word, value, optional);
            }
        }
    }

    fn close(&mut self) {
        self.decode();
        if self.group.is_note {
            self.paragraphs.end_note();
        }
        if let Some(outer) = self.outer.pop() {
            self.group = outer;
        }
    }

    fn symbol(&mut self, symbol: u8) {
        self.decode();
        match symbol {
            b'~' => self.put(" "),
            b'_' => self.put("-"),
            b'\\' | b'{' | b'}' => self.put(&char::from(symbol).to_string()),
            b'\r' | b'\n' => self.paragraphs.end_paragraph(self.group.target),
            _ => {}
        }
    }

    /// Turns the bytes that wait into characters.
    fn decode(&mut self) {
        self.skip = 0;
        self.half = None;
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let encoding = self.fonts.get(&self.group.font).copied().unwrap_or(self.code_page);
        let text = encoding.decode_without_bom_handling(&bytes).0;
        self.put(&text);
    }

    fn put(&mut self, text: &str) {
        if self.group.table == Table::Styles {
            self.styles.entry(self.style).or_default().name.push_str(text);
        }
        let shown = !self.group.hidden && !self.group.deleted;
        if shown && let Some(sink) = self.paragraphs.sink(self.group.target) {
            sink.push_str(text);
        }
    }

    /// A character by its number; those beyond the first 65,536 come in halves.
    fn unicode(&mut self, value: i32) {
        let half = self.half.take();
        self.decode();
        let unit = u16::try_from(value.rem_euclid(0x1_0000)).unwrap_or(0);
        let units: Vec<u16> = half.into_iter().chain([unit]).collect();
        if (0xd800..0xdc00).contains(&unit) {
            self.half = Some(unit);
        } else {
            self.put(&String::from_utf16_lossy(&units));
        }
        self.skip = self.group.fallback;
    }

    fn word(&mut self, word: &str, value: Option<i32>, optional: bool) {
        let on = value != Some(0);
        let number = value.unwrap_or(0);
        match word {
            "u" => self.unicode(number),
            "uc" => self.group.fallback = usize::try_from(number).unwrap_or(0).min(16),
            "f" => self.group.font = number,
            "ansicpg" => self.code_page = charset::of_code_page(number),
            "mac" => self.code_page = charset::of_code_page(10000),
            "fcharset" if self.group.table == Table::Fonts => {
                if let Some(encoding) = charset::of_font(number) {
                    self.fonts.insert(self.group.font, encoding);
                }
            }
            "v" => self.group.hidden = on,
            "deleted" => self.group.deleted = on,
            "plain" => self.group.hidden = false,
            _ => {
                if !self.structure(word, number) && !self.place(word) && optional {
                    self.group.target = Target::Nowhere;
                }
            }
        }
    }

    /// Words that end something, or stand for characters or for how a
    /// paragraph is set. Whether this was one.
    fn structure(&mut self, word: &str, number: i32) -> bool {
        let target = self.group.target;
        let level = u8::try_from(number).unwrap_or(0);
        match word {
            "par" | "sect" | "page" => self.paragraphs.end_paragraph(target),
            "cell" if target == Target::Words => self.paragraphs.end_cell(),
            "row" if target == Target::Words => self.paragraphs.end_row(),
            "pard" if target == Target::Words => self.paragraphs.setting = Setting::default(),
            "intbl" if target == Target::Words => self.paragraphs.setting.in_table = true,
            "ilvl" if target == Target::Words => self.paragraphs.setting.level = level,
            "s" if self.group.table == Table::Styles => {
                self.style = number;
                self.styles.insert(number, Style::default());
            }
            "s" if target == Target::Words => self.apply(number),
            "outlinelevel" if level < 9 => {
                if self.group.table == Table::Styles {
                    self.styles.entry(self.style).or_default().outline = Some(level + 1);
                } else if target == Target::Words {
                    self.paragraphs.setting.heading = Some(level + 1);
                }
            }
            "cs" | "ds" | "ts" if self.group.table == Table::Styles => self.style = -1,
            "line" | "tab" | "nestcell" | "emspace" | "enspace" | "qmspace" => self.put(" "),
            "emdash" => self.put("—"),
            "endash" => self.put("–"),
            "lquote" => self.put("‘"),
            "rquote" => self.put("’"),
            "ldblquote" => self.put("“"),
            "rdblquote" => self.put("”"),
            "bullet" => self.put("•"),
            _ => return false,
        }
        true
    }

    /// Sets the paragraph as its style says.
    fn apply(&mut self, number: i32) {
        let Some(style) = self.styles.get(&number) else { return };
        let name = style.name.trim_end_matches(';').trim().to_lowercase();
        let named = name.strip_prefix("heading ").and_then(|level| level.parse().ok());
        let title = (name == "title").then_some(1);
        self.paragraphs.setting.heading = style.outline.or(named).or(title);
        self.paragraphs.setting.contents =
            name.starts_with("toc ") || name.starts_with("contents ");
    }

    /// Words that say where the text of their group goes. Whether this was one.
    fn place(&mut self, word: &str) -> bool {
        match word {
            "listtext" | "pntext" if self.group.target == Target::Words => {
                self.group.target = Target::Label;
            }
            "footnote" => {
                self.group.target = Target::Note;
                self.group.is_note = true;
            }
            "shpinst" => self.group.target = Target::Nowhere,
            "shptxt" => self.group.target = Target::Box,
            "fonttbl" => {
                self.group.target = Target::Nowhere;
                self.group.table = Table::Fonts;
            }
            "stylesheet" => {
                self.group.target = Target::Nowhere;
                self.group.table = Table::Styles;
            }
            "colortbl" | "info" | "pict" | "header" | "headerl" | "headerr" | "headerf"
            | "footer" | "footerl" | "footerr" | "footerf" | "nonshppict" | "shprslt"
            | "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep" | "aftnsepc" | "aftncn" | "tc" | "xe"
            | "template" | "private" | "comment" | "objdata" | "filetbl" | "revtbl" => {
                self.group.target = Target::Nowhere;
            }
            _ => return false,
        }
        true
    }
}
