//! `normtag fetch`: addresses into the store; and the fetching every command
//! with sources does.

use crate::cli::Ending;
use crate::cli::args::{FetchArgs, NetworkArgs};
use crate::cli::config::Config;
use crate::cli::environment;
use crate::cli::failure::Failure;
use crate::cli::output::write_to;
use crate::cli::sources::max_bytes;
use crate::cli::terminal::Terminal;
use normtag::fetch::{Event, FetchOptions, Fetched, Fetcher, Store};
use normtag::model::{MediaType, Snapshot, Unread};
use normtag::pipeline::{Arrived, Observer};
use std::path::PathBuf;
use std::time::Duration;

/// Runs the command: a line for each address.
pub(crate) fn run(
    args: &FetchArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let urls: Vec<&str> = args.urls.iter().map(String::as_str).collect();
    let arrived = all(&urls, &args.network, config, terminal)?;
    for unread in arrived.iter().filter_map(|one| one.as_ref().err()) {
        terminal.error(&format!("{}: {}", unread.source, unread.reason));
    }
    write_to(None, |out| {
        let read = arrived.iter().filter_map(|one| one.as_ref().ok());
        read.map(line).try_for_each(|line| writeln!(out, "{line}"))
    })?;
    let unread = arrived.iter().filter(|one| one.is_err()).count();
    Ok(match unread {
        0 => Ending::Clean,
        count if count == arrived.len() => Ending::Failed,
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
    if urls.is_empty() {
        return Ok(Vec::new());
    }
    let fetcher = Fetcher::new(options(network, config), Store::new(store(network, config)?))
        .map_err(|source| Failure::Io { what: "cannot set up fetching".to_owned(), source })?;
    let progress = terminal.progress(urls.len(), "fetching");
    let fetched = fetcher.fetch_all(urls, &|event| match event {
        Event::Done { source, .. } => progress.done(source),
        Event::NotKept { source, reason } => {
            terminal.warn(&format!("{source}: not kept for later runs: {reason}"));
        }
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
    if let Some(seconds) = network.timeout.or(config.timeout) {
        let total = Duration::from_secs(seconds);
        options.total_timeout = total;
        options.first_byte_timeout = options.first_byte_timeout.min(total);
        options.connect_timeout = options.connect_timeout.min(total);
    }
    options
}

fn store(network: &NetworkArgs, config: &Config) -> Result<PathBuf, Failure> {
    let named = network.store.clone().or_else(|| config.store.clone());
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
