//! What nobody uses: concepts no rule asks for, sentences of the codebook no
//! rule serves, categories without elements.

use crate::diagnostic::Diagnostic;
use crate::model::{ElementCode, SourceFile, Span, Status, Taxonomy};
use crate::rules::pattern::Pattern;
use crate::rules::{ConceptId, Lexicon, RuleSet, parse, split, vocabulary_file};
use crate::toml_reader::{At, Mistakes, Table};
use crate::words::{Stemmer, fold_into, tokens};
use std::collections::BTreeSet;

/// Letters that a word has at least to be looked for: shorter ones join words.
const CONTENT: usize = 4;

/// Whether a name is in kebab-case.
pub(super) fn is_kebab(name: &str) -> bool {
    let part = |part: &str| {
        !part.is_empty() && part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    name.split('-').all(part)
}

/// Warns of the concepts that are not `used`.
pub(super) fn lint_concepts(
    table: &Table<'_, '_>,
    used: &BTreeSet<String>,
    mistakes: &Mistakes<'_>,
) {
    let names = table.table("concepts");
    for name in names.iter().flat_map(Table::keys).filter(|name| !used.contains(name.value)) {
        let label = "no rule, no taxonomy and no concept in use asks for this";
        let help = "ask for it in a rule, or take it out of every vocabulary";
        mistakes.warn("R042", name.span, "concept nobody uses", label, help);
    }
}

/// The concepts that rules and taxonomies ask for, with those they include.
pub(super) fn used(loaded: &[RuleSet], files: &[SourceFile]) -> BTreeSet<String> {
    let mut used: BTreeSet<String> = BTreeSet::new();
    for rules in loaded {
        let named = |id: ConceptId| rules.concept(id).to_owned();
        for rule in &rules.rules {
            used.extend(rule.asked().map(named));
            used.extend(rule.unless.iter().flat_map(|one| &one.any).copied().map(named));
        }
        let cues =
            [&rules.commitment, &rules.negation, &rules.continues, &rules.firm, &rules.subject];
        used.extend(cues.into_iter().flatten().copied().map(named));
    }
    let own = files.iter().filter(|file| split(&file.path).0 == "vocabulary");
    let vocabularies: Vec<_> =
        own.filter_map(|file| vocabulary_file::read(file, split(&file.path).1).0).collect();
    let mut open: Vec<String> = used.iter().cloned().collect();
    while let Some(name) = open.pop() {
        let patterns = vocabularies.iter().filter_map(|v| v.concepts.get(&name)).flatten();
        for pattern in patterns {
            if let Pattern::Include(other) = &pattern.value
                && used.insert(other.clone())
            {
                open.push(other.clone());
            }
        }
    }
    used
}

/// Warns of what the codebook says and no rule serves, and of what in it has
/// no use.
pub(super) fn lint_codebook(files: &[SourceFile], rules: &RuleSet) -> Vec<Diagnostic> {
    let own =
        |file: &&SourceFile| split(&file.path) == (rules.taxonomy.id.as_str(), "taxonomy.toml");
    let Some(file) = files.iter().find(own) else { return Vec::new() };
    let (_, found) = parse(file, |table, mistakes| {
        lint_categories(table, &rules.taxonomy, mistakes);
        lint_thresholds(table, &rules.taxonomy, mistakes);
        for element in table.tables("element") {
            lint_element(&element, file, rules, mistakes);
        }
    });
    found
}

fn lint_categories(table: &Table<'_, '_>, taxonomy: &Taxonomy, mistakes: &Mistakes<'_>) {
    if !table.has("category") {
        return;
    }
    for category in table.tables("category") {
        let Some(code) = category.text("code") else { continue };
        let mut elements = taxonomy.elements.iter();
        if !elements.any(|element| element.category.as_ref() == Some(&code.value)) {
            let label = format!("no element is of category `{}`", code.value);
            let help = "give it elements, or take it out";
            mistakes.warn("R045", code.span, "category without elements", label, help);
        }
    }
}

fn lint_thresholds(table: &Table<'_, '_>, taxonomy: &Taxonomy, mistakes: &Mistakes<'_>) {
    let thresholds = taxonomy.thresholds;
    if thresholds.indirect > thresholds.present {
        let inner = table.table("thresholds");
        let span = inner.and_then(|inner| inner.place("indirect")).unwrap_or(table.span);
        let label = format!("more than `present` asks for ({})", thresholds.present);
        let help = "what is indirect asks for less than what is present";
        mistakes.warn("R046", span, "thresholds the wrong way round", label, help);
    }
}

fn lint_element(
    table: &Table<'_, '_>,
    file: &SourceFile,
    rules: &RuleSet,
    mistakes: &Mistakes<'_>,
) {
    let (Some(code), Some(definition)) = (table.text("code"), table.text("definition")) else {
        return;
    };
    let element = ElementCode::new(code.value.as_str());
    let own: Vec<_> = rules.rules.iter().filter(|rule| rule.element == element).collect();
    if own.is_empty() {
        // That is told where the rules are loaded.
        return;
    }
    if own.iter().all(|rule| rule.tag != Status::Present) {
        let label = format!("no rule of `{element}` supports `present`");
        let help = "write a rule that does, or say in the codebook that it is never more";
        mistakes.warn("R047", code.span, "element that is never present", label, help);
    }
    let language = rules.lexicon(None).map_or_else(|| Stemmer::new(""), Lexicon::stemmer);
    let mut content = Content { stemmer: language };
    let said = own.iter().flat_map(|rule| [&rule.why, &rule.finds]);
    let served: BTreeSet<String> = said.flat_map(|text| content.stems(text)).collect();
    for clause in definition.value.split([',', ';', '.', '(', ')']).map(str::trim) {
        let stems = content.stems(clause);
        if !stems.is_empty() && stems.is_disjoint(&served) {
            let label = "no rule of this element says that it finds this";
            let help = "write a rule for it, or name it in the `why` of the rule that serves it";
            let span = narrowed(&definition, clause, file);
            mistakes.warn("R043", span, "codebook sentence no rule serves", label, help);
        }
    }
}

/// Where `clause` stands in the file, as written there.
fn narrowed(definition: &At<String>, clause: &str, file: &SourceFile) -> Span {
    let found = definition.span.cut(&file.text).and_then(|written| written.find(clause));
    found.map_or(definition.span, |at| {
        Span::new(at, at + clause.len()).shifted(definition.span.start)
    })
}

/// Finds the words that carry a sentence.
struct Content {
    stemmer: Stemmer,
}

impl Content {
    fn stems(&mut self, text: &str) -> BTreeSet<String> {
        let mut stems = BTreeSet::new();
        let mut folded = String::new();
        for token in tokens(text) {
            folded.clear();
            fold_into(token.span.cut(text).unwrap_or_default(), &mut folded);
            if folded.chars().count() >= CONTENT {
                stems.insert(self.stemmer.stem(&folded).to_owned());
            }
        }
        stems
    }
}
