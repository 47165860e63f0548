//! `normtag fetch`: addresses into the store; and the fetching every command
//! with sources does.

use crate::cli::Ending;
use crate::cli::args::{FetchArgs, NetworkArgs};
use crate::cli::config::{Config, Count};
use crate::cli::environment;
use crate::cli::failure::Failure;
use crate::cli::output::write_to;
use crate::cli::sources::max_bytes;
use crate::cli::terminal::Terminal;
use normtag::fetch::{Event, FetchOptions, Fetched, Fetcher, Store};
use normtag::model::{MediaType, Snapshot, Unread};
use normtag::pipeline::{Arrived, Observer};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

/// The longest wait that is one: a year, in seconds. Clocks count no further
/// than they can.
const LONGEST: u64 = 31_536_000;

/// Runs the command: a line for each address.
pub(crate) fn run(
    args: &FetchArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let urls: Vec<&str> = args.urls.iter().map(String::as_str).collect();
    let folder = store(&args.network, config)?;
    let not_kept = RefCell::new(BTreeSet::new());
    let arrived = ask(&urls, &args.network, config, terminal, &|source, reason| {
        let folder = folder.display();
        terminal.error(&format!("{source}: fetched, but not kept in {folder}: {reason}"));
        not_kept.borrow_mut().insert(source.to_owned());
    })?;
    let not_kept = not_kept.into_inner();
    let kept = |one: &&Arrived| one.as_ref().is_ok_and(|one| !not_kept.contains(&one.source));
    for unread in arrived.iter().filter_map(|one| one.as_ref().err()) {
        terminal.error(&format!("{}: {}", unread.source, unread.reason));
    }
    write_to(None, |out| {
        let read = arrived.iter().filter(kept).filter_map(|one| one.as_ref().ok());
        read.map(line).try_for_each(|line| writeln!(out, "{line}"))
    })?;
    // The store is what this command is for: what is not there is not done.
    Ok(match arrived.iter().filter(kept).count() {
        0 => Ending::Failed,
        count if count == arrived.len() => Ending::Clean,
        _ => Ending::Attention,
    })
}

fn line(snapshot: &Snapshot) -> String {
    let from = if snapshot.from_store { "store" } else { "network" };
    let at = snapshot.final_url.as_deref().unwrap_or(&snapshot.source);
    format!("{} {:>9} {from} {at}", snapshot.digest, snapshot.bytes.len())
}

/// Fetches `urls`, in order.
pub(crate) fn all(
    urls: &[&str],
    network: &NetworkArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Vec<Arrived>, Failure> {
    ask(urls, network, config, terminal, &|source, reason| {
        terminal.warn(&format!("{source}: not kept for later runs: {reason}"));
    })
}

/// Fetches `urls`, in order; tells of each that could not be kept, and why.
fn ask(
    urls: &[&str],
    network: &NetworkArgs,
    config: &Config,
    terminal: &Terminal,
    not_kept: &dyn Fn(&str, &str),
) -> Result<Vec<Arrived>, Failure> {
    if urls.is_empty() {
        return Ok(Vec::new());
    }
    let client = Fetcher::new(options(network, config), Store::new(store(network, config)?))
        .map_err(|source| Failure::Io { what: "cannot set up fetching".to_owned(), source })?;
    let progress = terminal.progress(urls.len(), "fetching");
    let fetched = client.fetch_all(urls, &|event| match event {
        Event::Done { source, .. } => progress.done(source),
        Event::NotKept { source, reason } => not_kept(source, reason),
        Event::Asking { source } if terminal.verbose => terminal.note(&format!("asking {source}")),
        _ => {}
    });
    drop(progress);
    Ok(fetched.into_iter().map(|one| arrived(one, terminal)).collect())
}

fn options(network: &NetworkArgs, config: &Config) -> FetchOptions {
    let mut options = FetchOptions::new(environment::now);
    options.max_bytes = max_bytes(network, config);
    options.offline = network.offline;
    options.refresh = network.refresh;
    let configured = config.timeout.map(|Count(seconds)| seconds);
    if let Some(seconds) = network.timeout.or(configured) {
        let total = Duration::from_secs(seconds.min(LONGEST));
        options.total_timeout = total;
        options.first_byte_timeout = options.first_byte_timeout.min(total);
        options.connect_timeout = options.connect_timeout.min(total);
    }
    options
}

fn store(network: &NetworkArgs, config: &Config) -> Result<PathBuf, Failure> {
    let named = network.store.clone().filter(|path| !path.as_os_str().is_empty());
    let named = named.or_else(|| config.store.clone());
    named
        .or_else(environment::cache_folder)
        .ok_or_else(|| Failure::Asked("there is no cache folder; name one with --store".to_owned()))
}

fn arrived(fetched: Fetched, terminal: &Terminal) -> Arrived {
    let snapshot = fetched.map_err(|problem| Unread {
        source: problem.source,
        digest: None,
        media_type: MediaType::Unknown,
        reason: problem.reason,
    })?;
    let mut from = snapshot.source.as_str();
    for hop in &snapshot.redirects {
        terminal.note(&format!("{from}: redirected (HTTP {}) to {}", hop.status, hop.to));
        if from.starts_with("https:") && hop.to.starts_with("http:") {
            terminal.warn(&format!("{}: this step is not encrypted", hop.to));
        }
        from = &hop.to;
    }
    Ok(snapshot)
}
