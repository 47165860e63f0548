//! Tidy CSV in the columns of the curated data.

use crate::corpus::import::{Entry, Imported, Remark};
use crate::corpus::tags::{HEADER, OTHER, parse_tags};
use crate::model::Taxonomy;

/// Whether the text begins with the header.
pub(crate) fn is_tidy(text: &str) -> bool {
    text.lines().next().is_some_and(|line| line.trim_end() == HEADER.join(","))
}

/// Reads the rows.
pub(crate) fn read(path: &str, text: &str, taxonomy: &Taxonomy) -> Imported {
    let mut out = Imported::default();
    let parsed = parse_tags(text);
    let mut unread = |line, text| out.unread.push(Remark { path: path.to_owned(), line, text });
    for (line, text) in parsed.mistakes {
        unread(line, text);
    }
    for (line, tag) in parsed.tags {
        if tag.element.as_str() != OTHER && taxonomy.element(&tag.element).is_none() {
            unread(line, format!("{} has no element {}", taxonomy.id, tag.element));
            continue;
        }
        if !out.entries.iter().any(|entry| entry.source == tag.source) {
            // Rows may stand in any order: the number says nothing here.
            let (source, name) = (tag.source.clone(), tag.agreement.as_str().to_owned());
            out.entries.push(Entry { source, number: 0, name, line, agreement: None });
        }
        out.tags.push(tag);
        out.rows.taken += 1;
    }
    out
}
