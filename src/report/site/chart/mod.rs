//! Charts as SVG, drawn twice: for a light ground and for a dark one.
//!
//! Colours are those of Okabe and Ito (2008), which the colour-blind can tell
//! apart; nothing is said by colour alone. A table with the same figures
//! stands under every chart.

mod arcs;
mod bars;
mod differences;
mod timeline;

pub(super) use arcs::arcs;
pub(super) use bars::bars;
pub(super) use differences::differences;
pub(super) use timeline::timeline;

use crate::report::site::html::escape;
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// What is drawn on: pixels.
pub(super) type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// A chart that went wrong: the sizes are ours, so it does not happen.
pub(super) type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;

/// The colours of a ground.
#[derive(Clone, Copy)]
pub(super) struct Palette {
    /// Text.
    pub(super) ink: RGBColor,
    /// Lines that guide the eye.
    pub(super) faint: RGBColor,
    /// What is shown.
    pub(super) main: RGBColor,
    /// What stands out: a rise.
    pub(super) up: RGBColor,
    /// What stands out the other way.
    pub(super) down: RGBColor,
}

const LIGHT: Palette = Palette {
    ink: RGBColor(0x22, 0x22, 0x22),
    faint: RGBColor(0xd0, 0xd0, 0xd0),
    main: RGBColor(0x00, 0x72, 0xb2),
    up: RGBColor(0x00, 0x72, 0xb2),
    down: RGBColor(0xb3, 0x4a, 0x00),
};

const DARK: Palette = Palette {
    ink: RGBColor(0xe6, 0xe6, 0xe6),
    faint: RGBColor(0x50, 0x50, 0x50),
    main: RGBColor(0x56, 0xb4, 0xe9),
    up: RGBColor(0x56, 0xb4, 0xe9),
    down: RGBColor(0xe6, 0x9f, 0x00),
};

/// A chart for both grounds, in a figure with a caption; `alt` says in words
/// what it shows.
pub(super) fn figure(
    (width, height): (u32, u32),
    alt: &str,
    caption: &str,
    draw: impl Fn(&Area<'_>, Palette) -> Drawn,
) -> String {
    let ground = |palette, class: &str| {
        let svg = svg((width, height), palette, &draw);
        // An image role with a label: its parts are not read out one by one.
        let label = escape(alt);
        svg.replacen(
            "<svg ",
            &format!("<svg class=\"{class}\" role=\"img\" aria-label=\"{label}\" "),
            1,
        )
    };
    format!(
        "<figure>\n{}\n{}\n<figcaption>{}</figcaption>\n</figure>\n",
        ground(LIGHT, "on-light"),
        ground(DARK, "on-dark"),
        escape(caption)
    )
}

/// A chart for a light ground alone, as a file of its own.
pub(super) fn file(size: (u32, u32), draw: impl Fn(&Area<'_>, Palette) -> Drawn) -> String {
    let svg = svg(size, LIGHT, &|area: &Area<'_>, palette| {
        area.fill(&WHITE)?;
        draw(area, palette)
    });
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{svg}")
}

fn svg(size: (u32, u32), palette: Palette, draw: &impl Fn(&Area<'_>, Palette) -> Drawn) -> String {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, size).into_drawing_area();
        let drawn = draw(&area, palette).and_then(|()| area.present());
        drawn.expect("a string takes what is drawn");
    }
    svg
}

/// Words at a point; `right`: they end there.
pub(super) fn words(
    area: &Area<'_>,
    text: &str,
    at: (i32, i32),
    color: RGBColor,
    right: bool,
) -> Drawn {
    let across = if right { HPos::Right } else { HPos::Left };
    let style = ("sans-serif", 13).into_font().color(&color).pos(Pos::new(across, VPos::Center));
    area.draw_text(text, &style, at)
}

/// A line between two points.
pub(super) fn line(area: &Area<'_>, from: (i32, i32), to: (i32, i32), style: ShapeStyle) -> Drawn {
    area.draw(&PathElement::new(vec![from, to], style))
}

/// A share, or any figure between `low` and `high`, as a place between two
/// pixels.
pub(super) fn place(value: f64, (low, high): (f64, f64), (from, to): (i32, i32)) -> i32 {
    let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
    #[expect(clippy::cast_possible_truncation, reason = "it lies between two pixels")]
    let offset = (share * f64::from(to - from)).round() as i32;
    from + offset
}

/// A count of rows as pixels.
pub(super) fn pixels(count: usize, each: i32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX / each).saturating_mul(each)
}
