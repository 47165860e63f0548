//! Which cases of two codings are the same: by the agreement's id, or by the
//! stem of a file it was coded from.

use crate::model::{Case, CodedCase, Coding};
use std::collections::{BTreeMap, BTreeSet};

/// A case of both sides.
pub(super) struct Joined<'a> {
    /// The case, as the side names it that knows the agreement.
    pub(super) case: &'a Case,
    /// What the first side says.
    pub(super) left: &'a CodedCase,
    /// What the second side says.
    pub(super) right: &'a CodedCase,
}

/// The cases of both sides, in order, and those of one side only.
pub(super) struct Join<'a> {
    /// Cases of both sides.
    pub(super) both: Vec<Joined<'a>>,
    /// Cases of the first side only.
    pub(super) left_only: Vec<&'a Case>,
    /// Cases of the second side only.
    pub(super) right_only: Vec<&'a Case>,
}

/// Joins the cases of two codings.
pub(super) fn join<'a>(left: &'a Coding, right: &'a Coding) -> Join<'a> {
    let mut names: BTreeMap<(&str, Option<&str>), &Case> = BTreeMap::new();
    for (case, coded) in &right.cases {
        for name in names_of(case, coded) {
            names.entry((name, case.entry.as_deref())).or_insert(case);
        }
    }
    let mut taken: BTreeSet<&Case> = BTreeSet::new();
    let mut join = Join { both: Vec::new(), left_only: Vec::new(), right_only: Vec::new() };
    for (case, coded) in &left.cases {
        // A case that stands on both sides under its own name goes first.
        let own = right.cases.get_key_value(case).map(|(case, _)| case);
        let mut by_name = names_of(case, coded)
            .filter_map(|name| names.get(&(name, case.entry.as_deref())).copied())
            .filter(|other| !left.cases.contains_key(*other));
        let Some(other) = own.or_else(|| by_name.next()).filter(|other| taken.insert(other)) else {
            join.left_only.push(case);
            continue;
        };
        let right = &right.cases[other];
        let case = if knows_agreement(case, coded) { case } else { other };
        join.both.push(Joined { case, left: coded, right });
    }
    join.both.sort_by_key(|joined| joined.case);
    join.right_only = right.cases.keys().filter(|case| !taken.contains(case)).collect();
    join
}

/// The names a case can be found by, its id first.
fn names_of<'a>(case: &'a Case, coded: &'a CodedCase) -> impl Iterator<Item = &'a str> {
    std::iter::once(case.agreement.as_str()).chain(coded.stems.iter().map(String::as_str))
}

/// Whether the case is named by more than the stem of its file.
fn knows_agreement(case: &Case, coded: &CodedCase) -> bool {
    !coded.stems.contains(case.agreement.as_str())
}
