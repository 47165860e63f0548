//! What is printed on every page and belongs to none: running headers and
//! footers, page numbers.
//!
//! A line in the margin is furniture if it comes again at the same place on
//! other pages, or if it has a number that counts the pages. The numbers are
//! kept, for citations.

use crate::extract::outline::labels;
use crate::extract::pdf::lines::{Line, Segment};
use std::collections::{BTreeMap, BTreeSet};

/// The share of the page's height, at the top and at the bottom, in which
/// furniture stands.
const MARGIN: f32 = 0.16;

/// Rows at the same height, a little off, are at the same place.
const SAME_PLACE: f32 = 8.0;

/// The furniture of a document.
#[derive(Debug, Default)]
pub(crate) struct Furniture {
    /// For each page, the baselines of the rows to leave out.
    rows: Vec<Vec<f32>>,
    /// For each page, the number printed on it.
    numbers: Vec<Option<String>>,
}

/// A row of a margin.
struct Row {
    page: usize,
    y: f32,
    text: String,
    top: bool,
}

impl Furniture {
    /// Looks through the margins of all pages, given as width, height and
    /// segments.
    pub(crate) fn find(pages: &[(f32, f32, Vec<Segment>)]) -> Self {
        let rows: Vec<Row> = pages
            .iter()
            .enumerate()
            .flat_map(|(page, (_, height, segments))| margin_rows(page, *height, segments))
            .collect();
        let mut found =
            Self { rows: vec![Vec::new(); pages.len()], numbers: vec![None; pages.len()] };
        let numbering = numbering(&rows, pages.len());
        for (row, number) in rows.iter().zip(&numbering) {
            if let Some(number) = number {
                found.rows[row.page].push(row.y);
                found.numbers[row.page].get_or_insert_with(|| number.clone());
            }
        }
        found.add_repeated(&rows, pages.len());
        found
    }

    /// Rows whose words come again at the same place of enough other pages.
    fn add_repeated(&mut self, rows: &[Row], pages: usize) {
        let mut places: BTreeMap<(bool, String), Vec<&Row>> = BTreeMap::new();
        for row in rows {
            places.entry((row.top, shape(&row.text))).or_default().push(row);
        }
        // Left and right pages may differ, and chapters have their own.
        let enough = if pages <= 3 { 2 } else { 3.max(pages / 12) };
        for same in places.values() {
            for row in same {
                let near = same.iter().filter(|other| (other.y - row.y).abs() < SAME_PLACE);
                let on: BTreeSet<usize> = near.map(|other| other.page).collect();
                if on.len() >= enough {
                    self.rows[row.page].push(row.y);
                }
            }
        }
    }

    /// Fills in the numbers the file states for pages that show none, unless
    /// what other pages show says otherwise.
    pub(crate) fn take_labels(&mut self, labels: &[Option<String>]) {
        let mut both = self.numbers.iter().zip(labels);
        let agree = both.all(|(shown, label)| match (shown, label) {
            (Some(shown), Some(label)) => shown.eq_ignore_ascii_case(label),
            _ => true,
        });
        if agree {
            for (shown, label) in self.numbers.iter_mut().zip(labels) {
                if shown.is_none() {
                    shown.clone_from(label);
                }
            }
        }
    }

    /// Whether a segment of the page is furniture.
    pub(crate) fn holds(&self, page: usize, segment: &Segment) -> bool {
        self.rows[page].iter().any(|y| (segment.y - y).abs() < 2.5)
    }

    /// The number printed on the page.
    pub(crate) fn printed_page(&self, page: usize) -> Option<String> {
        self.numbers.get(page).cloned().flatten()
    }
}

/// Leaves out lines across the page that other pages have too: names of the
/// publisher and stamps along the edge.
pub(crate) fn leave_out_repeated(pages: &mut [Vec<Line>]) {
    let mut on: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (page, lines) in pages.iter().enumerate() {
        for line in lines {
            on.entry(shape(&line.text)).or_default().insert(page);
        }
    }
    let enough = if pages.len() <= 3 { 2 } else { 3 };
    for lines in pages {
        lines.retain(|line| on.get(&shape(&line.text)).is_none_or(|pages| pages.len() < enough));
    }
}

/// The rows at the head and foot of a page, with their words.
fn margin_rows(page: usize, height: f32, segments: &[Segment]) -> Vec<Row> {
    let mut sorted: Vec<&Segment> = segments
        .iter()
        .filter(|s| s.y < height * MARGIN || s.y > height * (1.0 - MARGIN))
        .filter(|s| !is_raised(s, segments))
        .collect();
    sorted.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    let mut rows: Vec<(f32, Vec<&Segment>)> = Vec::new();
    for segment in sorted {
        match rows.last_mut() {
            Some((y, row)) if (segment.y - *y).abs() < 2.5 => row.push(segment),
            _ => rows.push((segment.y, vec![segment])),
        }
    }
    let written = |mut row: Vec<&Segment>| {
        row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let parts: Vec<String> =
            row.iter().map(|s| s.glyphs.iter().map(|glyph| glyph.character).collect()).collect();
        parts.join(" ")
    };
    rows.into_iter()
        .map(|(y, row)| Row { page, y, text: written(row), top: y < height / 2.0 })
        .collect()
}

/// Whether a segment is the mark of a note, small and raised before its words:
/// the marks of notes count like pages where each page has one.
fn is_raised(mark: &Segment, segments: &[Segment]) -> bool {
    segments.iter().any(|words| {
        let drop = words.y - mark.y;
        words.size > 1.2 * mark.size
            && (0.0..0.75 * words.size).contains(&drop)
            && (-1.0..words.size).contains(&(words.x0 - mark.x1))
    })
}

/// The words of a row, however they are spaced.
fn shape(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// A way of counting pages: how far its numbers are from those of the pages in
/// the file, whether they are Roman, and at which height they stand. Numbers of
/// footnotes may keep their distance for some pages, but not their place.
type Counting = (i64, bool, i64);

fn counting(row: &Row, number: i64, written: &str) -> Counting {
    let page = i64::try_from(row.page).unwrap_or(0);
    let roman = !written.starts_with(|c: char| c.is_ascii_digit());
    #[expect(clippy::cast_possible_truncation, reason = "a page is some hundred points high")]
    let height = (row.y / 12.0) as i64;
    (number - page, roman, height)
}

/// For each row, the page number it shows: numbers count pages if enough of
/// them do so in the same way.
fn numbering(rows: &[Row], pages: usize) -> Vec<Option<String>> {
    let candidates: Vec<Vec<(i64, String)>> =
        rows.iter().map(|row| numbers_in(&row.text)).collect();
    let mut ways: BTreeMap<Counting, BTreeSet<usize>> = BTreeMap::new();
    for (row, numbers) in rows.iter().zip(&candidates) {
        for (number, written) in numbers {
            ways.entry(counting(row, *number, written)).or_default().insert(row.page);
        }
    }
    let enough = if pages == 1 { 1 } else { 2.max(pages / 8) };
    let count = |row: &Row, (number, written): &(i64, String)| {
        ways.get(&counting(row, *number, written)).map_or(0, BTreeSet::len)
    };
    let shown = |(row, numbers): (&Row, Vec<(i64, String)>)| {
        let best = numbers.into_iter().max_by_key(|number| count(row, number))?;
        let believed = count(row, &best) >= enough && (pages > 1 || best.0 == 1);
        believed.then_some(best.1)
    };
    rows.iter().zip(candidates).map(shown).collect()
}

/// The numbers a row may show as its page: "12", "- 12 -", "Page 3 of 9",
/// "12 Convention", "xiv". A row of many words shows none.
fn numbers_in(text: &str) -> Vec<(i64, String)> {
    if labels::named(text.trim()).is_some() {
        return Vec::new();
    }
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || "|-–—/[]()·•".contains(c))
        .filter(|word| !word.is_empty())
        .collect();
    let only = words.len() == 1;
    let (Some(first), Some(last)) = (words.first(), words.last()) else {
        return Vec::new();
    };
    let after_word = words
        .windows(2)
        .find(|pair| {
            matches!(
                pair[0].to_lowercase().as_str(),
                "page" | "seite" | "pagina" | "página" | "стр."
            )
        })
        .map(|pair| pair[1]);
    let mut found = Vec::new();
    for word in [after_word, Some(*first), Some(*last)].into_iter().flatten() {
        let digits = word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        if let (true, Ok(number)) = (digits, word.parse::<i64>()) {
            found.push((number, word.to_owned()));
        } else if let (true, Some(number)) = (only, labels::roman(word)) {
            found.push((i64::from(number), word.to_owned()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::glyphs::Glyph;

    fn segment(text: &str, y: f32) -> Segment {
        let glyph = |character| Glyph { character, x0: 0.0, x1: 5.0, y, size: 10.0, bold: false };
        Segment { glyphs: text.chars().map(glyph).collect(), x0: 0.0, x1: 50.0, y, size: 10.0 }
    }

    /// Pages given as rows of `(text, y)` of a page 800 points high; shows for
    /// each page its printed number and the rows that are kept.
    #[track_caller]
    fn check(pages: &[&[(&str, f32)]], expected: &[&str]) {
        let pages: Vec<(f32, f32, Vec<Segment>)> = pages
            .iter()
            .map(|rows| (600.0, 800.0, rows.iter().map(|(text, y)| segment(text, *y)).collect()))
            .collect();
        let furniture = Furniture::find(&pages);
        let show = |(at, (_, _, segments)): (usize, &(f32, f32, Vec<Segment>))| {
            let kept = segments.iter().filter(|segment| !furniture.holds(at, segment));
            let kept: Vec<String> =
                kept.map(|s| s.glyphs.iter().map(|glyph| glyph.character).collect()).collect();
            format!("{}: {}", furniture.printed_page(at).unwrap_or_default(), kept.join(" / "))
        };
        let actual: Vec<String> = pages.iter().enumerate().map(show).collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn headers_and_page_numbers_go_and_numbers_are_kept() {
        check(
            &[
                &[("Treaty", 40.0), ("Each Party", 100.0), ("- 7 -", 760.0)],
                &[("Treaty", 40.0), ("shall", 100.0), ("- 8 -", 760.0)],
                &[("Treaty", 40.0), ("cooperate", 100.0), ("- 9 -", 760.0)],
            ],
            &["7: Each Party", "8: shall", "9: cooperate"],
        );
    }

    #[test]
    fn a_number_that_counts_nothing_stays() {
        check(
            &[&[("2018", 40.0), ("Peace", 300.0)], &[("and", 300.0), ("1945", 760.0)]],
            &[": 2018 / Peace", ": and / 1945"],
        );
    }
}
