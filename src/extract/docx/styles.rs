//! Paragraph styles: which are headings, which give numbers, which belong to a
//! table of contents.

use crate::extract::xml::Element;
use std::collections::BTreeMap;

/// How deep styles may be based on each other.
const DEEPEST: usize = 20;

/// What a style says itself; the rest it takes from the one it is based on.
#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    outline: Option<u8>,
    list: Option<String>,
    level: Option<u8>,
    hidden: bool,
}

/// The paragraph styles of a document.
#[derive(Debug, Default)]
pub(crate) struct Styles {
    styles: BTreeMap<String, Style>,
}

/// What a paragraph takes from its style.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Properties {
    /// The level of a heading, counted from 1.
    pub(crate) heading: Option<u8>,
    /// The list that numbers it.
    pub(crate) list: Option<String>,
    /// Its level in the list, counted from 0.
    pub(crate) level: Option<u8>,
    /// Whether it is an entry of a table of contents.
    pub(crate) contents: bool,
    /// Whether it is not shown.
    pub(crate) hidden: bool,
}

impl Styles {
    /// Reads the styles part.
    pub(crate) fn read(part: Option<&Element>) -> Self {
        let all = part.map(|part| part.descendants("style")).unwrap_or_default();
        let styles = all
            .into_iter()
            .filter_map(|style| Some((style.attribute("styleId")?.to_owned(), read_style(style))));
        Self { styles: styles.collect() }
    }

    /// What the style gives, its own word before that of its bases.
    pub(crate) fn properties(&self, id: &str) -> Properties {
        let mut found = Properties::default();
        let mut id = Some(id);
        for _ in 0..DEEPEST {
            let Some(style) = id.and_then(|id| self.styles.get(id)) else {
                break;
            };
            let name = style.name.to_lowercase();
            found.contents |= name.starts_with("toc ") && !name.contains("heading");
            found.hidden |= style.hidden;
            let named = name.strip_prefix("heading ").and_then(|level| level.parse().ok());
            let title = (name == "title").then_some(1);
            found.heading =
                found.heading.or(style.outline.map(|level| level + 1)).or(named).or(title);
            if found.list.is_none() {
                found.list.clone_from(&style.list);
                found.level = found.level.or(style.level);
            }
            id = style.based_on.as_deref();
        }
        found.heading = found.heading.filter(|level| (1..=9).contains(level));
        found
    }

    /// The list that a numbering style stands for.
    pub(crate) fn list_of(&self, id: &str) -> Option<&str> {
        self.styles.get(id)?.list.as_deref()
    }
}

fn read_style(style: &Element) -> Style {
    let properties = style.child("pPr");
    let numbering = properties.and_then(|properties| properties.child("numPr"));
    Style {
        name: style.value("name").unwrap_or_default().to_owned(),
        based_on: style.value("basedOn").map(str::to_owned),
        outline: properties.and_then(|properties| properties.value("outlineLvl")?.parse().ok()),
        list: numbering.and_then(|numbering| Some(numbering.value("numId")?.to_owned())),
        level: numbering.and_then(|numbering| numbering.value("ilvl")?.parse().ok()),
        hidden: style.child("rPr").is_some_and(|properties| properties.is_on("vanish")),
    }
}
