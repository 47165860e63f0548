//! The citation grammar: how people write places in agreements, read into
//! steps and written back.
//!
//! `Art. 25(4)`, `Article 25, paragraph 4` and `Art. 25.4` are one place,
//! `art:25/para:4`. What cannot be read is kept to the letter and says so.
//! Knows no document: whether the place exists is not asked here.
//!
//! ```text
//! citation = ref { (";" | "," | "and" | "&") ref } [":" remark]
//! ref      = step { ["," | "/" | "."] step }
//! step     = KIND [nums] | "(" tok ")"                    ; a bare level
//! nums     = num { ("-" | "to") num | ("," | "and") num }
//! num      = main { "." tok } { "(" tok ")" }             ; 25.4  45bis.4(e)(i)
//! main     = DIGITS [letter] [bis | ter | …] | ROMAN | LETTER
//! ```
//!
//! A bare number under an article is a paragraph, a bare letter a point, then
//! come subpoint and item. A bare number in a list takes what stands before it
//! from its neighbour. A single small `i`, `v` or `x` is a letter as a point and
//! a numeral elsewhere, a capital one a numeral; only the document can decide.

mod cursor;
mod kind;
mod number;
mod parse;
mod tokens;
mod write;

pub use kind::Kind;
pub use number::Number;

use std::fmt;

/// What a citation string says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cited {
    /// The places it names.
    Read(Citation),
    /// The string itself: the grammar does not have it.
    Verbatim(String),
}

impl Cited {
    /// Reads a citation as people write them.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        parse::citation(text).map_or_else(|| Self::Verbatim(text.to_owned()), Self::Read)
    }

    /// The canonical form; none for what was not read.
    #[must_use]
    pub fn canonical(&self) -> Option<String> {
        match self {
            Self::Read(citation) => Some(citation.canonical()),
            Self::Verbatim(_) => None,
        }
    }
}

impl fmt::Display for Cited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(citation) => citation.fmt(f),
            Self::Verbatim(text) => f.write_str(text),
        }
    }
}

/// Places in a document, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The places, in the order they were named.
    pub refs: Vec<Reference>,
    /// Words that follow the places, such as an article's heading.
    pub remark: Option<String>,
}

impl Citation {
    /// The places alone, in canonical steps: `art:4/para:1 ; art:4/para:2`.
    #[must_use]
    pub fn canonical(&self) -> String {
        let refs: Vec<String> = self.refs.iter().map(Reference::canonical).collect();
        refs.join(" ; ")
    }

    /// Reads the canonical form back.
    #[must_use]
    pub fn from_canonical(text: &str) -> Option<Self> {
        let refs: Option<Vec<Reference>> =
            text.split(" ; ").map(Reference::from_canonical).collect();
        refs.map(|refs| Self { refs, remark: None })
    }
}

/// One place: steps from the outermost in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reference {
    /// The steps, at least one.
    pub steps: Vec<Step>,
}

impl Reference {
    fn canonical(&self) -> String {
        let steps: Vec<String> = self.steps.iter().map(Step::canonical).collect();
        steps.join("/")
    }

    fn from_canonical(text: &str) -> Option<Self> {
        let steps: Option<Vec<Step>> = text.split('/').map(Step::from_canonical).collect();
        steps.map(|steps| Self { steps })
    }
}

/// A kind of place with its number, or its first and last.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Step {
    /// The kind.
    pub kind: Kind,
    /// Its number; none for a preamble, or an annex that is the only one.
    pub number: Option<Number>,
    /// The last number of a range.
    pub to: Option<Number>,
}

impl Step {
    fn canonical(&self) -> String {
        let mut written = self.kind.name().to_owned();
        if let Some(number) = &self.number {
            written.push(':');
            written.push_str(&number.canonical());
        }
        if let Some(to) = &self.to {
            written.push_str("..");
            written.push_str(&to.canonical());
        }
        written
    }

    fn from_canonical(text: &str) -> Option<Self> {
        let (name, numbers) =
            text.split_once(':').map_or((text, None), |(name, numbers)| (name, Some(numbers)));
        let kind = Kind::named(name)?;
        let Some(numbers) = numbers else {
            return Some(Self { kind, number: None, to: None });
        };
        let (first, last) =
            numbers.split_once("..").map_or((numbers, None), |(first, last)| (first, Some(last)));
        let to = match last {
            Some(last) => Some(Number::from_canonical(last)?),
            None => None,
        };
        Some(Self { kind, number: Some(Number::from_canonical(first)?), to })
    }
}

#[cfg(test)]
mod tests;
