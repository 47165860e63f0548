//! Regular expressions that are slow, told by how they are written: measuring
//! would tell another thing on every machine.

use crate::rules::pattern::Pattern;
use crate::rules::vocabulary_file::Vocabulary;
use crate::toml_reader::Mistakes;
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, HirKind, Repetition};

/// Bytes that the compiled form of an expression may have.
const LARGEST: usize = 1 << 18;

/// Characters a class has at least to be one that nearly any text meets.
const WIDE: usize = 20;

/// The warnings of a vocabulary's regular expressions.
pub(super) fn lint(vocabulary: &Vocabulary, mistakes: &Mistakes<'_>) {
    for at in vocabulary.concepts.values().flatten() {
        let Pattern::Regex(body) = &at.value else { continue };
        if let Some((label, help)) = slow(body) {
            mistakes.warn("R036", at.span, "slow regular expression", label, help);
        }
    }
}

/// Why an expression is slow, and what to do.
fn slow(body: &str) -> Option<(&'static str, &'static str)> {
    let unicode = !body.is_ascii();
    let mut parser =
        ParserBuilder::new().case_insensitive(true).unicode(unicode).utf8(false).build();
    let hir = parser.parse(body).ok()?;
    if opens_wide(&hir) {
        let label = "it begins with a repeat that nearly any text meets, tried at every letter";
        return Some((label, "begin with a word, or with `\\b` and a word"));
    }
    let mut builder = regex::bytes::RegexBuilder::new(body);
    let builder = builder.case_insensitive(true).unicode(unicode).size_limit(LARGEST);
    if builder.build().is_err() {
        let label = "compiled it takes over 256 KiB: counted repeats multiply what they repeat";
        return Some((label, "repeat fewer times, or part it in several expressions"));
    }
    None
}

/// Whether the first thing asked for is an unbounded repeat of nearly any
/// character.
fn opens_wide(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Repetition(Repetition { max: None, sub, .. }) => is_wide(sub) || opens_wide(sub),
        HirKind::Repetition(Repetition { sub, .. }) => opens_wide(sub),
        HirKind::Capture(capture) => opens_wide(&capture.sub),
        HirKind::Alternation(parts) => parts.iter().any(opens_wide),
        HirKind::Concat(parts) => {
            // A boundary in front keeps the repeat from every letter.
            let first = parts
                .iter()
                .find(|part| part.properties().minimum_len() != Some(0) || is_repeat(part));
            let bounded = parts.first().is_some_and(|part| matches!(part.kind(), HirKind::Look(_)));
            first.is_some_and(|first| opens_wide(first) && !(bounded && is_word_repeat(first)))
        }
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => false,
    }
}

fn is_repeat(hir: &Hir) -> bool {
    matches!(hir.kind(), HirKind::Repetition(_))
}

/// Whether what is repeated is a class of word characters alone, which ends
/// at the next space.
fn is_word_repeat(hir: &Hir) -> bool {
    let HirKind::Repetition(Repetition { sub, .. }) = hir.kind() else { return false };
    !matches_byte(sub, b' ')
}

fn is_wide(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Class(class) => match class {
            regex_syntax::hir::Class::Unicode(class) => {
                class.iter().map(regex_syntax::hir::ClassUnicodeRange::len).sum::<usize>() >= WIDE
            }
            regex_syntax::hir::Class::Bytes(class) => {
                class.iter().map(regex_syntax::hir::ClassBytesRange::len).sum::<usize>() >= WIDE
            }
        },
        HirKind::Capture(capture) => is_wide(&capture.sub),
        _ => false,
    }
}

fn matches_byte(hir: &Hir, byte: u8) -> bool {
    match hir.kind() {
        HirKind::Class(regex_syntax::hir::Class::Unicode(class)) => {
            class.iter().any(|range| (range.start()..=range.end()).contains(&char::from(byte)))
        }
        HirKind::Class(regex_syntax::hir::Class::Bytes(class)) => {
            class.iter().any(|range| (range.start()..=range.end()).contains(&byte))
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(body: &str, is_slow: bool) {
        assert_eq!(slow(body).is_some(), is_slow, "{body}");
    }

    #[test]
    fn an_open_beginning_is_slow_and_a_word_is_not() {
        check(".*attack", true);
        check("[^.]+attack", true);
        check("(.|\\n)*attack", false);
        check("\\w+attack", true);
        check("\\b.*attack", true);
        check("\\b\\w+attack", false);
        check("\\battack.{0,60}\\bon\\b", false);
        check("(attack|.+ing)", true);
    }

    #[test]
    fn what_grows_large_is_slow() {
        check("attack(\\w{1,100} ){1,100}", true);
        // Boundaries beside letters beyond ASCII cost 2.5 times as much: no reason to warn.
        check("\\bd\u{e9}fense", false);
    }
}
