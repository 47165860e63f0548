//! What is usual in a document: sizes, distances of lines, edges of columns
//! and of blocks. Paragraphs are told by what departs from it.

use crate::extract::pdf::lines::Line;
use crate::extract::pdf::paragraphs::Region;
use crate::extract::tidy::Spelling;
use std::collections::BTreeMap;

/// What is usual in a document.
pub(crate) struct Usual {
    /// The size of most letters.
    pub(crate) size: f32,
    /// For each size, in half points, the distance of lines in a paragraph.
    pub(crate) leading: BTreeMap<i32, f32>,
    /// Whether most text is bold, so that bold says nothing.
    pub(crate) bold: bool,
    /// The sizes and weights of headings, largest first.
    pub(crate) headings: Vec<(i32, bool)>,
    /// How the document spells.
    pub(crate) spelling: Spelling,
}

/// A size or distance in half points, rounded: what is equal in print is equal.
pub(crate) fn half_points(size: f32) -> i32 {
    #[expect(clippy::cast_possible_truncation, reason = "sizes of letters are small numbers")]
    let rounded = (size * 2.0).round() as i32;
    rounded
}

impl Usual {
    /// Looks at all lines.
    pub(crate) fn of(regions: &[Region]) -> Self {
        let lines = || regions.iter().flat_map(|region| &region.lines);
        let mut sizes: BTreeMap<i32, usize> = BTreeMap::new();
        for line in lines() {
            *sizes.entry(half_points(line.size)).or_default() += line.text.len();
        }
        let size = sizes
            .iter()
            .max_by_key(|(_, count)| **count)
            .map_or(10.0, |(size, _)| *size as f32 / 2.0);
        let bold: usize = lines().filter(|line| line.bold).map(|line| line.text.len()).sum();
        let all: usize = lines().map(|line| line.text.len()).sum();
        let mut spelling = Spelling::default();
        lines().for_each(|line| spelling.learn(&line.text));
        Self {
            size,
            leading: leadings(regions),
            bold: bold * 2 > all,
            headings: Vec::new(),
            spelling,
        }
    }

    /// The distance of two lines of this size in one paragraph.
    pub(crate) fn leading(&self, size: f32) -> f32 {
        let own = self.leading.get(&half_points(size)).copied();
        own.unwrap_or_else(|| {
            let body =
                self.leading.get(&half_points(self.size)).copied().unwrap_or(self.size * 1.2);
            body * size / self.size
        })
    }
}

/// For each size the least distance that lines often have.
fn leadings(regions: &[Region]) -> BTreeMap<i32, f32> {
    let mut distances: BTreeMap<i32, BTreeMap<i32, usize>> = BTreeMap::new();
    for pair in regions.iter().flat_map(|region| region.lines.windows(2)) {
        let same = half_points(pair[0].size) == half_points(pair[1].size);
        let distance = pair[1].y - pair[0].y;
        if same && distance > 0.7 * pair[0].size && distance < 3.0 * pair[0].size {
            let counts = distances.entry(half_points(pair[0].size)).or_default();
            *counts.entry(half_points(distance)).or_default() += 1;
        }
    }
    let usual = |counts: &BTreeMap<i32, usize>| {
        let most = counts.values().max().copied().unwrap_or(0);
        let often = counts.iter().find(|(_, count)| **count * 3 >= most);
        often.map_or(0.0, |(distance, _)| *distance as f32 / 2.0)
    };
    distances.iter().map(|(size, counts)| (*size, usual(counts))).collect()
}

/// The left and right edges of the text in a region; a line that sticks out
/// alone does not count.
pub(crate) fn edges(lines: &[Line]) -> (f32, f32) {
    let mut lefts: Vec<f32> = lines.iter().map(|line| line.x0).collect();
    let mut rights: Vec<f32> = lines.iter().map(|line| line.x1).collect();
    lefts.sort_by(f32::total_cmp);
    rights.sort_by(f32::total_cmp);
    let left = lefts.get(lefts.len() / 20).copied().unwrap_or(0.0);
    let right =
        rights.get(rights.len().saturating_sub(1 + rights.len() / 20)).copied().unwrap_or(0.0);
    (left, right)
}

/// For each line the right edge of the block of prose it is part of, where
/// that is narrower than the column: lines set close, most of which go on with
/// a small letter and end near the same edge.
pub(crate) fn narrow_blocks(lines: &[Line], usual: &Usual) -> Vec<Option<f32>> {
    let mut edges = vec![None; lines.len()];
    let mut start = 0;
    for at in 1..=lines.len() {
        let goes_on = lines.get(at).is_some_and(|line| {
            let last = &lines[at - 1];
            let near = line.y - last.y < 1.12 * usual.leading(line.size) + 0.5;
            near && line.y > last.y && same_size(last, line) && (line.x0 - last.x0).abs() < 2.0
        });
        if goes_on {
            continue;
        }
        let block = &lines[start..at];
        let right = block.iter().map(|line| line.x1).fold(0.0, f32::max);
        let width = right - block[0].x0;
        let inner = &block[..block.len() - 1];
        let full = inner.iter().filter(|line| right - line.x1 < 0.2 * width).count();
        let small = block[1..].iter().filter(|line| line.text.starts_with(char::is_lowercase));
        if block.len() >= 3 && full * 3 >= inner.len() * 2 && small.count() * 2 >= inner.len() {
            edges[start..at].fill(Some(right));
        }
        start = at;
    }
    edges
}

/// Whether two lines are set in one size.
pub(crate) fn same_size(a: &Line, b: &Line) -> bool {
    (a.size - b.size).abs() < 0.07 * a.size.max(b.size)
}
