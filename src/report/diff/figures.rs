//! Figures in words and digits: which are shown, and how each is written.

use crate::reliability::{Name, Reading, Reliability, Scope, Score, Why};
use crate::report::diff::DiffReport;

/// What people call a figure.
pub(crate) fn name(name: Name) -> &'static str {
    match name {
        Name::Agreement => "agreement",
        Name::Kappa => "kappa",
        Name::KappaLinear => "kappa, linear",
        Name::KappaQuadratic => "kappa, quadratic",
        Name::FleissKappa => "Fleiss' kappa",
        Name::Alpha => "alpha",
        Name::AlphaOrdinal => "alpha, ordinal",
        Name::Ac1 => "AC1",
        Name::Ac2 => "AC2",
        Name::Precision => "precision",
        Name::Recall => "recall",
        Name::F1 => "F1",
        Name::MacroPrecision => "macro precision",
        Name::MacroRecall => "macro recall",
        Name::MacroF1 => "macro F1",
    }
}

/// What people call a reading.
pub(crate) fn reading(reading: Reading) -> &'static str {
    match reading {
        Reading::Present => "present v rest",
        Reading::Any => "any v absent",
        Reading::Values => "three values",
    }
}

/// A figure with its interval, or why there is none.
pub(crate) fn figure(score: &Score) -> String {
    match (score.value, score.why) {
        (Some(value), _) => {
            let mark = if score.too_few && score.name != Name::Agreement { "*" } else { "" };
            match (score.low, score.high) {
                (Some(low), Some(high)) => format!("{value:.3}{mark} [{low:.3}, {high:.3}]"),
                _ => format!("{value:.3}{mark}"),
            }
        }
        (None, Some(Why::TooFew)) => "too few".to_owned(),
        (None, Some(Why::NoCells)) => "no cells".to_owned(),
        (None, Some(Why::Undefined) | None) => "undefined".to_owned(),
    }
}

/// A share of cells.
pub(crate) fn share(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{share:.3}"))
}

/// Whether some figure is marked as resting on too few cells.
pub(crate) fn some_marked(reliability: &Reliability) -> bool {
    let marked = |score: &Score| score.too_few && score.value.is_some();
    reliability.scores.iter().any(|score| marked(score) && score.name != Name::Agreement)
}

/// The names that a scope has figures of, in order, each with a figure or none
/// for every reading.
pub(crate) fn rows<'r>(
    reliability: &'r Reliability,
    scope: &Scope,
) -> Vec<(Name, [Option<&'r Score>; 3])> {
    let all = Name::ALL
        .into_iter()
        .map(|name| (name, Reading::ALL.map(|reading| reliability.score(name, scope, reading))));
    all.filter(|(_, scores)| scores.iter().any(Option::is_some)).collect()
}

/// `n`, base rate and positives of each side, for every reading.
pub(crate) fn ground<'r>(reliability: &'r Reliability, scope: &Scope) -> [Option<&'r Score>; 3] {
    Reading::ALL.map(|reading| reliability.score(Name::Agreement, scope, reading))
}

/// The scopes of one kind (categories, or elements, or agreements), those of
/// the codebook in its order.
pub(crate) fn scopes<'r>(report: &DiffReport<'r>, wanted: fn(&Scope) -> bool) -> Vec<&'r Scope> {
    let all = report.reliability.scores.iter().map(|score| &score.scope);
    let mut scopes: Vec<&Scope> = all.filter(|scope| wanted(scope)).collect();
    scopes.dedup();
    let place = |scope: &Scope| match scope {
        Scope::Element(code) => {
            report.comparison.elements.iter().position(|pair| pair.left.as_str() == code)
        }
        Scope::Category(code) => {
            report.taxonomy.categories.iter().position(|category| category.code == *code)
        }
        Scope::Pooled | Scope::Agreement(_) => None,
    };
    let kind = |scope: &Scope| match scope {
        Scope::Pooled => 0,
        Scope::Category(_) => 1,
        Scope::Element(_) => 2,
        Scope::Agreement(_) => 3,
    };
    scopes.sort_by_key(|scope| (kind(scope), place(scope)));
    scopes
}

/// The figures that a line of a scope shows, where the report has them.
pub(crate) fn of_a_scope(reliability: &Reliability) -> Vec<Name> {
    let has = |name: &Name| reliability.scores.iter().any(|score| score.name == *name);
    let told = [Name::Agreement, Name::Kappa, Name::Precision, Name::Recall, Name::F1];
    told.into_iter().filter(has).collect()
}

/// How many cells each side calls positive: `103 / 87`.
pub(crate) fn positives(score: &Score) -> String {
    let sides: Vec<String> = score.positives.iter().map(u64::to_string).collect();
    sides.join(" / ")
}
