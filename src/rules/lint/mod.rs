//! What works in rule files, and surely was not meant so: warnings, each in
//! its place with what to do.
//!
//! Asked of rules that load; what keeps them from loading is noted where they
//! are read. Knows no text that rules are asked of.

mod conditions;
mod implied;
mod mend;
mod pairs;
mod patterns;
mod regexes;
mod usage;

pub(super) use conditions::always_applies;
pub use mend::{mend, mendable};

use crate::diagnostic::Diagnostic;
use crate::model::SourceFile;
use crate::rules::{RuleSet, parse, split, vocabulary_file};
use implied::Implied;
use std::collections::BTreeSet;

/// The warnings of rule files, in order of file and place. `loaded` are the
/// rule sets made from `files`; `whole` says that these are all there are, so
/// that a concept none of them uses is used by nobody.
#[must_use]
pub fn lint(files: &[SourceFile], loaded: &[RuleSet], whole: bool) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    for rules in loaded {
        let implied = Implied::of(rules);
        found.extend(conditions::lint(files, rules, &implied));
        found.extend(pairs::lint(rules, &implied));
        found.extend(usage::lint_codebook(files, rules));
    }
    let used = whole.then(|| usage::used(loaded, files));
    for file in files.iter().filter(|file| split(&file.path).0 == "vocabulary") {
        found.extend(lint_vocabulary(file, used.as_ref()));
    }
    found.sort();
    found.dedup();
    found
}

/// The warnings of one vocabulary; `used` are the concepts somebody asks for,
/// where that is known.
fn lint_vocabulary(file: &SourceFile, used: Option<&BTreeSet<String>>) -> Vec<Diagnostic> {
    let Some(language) = split(&file.path).1.strip_suffix(".toml") else { return Vec::new() };
    let (vocabulary, _) = vocabulary_file::read(file, language);
    let Some(vocabulary) = vocabulary else { return Vec::new() };
    let (_, found) = parse(file, |table, mistakes| {
        patterns::lint(&vocabulary, table, mistakes);
        regexes::lint(&vocabulary, mistakes);
        if let Some(used) = used {
            usage::lint_concepts(table, used, mistakes);
        }
    });
    found
}
