//! The calibration of a taxonomy, read from its file.
//!
//! `normtag rules calibrate` writes it; it is read like every other rule file,
//! for people may mend it.

use crate::diagnostic::Diagnostic;
use crate::model::{Calibration, CalibrationText, Digest, Logistic, Predictor, SourceFile};
use crate::rules::development_file::digest;
use crate::rules::parse;
use crate::rules::taxonomy_file::check_format;
use crate::toml_reader::{Mistakes, Table};
use std::collections::BTreeMap;

/// The name of the file in the taxonomy's folder.
pub(super) const NAME: &str = "calibration.toml";

/// Reads the calibration in `file`.
pub(super) fn read(file: &SourceFile) -> (Option<Calibration>, Vec<Diagnostic>) {
    parse(file, |table, mistakes| {
        table.refuse_others(&["format", "text", "present", "any", "passage"]);
        check_format(table, mistakes);
        let texts = table.tables("text");
        let logistic = |key| {
            let found = table.table(key);
            if found.is_none() {
                table.missing(key, "calibrate again with `normtag rules calibrate`");
            }
            found.map(|table| logistic(&table)).unwrap_or_default()
        };
        Calibration {
            texts: texts.iter().filter_map(|table| text(table, mistakes)).collect(),
            present: logistic("present"),
            any: logistic("any"),
            passage: logistic("passage"),
        }
    })
}

fn text(table: &Table<'_, '_>, mistakes: &Mistakes<'_>) -> Option<CalibrationText> {
    table.refuse_others(&["name", "digest"]);
    let name = table.required_text("name", "name the text that the weights were fitted on");
    let digest_at = table.required_text("digest", "give the SHA-256 of its bytes");
    let digest: Option<Digest> = digest_at.map(|at| digest(at, mistakes));
    Some(CalibrationText { name: name?.value, digest: digest? })
}

fn logistic(table: &Table<'_, '_>) -> Logistic {
    let names = Predictor::ALL.map(Predictor::as_str);
    let known: Vec<&str> = std::iter::once("intercept").chain(names).collect();
    table.refuse_others(&known);
    if !table.has("intercept") {
        table.missing("intercept", "the logarithm of the odds where every predictor is 0");
    }
    let of = |predictor: Predictor| {
        let name = predictor.as_str();
        table.has(name).then(|| table.number(name)).flatten().map(|weight| (predictor, weight))
    };
    let weights: BTreeMap<Predictor, f64> = Predictor::ALL.into_iter().filter_map(of).collect();
    let intercept = if table.has("intercept") { table.number("intercept") } else { None };
    Logistic { intercept: intercept.unwrap_or(0.0), weights }
}
