//! One more pattern in a vocabulary, as an edit of its file: everything else
//! stays as it was written.

use crate::model::SourceFile;
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
    let (places, _) = parse(file, |table, _| {
        let concepts = table.table("concepts")?;
        let items = concepts.texts(concept).unwrap_or_default();
        Some((concepts.place(concept)?, items.last().map(|item| item.span)))
    });
    let (whole, last) = places??;
    let mut text = file.text.clone();
    match last {
        // Right after the last item: behind it a comment may stand.
        Some(item) => text.insert_str(item.end, &format!(", {}", quoted(written))),
        None => text.insert_str(whole.start + 1, &quoted(written)),
    }
    Some(SourceFile::new(file.path.as_str(), text))
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
        check("[\n  \"lake\" # as in it\n]", "[\n  \"lake\", \"a pond\" # as in it\n]");
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
