//! The texts that quotes are looked for in, by agreement: those that were
//! named, or those the corpus has addresses of.

use crate::cli::args::CheckQuotesArgs;
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::isolate::Isolation;
use crate::cli::sources::{self, Pending, Sources};
use crate::cli::terminal::Terminal;
use normtag::corpus::Registry;
use normtag::model::{AgreementId, Document, Extracted, Quote};
use normtag::pipeline::{Observer, Part};
use normtag::report::counted;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// What was read, by agreement; the empty name stands for a text of which
/// nothing is known.
#[derive(Default)]
pub(crate) struct Read {
    documents: BTreeMap<String, Vec<Document>>,
    reasons: BTreeMap<String, Vec<String>>,
}

impl Read {
    /// The texts of an agreement.
    pub(crate) fn documents(&self, agreement: &str) -> Vec<&Document> {
        self.documents.get(agreement).into_iter().flatten().collect()
    }

    /// Whether a text was named for it, read or not.
    pub(crate) fn knows(&self, agreement: &str) -> bool {
        self.documents.contains_key(agreement) || self.reasons.contains_key(agreement)
    }

    /// Why there is no text of an agreement.
    pub(crate) fn reason(&self, agreement: &str) -> String {
        let reasons = self.reasons.get(agreement).map(|reasons| reasons.join("; "));
        reasons.unwrap_or_else(|| "no text was named".to_owned())
    }

    fn add(&mut self, agreement: &str, extracted: Extracted, terminal: &Terminal) {
        match extracted {
            Extracted::Read(document) => {
                for part in &document.unread_parts {
                    terminal.warn(&format!("{}: not read: {part}", document.source));
                }
                self.documents.entry(agreement.to_owned()).or_default().push(*document);
            }
            Extracted::Unread(unread) => {
                terminal.error(&format!("{}: {}", unread.source, unread.reason));
                let reason = format!("{}: {}", unread.source, unread.reason);
                self.reasons.entry(agreement.to_owned()).or_default().push(reason);
            }
        }
    }
}

/// The agreements that are quoted, each once, in order of name.
pub(crate) fn agreements(quotes: &[Quote]) -> Vec<String> {
    let names: BTreeSet<&str> = quotes.iter().map(|quote| quote.agreement.as_str()).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// Reads the texts that the quotes are to be looked for in.
pub(crate) fn read(
    args: &CheckQuotesArgs,
    quotes: &[Quote],
    registry: &Registry,
    config: &Config,
    terminal: &Terminal,
) -> Result<Read, Failure> {
    let names = agreements(quotes);
    let mut read = Read::default();
    let sources = if args.sources.is_empty() {
        let known = |name: &&String| registry.find(name).is_some();
        for name in names.iter().filter(|name| !known(name)) {
            let reason = "no agreement of the corpus; name its text with --source".to_owned();
            read.reasons.entry(name.clone()).or_default().push(reason);
        }
        let known: Vec<String> = names.iter().filter(known).cloned().collect();
        sources::find(&known, &args.folder, config, terminal)?
    } else {
        named(args, &names, registry, config, terminal)?
    };
    if let Some(output) = crate::cli::output::file(args.output.as_deref()) {
        sources.spare(output)?;
    }
    // Addresses of the corpus are gone through in bulk; one that a person names
    // with --source is read as `tag` reads it.
    let robots = args.sources.is_empty() && !args.ignore_robots;
    let pending = sources.fetch_as(robots, &args.network, config, terminal)?;
    let isolation = Isolation::new(&args.reading, config, terminal)?;
    let progress = terminal.progress(pending.len(), "reading");
    let extracted: Vec<(String, Extracted)> = pending
        .into_par_iter()
        .map(|part: Part<Pending>| {
            let extracted = match part.source.arrive() {
                Ok(snapshot) => isolation.extract(&snapshot),
                Err(unread) => Extracted::Unread(unread),
            };
            progress.done("");
            (part.agreement.map(|id| id.as_str().to_owned()).unwrap_or_default(), extracted)
        })
        .collect();
    drop(progress);
    for (agreement, extracted) in extracted {
        read.add(&agreement, extracted, terminal);
    }
    Ok(read)
}

/// The texts that were named, each with its agreement.
fn named(
    args: &CheckQuotesArgs,
    quoted: &[String],
    registry: &Registry,
    config: &Config,
    terminal: &Terminal,
) -> Result<Sources, Failure> {
    let mut all = Sources::default();
    let mut passed_over = 0;
    for typed in &args.sources {
        let (id, typed) = split(typed);
        let names = [typed.to_owned()];
        let mut sources = sources::find(&names, &args.folder, config, terminal)?;
        if let Some(id) = id {
            let id = registry.find(id).map_or(id, |agreement| agreement.id.as_str());
            sources.belong_to(&AgreementId::new(id));
        } else {
            sources.name(&|path| by_name(path, quoted, registry));
            match quoted {
                // There is only one it can be.
                [only] if !Path::new(typed).is_dir() => {
                    sources.belong_to(&AgreementId::new(only.as_str()));
                }
                _ if sources.unnamed() > 0 && !Path::new(typed).is_dir() => {
                    let agreements = counted(quoted.len(), "agreement");
                    return Err(Failure::Asked(format!(
                        "{typed}: which of the {agreements} is it? Say --source ID={typed}"
                    )));
                }
                _ => passed_over += sources.drop_unnamed(),
            }
        }
        all.append(sources);
    }
    if passed_over > 0 {
        let files = counted(passed_over, "file");
        terminal.note(&format!("{files} of no agreement that is quoted passed over"));
    }
    Ok(all)
}

/// `ID=DOC` into its parts; a name with a path before the sign is no id.
fn split(typed: &str) -> (Option<&str>, &str) {
    let is_id = |id: &str| !id.is_empty() && !id.contains(['/', '\\', ':', '?', '.']);
    match typed.split_once('=') {
        Some((id, rest)) if is_id(id) && !Path::new(typed).exists() => (Some(id), rest),
        _ => (None, typed),
    }
}

/// The quoted agreement that a file is named after.
fn by_name(path: &Path, quoted: &[String], registry: &Registry) -> Option<AgreementId> {
    let stem = path.file_stem()?.to_string_lossy();
    let known = registry.find(&stem).map(|agreement| agreement.id.as_str());
    let is = |name: &&String| **name == stem || known == Some(name.as_str());
    quoted.iter().find(is).map(|name| AgreementId::new(name.as_str()))
}
