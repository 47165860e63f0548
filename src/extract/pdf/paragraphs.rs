//! Lines to paragraphs, across columns and pages.
//!
//! Where a paragraph ends shows in several ways, none of which is always
//! there: a wider gap, an indent, a label, another size, or a line that ends
//! though the first word of the next would have fitted.

use crate::extract::blocks::{self, Block};
use crate::extract::outline::labels::{self, Style};
use crate::extract::pdf::lines::Line;
use crate::extract::pdf::notes::{self, Parted};
use crate::extract::pdf::usual::{Usual, edges, half_points, narrow_blocks, same_size};
use crate::extract::tidy;
use crate::model::ParagraphKind;

/// One column, or band of a page, with its lines from top to bottom.
#[derive(Debug)]
pub(crate) struct Region {
    /// The page, counted from 1.
    pub(crate) page: u32,
    /// The number printed on the page.
    pub(crate) printed_page: Option<String>,
    /// The height of the page.
    pub(crate) page_height: f32,
    /// The lines.
    pub(crate) lines: Vec<Line>,
    /// The rows of cells, where it is a table; the lines of a cell are apart.
    pub(crate) rows: Vec<Vec<String>>,
    /// Whether it runs across the page: the text goes on past it.
    pub(crate) aside: bool,
    /// Whether it was recognised in the picture of its page.
    pub(crate) recognised: bool,
}

/// A paragraph in the making.
struct Draft {
    lines: Vec<Line>,
    page: u32,
    printed_page: Option<String>,
    /// Whether it stands apart from the text, as a footnote does.
    note: bool,
    left: f32,
    right: f32,
    /// The cells of a table's row.
    cells: Vec<String>,
    /// Whether any of it was recognised in the picture of a page.
    recognised: bool,
}

impl Draft {
    /// Lines that begin a paragraph in `region`, between these edges.
    fn new(region: &Region, lines: Vec<Line>, (left, right): (f32, f32)) -> Self {
        Self {
            lines,
            page: region.page,
            printed_page: region.printed_page.clone(),
            note: false,
            left,
            right,
            cells: Vec::new(),
            recognised: region.recognised,
        }
    }

    /// Goes on with `lines` of `region`.
    fn go_on(&mut self, region: &Region, lines: impl IntoIterator<Item = Line>) {
        self.lines.extend(lines);
        self.recognised |= region.recognised;
    }
}

/// The blocks of all regions, in reading order.
pub(crate) fn blocks_of(regions: &[Region]) -> Vec<Block> {
    let mut usual = Usual::of(regions);
    let mut drafts: Vec<Draft> = Vec::new();
    for region in regions {
        drafts.extend(region.rows.iter().map(|row| table_row(region, row)));
        if region.aside {
            drafts.extend(region.lines.iter().map(|line| aside(region, line)));
            continue;
        }
        let Parted { body, notes } =
            notes::part(region.lines.clone(), usual.size, region.page_height);
        add_body(&mut drafts, region, &body, &usual);
        let edges = edges(&region.lines);
        for lines in notes {
            if let Some(open) = carried_over(&mut drafts, &lines) {
                open.go_on(region, lines);
                continue;
            }
            drafts.push(Draft { note: true, ..Draft::new(region, lines, edges) });
        }
    }
    usual.headings = heading_styles(&drafts, &usual);
    drafts.iter().filter_map(|draft| block(draft, &usual)).collect()
}

/// The note that goes on with these lines, on the page after.
fn carried_over<'a>(drafts: &'a mut [Draft], lines: &[Line]) -> Option<&'a mut Draft> {
    let marked = lines.first().is_none_or(notes::starts_note);
    let last = drafts.iter_mut().rev().find(|draft| draft.note)?;
    let over = last.lines.last().is_none_or(|line| ends_sentence(&line.text));
    (!marked && !over).then_some(last)
}

fn aside(region: &Region, line: &Line) -> Draft {
    let edges = (line.x0, line.x1);
    Draft { note: true, ..Draft::new(region, vec![line.clone()], edges) }
}

/// A row of a table. It has no lines of its own, so nothing goes on from it.
fn table_row(region: &Region, cells: &[String]) -> Draft {
    Draft { cells: cells.to_vec(), ..Draft::new(region, Vec::new(), (0.0, 0.0)) }
}

fn add_body(drafts: &mut Vec<Draft>, region: &Region, lines: &[Line], usual: &Usual) {
    let (left, edge) = edges(&region.lines);
    let narrow = narrow_blocks(lines, usual);
    let mut first = true;
    for (at, line) in lines.iter().enumerate() {
        let right = narrow[at].unwrap_or(edge);
        let open = drafts.iter().rposition(|draft| !draft.note);
        let joined = open.filter(|open| {
            let draft = &drafts[*open];
            if first {
                goes_on(draft, line, left, usual)
            } else {
                !breaks(draft, line, lines.get(at + 1), usual)
            }
        });
        if let Some(open) = joined {
            drafts[open].go_on(region, [line.clone()]);
            drafts[open].right = right;
            drafts[open].left = left;
        } else {
            drafts.push(Draft::new(region, vec![line.clone()], (left, right)));
        }
        first = false;
    }
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’', '»', ')', ' ']).ends_with(['.', ':', ';', '!', '?'])
}

fn same_style(a: &Line, b: &Line) -> bool {
    same_size(a, b) && (a.bold == b.bold || a.text.len().min(b.text.len()) < 4)
}

/// Whether a paragraph goes on in the next column or on the next page.
fn goes_on(draft: &Draft, line: &Line, left: f32, usual: &Usual) -> bool {
    let Some(last) = draft.lines.last() else {
        return false;
    };
    if (last.size - line.size).abs() > 0.07 * last.size || last.size > 1.15 * usual.size {
        return false;
    }
    let text = line.text.trim_start();
    if labels::bare(text).is_some()
        || labels::named(text).is_some()
        || ends_sentence(&last.text) && !last.text.ends_with(';')
    {
        return false;
    }
    if last.text.ends_with(';') {
        return false;
    }
    let small = text.starts_with(char::is_lowercase);
    // A date set to the right reaches the edge and is over.
    let whole = last.x0 < draft.left + 0.4 * (draft.right - draft.left);
    let full = whole && last.x1 > draft.right - 3.0 * last.size;
    let indented = line.x0 > left + 0.8 * line.size;
    let hyphen = last.text.ends_with(['-', '\u{ad}']);
    hyphen
        || (small && !last.text.ends_with(':'))
        || (full && !indented && !last.bold && !line.bold)
}

/// Whether `line` begins a new paragraph after the lines of `draft`.
fn breaks(draft: &Draft, line: &Line, next: Option<&Line>, usual: &Usual) -> bool {
    let Some(last) = draft.lines.last() else {
        return true;
    };
    let leading = usual.leading(last.size.min(line.size)).max(0.5 * line.size);
    let distance = line.y - last.y;
    if distance > 1.3 * leading + 0.5 || distance < -0.5 * line.size {
        return true;
    }
    // Words are set bold inside a sentence too.
    let inside = same_size(last, line)
        && line.text.starts_with(char::is_lowercase)
        && !ends_sentence(&last.text);
    if !same_style(last, line) && !inside {
        return true;
    }
    if is_row(last) || is_row(line) || has_leader(&last.text) || is_entry(last) {
        return true;
    }
    // Items of a list end so; in running text a capital hardly follows.
    if last.text.ends_with(';') && line.text.starts_with(char::is_uppercase) {
        return true;
    }
    if centred(last, draft) && centred(line, draft) {
        return labels::named(&line.text).is_some() || ends_sentence(&last.text);
    }
    // A little more than the usual distance counts with a sentence that is over.
    if distance > 1.12 * leading + 0.3 && ends_sentence(&last.text) {
        return true;
    }
    let em = line.size;
    let width = (line.x1 - line.x0) / line.text.chars().count().max(1) as f32;
    let first_word = line.text.split_whitespace().next().map_or(0, |word| word.chars().count());
    let room = draft.right - last.x1 > (first_word as f32 + 1.0) * width + 0.5 * em;
    let ended = ends_sentence(&last.text);
    if starts_item(draft, last, line, ended, room) {
        return true;
    }
    let heading = last.size > 1.12 * usual.size || (last.bold && !usual.bold);
    if room && !heading {
        let much = draft.right - last.x1 > 0.25 * (draft.right - draft.left);
        let within = |c: char| c.is_lowercase() || c.is_ascii_digit();
        return ended || much || !line.text.starts_with(within);
    }
    indents(draft, last, line, next, ended)
}

/// Whether a line begins with a label that starts an item.
fn starts_item(draft: &Draft, last: &Line, line: &Line, ended: bool, room: bool) -> bool {
    let text = line.text.trim_start();
    if labels::named(text).is_some() && (ended || room) {
        return true;
    }
    let Some(label) = labels::bare(text) else {
        return false;
    };
    let first = draft.lines.first().unwrap_or(last);
    // Continuation lines of a labelled paragraph stand under its words.
    let out = line.x0 < last.x0 - 0.5 * line.size;
    let level = (line.x0 - first.x0).abs() < 1.5;
    let labelled = labels::bare(first.text.trim_start()).is_some();
    let comma = last.text.trim_end().ends_with([',', '—', '–'])
        || last.text.trim_end().ends_with(" and")
        || last.text.trim_end().ends_with(" or");
    label.style == Style::Bullet && !matches!(text.chars().next(), Some('-' | '–' | '—'))
        || ended
        || room
        || out
        || (comma && line.hang.is_some())
        || (labelled && level && line.hang.is_some())
}

/// Whether the left edges say that a paragraph begins.
fn indents(draft: &Draft, last: &Line, line: &Line, next: Option<&Line>, ended: bool) -> bool {
    let em = line.size;
    let shift = line.x0 - last.x0;
    let body = draft.lines.len();
    if shift > 0.7 * em {
        // Indented under a label, it goes on; otherwise an indent begins.
        let first = &draft.lines[0];
        let hanging = body == 1 && labels::bare(first.text.trim_start()).is_some();
        let under = hanging
            && first
                .hang
                .is_none_or(|hang| (hang - line.x0).abs() < 1.5 * em || line.x0 < hang + em);
        let returns = next.is_none_or(|next| {
            next.x0 < line.x0 - 0.5 * em || (next.x0 - line.x0).abs() < 0.5 * em
        });
        return !under && returns && (ended || body > 1);
    }
    if shift < -0.7 * em {
        // Back from a first line's indent, it goes on; from a block, it ends.
        let first_line = body == 1;
        return !first_line && ended;
    }
    false
}

fn centred(line: &Line, draft: &Draft) -> bool {
    let (left, right) = (line.x0 - draft.left, draft.right - line.x1);
    let width = draft.right - draft.left;
    left > 0.06 * width && right > 0.06 * width && (left - right).abs() < 0.06 * width
}

/// An entry of a table of contents, complete with its page.
fn has_leader(text: &str) -> bool {
    let end = text.trim_end_matches(|c: char| c.is_ascii_alphanumeric() || c == ' ');
    end.ends_with("....") || end.ends_with(". . .") || end.ends_with('…')
}

/// An entry of a table of contents without a leader: its page stands apart.
fn is_entry(line: &Line) -> bool {
    let page = line.text.rsplit(' ').next().unwrap_or_default();
    line.gaps > 0 && page.len() <= 3 && page.bytes().all(|byte| byte.is_ascii_digit())
}

/// A line whose parts stand far apart is a row of a table.
fn is_row(line: &Line) -> bool {
    line.gaps >= 2
}

/// The styles of drafts that are headings, largest first.
fn heading_styles(drafts: &[Draft], usual: &Usual) -> Vec<(i32, bool)> {
    let mut styles: Vec<(i32, bool)> = drafts
        .iter()
        .filter(|draft| !draft.note && looks_like_heading(draft, usual))
        .map(style)
        .collect();
    styles.sort_unstable_by(|a, b| b.cmp(a));
    styles.dedup();
    styles
}

fn style(draft: &Draft) -> (i32, bool) {
    draft.lines.first().map_or((0, false), |line| (half_points(line.size), line.bold))
}

fn looks_like_heading(draft: &Draft, usual: &Usual) -> bool {
    let text: usize = draft.lines.iter().map(|line| line.text.chars().count()).sum();
    let (Some(last), true) = (draft.lines.last(), draft.cells.is_empty()) else {
        return false;
    };
    let larger = draft.lines.iter().all(|line| line.size > 1.1 * usual.size);
    let bold =
        !usual.bold && draft.lines.iter().all(|line| line.bold) && last.size > 0.93 * usual.size;
    let first = draft.lines[0].text.trim_start();
    let bullet = labels::bare(first)
        .is_some_and(|label| label.style == Style::Bullet || label.style == Style::Letter);
    let ends = last.text.trim_end().ends_with([',', ';', ':', '.']);
    let sentence = last.text.trim_end().ends_with(['.', ':', ';']) && text > 60;
    let long = text > 220 || draft.lines.len() > 5;
    let worded =
        draft.lines.iter().any(|line| line.text.chars().filter(|c| c.is_alphabetic()).count() > 1);
    worded
        && !long
        && !bullet
        && ((larger && !sentence) || (bold && !ends && !first.starts_with(char::is_lowercase)))
}

/// The lines of a cell put together as those of a paragraph.
fn joined(cell: &str, usual: &Usual) -> String {
    let mut text = String::new();
    for line in cell.lines() {
        tidy::append_line(&mut text, line, &usual.spelling);
    }
    tidy::tidy(&text)
}

fn block(draft: &Draft, usual: &Usual) -> Option<Block> {
    if !draft.cells.is_empty() {
        let cells: Vec<String> = draft.cells.iter().map(|cell| joined(cell, usual)).collect();
        let block = blocks::table_row(&cells)?;
        return Some(placed(block, draft));
    }
    let mut text = String::new();
    for line in &draft.lines {
        tidy::append_line(&mut text, &line.text, &usual.spelling);
    }
    let text = tidy::tidy(&text);
    if !text.chars().any(char::is_alphanumeric) {
        return None;
    }
    let block = if draft.note {
        let mark = draft.lines.first().and_then(|line| line.mark.clone());
        Block { label: mark, ..Block::new(ParagraphKind::Footnote, text) }
    } else if looks_like_heading(draft, usual) {
        let level = usual.headings.iter().position(|other| *other == style(draft)).unwrap_or(0);
        Block::heading(u8::try_from(level + 1).unwrap_or(u8::MAX).min(9), text)
    } else {
        Block::text(text)
    };
    Some(placed(block, draft))
}

/// The block with the place its draft has.
fn placed(block: Block, draft: &Draft) -> Block {
    Block {
        page: Some(draft.page),
        printed_page: draft.printed_page.clone(),
        recognised: draft.recognised,
        ..block
    }
}
