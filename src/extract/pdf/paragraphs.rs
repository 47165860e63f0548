//! Lines to paragraphs, across columns and pages: what is text, heading, note
//! or row of a table. Where one paragraph ends is for `breaks` to say.

use crate::extract::blocks::{self, Block};
use crate::extract::outline::labels::{self, Style};
use crate::extract::pdf::breaks::{breaks, ends_sentence, goes_on};
use crate::extract::pdf::lines::Line;
use crate::extract::pdf::notes::{self, Parted};
use crate::extract::pdf::usual::{Usual, edges, half_points, narrow_blocks};
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
pub(super) struct Draft {
    pub(super) lines: Vec<Line>,
    page: u32,
    printed_page: Option<String>,
    /// Whether it stands apart from the text, as a footnote does.
    note: bool,
    /// The edges of its column.
    pub(super) left: f32,
    pub(super) right: f32,
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
