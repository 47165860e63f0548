//! Asks every rule for its own examples: each hit must hold with the rule's
//! tag, each miss must not.

use crate::diagnostic::Diagnostic;
use crate::model::{
    Digest, Document, Locator, MediaType, Paragraph, ParagraphKind, Place, RuleId, Span,
};
use crate::rules::{Example, Rule, RuleSet};
use crate::scan::{Assumed, scan_assuming};
use rayon::prelude::*;

/// Checks the examples of all rules; a mistake for each that is not as stated,
/// in order of rule.
#[must_use]
pub fn check_examples(rules: &RuleSet) -> Vec<Diagnostic> {
    rules.rules.par_iter().flat_map_iter(|rule| check_rule(rule, rules)).collect()
}

fn check_rule(rule: &Rule, rules: &RuleSet) -> Vec<Diagnostic> {
    let hits = rule.hits.iter().filter_map(|hit| check_hit(rule, hit, rules));
    let misses = rule.misses.iter().filter_map(|miss| check_miss(rule, miss, rules));
    hits.chain(misses).collect()
}

fn check_hit(rule: &Rule, example: &Example, rules: &RuleSet) -> Option<Diagnostic> {
    let scan = scan_assuming(&document(&example.text, rule), rules, assumed(example));
    let own = scan.hits.iter().filter(|hit| hit.rule == rule.id);
    let best = own.map(|hit| hit.status).max();
    if best == Some(rule.tag) {
        return None;
    }
    let label = match best {
        Some(status) => format!("the rule holds only as `{}`: no commitment cue", status.as_str()),
        None => why_not(&scan.misses, &rule.id),
    };
    Some(Diagnostic::error("R012", &rule.path, example.span, "hit that is not met", label))
}

fn check_miss(rule: &Rule, example: &Example, rules: &RuleSet) -> Option<Diagnostic> {
    let scan = scan_assuming(&document(&example.text, rule), rules, assumed(example));
    let mut own = scan.hits.iter().filter(|hit| hit.rule == rule.id && hit.status == rule.tag);
    let hit = own.next()?;
    let met: Vec<String> = hit.met.iter().map(|met| format!("`{}`", met.concept)).collect();
    let label = format!("the rule holds here: {}", met.join(", "));
    Some(Diagnostic::error("R013", &rule.path, example.span, "miss that is met", label))
}

fn assumed(example: &Example) -> Assumed {
    if example.on_subject { Assumed::OnSubject } else { Assumed::OffSubject }
}

fn why_not(misses: &[crate::model::NearMiss], rule: &RuleId) -> String {
    let Some(miss) = misses.iter().find(|miss| &miss.rule == rule) else {
        return "no condition of the rule holds here".to_owned();
    };
    let concepts = miss.failed.concepts.join("`, `");
    let of = if concepts.is_empty() { String::new() } else { format!(" (`{concepts}`)") };
    format!("`{}`{of} does not hold", miss.failed.condition)
}

/// The example as a document of one paragraph, in a place where the rule may
/// hold.
fn document(text: &str, rule: &Rule) -> Document {
    let place = rule.places.iter().find(|&&place| place == Place::Operative);
    let place = place.or(rule.places.first()).copied().unwrap_or(Place::Operative);
    Document {
        source: rule.path.clone(),
        agreement: None,
        digest: Digest::of(text.as_bytes()),
        media_type: MediaType::PlainText,
        language: None,
        pages: None,
        text: text.to_owned(),
        paragraphs: vec![Paragraph {
            span: Span::new(0, text.len()),
            kind: ParagraphKind::Text,
            place,
            locator: Locator { index: 1, ..Locator::default() },
            stem: None,
            language: None,
            recognised: false,
        }],
        unread_parts: Vec::new(),
        recognised: None,
    }
}
