//! The files of a taxonomy → its compiled rules: vocabularies, codebook,
//! calibration, then rules. Loading goes on after a mistake.

use crate::diagnostic::Diagnostic;
use crate::model::{Digest, ElementCode, SourceFile, Span, Taxonomy, TaxonomyId};
use crate::rules::{
    Concepts, Lexicon, Rule, RuleSet, calibration_file, rule_file, split, taxonomies,
    taxonomy_file, vocabulary_file,
};
use crate::toml_reader::quoted;
use std::collections::{BTreeMap, BTreeSet};

/// Compiles the rules of taxonomy `id` from `files`.
pub(super) fn load(
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
