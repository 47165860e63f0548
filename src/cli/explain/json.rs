//! An explanation for programs, `"format": 1`.

use crate::cli::explain::Findings;
use crate::cli::rules::rules_of;
use normtag::model::{Document, Element, Hit, NearMiss, Span};
use normtag::rules::{ConceptId, Rule, RuleSet};
use serde_json::{Value, json};

/// What the rules of an element ask for, and what they find.
pub(super) fn explanation(
    element: &Element,
    rules: &RuleSet,
    findings: Option<&Findings<'_>>,
) -> Value {
    let asked: Vec<Value> = rules_of(rules, element).map(|rule| rule_json(rule, rules)).collect();
    json!({
        "format": 1, "kind": "explanation", "taxonomy": rules.taxonomy.id,
        "rules_digest": rules.digest,
        "element": {
            "code": element.code, "name": element.name, "definition": element.definition,
        },
        "rules": asked,
        "document": findings.map(|findings| document_json(findings)),
    })
}

fn rule_json(rule: &Rule, rules: &RuleSet) -> Value {
    let names = |ids: &[ConceptId]| ids.iter().map(|&id| rules.concept(id)).collect::<Vec<_>>();
    let unless: Vec<Value> = rule
        .unless
        .iter()
        .map(|one| {
            json!({
                "any": names(&one.any), "scope": one.scope, "near": one.near,
                "shields": one.shields,
            })
        })
        .collect();
    json!({
        "rule": rule.id, "tag": rule.tag, "weight": rule.weight, "finds": rule.finds,
        "why": rule.why, "scope": rule.scope,
        "all": rule.all.iter().map(|entry| names(entry)).collect::<Vec<_>>(),
        "any": names(&rule.any),
        "at_least": rule.at_least.as_ref().map(|one| json!({"n": one.n, "of": names(&one.of)})),
        "near": rule.near, "ordered": rule.ordered, "in": rule.places, "subject": rule.subject,
        "force": rule.force, "unless": unless,
        "path": rule.path,
    })
}

fn document_json(findings: &Findings<'_>) -> Value {
    let document = findings.document;
    let hits: Vec<Value> = findings.hits.iter().map(|hit| hit_json(hit, document)).collect();
    let misses: Vec<Value> = findings.misses.iter().map(|miss| miss_json(miss, document)).collect();
    json!({
        "source": document.source, "digest": document.digest, "language": document.language,
        "unread_parts": document.unread_parts, "hits": hits, "misses": misses,
    })
}

fn hit_json(hit: &Hit, document: &Document) -> Value {
    let met: Vec<Value> = hit
        .met
        .iter()
        .map(|met| json!({"concept": met.concept, "words": cut(met.span, document), "span": met.span}))
        .collect();
    let mut value = passage(hit.paragraph, hit.span, document);
    value["rule"] = json!(hit.rule);
    value["status"] = json!(hit.status);
    value["score"] = json!((hit.score * 1000.0).round() / 1000.0);
    value["met"] = json!(met);
    value
}

/// Where a rule came nearest, with the condition that failed and the share of
/// its conditions that held.
fn miss_json(miss: &NearMiss, document: &Document) -> Value {
    let mut value = passage(miss.paragraph, miss.span, document);
    value["rule"] = json!(miss.rule);
    value["failed"] = json!(miss.failed.condition);
    value["concepts"] = json!(miss.failed.concepts);
    value["closeness"] = json!((miss.closeness * 1000.0).round() / 1000.0);
    value
}

/// A passage with its place.
pub(super) fn passage(paragraph: usize, span: Span, document: &Document) -> Value {
    let paragraph = &document.paragraphs[paragraph];
    json!({
        "quote": cut(span, document), "citation": paragraph.locator.citation(paragraph.place),
        "locator": paragraph.locator, "span": span,
    })
}

fn cut(span: Span, document: &Document) -> &str {
    span.cut(&document.text).unwrap_or_default()
}
