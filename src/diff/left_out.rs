//! What a comparison leaves out, said in sentences: a figure is worth what is
//! known of what it does not count.

use crate::diff::join::Join;
use crate::diff::{Choice, Ground};
use crate::model::{CodedCase, CodedText, Coding, ElementPair, Outcome, Presence, Taxonomy};
use std::collections::BTreeSet;

/// How many names a sentence lists.
const LISTED: usize = 8;

/// Everything that is left out.
pub(super) fn sentences(
    left: &Coding,
    right: &Coding,
    ground: &Ground<'_>,
    pairs: &[ElementPair],
    joined: &Join<'_>,
    choice: &Choice,
) -> Vec<String> {
    let mut said = Vec::new();
    if !choice.agreements.is_empty() || !choice.elements.is_empty() {
        said.push("cells that were not asked for".to_owned());
    }
    for (side, only) in [(left, &joined.left_only), (right, &joined.right_only)] {
        if !only.is_empty() {
            let named = some(only.iter().map(|case| case.agreement.as_str()));
            said.push(format!(
                "{} only in {}: {named}",
                counted(only.len(), "agreement"),
                side.name
            ));
        }
    }
    if ground.left.id != ground.right.id {
        let left_codes: Vec<&str> = pairs.iter().map(|pair| pair.left.as_str()).collect();
        let right_codes: Vec<&str> = pairs.iter().map(|pair| pair.right.as_str()).collect();
        said.extend(unrelated(ground.left, &left_codes));
        said.extend(unrelated(ground.right, &right_codes));
    }
    let left_cases = joined.both.iter().map(|joined| joined.left);
    let right_cases = joined.both.iter().map(|joined| joined.right);
    said.extend(unassessed(left, ground.left, &left_cases.collect::<Vec<_>>()));
    said.extend(unassessed(right, ground.right, &right_cases.collect::<Vec<_>>()));
    for side in [left, right] {
        said.extend(side.left_out.iter().map(|sentence| format!("{}: {sentence}", side.name)));
    }
    // A side compared with itself leaves the same out twice.
    let mut seen = BTreeSet::new();
    said.retain(|sentence| seen.insert(sentence.clone()));
    said
}

/// The elements of an edition that are compared with none of the other.
fn unrelated(taxonomy: &Taxonomy, compared: &[&str]) -> Option<String> {
    let codes = taxonomy.elements.iter().map(|element| element.code.as_str());
    let without: Vec<&str> = codes.filter(|code| !compared.contains(code)).collect();
    let (count, id) = (counted(without.len(), "element"), &taxonomy.id);
    (!without.is_empty()).then(|| {
        format!(
            "{count} of {id} that the crosswalk does not compare: {}",
            some(without.into_iter())
        )
    })
}

/// The cells that a side did not assess, and the texts it did not read whole.
fn unassessed(side: &Coding, taxonomy: &Taxonomy, cases: &[&CodedCase]) -> Vec<String> {
    let missing = |case: &&CodedCase| {
        let elements = taxonomy.elements.iter();
        let assessed = elements.filter(|element| {
            let cell = case.cells.get(&element.code);
            cell.is_some_and(|coded| coded.status != Presence::NotAssessed)
        });
        taxonomy.elements.len() - assessed.count()
    };
    let cells: usize = cases.iter().map(missing).sum();
    let mut said = Vec::new();
    if cells > 0 {
        said.push(format!("{} that {} does not assess", counted(cells, "cell"), side.name));
    }
    said.extend(cases.iter().flat_map(|case| &case.texts).filter_map(unread));
    said
}

fn unread(text: &CodedText) -> Option<String> {
    let how = match text.outcome? {
        Outcome::Read => return None,
        Outcome::Partial => "read in part",
        Outcome::Unread => "unread",
    };
    let why = if text.unread.is_empty() {
        String::new()
    } else {
        format!(": {}", text.unread.join("; "))
    };
    Some(format!("{} was {how}{why}", text.source))
}

/// The first few names, and how many more there are.
pub(super) fn some<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<&str> = names.collect();
    all.dedup();
    let more = all.len().saturating_sub(LISTED);
    let listed = all.iter().take(LISTED).copied().collect::<Vec<_>>().join(", ");
    match (listed.is_empty(), more) {
        (true, _) => "none".to_owned(),
        (false, 0) => listed,
        (false, more) => format!("{listed} and {more} more"),
    }
}

/// `1 cell`, `2 cells`.
fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}
