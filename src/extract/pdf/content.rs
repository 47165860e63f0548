//! Page content to runs of text: which letters are shown, and where.
//!
//! hayro-syntax takes the content apart into operators. Of these only what
//! moves or shows text is followed, with the forms, annotations and hidden
//! layers it may stand in; paths and pictures are not drawn, only counted, for
//! they tell a page that was scanned or drawn. Weighing what is shown is left
//! to `glyphs`.

use crate::extract::pdf::clip::Path;
use crate::extract::pdf::fonts::{Face, Fonts};
use crate::extract::pdf::glyphs::{Collector, Placed, Run};
use crate::extract::pdf::layers::Layers;
use crate::extract::pdf::state::State;
use hayro_font::kurbo::{Affine, Rect};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Operator;
use hayro_syntax::object::dict::keys::{
    ANNOTS, AP, AS, BBOX, F, FONT, FORM, H, HEIGHT, IMAGE, MATRIX, N, OC, RECT, RESOURCES, SUBTYPE,
    W, WIDTH,
};
use hayro_syntax::object::{
    Array, Dict, Name, Object, Rect as PdfRect, Stream, String as PdfString,
};
use hayro_syntax::page::{Page, Resources};

/// Forms in forms, deeper than any page has them.
const MOST_FORMS: u32 = 50;

/// Saved states, more than any page needs; further ones are only counted.
const MOST_SAVED: usize = 1 << 16;

/// Of the flags of an annotation (PDF 32000-1, table 165): not shown.
const HIDDEN: u32 = 1 << 1 | 1 << 5;

/// Follows the content of pages.
pub(super) struct Walker<'w, 'a> {
    fonts: &'w mut Fonts<'a>,
    layers: &'w mut Layers,
    found: &'w mut Collector,
    /// Room for the run at hand.
    run: Run,
    /// How many forms one is within.
    forms: u32,
}

impl<'w, 'a> Walker<'w, 'a> {
    /// One that hands what it finds to `found`.
    pub(super) fn new(
        fonts: &'w mut Fonts<'a>,
        layers: &'w mut Layers,
        found: &'w mut Collector,
    ) -> Self {
        Self { fonts, layers, found, run: Run::default(), forms: 0 }
    }

    /// Follows what is on `page`, with what is filled into its forms and noted
    /// on it: a reader sees that too.
    pub(super) fn page(&mut self, page: &Page<'a>) {
        let state = State::new(Affine::new(page.initial_transform(true).as_coeffs()));
        self.layers.close_to(0);
        self.content(page.typed_operations(), page.resources(), state.clone());
        let notes = page.raw().get::<Array<'_>>(ANNOTS);
        for note in notes.iter().flat_map(Array::iter::<Dict<'_>>) {
            self.layers.close_to(0);
            self.annotation(&note, page.resources(), &state);
        }
    }

    /// 12.5.5: the box of the appearance, turned by its matrix, is fitted into
    /// the rectangle of the annotation.
    fn annotation(&mut self, note: &Dict<'a>, resources: &Resources<'a>, state: &State<'a>) {
        if note.get::<u32>(F).unwrap_or(0) & HIDDEN != 0 {
            return;
        }
        let Some(form) = appearance(note) else { return };
        let (to, from) = (note.get::<PdfRect>(RECT), form.dict().get::<[f64; 4]>(BBOX));
        let (Some(to), Some([x0, y0, x1, y1])) = (to, from) else { return };
        let from = matrix(form.dict()).transform_rect_bbox(Rect::new(x0, y0, x1, y1));
        let (wider, higher) = (to.width() / from.width(), to.height() / from.height());
        let fit = [wider, 0.0, 0.0, higher, to.x0 - wider * from.x0, to.y0 - higher * from.y0];
        let state = state.within(Affine::new(fit));
        self.form(&form, resources, &state);
    }

    /// Follows operators to their end. What they save and do not restore ends
    /// with them.
    fn content(
        &mut self,
        mut operators: TypedIter<'_>,
        resources: &Resources<'a>,
        mut state: State<'a>,
    ) {
        let (mut saved, mut not_saved) = (Vec::new(), 0usize);
        let mut path = Path::default();
        while let Some(operator) = operators.next() {
            path.follow(&operator, state.page, &mut state.clip);
            match &operator {
                Operator::SaveState(_) if saved.len() < MOST_SAVED => saved.push(state.clone()),
                Operator::SaveState(_) => not_saved += 1,
                Operator::RestoreState(_) if not_saved > 0 => not_saved -= 1,
                Operator::RestoreState(_) => state = saved.pop().unwrap_or(state),
                Operator::TextFont(it) => {
                    state.typeface = self.fonts.named(resources, it.0);
                    state.size = it.1.as_f64();
                }
                Operator::SetGraphicsState(it) => self.set_font(&mut state, resources, it.0),
                Operator::XObject(it) => self.object(it.0, resources, &state),
                Operator::InlineImage(it) => self.image(it.0.dict(), &state),
                _ if state.set(&operator) || self.show(&mut state, &operator) => {}
                _ => self.mark_or_shape(&operator, resources),
            }
        }
    }

    /// Shows text, where that is what an operator asks; whether it does.
    fn show(&mut self, state: &mut State<'a>, operator: &Operator<'_, '_>) -> bool {
        match operator {
            Operator::ShowText(it) => self.show_run(state, |run| run.string(it.0)),
            Operator::ShowTexts(it) => self.show_run(state, |run| run.strings(it.0)),
            Operator::NextLineAndShowText(it) => {
                state.next_line(0.0, -state.leading);
                self.show_run(state, |run| run.string(it.0));
            }
            Operator::ShowTextWithParameters(it) => {
                (state.word_space, state.letter_space) = (it.0.as_f64(), it.1.as_f64());
                state.next_line(0.0, -state.leading);
                self.show_run(state, |run| run.string(it.2));
            }
            _ => return false,
        }
        true
    }

    fn show_run(&mut self, state: &mut State<'a>, fill: impl FnOnce(&mut Setter<'_, 'a>)) {
        if state.typeface.is_none() {
            state.typeface = self.fonts.substitute();
        }
        let Some(typeface) = state.typeface.clone() else { return };
        let mut face = typeface.face.borrow_mut();
        self.run.letters.clear();
        let shows = self.layers.shows();
        let mut setter = Setter {
            state,
            face: &mut face,
            stands_in: typeface.stands_in,
            shows,
            run: &mut self.run,
            x: 0.0,
            y: 0.0,
        };
        fill(&mut setter);
        let (x, y) = (setter.x, setter.y);
        if !self.run.letters.is_empty() {
            self.run.set_place(state);
            self.found.take(&mut self.run, &mut face);
        }
        state.advance(x, y);
    }

    /// A font may also come with a graphics state.
    fn set_font(&mut self, state: &mut State<'a>, resources: &Resources<'a>, name: &Name<'_>) {
        let font = resources.get_ext_g_state(name).and_then(|set| set.get::<Array<'_>>(FONT));
        let Some(font) = font else { return };
        let mut parts = font.flex_iter();
        let (Some(font), Some(size)) = (parts.next::<Dict<'_>>(), parts.next::<f64>()) else {
            return;
        };
        state.typeface = self.fonts.described(&font);
        state.size = size;
    }

    fn object(&mut self, name: &Name<'_>, resources: &Resources<'a>, state: &State<'a>) {
        let Some(object) = resources.get_x_object(name) else { return };
        match object.dict().get::<Name<'_>>(SUBTYPE).as_deref() {
            Some(IMAGE) => self.image(object.dict(), state),
            Some(FORM) => self.form(&object, resources, state),
            _ => {}
        }
    }

    fn image(&mut self, image: &Dict<'_>, state: &State<'a>) {
        let side = |short, long| image.get::<u32>(short).or_else(|| image.get::<u32>(long));
        let empty = |side: Option<u32>| side.unwrap_or(0) == 0;
        if empty(side(W, WIDTH)) || empty(side(H, HEIGHT)) {
            return;
        }
        let depth = self.enter(image);
        if self.layers.shows() {
            self.found.image(state.page.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0)));
        }
        self.layers.close_to(depth);
    }

    fn form(&mut self, form: &Stream<'a>, resources: &Resources<'a>, state: &State<'a>) {
        if self.forms >= MOST_FORMS || !form.dict().contains_key(BBOX) {
            return;
        }
        let depth = self.enter(form.dict());
        if self.layers.shows()
            && let Ok(content) = form.decoded_data()
        {
            self.forms += 1;
            self.found.form();
            let own = form.dict().get::<Dict<'_>>(RESOURCES).map(Resources::new);
            let state = state.within(matrix(form.dict()));
            self.content(TypedIter::new(&content), own.as_ref().unwrap_or(resources), state);
            self.forms -= 1;
        }
        self.layers.close_to(depth);
    }

    /// Enters the layer that an object stands in; how many marks were open.
    fn enter(&mut self, object: &Dict<'_>) -> usize {
        let depth = self.layers.depth();
        if let Some(layer) = object.get::<Dict<'_>>(OC) {
            match object.get_ref(OC) {
                Some(id) => self.layers.open_group(id.into(), &layer),
                None => self.layers.open_membership(&layer),
            }
        }
        depth
    }

    fn mark_or_shape(&mut self, operator: &Operator<'_, '_>, resources: &Resources<'a>) {
        let shapes = match operator {
            Operator::BeginMarkedContent(_) => return self.layers.open(),
            Operator::BeginMarkedContentWithProperties(it) => return self.mark(it.1, resources),
            Operator::EndMarkedContent(_) => return self.layers.close(),
            Operator::FillPathEvenOdd(_)
            | Operator::FillPathNonZero(_)
            | Operator::FillPathNonZeroCompatibility(_)
            | Operator::StrokePath(_)
            | Operator::CloseAndStrokePath(_)
            | Operator::Shading(_) => 1,
            Operator::FillAndStrokeEvenOdd(_)
            | Operator::FillAndStrokeNonZero(_)
            | Operator::CloseFillAndStrokeEvenOdd(_)
            | Operator::CloseFillAndStrokeNonZero(_) => 2,
            _ => return,
        };
        if self.layers.shows() {
            self.found.shapes(shapes);
        }
    }

    /// Content may be marked as part of a layer by the name of the layer among
    /// the resources, or by properties that refer to it.
    fn mark(&mut self, properties: &Object<'_>, resources: &Resources<'a>) {
        let layer = match properties {
            Object::Name(name) => Some((&resources.properties, &**name)),
            Object::Dict(properties) => Some((properties, OC)),
            _ => None,
        };
        let layer = layer.and_then(|(named, key)| Some((named.get_ref(key)?, named.get(key))));
        match layer {
            Some((id, layer)) => self.layers.open_group(id.into(), &layer.unwrap_or_default()),
            None => self.layers.open(),
        }
    }
}

/// Sets the letters of a run beside one another.
struct Setter<'s, 'a> {
    state: &'s State<'a>,
    face: &'s mut Face<'a>,
    stands_in: bool,
    shows: bool,
    run: &'s mut Run,
    /// How far the run has come.
    x: f64,
    y: f64,
}

impl Setter<'_, '_> {
    /// Strings, and how much nearer each stands to the one before, in
    /// thousandths of the size.
    fn strings(&mut self, pieces: &Array<'_>) {
        for piece in pieces.iter::<Object<'_>>() {
            match piece {
                Object::Number(nearer) => {
                    let by = -nearer.as_f64() / 1000.0 * self.state.size;
                    if self.face.horizontal {
                        self.x += by * self.state.scale;
                    } else {
                        self.y += by;
                    }
                }
                Object::String(string) => self.string(&string),
                _ => {}
            }
        }
    }

    fn string(&mut self, string: &PdfString<'_>) {
        let mut bytes = string.as_bytes();
        let shows = self.shows && (!self.stands_in || bytes.is_ascii());
        let State { size, scale, letter_space, word_space, .. } = *self.state;
        while !bytes.is_empty() {
            let (code, length) = self.face.code(bytes);
            bytes = bytes.get(length..).unwrap_or_default();
            let horizontal = self.face.horizontal;
            let letter = self.face.letter(code);
            if shows {
                let x = self.x + letter.origin.x / 1000.0 * size * scale;
                let y = self.y + letter.origin.y / 1000.0 * size;
                self.run.letters.push(Placed { code, x, y, width: letter.width });
            }
            let space = letter_space + if code == 32 && length == 1 { word_space } else { 0.0 };
            if horizontal {
                self.x += (letter.step.x / 1000.0 * size + space) * scale;
            } else {
                self.y += letter.step.y / 1000.0 * size + space;
            }
        }
    }
}

/// What an annotation looks like in its present state.
fn appearance<'a>(note: &Dict<'a>) -> Option<Stream<'a>> {
    match note.get::<Dict<'_>>(AP)?.get::<Object<'_>>(N)? {
        Object::Stream(form) => Some(form),
        Object::Dict(states) => {
            let state = note.get::<Name<'_>>(AS);
            let form = state.and_then(|state| states.get::<Stream<'_>>(state));
            form.or_else(|| states.get::<Stream<'_>>(b"Off"))
        }
        _ => None,
    }
}

fn matrix(form: &Dict<'_>) -> Affine {
    form.get::<[f64; 6]>(MATRIX).map_or(Affine::IDENTITY, Affine::new)
}
