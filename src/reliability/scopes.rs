//! A table → its scopes, each as counts of like cells, by what the bootstrap
//! draws.
//!
//! Cells with the same ratings are interchangeable, so a scope holds how
//! often each pattern of ratings occurs in each cluster; a round of the
//! bootstrap adds up those small lists and never sees a cell.

use super::score::{Reading, Resampled, Scope};
use super::table::{Cell, Table};
use std::collections::BTreeMap;

/// Cells that no figure tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Slot {
    /// The element's number within the scope, where macro figures need it.
    pub(super) element: usize,
    /// What two coders said, in their order; of more coders, nothing.
    pub(super) pair: Option<[usize; 2]>,
    /// How many coders gave each value.
    pub(super) counts: [u16; 3],
}

/// One scope of a table.
pub(super) struct ScopeCells {
    pub(super) scope: Scope,
    /// The patterns that occur, sorted.
    pub(super) slots: Vec<Slot>,
    /// How often each occurs.
    pub(super) totals: Vec<u64>,
    pub(super) clusters: Clusters,
    /// For each coder, how often it gave each value in cells with two
    /// ratings or more.
    pub(super) given: Vec<[u64; 3]>,
}

/// What the bootstrap draws, and in which of them each slot has its cells.
pub(super) struct Clusters {
    pub(super) resampled: Resampled,
    count: usize,
    /// Where the entries of each slot begin, and where the last ends.
    starts: Vec<usize>,
    /// Cluster and how many cells of the slot it has, by slot.
    entries: Vec<(u32, u32)>,
}

impl Clusters {
    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// How many slots there are.
    pub(super) fn slots(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many cells each slot has where each cluster is taken so many times.
    pub(super) fn total(&self, times: &[u32], totals: &mut [u64]) {
        for (total, range) in totals.iter_mut().zip(self.starts.windows(2)) {
            let entries = &self.entries[range[0]..range[1]];
            let cells = |&(cluster, cells): &(u32, u32)| {
                u64::from(times[cluster as usize]) * u64::from(cells)
            };
            *total = entries.iter().map(cells).sum();
        }
    }
}

/// The scopes of a table that has them: pooled first, then by label.
pub(super) fn scopes(table: &Table, wanted: impl Fn(&Scope) -> bool) -> Vec<ScopeCells> {
    let mut by_scope: BTreeMap<Scope, Vec<&Cell>> = BTreeMap::new();
    by_scope.insert(Scope::Pooled, Vec::new());
    for cell in table.cells() {
        let category = cell.category.clone().map(Scope::Category);
        let others =
            [Scope::Element(cell.element.clone()), Scope::Agreement(cell.agreement.clone())];
        for scope in [Scope::Pooled].into_iter().chain(category).chain(others) {
            if wanted(&scope) {
                by_scope.entry(scope).or_default().push(cell);
            }
        }
    }
    let coders = table.coders().len();
    by_scope.into_iter().map(|(scope, cells)| ScopeCells::of(scope, &cells, coders)).collect()
}

impl ScopeCells {
    fn of(scope: Scope, cells: &[&Cell], coders: usize) -> Self {
        let macros = coders == 2 && matches!(scope, Scope::Pooled | Scope::Category(_));
        let mut elements: Vec<&str> = cells.iter().map(|cell| cell.element.as_str()).collect();
        elements.sort_unstable();
        elements.dedup();
        let mut rated: Vec<(&str, Slot)> = Vec::with_capacity(cells.len());
        let mut given = vec![[0; 3]; coders];
        for cell in cells {
            let element = elements.binary_search(&cell.element.as_str()).unwrap_or_default();
            let slot = Slot::of(cell, if macros { element } else { 0 });
            if slot.ratings() > 0 {
                rated.push((&cell.agreement, slot));
            }
            if slot.ratings() > 1 {
                count(cell, &mut given);
            }
        }
        // The order of rows is forgotten here.
        rated.sort_unstable();
        let mut slots: Vec<Slot> = rated.iter().map(|&(_, slot)| slot).collect();
        slots.sort_unstable();
        slots.dedup();
        let clusters = Clusters::of(&rated, &slots);
        let mut totals = vec![0; slots.len()];
        clusters.total(&vec![1; clusters.len()], &mut totals);
        Self { scope, slots, totals, clusters, given }
    }

    /// How many cells each coder calls positive, and how many negative.
    pub(super) fn sides(&self, reading: Reading) -> (Vec<u64>, Vec<u64>) {
        let from = reading.threshold();
        let sum = |values: &[u64]| values.iter().sum::<u64>();
        let split = |given: &[u64; 3]| (sum(&given[from..]), sum(&given[..from]));
        self.given.iter().map(split).unzip()
    }
}

impl Slot {
    fn of(cell: &Cell, element: usize) -> Self {
        let mut counts = [0; 3];
        for value in cell.values.iter().flatten() {
            counts[value.place()] += 1;
        }
        // Missing is a fourth value of the pair.
        let place = |coder: usize| cell.values[coder].map_or(MISSING, super::Value::place);
        let two = cell.values.len() == 2;
        Self { element, pair: two.then(|| [place(0), place(1)]), counts }
    }

    pub(super) fn ratings(&self) -> u16 {
        self.counts.iter().sum()
    }
}

/// The place of a missing rating in a pair.
pub(super) const MISSING: usize = 3;

fn count(cell: &Cell, given: &mut [[u64; 3]]) {
    for (given, value) in given.iter_mut().zip(&cell.values) {
        if let Some(value) = value {
            given[value.place()] += 1;
        }
    }
}

impl Clusters {
    /// Of cells sorted by agreement and slot.
    fn of(rated: &[(&str, Slot)], slots: &[Slot]) -> Self {
        let mut agreements: Vec<&str> =
            rated.iter().filter(|(_, slot)| slot.ratings() > 1).map(|&(name, _)| name).collect();
        agreements.dedup();
        let several = agreements.len() > 1;
        let resampled = if several { Resampled::Agreements } else { Resampled::Cells };
        let mut cells: BTreeMap<(usize, u32), u32> = BTreeMap::new();
        let (mut count, mut last) = (0, None);
        for (name, slot) in rated {
            if !several || last != Some(name) {
                count += 1;
            }
            last = Some(name);
            let slot = slots.binary_search(slot).unwrap_or_default();
            *cells.entry((slot, count - 1)).or_default() += 1;
        }
        let mut starts = vec![0; slots.len() + 1];
        for &(slot, _) in cells.keys() {
            starts[slot + 1] += 1;
        }
        for slot in 0..slots.len() {
            starts[slot + 1] += starts[slot];
        }
        let entries = cells.iter().map(|(&(_, cluster), &cells)| (cluster, cells)).collect();
        Self { resampled, count: count as usize, starts, entries }
    }
}
