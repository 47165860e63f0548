//! The curated tags: the rows that are built in, and their forms in files.

use crate::model::{AgreementId, ElementCode, Presence, Tag, Taxonomy, TaxonomyId};
use csv::{ReaderBuilder, StringRecord, Terminator, WriterBuilder};
use serde::{Serialize, Serializer};
use std::io;

/// The columns of a file of tags.
pub const HEADER: [&str; 7] =
    ["agreement", "element", "status", "citation", "quote", "note", "source"];

/// What stands in place of an element for an area that is none.
pub const OTHER: &str = "other";

/// What a status is called in files of tags.
pub(crate) const STATUSES: [(&str, Presence); 4] = [
    ("present", Presence::Present),
    ("indirect", Presence::Indirect),
    ("absent", Presence::Absent),
    ("unrecorded", Presence::NotAssessed),
];

/// What `status` is called in files of tags.
#[must_use]
pub fn status_name(status: Presence) -> &'static str {
    STATUSES.iter().find(|(_, known)| *known == status).map_or("", |(name, _)| name)
}

/// What a file of tags holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ParsedTags {
    /// The tags, each with its line, from 1.
    pub tags: Vec<(usize, Tag)>,
    /// What is wrong, with the line.
    pub mistakes: Vec<(usize, String)>,
}

/// Reads a file of tags; a row that is wrong does not hide the others.
#[must_use]
pub fn parse_tags(text: &str) -> ParsedTags {
    let mut parsed = ParsedTags::default();
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    for (at, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                parsed.mistakes.push((at + 1, error.to_string()));
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let line = usize::try_from(line).unwrap_or(usize::MAX);
        if at > 0 {
            match tag(&record) {
                Ok(tag) => parsed.tags.push((line, tag)),
                Err(mistake) => parsed.mistakes.push((line, mistake)),
            }
        } else if record.iter().ne(HEADER) {
            parsed.mistakes.push((line, format!("the header is not {}", HEADER.join(","))));
        }
    }
    parsed
}

fn tag(record: &StringRecord) -> Result<Tag, String> {
    let [agreement, element, status, citation, quote, note, source] =
        <[&str; 7]>::try_from(record.iter().collect::<Vec<_>>())
            .map_err(|cells| format!("{} cells, not {}", cells.len(), HEADER.len()))?;
    let status = STATUSES.iter().find(|(name, _)| *name == status);
    let (_, status) = status.ok_or_else(|| {
        let names: Vec<&str> = STATUSES.iter().map(|(name, _)| *name).collect();
        format!("no status of this name; they are {}", names.join(", "))
    })?;
    Ok(Tag {
        agreement: AgreementId::new(agreement),
        element: ElementCode::new(element),
        status: *status,
        citation: citation.to_owned(),
        quote: quote.to_owned(),
        note: note.to_owned(),
        source: source.to_owned(),
    })
}

/// Sorts by agreement, source and element in the taxonomy's order; rows of one
/// cell keep their order.
pub fn sort_tags(tags: &mut [Tag], taxonomy: &Taxonomy) {
    let place = |code: &ElementCode| {
        let found = taxonomy.elements.iter().position(|element| &element.code == code);
        found.unwrap_or(taxonomy.elements.len())
    };
    tags.sort_by_cached_key(|tag| (tag.agreement.clone(), tag.source.clone(), place(&tag.element)));
}

/// Writes tags as tidy CSV.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write_tags_csv(tags: &[Tag], out: &mut dyn io::Write) -> io::Result<()> {
    let mut rows = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(out);
    rows.write_record(HEADER)?;
    for tag in tags {
        rows.write_record(cells(tag))?;
    }
    rows.flush()
}

/// Writes tags as JSON.
///
/// # Errors
///
/// When `out` cannot be written.
pub fn write_tags_json(
    taxonomy: &TaxonomyId,
    tags: &[Tag],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let sheet =
        Sheet { format: 1, kind: "tags", taxonomy, tags: tags.iter().map(TagRow).collect() };
    serde_json::to_writer_pretty(&mut *out, &sheet)?;
    writeln!(out)
}

/// Tags as JSON has them.
#[derive(Serialize)]
struct Sheet<'a> {
    format: u32,
    kind: &'static str,
    taxonomy: &'a TaxonomyId,
    tags: Vec<TagRow<'a>>,
}

/// A tag as JSON has it, under the names of the columns.
pub struct TagRow<'a>(
    /// The tag.
    pub &'a Tag,
);

impl Serialize for TagRow<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(HEADER.iter().zip(cells(self.0)))
    }
}

fn cells(tag: &Tag) -> [&str; 7] {
    [
        tag.agreement.as_str(),
        tag.element.as_str(),
        status_name(tag.status),
        &tag.citation,
        &tag.quote,
        &tag.note,
        &tag.source,
    ]
}
