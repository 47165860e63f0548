//! Which agreements stand on which list of the registry, under which number.

use crate::model::AgreementId;
use std::collections::BTreeMap;

const REGISTRY: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/agreements.toml"));

#[derive(serde::Deserialize)]
struct Registry {
    #[serde(default)]
    agreement: Vec<Agreement>,
}

#[derive(serde::Deserialize)]
struct Agreement {
    id: AgreementId,
    #[serde(default)]
    lists: Vec<Listed>,
}

#[derive(serde::Deserialize)]
struct Listed {
    list: String,
    number: u32,
}

/// The agreements on this list by their numbers; none where no agreement
/// stands on a list of this name.
#[must_use]
pub fn agreements_on(list: &str) -> Option<BTreeMap<u32, AgreementId>> {
    let registry: Registry = toml::from_str(REGISTRY).ok()?;
    let all = registry.agreement.iter().flat_map(|agreement| {
        let on = agreement.lists.iter().filter(|listed| listed.list == list);
        on.map(|listed| (listed.number, agreement.id.clone()))
    });
    let found: BTreeMap<u32, AgreementId> = all.collect();
    (!found.is_empty()).then_some(found)
}
