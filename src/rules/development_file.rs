//! Which texts the rules were developed on, read from its file.

use crate::diagnostic::Diagnostic;
use crate::model::{DevelopmentText, Digest, SourceFile, TaxonomyId};
use crate::rules::parse;
use crate::toml_reader::{At, Mistakes, Table, quoted};
use std::collections::BTreeSet;

/// Reads the texts in `file`; `known` are the taxonomies there are.
pub(super) fn read(
    file: &SourceFile,
    known: &[TaxonomyId],
) -> (Option<Vec<DevelopmentText>>, Vec<Diagnostic>) {
    parse(file, |table, mistakes| {
        table.refuse_others(&["text"]);
        let texts = table.tables("text");
        texts.iter().map(|table| text(table, known, mistakes)).collect()
    })
}

fn text(table: &Table<'_, '_>, known: &[TaxonomyId], mistakes: &Mistakes<'_>) -> DevelopmentText {
    table.refuse_others(&["names", "digests", "taxonomies"]);
    let listed = |key| if table.has(key) { table.texts(key) } else { None }.unwrap_or_default();
    let names = listed("names");
    if names.is_empty() {
        let help = "name the agreement by its id, or by the stem of the file that was looked at";
        table.missing("names", help);
    }
    let digests = listed("digests");
    let taxonomies = listed("taxonomies");
    for taxonomy in &taxonomies {
        check_taxonomy(taxonomy, known, mistakes);
    }
    DevelopmentText {
        names: names.into_iter().map(|at| at.value).collect(),
        digests: digests.into_iter().map(|at| digest(at, mistakes)).collect::<BTreeSet<_>>(),
        taxonomies: taxonomies.into_iter().map(|at| TaxonomyId::new(at.value)).collect(),
    }
}

/// The digest that was written; a text that is none is a mistake.
pub(super) fn digest(written: At<String>, mistakes: &Mistakes<'_>) -> Digest {
    if !is_digest(&written.value) {
        let label = "expected `sha256:` and 64 small hexadecimal digits";
        mistakes.note("R009", written.span, "unknown value", label);
    }
    Digest::new(written.value)
}

fn is_digest(text: &str) -> bool {
    let hex = text.strip_prefix("sha256:").unwrap_or("");
    hex.len() == 64 && hex.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'))
}

fn check_taxonomy(named: &At<String>, known: &[TaxonomyId], mistakes: &Mistakes<'_>) {
    if known.iter().any(|known| known.as_str() == named.value) {
        return;
    }
    let listed: Vec<&str> = known.iter().map(TaxonomyId::as_str).collect();
    let label = format!("there is no taxonomy `{}`", named.value);
    let help = format!("the taxonomies are {}", quoted(&listed));
    mistakes.advise("R016", named.span, "unknown taxonomy", label, help);
}
