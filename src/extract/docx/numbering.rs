//! The labels Word puts before paragraphs, counted as Word counts them.
//!
//! A list is an instance of an abstract one; instances of the same abstract
//! list go on counting together unless one of them says where to start.

use crate::extract::docx::styles::Styles;
use crate::extract::figures::Figures;
use crate::extract::xml::Element;
use std::collections::{BTreeMap, BTreeSet};

/// Word has nine levels.
const LEVELS: usize = 9;

/// One level of a list.
#[derive(Debug, Clone)]
struct Level {
    start: u32,
    format: String,
    /// The label, with `%1` for the number of the first level.
    text: String,
    /// All numbers in it are Arabic, whatever their own levels say.
    legal: bool,
    /// The style whose paragraphs are of this level.
    style: Option<String>,
    /// The level whose items start it again, where that is not the one above.
    restart: Option<usize>,
}

#[derive(Debug, Default)]
struct Instance {
    base: String,
    starts: BTreeMap<usize, u32>,
    levels: BTreeMap<usize, Level>,
}

/// The lists of a document, and how far each has counted.
#[derive(Debug, Default)]
pub(crate) struct Numbering {
    bases: BTreeMap<String, BTreeMap<usize, Level>>,
    instances: BTreeMap<String, Instance>,
    counters: BTreeMap<String, [Option<u32>; LEVELS]>,
    started: BTreeSet<(String, usize)>,
}

/// The label of one paragraph.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// A bullet of whatever shape.
    Bullet,
    /// A number with what stands around it.
    Number(String),
}

impl Numbering {
    /// Reads the numbering part.
    pub(crate) fn read(part: Option<&Element>, styles: &Styles) -> Self {
        let mut numbering = Self::default();
        let Some(part) = part else { return numbering };
        let mut linked: Vec<(String, String)> = Vec::new();
        for base in part.descendants("abstractNum") {
            let Some(id) = base.attribute("abstractNumId") else {
                continue;
            };
            let levels = base.elements().filter(|element| element.name == "lvl").filter_map(level);
            numbering.bases.insert(id.to_owned(), levels.collect());
            if let Some(style) = base.value("numStyleLink") {
                linked.push((id.to_owned(), style.to_owned()));
            }
        }
        for list in part.descendants("num") {
            let (Some(id), Some(base)) = (list.attribute("numId"), list.value("abstractNumId"))
            else {
                continue;
            };
            numbering.instances.insert(id.to_owned(), instance(list, base));
        }
        for (id, style) in linked {
            let list = styles.list_of(&style).and_then(|list| numbering.instances.get(list));
            if let Some(levels) = list.and_then(|list| numbering.bases.get(&list.base)).cloned() {
                numbering.bases.insert(id, levels);
            }
        }
        numbering
    }

    /// The level of `list` that a style is tied to.
    pub(crate) fn level_of_style(&self, list: &str, style: &str) -> Option<usize> {
        let base = self.bases.get(&self.instances.get(list)?.base)?;
        base.iter()
            .find(|(_, level)| level.style.as_deref() == Some(style))
            .map(|(level, _)| *level)
    }

    /// Counts one more item of `list` and gives its label.
    pub(crate) fn next(&mut self, list: &str, level: usize) -> Option<Label> {
        let instance = self.instances.get(list)?;
        let base = self.bases.get(&instance.base)?;
        let of = |at: usize| instance.levels.get(&at).or_else(|| base.get(&at));
        let own = of(level)?;
        let start = |at: usize| {
            instance
                .starts
                .get(&at)
                .copied()
                .or_else(|| of(at).map(|level| level.start))
                .unwrap_or(1)
        };
        let counters = self.counters.entry(instance.base.clone()).or_default();
        if level >= LEVELS {
            return None;
        }
        let fresh =
            instance.starts.contains_key(&level) && self.started.insert((list.to_owned(), level));
        counters[level] = Some(match counters[level] {
            Some(count) if !fresh => count.saturating_add(1),
            _ => start(level),
        });
        for (deeper, counter) in counters.iter_mut().enumerate().skip(level + 1) {
            let after = of(deeper).and_then(|level| level.restart);
            if !after.is_some_and(|after| after == 0 || level + 1 > after) {
                *counter = None;
            }
        }
        if own.format == "bullet" {
            return Some(Label::Bullet);
        }
        let mut label = own.text.clone();
        for (at, counter) in counters.iter_mut().enumerate().take(level + 1) {
            let mark = format!("%{}", at + 1);
            if label.contains(&mark) {
                let number = *counter.get_or_insert_with(|| start(at));
                let format = of(at).filter(|_| !own.legal).map_or("decimal", |level| &level.format);
                label = label.replace(&mark, &written(number, format));
            }
        }
        let label = label.trim().to_owned();
        (own.format != "none" || !label.is_empty()).then_some(())?;
        (!label.is_empty()).then_some(Label::Number(label))
    }
}

fn level(element: &Element) -> Option<(usize, Level)> {
    let at = element.attribute("ilvl")?.parse().ok()?;
    let level = Level {
        start: element.value("start").and_then(|start| start.parse().ok()).unwrap_or(1),
        format: element.value("numFmt").unwrap_or("decimal").to_owned(),
        text: element.value("lvlText").unwrap_or_default().to_owned(),
        legal: element.is_on("isLgl"),
        style: element.value("pStyle").map(str::to_owned),
        restart: element.value("lvlRestart").and_then(|restart| restart.parse().ok()),
    };
    Some((at, level))
}

fn instance(list: &Element, base: &str) -> Instance {
    let mut instance = Instance { base: base.to_owned(), ..Instance::default() };
    for change in list.elements().filter(|element| element.name == "lvlOverride") {
        let Some(at) = change.attribute("ilvl").and_then(|at| at.parse().ok()) else {
            continue;
        };
        if let Some(start) = change.value("startOverride").and_then(|start| start.parse().ok()) {
            instance.starts.insert(at, start);
        }
        if let Some((at, level)) = change.child("lvl").and_then(level) {
            instance.levels.insert(at, level);
        }
    }
    instance
}

/// A number in one of Word's formats.
fn written(number: u32, format: &str) -> String {
    let figures = match format {
        "lowerLetter" => Figures::Letter,
        "upperLetter" => Figures::Capital,
        "lowerRoman" => Figures::Roman,
        "upperRoman" => Figures::CapitalRoman,
        "decimalZero" => Figures::Zero,
        "none" => Figures::None,
        _ => Figures::Arabic,
    };
    figures.write(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::xml;

    /// Counts items given as `(list, level)` in a numbering of two lists, of
    /// which the second starts the first's levels again.
    #[track_caller]
    fn check(items: &[(&str, usize)], expected: &[&str]) {
        let part = r#"<w:numbering xmlns:w="w">
          <w:abstractNum w:abstractNumId="0">
            <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Article %1"/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>
            <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
            <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl>
          </w:abstractNum>
          <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
          <w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="2"><w:startOverride w:val="3"/></w:lvlOverride></w:num>
        </w:numbering>"#;
        let mut numbering = Numbering::read(Some(&xml::read(part.as_bytes())), &Styles::default());
        let labels = items.iter().map(|(list, level)| match numbering.next(list, *level) {
            Some(Label::Number(label)) => label,
            Some(Label::Bullet) => "•".to_owned(),
            None => "none".to_owned(),
        });
        assert_eq!(labels.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn levels_count_below_each_other_and_start_again() {
        check(
            &[
                ("1", 0),
                ("1", 1),
                ("1", 1),
                ("1", 2),
                ("1", 2),
                ("1", 1),
                ("1", 2),
                ("1", 0),
                ("1", 1),
                ("1", 3),
            ],
            &["Article I", "1.1", "1.2", "(a)", "(b)", "1.3", "(a)", "Article II", "2.1", "•"],
        );
    }

    #[test]
    fn an_instance_may_say_where_it_starts() {
        check(
            &[("1", 2), ("1", 2), ("2", 2), ("2", 2), ("9", 0)],
            &["(a)", "(b)", "(c)", "(d)", "none"],
        );
    }
}
