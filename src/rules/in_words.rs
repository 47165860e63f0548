//! The conditions of a rule in plain words, each under the key it has in the
//! rule's file.

use crate::model::Place;
use crate::rules::{ConceptId, Exception, Nearness, Rule, Scope};

/// Every condition of a rule, in the order of `rules/README.md`, each under
/// its key. `name` says how a concept is written.
#[must_use]
pub fn in_words(rule: &Rule, name: &dyn Fn(ConceptId) -> String) -> Vec<(&'static str, String)> {
    let names = |ids: &[ConceptId], between: &str| {
        ids.iter().map(|&id| name(id)).collect::<Vec<_>>().join(between)
    };
    let mut said = vec![("scope", format!("in one {}", scope(rule.scope)))];
    said.extend(rule.all.iter().map(|entry| ("all", names(entry, " or "))));
    if !rule.any.is_empty() {
        said.push(("any", format!("one of: {}", names(&rule.any, ", "))));
    }
    if let Some(at_least) = &rule.at_least {
        said.push(("at_least", format!("{} of: {}", at_least.n, names(&at_least.of, ", "))));
    }
    if let Some(near) = rule.near {
        said.push(("near", format!("these within {near} words")));
    }
    if rule.ordered {
        said.push(("ordered", "those of `all` in this order".to_owned()));
    }
    if rule.names_places {
        let places: Vec<&str> = rule.places.iter().map(|&place| place_name(place)).collect();
        said.push(("in", places.join(", ")));
    }
    if rule.subject != Nearness::None {
        let near = nearness(rule.subject);
        said.push(("subject", format!("what the taxonomy is about, {near}")));
    }
    if rule.force {
        said.push(("force", "a commitment, or else only indirect".to_owned()));
    }
    for exception in &rule.unless {
        let any = names(&exception.any, " or ");
        said.push(("unless", format!("{any}, {}: {}", reach(exception), exception.shields)));
    }
    said
}

fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Sentence => "sentence",
        Scope::Paragraph => "paragraph",
        Scope::Section => "section",
    }
}

/// Where an exception is looked for.
fn reach(exception: &Exception) -> String {
    match exception.near {
        Some(near) => format!("within {near} words of these"),
        None => format!("in the same {}", scope(exception.scope)),
    }
}

fn nearness(nearness: Nearness) -> &'static str {
    match nearness {
        Nearness::Sentence => "in the sentence",
        Nearness::Paragraph => "in the paragraph or its heading",
        Nearness::Section => "in the section at least",
        Nearness::Document => "in the document at least",
        Nearness::None => "nowhere",
        Nearness::Throughout => "in the sentence, or the whole document about it",
    }
}

fn place_name(place: Place) -> &'static str {
    match place {
        Place::Preamble => "preamble",
        Place::Background => "background",
        Place::Operative => "operative",
        Place::Annex => "annex",
        Place::Definition => "definition",
        Place::Heading => "heading",
        Place::Footnote => "footnote",
    }
}
