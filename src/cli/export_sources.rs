//! The documents given to an export, whose they are, and where quotes stand in
//! them.

use crate::cli::args::ExportArgs;
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::cli::sources;
use crate::cli::terminal::Terminal;
use normtag::corpus::export::{At, Passage};
use normtag::extract::extract;
use normtag::model::{AgreementId, Document, Extracted, Span, Verdict};
use normtag::quotes::Haystack;
use normtag::report::counted;
use std::collections::BTreeSet;
use std::path::Path;

/// Documents that were given.
pub(crate) struct Given {
    /// Those that were read; each names its agreement where that is known.
    pub(crate) documents: Vec<Document>,
    /// How many were not read.
    pub(crate) unread: usize,
}

/// Reads the documents. `agreements`: those that there are tags of.
pub(crate) fn read(
    args: &ExportArgs,
    config: &Config,
    agreements: &BTreeSet<AgreementId>,
    terminal: &Terminal,
) -> Result<Given, Failure> {
    let mut given = Given { documents: Vec::new(), unread: 0 };
    for typed in &args.source {
        let (agreement, name) = owner(typed, agreements)?;
        let found = sources::find(&[name.to_owned()], &args.folder, config, terminal)?;
        if let Some(output) = output::file(args.output.as_deref()) {
            found.spare(output)?;
        }
        for pending in found.fetch(&args.network, config, terminal)? {
            match pending.source.arrive().map(|snapshot| extract(&snapshot)) {
                Ok(Extracted::Read(document)) => {
                    given.documents.push(Document { agreement: agreement.clone(), ..*document });
                }
                Ok(Extracted::Unread(unread)) | Err(unread) => {
                    terminal.error(&format!("{}: {}", unread.source, unread.reason));
                    given.unread += 1;
                }
            }
        }
    }
    Ok(given)
}

/// Whose document it is, and its name: as typed before `=`; or the agreement
/// that the file is named after; or the only one there is.
fn owner<'t>(
    typed: &'t str,
    agreements: &BTreeSet<AgreementId>,
) -> Result<(Option<AgreementId>, &'t str), Failure> {
    if let Some((id, name)) = typed.split_once('=')
        && agreements.contains(&AgreementId::new(id))
    {
        return Ok((Some(AgreementId::new(id)), name));
    }
    let stem = Path::new(typed).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let named = stem.map(AgreementId::new).filter(|id| agreements.contains(id));
    let only = agreements.iter().next().filter(|_| agreements.len() == 1);
    match named.or_else(|| only.cloned()) {
        Some(id) => Ok((Some(id), typed)),
        // Proposals of no known agreement are known by their document's digest.
        None if agreements.is_empty() => Ok((None, typed)),
        None => {
            let message = "whose document is this? Name the agreement: --source ID=";
            Err(Failure::Asked(format!("{typed}: {message}{typed}")))
        }
    }
}

/// Gives each quote its place in the documents of its agreement. One that is
/// not found, or found in several places, has none, and that is said; nothing
/// is guessed.
pub(crate) fn find_places(all: &mut [Passage], documents: &[Document], terminal: &Terminal) {
    let haystacks: Vec<Haystack<'_>> =
        documents.iter().map(|document| Haystack::new(&document.text)).collect();
    let (mut sought, mut lost) = (0, 0);
    for passage in all.iter_mut().filter(|passage| !passage.tag.quote.is_empty()) {
        let own = |document: &Document| {
            document.agreement.as_ref().is_some_and(|own| *own == passage.tag.agreement)
        };
        let mut own = documents.iter().enumerate().filter(|(_, document)| own(document)).peekable();
        if passage.at.is_some() || own.peek().is_none() {
            continue;
        }
        sought += 1;
        passage.at = own.find_map(|(at, _)| {
            place(&haystacks[at], &passage.tag.quote).map(|span| At { document: at, span })
        });
        lost += usize::from(passage.at.is_none());
    }
    if lost > 0 {
        let quotes = counted(sought, "quote");
        terminal.warn(&format!(
            "{lost} of {quotes} have no position: their words stand nowhere in the documents, or \
             in several places"
        ));
    }
}

/// Where a quote stands with all its words and no others: none where it does
/// not, or where the same words stand twice.
fn place(haystack: &Haystack<'_>, quote: &str) -> Option<Span> {
    let found = haystack.find(quote)?;
    let whole = matches!(found.verdict, Verdict::Exact | Verdict::Normalised | Verdict::Layout);
    let words = found.span.cut(haystack.text()).filter(|_| whole)?;
    (haystack.text().matches(words).count() == 1).then_some(found.span)
}
