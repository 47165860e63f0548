//! The part of the page that shows what is drawn (PDF 32000-1, 8.5.4).
//!
//! Only rectangles count: programs that print a long page in pieces draw the
//! line that is cut on both, and hide it so on one. What another shape hides
//! is taken for shown.

use hayro_font::kurbo::{Affine, Rect};
use hayro_syntax::content::ops::TypedInstruction as Operator;

/// All of the page and more.
pub(super) const EVERYTHING: Rect = Rect::new(-1e9, -1e9, 1e9, 1e9);

/// The path that is being drawn, as far as it may become a clip.
#[derive(Default)]
pub(super) struct Path {
    /// Its rectangle, on the page.
    rectangle: Option<Rect>,
    /// Whether it is more than one rectangle.
    other: bool,
    /// Whether it is to clip what comes after it.
    clips: bool,
}

impl Path {
    /// Follows an operator, where `page` brings its coordinates to the page,
    /// and narrows `clip` where it asks for that.
    pub(super) fn follow(&mut self, operator: &Operator<'_, '_>, page: Affine, clip: &mut Rect) {
        match operator {
            Operator::RectPath(it) => {
                let [x, y, width, height] = [it.0, it.1, it.2, it.3].map(|it| it.as_f64());
                let rectangle = Rect::new(x, y, x + width, y + height);
                self.other |= self.rectangle.is_some() || !is_upright(page);
                self.rectangle = Some(page.transform_rect_bbox(rectangle));
            }
            Operator::MoveTo(_)
            | Operator::LineTo(_)
            | Operator::CubicTo(_)
            | Operator::CubicStartTo(_)
            | Operator::CubicEndTo(_) => self.other = true,
            Operator::ClipNonZero(_) | Operator::ClipEvenOdd(_) => self.clips = true,
            Operator::EndPath(_)
            | Operator::FillPathEvenOdd(_)
            | Operator::FillPathNonZero(_)
            | Operator::FillPathNonZeroCompatibility(_)
            | Operator::StrokePath(_)
            | Operator::CloseAndStrokePath(_)
            | Operator::FillAndStrokeEvenOdd(_)
            | Operator::FillAndStrokeNonZero(_)
            | Operator::CloseFillAndStrokeEvenOdd(_)
            | Operator::CloseFillAndStrokeNonZero(_) => {
                let path = std::mem::take(self);
                if let (true, false, Some(rectangle)) = (path.clips, path.other, path.rectangle) {
                    *clip = clip.intersect(rectangle);
                }
            }
            _ => {}
        }
    }
}

/// Whether rectangles stay rectangles.
fn is_upright(page: Affine) -> bool {
    let [a, b, c, d, ..] = page.as_coeffs();
    (b == 0.0 && c == 0.0) || (a == 0.0 && d == 0.0)
}
