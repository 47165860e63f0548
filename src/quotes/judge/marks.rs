//! List marks, and where sentences and items begin and end.

/// What may stand around a list mark.
const AROUND: &[char] =
    &[' ', '\t', '\n', '\r', '\u{a0}', '.', ';', ':', ',', '•', '-', '–', '—', '*', '|'];

/// Whether words are nothing but list marks: `(a)`, `12.`, `iv)`, `3`.
pub(super) fn is_list_mark(words: &str) -> bool {
    let mut any = false;
    for mark in words.split_whitespace() {
        // A letter or numeral is dressed as a mark; a bare one is a word.
        let dressed = mark.contains(')') || mark.ends_with('.');
        let mark = mark.trim_matches(AROUND);
        if mark.is_empty() {
            continue;
        }
        let core = mark.trim_matches(['(', ')', '[', ']']);
        let digits = core.len() <= 3 && core.bytes().all(|byte| byte.is_ascii_digit());
        let letter = core.len() == 1 && core.bytes().all(|byte| byte.is_ascii_alphabetic());
        let numeral = core.len() <= 7 && core.bytes().all(|byte| b"ivxlcIVXLC".contains(&byte));
        if core.is_empty() || !(digits || letter || numeral) {
            return false;
        }
        if !digits && !dressed {
            return false;
        }
        any = true;
    }
    any
}

/// Whether a list mark stands where an item can begin: after the end of a
/// line, of a sentence or of an item; a bare number only at a line's start.
pub(super) fn stands_at_start(before: &str, lead: &str) -> bool {
    let Some(from) = before.len().checked_sub(lead.len()) else { return true };
    let head = before.get(..from).unwrap_or_default();
    let line = lead.contains('\n') || head.is_empty();
    let bare = !lead.contains([')', '.']);
    line || !bare && follows_an_end(lead)
}

/// Whether what stands between two words ends a line, a sentence or an item
/// before its first letter.
pub(super) fn follows_an_end(between: &str) -> bool {
    let first = between.find(char::is_alphanumeric).unwrap_or(between.len());
    between[..first].contains(['\n', '.', ';', ':', '?', '!'])
}

/// Whether what follows a word ends a sentence, an item or a line.
pub(super) fn ends_unit(gap: &str) -> bool {
    gap.is_empty() || gap.contains(['\n', '.', ';', ':', '?', '!'])
}

/// Whether a sentence or an item without a mark can begin after `before`.
pub(super) fn starts_bare_unit(before: &str) -> bool {
    starts_unit(before) && !ends_with_list_mark(before)
}

/// Whether a sentence or an item can begin after `before`.
pub(super) fn starts_unit(before: &str) -> bool {
    let opening = [' ', '\t', '\u{a0}', '“', '"', '‘', '(', '[', '•', '-', '–', '*', '#', '>', '|'];
    let opened = before.trim_end_matches(opening);
    if opened.is_empty() || opened.ends_with(['\n', '.', ';', ':', '?', '!']) {
        return true;
    }
    ends_with_list_mark(before)
}

/// Whether text ends with a list mark at the start of a line or item.
pub(super) fn ends_with_list_mark(before: &str) -> bool {
    let trimmed = before.trim_end();
    let from = trimmed.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    let mark = &trimmed[from..];
    if !is_list_mark(mark) {
        return false;
    }
    let head = trimmed[..from].trim_end_matches([' ', '\t', '\u{a0}']);
    head.is_empty() || head.ends_with(['\n', ';', ':', '.', ',']) || ends_with_list_mark(head)
}
