//! Colour for a terminal, and text made safe for one.
//!
//! The sixteen colours of the terminal's own palette only, so that a sheet is
//! readable on a light and on a dark ground.

use std::borrow::Cow;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What a piece of text is, which decides its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ink {
    /// A title.
    Bold,
    /// Something the eye may pass over.
    Dim,
    /// Present.
    Present,
    /// Indirect.
    Indirect,
    /// A citation.
    Citation,
    /// Something to see to.
    Alarm,
}

/// Whether colour is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paint(pub(crate) bool);

impl Paint {
    /// `text` in the colour of `ink`, or as it is.
    pub(crate) fn with(self, ink: Ink, text: &str) -> String {
        if !self.0 || text.is_empty() {
            return text.to_owned();
        }
        let code = match ink {
            Ink::Bold => "1",
            Ink::Dim => "2",
            Ink::Present => "32",
            Ink::Indirect => "33",
            Ink::Citation => "36",
            Ink::Alarm => "31",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}

/// `text` on one line and without characters that steer a terminal: what a
/// document says must not move the cursor or turn the line around.
pub(crate) fn clean(text: &str) -> String {
    let words: Vec<Cow<'_, str>> = text.split_whitespace().map(harmless).collect();
    words.join(" ")
}

/// `text` without characters that steer a terminal, its lines as they are.
#[must_use]
pub fn harmless(text: &str) -> Cow<'_, str> {
    let bad = |c: char| steers(c) && c != '\n' && c != '\t';
    if !text.contains(bad) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| if bad(c) { '\u{fffd}' } else { c }).collect())
}

fn steers(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// `text` cut to `width` columns, with `…` where something is missing.
pub(crate) fn cut(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let mut kept = String::new();
    let mut used = 0;
    for c in text.chars() {
        used += c.width().unwrap_or(0);
        if used >= width {
            break;
        }
        kept.push(c);
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

/// `text` filled up with spaces to `width` columns.
pub(crate) fn pad(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_steer_the_terminal_is_taken_out() {
        assert_eq!(clean("a\u{1b}[2Jb\n\u{202e} c\td"), "a\u{fffd}[2Jb \u{fffd} c d");
    }

    #[test]
    fn a_cut_counts_columns_not_characters() {
        assert_eq!(cut("国際安全保障", 12), "国際安全保障");
        assert_eq!(cut("国際安全保障", 8), "国際安…");
        assert_eq!(cut("a long name", 7), "a long…");
        assert_eq!(pad("国", 4), "国  ");
    }
}
