//! One person's coding of a document → a coding.

use crate::corpus::sides::{
    File, ReadSide, SideContext, bare, case_of, empty, fitting_taxonomy, known_taxonomy,
    unknown_element,
};
use crate::corpus::tags::{status_name, status_named, status_names};
use crate::model::{
    AgreementId, CodedPassage, CodedText, CodingKind, Digest, ElementCode, Merge, stem,
};
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// One person's coding of a document.
#[derive(serde::Deserialize)]
pub(super) struct Hand {
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

/// Takes the coding.
pub(super) fn read(file: &File<'_>, hand: Hand, context: &SideContext<'_>) -> ReadSide {
    let elements: Vec<&str> = hand.elements.0.iter().map(|(code, _)| code.as_str()).collect();
    let taxonomy = match &hand.taxonomy {
        Some(stated) => known_taxonomy(file, stated, context)?,
        None => fitting_taxonomy(file, &elements, context)?,
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
            rules: Vec::new(),
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
