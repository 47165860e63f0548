//! The documents given to an export, whose they are, and where quotes stand in
//! them.

use crate::cli::args::ExportArgs;
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::isolate::Isolation;
use crate::cli::output;
use crate::cli::sources;
use crate::cli::terminal::Terminal;
use normtag::corpus::export::{At, Passage};
use normtag::model::{AgreementId, Digest, Document, Extracted, Span, Verdict};
use normtag::quotes::Haystack;
use normtag::report::counted;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Documents that were given.
pub(crate) struct Given {
    /// Those that were read; each names its agreement where that is known.
    pub(crate) documents: Vec<Document>,
    /// How many were not read.
    pub(crate) unread: usize,
}

/// Whose a document can be.
#[derive(Debug, Default)]
pub(crate) struct Owners {
    /// The agreements that there are tags of.
    pub(crate) agreements: BTreeSet<AgreementId>,
    /// The documents that proposals were made from.
    pub(crate) documents: BTreeMap<Digest, Option<AgreementId>>,
}

/// Reads the documents. Of a folder, those of other agreements are passed over.
pub(crate) fn read(
    args: &ExportArgs,
    config: &Config,
    owners: &Owners,
    terminal: &Terminal,
) -> Result<Given, Failure> {
    let isolation = Isolation::new(&args.reading, config, terminal)?;
    let mut given = Given { documents: Vec::new(), unread: 0 };
    for typed in &args.source {
        let (stated, name) = owners.stated(typed);
        let found = sources::find(&[name.to_owned()], &args.folder, config, terminal)?;
        if let Some(output) = output::file(args.output.as_deref()) {
            found.spare(output)?;
        }
        let mut others = 0;
        for part in found.fetch(&args.network, config, terminal)? {
            let known = stated.clone().or(part.agreement);
            match part.source.arrive().map(|snapshot| isolation.extract(&snapshot)) {
                Ok(Extracted::Read(document)) => match owners.owner(&document, known) {
                    Some(agreement) => given.documents.push(Document { agreement, ..*document }),
                    None if Path::new(name).is_dir() => others += 1,
                    None => return Err(whose(typed)),
                },
                Ok(Extracted::Unread(unread)) | Err(unread) => {
                    terminal.error(&format!("{}: {}", unread.source, unread.reason));
                    given.unread += 1;
                }
            }
        }
        if others > 0 {
            let others = counted(others, "document");
            terminal.note(&format!("{name}: {others} named after no agreement passed over"));
        }
    }
    Ok(given)
}

fn whose(typed: &str) -> Failure {
    let message = "whose document is this? Name the agreement: --source ID=";
    Failure::Asked(format!("{typed}: {message}{typed}"))
}

impl Owners {
    /// The agreement that was typed before `=`, and the document's name.
    fn stated<'t>(&self, typed: &'t str) -> (Option<AgreementId>, &'t str) {
        match typed.split_once('=').map(|(id, name)| (AgreementId::new(id), name)) {
            Some((id, name)) if self.agreements.contains(&id) => (Some(id), name),
            _ => (None, typed),
        }
    }

    /// Whose a document is, where that can be told: the agreement that is known,
    /// that of the proposals made from it, that the file is named after, or the
    /// only one there is.
    #[expect(clippy::option_option, reason = "no agreement is known of a document that is wanted")]
    fn owner(
        &self,
        document: &Document,
        known: Option<AgreementId>,
    ) -> Option<Option<AgreementId>> {
        if known.is_some() {
            return Some(known);
        }
        if let Some(own) = self.documents.get(&document.digest) {
            return Some(own.clone());
        }
        let stem = Path::new(&document.source).file_stem();
        let named = stem.map(|stem| AgreementId::new(stem.to_string_lossy()));
        let only = self.agreements.iter().next().filter(|_| self.agreements.len() == 1);
        named.filter(|id| self.agreements.contains(id)).or_else(|| only.cloned()).map(Some)
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
