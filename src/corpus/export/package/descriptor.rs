//! The descriptor of a Data Package as JSON has it: which properties, under
//! which names. Source: the standard, version 2, at datapackage.org.

use crate::corpus::export::package::{Contributor, Origin};
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Descriptor<'a> {
    #[serde(rename = "$schema")]
    pub(super) schema: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) homepage: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) keywords: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) contributors: &'a [Contributor],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub(super) sources: &'a [Origin],
    pub(super) resources: Vec<Resource<'a>>,
}

#[derive(Serialize)]
pub(super) struct Resource<'a> {
    pub(super) name: String,
    pub(super) title: String,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) mediatype: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) encoding: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) bytes: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) hash: Option<String>,
    pub(super) schema: Schema,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) data: Option<Rows<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Rows<'a> {
    Agreements(Vec<AgreementRow<'a>>),
    Elements(Vec<ElementRow<'a>>),
}

#[derive(Serialize)]
pub(super) struct Schema {
    pub(super) fields: Vec<Field>,
    #[serde(rename = "primaryKey", skip_serializing_if = "Option::is_none")]
    pub(super) primary_key: Option<[&'static str; 1]>,
    #[serde(rename = "foreignKeys", skip_serializing_if = "Vec::is_empty")]
    pub(super) foreign_keys: Vec<ForeignKey>,
}

#[derive(Serialize)]
pub(super) struct Field {
    pub(super) name: &'static str,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) description: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) categories: Vec<Value>,
    #[serde(rename = "categoriesOrdered", skip_serializing_if = "Option::is_none")]
    pub(super) categories_ordered: Option<bool>,
    #[serde(rename = "missingValues", skip_serializing_if = "Vec::is_empty")]
    pub(super) missing_values: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) constraints: Option<Constraints>,
}

#[derive(Serialize)]
pub(super) struct Value {
    pub(super) value: &'static str,
    pub(super) label: String,
}

#[derive(Serialize)]
pub(super) struct Constraints {
    pub(super) required: bool,
}

#[derive(Serialize)]
pub(super) struct ForeignKey {
    pub(super) fields: [&'static str; 1],
    pub(super) reference: Reference,
}

#[derive(Serialize)]
pub(super) struct Reference {
    pub(super) resource: String,
    pub(super) fields: [&'static str; 1],
}

#[derive(Serialize)]
pub(super) struct AgreementRow<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    pub(super) date: Option<String>,
    pub(super) stakeholder_groups: String,
    pub(super) signatories: Option<&'a str>,
    pub(super) organisation: Option<&'a str>,
    pub(super) address: Option<&'a str>,
    pub(super) lists: String,
}

#[derive(Serialize)]
pub(super) struct ElementRow<'a> {
    pub(super) code: &'a str,
    pub(super) name: &'a str,
    pub(super) category: Option<&'a str>,
    pub(super) category_name: Option<&'a str>,
    pub(super) definition: &'a str,
}
