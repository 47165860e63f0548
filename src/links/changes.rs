//! In what a text differs from an earlier one, paragraph by paragraph.

use crate::model::{ChangedLine, TextChanges};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Paragraphs that are shown of a difference.
const SHOWN: usize = 200;

/// The changes from `before` to `now`; none where the words are the same. White
/// space is no word.
#[must_use]
pub fn changes(before: &[String], now: &[String]) -> Option<TextChanges> {
    let (before, now) = (folded(before), folded(now));
    // The same words, cut into other paragraphs, are the same text.
    if before.join(" ") == now.join(" ") {
        return None;
    }
    let mut found = TextChanges::default();
    for op in capture_diff_slices(Algorithm::Myers, &before, &now) {
        let (DiffOp::Delete { .. } | DiffOp::Insert { .. } | DiffOp::Replace { .. }) = op else {
            continue;
        };
        let (removed, added) = (&before[op.old_range()], &now[op.new_range()]);
        found.removed += removed.len();
        found.added += added.len();
        // What was put in stands under what it was put in place of.
        let most = removed.len().max(added.len());
        let pairs = (0..most).flat_map(|at| {
            [removed.get(at).map(|text| (false, text)), added.get(at).map(|text| (true, text))]
        });
        for (added, text) in pairs.flatten() {
            if found.lines.len() < SHOWN {
                found.lines.push(ChangedLine { added, text: text.clone() });
            }
        }
    }
    Some(found)
}

fn folded(paragraphs: &[String]) -> Vec<String> {
    let fold = |text: &String| text.split_whitespace().collect::<Vec<&str>>().join(" ");
    paragraphs.iter().map(fold).filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(before: &[&str], now: &[&str]) -> Option<TextChanges> {
        let owned = |text: &[&str]| text.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        changes(&owned(before), &owned(now))
    }

    #[test]
    fn white_space_and_breaks_of_paragraphs_are_no_change() {
        assert_eq!(of(&["a  b", "c"], &["a b", "c"]), None);
        assert_eq!(of(&["a b", "c"], &["a b c"]), None);
    }

    #[test]
    fn a_word_is_one() {
        let changed = of(&["one", "States shall act."], &["one", "States may act."]).unwrap();
        assert_eq!((changed.removed, changed.added), (1, 1));
        assert_eq!(changed.lines[1].text, "States may act.");
        assert!(changed.lines[1].added);
    }
}
