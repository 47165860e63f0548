//! The attributes of elements, asked for by name.
//!
//! scraper has ways to ask too, which first look the name, or every class, up
//! in a table of the whole process; elements have few attributes, so to compare
//! them is several times faster.

use scraper::ElementRef;

/// The value of an attribute.
pub(crate) fn attribute<'a>(element: ElementRef<'a>, name: &str) -> Option<&'a str> {
    let mut attributes = element.value().attrs.iter();
    // One with a prefix, such as `xlink:href`, is another.
    let found = attributes.find(|(own, _)| own.prefix.is_none() && &*own.local == name);
    found.map(|(_, value)| &**value)
}

/// The classes of an element, as written.
pub(crate) fn classes(element: ElementRef<'_>) -> impl Iterator<Item = &str> {
    attribute(element, "class").unwrap_or_default().split_ascii_whitespace()
}
