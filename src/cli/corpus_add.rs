//! `normtag corpus add`: an agreement into a registry, from flags and, where
//! somebody is there to answer, from questions.

use crate::cli::Ending;
use crate::cli::args::{CorpusAddArgs, CorpusFolder};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::isolate::Isolation;
use crate::cli::output::write_to;
use crate::cli::questions::Questions;
use crate::cli::sources;
use crate::cli::terminal::Terminal;
use normtag::corpus::{
    Registry, binding, built_in_agreements, proposed_id, read_agreements, space, write_agreement,
};
use normtag::diagnostic::draw;
use normtag::model::{
    Address, AddressRole, Agreement, AgreementId, Date, Document, Extracted, ParagraphKind,
    SourceFile,
};
use std::io::ErrorKind;
use std::path::Path;

/// Runs the command.
pub(crate) fn run(
    args: &CorpusAddArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let Some(folder) = args.folder.corpus.as_ref().or(config.corpus.as_ref()) else {
        let message = "the built-in corpus cannot be added to; name a folder with --corpus DIR \
                       (a new one is begun there), or in normtag.toml";
        return Err(Failure::Asked(message.to_owned()));
    };
    let before = registry_in(folder)?;
    let known = sound(&before, terminal)?;
    refuse_known(&known, args)?;
    let read = read_first(args, config, terminal)?;
    let agreement = describe(args, read.as_ref(), &known)?;
    let text = format!("{}\n{}", before.text.trim_end_matches('\n'), entry(&agreement));
    let after = SourceFile::new(before.path.clone(), text);
    sound(&after, terminal).map_err(|_| {
        Failure::Asked(format!("nothing was added to {}: mistakes as shown above", before.path))
    })?;
    std::fs::create_dir_all(folder).map_err(|error| Failure::writing(folder, error))?;
    let path = folder.join("agreements.toml");
    write_to(Some(&path), |out| out.write_all(after.text.as_bytes()))?;
    let id = &agreement.id;
    write_to(None, |out| write!(out, "{}", write_agreement(&agreement)))?;
    terminal.note(&format!(
        "added to {}; next: normtag tag {id} --corpus {}",
        path.display(),
        folder.display()
    ));
    Ok(Ending::Clean)
}

/// An entry with an empty line before it.
fn entry(agreement: &Agreement) -> String {
    format!("\n{}", write_agreement(agreement))
}

/// The registry of the folder; where there is none yet, the beginning of one,
/// with the stakeholder groups of the built-in registry.
fn registry_in(folder: &Path) -> Result<SourceFile, Failure> {
    let path = folder.join("agreements.toml");
    match read_agreements(folder) {
        Ok(file) => Ok(file),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let built_in = Registry::load(&built_in_agreements()).registry;
            let groups = built_in.map(|registry| registry.groups).unwrap_or_default();
            let groups = groups.iter().map(|group| {
                format!("\n[[group]]\nid = {:?}\nname = {:?}\n", group.id, group.name)
            });
            let text = format!("format = 1\n{}", groups.collect::<String>());
            Ok(SourceFile::new(path.to_string_lossy(), text))
        }
        Err(error) => Err(Failure::reading(&path, error)),
    }
}

/// The registry in `file`; mistakes are drawn and stop the run.
fn sound(file: &SourceFile, terminal: &Terminal) -> Result<Registry, Failure> {
    let loaded = Registry::load(file);
    if !loaded.diagnostics.is_empty() {
        let files = std::slice::from_ref(file);
        Terminal::show(&draw(&loaded.diagnostics, files, terminal.stderr_color()));
    }
    loaded.registry.ok_or_else(|| {
        Failure::Asked(format!("{}: cannot be used: mistakes as shown above", file.path))
    })
}

/// An address leads to one agreement.
fn refuse_known(registry: &Registry, args: &CorpusAddArgs) -> Result<(), Failure> {
    for url in args.urls.iter().chain(&args.translation) {
        let mut all = registry.agreements.iter();
        let known = all.find(|one| one.addresses.iter().any(|address| address.url == *url));
        if let Some(known) = known {
            let message = format!("{url}: {} has this address already", known.id);
            return Err(Failure::Asked(message));
        }
    }
    Ok(())
}

/// The first document, for what it says of its name and language. One that
/// cannot be read is entered all the same, and said.
fn read_first(
    args: &CorpusAddArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Option<Document>, Failure> {
    let Some(url) = args.urls.first().filter(|_| !args.unread) else { return Ok(None) };
    let folder = CorpusFolder { corpus: None };
    let sources = sources::find(std::slice::from_ref(url), &folder, config, terminal)?;
    let first = sources.fetch(&args.network, config, terminal)?.into_iter().next();
    let isolation = Isolation::new(&args.reading, config, terminal)?;
    match first.map(|part| isolation.read(part.source)) {
        Some(Extracted::Read(document)) => Ok(Some(*document)),
        Some(Extracted::Unread(unread)) => {
            terminal.warn(&format!("{url}: not read: {}", unread.reason));
            Ok(None)
        }
        None => Ok(None),
    }
}

/// What is known of the agreement: what flags say, then what the document
/// says, then what is answered.
fn describe(
    args: &CorpusAddArgs,
    read: Option<&Document>,
    registry: &Registry,
) -> Result<Agreement, Failure> {
    let mut questions = Questions::new(args.ask);
    let title = read.and_then(title);
    let name = match &args.name {
        Some(name) => name.clone(),
        None => questions.needed("Name of the agreement", "--name", title.as_deref())?,
    };
    let date = match args.date {
        Some(date) => Some(date),
        None => questions
            .parsed::<Date>("Date it was signed or launched (2018, 2018-11, 2018-11-12)")?,
    };
    let proposed = proposed_id(&name, date.map(|date| date.year));
    let id = match &args.id {
        Some(id) => id.clone(),
        None => questions.needed("Id, which never changes", "--id", proposed.as_deref())?,
    };
    let groups = registry.groups.iter().map(|group| format!("{} {}", group.id, group.name));
    let asked = format!("Stakeholder groups ({})", groups.collect::<Vec<_>>().join(", "));
    let stakeholder_groups = match args.group.as_slice() {
        [] => questions.list(&asked)?,
        given => given.to_vec(),
    };
    let organisation = match &args.organisation {
        Some(organisation) => Some(organisation.clone()),
        None => questions.open("Organisation responsible")?,
    };
    let signatories = match &args.signatories {
        Some(signatories) => Some(signatories.clone()),
        None => questions.open("Signatories or supporters, as stated")?,
    };
    Ok(Agreement {
        id: AgreementId::new(id),
        name,
        other_names: args.other_name.clone(),
        date,
        also_dated: Vec::new(),
        date_as_stated: None,
        // An id with a year needs a date of that year, or a reason.
        date_note: date.is_none().then(|| "No date is known.".to_owned()),
        stakeholder_groups,
        signatories,
        organisation,
        binding: args.binding.as_deref().and_then(binding),
        binding_as_stated: None,
        space: args.space.as_deref().and_then(space),
        addresses: addresses(args, read),
        lists: Vec::new(),
        notes: args.note.clone(),
    })
}

fn addresses(args: &CorpusAddArgs, read: Option<&Document>) -> Vec<Address> {
    let stated = args.language.clone();
    let language = stated.or_else(|| read.and_then(|document| document.language.clone()));
    let of = |url: &String, role, language| Address { url: url.clone(), role, language };
    let texts = args.urls.iter().map(|url| of(url, AddressRole::Text, language.clone()));
    let translations = args.translation.iter().map(|url| of(url, AddressRole::Translation, None));
    let pages = args.page.iter().map(|url| of(url, AddressRole::Page, None));
    texts.chain(translations).chain(pages).collect()
}

/// The first heading, or the first line of a document without one.
fn title(document: &Document) -> Option<String> {
    let mut all = document.paragraphs.iter();
    let first = all.find(|one| one.kind == ParagraphKind::Heading).or(document.paragraphs.first());
    let words = first?.span.cut(&document.text)?;
    let title = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (title.chars().count() <= 200).then_some(title)
}
