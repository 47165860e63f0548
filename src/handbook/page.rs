//! The page of one element.

use super::{INDEX, file_of, own, title};
use crate::markup::escape_markdown;
use crate::model::{Crosswalk, Element, ElementCode, Relation, RelationKind, TaxonomyId};
use crate::rules::{ConceptId, Example, Rule, RuleSet, in_words};
use std::collections::BTreeSet;
use std::fmt::Write;

/// An element with all that its page tells of.
pub(super) struct Page<'a> {
    pub(super) element: &'a Element,
    pub(super) rules: &'a RuleSet,
    pub(super) all: &'a [RuleSet],
    pub(super) crosswalk: &'a Crosswalk,
}

impl Page<'_> {
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.head(&mut out);
        let rules: Vec<&Rule> = own(self.rules, self.element).collect();
        let _ = writeln!(out, "\n## Rules");
        if rules.is_empty() {
            let _ = writeln!(out, "\nNo rule looks for this element: it stays unassessed.");
        }
        for rule in &rules {
            self.rule(rule, &mut out);
        }
        self.words(&rules, &mut out);
        self.relations(&mut out);
        out
    }

    fn head(&self, out: &mut String) {
        let (element, taxonomy) = (self.element, &self.rules.taxonomy);
        let code = escape_markdown(element.code.as_str());
        let _ = writeln!(out, "# {code} {}\n", escape_markdown(&element.name));
        let _ = writeln!(out, "> {}\n", escape_markdown(&element.definition));
        let category = taxonomy.categories.iter();
        let category = category.filter(|one| Some(&one.code) == element.category.as_ref());
        for one in category {
            let _ = writeln!(out, "Category: {}  ", title(one));
        }
        let _ = writeln!(out, "Taxonomy: [{}]({INDEX})", escape_markdown(&taxonomy.name));
    }

    fn rule(&self, rule: &Rule, out: &mut String) {
        let id = rule.id.as_str();
        let name = id.rsplit('/').next().unwrap_or(id);
        if !out.ends_with("\n\n") {
            out.push('\n');
        }
        let _ = writeln!(out, "### {}\n", escape_markdown(name));
        let _ = writeln!(out, "Finds {}.\n", escape_markdown(rule.finds.trim_end_matches('.')));
        let _ = writeln!(out, "- supports **{}**, weight {}", rule.tag.as_str(), rule.weight);
        let _ = writeln!(out, "- why: {}", escape_markdown(&rule.why));
        let link = |id: ConceptId| {
            let name = self.rules.concept(id);
            format!("[{}](#{})", escape_markdown(name), anchor(name))
        };
        for (key, said) in in_words(rule, &link) {
            let _ = writeln!(out, "- `{key}`: {said}");
        }
        let file = rule.path.rsplit('/').next().unwrap_or(&rule.path);
        let _ = writeln!(out, "- file: `{}/{file}`\n", self.rules.taxonomy.id);
        examples("Holds", &rule.hits, out);
        examples("Does not hold", &rule.misses, out);
    }

    /// The words of every concept that the rules name, language by language.
    fn words(&self, rules: &[&Rule], out: &mut String) {
        let named = rules.iter().flat_map(|rule| {
            rule.asked().chain(rule.unless.iter().flat_map(|one| one.any.iter().copied()))
        });
        let named: BTreeSet<ConceptId> = named.collect();
        if named.is_empty() {
            return;
        }
        let _ = writeln!(out, "## Words behind them");
        for id in named {
            let name = self.rules.concept(id);
            let _ = writeln!(
                out,
                "\n<a id=\"{}\"></a>\n\n### {}\n",
                anchor(name),
                escape_markdown(name)
            );
            for (language, lexicon) in &self.rules.lexicons {
                let words = lexicon.words_of(id);
                if !words.is_empty() {
                    let words: Vec<String> = words.iter().map(|word| code(word)).collect();
                    let _ = writeln!(out, "- {language}: {}", words.join(", "));
                }
            }
        }
    }

    fn relations(&self, out: &mut String) {
        let own = (self.rules.taxonomy.id.clone(), self.element.code.clone());
        let related = self.crosswalk.relations.iter();
        let mut related =
            related.filter(|one| one.from == own || one.to.as_ref() == Some(&own)).peekable();
        if related.peek().is_none() {
            return;
        }
        let _ = writeln!(out, "\n## In other taxonomies\n");
        for relation in related {
            let said = self.relation(relation, &own);
            let _ = writeln!(out, "- {said}: {}", escape_markdown(&relation.reason));
        }
    }

    /// What the other element of a relation is, seen from this one.
    fn relation(&self, relation: &Relation, own: &(TaxonomyId, ElementCode)) -> String {
        let from = relation.from == *own;
        let kind = match (relation.kind, from) {
            (Some(RelationKind::Same), _) => "the same as",
            (Some(RelationKind::Wider), true) | (Some(RelationKind::Narrower), false) => "part of",
            (Some(RelationKind::Narrower), true) | (Some(RelationKind::Wider), false) => {
                "wider than"
            }
            (None, _) => return "without a counterpart".to_owned(),
        };
        let other = if from { relation.to.as_ref() } else { Some(&relation.from) };
        other.map_or_else(|| kind.to_owned(), |other| format!("{kind} {}", self.link(other)))
    }

    /// A link to an element, where it has a page.
    fn link(&self, (taxonomy, code): &(TaxonomyId, ElementCode)) -> String {
        let shown = escape_markdown(&format!("{taxonomy} {code}"));
        let of = self.all.iter().find(|rules| rules.taxonomy.id == *taxonomy);
        if of.is_some_and(|rules| rules.taxonomy.element(code).is_some()) {
            format!("[{shown}](../{taxonomy}/{})", file_of(code.as_str()))
        } else {
            shown
        }
    }
}

fn examples(what: &str, examples: &[Example], out: &mut String) {
    let _ = writeln!(out, "{what} in:\n");
    for example in examples {
        let off = if example.on_subject { "" } else { " (in a text on another subject)" };
        let _ = writeln!(out, "- “{}”{off}", escape_markdown(&example.text));
    }
    out.push('\n');
}

/// The anchor of a concept's words; rules may have the names of concepts.
fn anchor(concept: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    format!("words-{}", concept.chars().map(safe).collect::<String>())
}

/// A pattern as code, whatever marks are in it.
fn code(written: &str) -> String {
    let longest = written.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    format!("{fence}{space}{}{space}{fence}", written.replace('\n', " "))
}
