//! `normtag rules`: list, check and test the rules.

use crate::cli::Ending;
use crate::cli::args::{RuleArgs, RulesCommand};
use crate::cli::calibrate;
use crate::cli::config::Config;
use crate::cli::explain::explain;
use crate::cli::failure::Failure;
use crate::cli::impact;
use crate::cli::output::write_to;
use crate::cli::rule_files::RuleFiles;
use crate::cli::terminal::Terminal;
use normtag::diagnostic::Diagnostic;
use normtag::model::{Element, TaxonomyId};
use normtag::report::counted;
use normtag::rules::{Rule, RuleSet, crosswalk, default_taxonomy, development, taxonomies};
use normtag::scan::check_examples;

/// Runs the command.
pub(crate) fn run(
    command: RulesCommand,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    match command {
        RulesCommand::Calibrate(args) => calibrate::run(&args, config, terminal),
        RulesCommand::Check(args) => check(&args, config, terminal, false),
        RulesCommand::Explain(args) => explain(&args, config, terminal),
        RulesCommand::Impact(args) => impact::run(&args, config, terminal),
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
        mistakes.extend(development(&found.files).1);
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

/// The rules of an element.
pub(crate) fn rules_of<'r>(
    rules: &'r RuleSet,
    element: &'r Element,
) -> impl Iterator<Item = &'r Rule> {
    rules.rules.iter().filter(|rule| rule.element == element.code)
}
