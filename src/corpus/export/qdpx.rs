//! A REFI-QDA project (Project Exchange, `urn:QDA-XML:project:1.0`), which the
//! common programs for qualitative data analysis open.
//!
//! The codebook has the categories, below them the elements, and below each a
//! code for what only touches it. A case for each record holds what is recorded
//! for every element, absences too. Positions count Unicode code points. What a
//! thing is called in the file is made from what it is, so that the same tags
//! give the same bytes; there are no dates, as nothing here asks the clock.

use crate::corpus::export::guid::guid;
use crate::corpus::export::records::{Record, records};
use crate::corpus::export::sheet::title;
use crate::corpus::export::texts::{Marked, Text, texts};
use crate::corpus::export::{Export, Passage, archive};
use crate::corpus::marks::Values;
use crate::corpus::tags::{OTHER, status_name};
use crate::markup::escape;
use crate::model::{Presence, Taxonomy};
use std::collections::BTreeSet;
use std::io::{self, Write};

const NAMESPACE: &str = "urn:QDA-XML:project:1.0";

/// Colours of the categories, in turn; dark enough to be read on white.
const COLORS: [&str; 7] =
    ["#1F5FA8", "#1A7F4B", "#946200", "#8A4B9C", "#B3261E", "#0F7C86", "#5D6675"];

/// A text with the name of its file.
struct Source<'a> {
    guid: String,
    text: Text<'a>,
}

impl<'a> Source<'a> {
    fn of(text: Text<'a>) -> Self {
        Self { guid: guid(&["source", &text.name, &text.body]), text }
    }
}

/// Writes the project.
pub(crate) fn write(export: &Export<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let sources: Vec<Source<'_>> = texts(export).into_iter().map(Source::of).collect();
    let mut project = Vec::new();
    Project { export, values: Values::of(export.taxonomy) }.write(&sources, &mut project)?;
    let paths: Vec<String> =
        sources.iter().map(|source| format!("sources/{}.txt", source.guid)).collect();
    let bodies = sources.iter().map(|source| source.text.body.as_bytes());
    let files = paths.iter().map(String::as_str).zip(bodies);
    archive::zip(std::iter::once(("project.qde", project.as_slice())).chain(files), out)
}

/// The user that a reviewer is.
fn person(name: &str) -> String {
    guid(&["reviewer", name])
}

struct Project<'a, 'e> {
    export: &'a Export<'e>,
    values: Values,
}

impl Project<'_, '_> {
    fn write(&self, sources: &[Source<'_>], out: &mut Vec<u8>) -> io::Result<()> {
        let taxonomy = self.export.taxonomy;
        let user = self.user();
        let who = match &self.export.proposed_by {
            Some(_) => "normtag (proposed, not confirmed)",
            None => "normtag (tags that people gave)",
        };
        write!(
            out,
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Project xmlns=\"{NAMESPACE}\" \
             name=\"{}\" origin=\"normtag\" creatingUserGUID=\"{user}\">\n<Users>\
             <User guid=\"{user}\" name=\"{who}\"/>",
            escape(taxonomy.id.as_str())
        )?;
        let people = self.export.passages.iter().filter_map(|passage| passage.by.as_deref());
        for name in people.collect::<BTreeSet<&str>>() {
            write!(out, "<User guid=\"{}\" name=\"{}\"/>", person(name), escape(name))?;
        }
        writeln!(out, "</Users>")?;
        self.write_codes(out)?;
        let records = records(self.export);
        self.write_cases(&records, sources, out)?;
        let mut notes = Vec::new();
        writeln!(out, "<Sources>")?;
        for source in sources {
            self.write_source(source, &mut notes, out)?;
        }
        writeln!(out, "</Sources>")?;
        for record in &records {
            self.notes_without_place(record, &mut notes)?;
        }
        if !notes.is_empty() {
            writeln!(out, "<Notes>")?;
            out.append(&mut notes);
            writeln!(out, "</Notes>")?;
        }
        writeln!(out, "<Description>{}</Description>\n</Project>", escape(&taxonomy.name))
    }

    fn user(&self) -> String {
        guid(&["user", self.export.proposed_by.as_deref().unwrap_or("")])
    }

    /// Who decided on a passage, where that is told.
    fn user_of(&self, passage: &Passage) -> String {
        passage.by.as_deref().map_or_else(|| self.user(), person)
    }

    fn write_codes(&self, out: &mut Vec<u8>) -> io::Result<()> {
        let taxonomy = self.export.taxonomy;
        writeln!(out, "<CodeBook><Codes>")?;
        for (category, color) in taxonomy.categories.iter().zip(COLORS.iter().cycle()) {
            let id = guid(&["category", taxonomy.id.as_str(), &category.code]);
            let name = format!("{}. {}", category.code, category.name);
            let name = escape(&name);
            writeln!(
                out,
                "<Code guid=\"{id}\" name=\"{name}\" isCodable=\"false\" color=\"{color}\">"
            )?;
            self.write_elements(Some(category.code.as_str()), color, out)?;
            writeln!(out, "</Code>")?;
        }
        self.write_elements(None, COLORS[0], out)?;
        self.write_code(OTHER, "Other norms areas", "", COLORS[6], out)?;
        writeln!(out, "</Codes></CodeBook>")
    }

    fn write_elements(
        &self,
        category: Option<&str>,
        color: &str,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        let all = self.export.taxonomy.elements.iter();
        for element in all.filter(|element| element.category.as_deref() == category) {
            let code = element.code.as_str();
            self.write_code(code, &title(code, &element.name), &element.definition, color, out)?;
        }
        Ok(())
    }

    /// The code of an element, and below it that of what only touches it.
    fn write_code(
        &self,
        element: &str,
        name: &str,
        definition: &str,
        color: &str,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        let (present, indirect) =
            (self.code(element, Presence::Present), self.code(element, Presence::Indirect));
        let (name, word) = (escape(name), escape(self.values.word(Presence::Indirect)));
        let description = match definition {
            "" => String::new(),
            text => format!("<Description>{}</Description>", escape(text)),
        };
        writeln!(
            out,
            "<Code guid=\"{present}\" name=\"{name}\" isCodable=\"true\" color=\"{color}\">\
             {description}<Code guid=\"{indirect}\" name=\"{name} ({word})\" isCodable=\"true\" \
             color=\"{color}\"/></Code>"
        )
    }

    fn code(&self, element: &str, status: Presence) -> String {
        guid(&["code", self.export.taxonomy.id.as_str(), element, status.as_str()])
    }

    /// A variable for each element, and a case for each record with its values.
    fn write_cases(
        &self,
        records: &[Record<'_>],
        sources: &[Source<'_>],
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        let taxonomy: &Taxonomy = self.export.taxonomy;
        let variable = |code: &str| guid(&["variable", taxonomy.id.as_str(), code]);
        writeln!(out, "<Variables>")?;
        for element in &taxonomy.elements {
            let code = element.code.as_str();
            let (id, name) = (variable(code), escape(&title(code, &element.name)));
            writeln!(out, "<Variable guid=\"{id}\" name=\"{name}\" typeOfVariable=\"Text\"/>")?;
        }
        writeln!(out, "</Variables>\n<Cases>")?;
        for record in records {
            let id = guid(&["case", record.source, record.agreement.as_str()]);
            let name = escape(&format!("{} ({})", record.name(), record.source));
            writeln!(out, "<Case guid=\"{id}\" name=\"{name}\">")?;
            for element in &taxonomy.elements {
                let Some(status) = record.status(element.code.as_str()) else { continue };
                writeln!(
                    out,
                    "<VariableValue><VariableRef targetGUID=\"{}\"/><TextValue>{}</TextValue>\
                     </VariableValue>",
                    variable(element.code.as_str()),
                    status_name(status)
                )?;
            }
            for source in sources.iter().filter(|source| source.text.is_of(record)) {
                writeln!(out, "<SourceRef targetGUID=\"{}\"/>", source.guid)?;
            }
            writeln!(out, "</Case>")?;
        }
        writeln!(out, "</Cases>")
    }

    fn write_source(
        &self,
        source: &Source<'_>,
        notes: &mut Vec<u8>,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        let (id, name, user) = (&source.guid, escape(&source.text.name), self.user());
        writeln!(
            out,
            "<TextSource guid=\"{id}\" name=\"{name}\" plainTextPath=\"internal://{id}.txt\" \
             creatingUser=\"{user}\">"
        )?;
        for marked in &source.text.marked {
            self.write_selection(id, marked, notes, out)?;
        }
        writeln!(out, "</TextSource>")
    }

    /// A stretch of a text, with a coding for each element that rests on it.
    fn write_selection(
        &self,
        source: &str,
        Marked { start, end, passages }: &Marked<'_>,
        notes: &mut Vec<u8>,
        out: &mut Vec<u8>,
    ) -> io::Result<()> {
        let user = self.user();
        let id = guid(&["selection", source, &start.to_string(), &end.to_string()]);
        let name = passages.iter().map(|passage| passage.tag.citation.as_str());
        let name = escape(name.clone().find(|citation| !citation.is_empty()).unwrap_or_default());
        writeln!(
            out,
            "<PlainTextSelection guid=\"{id}\" name=\"{name}\" startPosition=\"{start}\" \
             endPosition=\"{end}\" creatingUser=\"{user}\">"
        )?;
        let mut loose = String::new();
        for (at, passage) in passages.iter().enumerate() {
            let tag = &passage.tag;
            let note = match tag.note.as_str() {
                "" => String::new(),
                note => {
                    let name = guid(&["note", &id, &at.to_string()]);
                    self.write_note(&name, &self.said_of(passage), note, notes)?;
                    format!("<NoteRef targetGUID=\"{name}\"/>")
                }
            };
            // What is absent has no code of its own: its note goes with the
            // stretch.
            if !matches!(tag.status, Presence::Present | Presence::Indirect) {
                loose.push_str(&note);
                continue;
            }
            let code = self.code(tag.element.as_str(), tag.status);
            let coding = guid(&["coding", &id, &at.to_string()]);
            let user = self.user_of(passage);
            writeln!(
                out,
                "<Coding guid=\"{coding}\" creatingUser=\"{user}\"><CodeRef \
                 targetGUID=\"{code}\"/>{note}</Coding>"
            )?;
        }
        writeln!(out, "{loose}</PlainTextSelection>")
    }

    /// Remarks on cells that quote nothing.
    fn notes_without_place(&self, record: &Record<'_>, notes: &mut Vec<u8>) -> io::Result<()> {
        let loose = |passage: &&&Passage| {
            passage.tag.quote.is_empty()
                && !(passage.tag.note.is_empty() && passage.tag.citation.is_empty())
        };
        for (at, passage) in record.passages.iter().filter(loose).enumerate() {
            let tag = &passage.tag;
            let id = guid(&["note", &tag.source, tag.element.as_str(), &at.to_string()]);
            let cited = if tag.citation.is_empty() { "" } else { ": " };
            let text = format!("{}{cited}{}", tag.citation, tag.note);
            self.write_note(&id, &self.said_of(passage), &text, notes)?;
        }
        Ok(())
    }

    /// What a note is about.
    fn said_of(&self, passage: &Passage) -> String {
        let tag = &passage.tag;
        let code = tag.element.as_str();
        let name = self.export.taxonomy.element(&tag.element);
        let name = name.map_or_else(|| code.to_owned(), |element| title(code, &element.name));
        format!("{} {name}: {}", tag.source, status_name(tag.status))
    }

    fn write_note(&self, id: &str, name: &str, text: &str, notes: &mut Vec<u8>) -> io::Result<()> {
        let (name, text, user) = (escape(name), escape(text), self.user());
        writeln!(
            notes,
            "<Note guid=\"{id}\" name=\"{name}\" creatingUser=\"{user}\"><PlainTextContent>{text}\
             </PlainTextContent></Note>"
        )
    }
}
