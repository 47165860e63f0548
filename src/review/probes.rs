//! Proposals that are made up to see whether they are noticed.
//!
//! Which elements get one, and of which words, is told by a digest of the text:
//! the same on every run. The words are real ones of the document, proposed as
//! evidence for an element of another category; the element is one that is not
//! proposed, and that no curated tag has. A reviewer sees it as any other
//! proposal until all is decided; then the claim is open again. What they
//! answer is never a decision on the claim.

use crate::model::{
    AgreementId, Decision, DecisionVerdict, Digest, Element, ElementCode, Evidence, Presence,
    Probed, Proposal, RuleId, Tag, Taxonomy,
};
use crate::reliability::wilson;
use crate::review::{Standing, Unit, decided, shown, standing};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// The made-up proposals for some units.
#[derive(Debug, Clone, Default)]
pub struct Probes {
    /// For each unit, by its place, the proposal for each element that has one.
    made: Vec<BTreeMap<ElementCode, Proposal>>,
}

/// What is known when proposals are made up.
pub struct Ground<'a> {
    /// The taxonomy.
    pub taxonomy: &'a Taxonomy,
    /// The ids of its rules.
    pub rules: Vec<&'a str>,
    /// What an edition recorded: where it has an element, a proposal for it
    /// would not be wrong.
    pub curated: &'a [Tag],
    /// Claims that are to get none.
    pub spared: &'a dyn Fn(&AgreementId, &ElementCode) -> bool,
}

/// What a reviewer sees, made-up proposals among the others, and their answers
/// as if they were decisions.
#[derive(Debug, Clone)]
pub struct View<'a> {
    /// The units.
    pub units: Cow<'a, [Unit]>,
    /// The decisions, each at its own place.
    pub decisions: Cow<'a, [Decision]>,
    /// Where a made-up proposal is shown: the place of the unit, and the
    /// element.
    pub probes: BTreeSet<(usize, ElementCode)>,
}

impl<'a> View<'a> {
    /// What is there, and nothing else.
    #[must_use]
    pub fn plain(units: &'a [Unit], decisions: &'a [Decision]) -> Self {
        let (units, decisions) = (Cow::Borrowed(units), Cow::Borrowed(decisions));
        Self { units, decisions, probes: BTreeSet::new() }
    }

    /// Whether nothing is open or stale in any unit, and nothing is `hidden`.
    #[must_use]
    pub fn is_done(&self, taxonomy: &Taxonomy, hidden: &dyn Fn(&Unit, &Element) -> bool) -> bool {
        let waits = |unit: &Unit, element: &Element| {
            let standing = standing(unit, element, &taxonomy.id, &self.decisions).standing;
            matches!(standing, Standing::Open | Standing::Stale) || hidden(unit, element)
        };
        !self.units.iter().any(|unit| taxonomy.elements.iter().any(|one| waits(unit, one)))
    }
}

impl Probes {
    /// Makes up proposals for a share, from 0 to 1, of the elements of each
    /// unit: one at least, as far as it has elements that can get one.
    #[must_use]
    pub fn plant(share: f64, units: &[Unit], ground: &Ground<'_>) -> Self {
        Self { made: units.iter().map(|unit| made_up(share, unit, ground)).collect() }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.made.iter().map(BTreeMap::len).sum()
    }

    /// What `reviewer` sees. Where anybody has decided on a claim, nothing is
    /// made up for it.
    #[must_use]
    pub fn view<'a>(
        &self,
        units: &'a [Unit],
        taxonomy: &Taxonomy,
        reviewer: &str,
        decisions: &'a [Decision],
    ) -> View<'a> {
        let mut view = View::plain(units, decisions);
        for (at, made) in self.made.iter().enumerate() {
            for (code, proposal) in made {
                let Some(element) = taxonomy.element(code) else { continue };
                let claim = decided(&units[at], element, &taxonomy.id, decisions);
                if claim.holding().is_some() {
                    continue;
                }
                let unit = &mut view.units.to_mut()[at];
                unit.proposals.push(proposal.clone());
                unit.missing.retain(|absence| absence.element != *code);
                let digest = shown(unit, Some(proposal)).quotes;
                let own = |one: &Decision| {
                    one.by == reviewer
                        && one.taxonomy == taxonomy.id
                        && one.agreement == unit.id
                        && one.element == *code
                        && one.shown.quotes == digest
                };
                view.decisions = unmasked(view.decisions, &own);
                view.probes.insert((at, code.clone()));
            }
        }
        view
    }
}

/// Answers to made-up proposals as if they were decisions.
fn unmasked<'a>(
    decisions: Cow<'a, [Decision]>,
    which: &dyn Fn(&Decision) -> bool,
) -> Cow<'a, [Decision]> {
    if !decisions.iter().any(|one| one.is_probe() && which(one)) {
        return decisions;
    }
    let mut decisions = decisions.into_owned();
    for decision in decisions.iter_mut().filter(|one| which(one)) {
        if let Some(probe) = decision.probe.take() {
            decision.verdict = probe.verdict;
            decision.status = probe.status;
        }
    }
    Cow::Owned(decisions)
}

/// What was decided on a made-up proposal, as the ledger has it: no decision
/// on the claim. A withdrawal stays what it is.
#[must_use]
pub fn as_probe(decision: Decision, proposal: &Proposal) -> Decision {
    if decision.verdict == DecisionVerdict::Withdrawn {
        return decision;
    }
    let made_up = |quote: &str| {
        proposal.evidence.iter().any(|one| one.quote.contains(quote) || quote.contains(&one.quote))
    };
    let says_so = decision.status.is_some_and(|status| status >= Presence::Indirect);
    let accepted = says_so && decision.quotes.iter().any(|quote| made_up(&quote.quote));
    let probe = Probed { verdict: decision.verdict, status: decision.status, accepted };
    Decision { verdict: DecisionVerdict::Probed, status: None, probe: Some(probe), ..decision }
}

/// How many made-up proposals were taken for right, in words, with Wilson's
/// 95 % interval; nothing where none was answered.
#[must_use]
pub fn probes_told(accepted: usize, answered: usize) -> Option<String> {
    let (low, high) = wilson(accepted as u64, answered as u64)?;
    Some(format!(
        "{accepted} of {answered} made-up proposals accepted ({:.0} %, 95 % interval {:.0} to {:.0} %)",
        100.0 * accepted as f64 / answered as f64,
        100.0 * low,
        100.0 * high
    ))
}

fn made_up(share: f64, unit: &Unit, ground: &Ground<'_>) -> BTreeMap<ElementCode, Proposal> {
    let elements = &ground.taxonomy.elements;
    // The share rounded, and one at least.
    let asked = share * elements.len() as f64;
    let wanted = (1..=elements.len()).filter(|count| *count as f64 - 0.5 <= asked).count();
    let wanted = if share > 0.0 { wanted.max(1) } else { 0 };
    let curated = |element: &Element| {
        ground.curated.iter().any(|tag| {
            tag.agreement == unit.id
                && tag.element == element.code
                && tag.status >= Presence::Indirect
        })
    };
    let free = elements.iter().filter(|element| {
        unit.proposal(element).is_none()
            && !curated(element)
            && !(ground.spared)(&unit.id, &element.code)
    });
    let mut free: Vec<&Element> = free.collect();
    free.sort_by_cached_key(|element| drawn("element", unit, element, ground));
    let made = free
        .into_iter()
        .filter_map(|element| Some((element.code.clone(), proposal_for(element, unit, ground)?)));
    made.take(wanted).collect()
}

/// Words of the document that are evidence for an element of another category,
/// as evidence for this one.
fn proposal_for(element: &Element, unit: &Unit, ground: &Ground<'_>) -> Option<Proposal> {
    let nearest = unit.absence(element).map_or(&[][..], |absence| &absence.nearest);
    let elsewhere = |proposal: &&Proposal| {
        let other = ground.taxonomy.element(&proposal.element);
        let category = other.and_then(|other| other.category.as_ref());
        category.is_none() || category != element.category.as_ref()
    };
    // Where the element came near, its rules may have missed a right one.
    let far = |evidence: &&Evidence| !nearest.iter().any(|near| near.citation == evidence.citation);
    let all = unit.proposals.iter().filter(elsewhere).flat_map(|proposal| {
        proposal.evidence.iter().filter(far).map(move |evidence| (proposal.score, evidence))
    });
    let all: Vec<(f64, &Evidence)> = all.collect();
    let place = drawn("passage", unit, element, ground) as usize;
    // The score of its own proposal: a passage's is of another kind.
    let (score, evidence) = *all.get(place.checked_rem(all.len())?)?;
    let code = element.code.as_str();
    let of_element = |rule: &&&str| rule.split_once('/').is_some_and(|(of, _)| of == code);
    let near = nearest.first().map(|near| near.rule.clone());
    let rule = near.or_else(|| Some(RuleId::new(*ground.rules.iter().find(of_element)?)));
    let evidence = Evidence { rules: rule.into_iter().collect(), ..evidence.clone() };
    Some(Proposal {
        element: element.code.clone(),
        status: evidence.status,
        score,
        evidence: vec![evidence],
        passages: 1,
    })
}

/// A number that only the text, the taxonomy and the element decide.
fn drawn(what: &str, unit: &Unit, element: &Element, ground: &Ground<'_>) -> u32 {
    let seed = format!("probe {what}\n{}\n{}\n{}", ground.taxonomy.id, unit.text, element.code);
    Digest::of(seed.as_bytes()).lot()
}
