//! Which agreements have the same elements: Jaccard's coefficient (1901) of
//! the elements present, and groups by average linkage (Sokal and Michener
//! 1958).

use crate::mapping::Mapping;
use crate::model::AgreementId;
use serde::Serialize;
use std::collections::BTreeSet;

/// Two groups whose agreements are, on average, less alike than this are not
/// joined.
const LEAST: f64 = 0.5;

/// How alike agreements are.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Similarity {
    /// For each agreement of the mapping, the one most like it.
    pub nearest: Vec<Neighbour>,
    /// Groups of alike agreements, largest first; agreements that are like no
    /// other stand alone and are left out.
    pub groups: Vec<Vec<AgreementId>>,
    /// All agreements, so that alike ones stand side by side.
    pub order: Vec<AgreementId>,
}

/// An agreement and the one most like it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Neighbour {
    /// The agreement.
    pub agreement: AgreementId,
    /// The one most like it; the earlier of equals.
    pub nearest: AgreementId,
    /// Jaccard's coefficient: elements present in both by elements present in
    /// either, from 0 to 1.
    pub alike: f64,
    /// How many elements are present in both.
    pub both: usize,
}

/// Compares the agreements of a mapping. An agreement without any element is
/// like none.
#[must_use]
pub fn similarity(mapping: &Mapping) -> Similarity {
    let sets: Vec<BTreeSet<usize>> =
        mapping.agreements.iter().map(|one| one.present().collect()).collect();
    let alike: Vec<Vec<f64>> =
        sets.iter().map(|one| sets.iter().map(|other| jaccard(one, other)).collect()).collect();
    let id = |at: usize| mapping.agreements[at].id.clone();
    let nearest = (0..sets.len()).filter_map(|at| {
        let others = (0..sets.len()).filter(|other| *other != at);
        let best = others.max_by(|&a, &b| alike[at][a].total_cmp(&alike[at][b]).then(b.cmp(&a)))?;
        Some(Neighbour {
            agreement: id(at),
            nearest: id(best),
            alike: alike[at][best],
            both: sets[at].intersection(&sets[best]).count(),
        })
    });
    let (groups, order) = linked(&alike);
    let named = |group: &Vec<usize>| group.iter().map(|&at| id(at)).collect();
    Similarity {
        nearest: nearest.collect(),
        groups: groups.iter().map(named).collect(),
        order: order.into_iter().map(id).collect(),
    }
}

fn jaccard(one: &BTreeSet<usize>, other: &BTreeSet<usize>) -> f64 {
    let either = one.union(other).count();
    if either == 0 { 0.0 } else { one.intersection(other).count() as f64 / either as f64 }
}

/// The groups joined down to [`LEAST`], and the order of joining all.
fn linked(alike: &[Vec<f64>]) -> (Vec<Vec<usize>>, Vec<usize>) {
    let mut clusters: Vec<Vec<usize>> = (0..alike.len()).map(|at| vec![at]).collect();
    let mut groups = None;
    while clusters.len() > 1 {
        let (mean, a, b) = closest(&clusters, alike);
        if mean < LEAST && groups.is_none() {
            groups = Some(clusters.clone());
        }
        let joined = clusters.remove(b);
        clusters[a].extend(joined);
    }
    let mut groups = groups.unwrap_or_else(|| clusters.clone());
    groups.retain(|group| group.len() > 1);
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    (groups, clusters.into_iter().flatten().collect())
}

/// The two clusters that are most alike, the first of equals.
fn closest(clusters: &[Vec<usize>], alike: &[Vec<f64>]) -> (f64, usize, usize) {
    let mut best = (f64::NEG_INFINITY, 0, 1);
    for (a, one) in clusters.iter().enumerate() {
        for (b, other) in clusters.iter().enumerate().skip(a + 1) {
            let pairs = one.iter().flat_map(|&x| other.iter().map(move |&y| alike[x][y]));
            let mean = pairs.sum::<f64>() / (one.len() * other.len()) as f64;
            if mean > best.0 {
                best = (mean, a, b);
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alike_ones_are_joined_and_the_odd_one_is_left_out() {
        let alike = vec![
            vec![1.0, 0.9, 0.1, 0.1, 0.0],
            vec![0.9, 1.0, 0.2, 0.1, 0.0],
            vec![0.1, 0.2, 1.0, 0.8, 0.0],
            vec![0.1, 0.1, 0.8, 1.0, 0.0],
            vec![0.0, 0.0, 0.0, 0.0, 1.0],
        ];
        let (groups, order) = linked(&alike);
        assert_eq!(groups, [[0, 1], [2, 3]]);
        assert_eq!(order, [0, 1, 2, 3, 4]);
        assert_eq!(linked(&[]), (vec![], vec![]));
    }

    #[test]
    fn jaccard_is_what_both_have_of_what_either_has() {
        let set = |elements: &[usize]| elements.iter().copied().collect();
        assert!((jaccard(&set(&[1, 2, 3]), &set(&[2, 3, 4])) - 0.5).abs() < 1e-12);
        assert!(jaccard(&set(&[]), &set(&[])).abs() < 1e-12);
    }
}
