//! How far codings agree: coefficients, each with its interval, over a plain
//! table of ratings.
//!
//! It knows values, coders, and the labels of cells; where codings come from
//! and what a difference means is none of its business.
//!
//! ```
//! use normtag::reliability::{Cell, Name, Options, Reading, Scope, Table, Value, measure};
//!
//! let mut table = Table::new(["curated", "proposed"])?;
//! for (agreement, element, curated, proposed) in [
//!     ("paris-call-2018", "2.1", Some(Value::Present), Some(Value::Present)),
//!     ("paris-call-2018", "5.3", Some(Value::Absent), Some(Value::Indirect)),
//!     ("un-gge-2015", "2.1", Some(Value::Present), Some(Value::Present)),
//!     ("un-gge-2015", "5.3", None, Some(Value::Absent)),
//! ] {
//!     table.push(Cell {
//!         agreement: agreement.into(),
//!         element: element.into(),
//!         category: None,
//!         values: vec![curated, proposed],
//!     })?;
//! }
//! let measured = measure(&table, &Options::default());
//! let agreement = measured.score(Name::Agreement, &Scope::Pooled, Reading::Values);
//! assert_eq!(agreement.and_then(|score| score.value), Some(2.0 / 3.0));
//!
//! // Three cells are too few for a coefficient.
//! let kappa = measured.score(Name::Kappa, &Scope::Pooled, Reading::Present);
//! assert!(kappa.is_some_and(|score| score.too_few && score.value.is_none()));
//! # Ok::<(), normtag::reliability::TableError>(())
//! ```

mod bootstrap;
mod confusion;
mod interval;
mod measure;
mod scopes;
mod score;
mod table;
mod tally;
mod weights;

pub use bootstrap::{ROUNDS, SEED};
pub use confusion::Confusion;
pub use interval::{LOWEST_ALPHA, wilson};
pub use score::{
    ConfusionTable, Interval, Name, Reading, Reliability, Resampled, Scope, Score, Why,
};
pub use table::{Cell, Table, TableError, Value};
pub use tally::{Metric, Tally};
pub use weights::Weights;

use confusion::share;
use measure::{Figure, Question, Sums, question};
use rayon::prelude::*;
use scopes::ScopeCells;

/// Below so many positive or negative cells on any side a coefficient says
/// too little.
pub const FEWEST: u64 = 10;

/// What is measured, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The coder, by its number, that precision and recall are against; only
    /// where there are two. `None`: neither is computed.
    pub reference: Option<usize>,
    /// Give coefficients over too few cells too, marked.
    pub all_coefficients: bool,
    /// Score each element and each category by itself.
    pub by_element: bool,
    /// Score each agreement by itself.
    pub by_agreement: bool,
    /// The seed of the bootstrap.
    pub seed: u64,
    /// Its rounds; 0 leaves bootstrap intervals out.
    pub rounds: usize,
}

impl Default for Options {
    /// The first coder as reference, all scopes, [`SEED`] and [`ROUNDS`].
    fn default() -> Self {
        Self {
            reference: Some(0),
            all_coefficients: false,
            by_element: true,
            by_agreement: true,
            seed: SEED,
            rounds: ROUNDS,
        }
    }
}

/// Measures a table. The result depends on the cells and the options alone:
/// not on the order of cells, not on the number of threads.
#[must_use]
pub fn measure(table: &Table, options: &Options) -> Reliability {
    let wanted = |scope: &Scope| match scope {
        Scope::Pooled => true,
        Scope::Element(_) | Scope::Category(_) => options.by_element,
        Scope::Agreement(_) => options.by_agreement,
    };
    let coders = table.coders();
    let two = coders.len() == 2;
    let reference = options.reference.filter(|&coder| two && coder < 2);
    let measured: Vec<(ConfusionTable, Vec<Score>)> = scopes::scopes(table, wanted)
        .into_par_iter()
        .map(|cells| scope(&cells, question(&cells, coders.len(), reference), options))
        .collect();
    let (confusions, scores): (Vec<ConfusionTable>, Vec<Vec<Score>>) = measured.into_iter().unzip();
    Reliability {
        coders: coders.to_vec(),
        reference: reference.map(|coder| coders[coder].clone()),
        seed: options.seed,
        rounds: options.rounds,
        confusions: if two { confusions } else { Vec::new() },
        scores: scores.into_iter().flatten().collect(),
    }
}

/// Everything over one scope.
fn scope(
    cells: &ScopeCells,
    question: Question,
    options: &Options,
) -> (ConfusionTable, Vec<Score>) {
    let sums = Sums::of(&cells.slots, &cells.totals, question);
    let figures = question.figures();
    let mut scores: Vec<Score> = figures
        .iter()
        .map(|&figure| bare(cells, &sums, figure, question, options.all_coefficients))
        .collect();
    for (score, &figure) in scores.iter_mut().zip(&figures) {
        let wilson = proportion(&sums, figure, question).filter(|_| score.value.is_some());
        if let Some((low, high)) = wilson {
            (score.low, score.high) = (Some(low), Some(high));
            score.interval = Some(Interval::Wilson);
        }
    }
    bounded_by_bootstrap(cells, question, &figures, options, &mut scores);
    (ConfusionTable { scope: cells.scope.clone(), counts: sums.confusion }, scores)
}

/// A score without its interval.
fn bare(
    cells: &ScopeCells,
    sums: &Sums,
    figure: Figure,
    question: Question,
    all_coefficients: bool,
) -> Score {
    let (reading, name) = figure;
    let (positives, negatives) = cells.sides(reading);
    let ratings: u64 = positives.iter().chain(&negatives).sum();
    let too_few = positives.iter().chain(&negatives).any(|&cells| cells < FEWEST);
    let n = sums.tally.n();
    // Raw agreement is no coefficient: it is what its n and interval say.
    let withheld = too_few && name != Name::Agreement && !all_coefficients;
    let value = if withheld { None } else { sums.figure(figure, question.reference) };
    let why = match value {
        Some(_) => None,
        None if n == 0 => Some(Why::NoCells),
        None if withheld => Some(Why::TooFew),
        None => Some(Why::Undefined),
    };
    Score {
        name,
        scope: cells.scope.clone(),
        reading,
        value,
        why,
        low: None,
        high: None,
        interval: None,
        resampled: None,
        q: None,
        n,
        base_rate: share((positives.iter().sum(), ratings)),
        positives,
        negatives,
        too_few,
        elements: name.is_macro().then(|| sums.elements(figure)),
    }
}

/// Wilson's interval, of what is a proportion of cells.
fn proportion(sums: &Sums, figure: Figure, question: Question) -> Option<(f64, f64)> {
    let (part, whole) = sums.proportion(figure, question)?;
    wilson(part, whole)
}

/// Gives every score with a value and no interval yet one from a bootstrap.
fn bounded_by_bootstrap(
    cells: &ScopeCells,
    question: Question,
    figures: &[Figure],
    options: &Options,
    scores: &mut [Score],
) {
    let open = |score: &Score| score.value.is_some() && score.interval.is_none();
    let asked: Vec<usize> = (0..scores.len()).filter(|&at| open(&scores[at])).collect();
    let plan = (options.seed, options.rounds, asked.len());
    let rounds =
        bootstrap::bootstrap(&cells.clusters, cells.slots.len(), plan, |totals, values| {
            let sums = Sums::of(&cells.slots, totals, question);
            for (value, &at) in values.iter_mut().zip(&asked) {
                *value = sums.figure(figures[at], question.reference).unwrap_or(f64::NAN);
            }
        });
    for (mut values, at) in rounds.into_iter().zip(asked) {
        let Some(bounds) = interval::percentiles(&mut values) else { continue };
        let score = &mut scores[at];
        (score.low, score.high) = (Some(bounds.low), Some(bounds.high));
        score.interval = Some(Interval::Bootstrap);
        score.resampled = Some(cells.clusters.resampled);
        score.q = score.name.is_alpha().then_some(bounds.q);
    }
}
