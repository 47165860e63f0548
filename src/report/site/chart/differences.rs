//! Changes of shares as points, each with its interval.

use crate::mapping::{Direction, Trend, Trends};
use crate::report::site::chart::{Area, Drawn, Palette, figure, file, line, pixels, place, words};
use plotters::prelude::*;

const ROW: i32 = 24;
const TOP: i32 = 34;
const LEFT: i32 = 300;
const RIGHT: i32 = 680;
const WIDTH: u32 = 860;

/// The chart for a page, and as a file.
pub(in crate::report::site) fn differences(trends: &Trends) -> (String, String) {
    let mut rows: Vec<&Trend> = trends.elements.iter().collect();
    rows.sort_by(|a, b| b.difference.total_cmp(&a.difference));
    let height = u32::try_from(TOP + pixels(rows.len(), ROW) + 10).unwrap_or(u32::MAX);
    let named = |direction| {
        let own = trends.elements.iter().filter(move |one| one.direction == direction);
        let own: Vec<&str> = own.map(|one| one.name.as_str()).collect();
        if own.is_empty() { "none".to_owned() } else { own.join(", ") }
    };
    let alt = format!(
        "Chart of changes: share of agreements from {} on less the share before, for each element. \
         Rising by the test: {}. Declining: {}.",
        trends.middle,
        named(Direction::Rising),
        named(Direction::Declining)
    );
    let caption = format!(
        "Change of the share, agreements from {} on against those before, with its 95 % interval; \
         a filled point with an arrow is a trend by the test (p < .05, not adjusted).",
        trends.middle
    );
    let draw = |area: &Area<'_>, palette: Palette| draw(area, palette, &rows);
    (figure((WIDTH, height), &alt, &caption, draw), file((WIDTH, height), draw))
}

/// Points with their sign; a minus as wide as a plus.
fn signed(points: f64) -> String {
    format!("{points:+.0}").replace('-', "−")
}

fn draw(area: &Area<'_>, palette: Palette, rows: &[&Trend]) -> Drawn {
    let bottom = TOP + pixels(rows.len(), ROW);
    let x = |change: f64| place(change, (-1.0, 1.0), (LEFT, RIGHT));
    for points in [-100, -50, 0, 50, 100] {
        let at = x(f64::from(points) / 100.0);
        let width = if points == 0 { 2 } else { 1 };
        line(area, (at, TOP - 6), (at, bottom), palette.faint.stroke_width(width))?;
        let shown = if points == 0 { "0".to_owned() } else { signed(f64::from(points)) };
        words(area, &shown, (at - 12, TOP - 18), palette.ink, false)?;
    }
    for (row, one) in rows.iter().enumerate() {
        let middle = TOP + pixels(row, ROW) + ROW / 2;
        let label = format!("{} {}", one.code, one.name);
        words(area, &label, (LEFT - 10, middle), palette.ink, true)?;
        let (color, mark) = match one.direction {
            Direction::Rising => (palette.up, "↑ "),
            Direction::Declining => (palette.down, "↓ "),
            Direction::Undecided => (palette.ink, ""),
        };
        line(area, (x(one.low), middle), (x(one.high), middle), color.stroke_width(1))?;
        let center = (x(one.difference), middle);
        let style =
            if mark.is_empty() { color.stroke_width(2) } else { ShapeStyle::from(color).filled() };
        area.draw(&Circle::new(center, 5, style))?;
        let figures = format!("{mark}{} points · p {:.3}", signed(one.difference * 100.0), one.p);
        words(area, &figures, (RIGHT + 12, middle), color, false)?;
    }
    Ok(())
}
