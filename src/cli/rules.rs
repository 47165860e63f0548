//! `normtag rules`: list, check, test and explain the rules.

use crate::cli::Ending;
use crate::cli::args::{ExplainArgs, NetworkArgs, RuleArgs, RulesCommand};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::output::write_to;
use crate::cli::rule_files::RuleFiles;
use crate::cli::sources;
use crate::cli::terminal::Terminal;
use normtag::diagnostic::Diagnostic;
use normtag::extract::extract;
use normtag::model::{Document, Element, ElementCode, Extracted, Hit, TaxonomyId};
use normtag::rules::{Rule, RuleSet, crosswalk, default_taxonomy, taxonomies};
use normtag::scan::{check_examples, scan};
use std::io::{self, Write};

/// Runs the command.
pub(crate) fn run(
    command: RulesCommand,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    match command {
        RulesCommand::Check(args) => check(&args, config, terminal, false),
        RulesCommand::Explain(args) => explain(&args, config, terminal),
        RulesCommand::List(args) => list(&args, config, terminal),
        RulesCommand::Test(args) => check(&args, config, terminal, true),
    }
}

/// Checks the taxonomy that was named, or else every one there is.
fn check(
    args: &RuleArgs,
    config: &Config,
    terminal: &Terminal,
    examples_only: bool,
) -> Result<Ending, Failure> {
    let found = RuleFiles::find(args, config)?;
    let all = if found.named { vec![found.taxonomy.clone()] } else { taxonomies(&found.files) };
    let mut mistakes: Vec<Diagnostic> = Vec::new();
    let mut lines = Vec::new();
    for id in &all {
        let loaded = RuleSet::load(&found.files, id);
        if let Some(rules) = &loaded.rules {
            mistakes.extend(check_examples(rules));
            lines.push(summary(id, rules));
        }
        mistakes.extend(loaded.diagnostics);
    }
    if !examples_only {
        mistakes.extend(crosswalk(&found.files).1);
        mistakes.extend(default_taxonomy(&found.files).1);
    }
    mistakes.sort();
    mistakes.dedup();
    found.show(&mistakes, terminal);
    write_to(None, |out| lines.iter().try_for_each(|line| writeln!(out, "{line}")))?;
    if mistakes.is_empty() {
        return Ok(Ending::Clean);
    }
    terminal.error(&format!("{} in the rule files", counted(mistakes.len(), "mistake")));
    Ok(Ending::Attention)
}

fn summary(id: &TaxonomyId, rules: &RuleSet) -> String {
    let hits: usize = rules.rules.iter().map(|rule| rule.hits.len()).sum();
    let misses: usize = rules.rules.iter().map(|rule| rule.misses.len()).sum();
    format!(
        "{id}: {}, {}, {} and {} as examples, {}",
        counted(rules.taxonomy.elements.len(), "element"),
        counted(rules.rules.len(), "rule"),
        counted(hits, "hit"),
        counted(misses, "miss"),
        counted(rules.concepts.len(), "concept"),
    )
}

fn counted(count: usize, noun: &str) -> String {
    let ending = if noun.ends_with('s') { "es" } else { "s" };
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}{ending}") }
}

fn list(args: &RuleArgs, config: &Config, terminal: &Terminal) -> Result<Ending, Failure> {
    let rules = RuleFiles::find(args, config)?.compile(terminal)?;
    write_to(None, |out| {
        for element in &rules.taxonomy.elements {
            writeln!(out, "{} {}", element.code, element.name)?;
            for rule in rules_of(&rules, element) {
                writeln!(out, "    {:34} {:8} {}", rule.id, rule.tag.as_str(), rule.finds)?;
            }
        }
        Ok(())
    })?;
    Ok(Ending::Clean)
}

fn rules_of<'r>(rules: &'r RuleSet, element: &'r Element) -> impl Iterator<Item = &'r Rule> {
    rules.rules.iter().filter(|rule| rule.element == element.code)
}

fn explain(args: &ExplainArgs, config: &Config, terminal: &Terminal) -> Result<Ending, Failure> {
    let rules = RuleFiles::find(&args.rules, config)?.compile(terminal)?;
    let code = ElementCode::new(args.element.as_str());
    let Some(element) = rules.taxonomy.element(&code) else {
        let message = format!("taxonomy {} has no element `{code}`", rules.taxonomy.id);
        return Err(Failure::Asked(format!("{message}; `normtag rules list` names them")));
    };
    let document = match &args.source {
        Some(source) => Some(read(source, &args.network, config, terminal)?),
        None => None,
    };
    write_to(None, |out| {
        writeln!(out, "{} {}\n{}\n", element.code, element.name, element.definition)?;
        for rule in rules_of(&rules, element) {
            describe(rule, &rules, out)?;
        }
        document.as_ref().map_or(Ok(()), |document| show_findings(document, element, &rules, out))
    })?;
    Ok(Ending::Clean)
}

fn read(
    source: &str,
    network: &NetworkArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Document, Failure> {
    let pending = sources::collect(&[source.to_owned()], network, config, terminal)?;
    let first = pending.into_iter().next();
    let extracted = first.map(|one| one.arrive().map_or_else(Extracted::Unread, |s| extract(&s)));
    match extracted {
        Some(Extracted::Read(document)) => Ok(*document),
        Some(Extracted::Unread(unread)) => {
            Err(Failure::Asked(format!("{source}: {}", unread.reason)))
        }
        None => Err(Failure::Asked(format!("{source}: no document"))),
    }
}

fn describe(rule: &Rule, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{} ({}, weight {})", rule.id, rule.tag.as_str(), rule.weight)?;
    writeln!(out, "    finds {}", rule.finds)?;
    writeln!(out, "    why   {}", rule.why)?;
    let names = |ids: &[normtag::rules::ConceptId]| {
        ids.iter().map(|&id| rules.concept(id)).collect::<Vec<_>>().join(" or ")
    };
    for entry in &rule.all {
        writeln!(out, "    asks  {}", names(entry))?;
    }
    if !rule.any.is_empty() {
        writeln!(out, "    asks  {}", names(&rule.any))?;
    }
    if let Some(at_least) = &rule.at_least {
        writeln!(out, "    asks  {} of: {}", at_least.n, names(&at_least.of))?;
    }
    if let Some(near) = rule.near {
        writeln!(out, "    near  within {near} words")?;
    }
    for exception in &rule.unless {
        writeln!(out, "    not   {} ({})", names(&exception.any), exception.shields)?;
    }
    if rule.force {
        writeln!(out, "    force a commitment, or else only indirect")?;
    }
    writeln!(out)
}

fn show_findings(
    document: &Document,
    element: &Element,
    rules: &RuleSet,
    out: &mut dyn Write,
) -> io::Result<()> {
    let found = scan(document, rules);
    writeln!(out, "In {}:", document.source)?;
    for hit in found.hits.iter().filter(|hit| hit.element == element.code) {
        show_hit(hit, document, out)?;
    }
    for miss in found.misses.iter().filter(|miss| miss.element == element.code) {
        let paragraph = &document.paragraphs[miss.paragraph];
        let citation = paragraph.locator.citation(paragraph.place);
        let concepts = miss.failed.concepts.join(" or ");
        let failed = &miss.failed.condition;
        writeln!(out, "\n  not {} · nearest at {citation} · `{failed}` {concepts}", miss.rule)?;
    }
    Ok(())
}

fn show_hit(hit: &Hit, document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let paragraph = &document.paragraphs[hit.paragraph];
    let citation = paragraph.locator.citation(paragraph.place);
    let words = hit.span.cut(&document.text).unwrap_or_default();
    writeln!(out, "\n  {} {} {:.2} · {citation}", hit.rule, hit.status.as_str(), hit.score)?;
    writeln!(out, "    “{words}”")?;
    for met in &hit.met {
        let words = met.span.cut(&document.text).unwrap_or_default();
        writeln!(out, "    {}: {words}", met.concept)?;
    }
    Ok(())
}
