//! Suggestions for programs, `"format": 1`.

use super::Report;
use normtag::rules::quoted_pattern;
use normtag::suggest::Suggestion;
use serde_json::{Value, json};

/// Every suggestion with its figures, its edit and the cells that changes, and
/// the passages no rule found.
pub(super) fn suggestions(report: &Report<'_>) -> Value {
    let found = &report.found;
    let all: Vec<Value> = found.suggestions.iter().map(|one| suggestion(one, report)).collect();
    json!({
        "format": 1, "kind": "suggestions", "element": report.element.code, "from": report.from,
        "language": report.language,
        "passages": {"element": found.passages[0], "others": found.passages[1]},
        "suggestions": all, "missed": found.missed,
    })
}

fn suggestion(one: &Suggestion, report: &Report<'_>) -> Value {
    let key = &one.key;
    let edit = one.concept.as_ref().map(|concept| {
        json!({
            "file": report.vocabulary, "concept": concept, "pattern": key.surface,
            "toml": quoted_pattern(&key.surface),
        })
    });
    json!({
        "words": key.surface, "stems": key.stems,
        "counts": {"here": key.counts[0], "elsewhere": key.counts[1]},
        "sizes": {"here": key.sizes[0], "elsewhere": key.sizes[1]},
        "log_likelihood": thousandths(key.log_likelihood), "log_ratio": thousandths(key.log_ratio),
        "agreements": key.groups,
        "edit": edit, "cells": one.cells,
        "passages": {"raised": one.raised[0], "beyond": one.raised[1]},
    })
}

fn thousandths(figure: f64) -> f64 {
    (figure * 1000.0).round() / 1000.0
}
