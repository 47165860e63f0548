//! Words as they are kept: one line, single spaces, whole letters.
//!
//! Everything here keeps the words themselves; only white space, invisible
//! characters, ligatures and the breaks at the ends of lines are touched.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Characters that print as nothing and would break words apart for a search:
/// soft hyphen, zero-width space and joiners, word joiner, byte order mark,
/// directional marks.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffc}'
    ) || (character.is_control() && !character.is_whitespace())
}

/// The letters a typographic ligature stands for.
fn ligature(character: char) -> Option<&'static str> {
    Some(match character {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        _ => return None,
    })
}

/// `text` on one line: white space runs become one space, ligatures are spelt
/// out, invisible characters go, letters and their accents are one character.
pub(crate) fn tidy(text: &str) -> String {
    let mut tidied = String::with_capacity(text.len());
    let mut space = false;
    for character in text.chars() {
        if character.is_whitespace() {
            space = true;
            continue;
        }
        if is_invisible(character) {
            continue;
        }
        if space && !tidied.is_empty() {
            tidied.push(' ');
        }
        space = false;
        match ligature(character) {
            Some(letters) => tidied.push_str(letters),
            None => tidied.push(character),
        }
    }
    match is_nfc_quick(tidied.chars()) {
        IsNormalized::Yes => tidied,
        _ => tidied.nfc().collect(),
    }
}

/// Adds the next line to a paragraph, closing up a word that was divided at
/// the end of the line before.
pub(crate) fn append_line(paragraph: &mut String, line: &str) {
    let line = line.trim();
    if line.is_empty() {
        return;
    }
    paragraph.truncate(paragraph.trim_end().len());
    if paragraph.is_empty() {
        paragraph.push_str(line);
        return;
    }
    match line_break(paragraph, line) {
        Break::Divided => {
            paragraph.pop();
        }
        Break::Hyphen => {}
        Break::Space => paragraph.push(' '),
    }
    paragraph.push_str(line);
}

/// What stands between two lines of one paragraph.
enum Break {
    /// A word divided by the typesetter: the hyphen goes.
    Divided,
    /// A hyphen that belongs to the word, or a dash: nothing comes between.
    Hyphen,
    /// Nothing special.
    Space,
}

fn line_break(before: &str, after: &str) -> Break {
    let mut back = before.chars().rev();
    let last = back.next();
    if matches!(last, Some('\u{ad}')) {
        return Break::Divided;
    }
    if !matches!(last, Some('-' | '\u{2010}' | '\u{2011}')) {
        return Break::Space;
    }
    let Some(letter) = back.next().filter(|letter| letter.is_alphanumeric()) else {
        return Break::Space;
    };
    let next = after.chars().next().unwrap_or(' ');
    if !next.is_alphanumeric() || starts_suspended(after) {
        return Break::Space;
    }
    if letter.is_lowercase() && next.is_lowercase() && !keeps_hyphen(before, after) {
        return Break::Divided;
    }
    Break::Hyphen
}

/// "short- and long-term": the hyphen stands for a part left out.
fn starts_suspended(after: &str) -> bool {
    let word = first_word(after);
    matches!(word, "and" | "or" | "to" | "et" | "ou" | "y" | "o" | "und" | "oder" | "en" | "of")
}

/// Whether the parts on both sides make a compound written with a hyphen. A
/// word that has one already ("state-of-the-") keeps the next too, and so do
/// the first parts that English hardly ever joins without.
fn keeps_hyphen(before: &str, after: &str) -> bool {
    let stem = before.rsplit(char::is_whitespace).next().unwrap_or(before);
    let stem = stem.trim_end_matches(['-', '\u{2010}', '\u{2011}']);
    let stem = stem.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = first_word(after);
    if stem.contains('-') || end.starts_with('-') {
        return true;
    }
    let stem = stem.to_lowercase();
    HYPHENATED_FIRST.contains(&stem.as_str()) || HYPHENATED_LAST.contains(&end)
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(text)
}

/// First parts of compounds that keep their hyphen.
const HYPHENATED_FIRST: &[&str] = &["self", "non", "quasi", "vice"];

/// Last parts of compounds that keep their hyphen. None is a syllable that
/// longer words end in ("end", "time", "edge").
const HYPHENATED_LAST: &[&str] = &[
    "based",
    "related",
    "making",
    "building",
    "sharing",
    "term",
    "wide",
    "level",
    "border",
    "driven",
    "specific",
    "called",
    "stakeholder",
    "stakeholders",
    "sector",
    "party",
    "profit",
    "friendly",
    "effective",
    "oriented",
    "centric",
    "centred",
    "centered",
    "depth",
    "scale",
    "mentioned",
    "keeping",
    "being",
    "making",
    "makers",
    "risk",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_lines(lines: &[&str], expected: &str) {
        let mut paragraph = String::new();
        for line in lines {
            append_line(&mut paragraph, line);
        }
        assert_eq!(paragraph, expected);
    }

    #[test]
    fn a_divided_word_is_closed_up() {
        check_lines(&["inter-", "national law"], "international law");
        check_lines(&["inter\u{ad}", "national law"], "international law");
    }

    #[test]
    fn a_real_hyphen_stays() {
        check_lines(&["a risk-", "based approach"], "a risk-based approach");
        check_lines(&["state-of-the-", "art tools"], "state-of-the-art tools");
        check_lines(&["the ASEAN-", "led process"], "the ASEAN-led process");
        check_lines(&["the Euro-", "Atlantic area"], "the Euro-Atlantic area");
        check_lines(&["COVID-", "19"], "COVID-19");
    }

    #[test]
    fn a_suspended_hyphen_and_a_dash_keep_their_space() {
        check_lines(&["short-", "and long-term"], "short- and long-term");
        check_lines(&["one -", "two"], "one - two");
    }

    #[test]
    fn white_space_ligatures_and_invisible_characters_are_tidied() {
        assert_eq!(
            tidy(" \u{feff}of\u{a0}\n the  ﬁrst\u{200b} co\u{ad}operation\t"),
            "of the first cooperation"
        );
        assert_eq!(tidy("cafe\u{301}"), "café");
    }
}
