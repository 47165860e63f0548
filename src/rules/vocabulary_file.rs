//! The vocabulary of one language, read from its file: concepts and patterns.

use crate::diagnostic::Diagnostic;
use crate::model::{SourceFile, Span};
use crate::rules::joins::Joins;
use crate::rules::lexicon::{Lexicon, compile_regex};
use crate::rules::parse;
use crate::rules::pattern::Pattern;
use crate::rules::{ConceptId, Concepts};
use crate::toml_reader::{At, Mistakes, Table, did_you_mean, quoted};
use std::collections::{BTreeMap, BTreeSet};

/// A vocabulary as written, every pattern understood.
pub(super) struct Vocabulary {
    /// ISO 639-1 code, from the file's name.
    pub(super) language: String,
    /// Whether it is meant to serve every rule.
    pub(super) complete: bool,
    /// How the language joins its words.
    pub(super) joins: Joins,
    /// The patterns of each concept.
    pub(super) concepts: BTreeMap<String, Vec<At<Pattern>>>,
    /// The file it was read from.
    pub(super) path: String,
}

impl Vocabulary {
    /// The concepts of other vocabularies that this one does not have.
    pub(super) fn lacking<'c>(&self, all: &'c Concepts) -> Vec<&'c str> {
        let names = all.names.iter().map(String::as_str);
        names.filter(|name| !self.concepts.contains_key(*name)).collect()
    }

    /// That a vocabulary is called complete and is not: it is taken as begun,
    /// so that nothing is called absent for want of a word.
    pub(super) fn incomplete(&self, all: &Concepts) -> Option<Diagnostic> {
        let lacking = self.lacking(all);
        if !self.complete || lacking.is_empty() {
            return None;
        }
        let shown = quoted(&lacking[..lacking.len().min(5)]);
        let label =
            format!("{} of other vocabularies' concepts are missing: {shown}", lacking.len());
        let help = "add the concepts, or leave out `complete = true`; until then texts in this \
                    language are read in part";
        let title = "vocabulary not complete";
        let wrong = Diagnostic::error("R023", &self.path, Span::new(0, 0), title, label);
        Some(wrong.as_warning().with_help(help))
    }
}

/// How deep concepts may include one another.
const DEEPEST: usize = 32;

/// The patterns of one concept as they are gathered.
#[derive(Default)]
struct Expansion<'v> {
    found: BTreeSet<Pattern>,
    /// The concepts whose patterns are in already.
    seen: BTreeSet<&'v str>,
    /// The concepts that include the one being read, outermost first.
    above: Vec<&'v str>,
}

/// Reads the vocabulary in `file`.
pub(super) fn read(file: &SourceFile, language: &str) -> (Option<Vocabulary>, Vec<Diagnostic>) {
    parse(file, |table, mistakes| {
        table.refuse_others(&["complete", "skip", "elide", "concepts"]);
        let mut concepts = BTreeMap::new();
        match table.table("concepts") {
            None => table.missing("concepts", "write the concepts under `[concepts]`"),
            Some(listed) => {
                for name in listed.keys() {
                    let patterns = listed.texts(name.value).unwrap_or_default();
                    let patterns = patterns.into_iter();
                    let read = patterns.filter_map(|written| understand(&written, mistakes));
                    concepts.insert(name.value.to_owned(), read.collect());
                }
            }
        }
        Vocabulary {
            language: language.to_owned(),
            complete: table.flag("complete").unwrap_or(false),
            joins: Joins { skip: words(table, "skip"), elide: words(table, "elide") },
            concepts,
            path: file.path.clone(),
        }
    })
}

/// The words listed at `key`, in lower case.
fn words(table: &Table<'_, '_>, key: &str) -> BTreeSet<String> {
    let listed = table.texts(key).unwrap_or_default();
    listed.into_iter().map(|word| word.value.to_lowercase()).collect()
}

fn understand(written: &At<String>, mistakes: &Mistakes<'_>) -> Option<At<Pattern>> {
    match Pattern::parse(&written.value) {
        Ok(pattern) => {
            if let Pattern::Regex(body) = &pattern {
                check_regex(body, written.span, mistakes)?;
            }
            Some(At { value: pattern, span: written.span })
        }
        Err(label) => {
            mistakes.note("R007", written.span, "pattern that cannot be read", label);
            None
        }
    }
}

/// Notes why a regular expression cannot be used.
fn check_regex(body: &str, span: Span, mistakes: &Mistakes<'_>) -> Option<()> {
    match compile_regex(body) {
        Ok(regex) if regex.is_match(b"") => {
            let label = "this matches nothing at all, and so everywhere";
            let help = "ask for at least one letter: `+` in place of `*`";
            mistakes.advise("R026", span, "pattern that matches everywhere", label, help);
            None
        }
        Ok(_) => Some(()),
        Err(error) => {
            let label = error.to_string();
            let label = label.lines().last().unwrap_or("not understood").to_owned();
            mistakes.note("R008", span, "not a regular expression", label);
            None
        }
    }
}

impl Vocabulary {
    /// Compiles the patterns; what an include names and is not there is noted.
    pub(super) fn compile(&self, known: &Concepts) -> (Lexicon, Vec<Diagnostic>) {
        let mut mistakes = Vec::new();
        let mut patterns: BTreeMap<Pattern, Vec<ConceptId>> = BTreeMap::new();
        for name in self.concepts.keys() {
            let Some(id) = known.id(name) else { continue };
            let mut expansion = Expansion::default();
            self.expand(name, &mut expansion, &mut mistakes);
            let found = expansion.found;
            for pattern in found {
                patterns.entry(pattern).or_default().push(id);
            }
        }
        mistakes.sort();
        mistakes.dedup();
        (Lexicon::new(&self.language, self.joins.clone(), patterns), mistakes)
    }

    fn expand<'v>(
        &'v self,
        name: &'v str,
        expansion: &mut Expansion<'v>,
        mistakes: &mut Vec<Diagnostic>,
    ) {
        if !expansion.seen.insert(name) {
            return;
        }
        expansion.above.push(name);
        for pattern in &self.concepts[name] {
            let Pattern::Include(other) = &pattern.value else {
                expansion.found.insert(pattern.value.clone());
                continue;
            };
            if let Some((code, title, label)) = self.refuse(other, &expansion.above) {
                let help = did_you_mean(other, self.concepts.keys().map(String::as_str));
                let help = help.filter(|_| code == "R006");
                mistakes.push(self.error(code, pattern.span, title, label, help));
            } else {
                self.expand(other, expansion, mistakes);
            }
        }
        expansion.above.pop();
    }

    /// Why a concept cannot be included under those `above` it.
    fn refuse(&self, other: &str, above: &[&str]) -> Option<(&'static str, &'static str, String)> {
        if above.contains(&other) {
            let label = format!("`{other}` includes itself");
            Some(("R017", "circle of concepts", label))
        } else if above.len() >= DEEPEST {
            let label = format!("more than {DEEPEST} concepts include one another");
            Some(("R017", "concepts too deep", label))
        } else if !self.concepts.contains_key(other) {
            let label = format!("there is no concept `{other}` in this vocabulary");
            Some(("R006", "unknown concept", label))
        } else {
            None
        }
    }

    fn error(
        &self,
        code: &'static str,
        span: Span,
        title: &str,
        label: String,
        help: Option<String>,
    ) -> Diagnostic {
        let diagnostic = Diagnostic::error(code, &self.path, span, title, label);
        match help {
            Some(help) => diagnostic.with_help(help),
            None => diagnostic,
        }
    }
}
