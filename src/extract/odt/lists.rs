//! The labels an office program puts before list items and headings, counted
//! as it counts them.

use crate::extract::figures::Figures;
use crate::extract::xml::Element;
use std::collections::BTreeMap;

/// OpenDocument has ten levels.
const LEVELS: usize = 10;

#[derive(Debug, Clone)]
struct Level {
    figures: Figures,
    bullet: bool,
    before: String,
    after: String,
    /// How many levels the label shows, itself included.
    shown: usize,
    start: u32,
}

/// The levels of one list style.
type Levels = BTreeMap<usize, Level>;

/// How far a list has counted, by level.
pub(crate) type Counts = [Option<u32>; LEVELS];

/// The label of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Label {
    /// A bullet of whatever shape.
    Bullet,
    /// A number with what stands around it.
    Number(String),
}

/// The list styles of a document.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    styles: BTreeMap<String, Levels>,
    outline: Levels,
}

impl Lists {
    /// Reads those of all parts.
    pub(crate) fn read(parts: &[&Element]) -> Self {
        let mut lists = Self::default();
        for part in parts {
            for style in part.descendants("list-style") {
                if let Some(name) = style.attribute("name") {
                    lists.styles.insert(name.to_owned(), levels(style));
                }
            }
            for outline in part.descendants("outline-style") {
                lists.outline = levels(outline);
            }
        }
        lists
    }

    /// Counts one more item at `level` (from 0) of the style and gives its
    /// label. `from` is a number the item itself states.
    pub(crate) fn next(
        &self,
        style: &str,
        level: usize,
        counts: &mut Counts,
        from: Option<u32>,
    ) -> Option<Label> {
        label(self.styles.get(style)?, level, counts, from)
    }

    /// Counts one more heading.
    pub(crate) fn next_heading(
        &self,
        level: usize,
        counts: &mut Counts,
        from: Option<u32>,
    ) -> Option<Label> {
        label(&self.outline, level, counts, from)
    }

    /// Whether there is a list style of this name.
    pub(crate) fn is_known(&self, style: &str) -> bool {
        self.styles.contains_key(style)
    }
}

fn levels(style: &Element) -> Levels {
    let level = |element: &Element| {
        let number = |name: &str| element.attribute(name).and_then(|value| value.parse().ok());
        let at: usize = number("level").and_then(|at: u32| usize::try_from(at).ok())?;
        let text = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
        let figures = match element.attribute("num-format") {
            Some("1") => Figures::Arabic,
            Some("01") => Figures::Zero,
            Some("a") => Figures::Letter,
            Some("A") => Figures::Capital,
            Some("i") => Figures::Roman,
            Some("I") => Figures::CapitalRoman,
            _ => Figures::None,
        };
        let bullet = element.name.ends_with("level-style-bullet")
            || element.name.ends_with("level-style-image");
        let level = Level {
            figures,
            bullet,
            before: text("num-prefix"),
            after: text("num-suffix"),
            shown: number("display-levels").map_or(1, |shown| shown.clamp(1, 10) as usize),
            start: number("start-value").unwrap_or(1),
        };
        Some((at.checked_sub(1)?, level))
    };
    style.elements().filter_map(level).collect()
}

fn label(levels: &Levels, level: usize, counts: &mut Counts, from: Option<u32>) -> Option<Label> {
    let own = levels.get(&level).filter(|_| level < LEVELS)?;
    counts[level] =
        Some(from.unwrap_or_else(|| counts[level].map_or(own.start, |n| n.saturating_add(1))));
    for deeper in &mut counts[level + 1..] {
        *deeper = None;
    }
    if own.bullet {
        return Some(Label::Bullet);
    }
    if own.figures == Figures::None {
        let label = format!("{}{}", own.before, own.after).trim().to_owned();
        return (!label.is_empty()).then_some(Label::Number(label));
    }
    let first = (level + 1).saturating_sub(own.shown);
    let shown = (first..=level).filter_map(|at| {
        let of = levels.get(&at)?;
        // A level that was skipped shows the number it would start with.
        let number = *counts[at].get_or_insert(of.start);
        (of.figures != Figures::None).then(|| of.figures.write(number))
    });
    let numbers = shown.collect::<Vec<_>>().join(".");
    Some(Label::Number(format!("{}{numbers}{}", own.before, own.after).trim().to_owned()))
}
