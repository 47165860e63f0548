//! Passages by record: the entry of an edition, or the document, that they were
//! taken from, in the order of the edition.

use crate::corpus::export::{Export, Passage};
use crate::model::{Agreement, AgreementId, Presence};
use crate::numerals::from_roman;

/// All that one source says of one agreement.
pub(crate) struct Record<'a> {
    /// What its tags name as their source.
    pub(crate) source: &'a str,
    /// The agreement.
    pub(crate) agreement: &'a AgreementId,
    /// What is known of it.
    pub(crate) known: Option<&'a Agreement>,
    /// Its passages in order.
    pub(crate) passages: Vec<&'a Passage>,
}

impl Record<'_> {
    /// What to call it: its agreement's name or id, or the file it is about.
    pub(crate) fn name(&self) -> &str {
        let id = self.agreement.as_str();
        let nameless = if id == self.source { file_name(id) } else { id };
        self.known.map_or(nameless, |known| &known.name)
    }

    /// What is recorded for an element: the strongest of its passages; none
    /// where it has none.
    pub(crate) fn status(&self, element: &str) -> Option<Presence> {
        let strength = |status: &Presence| match status {
            Presence::NotAssessed => 0,
            Presence::Absent => 1,
            Presence::Indirect => 2,
            Presence::Present => 3,
        };
        let all = self.passages.iter().filter(|passage| passage.tag.element.as_str() == element);
        all.map(|passage| passage.tag.status).max_by_key(strength)
    }
}

/// The records: entries of the taxonomy's edition by their numbers, then the
/// others as they come.
pub(crate) fn records<'a>(export: &'a Export<'_>) -> Vec<Record<'a>> {
    let mut records: Vec<Record<'a>> = Vec::new();
    for passage in &export.passages {
        let (source, agreement) = (passage.tag.source.as_str(), &passage.tag.agreement);
        let same =
            |record: &&mut Record<'_>| record.source == source && record.agreement == agreement;
        match records.iter_mut().find(same) {
            Some(record) => record.passages.push(passage),
            None => records.push(Record {
                source,
                agreement,
                known: export.registry.agreement(agreement),
                passages: vec![passage],
            }),
        }
    }
    let edition = export.taxonomy.id.as_str();
    records.sort_by_key(|record| number(record.source, edition).unwrap_or(usize::MAX));
    records
}

/// The last part of the path of a file, which has an ending; an address, or an
/// entry of an edition, as it is.
pub(crate) fn file_name(source: &str) -> &str {
    let last = source.rsplit(['/', '\\']).next();
    last.filter(|last| last.contains('.') && !source.contains("://")).unwrap_or(source)
}

/// The number of an entry, in either kind of numerals.
fn number(source: &str, edition: &str) -> Option<usize> {
    let (before, numeral) = source.rsplit_once('/')?;
    let read = || numeral.parse().ok().or_else(|| from_roman(numeral));
    (before == edition).then(read).flatten()
}
