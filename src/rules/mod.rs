//! Rule files → a compiled [`RuleSet`], with every mistake as a diagnostic.
//!
//! The texts are handed in: nothing here reads a file. Loading never stops at
//! the first mistake. What a rule file may say is written in `rules/README.md`.

mod calibration_file;
mod crosswalk_file;
mod development_file;
mod edit;
mod in_words;
mod joins;
mod lexicon;
mod lint;
mod pattern;
mod rule;
mod rule_file;
mod taxonomy_file;
mod trial;
mod vocabulary_file;

pub use edit::{add_pattern, quoted as quoted_pattern};
pub use in_words::in_words;
pub use lexicon::{ConceptId, Lexicon, Occurrence, Reading, Sentence};
pub use lint::{lint, mend, mendable};
pub use rule::{AtLeast, Example, Exception, Nearness, Rule, Scope};

use crate::diagnostic::Diagnostic;
use crate::model::{
    Crosswalk, DevelopmentText, Digest, ElementCode, SourceFile, Span, Taxonomy, TaxonomyId,
};
use crate::toml_reader::{self, At, Codes, Mistakes, Table, did_you_mean, quoted};
use std::collections::{BTreeMap, BTreeSet};

/// The codes of mistakes in the shape of a rule file.
const CODES: Codes = Codes {
    not_toml: "R001",
    unknown_key: "R002",
    missing_key: "R003",
    wrong_type: "R004",
    empty: "R005",
};

/// Parses a rule file and hands it to `read`, with the codes of rule files.
fn parse<T>(
    file: &SourceFile,
    read: impl FnOnce(&Table<'_, '_>, &Mistakes<'_>) -> T,
) -> (Option<T>, Vec<Diagnostic>) {
    toml_reader::parse(file, &CODES, read)
}

/// A taxonomy with its rules and vocabularies, compiled. Made once, shared,
/// never changed.
#[derive(Clone)]
pub struct RuleSet {
    /// The taxonomy.
    pub taxonomy: Taxonomy,
    /// The rules in order of element, then as written.
    pub rules: Vec<Rule>,
    /// The names of the concepts; a [`ConceptId`] is a place in this list.
    pub concepts: Vec<String>,
    /// The vocabularies by ISO 639-1 code.
    pub lexicons: BTreeMap<String, Lexicon>,
    /// The languages whose vocabulary is only begun.
    pub begun: BTreeSet<String>,
    /// The concepts that are commitment cues.
    pub commitment: Vec<ConceptId>,
    /// The concepts that take force away.
    pub negation: Vec<ConceptId>,
    /// The concepts that go on with the force of the sentence before.
    pub continues: Vec<ConceptId>,
    /// The concepts that are firm commitments, which in a text that tells rather
    /// than commits are asked of everything present.
    pub firm: Vec<ConceptId>,
    /// The concepts that show the taxonomy's subject.
    pub subject: Vec<ConceptId>,
    /// SHA-256 over all files it was made from.
    pub digest: Digest,
}

/// What loading gave.
pub struct Loaded {
    /// The rule set; none where a mistake stands in the way.
    pub rules: Option<RuleSet>,
    /// Every mistake, in order of file and place.
    pub diagnostics: Vec<Diagnostic>,
}

impl RuleSet {
    /// Compiles the rules of `taxonomy` from the files of a rules folder,
    /// whose paths end in `vocabulary/en.toml`, `bpf-2021/taxonomy.toml` and
    /// so on.
    #[must_use]
    pub fn load(files: &[SourceFile], taxonomy: &TaxonomyId) -> Loaded {
        let mut diagnostics = Vec::new();
        let rules = load(files, taxonomy, &mut diagnostics);
        diagnostics.sort();
        diagnostics.dedup();
        let sound = diagnostics.iter().all(|diagnostic| !diagnostic.is_error());
        Loaded { rules: rules.filter(|_| sound), diagnostics }
    }

    /// The elements no rule looks for.
    #[must_use]
    pub fn unasked(&self) -> BTreeSet<ElementCode> {
        let mut codes: BTreeSet<ElementCode> =
            self.taxonomy.elements.iter().map(|element| element.code.clone()).collect();
        for rule in &self.rules {
            codes.remove(&rule.element);
        }
        codes
    }

    /// The vocabulary for a text in this language; where the language could
    /// not be told, the first that is complete.
    #[must_use]
    pub fn lexicon(&self, language: Option<&str>) -> Option<&Lexicon> {
        if let Some(language) = language {
            return self.lexicons.get(language);
        }
        let mut all = self.lexicons.iter();
        let complete = all.find(|(language, _)| !self.begun.contains(*language));
        complete.map(|(_, lexicon)| lexicon)
    }

    /// Whether the vocabulary of a language serves every rule.
    #[must_use]
    pub fn serves(&self, language: &str) -> bool {
        self.lexicons.contains_key(language) && !self.begun.contains(language)
    }

    /// The name of a concept.
    #[must_use]
    pub fn concept(&self, id: ConceptId) -> &str {
        &self.concepts[usize::from(id.0)]
    }
}

/// The taxonomies that have a folder among `files`, in order of name.
#[must_use]
pub fn taxonomies(files: &[SourceFile]) -> Vec<TaxonomyId> {
    let ids: BTreeSet<TaxonomyId> = files
        .iter()
        .filter_map(|file| match split(&file.path) {
            (folder, "taxonomy.toml") => Some(TaxonomyId::new(folder)),
            _ => None,
        })
        .collect();
    ids.into_iter().collect()
}

/// The codebook of a taxonomy, for those who ask for names and need no rules;
/// none where it has mistakes, which loading the rules shows.
#[must_use]
pub fn codebook(files: &[SourceFile], id: &TaxonomyId) -> Option<Taxonomy> {
    let mut own = files.iter().filter(|file| split(&file.path).0 == id.as_str());
    let file = own.find(|file| split(&file.path).1 == "taxonomy.toml")?;
    taxonomy_file::read_codebook(file, id)
}

/// The taxonomy for when nobody names one: the one `defaults.toml` among
/// `files` names, or the only one there is.
#[must_use]
pub fn default_taxonomy(files: &[SourceFile]) -> (Option<TaxonomyId>, Vec<Diagnostic>) {
    let Some(file) = files.iter().find(|file| split(&file.path).1 == "defaults.toml") else {
        let known = taxonomies(files);
        let only = <[TaxonomyId; 1]>::try_from(known).ok().map(|[only]| only);
        return (only, Vec::new());
    };
    let (named, mistakes) = parse(file, |table, mistakes| {
        table.refuse_others(&["taxonomy"]);
        let named =
            table.required_text("taxonomy", "name the taxonomy used where none is named")?;
        let known = taxonomies(files);
        let id = TaxonomyId::new(named.value.as_str());
        if !known.contains(&id) {
            let label = format!("there is no taxonomy `{id}`");
            let listed: Vec<&str> = known.iter().map(TaxonomyId::as_str).collect();
            let help = format!("the taxonomies are {}", quoted(&listed));
            mistakes.advise("R016", named.span, "unknown taxonomy", label, help);
        }
        Some(id)
    });
    (named.flatten().filter(|_| mistakes.is_empty()), mistakes)
}

/// Reads the crosswalk among `files`; an empty one where there is none.
#[must_use]
pub fn crosswalk(files: &[SourceFile]) -> (Crosswalk, Vec<Diagnostic>) {
    let Some(file) = files.iter().find(|file| split(&file.path).1 == "crosswalk.toml") else {
        return (Crosswalk::default(), Vec::new());
    };
    let codes = files.iter().filter(|file| split(&file.path).1 == "taxonomy.toml");
    let codes = codes.flat_map(|file| {
        let (folder, _) = split(&file.path);
        let (codes, _) = parse(file, |table, _| taxonomy_file::codes(table));
        codes.unwrap_or_default().into_iter().map(move |code| (TaxonomyId::new(folder), code))
    });
    let (crosswalk, mistakes) = crosswalk_file::read(file, &codes.collect());
    (crosswalk.unwrap_or_default(), mistakes)
}

/// Reads which texts the rules among `files` were developed on; none where no
/// file says so.
#[must_use]
pub fn development(files: &[SourceFile]) -> (Vec<DevelopmentText>, Vec<Diagnostic>) {
    let Some(file) = files.iter().find(|file| split(&file.path).1 == "development.toml") else {
        return (Vec::new(), Vec::new());
    };
    let (texts, mistakes) = development_file::read(file, &taxonomies(files));
    (texts.unwrap_or_default(), mistakes)
}

/// The names of the concepts of all vocabularies.
struct Concepts {
    names: Vec<String>,
}

impl Concepts {
    fn id(&self, name: &str) -> Option<ConceptId> {
        trial::named(&self.names, name)
    }

    fn resolve(&self, name: &At<String>, mistakes: &Mistakes<'_>) -> Option<ConceptId> {
        let id = self.id(&name.value);
        if id.is_none() {
            let help = did_you_mean(&name.value, self.names.iter().map(String::as_str))
                .unwrap_or_else(|| {
                    "define it in a vocabulary, with the words that show it".to_owned()
                });
            let label = format!("no vocabulary has a concept `{}`", name.value);
            mistakes.advise("R006", name.span, "unknown concept", label, help);
        }
        id
    }
}

/// The last folder and the file name of a path.
fn split(path: &str) -> (&str, &str) {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    (folders.rsplit('/').next().unwrap_or(""), name)
}

fn load(
    files: &[SourceFile],
    id: &TaxonomyId,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<RuleSet> {
    let vocabularies = read_vocabularies(files, diagnostics);
    let names: BTreeSet<&String> = vocabularies.iter().flat_map(|v| v.concepts.keys()).collect();
    let concepts = Concepts { names: names.into_iter().cloned().collect() };
    if concepts.names.len() > usize::from(u16::MAX) {
        diagnostics.push(too_many(&vocabularies, concepts.names.len()));
        return None;
    }
    diagnostics.extend(vocabularies.iter().filter_map(|own| own.incomplete(&concepts)));
    let lexicons = compile(&vocabularies, &concepts, diagnostics);

    let own: Vec<&SourceFile> =
        files.iter().filter(|file| split(&file.path).0 == id.as_str()).collect();
    let Some(file) = own.iter().find(|file| split(&file.path).1 == "taxonomy.toml") else {
        diagnostics.push(no_taxonomy(files, id));
        return None;
    };
    let (read, mistakes) = taxonomy_file::read(file, id, &concepts);
    diagnostics.extend(mistakes);
    let read = read?;
    let calibration = own.iter().find(|file| split(&file.path).1 == calibration_file::NAME);
    let calibration = calibration.and_then(|file| {
        let (calibration, mistakes) = calibration_file::read(file);
        diagnostics.extend(mistakes);
        calibration
    });
    let rules = read_rules(&own, &read.taxonomy, &concepts, diagnostics);
    let without = read
        .taxonomy
        .elements
        .iter()
        .filter(|element| rules.iter().all(|rule: &Rule| rule.element != element.code));
    diagnostics.extend(without.map(|element| {
        let label = format!("no rule looks for `{}`: it stays unassessed", element.code);
        let span = Span::new(0, 0);
        Diagnostic::error("R015", &file.path, span, "element without rules", label).as_warning()
    }));
    let serves_all =
        |v: &vocabulary_file::Vocabulary| v.complete && v.lacking(&concepts).is_empty();
    let begun = vocabularies.iter().filter(|v| !serves_all(v)).map(|v| v.language.clone());
    Some(RuleSet {
        digest: digest(files, id),
        rules,
        begun: begun.collect(),
        concepts: concepts.names,
        lexicons,
        commitment: read.commitment,
        negation: read.negation,
        continues: read.continues,
        firm: read.firm,
        subject: read.subject,
        taxonomy: Taxonomy { calibration, ..read.taxonomy },
    })
}

fn too_many(vocabularies: &[vocabulary_file::Vocabulary], count: usize) -> Diagnostic {
    let path = vocabularies.first().map_or("", |vocabulary| vocabulary.path.as_str());
    let label = format!("{count} concepts, and there may be {}", u16::MAX);
    Diagnostic::error("R020", path, Span::new(0, 0), "too many concepts", label)
}

fn no_taxonomy(files: &[SourceFile], id: &TaxonomyId) -> Diagnostic {
    let known = taxonomies(files);
    let listed: Vec<&str> = known.iter().map(TaxonomyId::as_str).collect();
    let path = format!("rules/{id}/taxonomy.toml");
    let label = format!("there is no taxonomy `{id}`");
    Diagnostic::error("R016", &path, Span::new(0, 0), "unknown taxonomy", label)
        .with_help(format!("the taxonomies are {}", quoted(&listed)))
}

fn read_vocabularies(
    files: &[SourceFile],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<vocabulary_file::Vocabulary> {
    let mut vocabularies = Vec::new();
    for file in files {
        let ("vocabulary", name) = split(&file.path) else {
            continue;
        };
        let Some(language) = name.strip_suffix(".toml") else {
            continue;
        };
        let (vocabulary, mistakes) = vocabulary_file::read(file, language);
        diagnostics.extend(mistakes);
        vocabularies.extend(vocabulary);
    }
    vocabularies
}

fn compile(
    vocabularies: &[vocabulary_file::Vocabulary],
    concepts: &Concepts,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Lexicon> {
    let mut lexicons = BTreeMap::new();
    for vocabulary in vocabularies {
        let (lexicon, mistakes) = vocabulary.compile(concepts);
        diagnostics.extend(mistakes);
        lexicons.insert(vocabulary.language.clone(), lexicon);
    }
    lexicons
}

fn read_rules(
    own: &[&SourceFile],
    taxonomy: &Taxonomy,
    concepts: &Concepts,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Rule> {
    let mut by_element: BTreeMap<&ElementCode, Vec<Rule>> = BTreeMap::new();
    for file in own {
        let name = split(&file.path).1;
        if matches!(name, "taxonomy.toml" | calibration_file::NAME) {
            continue;
        }
        let Some(stem) = name.strip_suffix(".toml") else { continue };
        let Some(code) = element_of(stem, taxonomy) else {
            let label = format!("`{name}` begins with no element's code");
            let wrong = Diagnostic::error(
                "R014",
                &file.path,
                Span::new(0, 0),
                "file for no element",
                label,
            );
            diagnostics.push(wrong.with_help("call the file `<code>-<what it is about>.toml`"));
            continue;
        };
        let (rules, mistakes) = rule_file::read(file, code, concepts);
        diagnostics.extend(mistakes);
        let known = by_element.entry(code).or_default();
        for rule in rules {
            if known.iter().any(|other| other.id == rule.id && other.path != rule.path) {
                let label = "a rule in another file of this element has this name";
                let (path, span) = (&rule.path, rule.span);
                diagnostics.push(Diagnostic::error("R010", path, span, "name used twice", label));
            }
            known.push(rule);
        }
    }
    let in_order = taxonomy.elements.iter();
    in_order.filter_map(|element| by_element.remove(&element.code)).flatten().collect()
}

/// The element whose code begins `stem`; the longest where several do.
fn element_of<'t>(stem: &str, taxonomy: &'t Taxonomy) -> Option<&'t ElementCode> {
    let codes = taxonomy.elements.iter().map(|element| &element.code);
    codes
        .filter(|code| {
            let rest = stem.strip_prefix(code.as_str());
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
        })
        .max_by_key(|code| code.as_str().len())
}

/// Digests the files a rule set is made from, in order of path.
fn digest(files: &[SourceFile], id: &TaxonomyId) -> Digest {
    let mut parts: Vec<(&str, &str, &str)> = Vec::new();
    for file in files {
        let (folder, name) = split(&file.path);
        if folder == "vocabulary" || folder == id.as_str() {
            parts.push((folder, name, &file.text));
        }
    }
    parts.sort_unstable();
    let mut whole = String::new();
    for (folder, name, text) in parts {
        // Lengths keep two files from reading like one.
        whole.extend([folder, "/", name, " ", &text.len().to_string(), "\n", text, "\n"]);
    }
    Digest::of(whole.as_bytes())
}
