//! `normtag corpus`: list, show and check the agreements of the corpus.

use crate::cli::Ending;
use crate::cli::args::{CorpusCommand, CorpusFolder, CorpusFormat, CorpusListArgs};
use crate::cli::config::Config;
use crate::cli::corpus_add;
use crate::cli::corpus_import;
use crate::cli::corpus_show;
use crate::cli::corpus_validate;
use crate::cli::failure::Failure;
use crate::cli::output::write_to;
use crate::cli::terminal::Terminal;
use normtag::corpus::{LoadedRegistry, Registry, built_in_agreements, read_agreements};
use normtag::diagnostic::draw;
use normtag::model::{Agreement, AgreementList, ListId, Listing, Numbering, SourceFile};
use normtag::numerals::to_roman;
use serde::Serialize;
use std::io::{self, Write};

/// The version of the JSON written here.
pub(crate) const FORMAT: u32 = 1;

/// Runs the command.
pub(crate) fn run(
    command: CorpusCommand,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    match command {
        CorpusCommand::Add(args) => corpus_add::run(&args, config, terminal),
        CorpusCommand::Export(args) => corpus_import::export(&args, config),
        CorpusCommand::Import(args) => corpus_import::import(&args, config, terminal),
        CorpusCommand::List(args) => list(&args, config, terminal),
        CorpusCommand::Show(args) => corpus_show::run(&args, config, terminal),
        CorpusCommand::Validate(args) => corpus_validate::run(&args, config, terminal),
    }
}

fn file(folder: &CorpusFolder, config: &Config) -> Result<SourceFile, Failure> {
    match folder.corpus.as_ref().or(config.corpus.as_ref()) {
        None => Ok(built_in_agreements()),
        Some(folder) => read_agreements(folder)
            .map_err(|error| Failure::reading(&folder.join("agreements.toml"), error)),
    }
}

/// Draws mistakes on standard error.
fn draw_mistakes(loaded: &LoadedRegistry, file: SourceFile, terminal: &Terminal) {
    if !loaded.diagnostics.is_empty() {
        Terminal::show(&draw(&loaded.diagnostics, &[file], terminal.stderr_color()));
    }
}

/// The registry that arguments and configuration ask for; mistakes in it are
/// drawn, and stop the run.
pub(crate) fn load(
    folder: &CorpusFolder,
    config: &Config,
    terminal: &Terminal,
) -> Result<Registry, Failure> {
    let file = file(folder, config)?;
    let mut loaded = Registry::load(&file);
    let registry = loaded.registry.take();
    draw_mistakes(&loaded, file, terminal);
    registry.ok_or_else(|| {
        Failure::Asked("the corpus cannot be used: mistakes as shown above".to_owned())
    })
}

/// A row of a list: an agreement, and the entry that it is there for.
#[derive(Serialize)]
pub(crate) struct Row<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) entry: Option<Entry<'r>>,
    #[serde(flatten)]
    agreement: &'r Agreement,
}

/// An entry of a list with its number as the list writes it.
#[derive(Serialize)]
pub(crate) struct Entry<'r> {
    #[serde(flatten)]
    listing: &'r Listing,
    pub(crate) written: String,
}

/// What `--format json` gives of a list.
#[derive(Serialize)]
struct Listed<'r> {
    format: u32,
    kind: &'static str,
    agreements: Vec<Row<'r>>,
}

fn list(args: &CorpusListArgs, config: &Config, terminal: &Terminal) -> Result<Ending, Failure> {
    let registry = load(&args.folder, config, terminal)?;
    let rows = rows(&registry, args)?;
    write_to(args.output.as_deref(), |out| match args.format {
        CorpusFormat::Table => write_table(&rows, out),
        CorpusFormat::Csv => write_csv(&rows, out),
        CorpusFormat::Json => {
            let listed = Listed { format: FORMAT, kind: "agreements", agreements: rows };
            write_json(&listed, out)
        }
    })?;
    Ok(Ending::Clean)
}

fn rows<'r>(registry: &'r Registry, args: &CorpusListArgs) -> Result<Vec<Row<'r>>, Failure> {
    let all: Vec<Row<'r>> = match &args.list {
        None => {
            registry.agreements.iter().map(|agreement| Row { entry: None, agreement }).collect()
        }
        Some(id) => {
            let id = ListId::new(id.as_str());
            let list = registry.list(&id).ok_or_else(|| {
                unknown("list", id.as_str(), registry.lists.iter().map(|list| list.id.as_str()))
            })?;
            let entries = registry.entries(&id).into_iter();
            entries.map(|(listing, agreement)| of_entry(list, listing, agreement)).collect()
        }
    };
    if let Some(group) = &args.group {
        let mut groups = registry.groups.iter().map(|group| group.id.as_str());
        if !groups.any(|known| known == group) {
            let groups = registry.groups.iter().map(|group| group.id.as_str());
            return Err(unknown("group", group, groups));
        }
    }
    let fits = |agreement: &Agreement| {
        let mut dates = agreement.date.iter().chain(&agreement.also_dated);
        args.year.is_none_or(|year| dates.any(|date| date.year == year))
            && args.group.as_ref().is_none_or(|group| agreement.stakeholder_groups.contains(group))
    };
    Ok(all.into_iter().filter(|row| fits(row.agreement)).collect())
}

pub(crate) fn of_entry<'r>(
    list: &'r AgreementList,
    listing: &'r Listing,
    agreement: &'r Agreement,
) -> Row<'r> {
    let written = match list.numbering {
        Numbering::Roman => to_roman(listing.number),
        Numbering::Arabic | Numbering::None => listing.number.to_string(),
    };
    Row { entry: Some(Entry { listing, written }), agreement }
}

fn unknown<'k>(what: &str, name: &str, known: impl Iterator<Item = &'k str>) -> Failure {
    let known = known.collect::<Vec<_>>().join(", ");
    Failure::Asked(format!("there is no {what} `{name}`; there are {known}"))
}

fn write_table(rows: &[Row<'_>], out: &mut dyn Write) -> io::Result<()> {
    let width = rows.iter().map(|row| row.agreement.id.as_str().len()).max().unwrap_or(0);
    for Row { entry, agreement } in rows {
        if let Some(entry) = entry {
            write!(out, "{:>7}  ", entry.written)?;
        }
        let date = agreement.date.map_or_else(String::new, |date| date.to_string());
        let groups = agreement.stakeholder_groups.join(" ");
        let name = entry.as_ref().map_or(&agreement.name, |entry| &entry.listing.name);
        writeln!(out, "{:width$}  {date:10}  {groups:5}  {name}", agreement.id)?;
    }
    Ok(())
}

fn write_csv(rows: &[Row<'_>], out: &mut dyn Write) -> io::Result<()> {
    let mut csv =
        csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(out);
    csv.write_record([
        "number",
        "agreement",
        "name",
        "date",
        "stakeholder_groups",
        "organisation",
        "signatories",
        "lists",
    ])?;
    for Row { entry, agreement } in rows {
        let mut lists: Vec<&str> = agreement.lists.iter().map(|at| at.list.as_str()).collect();
        lists.dedup();
        let name = entry.as_ref().map_or(&agreement.name, |entry| &entry.listing.name);
        csv.write_record([
            entry.as_ref().map_or("", |entry| entry.written.as_str()),
            agreement.id.as_str(),
            name,
            &agreement.date.map_or_else(String::new, |date| date.to_string()),
            &agreement.stakeholder_groups.join(" "),
            agreement.organisation.as_deref().unwrap_or(""),
            agreement.signatories.as_deref().unwrap_or(""),
            &lists.join(" "),
        ])?;
    }
    csv.flush()
}

pub(crate) fn write_json(value: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}
