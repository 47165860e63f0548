//! The letters of a page: what each is, where it stands, and how large.
//!
//! Coordinates are points from the top left corner of the page, as read by a
//! person who holds it upright.

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
    InterpreterCache, InterpreterSettings, RenderContent, SoftMask, interpret_page,
};
use hayro_syntax::Pdf;
use hayro_syntax::page::Page;
use std::panic::{self, AssertUnwindSafe};

/// More glyphs than any page holds: what draws more draws in a circle.
const MOST_GLYPHS: usize = 2_000_000;

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
    /// How many shapes are drawn on it.
    pub(crate) shapes: usize,
    /// How many glyphs are known letters.
    pub(crate) mapped: usize,
    /// How many glyphs have no known character.
    pub(crate) unmapped: usize,
}

impl PageGlyphs {
    /// Whether there is anything to read.
    pub(crate) fn has_words(&self) -> bool {
        let asides = self.asides.iter().flatten();
        self.glyphs.iter().chain(asides).any(|glyph| glyph.character.is_alphanumeric())
    }
}

/// Reads pages one after the other; fonts are kept from page to page.
pub(crate) struct Reader<'a> {
    pdf: &'a Pdf,
    cache: InterpreterCache<'a>,
    settings: InterpreterSettings,
}

impl<'a> Reader<'a> {
    /// A reader for the pages of `pdf`.
    pub(crate) fn new(pdf: &'a Pdf) -> Self {
        // With what is filled into forms and noted on the page: a reader sees it.
        let settings = InterpreterSettings {
            render_content: RenderContent::all(),
            ..InterpreterSettings::default()
        };
        Self { pdf, cache: InterpreterCache::new(), settings }
    }

    /// The letters of one page, or what the interpreter said when it gave up.
    pub(crate) fn read(&mut self, page: &Page<'a>) -> Result<PageGlyphs, String> {
        let read = panic::catch_unwind(AssertUnwindSafe(|| self.interpret(page)));
        read.map_err(|payload| {
            self.cache = InterpreterCache::new();
            let text = payload.downcast_ref::<String>().cloned();
            text.or_else(|| payload.downcast_ref::<&str>().map(|text| (*text).to_owned()))
                .unwrap_or_else(|| "no message".to_owned())
        })
    }

    fn interpret(&self, page: &Page<'a>) -> PageGlyphs {
        let (width, height) = page.render_dimensions();
        let initial = Affine::new(page.initial_transform(true).as_coeffs());
        let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
        let mut context =
            Context::new(initial, bounds, &self.cache, self.pdf.xref(), self.settings.clone());
        let mut collector = Collector { width, height, ..Collector::default() };
        interpret_page(page, &mut context, &mut collector);
        collector.finish()
    }
}

/// The way a line of text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Right,
    Down,
    Left,
    Up,
}

#[derive(Default)]
struct Collector {
    width: f32,
    height: f32,
    /// By direction.
    glyphs: [Vec<Glyph>; 4],
    images: usize,
    shapes: usize,
    unmapped: usize,
    mapped: usize,
    seen: usize,
    /// Of the glyphs of the present run.
    advances: Vec<Option<f64>>,
    ratios: Vec<f64>,
}

impl Collector {
    /// Turns the text upright that runs in the page's main direction, and
    /// keeps apart what runs across it.
    fn finish(self) -> PageGlyphs {
        let Self { width, height, mut glyphs, images, shapes, unmapped, mapped, .. } = self;
        let directions = [Direction::Right, Direction::Down, Direction::Left, Direction::Up];
        let main =
            directions.into_iter().rev().max_by_key(|direction| glyphs[*direction as usize].len());
        let main = main.unwrap_or(Direction::Right);
        let turned = matches!(main, Direction::Down | Direction::Up);
        let (width, height) = if turned { (height, width) } else { (width, height) };
        let upright = std::mem::take(&mut glyphs[main as usize]);
        PageGlyphs {
            glyphs: upright,
            asides: glyphs.into_iter().filter(|aside| !aside.is_empty()).collect(),
            width,
            height,
            images,
            shapes,
            mapped,
            unmapped,
        }
    }

    /// Adds a glyph that is `advance` wide.
    fn add(&mut self, glyph: &Drawn<'_>, transform: Affine, advance: f64, bold: bool) {
        let Some(text) = glyph.as_unicode() else {
            self.unmapped += 1;
            return;
        };
        let [a, b, up_x, up_y, x, y] = transform.as_coeffs();
        let size = length(up_x, up_y) * 1000.0;
        let length = (length(a, b) * advance).max(0.0);
        let direction = match (a.abs() >= b.abs(), a >= 0.0, b >= 0.0) {
            (true, true, _) => Direction::Right,
            (true, false, _) => Direction::Left,
            (false, _, true) => Direction::Down,
            (false, _, false) => Direction::Up,
        };
        // Slanted more than a scan is ever askew: a watermark.
        let slanted = a.abs().min(b.abs()) > 0.1 * a.abs().max(b.abs());
        let (width, height) = (f64::from(self.width), f64::from(self.height));
        let outside = x < -5.0 || y < -5.0 || x > width + 5.0 || y > height + 5.0;
        if slanted || outside || size < 0.5 || !(size + length).is_finite() {
            return;
        }
        let (x, y) = match direction {
            Direction::Right => (x, y),
            Direction::Down => (y, width - x),
            Direction::Left => (width - x, height - y),
            Direction::Up => (height - y, x),
        };
        self.push(direction, &text, [x, y, size, length], bold);
    }

    /// Adds the characters of one glyph, each with its share of the width.
    fn push(&mut self, direction: Direction, text: &BfString, place: [f64; 4], bold: bool) {
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
            self.glyphs[direction as usize].push(glyph);
        }
    }
}

fn advance(glyph: &Drawn<'_>) -> Option<f64> {
    let advance = match glyph {
        Drawn::Outline(glyph) => glyph.advance_width(),
        Drawn::Type3(glyph) => glyph.advance_width(),
    };
    advance.map(f64::from).filter(|advance| advance.is_finite())
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

/// How much wider or narrower than its font says a run is set. Fonts that are
/// not in the file are stretched to fit, text may be squeezed, and only the
/// distances between the glyphs tell. `advances` are those of its glyphs;
/// `ratios` is room to work in.
fn stretch(run: &GlyphRun<'_, '_>, advances: &[Option<f64>], ratios: &mut Vec<f64>) -> f64 {
    ratios.clear();
    ratios.extend(run.glyphs().windows(2).zip(advances).filter_map(|(pair, advance)| {
        // Dots that lead to a page number are set apart on purpose.
        if pair[0].char_code() == pair[1].char_code() {
            return None;
        }
        let [a, b, _, _, x, y] = pair[0].transform().as_coeffs();
        let [.., next_x, next_y] = pair[1].transform().as_coeffs();
        let own = length(a, b) * (*advance)?;
        let taken = length(next_x - x, next_y - y);
        (own > 0.0 && taken > 0.0).then(|| taken / own)
    }));
    if ratios.len() < 4 {
        return 1.0;
    }
    let half = ratios.len() / 2;
    let (_, middle, _) = ratios.select_nth_unstable_by(half, f64::total_cmp);
    if (0.4..2.5).contains(middle) { *middle } else { 1.0 }
}

/// Whether the glyphs of a run are bold, which only embedded fonts tell.
fn is_bold(run: &GlyphRun<'_, '_>) -> bool {
    let Some(Drawn::Outline(glyph)) = run.glyphs().first().map(|glyph| &**glyph) else {
        return false;
    };
    let Some(font) = glyph.font_data() else {
        return false;
    };
    let name = font.postscript_name.unwrap_or_default().to_ascii_lowercase();
    let named =
        ["bold", "black", "heavy", "semibold", "demi"].iter().any(|word| name.contains(word));
    named || font.weight.is_some_and(|weight| weight >= 600)
}

impl<'a> Device<'a> for Collector {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.seen += run.glyphs().len();
        if self.seen > MOST_GLYPHS {
            // Not an error of ours to report: it ends this page without a word.
            panic::resume_unwind(Box::new("it draws without end".to_owned()));
        }
        let bold = is_bold(run);
        self.advances.clear();
        self.advances.extend(run.glyphs().iter().map(|glyph| advance(glyph)));
        let stretch = stretch(run, &self.advances, &mut self.ratios);
        for (nth, glyph) in run.glyphs().iter().enumerate() {
            let advance = self.advances[nth].unwrap_or(500.0) * stretch;
            self.add(glyph, props.transform * glyph.transform(), advance, bold);
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, props: ImageDrawProps<'a>) {
        let corner = |x, y| props.transform * Point::new(x, y);
        let bounds = Rect::from_points(corner(0.0, 0.0), corner(1.0, 1.0));
        let page = f64::from(self.width) * f64::from(self.height);
        self.images += usize::from(bounds.area().abs() > page * 0.02);
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.shapes += 1;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_clip_rect(&mut self, _: &Rect) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
