//! Shares as bars, each with its interval.

use crate::mapping::Frequency;
use crate::report::site::chart::{Area, Drawn, Palette, figure, file, line, pixels, place, words};
use plotters::prelude::*;

const ROW: i32 = 24;
const TOP: i32 = 34;
const LEFT: i32 = 300;
const RIGHT: i32 = 700;
const WIDTH: u32 = 860;

/// The chart for a page, and as a file.
pub(in crate::report::site) fn bars(rows: &[&Frequency], what: &str) -> (String, String) {
    let height = u32::try_from(TOP + pixels(rows.len(), ROW) + 10).unwrap_or(u32::MAX);
    let draw = |area: &Area<'_>, palette: Palette| draw(area, palette, rows);
    let said = rows
        .iter()
        .take(3)
        .map(|one| format!("{} {} of {}", one.name, one.present.part, one.present.whole));
    let alt = format!(
        "Bar chart: share of agreements in which each {what} is present. Highest: {}.",
        said.collect::<Vec<_>>().join(", ")
    );
    let caption = format!(
        "Share of agreements in which each {what} is present; the thin line is the 95 % interval."
    );
    (figure((WIDTH, height), &alt, &caption, draw), file((WIDTH, height), draw))
}

fn draw(area: &Area<'_>, palette: Palette, rows: &[&Frequency]) -> Drawn {
    let bottom = TOP + pixels(rows.len(), ROW);
    let x = |share: f64| place(share, (0.0, 1.0), (LEFT, RIGHT));
    for percent in [0, 25, 50, 75, 100] {
        let at = x(f64::from(percent) / 100.0);
        line(area, (at, TOP - 6), (at, bottom), palette.faint.stroke_width(1))?;
        words(area, &format!("{percent} %"), (at - 12, TOP - 18), palette.ink, false)?;
    }
    for (row, one) in rows.iter().enumerate() {
        let middle = TOP + pixels(row, ROW) + ROW / 2;
        let label = format!("{} {}", one.code, one.name);
        words(area, &label, (LEFT - 10, middle), palette.ink, true)?;
        let share = one.present;
        let bar = [(LEFT, middle - 7), (x(share.share), middle + 7)];
        area.draw(&Rectangle::new(bar, palette.main.filled()))?;
        let (low, high) = (x(share.low), x(share.high));
        let style = palette.ink.stroke_width(1);
        line(area, (low, middle), (high, middle), style)?;
        for end in [low, high] {
            line(area, (end, middle - 4), (end, middle + 4), style)?;
        }
        let figures = format!("{} of {} · {:.0} %", share.part, share.whole, share.share * 100.0);
        words(area, &figures, (RIGHT + 12, middle), palette.ink, false)?;
    }
    Ok(())
}
