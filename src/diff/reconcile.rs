//! Last release × edited tags × proposals → what a person is asked, and what
//! was decided already. Decides nothing, and drops no decision.

use crate::diff::change;
use crate::model::{
    AgreementId, Case, Coded, CodedCase, Coding, Digest, ElementCode, Presence, ReconciledCell,
    Ruling, RulingRecord, RulingRecords, Standing, Taxonomy,
};
use std::collections::{BTreeMap, BTreeSet};

/// How many digits of a digest tell what was shown.
const DIGITS: usize = 12;

/// The reason of a decision that was made by editing the tags.
const EDITED: &str = "edited by hand";

/// The three sides, of one taxonomy.
#[derive(Debug, Clone, Copy)]
pub struct Sides<'a> {
    /// The last release.
    pub base: &'a Coding,
    /// What people edited since.
    pub edited: &'a Coding,
    /// What is proposed.
    pub proposed: &'a Coding,
}

/// Every cell of the three sides, in order of agreement and element, with what
/// was decided of it.
#[must_use]
pub fn reconcile(
    sides: &Sides<'_>,
    taxonomy: &Taxonomy,
    decided: &RulingRecords,
) -> Vec<ReconciledCell> {
    let known: BTreeSet<&AgreementId> =
        sides.base.cases.keys().chain(sides.edited.cases.keys()).map(|c| &c.agreement).collect();
    let offered = by_agreement(sides.proposed, &known);
    let mut all: BTreeSet<&AgreementId> = known;
    all.extend(offered.keys());
    let record = Recorded::new(decided);
    let mut cells = Vec::new();
    for agreement in all {
        let case = Case { agreement: agreement.clone(), entry: None };
        let (base, edited) = (sides.base.cases.get(&case), sides.edited.cases.get(&case));
        let offer = offered.get(agreement).copied();
        for element in &taxonomy.elements {
            let said = [base, edited, offer].map(|case| cell_of(case, &element.code));
            let cell = cell(agreement, &element.code, said);
            cells.extend(cell.map(|cell| record.settle(cell)));
        }
    }
    cells
}

/// The proposals under the ids of the agreements they are of: a sheet without
/// an agreement is found by the stem of its file.
fn by_agreement<'a>(
    proposed: &'a Coding,
    known: &BTreeSet<&AgreementId>,
) -> BTreeMap<AgreementId, &'a CodedCase> {
    let id = |case: &Case, coded: &CodedCase| {
        if known.contains(&case.agreement) {
            return case.agreement.clone();
        }
        let mut stems = coded.stems.iter().map(|stem| AgreementId::new(stem.as_str()));
        stems.find(|stem| known.contains(stem)).unwrap_or_else(|| case.agreement.clone())
    };
    proposed.cases.iter().map(|(case, coded)| (id(case, coded), coded)).collect()
}

/// What a side says of an element.
fn cell_of<'a>(case: Option<&'a CodedCase>, element: &ElementCode) -> Option<&'a Coded> {
    case?.cells.get(element)
}

/// One cell; none where no side has it.
fn cell(
    agreement: &AgreementId,
    element: &ElementCode,
    [base, edited, offered]: [Option<&Coded>; 3],
) -> Option<ReconciledCell> {
    // A text that was not read whole proposes nothing for what it lacks.
    let offered = offered.filter(|coded| coded.status != Presence::NotAssessed);
    if base.is_none() && edited.is_none() && offered.is_none() {
        return None;
    }
    let value = |coded: Option<&Coded>| coded.map(|coded| coded.status);
    let (b, e, p) = (value(base), value(edited), value(offered));
    let standing = match (b, e, p) {
        (b, e, None) if b == e => Standing::Unchanged,
        (_, _, None) => Standing::Edited,
        (b, e, p) if e == p && b == e => Standing::Unchanged,
        (_, e, p) if e == p => Standing::Alike,
        (b, e, _) if b == e => Standing::Proposed,
        (b, _, p) if b == p => Standing::Edited,
        _ => Standing::Conflict,
    };
    let asked = standing.is_asked();
    // An edit against what is proposed is a decision too, and is recorded.
    let disputed = asked || standing == Standing::Edited && p.is_some();
    Some(ReconciledCell {
        agreement: agreement.clone(),
        element: element.clone(),
        base: b,
        edited: e,
        proposed: p,
        standing,
        change: asked.then(|| change(edited, offered)),
        why: why(standing, b, e).to_owned(),
        decision: None,
        reason: String::new(),
        shown: offered
            .filter(|_| disputed)
            .map_or_else(String::new, |offered| shown(agreement, element, offered)),
        kept: edited.filter(|_| disputed).cloned(),
        offered: offered.filter(|_| disputed).cloned(),
    })
}

fn why(standing: Standing, base: Option<Presence>, edited: Option<Presence>) -> &'static str {
    match (standing, base, edited) {
        (Standing::Unchanged, ..) => "nobody changed it, and nothing else is proposed",
        (Standing::Edited, _, None) => "a person took it out; the proposals are as the base was",
        (Standing::Edited, ..) => "a person changed it; nothing new is proposed",
        (Standing::Alike, ..) => "a person changed it to what is proposed",
        (Standing::Proposed, None, None) => "the tags do not have it, the proposals do",
        (Standing::Proposed, ..) => "only the proposals say something else",
        (Standing::Conflict, None, _) => {
            "new in the edited tags, and the proposals say something else"
        }
        (Standing::Conflict, ..) => {
            "a person changed it, and the proposals say something else again"
        }
    }
}

/// Tells one offer from another: its cell, value, places and words.
fn shown(agreement: &AgreementId, element: &ElementCode, coded: &Coded) -> String {
    let mut whole = format!("{agreement}\n{element}\n{}", coded.status.as_str());
    for passage in &coded.evidence {
        for part in [&passage.citation, &passage.quote] {
            whole.push('\n');
            whole.push_str(part);
        }
    }
    Digest::of(whole.as_bytes()).hex().chars().take(DIGITS).collect()
}

/// What a value is called in a file of decisions; nothing where there is none.
#[must_use]
pub fn value_name(value: Option<Presence>) -> &'static str {
    match value {
        None => "",
        Some(Presence::NotAssessed) => "unrecorded",
        Some(value) => value.as_str(),
    }
}

/// The decisions that were recorded.
///
/// What was shown tells the cell: a spreadsheet may have made a number or a
/// date of the element's code.
struct Recorded<'a> {
    by_shown: BTreeMap<&'a str, Vec<&'a RulingRecord>>,
    by_cell: BTreeMap<(&'a str, &'a str), Vec<&'a RulingRecord>>,
}

impl<'a> Recorded<'a> {
    fn new(decided: &'a RulingRecords) -> Self {
        let mut recorded = Self { by_shown: BTreeMap::new(), by_cell: BTreeMap::new() };
        for record in decided.records.iter().filter(|record| record.decision.is_some()) {
            let cell = (record.agreement.as_str(), record.element.as_str());
            recorded.by_cell.entry(cell).or_default().push(record);
            recorded.by_shown.entry(&record.shown).or_default().push(record);
        }
        recorded
    }

    /// A decision holds for the values and the passages that were shown; one
    /// made on others is named, and the cell is asked again.
    fn settle(&self, mut cell: ReconciledCell) -> ReconciledCell {
        if !cell.standing.is_asked() {
            return cell;
        }
        let key = (cell.agreement.as_str(), cell.element.as_str());
        let of_cell = self.by_cell.get(&key).map_or(&[][..], Vec::as_slice);
        let same = |record: &&&RulingRecord| {
            record.edited == value_name(cell.edited) && record.proposed == value_name(cell.proposed)
        };
        let shown = self.by_shown.get(cell.shown.as_str()).map_or(&[][..], Vec::as_slice);
        let typed = of_cell.iter().filter(|record| record.shown.is_empty());
        if let Some(record) = typed.chain(shown).rfind(same) {
            cell.decision = record.decision;
            cell.reason.clone_from(&record.reason);
        } else if let Some(decision) = of_cell.last().and_then(|record| record.decision) {
            let on = if of_cell.last().iter().any(same) { "passages" } else { "values" };
            cell.why = format!("{}; decided before on other {on}: {}", cell.why, decision.as_str());
        }
        cell
    }
}

/// The records of a reconciliation: what was recorded before, what was decided
/// now, by a decision or by editing the tags, and every cell that is asked.
#[must_use]
pub fn records(cells: &[ReconciledCell], before: &RulingRecords) -> RulingRecords {
    let same = |one: &RulingRecord, other: &RulingRecord| {
        let values = one.edited == other.edited && one.proposed == other.proposed;
        let cell = one.agreement == other.agreement && one.element == other.element;
        values && (if other.shown.is_empty() { cell } else { one.shown == other.shown })
    };
    let mut asked: Vec<RulingRecord> = Vec::new();
    for cell in cells.iter().filter(|cell| !cell.shown.is_empty()) {
        asked.push(record(cell, before.extra.len()));
    }
    let mut after = RulingRecords { extra: before.extra.clone(), records: Vec::new() };
    for known in &before.records {
        let now = asked.iter().position(|record| same(record, known));
        match now {
            Some(place) => {
                let now = asked.remove(place);
                // A reason may stand before the decision does.
                let reason =
                    if now.reason.is_empty() { known.reason.clone() } else { now.reason.clone() };
                let extra = known.extra.clone();
                after.records.push(RulingRecord { reason, extra, ..now });
            }
            // What was decided stays, though it is asked no more.
            None if known.decision.is_some() || !known.reason.is_empty() => {
                after.records.push(known.clone());
            }
            None => {}
        }
    }
    after.records.extend(asked);
    after.records.sort_by(|one, other| {
        let place = |record: &RulingRecord| {
            let mut places = cells.iter();
            places.position(|cell| {
                cell.agreement.as_str() == record.agreement
                    && cell.element.as_str() == record.element
            })
        };
        (&one.agreement, place(one)).cmp(&(&other.agreement, place(other)))
    });
    after
}

fn record(cell: &ReconciledCell, extra: usize) -> RulingRecord {
    let first = |coded: &Option<Coded>| {
        let passage = coded.as_ref().and_then(|coded| coded.evidence.first());
        passage.map_or_else(Default::default, |p| (p.citation.clone(), p.quote.clone()))
    };
    let ((kept_at, kept), (offered_at, offered)) = (first(&cell.kept), first(&cell.offered));
    let (decision, reason) = match cell.standing {
        Standing::Edited => (Some(Ruling::Keep), EDITED.to_owned()),
        _ => (cell.decision, cell.reason.clone()),
    };
    RulingRecord {
        agreement: cell.agreement.to_string(),
        element: cell.element.to_string(),
        base: value_name(cell.base).to_owned(),
        edited: value_name(cell.edited).to_owned(),
        proposed: value_name(cell.proposed).to_owned(),
        decision,
        reason,
        why: cell.why.clone(),
        passages: [kept_at, kept, offered_at, offered],
        shown: cell.shown.clone(),
        extra: vec![String::new(); extra],
    }
}

/// Decides every open cell; a conflict is left to a person. Gives how many were
/// decided.
pub fn take(cells: &mut [ReconciledCell], decision: Ruling, reason: &str) -> usize {
    let mut taken = 0;
    for cell in cells {
        if cell.standing == Standing::Proposed && cell.decision.is_none() {
            cell.decision = Some(decision);
            reason.clone_into(&mut cell.reason);
            taken += 1;
        }
    }
    taken
}
