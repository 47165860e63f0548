//! Which agreements use the same words: arcs between agreements in the order
//! of their dates.

use crate::mapping::Shared;
use crate::report::site::chart::{Area, Drawn, Palette, figure, file, pixels, words};
use plotters::prelude::*;

const ROW: i32 = 22;
const TOP: i32 = 16;
const LEFT: i32 = 260;
const WIDTH: u32 = 860;
/// Points of an arc.
const STEPS: usize = 28;

/// The chart for a page, and as a file; `ids` are the agreements in the order
/// of their dates. Those that share nothing are left out.
pub(in crate::report::site) fn arcs(ids: &[&str], shared: &[Shared]) -> (String, String) {
    let named = |id: &&&str| {
        shared.iter().any(|one| one.earlier.as_str() == **id || one.later.as_str() == **id)
    };
    let rows: Vec<&str> = ids.iter().filter(named).copied().collect();
    let height = u32::try_from(TOP + pixels(rows.len(), ROW) + 10).unwrap_or(u32::MAX);
    let said = shared
        .iter()
        .take(3)
        .map(|one| format!("{} and {}, {} words", one.earlier, one.later, one.words));
    let alt = format!(
        "Arc diagram of {} pairs of agreements that use the same words. Most: {}.",
        shared.len(),
        said.collect::<Vec<_>>().join("; ")
    );
    let caption = "Agreements from the earliest (top) to the latest; an arc joins two that use the \
                   same words, the thicker the more words.";
    let draw = |area: &Area<'_>, palette: Palette| draw(area, palette, &rows, shared);
    (figure((WIDTH, height), &alt, caption, draw), file((WIDTH, height), draw))
}

fn draw(area: &Area<'_>, palette: Palette, rows: &[&str], shared: &[Shared]) -> Drawn {
    let middle = |row: usize| TOP + pixels(row, ROW) + ROW / 2;
    for (row, id) in rows.iter().enumerate() {
        words(area, id, (LEFT - 14, middle(row)), palette.ink, true)?;
        let dot = Circle::new((LEFT, middle(row)), 3, ShapeStyle::from(palette.ink).filled());
        area.draw(&dot)?;
    }
    let row_of = |id: &str| rows.iter().position(|row| *row == id).unwrap_or(0);
    let longest = pixels(rows.len(), ROW).max(1);
    let most = shared.iter().map(|one| one.words).max().unwrap_or(1);
    for one in shared {
        let (from, to) = (middle(row_of(one.earlier.as_str())), middle(row_of(one.later.as_str())));
        let span = f64::from((to - from).abs());
        let reach = 30.0 + 500.0 * span / f64::from(longest);
        let weight = one.words as f64 / most as f64;
        let path = (0..=STEPS).map(|step| {
            let angle = std::f64::consts::PI * step as f64 / STEPS as f64;
            #[expect(clippy::cast_possible_truncation, reason = "it lies on the chart")]
            let point = (
                LEFT + 4 + (reach * angle.sin()).round() as i32,
                from + (f64::from(to - from) * (1.0 - angle.cos()) / 2.0).round() as i32,
            );
            point
        });
        let width = if weight > 0.5 {
            5
        } else if weight > 0.2 {
            3
        } else {
            1
        };
        let style = palette.main.mix(0.45 + 0.5 * weight).stroke_width(width);
        area.draw(&PathElement::new(path.collect::<Vec<_>>(), style))?;
    }
    Ok(())
}
