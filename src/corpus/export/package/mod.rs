//! The corpus as a Data Package (version 2): tables of tags as files, the
//! agreements and elements they refer to within the descriptor, so that every
//! key can be followed.
//!
//! `unrecorded` is no degree of presence: it is declared as a missing value.

mod descriptor;

use crate::corpus::export::sheet::link;
use crate::corpus::registry::Registry;
use crate::corpus::tags::{HEADER, OTHER, status_name};
use crate::model::{Agreement, Digest, Presence, Taxonomy};
use descriptor::{
    AgreementRow, Constraints, Descriptor, ElementRow, Field, ForeignKey, Reference, Resource,
    Rows, Schema, Value,
};
use serde::{Deserialize, Serialize};
use std::io::{self, Write};

const PROFILE: &str = "https://datapackage.org/profiles/2.0/datapackage.json";
const AGREEMENTS: &str = "agreements";

/// What a corpus says of itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Release {
    /// The version of the form.
    pub format: u32,
    /// Its name among packages.
    pub name: Option<String>,
    /// Its title.
    pub title: Option<String>,
    /// The version of the data: major where columns change, minor where rows
    /// are added, patch where rows are corrected.
    pub version: Option<String>,
    /// What it is, where it comes from, and what may be done with it.
    pub description: Option<String>,
    /// Where it is found.
    pub homepage: Option<String>,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// Who made it.
    #[serde(rename = "contributor")]
    pub contributors: Vec<Contributor>,
    /// What it was made from.
    #[serde(rename = "source")]
    pub sources: Vec<Origin>,
}

/// Who made a corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contributor {
    /// A name.
    pub title: String,
    /// What they did.
    pub roles: Vec<String>,
}

/// What a corpus was made from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// Its title.
    pub title: String,
    /// Its address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
}

/// What goes into a package.
#[derive(Debug)]
pub struct Package<'a> {
    /// What the corpus says of itself.
    pub release: &'a Release,
    /// The agreements.
    pub registry: &'a Registry,
    /// The tables of tags.
    pub tables: Vec<Table<'a>>,
}

/// A table of tags.
#[derive(Debug)]
pub struct Table<'a> {
    /// The taxonomy of its tags.
    pub taxonomy: &'a Taxonomy,
    /// Its file, as tidy CSV.
    pub csv: Vec<u8>,
}

const ID: &str = "The id of the agreement in normtag's registry";
const AGREEMENT_FIELDS: [(&str, &str); 8] = [
    ("id", ID),
    ("name", "Its name"),
    ("date", "When it was signed or launched: year, year and month, or day"),
    ("stakeholder_groups", "The groups that are party to it, by id, between spaces"),
    ("signatories", "Signatories or supporters, as stated"),
    ("organisation", "The organisation responsible, as stated"),
    ("address", "Where its text, or a page about it, is found"),
    ("lists", "The lists it stands on, by id, between spaces"),
];
const ELEMENT_FIELDS: [(&str, &str); 5] = [
    ("code", "The code of the element in the taxonomy"),
    ("name", "Its name"),
    ("category", "The code of its category"),
    ("category_name", "The name of its category"),
    ("definition", "The codebook's sentence"),
];
/// What the columns of a table of tags say, in the order of [`HEADER`].
const TAG_FIELDS: [&str; 7] = [
    ID,
    "The code of the element, or `other` for an area that is none",
    "What is recorded for the element",
    "Where in the agreement, as the source writes it",
    "Words of the agreement, as the source quotes them",
    "What the source says about it in its own words; a reason where a row needs one",
    "The edition and the entry it was taken from",
];

/// The files of the package, each with its path: the tables, then the
/// descriptor that is true of them.
///
/// # Errors
///
/// None that is known: what cannot be written as JSON.
pub fn package(package: &Package<'_>) -> io::Result<Vec<(String, Vec<u8>)>> {
    let Release { name, title, version, description, homepage, .. } = package.release;
    let mut resources: Vec<Resource<'_>> = package.tables.iter().map(tags).collect();
    resources.push(agreements(package.registry));
    resources.extend(package.tables.iter().map(|table| elements(table.taxonomy)));
    let descriptor = Descriptor {
        schema: PROFILE,
        name: name.as_deref(),
        title: title.as_deref(),
        version: version.as_deref(),
        description: description.as_deref(),
        homepage: homepage.as_deref(),
        keywords: &package.release.keywords,
        contributors: &package.release.contributors,
        sources: &package.release.sources,
        resources,
    };
    let mut json = Vec::new();
    serde_json::to_writer_pretty(&mut json, &descriptor)?;
    writeln!(json)?;
    let tables = package.tables.iter().map(|table| (path(table.taxonomy), table.csv.clone()));
    Ok(tables.chain([("datapackage.json".to_owned(), json)]).collect())
}

fn path(taxonomy: &Taxonomy) -> String {
    format!("curated/{}.csv", taxonomy.id)
}

fn elements_name(taxonomy: &Taxonomy) -> String {
    format!("elements-{}", taxonomy.id)
}

fn tags<'a>(Table { taxonomy, csv }: &Table<'a>) -> Resource<'a> {
    let key = |field, resource: String, own| ForeignKey {
        fields: [field],
        reference: Reference { resource, fields: [own] },
    };
    let fields = HEADER.into_iter().zip(TAG_FIELDS).map(|(name, description)| {
        let mut field = plain(name, description);
        let required = matches!(name, "agreement" | "element" | "source");
        field.constraints = required.then_some(Constraints { required });
        if name == "status" {
            let order = [Presence::Absent, Presence::Indirect, Presence::Present];
            let value = |status: Presence| Value {
                value: status_name(status),
                label: taxonomy.label(status).to_owned(),
            };
            field.categories = order.into_iter().map(value).collect();
            field.categories_ordered = Some(true);
            field.missing_values = vec![status_name(Presence::NotAssessed)];
        }
        field
    });
    Resource {
        name: format!("tags-{}", taxonomy.id),
        title: format!("Tags: {}", taxonomy.name),
        path: Some(path(taxonomy)),
        format: Some("csv"),
        mediatype: Some("text/csv"),
        encoding: Some("utf-8"),
        bytes: Some(csv.len()),
        hash: Some(Digest::of(csv).as_str().to_owned()),
        schema: Schema {
            fields: fields.collect(),
            primary_key: None,
            foreign_keys: vec![
                key("agreement", AGREEMENTS.to_owned(), "id"),
                key("element", elements_name(taxonomy), "code"),
            ],
        },
        ..inline(String::new(), String::new(), &[], None)
    }
}

fn agreements(registry: &Registry) -> Resource<'_> {
    let row = |one: &'_ Agreement| -> String {
        let mut lists: Vec<&str> = one.lists.iter().map(|at| at.list.as_str()).collect();
        lists.dedup();
        lists.join(" ")
    };
    let rows = registry.agreements.iter().map(|one| AgreementRow {
        id: one.id.as_str(),
        name: &one.name,
        date: one.date.map(|date| date.to_string()),
        stakeholder_groups: one.stakeholder_groups.join(" "),
        signatories: one.signatories.as_deref(),
        organisation: one.organisation.as_deref(),
        address: link(one),
        lists: row(one),
    });
    let rows = Rows::Agreements(rows.collect());
    inline(AGREEMENTS.to_owned(), "The agreements".to_owned(), &AGREEMENT_FIELDS, Some(rows))
}

fn elements(taxonomy: &Taxonomy) -> Resource<'_> {
    let category = |code: &Option<String>| {
        let mut all = taxonomy.categories.iter();
        all.find(|category| Some(&category.code) == code.as_ref())
    };
    let rows = taxonomy.elements.iter().map(|element| ElementRow {
        code: element.code.as_str(),
        name: &element.name,
        category: element.category.as_deref(),
        category_name: category(&element.category).map(|category| category.name.as_str()),
        definition: &element.definition,
    });
    let other = ElementRow {
        code: OTHER,
        name: "Other norms areas",
        category: None,
        category_name: None,
        definition: "What a source lists outside its elements; its label stands in the note",
    };
    let rows = Rows::Elements(rows.chain([other]).collect());
    inline(elements_name(taxonomy), taxonomy.name.clone(), &ELEMENT_FIELDS, Some(rows))
}

/// A resource whose rows stand in the descriptor; its first field is its key.
fn inline<'a>(
    name: String,
    title: String,
    fields: &[(&'static str, &'static str)],
    data: Option<Rows<'a>>,
) -> Resource<'a> {
    let schema = Schema {
        fields: fields.iter().map(|(name, description)| plain(name, description)).collect(),
        primary_key: fields.first().map(|(name, _)| [*name]),
        foreign_keys: Vec::new(),
    };
    Resource {
        name,
        title,
        kind: "table",
        path: None,
        format: None,
        mediatype: None,
        encoding: None,
        bytes: None,
        hash: None,
        schema,
        data,
    }
}

fn plain(name: &'static str, description: &'static str) -> Field {
    Field {
        name,
        kind: "string",
        description,
        categories: Vec::new(),
        categories_ordered: None,
        missing_values: Vec::new(),
        constraints: None,
    }
}
