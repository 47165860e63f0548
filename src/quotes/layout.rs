//! What a page puts between the words of a text: page numbers, running heads,
//! blocks of footnotes, and the marks that lead to them.
//!
//! They are hidden from the letters of a text, so that a sentence that goes on
//! over the page is one. Hidden is only what shows itself to be of the page:
//! a running head recurs beside page numbers; a block of notes follows a rule
//! and is numbered; a mark is raised, hangs on a word, or is a number of the
//! block below it. Knows no quotes.

use crate::model::Span;
use std::collections::BTreeMap;
use std::ops::Range;

/// What is hidden.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A number that leads to a note.
    Mark,
    /// A page number, a running head, or a block of notes.
    Furniture,
}

/// A stretch of a text that is not read with its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Hidden {
    pub(crate) span: Span,
    pub(crate) kind: Kind,
}

/// What is hidden in a text of many pages, in order; `notes` are stretches
/// already known to be footnotes.
pub(crate) fn of_text(text: &str, notes: &[Span]) -> Vec<Hidden> {
    let lines = lines(text);
    let (mut furniture, blocks) = furniture(text, &lines);
    furniture.extend(notes);
    let furniture = joined(furniture);
    let mut marks = marks(text);
    for block in &blocks {
        add_marks_of(block, text, &mut marks);
    }
    marks.sort_unstable();
    let outside = |mark: &Span| {
        let next = furniture.partition_point(|span| span.end <= mark.start);
        furniture.get(next).is_none_or(|span| mark.end <= span.start)
    };
    marks.retain(outside);
    let furniture = furniture.iter().map(|&span| Hidden { span, kind: Kind::Furniture });
    let marks = marks.into_iter().map(|span| Hidden { span, kind: Kind::Mark });
    let mut hidden: Vec<Hidden> = furniture.chain(marks).collect();
    hidden.sort_by_key(|hidden| hidden.span);
    hidden
}

/// Spans in order, those that touch or overlap as one.
fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => joined.push(span),
        }
    }
    joined
}

/// A line, and what it is on the page.
struct Line<'t> {
    span: Span,
    words: &'t str,
    form: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Blank,
    /// A drawn line.
    Rule,
    /// `Page 5 of 212`, `- 5 -`.
    Page,
    /// A number alone, which may be a page's or a paragraph's.
    Number(u32),
    Words,
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut from = 0;
    let cut = text.split_inclusive(['\n', '\u{c}']).map(|line| {
        let span = Span::new(from, from + line.len());
        from = span.end;
        let words = line.trim();
        Line { span, words, form: form(words) }
    });
    cut.collect()
}

fn form(words: &str) -> Form {
    if words.is_empty() {
        return Form::Blank;
    }
    if words.len() > 24 && !words.starts_with(['_', '-', '—']) {
        return Form::Words;
    }
    if words.chars().all(|c| matches!(c, '_' | '—')) && words.len() >= 5
        || words.bytes().all(|byte| byte == b'-') && words.len() >= 10
    {
        return Form::Rule;
    }
    if let Some(number) = words.parse().ok().filter(|&number| number < 10_000) {
        return Form::Number(number);
    }
    let small = words.to_lowercase();
    let dashed =
        small.strip_prefix(['-', '–', '—']).and_then(|rest| rest.strip_suffix(['-', '–', '—']));
    let numbers = small.strip_prefix("page ").or(dashed).unwrap_or("x");
    let counted = numbers.split(" of ").flat_map(|part| part.split('/'));
    let is_number = |part: &str| {
        let part = part.trim();
        !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    if counted.into_iter().all(is_number) { Form::Page } else { Form::Words }
}

/// A block of notes with the part of the text whose marks lead to it.
struct Block {
    /// The text from the block before up to this one.
    above: Range<usize>,
    numbers: Vec<u32>,
}

/// Running heads, page numbers, and blocks of notes.
fn furniture(text: &str, lines: &[Line<'_>]) -> (Vec<Span>, Vec<Block>) {
    let mut hidden = vec![false; lines.len()];
    page_numbers(lines, &mut hidden);
    running_heads(lines, &mut hidden);
    let mut blocks = Vec::new();
    let mut from = 0;
    for at in 0..lines.len() {
        if lines[at].form != Form::Rule {
            continue;
        }
        let rest = lines[at + 1..].iter().zip(&hidden[at + 1..]);
        let notes = rest.take_while(|(line, hidden)| !**hidden && line.form == Form::Words).count();
        let numbers: Vec<u32> =
            lines[at + 1..=at + notes].iter().filter_map(|line| note_number(line.words)).collect();
        let begins = lines.get(at + 1).is_some_and(|line| note_number(line.words).is_some());
        if begins && numbers.is_sorted() {
            hidden[at..=at + notes].fill(true);
            blocks.push(Block { above: from..lines[at].span.start, numbers });
            from = lines[at + notes].span.end;
        }
    }
    // A line that ended a page goes with its furniture: without it, nothing
    // says where the page number came from.
    let spans = lines.iter().zip(&hidden).filter(|(_, hidden)| **hidden);
    let _ = text;
    (spans.map(|(line, _)| line.span).collect(), blocks)
}

/// The number a note begins with.
fn note_number(words: &str) -> Option<u32> {
    let (number, rest) = words.split_once(' ')?;
    let digits = number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    (digits && !rest.trim().is_empty()).then(|| number.parse().ok()).flatten()
}

/// Page numbers are of a form of their own, or are counted up by one.
fn page_numbers(lines: &[Line<'_>], hidden: &mut [bool]) {
    /// Pages have at least this many bytes.
    const PAGE: usize = 800;
    let mut counted: Vec<(usize, u32)> = Vec::new();
    let close = |counted: &mut Vec<(usize, u32)>, hidden: &mut [bool]| {
        if counted.len() >= 3 {
            counted.iter().for_each(|&(at, _)| hidden[at] = true);
        }
        counted.clear();
    };
    for (at, line) in lines.iter().enumerate() {
        match line.form {
            Form::Page => hidden[at] = true,
            Form::Number(number) => {
                let goes_on = counted.last().is_none_or(|&(before, last)| {
                    // Other forms of the number may stand between.
                    (1..=4).contains(&number.saturating_sub(last))
                        && line.span.start - lines[before].span.start >= PAGE
                });
                if !goes_on {
                    if counted.len() >= 3 && counted.last().is_some_and(|&(_, last)| number <= last)
                    {
                        continue;
                    }
                    close(&mut counted, hidden);
                }
                counted.push((at, number));
            }
            _ => {}
        }
    }
    close(&mut counted, hidden);
}

/// Running heads stand beside page numbers, again and again, and mostly there.
fn running_heads(lines: &[Line<'_>], hidden: &mut [bool]) {
    let words = |at: usize| lines.get(at).filter(|line| line.form == Form::Words);
    let mut beside: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for at in 0..lines.len() {
        if hidden[at] || lines[at].span.len() > 0 && lines[at].form == Form::Blank && at == 0 {
            let neighbours = [at.checked_sub(1), Some(at + 1)];
            for near in neighbours.into_iter().flatten() {
                if let Some(line) = words(near).filter(|line| line.words.len() <= 120) {
                    beside.entry(line.words).or_default().push(near);
                }
            }
        }
    }
    beside.retain(|_, places| places.len() >= 2);
    if beside.is_empty() {
        return;
    }
    let mut total: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines.iter().filter(|line| beside.contains_key(line.words)) {
        *total.entry(line.words).or_default() += 1;
    }
    for (words, places) in &beside {
        if places.len() * 2 >= total[words] {
            places.iter().for_each(|&at| hidden[at] = true);
        }
    }
}

/// Numbers that can only be marks, wherever they stand: raised ones, and those
/// that hang on a word or on the mark that ends it.
pub(crate) fn marks(text: &str) -> Vec<Span> {
    let mut marks = Vec::new();
    let mut characters = text.char_indices().peekable();
    while let Some((start, first)) = characters.next() {
        let raised = is_raised(first);
        if !raised && !first.is_ascii_digit() {
            continue;
        }
        let mut end = start + first.len_utf8();
        while let Some(&(at, next)) = characters.peek() {
            if is_raised(next) != raised || !(is_raised(next) || next.is_ascii_digit()) {
                break;
            }
            end = at + next.len_utf8();
            characters.next();
        }
        let span = Span::new(start, end);
        let is_mark = if raised { !text[..start].trim_end().is_empty() } else { hangs(text, span) };
        if is_mark {
            marks.push(bracketed(text, span));
        }
    }
    marks
}

fn is_raised(character: char) -> bool {
    matches!(character, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// The number with the square brackets around it.
fn bracketed(text: &str, span: Span) -> Span {
    let inside = text[..span.start].ends_with('[') && text[span.end..].starts_with(']');
    if inside { Span::new(span.start - 1, span.end + 1) } else { span }
}

/// Whether a number hangs on a word of small letters, or on the mark that ends
/// one, and ends the word.
fn hangs(text: &str, span: Span) -> bool {
    if span.len() > 3 {
        return false;
    }
    let span = bracketed(text, span);
    let (before, after) = (&text[..span.start], &text[span.end..]);
    let ends = after.trim_start_matches(['.', ',', ';', ':', ')', '”', '"']);
    if !ends.is_empty() && !ends.starts_with(char::is_whitespace) {
        return false;
    }
    let word = before.trim_end_matches(['.', ',', ';', ':', ')', '”', '"']);
    if word.len() == before.len() {
        let letters = before.chars().rev().take_while(|c| c.is_alphabetic());
        let small = letters.clone().all(char::is_lowercase);
        return small && letters.count() >= 3;
    }
    // After a mark: only where a sentence or a clause ends there.
    let next = after.trim_start().chars().next();
    let ends_sentence = !before.ends_with('.') || next.is_none_or(char::is_uppercase);
    before.len() - word.len() <= 2
        && ends_sentence
        && before.ends_with(['.', ',', ';', ':'])
        && word.ends_with(|c: char| c.is_lowercase() || c == ')')
}

/// Puts the marks that lead to the notes of a block: for each number that has
/// none yet, the one place where it stands apart.
fn add_marks_of(block: &Block, text: &str, marks: &mut Vec<Span>) {
    let above = &text[block.above.clone()];
    for number in &block.numbers {
        let digits = number.to_string();
        let places = above.match_indices(&digits).map(|(at, _)| block.above.start + at);
        let spans = places.map(|at| Span::new(at, at + digits.len()));
        let apart: Vec<Span> = spans.filter(|&span| stands_apart(text, span)).collect();
        let known =
            |span: &Span| marks.iter().any(|mark| mark.start <= span.start && span.end <= mark.end);
        if apart.iter().any(known) {
            continue;
        }
        let wide: Vec<Span> = apart.iter().copied().filter(|&span| is_wide(text, span)).collect();
        match (apart.as_slice(), wide.as_slice()) {
            ([only], _) | (_, [only]) => marks.push(*only),
            _ => {}
        }
    }
}

/// Whether a number is no part of another, of a date, or of a numbering.
fn stands_apart(text: &str, span: Span) -> bool {
    let before = text[..span.start].chars().next_back();
    let after = text[span.end..].chars().next();
    let joins = |c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '(' | '[');
    !before.is_some_and(|c| joins(c) || c == '\n')
        && !after.is_some_and(|c| joins(c) || c.is_alphabetic())
}

/// Whether a number has the room around it that a raised one leaves.
fn is_wide(text: &str, span: Span) -> bool {
    let after = &text[span.end..];
    let hangs = text[..span.start].ends_with(|c: char| c.is_alphabetic());
    hangs || after.starts_with("  ") || after.starts_with(" \n")
}
