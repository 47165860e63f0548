//! The fonts of a PDF: which letter a code stands for, and how far it moves on.
//!
//! hayro-font reads them. A text draws the same letters over and over, so what
//! a font says of a code is asked once and kept. Draws nothing.

use hayro_cmap::{BfString, load_embedded};
use hayro_font::kurbo::Vec2;
use hayro_font::{
    CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn, GlyphId, StandardFont,
};
use hayro_syntax::object::{Dict, Name, ObjectIdentifier};
use hayro_syntax::page::Resources;
use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// Codes from here on are looked up each time: fonts with so many are rare,
/// and a table that long is not worth its memory.
const MOST_KEPT: u32 = 1 << 16;

/// What a font says of one code. Lengths are thousandths of the font's size.
#[derive(Debug)]
pub(super) struct Letter {
    /// What it reads as, where the font tells.
    pub(super) text: Option<BfString>,
    /// How wide it is, where the font tells.
    pub(super) width: Option<f64>,
    /// How far it moves on.
    pub(super) step: Vec2,
    /// Where it is drawn, beside where the text stands.
    pub(super) origin: Vec2,
}

/// A font, and what is known of its codes.
pub(super) struct Face<'a> {
    font: Font<'a>,
    /// Whether it is bold, which only embedded fonts tell.
    pub(super) bold: bool,
    /// Whether its text runs across, not down.
    pub(super) horizontal: bool,
    /// By code: the place in `letters`, counted from 1; 0 is not known yet.
    places: Vec<u32>,
    letters: Vec<Letter>,
    /// The last letter of those that are not kept.
    other: Option<Letter>,
}

impl<'a> Face<'a> {
    fn new(font: Font<'a>) -> Self {
        let (bold, horizontal) = (is_bold(&font), font.is_horizontal());
        Self { font, bold, horizontal, places: Vec::new(), letters: Vec::new(), other: None }
    }

    /// The code at the beginning of `bytes`, which must not be empty, and how
    /// many bytes it takes.
    pub(super) fn code(&self, bytes: &[u8]) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, 0);
        (code, length.max(1))
    }

    /// What the font says of `code`.
    pub(super) fn letter(&mut self, code: u32) -> &Letter {
        if code >= MOST_KEPT {
            let letter = letter(&self.font, code);
            return self.other.insert(letter);
        }
        let at = code as usize;
        if self.places.len() <= at {
            self.places.resize((at + 1).next_power_of_two(), 0);
        }
        if self.places[at] == 0 {
            self.letters.push(letter(&self.font, code));
            self.places[at] = u32::try_from(self.letters.len()).unwrap_or(u32::MAX);
        }
        &self.letters[self.places[at] as usize - 1]
    }
}

fn letter(font: &Font<'_>, code: u32) -> Letter {
    // Neither meaning nor width asks which glyph it is.
    let (text, width) = match font.glyph(GlyphId::NOTDEF, code) {
        FontGlyph::Outline(glyph) => (glyph.as_unicode(), glyph.advance_width()),
        FontGlyph::Type3(glyph) => (glyph.as_unicode(), Some(glyph.advance_width())),
    };
    let width = width.map(f64::from).filter(|width| width.is_finite());
    Letter { text, width, step: font.code_advance(code), origin: font.origin_displacement(code) }
}

fn is_bold(font: &Font<'_>) -> bool {
    let FontGlyph::Outline(glyph) = font.glyph(GlyphId::NOTDEF, 0) else { return false };
    let Some(font) = glyph.font_data() else { return false };
    let name = font.postscript_name.unwrap_or_default().to_ascii_lowercase();
    let named =
        ["bold", "black", "heavy", "semibold", "demi"].iter().any(|word| name.contains(word));
    named || font.weight.is_some_and(|weight| weight >= 600)
}

/// A font that text is set in.
#[derive(Clone)]
pub(super) struct Typeface<'a> {
    /// The font.
    pub(super) face: Rc<RefCell<Face<'a>>>,
    /// Whether it stands in for one that is missing; then only ASCII can be
    /// trusted to mean what it says.
    pub(super) stands_in: bool,
}

/// The fonts of one file, each read once.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    standard: FontResolverFn,
    tables: CMapResolverFn,
    known: BTreeMap<ObjectIdentifier, Option<Typeface<'a>>>,
    /// What stands in; read when it is first needed.
    substitute: OnceCell<Option<Typeface<'a>>>,
}

impl<'a> Fonts<'a> {
    /// None read yet.
    pub(super) fn new() -> Self {
        let standard: FontResolverFn = Arc::new(|query| match query {
            FontQuery::Standard(font) => Some(font.get_font_data()),
            FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
        });
        Self {
            cache: FontCache::new(),
            standard,
            tables: Arc::new(load_embedded),
            known: BTreeMap::new(),
            substitute: OnceCell::new(),
        }
    }

    /// The font that `resources` call `name`, or what stands in for it.
    pub(super) fn named(
        &mut self,
        resources: &Resources<'a>,
        name: &Name<'_>,
    ) -> Option<Typeface<'a>> {
        let id = resources.fonts.get_ref(name).map(ObjectIdentifier::from);
        if let Some(known) = id.and_then(|id| self.known.get(&id)) {
            return known.clone();
        }
        let typeface = match resources.get_font(name) {
            Some(described) => self.described(&described),
            None => self.substitute(),
        };
        if let Some(id) = id {
            self.known.insert(id, typeface.clone());
        }
        typeface
    }

    /// The font of a dictionary, or what stands in for it.
    pub(super) fn described(&self, font: &Dict<'a>) -> Option<Typeface<'a>> {
        match self.cache.font(font, &self.standard, &self.tables) {
            Some(font) => Some(typeface(font, false)),
            None => self.substitute(),
        }
    }

    /// What other programs show text in whose font is missing.
    pub(super) fn substitute(&self) -> Option<Typeface<'a>> {
        let read = || {
            let font = self.cache.standard_font(StandardFont::Helvetica, &self.standard)?;
            Some(typeface(font, true))
        };
        self.substitute.get_or_init(read).clone()
    }
}

fn typeface(font: Font<'_>, stands_in: bool) -> Typeface<'_> {
    Typeface { face: Rc::new(RefCell::new(Face::new(font))), stands_in }
}
