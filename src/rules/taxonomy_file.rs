//! A taxonomy, read from its file.

use crate::diagnostic::Diagnostic;
use crate::model::{
    Category, Element, ElementCode, Force, Presence, SourceFile, Subject, Taxonomy, TaxonomyId,
    Thresholds,
};
use crate::rules::parse;
use crate::rules::rule_file::place_named;
use crate::rules::{ConceptId, Concepts};
use crate::toml_reader::{At, Mistakes, Table};
use std::collections::{BTreeMap, BTreeSet};

/// A taxonomy with its concepts found.
pub(super) struct Read {
    pub(super) taxonomy: Taxonomy,
    pub(super) commitment: Vec<ConceptId>,
    pub(super) negation: Vec<ConceptId>,
    pub(super) continues: Vec<ConceptId>,
    pub(super) firm: Vec<ConceptId>,
    pub(super) subject: Vec<ConceptId>,
}

/// Reads the taxonomy in `file`, whose folder is named `id`.
pub(super) fn read(
    file: &SourceFile,
    id: &TaxonomyId,
    concepts: &Concepts,
) -> (Option<Read>, Vec<Diagnostic>) {
    parse(file, |table, mistakes| {
        refuse_strangers(table);
        check_id(table, id, mistakes);
        check_format(table, mistakes);
        let force = concept_names(table, "force", "commitment");
        let negation = concept_names(table, "force", "negation");
        let continues = concept_names(table, "force", "continues");
        let firm = concept_names(table, "force", "firm");
        let subject = concept_names(table, "subject", "concepts");
        let resolve = |names: &[At<String>]| {
            names.iter().filter_map(|name| concepts.resolve(name, mistakes)).collect::<Vec<_>>()
        };
        Read {
            commitment: resolve(&force),
            negation: resolve(&negation),
            continues: resolve(&continues),
            firm: resolve(&firm),
            subject: resolve(&subject),
            taxonomy: Taxonomy {
                force: Force {
                    without: number(table, "force", "without", 0.6),
                    telling_share: number(table, "force", "telling_share", 0.0),
                    telling_from: count(table, "force", "telling_from").unwrap_or(100),
                },
                subject: Subject {
                    document_share: number(table, "subject", "document_share", 0.3),
                    section_share: number(table, "subject", "section_share", 0.4),
                    brief: count(table, "subject", "brief").unwrap_or(0),
                    distant: number(table, "subject", "distant", 0.85),
                    elsewhere: number(table, "subject", "elsewhere", 0.85),
                },
                ..codebook(table, id, mistakes)
            },
        }
    })
}

/// The codebook alone, of a taxonomy whose file has no mistakes.
pub(super) fn read_codebook(file: &SourceFile, id: &TaxonomyId) -> Option<Taxonomy> {
    let (taxonomy, mistakes) = parse(file, |table, mistakes| codebook(table, id, mistakes));
    taxonomy.filter(|_| mistakes.is_empty())
}

/// The part of a taxonomy that names no concepts.
fn codebook(table: &Table<'_, '_>, id: &TaxonomyId, mistakes: &Mistakes<'_>) -> Taxonomy {
    let text = |key, help| table.required_text(key, help).map_or_else(String::new, |at| at.value);
    let categories = categories(table);
    Taxonomy {
        id: id.clone(),
        name: text("name", "give the codebook's title"),
        source: text("source", "say where the definitions come from"),
        elements: elements(table, &categories, mistakes),
        categories,
        labels: labels(table),
        thresholds: Thresholds {
            present: number(table, "thresholds", "present", 0.5),
            indirect: number(table, "thresholds", "indirect", 0.25),
            tenfold: number(table, "thresholds", "tenfold", 0.0),
            pages: count(table, "thresholds", "pages").unwrap_or(10) as f64,
        },
        force: Force::default(),
        subject: Subject::default(),
        places: places(table, mistakes),
        calibration: None,
    }
}

fn check_id(table: &Table<'_, '_>, id: &TaxonomyId, mistakes: &Mistakes<'_>) {
    let stated = table.required_text("id", "the id is the name of the folder");
    if let Some(stated) = stated
        && stated.value != id.as_str()
    {
        let label = format!("the folder is called `{id}`");
        mistakes.note("R014", stated.span, "id and folder differ", label);
    }
}

/// A format that this version does not know is a mistake.
pub(super) fn check_format(table: &Table<'_, '_>, mistakes: &Mistakes<'_>) {
    if let Some(format) = table.count("format")
        && format.value != 1
    {
        let label = "this version of normtag reads format 1";
        mistakes.note("R021", format.span, "unknown format", label);
    }
}

/// The codes of the elements, whatever else is in the file.
pub(super) fn codes(table: &Table<'_, '_>) -> Vec<ElementCode> {
    let elements = table.tables("element");
    let codes = elements.iter().filter_map(|element| element.text("code"));
    codes.map(|code| ElementCode::new(code.value)).collect()
}

fn refuse_strangers(table: &Table<'_, '_>) {
    table.refuse_others(&[
        "format",
        "id",
        "name",
        "source",
        "labels",
        "thresholds",
        "force",
        "places",
        "subject",
        "category",
        "element",
    ]);
    let known: [(&str, &[&str]); 4] = [
        ("labels", &["present", "indirect", "absent", "not_assessed"]),
        ("thresholds", &["present", "indirect", "tenfold", "pages"]),
        (
            "force",
            &[
                "commitment",
                "negation",
                "continues",
                "firm",
                "without",
                "telling_share",
                "telling_from",
            ],
        ),
        (
            "subject",
            &["concepts", "document_share", "section_share", "brief", "distant", "elsewhere"],
        ),
    ];
    for (key, keys) in known {
        if let Some(inner) = table.table(key) {
            inner.refuse_others(keys);
        }
    }
}

fn concept_names(table: &Table<'_, '_>, key: &str, inner: &str) -> Vec<At<String>> {
    table.table(key).and_then(|inner_table| inner_table.texts(inner)).unwrap_or_default()
}

fn number(table: &Table<'_, '_>, key: &str, inner: &str, otherwise: f64) -> f64 {
    let found = table.table(key).and_then(|table| table.share(inner));
    found.map_or(otherwise, |at| at.value)
}

fn count(table: &Table<'_, '_>, key: &str, inner: &str) -> Option<usize> {
    table.table(key).and_then(|table| table.count(inner)).map(|at| at.value)
}

fn labels(table: &Table<'_, '_>) -> BTreeMap<Presence, String> {
    let Some(table) = table.table("labels") else {
        return BTreeMap::new();
    };
    [Presence::Present, Presence::Indirect, Presence::Absent, Presence::NotAssessed]
        .into_iter()
        .filter_map(|presence| Some((presence, table.text(presence.as_str())?.value)))
        .collect()
}

fn places(table: &Table<'_, '_>, mistakes: &Mistakes<'_>) -> BTreeMap<crate::model::Place, f64> {
    let Some(table) = table.table("places") else {
        return BTreeMap::new();
    };
    let mut factors = BTreeMap::new();
    for key in table.keys() {
        let Some(place) = place_named(key.value) else {
            let label = format!("there is no place `{}`", key.value);
            mistakes.note("R009", key.span, "unknown value", label);
            continue;
        };
        if let Some(factor) = table.share(key.value) {
            factors.insert(place, factor.value);
        }
    }
    factors
}

fn categories(table: &Table<'_, '_>) -> Vec<Category> {
    let read = |table: &Table<'_, '_>| {
        table.refuse_others(&["code", "name"]);
        Some(Category {
            code: table.required_text("code", "give the category a code")?.value,
            name: table.required_text("name", "give the category a name")?.value,
        })
    };
    if table.keys().all(|key| key.value != "category") {
        return Vec::new();
    }
    table.tables("category").iter().filter_map(read).collect()
}

fn elements(
    table: &Table<'_, '_>,
    categories: &[Category],
    mistakes: &Mistakes<'_>,
) -> Vec<Element> {
    let tables = table.tables("element");
    if tables.is_empty() {
        table.missing("element", "write the elements as `[[element]]`");
    }
    let mut seen = BTreeSet::new();
    let read = |table: &Table<'_, '_>| {
        table.refuse_others(&["code", "name", "category", "definition"]);
        let code = table.required_text("code", "give the element a code")?;
        if !seen.insert(code.value.clone()) {
            let label = "another element has this code";
            mistakes.note("R010", code.span, "code used twice", label);
        }
        let category = table.text("category");
        if let Some(category) = &category
            && categories.iter().all(|known| known.code != category.value)
        {
            let label = format!("there is no category `{}`", category.value);
            mistakes.note("R009", category.span, "unknown value", label);
        }
        Some(Element {
            code: ElementCode::new(code.value),
            name: table.required_text("name", "give the element a name")?.value,
            category: category.map(|at| at.value),
            definition: table.required_text("definition", "copy the codebook's sentence")?.value,
        })
    };
    tables.iter().filter_map(read).collect()
}
