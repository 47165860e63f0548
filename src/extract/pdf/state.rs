//! Where text stands and how it is set (PDF 32000-1, 8.4 and 9.3), and the
//! operators that only change that. Knows no page and shows nothing.

use crate::extract::pdf::clip::EVERYTHING;
use crate::extract::pdf::fonts::Typeface;
use hayro_font::kurbo::{Affine, Rect, Vec2};
use hayro_syntax::content::ops::TypedInstruction as Operator;
use hayro_syntax::object::Number;

/// Of the graphics state what text needs.
#[derive(Clone)]
pub(super) struct State<'a> {
    /// From the present coordinates to those of the page as it is held.
    pub(super) page: Affine,
    /// What part of the page shows what is drawn.
    pub(super) clip: Rect,
    /// The font, where one is chosen.
    pub(super) typeface: Option<Typeface<'a>>,
    /// Its size.
    pub(super) size: f64,
    /// The space added after each letter.
    pub(super) letter_space: f64,
    /// The space added after each space that is one byte.
    pub(super) word_space: f64,
    /// How wide letters are set; 1 as they are.
    pub(super) scale: f64,
    /// From one line to the next.
    pub(super) leading: f64,
    /// How far above its line text stands.
    pub(super) rise: f64,
    /// The beginning of the line.
    line: Affine,
    /// Where the next letter stands.
    pub(super) text: Affine,
}

impl State<'_> {
    /// The state at the beginning of a page.
    pub(super) fn new(page: Affine) -> Self {
        Self {
            page,
            clip: EVERYTHING,
            typeface: None,
            size: 1.0,
            letter_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            line: Affine::IDENTITY,
            text: Affine::IDENTITY,
        }
    }

    /// The same in coordinates that `matrix` brings to the present ones.
    pub(super) fn within(&self, matrix: Affine) -> Self {
        Self { page: self.page * matrix, ..self.clone() }
    }

    /// Begins a line so far from the beginning of the last.
    pub(super) fn next_line(&mut self, x: f64, y: f64) {
        self.begin_at(self.line.pre_translate(Vec2::new(x, y)));
    }

    /// Moves on within the line.
    pub(super) fn advance(&mut self, x: f64, y: f64) {
        self.text = self.text.pre_translate(Vec2::new(x, y));
    }

    fn begin_at(&mut self, matrix: Affine) {
        (self.line, self.text) = (matrix, matrix);
    }

    /// Does what an operator asks, where it asks for no more than a change of
    /// the state; whether it does.
    pub(super) fn set(&mut self, operator: &Operator<'_, '_>) -> bool {
        match operator {
            Operator::BeginText(_) => self.begin_at(Affine::IDENTITY),
            Operator::SetTextMatrix(it) => {
                self.begin_at(matrix([it.0, it.1, it.2, it.3, it.4, it.5]));
            }
            Operator::NextLine(it) => self.next_line(it.0.as_f64(), it.1.as_f64()),
            Operator::NextLineAndSetLeading(it) => {
                self.leading = -it.1.as_f64();
                self.next_line(it.0.as_f64(), it.1.as_f64());
            }
            Operator::NextLineUsingLeading(_) => self.next_line(0.0, -self.leading),
            Operator::Transform(it) => self.page *= matrix([it.0, it.1, it.2, it.3, it.4, it.5]),
            Operator::CharacterSpacing(it) => self.letter_space = it.0.as_f64(),
            Operator::WordSpacing(it) => self.word_space = it.0.as_f64(),
            Operator::HorizontalScaling(it) => self.scale = it.0.as_f64() / 100.0,
            Operator::TextLeading(it) => self.leading = it.0.as_f64(),
            Operator::TextRise(it) => self.rise = it.0.as_f64(),
            _ => return false,
        }
        true
    }
}

fn matrix(numbers: [Number; 6]) -> Affine {
    Affine::new(numbers.map(|number| number.as_f64()))
}
