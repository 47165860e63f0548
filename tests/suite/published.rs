//! Agreement statistics against worked examples in print, each named with its
//! source, to the third decimal.

use normtag::reliability::{Confusion, Metric, Tally, Weights, wilson};

/// Asserts a figure as printed: three decimals, or as many as are given.
fn prints(found: Option<f64>, expected: &str) {
    let decimals = expected.split('.').nth(1).unwrap().len();
    assert_eq!(format!("{:.decimals$}", found.unwrap()), expected);
}

/// Rows of ratings by coder, `.` for missing and digits from 1 → cells.
fn cells(coders: &[&str]) -> Vec<Vec<Option<usize>>> {
    let rows: Vec<Vec<&str>> = coders.iter().map(|row| row.split(' ').collect()).collect();
    let value = |text: &str| text.parse::<usize>().ok().map(|value| value - 1);
    (0..rows[0].len()).map(|cell| rows.iter().map(|row| value(row[cell])).collect()).collect()
}

/// Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), section
/// D; the same data as Gwet, Handbook of Inter-Rater Reliability (4th ed.
/// 2014), p. 120, `cac.raw4raters` of his package irrCAC.
fn four_coders() -> Vec<Vec<Option<usize>>> {
    cells(&[
        "1 2 3 3 2 1 4 1 2 . . .",
        "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .",
        "1 2 3 3 2 4 4 1 2 5 1 .",
    ])
}

#[test]
fn krippendorff_four_coders_with_gaps() {
    let tally = Tally::<5>::of(&four_coders());
    assert_eq!(tally.n(), 11, "the twelfth unit has one rating and pairs with nothing");
    prints(tally.alpha(Metric::Nominal), "0.743");
    prints(tally.alpha(Metric::Ordinal), "0.815");
}

#[test]
fn krippendorff_two_coders() {
    // Sections A (binary) and B (nominal) of the same paper.
    let binary = cells(&["1 2 1 1 1 1 1 1 2 1", "2 2 2 1 1 2 1 1 1 1"]);
    prints(Tally::<2>::of(&binary).alpha(Metric::Nominal), "0.095");
    let nominal = cells(&["1 1 2 2 4 3 3 3 5 4 4 1", "2 1 2 2 2 3 3 3 5 4 4 4"]);
    prints(Tally::<5>::of(&nominal).alpha(Metric::Nominal), "0.692");
}

#[test]
fn gwet_four_coders() {
    // irrCAC's output for `cac.raw4raters`, five decimals.
    let tally = Tally::<5>::of(&four_coders());
    prints(tally.agreement(), "0.81818");
    prints(tally.ac(&Weights::identity()), "0.77544");
    prints(tally.fleiss(&Weights::identity()), "0.76117");
    // AC2 with Gwet's bipolar weights, which only a table of weights can say.
    let (near, next, far) = (6.0 / 7.0, 2.0 / 3.0, 0.4);
    let (middle, two) = (14.0 / 15.0, 0.75);
    let bipolar = Weights([
        [1.0, near, next, far, 0.0],
        [near, 1.0, middle, two, far],
        [next, middle, 1.0, middle, next],
        [far, two, middle, 1.0, near],
        [0.0, far, next, near, 1.0],
    ]);
    prints(tally.ac(&bipolar), "0.90037");
}

/// The tally of a table of two coders.
fn tally_of<const K: usize>(table: &Confusion<K>) -> Tally<K> {
    let mut tally = Tally::default();
    for (i, row) in table.counts.iter().enumerate() {
        for (j, &count) in row.iter().enumerate() {
            let mut counts = [0; K];
            counts[i] += 1;
            counts[j] += 1;
            tally.add(&Tally::of_cell(counts), count);
        }
    }
    tally
}

#[test]
fn gwet_two_abstractors() {
    // Gwet (2014), `cont3x3abstractors` of irrCAC: 100 records by two
    // abstractors as ectopic, abnormal and normal pregnancy.
    let table = Confusion { counts: [[13, 0, 0], [0, 20, 7], [0, 4, 56]] };
    let tally = tally_of(&table);
    prints(tally.agreement(), "0.890");
    prints(table.kappa(&Weights::identity()), "0.7964094");
    prints(tally.fleiss(&Weights::identity()), "0.7962397");
    prints(tally.ac(&Weights::identity()), "0.8493305");
    prints(tally.alpha(Metric::Nominal), "0.7972585");
    prints(tally.ac(&Weights::linear()), "0.900");
    prints(tally.ac(&Weights::ordinal()), "0.925");
    prints(tally.ac(&Weights::quadratic()), "0.940");
}

#[test]
fn gwet_where_kappa_fails() {
    // Gwet, Kappa statistic is not satisfactory (2002), table 2: 118 of 125
    // records agree, and kappa is below zero.
    let table = Confusion { counts: [[118, 5], [2, 0]] };
    prints(table.kappa(&Weights::identity()), "-0.023");
    prints(tally_of(&table).ac(&Weights::identity()), "0.941");
}

#[test]
fn cohen_two_psychiatrists() {
    // Cohen, A coefficient of agreement for nominal scales (1960), p. 45, and
    // Weighted kappa (1968), table 1, which weighs the same 200 cases by
    // disagreements 0 1 3, 1 0 6, 3 6 0.
    let table = Confusion { counts: [[88, 14, 18], [10, 40, 10], [2, 6, 12]] };
    prints(table.kappa(&Weights::identity()), "0.492");
    let apart = [[0.0, 1.0, 3.0], [1.0, 0.0, 6.0], [3.0, 6.0, 0.0]];
    let weights = Weights(apart.map(|row| row.map(|apart| 1.0 - apart / 6.0)));
    prints(table.kappa(&weights), "0.348");
}

#[test]
fn agresti_married_couples() {
    // Hout, Duncan & Sobel (1987) in Agresti, Categorical Data Analysis
    // (1990), table 2.8; figures as R's vcd prints them for `SexualFun`.
    let table = Confusion { counts: [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]] };
    prints(table.kappa(&Weights::identity()), "0.1293");
    prints(table.kappa(&Weights::linear()), "0.2374");
}

#[test]
fn wilson_in_newcombe() {
    // Newcombe, Two-sided confidence intervals for the single proportion
    // (1998), table I, method 3.
    for (part, whole, low, high) in [
        (81, 263, "0.2553", "0.3662"),
        (15, 148, "0.0624", "0.1605"),
        (0, 20, "0.0000", "0.1611"),
        (1, 29, "0.0061", "0.1718"),
    ] {
        let bounds = wilson(part, whole).unwrap();
        prints(Some(bounds.0), low);
        prints(Some(bounds.1), high);
    }
}
