//! Tasks for Label Studio: a text, and its passages as labelled regions.
//!
//! What people tagged comes as an annotation, what a program proposed as a
//! prediction. Positions count characters (Unicode code points). The labels
//! need the configuration that [`write_config`] writes.

use crate::corpus::export::guid::guid;
use crate::corpus::export::sheet::title;
use crate::corpus::export::texts::{Text, texts};
use crate::corpus::export::{Export, Passage};
use crate::corpus::tags::{OTHER, status_name};
use crate::markup::escape;
use crate::model::{ElementCode, Presence, Taxonomy};
use serde::Serialize;
use std::io::{self, Write};

#[derive(Serialize)]
struct Task {
    data: Data,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    annotations: Vec<Annotation>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    predictions: Vec<Prediction>,
}

#[derive(Serialize)]
struct Data {
    text: String,
    name: String,
    agreement: Option<String>,
    source: String,
    taxonomy: String,
}

#[derive(Serialize)]
struct Annotation {
    result: Vec<Region>,
}

#[derive(Serialize)]
struct Prediction {
    model_version: String,
    score: f64,
    result: Vec<Region>,
}

/// A part of a region's description; parts of one region share its id.
#[derive(Serialize)]
struct Region {
    id: String,
    from_name: &'static str,
    to_name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
    value: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
}

#[derive(Serialize)]
struct Value {
    start: usize,
    end: usize,
    text: Words,
    #[serde(skip_serializing_if = "Option::is_none")]
    labels: Option<[String; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    choices: Option<[&'static str; 1]>,
}

/// The words of the passage, or those a person typed about it.
#[derive(Serialize)]
#[serde(untagged)]
enum Words {
    Passage(String),
    Typed([String; 1]),
}

/// Writes a task for each text.
pub(crate) fn write(export: &Export<'_>, out: &mut Vec<u8>) -> io::Result<()> {
    let texts = texts(export);
    let tasks: Vec<Task> = texts.iter().map(|text| task(export, text)).collect();
    serde_json::to_writer_pretty(&mut *out, &tasks)?;
    writeln!(out)
}

fn task(export: &Export<'_>, text: &Text<'_>) -> Task {
    let mut result = Vec::new();
    let mut scores = Vec::new();
    for marked in &text.marked {
        let words: String =
            text.body.chars().skip(marked.start).take(marked.end - marked.start).collect();
        for passage in &marked.passages {
            scores.extend(passage.score);
            let region = Regions { text, start: marked.start, end: marked.end, words: &words };
            result.extend(region.of(export.taxonomy, passage));
        }
    }
    let data = Data {
        text: text.body.clone(),
        name: text.name.clone(),
        agreement: text.agreement.map(|id| id.as_str().to_owned()),
        source: text.source.to_owned(),
        taxonomy: export.taxonomy.id.as_str().to_owned(),
    };
    match &export.proposed_by {
        None => Task { data, annotations: vec![Annotation { result }], predictions: Vec::new() },
        Some(rules) => {
            let mean = scores.iter().sum::<f64>() / scores.len().max(1) as f64;
            let score = (mean * 100.0).round() / 100.0;
            let prediction = Prediction { model_version: rules.clone(), score, result };
            Task { data, annotations: Vec::new(), predictions: vec![prediction] }
        }
    }
}

/// What a region is made of.
struct Regions<'a> {
    text: &'a Text<'a>,
    start: usize,
    end: usize,
    words: &'a str,
}

impl Regions<'_> {
    /// Its label, what is recorded, and the citation.
    fn of(&self, taxonomy: &Taxonomy, passage: &Passage) -> Vec<Region> {
        let tag = &passage.tag;
        let id = guid(&[
            self.text.source,
            &self.start.to_string(),
            &self.end.to_string(),
            tag.element.as_str(),
            &tag.source,
        ]);
        let words = || Words::Passage(self.words.to_owned());
        let region = |from_name, kind, text, labels, choices| Region {
            id: id.clone(),
            from_name,
            to_name: "text",
            kind,
            value: Value { start: self.start, end: self.end, text, labels, choices },
            score: passage.score,
        };
        let label = label(taxonomy, &tag.element);
        let status = status_name(tag.status);
        let mut regions = vec![
            region("element", "labels", words(), Some([label]), None),
            region("status", "choices", words(), None, Some([status])),
        ];
        for (name, said) in [("citation", &tag.citation), ("note", &tag.note)] {
            if !said.is_empty() {
                let typed = Words::Typed([said.clone()]);
                regions.push(region(name, "textarea", typed, None, None));
            }
        }
        regions
    }
}

fn label(taxonomy: &Taxonomy, code: &ElementCode) -> String {
    let element = taxonomy.element(code);
    element.map_or_else(|| code.to_string(), |one| title(code.as_str(), &one.name))
}

/// Writes the labelling configuration.
pub(crate) fn write_config(taxonomy: &Taxonomy, out: &mut Vec<u8>) -> io::Result<()> {
    writeln!(
        out,
        "<View>\n  <Header value=\"$name\"/>\n  <Labels name=\"element\" toName=\"text\">"
    )?;
    let codes = taxonomy.elements.iter().map(|element| element.code.clone());
    for code in codes.chain([ElementCode::new(OTHER)]) {
        writeln!(out, "    <Label value=\"{}\"/>", escape(&label(taxonomy, &code)))?;
    }
    writeln!(out, "  </Labels>\n  <Text name=\"text\" value=\"$text\"/>")?;
    writeln!(out, "  <Choices name=\"status\" toName=\"text\" perRegion=\"true\">")?;
    for status in [Presence::Present, Presence::Indirect, Presence::Absent, Presence::NotAssessed] {
        writeln!(out, "    <Choice value=\"{}\"/>", status_name(status))?;
    }
    writeln!(
        out,
        "  </Choices>\n  <TextArea name=\"citation\" toName=\"text\" perRegion=\"true\"/>\n  \
         <TextArea name=\"note\" toName=\"text\" perRegion=\"true\"/>\n</View>"
    )
}
