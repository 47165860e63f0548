//! One more pattern in a vocabulary, as an edit of its file: everything else
//! stays as it was written.

use crate::model::{SourceFile, Span};
use crate::rules::{parse, split};

/// The vocabulary of `language` among `files` with `written` added to
/// `concept`; none where there is no such vocabulary, or it lacks the concept.
#[must_use]
pub fn add_pattern(
    files: &[SourceFile],
    language: &str,
    concept: &str,
    written: &str,
) -> Option<SourceFile> {
    let name = format!("{language}.toml");
    let file = files.iter().find(|file| split(&file.path) == ("vocabulary", name.as_str()))?;
    let (place, _) = parse(file, |table, _| table.table("concepts")?.place(concept));
    let mut text = file.text.clone();
    insert(&mut text, place??, &quoted(written));
    Some(SourceFile::new(file.path.as_str(), text))
}

/// Puts an item at the end of the list at `span`, on the line of the last one.
fn insert(text: &mut String, span: Span, item: &str) {
    let end = span.end.saturating_sub(1);
    let body = text[span.start..end].trim_end();
    let at = span.start + body.len();
    let item = match body.chars().next_back() {
        // `[` where the list is empty.
        Some('[') => item.to_owned(),
        Some(',') => format!(" {item},"),
        _ => format!(", {item}"),
    };
    text.insert_str(at, &item);
}

/// A pattern as TOML writes it.
#[must_use]
pub fn quoted(written: &str) -> String {
    let escaped = written.replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(list: &str, expected: &str) {
        let text = |list: &str| format!("[concepts]\nlake = {list}\nsea = [\"sea\"]\n");
        let files = [SourceFile::new("rules/vocabulary/en.toml", text(list))];
        let edited = add_pattern(&files, "en", "lake", "a pond").expect("the concept is there");
        assert_eq!(edited.text, text(expected));
    }

    #[test]
    fn a_pattern_is_added_where_the_list_ends() {
        check("[\"lake\"]", "[\"lake\", \"a pond\"]");
        check("[\n  \"lake\",\n]", "[\n  \"lake\", \"a pond\",\n]");
        check("[\n  \"lake\"\n]", "[\n  \"lake\", \"a pond\"\n]");
    }

    #[test]
    fn what_is_not_there_is_not_edited() {
        let files = [SourceFile::new("rules/vocabulary/en.toml", "[concepts]\nlake = [\"l\"]\n")];
        assert_eq!(add_pattern(&files, "fr", "lake", "x"), None);
        assert_eq!(add_pattern(&files, "en", "sea", "x"), None);
        assert_eq!(quoted("a\"b\\c"), "\"a\\\"b\\\\c\"");
    }
}
