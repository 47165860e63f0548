//! Paragraph and text styles: which are titles, which are not shown, which
//! belong to a list.

use crate::extract::xml::Element;
use std::collections::BTreeMap;

/// How deep styles may be based on each other.
const DEEPEST: usize = 20;

#[derive(Debug, Default)]
struct Style {
    parent: Option<String>,
    list: Option<String>,
    hidden: Option<bool>,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(crate) struct Styles(BTreeMap<String, Style>);

impl Styles {
    /// Reads those of all parts; a later part goes before an earlier one.
    pub(crate) fn read(parts: &[&Element]) -> Self {
        let all = parts.iter().flat_map(|part| part.descendants("style"));
        let read = |style: &Element| {
            let text = style.child("text-properties");
            let display = text.and_then(|properties| properties.attribute("display"));
            let list = style.attribute("list-style-name").filter(|list| !list.is_empty());
            let own = Style {
                parent: style.attribute("parent-style-name").map(str::to_owned),
                list: list.map(str::to_owned),
                hidden: display.map(|display| display == "none"),
            };
            Some((style.attribute("name")?.to_owned(), own))
        };
        Self(all.filter_map(read).collect())
    }

    /// The style and those it is based on, itself first.
    fn line<'a>(&'a self, name: &'a str) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let first = self.0.get_key_value(name);
        let above = |(_, style): &(&'a String, &'a Style)| {
            style.parent.as_ref().and_then(|parent| self.0.get_key_value(parent))
        };
        std::iter::successors(first, above)
            .take(DEEPEST)
            .map(|(name, style)| (name.as_str(), style))
    }

    /// Whether text of this style is not shown.
    pub(crate) fn is_hidden(&self, name: &str) -> bool {
        self.line(name).find_map(|(_, style)| style.hidden).unwrap_or(false)
    }

    /// Whether a paragraph of this style is the document's title.
    pub(crate) fn is_title(&self, name: &str) -> bool {
        name == "Title"
            || self.line(name).any(|(_, style)| style.parent.as_deref() == Some("Title"))
    }

    /// The list style that numbers paragraphs of this style.
    pub(crate) fn list<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        self.line(name).find_map(|(_, style)| style.list.as_deref())
    }
}
