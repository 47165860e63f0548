//! What every form says in words: the sides, the texts, what is a development
//! figure, what was left out, and what people reach.

use crate::model::{
    Change, Coded, CodedPassage, CodedText, CodingKind, ComparedCase, ComparedCell,
    EvidenceAgreement, Presence, RuleId, Side, Taxonomy, stem,
};
use crate::reliability::{Reading, Resampled, Scope};
use crate::report::counted;
use crate::report::diff::figures::{self, figure};
use crate::report::diff::{DiffReport, PeopleAgreement};

/// A side in a line: what it is, of how many agreements, by which rules.
pub(crate) fn side(side: &Side) -> String {
    let kind = match side.kind {
        CodingKind::Proposals => "proposed, not confirmed",
        CodingKind::Tags => "tags that people gave",
        CodingKind::Coding => "coded by hand",
        CodingKind::Decisions => "decided by people in review",
    };
    let count = counted(side.cases, "agreement");
    let rules =
        side.rules.as_ref().map(|digest| format!(" · rules sha256 {}", short(digest.hex())));
    format!("{kind} · {} · {count}{}", side.taxonomy, rules.unwrap_or_default())
}

/// The first digits of a digest.
pub(crate) fn short(hex: &str) -> &str {
    hex.get(..12).unwrap_or(hex)
}

/// `442 cells of 17 agreements · 28 differ · 3 not comparable`.
pub(crate) fn summary(report: &DiffReport<'_>) -> String {
    let comparison = report.comparison;
    let count = |change| comparison.counts.get(&change).copied().unwrap_or(0);
    let differ: usize = Change::ALL.into_iter().filter(|change| change.differs()).map(count).sum();
    let cells = counted(comparison.cells.len(), "cell");
    let entries = comparison.cases.iter().any(|case| case.case.entry.is_some());
    let noun = if entries { "entry" } else { "agreement" };
    let cases = match (entries, comparison.cases.len()) {
        (true, 1) => "1 entry".to_owned(),
        (true, count) => format!("{count} entries"),
        (false, count) => counted(count, noun),
    };
    let mut said = vec![format!("{cells} of {cases}")];
    said.push(if differ == 0 { "no difference".to_owned() } else { format!("{differ} differ") });
    let changes = [Change::Added, Change::Removed, Change::Strengthened, Change::Weakened];
    let each = changes.into_iter().filter(|change| count(*change) > 0);
    said.extend(each.map(|change| format!("{} {}", count(change), change.as_str())));
    if count(Change::NotComparable) > 0 {
        said.push(format!("{} not comparable", count(Change::NotComparable)));
    }
    said.join(" · ")
}

/// How many cells rest on the same passages, among those where that can be
/// told: both sides have the value, and quote or cite something.
pub(crate) fn evidence<'c>(
    cells: impl Iterator<Item = &'c ComparedCell>,
) -> Option<(usize, usize)> {
    let told: Vec<bool> = cells
        .filter(|cell| cell.change == Change::Same)
        .filter_map(|cell| cell.evidence.as_ref()?.agrees())
        .collect();
    let agree = told.iter().filter(|&&agrees| agrees).count();
    (!told.is_empty()).then_some((agree, told.len()))
}

/// How often the sides rest on the same passages, in a sentence.
pub(crate) fn evidence_said(report: &DiffReport<'_>) -> Option<String> {
    let (agree, told) = evidence(report.comparison.cells.iter())?;
    Some(format!(
        "Of {} with the same value where both sides quote or cite something, {agree} rest on the same \
         passage.",
        counted(told, "cell")
    ))
}

/// Whether a cell has the same value on other passages.
pub(crate) fn other_evidence(cell: &ComparedCell) -> bool {
    let agrees = cell.evidence.as_ref().and_then(EvidenceAgreement::agrees);
    cell.change == Change::Same && agrees == Some(false)
}

/// What the passages of a cell have to do with each other, in words.
pub(crate) fn evidence_of(cell: &ComparedCell) -> Option<String> {
    let evidence = cell.evidence.as_ref()?;
    let overlap = evidence.overlap.map(|share| format!(" ({share:.2})")).unwrap_or_default();
    Some(format!(
        "quotes {}{overlap}, citations {}",
        evidence.quotes.as_str(),
        evidence.citations.as_str()
    ))
}

/// `absent → indirect`, in the words of the editions.
pub(crate) fn values(cell: &ComparedCell) -> (&'static str, &'static str) {
    (value(cell.left.as_ref()), value(cell.right.as_ref()))
}

/// What a side says of a cell, in one word or two.
#[must_use]
pub fn value(coded: Option<&Coded>) -> &'static str {
    match coded.map(|coded| coded.status) {
        None => "not coded",
        Some(Presence::NotAssessed) => "not assessed",
        Some(status) => status.as_str(),
    }
}

/// The name of an element's category.
fn category<'t>(taxonomy: &'t Taxonomy, code: &str) -> &'t str {
    let found = taxonomy.categories.iter().find(|category| category.code == code);
    found.map_or("", |category| category.name.as_str())
}

/// What a case is called: the agreement, and the entry where cases are entries.
pub(crate) fn case_name(case: &ComparedCase) -> String {
    match &case.case.entry {
        Some(entry) => format!("{} ({entry})", case.case.agreement),
        None => case.case.agreement.to_string(),
    }
}

/// The distinct texts of a case that have a digest, with it: `x.pdf sha256 …`.
pub(crate) fn texts(case: &ComparedCase) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for text in case.left_texts.iter().chain(&case.right_texts) {
        let said = text_of(text);
        if text.digest.is_some() && !all.contains(&said) {
            all.push(said);
        }
    }
    all
}

/// Every text that has a digest, by the stem of its file, in one line.
pub(crate) fn all_texts(report: &DiffReport<'_>) -> Option<String> {
    let cases = report.comparison.cases.iter();
    let texts = cases.flat_map(|case| case.left_texts.iter().chain(&case.right_texts));
    let mut said: Vec<String> = Vec::new();
    for text in texts {
        let Some(digest) = &text.digest else { continue };
        let one = format!("{} {}", stem(&text.source), short(digest.hex()));
        if !said.contains(&one) {
            said.push(one);
        }
    }
    (!said.is_empty())
        .then(|| format!("Texts, with the first digits of their sha256: {}.", said.join(", ")))
}

fn text_of(text: &CodedText) -> String {
    let digest = text.digest.as_ref().map_or("", |digest| short(digest.hex()));
    format!("{} sha256 {digest}", text.source)
}

/// The rules that found a passage, in a line; nothing where no program did.
pub(crate) fn rules_of(passage: Option<&CodedPassage>) -> Option<String> {
    let rules: Vec<&str> = passage?.rules.iter().map(RuleId::as_str).collect();
    (!rules.is_empty()).then(|| format!("found by {}", rules.join(", ")))
}

/// What kind of figures these are: whether rules were developed on the texts.
pub(crate) fn development(report: &DiffReport<'_>) -> Option<String> {
    let comparison = report.comparison;
    let proposed = [&comparison.left, &comparison.right]
        .into_iter()
        .find(|side| side.kind == CodingKind::Proposals)?;
    let all = comparison.cases.len();
    let seen = comparison.cases.iter().filter(|case| case.development).count();
    let own = proposed.rules.is_none() || proposed.rules.as_ref() == report.rules;
    let others = if own {
        ""
    } else {
        " The proposals were made by other rules than those at hand, whose list this is."
    };
    let said = match seen {
        0 if !report.listed => {
            "The rules at hand do not list the texts they were developed on, so it is not known \
             whether these are among them."
                .to_owned()
        }
        0 => format!(
            "None of the {all} texts is on the list of those that the rules were developed on."
        ),
        seen if seen == all => format!(
            "Development figures: the rules were developed looking at {}, so these figures say \
             little of other texts.",
            if all == 1 { "this text".to_owned() } else { format!("all {all} of these texts") }
        ),
        seen => format!(
            "Development figures, in part: the rules were developed looking at {seen} of these {all} \
             texts."
        ),
    };
    Some(format!("{said}{others}"))
}

/// Whether a figure over `scope` is a development figure.
pub(crate) fn is_development(report: &DiffReport<'_>, scope: &Scope) -> bool {
    let mut seen = report.comparison.cases.iter().filter(|case| case.development);
    seen.any(|case| match scope {
        Scope::Agreement(of) => case.case.agreement.as_str() == of,
        Scope::Pooled | Scope::Category(_) | Scope::Element(_) => true,
    })
}

/// The heading of the figures.
pub(crate) fn figures_title(report: &DiffReport<'_>) -> &'static str {
    let seen = report.comparison.cases.iter().filter(|case| case.development).count();
    match seen {
        0 => "Figures",
        seen if seen == report.comparison.cases.len() => "Development figures",
        _ => "Development figures, in part",
    }
}

/// What people reach among themselves, a sentence for each pair of editions.
pub(crate) fn people(report: &DiffReport<'_>) -> Vec<String> {
    report.people.iter().map(people_of).collect()
}

fn people_of(people: &PeopleAgreement) -> String {
    let pooled: Vec<String> = people
        .scores
        .iter()
        .filter(|score| score.scope == Scope::Pooled && score.reading == Reading::Present)
        .map(|score| format!("{} {}", figures::name(score.name), figure(score)))
        .collect();
    let n = people.scores.first().map_or(0, |score| score.n);
    format!(
        "For scale, people and people: {} and {} coded {} in common, {n} cells: {} (present against \
         all else).",
        people.left,
        people.right,
        counted(people.agreements, "agreement"),
        pooled.join(", "),
    )
}

/// What a scope is called.
pub(crate) fn scope_name(report: &DiffReport<'_>, scope: &Scope) -> String {
    match scope {
        Scope::Pooled => "all cells".to_owned(),
        Scope::Category(code) => format!("{code} {}", category(report.taxonomy, code)),
        Scope::Element(code) => {
            let mut pairs = report.comparison.elements.iter();
            let pair = pairs.find(|pair| pair.left.as_str() == code);
            format!("{code} {}", pair.map_or("", |pair| pair.name.as_str()))
        }
        Scope::Agreement(agreement) => agreement.clone(),
    }
}

/// How the intervals were found.
pub(crate) fn method(report: &DiffReport<'_>) -> String {
    let reliability = report.reliability;
    let reference = match &reliability.reference {
        Some(side) => format!("precision, recall and F1 are against the {side} side"),
        None => "no side is the reference, so there is no precision, recall or F1".to_owned(),
    };
    let bootstrapped = reliability.scores.iter().find_map(|score| score.resampled);
    let drawn = match bootstrapped {
        Some(Resampled::Cells) => {
            "draw single cells, because all are of one agreement, and say nothing of other agreements"
        }
        Some(Resampled::Agreements) | None => "draw whole agreements",
    };
    format!(
        "In brackets 95 % intervals: Wilson's for proportions, else from {} bootstrap rounds that \
         {drawn} (seed {}); {reference}. “Too few”: fewer than 10 cells positive, or negative, on a \
         side.",
        reliability.rounds, reliability.seed,
    )
}
