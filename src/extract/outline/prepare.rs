//! Blocks as the formats give them, made ready to be numbered: labels that
//! stand alone are put to their paragraphs, entries of a table of contents are
//! told from the headings they name, and headings that only their words show
//! are recognised.

use crate::extract::blocks::Block;
use crate::extract::outline::labels::{self, Style};
use crate::extract::outline::words::{CONTENTS, PREAMBLE};
use crate::model::ParagraphKind;
use std::collections::BTreeMap;

/// A longer paragraph is no heading, whatever it begins with.
const LONGEST_HEADING: usize = 160;

/// The blocks with kinds and labels settled.
pub(crate) fn prepare(blocks: Vec<Block>) -> Vec<Block> {
    let mut blocks = with_labels_joined(blocks);
    mark_contents(&mut blocks);
    mark_bare_contents(&mut blocks);
    mark_broken_entries(&mut blocks);
    mark_headings(&mut blocks);
    blocks
}

/// Puts a label that is a block of its own to the block after it, as pages
/// laid out in tables have it.
fn with_labels_joined(blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut waiting: Option<Block> = None;
    for mut block in blocks {
        let takes = matches!(block.kind, ParagraphKind::Text | ParagraphKind::ListItem);
        if let Some(label) = waiting.take() {
            if takes && block.label.is_none() && labels::bare(&block.text).is_none() {
                block.label = Some(label.text);
            } else {
                joined.push(label);
            }
        }
        if takes && block.label.is_none() && is_only_label(&block.text) {
            waiting = Some(block);
        } else {
            joined.push(block);
        }
    }
    joined.extend(waiting);
    joined
}

fn is_only_label(text: &str) -> bool {
    matches!(text, "—" | "–" | "-" | "•" | "·")
        || labels::bare(text)
            .is_some_and(|label| label.len == text.len() && label.style != Style::Bullet)
}

fn mark_contents(blocks: &mut [Block]) {
    let mut headings: BTreeMap<String, usize> = BTreeMap::new();
    for block in blocks.iter().filter(|block| block.kind == ParagraphKind::Heading) {
        *headings.entry(block.text.to_lowercase()).or_default() += 1;
    }
    let mut inside = false;
    // Short blocks since the last entry: lines of the next, if there is one.
    let mut between = 0;
    for at in 0..blocks.len() {
        let block = &mut blocks[at];
        if is_contents_heading(&block.text) {
            (inside, between) = (true, 0);
            block.kind = ParagraphKind::Heading;
            continue;
        }
        let entry = has_leader(&block.text)
            || (inside && block.text.len() < 250 && ends_in_page(&block.text))
            || (between > 0 && is_page(&block.text))
            || (inside && is_named_elsewhere(block, &headings));
        if entry && block.kind != ParagraphKind::TableRow && block.kind != ParagraphKind::Footnote {
            for block in &mut blocks[at - between..=at] {
                block.kind = ParagraphKind::Contents;
            }
            between = 0;
        } else if block.kind != ParagraphKind::Contents && !block.text.is_empty() {
            let short = block.text.len() < 120 && !block.text.ends_with(['.', ':', ';']);
            inside &= short && between < 2;
            between = if inside { between + 1 } else { 0 };
        }
    }
}

/// The longest text that may head a table of contents, in bytes, marks at its
/// end left out.
const LONGEST_CONTENTS: usize = 120;

fn is_contents_heading(text: &str) -> bool {
    let bare = text.trim_end_matches([':', '.', ' ']);
    bare.len() <= LONGEST_CONTENTS && CONTENTS.contains(&bare.to_lowercase().as_str())
}

/// Whether a heading, other than the block itself, has its words.
fn is_named_elsewhere(block: &Block, headings: &BTreeMap<String, usize>) -> bool {
    let times = headings.get(&block.text.to_lowercase()).copied().unwrap_or(0);
    times > usize::from(block.kind == ParagraphKind::Heading)
}

/// A table of contents may have neither a heading nor leaders: then it is a
/// run of short blocks that end in page numbers which never fall.
fn mark_bare_contents(blocks: &mut [Block]) {
    let pages: Vec<Option<u32>> = blocks.iter().map(entry_page).collect();
    let mut at = 0;
    while at < pages.len() {
        if pages[at].is_none() {
            at += 1;
            continue;
        }
        let (mut end, mut last, mut count) = (at, 0, 0);
        // One entry may be over two lines, of which only the second has a page.
        while end < pages.len() {
            match pages[end] {
                Some(page) if page >= last => (last, count) = (page, count + 1),
                None if pages.get(end + 1).copied().flatten().is_some()
                    && blocks[end].text.len() < 120 => {}
                _ => break,
            }
            end += 1;
        }
        if count >= 5 {
            for block in &mut blocks[at..end] {
                block.kind = ParagraphKind::Contents;
            }
        }
        at = end.max(at + 1);
    }
}

/// The page a block ends in, if it may be an entry of a table of contents.
fn entry_page(block: &Block) -> Option<u32> {
    let kind = matches!(block.kind, ParagraphKind::Text | ParagraphKind::Heading);
    let (words, page) = block.text.rsplit_once(' ')?;
    let fits = kind
        && block.text.len() < 160
        && words.ends_with(|c: char| c.is_alphabetic() || "?!)”’".contains(c));
    page.parse().ok().filter(|page| fits && *page < 1000)
}

/// An entry over two lines has its leader and page in the second.
fn mark_broken_entries(blocks: &mut [Block]) {
    for at in 1..blocks.len().saturating_sub(1) {
        let between = |at: usize| blocks[at].kind == ParagraphKind::Contents;
        let settled = matches!(
            blocks[at].kind,
            ParagraphKind::Contents | ParagraphKind::Footnote | ParagraphKind::TableRow
        );
        if !settled && between(at - 1) && between(at + 1) && blocks[at].text.len() < 250 {
            blocks[at].kind = ParagraphKind::Contents;
        }
    }
}

/// Dots that lead the eye to a page number.
fn has_leader(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == ' ');
    let leader = end.chars().rev().take_while(|c| matches!(c, '.' | ' ' | '…' | '·'));
    let dots: usize = leader
        .map(|c| match c {
            ' ' => 0,
            '…' => 3,
            _ => 1,
        })
        .sum();
    let page = text[end.len()..].trim();
    let numbered = !page.is_empty()
        && page.len() <= 5
        && page.chars().all(|c| c.is_ascii_digit() || "ivxlcdm".contains(c));
    dots >= 8 || (dots >= 4 && numbered)
}

fn ends_in_page(text: &str) -> bool {
    let last = text.rsplit([' ', '\t']).next().unwrap_or_default();
    last.len() < text.len() && is_page(last)
}

fn is_page(text: &str) -> bool {
    let digits = (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    digits || labels::roman(text).is_some()
}

/// Promotes running text that is a heading by its words: "Article 5",
/// "PREAMBLE", and the title on the line after "Article 5".
fn mark_headings(blocks: &mut [Block]) {
    for at in 0..blocks.len() {
        let awaits_title = at > 0 && awaits_title(&blocks[at - 1]);
        let next_starts = blocks.get(at + 1).map(|next| next.text.as_str());
        let block = &blocks[at];
        if block.kind != ParagraphKind::Text || block.label.is_some() {
            continue;
        }
        let promoted = is_part_heading(&block.text)
            || (awaits_title && is_title(&block.text) && next_starts.is_some())
            || is_capitals_heading(&block.text);
        if promoted {
            blocks[at].kind = ParagraphKind::Heading;
        }
    }
}

/// A heading that says "Article 5" and no more.
pub(crate) fn awaits_title(block: &Block) -> bool {
    block.kind == ParagraphKind::Heading
        && labels::named(&block.text).is_some_and(|label| label.rest == block.text.len())
}

fn is_part_heading(text: &str) -> bool {
    if text.len() > LONGEST_HEADING {
        return false;
    }
    let lower = text.trim_end_matches([':', '.']).to_lowercase();
    if PREAMBLE.contains(&lower.as_str()) {
        return true;
    }
    let Some(label) = labels::named(text) else {
        return false;
    };
    let title = text[label.rest..].trim();
    // "Principle 5. States should cooperate." is a sentence with a label.
    title.is_empty() || (!title.ends_with(['.', ';', ':', ',']) && title.chars().count() <= 120)
}

fn is_title(text: &str) -> bool {
    text.len() <= LONGEST_HEADING
        && !text.ends_with(['.', ';', ':', ','])
        && text.starts_with(|c: char| c.is_uppercase() || c == '(' || c == '‘' || c == '“')
        && labels::bare(text).is_none()
}

/// A short line all in capitals, of more than one word or five letters.
fn is_capitals_heading(text: &str) -> bool {
    if text.len() > LONGEST_HEADING {
        return false;
    }
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 6
        && !text.ends_with([';', ',', '.', ':'])
        && !text.chars().any(char::is_lowercase)
        && letters * 2 > text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(texts: &[&str], expected: &[&str]) {
        let blocks = texts.iter().map(|text| Block::text(*text)).collect();
        let show = |block: &Block| {
            let label = block.label.as_ref().map(|label| format!("[{label}] ")).unwrap_or_default();
            format!("{:?} {label}{}", block.kind, block.text)
        };
        let actual: Vec<String> = prepare(blocks).iter().map(show).collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn a_label_alone_goes_to_the_next_block() {
        check(
            &["(1)", "Directive 5 aimed to", "(2)", "Since"],
            &["Text [(1)] Directive 5 aimed to", "Text [(2)] Since"],
        );
    }

    #[test]
    fn an_article_and_its_title_are_headings() {
        check(
            &[
                "Article 20",
                "Governance",
                "1. Member States shall ensure",
                "Article 5 of the Treaty applies.",
            ],
            &[
                "Heading Article 20",
                "Heading Governance",
                "Text 1. Member States shall ensure",
                "Text Article 5 of the Treaty applies.",
            ],
        );
    }

    #[test]
    fn entries_of_a_table_of_contents_are_not_headings() {
        check(
            &[
                "Contents",
                "Article 1 Scope 3",
                "Article 2 Terms ........ 4",
                "Article 1 Scope",
                "Each Party",
            ],
            &[
                "Heading Contents",
                "Contents Article 1 Scope 3",
                "Contents Article 2 Terms ........ 4",
                "Heading Article 1 Scope",
                "Text Each Party",
            ],
        );
    }
}
