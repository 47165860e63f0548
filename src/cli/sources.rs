//! What was typed → what it stands for → bytes, or why there are none.

use crate::cli::args::NetworkArgs;
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::fetch;
use crate::cli::terminal::Terminal;
use normtag::corpus::list_folder;
use normtag::model::{MediaType, Snapshot, Unread};
use normtag::pipeline::Arrived;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A source as it was typed, understood.
enum Source {
    Address(String),
    File(PathBuf),
    Stdin,
}

/// Largest document taken, in MiB, unless told.
const MAX_SIZE: u64 = 64;

/// A source whose turn will come: fetched already, or still to be read.
pub(crate) enum Pending {
    /// It came over the network, or from the store.
    Fetched(Box<Arrived>),
    /// A file, and the most bytes it may have.
    File(PathBuf, u64),
    /// Standard input, and the most bytes it may have.
    Stdin(u64),
}

impl Pending {
    /// Its bytes, or why there are none.
    pub(crate) fn arrive(self) -> Arrived {
        match self {
            Self::Fetched(arrived) => *arrived,
            Self::File(path, max_bytes) => read_file(&path, max_bytes),
            Self::Stdin(max_bytes) => read_all("-", io::stdin().lock(), max_bytes),
        }
    }
}

/// Every source, folders replaced by their documents, in the order they were
/// typed. Addresses are fetched; files are read when their turn comes.
pub(crate) fn collect(
    typed: &[String],
    network: &NetworkArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Vec<Pending>, Failure> {
    let max_bytes = max_bytes(network, config);
    let sources = understand(typed, terminal)?;
    let urls: Vec<&str> = sources.iter().filter_map(Source::address).collect();
    let mut fetched = fetch::all(&urls, network, config, terminal)?.into_iter();
    let pending = sources.iter().map(|source| match source {
        Source::Address(_) => {
            Pending::Fetched(Box::new(fetched.next().expect("every address has its answer")))
        }
        Source::File(path) => Pending::File(path.clone(), max_bytes),
        Source::Stdin => Pending::Stdin(max_bytes),
    });
    Ok(pending.collect())
}

/// Largest document taken, in bytes.
pub(crate) fn max_bytes(network: &NetworkArgs, config: &Config) -> u64 {
    network.max_size.or(config.max_size).unwrap_or(MAX_SIZE) << 20
}

impl Source {
    fn address(&self) -> Option<&str> {
        match self {
            Self::Address(url) => Some(url),
            Self::File(_) | Self::Stdin => None,
        }
    }
}

fn understand(typed: &[String], terminal: &Terminal) -> Result<Vec<Source>, Failure> {
    let mut sources = Vec::new();
    for name in typed {
        let path = Path::new(name);
        if name == "-" {
            sources.push(Source::Stdin);
        } else if name.contains("://") {
            sources.push(Source::Address(name.clone()));
        } else if path.is_dir() {
            sources.extend(documents_of(path, terminal)?);
        } else {
            sources.push(Source::File(path.to_owned()));
        }
    }
    Ok(sources)
}

fn documents_of(path: &Path, terminal: &Terminal) -> Result<Vec<Source>, Failure> {
    let folder = list_folder(path);
    for problem in &folder.unreadable {
        terminal.warn(&format!("cannot read {problem}"));
    }
    let (found, others) = (folder.documents.len(), folder.passed_over);
    if found == 0 {
        let message = format!(
            "{}: no documents here ({others} files of other kinds); normtag reads PDF, HTML, \
             DOCX, Markdown and plain text",
            path.display()
        );
        return Err(Failure::Asked(message));
    }
    if others > 0 {
        let message = format!(
            "{}: {found} documents; {others} files of other kinds passed over",
            path.display()
        );
        terminal.note(&message);
    }
    Ok(folder.documents.into_iter().map(Source::File).collect())
}

fn read_file(path: &Path, max_bytes: u64) -> Arrived {
    let name = path.to_string_lossy().into_owned();
    match File::open(path) {
        Ok(file) => read_all(&name, file, max_bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(unread(&name, "no such file, folder or address".to_owned()))
        }
        Err(error) => Err(unread(&name, format!("cannot be opened: {error}"))),
    }
}

fn read_all(name: &str, reader: impl Read, max_bytes: u64) -> Arrived {
    let mut bytes = Vec::new();
    match reader.take(max_bytes + 1).read_to_end(&mut bytes) {
        Err(error) => Err(unread(name, format!("cannot be read: {error}"))),
        Ok(_) if bytes.len() as u64 > max_bytes => {
            let limit = max_bytes >> 20;
            Err(unread(name, format!("larger than {limit} MiB; raise the limit with --max-size")))
        }
        Ok(_) => Ok(Snapshot::of_bytes(name, bytes)),
    }
}

fn unread(source: &str, reason: String) -> Unread {
    Unread { source: source.to_owned(), digest: None, media_type: MediaType::Unknown, reason }
}
