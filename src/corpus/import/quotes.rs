//! The text of a cell → what is quoted and what is remarked.
//!
//! People mark quotes in many ways: typographic, straight or single marks,
//! marks that are missing, doubled or turned the wrong way. A quote begins at
//! an opening mark and ends at its partner, at the next opening mark that
//! begins a line, or at the end of the cell; quotations inside it stay. What
//! markup says is a quote needs no marks.

use crate::corpus::import::cell::{Line, Mark};
use crate::corpus::marks::NOTE;

/// Quotes of a cell, each with the remarks that go with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Quoted {
    /// The quotes in order.
    pub(crate) quotes: Vec<Quote>,
    /// Remarks of a cell without quotes.
    pub(crate) remarks: Vec<String>,
}

/// A quote without its marks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Quote {
    /// Its words.
    pub(crate) text: String,
    /// What stands beside it.
    pub(crate) remarks: Vec<String>,
}

/// A stretch of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its words.
    pub(crate) text: String,
    /// Whether it is quoted.
    pub(crate) quoted: bool,
    /// Whether it can only be a remark.
    remark: bool,
    /// The lines it begins and ends in.
    first: usize,
    last: usize,
}

/// Tells quotes from remarks.
pub(crate) fn quotes(lines: &[Line]) -> Quoted {
    let pieces = pieces(lines);
    let mut found = Quoted::default();
    let mut waiting: Vec<String> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        if piece.quoted {
            let remarks = std::mem::take(&mut waiting);
            found.quotes.push(Quote { text: piece.text.clone(), remarks });
            continue;
        }
        let text = piece.text.strip_prefix(NOTE).unwrap_or(&piece.text).trim().to_owned();
        let same_line = at > 0 && pieces[at - 1].quoted && pieces[at - 1].last == piece.first;
        let followed = pieces[at + 1..].iter().any(|piece| piece.quoted);
        let leads = followed && !same_line && !piece.text.starts_with(NOTE);
        match found.quotes.last_mut() {
            Some(quote) if !leads => quote.remarks.push(text),
            _ => waiting.push(text),
        }
    }
    found.remarks = waiting;
    found
}

/// Whether the cell ends within a quote.
pub(crate) fn is_open(lines: &[Line]) -> bool {
    if lines.iter().any(is_quote) {
        return false;
    }
    let mut scanner = Scanner::default();
    scanner.read(lines);
    scanner.depth > 0
}

/// The stretches of a cell in order.
pub(crate) fn pieces(lines: &[Line]) -> Vec<Piece> {
    if lines.iter().any(is_quote) {
        return lines
            .iter()
            .enumerate()
            .map(|(at, line)| whole(line, at, is_quote(line)))
            .collect();
    }
    if let Some(piece) = in_single_marks(lines) {
        return vec![piece];
    }
    if !lines.iter().any(|line| line.text.contains(is_mark)) {
        return unmarked(lines);
    }
    let mut scanner = Scanner::default();
    scanner.read(lines);
    scanner.finish(lines.len().saturating_sub(1));
    scanner.pieces
}

/// Whether text has a double quotation mark.
pub(crate) fn is_mark(character: char) -> bool {
    matches!(character, '“' | '”' | '"')
}

/// The cell as one quote, where single marks stand around all of it.
fn in_single_marks(lines: &[Line]) -> Option<Piece> {
    let text = lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ");
    let inside = text.strip_prefix(['‘', '\''])?.strip_suffix(['’', '\''])?;
    let text = inside.trim().to_owned();
    Some(Piece { text, quoted: true, remark: false, first: 0, last: lines.len() })
}

/// Without marks each line is a quote by itself, unless it is a heading or a
/// note.
fn unmarked(lines: &[Line]) -> Vec<Piece> {
    lines.iter().enumerate().map(|(at, line)| whole(line, at, !is_remark(line))).collect()
}

/// A line that is one piece.
fn whole(line: &Line, at: usize, quoted: bool) -> Piece {
    Piece { text: line.text.clone(), quoted, remark: !quoted, first: at, last: at }
}

/// Whether markup says that a line is a quote.
fn is_quote(line: &Line) -> bool {
    line.mark == Some(Mark::Quote)
}

/// Whether a line is a heading or a note.
fn is_remark(line: &Line) -> bool {
    line.mark == Some(Mark::Heading) || is_note(line)
}

fn is_note(line: &Line) -> bool {
    line.text.starts_with(NOTE)
}

/// Reads marks from left to right.
#[derive(Debug, Default)]
struct Scanner {
    pieces: Vec<Piece>,
    /// How many quotations are open, one inside the other.
    depth: usize,
    /// What was read since the last piece, and the line it began in.
    text: String,
    first: usize,
    /// Whether the line that is read is a remark.
    remark: bool,
}

impl Scanner {
    fn read(&mut self, lines: &[Line]) {
        for (at, line) in lines.iter().enumerate() {
            if self.depth == 0 {
                self.cut(false, at.saturating_sub(1));
                self.first = at;
                self.remark = is_remark(line);
                if is_note(line) {
                    self.pieces.push(whole(line, at, false));
                    continue;
                }
            } else {
                self.text.push(' ');
            }
            let characters: Vec<char> = line.text.chars().collect();
            for (index, &character) in characters.iter().enumerate() {
                let before = index.checked_sub(1).map(|before| characters[before]);
                let after = characters.get(index + 1).copied();
                self.character(character, before, after, at);
            }
        }
    }

    fn character(&mut self, character: char, before: Option<char>, after: Option<char>, at: usize) {
        if !is_mark(character) {
            self.text.push(character);
        } else if opens(character, before, after) {
            if self.depth == 0 || before.is_none() {
                let was_open = self.depth > 0;
                self.cut(was_open, if was_open { at.saturating_sub(1) } else { at });
                self.first = at;
                self.depth = 1;
            } else {
                self.depth += 1;
                self.text.push(character);
            }
        } else if self.depth > 1 {
            self.depth -= 1;
            self.text.push(character);
        } else {
            if self.depth == 0 {
                self.take_back();
            }
            self.cut(true, at);
            self.first = at;
            self.depth = 0;
        }
    }

    /// A mark that closes has no partner: all that stands before it, back to
    /// the last quote or remark, is quoted.
    fn take_back(&mut self) {
        while let Some(last) = self.pieces.last() {
            let begun = self.pieces.iter().rev().find(|piece| piece.quoted);
            let beside = begun.is_some_and(|quote| quote.last == last.first);
            if last.quoted || last.remark || beside {
                break;
            }
            self.text = format!("{} {}", last.text, self.text);
            self.first = last.first;
            self.pieces.pop();
        }
    }

    /// Makes a piece of what was read; marks and dots alone are none.
    fn cut(&mut self, quoted: bool, last: usize) {
        let text = std::mem::take(&mut self.text).trim().to_owned();
        if text.contains(char::is_alphanumeric) {
            let (remark, first) = (self.remark && !quoted, self.first);
            self.pieces.push(Piece { text, quoted, remark, first, last });
        }
    }

    fn finish(&mut self, last: usize) {
        let quoted = self.depth > 0;
        self.cut(quoted, last);
    }
}

/// Whether the mark opens a quotation, from what stands beside it.
fn opens(mark: char, before: Option<char>, after: Option<char>) -> bool {
    match mark {
        '”' => false,
        // At the end of a line it closes, whichever way it is turned.
        _ if after.is_none() => false,
        '“' => true,
        _ => match before {
            None => true,
            Some(before) => {
                let apart = before.is_whitespace() || matches!(before, '(' | '[' | '“' | '‘');
                apart && after.is_some_and(|after| !after.is_whitespace())
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(cell: &str) -> Vec<(String, Vec<String>)> {
        let found = quotes(&crate::corpus::import::cell::paragraphs(cell));
        assert!(found.quotes.is_empty() || found.remarks.is_empty());
        found.quotes.into_iter().map(|quote| (quote.text, quote.remarks)).collect()
    }

    fn texts(cell: &str) -> Vec<String> {
        quoted(cell).into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn marks_come_off_in_every_fashion() {
        assert_eq!(texts("“States should.”"), ["States should."]);
        assert_eq!(texts("\"A.\"  \"B.\""), ["A.", "B."]);
        assert_eq!(texts("“A. “"), ["A."]);
        assert_eq!(texts("\"...it is so. \""), ["...it is so."]);
        assert_eq!(texts("‘The Internet’s (“CSAM”) users.’"), ["The Internet’s (“CSAM”) users."]);
        assert_eq!(texts("<p>a) Gain access.\"</p>"), ["a) Gain access."]);
        assert_eq!(texts("<p>“A.”</p> <p>To:</p> <ul><li>end. “</li></ul>"), ["A.", "To: end."]);
        assert_eq!(texts("<p>One.</p> <p>Two.</p>"), ["One.", "Two."]);
        assert_eq!(texts("<p>“One.</p> <p>“Two.”</p>"), ["One.", "Two."]);
    }

    #[test]
    fn quotations_inside_stay() {
        assert_eq!(
            texts("“A “real” one and the \"duty of care\".”"),
            ["A “real” one and the \"duty of care\"."]
        );
        assert_eq!(texts("\"noting \"Creation of culture\"\""), ["noting \"Creation of culture\""]);
    }

    #[test]
    fn remarks_go_with_the_quote_they_stand_by() {
        let cell = "<p>7 Certification</p> <p>“A.” [2015]</p> <p>8 Response</p> <p>“B.”</p>\
                    <p>NOTE: neither.</p>";
        let remarks = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(
            quoted(cell),
            [
                ("A.".to_owned(), remarks(&["7 Certification", "[2015]"])),
                ("B.".to_owned(), remarks(&["8 Response", "neither."])),
            ]
        );
    }
}
