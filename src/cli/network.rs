//! How addresses are fetched: the options that arguments and configuration
//! ask for, and the fetching that every command with sources does.

use crate::cli::args::NetworkArgs;
use crate::cli::config::{Config, Count};
use crate::cli::environment;
use crate::cli::failure::Failure;
use crate::cli::sources::max_bytes;
use crate::cli::terminal::Terminal;
use normtag::fetch::{Event, FetchOptions, Fetched, Fetcher, Store};
use normtag::model::{MediaType, Snapshot, Unread};
use normtag::pipeline::{Arrived, Observer};
use std::path::PathBuf;
use std::time::Duration;

/// The longest wait that is one: a year, in seconds. Clocks count no further
/// than they can.
const LONGEST: u64 = 31_536_000;

/// Fetches `urls`, in order. Where a person named them, what robots.txt says to
/// programs that go through sites by themselves is not asked; where a command
/// goes through addresses in bulk, `robots` says that it is.
pub(crate) fn all(
    urls: &[&str],
    robots: bool,
    network: &NetworkArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Vec<Arrived>, Failure> {
    if urls.is_empty() {
        return Ok(Vec::new());
    }
    let options = FetchOptions { robots, ..options(network, config)? };
    let client = fetcher(options, network, config)?;
    let progress = terminal.progress(urls.len(), "fetching");
    let fetched = client.fetch_all(urls, &|event| match event {
        Event::Done { source, .. } => progress.done(source),
        Event::NotKept { source, reason } => {
            terminal.warn(&format!("{source}: not kept for later runs: {reason}"));
        }
        event => tell(&event, terminal),
    });
    drop(progress);
    Ok(fetched.into_iter().map(|one| arrived(one, terminal)).collect())
}

/// Says what is worth knowing while addresses are fetched.
pub(crate) fn tell(event: &Event<'_>, terminal: &Terminal) {
    match event {
        Event::Asking { source } if terminal.verbose => terminal.note(&format!("asking {source}")),
        Event::Again { source, wait, reason } if terminal.verbose || wait.as_secs() > 4 => {
            let wait = wait.as_secs_f64();
            terminal.note(&format!("{source}: {reason} (asked again in {wait:.0} s)"));
        }
        _ => {}
    }
}

/// A fetcher that keeps what it fetches where arguments and configuration say.
pub(crate) fn fetcher(
    options: FetchOptions,
    network: &NetworkArgs,
    config: &Config,
) -> Result<Fetcher, Failure> {
    Fetcher::new(options, Store::new(store(network, config)?))
        .map_err(|source| Failure::Io { what: "cannot set up fetching".to_owned(), source })
}

/// How to fetch.
pub(crate) fn options(network: &NetworkArgs, config: &Config) -> Result<FetchOptions, Failure> {
    let clock = environment::clock()?;
    let mut options = FetchOptions::new(move || clock());
    options.max_bytes = max_bytes(network, config);
    options.offline = network.offline;
    options.refresh = network.refresh;
    options.allow_private.clone_from(&network.allow_private);
    options.resolve.clone_from(&network.resolve);
    options.proxy.clone_from(&network.proxy);
    if let Some(path) = &network.ca_file {
        let pem = std::fs::read(path).map_err(|error| Failure::reading(path, error))?;
        options.certificates.push(pem);
    }
    if let Some(delay) = network.delay {
        (options.delay, options.backoff) = (delay, delay);
    }
    options.retries = network.retries.unwrap_or(options.retries);
    options.patience = network.patience.unwrap_or(options.patience);
    let configured = config.timeout.map(|Count(seconds)| seconds);
    if let Some(seconds) = network.timeout.or(configured) {
        let total = Duration::from_secs(seconds.min(LONGEST));
        options.total_timeout = total;
        options.first_byte_timeout = options.first_byte_timeout.min(total);
        options.connect_timeout = options.connect_timeout.min(total);
    }
    Ok(options)
}

/// The folder of snapshots.
pub(crate) fn store(network: &NetworkArgs, config: &Config) -> Result<PathBuf, Failure> {
    let named = network.store.clone().filter(|path| !path.as_os_str().is_empty());
    let named = named.or_else(|| config.store.clone());
    named
        .or_else(environment::cache_folder)
        .ok_or_else(|| Failure::Asked("there is no cache folder; name one with --store".to_owned()))
}

/// What the world made of a source, and where it led.
fn arrived(fetched: Fetched, terminal: &Terminal) -> Arrived {
    let snapshot = fetched.map_err(|problem| Unread {
        source: problem.source,
        digest: None,
        media_type: MediaType::Unknown,
        reason: problem.reason,
    })?;
    tell_redirects(&snapshot, terminal);
    Ok(snapshot)
}

/// Says where an address led.
pub(crate) fn tell_redirects(snapshot: &Snapshot, terminal: &Terminal) {
    let mut from = snapshot.source.as_str();
    for hop in &snapshot.redirects {
        terminal.note(&format!("{from}: redirected (HTTP {}) to {}", hop.status, hop.to));
        if from.starts_with("https:") && hop.to.starts_with("http:") {
            terminal.warn(&format!("{}: this step is not encrypted", hop.to));
        }
        from = &hop.to;
    }
}
