//! Tables in Markdown, in GitHub's dialect.

use crate::corpus::import::forms::{Tables, escaped};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Whether the text has a table with a ruler below its heading.
pub(crate) fn is_markdown(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim();
        line.starts_with('|')
            && line.contains("--")
            && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
    })
}

/// The headings, paragraphs and tables in order.
pub(crate) fn read(text: &str) -> Tables {
    let mut tables = Tables::default();
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    let mut cell = String::new();
    let line = |offset: usize| text[..offset].matches('\n').count() + 1;
    for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
        match event {
            Event::Start(Tag::TableHead | Tag::TableRow) => {
                rows.push((line(range.start), Vec::new()));
            }
            Event::Start(Tag::TableCell | Tag::Heading { .. } | Tag::Paragraph) => cell.clear(),
            Event::End(TagEnd::TableCell) => {
                if let Some((_, cells)) = rows.last_mut() {
                    cells.push(std::mem::take(&mut cell));
                }
            }
            Event::End(TagEnd::Table) => tables.table(std::mem::take(&mut rows)),
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph) => {
                tables.prose(line(range.start), &std::mem::take(&mut cell));
            }
            Event::Start(Tag::Strong) => cell.push_str("<b>"),
            Event::End(TagEnd::Strong) => cell.push_str("</b>"),
            Event::Text(words) | Event::Code(words) => cell.push_str(&escaped(&words)),
            Event::InlineHtml(tag) => cell.push_str(&tag),
            Event::SoftBreak => cell.push(' '),
            Event::HardBreak => cell.push_str("<br>"),
            _ => {}
        }
    }
    tables
}
