//! Corrections to what was imported: a listed file, each with its reason.
//!
//! A correction names one row, and fails where it does not find it: when the
//! source or the import changes, none is applied to the wrong place.

use crate::corpus::import::{Imported, opening};
use crate::model::{AgreementId, ElementCode, Presence, SourceFile, Tag};
use serde::Deserialize;

/// A file of corrections.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrections {
    /// The version of the form.
    pub format: u32,
    /// The corrections, applied in order.
    #[serde(default, rename = "correction")]
    pub all: Vec<Correction>,
}

/// One correction of one row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The entry.
    pub source: String,
    /// The element the row stands under; empty where import found none.
    pub element: String,
    /// What its quote begins with, or its note where it has no quote; without
    /// it a row is added.
    pub begins: Option<String>,
    /// Why.
    pub why: String,
    /// The element it belongs under.
    pub to: Option<String>,
    /// The row it belongs on, by what that one begins with: citation and note
    /// go there, and this row goes.
    pub onto: Option<String>,
    /// What is recorded.
    pub status: Option<Recorded>,
    /// The citation in place of the one there is.
    pub citation: Option<String>,
    /// A note, behind the one there is.
    pub note: Option<String>,
    /// Where a second quote begins.
    pub split: Option<String>,
    /// Where the quote begins; what stands before it is a remark.
    pub lead: Option<String>,
    /// Whether the quote is no quote but a remark.
    #[serde(default)]
    pub remark: bool,
}

/// A status as files of tags call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Recorded {
    /// The element is present.
    Present,
    /// It is touched.
    Indirect,
    /// It is absent.
    Absent,
    /// The source does not say.
    Unrecorded,
}

impl From<Recorded> for Presence {
    fn from(recorded: Recorded) -> Self {
        match recorded {
            Recorded::Present => Self::Present,
            Recorded::Indirect => Self::Indirect,
            Recorded::Absent => Self::Absent,
            Recorded::Unrecorded => Self::NotAssessed,
        }
    }
}

impl Corrections {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// What is wrong in it, with the place.
    pub fn parse(file: &SourceFile) -> Result<Self, String> {
        let read: Self =
            toml::from_str(&file.text).map_err(|error| format!("{}: {error}", file.path))?;
        if read.format == 1 {
            Ok(read)
        } else {
            Err(format!("{}: format {} is not known; it is 1", file.path, read.format))
        }
    }

    /// Applies those for the entries that were imported; says which did not
    /// apply.
    #[must_use]
    pub fn apply(&self, imported: &mut Imported) -> Vec<String> {
        let mut failed = Vec::new();
        for correction in &self.all {
            let known = imported.entries.iter().any(|entry| entry.source == correction.source);
            if known && let Err(why) = correction.apply(&mut imported.tags) {
                let Correction { source, element, .. } = correction;
                failed.push(format!("{source} {element}: {why}"));
            }
        }
        failed
    }
}

impl Correction {
    fn apply(&self, tags: &mut Vec<Tag>) -> Result<(), String> {
        let Some(begins) = &self.begins else { return self.add(tags) };
        let at = self.find(tags, &self.element, begins)?;
        if let Some(onto) = &self.onto {
            let to = self.to.as_ref().unwrap_or(&self.element);
            let target = self.find(tags, to, onto)?;
            let Tag { citation, note, .. } = tags[at].clone();
            tags[target].citation = citation;
            append(&mut tags[target].note, &note);
            tags.remove(at);
            return Ok(());
        }
        self.cut(tags, at)?;
        let tag = &mut tags[at];
        if self.remark {
            let quote = std::mem::take(&mut tag.quote);
            append(&mut tag.note, &quote);
        }
        if let Some(to) = &self.to {
            tag.element = ElementCode::new(to.as_str());
        }
        if let Some(status) = self.status {
            tag.status = status.into();
        }
        if let Some(citation) = &self.citation {
            tag.citation.clone_from(citation);
        }
        if let Some(note) = &self.note {
            append(&mut tag.note, note);
        }
        Ok(())
    }

    /// Cuts the row at the words the correction names.
    fn cut(&self, tags: &mut Vec<Tag>, at: usize) -> Result<(), String> {
        if let Some(split) = &self.split {
            let (first, second) = cut_before(&tags[at].quote, split)?;
            let mut behind = tags[at].clone();
            tags[at].quote = first;
            tags[at].note.clear();
            behind.quote = second;
            tags.insert(at + 1, behind);
        }
        if let Some(lead) = &self.lead {
            let (before, quote) = cut_before(&tags[at].quote, lead)?;
            let marks = ['‘', '’', '\'', '"', ' '];
            append(&mut tags[at].note, before.trim_end_matches(marks));
            quote.trim_end_matches(marks).clone_into(&mut tags[at].quote);
        }
        Ok(())
    }

    /// Adds a row where the cell has none.
    fn add(&self, tags: &mut Vec<Tag>) -> Result<(), String> {
        if tags.iter().any(|tag| tag.source == self.source && tag.element.as_str() == self.element)
        {
            return Err("there are rows already: say what the one that is meant begins with".into());
        }
        let status = self.status.ok_or("a row that is added needs a status")?;
        tags.push(Tag {
            agreement: AgreementId::new(self.source.as_str()),
            element: ElementCode::new(self.element.as_str()),
            status: status.into(),
            citation: self.citation.clone().unwrap_or_default(),
            quote: String::new(),
            note: self.note.clone().unwrap_or_default(),
            source: self.source.clone(),
        });
        Ok(())
    }

    /// The one row under `element` that begins so.
    fn find(&self, tags: &[Tag], element: &str, begins: &str) -> Result<usize, String> {
        let meant = |tag: &Tag| {
            let words = if tag.quote.is_empty() { &tag.note } else { &tag.quote };
            tag.source == self.source
                && tag.element.as_str() == element
                && words.starts_with(begins)
        };
        let mut found = tags.iter().enumerate().filter(|(_, tag)| meant(tag)).map(|(at, _)| at);
        let at = found.next().ok_or_else(|| format!("no row begins with {}", opening(begins)))?;
        match found.next() {
            None => Ok(at),
            Some(_) => Err(format!("more than one row begins with {}", opening(begins))),
        }
    }
}

fn append(note: &mut String, more: &str) {
    if !note.is_empty() && !more.is_empty() {
        note.push_str("; ");
    }
    note.push_str(more);
}

fn cut_before(quote: &str, words: &str) -> Result<(String, String), String> {
    let at = quote.find(words).ok_or_else(|| format!("the quote has no {}", opening(words)))?;
    Ok((quote[..at].trim().to_owned(), quote[at..].trim().to_owned()))
}
