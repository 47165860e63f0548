//! How a claim stands: what the ledger says of it, held against what is
//! proposed now.

use crate::model::{
    Decided, Decision, DecisionVerdict, Digest, Element, Presence, Proposal, Shown, TaxonomyId,
};
use crate::review::Unit;

/// How a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nobody has decided.
    Open,
    /// Somebody left it for later.
    Deferred,
    /// Somebody decided, on evidence that has changed since.
    Stale,
    /// Somebody decided.
    Settled,
}

impl Standing {
    /// Its name on the page.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Deferred => "deferred",
            Self::Stale => "stale",
            Self::Settled => "settled",
        }
    }
}

/// A claim and the decision that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claimed<'d> {
    /// How it stands.
    pub standing: Standing,
    /// The decision that holds.
    pub decision: Option<&'d Decision>,
    /// Its number in the ledger.
    pub number: Option<usize>,
    /// The number of the newest entry on this claim, a withdrawal among them:
    /// who decides says which one they have seen.
    pub newest: Option<usize>,
}

/// How the claim that `unit` has `element` stands.
#[must_use]
pub fn standing<'d>(
    unit: &Unit,
    element: &Element,
    taxonomy: &TaxonomyId,
    decisions: &'d [Decision],
) -> Claimed<'d> {
    let decided = decided(unit, element, taxonomy, decisions);
    let newest = decided.newest();
    let Some((number, decision)) = decided.holding() else {
        return Claimed { standing: Standing::Open, decision: None, number: None, newest };
    };
    let now = shown(unit, unit.proposal(element));
    let standing = if decision.verdict == DecisionVerdict::Deferred {
        Standing::Deferred
    } else if decision.shown.quotes == now.quotes {
        Standing::Settled
    } else {
        Standing::Stale
    };
    Claimed { standing, decision: Some(decision), number: Some(number), newest }
}

/// What the ledger has on the claim that `unit` has `element`.
#[must_use]
pub fn decided<'d>(
    unit: &Unit,
    element: &Element,
    taxonomy: &TaxonomyId,
    decisions: &'d [Decision],
) -> Decided<'d> {
    Decided::of(taxonomy, &unit.id, &element.code, decisions)
}

/// The number of the newest entry on a claim.
#[must_use]
pub fn newest(
    unit: &Unit,
    element: &Element,
    taxonomy: &TaxonomyId,
    decisions: &[Decision],
) -> Option<usize> {
    standing(unit, element, taxonomy, decisions).newest
}

/// What stands before a person who decides on a proposal, or on its absence.
#[must_use]
pub fn shown(unit: &Unit, proposal: Option<&Proposal>) -> Shown {
    let status = match proposal {
        Some(proposal) => proposal.status.into(),
        None if unit.whole => Presence::Absent,
        None => Presence::NotAssessed,
    };
    let evidence = proposal.iter().flat_map(|proposal| &proposal.evidence);
    let evidence: Vec<String> = evidence.map(|one| one.quote.clone()).collect();
    // The order of quotes is how strongly they support; the same quotes in
    // another order are the same evidence.
    let mut sorted: Vec<&str> = evidence.iter().map(String::as_str).collect();
    sorted.sort_unstable();
    let digested = format!("{}\n{}", status.as_str(), sorted.join("\n\u{c}\n"));
    Shown {
        status,
        evidence,
        quotes: Digest::of(digested.as_bytes()),
        text: unit.text.clone(),
        rules: unit.rules.clone(),
        blind: false,
    }
}
