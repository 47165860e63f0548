//! Agreements × elements, each cell with the records it was made from.

use crate::model::{Agreement, AgreementId, Date, ElementCode, Presence, Tag, Taxonomy};
use std::collections::BTreeMap;

/// The tags of one taxonomy by agreement and element.
#[derive(Debug, Clone, PartialEq)]
pub struct Mapping {
    /// The taxonomy.
    pub taxonomy: Taxonomy,
    /// The agreements, by date and then by id; those without a date come last.
    pub agreements: Vec<MappedAgreement>,
}

/// A row of the matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedAgreement {
    /// Its id.
    pub id: AgreementId,
    /// What the registry knows of it.
    pub agreement: Option<Agreement>,
    /// A cell for each element, in the taxonomy's order.
    pub cells: Vec<MappedCell>,
    /// What was recorded outside the taxonomy.
    pub others: Vec<Tag>,
}

/// A cell of the matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedCell {
    /// The highest value that any record gives it.
    pub presence: Presence,
    /// The rows it was made from, in the order of the tags.
    pub tags: Vec<Tag>,
}

impl MappedAgreement {
    /// The name, or the id where the registry does not have the agreement.
    #[must_use]
    pub fn name(&self) -> &str {
        self.agreement.as_ref().map_or(self.id.as_str(), |agreement| &agreement.name)
    }

    /// When it was signed or launched, as exactly as is known.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        self.agreement.as_ref().and_then(|agreement| agreement.date)
    }

    /// The year it was signed or launched.
    #[must_use]
    pub fn year(&self) -> Option<u16> {
        self.date().map(|date| date.year)
    }

    /// How many of its cells have this value.
    #[must_use]
    pub fn count(&self, presence: Presence) -> usize {
        self.cells.iter().filter(|cell| cell.presence == presence).count()
    }

    /// The elements that are present, by their places in the taxonomy.
    pub(super) fn present(&self) -> impl Iterator<Item = usize> {
        let cells = self.cells.iter().enumerate();
        cells.filter(|(_, cell)| cell.presence == Presence::Present).map(|(at, _)| at)
    }
}

impl Mapping {
    /// Reads `tags` by agreement. An agreement that was recorded twice has one
    /// row; what no record says of it is not assessed. `agreements` are those
    /// of the registry.
    #[must_use]
    pub fn new(taxonomy: &Taxonomy, tags: &[Tag], agreements: &[Agreement]) -> Self {
        let mut rows: BTreeMap<&AgreementId, BTreeMap<&ElementCode, Vec<&Tag>>> = BTreeMap::new();
        for tag in tags {
            rows.entry(&tag.agreement).or_default().entry(&tag.element).or_default().push(tag);
        }
        let mut mapped: Vec<MappedAgreement> = rows
            .into_iter()
            .map(|(id, by_element)| MappedAgreement {
                id: id.clone(),
                agreement: agreements.iter().find(|one| one.id == *id).cloned(),
                cells: taxonomy
                    .elements
                    .iter()
                    .map(|element| cell(by_element.get(&element.code).map_or(&[], Vec::as_slice)))
                    .collect(),
                others: by_element
                    .iter()
                    .filter(|(code, _)| taxonomy.element(code).is_none())
                    .flat_map(|(_, tags)| tags.iter().map(|tag| (*tag).clone()))
                    .collect(),
            })
            .collect();
        let order = |one: &MappedAgreement| (one.date().is_none(), one.date(), one.id.clone());
        mapped.sort_by_key(order);
        Self { taxonomy: taxonomy.clone(), agreements: mapped }
    }

    /// The agreements of which `keep` is true.
    #[must_use]
    pub fn filtered(&self, keep: impl Fn(&MappedAgreement) -> bool) -> Self {
        let agreements = self.agreements.iter().filter(|one| keep(one)).cloned().collect();
        Self { taxonomy: self.taxonomy.clone(), agreements }
    }
}

fn cell(tags: &[&Tag]) -> MappedCell {
    let recorded = tags.iter().map(|tag| tag.status);
    let known = recorded.clone().filter(|status| *status != Presence::NotAssessed).max();
    MappedCell {
        presence: known.unwrap_or(Presence::NotAssessed),
        tags: tags.iter().map(|tag| (*tag).clone()).collect(),
    }
}
