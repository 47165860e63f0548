//! `normtag rules explain`: what an element's rules ask for, and what they
//! find in a document; a concept or word in context; what no rule touches.

mod json;
mod kwic;
mod text;
mod untouched;

use crate::cli::Ending;
use crate::cli::args::{ExplainArgs, TextOrJson};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::isolate::Isolation;
use crate::cli::output::{write_json, write_to};
use crate::cli::rule_files::RuleFiles;
use crate::cli::rules::element_named;
use crate::cli::sources;
use crate::cli::terminal::Terminal;
use normtag::model::{Document, Element, Extracted, Hit, NearMiss};
use normtag::pipeline::unread_parts;
use normtag::rules::{ConceptId, RuleSet};
use normtag::scan::{Occurs, concordance, occurrences, scan, untouched};

/// What the rules of one element find in a document.
struct Findings<'a> {
    document: &'a Document,
    hits: Vec<Hit>,
    misses: Vec<NearMiss>,
}

/// Runs the command.
pub(crate) fn explain(
    args: &ExplainArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let rules = RuleFiles::find(&args.rules, config)?.compile(terminal)?;
    let element = args.element.as_deref().map(|code| element_named(code, &rules)).transpose()?;
    let document = match &args.source {
        Some(source) => Some(read(source, args, config, terminal)?),
        None => None,
    };
    match (&document, &args.kwic, args.untouched, element) {
        (Some(document), Some(what), _, _) => show_in_context(what, document, &rules, args)?,
        (Some(document), None, true, _) => show_untouched(document, &rules, args)?,
        (_, _, _, Some(element)) => show_element(element, document.as_ref(), &rules, args)?,
        _ => return Err(Failure::Asked("name an element, such as 3.2".to_owned())),
    }
    let unread = document.as_ref().map(|document| unread_parts(document, &rules));
    let unread = unread.unwrap_or_default();
    if let Some(document) = &document {
        for part in &unread {
            terminal.warn(&format!("{}: not read: {part}", document.source));
        }
    }
    let whole = unread.is_empty();
    Ok(if whole { Ending::Clean } else { Ending::Attention })
}

/// The one document there is.
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
    let isolation = Isolation::new(&args.reading, config, terminal)?;
    let extracted = first.map(|one| isolation.read(one.source));
    match extracted {
        Some(Extracted::Read(document)) => Ok(*document),
        Some(Extracted::Unread(unread)) => {
            Err(Failure::Asked(format!("{}: {}", unread.source, unread.reason)))
        }
        None => Err(Failure::Asked(format!("{source}: no document"))),
    }
}

fn show_element(
    element: &Element,
    document: Option<&Document>,
    rules: &RuleSet,
    args: &ExplainArgs,
) -> Result<(), Failure> {
    let findings = document.map(|document| {
        let found = scan(document, rules);
        Findings {
            document,
            hits: found.hits.into_iter().filter(|hit| hit.element == element.code).collect(),
            misses: found.misses.into_iter().filter(|miss| miss.element == element.code).collect(),
        }
    });
    match args.format {
        TextOrJson::Text => {
            write_to(None, |out| text::write(element, rules, findings.as_ref(), out))
        }
        TextOrJson::Json => write_json(&json::explanation(element, rules, findings.as_ref())),
    }
}

fn show_in_context(
    what: &str,
    document: &Document,
    rules: &RuleSet,
    args: &ExplainArgs,
) -> Result<(), Failure> {
    let found = places_of(what, document, rules)?;
    match args.format {
        TextOrJson::Text => {
            write_to(None, |out| kwic::write(document, &found, Terminal::width(), out))
        }
        TextOrJson::Json => write_json(&kwic::to_json(what, document, &found)),
    }
}

/// The places of a concept, or of a pattern as vocabularies write them.
fn places_of(what: &str, document: &Document, rules: &RuleSet) -> Result<Vec<Occurs>, Failure> {
    if let Some(concept) = rules.concept_named(what) {
        return Ok(occurrences(document, rules, concept));
    }
    let Some(lexicon) = rules.lexicon(document.language.as_deref()) else {
        let language = document.language.as_deref().unwrap_or("unknown");
        let message = format!("{}: no vocabulary for its language, {language}", document.source);
        return Err(Failure::Asked(message));
    };
    let one = ConceptId(0);
    let pattern = lexicon
        .of_pattern(what, &[one])
        .map_err(|why| Failure::Asked(format!("`{what}` is no concept, and no pattern: {why}")))?;
    Ok(concordance(document, &pattern, one))
}

fn show_untouched(document: &Document, rules: &RuleSet, args: &ExplainArgs) -> Result<(), Failure> {
    let found = untouched(document, rules);
    let view = untouched::View::of(document, &found, rules);
    match args.format {
        TextOrJson::Text => write_to(None, |out| view.write(out)),
        TextOrJson::Json => write_json(&view.to_json()),
    }
}
