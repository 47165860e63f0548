//! `normtag corpus import`: tags into the form of the curated data.

use crate::cli::Ending;
use crate::cli::args::ImportArgs;
use crate::cli::config::Config;
use crate::cli::corpus;
use crate::cli::failure::Failure;
use crate::cli::output::write_to;
use crate::cli::rule_files::RuleFiles;
use crate::cli::terminal::Terminal;
use normtag::corpus::import::{Corrections, Imported, Remark, import as read_tables};
use normtag::corpus::{Registry, sort_tags, write_tags_csv};
use normtag::model::{AgreementId, ListId, SourceFile};
use std::collections::BTreeMap;
use std::path::Path;

/// Reads tables of tags and writes them as tidy CSV.
pub(crate) fn import(
    args: &ImportArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let taxonomy = RuleFiles::find(&args.rules, config)?.compile(terminal)?.taxonomy;
    let ids = match &args.list {
        Some(list) => agreements_on(list, &corpus::load(&args.folder, config, terminal)?)?,
        None => BTreeMap::new(),
    };
    let corrections = match &args.corrections {
        Some(path) => Corrections::parse(&read(path)?).map_err(Failure::Asked)?,
        None => Corrections::default(),
    };
    let mut tags = Vec::new();
    let mut awaits = 0;
    for path in &args.files {
        let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, error))?;
        let name = path.to_string_lossy();
        let mut found = read_tables(&name, &bytes, &taxonomy)
            .map_err(|why| Failure::Asked(format!("{name}: {why}")))?;
        let failed = corrections.apply(&mut found);
        found.name_agreements(&ids);
        found.close(&name, &taxonomy);
        for failure in &failed {
            terminal.error(&format!("a correction does not apply: {failure}"));
        }
        say(&name, &found, terminal);
        awaits += failed.len() + found.unread.len();
        tags.append(&mut found.tags);
    }
    if tags.is_empty() {
        return Err(Failure::Asked("no tags were read".to_owned()));
    }
    sort_tags(&mut tags, &taxonomy);
    write_to(args.output.as_deref(), |out| write_tags_csv(&tags, out))?;
    Ok(if awaits == 0 { Ending::Clean } else { Ending::Attention })
}

/// The agreements on this list of the registry by their numbers; an entry that
/// stands for several gives none.
fn agreements_on(list: &str, registry: &Registry) -> Result<BTreeMap<usize, AgreementId>, Failure> {
    let id = ListId::new(list);
    let Some(known) = registry.list(&id) else {
        let names: Vec<&str> = registry.lists.iter().map(|list| list.id.as_str()).collect();
        let names = names.join(", ");
        return Err(Failure::Asked(format!("no list {list} in the registry; there are {names}")));
    };
    let entries = registry.entries(&id).into_iter();
    let single = entries.filter(|(listing, _)| !known.several.contains(&listing.number));
    Ok(single.map(|(listing, agreement)| (listing.number, agreement.id.clone())).collect())
}

/// Says what was taken from a file and what was not.
fn say(path: &str, found: &Imported, terminal: &Terminal) {
    let place = |remark: &Remark| match remark.line {
        0 => format!("{}: {}", remark.path, remark.text),
        line => format!("{}:{line}: {}", remark.path, remark.text),
    };
    for remark in &found.unread {
        terminal.warn(&place(remark));
    }
    for remark in &found.notes {
        terminal.note(&place(remark));
    }
    let rows = found.rows;
    terminal.note(&format!(
        "{path}: {} entries, {} tags from {} lines of tables; {} lines about the agreements, {} of \
         headings and rulers, {} of prose, {} unread",
        found.entries.len(),
        found.tags.len(),
        rows.taken,
        rows.overview,
        rows.furniture,
        rows.prose,
        found.unread.len()
    ));
}

fn read(path: &Path) -> Result<SourceFile, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| Failure::reading(path, error))?;
    Ok(SourceFile::new(path.to_string_lossy(), text))
}
