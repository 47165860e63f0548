//! Words as they are kept: one line, single spaces, whole letters.
//!
//! Everything here keeps the words themselves; only white space, invisible
//! characters, ligatures and the breaks at the ends of lines are touched.

use std::borrow::Cow;
use std::collections::HashSet;
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
    let mut rest = text;
    while !rest.is_empty() {
        let plain = plain_beginning(rest);
        if plain > 0 {
            if space && !tidied.is_empty() {
                tidied.push(' ');
            }
            space = false;
            tidied.push_str(&rest[..plain]);
            rest = &rest[plain..];
        }
        let mut characters = rest.chars();
        let Some(character) = characters.next() else { break };
        rest = characters.as_str();
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
    if tidied.is_ascii() || is_nfc_quick(tidied.chars()) == IsNormalized::Yes {
        tidied
    } else {
        tidied.nfc().collect()
    }
}

/// The length of the beginning of a text that stays as it is, in bytes: marks,
/// digits and letters of ASCII, and single spaces between them.
fn plain_beginning(text: &str) -> usize {
    let bytes = text.as_bytes();
    let plain = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_graphic);
    let mut end = 0;
    while plain(end) || (end > 0 && bytes.get(end) == Some(&b' ') && plain(end + 1)) {
        end += 1;
    }
    end
}

/// What a document shows of its own spelling: the words it writes with a
/// hyphen and those it writes without, where no line ends in them.
#[derive(Debug, Default)]
pub(crate) struct Spelling {
    hyphenated: HashSet<String>,
    plain: HashSet<String>,
}

impl Spelling {
    /// Learns from one line.
    pub(crate) fn learn(&mut self, line: &str) {
        let mut words = line.split_whitespace().peekable();
        while let Some(word) = words.next() {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
            // The last word of a line may go on in the next.
            if word.ends_with('-') || (words.peek().is_none() && line.ends_with(HYPHENS)) {
                continue;
            }
            let known = if word.contains('-') { &mut self.hyphenated } else { &mut self.plain };
            if word.len() > 4 {
                let word = lowercase(word);
                if !known.contains(&*word) {
                    known.insert(word.into_owned());
                }
            }
        }
    }

    /// Whether the parts are one word with a hyphen, where the document shows
    /// only one way to write it.
    fn keeps(&self, before: &str, after: &str) -> Option<bool> {
        let start = before.rsplit(char::is_whitespace).next()?;
        let start =
            start.trim_end_matches(HYPHENS).trim_start_matches(|c: char| !c.is_alphanumeric());
        let end = after.split_whitespace().next()?.trim_end_matches(|c: char| !c.is_alphanumeric());
        let (start, end) = (start.to_lowercase(), end.to_lowercase());
        let hyphenated = self.hyphenated.contains(&format!("{start}-{end}"));
        let joined = format!("{start}{end}");
        let plain = self.plain.contains(&joined) || self.hyphenated.contains(&joined);
        (hyphenated != plain).then_some(hyphenated)
    }
}

/// A word in small letters, which most are already.
fn lowercase(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        Cow::Borrowed(word)
    } else {
        Cow::Owned(word.to_lowercase())
    }
}

/// The characters a divided word may end in.
const HYPHENS: [char; 4] = ['-', '\u{ad}', '\u{2010}', '\u{2011}'];

/// Adds the next line to a paragraph, closing up a word that was divided at
/// the end of the line before.
pub(crate) fn append_line(paragraph: &mut String, line: &str, spelling: &Spelling) {
    let line = line.trim();
    if line.is_empty() {
        return;
    }
    paragraph.truncate(paragraph.trim_end().len());
    if paragraph.is_empty() {
        paragraph.push_str(line);
        return;
    }
    match line_break(paragraph, line, spelling) {
        Break::Divided => {
            paragraph.pop();
        }
        Break::Hyphen => {
            if paragraph.ends_with('\u{ad}') {
                paragraph.pop();
                paragraph.push('-');
            }
        }
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

fn line_break(before: &str, after: &str, spelling: &Spelling) -> Break {
    let mut back = before.chars().rev();
    let last = back.next().filter(|last| HYPHENS.contains(last));
    let next = after.chars().next().unwrap_or(' ');
    let (Some(last), Some(letter)) = (last, back.next().filter(|letter| letter.is_alphanumeric()))
    else {
        return Break::Space;
    };
    if !next.is_alphanumeric() || starts_suspended(after) {
        return Break::Space;
    }
    match spelling.keeps(before, after) {
        Some(true) => return Break::Hyphen,
        Some(false) => return Break::Divided,
        None => {}
    }
    let soft = last == '\u{ad}';
    if soft || (letter.is_lowercase() && next.is_lowercase() && !keeps_hyphen(before, after)) {
        return Break::Divided;
    }
    Break::Hyphen
}

/// "short- and long-term": the hyphen stands for a part left out.
fn starts_suspended(after: &str) -> bool {
    let word = first_word(after);
    // "end-of-life" is one word.
    let alone = !after[word.len()..].starts_with(HYPHENS);
    alone
        && matches!(
            word,
            "and" | "or" | "to" | "et" | "ou" | "y" | "o" | "und" | "oder" | "en" | "of"
        )
}

/// Whether the parts on both sides make a compound written with a hyphen, as
/// some do nearly always, and those with a small word inside
/// ("state-of-the-art").
fn keeps_hyphen(before: &str, after: &str) -> bool {
    let stem = before.rsplit(char::is_whitespace).next().unwrap_or(before);
    let stem = stem.trim_end_matches(HYPHENS);
    let stem = stem.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = first_word(after);
    let stem = stem.to_lowercase();
    let (compound, stem) = match stem.rsplit_once('-') {
        Some((_, last)) => (true, last),
        None => (false, stem.as_str()),
    };
    (compound && FUNCTION_WORDS.contains(&stem))
        || (FUNCTION_WORDS.contains(&end) && after[end.len()..].starts_with('-'))
        || HYPHENATED_FIRST.contains(&stem)
        || HYPHENATED_LAST.contains(&end)
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(text)
}

/// Small words that stand inside compounds.
const FUNCTION_WORDS: &[&str] =
    &["of", "the", "to", "and", "in", "by", "on", "up", "at", "for", "or"];

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
        check_lines_of("", lines, expected);
    }

    /// Joins lines of a document in which `shown` stands too.
    #[track_caller]
    fn check_lines_of(shown: &str, lines: &[&str], expected: &str) {
        let mut spelling = Spelling::default();
        spelling.learn(shown);
        let mut paragraph = String::new();
        for line in lines {
            append_line(&mut paragraph, line, &spelling);
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
        check_lines(&["their end-", "of-life date"], "their end-of-life date");
    }

    #[test]
    fn the_document_shows_how_it_spells() {
        check_lines_of("international co-operation", &["co-", "operation"], "co-operation");
        check_lines_of("cooperation is key", &["co-", "operation"], "cooperation");
        check_lines_of("co-operation is key", &["co\u{ad}", "operation"], "co-operation");
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
