//! Tables in DOCX. Labels that Word counts ("1.", "(a)") are not text there,
//! and are not read.

use crate::corpus::import::forms::{Tables, escaped};
use crate::corpus::marks::{CITATION_STYLE, QUOTE_STYLE};
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// The styles of paragraphs that mean something, by id, and the inline tag each
/// stands for.
const STYLES: [(&str, &str); 3] = [(QUOTE_STYLE, "q"), ("Quote", "q"), (CITATION_STYLE, "cite")];

/// No document of tables comes near this size.
const MOST_BYTES: u64 = 64 << 20;

/// The paragraphs and tables in order; a row is reported by its number among
/// all rows.
pub(crate) fn read(bytes: &[u8]) -> Result<Tables, String> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| format!("no DOCX: {error}"))?;
    let part = archive
        .by_name("word/document.xml")
        .map_err(|_| "an archive without word/document.xml: no DOCX")?;
    let mut xml = String::new();
    part.take(MOST_BYTES).read_to_string(&mut xml).map_err(|error| format!("no DOCX: {error}"))?;
    let mut walk = Walk::default();
    let mut reader = Reader::from_str(&xml);
    loop {
        match reader.read_event() {
            Ok(Event::Start(tag)) => walk.start(&tag),
            Ok(Event::Empty(tag)) => {
                walk.start(&tag);
                walk.end(tag.local_name().as_ref());
            }
            Ok(Event::End(tag)) => walk.end(tag.local_name().as_ref()),
            Ok(Event::Text(text)) if walk.in_text => walk.words(&text),
            Ok(Event::CData(text)) if walk.in_text => walk.words(&text),
            Ok(Event::GeneralRef(name)) if walk.in_text => {
                let number = name.resolve_char_ref().ok().flatten().map(String::from);
                let named = quick_xml::escape::resolve_predefined_entity(&name);
                walk.words(&number.or(named.map(str::to_owned)).unwrap_or_default());
            }
            Ok(Event::Eof) => return Ok(walk.tables),
            Ok(_) => {}
            Err(error) => return Err(format!("its text is damaged: {error}")),
        }
    }
}

#[derive(Default)]
struct Walk {
    tables: Tables,
    rows: Vec<(usize, Vec<String>)>,
    number: usize,
    /// How many tables are open, one inside the other.
    depth: usize,
    /// What the paragraphs read so far hold.
    cell: String,
    /// How many columns the cell covers.
    columns: usize,
    in_text: bool,
    /// The inline tag that the style of the paragraph stands for.
    styled: Option<&'static str>,
    bold: bool,
    raised: bool,
}

impl Walk {
    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "tbl" => self.depth += 1,
            "tr" if self.depth == 1 => {
                self.number += 1;
                self.rows.push((self.number, Vec::new()));
            }
            "tc" if self.depth == 1 => {
                self.cell.clear();
                self.columns = 1;
            }
            "gridSpan" if self.depth == 1 => {
                let columns = value(tag).and_then(|columns| columns.parse().ok());
                self.columns = columns.unwrap_or(1_usize).clamp(1, 100);
            }
            "p" => {
                self.styled = None;
                self.cell.push_str("<p>");
            }
            "pStyle" => {
                let style = value(tag);
                let known = STYLES.iter().find(|(id, _)| style.as_deref() == Some(id));
                self.styled = known.map(|(_, inline)| *inline);
                if let Some(inline) = self.styled {
                    self.cell.extend(["<", inline, ">"]);
                }
            }
            "r" => (self.bold, self.raised) = (false, false),
            "b" => self.bold = !matches!(value(tag).as_deref(), Some("0" | "false" | "off")),
            "vertAlign" => self.raised = value(tag).as_deref() == Some("superscript"),
            "t" => self.in_text = true,
            "br" => self.cell.push_str("<br>"),
            "tab" => self.cell.push(' '),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "tbl" => {
                self.depth = self.depth.saturating_sub(1);
                if self.depth == 0 {
                    self.tables.table(std::mem::take(&mut self.rows));
                }
            }
            "tc" if self.depth == 1 => {
                if let Some((_, cells)) = self.rows.last_mut() {
                    cells.push(std::mem::take(&mut self.cell).replace("</b><b>", ""));
                    cells.extend((1..self.columns).map(|_| String::new()));
                }
            }
            "p" if self.depth == 0 => {
                let text = std::mem::take(&mut self.cell);
                self.tables.prose(self.number, &text);
            }
            "p" => {
                if let Some(inline) = self.styled.take() {
                    self.cell.extend(["</", inline, ">"]);
                }
                self.cell.push_str("</p>");
            }
            "t" => self.in_text = false,
            _ => {}
        }
    }

    /// Words of a run.
    fn words(&mut self, text: &str) {
        if self.raised {
            return;
        }
        let text = escaped(text);
        let text = if self.bold { format!("<b>{text}</b>") } else { text };
        self.cell.push_str(&text);
    }
}

/// The attribute `val`, whatever its prefix.
fn value(tag: &BytesStart<'_>) -> Option<String> {
    let mut all = tag.attributes().flatten();
    let found = all.find(|attribute| attribute.key.local_name().as_ref() == "val")?;
    Some(found.value.to_string())
}
