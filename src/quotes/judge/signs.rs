//! Signs between letters that bear meaning: decimal points, per cent.

use crate::model::DifferenceKind;
use crate::quotes::judge::Judge;
use crate::quotes::letters::Letters;
use crate::quotes::seeds::Run;

/// Signs without which a text says something else.
const MEANING: &[char] =
    &['%', '‰', '°', '$', '€', '£', '¥', '+', '±', '=', '<', '>', '≤', '≥', '×', '÷', '≠'];

impl Judge<'_> {
    /// Compares what stands between the letters of a run.
    pub(super) fn symbols(&mut self, run: Run) {
        for by in 1..run.length {
            let (asked, text) = (run.asked + by, run.text + by);
            if !self.asked.letters.breaks_before(asked) && !self.text.breaks_before(text) {
                continue;
            }
            if self.asked.cuts(asked, asked).iter().any(|cut| cut.sign.hides()) {
                continue;
            }
            let (ours, theirs) = (self.asked.letters.gap(asked), self.text.gap(text));
            // Hidden parts stand in the gap with their words.
            if theirs.contains(char::is_alphanumeric) {
                continue;
            }
            let meaning =
                |gap: &str| gap.chars().filter(|c| MEANING.contains(c)).collect::<String>();
            if meaning(ours) != meaning(theirs) || self.other_number(asked, ours, theirs) {
                let around = |letters: &Letters<'_>, at: usize| around(letters, at);
                let (quote, shown) = (around(&self.asked.letters, asked), around(self.text, text));
                self.show(DifferenceKind::Symbol, asked, &quote, &shown);
            }
        }
    }

    /// Whether digits are parted on one side as a decimal is, and on the other
    /// not.
    fn other_number(&self, at: usize, ours: &str, theirs: &str) -> bool {
        let bytes = &self.asked.letters.bytes;
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        if !digit(at - 1) || !digit(at) {
            return false;
        }
        let point = |gap: &str| matches!(gap, "." | "," | "/" | ":");
        if ours.is_empty() || theirs.is_empty() {
            let other = if ours.is_empty() { theirs } else { ours };
            let thousands = (0..3).all(|by| digit(at + by))
                && (!digit(at + 3) || self.asked.letters.breaks_before(at + 3))
                && matches!(other, "," | "." | "’" | "'");
            // A space alone may come from the page.
            return !other.trim_matches(' ').is_empty() && !thousands;
        }
        let (ours, theirs) = (ours.trim(), theirs.trim());
        point(ours) && point(theirs) && ours != theirs
    }
}

/// The words on both sides of a gap.
fn around(letters: &Letters<'_>, at: usize) -> String {
    let (mut from, mut to) = (at - 1, at + 1);
    while from > 0 && !letters.breaks_before(from) {
        from -= 1;
    }
    while to < letters.len() && !letters.breaks_before(to) {
        to += 1;
    }
    letters.span(from, to).cut(letters.text).unwrap_or_default().to_owned()
}
