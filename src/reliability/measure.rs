//! Counts of like cells → every coefficient that is asked for.

use super::confusion::Confusion;
use super::scopes::{MISSING, ScopeCells, Slot};
use super::score::{Name, Reading};
use super::tally::{Metric, Tally};
use super::weights::Weights;

/// A figure to compute.
pub(super) type Figure = (Reading, Name);

/// What figures are asked of a scope.
#[derive(Debug, Clone, Copy)]
pub(super) struct Question {
    /// Two coders, or more.
    pub(super) two: bool,
    /// Which of two coders is the reference.
    pub(super) reference: Option<usize>,
    /// Whether the scope has more than one element.
    pub(super) elements: bool,
}

impl Question {
    /// The figures that can be asked, in the order of scores.
    pub(super) fn figures(self) -> Vec<Figure> {
        let of = |reading| {
            Name::ALL
                .into_iter()
                .filter(move |&name| self.has(reading, name))
                .map(move |name| (reading, name))
        };
        Reading::ALL.into_iter().flat_map(of).collect()
    }

    fn has(self, reading: Reading, name: Name) -> bool {
        let ordered = reading == Reading::Values;
        match name {
            Name::Agreement | Name::Alpha | Name::Ac1 => true,
            Name::AlphaOrdinal | Name::Ac2 => ordered,
            Name::Kappa => self.two,
            Name::KappaLinear | Name::KappaQuadratic => self.two && ordered,
            Name::FleissKappa => !self.two,
            Name::Precision | Name::Recall | Name::F1 => {
                self.two && !ordered && self.reference.is_some()
            }
            Name::MacroPrecision | Name::MacroRecall | Name::MacroF1 => {
                self.elements && self.two && !ordered && self.reference.is_some()
            }
        }
    }
}

/// What of a scope stays the same in every round.
pub(super) struct Plan {
    question: Question,
    /// The distinct ratings of cells, whatever their element.
    patterns: Vec<Pattern>,
    /// The pattern of each slot, and its element.
    slots: Vec<(usize, usize)>,
    elements: usize,
}

struct Pattern {
    pair: Option<[usize; 2]>,
    cell: Tally<3>,
}

impl Plan {
    pub(super) fn of(slots: &[Slot], question: Question) -> Self {
        let bare = |slot: &Slot| Slot { element: 0, ..*slot };
        let mut kinds: Vec<Slot> = slots.iter().map(bare).collect();
        kinds.sort_unstable();
        kinds.dedup();
        let number = |slot| kinds.binary_search(&bare(slot)).unwrap_or_default();
        let pattern = |slot: &Slot| {
            let both = |pair: &[usize; 2]| !pair.contains(&MISSING);
            Pattern { pair: slot.pair.filter(both), cell: Tally::of_cell(slot.counts) }
        };
        Self {
            question,
            patterns: kinds.iter().map(pattern).collect(),
            slots: slots.iter().map(|slot| (number(slot), slot.element)).collect(),
            elements: if question.elements {
                slots.last().map_or(0, |last| last.element + 1)
            } else {
                0
            },
        }
    }

    /// The sums of cells of which each slot has so many.
    pub(super) fn sums(&self, totals: &[u64]) -> Sums {
        let mut by_element = vec![Confusion::<3>::default(); self.elements];
        let mut by_pattern = vec![0; self.patterns.len()];
        for (&(pattern, element), &cells) in self.slots.iter().zip(totals) {
            by_pattern[pattern] += cells;
            if self.elements > 0
                && let Some([first, second]) = self.patterns[pattern].pair
            {
                by_element[element].counts[first][second] += cells;
            }
        }
        let mut values = Read::<3>::default();
        for (pattern, cells) in self.patterns.iter().zip(by_pattern) {
            values.tally.add(&pattern.cell, cells);
            if let Some([first, second]) = pattern.pair {
                values.confusion.counts[first][second] += cells;
            }
        }
        let transposed = self.question.reference == Some(1);
        let two = |reading| values.merged(merging(reading), transposed, &by_element);
        Sums { present: two(Reading::Present), any: two(Reading::Any), values }
    }
}

/// The sums that figures are computed from, by reading.
pub(super) struct Sums {
    present: Read<2>,
    any: Read<2>,
    pub(super) values: Read<3>,
}

/// The sums of one reading.
#[derive(Default)]
pub(super) struct Read<const K: usize> {
    pub(super) confusion: Confusion<K>,
    /// The same with the reference first.
    against: Confusion<K>,
    pub(super) tally: Tally<K>,
    /// Precision, recall and F1, each summed over the elements that have it,
    /// with their number.
    macros: [(f64, u64); 3],
}

impl Read<3> {
    /// As a reading of two values: value `v` becomes `into[v]`.
    fn merged(&self, into: [usize; 3], transposed: bool, elements: &[Confusion<3>]) -> Read<2> {
        let against = |confusion: &Confusion<3>| {
            let two = confusion.merged::<2>(into);
            if transposed { two.transposed() } else { two }
        };
        let mut macros = [(0.0, 0); 3];
        for element in elements {
            let element = against(element);
            let figures = [element.precision(), element.recall(), element.f1()];
            for ((sum, elements), figure) in macros.iter_mut().zip(figures) {
                *sum += figure.unwrap_or_default();
                *elements += u64::from(figure.is_some());
            }
        }
        Read {
            confusion: self.confusion.merged(into),
            against: against(&self.confusion),
            tally: self.tally.merged(into),
            macros,
        }
    }
}

impl Sums {
    /// One figure; `None` where it is 0/0.
    pub(super) fn figure(&self, (reading, name): Figure) -> Option<f64> {
        match (reading, name) {
            (Reading::Present, _) => self.present.figure(name),
            (Reading::Any, _) => self.any.figure(name),
            (_, Name::KappaLinear) => self.values.confusion.kappa(&Weights::linear()),
            (_, Name::KappaQuadratic) => self.values.confusion.kappa(&Weights::quadratic()),
            (_, Name::AlphaOrdinal) => self.values.tally.alpha(Metric::Ordinal),
            (_, Name::Ac2) => self.values.tally.ac(&Weights::ordinal()),
            _ => self.values.unordered(name),
        }
    }

    /// Part and whole, of a figure that is a proportion of cells.
    pub(super) fn proportion(&self, (reading, name): Figure, two: bool) -> Option<(u64, u64)> {
        let values = &self.values.confusion;
        let read = if reading == Reading::Present { &self.present } else { &self.any };
        match name {
            Name::Agreement if !two => None,
            Name::Agreement if reading == Reading::Values => Some((values.agreed(), values.n())),
            Name::Agreement => Some((read.confusion.agreed(), read.confusion.n())),
            Name::Precision => Some(read.against.precision_of()),
            Name::Recall => Some(read.against.recall_of()),
            _ => None,
        }
    }

    /// Over how many elements a macro figure is averaged.
    pub(super) fn elements(&self, (reading, name): Figure) -> Option<u64> {
        let read = if reading == Reading::Present { &self.present } else { &self.any };
        which(name).map(|which| read.macros[which].1)
    }
}

impl Read<2> {
    fn figure(&self, name: Name) -> Option<f64> {
        if let Some(which) = which(name) {
            let (sum, elements) = self.macros[which];
            return (elements > 0).then(|| sum / elements as f64);
        }
        match name {
            Name::Precision => self.against.precision(),
            Name::Recall => self.against.recall(),
            Name::F1 => self.against.f1(),
            _ => self.unordered(name),
        }
    }
}

impl<const K: usize> Read<K> {
    /// What does not ask for an order of values.
    fn unordered(&self, name: Name) -> Option<f64> {
        match name {
            Name::Agreement => self.tally.agreement(),
            Name::Kappa => self.confusion.kappa(&Weights::identity()),
            Name::FleissKappa => self.tally.fleiss(&Weights::identity()),
            Name::Alpha => self.tally.alpha(Metric::Nominal),
            Name::Ac1 => self.tally.ac(&Weights::identity()),
            _ => None,
        }
    }
}

/// The place of a macro figure among three.
fn which(name: Name) -> Option<usize> {
    match name {
        Name::MacroPrecision => Some(0),
        Name::MacroRecall => Some(1),
        Name::MacroF1 => Some(2),
        _ => None,
    }
}

/// Which of two values each of the three becomes.
fn merging(reading: Reading) -> [usize; 3] {
    let from = reading.threshold();
    std::array::from_fn(|value| usize::from(value >= from))
}

/// What is asked of a scope.
pub(super) fn question(cells: &ScopeCells, coders: usize, reference: Option<usize>) -> Question {
    let element = |slot: &Slot| slot.element;
    let several = cells.slots.first().map(element) != cells.slots.last().map(element);
    Question { two: coders == 2, reference, elements: several }
}
