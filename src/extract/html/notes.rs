//! Signs that an element holds a note, or is the place a note's mark leads to.

use crate::extract::html::attributes::{attribute, classes};
use scraper::ElementRef;

/// Whether an element is a place that links lead to and leads nowhere itself.
pub(crate) fn is_anchor(element: ElementRef<'_>) -> bool {
    element.value().name() == "a"
        && attribute(element, "href").is_none()
        && (attribute(element, "name").is_some() || attribute(element, "id").is_some())
}

/// Whether an element says that it holds footnotes.
pub(crate) fn is_note(element: ElementRef<'_>) -> bool {
    if attribute(element, "role")
        .is_some_and(|role| matches!(role, "doc-footnote" | "doc-endnote" | "doc-endnotes"))
    {
        return true;
    }
    let says = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.starts_with("footnote")
            || name.starts_with("endnote")
            || name == "references"
            || name.starts_with("oj-note")
    };
    !matches!(element.value().name(), "a" | "sup" | "span" | "body" | "main")
        && classes(element).any(says)
}
