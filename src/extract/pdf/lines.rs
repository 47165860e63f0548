//! Letters to lines.
//!
//! A segment is a stretch of letters set one after the other; a line is what
//! stands on one baseline of one column. Small raised figures are the marks of
//! footnotes: they are kept apart from the words.

use crate::extract::pdf::glyphs::{Glyph, usual_size};

/// A gap of this share of the font size ends a segment.
const SEGMENT_GAP: f32 = 1.0;

/// A gap of this share of the font size is a space.
const SPACE_GAP: f32 = 0.17;

/// Letters set one after the other on one baseline.
#[derive(Debug, Clone)]
pub(crate) struct Segment {
    /// The letters.
    pub(crate) glyphs: Vec<Glyph>,
    /// The left edge.
    pub(crate) x0: f32,
    /// The right edge.
    pub(crate) x1: f32,
    /// The baseline.
    pub(crate) y: f32,
    /// The size of most letters.
    pub(crate) size: f32,
}

/// One line of a column.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// Its words, without footnote marks.
    pub(crate) text: String,
    /// The left edge.
    pub(crate) x0: f32,
    /// The right edge.
    pub(crate) x1: f32,
    /// The baseline.
    pub(crate) y: f32,
    /// The size of most letters.
    pub(crate) size: f32,
    /// Whether most letters are bold.
    pub(crate) bold: bool,
    /// The size of its first letter and of its last.
    pub(crate) ends: (f32, f32),
    /// A raised mark it begins with, as footnotes do.
    pub(crate) mark: Option<String>,
    /// The widest gaps in it, as where table cells meet: how many there are.
    pub(crate) gaps: usize,
    /// Where the words begin after a label set apart from them.
    pub(crate) hang: Option<f32>,
}

/// Cuts the letters of a page, in the order they are drawn, into segments.
pub(crate) fn segments(glyphs: Vec<Glyph>) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut current: Vec<Glyph> = Vec::new();
    for glyph in glyphs {
        if let Some(last) = current.last() {
            let size = last.size.max(glyph.size);
            let level = (glyph.y - last.y).abs() < 0.15 * size
                && glyph.size > 0.7 * last.size
                && last.size > 0.7 * glyph.size;
            let gap = glyph.x0 - last.x1;
            if !level || gap > SEGMENT_GAP * size || gap < -0.6 * size {
                segments.extend(segment(std::mem::take(&mut current)));
            }
        }
        current.push(glyph);
    }
    segments.extend(segment(current));
    segments
}

fn segment(mut glyphs: Vec<Glyph>) -> Option<Segment> {
    let blank = |glyph: &Glyph| glyph.character.is_whitespace();
    while glyphs.last().is_some_and(blank) {
        glyphs.pop();
    }
    let lead = glyphs.iter().take_while(|glyph| blank(glyph)).count();
    glyphs.drain(..lead);
    let first = glyphs.first()?;
    let (mut x0, mut x1) = (first.x0, first.x1);
    for glyph in &glyphs {
        x0 = x0.min(glyph.x0);
        x1 = x1.max(glyph.x1);
    }
    let y = first.y;
    let size = usual_size(&glyphs)?;
    Some(Segment { glyphs, x0, x1, y, size })
}

/// Puts the segments of one column together into lines, top to bottom.
pub(crate) fn lines(mut segments: Vec<Segment>) -> Vec<Line> {
    // Large letters first: they make the lines, small raised ones join them.
    segments.sort_by(|a, b| {
        b.size.total_cmp(&a.size).then(a.y.total_cmp(&b.y)).then(a.x0.total_cmp(&b.x0))
    });
    let mut rows: Vec<Vec<Segment>> = Vec::new();
    for segment in segments {
        match rows.iter().position(|row| joins(&row[0], row, &segment)) {
            Some(at) => rows[at].push(segment),
            None => rows.push(vec![segment]),
        }
    }
    let mut lines: Vec<Line> = rows.into_iter().filter_map(line).collect();
    lines.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    lines
}

/// Whether a segment stands on the row that `base` began.
fn joins(base: &Segment, row: &[Segment], segment: &Segment) -> bool {
    let rise = base.y - segment.y;
    if rise.abs() < 0.2 * base.size.min(segment.size).max(2.0) {
        return true;
    }
    let small = segment.size < 0.82 * base.size;
    let near = row
        .iter()
        .any(|other| segment.x0 < other.x1 + base.size && segment.x1 > other.x0 - base.size);
    small && near && rise > -0.3 * base.size && rise < 0.75 * base.size
}

fn line(mut row: Vec<Segment>) -> Option<Line> {
    // The size of most letters, whatever a word or two stand out by.
    let base = row.iter().max_by_key(|segment| segment.glyphs.len())?;
    let (size, y) = (base.size, base.y);
    row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut line = Line { y, size, x0: f32::MAX, x1: f32::MIN, ..Line::default() };
    let mut glyphs: Vec<Glyph> = Vec::new();
    for segment in &row {
        let raised = segment.size < 0.82 * size && y - segment.y > 0.12 * size;
        if raised && take_mark(&mut line, &glyphs, segment) {
            continue;
        }
        glyphs.extend(&segment.glyphs);
        line.x0 = line.x0.min(segment.x0);
        line.x1 = line.x1.max(segment.x1);
    }
    // They nearly always stand from left to right already.
    if !glyphs.is_sorted_by(|a, b| a.x0 <= b.x0) {
        glyphs.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    line.ends =
        (glyphs.first().map_or(size, |it| it.size), glyphs.last().map_or(size, |it| it.size));
    write(&mut line, &glyphs);
    let worded = !line.text.trim().is_empty();
    worded.then_some(line)
}

/// Fills in the words of a line, and what their places tell.
fn write(line: &mut Line, glyphs: &[Glyph]) {
    let size = line.size;
    let mut last: Option<&Glyph> = None;
    let (mut bold, mut letters) = (0usize, 0usize);
    for glyph in glyphs {
        let blank = glyph.character.is_whitespace();
        if let Some(last) = last.filter(|_| !blank) {
            let gap = glyph.x0 - last.x1;
            line.gaps += usize::from(gap > 2.0 * size);
            if line.hang.is_none() && gap > 0.4 * size && line.text.chars().count() <= 8 {
                line.hang = Some(glyph.x0);
            }
        }
        if push(&mut line.text, last, glyph, size) && !blank {
            last = Some(glyph);
            letters += 1;
            bold += usize::from(glyph.bold);
        }
    }
    line.bold = letters > 0 && bold * 10 >= letters * 8;
}

/// Adds a letter and the space before it. The second of two letters printed
/// over each other, which makes them look bold, is left out.
fn push(text: &mut String, last: Option<&Glyph>, glyph: &Glyph, size: f32) -> bool {
    if let Some(last) = last {
        let same = last.character == glyph.character && !glyph.character.is_whitespace();
        if same && (glyph.x0 - last.x0).abs() < 0.1 * size {
            return false;
        }
        let gap = glyph.x0 - last.x1;
        let spaced = text.ends_with(char::is_whitespace) || glyph.character.is_whitespace();
        // The gap before a comma is where a footnote's mark stood.
        let gaping = gap > SPACE_GAP * last.size.min(glyph.size) && glyph.character != ',';
        if gaping && !spaced {
            text.push(' ');
        }
    }
    text.push(glyph.character);
    true
}

/// Takes a raised segment for a footnote mark where it is one: figures or
/// signs, after a word or before one, but no exponent.
fn take_mark(line: &mut Line, before: &[Glyph], segment: &Segment) -> bool {
    let written: String = segment.glyphs.iter().map(|glyph| glyph.character).collect();
    let inner = written.trim().trim_matches(['(', ')', '[', ']', ',', ' ']);
    let figures = !inner.is_empty()
        && inner.chars().all(|c| c.is_ascii_digit() || matches!(c, ',' | ' ' | '-' | '–'));
    let signs = !inner.is_empty() && inner.chars().all(|c| matches!(c, '*' | '†' | '‡' | '§'));
    if !(figures || signs) || inner.chars().count() > 8 {
        return false;
    }
    let before: String = before.iter().map(|glyph| glyph.character).collect();
    if before.trim().is_empty() {
        line.mark = Some(inner.to_owned());
        line.x0 = line.x0.min(segment.x0);
        return true;
    }
    let before = before.trim_end();
    let word = before.rsplit(char::is_whitespace).next().unwrap_or_default();
    let exponent = before.ends_with(|c: char| c.is_ascii_digit())
        && !before.ends_with("19")
        && word.chars().all(|c| c.is_ascii_digit())
        || matches!(word, "m" | "km" | "cm" | "mm" | "CO" | "R" | "ft");
    !exponent
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sets `text` at a place with letters half as wide as their size.
    fn set(text: &str, x: f32, y: f32, size: f32) -> Vec<Glyph> {
        let glyph = |(nth, character): (usize, char)| {
            let x0 = x + nth as f32 * size * 0.5;
            Glyph { character, x0, x1: x0 + size * 0.5, y, size, bold: false }
        };
        text.chars().enumerate().map(glyph).collect()
    }

    #[track_caller]
    fn check(parts: &[(&str, f32, f32, f32)], expected: &[&str]) {
        let glyphs = parts.iter().flat_map(|(text, x, y, size)| set(text, *x, *y, *size)).collect();
        let lines = lines(segments(glyphs));
        let actual: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn lines_come_from_top_to_bottom_whatever_the_order_of_drawing() {
        check(&[("second", 10.0, 30.0, 10.0), ("first", 10.0, 18.0, 10.0)], &["first", "second"]);
    }

    #[test]
    fn a_gap_is_a_space() {
        check(&[("each", 10.0, 20.0, 10.0), ("Party", 33.0, 20.0, 10.0)], &["each Party"]);
    }

    #[test]
    fn a_raised_figure_is_a_mark_and_no_word() {
        check(
            &[("peace", 10.0, 20.0, 10.0), ("3", 35.0, 16.0, 6.0), (" and", 38.0, 20.0, 10.0)],
            &["peace and"],
        );
    }

    #[test]
    fn a_comma_follows_the_word_before_a_mark() {
        check(
            &[("peace", 10.0, 20.0, 10.0), ("3", 35.0, 16.0, 6.0), (", and", 38.5, 20.0, 10.0)],
            &["peace, and"],
        );
    }

    #[test]
    fn an_exponent_stays() {
        check(&[("10", 10.0, 20.0, 10.0), ("6", 20.0, 16.0, 6.0)], &["106"]);
    }

    #[test]
    fn letters_printed_twice_count_once() {
        check(&[("peace", 10.0, 20.0, 10.0), ("peace", 10.2, 20.0, 10.0)], &["peace"]);
    }
}
