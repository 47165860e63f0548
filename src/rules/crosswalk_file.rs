//! The crosswalk between taxonomies, read from its file.

use crate::diagnostic::Diagnostic;
use crate::model::{Crosswalk, ElementCode, Relation, RelationKind, SourceFile, TaxonomyId};
use crate::rules::parse;
use crate::toml_reader::{At, Mistakes, Table};
use std::collections::BTreeSet;

const KINDS: &[(&str, RelationKind)] = &[
    ("same", RelationKind::Same),
    ("wider", RelationKind::Wider),
    ("narrower", RelationKind::Narrower),
];

/// The elements a relation may name.
pub(super) type Known = BTreeSet<(TaxonomyId, ElementCode)>;

/// Reads the crosswalk in `file`, which relates the elements that are `known`.
pub(super) fn read(file: &SourceFile, known: &Known) -> (Option<Crosswalk>, Vec<Diagnostic>) {
    parse(file, |table, mistakes| {
        table.refuse_others(&["relation"]);
        let relations = table.tables("relation");
        let mut compared = Compared::new();
        let relations =
            relations.iter().filter_map(|table| relation(table, known, &mut compared, mistakes));
        Crosswalk { relations: relations.collect() }
    })
}

/// The elements that are compared already, each with the other's taxonomy.
type Compared = BTreeSet<((TaxonomyId, ElementCode), TaxonomyId)>;

fn relation(
    table: &Table<'_, '_>,
    known: &Known,
    compared: &mut Compared,
    mistakes: &Mistakes<'_>,
) -> Option<Relation> {
    table.refuse_others(&["from", "to", "kind", "compare", "reason"]);
    let from = table.required_text("from", "name an element as `taxonomy/code`");
    let reason = table.required_text("reason", "say why");
    let to = table.text("to");
    let kind = table.text("kind");
    if to.is_some() != kind.is_some() {
        let help = "`to` and `kind` stand together, or neither does";
        table.missing(if to.is_some() { "kind" } else { "to" }, help);
    }
    let kind = kind.and_then(|at| {
        let found = KINDS.iter().find(|(name, _)| *name == at.value).map(|&(_, kind)| kind);
        if found.is_none() {
            let label = "expected `same`, `wider` or `narrower`";
            mistakes.note("R009", at.span, "unknown value", label);
        }
        found
    });
    let relation = Relation {
        from: element(&from?, known, mistakes)?,
        to: to.and_then(|to| element(&to, known, mistakes)),
        kind,
        compare: table.flag("compare").unwrap_or(false),
        reason: reason?.value,
    };
    if relation.compare {
        check_compared(&relation, table, compared, mistakes);
    }
    Some(relation)
}

/// A value is compared with one value of another edition: an element that is
/// compared twice would be counted twice.
fn check_compared(
    relation: &Relation,
    table: &Table<'_, '_>,
    compared: &mut Compared,
    mistakes: &Mistakes<'_>,
) {
    let Some(to) = &relation.to else {
        table.missing("to", "`compare` needs an element to compare with");
        return;
    };
    let from = &relation.from;
    let first = compared.insert((from.clone(), to.0.clone()));
    let second = compared.insert((to.clone(), from.0.clone()));
    if !first || !second {
        let label = "one of its elements is compared in another relation already";
        mistakes.note("R010", table.span, "element compared twice", label);
    }
}

fn element(
    at: &At<String>,
    known: &Known,
    mistakes: &Mistakes<'_>,
) -> Option<(TaxonomyId, ElementCode)> {
    let Some((taxonomy, code)) = at.value.split_once('/') else {
        let label = "expected `taxonomy/code`";
        mistakes.note("R009", at.span, "unknown value", label);
        return None;
    };
    let named = (TaxonomyId::new(taxonomy), ElementCode::new(code));
    if !known.contains(&named) {
        let label = format!("taxonomy `{taxonomy}` has no element `{code}`");
        mistakes.note("R022", at.span, "unknown element", label);
        return None;
    }
    Some(named)
}
