//! `normtag rules check` and `rules test`: what is wrong in rule files.

use crate::cli::Ending;
use crate::cli::args::{RuleArgs, RulesCheckArgs, TextOrJson};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::output::{write_json, write_to};
use crate::cli::rule_files::RuleFiles;
use crate::cli::terminal::Terminal;
use normtag::diagnostic::Diagnostic;
use normtag::model::{SourceFile, TaxonomyId};
use normtag::report::counted;
use normtag::rules::{
    RuleSet, crosswalk, default_taxonomy, development, lint, mend, mendable, taxonomies,
};
use normtag::scan::check_examples;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

/// How many warnings of one kind are drawn, unless all are asked for.
const SHOWN: usize = 10;

/// Shows every mistake and every warning.
pub(crate) fn check(
    args: &RulesCheckArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let mut found = RuleFiles::find(&args.rules, config)?;
    let mut checked = Checked::with_warnings(&found);
    if args.fix {
        checked.fix(&found, terminal)?;
        found = RuleFiles::find(&args.rules, config)?;
        checked = Checked::with_warnings(&found);
    }
    checked.tell(&found, args.format, args.strict, terminal)
}

/// Asks every rule for its own examples.
pub(crate) fn test(
    args: &RuleArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let found = RuleFiles::find(args, config)?;
    Checked::of(&found).tell(&found, TextOrJson::Text, false, terminal)
}

/// The rule sets that load, and what is wrong.
struct Checked {
    loaded: Vec<RuleSet>,
    /// Whether all of them load.
    sound: bool,
    mistakes: Vec<Diagnostic>,
}

impl Checked {
    /// Checks the taxonomy that was named, or else every one there is.
    fn of(found: &RuleFiles) -> Self {
        let all = if found.named { vec![found.taxonomy.clone()] } else { taxonomies(&found.files) };
        let mut checked = Self { loaded: Vec::new(), sound: true, mistakes: Vec::new() };
        for id in &all {
            let one = RuleSet::load(&found.files, id);
            checked.mistakes.extend(one.diagnostics);
            checked.sound &= one.rules.is_some();
            if let Some(rules) = one.rules {
                checked.mistakes.extend(check_examples(&rules));
                checked.loaded.push(rules);
            }
        }
        checked
    }

    /// The same, with what stands in no taxonomy, and the warnings.
    fn with_warnings(found: &RuleFiles) -> Self {
        let mut checked = Self::of(found);
        let files = &found.files;
        for mistakes in [
            crosswalk(files).1,
            default_taxonomy(files).1,
            development(files).1,
            lint(files, &checked.loaded, !found.named && checked.sound),
        ] {
            checked.mistakes.extend(mistakes);
        }
        checked
    }

    /// Writes the files that can be mended.
    fn fix(&self, found: &RuleFiles, terminal: &Terminal) -> Result<(), Failure> {
        found.may_be_edited()?;
        let mended = mend(&found.files, &self.mistakes);
        for file in &mended {
            write_to(Some(Path::new(&file.path)), |out| out.write_all(file.text.as_bytes()))?;
        }
        let items = self.mistakes.iter().filter(|one| mendable(one)).count();
        let files = counted(mended.len(), "file");
        terminal.note(&format!("{} taken out of {files}", counted(items, "item")));
        Ok(())
    }

    fn tell(
        mut self,
        found: &RuleFiles,
        format: TextOrJson,
        strict: bool,
        terminal: &Terminal,
    ) -> Result<Ending, Failure> {
        self.mistakes.sort();
        self.mistakes.dedup();
        let wrong = self.mistakes.iter().filter(|one| one.is_error()).count();
        let warnings = self.mistakes.len() - wrong;
        match format {
            TextOrJson::Json => self.write_json(&found.files)?,
            TextOrJson::Text => self.write_text(found, terminal)?,
        }
        if wrong > 0 {
            terminal.error(&format!("{} in the rule files", counted(wrong, "mistake")));
        }
        if warnings > 0 {
            terminal.warn(&format!("{} in the rule files", counted(warnings, "warning")));
        }
        let clean = wrong == 0 && (warnings == 0 || !strict);
        Ok(if clean { Ending::Clean } else { Ending::Attention })
    }

    fn write_text(&self, found: &RuleFiles, terminal: &Terminal) -> Result<(), Failure> {
        self.draw(found, terminal);
        write_to(None, |out| {
            self.loaded
                .iter()
                .try_for_each(|rules| writeln!(out, "{}", summary(&rules.taxonomy.id, rules)))
        })
    }

    /// Draws every mistake, and of each kind of warning the first.
    fn draw(&self, found: &RuleFiles, terminal: &Terminal) {
        let mut warned: BTreeMap<&str, usize> = BTreeMap::new();
        let mut drawn = Vec::new();
        for one in &self.mistakes {
            if !one.is_error() {
                let count = warned.entry(one.code).or_default();
                *count += 1;
                if terminal.quiet || *count > SHOWN && !terminal.verbose {
                    continue;
                }
            }
            drawn.push(one.clone());
        }
        found.show(&drawn, terminal);
        for (code, count) in warned.into_iter().filter(|&(_, count)| count > SHOWN) {
            if !terminal.verbose {
                terminal.note(&format!("{} more of {code}; --verbose shows all", count - SHOWN));
            }
        }
    }

    fn write_json(&self, files: &[SourceFile]) -> Result<(), Failure> {
        let all: Vec<Value> = self.mistakes.iter().map(|one| told(one, files)).collect();
        let whole = json!({"format": 1, "kind": "rule-mistakes", "mistakes": all});
        write_json(&whole)
    }
}

/// A mistake with the line it is on, which editors ask for.
fn told(mistake: &Diagnostic, files: &[SourceFile]) -> Value {
    let text = files.iter().find(|file| file.path == mistake.path);
    let line = mistake.line(text.map_or("", |file| file.text.as_str()));
    json!({
        "code": mistake.code, "severity": mistake.severity, "path": mistake.path, "line": line,
        "span": mistake.span, "title": mistake.title, "label": mistake.label, "help": mistake.help,
    })
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
