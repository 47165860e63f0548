//! `--at`: the paragraphs a citation names, in place of the whole document.

use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use normtag::citation::Cited;
use normtag::model::{Document, Extracted};
use normtag::places::{self, Lost};

/// Keeps of each document what stands at the place; how many have it. What a
/// document has instead is said.
pub(crate) fn keep(
    extracted: &mut [Extracted],
    citation: &str,
    terminal: &Terminal,
) -> Result<usize, Failure> {
    if Cited::parse(citation).canonical().is_none() {
        return Err(Failure::Asked(format!(
            "`--at {citation}` is no citation normtag can read; write it like `Art. 25.4`, \
             `Para. 31`, `Sec. III (13) (f)`, `Pg. 9` or `Preamble, Para. 2`"
        )));
    }
    let mut whole = 0;
    for one in extracted {
        let Extracted::Read(document) = one else { continue };
        let found = places::find(document, citation);
        whole += usize::from(found.is_ok());
        if let Err(Lost::Missing(missing)) = &found {
            for nearest in missing {
                terminal.error(&format!("{}: {}", document.source, nearest.message()));
            }
        }
        keep_only(document, &found.unwrap_or_default());
    }
    Ok(whole)
}

/// Leaves out the other paragraphs. The text stays, as the spans count in it.
fn keep_only(document: &mut Document, found: &[usize]) {
    let position = |index: usize| found.iter().position(|kept| *kept == index);
    let kept = document.paragraphs.iter().enumerate().filter(|(index, _)| found.contains(index));
    let kept = kept.map(|(_, paragraph)| {
        let mut paragraph = paragraph.clone();
        paragraph.stem = paragraph.stem.and_then(position);
        paragraph
    });
    document.paragraphs = kept.collect();
}
