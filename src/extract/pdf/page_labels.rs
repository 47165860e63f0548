//! The page numbers a PDF states for its pages (`/PageLabels`, PDF 32000-1,
//! 12.4.2), used where none is printed on the page.

use crate::extract::outline::labels::to_letters;
use crate::numerals::to_roman;
use hayro_syntax::Pdf;
use hayro_syntax::object::dict::keys::{KIDS, NUMS, P, PAGE_LABELS, S, ST};
use hayro_syntax::object::{Array, Dict, Name, Object, String as PdfString};

/// Trees of page numbers are small; a larger one goes in a circle.
const MOST_NODES: usize = 5000;

/// A run of pages that are numbered in one way.
struct Run {
    /// The first page, counted from 0.
    from: usize,
    style: Option<char>,
    prefix: String,
    start: u32,
}

/// For each page the number the file states for it; nothing where they only
/// count the pages, which says no more than the count.
pub(crate) fn page_labels(pdf: &Pdf) -> Vec<Option<String>> {
    let count = pdf.pages().len();
    let mut runs = Vec::new();
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    if let Some(tree) = root.and_then(|root| root.get::<Dict<'_>>(PAGE_LABELS)) {
        collect(tree, &mut runs);
    }
    runs.sort_by_key(|run| run.from);
    let label = |page: usize| {
        let run = runs.iter().rev().find(|run| run.from <= page)?;
        let number = run.start.checked_add(u32::try_from(page - run.from).ok()?)?;
        let label = format!("{}{}", run.prefix, written(run.style, number)?);
        (!label.is_empty() && label.chars().count() <= 12).then_some(label)
    };
    let labels: Vec<Option<String>> = (0..count).map(label).collect();
    let counts = |(page, label): (usize, &Option<String>)| {
        label.as_ref().is_none_or(|label| *label == (page + 1).to_string())
    };
    if labels.iter().enumerate().all(counts) { vec![None; count] } else { labels }
}

fn collect<'a>(tree: Dict<'a>, runs: &mut Vec<Run>) {
    let mut nodes = vec![tree];
    let mut seen = 0;
    while let Some(node) = nodes.pop().filter(|_| seen < MOST_NODES) {
        seen += 1;
        if let Some(kids) = node.get::<Array<'a>>(KIDS) {
            nodes.extend(kids.iter::<Dict<'a>>().take(MOST_NODES));
        }
        collect_runs(&node, runs);
    }
}

fn collect_runs(node: &Dict<'_>, runs: &mut Vec<Run>) {
    let Some(numbers) = node.get::<Array<'_>>(NUMS) else { return };
    let mut from: Option<usize> = None;
    for object in numbers.iter::<Object<'_>>() {
        match (from.take(), object) {
            (Some(from), Object::Dict(label)) => runs.push(run(from, &label)),
            (_, Object::Number(number)) => from = usize::try_from(number.as_i64()).ok(),
            _ => {}
        }
    }
}

fn run(from: usize, label: &Dict<'_>) -> Run {
    let style = label.get::<Name<'_>>(S).and_then(|name| name.as_str().chars().next());
    let prefix = label.get::<PdfString<'_>>(P);
    let prefix = prefix.map(|text| text.as_bytes().iter().map(|&byte| char::from(byte)).collect());
    let start = label.get::<u32>(ST).unwrap_or(1);
    Run { from, style, prefix: prefix.unwrap_or_default(), start }
}

fn written(style: Option<char>, number: u32) -> Option<String> {
    let roman = || usize::try_from(number).ok().filter(|number| *number < 4000).map(to_roman);
    Some(match style {
        Some('D') => number.to_string(),
        Some('r') => roman()?.to_lowercase(),
        Some('R') => roman()?.to_uppercase(),
        Some('a') => to_letters(number),
        Some('A') => to_letters(number).to_uppercase(),
        _ => String::new(),
    })
}
