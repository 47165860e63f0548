//! The labels paragraphs and headings begin with: "31.", "(a)", "1.2.3",
//! "Article 5", "ANNEX II".
//!
//! A label is only read here. Whether it continues a list, and what it means
//! for a citation, is for the outline to say.

use crate::extract::outline::words::{PARTS, Rank};
use crate::numerals::from_roman;

/// How a bare label is written; lists of one style continue each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// `31.`
    Number,
    /// `(4)` or `4)`
    NumberInParentheses,
    /// `1.2.3`
    Decimal,
    /// `(a)`, `a)`, `a.`, `(i)`: letters or small Roman numerals, which only
    /// the neighbours tell apart.
    Letter,
    /// `A.`, `(B)`, `IV.`
    Capital,
    /// A bullet or dash.
    Bullet,
}

impl Style {
    /// Whether its values are numbers.
    pub(crate) fn is_numeric(self) -> bool {
        matches!(self, Self::Number | Self::Decimal | Self::NumberInParentheses)
    }
}

/// A label without a word: a number, a letter, a bullet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bare {
    /// The number or letter, without points and parentheses.
    pub(crate) value: String,
    /// How it is written.
    pub(crate) style: Style,
    /// How many bytes of the text it takes up, with the space after it.
    pub(crate) len: usize,
}

/// A label that names its kind: "Article 5", "Principle 3".
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    /// The kind's English name, in lower case.
    pub(crate) kind: &'static str,
    /// How parts of this kind behave.
    pub(crate) rank: Rank,
    /// The number or letter as written; empty for "Annex" alone.
    pub(crate) number: String,
    /// What follows the label and its punctuation.
    pub(crate) rest: usize,
}

/// The bare label `text` begins with. It is one only if something follows, or
/// if it is all there is.
pub(crate) fn bare(text: &str) -> Option<Bare> {
    let first = text.chars().next()?;
    let found = if first.is_ascii_digit() {
        numeric(text)
    } else if first == '(' || first == '[' {
        parenthesised(text)
    } else if first == '§' {
        let rest = text[first.len_utf8()..].trim_start();
        let mut found = digits_then_end(rest)?;
        found.len += text.len() - rest.len();
        Some(found)
    } else if first.is_alphabetic() {
        lettered(text)
    } else {
        bullet(text, first)
    }?;
    let rest = &text[found.len..];
    let space = rest.len() - rest.trim_start().len();
    let separate = space > 0 || rest.is_empty() || found.style == Style::Bullet;
    separate.then_some(Bare { len: found.len + space, ..found })
}

/// Whether a capital may be the initial of a name: one word follows, itself
/// without a mark, and the letter is not the first of a list.
pub(crate) fn may_be_initial(label: &Bare, rest: &str) -> bool {
    let rest = rest.trim();
    let name = rest.starts_with(char::is_uppercase)
        && rest.chars().all(|c| c.is_alphabetic() || "-'’".contains(c));
    label.style == Style::Capital
        && label.value.chars().count() == 1
        && !matches!(label.value.as_str(), "A" | "I")
        && name
}

/// The label `text` begins with where its words follow without a space, as in
/// "(a)notify", "a)Notify" and "3.2.1The": a slip of some editions. Only
/// several of them in order are labels; "(s)he" is none.
pub(crate) fn tight(text: &str) -> Option<Bare> {
    let first = text.chars().next()?;
    let found = if first == '(' {
        parenthesised(text)?
    } else if first.is_ascii_digit() {
        let end = text.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
        let decimal = text[..end].contains('.') && !text[..end].ends_with('.');
        let label = Bare { value: text[..end].to_owned(), style: Style::Decimal, len: end };
        (decimal && text[end..].starts_with(char::is_uppercase)).then_some(label)?
    } else {
        lettered(text).filter(|label| text[..label.len].ends_with(')'))?
    };
    let next = text[found.len..].chars().next()?;
    (next.is_alphabetic() || "“\"‘«".contains(next)).then_some(found)
}

/// The part a heading names at its end: "Paris Call Principle #5".
pub(crate) fn named_at_end(text: &str) -> Option<Named> {
    let words = text.char_indices().rev().filter(|(_, c)| *c == ' ').map(|(at, _)| at + 1);
    let mut found = words.filter_map(|at| named(&text[at..]).map(|label| (at, label)));
    let (at, label) = found.next()?;
    let ends = at + label.rest == text.len() && label.rank == Rank::Unit;
    ends.then_some(Named { rest: text.len(), ..label })
}

fn bullet(text: &str, first: char) -> Option<Bare> {
    let dash = matches!(first, '-' | '–' | '—' | '*');
    let mark = matches!(
        first,
        '•' | '·'
            | '▪'
            | '▫'
            | '◦'
            | '‣'
            | '⁃'
            | '●'
            | '○'
            | '■'
            | '□'
            | '◆'
            | '◇'
            | '►'
            | '▶'
            | '➢'
            | '➔'
            | '→'
            | '✓'
            | '✔'
            | '❖'
            | '∙'
            | '\u{e000}'..='\u{f8ff}' | '\u{2751}' | '\u{2752}'
    );
    let len = first.len_utf8();
    let next = text[len..].chars().next()?;
    let fits = mark || (dash && (next == ' ' || (first != '*' && next.is_alphabetic())));
    fits.then(|| Bare { value: String::new(), style: Style::Bullet, len })
}

/// `31.`, `4)`, `1.2`, `1.2.3.`, `12bis.`
fn numeric(text: &str) -> Option<Bare> {
    let digits =
        |text: &str| text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mut end = digits(text);
    let first_digits = end;
    let mut parts = 1;
    while text[end..].starts_with('.') {
        let more = digits(&text[end + 1..]);
        if more == 0 || more > 3 {
            break;
        }
        end += 1 + more;
        parts += 1;
    }
    if first_digits > 3 || (parts == 1 && text.starts_with('0') && first_digits > 1) {
        return None;
    }
    end += suffix(&text[end..]);
    let value = text[..end].to_owned();
    let (style, len) = match text[end..].chars().next() {
        Some('.') if parts == 1 => (Style::Number, end + 1),
        Some('.') => (Style::Decimal, end + 1),
        Some(')') if parts == 1 => (Style::NumberInParentheses, end + 1),
        Some(' ') | None if parts > 1 => (Style::Decimal, end),
        _ => return None,
    };
    Some(Bare { value, style, len })
}

/// `12bis`, `5a`: what may be put after a number when one is squeezed in.
fn suffix(text: &str) -> usize {
    let latin = ["bis", "ter", "quater", "quinquies", "sexies", "septies"];
    if let Some(word) = latin.iter().find(|word| text.starts_with(**word)) {
        return word.len();
    }
    let mut chars = text.chars();
    let letter = chars.next().is_some_and(|c| c.is_ascii_lowercase());
    usize::from(letter && matches!(chars.next(), Some('.' | ')')))
}

fn parenthesised(text: &str) -> Option<Bare> {
    let close = if text.starts_with('[') { ']' } else { ')' };
    let end = text.char_indices().skip(1).take(9).find(|(_, c)| *c == close)?.0;
    let inner = text[1..end].trim();
    let len = end + 1;
    let style = label_style(inner)?;
    if close == ']' && style != Style::NumberInParentheses {
        return None;
    }
    Some(Bare { value: inner.to_owned(), style, len })
}

fn label_style(inner: &str) -> Option<Style> {
    let letters = inner.chars().count();
    let digits = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits > 0
        && digits <= 3
        && suffix(&format!("{})", &inner[digits..])) == inner.len() - digits
    {
        return Some(Style::NumberInParentheses);
    }
    let same_letter = inner.chars().next().is_some_and(|first| inner.chars().all(|c| c == first));
    let short = letters == 1 || (letters == 2 && same_letter) || roman(inner).is_some();
    if !short || !inner.chars().all(char::is_alphabetic) {
        return None;
    }
    if inner.chars().all(char::is_lowercase) {
        Some(Style::Letter)
    } else if inner.chars().all(char::is_uppercase) {
        Some(Style::Capital)
    } else {
        None
    }
}

/// `a)`, `a.`, `iv.`, `A.`, `IV.`
fn lettered(text: &str) -> Option<Bare> {
    let end = text.char_indices().take(7).find(|(_, c)| !c.is_alphabetic())?.0;
    let mark = text[end..].chars().next()?;
    if !matches!(mark, ')' | '.') {
        return None;
    }
    let value = &text[..end];
    let style = label_style(value)?;
    Some(Bare { value: value.to_owned(), style, len: end + mark.len_utf8() })
}

fn digits_then_end(text: &str) -> Option<Bare> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 0 || digits > 4 {
        return None;
    }
    let len = digits + usize::from(text[digits..].starts_with('.'));
    Some(Bare { value: text[..digits].to_owned(), style: Style::Number, len })
}

/// The value of a Roman numeral below 100, all letters of one case.
pub(crate) fn roman(text: &str) -> Option<u32> {
    let upper = text.chars().all(|c| c.is_ascii_uppercase());
    if text.is_empty() || !(upper || text.chars().all(|c| c.is_ascii_lowercase())) {
        return None;
    }
    let number = from_roman(&text.to_ascii_lowercase()).filter(|&number| number < 100)?;
    u32::try_from(number).ok()
}

/// The number as a letter: a … z, then aa, bb, as Word writes it.
pub(crate) fn to_letters(number: u32) -> String {
    let Some(index) = number.checked_sub(1) else {
        return "0".to_owned();
    };
    let letter = char::from_u32(u32::from('a') + index % 26).unwrap_or('a');
    let times = usize::try_from(index / 26).unwrap_or(0).min(20) + 1;
    std::iter::repeat_n(letter, times).collect()
}

/// The named label `text` begins with.
///
/// "Article 5" and "Article 5 – Title" are labels; "Article 5 of the
/// Convention applies" and "Article 5 and Article 7" are not.
pub(crate) fn named(text: &str) -> Option<Named> {
    let word_end = text.find(|c: char| !(c.is_alphabetic() || c == '.')).unwrap_or(text.len());
    let word = text[..word_end].to_lowercase();
    let (kind, rank, _) = PARTS.iter().find(|(_, _, written)| written.contains(&word.as_str()))?;
    let after = &text[word_end..];
    let gap = after.len() - after.trim_start().len();
    let (number, end) =
        if gap == 0 { (String::new(), 0) } else { number_token(after.trim_start()) };
    if number.is_empty() {
        return unnumbered(text, word_end, kind, *rank);
    }
    let mut rest = word_end + gap + end;
    let tail = &text[rest..];
    let punctuated = tail.trim_start().starts_with(['.', ':', '-', '–', '—', '|']);
    let marks = tail.len()
        - tail.trim_start_matches(|c: char| c.is_whitespace() || ".:-–—|".contains(c)).len();
    rest += marks;
    let title = text[rest..].chars().next();
    let fits = title
        .is_none_or(|c| punctuated || c.is_uppercase() || "“‘\"'«(".contains(c) || c.is_numeric());
    let separate = marks > 0 || tail.is_empty();
    (fits && separate && !is_reference(&text[rest..])).then_some(Named {
        kind,
        rank: *rank,
        number,
        rest,
    })
}

/// "Annex", "ANNEX: Title", and nothing more.
fn unnumbered(text: &str, end: usize, kind: &'static str, rank: Rank) -> Option<Named> {
    let tail = text[end..].trim_start();
    let fits = rank == Rank::Annex && (tail.is_empty() || tail.starts_with([':', '–', '—']));
    let rest = text.len() - tail.trim_start_matches([':', '–', '—', ' ']).len();
    fits.then(|| Named { kind, rank, number: String::new(), rest })
}

/// "Article 5 (1) applies", "Article 5, 6": spoken of, not labelled.
fn is_reference(rest: &str) -> bool {
    rest.starts_with('(') && rest[1..].starts_with(|c: char| c.is_ascii_digit())
}

/// The number a named label has, and how many bytes it takes up.
fn number_token(text: &str) -> (String, usize) {
    let prefixes = ["#", "No. ", "No ", "N° ", "Nº ", "Nr. ", "n° ", "nº "];
    let skipped =
        prefixes.iter().find(|prefix| text.starts_with(**prefix)).map_or(0, |it| it.len());
    let text = &text[skipped..];
    let open = usize::from(text.starts_with(['(', '[']));
    let inner = &text[open..];
    let part = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '-';
    let end = inner.find(|c: char| !part(c)).unwrap_or(inner.len());
    let token = inner[..end].trim_end_matches(['.', '-']);
    let digits = token.len() - token.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let ordinal = ["er", "re", "st", "nd", "th"].contains(&&token[digits..]);
    let number = if ordinal { &token[..digits] } else { token };
    if !is_number(number, digits) {
        return (String::new(), 0);
    }
    let mut used = open + token.len();
    if open == 1 {
        used += usize::from(text[used..].starts_with([')', ']']));
    }
    let sign = text[used..].chars().next().filter(|c| digits > 0 && "º°ª".contains(*c));
    used += sign.map_or(0, char::len_utf8);
    (number.to_owned(), skipped + used)
}

/// Whether a token with so many digits in front numbers a part: `5`, `12bis`,
/// `2.1`, `IV`, `B`.
fn is_number(token: &str, digits: usize) -> bool {
    let tail = &token[digits..];
    if digits > 0 {
        let further = tail.starts_with(['.', '-'])
            && tail[1..].chars().all(|c| c.is_ascii_alphanumeric() || c == '.');
        let squeezed = tail.len() <= 1 || suffix(&format!("{tail}.")) == tail.len();
        return digits <= 3 && (further || squeezed);
    }
    let capitals = !token.is_empty() && token.chars().all(|c| c.is_ascii_uppercase());
    capitals && (token.len() == 1 || roman(token).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_bare(text: &str, expected: Option<(&str, Style, &str)>) {
        let found = bare(text);
        let actual =
            found.as_ref().map(|label| (label.value.as_str(), label.style, &text[label.len..]));
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn numbers_and_letters_are_labels() {
        check_bare("31. We reaffirm", Some(("31", Style::Number, "We reaffirm")));
        check_bare("1.2.3 Scope", Some(("1.2.3", Style::Decimal, "Scope")));
        check_bare("1.1. Scope", Some(("1.1", Style::Decimal, "Scope")));
        check_bare("(24) Cyber", Some(("24", Style::NumberInParentheses, "Cyber")));
        check_bare("(a) to", Some(("a", Style::Letter, "to")));
        check_bare("iv. to", Some(("iv", Style::Letter, "to")));
        check_bare("(aa) to", Some(("aa", Style::Letter, "to")));
        check_bare("B. Norms", Some(("B", Style::Capital, "Norms")));
        check_bare("12bis. The", Some(("12bis", Style::Number, "The")));
        check_bare("§ 5 Begriffe", Some(("5", Style::Number, "Begriffe")));
        check_bare("• one", Some(("", Style::Bullet, "one")));
        check_bare("-administrations;", Some(("", Style::Bullet, "administrations;")));
    }

    #[test]
    fn other_beginnings_are_not() {
        for text in [
            "2024. A year",
            "3.5% of",
            "(see above) it",
            "e.g. this",
            "On 3 May",
            "-5 degrees",
            "(UN) it",
            "12 States",
            "007. x",
        ] {
            check_bare(text, None);
        }
    }

    #[track_caller]
    fn check_named(text: &str, expected: Option<(&str, &str, &str)>) {
        let found = named(text);
        let actual =
            found.as_ref().map(|label| (label.kind, label.number.as_str(), &text[label.rest..]));
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn named_parts_have_their_number_and_title() {
        check_named("Article 5", Some(("article", "5", "")));
        check_named("ARTICLE IV. Scope", Some(("article", "IV", "Scope")));
        check_named("Art. 26 – Einheit", Some(("article", "26", "Einheit")));
        check_named("Article 12bis", Some(("article", "12bis", "")));
        check_named("Article premier", None);
        check_named("Article 1er Objet", Some(("article", "1", "Objet")));
        check_named("Recital (24)", Some(("recital", "24", "")));
        check_named("CBM 8: Contacts", Some(("cbm", "8", "Contacts")));
        check_named("ANNEX", Some(("annex", "", "")));
        check_named("Annex A Terms", Some(("annex", "A", "Terms")));
        check_named("Статья 3", Some(("article", "3", "")));
        check_named("Section 2.1: General", Some(("section", "2.1", "General")));
    }

    #[test]
    fn a_heading_may_name_its_part_at_its_end() {
        let found = named_at_end("Paris Call Principle #5").map(|label| (label.kind, label.number));
        assert_eq!(found, Some(("principle", "5".to_owned())));
        assert_eq!(named_at_end("Principle 5 and more"), None);
        assert_eq!(named_at_end("Amendments to Article 5"), None);
    }

    #[test]
    fn a_label_may_lack_its_space() {
        assert_eq!(tight("(a)notify").map(|label| label.value), Some("a".to_owned()));
        assert_eq!(tight("b)the rate").map(|label| label.value), Some("b".to_owned()));
        assert_eq!(tight("3.2.1The rate").map(|label| label.value), Some("3.2.1".to_owned()));
        assert_eq!(tight("3.2.1 The rate"), None);
        assert_eq!(tight("5G networks"), None);
        assert_eq!(tight("(a) notify"), None);
        assert_eq!(tight("(see)above"), None);
    }

    #[test]
    fn parts_spoken_of_are_not_labels() {
        for text in [
            "Article 5 of the Convention",
            "Article 5 and 6",
            "Article 5, paragraph 2",
            "Articles of faith",
            "Article 5(1) applies",
            "Annex to the letter",
            "Part of it",
            "Part I of the text",
        ] {
            check_named(text, None);
        }
    }

    #[test]
    fn letters_repeat_after_z() {
        assert_eq!([1, 26, 28].map(to_letters), ["a", "z", "bb"]);
    }

    #[test]
    fn roman_numerals_are_read_and_written() {
        assert_eq!(
            (roman("iv"), roman("XIX"), roman("iiii"), roman("Iv")),
            (Some(4), Some(19), None, None)
        );
    }
}
