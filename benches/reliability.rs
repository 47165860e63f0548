//! How fast agreement is measured, beside a plain pass over cells, in one run.
//!
//! 100,000 cells (3,847 agreements × 26 elements) by five coders with gaps,
//! 1,000 rounds of the bootstrap, every coefficient in every scope; then the
//! ten pairs of coders, whose coefficients are of two. Each figure asserts
//! what it found, so that it cannot drift into measuring nothing.

#![allow(clippy::print_stdout, reason = "a benchmark prints its figures")]

use normtag::reliability::{
    Cell, Metric, Name, Options, ROUNDS, Reading, Reliability, Scope, Table, Tally, Value, Weights,
    measure,
};
use rand_pcg::Pcg64Dxsm;
use rand_pcg::rand_core::Rng;
use std::hint::black_box;
use std::time::Instant;

const AGREEMENTS: u64 = 3847;
const ELEMENTS: u64 = 26;
const CODERS: usize = 5;
/// Rounds of the plain pass; all of them would take too long.
const PLAIN_ROUNDS: usize = 20;

fn main() {
    let cells = cells();
    let table = table(&cells, &[0, 1, 2, 3, 4]);
    let two = rayon::ThreadPoolBuilder::new().num_threads(2).build().expect("a pool");
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a pool");
    println!("{} cells × {CODERS} coders, {ROUNDS} rounds", cells.len());

    let options = Options { all_coefficients: true, ..Options::default() };
    let (both, measured) = timed(|| two.install(|| measure(&table, &options)));
    let bounded = bounded(&measured);
    println!(
        "all scopes, 2 threads:       {both:.2} s  {} scores, {bounded} bounded",
        measured.scores.len()
    );
    let (alone, again) = timed(|| one.install(|| measure(&table, &options)));
    println!("all scopes, 1 thread:        {alone:.2} s  {:.2} x", alone / both);
    assert_eq!(measured, again, "threads change nothing");

    let narrow = Options { by_agreement: false, ..options.clone() };
    let (without, measured) = timed(|| two.install(|| measure(&table, &narrow)));
    println!("without single agreements:   {without:.2} s");
    assert_eq!(self::bounded(&measured), measured.scores.len(), "every score has an interval");

    let (pairs, found) = timed(|| two.install(|| of_pairs(&cells, &narrow)));
    println!("each of 10 pairs, as above:  {pairs:.2} s  {found} scores");
    assert!(found > 7_000, "{found} scores of pairs");

    plain(&cells, &table, &one);
    // The promise, with room for a busy machine.
    assert!(both < 10.0, "{both:.2} s for the table");
}

fn bounded(measured: &Reliability) -> usize {
    measured.scores.iter().filter(|score| score.low.is_some()).count()
}

/// The pooled scores and their bootstrap, against computing each round from
/// its cells.
fn plain(cells: &[Rated], table: &Table, one: &rayon::ThreadPool) {
    let pooled = Options { by_element: false, by_agreement: false, ..Options::default() };
    let (ours, measured) = timed(|| one.install(|| measure(table, &pooled)));
    let (bare, _) =
        timed(|| one.install(|| measure(table, &Options { rounds: 0, ..pooled.clone() })));
    let per_round = (ours - bare) / ROUNDS as f64;
    let (theirs, alphas) = timed(|| by_cells(cells));
    let plain_round = theirs / PLAIN_ROUNDS as f64;
    println!(
        "pooled, a round: {:.3} ms from counts, {:.3} ms from cells: {:.0} x",
        per_round * 1e3,
        plain_round * 1e3,
        plain_round / per_round
    );
    let alpha = measured.score(Name::Alpha, &Scope::Pooled, Reading::Present).expect("scored");
    let (low, high) = (alpha.low.expect("bounded"), alpha.high.expect("bounded"));
    let inside = alphas.iter().filter(|&&alpha| alpha > low && alpha < high).count();
    assert!(inside * 10 >= alphas.len() * 6, "{inside} of the plain rounds are in [{low}, {high}]");
}

/// Rounds as one would write them first: draw agreements, gather their
/// cells, and pass over all of them for each reading.
fn by_cells(cells: &[Rated]) -> Vec<f64> {
    let mut random = Pcg64Dxsm::new(1, 1);
    let per = usize::try_from(ELEMENTS).expect("26");
    (0..PLAIN_ROUNDS)
        .map(|_| {
            let mut drawn = Vec::with_capacity(cells.len());
            for _ in 0..AGREEMENTS {
                let agreement = usize::try_from(below(&mut random, AGREEMENTS)).expect("small");
                drawn.extend_from_slice(&cells[agreement * per..(agreement + 1) * per]);
            }
            let present = of_cells::<2>(&drawn, |value| usize::from(value == 2));
            black_box(of_cells::<2>(&drawn, |value| usize::from(value >= 1)));
            black_box(of_cells::<3>(&drawn, |value| value));
            present
        })
        .collect()
}

/// The coefficients of one reading, from cells; gives alpha.
fn of_cells<const K: usize>(cells: &[Rated], read: impl Fn(usize) -> usize) -> f64 {
    let mut tally = Tally::<K>::default();
    for (_, _, values) in cells {
        let mut counts = [0; K];
        for value in values.iter().flatten() {
            counts[read(*value as usize)] += 1;
        }
        tally.add(&Tally::of_cell(counts), 1);
    }
    black_box((
        tally.agreement(),
        tally.alpha(Metric::Ordinal),
        tally.ac(&Weights::identity()),
        tally.ac(&Weights::ordinal()),
        tally.fleiss(&Weights::identity()),
    ));
    tally.alpha(Metric::Nominal).expect("values vary")
}

fn of_pairs(cells: &[Rated], options: &Options) -> usize {
    let pairs = (0..CODERS).flat_map(|left| (0..left).map(move |right| [right, left]));
    pairs.map(|pair| bounded(&measure(&table(cells, &pair), options))).sum()
}

/// Agreement, element, and what each coder said.
type Rated = (u64, u64, [Option<Value>; CODERS]);

/// Coders who agree on most cells, each with one in twenty missing.
fn cells() -> Vec<Rated> {
    let mut random = Pcg64Dxsm::new(0, 0);
    let mut cells = Vec::new();
    for agreement in 0..AGREEMENTS {
        for element in 0..ELEMENTS {
            let truth = said(below(&mut random, 100));
            let values = std::array::from_fn(|_| match below(&mut random, 100) {
                0..5 => None,
                5..20 => Some(said(below(&mut random, 100))),
                _ => Some(truth),
            });
            cells.push((agreement, element, values));
        }
    }
    cells
}

fn said(of_hundred: u64) -> Value {
    match of_hundred {
        0..35 => Value::Present,
        35..50 => Value::Indirect,
        _ => Value::Absent,
    }
}

fn below(random: &mut Pcg64Dxsm, bound: u64) -> u64 {
    random.next_u64() % bound
}

fn table(cells: &[Rated], coders: &[usize]) -> Table {
    let names = coders.iter().map(|coder| format!("coder {coder}"));
    let mut table = Table::new(names).expect("two or more");
    for (agreement, element, values) in cells {
        let cell = Cell {
            agreement: format!("agreement-{agreement:05}"),
            element: element.to_string(),
            category: Some((element / 5).to_string()),
            values: coders.iter().map(|&coder| values[coder]).collect(),
        };
        table.push(cell).expect("a rating for each");
    }
    table
}

/// Seconds of one run, and what it gave.
fn timed<T>(run: impl FnOnce() -> T) -> (f64, T) {
    let began = Instant::now();
    let given = run();
    (began.elapsed().as_secs_f64(), given)
}
