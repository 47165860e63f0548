//! An explanation for a terminal.

use crate::cli::explain::Findings;
use crate::cli::rules::rules_of;
use normtag::model::{Document, Element, Hit};
use normtag::report::harmless;
use normtag::rules::{Rule, RuleSet, in_words};
use std::io::{self, Write};

/// What the rules of an element ask for, and what they find.
pub(super) fn write(
    element: &Element,
    rules: &RuleSet,
    findings: Option<&Findings<'_>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{} {}\n{}\n", element.code, element.name, element.definition)?;
    for rule in rules_of(rules, element) {
        describe(rule, rules, out)?;
    }
    findings.map_or(Ok(()), |findings| show_findings(findings, out))
}

fn describe(rule: &Rule, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} ({}, weight {})", rule.id, rule.tag.as_str(), rule.weight)?;
    writeln!(out, "    {:8} {}\n    {:8} {}", "finds", rule.finds, "why", rule.why)?;
    let name = |id| rules.concept(id).to_owned();
    for (key, said) in in_words(rule, &name) {
        writeln!(out, "    {key:8} {said}")?;
    }
    writeln!(out)
}

fn show_findings(findings: &Findings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let document = findings.document;
    writeln!(out, "In {}:", harmless(&document.source))?;
    if findings.hits.is_empty() {
        writeln!(out, "\n  nothing found")?;
    }
    for hit in &findings.hits {
        show_hit(hit, document, out)?;
    }
    for miss in &findings.misses {
        let paragraph = &document.paragraphs[miss.paragraph];
        let citation = paragraph.locator.citation(paragraph.place);
        let citation = harmless(&citation);
        let concepts = miss.failed.concepts.join(" or ");
        let failed = &miss.failed.condition;
        let line = format!("not {} · nearest at {citation} · `{failed}` {concepts}", miss.rule);
        writeln!(out, "\n  {}", line.trim_end())?;
    }
    Ok(())
}

fn show_hit(hit: &Hit, document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let paragraph = &document.paragraphs[hit.paragraph];
    let citation = paragraph.locator.citation(paragraph.place);
    let citation = harmless(&citation);
    let words = harmless(hit.span.cut(&document.text).unwrap_or_default());
    writeln!(out, "\n  {} {} {:.2} · {citation}", hit.rule, hit.status.as_str(), hit.score)?;
    writeln!(out, "    “{words}”")?;
    for met in &hit.met {
        let words = harmless(met.span.cut(&document.text).unwrap_or_default());
        writeln!(out, "    {}: {words}", met.concept)?;
    }
    Ok(())
}
