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

/// The sums that figures are computed from.
pub(super) struct Sums {
    pub(super) confusion: Confusion<3>,
    pub(super) tally: Tally<3>,
    /// Of two coders, the reference first, by element.
    by_element: Vec<Confusion<3>>,
}

impl Sums {
    /// The sums of cells of which each slot has so many.
    pub(super) fn of(slots: &[Slot], totals: &[u64], question: Question) -> Self {
        let mut tally = Tally::default();
        let mut confusion = Confusion::default();
        let mut by_element: Vec<Confusion<3>> = Vec::new();
        for (slot, &cells) in slots.iter().zip(totals) {
            tally.add(slot.counts, cells);
            let Some([first, second]) = slot.pair else { continue };
            if first == MISSING || second == MISSING {
                continue;
            }
            confusion.counts[first][second] += cells;
            if question.elements {
                if by_element.len() <= slot.element {
                    by_element.resize(slot.element + 1, Confusion::default());
                }
                by_element[slot.element].counts[first][second] += cells;
            }
        }
        if question.reference == Some(1) {
            for element in &mut by_element {
                *element = element.transposed();
            }
        }
        Self { confusion, tally, by_element }
    }

    /// One figure; `None` where it is 0/0.
    pub(super) fn figure(&self, (reading, name): Figure, reference: Option<usize>) -> Option<f64> {
        if reading == Reading::Values {
            return match name {
                Name::KappaLinear => self.confusion.kappa(&Weights::linear()),
                Name::KappaQuadratic => self.confusion.kappa(&Weights::quadratic()),
                Name::AlphaOrdinal => self.tally.alpha(Metric::Ordinal),
                Name::Ac2 => self.tally.ac(&Weights::ordinal()),
                _ => unordered(&self.confusion, &self.tally, name),
            };
        }
        let into = merging(reading);
        let two = self.confusion.merged::<2>(into);
        let against = if reference == Some(1) { two.transposed() } else { two };
        match name {
            Name::Precision => against.precision(),
            Name::Recall => against.recall(),
            Name::F1 => against.f1(),
            Name::MacroPrecision | Name::MacroRecall | Name::MacroF1 => {
                self.macro_figure(into, name).map(|(mean, _)| mean)
            }
            _ => unordered(&two, &self.tally.merged::<2>(into), name),
        }
    }

    /// Part and whole, of a figure that is a proportion of cells.
    pub(super) fn proportion(
        &self,
        (reading, name): Figure,
        question: Question,
    ) -> Option<(u64, u64)> {
        let two = self.confusion.merged::<2>(merging(reading));
        let against = if question.reference == Some(1) { two.transposed() } else { two };
        match name {
            Name::Agreement if question.two && reading == Reading::Values => {
                Some((self.confusion.agreed(), self.confusion.n()))
            }
            Name::Agreement if question.two => Some((two.agreed(), two.n())),
            Name::Precision => Some(against.precision_of()),
            Name::Recall => Some(against.recall_of()),
            _ => None,
        }
    }

    /// The mean over the elements that have the figure, and how many have it.
    fn macro_figure(&self, into: [usize; 3], name: Name) -> Option<(f64, u64)> {
        let (mut sum, mut elements) = (0.0, 0);
        for element in &self.by_element {
            let element = element.merged::<2>(into);
            let figure = match name {
                Name::MacroPrecision => element.precision(),
                Name::MacroRecall => element.recall(),
                _ => element.f1(),
            };
            if let Some(figure) = figure {
                sum += figure;
                elements += 1;
            }
        }
        (elements > 0).then(|| (sum / elements as f64, elements))
    }

    /// Over how many elements a macro figure is averaged.
    pub(super) fn elements(&self, (reading, name): Figure) -> u64 {
        self.macro_figure(merging(reading), name).map_or(0, |(_, elements)| elements)
    }
}

/// What does not ask for an order of values.
fn unordered<const K: usize>(
    confusion: &Confusion<K>,
    tally: &Tally<K>,
    name: Name,
) -> Option<f64> {
    match name {
        Name::Agreement => tally.agreement(),
        Name::Kappa => confusion.kappa(&Weights::identity()),
        Name::FleissKappa => tally.fleiss(&Weights::identity()),
        Name::Alpha => tally.alpha(Metric::Nominal),
        Name::Ac1 => tally.ac(&Weights::identity()),
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
    let one = matches!(cells.scope, super::Scope::Agreement(_) | super::Scope::Element(_));
    Question { two: coders == 2, reference, elements: several && !one }
}
