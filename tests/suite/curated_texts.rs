//! Proposals beside the curated tags of agreements whose text is at hand: the
//! cells that differ, each read and explained in `curated_texts/differences.txt`.
//!
//! The edition of 2021 records present or N/A: what is indirect here can only
//! be N/A there.

use crate::compared::listed;
use crate::golden;
use crate::program::project;
use crate::shared::shared;
use crate::tagging::{rules, tag_file};
use normtag::corpus::parse_tags;
use normtag::model::Presence;
use std::collections::BTreeMap;

const DIFFERENCES: &str = "curated_texts/differences.txt";

const TEXTS: &[(&str, &str, &str)] = &[
    ("bpf-2021", "paris-call-2018", "paris-call-2018.md"),
    ("bpf-2021", "manrs-2014", "manrs-network-operators.md"),
    ("bpf-2019", "budapest-convention-2001", "budapest-convention-cets185.md"),
];

/// The curated value of each element of an agreement.
fn curated(taxonomy: &str, agreement: &str) -> BTreeMap<String, Presence> {
    let path = project().join(format!("corpus/curated/{taxonomy}.csv"));
    let tags = parse_tags(&std::fs::read_to_string(path).unwrap()).tags;
    let own =
        tags.into_iter().map(|(_, tag)| tag).filter(|tag| tag.agreement.as_str() == agreement);
    let mut values = BTreeMap::new();
    for tag in own.filter(|tag| tag.status != Presence::NotAssessed) {
        let value = values.entry(tag.element.to_string()).or_insert(tag.status);
        *value = tag.status.max(*value);
    }
    values
}

#[test]
fn cells_that_differ_from_the_curated_tags_are_explained() {
    let Some(folder) = shared("curated texts") else { return };
    let mut differences = Vec::new();
    for (taxonomy, agreement, file) in TEXTS {
        let rules = rules(taxonomy);
        let sheet = tag_file(&folder.join("agreements").join(file), &rules);
        let curated = curated(taxonomy, agreement);
        for element in rules.taxonomy.elements.iter().map(|element| element.code.as_str()) {
            let Some(was) = curated.get(element) else { continue };
            let is = crate::coding::proposed(&sheet, element);
            if is != *was {
                let (was, is) = (was.as_str(), is.as_str());
                differences.push(format!("{agreement} {element}: curated {was}, proposed {is}"));
            }
        }
    }
    let told = listed(&differences, DIFFERENCES);
    assert!(!told.contains("not yet read") || std::env::var("UPDATE").is_ok(), "{told}");
    golden::check(DIFFERENCES, &told);
}
