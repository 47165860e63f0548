//! Rule sets → a handbook in Markdown: one page for each element, with its
//! definition, its rules in words, the words behind them, and what relates to
//! it elsewhere. Made from the files alone, so it cannot say anything else.

mod page;

use crate::markup::escape_markdown;
use crate::model::{Category, Crosswalk, Element, TaxonomyId};
use crate::rules::{Rule, RuleSet};
use page::Page;
use std::fmt::Write;

/// The page that lists all others.
const INDEX: &str = "README.md";

/// The pages by their paths: an index, one for each taxonomy, and one for each
/// element. Links lead only to pages that are there.
#[must_use]
pub fn pages(all: &[RuleSet], crosswalk: &Crosswalk) -> Vec<(String, String)> {
    let mut pages = vec![(INDEX.to_owned(), index(all))];
    for rules in all {
        pages.push((format!("{}/{INDEX}", rules.taxonomy.id), contents(rules)));
        for element in &rules.taxonomy.elements {
            let text = Page { element, rules, all, crosswalk }.text();
            pages.push((path_of(&rules.taxonomy.id, element), text));
        }
    }
    pages
}

/// The path of an element's page. Codes are a person's words: what a path or a
/// link cannot have is written as `_` and its number, so that no two codes
/// have one page, and none has that of the list.
fn path_of(taxonomy: &TaxonomyId, element: &Element) -> String {
    format!("{taxonomy}/{}", file_of(element.code.as_str()))
}

fn file_of(code: &str) -> String {
    let mut file = String::new();
    for c in code.chars() {
        // Some file systems know no capitals, so that `A` and `a` would be one.
        let safe = (c.is_alphanumeric() && !c.is_uppercase()) || c == '.' || c == '-';
        if safe {
            file.push(c);
        } else {
            let _ = write!(file, "_{:x}", u32::from(c));
        }
    }
    format!("{file}.md")
}

fn index(all: &[RuleSet]) -> String {
    let mut out =
        "# The rules in words\n\nMade from the rule files by `normtag rules docs`.\n\n".to_owned();
    for rules in all {
        let taxonomy = &rules.taxonomy;
        let _ = writeln!(
            out,
            "- [{}]({}/{INDEX}): {} elements, {} rules",
            escape_markdown(&taxonomy.name),
            taxonomy.id,
            taxonomy.elements.len(),
            rules.rules.len(),
        );
    }
    out
}

fn contents(rules: &RuleSet) -> String {
    let taxonomy = &rules.taxonomy;
    let mut out = String::new();
    let (name, source) = (escape_markdown(&taxonomy.name), escape_markdown(&taxonomy.source));
    let _ =
        writeln!(out, "# {name}\n\n`{}` · {source}\n\n[All taxonomies](../{INDEX})", taxonomy.id);
    let none = taxonomy.elements.iter().filter(|element| element.category.is_none());
    list(&mut out, none, rules);
    for category in &taxonomy.categories {
        let _ = writeln!(out, "\n## {}", title(category));
        let own = taxonomy.elements.iter();
        list(
            &mut out,
            own.filter(|element| element.category.as_ref() == Some(&category.code)),
            rules,
        );
    }
    out
}

fn list<'e>(out: &mut String, elements: impl Iterator<Item = &'e Element>, rules: &RuleSet) {
    for (number, element) in elements.enumerate() {
        if number == 0 {
            out.push('\n');
        }
        let count = own(rules, element).count();
        let (code, name) = (escape_markdown(element.code.as_str()), escape_markdown(&element.name));
        let file = file_of(element.code.as_str());
        let _ = writeln!(out, "- [{code} {name}]({file}): {count} rules");
    }
}

fn title(category: &Category) -> String {
    format!("{} {}", escape_markdown(&category.code), escape_markdown(&category.name))
}

/// The rules of an element.
fn own<'r>(rules: &'r RuleSet, element: &'r Element) -> impl Iterator<Item = &'r Rule> {
    rules.rules.iter().filter(|rule| rule.element == element.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_codes_have_one_page() {
        let files = ["1 a", "1_a", "1.a", "A", "a", "README", "3.2", "multi-word"].map(file_of);
        let distinct: std::collections::BTreeSet<String> =
            files.iter().map(|file| file.to_lowercase()).collect();
        assert_eq!(distinct.len(), files.len(), "{files:?}");
        assert!(!distinct.contains("readme.md"), "{files:?}");
        assert_eq!(file_of("3.2"), "3.2.md");
    }
}
