//! Copies in a web archive of what is gone, and what shows that a copy is one:
//! the quotes that rest on it.

use crate::cli::args::{ArchiveArgs, FetchArgs};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::quoted::Quoted;
use crate::cli::terminal::Terminal;
use normtag::extract::extract;
use normtag::fetch::{Fetcher, Visit};
use normtag::links::Archived;
use normtag::model::{Extracted, Snapshot};
use normtag::report::counted;

/// Puts an archived copy in the place of what an address no longer gives, and
/// keeps it, where it holds the quotes that rest on the address.
pub(crate) fn replace(
    visit: &mut Visit,
    fetcher: &Fetcher,
    args: &FetchArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<(), Failure> {
    if visit.fetched.is_ok() {
        return Ok(());
    }
    let corpus = Quoted::find(&args.folder, config, terminal)?;
    let quotes = corpus.of_url(&visit.source);
    let source = visit.source.clone();
    match look_up(&source, &quotes, fetcher, &args.archive) {
        Err(reason) => terminal.warn(&format!("{source}: {reason}")),
        Ok(None) => terminal.note(&format!("{source}: the archive has no copy")),
        Ok(Some((archived, snapshot))) => {
            let Archived { url, held, quotes: all } = &archived;
            if archived.counts() {
                terminal.note(&format!("{source}: {held} of {all} quotes are in {url}"));
                if let Err(error) = fetcher.store().put(&snapshot) {
                    terminal.error(&format!("{url}: not kept: {error}"));
                    return Ok(());
                }
                visit.fetched = Ok(snapshot);
            } else if *all == 0 {
                terminal.warn(&format!(
                    "{source}: a copy is at {url}, but no curated quote can show that it is the \
                     same; look at it, and file it with --attach"
                ));
            } else {
                let all = counted(*all, "quote");
                terminal.warn(&format!(
                    "{source}: the copy at {url} holds only {held} of {all}, and is not taken"
                ));
            }
        }
    }
    Ok(())
}

/// The newest copy of `url`, and how many of the quotes it holds; none where
/// the archive has none.
pub(crate) fn look_up(
    url: &str,
    quotes: &[&str],
    fetcher: &Fetcher,
    args: &ArchiveArgs,
) -> Result<Option<(Archived, Snapshot)>, String> {
    let said = |problem: normtag::fetch::FetchProblem| problem.to_string();
    let Some(copy) = fetcher.archived(&args.archive_base, url).map_err(said)? else {
        return Ok(None);
    };
    let snapshot = fetcher.from_archive(&copy, url).map_err(said)?;
    let text = match extract(&snapshot) {
        Extracted::Read(document) => document.text,
        Extracted::Unread(_) => String::new(),
    };
    let held = crate::cli::quoted::held(quotes, &text);
    Ok(Some((Archived { url: copy.url, quotes: quotes.len(), held }, snapshot)))
}

/// Asks the archive to take a copy of every address that answered; says
/// whether it took all of them.
pub(crate) fn save(
    visits: &[Visit],
    fetcher: &Fetcher,
    args: &ArchiveArgs,
    terminal: &Terminal,
) -> bool {
    let base = args.archive_base.strip_suffix("web/").unwrap_or(&args.archive_base);
    let base = format!("{base}save/");
    let mut all = true;
    for visit in visits.iter().filter(|visit| visit.fetched.is_ok()) {
        let source = &visit.source;
        match fetcher.archived(&base, source) {
            Ok(Some(copy)) => terminal.note(&format!("{source}: archived at {}", copy.url)),
            Ok(None) => {
                terminal.error(&format!("{source}: the archive did not take it (HTTP 404)"));
                all = false;
            }
            Err(problem) => {
                terminal.error(&format!("{source}: not archived: {}", problem.reason));
                all = false;
            }
        }
    }
    all
}
