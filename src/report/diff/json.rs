//! JSON, format 1: the cells that are shown, all figures, and what they rest on.

use crate::model::{Change, ComparedCase, ComparedCell, ElementPair, Side, TaxonomyId};
use crate::reliability::{ConfusionTable, Score};
use crate::report::diff::{DiffReport, PeopleAgreement, facts};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io;

#[derive(Serialize)]
struct Whole<'a> {
    format: u32,
    kind: &'static str,
    left: &'a Side,
    right: &'a Side,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
    elements: &'a [ElementPair],
    agreements: &'a [ComparedCase],
    counts: &'a BTreeMap<Change, usize>,
    cells: Vec<&'a ComparedCell>,
    #[serde(skip_serializing_if = "Option::is_none")]
    development: Option<Development<'a>>,
    left_out: &'a [String],
    seed: u64,
    rounds: usize,
    confusions: &'a [ConfusionTable],
    scores: Vec<Figure<'a>>,
    people: Vec<People<'a>>,
}

/// Which texts the rules were developed on.
#[derive(Serialize)]
struct Development<'a> {
    said: String,
    agreements: Vec<&'a str>,
}

/// A figure, and whether it is a development figure.
#[derive(Serialize)]
struct Figure<'a> {
    #[serde(flatten)]
    score: &'a Score,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    development: bool,
}

/// What people reach.
#[derive(Serialize)]
struct People<'a> {
    left: &'a TaxonomyId,
    right: &'a TaxonomyId,
    agreements: usize,
    scores: &'a [Score],
}

/// All of it, indented.
pub(super) fn write(report: &DiffReport<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let (comparison, reliability) = (report.comparison, report.reliability);
    let seen = comparison.cases.iter().filter(|case| case.development);
    let development = facts::development(report).map(|said| Development {
        said,
        agreements: seen.map(|case| case.case.agreement.as_str()).collect(),
    });
    let whole = Whole {
        format: 1,
        kind: "diff",
        left: &comparison.left,
        right: &comparison.right,
        reference: reliability.reference.as_deref(),
        elements: &comparison.elements,
        agreements: &comparison.cases,
        counts: &comparison.counts,
        cells: comparison.cells.iter().filter(|cell| report.shown.has(cell)).collect(),
        development,
        left_out: &comparison.left_out,
        seed: reliability.seed,
        rounds: reliability.rounds,
        confusions: &reliability.confusions,
        scores: reliability
            .scores
            .iter()
            .map(|score| Figure { score, development: facts::is_development(report, &score.scope) })
            .collect(),
        people: report.people.iter().map(people).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &whole)?;
    writeln!(out)
}

fn people(people: &PeopleAgreement) -> People<'_> {
    People {
        left: &people.left,
        right: &people.right,
        agreements: people.agreements,
        scores: &people.scores,
    }
}
