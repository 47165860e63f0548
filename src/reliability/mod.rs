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
//!
//! # Readings
//!
//! A rating is absent (0), indirect (1) or present (2), or missing.
//! `present` reads 2 against the rest, `any` reads 1 and 2 against 0, and
//! `values` keeps the three in their order. The number of values is that of
//! the reading, whether or not each occurs.
//!
//! # Coefficients
//!
//! `w` is the weight of a pair of values, 1 where they are the same, and
//! `v = 1 − w`. Without weights `v` is 1 wherever they differ ([`Weights`]).
//!
//! | name | what it is | source |
//! |---|---|---|
//! | `agreement` | pairs of ratings of a cell that are the same, of all its pairs; the mean over cells | |
//! | `kappa` | `1 − N Σ v n_ij / Σ v n_i. n_.j` over the table of two coders, `N` cells | Cohen, Educ. Psychol. Meas. 20 (1960) 37 |
//! | `kappa-linear`, `kappa-quadratic` | the same, with weights | Cohen, Psychol. Bull. 70 (1968) 213; Cicchetti & Allison 1971; Fleiss & Cohen 1973 |
//! | `fleiss-kappa` | `1 − D / Σ v π_i π_j`; `D` the mean over cells of the disagreement of pairs, `π` the mean over cells of a value's share of the ratings | Fleiss, Psychol. Bull. 76 (1971) 378; with gaps as Gwet 2014 |
//! | `alpha` | `1 − (n − 1) Σ δ o_ij / Σ δ n_i n_j` over the coincidences `o`: each ordered pair of ratings of a cell with `m` counts `1 / (m − 1)`; `n_i = Σ_j o_ij`, `n = Σ n_i`; `δ` is 1 where they differ | Krippendorff, Computing Krippendorff's Alpha-Reliability (2011) |
//! | `alpha-ordinal` | the same with `δ = (n_i / 2 + n_(i+1) + … + n_j / 2)²` | the same |
//! | `ac1` | `(p − e) / (1 − e)`; `p` the mean agreement of pairs, `e = Σ π (1 − π) / (K − 1)` over `K` values | Gwet, Br. J. Math. Stat. Psychol. 61 (2008) 29 |
//! | `ac2` | the same with ordinal weights, `e` times `Σ w / K` | Gwet, Handbook of Inter-Rater Reliability (4th ed. 2014) |
//! | `precision`, `recall`, `f1` | `TP / (TP + FP)`, `TP / (TP + FN)`, `2 TP / (2 TP + FP + FN)` against the reference; over several elements that is the micro average | |
//! | `macro-precision`, … | the mean of each element's figure, over the elements that have it; their number is in `elements` | |
//!
//! Kappa, precision, recall and F1 are of two coders. The rest take any
//! number, with gaps: a cell counts that has two ratings, and `n` is how many
//! do. Single ratings enter only `π`, as Gwet has it.
//!
//! # Intervals
//!
//! All are of 95 %. The agreement of two coders, precision and recall are
//! proportions and have Wilson's score interval (J. Am. Stat. Assoc. 22
//! (1927) 209), which takes cells as independent. All else has the
//! percentiles of a bootstrap that draws whole agreements, because cells of
//! one agreement hang together; where all cells are of one agreement it draws
//! cells and says so. `q` is the share of rounds in which alpha is below
//! [`LOWEST_ALPHA`] (Hayes & Krippendorff, Commun. Methods Meas. 1 (2007)
//! 77). Rounds in which a figure is undefined are left out; where they are
//! more than half, or there are not two things to draw, there is no interval.
//!
//! # Where a figure has no meaning
//!
//! | case | what stands there |
//! |---|---|
//! | one coder | the table is refused |
//! | no cell has two ratings | no value, `no-cells` |
//! | all ratings are the same | kappa and alpha: no value, `undefined`; `ac1`, `ac2` and agreement: 1 |
//! | nothing is positive that precision, recall or F1 is a share of | no value, `undefined` |
//! | perfect agreement, both values occurring | exactly 1, its bootstrap interval 1 to 1 |
//! | fewer than [`FEWEST`] positive or negative ratings of some coder | `too_few`; instead of any value but raw agreement, unless all are asked for |
//!
//! The tests hold all this to worked examples in print and to figures of
//! Python's libraries (`tests/checks/`).

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

use bootstrap::Draws;
use confusion::share;
use measure::{Figure, Plan, Question, Sums, question};
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
    let scopes = scopes::scopes(table, wanted);
    let counts = scopes.iter().map(|cells| cells.clusters.len());
    let draws = Draws::of(options.seed, options.rounds, counts);
    let measured: Vec<(ConfusionTable, Vec<Score>)> = scopes
        .par_iter()
        .map(|cells| {
            let question = question(cells, coders.len(), reference);
            scope(cells, question, &draws, options.all_coefficients)
        })
        .collect();
    let (tables, lists): (Vec<ConfusionTable>, Vec<Vec<Score>>) = measured.into_iter().unzip();
    Reliability {
        coders: coders.to_vec(),
        reference: reference.map(|coder| coders[coder].clone()),
        seed: options.seed,
        rounds: options.rounds,
        confusions: if two { tables } else { Vec::new() },
        scores: lists.into_iter().flatten().collect(),
    }
}

/// Everything over one scope.
fn scope(
    cells: &ScopeCells,
    question: Question,
    draws: &Draws,
    all_coefficients: bool,
) -> (ConfusionTable, Vec<Score>) {
    let plan = Plan::of(&cells.slots, question);
    let sums = plan.sums(&cells.totals);
    let figures = question.figures();
    let mut scores: Vec<Score> =
        figures.iter().map(|&figure| bare(cells, &sums, figure, all_coefficients)).collect();
    for (score, &figure) in scores.iter_mut().zip(&figures) {
        let wilson = sums
            .proportion(figure, question.two)
            .filter(|_| score.value.is_some())
            .and_then(|(part, whole)| wilson(part, whole));
        if let Some((low, high)) = wilson {
            (score.low, score.high) = (Some(low), Some(high));
            score.interval = Some(Interval::Wilson);
        }
    }
    bounded_by_bootstrap(cells, &plan, &figures, draws, &mut scores);
    (ConfusionTable { scope: cells.scope.clone(), counts: sums.values.confusion }, scores)
}

/// A score without its interval.
fn bare(cells: &ScopeCells, sums: &Sums, figure: Figure, all_coefficients: bool) -> Score {
    let (reading, name) = figure;
    let (positives, negatives) = cells.sides(reading);
    let ratings: u64 = positives.iter().chain(&negatives).sum();
    let too_few = positives.iter().chain(&negatives).any(|&cells| cells < FEWEST);
    let n = sums.values.tally.n();
    // Raw agreement is no coefficient: it is what its n and interval say.
    let withheld = too_few && name != Name::Agreement && !all_coefficients;
    let value = if withheld { None } else { sums.figure(figure) };
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
        elements: sums.elements(figure),
    }
}

/// Gives every score with a value and no interval yet one from a bootstrap.
fn bounded_by_bootstrap(
    cells: &ScopeCells,
    plan: &Plan,
    figures: &[Figure],
    draws: &Draws,
    scores: &mut [Score],
) {
    let open = |score: &Score| score.value.is_some() && score.interval.is_none();
    let asked: Vec<usize> = (0..scores.len()).filter(|&at| open(&scores[at])).collect();
    let rounds = draws.figures(&cells.clusters, asked.len(), |totals, values| {
        let sums = plan.sums(totals);
        for (value, &at) in values.iter_mut().zip(&asked) {
            *value = sums.figure(figures[at]).unwrap_or(f64::NAN);
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
