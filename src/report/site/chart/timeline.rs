//! The share of agreements up to each year that have one element.

use crate::mapping::{Point, Trend};
use crate::report::site::chart::{Area, Drawn, Palette, figure, line, place, words};
use plotters::prelude::*;

const TOP: i32 = 20;
const BOTTOM: i32 = 200;
const LEFT: i32 = 60;
const RIGHT: i32 = 690;
const SIZE: (u32, u32) = (720, 236);

/// The chart for a page.
pub(in crate::report::site) fn timeline(trend: &Trend) -> String {
    let Some((first, last)) = trend.cumulative.first().zip(trend.cumulative.last()) else {
        return String::new();
    };
    let alt = format!(
        "Line chart: share of agreements up to each year that have {}, from {:.0} % in {} to \
         {:.0} % in {}.",
        trend.name,
        first.share.share * 100.0,
        first.year,
        last.share.share * 100.0,
        last.year
    );
    let caption = "Share of all agreements up to the end of each year in which the element is \
                   present; the band is the 95 % interval.";
    figure(SIZE, &alt, caption, |area, palette| draw(area, palette, &trend.cumulative))
}

fn draw(area: &Area<'_>, palette: Palette, points: &[Point]) -> Drawn {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return Ok(()) };
    let years = (f64::from(first.year), f64::from(last.year.max(first.year + 1)));
    let x = |year: u16| place(f64::from(year), years, (LEFT, RIGHT));
    let y = |share: f64| place(share, (0.0, 1.0), (BOTTOM, TOP));
    for percent in [0, 50, 100] {
        let at = y(f64::from(percent) / 100.0);
        line(area, (LEFT, at), (RIGHT, at), palette.faint.stroke_width(1))?;
        words(area, &format!("{percent} %"), (LEFT - 8, at), palette.ink, true)?;
    }
    let upper = points.iter().map(|point| (x(point.year), y(point.share.high)));
    let lower = points.iter().rev().map(|point| (x(point.year), y(point.share.low)));
    let band: Vec<(i32, i32)> = upper.chain(lower).collect();
    area.draw(&Polygon::new(band, palette.main.mix(0.18).filled()))?;
    let path: Vec<(i32, i32)> =
        points.iter().map(|point| (x(point.year), y(point.share.share))).collect();
    area.draw(&PathElement::new(path.clone(), palette.main.stroke_width(2)))?;
    let mut free = i32::MIN;
    for (point, at) in points.iter().zip(path) {
        area.draw(&Circle::new(at, 3, ShapeStyle::from(palette.main).filled()))?;
        // Years stand where there is room for them.
        if at.0 >= free {
            words(area, &point.year.to_string(), (at.0 - 14, BOTTOM + 18), palette.ink, false)?;
            free = at.0 + 40;
        }
    }
    Ok(())
}
