//! `normtag rules`: its commands, and the list of the rules.

use crate::cli::Ending;
use crate::cli::args::{RuleArgs, RulesCommand};
use crate::cli::calibrate;
use crate::cli::config::Config;
use crate::cli::explain::explain;
use crate::cli::failure::Failure;
use crate::cli::impact;
use crate::cli::output::write_to;
use crate::cli::rule_files::RuleFiles;
use crate::cli::rules_check;
use crate::cli::rules_docs;
use crate::cli::suggest;
use crate::cli::terminal::Terminal;
use normtag::model::{Element, ElementCode};
use normtag::rules::{Rule, RuleSet};

/// Runs the command.
pub(crate) fn run(
    command: RulesCommand,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    match command {
        RulesCommand::Calibrate(args) => calibrate::run(&args, config, terminal),
        RulesCommand::Check(args) => rules_check::check(&args, config, terminal),
        RulesCommand::Docs(args) => rules_docs::docs(&args, config, terminal),
        RulesCommand::Explain(args) => explain(&args, config, terminal),
        RulesCommand::Impact(args) => impact::run(&args, config, terminal),
        RulesCommand::List(args) => list(&args, config, terminal),
        RulesCommand::Suggest(args) => suggest::run(&args, config, terminal),
        RulesCommand::Test(args) => rules_check::test(&args, config, terminal),
    }
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

/// The element of this code.
pub(crate) fn element_named<'r>(code: &str, rules: &'r RuleSet) -> Result<&'r Element, Failure> {
    let found = rules.taxonomy.element(&ElementCode::new(code));
    found.ok_or_else(|| {
        let message = format!("taxonomy {} has no element `{code}`", rules.taxonomy.id);
        Failure::Asked(format!("{message}; `normtag rules list` names them"))
    })
}
