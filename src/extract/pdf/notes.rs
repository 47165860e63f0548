//! Footnotes at the foot of a column: small print that begins with a mark.

use crate::extract::pdf::lines::Line;

/// The lines of a column, and the footnotes below them.
pub(crate) struct Parted {
    /// The running text.
    pub(crate) body: Vec<Line>,
    /// The notes, each with its lines.
    pub(crate) notes: Vec<Vec<Line>>,
}

/// Parts a column into text and notes. `body_size` is the size most of the
/// document is set in.
pub(crate) fn part(mut lines: Vec<Line>, body_size: f32, page_height: f32) -> Parted {
    let small = |line: &Line| line.size < 0.94 * body_size;
    let tail = lines.len() - lines.iter().rev().take_while(|line| small(line)).count();
    let start = lines[tail..].iter().position(starts_note).map(|at| tail + at);
    let Some(start) = start.filter(|start| *start > 0 || lines[0].y > 0.5 * page_height) else {
        return Parted { body: lines, notes: Vec::new() };
    };
    let start = start - carried_over(&lines[..start], &lines[start]);
    let mut notes: Vec<Vec<Line>> = Vec::new();
    for line in lines.split_off(start) {
        match notes.last_mut() {
            Some(note) if !starts_note(&line) => note.push(line),
            _ => notes.push(vec![line]),
        }
    }
    Parted { body: lines, notes }
}

/// How many lines right above the first note are the rest of one from the page
/// before: they are set as the notes are, apart from the text.
fn carried_over(above: &[Line], first: &Line) -> usize {
    let mut below = first;
    let mut count = 0;
    for line in above.iter().rev() {
        let like = (line.size - first.size).abs() < 0.04 * first.size;
        let near = below.y - line.y < 2.6 * first.size;
        if !like || !near {
            let apart = below.y - line.y > 1.5 * first.size;
            return if apart { count } else { 0 };
        }
        below = line;
        count += 1;
    }
    count
}

/// Whether a line begins with a raised mark, or a figure that stands for one.
pub(crate) fn starts_note(line: &Line) -> bool {
    if line.mark.is_some() {
        return true;
    }
    let digits = line.text.len() - line.text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let rest = line.text[digits..].trim_start_matches(['.', ')']).trim_start();
    let spaced = rest.len() < line.text.len() - digits;
    let sign = line.text.starts_with(['*', '†', '‡']);
    sign || ((1..=3).contains(&digits)
        && spaced
        && rest.starts_with(|c: char| c.is_uppercase() || "“‘\"«(".contains(c)))
}
