//! How a claim stands: what the ledger says of it, held against what is
//! proposed now.
//!
//! A decision holds while the same is proposed and the words it rests on are
//! there; where the text is another, typography makes no difference.

use crate::model::{
    Decided, Decision, DecisionVerdict, Digest, Element, Presence, Proposal, Shown, TaxonomyId,
    Verdict,
};
use crate::quotes::same_words;
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
    } else if same_evidence(&decision.shown, &now) && still_there(unit, decision, decisions) {
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

/// Whether what is proposed is what was proposed then. In another text it may
/// be set in other typography.
fn same_evidence(then: &Shown, now: &Shown) -> bool {
    if then.quotes == now.quotes {
        return true;
    }
    let comparable = then.text != now.text && then.status == now.status;
    if !comparable || then.evidence.len() != now.evidence.len() {
        return false;
    }
    let mut left: Vec<&String> = now.evidence.iter().collect();
    then.evidence.iter().all(|quote| {
        let same = left.iter().position(|other| same_words(quote, other));
        same.map(|at| left.swap_remove(at)).is_some()
    })
}

/// Whether every quote that the decision rests on stands in the text as it is
/// now, typography apart.
fn still_there(unit: &Unit, decision: &Decision, decisions: &[Decision]) -> bool {
    if decision.shown.text == unit.text {
        return true;
    }
    let earlier = |one: &&Decision| one.agreement == unit.id && one.shown.text != unit.text;
    unit.anchor_all(decisions.iter().filter(earlier));
    decision.quotes.iter().all(|quote| {
        unit.anchored(quote).is_some_and(|anchored| anchored.verdict <= Verdict::Normalised)
    })
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
