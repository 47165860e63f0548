//! `normtag fetch`: addresses into the store, a file saved by hand in place of
//! one, and a record of all that was exchanged.

use crate::cli::Ending;
use crate::cli::archive;
use crate::cli::args::FetchArgs;
use crate::cli::config::Config;
use crate::cli::environment;
use crate::cli::failure::Failure;
use crate::cli::network;
use crate::cli::output::write_to;
use crate::cli::sources::max_bytes;
use crate::cli::terminal::Terminal;
use normtag::extract::media_type;
use normtag::fetch::{Event, Fetcher, Store, Visit, Warc};
use normtag::model::{MediaType, Origin, Snapshot};
use normtag::pipeline::Observer;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::Path;

/// Runs the command: a line for each address.
pub(crate) fn run(
    args: &FetchArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    if let Some(file) = &args.attach {
        return attach(file, args, config);
    }
    let mut options = network::options(&args.network, config)?;
    options.robots = !args.ignore_robots;
    let fetcher = network::fetcher(options, &args.network, config)?;
    let (mut visits, not_kept) = visit(&fetcher, args, config, terminal)?;
    if args.archive.archive_lookup {
        for visit in &mut visits {
            archive::replace(visit, &fetcher, args, config, terminal)?;
        }
    }
    let kept = |visit: &Visit| visit.fetched.is_ok() && !not_kept.contains(&visit.source);
    for visit in &visits {
        tell(visit, terminal);
    }
    if let Some(path) = &args.warc {
        write_warc(path, &visits)?;
    }
    write_to(None, |out| {
        let read = visits.iter().filter(|visit| kept(visit));
        let mut lines = read.filter_map(|visit| Some(line(visit.fetched.as_ref().ok()?)));
        lines.try_for_each(|line| writeln!(out, "{line}"))
    })?;
    let saved = !args.archive_save || archive::save(&visits, &fetcher, &args.archive, terminal);
    // The store is what this command is for: what is not there is not done.
    Ok(match visits.iter().filter(|visit| kept(visit)).count() {
        0 => Ending::Failed,
        count if count == visits.len() && saved => Ending::Clean,
        _ => Ending::Attention,
    })
}

/// Visits the addresses, and tells which could not be kept.
fn visit(
    fetcher: &Fetcher,
    args: &FetchArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<(Vec<Visit>, BTreeSet<String>), Failure> {
    let folder = network::store(&args.network, config)?;
    let not_kept = RefCell::new(BTreeSet::new());
    let progress = terminal.progress(args.urls.len(), "fetching");
    let visits = fetcher.visit_all(&args.urls, &|event| match event {
        Event::Done { source, .. } => progress.done(source),
        Event::NotKept { source, reason } => {
            let folder = folder.display();
            terminal.error(&format!("{source}: fetched, but not kept in {folder}: {reason}"));
            not_kept.borrow_mut().insert(source.to_owned());
        }
        event => network::tell(&event, terminal),
    });
    drop(progress);
    Ok((visits, not_kept.into_inner()))
}

/// Says what became of an address, where it led, and what is odd about it.
fn tell(visit: &Visit, terminal: &Terminal) {
    match &visit.fetched {
        Err(problem) => terminal.error(&problem.to_string()),
        Ok(snapshot) => {
            network::tell_redirects(snapshot, terminal);
            let stated = snapshot.content_type.as_deref().unwrap_or_default();
            let is = media_type(snapshot).map(MediaType::as_str).unwrap_or_default();
            if stated.starts_with("application/pdf") && is != "application/pdf" {
                let what = if is.is_empty() { "no kind that is read" } else { is };
                let source = &snapshot.source;
                terminal.warn(&format!("{source}: called a PDF, but its bytes are {what}"));
            }
        }
    }
}

fn line(snapshot: &Snapshot) -> String {
    let from = match snapshot.origin {
        _ if snapshot.from_store => "store",
        Origin::Fetched => "network",
        Origin::Attached => "attached",
        Origin::Archived => "archive",
    };
    let at = snapshot.final_url.as_deref().unwrap_or(&snapshot.source);
    format!("{} {:>9} {from} {at}", snapshot.digest, snapshot.bytes.len())
}

/// Keeps a file that a person saved as what the address shows.
fn attach(file: &Path, args: &FetchArgs, config: &Config) -> Result<Ending, Failure> {
    let [url] = args.urls.as_slice() else {
        let count = args.urls.len();
        let message = format!("--attach files one copy, of one address, and there are {count}");
        return Err(Failure::Asked(message));
    };
    normtag::fetch::check_address(url)
        .map_err(|problem| Failure::Asked(format!("{url}: {}", problem.reason)))?;
    let bytes = std::fs::read(file).map_err(|error| Failure::reading(file, error))?;
    let most = max_bytes(&args.network, config);
    if bytes.is_empty() || bytes.len() as u64 > most {
        let what = if bytes.is_empty() { "empty" } else { "larger than --max-size" };
        return Err(Failure::Asked(format!("{}: this is {what}", file.display())));
    }
    let now = environment::clock()?();
    let snapshot = Snapshot {
        origin: Origin::Attached,
        fetched_at: Some(humantime::format_rfc3339_seconds(now).to_string()),
        ..Snapshot::of_bytes(url.as_str(), bytes)
    };
    let folder = network::store(&args.network, config)?;
    let kept = Store::new(&folder).put(&snapshot);
    kept.map_err(|error| Failure::writing(&folder, error))?;
    write_to(None, |out| writeln!(out, "{}", line(&snapshot)))?;
    Ok(Ending::Clean)
}

fn write_warc(path: &Path, visits: &[Visit]) -> Result<(), Failure> {
    let now = environment::clock()?();
    let now = humantime::format_rfc3339_seconds(now).to_string();
    write_to(Some(path), |out| {
        let mut warc = Warc::new(out, &now)?;
        visits.iter().try_for_each(|visit| warc.visit(visit))
    })
}
