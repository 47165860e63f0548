//! The ways in which text runs on a page, and turning each upright.
//!
//! Most text runs along one side of the page. What runs another way is kept
//! apart from it, or its letters would be woven into the lines they cross.
//! Knows letters and their places, not what they are part of.

use crate::extract::pdf::glyphs::{Glyph, usual_size};
use hayro_font::kurbo::{Affine, Point, Vec2};
use std::f64::consts::{FRAC_PI_2, PI, TAU};
use std::ops::Range;

/// The tangent of the angle that a scan may be askew: what is slanted more is
/// meant to be.
const ASKEW: f64 = 0.1;

/// Slanted lines that differ by less, in radians, run one way.
const ONE_WAY: f64 = 0.05;

/// Lines less askew, in radians, stand as good as straight: one as wide as a
/// page ends a point too high.
const STRAIGHT: f64 = 0.002;

/// Fewer slanted letters are part of a curve.
const FEWEST_SLANTED: usize = 4;

/// Fewer letters do not make the text of a page.
const FEWEST_OF_TEXT: usize = 100;

/// Slanted letters so many times as large as the text are a stamp across it.
const STAMP: f32 = 1.5;

/// The letters of a page by the way they run.
pub(super) struct Ways {
    /// First the four along the sides of the page: to the right, down, to the
    /// left, up. Then what is slanted.
    all: Vec<Way>,
    width: f32,
    height: f32,
}

/// Letters whose lines run one way, turned upright.
struct Way {
    /// How far it is from running to the right, clockwise, in radians.
    angle: f64,
    /// By how much each letter's own way differs from that, added up.
    askew: f64,
    glyphs: Vec<Glyph>,
}

/// What was found, all of it upright.
pub(super) struct Upright {
    /// The letters that run in the page's main direction.
    pub(super) text: Vec<Glyph>,
    /// The letters that run across them, one list for each direction.
    pub(super) asides: Vec<Vec<Glyph>>,
    /// How wide and how high the page is when the text stands upright.
    pub(super) width: f32,
    pub(super) height: f32,
}

impl Ways {
    /// For a page of such a size.
    pub(super) fn new(width: f32, height: f32) -> Self {
        let way = |quarter: u8| Way::new(f64::from(quarter) * FRAC_PI_2);
        let all = (0..4).map(way).collect();
        Self { all, width, height }
    }

    /// The way of text whose line runs in this direction, and by how much it
    /// differs from it.
    pub(super) fn of(&mut self, along: Vec2) -> (usize, f64) {
        let Vec2 { x, y } = along;
        if y == 0.0 || !along.is_finite() {
            return (if x < 0.0 { 2 } else { 0 }, 0.0);
        }
        let angle = y.atan2(x).rem_euclid(TAU);
        let apart = |way: &Way| (angle - way.angle + PI).rem_euclid(TAU) - PI;
        let near = if x.abs().min(y.abs()) > ASKEW * x.abs().max(y.abs()) {
            let slanted = self.all.iter().skip(4).position(|way| apart(way).abs() < ONE_WAY);
            slanted.map(|at| at + 4)
        } else {
            self.all.iter().take(4).position(|way| apart(way).abs() < 2.0 * ASKEW)
        };
        let way = near.unwrap_or_else(|| {
            self.all.push(Way::new(angle));
            self.all.len() - 1
        });
        (way, apart(&self.all[way]))
    }

    /// Where a point of the page stands when a way is turned upright.
    pub(super) fn turned(&self, way: usize, at: Point) -> Point {
        let Point { x, y } = at;
        let (width, height) = (f64::from(self.width), f64::from(self.height));
        match way {
            0 => at,
            1 => Point::new(y, width - x),
            2 => Point::new(width - x, height - y),
            3 => Point::new(height - y, x),
            _ => self.about_middle(-self.all[way].angle) * at,
        }
    }

    fn about_middle(&self, angle: f64) -> Affine {
        let middle = Point::new(f64::from(self.width) / 2.0, f64::from(self.height) / 2.0);
        Affine::rotate_about(angle, middle)
    }

    /// Adds a letter that stands upright.
    pub(super) fn add(&mut self, (way, askew): (usize, f64), glyph: Glyph) {
        let way = &mut self.all[way];
        way.askew += askew;
        way.glyphs.push(glyph);
    }

    /// Parts the page's text from what runs across it.
    pub(super) fn part(mut self) -> Upright {
        let main = self.main();
        if main == 1 || main == 3 {
            (self.width, self.height) = (self.height, self.width);
        }
        for at in 0..self.all.len() {
            self.straighten(at);
        }
        let text = self.all.remove(main);
        let size = if text.glyphs.len() < FEWEST_OF_TEXT { f32::MAX } else { text.size() };
        let aside = |(at, way): &(usize, Way)| {
            let slanted = *at >= if main < 4 { 3 } else { 4 };
            let stamped = way.size() > STAMP * size;
            !way.glyphs.is_empty() && (!slanted || (way.glyphs.len() >= FEWEST_SLANTED && !stamped))
        };
        let asides = self.all.into_iter().enumerate().filter(aside);
        Upright {
            text: text.glyphs,
            asides: asides.map(|(_, way)| way.glyphs).collect(),
            width: self.width,
            height: self.height,
        }
    }

    /// The way of most letters; text that is slanted must be most of a page.
    fn main(&self) -> usize {
        let count = |at: usize| self.all[at].glyphs.len();
        let most = |ways: Range<usize>| ways.rev().max_by_key(|at| count(*at));
        let straight = most(0..4).unwrap_or(0);
        let slanted = most(4..self.all.len());
        let whole = |at: &usize| count(*at) >= FEWEST_OF_TEXT.max(2 * count(straight));
        slanted.filter(whole).unwrap_or(straight)
    }

    /// Straightens lines that run a little askew, all alike, as where words
    /// were recognised in a scan: those of one line would stand on several.
    fn straighten(&mut self, at: usize) {
        let way = &self.all[at];
        let askew = way.askew / way.glyphs.len().max(1) as f64;
        if askew.abs() < STRAIGHT {
            return;
        }
        let straight = self.about_middle(-askew);
        for glyph in &mut self.all[at].glyphs {
            let at = straight * Point::new(f64::from(glyph.x0), f64::from(glyph.y));
            let width = glyph.x1 - glyph.x0;
            #[expect(clippy::cast_possible_truncation, reason = "points on a page need no doubles")]
            let (x, y) = (at.x as f32, at.y as f32);
            (glyph.x0, glyph.x1, glyph.y) = (x, x + width, y);
        }
    }
}

impl Way {
    fn new(angle: f64) -> Self {
        Self { angle, askew: 0.0, glyphs: Vec::new() }
    }

    /// The size in the middle of all.
    fn size(&self) -> f32 {
        usual_size(&self.glyphs).unwrap_or(0.0)
    }
}
