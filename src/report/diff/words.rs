//! Two quotes, word by word: which words both have, and which only one.

use similar::{Algorithm, DiffTag, capture_diff_slices};
use std::ops::Range;

/// A piece of a quote, white space and all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece<'q> {
    /// The words as they stand.
    pub(super) text: &'q str,
    /// Whether the other quote has them in the same place.
    pub(super) shared: bool,
}

/// Both quotes in pieces. Case and punctuation do not part words.
pub(super) fn compare<'l, 'r>(left: &'l str, right: &'r str) -> (Vec<Piece<'l>>, Vec<Piece<'r>>) {
    let (left_words, right_words) = (words(left), words(right));
    let (old, new) = (folded(left, &left_words), folded(right, &right_words));
    let (mut left_pieces, mut right_pieces) = (Vec::new(), Vec::new());
    for operation in capture_diff_slices(Algorithm::Myers, &old, &new) {
        let shared = operation.tag() == DiffTag::Equal;
        left_pieces.extend(piece(left, &left_words[operation.old_range()], shared));
        right_pieces.extend(piece(right, &right_words[operation.new_range()], shared));
    }
    (left_pieces, right_pieces)
}

/// The words of a quote, each with the white space that follows it.
fn words(quote: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let mut found: Vec<Range<usize>> = Vec::new();
    for part in quote.split_inclusive(char::is_whitespace) {
        let end = start + part.len();
        match found.last_mut() {
            Some(last) if part.trim().is_empty() => last.end = end,
            _ => found.push(start..end),
        }
        start = end;
    }
    found
}

/// The words as they are compared.
fn folded(quote: &str, words: &[Range<usize>]) -> Vec<String> {
    words.iter().map(|word| fold(&quote[word.clone()])).collect()
}

fn fold(word: &str) -> String {
    let letters = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
    let letters: String = letters.collect();
    // A mark by itself is compared as it stands.
    if letters.is_empty() { word.trim().to_owned() } else { letters }
}

/// From the first of these words to the last.
fn piece<'q>(quote: &'q str, words: &[Range<usize>], shared: bool) -> Option<Piece<'q>> {
    let (first, last) = (words.first()?, words.last()?);
    Some(Piece { text: &quote[first.start..last.end], shared })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(pieces: &[Piece<'_>]) -> String {
        let mark = |piece: &Piece<'_>| {
            let text = piece.text.trim();
            if piece.shared { text.to_owned() } else { format!("[{text}]") }
        };
        pieces.iter().map(mark).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn words_that_only_one_has_are_told_apart() {
        let (left, right) =
            compare("States shall report all flaws.", "states should report flaws, promptly");
        assert_eq!(marked(&left), "States [shall] report [all] flaws.");
        assert_eq!(marked(&right), "states [should] report flaws, [promptly]");
    }

    #[test]
    fn nothing_of_a_quote_is_lost() {
        let quote = "a  b\u{a0}c – d ";
        let (left, _) = compare(quote, "c d");
        assert_eq!(left.iter().map(|piece| piece.text).collect::<String>(), quote);
    }
}
