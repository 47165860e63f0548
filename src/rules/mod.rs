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
mod load;
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
    Crosswalk, DevelopmentText, Digest, Document, ElementCode, Paragraph, SourceFile, Taxonomy,
    TaxonomyId,
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
        let rules = load::load(files, taxonomy, &mut diagnostics);
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

    /// The vocabulary to read a paragraph with: that of its own language, or
    /// else of its document's. A quote or an annex may be in another language.
    #[must_use]
    pub fn lexicon_of(&self, paragraph: &Paragraph, document: &Document) -> Option<&Lexicon> {
        let own = paragraph.language.as_deref().and_then(|own| self.lexicons.get(own));
        own.or_else(|| self.lexicon(document.language.as_deref()))
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
