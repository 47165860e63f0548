//! The rules of one element, read from their file.
//!
//! Notes every mistake and reads on; a rule with a mistake is left out.

use crate::diagnostic::Diagnostic;
use crate::model::{ElementCode, Place, RuleId, SourceFile, Span, Status};
use crate::rules::lint;
use crate::rules::parse;
use crate::rules::rule::{AtLeast, Example, Exception, Nearness, Rule, Scope};
use crate::rules::{ConceptId, Concepts};
use crate::toml_reader::{At, Mistakes, Table, did_you_mean, quoted};
use std::collections::BTreeSet;

const KEYS: &[&str] = &[
    "name", "finds", "why", "tag", "scope", "all", "any", "at_least", "near", "ordered", "unless",
    "in", "force", "subject", "weight", "hit", "miss",
];

const SCOPES: &[(&str, Scope)] =
    &[("sentence", Scope::Sentence), ("paragraph", Scope::Paragraph), ("section", Scope::Section)];

const PLACES: &[(&str, Place)] = &[
    ("preamble", Place::Preamble),
    ("background", Place::Background),
    ("operative", Place::Operative),
    ("annex", Place::Annex),
    ("definition", Place::Definition),
    ("heading", Place::Heading),
    ("footnote", Place::Footnote),
];

const TAGS: &[(&str, Status)] = &[("present", Status::Present), ("indirect", Status::Indirect)];

const NEARNESS: &[(&str, Nearness)] = &[
    ("sentence", Nearness::Sentence),
    ("paragraph", Nearness::Paragraph),
    ("section", Nearness::Section),
    ("document", Nearness::Document),
    ("none", Nearness::None),
    ("throughout", Nearness::Throughout),
];

/// The mark of an example that is not read as a text about the subject.
const OFF_SUBJECT: &str = "off-subject:";

/// Places by the names rule files use.
pub(super) fn place_named(name: &str) -> Option<Place> {
    PLACES.iter().find(|(known, _)| *known == name).map(|&(_, place)| place)
}

/// Reads the rules in `file` for `element`.
pub(super) fn read(
    file: &SourceFile,
    element: &ElementCode,
    concepts: &Concepts,
) -> (Vec<Rule>, Vec<Diagnostic>) {
    let (rules, mistakes) = parse(file, |table, mistakes| {
        table.refuse_others(&["rule"]);
        let tables = table.tables("rule");
        if tables.is_empty() {
            table.missing("rule", "write at least one `[[rule]]`");
        }
        let mut names = BTreeSet::new();
        let reader = RuleReader { file, element, concepts, mistakes };
        tables.iter().filter_map(|table| reader.rule(table, &mut names)).collect::<Vec<_>>()
    });
    (rules.unwrap_or_default(), mistakes)
}

struct RuleReader<'a, 'm> {
    file: &'a SourceFile,
    element: &'a ElementCode,
    concepts: &'a Concepts,
    mistakes: &'m Mistakes<'m>,
}

impl RuleReader<'_, '_> {
    fn rule(&self, table: &Table<'_, '_>, names: &mut BTreeSet<String>) -> Option<Rule> {
        table.refuse_others(KEYS);
        let name = table.required_text("name", "give the rule a name in kebab-case");
        let finds = table.required_text("finds", "say in words what the rule finds");
        let why = table.required_text("why", "cite the codebook's sentence it implements");
        let tag = table.required_text("tag", "the tag is `present` or `indirect`");
        let tag = tag.and_then(|tag| self.choice("tag", &tag, TAGS));
        if let Some(name) = &name
            && !names.insert(name.value.clone())
        {
            let label = "another rule in this file has this name";
            self.mistakes.note("R010", name.span, "name used twice", label);
        }
        let all = self.alternatives(table, "all");
        let any = self.concepts(table, "any");
        let at_least = self.at_least(table);
        self.refuse_impossible(table, &all, &any);
        let hits = examples(table, "hit");
        let misses = examples(table, "miss");
        let scope = self.optional(table, "scope", SCOPES).unwrap_or(Scope::Sentence);
        let subject = self.optional(table, "subject", NEARNESS).unwrap_or(Nearness::Document);
        let near = table.count("near").map(|near| near.value);
        let weight = table.share("weight").map_or(0.8, |weight| weight.value);
        let (ordered, force) = (table.flag("ordered"), table.flag("force"));
        let (unless, places) = (self.exceptions(table), self.places(table));
        if ordered == Some(true) {
            self.refuse_narrow(table, all.len());
        }
        let names_places = table.keys().any(|at| at.value == "in");
        // Only now may a mistake end the reading: all of them have been noted.
        let (name, finds, why, tag) = (name?, finds?, why?, tag?);
        let rule = Rule {
            id: RuleId::new(format!("{}/{}", self.element, name.value)),
            element: self.element.clone(),
            finds: finds.value,
            why: why.value,
            tag,
            scope,
            all,
            any,
            at_least,
            near,
            ordered: ordered.unwrap_or(false),
            unless,
            places,
            names_places,
            force: force.unwrap_or(false),
            subject,
            weight,
            hits,
            misses,
            path: self.file.path.clone(),
            span: name.span,
        };
        self.refuse_shielded(table, &rule);
        Some(rule)
    }

    /// Notes that entries in order cannot stand as near as is asked: each
    /// begins behind the one before.
    fn refuse_narrow(&self, table: &Table<'_, '_>, entries: usize) {
        let Some(near) = table.count("near").filter(|near| near.value + 1 < entries) else {
            return;
        };
        let label = format!("{entries} entries in order cannot stand within {} words", near.value);
        let help = format!("make it {} at least, or leave out `ordered`", entries - 1);
        self.mistakes.advise("R024", near.span, "condition that cannot hold", label, help);
    }

    /// Notes exceptions that apply wherever the rule would hold.
    fn refuse_shielded(&self, table: &Table<'_, '_>, rule: &Rule) {
        let tables = table.tables("unless");
        for (exception, table) in rule.unless.iter().zip(&tables) {
            if lint::always_applies(exception, rule) {
                let span = table.place("any").unwrap_or(table.span);
                let label = "whatever meets the rule meets this exception too";
                let help = "take the concepts out that the rule itself asks for";
                self.mistakes.advise("R025", span, "rule that can never hold", label, help);
            }
        }
    }

    /// Notes conditions that cannot hold, or that ask for nothing.
    fn refuse_impossible(&self, table: &Table<'_, '_>, all: &[Vec<ConceptId>], any: &[ConceptId]) {
        if !["all", "any", "at_least"].iter().any(|key| table.keys().any(|at| at.value == *key)) {
            let label = "this rule asks for nothing";
            let help = "give it at least one of `all`, `any`, `at_least`";
            self.mistakes.advise("R011", table.span, "rule without a condition", label, help);
        }
        let parts = all.len() + usize::from(!any.is_empty());
        for key in ["near", "ordered"] {
            let at = table.keys().find(|at| at.value == key);
            if let Some(at) = at
                && parts < 2
            {
                let label = "there is only one thing to compare";
                let help = "`near` and `ordered` relate the entries of `all` and `any`";
                self.mistakes.advise("R018", at.span, "condition without effect", label, help);
            }
        }
    }

    fn alternatives(&self, table: &Table<'_, '_>, key: &str) -> Vec<Vec<ConceptId>> {
        let entries = table.alternatives(key).unwrap_or_default();
        entries.iter().map(|entry| self.resolve(entry)).filter(|entry| !entry.is_empty()).collect()
    }

    fn concepts(&self, table: &Table<'_, '_>, key: &str) -> Vec<ConceptId> {
        self.resolve(&table.texts(key).unwrap_or_default())
    }

    fn resolve(&self, names: &[At<String>]) -> Vec<ConceptId> {
        names.iter().filter_map(|name| self.concepts.resolve(name, self.mistakes)).collect()
    }

    fn at_least(&self, table: &Table<'_, '_>) -> Option<AtLeast> {
        let table = table.table("at_least")?;
        table.refuse_others(&["n", "of"]);
        let mut of = self.concepts(&table, "of");
        let n = table.count("n")?;
        // One that is listed twice is still one.
        let mut seen = BTreeSet::new();
        of.retain(|concept| seen.insert(*concept));
        let distinct = of.len();
        if n.value > distinct {
            let label = format!("{} of {distinct} concepts can never occur", n.value);
            self.mistakes.note("R019", n.span, "condition that cannot hold", label);
        }
        Some(AtLeast { n: n.value, of })
    }

    fn exceptions(&self, table: &Table<'_, '_>) -> Vec<Exception> {
        let tables = table.tables("unless");
        let read = |table: &Table<'_, '_>| {
            table.refuse_others(&["any", "scope", "near", "shields"]);
            let help = "say in words what the exception protects";
            let shields = table.required_text("shields", help);
            if table.keys().all(|at| at.value != "any") {
                table.missing("any", "name the concepts that make the exception");
            }
            Some(Exception {
                any: self.concepts(table, "any"),
                scope: self.optional(table, "scope", SCOPES).unwrap_or(Scope::Sentence),
                near: table.count("near").map(|near| near.value),
                shields: shields?.value,
            })
        };
        tables.iter().filter_map(read).collect()
    }

    fn places(&self, table: &Table<'_, '_>) -> Vec<Place> {
        let Some(names) = table.texts("in") else {
            let all = PLACES.iter().map(|&(_, place)| place);
            let out = [Place::Heading, Place::Footnote];
            return all.filter(|place| !out.contains(place)).collect();
        };
        names.iter().filter_map(|name| self.choice("in", name, PLACES)).collect()
    }

    fn optional<T: Copy>(
        &self,
        table: &Table<'_, '_>,
        key: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let written = table.text(key)?;
        self.choice(key, &written, choices)
    }

    fn choice<T: Copy>(&self, key: &str, at: &At<String>, choices: &[(&str, T)]) -> Option<T> {
        choice(self.mistakes, key, &at.value, at.span, choices)
    }
}

fn examples(table: &Table<'_, '_>, key: &str) -> Vec<Example> {
    let Some(texts) = table.texts(key) else {
        table.missing(key, "a rule without a hit and a miss is not loaded");
        return Vec::new();
    };
    let example = |at: At<String>| {
        let off = at.value.strip_prefix(OFF_SUBJECT);
        Example {
            on_subject: off.is_none(),
            text: off.unwrap_or(&at.value).trim().to_owned(),
            span: at.span,
        }
    };
    texts.into_iter().map(example).collect()
}

fn choice<T: Copy>(
    mistakes: &Mistakes<'_>,
    key: &str,
    written: &str,
    span: Span,
    choices: &[(&str, T)],
) -> Option<T> {
    let found = choices.iter().find(|(name, _)| *name == written).map(|&(_, value)| value);
    if found.is_none() {
        let names: Vec<&str> = choices.iter().map(|&(name, _)| name).collect();
        let help = did_you_mean(written, names.iter().copied())
            .unwrap_or_else(|| format!("`{key}` is one of {}", quoted(&names)));
        let label = format!("`{key}` cannot be `{written}`");
        mistakes.advise("R009", span, "unknown value", label, help);
    }
    found
}
