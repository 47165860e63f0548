//! What the curated tags show together, held against what their makers said
//! of them.

use normtag::corpus::{Registry, built_in_agreements, built_in_rules, built_in_tags, parse_tags};
use normtag::mapping::{
    Direction, Frequency, MappedAgreement, Mapping, TrendOptions, frequencies, shared_wording,
    similarity, trends,
};
use normtag::model::{AgreementId, Tag, TaxonomyId};
use normtag::rules::codebook;
use std::collections::BTreeSet;

/// The tags of the edition of 2021.
fn mapping() -> Mapping {
    let id = TaxonomyId::new("bpf-2021");
    let taxonomy = codebook(&built_in_rules(), &id).expect("it is there");
    let tags = parse_tags(&built_in_tags(&id).expect("they ship").text).tags;
    let tags: Vec<Tag> = tags.into_iter().map(|(_, tag)| tag).collect();
    let registry = Registry::load(&built_in_agreements()).registry.expect("it is sound");
    Mapping::new(&taxonomy, &tags, &registry.agreements)
}

#[test]
fn an_agreement_recorded_twice_has_one_row() {
    let mapping = mapping();
    assert_eq!(mapping.agreements.len(), 33);
    let dates: Vec<_> = mapping.agreements.iter().map(MappedAgreement::date).collect();
    assert!(dates.windows(2).all(|pair| pair[1].is_none() || pair[0] <= pair[1]));
}

#[test]
fn the_most_and_the_least_frequent_are_those_the_makers_named() {
    let (elements, categories) = frequencies(&mapping());
    let mut ranked: Vec<_> = elements.iter().collect();
    ranked.sort_by_key(|one| std::cmp::Reverse(one.present.part));
    let codes: Vec<&str> = ranked.iter().map(|one| one.code.as_str()).collect();
    // General cooperation and human rights.
    assert_eq!(codes[..2], ["4.1", "1.1"]);
    // Restraint: the rarest two, and four of the rarest five.
    assert!(codes[24..].iter().all(|code| code.starts_with("5.")), "{codes:?}");
    assert_eq!(codes[21..].iter().filter(|code| code.starts_with("5.")).count(), 4);
    let cooperation = &elements[codes_of(&elements, "4.1")].present;
    assert_eq!((cooperation.part, cooperation.whole), (28, 33));
    assert_eq!(categories.len(), 6);
    // One cell of one agreement was lost with a page.
    assert_eq!(elements[codes_of(&elements, "2.5")].not_assessed, 1);
}

fn codes_of(elements: &[Frequency], code: &str) -> usize {
    elements.iter().position(|one| one.code == code).expect("it is there")
}

/// What the makers called rising and declining in 2022, beside what a test
/// says of the tags of 2021: some of it holds, most of it cannot be said.
#[test]
fn of_what_was_called_rising_and_declining_the_test_says_what_can_be_said() {
    let found = trends(&mapping(), &TrendOptions::default()).expect("there are years");
    let of = |direction| {
        let own = found.elements.iter().filter(move |one| one.direction == direction);
        own.map(|one| one.code.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(of(Direction::Rising), ["1.1", "3.1", "4.4", "5.9", "5.10"]);
    assert_eq!(of(Direction::Declining), Vec::<&str>::new());
    // With 26 tests at once, none is sure.
    assert!(found.elements.iter().all(|one| one.p_adjusted > 0.05));
    // The sign agrees with the makers for these.
    let difference = |code: &str| {
        found.elements.iter().find(|one| one.code == code).expect("it is there").difference
    };
    for rising in ["1.1", "2.3", "5.2", "5.5", "5.7", "5.8", "5.9", "5.10"] {
        assert!(difference(rising) > 0.1, "{rising}");
    }
    for declining in ["1.2", "5.4"] {
        assert!(difference(declining) < 0.0, "{declining}");
    }
    assert_eq!(trends(&mapping(), &TrendOptions::default()), Some(found));
}

#[test]
fn the_norms_of_2015_are_found_again_where_they_were_taken_over() {
    let shared = shared_wording(&mapping());
    let first = &shared[0];
    assert_eq!(first.earlier.as_str(), "un-gge-2015");
    assert_eq!(first.later.as_str(), "g7-lucca-2017");
    assert!(first.dated && first.words > 400, "{}", first.words);
    let from_2015 = shared.iter().filter(|one| one.earlier.as_str() == "un-gge-2015");
    let later: BTreeSet<&str> = from_2015.map(|one| one.later.as_str()).collect();
    assert!(later.contains("un-gge-2021") && later.contains("un-oewg-2021"), "{later:?}");
    for one in &shared {
        let longest = &one.runs[0];
        assert!(longest.length >= 8);
        assert!(one.runs.iter().all(|run| run.length <= longest.length));
    }
}

#[test]
fn alike_agreements_stand_together() {
    let mapping = mapping();
    let alike = similarity(&mapping);
    assert_eq!(alike.order.len(), mapping.agreements.len());
    let ids: BTreeSet<_> = alike.order.iter().collect();
    assert_eq!(ids.len(), alike.order.len());
    let pair = |group: &Vec<AgreementId>| {
        let has = |id: &str| group.iter().any(|one| one.as_str() == id);
        has("foc-recommendations-2016") && has("foc-joint-statement-2020")
    };
    assert!(alike.groups.iter().any(pair), "{:?}", alike.groups);
}
