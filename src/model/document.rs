//! A document: one text, its paragraphs, and where each of them stands.
//!
//! All offsets are bytes of [`Document::text`]. Knows nothing of the format the
//! text came from beyond its name.

use super::{AgreementId, Digest, Span};
use serde::{Deserialize, Serialize};

/// What kind of file a text came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum MediaType {
    /// `application/pdf`
    #[serde(rename = "application/pdf")]
    Pdf,
    /// `text/html`
    #[serde(rename = "text/html")]
    Html,
    /// Office Open XML word processing (`.docx`).
    #[serde(rename = "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    Docx,
    /// OpenDocument text (`.odt`, `.fodt`).
    #[serde(rename = "application/vnd.oasis.opendocument.text")]
    Odt,
    /// Rich text (`.rtf`).
    #[serde(rename = "application/rtf")]
    Rtf,
    /// A book in EPUB 2 or 3.
    #[serde(rename = "application/epub+zip")]
    Epub,
    /// `text/markdown`
    #[serde(rename = "text/markdown")]
    Markdown,
    /// `text/plain`
    #[serde(rename = "text/plain")]
    PlainText,
    /// None that normtag reads.
    #[serde(rename = "application/octet-stream")]
    Unknown,
}

impl MediaType {
    /// The name registered with IANA.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Html => "text/html",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Rtf => "application/rtf",
            Self::Epub => "application/epub+zip",
            Self::Markdown => "text/markdown",
            Self::PlainText => "text/plain",
            Self::Unknown => "application/octet-stream",
        }
    }
}

/// A document that was read, wholly or in part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The source as it was named: an address, a path, or `-`.
    pub source: String,
    /// The agreement it belongs to, where that is known.
    pub agreement: Option<AgreementId>,
    /// SHA-256 of the bytes it was read from.
    pub digest: Digest,
    /// What kind of file it was.
    pub media_type: MediaType,
    /// ISO 639-1 code of the language most of it is in, where it could be told.
    pub language: Option<String>,
    /// Number of pages, for formats that have pages.
    pub pages: Option<u32>,
    /// The whole text; paragraphs are separated by one empty line.
    pub text: String,
    /// The paragraphs in reading order: they do not overlap, and lie on
    /// character boundaries of `text`.
    pub paragraphs: Vec<Paragraph>,
    /// What could not be read, each as a short phrase ("page 4: scanned, no
    /// text"). Empty for a document that was read whole.
    pub unread_parts: Vec<String>,
    /// What was recognised in pictures of pages (OCR); none where every letter
    /// is the file's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognised: Option<Recognised>,
}

/// How words from such a page are marked wherever a person reads them.
pub const RECOGNISED: &str = "recognised (OCR)";

/// What a program for optical character recognition (OCR) read in pictures of
/// pages. Its letters are its opinion, not the file's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recognised {
    /// The program and its version, as it names itself.
    pub by: String,
    /// The pages, in order.
    pub pages: Vec<RecognisedPage>,
}

impl Recognised {
    /// In one line for people: `3 pages recognised by tesseract 5.3.0 (OCR)`.
    #[must_use]
    pub fn said(&self) -> String {
        let s = if self.pages.len() == 1 { "" } else { "s" };
        format!("{} page{s} recognised by {} (OCR)", self.pages.len(), self.by)
    }
}

/// One page that was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecognisedPage {
    /// The page of the file, counted from 1.
    pub page: u32,
    /// How sure the program is of the page's words, from 0 to 100: the mean over
    /// them, each weighing as much as it has letters; none where it found no word.
    pub confidence: Option<u8>,
}

/// What became of one source: a document, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Extracted {
    /// It was read, wholly or in part.
    Read(Box<Document>),
    /// Nothing of it could be read.
    Unread(Unread),
}

/// A source of which nothing could be read: a state of the world, not an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// The source as it was named.
    pub source: String,
    /// The digest of its bytes, where there were any.
    pub digest: Option<Digest>,
    /// What kind of file it is, where that could be told.
    pub media_type: MediaType,
    /// What is wrong and what to do about it, in one line, lower case.
    pub reason: String,
}

/// A paragraph, heading, list item or table cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Its words in [`Document::text`], without the marks around them.
    pub span: Span,
    /// What it is on the page.
    pub kind: ParagraphKind,
    /// What part of the agreement it stands in.
    pub place: Place,
    /// Where a person finds it.
    pub locator: Locator,
    /// For a list item: the paragraph whose sentence introduces the list
    /// ("States should:"), as an index into [`Document::paragraphs`].
    pub stem: Option<usize>,
    /// ISO 639-1 code of its language where that is not the document's:
    /// [`Document::language_of`] gives the one to read it by.
    pub language: Option<String>,
    /// Whether any of its words was recognised in the picture of a page.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub recognised: bool,
}

impl Document {
    /// The ISO 639-1 code of a paragraph's language: its own, or else the
    /// document's.
    #[must_use]
    pub fn language_of<'a>(&'a self, paragraph: &'a Paragraph) -> Option<&'a str> {
        paragraph.language.as_deref().or(self.language.as_deref())
    }

    /// Whether any of these bytes stand in a paragraph that was recognised.
    #[must_use]
    pub fn is_recognised(&self, span: Span) -> bool {
        let meets = |own: Span| own.start < span.end && span.start < own.end;
        self.paragraphs.iter().any(|one| one.recognised && meets(one.span))
    }
}

/// What a paragraph is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParagraphKind {
    /// Running text.
    Text,
    /// A title or heading.
    Heading,
    /// An item of a list, with or without a number or letter.
    ListItem,
    /// A row of a table, its cells separated by tabs.
    TableRow,
    /// A footnote or endnote; also what is printed across the page, along its
    /// edge.
    Footnote,
    /// An entry of a table of contents.
    Contents,
}

/// What part of an agreement a paragraph stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// Recitals, "whereas" clauses, the preamble of a treaty.
    Preamble,
    /// A part that tells of threats or of how the agreement came about.
    Background,
    /// Where the parties commit themselves; also all text of which nothing
    /// else is known.
    Operative,
    /// An annex or appendix.
    Annex,
    /// An article, section or item that defines terms.
    Definition,
    /// A title or heading.
    Heading,
    /// A footnote or endnote, or an entry of a list of references.
    Footnote,
}

/// A numbered part that is no article and no plain paragraph number, such as
/// "Principle 5" or "Annex 2".
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Unit {
    /// What it calls itself, in lower case: `principle`, `norm`, `section`, `recital`.
    pub kind: String,
    /// Its number or letter as written: `5`, `III`, `B`.
    pub number: String,
}

/// Where a person finds a paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locator {
    /// The page of the file, counted from 1.
    pub page: Option<u32>,
    /// The page number printed on that page, where it shows one.
    pub printed_page: Option<String>,
    /// The headings above it, outermost first, as written.
    pub section: Vec<String>,
    /// The annex it stands in, as written: `2`, `A`, or empty for an unnumbered one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annex: Option<String>,
    /// The article's number as written, without "Article": `29`, `12bis`.
    pub article: Option<String>,
    /// The nearest other numbered part it stands in ("Principle 5").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<Unit>,
    /// The paragraph's number as written: `1`, `31`.
    pub paragraph: Option<String>,
    /// The letters and small numbers below it, joined: `a`, `a.ii`.
    pub point: Option<String>,
    /// Whether other paragraphs have its number too, as where each list of a
    /// document counts from 1: then the number alone does not cite it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub counts_again: bool,
    /// Which paragraph of the document this is, counted from 1 in reading order.
    pub index: usize,
}
