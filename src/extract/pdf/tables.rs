//! Tables: rows of cells that begin at the same edges.
//!
//! A page does not say that it holds a table. What shows is that at least
//! three edges return row after row, that no cell runs into the next, and that
//! the cells are not the lines of three columns of prose. Cells of several
//! lines are told by the distance between rows.

use crate::extract::pdf::lines::{self, Segment};

/// Fewer columns may be anything: labels beside text, two columns of prose.
const FEWEST_COLUMNS: usize = 3;

/// Fewer lines that show all columns are chance.
const FEWEST_LINES: usize = 3;

/// How far from its edge a cell may begin, in points.
const SLACK: f32 = 3.0;

/// Segments whose baselines are nearer stand on one line.
const SAME_LINE: f32 = 2.0;

/// A part of a page, from top to bottom.
pub(crate) enum Band {
    /// Anything but a table.
    Text(Vec<Segment>),
    /// The rows of a table, each with its cells.
    Table(Vec<Vec<String>>),
}

/// Segments on one baseline, from left to right.
type Strip = Vec<Segment>;

/// Parts a page, or a column of it, into its tables and what stands between
/// them. Where a page has a `gutter`, text that runs on at one side of it is no
/// column of the table at the other.
pub(crate) fn bands(segments: Vec<Segment>, gutter: Option<f32>) -> Vec<Band> {
    let is_mark: Vec<bool> = segments.iter().map(|segment| is_mark(segment, &segments)).collect();
    if !may_hold_table(&segments, &is_mark) {
        return vec![Band::Text(segments)];
    }
    let of_kind = |marks: bool| {
        let own = segments.iter().zip(&is_mark).filter(move |(_, is_mark)| **is_mark == marks);
        own.map(|(segment, _)| segment.clone()).collect::<Vec<Segment>>()
    };
    let (marks, cells) = (of_kind(true), of_kind(false));
    let strips = strips(cells);
    // The marks of notes belong to the line they are raised above.
    let mut marked: Vec<Vec<Segment>> = vec![Vec::new(); strips.len()];
    for mark in marks {
        let below = strips.partition_point(|strip| strip[0].y < mark.y);
        if let Some(own) = marked.get_mut(below.min(strips.len().saturating_sub(1))) {
            own.push(mark);
        }
    }
    let mut bands = Vec::new();
    let mut text: Vec<Segment> = Vec::new();
    let mut at = 0;
    while at < strips.len() {
        let table = table_from(&strips, at).filter(|(end, columns)| {
            gutter.is_none_or(|gutter| !is_beside_text(&strips[at..*end], columns, gutter))
        });
        let Some((end, columns)) = table else {
            text.extend(strips[at].iter().cloned());
            text.append(&mut marked[at]);
            at += 1;
            continue;
        };
        if !text.is_empty() {
            bands.push(Band::Text(std::mem::take(&mut text)));
        }
        bands.push(Band::Table(rows(&strips[at..end], &columns)));
        at = end;
    }
    if bands.is_empty() {
        return vec![Band::Text(segments)];
    }
    bands.push(Band::Text(text));
    bands
}

/// Whether enough lines have as many segments as a table has columns: most
/// pages do not, and none of their letters need be copied.
fn may_hold_table(segments: &[Segment], is_mark: &[bool]) -> bool {
    let cells = segments.iter().zip(is_mark).filter(|(_, is_mark)| !**is_mark);
    let mut lines: Vec<f32> = cells.map(|(segment, _)| segment.y).collect();
    lines.sort_by(f32::total_cmp);
    let (mut whole, mut first, mut count) = (0, f32::NEG_INFINITY, 0);
    for y in lines {
        if y - first >= SAME_LINE {
            (first, count) = (y, 0);
        }
        count += 1;
        whole += usize::from(count == FEWEST_COLUMNS);
    }
    whole >= FEWEST_LINES
}

/// Whether a segment is small and raised beside a larger one.
fn is_mark(mark: &Segment, segments: &[Segment]) -> bool {
    mark.glyphs.len() <= 4
        && segments.iter().any(|words| {
            words.size > 1.2 * mark.size
                && (0.1 * words.size..0.75 * words.size).contains(&(words.y - mark.y))
                && mark.x0 < words.x1 + words.size
                && mark.x1 > words.x0 - words.size
        })
}

fn strips(mut segments: Vec<Segment>) -> Vec<Strip> {
    segments.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    let mut strips: Vec<Strip> = Vec::new();
    for segment in segments {
        match strips.last_mut() {
            Some(strip) if segment.y - strip[0].y < SAME_LINE => strip.push(segment),
            _ => strips.push(vec![segment]),
        }
    }
    for strip in &mut strips {
        strip.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    }
    strips
}

/// Where the table that begins at a strip ends, and the edges of its columns.
fn table_from(strips: &[Strip], at: usize) -> Option<(usize, Vec<f32>)> {
    let columns: Vec<f32> = strips[at].iter().map(|segment| segment.x0).collect();
    if columns.len() < FEWEST_COLUMNS || columns.windows(2).any(|pair| pair[1] - pair[0] < 20.0) {
        return None;
    }
    let mut end = at;
    while let Some(strip) = strips.get(end).filter(|strip| fits(strip, &columns)) {
        let size = strip[0].size;
        let far = end > at && strip[0].y - strips[end - 1][0].y > 6.0 * size;
        if far {
            break;
        }
        end += 1;
    }
    let table = &strips[at..end];
    let whole = table.iter().filter(|strip| strip.len() >= FEWEST_COLUMNS).count();
    (whole >= FEWEST_LINES && !is_prose(table, &columns)).then_some((end, columns))
}

/// Whether the table's only column at one side of the gutter is running text:
/// lines that fill their width, most of which begin inside a sentence.
fn is_beside_text(table: &[Strip], columns: &[f32], gutter: f32) -> bool {
    let left = columns.partition_point(|edge| *edge < gutter);
    let sides = [(left, 0), (columns.len() - left, columns.len() - 1)];
    let whole = || table.iter().filter(|strip| strip.len() >= FEWEST_COLUMNS);
    sides.iter().filter(|(count, _)| *count == 1).any(|(_, column)| {
        let lines: Vec<&Segment> = whole()
            .flatten()
            .filter(|segment| column_of(segment, columns) == Some(*column))
            .collect();
        let width = lines.iter().map(|line| line.x1 - line.x0).fold(0.0, f32::max);
        let full = lines.iter().filter(|line| line.x1 - line.x0 > 0.75 * width).count();
        let begins =
            |line: &&&Segment| line.glyphs.first().is_some_and(|it| it.character.is_lowercase());
        let inside = lines.iter().filter(begins).count();
        full * 3 > lines.len() * 2 && inside * 2 > lines.len()
    })
}

/// Whether every segment is a cell, or a line of one.
fn fits(strip: &Strip, columns: &[f32]) -> bool {
    strip.iter().all(|segment| {
        column_of(segment, columns)
            .is_some_and(|column| columns.get(column + 1).is_none_or(|next| segment.x1 < *next))
    })
}

fn column_of(segment: &Segment, columns: &[f32]) -> Option<usize> {
    columns.iter().position(|edge| (segment.x0 - edge).abs() < SLACK)
}

/// Columns of prose fill their width, line after line.
fn is_prose(table: &[Strip], columns: &[f32]) -> bool {
    let full = |column: usize| {
        let Some(next) = columns.get(column + 1) else { return true };
        let width = next - columns[column];
        let own: Vec<&Segment> = table
            .iter()
            .flatten()
            .filter(|segment| column_of(segment, columns) == Some(column))
            .collect();
        let filled = own.iter().filter(|segment| segment.x1 - segment.x0 > 0.75 * width).count();
        filled * 2 > own.len()
    };
    (0..columns.len()).all(full)
}

/// The cells, row by row: a row begins after a wider gap, or where nothing is
/// wider, with each line that has a first cell.
fn rows(table: &[Strip], columns: &[f32]) -> Vec<Vec<String>> {
    let gaps: Vec<f32> = table.windows(2).map(|pair| pair[1][0].y - pair[0][0].y).collect();
    let least = gaps.iter().copied().fold(f32::INFINITY, f32::min);
    let wide = |gap: f32| gap > 1.3 * least + 0.5;
    let parted = gaps.iter().any(|gap| wide(*gap)) && !gaps.iter().all(|gap| wide(*gap));
    let mut rows: Vec<Vec<Vec<Segment>>> = Vec::new();
    for (nth, strip) in table.iter().enumerate() {
        let first_cell = column_of(&strip[0], columns) == Some(0);
        let begins = nth == 0 || if parted { wide(gaps[nth - 1]) } else { first_cell };
        if begins || rows.is_empty() {
            rows.push(vec![Vec::new(); columns.len()]);
        }
        let Some(row) = rows.last_mut() else { continue };
        for segment in strip {
            let column = column_of(segment, columns).unwrap_or(0);
            row[column].push(segment.clone());
        }
    }
    rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect()
}

/// The words of a cell on one line.
fn cell(segments: Vec<Segment>) -> String {
    let lines = lines::lines(segments);
    lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join("\n")
}
