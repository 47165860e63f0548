//! What a ledger says of one claim: its entries in order, and which of them
//! holds. The one rule for it, for the page as for a side of a comparison.

use super::{AgreementId, Decision, DecisionVerdict, ElementCode, Presence, Probed, TaxonomyId};
use std::collections::BTreeMap;

/// The entries on one claim, in the order of the ledger, each with its number:
/// its place in the ledger, from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decided<'d> {
    entries: Vec<(usize, &'d Decision)>,
}

/// The claim that an entry decides on, with its taxonomy.
pub type DecidedClaim<'d> = (&'d TaxonomyId, &'d AgreementId, &'d ElementCode);

impl<'d> Decided<'d> {
    /// The entries on one claim.
    #[must_use]
    pub fn of(
        taxonomy: &TaxonomyId,
        agreement: &AgreementId,
        element: &ElementCode,
        ledger: &'d [Decision],
    ) -> Self {
        let own = ledger.iter().enumerate().filter(|(_, one)| {
            one.taxonomy == *taxonomy && one.agreement == *agreement && one.element == *element
        });
        Self { entries: own.collect() }
    }

    /// The entries on every claim that a ledger has any on.
    #[must_use]
    pub fn all(ledger: &'d [Decision]) -> BTreeMap<DecidedClaim<'d>, Self> {
        let mut all: BTreeMap<DecidedClaim<'d>, Self> = BTreeMap::new();
        for (number, one) in ledger.iter().enumerate() {
            let claim = (&one.taxonomy, &one.agreement, &one.element);
            all.entry(claim).or_default().entries.push((number, one));
        }
        all
    }

    /// The number of the newest entry, a withdrawal among them.
    #[must_use]
    pub fn newest(&self) -> Option<usize> {
        self.entries.last().map(|(number, _)| *number)
    }

    /// The decision that holds: the last that was not taken back.
    #[must_use]
    pub fn holding(&self) -> Option<(usize, &'d Decision)> {
        self.standing().next_back()
    }

    /// The decision of one reviewer that holds for them: the last of their own
    /// that was not taken back.
    #[must_use]
    pub fn holding_of(&self, reviewer: &str) -> Option<(usize, &'d Decision)> {
        self.standing().rfind(|(_, one)| one.by == reviewer)
    }

    /// For every reviewer the decision of their own that holds for them, by
    /// their names.
    #[must_use]
    pub fn by_reviewer(&self) -> BTreeMap<&'d str, &'d Decision> {
        self.standing().map(|(_, one)| (one.by.as_str(), one)).collect()
    }

    /// For every reviewer the first decision they took without seeing what was
    /// proposed, whatever they decided when they had.
    #[must_use]
    pub fn blind(&self) -> BTreeMap<&'d str, &'d Decision> {
        let blind = self.entries.iter().rev().map(|(_, one)| *one);
        let blind = blind.filter(|one| one.shown.blind && one.status.is_some() && !one.is_probe());
        blind.map(|one| (one.by.as_str(), one)).collect()
    }

    /// Whether a reviewer has once decided on a value, taken back or not.
    #[must_use]
    pub fn has_value_by(&self, reviewer: &str) -> bool {
        let decides = |one: &Decision| one.status.is_some() && !one.is_probe();
        self.entries.iter().any(|(_, one)| one.by == reviewer && decides(one))
    }

    /// Whether the values that reviewers have decided on differ; who left it
    /// for later has none.
    #[must_use]
    pub fn differs(&self) -> bool {
        let own = self.by_reviewer();
        let mut values = own.values().filter_map(|one| one.status);
        let first = values.next();
        values.any(|value| Some(value) != first)
    }

    /// For every reviewer their last answer to a made-up proposal that was not
    /// taken back.
    #[must_use]
    pub fn probed(&self) -> BTreeMap<&'d str, &'d Probed> {
        let answers =
            self.kept().filter_map(|(_, one)| Some((one.by.as_str(), one.probe.as_ref()?)));
        answers.collect()
    }

    /// The entries that say something of the claim: all but answers to made-up
    /// proposals, and what takes one back.
    pub fn on_claim(&self) -> impl Iterator<Item = &'d Decision> {
        let probed = |number: usize| {
            self.entries.iter().any(|(one, entry)| *one == number && entry.is_probe())
        };
        let entries = self.entries.iter().map(|(_, one)| *one);
        entries.filter(move |one| !one.is_probe() && !one.withdraws.is_some_and(probed))
    }

    /// The decisions that were not taken back.
    fn standing(&self) -> impl DoubleEndedIterator<Item = (usize, &'d Decision)> {
        self.kept().filter(|(_, one)| !one.is_probe())
    }

    /// The entries that were not taken back, answers to made-up proposals among
    /// them.
    fn kept(&self) -> impl DoubleEndedIterator<Item = (usize, &'d Decision)> {
        let taken_back = |number| self.entries.iter().any(|(_, one)| one.withdraws == Some(number));
        let decides = |one: &Decision| one.verdict != DecisionVerdict::Withdrawn;
        let entries = self.entries.iter().copied();
        entries.filter(move |(number, one)| decides(one) && !taken_back(*number))
    }
}

impl Decision {
    /// Whether it answers a made-up proposal, and so decides nothing.
    #[must_use]
    pub fn is_probe(&self) -> bool {
        self.verdict == DecisionVerdict::Probed || self.probe.is_some()
    }

    /// The value of the claim by this decision; what was left for later is not
    /// assessed.
    #[must_use]
    pub fn value(&self) -> Presence {
        self.status.unwrap_or(Presence::NotAssessed)
    }
}
