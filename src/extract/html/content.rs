//! Which part of a page is its content.
//!
//! Elements that say they are something else (navigation, banner, share bar)
//! are clutter. Of the rest, the content is the innermost element that still
//! holds nearly all running text.

use crate::extract::html::attributes::{attribute, classes};
use crate::extract::html::clutter::{ROLES, TAGS, UNSEEN, names_clutter};
use crate::extract::html::memory::Memory;
use scraper::{ElementRef, Node};

/// The share of all running text that the content has at least.
const SHARE: f64 = 0.8;

/// The share an element has at least that says it is the content.
const STATED_SHARE: f64 = 0.5;

/// Elements are followed inwards no further than this.
const DEEPEST: usize = 80;

/// Tells content from clutter on one page. What it found of an element it
/// remembers: the same elements are asked about again and again.
#[derive(Debug, Default)]
pub(crate) struct Sieve {
    /// The length of all paragraphs of the page.
    pub(crate) prose: usize,
    clutter: Memory<bool>,
    running: Memory<usize>,
}

/// The length of the paragraphs in an element, whatever they are about.
fn prose(element: ElementRef<'_>) -> usize {
    let inner = element.descendants().filter_map(ElementRef::wrap);
    let paragraphs = inner.filter(|inner| matches!(inner.value().name(), "p" | "li" | "td"));
    let text = paragraphs.flat_map(|paragraph| paragraph.children());
    let mut length = 0;
    for child in text {
        match child.value() {
            Node::Text(text) => length += text.trim().len(),
            Node::Element(element) if is_inline(element.name()) && element.name() != "a" => {
                let inner = ElementRef::wrap(child).into_iter().flat_map(|child| child.text());
                length += inner.map(|text| text.trim().len()).sum::<usize>();
            }
            _ => {}
        }
    }
    length
}

impl Sieve {
    /// A sieve for the page with this body.
    pub(crate) fn new(body: ElementRef<'_>) -> Self {
        Self { prose: prose(body), ..Self::default() }
    }

    /// The content of the page.
    pub(crate) fn main<'a>(&self, body: ElementRef<'a>) -> ElementRef<'a> {
        let all = self.running_text(body);
        let mut best = self.stated(body, all).unwrap_or(body);
        let all = self.running_text(best);
        for _ in 0..DEEPEST {
            let inner = best
                .children()
                .filter_map(ElementRef::wrap)
                .filter(|child| !self.is_clutter(*child) && !is_block_of_text(*child))
                .find(|child| self.running_text(*child) as f64 >= SHARE * all as f64);
            match inner {
                Some(inner) if all > 0 => best = inner,
                _ => break,
            }
        }
        best
    }

    /// The element that says it is the content, if it holds a good part of
    /// what there is to read.
    fn stated<'a>(&self, body: ElementRef<'a>, all: usize) -> Option<ElementRef<'a>> {
        let says = |element: &ElementRef<'a>| {
            matches!(element.value().name(), "main" | "article")
                || attribute(*element, "role") == Some("main")
                || attribute(*element, "itemprop") == Some("articleBody")
        };
        let all_found = body.descendants().filter_map(ElementRef::wrap).filter(says);
        let found: Vec<ElementRef<'a>> = all_found.take(40).collect();
        // Where there are several articles, one of them is not the page.
        let articles = found.iter().filter(|element| element.value().name() == "article").count();
        let share = if articles > 1 { SHARE } else { STATED_SHARE };
        let sized = found.into_iter().map(|element| (self.running_text(element), element));
        // The innermost that holds as much as any.
        let best = sized.max_by_key(|(length, _)| *length)?;
        (best.0 as f64 >= share * all as f64 && best.0 > 0).then_some(best.1)
    }

    /// How many characters of running text stand in an element: those of its
    /// paragraphs and items that are more than a few words and not all links.
    fn running_text(&self, element: ElementRef<'_>) -> usize {
        self.running.of(element, || self.measure(element))
    }

    fn measure(&self, element: ElementRef<'_>) -> usize {
        let mut total = 0;
        let (mut own, mut linked) = (0, 0);
        for child in element.children() {
            match child.value() {
                Node::Text(text) => own += text.trim().len(),
                Node::Element(_) => {
                    let Some(child) = ElementRef::wrap(child) else {
                        continue;
                    };
                    if self.is_clutter(child) {
                        continue;
                    }
                    if is_inline(child.value().name()) {
                        let length: usize = child.text().map(|text| text.trim().len()).sum();
                        own += length;
                        if child.value().name() == "a" {
                            linked += length;
                        }
                    } else {
                        total += self.running_text(child);
                    }
                }
                _ => {}
            }
        }
        let is_prose = own >= 25 && linked * 2 < own;
        total + if is_prose { own } else { 0 }
    }

    /// Whether an element says that it is not content.
    pub(crate) fn is_clutter(&self, element: ElementRef<'_>) -> bool {
        self.clutter.of(element, || self.says_clutter(element))
    }

    fn says_clutter(&self, element: ElementRef<'_>) -> bool {
        let name = element.value().name();
        if TAGS.contains(&name) || is_unseen(element) {
            return true;
        }
        if matches!(name, "html" | "body" | "main" | "article" | "table" | "td" | "th") {
            return false;
        }
        if name == "figure" || name == "figcaption" {
            return !holds(element, &["table", "blockquote", "pre", "ul", "ol"]);
        }
        if attribute(element, "role").is_some_and(|role| ROLES.contains(&role)) {
            return true;
        }
        if matches!(name, "header" | "footer") && !is_within_content(element) {
            return true;
        }
        let named = classes(element).chain(attribute(element, "id")).any(names_clutter);
        // A layout class ("with-sidebar") may stand on the content itself.
        named && prose(element) * 5 < self.prose * 2
    }
}

fn is_block_of_text(element: ElementRef<'_>) -> bool {
    matches!(
        element.value().name(),
        "p" | "li" | "ul" | "ol" | "blockquote" | "pre" | "tr" | "td" | "tbody" | "dl"
    )
}

/// Whether an element stands in a line of text.
pub(crate) fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "abbr"
            | "acronym"
            | "b"
            | "bdi"
            | "bdo"
            | "big"
            | "cite"
            | "code"
            | "data"
            | "del"
            | "dfn"
            | "em"
            | "font"
            | "i"
            | "ins"
            | "kbd"
            | "label"
            | "mark"
            | "q"
            | "s"
            | "samp"
            | "small"
            | "span"
            | "strike"
            | "strong"
            | "sub"
            | "sup"
            | "time"
            | "tt"
            | "u"
            | "var"
            | "wbr"
    )
}

/// Whether an element does not show.
pub(crate) fn is_unseen(element: ElementRef<'_>) -> bool {
    if attribute(element, "hidden").is_some()
        || attribute(element, "aria-hidden") == Some("true")
        || classes(element).any(|class| UNSEEN.contains(&class))
    {
        return true;
    }
    attribute(element, "style").is_some_and(|style| {
        let style = style.replace(' ', "").to_ascii_lowercase();
        style.contains("display:none") || style.contains("visibility:hidden")
    })
}

/// Whether one of these elements is in it.
fn holds(element: ElementRef<'_>, names: &[&str]) -> bool {
    let mut inner = element.descendants().filter_map(ElementRef::wrap);
    inner.any(|inner| names.contains(&inner.value().name()))
}

/// A header or footer of an article belongs to it, as the page's does not.
fn is_within_content(element: ElementRef<'_>) -> bool {
    let within = |name: &str| matches!(name, "article" | "main" | "blockquote" | "section");
    element.ancestors().filter_map(ElementRef::wrap).any(|outer| within(outer.value().name()))
        && element.value().name() == "header"
}
