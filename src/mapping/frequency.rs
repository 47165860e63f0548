//! How many agreements have an element.

use crate::mapping::Mapping;
use crate::model::Presence;
use crate::reliability::wilson;
use serde::Serialize;

/// A share of agreements, with Wilson's 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// How many have it.
    pub part: usize,
    /// How many were assessed.
    pub whole: usize,
    /// The share, from 0 to 1; 0 of nothing.
    pub share: f64,
    /// The lower bound.
    pub low: f64,
    /// The upper bound.
    pub high: f64,
}

/// `part` of `whole` agreements. Of nothing, the interval is from 0 to 1.
#[must_use]
pub fn share(part: usize, whole: usize) -> Share {
    let (low, high) = wilson(part as u64, whole as u64).unwrap_or((0.0, 1.0));
    let share = if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    Share { part, whole, share, low, high }
}

/// How frequent an element, or a category, is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frequency {
    /// The code of the element or the category.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The code of the element's category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// The agreements in which it is present: for a category, any of its
    /// elements.
    pub present: Share,
    /// The agreements in which it is at most indirect.
    pub indirect: usize,
    /// The agreements for which nothing is recorded.
    pub not_assessed: usize,
}

/// The frequency of every element, and of every category, each in the
/// taxonomy's order.
#[must_use]
pub fn frequencies(mapping: &Mapping) -> (Vec<Frequency>, Vec<Frequency>) {
    let taxonomy = &mapping.taxonomy;
    let elements = taxonomy.elements.iter().enumerate().map(|(at, element)| {
        let category = element.category.clone();
        frequency(mapping, element.code.as_str(), &element.name, category, &[at])
    });
    let categories = taxonomy.categories.iter().map(|category| {
        let own = taxonomy.elements.iter().enumerate();
        let own = own.filter(|(_, element)| element.category.as_ref() == Some(&category.code));
        let own: Vec<usize> = own.map(|(at, _)| at).collect();
        frequency(mapping, &category.code, &category.name, None, &own)
    });
    (elements.collect(), categories.collect())
}

fn frequency(
    mapping: &Mapping,
    code: &str,
    name: &str,
    category: Option<String>,
    elements: &[usize],
) -> Frequency {
    let best = mapping.agreements.iter().map(|agreement| {
        let cells = elements.iter().map(|&at| agreement.cells[at].presence);
        let known = cells.filter(|presence| *presence != Presence::NotAssessed).max();
        known.unwrap_or(Presence::NotAssessed)
    });
    let best: Vec<Presence> = best.collect();
    let count = |presence| best.iter().filter(|one| **one == presence).count();
    let not_assessed = count(Presence::NotAssessed);
    Frequency {
        code: code.to_owned(),
        name: name.to_owned(),
        category,
        present: share(count(Presence::Present), best.len() - not_assessed),
        indirect: count(Presence::Indirect),
        not_assessed,
    }
}
