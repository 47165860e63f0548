//! What each reviewer has done, and where their decisions differ.

use crate::model::{Decision, DecisionVerdict, ElementCode, Taxonomy};
use crate::review::{Unit, decided};
use std::collections::BTreeMap;

/// What is decided by whom, over all claims of some units.
#[derive(Debug, Clone, Default)]
pub struct Reviewed<'a> {
    /// How many claims there are.
    pub claims: usize,
    /// What each reviewer has decided, by their names.
    pub reviewers: BTreeMap<&'a str, Tally>,
    /// Units and elements on which the values differ that reviewers decided on.
    pub differing: Vec<(&'a Unit, &'a ElementCode)>,
}

/// How many claims one reviewer decided on, by the last decision of their own
/// that was not taken back.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// As proposed: accepted, or nothing proposed and nothing found.
    pub confirmed: usize,
    /// With another value, quote or citation, or added.
    pub changed: usize,
    /// Refused.
    pub refused: usize,
    /// Left for later.
    pub deferred: usize,
    /// Decided without seeing what was proposed, whatever was decided then.
    pub blind: usize,
    /// Those of them that have the value which was proposed.
    pub blind_as_proposed: usize,
    /// Made-up proposals answered, those left for later not among them.
    pub probes: usize,
    /// Those of them that were taken for right.
    pub probes_accepted: usize,
}

impl Tally {
    /// How many of `claims` this reviewer has not decided on.
    #[must_use]
    pub fn open(&self, claims: usize) -> usize {
        claims - (self.confirmed + self.changed + self.refused + self.deferred)
    }

    fn count(&mut self, verdict: DecisionVerdict) {
        match verdict {
            DecisionVerdict::Accepted | DecisionVerdict::AbsentConfirmed => self.confirmed += 1,
            DecisionVerdict::Changed => self.changed += 1,
            DecisionVerdict::Rejected => self.refused += 1,
            DecisionVerdict::Deferred => self.deferred += 1,
            DecisionVerdict::Withdrawn | DecisionVerdict::Probed => {}
        }
    }
}

/// What is decided by whom.
#[must_use]
pub fn reviewed<'a>(
    units: &'a [Unit],
    taxonomy: &'a Taxonomy,
    decisions: &'a [Decision],
) -> Reviewed<'a> {
    let mut all = Reviewed::default();
    for unit in units {
        for element in &taxonomy.elements {
            all.claims += 1;
            let decided = decided(unit, element, &taxonomy.id, decisions);
            for (reviewer, decision) in decided.by_reviewer() {
                all.reviewers.entry(reviewer).or_default().count(decision.verdict);
            }
            for (reviewer, decision) in decided.blind() {
                let tally = all.reviewers.entry(reviewer).or_default();
                tally.blind += 1;
                let same = decision.status == Some(decision.shown.status);
                tally.blind_as_proposed += usize::from(same);
            }
            for (reviewer, probe) in decided.probed() {
                let tally = all.reviewers.entry(reviewer).or_default();
                tally.probes += usize::from(probe.verdict != DecisionVerdict::Deferred);
                tally.probes_accepted += usize::from(probe.accepted);
            }
            if decided.differs() {
                all.differing.push((unit, &element.code));
            }
        }
    }
    all
}
