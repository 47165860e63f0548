//! Where a paragraph ends.
//!
//! It shows in several ways, none of which is always there: a wider gap, an
//! indent, a label, another size, or a line that ends though the first word of
//! the next would have fitted. Looks at lines only; makes no paragraph.

use crate::extract::outline::labels::{self, Style};
use crate::extract::pdf::lines::Line;
use crate::extract::pdf::paragraphs::Draft;
use crate::extract::pdf::usual::{Usual, same_size};

/// Whether a text ends as sentences do.
pub(super) fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '’', '»', ')', ' ']).ends_with(['.', ':', ';', '!', '?'])
}

/// Whether a line goes on in the size the last one ends in, which began with
/// words in another: a heading set in the line.
fn is_run_in(last: &Line, line: &Line) -> bool {
    let (begins, ends) = last.ends;
    let same = |a: f32, b: f32| (a - b).abs() < 0.07 * a.max(b);
    same(ends, line.ends.0) && !same(begins, ends)
}

fn same_style(a: &Line, b: &Line) -> bool {
    same_size(a, b) && (a.bold == b.bold || a.text.len().min(b.text.len()) < 4)
}

/// Whether a paragraph goes on in the next column or on the next page.
pub(super) fn goes_on(draft: &Draft, line: &Line, left: f32, usual: &Usual) -> bool {
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
pub(super) fn breaks(draft: &Draft, line: &Line, next: Option<&Line>, usual: &Usual) -> bool {
    let Some(last) = draft.lines.last() else {
        return true;
    };
    let leading = usual.leading(last.size.min(line.size)).max(0.5 * line.size);
    let distance = line.y - last.y;
    if distance > 1.3 * leading + 0.5 || distance < -0.5 * line.size {
        return true;
    }
    // Words are set bold inside a sentence too.
    let inside = (same_size(last, line) || is_run_in(last, line))
        && line.text.starts_with(char::is_lowercase)
        && !ends_sentence(&last.text);
    if !same_style(last, line) && !inside {
        return true;
    }
    if is_row(last) || is_row(line) || has_leader(&last.text) || is_entry(last) {
        return true;
    }
    // Items of a list end so; in running text a capital hardly follows.
    let capital = line.text.starts_with(char::is_uppercase);
    if last.text.ends_with(';') && capital && !stands_under_words(draft, line) {
        return true;
    }
    let middle = |line| centred(line, draft, 0.06, 0.06);
    if middle(last) && middle(line) {
        return labels::named(&line.text).is_some() || ends_sentence(&last.text);
    }
    // A little more than the usual distance counts with a sentence that is over.
    if distance > 1.12 * leading + 0.3 && ends_sentence(&last.text) {
        return true;
    }
    let em = line.size;
    let width = (line.x1 - line.x0) / line.text.chars().count().max(1) as f32;
    let first_word = line.text.split_whitespace().next().map_or(0, |word| word.chars().count());
    let needed = (first_word as f32 + 1.0) * width + 0.5 * em;
    let ended = ends_sentence(&last.text);
    let heading = last.size > 1.12 * usual.size || (last.bold && !usual.bold);
    if are_about_middle(last, line, draft) {
        let free = draft.right - draft.left - (last.x1 - last.x0);
        let over = free > needed && (ended || !line.text.starts_with(char::is_lowercase));
        return labels::named(&line.text).is_some() || (over && !heading);
    }
    let room = draft.right - last.x1 > needed;
    if starts_item(draft, last, line, ended, room) {
        return true;
    }
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

/// Whether a line stands under the words of the item that is open, not under
/// its label.
fn stands_under_words(draft: &Draft, line: &Line) -> bool {
    let first = draft.lines.first().filter(|first| labels::bare(first.text.trim_start()).is_some());
    first.and_then(|first| first.hang).is_some_and(|hang| (hang - line.x0).abs() < 1.5)
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

/// Whether a line stands in the middle of its column, with at least such
/// margins and differing by no more, as shares of the width.
fn centred(line: &Line, draft: &Draft, margins: f32, off: f32) -> bool {
    let (left, right) = (line.x0 - draft.left, draft.right - line.x1);
    let width = draft.right - draft.left;
    left > margins * width && right > margins * width && (left - right).abs() < off * width
}

/// Whether two lines are of a paragraph set about the middle: both stand so,
/// though they may fill the column, and begin at different edges.
fn are_about_middle(last: &Line, line: &Line, draft: &Draft) -> bool {
    let about = |line| centred(line, draft, -0.02, 0.02);
    about(last) && about(line) && (last.x0 - line.x0).abs() > 0.2 * line.size
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
