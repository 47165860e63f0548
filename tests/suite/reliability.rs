//! Scores of tables: what is decided where a figure has no meaning, what may
//! not change them, and figures of other programs.

use normtag::reliability::{
    Cell, FEWEST, Interval, Name, Options, Reading, Reliability, Resampled, Scope, Score, Table,
    TableError, Value, Why, measure,
};
use proptest::prelude::*;
use std::path::Path;

use Value::{Absent, Indirect, Present};

/// A cell's agreement and element, by number, and what the coders said.
type Row = (u8, u8, Vec<Option<Value>>);

/// Elements with an even number stand in category `even`.
fn table(coders: usize, rows: &[Row]) -> Table {
    let mut table = Table::new((0..coders).map(|coder| format!("coder {coder}"))).unwrap();
    for (agreement, element, values) in rows {
        table
            .push(Cell {
                agreement: format!("agreement-{agreement:02}"),
                element: element.to_string(),
                category: (element % 2 == 0).then(|| "even".to_owned()),
                values: values.clone(),
            })
            .unwrap();
    }
    table
}

/// Everything, with few rounds.
fn all() -> Options {
    Options { all_coefficients: true, rounds: 40, ..Options::default() }
}

fn scored(coders: usize, rows: &[Row]) -> Reliability {
    measure(&table(coders, rows), &all())
}

fn pooled(measured: &Reliability, name: Name, reading: Reading) -> &Score {
    measured.score(name, &Scope::Pooled, reading).unwrap()
}

/// Rows of two coders over 20 agreements × 4 elements: `said` of the number
/// of the cell.
fn rows(said: impl Fn(u8) -> (Value, Value)) -> Vec<Row> {
    let row = |cell: u8| {
        let (first, second) = said(cell);
        (cell / 4, cell % 4, vec![Some(first), Some(second)])
    };
    (0..80).map(row).collect()
}

/// Each value often, one cell in ten differing.
fn mixed(cell: u8) -> (Value, Value) {
    let value = [Absent, Present, Absent, Indirect, Present][usize::from(cell / 3 % 5)];
    (value, if cell.is_multiple_of(10) { Absent } else { value })
}

#[test]
fn one_coder_or_a_ragged_cell_is_refused() {
    let refused = Table::new(["curated"]).unwrap_err();
    assert_eq!(refused.to_string(), "agreement is measured between two coders or more; there is 1");
    let mut table = Table::new(["curated", "proposed"]).unwrap();
    let cell = Cell {
        agreement: "un-gge-2015".into(),
        element: "2.1".into(),
        category: None,
        values: vec![Some(Present)],
    };
    let refused = table.push(cell).unwrap_err();
    assert!(matches!(refused, TableError::WrongLength { found: 1, coders: 2, .. }));
    assert_eq!(
        refused.to_string(),
        "un-gge-2015, 2.1: 1 ratings for 2 coders; give one for each, or a gap where it is missing"
    );
}

#[test]
fn of_nothing_there_is_no_figure() {
    let gaps: Vec<Row> = (0..30).map(|cell| (cell, 1, vec![None, Some(Present)])).collect();
    for rows in [Vec::new(), gaps] {
        let measured = scored(2, &rows);
        for name in [Name::Agreement, Name::Kappa, Name::Alpha, Name::Ac1, Name::F1] {
            let score = pooled(&measured, name, Reading::Present);
            assert_eq!((score.value, score.why), (None, Some(Why::NoCells)), "{name:?}");
            assert_eq!((score.low, score.high, score.n, score.base_rate), (None, None, 0, None));
        }
    }
}

#[test]
fn without_variation_chance_has_no_meaning() {
    let measured = scored(2, &rows(|_| (Absent, Absent)));
    for name in [Name::Kappa, Name::Alpha, Name::Precision, Name::F1, Name::MacroF1] {
        let score = pooled(&measured, name, Reading::Present);
        assert_eq!((score.value, score.why), (None, Some(Why::Undefined)), "{name:?}");
    }
    // Gwet's chance agreement is 0 there, so AC1 is what raw agreement is.
    assert_eq!(pooled(&measured, Name::Ac1, Reading::Present).value, Some(1.0));
    let raw = pooled(&measured, Name::Agreement, Reading::Present);
    assert_eq!((raw.value, raw.high, raw.too_few), (Some(1.0), Some(1.0), true));
    assert!(raw.low.is_some_and(|low| low > 0.95 && low < 1.0));
}

#[test]
fn perfect_agreement_is_one_everywhere() {
    let measured = scored(2, &rows(|cell| (mixed(cell).0, mixed(cell).0)));
    let mut defined = 0;
    for score in &measured.scores {
        if let Some(value) = score.value {
            assert_eq!(value.to_bits(), 1.0_f64.to_bits(), "{:?} {}", score.name, score.scope);
            defined += 1;
            assert!(score.q.is_none_or(|q| q == 0.0));
        }
    }
    assert!(defined > 100, "{defined}");
}

#[test]
fn too_few_stands_in_place_of_a_coefficient() {
    // One cell in ten differs, and nine of the second coder are present.
    let said =
        |cell| (if cell < 20 { Present } else { Absent }, if cell < 9 { Present } else { Absent });
    let table = table(2, &rows(said));
    let quiet = measure(&table, &Options { rounds: 60, ..Options::default() });
    let kappa = pooled(&quiet, Name::Kappa, Reading::Present);
    assert_eq!((kappa.value, kappa.why, kappa.too_few), (None, Some(Why::TooFew), true));
    assert_eq!(
        (kappa.positives.as_slice(), kappa.negatives.as_slice()),
        (&[20, 9][..], &[60, 71][..])
    );
    assert_eq!(kappa.base_rate, Some(29.0 / 160.0));
    let raw = pooled(&quiet, Name::Agreement, Reading::Present);
    assert_eq!((raw.value, raw.interval), (Some(69.0 / 80.0), Some(Interval::Wilson)));

    let asked = measure(&table, &all());
    let kappa = pooled(&asked, Name::Kappa, Reading::Present);
    assert!(kappa.value.is_some() && kappa.low.is_some() && kappa.too_few);

    // Ten on each side are enough.
    let said =
        |cell| (if cell < 20 { Present } else { Absent }, if cell < 10 { Present } else { Absent });
    let enough = scored(2, &rows(said));
    let kappa = pooled(&enough, Name::Kappa, Reading::Present);
    assert!(!kappa.too_few && kappa.positives[1] == FEWEST);
}

#[test]
fn readings_and_scopes() {
    let measured = scored(2, &rows(mixed));
    let scopes: Vec<String> = {
        let mut scopes: Vec<String> =
            measured.scores.iter().map(|score| score.scope.to_string()).collect();
        scopes.dedup();
        scopes
    };
    let mut expected = vec!["pooled".to_owned(), "category:even".to_owned()];
    expected.extend((0..4).map(|element| format!("element:{element}")));
    expected.extend((0..20).map(|agreement| format!("agreement:agreement-{agreement:02}")));
    assert_eq!(scopes, expected);

    // The same cells by hand: 80, of which 8 end in 0; those of them that are
    // absent anyway agree.
    let differing = (0..80).filter(|&cell| mixed(cell).0 != mixed(cell).1).count();
    let raw = pooled(&measured, Name::Agreement, Reading::Values);
    assert_eq!(raw.value, Some((80 - differing) as f64 / 80.0));
    assert_eq!(measured.confusions[0].counts.n(), 80);
    let precision = pooled(&measured, Name::Precision, Reading::Any);
    assert_eq!(precision.value, Some(1.0), "the second coder adds nothing");
    let recall = pooled(&measured, Name::Recall, Reading::Any);
    let positive = (0..80).filter(|&cell| mixed(cell).0 != Absent).count();
    assert_eq!(recall.value, Some((positive - differing) as f64 / positive as f64));
}

#[test]
fn the_bootstrap_says_what_it_draws() {
    let measured = scored(2, &rows(mixed));
    let kappa = pooled(&measured, Name::Kappa, Reading::Values);
    assert_eq!(kappa.resampled, Some(Resampled::Agreements));
    let one: Vec<Row> = rows(mixed).into_iter().map(|(_, cell, said)| (7, cell, said)).collect();
    let kappa = scored(2, &one);
    let kappa = pooled(&kappa, Name::Kappa, Reading::Values);
    assert_eq!(kappa.resampled, Some(Resampled::Cells));
    assert!(kappa.low < kappa.value && kappa.value < kappa.high);

    // Agreements that are coded alike throughout or not at all leave far
    // less certain what cells alone would make look sure.
    let lumps = |cell: u8| {
        if (cell / 4).is_multiple_of(4) {
            (Present, Absent)
        } else {
            (mixed(cell).0, mixed(cell).0)
        }
    };
    let lumps = rows(lumps);
    let apart: Vec<Row> = (0_u8..).zip(&lumps).map(|(n, row)| (n, row.1, row.2.clone())).collect();
    let width = |rows: &[Row]| {
        let measured = measure(&table(2, rows), &Options::default());
        let alpha = pooled(&measured, Name::Alpha, Reading::Present);
        alpha.high.unwrap() - alpha.low.unwrap()
    };
    let (together, single) = (width(&lumps), width(&apart));
    assert!(together > 1.5 * single, "{together} by agreement, {single} by cell");
}

#[test]
fn threads_and_the_seed() {
    let table = table(2, &rows(mixed));
    let on = |threads: usize, options: &Options| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        serde_json::to_string(&pool.install(|| measure(&table, options))).unwrap()
    };
    let options = Options { all_coefficients: true, ..Options::default() };
    let one = on(1, &options);
    assert_eq!(one, on(4, &options), "bit for bit");
    assert_ne!(
        one,
        on(1, &Options { seed: 7, ..options.clone() }),
        "another seed, other intervals"
    );
}

#[test]
fn json_is_as_the_contract_says() {
    let measured = measure(&table(2, &rows(mixed)), &Options { rounds: 100, ..Options::default() });
    let json = serde_json::to_value(pooled(&measured, Name::Alpha, Reading::Present)).unwrap();
    for (key, value) in [
        ("name", "\"alpha\""),
        ("scope", "\"pooled\""),
        ("reading", "\"present\""),
        ("n", "80"),
        ("too_few", "false"),
        ("interval", "\"bootstrap\""),
        ("resampled", "\"agreements\""),
    ] {
        assert_eq!(json[key].to_string(), value, "{key}");
    }
    for key in ["value", "low", "high", "q", "base_rate"] {
        assert!(json[key].is_number(), "{key}: {json}");
    }
    for name in Name::ALL {
        assert_eq!(name.as_str().parse(), Ok(name));
        assert_eq!(serde_json::to_value(name).unwrap(), name.as_str());
    }
    let unknown = "kapa".parse::<Name>().unwrap_err();
    assert!(unknown.starts_with("no score is named \"kapa\"; there are agreement, kappa, "));
}

/// What Python's libraries say of a table, as `tests/checks/reliability.py`
/// wrote it: scope, reading, name, value, low, high.
fn held_to(name: &str) -> usize {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/reliability");
    let read =
        |ending: &str| csv::Reader::from_path(folder.join(format!("{name}.{ending}"))).unwrap();
    let mut rows = read("csv");
    let mut table = Table::new(rows.headers().unwrap().iter().skip(3)).unwrap();
    for row in rows.records().map(Result::unwrap) {
        let value = |text| match text {
            "absent" => Some(Absent),
            "indirect" => Some(Indirect),
            "present" => Some(Present),
            _ => None,
        };
        let values = row.iter().skip(3).map(value).collect();
        let [agreement, element, category] = [0, 1, 2].map(|column| row[column].to_owned());
        table.push(Cell { agreement, element, category: Some(category), values }).unwrap();
    }
    // As many rounds as the script draws.
    let measured =
        measure(&table, &Options { all_coefficients: true, rounds: 150, ..Options::default() });
    let mut compared = 0;
    for row in read("expected.csv").records().map(Result::unwrap) {
        let is = |s: &&Score| {
            let said = (s.scope.to_string(), s.reading.as_str(), s.name.as_str());
            said == (row[0].to_owned(), &row[1], &row[2])
        };
        let score = measured.scores.iter().find(is).unwrap();
        assert_eq!(score.value.is_some(), !row[3].is_empty(), "{score:?}");
        for (ours, theirs) in [(score.value, &row[3]), (score.low, &row[4]), (score.high, &row[5])]
        {
            if let Ok(theirs) = theirs.parse::<f64>() {
                assert!((ours.unwrap() - theirs).abs() < 1e-9, "{score:?}: {theirs}");
                compared += 1;
            }
        }
    }
    compared
}

#[test]
fn figures_of_independent_programs() {
    assert!(held_to("two-coders") > 200);
    assert!(held_to("more-coders") > 50);
}

fn rating() -> impl Strategy<Value = Option<Value>> {
    prop_oneof![
        1 => Just(None),
        3 => Just(Some(Absent)),
        2 => Just(Some(Indirect)),
        3 => Just(Some(Present)),
    ]
}

fn any_rows(coders: usize) -> impl Strategy<Value = Vec<Row>> {
    let cell = (0..6_u8, 0..5_u8, prop::collection::vec(rating(), coders));
    prop::collection::vec(cell, 0..60)
}

/// Scores without what depends on the order of coders.
fn faces(measured: &Reliability) -> Vec<impl PartialEq + std::fmt::Debug + use<>> {
    let face = |s: &Score| (s.name, s.scope.clone(), s.reading, s.value, (s.low, s.high, s.q));
    measured.scores.iter().map(face).collect()
}

fn near(left: Option<f64>, right: Option<f64>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => (left - right).abs() < 1e-12,
        (left, right) => left == right,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_order_of_cells_changes_nothing(rows in any_rows(2), more in any_rows(4)) {
        let mut turned = rows.clone();
        turned.reverse();
        prop_assert_eq!(scored(2, &rows), scored(2, &turned));
        let mut turned = more.clone();
        turned.reverse();
        prop_assert_eq!(scored(4, &more), scored(4, &turned));
    }

    #[test]
    fn the_order_of_coders_changes_nothing(rows in any_rows(2), more in any_rows(4)) {
        let turn = |rows: &[Row]| -> Vec<Row> {
            let turned = |(a, e, said): &Row| (*a, *e, said.iter().rev().copied().collect());
            rows.iter().map(turned).collect()
        };
        prop_assert_eq!(faces(&scored(4, &more)), faces(&scored(4, &turn(&more))));
        // Of two coders the reference goes with them.
        let second = Options { reference: Some(1), ..all() };
        let turned = measure(&table(2, &turn(&rows)), &second);
        for (left, right) in scored(2, &rows).scores.iter().zip(&turned.scores) {
            prop_assert!(near(left.value, right.value), "{:?} {:?}", left, right);
        }
    }

    #[test]
    fn names_of_values_change_nothing_nominal(rows in any_rows(3), pair in any_rows(2)) {
        let swap = |rows: &[Row], to: [Value; 3]| -> Vec<Row> {
            let swapped = |v: &Option<Value>| v.map(|v| to[v as usize]);
            rows.iter().map(|(a, e, said)| (*a, *e, said.iter().map(swapped).collect())).collect()
        };
        for (coders, rows) in [(3, rows), (2, pair)] {
            let turned = scored(coders, &swap(&rows, [Indirect, Present, Absent]));
            let mirrored = scored(coders, &swap(&rows, [Present, Indirect, Absent]));
            for score in scored(coders, &rows).scores {
                if score.reading != Reading::Values {
                    continue;
                }
                let same = |in_: &Reliability| {
                    in_.score(score.name, &score.scope, score.reading).unwrap().value
                };
                let ordered = ["linear", "quadratic", "ordinal", "ac2"];
                if !ordered.iter().any(|word| score.name.as_str().contains(word)) {
                    prop_assert!(near(score.value, same(&turned)), "{score:?}");
                }
                prop_assert!(near(score.value, same(&mirrored)), "mirrored: {score:?}");
            }
        }
    }

    #[test]
    fn figures_stay_in_bounds(rows in any_rows(2), more in any_rows(5)) {
        for score in scored(2, &rows).scores.iter().chain(&scored(5, &more).scores) {
            let Some(value) = score.value else {
                prop_assert!(score.why.is_some() && score.low.is_none() && score.high.is_none());
                continue;
            };
            prop_assert!(score.why.is_none());
            let least = match score.name {
                Name::Agreement | Name::Precision | Name::Recall | Name::F1
                | Name::MacroPrecision | Name::MacroRecall | Name::MacroF1 => 0.0,
                Name::Kappa | Name::Ac1 => -1.0 - 1e-9,
                // With gaps and few ratings the others have no lower bound.
                _ => f64::NEG_INFINITY,
            };
            prop_assert!(value.is_finite() && value >= least && value <= 1.0, "{score:?}");
            if let (Some(low), Some(high)) = (score.low, score.high) {
                prop_assert!(low.is_finite() && low <= high && high <= 1.0, "{score:?}");
            }
            if score.interval == Some(Interval::Wilson) {
                prop_assert!(score.low <= score.value && score.value <= score.high, "{score:?}");
            }
            prop_assert!(score.q.is_none_or(|q| (0.0..=1.0).contains(&q)));
        }
    }

    #[test]
    fn identical_coders_agree_wholly(cells in prop::collection::vec((0..6_u8, 0..5_u8, rating()), 1..60)) {
        let rows: Vec<Row> = cells.into_iter().map(|(a, e, said)| (a, e, vec![said; 3])).collect();
        for score in scored(3, &rows).scores {
            prop_assert!(score.value.is_none_or(|value| value.to_bits() == 1.0_f64.to_bits()), "{score:?}");
        }
    }
}
