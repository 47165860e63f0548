//! What a change to the rules does to a cell: which passages appear, and which
//! are found no more.

use crate::model::{Coded, CodedPassage, ComparedCell, Comparison, Presence};

/// The passages of one cell that only one side has.
#[derive(Debug, Clone, PartialEq)]
pub struct PassageChange<'a> {
    /// The cell.
    pub cell: &'a ComparedCell,
    /// Passages that only the first side has.
    pub vanished: Vec<&'a CodedPassage>,
    /// Passages that only the second side has.
    pub appeared: Vec<&'a CodedPassage>,
}

/// The cells of which the value or a passage differs, in order. Passages are
/// the same where their words and their place are.
#[must_use]
pub fn passage_changes(comparison: &Comparison) -> Vec<PassageChange<'_>> {
    let all = comparison.cells.iter().map(|cell| PassageChange {
        cell,
        vanished: only(cell.left.as_ref(), cell.right.as_ref()),
        appeared: only(cell.right.as_ref(), cell.left.as_ref()),
    });
    all.filter(|change| {
        let values = [&change.cell.left, &change.cell.right].map(|coded| value(coded.as_ref()));
        let differs = values[0] != values[1];
        differs || !change.vanished.is_empty() || !change.appeared.is_empty()
    })
    .collect()
}

fn value(coded: Option<&Coded>) -> Option<Presence> {
    coded.map(|coded| coded.status)
}

/// The passages of `one` that `other` does not have.
fn only<'a>(one: Option<&'a Coded>, other: Option<&Coded>) -> Vec<&'a CodedPassage> {
    let others = other.map_or(&[][..], |coded| coded.evidence.as_slice());
    let same = |one: &CodedPassage, other: &CodedPassage| {
        (&one.quote, &one.citation, &one.source) == (&other.quote, &other.citation, &other.source)
    };
    let own = one.map_or(&[][..], |coded| coded.evidence.as_slice());
    own.iter().filter(|passage| !others.iter().any(|other| same(passage, other))).collect()
}
