//! What is said when a review ends: how far it is, what each reviewer did, how
//! long it took them, and where they differ.

use crate::cli::terminal::Terminal;
use normtag::model::{Decision, Taxonomy};
use normtag::report::counted;
use normtag::review::{BREAK, Standing, Tally, Unit, probes_told, reviewed, standing, time_spent};
use std::time::{Duration, UNIX_EPOCH};

/// Says it.
pub(crate) fn say(
    units: &[Unit],
    taxonomy: &Taxonomy,
    decisions: &[Decision],
    terminal: &Terminal,
) {
    for unit in units {
        terminal.note(&how_far(unit, taxonomy, decisions));
    }
    let reviewed = reviewed(units, taxonomy, decisions);
    for (name, tally) in &reviewed.reviewers {
        let own = |one: &&Decision| {
            one.by == *name
                && one.taxonomy == taxonomy.id
                && units.iter().any(|unit| unit.id == one.agreement)
        };
        let moments: Vec<Duration> =
            decisions.iter().filter(own).filter_map(|one| moment(&one.at)).collect();
        for line in told(tally, reviewed.claims, time_spent(&moments)) {
            terminal.note(&format!("{name}: {line}"));
        }
    }
    if !reviewed.differing.is_empty() {
        let named = reviewed.differing.iter().map(|(unit, code)| format!("{} {code}", unit.id));
        let named = named.collect::<Vec<_>>().join(", ");
        let count = counted(reviewed.differing.len(), "element");
        terminal.note(&format!("reviewers differ on {count}: {named}"));
    }
}

fn how_far(unit: &Unit, taxonomy: &Taxonomy, decisions: &[Decision]) -> String {
    let elements = taxonomy.elements.iter();
    let all: Vec<Standing> =
        elements.map(|element| standing(unit, element, &taxonomy.id, decisions).standing).collect();
    let count = |which: Standing| all.iter().filter(|one| **one == which).count();
    format!(
        "{}: {} of {} settled, {} open, {} deferred, {} stale",
        unit.id,
        count(Standing::Settled),
        counted(all.len(), "element"),
        count(Standing::Open),
        count(Standing::Deferred),
        count(Standing::Stale)
    )
}

/// What is said of one reviewer.
fn told(tally: &Tally, claims: usize, spent: Duration) -> Vec<String> {
    let mut lines = vec![format!(
        "{} confirmed, {} changed, {} refused, {} deferred, {} open; {:.1} minutes between \
         decisions, breaks of more than {} left out",
        tally.confirmed,
        tally.changed,
        tally.refused,
        tally.deferred,
        tally.open(claims),
        spent.as_secs_f64() / 60.0,
        BREAK.as_secs() / 60
    )];
    if tally.blind > 0 {
        lines.push(format!(
            "{} decided without seeing what was proposed, {} of them with its value",
            tally.blind, tally.blind_as_proposed
        ));
    }
    lines.extend(probes_told(tally.probes_accepted, tally.probes));
    lines
}

/// A moment of the ledger, since 1970.
fn moment(at: &str) -> Option<Duration> {
    humantime::parse_rfc3339(at).ok()?.duration_since(UNIX_EPOCH).ok()
}
