//! JSON → a coding: proposals, exported tags, and one person's coding of a
//! document. JSON lines are one such value per line.

use crate::corpus::sides::{
    File, ReadSide, SideContext, SideMistake, bare, case_of, empty, fitting_taxonomy,
    known_taxonomy, rows, unknown_element,
};
use crate::corpus::tags::{status_name, status_named, status_names};
use crate::model::{
    AgreementId, Case, CodedPassage, CodedText, Coding, CodingKind, Digest, DocumentProposals,
    ElementCode, Merge, Outcome, Presence, Proposals, Tag, Taxonomy, stem,
};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// Reads a file of JSON, or of JSON lines.
pub(super) fn read(file: &File<'_>, text: &str, context: &SideContext<'_>) -> ReadSide {
    let whole: Result<Value, _> = serde_json::from_str(text);
    match whole {
        Ok(value) => one(file, text, &value, context),
        // Several values, one on each line, are no whole value.
        Err(_) if is_lines(text) => lines(file, text, context),
        Err(error) => Err(vec![malformed(file, &error, 0)]),
    }
}

fn malformed(file: &File<'_>, error: &serde_json::Error, lines_before: usize) -> SideMistake {
    // The position stands in the mistake's own place.
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or(&said);
    let line = (error.line() > 0).then(|| error.line() + lines_before);
    file.mistake(line, format!("not the JSON it should be: {said} (column {})", error.column()))
}

/// Whether the first line is a value by itself, and others follow.
fn is_lines(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().is_some_and(|line| serde_json::from_str::<Value>(line).is_ok());
    first && lines.next().is_some()
}

/// What the value is, told by its keys.
fn one(file: &File<'_>, text: &str, value: &Value, context: &SideContext<'_>) -> ReadSide {
    if let Some(format) = value.get("format").and_then(Value::as_u64).filter(|&format| format != 1)
    {
        return file.refuse(format!("format {format}; this version of normtag reads format 1"));
    }
    let kind = value.get("kind").and_then(Value::as_str);
    match kind {
        Some("proposals") => match serde_json::from_str(text) {
            Ok(read) => proposals(file, read, context),
            Err(error) => Err(vec![malformed(file, &error, 0)]),
        },
        Some("tags") => tags(file, value, context),
        Some(other) => file.refuse(format!(
            "JSON of kind `{other}`; a side is of kind `proposals` or `tags`, or a coding"
        )),
        None if value.get("proposals").is_some() => lines(file, text, context),
        None if value.get("elements").is_some() => match serde_json::from_str(text) {
            Ok(hand) => coding(file, hand, context),
            Err(error) => Err(vec![malformed(file, &error, 0)]),
        },
        None if value.get("verdict").is_some() => ledger(file),
        None => file.refuse(
            "JSON of no known kind; expected proposals (`normtag tag --format json`), tags \
             (`normtag corpus export --format json`), or a coding with `document` and `elements`",
        ),
    }
}

/// The ledger of decisions is written by the review, which is not there yet.
fn ledger(file: &File<'_>) -> ReadSide {
    file.refuse("a ledger of decisions; this version of normtag does not read it as a side yet")
}

/// JSON lines: a document's proposals on each, without the rules' digest.
fn lines(file: &File<'_>, text: &str, context: &SideContext<'_>) -> ReadSide {
    let mut documents = Vec::new();
    let mut mistakes = Vec::new();
    let values: Vec<(usize, &str)> = match serde_json::from_str::<Value>(text) {
        Ok(_) => vec![(0, text)],
        Err(_) => text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect(),
    };
    for (before, line) in values {
        match serde_json::from_str::<DocumentProposals>(line) {
            Ok(document) => documents.push(document),
            Err(_) if line.contains("\"verdict\"") => return ledger(file),
            Err(error) => mistakes.push(malformed(file, &error, before)),
        }
    }
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    let elements: Vec<&str> =
        documents.iter().flat_map(elements_of).map(|(element, _)| element.as_str()).collect();
    let taxonomy = fitting_taxonomy(file, &elements, context)?;
    let mut side = of_documents(file, documents, taxonomy)?;
    side.left_out.push("JSON lines do not name the rules that proposed them".to_owned());
    Ok(side)
}

/// Proposals, as `tag` gives them.
pub(super) fn proposals(
    file: &File<'_>,
    proposals: Proposals,
    context: &SideContext<'_>,
) -> ReadSide {
    let taxonomy = known_taxonomy(file, proposals.taxonomy.as_str(), context)?;
    if proposals.documents.is_empty() {
        return file.refuse("proposals for no document");
    }
    let side = of_documents(file, proposals.documents, taxonomy)?;
    Ok(Coding { rules: Some(proposals.rules.digest), ..side })
}

/// Every element that a sheet names, with what it says of it.
fn elements_of(document: &DocumentProposals) -> impl Iterator<Item = (&ElementCode, Presence)> {
    let proposed = document.proposals.iter().map(|p| (&p.element, p.status.into()));
    let absent = document.absent.iter().map(|a| (&a.element, Presence::Absent));
    let unsure = document.not_assessed.iter().map(|a| (&a.element, Presence::NotAssessed));
    proposed.chain(absent).chain(unsure)
}

fn of_documents(
    file: &File<'_>,
    documents: Vec<DocumentProposals>,
    taxonomy: &Taxonomy,
) -> ReadSide {
    let mut side = empty(file, CodingKind::Proposals, taxonomy);
    let mut mistakes = Vec::new();
    let mut seen: BTreeMap<Case, usize> = BTreeMap::new();
    for document in &documents {
        let name = document.agreement.as_ref().map_or(stem(&document.source), AgreementId::as_str);
        let case = case_of(name);
        *seen.entry(case.clone()).or_default() += 1;
        let mut said: BTreeMap<&ElementCode, Presence> = BTreeMap::new();
        for (element, status) in elements_of(document) {
            if taxonomy.element(element).is_none() {
                mistakes.push(file.mistake(None, unknown_element(taxonomy, element.as_str())));
            } else if let Some(other) = said.insert(element, status).filter(|&s| s != status) {
                let (one, other) = (status_name(status), status_name(other));
                let text =
                    format!("{name} {element} is both `{other}` and `{one}`: a cell has one value");
                mistakes.push(file.mistake(None, text));
            }
        }
        for (element, status) in said {
            let mut coded = bare(status);
            let proposed = document.proposals.iter().filter(|p| p.element == *element);
            coded.evidence = proposed
                .flat_map(|proposal| &proposal.evidence)
                .map(|evidence| CodedPassage {
                    quote: evidence.quote.clone(),
                    citation: evidence.citation.clone(),
                    source: document.source.clone(),
                })
                .collect();
            side.add(case.clone(), element.clone(), coded, Merge::Documents);
        }
        let known = side.cases.entry(case).or_default();
        known.stems.insert(stem(&document.source).to_owned());
        known.texts.push(text_of(document));
    }
    for (case, count) in seen.into_iter().filter(|(_, count)| *count > 1) {
        side.left_out
            .push(format!("{count} documents were read as one agreement, {}", case.agreement));
    }
    mistakes.dedup();
    if mistakes.is_empty() { Ok(side) } else { Err(mistakes) }
}

fn text_of(document: &DocumentProposals) -> CodedText {
    let unread = document.reason.iter().chain(&document.unread_parts);
    CodedText {
        source: document.source.clone(),
        digest: document.digest.clone(),
        outcome: Some(document.outcome),
        unread: if document.outcome == Outcome::Read {
            Vec::new()
        } else {
            unread.cloned().collect()
        },
    }
}

/// Tags, as `corpus export --format json` gives them.
fn tags(file: &File<'_>, value: &Value, context: &SideContext<'_>) -> ReadSide {
    let stated = value.get("taxonomy").and_then(Value::as_str).unwrap_or_default();
    let taxonomy = known_taxonomy(file, stated, context)?;
    let all = value.get("tags").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let mut rows = Vec::new();
    let mut mistakes = Vec::new();
    for (at, row) in all.iter().enumerate() {
        let text = |key| row.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        let status = text("status");
        match status_named(&status) {
            None => {
                let names = status_names().join(", ");
                let text = format!("tag {}: `{status}` is no status; they are {names}", at + 1);
                mistakes.push(file.mistake(None, text));
            }
            Some(status) => rows.push((
                at + 1,
                Tag {
                    agreement: AgreementId::new(text("agreement")),
                    element: ElementCode::new(text("element")),
                    status,
                    citation: text("citation"),
                    quote: text("quote"),
                    note: text("note"),
                    source: text("source"),
                },
            )),
        }
    }
    if rows.is_empty() && mistakes.is_empty() {
        return file.refuse("it has no tags");
    }
    rows::of_tags(file, rows, taxonomy, context, mistakes)
}

/// One person's coding of a document.
#[derive(serde::Deserialize)]
struct Hand {
    document: String,
    #[serde(default)]
    agreement: Option<AgreementId>,
    #[serde(default)]
    taxonomy: Option<String>,
    #[serde(default)]
    digest: Option<Digest>,
    elements: Pairs<HandCell>,
}

/// What the person coded for one element.
#[derive(serde::Deserialize)]
struct HandCell {
    status: String,
    #[serde(default)]
    passages: Vec<String>,
    #[serde(default)]
    citations: Vec<String>,
    #[serde(default)]
    note: Option<String>,
}

fn coding(file: &File<'_>, hand: Hand, context: &SideContext<'_>) -> ReadSide {
    let codes: Vec<&str> = hand.elements.0.iter().map(|(code, _)| code.as_str()).collect();
    let taxonomy = match &hand.taxonomy {
        Some(stated) => known_taxonomy(file, stated, context)?,
        None => fitting_taxonomy(file, &codes, context)?,
    };
    let name = hand.agreement.as_ref().map_or(stem(&hand.document), AgreementId::as_str);
    let case = case_of(name);
    let mut side = empty(file, CodingKind::Coding, taxonomy);
    let known = side.cases.entry(case).or_default();
    known.stems.insert(stem(&hand.document).to_owned());
    known.texts.push(CodedText {
        source: hand.document.clone(),
        digest: hand.digest,
        outcome: None,
        unread: Vec::new(),
    });
    let mut mistakes = Vec::new();
    for (code, cell) in hand.elements.0 {
        let element = ElementCode::new(&*code);
        let Some(status) = status_named(&cell.status) else {
            let names = status_names().join(", ");
            let text = format!("{code}: `{}` is no status; they are {names}", cell.status);
            mistakes.push(file.mistake(None, text));
            continue;
        };
        if taxonomy.element(&element).is_none() {
            mistakes.push(file.mistake(None, unknown_element(taxonomy, &code)));
            continue;
        }
        let mut coded = bare(status);
        coded.notes.extend(cell.note);
        let mut citations = cell.citations.into_iter();
        coded.evidence.extend(cell.passages.into_iter().map(|quote| CodedPassage {
            quote,
            citation: citations.next().unwrap_or_default(),
            source: hand.document.clone(),
        }));
        match known.cells.get_mut(&element) {
            Some(there) if there.status != coded.status => {
                let (one, other) = (status_name(there.status), status_name(coded.status));
                let text = format!(
                    "{code} is given twice, as `{one}` and as `{other}`: a cell has one value"
                );
                mistakes.push(file.mistake(None, text));
            }
            Some(there) => there.merge(coded, Merge::Records),
            None => {
                known.cells.insert(element, coded);
            }
        }
    }
    if mistakes.is_empty() { Ok(side) } else { Err(mistakes) }
}

/// The entries of an object, a key that is given twice among them: a map would
/// silently keep the last.
struct Pairs<T>(Vec<(String, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Pairs<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor(PhantomData))
    }
}

struct PairsVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PairsVisitor<T> {
    type Value = Pairs<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}
