//! Tags and the passages they rest on → the forms that other tools read.
//!
//! ```text
//!  tags, proposals or decisions ─► Export ─► records ─► sheet ─► docx │ html │ markdown
//!  registry, documents               │        matrix │ xlsx
//!                                    └─► texts ─► qdpx │ labelstudio
//!                                        annotation, package
//! ```
//!
//! One form per file: values in, bytes out. The same values give the same
//! bytes: nothing here asks the clock, and archives bear one fixed time.

mod annotation;
mod archive;
mod decided;
mod docx;
mod guid;
mod html;
mod labelstudio;
mod markdown;
mod matrix;
mod package;
mod proposed;
mod qdpx;
mod records;
mod sheet;
mod texts;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use archive::zip;
pub use decided::{DecidedPassages, decided_passages};
pub use package::{Package, Release, Table, package};
pub use proposed::passages;

use crate::corpus::registry::Registry;
use crate::corpus::tags::{write_tags_csv, write_tags_json};
use crate::model::{Document, Span, Tag, Taxonomy};
use std::io;

/// What is exported.
#[derive(Debug)]
pub struct Export<'a> {
    /// The taxonomy of the tags.
    pub taxonomy: &'a Taxonomy,
    /// What is known of the agreements.
    pub registry: &'a Registry,
    /// The tags in the order of their file.
    pub passages: Vec<Passage>,
    /// Documents of the agreements; each names its agreement.
    pub documents: &'a [Document],
    /// The digest of the rules, where a program proposed the tags and no person
    /// has confirmed them.
    pub proposed_by: Option<String>,
}

/// A tag with the passage it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The tag.
    pub tag: Tag,
    /// Where its quote stands, where that is known.
    pub at: Option<At>,
    /// How strongly it is proposed, from 0 to 1, where it is a proposal.
    pub score: Option<f64>,
    /// What is told of who decided on it, where a person did.
    pub by: Option<String>,
}

/// A place in one of the documents.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    /// The document's index among those of the export.
    pub document: usize,
    /// The bytes of its text.
    pub span: Span,
}

/// A form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Tidy CSV, a row per quote.
    Csv,
    /// The same rows as JSON.
    Json,
    /// The template of the Best Practice Forum as a Word document.
    Docx,
    /// The same as a page.
    Html,
    /// The same in Markdown.
    Markdown,
    /// Agreements × elements, as CSV.
    Matrix,
    /// A workbook: matrix, tags, agreements, elements.
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// Web Annotations, as JSON-LD.
    WebAnnotation,
    /// A REFI-QDA project.
    Qdpx,
    /// Tasks for Label Studio.
    LabelStudio,
    /// The labelling configuration that those tasks need.
    LabelStudioConfig,
}

impl Export<'_> {
    /// The export in `form`.
    ///
    /// # Errors
    ///
    /// When a form cannot hold it, such as a workbook a text that is too long
    /// for a cell.
    pub fn render(&self, form: Form) -> io::Result<Vec<u8>> {
        let mut out = Vec::new();
        match form {
            Form::Csv => write_tags_csv(&self.tags(), &mut out)?,
            Form::Json => write_tags_json(&self.taxonomy.id, &self.tags(), &mut out)?,
            Form::Docx => docx::write(self, &mut out)?,
            Form::Html => html::write(self, &mut out)?,
            Form::Markdown => markdown::write(self, &mut out)?,
            Form::Matrix => matrix::write(self, &mut out)?,
            #[cfg(feature = "xlsx")]
            Form::Xlsx => xlsx::write(self, &mut out)?,
            Form::WebAnnotation => annotation::write(self, &mut out)?,
            Form::Qdpx => qdpx::write(self, &mut out)?,
            Form::LabelStudio => labelstudio::write(self, &mut out)?,
            Form::LabelStudioConfig => labelstudio::write_config(self.taxonomy, &mut out)?,
        }
        Ok(out)
    }

    fn tags(&self) -> Vec<Tag> {
        self.passages.iter().map(|passage| passage.tag.clone()).collect()
    }
}
