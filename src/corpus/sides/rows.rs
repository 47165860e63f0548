//! Rows of tags → a coding: tidy CSV, and tables as import reads them.

use crate::corpus::import::Imported;
use crate::corpus::sides::{
    File, ReadSide, SideContext, SideMistake, case_of, empty, fitting_taxonomy, unknown_element,
};
use crate::corpus::tags::{OTHER, parse_tags, status_name};
use crate::model::{
    AgreementId, Case, Coded, CodedPassage, Coding, CodingKind, ElementCode, Merge, Presence, Tag,
    Taxonomy, stem,
};
use std::collections::BTreeMap;

/// Reads tidy CSV.
pub(super) fn tidy(file: &File<'_>, text: &str, context: &SideContext<'_>) -> ReadSide {
    let parsed = parse_tags(text);
    let mut mistakes: Vec<SideMistake> =
        parsed.mistakes.into_iter().map(|(line, text)| file.mistake(Some(line), text)).collect();
    if parsed.tags.is_empty() {
        mistakes.push(file.mistake(None, "it has no rows of tags"));
        return Err(mistakes);
    }
    let taxonomy = taxonomy(file, &parsed.tags, context)?;
    of_tags(file, parsed.tags, taxonomy, context, mistakes)
}

/// Rows with their lines.
pub(super) fn of_tags(
    file: &File<'_>,
    tags: Vec<(usize, Tag)>,
    taxonomy: &Taxonomy,
    context: &SideContext<'_>,
    mut mistakes: Vec<SideMistake>,
) -> ReadSide {
    let mut rows = Rows::new(empty(file, CodingKind::Tags, taxonomy), context);
    for (line, tag) in tags {
        let other = tag.element.as_str() == OTHER;
        if !other && taxonomy.element(&tag.element).is_none() {
            let text = unknown_element(taxonomy, tag.element.as_str());
            mistakes.push(file.mistake(Some(line), text));
        } else if tag.agreement.as_str().is_empty() && tag.source.is_empty() {
            let text = "the row names neither an agreement nor a source";
            mistakes.push(file.mistake(Some(line), text));
        } else if let Err(text) = rows.take(line, tag) {
            mistakes.push(file.mistake(Some(line), text));
        }
    }
    if mistakes.is_empty() { Ok(rows.close()) } else { Err(mistakes) }
}

/// The taxonomy that the sources of the rows name (`taxonomy/entry`), or the
/// one that their elements fit.
fn taxonomy<'a>(
    file: &File<'_>,
    tags: &[(usize, Tag)],
    context: &SideContext<'a>,
) -> Result<&'a Taxonomy, Vec<SideMistake>> {
    let stated = tags
        .iter()
        .filter_map(|(_, tag)| tag.source.split_once('/'))
        .find_map(|(id, _)| context.taxonomies.iter().find(|taxonomy| taxonomy.id.as_str() == id));
    let elements: Vec<&str> = tags.iter().map(|(_, tag)| tag.element.as_str()).collect();
    stated.map_or_else(|| fitting_taxonomy(file, &elements, context), Ok)
}

/// Takes what import made of a table.
pub(super) fn imported(
    file: &File<'_>,
    imported: Imported,
    taxonomy: &Taxonomy,
    context: &SideContext<'_>,
) -> Coding {
    let mut imported = imported;
    // A table is headed by a name; the registry knows whose.
    let ids: BTreeMap<String, AgreementId> = imported
        .entries
        .iter()
        .filter_map(|entry| {
            let agreement = context.registry.find(&entry.name)?;
            Some((entry.source.clone(), agreement.id.clone()))
        })
        .collect();
    imported.close(file.path, taxonomy);
    let mut rows = Rows::new(empty(file, CodingKind::Tags, taxonomy), context);
    for mut tag in imported.tags {
        if let Some(id) = ids.get(&tag.source) {
            tag.agreement = id.clone();
        }
        // Import gives one value to a cell.
        let _ = rows.take(0, tag);
    }
    let mut coding = rows.close();
    let unread = imported.unread.iter().map(|remark| match remark.line {
        0 => format!("not read: {}", remark.text),
        line => format!("not read: line {line}: {}", remark.text),
    });
    coding.left_out.extend(unread);
    coding
}

/// Rows on their way into a coding.
struct Rows<'c> {
    coding: Coding,
    context: &'c SideContext<'c>,
    /// The records so far, by agreement, entry and element, with the line of
    /// the first row.
    records: BTreeMap<(AgreementId, String, ElementCode), (usize, Coded)>,
    others: usize,
}

impl<'c> Rows<'c> {
    fn new(coding: Coding, context: &'c SideContext<'c>) -> Self {
        Self { coding, context, records: BTreeMap::new(), others: 0 }
    }

    /// Takes a row; a cell has one value.
    fn take(&mut self, line: usize, tag: Tag) -> Result<(), String> {
        if tag.element.as_str() == OTHER {
            self.others += 1;
            return Ok(());
        }
        let Tag { agreement, element, status, citation, quote, note, source } = tag;
        let mut coded = Coded { status, evidence: Vec::new(), notes: Vec::new() };
        if !note.is_empty() {
            coded.notes.push(note);
        }
        if !quote.is_empty() || !citation.is_empty() && status != Presence::Absent {
            coded.evidence.push(CodedPassage {
                quote,
                citation,
                source: source.clone(),
                rules: Vec::new(),
            });
        }
        // A sheet of proposals without an agreement names its file as its source.
        let agreement =
            if agreement.as_str().is_empty() { AgreementId::new(stem(&source)) } else { agreement };
        match self.records.get_mut(&(agreement.clone(), source.clone(), element.clone())) {
            Some((first, known)) if known.status != status => Err(format!(
                "{agreement} {element} is `{}` here and `{}` on line {first}: a cell has one value",
                status_name(status),
                status_name(known.status),
            )),
            Some((_, known)) => {
                known.merge(coded, Merge::Records);
                Ok(())
            }
            None => {
                self.records.insert((agreement, source, element), (line, coded));
                Ok(())
            }
        }
    }

    fn close(mut self) -> Coding {
        for ((agreement, source, element), (_, coded)) in self.records {
            let case = case_of(agreement.as_str());
            let stem = stem(&source).to_owned();
            let entry = self.context.by_entry.then_some(source);
            let case = Case { entry, ..case };
            self.coding.add(case.clone(), element, coded, Merge::Records);
            if stem == agreement.as_str()
                && let Some(coded) = self.coding.cases.get_mut(&case)
            {
                coded.stems.insert(stem);
            }
        }
        if self.others > 0 {
            let rows = self.others;
            self.coding.left_out.push(format!("{rows} rows on areas outside the elements"));
        }
        self.coding
    }
}
