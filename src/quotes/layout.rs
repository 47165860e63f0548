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
    let (mut furniture, blocks) = furniture(&lines);
    furniture.extend(notes);
    let furniture = joined(furniture);
    let mut marks = marks(text);
    let known = marks.clone();
    for block in &blocks {
        let first = known.partition_point(|mark| mark.start < block.above.start);
        let last = known.partition_point(|mark| mark.start < block.above.end);
        add_marks_of(block, text, &known[first..last], &mut marks);
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
    /// Whether a page ends with it.
    breaks: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Blank,
    /// A drawn line.
    Rule,
    /// `Page 5 of 212`, `- 5 -`.
    Page(u32),
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
        Line { span, words, form: form(words), breaks: line.ends_with('\u{c}') }
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
    let dash = ['-', '–', '—'];
    let dashed = small.strip_prefix(dash).and_then(|rest| rest.strip_suffix(dash));
    let numbers = small.strip_prefix("page ").or(dashed).unwrap_or("");
    let mut numbers = numbers.split(" of ").flat_map(|part| part.split('/'));
    let number = |part: &str| part.trim().parse().ok().filter(|&number| number < 10_000);
    match numbers.next().and_then(number) {
        Some(first) if numbers.all(|part| number(part).is_some()) => Form::Page(first),
        _ => Form::Words,
    }
}

/// A block of notes with the part of the text whose marks lead to it.
struct Block {
    /// The text from the block before up to this one.
    above: Range<usize>,
    numbers: Vec<u32>,
}

/// Running heads, page numbers, and blocks of notes.
fn furniture(lines: &[Line<'_>]) -> (Vec<Span>, Vec<Block>) {
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
    let spans = lines.iter().zip(&hidden).filter(|(_, hidden)| **hidden);
    (spans.map(|(line, _)| line.span).collect(), blocks)
}

/// The number a note begins with.
fn note_number(words: &str) -> Option<u32> {
    let (number, rest) = words.split_once(' ')?;
    let digits = number.len() <= 3 && number.bytes().all(|byte| byte.is_ascii_digit());
    (digits && !rest.trim().is_empty()).then(|| number.parse().ok()).flatten()
}

/// Page numbers are of a form of their own, stand at the end of a page, or are
/// counted up.
fn page_numbers(lines: &[Line<'_>], hidden: &mut [bool]) {
    /// Pages have at least this many bytes.
    const PAGE: usize = 800;
    let mut counted: Vec<(usize, u32)> = Vec::new();
    let mut sure = false;
    for (at, line) in lines.iter().enumerate() {
        let (number, certain) = match line.form {
            Form::Page(number) => (number, true),
            Form::Number(number) => (number, is_beside_break(lines, at)),
            _ => continue,
        };
        let goes_on = counted.last().is_some_and(|&(before, last)| {
            (1..=2).contains(&number.saturating_sub(last))
                && line.span.start - lines[before].span.start >= PAGE
        });
        if certain || goes_on {
            if !goes_on {
                hide_counted(&mut counted, sure, hidden);
                sure = false;
            }
            counted.push((at, number));
            sure |= certain;
        } else if counted.len() < 2 && !sure {
            counted = vec![(at, number)];
        }
    }
    hide_counted(&mut counted, sure, hidden);
}

/// Three numbers that are counted up are pages; fewer are where one of them is
/// known to be.
fn hide_counted(counted: &mut Vec<(usize, u32)>, sure: bool, hidden: &mut [bool]) {
    if sure || counted.len() >= 3 {
        for &(at, _) in &*counted {
            hidden[at] = true;
        }
    }
    counted.clear();
}

/// Whether a page ends before the line or after it.
fn is_beside_break(lines: &[Line<'_>], at: usize) -> bool {
    let blank = |line: &&Line<'_>| line.form == Form::Blank;
    let mut before = lines[..at].iter().rev().take_while(blank);
    let mut after = lines[at + 1..].iter().take_while(blank);
    lines[at].breaks || before.any(|line| line.breaks) || after.any(|line| line.breaks)
}

/// Running heads stand beside page numbers and the ends of pages, again and
/// again, and mostly there.
fn running_heads(lines: &[Line<'_>], hidden: &mut [bool]) {
    let mut beside: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, line) in lines.iter().enumerate() {
        if !hidden[at] && !line.breaks {
            continue;
        }
        let words = |at: &usize| lines[*at].form != Form::Blank;
        let near = [(0..at).rev().find(words), (at + 1..lines.len()).find(words)];
        for near in near.into_iter().flatten() {
            let line = &lines[near];
            if line.form == Form::Words && line.words.len() <= 120 && !hidden[near] {
                beside.entry(line.words).or_default().push(near);
            }
        }
    }
    for places in beside.values_mut() {
        places.sort_unstable();
        places.dedup();
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
            for &at in places {
                hidden[at] = true;
            }
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
fn add_marks_of(block: &Block, text: &str, known: &[Span], marks: &mut Vec<Span>) {
    let known: Vec<u32> = known.iter().filter_map(|mark| value(mark.cut(text)?)).collect();
    let above = &text[block.above.clone()];
    for number in &block.numbers {
        let digits = number.to_string();
        let places = above.match_indices(&digits).map(|(at, _)| block.above.start + at);
        let spans = places.map(|at| Span::new(at, at + digits.len()));
        let apart: Vec<Span> = spans.filter(|&span| stands_apart(text, span)).collect();
        if known.contains(number) {
            continue;
        }
        let wide: Vec<Span> = apart.iter().copied().filter(|&span| is_wide(text, span)).collect();
        match (apart.as_slice(), wide.as_slice()) {
            ([only], _) | (_, [only]) => marks.push(*only),
            _ => {}
        }
    }
}

/// The value of a mark, raised or not.
fn value(mark: &str) -> Option<u32> {
    let raised = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().zip('0'..='9').find(|(known, _)| *known == c);
    let digits = mark.trim_matches(['[', ']']).chars();
    digits.map(|c| raised(c).map_or(c, |(_, digit)| digit)).collect::<String>().parse().ok()
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
