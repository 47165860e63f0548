//! An XML part as a tree of elements, names without their prefixes.
//!
//! What is not well-formed ends the tree early: what was read until there is
//! kept.

use crate::extract::charset;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// An element with its attributes and what is in it.
#[derive(Debug, Default)]
pub(crate) struct Element {
    /// Its name without prefix.
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
    /// What is in it, in order.
    pub(crate) children: Vec<Node>,
}

/// What can be in an element.
#[derive(Debug)]
pub(crate) enum Node {
    /// Another element.
    Element(Element),
    /// Characters.
    Text(String),
}

impl Element {
    /// The value of the attribute with this name, whatever its prefix.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The elements in it.
    pub(crate) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of this name in it.
    pub(crate) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The attribute `val` of the first element of this name in it.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.child(name)?.attribute("val")
    }

    /// Whether a property that is on or off is on.
    pub(crate) fn is_on(&self, name: &str) -> bool {
        self.child(name).is_some_and(|property| {
            !matches!(property.attribute("val"), Some("0" | "false" | "off"))
        })
    }

    /// All elements of this name at any depth, in order.
    pub(crate) fn descendants(&self, name: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        let mut waiting: Vec<&Self> = vec![self];
        while let Some(element) = waiting.pop() {
            if element.name == name {
                found.push(element);
            }
            let inner: Vec<&Self> = element.elements().collect();
            waiting.extend(inner.into_iter().rev());
        }
        found
    }
}

/// The tree of an XML text.
pub(crate) fn read(bytes: &[u8]) -> Element {
    let text = charset::decode(bytes, None);
    let mut reader = Reader::from_str(&text);
    reader.config_mut().check_end_names = false;
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => open.push(element(&start)),
            Ok(Event::Empty(start)) => add(&mut open, Node::Element(element(&start))),
            Ok(Event::End(_)) => close(&mut open),
            Ok(Event::Text(text)) => add(&mut open, Node::Text(text.to_string())),
            Ok(Event::CData(text)) => add(&mut open, Node::Text(text.to_string())),
            Ok(Event::GeneralRef(reference)) => {
                let name = reference.to_string();
                let number = reference.resolve_char_ref().ok().flatten().map(String::from);
                let named = quick_xml::escape::resolve_predefined_entity(&name).map(str::to_owned);
                add(&mut open, Node::Text(number.or(named).unwrap_or_default()));
            }
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    open.pop().unwrap_or_default()
}

fn element(start: &BytesStart<'_>) -> Element {
    let mut attributes = Vec::new();
    for attribute in start.attributes().with_checks(false).flatten() {
        let name = attribute.key.local_name().as_ref().to_owned();
        let value = quick_xml::escape::unescape(&attribute.value)
            .map_or_else(|_| attribute.value.to_string(), String::from);
        attributes.push((name, value));
    }
    Element { name: start.local_name().as_ref().to_owned(), attributes, children: Vec::new() }
}

fn add(open: &mut [Element], node: Node) {
    if let Some(parent) = open.last_mut() {
        parent.children.push(node);
    }
}

fn close(open: &mut Vec<Element>) {
    if open.len() > 1
        && let Some(element) = open.pop()
    {
        add(open, Node::Element(element));
    }
}
