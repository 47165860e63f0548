//! A page as a picture, for OCR.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use hayro_syntax::Pdf;

/// Pixels an inch: what OCR is trained on.
const RESOLUTION: f32 = 300.0;

/// The most pixels of a picture: A3 at that resolution, and a little more.
const MOST_PIXELS: f32 = 20_000_000.0;

/// The longest edge in pixels.
const LONGEST: f32 = 16_000.0;

/// A page in shades of grey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PagePicture {
    /// Pixels an inch.
    pub resolution: u32,
    /// Pixels from left to right.
    pub width: usize,
    /// Rows from top to bottom.
    pub height: usize,
    /// The pixels, row by row, 0 for black and 255 for white.
    pub pixels: Vec<u8>,
}

impl PagePicture {
    /// The picture turned by a right angle, clockwise.
    #[must_use]
    pub fn turned(&self) -> Self {
        let Self { resolution, width, height, pixels } = self;
        let column = |x: usize| (0..*height).rev().map(move |y| pixels[y * width + x]);
        let pixels = (0..*width).flat_map(column).collect();
        Self { resolution: *resolution, width: *height, height: *width, pixels }
    }

    /// The picture as a file: portable graymap, binary
    /// (<https://netpbm.sourceforge.net/doc/pgm.html>).
    #[must_use]
    pub fn to_pgm(&self) -> Vec<u8> {
        let mut file = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        file.extend(&self.pixels);
        file
    }
}

/// Draws a page, counted from 1.
pub(crate) fn draw(bytes: &[u8], number: u32) -> Result<PagePicture, String> {
    let pdf = Pdf::new(bytes.to_vec()).map_err(|_| "the file cannot be opened".to_owned())?;
    let page = (number as usize).checked_sub(1).and_then(|at| pdf.pages().get(at));
    let page = page.ok_or_else(|| format!("there is no page {number}"))?;
    let scale = scale(page.render_dimensions());
    let pixmap = render(
        page,
        &RenderCache::new(),
        &InterpreterSettings::default(),
        &RenderSettings::default(),
        &PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE },
    );
    let grey = |pixel: &[u8]| {
        // Luma as ITU-R BT.601 has it; the ground is white, so nothing is transparent.
        let weighed =
            299 * u32::from(pixel[0]) + 587 * u32::from(pixel[1]) + 114 * u32::from(pixel[2]);
        u8::try_from(weighed / 1000).unwrap_or(u8::MAX)
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 1 and the resolution wanted"
    )]
    let resolution = (scale * 72.0).round().max(1.0) as u32;
    let pixels: Vec<u8> = pixmap.data_as_u8_slice().chunks_exact(4).map(grey).collect();
    // What cannot be decoded is drawn as nothing.
    if pixels.windows(2).all(|pair| pair[0] == pair[1]) {
        return Err("it draws nothing; its picture may be damaged".to_owned());
    }
    Ok(PagePicture {
        resolution,
        width: usize::from(pixmap.width()),
        height: usize::from(pixmap.height()),
        pixels,
    })
}

/// How many pixels a point takes, no more than a page of such a size may have.
fn scale((width, height): (f32, f32)) -> f32 {
    let (width, height) = (width.max(1.0), height.max(1.0));
    let wanted = RESOLUTION / 72.0;
    wanted.min((MOST_PIXELS / (width * height)).sqrt()).min(LONGEST / width.max(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_turns_clockwise() {
        let picture =
            PagePicture { resolution: 300, width: 3, height: 2, pixels: vec![1, 2, 3, 4, 5, 6] };
        let turned = picture.turned();
        assert_eq!((turned.width, turned.height), (2, 3));
        assert_eq!(turned.pixels, [4, 1, 5, 2, 6, 3]);
        assert_eq!(turned.turned().turned().turned(), picture);
    }

    #[test]
    fn no_page_is_drawn_larger_than_the_most() {
        for size in [(595.0, 842.0), (14_400.0, 14_400.0), (1.0, 100_000.0), (0.0, 0.0)] {
            let scale = scale(size);
            assert!(scale <= RESOLUTION / 72.0);
            assert!(size.0 * size.1 * scale * scale <= MOST_PIXELS * 1.001);
            assert!(size.0.max(size.1) * scale <= LONGEST * 1.001);
        }
    }
}
