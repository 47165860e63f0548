//! The marks a browser shows before list items.

use crate::extract::figures::Figures;
use crate::extract::html::attributes::attribute;
use scraper::ElementRef;

/// A list that is open.
#[derive(Debug)]
pub(crate) struct List {
    /// How its items are numbered, if they are.
    style: Option<Figures>,
    next: i64,
    step: i64,
    /// The mark of the item begun last, until a block takes it.
    pub(crate) mark: Option<String>,
}

impl List {
    /// The list that an element begins.
    pub(crate) fn new(element: ElementRef<'_>) -> Self {
        let reversed = attribute(element, "reversed").is_some();
        let items = element
            .children()
            .filter_map(ElementRef::wrap)
            .filter(|item| item.value().name() == "li");
        let first = if reversed { i64::try_from(items.count()).unwrap_or(1) } else { 1 };
        let start = attribute(element, "start").and_then(|start| start.trim().parse().ok());
        Self {
            style: style(element),
            next: start.unwrap_or(first),
            step: if reversed { -1 } else { 1 },
            mark: None,
        }
    }

    /// Whether its marks are numbers or letters.
    pub(crate) fn is_numbered(&self) -> bool {
        self.style.is_some()
    }

    /// Goes to the next item.
    pub(crate) fn enter(&mut self, item: ElementRef<'_>) {
        if let Some(value) = attribute(item, "value").and_then(|value| value.trim().parse().ok()) {
            self.next = value;
        }
        let number = u32::try_from(self.next).unwrap_or(0);
        self.next = self.next.saturating_add(self.step);
        self.mark = Some(match self.style {
            None => "•".to_owned(),
            Some(figures) => format!("{}.", figures.write(number)),
        });
    }
}

fn style(element: ElementRef<'_>) -> Option<Figures> {
    if element.value().name() != "ol" {
        return None;
    }
    let css = attribute(element, "style").unwrap_or_default().to_ascii_lowercase();
    Some(match attribute(element, "type") {
        Some("a") => Figures::Letter,
        Some("A") => Figures::Capital,
        Some("i") => Figures::Roman,
        Some("I") => Figures::CapitalRoman,
        _ if css.contains("lower-alpha") || css.contains("lower-latin") => Figures::Letter,
        _ if css.contains("upper-alpha") || css.contains("upper-latin") => Figures::Capital,
        _ if css.contains("lower-roman") => Figures::Roman,
        _ if css.contains("upper-roman") => Figures::CapitalRoman,
        _ => Figures::Arabic,
    })
}
