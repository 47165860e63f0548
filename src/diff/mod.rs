//! Tags × tags → what differs, cell by cell.
//!
//! Two editions are compared through the crosswalk and never without it.
//! Counts no agreement beyond chance, and decides nothing for a person.

mod evidence;
mod impact;
mod join;
mod left_out;
mod merged;
mod reconcile;
mod scores;

pub use evidence::meet;
pub use impact::{PassageChange, passage_changes};
pub use merged::merged;
pub use reconcile::{Sides, reconcile, records, take, value_name};
pub use scores::scores;

use crate::diff::join::{Join, Joined, join};
use crate::model::{
    AgreementId, Change, Coded, Coding, CodingKind, ComparedCase, ComparedCell, Comparison,
    Crosswalk, DevelopmentText, ElementCode, ElementPair, Presence, Relation, RelationKind, Side,
    Taxonomy,
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What two sides are compared on.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// The edition of the first side.
    pub left: &'a Taxonomy,
    /// The edition of the second side.
    pub right: &'a Taxonomy,
    /// How elements of different editions relate.
    pub crosswalk: &'a Crosswalk,
    /// The texts that rules were developed on.
    pub developed: &'a [DevelopmentText],
}

/// What is compared of two sides; everything where nothing is named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// Only these agreements.
    pub agreements: BTreeSet<AgreementId>,
    /// Only these elements, of either edition.
    pub elements: BTreeSet<ElementCode>,
}

/// Why two sides cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incomparable {
    /// They have no agreement in common.
    NothingInCommon {
        /// The first side and some of its agreements.
        left: String,
        /// The second side and some of its agreements.
        right: String,
    },
    /// They are of different editions that no relation of the crosswalk lets
    /// compare.
    NoCrosswalk {
        /// The edition of the first side.
        left: String,
        /// The edition of the second side.
        right: String,
    },
    /// An element was chosen that is not compared.
    UnknownElement {
        /// The element.
        element: ElementCode,
        /// Those that are.
        known: String,
    },
    /// An agreement was chosen that is not in both sides.
    UnknownAgreement {
        /// The agreement.
        agreement: AgreementId,
        /// Those that are.
        known: String,
    },
}

impl fmt::Display for Incomparable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NothingInCommon { left, right } => write!(
                f,
                "the two sides have no agreement in common: {left}; {right}. Agreements are joined \
                 by their id, or by the stem of the file that was coded"
            ),
            Self::NoCrosswalk { left, right } => write!(
                f,
                "{left} and {right} are different taxonomies, and crosswalk.toml has no relation \
                 between them with `compare = true`"
            ),
            Self::UnknownElement { element, known } => {
                write!(f, "there is no element `{element}` to compare; there are {known}")
            }
            Self::UnknownAgreement { agreement, known } => {
                write!(f, "`{agreement}` is not an agreement of both sides; they share {known}")
            }
        }
    }
}

/// Compares two codings, cell by cell, from left to right.
///
/// # Errors
///
/// When there is nothing to compare: no agreement in common, editions without
/// a crosswalk, or a choice of what is not there.
pub fn compare(
    left: &Coding,
    right: &Coding,
    ground: &Ground<'_>,
    choice: &Choice,
) -> Result<Comparison, Incomparable> {
    let all = pairs(ground)?;
    let elements = chosen_elements(&all, choice)?;
    let joined = join(left, right);
    if joined.both.is_empty() {
        let (left, right) = (some_of(left), some_of(right));
        return Err(Incomparable::NothingInCommon { left, right });
    }
    let left_out = left_out::sentences(left, right, ground, &all, &joined, choice);
    let both = chosen_cases(joined, choice)?;
    let mut cells = Vec::new();
    let mut cases = Vec::new();
    for joined in &both {
        let from = cells.len();
        let each = elements.iter().enumerate();
        cells.extend(each.filter_map(|(pair, of)| cell(joined, cases.len(), pair, of)));
        cases.push(case(joined, &cells[from..], left, right, ground));
    }
    let mut counts: BTreeMap<Change, usize> = BTreeMap::new();
    for cell in &cells {
        *counts.entry(cell.change).or_default() += 1;
    }
    let (left, right) = (side(left), side(right));
    Ok(Comparison { left, right, elements, cases, cells, counts, left_out })
}

/// The elements that answer each other.
fn pairs(ground: &Ground<'_>) -> Result<Vec<ElementPair>, Incomparable> {
    let Ground { left, right, crosswalk, .. } = ground;
    let pair = |code: &ElementCode, other: &ElementCode| {
        let element = left.element(code)?;
        Some(ElementPair {
            left: code.clone(),
            right: other.clone(),
            name: element.name.clone(),
            category: element.category.clone(),
            kind: None,
            reason: None,
        })
    };
    if left.id == right.id {
        let all = left.elements.iter().map(|element| &element.code);
        return Ok(all.filter_map(|code| pair(code, code)).collect());
    }
    let compared = crosswalk.relations.iter().filter(|relation| relation.compare);
    let related: Vec<ElementPair> = compared
        .filter_map(|relation| {
            let (from, to, kind) = directed(relation, ground)?;
            let reason = Some(relation.reason.clone());
            Some(ElementPair { kind, reason, ..pair(from, to)? })
        })
        .collect();
    if related.is_empty() {
        let (left, right) = (left.id.to_string(), right.id.to_string());
        return Err(Incomparable::NoCrosswalk { left, right });
    }
    Ok(related)
}

/// A relation read from the first side's edition to the second's.
fn directed<'r>(
    relation: &'r Relation,
    ground: &Ground<'_>,
) -> Option<(&'r ElementCode, &'r ElementCode, Option<RelationKind>)> {
    let (from, to) = (&relation.from, relation.to.as_ref()?);
    if (&from.0, &to.0) == (&ground.left.id, &ground.right.id) {
        return Some((&from.1, &to.1, relation.kind));
    }
    let turned = relation.kind.map(|kind| match kind {
        RelationKind::Same => RelationKind::Same,
        RelationKind::Wider => RelationKind::Narrower,
        RelationKind::Narrower => RelationKind::Wider,
    });
    let back = (&to.0, &from.0) == (&ground.left.id, &ground.right.id);
    back.then_some((&to.1, &from.1, turned))
}

fn chosen_elements(all: &[ElementPair], choice: &Choice) -> Result<Vec<ElementPair>, Incomparable> {
    for element in &choice.elements {
        if !all.iter().any(|pair| pair.left == *element || pair.right == *element) {
            let known: Vec<&str> = all.iter().map(|pair| pair.left.as_str()).collect();
            let (element, known) = (element.clone(), known.join(", "));
            return Err(Incomparable::UnknownElement { element, known });
        }
    }
    let chosen = |pair: &&ElementPair| {
        let of = |code| choice.elements.contains(code);
        choice.elements.is_empty() || of(&pair.left) || of(&pair.right)
    };
    Ok(all.iter().filter(chosen).cloned().collect())
}

fn chosen_cases<'a>(joined: Join<'a>, choice: &Choice) -> Result<Vec<Joined<'a>>, Incomparable> {
    for agreement in &choice.agreements {
        if !joined.both.iter().any(|joined| joined.case.agreement == *agreement) {
            let known = joined.both.iter().map(|joined| joined.case.agreement.as_str());
            let (agreement, known) = (agreement.clone(), left_out::some(known));
            return Err(Incomparable::UnknownAgreement { agreement, known });
        }
    }
    let all = choice.agreements.is_empty();
    let chosen = |joined: &Joined<'_>| all || choice.agreements.contains(&joined.case.agreement);
    Ok(joined.both.into_iter().filter(chosen).collect())
}

/// The cell of both sides; none where neither codes it.
fn cell(
    joined: &Joined<'_>,
    case: usize,
    place: usize,
    pair: &ElementPair,
) -> Option<ComparedCell> {
    let (left, right) = (joined.left.cells.get(&pair.left), joined.right.cells.get(&pair.right));
    if left.is_none() && right.is_none() {
        return None;
    }
    let change = change(left, right);
    let there = |coded: &&Coded| matches!(coded.status, Presence::Present | Presence::Indirect);
    let both = left.filter(there).zip(right.filter(there));
    Some(ComparedCell {
        case,
        pair: place,
        agreement: joined.case.agreement.clone(),
        entry: joined.case.entry.clone(),
        element: pair.left.clone(),
        right_element: (pair.left != pair.right).then(|| pair.right.clone()),
        change,
        left: left.cloned(),
        right: right.cloned(),
        evidence: both.map(|(left, right)| evidence::agreement(left, right)),
    })
}

fn change(left: Option<&Coded>, right: Option<&Coded>) -> Change {
    use Presence::{Absent, Indirect, NotAssessed, Present};
    let value = |coded: Option<&Coded>| coded.map_or(NotAssessed, |coded| coded.status);
    match (value(left), value(right)) {
        (NotAssessed, _) | (_, NotAssessed) => Change::NotComparable,
        (Absent, Indirect | Present) => Change::Added,
        (Indirect | Present, Absent) => Change::Removed,
        (Indirect, Present) => Change::Strengthened,
        (Present, Indirect) => Change::Weakened,
        (Absent, Absent) | (Indirect, Indirect) | (Present, Present) => Change::Same,
    }
}

fn case(
    joined: &Joined<'_>,
    cells: &[ComparedCell],
    left: &Coding,
    right: &Coding,
    ground: &Ground<'_>,
) -> ComparedCase {
    // Either side may be the one that knows the file's name or its bytes.
    let looked_at = |side: &Coding| {
        let is = |text: &DevelopmentText, coded| text.is(joined.case, coded, &side.taxonomy);
        let mut texts = ground.developed.iter();
        side.kind == CodingKind::Proposals
            && texts.any(|text| is(text, joined.left) || is(text, joined.right))
    };
    ComparedCase {
        case: joined.case.clone(),
        compared: cells.iter().filter(|cell| cell.change != Change::NotComparable).count(),
        differ: cells.iter().filter(|cell| cell.change.differs()).count(),
        left_texts: joined.left.texts.clone(),
        right_texts: joined.right.texts.clone(),
        development: looked_at(left) || looked_at(right),
    }
}

/// What is known of a side.
#[must_use]
pub fn side(coding: &Coding) -> Side {
    Side {
        name: coding.name.clone(),
        kind: coding.kind,
        taxonomy: coding.taxonomy.clone(),
        rules: coding.rules.clone(),
        cases: coding.cases.len(),
    }
}

/// A side's name and some of its agreements.
fn some_of(coding: &Coding) -> String {
    let agreements = coding.cases.keys().map(|case| case.agreement.as_str());
    format!("{} has {}", coding.name, left_out::some(agreements))
}
