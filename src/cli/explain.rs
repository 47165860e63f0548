//! `normtag rules explain`: what an element's rules ask for, and what they
//! find in a document.

use crate::cli::Ending;
use crate::cli::args::ExplainArgs;
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::output::write_to;
use crate::cli::rule_files::RuleFiles;
use crate::cli::rules::rules_of;
use crate::cli::sources;
use crate::cli::terminal::Terminal;
use normtag::extract::extract;
use normtag::model::{Document, Element, ElementCode, Extracted, Hit, Place};
use normtag::report::harmless;
use normtag::rules::{ConceptId, Exception, Nearness, Rule, RuleSet, Scope};
use normtag::scan::scan;
use std::io::{self, Write};

/// Runs the command.
pub(crate) fn explain(
    args: &ExplainArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let rules = RuleFiles::find(&args.rules, config)?.compile(terminal)?;
    let code = ElementCode::new(args.element.as_str());
    let Some(element) = rules.taxonomy.element(&code) else {
        let message = format!("taxonomy {} has no element `{code}`", rules.taxonomy.id);
        return Err(Failure::Asked(format!("{message}; `normtag rules list` names them")));
    };
    let document = match &args.source {
        Some(source) => Some(read(source, args, config, terminal)?),
        None => None,
    };
    write_to(None, |out| {
        writeln!(out, "{} {}\n{}\n", element.code, element.name, element.definition)?;
        for rule in rules_of(&rules, element) {
            describe(rule, &rules, out)?;
        }
        document.as_ref().map_or(Ok(()), |document| show_findings(document, element, &rules, out))
    })?;
    let whole = document.is_none_or(|document| document.unread_parts.is_empty());
    Ok(if whole { Ending::Clean } else { Ending::Attention })
}

/// The one document there is; what of it was not read is said.
fn read(
    source: &str,
    args: &ExplainArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Document, Failure> {
    let sources = sources::find(&[source.to_owned()], &args.folder, config, terminal)?;
    if sources.len() > 1 {
        let message = format!("{source}: {} documents here; name one of them", sources.len());
        return Err(Failure::Asked(message));
    }
    let first = sources.fetch(&args.network, config, terminal)?.into_iter().next();
    let extracted =
        first.map(|one| one.source.arrive().map_or_else(Extracted::Unread, |s| extract(&s)));
    match extracted {
        Some(Extracted::Read(document)) => {
            for part in &document.unread_parts {
                terminal.warn(&format!("{}: not read: {part}", document.source));
            }
            Ok(*document)
        }
        Some(Extracted::Unread(unread)) => {
            Err(Failure::Asked(format!("{}: {}", unread.source, unread.reason)))
        }
        None => Err(Failure::Asked(format!("{source}: no document"))),
    }
}

/// Every condition of a rule, by the key it has in the rule's file.
fn describe(rule: &Rule, rules: &RuleSet, out: &mut dyn Write) -> io::Result<()> {
    let names = |ids: &[ConceptId], between: &str| {
        ids.iter().map(|&id| rules.concept(id)).collect::<Vec<_>>().join(between)
    };
    writeln!(out, "{} ({}, weight {})", rule.id, rule.tag.as_str(), rule.weight)?;
    let mut say = |key: &str, said: &str| writeln!(out, "    {key:8} {said}");
    say("finds", &rule.finds)?;
    say("why", &rule.why)?;
    say("scope", &format!("in one {}", scope(rule.scope)))?;
    for entry in &rule.all {
        say("all", &names(entry, " or "))?;
    }
    if !rule.any.is_empty() {
        say("any", &format!("one of: {}", names(&rule.any, ", ")))?;
    }
    if let Some(at_least) = &rule.at_least {
        say("at_least", &format!("{} of: {}", at_least.n, names(&at_least.of, ", ")))?;
    }
    if let Some(near) = rule.near {
        say("near", &format!("these within {near} words"))?;
    }
    if rule.ordered {
        say("ordered", "those of `all` in this order")?;
    }
    if rule.names_places {
        let places: Vec<&str> = rule.places.iter().map(|&place| name(place)).collect();
        say("in", &places.join(", "))?;
    }
    if rule.subject != Nearness::None {
        let near = nearness(rule.subject);
        say("subject", &format!("what the taxonomy is about, {near}"))?;
    }
    if rule.force {
        say("force", "a commitment, or else only indirect")?;
    }
    for exception in &rule.unless {
        let any = names(&exception.any, " or ");
        say("unless", &format!("{any}, {}: {}", reach(exception), exception.shields))?;
    }
    writeln!(out)
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
    }
}

fn name(place: Place) -> &'static str {
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

fn show_findings(
    document: &Document,
    element: &Element,
    rules: &RuleSet,
    out: &mut dyn Write,
) -> io::Result<()> {
    let found = scan(document, rules);
    writeln!(out, "In {}:", harmless(&document.source))?;
    let mut hits = found.hits.iter().filter(|hit| hit.element == element.code).peekable();
    if hits.peek().is_none() {
        writeln!(out, "\n  nothing found")?;
    }
    for hit in hits {
        show_hit(hit, document, out)?;
    }
    for miss in found.misses.iter().filter(|miss| miss.element == element.code) {
        let paragraph = &document.paragraphs[miss.paragraph];
        let citation = paragraph.locator.citation(paragraph.place);
        let citation = harmless(&citation);
        let concepts = miss.failed.concepts.join(" or ");
        let failed = &miss.failed.condition;
        let line = format!("not {} · nearest at {citation} · `{failed}` {concepts}", miss.rule);
        writeln!(out, "\n  {}", line.trim_end())?;
    }
    Ok(())
}

fn show_hit(hit: &Hit, document: &Document, out: &mut dyn Write) -> io::Result<()> {
    let paragraph = &document.paragraphs[hit.paragraph];
    let citation = paragraph.locator.citation(paragraph.place);
    let citation = harmless(&citation);
    let words = harmless(hit.span.cut(&document.text).unwrap_or_default());
    writeln!(out, "\n  {} {} {:.2} · {citation}", hit.rule, hit.status.as_str(), hit.score)?;
    writeln!(out, "    “{words}”")?;
    for met in &hit.met {
        let words = harmless(met.span.cut(&document.text).unwrap_or_default());
        writeln!(out, "    {}: {words}", met.concept)?;
    }
    Ok(())
}
