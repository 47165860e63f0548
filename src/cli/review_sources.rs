//! What a review is of: sources, tagged here, or a file of proposals with the
//! documents they were made from.

use crate::cli::args::ReviewArgs;
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::isolate::Isolation;
use crate::cli::sources::{self, Pending};
use crate::cli::tag::tell;
use crate::cli::terminal::Terminal;
use normtag::model::{
    AgreementId, Document, DocumentProposals, Extracted, Outcome, Proposals, Snapshot, Span,
};
use normtag::pipeline::{TagOptions, tag_with};
use normtag::report::counted;
use normtag::review::{Unit, units};
use normtag::rules::RuleSet;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// A file of proposals.
pub(crate) struct Given {
    /// Where it is.
    pub(crate) path: PathBuf,
    /// What it holds.
    pub(crate) proposals: Proposals,
}

/// The file of proposals that was typed, if one was.
pub(crate) fn given(args: &ReviewArgs) -> Result<Option<Given>, Failure> {
    let is_json = |typed: &&String| {
        let path = Path::new(typed.as_str());
        path.is_file() && path.extension().is_some_and(|it| it.eq_ignore_ascii_case("json"))
    };
    let Some(typed) = args.source.sources.iter().find(is_json) else { return Ok(None) };
    let path = PathBuf::from(typed);
    if args.source.sources.len() > 1 {
        let message = "a file of proposals is reviewed by itself; name nothing beside it";
        return Err(Failure::Asked(format!("{typed}: {message}")));
    }
    if args.agreement.is_some() {
        let message = "its proposals say which agreement they are for; leave --as out";
        return Err(Failure::Asked(format!("{typed}: {message}")));
    }
    let bytes = std::fs::read(&path).map_err(|error| Failure::reading(&path, error))?;
    let proposals: Proposals = serde_json::from_slice(&bytes).map_err(|error| {
        let wanted = "not what `normtag tag --format json` writes";
        Failure::Asked(format!("{typed}: {wanted}: {error}"))
    })?;
    if proposals.format != 1 || proposals.kind != "proposals" {
        let message = "this version of normtag reads proposals of format 1";
        return Err(Failure::Asked(format!("{typed}: {message}")));
    }
    Ok(Some(Given { path, proposals }))
}

/// What is reviewed.
pub(crate) fn read(
    args: &ReviewArgs,
    given: Option<&Given>,
    config: &Config,
    rules: &RuleSet,
    terminal: &Terminal,
) -> Result<Vec<Unit>, Failure> {
    let mut all = match given {
        Some(given) => proposed(args, given, config, rules, terminal)?,
        None => tagged(args, config, rules, terminal)?,
    };
    all.retain(|unit| !unit.documents.is_empty());
    if all.is_empty() {
        return Err(Failure::Asked("nothing could be read, so there is nothing to review".into()));
    }
    Ok(all)
}

/// The sources, tagged.
fn tagged(
    args: &ReviewArgs,
    config: &Config,
    rules: &RuleSet,
    terminal: &Terminal,
) -> Result<Vec<Unit>, Failure> {
    let mut sources = sources::find(&args.source.sources, &args.source.folder, config, terminal)?;
    if let Some(agreement) = &args.agreement {
        sources.belong_to(&AgreementId::new(agreement.as_str()));
    }
    let options = TagOptions { evidence: args.evidence as usize, keep_documents: true };
    let pending = sources.fetch(&args.network, config, terminal)?;
    let progress = terminal.progress(pending.len(), "reading");
    let isolation = Isolation::new(&args.reading, config, terminal)?;
    let extract = |snapshot: &Snapshot| isolation.extract(snapshot);
    let tagged = tag_with(pending, Pending::arrive, extract, rules, &options, &progress);
    drop(progress);
    for sheet in &tagged.proposals.documents {
        tell(sheet, terminal);
    }
    Ok(units(&tagged.proposals, &tagged.documents))
}

/// Proposals as they stand in their file, with their documents found again.
fn proposed(
    args: &ReviewArgs,
    Given { path, proposals }: &Given,
    config: &Config,
    rules: &RuleSet,
    terminal: &Terminal,
) -> Result<Vec<Unit>, Failure> {
    let found = proposals.documents.iter().map(|sheet| {
        let unread = sheet.outcome == Outcome::Unread;
        if unread { Ok(None) } else { source_of(sheet, path, args, config, terminal).map(Some) }
    });
    let found = found.collect::<Result<Vec<_>, Failure>>()?;
    let isolation = Isolation::new(&args.reading, config, terminal)?;
    let sheets = proposals.documents.iter().zip(found).collect::<Vec<_>>().into_par_iter();
    let documents = sheets.map(|(sheet, pending)| {
        pending.map(|pending| document_of(sheet, pending, &isolation)).transpose()
    });
    let documents: Vec<Result<Option<Document>, String>> = documents.collect();
    let mistakes: Vec<&String> = documents.iter().filter_map(|one| one.as_ref().err()).collect();
    if !mistakes.is_empty() {
        for mistake in &mistakes {
            terminal.error(mistake);
        }
        let count = counted(mistakes.len(), "document");
        let path = path.display();
        return Err(Failure::Asked(format!("{path}: {count} not as they were when it was made")));
    }
    if proposals.rules.digest != rules.digest {
        let path = path.display();
        terminal.note(&format!("{path}: made with other rules than those that are explained here"));
    }
    for sheet in &proposals.documents {
        tell(sheet, terminal);
    }
    let documents: Vec<Option<Document>> = documents.into_iter().flatten().collect();
    Ok(units(proposals, &documents))
}

/// Where a document comes from: its address, or its path as it was named, from
/// here or from where the proposals are.
fn source_of(
    sheet: &DocumentProposals,
    proposals: &Path,
    args: &ReviewArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Pending, Failure> {
    let named = &sheet.source;
    if named == "-" {
        let message = "its document came over standard input and cannot be found again; tag the \
                       file by its name";
        return Err(Failure::Asked(format!("{}: {message}", proposals.display())));
    }
    if named.contains("://") {
        let folder = &args.source.folder;
        let sources = sources::find(std::slice::from_ref(named), folder, config, terminal)?;
        let fetched = sources.fetch(&args.network, config, terminal)?;
        return Ok(fetched.into_iter().next().expect("an address is one source").source);
    }
    let here = PathBuf::from(named);
    let beside = proposals.with_file_name("").join(named);
    let path = if !here.exists() && beside.exists() { beside } else { here };
    Ok(Pending::File(path, sources::max_bytes(&args.network, config)))
}

/// The document that a sheet was made from, if it still is that document.
fn document_of(
    sheet: &DocumentProposals,
    pending: Pending,
    isolation: &Isolation,
) -> Result<Document, String> {
    let source = &sheet.source;
    let gone = |reason: &str| format!("{source}: {reason}; put it back, or tag it where it is now");
    let snapshot = pending.arrive().map_err(|unread| gone(&unread.reason))?;
    if sheet.digest.as_ref() != Some(&snapshot.digest) {
        return Err(format!(
            "{source}: it has changed since it was tagged ({} now); tag it again: decisions stay, \
             and those whose evidence changed are shown",
            snapshot.digest
        ));
    }
    match isolation.extract(&snapshot) {
        Extracted::Unread(unread) => Err(gone(&unread.reason)),
        Extracted::Read(document) => {
            let evidence = sheet.proposals.iter().flat_map(|proposal| &proposal.evidence);
            let moved = |(span, quote): (Span, &str)| span.cut(&document.text) != Some(quote);
            if evidence.map(|one| (one.span, one.quote.as_str())).any(moved) {
                return Err(format!(
                    "{source}: its text is read otherwise than when it was tagged, as by another \
                     version of normtag; tag it again"
                ));
            }
            Ok(Document { source: source.clone(), agreement: sheet.agreement.clone(), ..*document })
        }
    }
}
