//! Columns: what is to be read before what on a page.
//!
//! A gutter is a strip that hardly any line crosses while lines stand on both
//! sides of it. Lines that do cross it, such as a title over both columns,
//! divide the page into bands; in each band the left column comes first.

use crate::extract::pdf::lines::Segment;

/// The width of the strips in which the page is looked at.
const STRIP: f32 = 2.0;

/// The narrowest gutter, in strips.
const NARROWEST: usize = 3;

/// Segments whose baselines are nearer stand in one row, in points.
const SAME_ROW: f32 = 2.0;

/// Rows further apart, in sizes of their letters, are those of a form.
const MOST_APART: f32 = 2.5;

/// More columns than three do not occur.
const DEEPEST: usize = 2;

/// The parts of a page, or of a band of it, in reading order.
///
/// `usual` is the gutter of the page or of other pages, if they have one.
pub(crate) fn in_reading_order(segments: Vec<Segment>, usual: Option<f32>) -> Vec<Vec<Segment>> {
    let mut parts = Vec::new();
    let usual = usual.filter(|usual| gutter(&segments).is_none() && is_free(&segments, *usual));
    split(segments, usual, 0, &mut parts);
    parts.retain(|part| !part.is_empty());
    parts
}

/// The gutter of each page: its own, or that of most pages where the text
/// leaves it free.
pub(crate) fn gutters<'a>(pages: impl Iterator<Item = &'a [Segment]>) -> Vec<Option<f32>> {
    let pages: Vec<&[Segment]> = pages.collect();
    let own: Vec<Option<f32>> = pages.iter().map(|page| gutter(page)).collect();
    let usual = usual_gutter(&own);
    let of_page = |(page, own): (&&[Segment], Option<f32>)| {
        own.or_else(|| usual.filter(|usual| is_free(page, *usual)))
    };
    pages.iter().zip(own).map(of_page).collect()
}

/// The gutter most pages have, if a fair share of them do.
fn usual_gutter(pages: &[Option<f32>]) -> Option<f32> {
    let mut found: Vec<f32> = pages.iter().copied().flatten().collect();
    found.sort_by(f32::total_cmp);
    let middle = found.get(found.len() / 2).copied()?;
    let near = found.iter().filter(|gutter| (*gutter - middle).abs() < 15.0).count();
    (near * 3 >= pages.len()).then_some(middle)
}

/// Whether a page has text on both sides of a gutter: some of it beside hardly
/// any across, or several lines of prose, as above a box that is set across.
fn is_free(segments: &[Segment], gutter: f32) -> bool {
    let crosses = |segment: &&Segment| segment.x0 < gutter && segment.x1 > gutter;
    let across = segments.iter().filter(crosses).count();
    let left: Vec<&Segment> = segments.iter().filter(|segment| segment.x1 <= gutter).collect();
    let beside = |right: &&Segment| left.iter().any(|left| (left.y - right.y).abs() < left.size);
    let right = segments.iter().filter(|segment| segment.x0 >= gutter);
    let facing: Vec<&Segment> = right.filter(beside).collect();
    let edge = segments.iter().map(|segment| segment.x1).fold(gutter, f32::max);
    let full = |segment: &&&Segment| segment.x1 - segment.x0 > 0.6 * (edge - gutter);
    let prose = facing.iter().filter(full).count();
    prose >= 4 || (!facing.is_empty() && across * 6 <= segments.len())
}

fn split(segments: Vec<Segment>, usual: Option<f32>, depth: usize, parts: &mut Vec<Vec<Segment>>) {
    let gutter = if depth < DEEPEST { usual.or_else(|| gutter(&segments)) } else { None };
    let Some(gutter) = gutter else {
        parts.push(segments);
        return;
    };
    let (mut across, beside): (Vec<Segment>, Vec<Segment>) =
        segments.into_iter().partition(|segment| segment.x0 < gutter && segment.x1 > gutter);
    across.sort_by(|a, b| a.y.total_cmp(&b.y));
    let beside = without_short_lines(beside, &mut across, gutter);
    let lines: Vec<f32> = across.iter().map(|segment| segment.y).collect();
    // What stands beside a line that crosses belongs to that line.
    let on_line = |segment: &Segment| {
        let at = across.partition_point(|line| line.y < segment.y - 2.0);
        across.get(at).is_some_and(|line| {
            let raised = segment.size < line.size && line.y - segment.y < 0.6 * line.size;
            (line.y - segment.y).abs() <= 2.0 || raised
        })
    };
    let (on_lines, beside): (Vec<Segment>, Vec<Segment>) = beside.into_iter().partition(on_line);
    across.extend(on_lines);
    across.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut bands: Vec<[Vec<Segment>; 3]> =
        (0..=lines.len()).map(|_| <[Vec<Segment>; 3]>::default()).collect();
    for segment in across {
        let band = lines.partition_point(|y| *y < segment.y - 2.0);
        bands[band.min(lines.len())][0].push(segment);
    }
    for segment in beside {
        let band = lines.partition_point(|y| *y < segment.y);
        let side = if segment.x0 < gutter { 1 } else { 2 };
        bands[band][side].push(segment);
    }
    // In band n the columns come before crossing line n.
    let mut crossing: Vec<Segment> = Vec::new();
    for [line, left, right] in bands {
        if !left.is_empty() || !right.is_empty() {
            parts.push(std::mem::take(&mut crossing));
            split(left, None, depth + 1, parts);
            split(right, None, depth + 1, parts);
        }
        crossing.extend(line);
    }
    parts.push(crossing);
}

/// Takes lines that belong to a paragraph that crosses though they are too
/// short to: its last line, which goes on from the left edge in its size, and
/// its heading, which stands right above. Nothing faces either.
fn without_short_lines(
    beside: Vec<Segment>,
    across: &mut Vec<Segment>,
    gutter: f32,
) -> Vec<Segment> {
    let mut kept: Vec<Segment> = Vec::with_capacity(beside.len());
    let right: Vec<f32> = beside.iter().filter(|it| it.x0 >= gutter).map(|it| it.y).collect();
    let like = |a: &Segment, b: &Segment| (a.size - b.size).abs() < 0.07 * a.size;
    for segment in beside {
        let size = segment.size;
        let level = |line: &Segment| (segment.x0 - line.x0).abs() < size;
        let below = |line: &Segment| (0.5 * size..1.6 * size).contains(&(segment.y - line.y));
        let above = |line: &Segment| (0.5 * size..2.2 * size).contains(&(line.y - segment.y));
        let faced = right.iter().any(|y| (segment.y - y).abs() < size);
        let last = across.iter().any(|line| level(line) && below(line) && like(&segment, line));
        let column = kept.iter().any(|line| line.x1 <= gutter && below(line));
        let heads = !column && across.iter().any(|line| level(line) && above(line));
        if segment.x1 <= gutter && !faced && (last || heads) {
            across.push(segment);
        } else {
            kept.push(segment);
        }
    }
    across.sort_by(|a, b| a.y.total_cmp(&b.y));
    kept
}

/// The middle of the gutter, where there is one.
fn gutter(segments: &[Segment]) -> Option<f32> {
    let left = segments.iter().map(|segment| segment.x0).min_by(f32::total_cmp)?;
    let right = segments.iter().map(|segment| segment.x1).max_by(f32::total_cmp)?;
    let width = right - left;
    if !(100.0..5000.0).contains(&width) {
        return None;
    }
    let mut rows: Vec<f32> = segments.iter().map(|segment| segment.y).collect();
    rows.sort_by(f32::total_cmp);
    rows.dedup_by(|a, b| (*a - *b).abs() < SAME_ROW);
    let strip = |x: f32| to_index((x - left) / STRIP);
    let mut crossed = vec![0usize; strip(right) + 2];
    for segment in segments {
        for count in &mut crossed[strip(segment.x0)..=strip(segment.x1)] {
            *count += 1;
        }
    }
    let few = rows.len() / 6;
    let (from, to) = (strip(left + width * 0.2), strip(left + width * 0.8));
    let mut best: Option<(usize, usize)> = None;
    let mut start = from;
    for (at, count) in crossed.iter().enumerate().take(to + 1).skip(from) {
        if *count > few || at == to {
            let better = best.is_none_or(|(a, b)| at - start > b - a);
            if at - start >= NARROWEST && better {
                best = Some((start, at));
            }
            start = at + 1;
        }
    }
    let (start, end) = best?;
    let middle = left + (start + end) as f32 / 2.0 * STRIP;
    has_columns(segments, middle, left, right, rows.len()).then_some(middle)
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "checked against the page's width"
)]
fn to_index(strips: f32) -> usize {
    strips.max(0.0) as usize
}

/// Whether prose stands on both sides: lines that fill most of their half, and
/// enough of them next to each other.
fn has_columns(segments: &[Segment], gutter: f32, left: f32, right: f32, rows: usize) -> bool {
    let sides = [
        segments.iter().filter(|segment| segment.x1 <= gutter).collect::<Vec<_>>(),
        segments.iter().filter(|segment| segment.x0 >= gutter).collect::<Vec<_>>(),
    ];
    let widths = [gutter - left, right - gutter];
    let prose = sides.iter().zip(widths).all(|(side, width)| is_prose(side, width));
    let facing =
        sides[0].iter().filter(|a| sides[1].iter().any(|b| (a.y - b.y).abs() < a.size)).count();
    prose && facing >= 4 && facing * 5 >= rows
}

/// Whether a side of such a width holds text: rows that mostly fill it, set
/// close, of long pieces. Tables, set in a column among text, have short ones.
fn is_prose(side: &[&Segment], width: f32) -> bool {
    let mut side = side.to_vec();
    side.sort_by(|a, b| a.y.total_cmp(&b.y));
    let rows: Vec<&[&Segment]> = side.chunk_by(|a, b| b.y - a.y < SAME_ROW).collect();
    let middle = |mut values: Vec<f32>| {
        values.sort_by(f32::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or(0.0)
    };
    let extent = |row: &&[&Segment]| {
        let left = row.iter().map(|segment| segment.x0).fold(f32::INFINITY, f32::min);
        row.iter().map(|segment| segment.x1).fold(left, f32::max) - left
    };
    let apart = rows.windows(2).map(|pair| (pair[1][0].y - pair[0][0].y) / pair[1][0].size);
    let lengths = || side.iter().map(|segment| segment.x1 - segment.x0);
    let long: f32 = lengths().filter(|length| *length > 0.5 * width).sum();
    side.len() >= 4
        && middle(rows.iter().map(extent).collect()) > 0.5 * width
        && middle(apart.collect()) < MOST_APART
        && long > 0.5 * lengths().sum::<f32>()
}
