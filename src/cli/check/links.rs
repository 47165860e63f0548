//! `normtag check links`: asks every address, judges what came beside what was
//! kept, and remembers.

use crate::cli::Ending;
use crate::cli::archive;
use crate::cli::args::{CheckLinksArgs, LinksForm};
use crate::cli::config::Config;
use crate::cli::environment;
use crate::cli::failure::Failure;
use crate::cli::network;
use crate::cli::output::{file, write_to};
use crate::cli::quoted::Quoted;
use crate::cli::terminal::Terminal;
use normtag::extract::extract;
use normtag::fetch::{Event, Fetcher, Visit};
use normtag::links::{History, Run, Text, a_day_apart, addresses, judge};
use normtag::model::{AgreementId, Extracted, Link, LinkState, Origin, Snapshot};
use normtag::pipeline::Observer;
use normtag::report::{LinksFormat, Style, render_links};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

/// An address to ask, and for whom.
struct Asked {
    agreement: Option<AgreementId>,
    url: String,
    tags: usize,
    places: Vec<String>,
}

/// What one address came to, whoever it is asked for.
struct Seen {
    run: Run,
    link: Link,
    /// What is to be kept: a first copy, or one that is accepted.
    kept: Result<(), String>,
}

/// Runs the command.
pub(crate) fn run(
    args: &CheckLinksArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    if args.network.offline {
        let message = "check links asks the addresses themselves, so it cannot be --offline; what \
                       earlier runs saw stands in the history, links.jsonl in the store";
        return Err(Failure::Asked(message.to_owned()));
    }
    let quoted = Quoted::find(&args.folder, config, terminal)?;
    let path = match &args.history {
        Some(path) => path.clone(),
        None => network::store(&args.network, config)?.join("links.jsonl"),
    };
    let history = read_history(&path, terminal)?;
    let mut asked = if args.files.is_empty() { of_corpus(&quoted) } else { of_files(&args.files)? };
    if args.failed {
        asked.retain(|one| history.failed(&one.url));
    }
    let now = humantime::format_rfc3339_seconds(environment::clock()?()).to_string();
    let seen = visit(&asked, args, config, &now, terminal)?;
    if nobody_answered(&seen) {
        let message = "no address answered, of several hosts: look at your own connection; this \
                       run is not remembered";
        return Err(Failure::Asked(message.to_owned()));
    }
    add_to_history(&path, seen.values().map(|seen| &seen.run))?;
    for (url, seen) in &seen {
        if let Err(reason) = &seen.kept {
            terminal.error(&format!("{url}: not kept for later runs: {reason}"));
        }
    }
    let mut links: Vec<Link> = asked
        .iter()
        .filter_map(|one| Some(link(one, &seen.get(&one.url)?.link, &history, &now)))
        .collect();
    if args.archive.archive_lookup {
        look_up(&mut links, &quoted, args, config, terminal)?;
    }
    rank(&mut links);
    let color = file(args.output.as_deref()).is_none() && terminal.stdout_color();
    let style = Style { width: Terminal::width(), color };
    write_to(args.output.as_deref(), |out| render_links(&links, form(args.format), style, out))?;
    Ok(if links.iter().any(|link| link.awaits) { Ending::Attention } else { Ending::Clean })
}

/// Whether it is more likely that this machine is cut off than that all of
/// three or more hosts are gone.
fn nobody_answered(seen: &BTreeMap<String, Seen>) -> bool {
    let host = |url: &'_ String| {
        let rest = url.split_once("://").map_or("", |(_, rest)| rest);
        rest.split(['/', '?']).next().unwrap_or_default().to_owned()
    };
    let silent =
        |seen: &Seen| seen.link.state == LinkState::Unreachable && seen.link.status.is_none();
    let hosts: BTreeSet<String> = seen.keys().map(host).collect();
    hosts.len() >= 3 && seen.values().all(silent)
}

fn form(form: LinksForm) -> LinksFormat {
    match form {
        LinksForm::Table => LinksFormat::Table,
        LinksForm::Json => LinksFormat::Json,
        LinksForm::Jsonl => LinksFormat::Jsonl,
        LinksForm::Junit => LinksFormat::Junit,
        LinksForm::Markdown => LinksFormat::Markdown,
    }
}

/// The addresses of the registry, each for its agreement.
fn of_corpus(quoted: &Quoted) -> Vec<Asked> {
    let all = quoted.addresses().into_iter().map(|address| Asked {
        agreement: Some(address.agreement.clone()),
        url: address.url.to_owned(),
        tags: address.tags,
        places: Vec::new(),
    });
    all.collect()
}

/// The addresses in files, each once with all its places.
fn of_files(files: &[PathBuf]) -> Result<Vec<Asked>, Failure> {
    let mut asked: Vec<Asked> = Vec::new();
    for path in files {
        let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, error))?;
        let name = path.to_string_lossy();
        for found in addresses(&name, &String::from_utf8_lossy(&bytes)) {
            let place = match found.line {
                0 => name.clone().into_owned(),
                line => format!("{name}:{line}"),
            };
            match asked.iter_mut().find(|one| one.url == found.url) {
                Some(one) => one.places.push(place),
                None => asked.push(Asked {
                    agreement: None,
                    url: found.url,
                    tags: 0,
                    places: vec![place],
                }),
            }
        }
    }
    if asked.is_empty() {
        let names: Vec<_> = files.iter().map(|path| path.display().to_string()).collect();
        return Err(Failure::Asked(format!("no web address in {}", names.join(", "))));
    }
    Ok(asked)
}

/// Asks each address once.
fn visit(
    asked: &[Asked],
    args: &CheckLinksArgs,
    config: &Config,
    now: &str,
    terminal: &Terminal,
) -> Result<BTreeMap<String, Seen>, Failure> {
    let mut options = network::options(&args.network, config)?;
    options.robots = !args.ignore_robots;
    options.refresh = true;
    // What is kept is decided when it is judged.
    options.keep = false;
    let fetcher = network::fetcher(options, &args.network, config)?;
    let mut urls: Vec<&str> = Vec::new();
    for one in asked {
        if !urls.contains(&one.url.as_str()) {
            urls.push(&one.url);
        }
    }
    let progress = terminal.progress(urls.len(), "asking");
    let seen = RefCell::new(BTreeMap::new());
    fetcher.visit_each(
        &urls,
        &|event| match event {
            Event::Done { source, .. } => progress.done(source),
            event => network::tell(&event, terminal),
        },
        &|index, visit| {
            let one = see(&visit, &fetcher, args.accept, now);
            seen.borrow_mut().insert(urls[index].to_owned(), one);
        },
    );
    drop(progress);
    Ok(seen.into_inner())
}

/// Judges one visit, and keeps what is to be kept.
fn see(visit: &Visit, fetcher: &Fetcher, accept: bool, now: &str) -> Seen {
    let texts = (visit.fetched.as_ref().ok().map(text), visit.before.as_ref().map(text));
    let judged = judge(visit, texts.0.as_ref(), texts.1.as_ref());
    let snapshot = visit.fetched.as_ref().ok();
    // A page that says that nothing is there takes no document's place.
    let keeps = !judged.state.failed() && (accept || visit.before.is_none());
    let kept = match snapshot {
        Some(snapshot) if keeps && !visit.unchanged => {
            fetcher.store().put(snapshot).map_err(|error| error.to_string())
        }
        _ => Ok(()),
    };
    let redirects = match &visit.fetched {
        Ok(snapshot) => snapshot.redirects.clone(),
        Err(problem) => problem.redirects.clone(),
    };
    let led = redirects.last().map(|hop| hop.to.clone());
    let link = Link {
        agreement: None,
        url: visit.source.clone(),
        state: judged.state,
        status: visit.exchanges.last().map(|exchange| exchange.status),
        final_url: snapshot.and_then(|snapshot| snapshot.final_url.clone()).or(led),
        reason: judged.reason,
        tags: 0,
        dead: false,
        failing_since: None,
        awaits: judged.state.awaits() && !(accept && judged.state == LinkState::TextChanged),
        saved_by_hand: visit.before.as_ref().is_some_and(|copy| copy.origin == Origin::Attached),
        redirects,
        changes: judged.changes,
        archived: None,
        places: Vec::new(),
    };
    let run = Run {
        at: now.to_owned(),
        url: link.url.clone(),
        state: link.state,
        status: link.status,
        final_url: link.final_url.clone(),
        digest: snapshot.map(|snapshot| snapshot.digest.to_string()),
        reason: link.reason.clone(),
    };
    Seen { run, link, kept }
}

fn text(snapshot: &Snapshot) -> Text {
    match extract(snapshot) {
        Extracted::Read(document) => Text::of(&document),
        Extracted::Unread(unread) => Text::unread(unread.media_type),
    }
}

/// What an address came to for one who asked, with what earlier runs say.
fn link(asked: &Asked, seen: &Link, history: &History, now: &str) -> Link {
    let since = history.failing_since(&asked.url).map(str::to_owned);
    let since = seen.state.may_be_dead().then(|| since.unwrap_or_else(|| now.to_owned()));
    let refused = matches!(seen.state, LinkState::Blocked | LinkState::Robots);
    Link {
        agreement: asked.agreement.clone(),
        tags: asked.tags,
        places: asked.places.clone(),
        dead: since.as_ref().is_some_and(|since| a_day_apart(since, now)),
        failing_since: since,
        // Where programs are refused, a copy saved by hand is all there can be.
        awaits: seen.awaits && !(refused && seen.saved_by_hand),
        ..seen.clone()
    }
}

/// Looks for archived copies of what was not had.
fn look_up(
    links: &mut [Link],
    corpus: &Quoted,
    args: &CheckLinksArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let options = network::options(&args.network, config)?;
    let fetcher = network::fetcher(options, &args.network, config)?;
    let mut known = BTreeMap::new();
    let failed = links.iter_mut().filter(|link| link.state.failed());
    for link in failed {
        let archived = known.entry(link.url.clone()).or_insert_with(|| {
            let quotes = corpus.of_url(&link.url);
            let found = archive::look_up(&link.url, &quotes, &fetcher, &args.archive);
            found.unwrap_or_else(|reason| {
                terminal.warn(&format!("{}: {reason}", link.url));
                None
            })
        });
        link.archived = archived.as_ref().map(|(archived, _)| archived.clone());
    }
    Ok(())
}

/// What awaits a person first; of that, what most rests on.
fn rank(links: &mut [Link]) {
    links.sort_by(|a, b| {
        let key = |link: &Link| {
            (
                !link.awaits,
                std::cmp::Reverse(link.tags),
                !link.dead,
                link.state,
                link.agreement.clone(),
            )
        };
        key(a).cmp(&key(b)).then_with(|| a.url.cmp(&b.url))
    });
}

fn read_history(path: &Path, terminal: &Terminal) -> Result<History, Failure> {
    let text = match std::fs::read(path) {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(Failure::reading(path, error)),
    };
    let history = History::parse(&text);
    for (line, mistake) in &history.mistakes {
        terminal.warn(&format!("{}:{line}: passed over: {mistake}", path.display()));
    }
    Ok(history)
}

/// Adds the runs to the end of the file, in one piece.
fn add_to_history<'r>(path: &Path, runs: impl Iterator<Item = &'r Run>) -> Result<(), Failure> {
    let mut lines = Vec::new();
    for run in runs {
        let failed = |error: serde_json::Error| Failure::writing(path, error.into());
        serde_json::to_writer(&mut lines, run).map_err(failed)?;
        lines.push(b'\n');
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), std::fs::create_dir_all);
    made.and_then(|()| {
        let mut file = std::fs::OpenOptions::new().append(true).create(true).open(path)?;
        file.write_all(&lines)?;
        file.sync_all()
    })
    .map_err(|error| Failure::writing(path, error))
}
