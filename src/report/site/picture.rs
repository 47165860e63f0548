//! A chart of the site as PNG, for those who cannot take SVG.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};
use std::sync::Arc;

/// Pixels for each of the chart's: enough for print.
const SCALE: f32 = 2.0;

/// Draws charts with the fonts of this machine.
pub struct Painter {
    fonts: Arc<fontdb::Database>,
}

impl Painter {
    /// Looks for the fonts that are here.
    ///
    /// # Errors
    ///
    /// When there are none: the words of a chart would be missing.
    pub fn new() -> Result<Self, String> {
        let mut fonts = fontdb::Database::new();
        fonts.load_system_fonts();
        let sans = fonts.faces().find(|face| {
            face.families.iter().any(|(name, _)| name.to_lowercase().contains("sans"))
        });
        let named = sans.or_else(|| fonts.faces().next()).map(|face| face.families[0].0.clone());
        let Some(named) = named else {
            return Err("no font was found on this machine, so charts cannot be drawn as PNG; \
                        install one, or take the SVG"
                .to_owned());
        };
        fonts.set_sans_serif_family(named);
        Ok(Self { fonts: Arc::new(fonts) })
    }

    /// The picture of a chart.
    ///
    /// # Errors
    ///
    /// When it is no SVG, or too large.
    pub fn png(&self, svg: &str) -> Result<Vec<u8>, String> {
        let options = Options { fontdb: Arc::clone(&self.fonts), ..Options::default() };
        let tree = Tree::from_str(svg, &options).map_err(|error| error.to_string())?;
        let size = tree.size().to_int_size();
        let size = size.scale_by(SCALE).ok_or("the chart is too large")?;
        let mut picture =
            Pixmap::new(size.width(), size.height()).ok_or("the chart is too large")?;
        resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut picture.as_mut());
        picture.encode_png().map_err(|error| error.to_string())
    }
}
