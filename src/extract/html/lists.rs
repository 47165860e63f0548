//! The marks a browser shows before list items.

use crate::extract::outline::labels;
use crate::numerals::to_roman;
use scraper::ElementRef;

/// A list that is open.
#[derive(Debug)]
pub(crate) struct List {
    style: Style,
    next: i64,
    step: i64,
    /// The mark of the item begun last, until a block takes it.
    pub(crate) mark: Option<String>,
}

#[derive(Debug, Clone, Copy)]
enum Style {
    Bullet,
    Decimal,
    Letter,
    Capital,
    Roman,
    CapitalRoman,
}

impl List {
    /// The list that an element begins.
    pub(crate) fn new(element: ElementRef<'_>) -> Self {
        let value = element.value();
        let reversed = value.attr("reversed").is_some();
        let items = element
            .children()
            .filter_map(ElementRef::wrap)
            .filter(|item| item.value().name() == "li");
        let first = if reversed { i64::try_from(items.count()).unwrap_or(1) } else { 1 };
        let start = value.attr("start").and_then(|start| start.trim().parse().ok());
        Self {
            style: style(element),
            next: start.unwrap_or(first),
            step: if reversed { -1 } else { 1 },
            mark: None,
        }
    }

    /// Whether its marks are numbers or letters.
    pub(crate) fn is_numbered(&self) -> bool {
        !matches!(self.style, Style::Bullet)
    }

    /// Goes to the next item.
    pub(crate) fn enter(&mut self, item: ElementRef<'_>) {
        if let Some(value) = item.value().attr("value").and_then(|value| value.trim().parse().ok())
        {
            self.next = value;
        }
        let number = u32::try_from(self.next).unwrap_or(0);
        self.next = self.next.saturating_add(self.step);
        self.mark = Some(match self.style {
            Style::Bullet => "•".to_owned(),
            Style::Decimal => format!("{number}."),
            Style::Letter => format!("{}.", labels::to_letters(number)),
            Style::Capital => format!("{}.", labels::to_letters(number).to_uppercase()),
            Style::Roman => format!("{}.", to_roman(number.min(3999) as usize)),
            Style::CapitalRoman => {
                format!("{}.", to_roman(number.min(3999) as usize).to_uppercase())
            }
        });
    }
}

fn style(element: ElementRef<'_>) -> Style {
    let value = element.value();
    if value.name() != "ol" {
        return Style::Bullet;
    }
    let css = value.attr("style").unwrap_or_default().to_ascii_lowercase();
    match value.attr("type") {
        Some("a") => Style::Letter,
        Some("A") => Style::Capital,
        Some("i") => Style::Roman,
        Some("I") => Style::CapitalRoman,
        _ if css.contains("lower-alpha") || css.contains("lower-latin") => Style::Letter,
        _ if css.contains("upper-alpha") || css.contains("upper-latin") => Style::Capital,
        _ if css.contains("lower-roman") => Style::Roman,
        _ if css.contains("upper-roman") => Style::CapitalRoman,
        _ => Style::Decimal,
    }
}
