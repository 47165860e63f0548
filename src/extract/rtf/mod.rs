//! RTF: paragraphs with the labels that are written before them, tables and
//! notes, without hidden text and what tracked changes took out.
//!
//! Written by hand: the one library for it knows neither list labels nor notes
//! nor cells, and in a treaty the label is the citation. Groups are kept on a
//! list, not on the stack: however deep they are nested, they cost only memory.

mod charset;
mod paragraphs;
mod reader;
mod tokens;

use crate::extract::blocks::{Content, Parsed};
use crate::extract::rtf::reader::Reader;

/// The blocks of an RTF file.
pub(crate) fn parse(bytes: &[u8]) -> Parsed {
    let (blocks, whole) = Reader::read(bytes);
    if blocks.iter().all(|block| !block.text.chars().any(char::is_alphanumeric)) {
        return Err("no text: the document holds no words; check that it is whole".to_owned());
    }
    let cut = "end of the file: cut short, text may be missing".to_owned();
    let unread_parts = if whole { Vec::new() } else { vec![cut] };
    Ok(Content { blocks, unread_parts, ..Content::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes each block as `kind [label] text`.
    #[track_caller]
    fn check(rtf: &[u8], expected: &[&str]) {
        let content = parse(rtf).expect("there is text");
        let shown = content.blocks.iter().map(|block| {
            let label = block.label.as_ref().map(|label| format!(" [{label}]")).unwrap_or_default();
            format!("{:?}{label} {}", block.kind, block.text.replace('\t', " | "))
        });
        assert_eq!(shown.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn characters_come_in_four_ways() {
        check(
            b"{\\rtf1\\ansi\\ansicpg1251 \\'cc\\'e8\\'f0 \\u1052\\'cc\\u1080?\\u-10179?\\u-8704? \\emdash\\~\\{x\\}}",
            &["Text \u{41c}\u{438}\u{440} \u{41c}\u{438}\u{1f600} \u{2014} {x}"],
        );
        let fonts = b"{\\rtf1\\ansi{\\fonttbl{\\f0\\fnil Arial;}{\\f1\\fcharset128 Gothic;}}\\f1\\'95\\'bd\\'98\\'61\\f0\\'e9}";
        check(fonts, &["Text \u{5e73}\u{548c}\u{e9}"]);
    }

    #[test]
    fn what_is_not_shown_goes() {
        check(
            b"{\\rtf1{\\info{\\title T}}{\\header H\\par}{\\*\\generator G;}Each {\\v hidden }{\\deleted gone }Party{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt  agrees}}.\\par}",
            &["Text Each Party agrees."],
        );
    }

    #[test]
    fn labels_headings_notes_and_cells_are_kept() {
        check(
            b"{\\rtf1{\\stylesheet{\\s1 heading 1;}{\\s2\\outlinelevel1 Own;}}\
              \\pard\\s1 One\\par\\pard\\s2 Two\\par\
              \\pard{\\listtext (a)\\tab}Item{\\footnote Note.}\\par\
              \\pard{\\listtext \\'b7\\tab}Point\\par\
              \\pard\\intbl A\\par B\\cell C\\cell\\row\\pard End}",
            &[
                "Heading One",
                "Heading Two",
                "ListItem [(a)] Item",
                "Footnote [1] Note.",
                "ListItem [\u{2022}] Point",
                "TableRow A B | C",
                "Text End",
            ],
        );
    }

    #[test]
    fn a_file_cut_short_says_so() {
        let content = parse(b"{\\rtf1 Each Party{\\b agr").expect("there is text");
        assert_eq!(content.unread_parts, ["end of the file: cut short, text may be missing"]);
    }
}
