//! Words: runs of letters and digits, with the apostrophes inside them.
//!
//! A hyphen parts words, so that "zero-day" and "zero day" are alike.

use crate::model::Span;

/// A word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Its bytes in the text.
    pub span: Span,
}

/// The words of `text` in order.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::with_capacity(text.len() / 6);
    let mut start = None;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        let inside = is_word(character)
            || start.is_some() && is_apostrophe(character) && next.is_some_and(is_word);
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push(Token { span: Span::new(from, at) });
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        found.push(Token { span: Span::new(from, text.len()) });
    }
    found
}

fn is_word(character: char) -> bool {
    // Combining marks belong to the letter before them.
    character.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&character)
}

/// Whether it is an apostrophe, straight or typographic.
pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}' | '\u{2bc}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> =
            tokens(text).iter().map(|token| token.span.cut(text).expect("in the text")).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn punctuation_and_hyphens_part_words() {
        check("Zero-day, (CVE) flaws.", &["Zero", "day", "CVE", "flaws"]);
    }

    #[test]
    fn an_apostrophe_stays_inside_a_word_and_not_at_its_end() {
        check(
            "States\u{2019} and users' and State\u{2019}s",
            &["States", "and", "users", "and", "State\u{2019}s"],
        );
    }

    #[test]
    fn letters_beyond_ascii_are_letters() {
        check("sécurité №5 кибер", &["sécurité", "5", "кибер"]);
    }
}
