//! What was typed → what it stands for → bytes, or why there are none.

use crate::cli::args::{CorpusFolder, NetworkArgs};
use crate::cli::config::{Config, Count};
use crate::cli::corpus;
use crate::cli::failure::Failure;
use crate::cli::network;
use crate::cli::output::place;
use crate::cli::terminal::Terminal;
use normtag::corpus::{Registry, list_folder};
use normtag::model::{AddressRole, AgreementId, MediaType, Snapshot, Unread};
use normtag::pipeline::{Arrived, Part};
use normtag::report::counted;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A source as it was typed, understood.
enum Source {
    Address(String),
    File(PathBuf),
    Stdin,
    /// Known already to give nothing.
    Unread(Unread),
}

/// Largest document taken, in MiB, unless told.
const MAX_SIZE: u64 = 64;

/// A source whose turn will come: fetched already, or still to be read.
pub(crate) enum Pending {
    /// It came over the network or from the store, or cannot come.
    Arrived(Box<Arrived>),
    /// A file, and the most bytes it may have.
    File(PathBuf, u64),
    /// Standard input, and the most bytes it may have.
    Stdin(u64),
}

impl Pending {
    /// Its bytes, or why there are none.
    pub(crate) fn arrive(self) -> Arrived {
        match self {
            Self::Arrived(arrived) => *arrived,
            Self::File(path, max_bytes) => read_file(&path, max_bytes),
            Self::Stdin(max_bytes) => read_all("-", io::stdin().lock(), max_bytes),
        }
    }
}

/// What is to be read: every source, folders replaced by their documents, in
/// the order they were typed. Nothing of it is opened yet.
#[derive(Default)]
pub(crate) struct Sources(Vec<Part<Source>>);

impl Sources {
    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    /// Says which agreement all of them belong to.
    pub(crate) fn belong_to(&mut self, agreement: &AgreementId) {
        for part in &mut self.0 {
            part.agreement = Some(agreement.clone());
        }
    }

    /// Says which agreement a file belongs to where that is not known, by its
    /// path.
    pub(crate) fn name(&mut self, agreement: &dyn Fn(&Path) -> Option<AgreementId>) {
        for part in &mut self.0 {
            if let (Source::File(path), None) = (&part.source, &part.agreement) {
                part.agreement = agreement(path);
            }
        }
    }

    /// How many belong to no agreement that is known.
    pub(crate) fn unnamed(&self) -> usize {
        self.0.iter().filter(|part| part.agreement.is_none()).count()
    }

    /// Leaves those out, and says how many there were.
    pub(crate) fn drop_unnamed(&mut self) -> usize {
        let count = self.unnamed();
        self.0.retain(|part| part.agreement.is_some());
        count
    }

    /// Puts others behind them.
    pub(crate) fn append(&mut self, mut others: Self) {
        self.0.append(&mut others.0);
    }

    /// Refuses an output that would overwrite one of them.
    pub(crate) fn spare(&self, output: &Path) -> Result<(), Failure> {
        let place = place(output);
        let same = |part: &Part<Source>| matches!(&part.source, Source::File(path) if self::place(path) == place);
        if !self.0.iter().any(same) {
            return Ok(());
        }
        let message = format!("{}: this is a source; it is not overwritten", output.display());
        Err(Failure::Asked(message))
    }

    /// Fetches the addresses that a person named; files are read when their
    /// turn comes.
    pub(crate) fn fetch(
        self,
        args: &NetworkArgs,
        config: &Config,
        terminal: &Terminal,
    ) -> Result<Vec<Part<Pending>>, Failure> {
        self.fetch_as(false, args, config, terminal)
    }

    /// As [`fetch`](Self::fetch), and asks robots.txt where `robots` says so.
    pub(crate) fn fetch_as(
        self,
        robots: bool,
        args: &NetworkArgs,
        config: &Config,
        terminal: &Terminal,
    ) -> Result<Vec<Part<Pending>>, Failure> {
        let max_bytes = max_bytes(args, config);
        let urls: Vec<&str> = self.0.iter().filter_map(|part| part.source.address()).collect();
        let mut fetched = network::all(&urls, robots, args, config, terminal)?.into_iter();
        let mut pending = |source: &Source| match source {
            Source::Address(_) => {
                let arrived = fetched.next().expect("every address has its answer");
                Pending::Arrived(Box::new(arrived))
            }
            Source::File(path) => Pending::File(path.clone(), max_bytes),
            Source::Stdin => Pending::Stdin(max_bytes),
            Source::Unread(unread) => Pending::Arrived(Box::new(Err(unread.clone()))),
        };
        let parts = self.0.iter().map(|part| Part {
            source: pending(&part.source),
            agreement: part.agreement.clone(),
            translation: part.translation,
        });
        Ok(parts.collect())
    }
}

/// Largest document taken, in bytes.
pub(crate) fn max_bytes(network: &NetworkArgs, config: &Config) -> u64 {
    let configured = config.max_size.map(|Count(size)| size);
    network.max_size.or(configured).unwrap_or(MAX_SIZE).saturating_mul(1 << 20)
}

impl Source {
    fn address(&self) -> Option<&str> {
        match self {
            Self::Address(url) => Some(url),
            Self::File(_) | Self::Stdin | Self::Unread(_) => None,
        }
    }
}

/// Understands what was typed.
///
/// The registry is read only where something was typed that is neither an
/// address nor there as a file: a file goes before an agreement of its name.
pub(crate) fn find(
    typed: &[String],
    folder: &CorpusFolder,
    config: &Config,
    terminal: &Terminal,
) -> Result<Sources, Failure> {
    if typed.iter().filter(|name| *name == "-").count() > 1 {
        let message = "standard input can be read only once, and `-` is given twice";
        return Err(Failure::Asked(message.to_owned()));
    }
    let mut sources = Vec::new();
    let mut registry = None;
    for name in typed {
        let path = Path::new(name);
        if name == "-" {
            sources.push(Part::alone(Source::Stdin));
        } else if name.contains("://") {
            sources.push(Part::alone(Source::Address(name.clone())));
        } else if path.is_dir() {
            documents_of(path, terminal, &mut sources);
        } else if path.exists() || looks_like_a_path(name) {
            sources.push(Part::alone(Source::File(path.to_owned())));
        } else {
            let registry = match &registry {
                Some(registry) => registry,
                None => registry.insert(corpus::load(folder, config, terminal)?),
            };
            sources.extend(documents_in(registry, name));
        }
    }
    Ok(Sources(sources))
}

/// Whether a name that leads to no file was meant to: it has a folder or an
/// ending, which no agreement's name has.
fn looks_like_a_path(name: &str) -> bool {
    let path = Path::new(name);
    name.contains(['/', '\\']) || path.extension().is_some_and(|ending| !ending.is_empty())
}

/// The documents that the corpus knows of an agreement.
fn documents_in(registry: &Registry, name: &str) -> Vec<Part<Source>> {
    let Some(agreement) = registry.find(name) else {
        let advice = registry.advice(name).map_or_else(String::new, |advice| format!("; {advice}"));
        let reason = format!("no such file, folder, address or agreement of the corpus{advice}");
        return vec![Part::alone(Source::Unread(unread(name, reason)))];
    };
    let part =
        |source, translation| Part { source, agreement: Some(agreement.id.clone()), translation };
    let texts = agreement.addresses.iter().filter_map(|address| {
        let translation = match address.role {
            AddressRole::Text => false,
            AddressRole::Translation => true,
            AddressRole::Page | AddressRole::Organisation => return None,
        };
        Some(part(Source::Address(address.url.clone()), translation))
    });
    let mut found: Vec<Part<Source>> = texts.collect();
    if found.is_empty() {
        let pages = agreement.addresses.iter().filter(|address| address.role == AddressRole::Page);
        let page = pages.map(|page| format!(" ({} is about it)", page.url)).next();
        let reason = format!(
            "the corpus has no address of its text{}; name the text, with --as {}",
            page.unwrap_or_default(),
            agreement.id
        );
        found.push(part(Source::Unread(unread(name, reason)), false));
    }
    found
}

/// The documents of a folder. What could not be looked into is a source that
/// was not read: it stops nothing, and is not passed over in silence.
fn documents_of(path: &Path, terminal: &Terminal, sources: &mut Vec<Part<Source>>) {
    let folder = list_folder(path);
    let (found, others) = (folder.documents.len(), folder.passed_over);
    let other = counted(others, "file");
    if found == 0 && folder.unreadable.is_empty() {
        let reason = format!(
            "no documents here ({other} of other kinds); normtag reads PDF, HTML, DOCX, ODT, \
             RTF, EPUB, Markdown and plain text"
        );
        sources.push(Part::alone(Source::Unread(unread(&path.to_string_lossy(), reason))));
    } else if others > 0 {
        let documents = counted(found, "document");
        let path = path.display();
        terminal.note(&format!("{path}: {documents}; {other} of other kinds passed over"));
    }
    let documents = folder.documents.into_iter().map(Source::File);
    let unreadable = folder.unreadable.into_iter().map(|(path, reason)| {
        Source::Unread(unread(&path.to_string_lossy(), format!("cannot be read: {reason}")))
    });
    sources.extend(documents.chain(unreadable).map(Part::alone));
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
    match reader.take(max_bytes.saturating_add(1)).read_to_end(&mut bytes) {
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
