//! Two rules of one element: the same rule twice, and a rule that adds nothing
//! to another.

use super::implied::Implied;
use crate::diagnostic::Diagnostic;
use crate::rules::{ConceptId, Exception, Nearness, Rule, RuleSet};

/// The warnings of every pair of rules.
pub(super) fn lint(rules: &RuleSet, implied: &Implied<'_>) -> Vec<Diagnostic> {
    let all = &rules.rules;
    let shadow = |(number, rule): (usize, &Rule)| {
        let own = all.iter().enumerate().filter(|(_, other)| other.element == rule.element);
        let mut over = own.filter(|&(at, other)| at != number && covers(other, rule, implied));
        // Of two that are alike the later one is told.
        let (_, other) = over.find(|&(at, other)| at < number || !covers(rule, other, implied))?;
        Some(told(rule, other, covers(rule, other, implied)))
    };
    all.iter().enumerate().filter_map(shadow).collect()
}

fn told(rule: &Rule, other: &Rule, alike: bool) -> Diagnostic {
    let (code, title, label) = if alike {
        ("R034", "duplicate rule", format!("`{}` asks for the same", other.id))
    } else {
        ("R035", "shadowed rule", format!("`{}` holds wherever this one does", other.id))
    };
    let help = if alike {
        "keep one of the two; its examples can take in the other's"
    } else {
        "leave it out, or give it more weight or a stronger tag than the other has"
    };
    Diagnostic::error(code, &rule.path, rule.span, title, label).as_warning().with_help(help)
}

/// Whether `wide` holds, with at least its tag and weight, wherever `narrow`
/// does. Says no where it cannot tell.
fn covers(wide: &Rule, narrow: &Rule, implied: &Implied<'_>) -> bool {
    wide.scope == narrow.scope
        && wide.tag >= narrow.tag
        && wide.weight >= narrow.weight
        && (narrow.force || !wide.force)
        && (wide.names_places || !narrow.names_places)
        && narrow.places.iter().all(|place| wide.places.contains(place))
        && reaches(wide.subject, narrow.subject)
        && entries_hold(wide, narrow, implied)
        && at_least_holds(wide, narrow, implied)
        && near_holds(wide, narrow)
        && wide.unless.iter().all(|one| narrow.unless.iter().any(|other| wider(other, one)))
}

/// Whether a subject near enough for `narrow` is near enough for `wide`.
fn reaches(wide: Nearness, narrow: Nearness) -> bool {
    use Nearness::{Document, None, Sentence, Throughout};
    match (wide, narrow) {
        (None, _) | (_, Sentence) => true,
        (_, None) => false,
        (Throughout, narrow) => narrow == Throughout,
        (wide, Throughout) => wide == Document,
        (wide, narrow) => narrow <= wide,
    }
}

/// What a rule asks for: the entries of `all`, and `any` as one.
fn entries(rule: &Rule) -> impl Iterator<Item = &Vec<ConceptId>> {
    rule.all.iter().chain(Some(&rule.any).filter(|any| !any.is_empty()))
}

fn entries_hold(wide: &Rule, narrow: &Rule, implied: &Implied<'_>) -> bool {
    entries(wide).all(|asked| entries(narrow).any(|entry| implied.entry_implies(entry, asked)))
}

fn at_least_holds(wide: &Rule, narrow: &Rule, implied: &Implied<'_>) -> bool {
    let Some(asked) = &wide.at_least else { return true };
    let given = narrow.at_least.as_ref().is_some_and(|given| {
        given.n >= asked.n && given.of.iter().all(|concept| asked.of.contains(concept))
    });
    let sure = asked.of.iter().filter(|&&concept| {
        narrow.all.iter().any(|entry| implied.entry_implies(entry, &[concept]))
    });
    given || sure.count() >= asked.n
}

fn near_holds(wide: &Rule, narrow: &Rule) -> bool {
    let alone = entries(wide).count() < 2;
    let near = wide.near.is_none_or(|near| narrow.near.is_some_and(|other| other <= near));
    let ordered = !wide.ordered || narrow.ordered && wide.all == narrow.all;
    alone || near && ordered
}

/// Whether `other` applies wherever `one` does.
fn wider(other: &Exception, one: &Exception) -> bool {
    other.scope == one.scope
        && (other.near.is_none() || other.near == one.near)
        && one.any.iter().all(|concept| other.any.contains(concept))
}
