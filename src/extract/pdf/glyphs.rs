//! The letters of a page: what each is, where it stands, and how large.
//!
//! Coordinates are points from the top left corner of the page, as read by a
//! person who holds it upright.

use crate::extract::pdf::content::Walker;
use crate::extract::pdf::fonts::{Face, Fonts};
use crate::extract::pdf::layers::Layers;
use crate::extract::pdf::state::State;
use crate::extract::pdf::turned::{Upright, Ways};
use hayro_cmap::BfString;
use hayro_font::kurbo::{Affine, Point, Rect, Vec2};
use hayro_syntax::Pdf;
use hayro_syntax::page::Page;
use std::panic::{self, AssertUnwindSafe};

/// More glyphs than any page holds: what draws more draws in a circle.
const MOST_GLYPHS: usize = 2_000_000;

/// More forms than any page draws, forms within forms counted: where each draws
/// the next one twice, thirty of them would take for ever.
const MOST_FORMS_DRAWN: usize = 100_000;

/// One letter on the page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glyph {
    /// The character it stands for.
    pub(crate) character: char,
    /// Its left and right edges.
    pub(crate) x0: f32,
    /// The right edge.
    pub(crate) x1: f32,
    /// Its baseline, counted downwards.
    pub(crate) y: f32,
    /// The size of its font.
    pub(crate) size: f32,
    /// Whether its font is bold.
    pub(crate) bold: bool,
}

/// What is on a page.
#[derive(Debug, Default)]
pub(crate) struct PageGlyphs {
    /// The letters in the order they are drawn, all upright.
    pub(crate) glyphs: Vec<Glyph>,
    /// The letters that run across the others, as on the edge of a page or
    /// along an axis: one list for each direction, each turned upright.
    pub(crate) asides: Vec<Vec<Glyph>>,
    /// The width of the page.
    pub(crate) width: f32,
    /// The height of the page.
    pub(crate) height: f32,
    /// How many images cover a good part of it.
    pub(crate) images: usize,
    /// Whether one image covers most of it.
    pub(crate) pictured: bool,
    /// How many shapes are drawn on it.
    pub(crate) shapes: usize,
    /// How many glyphs are known letters.
    pub(crate) mapped: usize,
    /// How many glyphs have no known character.
    pub(crate) unmapped: usize,
    /// Where its letters come from.
    pub(crate) origin: LetterOrigin,
}

/// Where the letters of a page come from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum LetterOrigin {
    /// The page draws them.
    #[default]
    Drawn,
    /// They were recognised in its picture.
    Recognised,
    /// They should have been recognised, and were not.
    Unrecognised,
}

impl PageGlyphs {
    /// Whether there is anything to read.
    pub(crate) fn has_words(&self) -> bool {
        self.letters().next().is_some()
    }

    /// Its letters and figures.
    pub(crate) fn letters(&self) -> impl Iterator<Item = &Glyph> {
        let all = self.glyphs.iter().chain(self.asides.iter().flatten());
        all.filter(|glyph| glyph.character.is_alphanumeric())
    }
}

/// Reads pages one after the other; fonts are kept from page to page.
pub(crate) struct Reader<'a> {
    fonts: Fonts<'a>,
    layers: Layers,
}

impl<'a> Reader<'a> {
    /// A reader for the pages of `pdf`.
    pub(crate) fn new(pdf: &'a Pdf) -> Self {
        Self { fonts: Fonts::new(), layers: Layers::of(pdf.xref()) }
    }

    /// The letters of one page, or what the parser said when it gave up.
    pub(crate) fn read(&mut self, page: &Page<'a>) -> Result<PageGlyphs, String> {
        let read = panic::catch_unwind(AssertUnwindSafe(|| {
            let (width, height) = page.render_dimensions();
            let mut collector = Collector::new(width, height);
            Walker::new(&mut self.fonts, &mut self.layers, &mut collector).page(page);
            collector.finish()
        }));
        read.map_err(|payload| {
            self.fonts = Fonts::new();
            let text = payload.downcast_ref::<String>().cloned();
            text.or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()))
                .unwrap_or_else(|| "no message".to_owned())
        })
    }
}

/// One letter of a run.
#[derive(Debug)]
pub(super) struct Placed {
    /// Its code in the font.
    pub(super) code: u32,
    /// Where it stands from the beginning of the run.
    pub(super) x: f64,
    /// The same, upwards.
    pub(super) y: f64,
    /// How wide its font says it is, in thousandths of the size.
    pub(super) width: Option<f64>,
}

/// Letters that are shown together, in one font.
#[derive(Debug, Default)]
pub(super) struct Run {
    /// The letters.
    pub(super) letters: Vec<Placed>,
    /// From the coordinates of the text to those of the page.
    page: Affine,
    /// What part of the page shows it.
    clip: Rect,
    /// The size of the font, and how wide a letter of its size is set.
    size: f64,
    wide: f64,
    /// Room to work in.
    ratios: Vec<f64>,
}

impl Run {
    /// Where the run begins and how it is set.
    pub(super) fn set_place(&mut self, state: &State<'_>) {
        self.page = (state.page * state.text).pre_translate((0.0, state.rise).into());
        self.clip = state.clip;
        self.size = state.size;
        self.wide = state.size * state.scale;
    }

    /// Whether nothing shows of a letter that stands there: of its height, as
    /// letters without feet have it, and its width.
    fn hides(&self, placed: &Placed, at: Point) -> bool {
        if self.clip.contains(at) {
            return false;
        }
        let width = placed.width.unwrap_or(500.0) / 1000.0 * self.wide;
        let letter = Rect::new(placed.x, placed.y, placed.x + width, placed.y + 0.7 * self.size);
        let letter = self.page.transform_rect_bbox(letter);
        letter.x1 <= self.clip.x0
            || letter.x0 >= self.clip.x1
            || letter.y1 <= self.clip.y0
            || letter.y0 >= self.clip.y1
    }
}

/// Keeps what is found on a page.
pub(super) struct Collector {
    width: f32,
    height: f32,
    ways: Ways,
    images: usize,
    pictured: bool,
    shapes: usize,
    unmapped: usize,
    mapped: usize,
    seen: usize,
    /// How many forms were drawn.
    forms: usize,
}

impl Collector {
    fn new(width: f32, height: f32) -> Self {
        Self {
            width,
            height,
            ways: Ways::new(width, height),
            images: 0,
            pictured: false,
            shapes: 0,
            unmapped: 0,
            mapped: 0,
            seen: 0,
            forms: 0,
        }
    }

    /// Turns the text upright that runs in the page's main direction, and
    /// keeps apart what runs across it.
    fn finish(self) -> PageGlyphs {
        let Upright { text, asides, width, height } = self.ways.part();
        PageGlyphs {
            glyphs: text,
            asides,
            width,
            height,
            images: self.images,
            pictured: self.pictured,
            shapes: self.shapes,
            mapped: self.mapped,
            unmapped: self.unmapped,
            origin: LetterOrigin::Drawn,
        }
    }

    /// Counts an image that covers so much of the page.
    pub(super) fn image(&mut self, bounds: Rect) {
        let page = f64::from(self.width) * f64::from(self.height);
        self.images += usize::from(bounds.area().abs() > page * 0.02);
        self.pictured |= bounds.area().abs() > page * 0.6;
    }

    /// Counts shapes.
    pub(super) fn shapes(&mut self, count: usize) {
        self.shapes += count;
    }

    /// Notes a form, which may draw others, which may draw others.
    pub(super) fn form(&mut self) {
        self.forms += 1;
        end_if(self.forms > MOST_FORMS_DRAWN);
    }

    /// Takes the letters of a run that is set in `face`.
    pub(super) fn take(&mut self, run: &mut Run, face: &mut Face<'_>) {
        self.seen += run.letters.len();
        end_if(self.seen > MOST_GLYPHS);
        let stretch = stretch(&run.letters, run.wide, &mut run.ratios);
        let [a, b, c, d, ..] = run.page.as_coeffs();
        let way = self.ways.of(Vec2::new(a, b) * run.wide);
        let size = length(c, d) * run.size.abs();
        let thousandth = length(a, b) * run.wide.abs() / 1000.0 * stretch;
        let bold = face.bold;
        for placed in &run.letters {
            let at = run.page * Point::new(placed.x, placed.y);
            if run.hides(placed, at) {
                continue;
            }
            let Some(text) = &face.letter(placed.code).text else {
                self.unmapped += 1;
                continue;
            };
            let width = (thousandth * placed.width.unwrap_or(500.0)).max(0.0);
            self.add(way, text, at, [size, width], bold);
        }
    }

    /// Adds what one letter reads as, of such a size and width.
    fn add(&mut self, way: (usize, f64), text: &BfString, at: Point, set: [f64; 2], bold: bool) {
        let Point { x, y } = at;
        let [size, length] = set;
        let (width, height) = (f64::from(self.width), f64::from(self.height));
        let outside = x < -5.0 || y < -5.0 || x > width + 5.0 || y > height + 5.0;
        if outside || size < 0.5 || !(size + length).is_finite() {
            return;
        }
        let Point { x, y } = self.ways.turned(way.0, at);
        self.push(way, text, [x, y, size, length], bold);
    }

    /// Adds the characters of one glyph, each with its share of the width.
    fn push(&mut self, way: (usize, f64), text: &BfString, place: [f64; 4], bold: bool) {
        let mut single = [0; 4];
        let characters: &str = match text {
            BfString::Char(character) => character.encode_utf8(&mut single),
            BfString::String(string) => string,
        };
        let count = characters.chars().count().max(1) as f32;
        #[expect(clippy::cast_possible_truncation, reason = "points on a page need no doubles")]
        let [x, y, size, length] = place.map(|value| value as f32);
        for (nth, character) in characters.chars().enumerate() {
            if character == '\u{fffd}' || (character.is_control() && !character.is_whitespace()) {
                self.unmapped += 1;
                continue;
            }
            self.mapped += 1;
            // A soft hyphen that is drawn is a hyphen.
            let character = if character == '\u{ad}' { '-' } else { character };
            let x0 = x + length * nth as f32 / count;
            let glyph = Glyph { character, x0, x1: x0 + length / count, y, size, bold };
            self.ways.add(way, glyph);
        }
    }
}

/// The size in the middle of all, which nearly always is the only one.
pub(super) fn usual_size(glyphs: &[Glyph]) -> Option<f32> {
    let first = glyphs.first()?.size;
    if glyphs.iter().all(|glyph| glyph.size.total_cmp(&first).is_eq()) {
        return Some(first);
    }
    let mut sizes: Vec<f32> = glyphs.iter().map(|glyph| glyph.size).collect();
    let half = sizes.len() / 2;
    Some(*sizes.select_nth_unstable_by(half, f32::total_cmp).1)
}

/// The length of a vector. Text nearly always runs along an axis, where it is
/// one of the two and needs no root.
fn length(x: f64, y: f64) -> f64 {
    if y == 0.0 {
        x.abs()
    } else if x == 0.0 {
        y.abs()
    } else {
        x.hypot(y)
    }
}

/// How much wider or narrower than its font says a run is set: text may be
/// spaced or squeezed, and only the distances between its letters tell. A
/// letter as wide as the size is set `wide`; `ratios` is room to work in.
fn stretch(letters: &[Placed], wide: f64, ratios: &mut Vec<f64>) -> f64 {
    ratios.clear();
    ratios.extend(letters.windows(2).filter_map(|pair| {
        // Dots that lead to a page number are set apart on purpose.
        if pair[0].code == pair[1].code {
            return None;
        }
        let own = wide.abs() / 1000.0 * pair[0].width?;
        let taken = length(pair[1].x - pair[0].x, pair[1].y - pair[0].y);
        (own > 0.0 && taken > 0.0).then(|| taken / own)
    }));
    if ratios.len() < 4 {
        return 1.0;
    }
    let half = ratios.len() / 2;
    let (_, middle, _) = ratios.select_nth_unstable_by(half, f64::total_cmp);
    if (0.4..2.5).contains(middle) { *middle } else { 1.0 }
}

/// Not an error of ours to report: it ends this page without a word.
fn end_if(without_end: bool) {
    if without_end {
        panic::resume_unwind(Box::new("it draws without end".to_owned()));
    }
}
