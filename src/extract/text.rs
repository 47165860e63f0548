//! Plain text: lines to paragraphs.
//!
//! A text may be wrapped by hand, with several lines to a paragraph, or have
//! one line for each. Which it is shows in the lengths of its lines. Form
//! feeds are page breaks.

use crate::extract::blocks::{Block, Content};
use crate::extract::outline::labels;
use crate::extract::tidy::{self, Spelling};

/// No one wraps by hand at more than this many characters.
const WIDEST_WRAP: usize = 110;

/// The paragraphs of a plain text.
pub(crate) fn parse(text: &str) -> Content {
    let pages: Vec<&str> = text.split('\u{c}').collect();
    let has_pages = pages.len() > 1;
    let running = if has_pages { running_lines(&pages) } else { Vec::new() };
    let width = wrap_width(text);
    let mut blocks: Vec<Block> = Vec::new();
    for (number, page) in (1u32..).zip(&pages) {
        let lines: Vec<&str> =
            page.lines().filter(|line| !has_pages || !running.contains(&shape(line))).collect();
        let mut found = paragraphs(&lines, width);
        if let (Some(last), Some(first)) = (blocks.last_mut(), found.first())
            && width.is_some()
            && continues(&last.text, first)
        {
            tidy::append_line(&mut last.text, first, &Spelling::default());
            found.remove(0);
        }
        blocks.extend(
            found
                .into_iter()
                .map(|text| Block { page: has_pages.then_some(number), ..Block::text(text) }),
        );
    }
    let last_is_empty = pages.last().is_some_and(|page| page.trim().is_empty());
    let count = pages.len() - usize::from(has_pages && last_is_empty);
    Content {
        blocks,
        pages: has_pages.then(|| u32::try_from(count).unwrap_or(u32::MAX)),
        ..Content::default()
    }
}

/// The paragraphs in `lines`, wrapped by hand at `width` or not at all.
pub(crate) fn paragraphs(lines: &[&str], width: Option<usize>) -> Vec<String> {
    let mut spelling = Spelling::default();
    if width.is_some() {
        for line in lines {
            spelling.learn(line);
        }
    }
    let mut paragraphs: Vec<String> = Vec::new();
    let mut current = String::new();
    let mut before: Option<&str> = None;
    for line in lines {
        let empty = line.trim().is_empty();
        let starts = match (width, before) {
            (Some(width), Some(before)) if !empty => starts_paragraph(before, line, width),
            _ => true,
        };
        if starts && !current.is_empty() {
            paragraphs.push(tidy::tidy(&std::mem::take(&mut current)));
        }
        tidy::append_line(&mut current, line, &spelling);
        before = (!empty).then_some(line);
    }
    paragraphs.push(tidy::tidy(&current));
    paragraphs.retain(|paragraph| paragraph.chars().any(char::is_alphanumeric));
    paragraphs
}

/// The width a text is wrapped at, if it is: the length hardly any line
/// exceeds, provided that lines are followed by lines.
pub(crate) fn wrap_width(text: &str) -> Option<usize> {
    let lengths: Vec<usize> = text.lines().map(|line| line.trim_end().chars().count()).collect();
    let mut followed: Vec<usize> =
        lengths.windows(2).filter(|pair| pair[0] > 0 && pair[1] > 0).map(|pair| pair[0]).collect();
    if followed.is_empty() {
        return None;
    }
    followed.sort_unstable();
    let width = followed[followed.len() * 95 / 100];
    // In a wrapped text most lines that are followed by another are nearly full.
    let full = followed.iter().filter(|&&length| length * 3 >= width * 2).count();
    (width <= WIDEST_WRAP && full * 2 >= followed.len() && width >= 30).then_some(width)
}

/// Whether `line` begins a paragraph though no empty line stands before it.
fn starts_paragraph(before: &str, line: &str, width: usize) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let text = line.trim();
    let ended = before.trim_end().ends_with(['.', ':', ';', '!', '?', ',']);
    let first = text.split_whitespace().next().unwrap_or_default();
    let room = before.trim_end().chars().count() + 1 + first.chars().count() <= width;
    if labels::bare(text).is_some() && (ended || room || indent(line) != indent(before)) {
        return true;
    }
    let labelled = labels::bare(before.trim()).is_some();
    if indent(line) > indent(before) + 1 && !labelled && (ended || room) {
        return true;
    }
    let much_room = before.trim_end().chars().count() * 3 < width * 2;
    (ended && room && much_room) || (much_room && labels::named(text).is_some())
}

/// Whether a paragraph broken off at the foot of a page goes on with `next`.
fn continues(last: &str, next: &str) -> bool {
    let open = !last.ends_with(['.', ':', ';', '!', '?', '"', '”', ')']);
    open && next.starts_with(char::is_lowercase)
}

/// A line with its digits made alike, as running headers have them.
fn shape(line: &str) -> String {
    line.trim().chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect()
}

/// Lines that head or foot most pages, page numbers apart.
fn running_lines(pages: &[&str]) -> Vec<String> {
    let mut edges: Vec<String> = Vec::new();
    for page in pages {
        let lines: Vec<&str> = page.lines().filter(|line| !line.trim().is_empty()).collect();
        let mut own: Vec<String> = lines
            .iter()
            .take(2)
            .chain(lines.iter().rev().take(2))
            .map(|line| shape(line))
            .collect();
        own.sort_unstable();
        own.dedup();
        edges.extend(own);
    }
    edges.sort_unstable();
    let filled = pages.iter().filter(|page| !page.trim().is_empty()).count();
    let most = (filled / 2).max(2);
    edges
        .chunk_by(|a, b| a == b)
        .filter(|same| same.len() >= most && !same[0].is_empty())
        .map(|same| same[0].clone())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let content = parse(text);
        let actual: Vec<&str> = content.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn one_line_is_one_paragraph_where_lines_are_long() {
        let long = "Each Party shall adopt such legislative and other measures as may be necessary to establish as criminal offences under its domestic law.";
        check(&format!("Article 2\n{long}\n{long}\n"), &["Article 2", long, long]);
    }

    #[test]
    fn wrapped_lines_are_joined_and_divided_words_closed_up() {
        check(
            "States should take all reasonable steps to ensure the in-\ntegrity of the supply chain so that end users can have\nconfidence in the security of products.\n\n(a) Prevent the proliferation of malicious tools and the\nuse of harmful hidden functions;\n(b) Encourage responsible reporting of vulnerabilities and\nshare associated information.\n",
            &[
                "States should take all reasonable steps to ensure the integrity of the supply chain so that end users can have confidence in the security of products.",
                "(a) Prevent the proliferation of malicious tools and the use of harmful hidden functions;",
                "(b) Encourage responsible reporting of vulnerabilities and share associated information.",
            ],
        );
    }

    #[test]
    fn form_feeds_are_pages_and_their_running_lines_go() {
        let text = "Treaty on Peace\n\nEach Party shall cooperate with the others in the prevention of\nattacks and shall exchange\n\n- 1 -\n\u{c}Treaty on Peace\n\ninformation in good time.\n\n- 2 -\n";
        check(
            text,
            &[
                "Each Party shall cooperate with the others in the prevention of attacks and shall exchange information in good time.",
            ],
        );
        assert_eq!(parse(text).pages, Some(2));
    }
}
