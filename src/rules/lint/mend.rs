//! Takes out of rule files what a warning shows to have no effect: items of a
//! list that another item of it says already. Everything else a person decides.

use crate::diagnostic::Diagnostic;
use crate::model::{SourceFile, Span};

/// The codes of items that may be taken out: what is found stays the same.
const WITHOUT_EFFECT: [&str; 3] = ["R030", "R037", "R038"];

/// Whether a mistake can be mended without changing what rules find.
#[must_use]
pub fn mendable(mistake: &Diagnostic) -> bool {
    WITHOUT_EFFECT.contains(&mistake.code)
}

/// The files that change when what `found` shows to have no effect is taken
/// out, as they are then.
#[must_use]
pub fn mend(files: &[SourceFile], found: &[Diagnostic]) -> Vec<SourceFile> {
    let mended = files.iter().filter_map(|file| {
        let own = found.iter().filter(|one| one.path == file.path && mendable(one));
        let mut spans: Vec<Span> = own.map(|one| one.span).collect();
        spans.sort_unstable();
        spans.dedup();
        let mut text = file.text.clone();
        // From the end, so that the places before stay where they are.
        for span in spans.iter().rev() {
            take_out(&mut text, *span);
        }
        (!spans.is_empty()).then(|| SourceFile::new(file.path.as_str(), text))
    });
    mended.collect()
}

/// Takes an item out of its list, with its comma, and its line where nothing
/// else is left on it.
fn take_out(text: &mut String, span: Span) {
    let after = text[span.end..].trim_start();
    let (mut start, mut end) = (span.start, span.end);
    if after.starts_with(',') {
        end = text.len() - after.len() + 1;
        let spaces = text[end..].len() - text[end..].trim_start_matches([' ', '\t']).len();
        end += spaces;
    } else if let Some(comma) = text[..start].trim_end().strip_suffix(',') {
        start = comma.len();
    }
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let rest = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
    let alone = text[line..start].trim().is_empty() && text[end..rest].trim().is_empty();
    if alone && rest > line {
        (start, end) = (line, rest);
    }
    text.replace_range(start..end, "");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, items: &[&str], expected: &str) {
        let found: Vec<Diagnostic> = items
            .iter()
            .map(|item| {
                let at = text.find(item).expect("the item is there");
                let span = Span::new(at, at + item.len());
                Diagnostic::error("R037", "x.toml", span, "listed twice", "again")
            })
            .collect();
        let mended = mend(&[SourceFile::new("x.toml", text)], &found);
        assert_eq!(mended[0].text, expected);
    }

    #[test]
    fn an_item_goes_with_its_comma_and_its_line() {
        check("a = [\"b\", \"c\", \"d\"]\n", &["\"c\""], "a = [\"b\", \"d\"]\n");
        check("a = [\"b\", \"c\", \"d\"]\n", &["\"c\"", "\"d\""], "a = [\"b\"]\n");
        check("a = [\n  \"b\",\n  \"c\",\n]\n", &["\"c\""], "a = [\n  \"b\",\n]\n");
        check("a = [\n  \"b\", \"c\",\n  \"d\"\n]\n", &["\"d\""], "a = [\n  \"b\", \"c\"\n]\n");
    }
}
