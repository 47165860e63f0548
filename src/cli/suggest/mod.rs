//! `normtag rules suggest`: words that an element's rules lack, from passages
//! that people coded.

mod json;
mod text;

use crate::cli::Ending;
use crate::cli::args::{SuggestArgs, TextOrJson};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::isolate::Isolation;
use crate::cli::output::{write_json, write_to};
use crate::cli::rules::element_named;
use crate::cli::sides::Codings;
use crate::cli::sources;
use crate::cli::terminal::Terminal;
use normtag::extract::function_words;
use normtag::keyness::Least;
use normtag::model::{
    AgreementId, Coded, CodedPassage, Coding, CodingKind, Document, Element, Extracted, Presence,
};
use normtag::rules::{RuleSet, add_pattern};
use normtag::suggest::{Passage, Question, Suggestion, Suggestions, Text, suggest};
use std::path::Path;

/// G² from which a word is told: significant at 1 %.
const LEAST_LIKELIHOOD: f64 = 6.63;

/// Log ratio from which it is told: twice as frequent.
const LEAST_RATIO: f64 = 1.0;

/// What is shown, in every form.
struct Report<'a> {
    element: &'a Element,
    from: &'a str,
    language: &'a str,
    found: Suggestions,
    /// The path of the vocabulary that would be edited, where there is one.
    vocabulary: Option<String>,
}

/// Runs the command.
pub(crate) fn run(
    args: &SuggestArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let codings = Codings::find(&args.rules, &args.folder, config, terminal)?;
    let rules = codings.rules.compile(terminal)?;
    let element = element_named(&args.element, &rules)?;
    let coding = match &args.from {
        Some(side) => codings.read(side, false, terminal)?,
        None => codings.curated(terminal)?,
    };
    check(&coding, &rules)?;
    let texts = documents(args, element, &coding, config, terminal)?;
    let question = Question {
        element: element.code.clone(),
        language: &args.language,
        small: function_words(&args.language),
        least: Least {
            log_likelihood: LEAST_LIKELIHOOD,
            log_ratio: LEAST_RATIO,
            groups: usize::try_from(args.agreements).unwrap_or(usize::MAX),
        },
        most: usize::try_from(args.top).unwrap_or(usize::MAX),
    };
    if !rules.lexicons.contains_key(&args.language) {
        let known: Vec<&str> = rules.lexicons.keys().map(String::as_str).collect();
        let (language, known) = (&args.language, known.join(", "));
        let message = format!("there is no vocabulary `{language}`; there are {known}");
        return Err(Failure::Asked(message));
    }
    let found = suggest(&rules, &passages(&coding), texts, &question);
    let concept = found.suggestions.iter().find_map(|one| one.concept.as_deref());
    let files = &codings.rules.files;
    let edited = concept.and_then(|concept| add_pattern(files, &args.language, concept, "x"));
    let report = Report {
        element,
        from: &coding.name,
        language: &args.language,
        found,
        vocabulary: edited.map(|file| file.path),
    };
    match args.format {
        TextOrJson::Text => write_to(None, |out| text::write(&report, out))?,
        TextOrJson::Json => write_json(&json::suggestions(&report))?,
    }
    if let Some(number) = args.apply {
        apply(number, &report, &codings, terminal)?;
    }
    Ok(Ending::Clean)
}

/// Only what people said of this taxonomy teaches.
fn check(coding: &Coding, rules: &RuleSet) -> Result<(), Failure> {
    let name = &coding.name;
    if coding.kind == CodingKind::Proposals {
        let message = format!("{name}: these are proposals; give tags that people gave or decided");
        return Err(Failure::Asked(message));
    }
    if coding.taxonomy != rules.taxonomy.id {
        let (own, other) = (&rules.taxonomy.id, &coding.taxonomy);
        let message = format!("{name} is coded by {other}, and the rules are of {own}");
        return Err(Failure::Asked(format!("{message}; name one with --taxonomy")));
    }
    Ok(())
}

/// The passages of a coding; a cell without any is one without words.
fn passages(coding: &Coding) -> Vec<Passage> {
    let mut all = Vec::new();
    for (case, coded) in &coding.cases {
        for (element, cell) in &coded.cells {
            let passage = |quote: &str| Passage {
                agreement: case.agreement.to_string(),
                element: element.clone(),
                coded: cell.status,
                quote: quote.to_owned(),
            };
            all.push(passage(""));
            all.extend(cell.evidence.iter().map(|one: &CodedPassage| passage(&one.quote)));
        }
    }
    all
}

/// The documents to try edits on.
fn documents(
    args: &SuggestArgs,
    element: &Element,
    coding: &Coding,
    config: &Config,
    terminal: &Terminal,
) -> Result<Vec<Text>, Failure> {
    if args.source.is_empty() {
        return Ok(Vec::new());
    }
    let sources = sources::find(&args.source, &args.folder, config, terminal)?;
    let pending = sources.fetch(&args.network, config, terminal)?;
    let isolation = Isolation::new(&args.reading, config, terminal)?;
    let progress = terminal.progress(pending.len(), "reading");
    let mut texts = Vec::new();
    for part in pending {
        match isolation.read(part.source) {
            Extracted::Read(document) => {
                texts.push(text_of(*document, part.agreement, element, coding));
            }
            Extracted::Unread(unread) => {
                terminal.warn(&format!("{}: {}", unread.source, unread.reason));
            }
        }
    }
    drop(progress);
    Ok(texts)
}

/// A document with what was coded of it, by its agreement or its file's stem.
fn text_of(
    document: Document,
    agreement: Option<AgreementId>,
    element: &Element,
    coding: &Coding,
) -> Text {
    let stem = Path::new(&document.source).file_stem().map(|stem| stem.to_string_lossy());
    let name = agreement.map(|agreement| agreement.to_string());
    let name = name.or(stem.map(std::borrow::Cow::into_owned));
    let name = name.unwrap_or_else(|| document.source.clone());
    let mut cases = coding.cases.iter();
    let case =
        cases.find(|(case, coded)| case.agreement.as_str() == name || coded.stems.contains(&name));
    let cell = case.and_then(|(_, coded)| coded.cells.get(&element.code));
    let coded =
        cell.map(|cell: &Coded| cell.status).filter(|&coded| coded != Presence::NotAssessed);
    Text { agreement: name, source: Some(document.source.clone()), document, coded }
}

/// Writes one suggested edit into the vocabulary.
fn apply(
    number: u32,
    report: &Report<'_>,
    codings: &Codings,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let at = usize::try_from(number).unwrap_or(usize::MAX).saturating_sub(1);
    let chosen: Option<&Suggestion> = report.found.suggestions.get(at);
    let concept = chosen.and_then(|one| one.concept.as_deref());
    let (Some(chosen), Some(concept)) = (chosen, concept) else {
        return Err(Failure::Asked(format!("suggestion {number} offers no edit")));
    };
    codings.rules.may_be_edited()?;
    let (files, surface) = (&codings.rules.files, &chosen.key.surface);
    let edited = add_pattern(files, report.language, concept, surface).ok_or_else(|| {
        Failure::Asked(format!("the vocabulary `{}` has no concept `{concept}`", report.language))
    })?;
    write_to(Some(Path::new(&edited.path)), |out| out.write_all(edited.text.as_bytes()))?;
    terminal.note(&format!("{}: `{concept}` gains “{surface}”", edited.path));
    Ok(())
}
