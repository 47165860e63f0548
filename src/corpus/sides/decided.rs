//! A ledger of decisions → a coding: of a claim the decision that holds, or of
//! one reviewer the last of their own. The ledger is only read.

use crate::corpus::ledger::{LedgerText, parse_ledger, whole_lines};
use crate::corpus::sides::{
    File, ReadSide, SideContext, SideMistake, bare, case_of, empty, known_taxonomy, unknown_element,
};
use crate::model::{
    Coded, CodedPassage, CodedText, Coding, CodingKind, Decided, Decision, ReviewerNames, Taxonomy,
    stem,
};
use crate::toml_reader::did_you_mean;
use serde_json::Value;
use std::collections::BTreeSet;

/// What every entry has and no other file of ours.
const KEY: &[u8] = b"\"verdict\"";

/// Whether these are the bytes of a ledger: its first line is a decision, or
/// something that has a verdict.
#[must_use]
pub fn is_ledger(bytes: &[u8]) -> bool {
    let (whole, _) = whole_lines(bytes);
    let mut lines = whole.split(|byte| *byte == b'\n');
    let first = lines.find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    first.windows(KEY.len()).any(|part| part == KEY)
        && serde_json::from_slice::<Value>(first).is_ok_and(|it| it.get("verdict").is_some())
}

/// Reads the lines that were written to their end.
pub(super) fn read(file: &File<'_>, context: &SideContext<'_>) -> ReadSide {
    let LedgerText { decisions, lines, cut_off } =
        parse_ledger(file.bytes).map_err(|mistakes| {
            let mistakes = mistakes.into_iter();
            mistakes.map(|(line, text)| file.mistake(Some(line), text)).collect::<Vec<_>>()
        })?;
    let taxonomy = taxonomy(file, &decisions, context)?;
    let mistakes: Vec<SideMistake> = unknown(file, &decisions, &lines, taxonomy).collect();
    if !mistakes.is_empty() {
        return Err(mistakes);
    }
    if let Some(reviewer) = context.reviewer {
        known_reviewer(file, &decisions, reviewer)?;
    }
    let told = match context.names {
        ReviewerNames::Keep => decisions.clone(),
        _ => ReviewerNames::Number.tell(&decisions),
    };
    let reviewer = decisions.iter().zip(&told).find(|(one, _)| Some(&*one.by) == context.reviewer);
    let reviewer = reviewer.map(|(_, told)| told.by.as_str());
    let mut side = coding(file, &told, taxonomy, reviewer);
    let others = decisions.iter().filter(|one| one.taxonomy != taxonomy.id).count();
    if others > 0 {
        let id = &taxonomy.id;
        side.left_out.push(format!("{others} of its entries are not on {id}"));
    }
    if cut_off > 0 {
        side.left_out.push(format!(
            "the last line was not written to its end, as after a crash, and is not read \
             ({cut_off} bytes); `normtag review` puts it aside"
        ));
    }
    Ok(side)
}

/// The taxonomy that was decided on; where there are several, the named one.
fn taxonomy<'a>(
    file: &File<'_>,
    decisions: &[Decision],
    context: &SideContext<'a>,
) -> Result<&'a Taxonomy, Vec<SideMistake>> {
    let decided: BTreeSet<&str> = decisions.iter().map(|one| one.taxonomy.as_str()).collect();
    let named = context.named.filter(|named| decided.contains(named.as_str()));
    let mut all = decided.iter();
    match (named, all.next(), all.next()) {
        (Some(named), ..) => known_taxonomy(file, named.as_str(), context),
        (None, Some(only), None) => known_taxonomy(file, only, context),
        _ => {
            let all = decided.into_iter().collect::<Vec<_>>().join(", ");
            file.refuse(format!("it has decisions on {all}; name one of these with --taxonomy"))
        }
    }
}

/// Entries on elements that the taxonomy does not have.
fn unknown<'f>(
    file: &'f File<'_>,
    decisions: &'f [Decision],
    places: &'f [usize],
    taxonomy: &'f Taxonomy,
) -> impl Iterator<Item = SideMistake> + 'f {
    let wrong = decisions
        .iter()
        .zip(places)
        .filter(|(one, _)| one.taxonomy == taxonomy.id && taxonomy.element(&one.element).is_none());
    wrong.map(|(one, line)| {
        file.mistake(Some(*line), unknown_element(taxonomy, one.element.as_str()))
    })
}

fn known_reviewer(
    file: &File<'_>,
    decisions: &[Decision],
    reviewer: &str,
) -> Result<(), Vec<SideMistake>> {
    let known: BTreeSet<&str> = decisions.iter().map(|one| one.by.as_str()).collect();
    if known.contains(reviewer) {
        return Ok(());
    }
    let advice = did_you_mean(reviewer, known.iter().copied());
    let advice = advice.unwrap_or_else(|| {
        format!("they are by {}", known.iter().copied().collect::<Vec<_>>().join(", "))
    });
    file.refuse(format!("there is no decision by `{reviewer}`; {advice}"))
}

/// The cells that are decided, and what is to be said of them.
fn coding(
    file: &File<'_>,
    decisions: &[Decision],
    taxonomy: &Taxonomy,
    reviewer: Option<&str>,
) -> Coding {
    let mut side = empty(file, CodingKind::Decisions, taxonomy);
    let mut reviewers = BTreeSet::new();
    let mut differing = 0;
    for ((id, agreement, element), decided) in Decided::all(decisions) {
        let holding = match reviewer {
            Some(reviewer) => decided.holding_of(reviewer),
            None => decided.holding(),
        };
        let Some((_, decision)) = holding.filter(|_| *id == taxonomy.id) else { continue };
        reviewers.extend(decided.by_reviewer().into_keys());
        differing += usize::from(decided.differs());
        let case = side.cases.entry(case_of(agreement.as_str())).or_default();
        for quote in &decision.quotes {
            let text = CodedText {
                source: quote.source.clone(),
                digest: None,
                outcome: None,
                unread: Vec::new(),
            };
            if case.stems.insert(stem(&quote.source).to_owned()) {
                case.texts.push(text);
            }
        }
        case.cells.insert(element.clone(), coded(decision));
    }
    if let Some(reviewer) = reviewer {
        side.name = format!("{} ({reviewer})", file.path);
    } else if reviewers.len() > 1 {
        let who = reviewers.into_iter().collect::<Vec<_>>().join(", ");
        side.left_out.push(format!(
            "decided by {who}; of each cell the last decision is taken, and on {differing} of them \
             their own decisions differ"
        ));
    }
    side
}

fn coded(decision: &Decision) -> Coded {
    let notes = decision.reason.iter().chain(&decision.comment);
    let evidence = decision.quotes.iter().map(|quote| CodedPassage {
        quote: quote.quote.clone(),
        citation: quote.citation.clone(),
        source: quote.source.clone(),
        rules: Vec::new(),
    });
    Coded {
        evidence: evidence.collect(),
        notes: notes.cloned().collect(),
        ..bare(decision.value())
    }
}
