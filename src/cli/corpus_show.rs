//! `normtag corpus show`: what is known of one agreement, and what people
//! tagged in it.

use crate::cli::Ending;
use crate::cli::args::{CorpusShowArgs, RuleArgs, TextOrJson};
use crate::cli::config::Config;
use crate::cli::corpus::{FORMAT, load, of_entry, write_json};
use crate::cli::failure::Failure;
use crate::cli::output::write_to;
use crate::cli::rule_files::RuleFiles;
use crate::cli::terminal::Terminal;
use normtag::corpus::{Registry, TagRow, built_in_corpus, parse_tags, read_corpus, status_name};
use normtag::model::{Agreement, ElementCode, Presence, SourceFile, Tag, TaxonomyId};
use normtag::rules::codebook;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// What `--format json` gives of one agreement.
#[derive(Serialize)]
struct Shown<'r> {
    format: u32,
    kind: &'static str,
    #[serde(flatten)]
    agreement: &'r Agreement,
    tags: Vec<TagRow<'r>>,
}

/// Runs the command.
pub(crate) fn run(
    args: &CorpusShowArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let registry = load(&args.folder, config, terminal)?;
    let agreement = registry.find(&args.agreement).ok_or_else(|| {
        let message = format!("the corpus has no agreement `{}`", args.agreement);
        let advice = registry.advice(&args.agreement);
        let advice = advice.unwrap_or_else(|| "`normtag corpus list` names them".to_owned());
        Failure::Asked(format!("{message}; {advice}"))
    })?;
    let editions = editions(agreement, args, config)?;
    write_to(None, |out| match args.format {
        TextOrJson::Json => {
            let tags = editions.iter().flat_map(|edition| edition.tags.iter().map(TagRow));
            let tags = tags.collect();
            write_json(&Shown { format: FORMAT, kind: "agreement", agreement, tags }, out)
        }
        TextOrJson::Text => {
            write_sheet(&registry, agreement, out)?;
            editions.iter().try_for_each(|edition| write_edition(edition, out))
        }
    })?;
    Ok(Ending::Clean)
}

fn write_sheet(registry: &Registry, one: &Agreement, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}\n{}\n", one.id, one.name)?;
    let mut field = |name: &str, value: Option<&str>| match value {
        Some(value) => writeln!(out, "{name:14}{value}"),
        None => Ok(()),
    };
    for name in &one.other_names {
        field("also called", Some(name))?;
    }
    let dates: Vec<String> =
        one.date.iter().chain(&one.also_dated).map(ToString::to_string).collect();
    field("date", Some(dates.join(", ").as_str()).filter(|dates| !dates.is_empty()))?;
    field("  as stated", one.date_as_stated.as_deref())?;
    field("  note", one.date_note.as_deref())?;
    let groups = registry.groups.iter().filter(|group| one.stakeholder_groups.contains(&group.id));
    for group in groups {
        field("party", Some(&format!("{} ({})", group.name, group.id)))?;
    }
    field("signatories", one.signatories.as_deref())?;
    field("organisation", one.organisation.as_deref())?;
    field("binding", one.binding.map(word).as_deref())?;
    field("  as stated", one.binding_as_stated.as_deref())?;
    field("space", one.space.map(word).as_deref())?;
    for address in &one.addresses {
        let language = address.language.as_ref().map_or_else(String::new, |l| format!(", {l}"));
        field("address", Some(&format!("{} ({}{language})", address.url, word(address.role))))?;
    }
    for listing in &one.lists {
        let Some(list) = registry.list(&listing.list) else { continue };
        let entry = of_entry(list, listing, one).entry;
        let written = entry.map_or_else(String::new, |entry| entry.written);
        field("on", Some(&format!("{} {written}: {}", list.id, listing.name)))?;
    }
    for note in &one.notes {
        field("note", Some(note))?;
    }
    Ok(())
}

/// A value in the word the data file has for it.
fn word(value: impl Serialize) -> String {
    let json = serde_json::to_value(value).unwrap_or_default();
    json.as_str().unwrap_or_default().to_owned()
}

/// What one edition records of the agreement, under one of its entries.
struct Edition {
    /// The entry, such as an edition's id, a slash and a numeral.
    source: String,
    /// Its rows, in the order of the file.
    tags: Vec<Tag>,
    /// The names of the elements.
    names: BTreeMap<ElementCode, String>,
}

/// The entries of every edition that are this agreement.
fn editions(
    agreement: &Agreement,
    args: &CorpusShowArgs,
    config: &Config,
) -> Result<Vec<Edition>, Failure> {
    let files = match args.folder.corpus.as_ref().or(config.corpus.as_ref()) {
        None => built_in_corpus(),
        Some(folder) => {
            read_corpus(folder).map_err(|(path, error)| Failure::reading(&path, error))?
        }
    };
    let rules = RuleFiles::find(&RuleArgs { rules: None, taxonomy: None }, config)?.files;
    let mut all = Vec::new();
    for (taxonomy, file) in &files.tags {
        let names = codebook(&rules, &TaxonomyId::new(taxonomy.as_str()))
            .into_iter()
            .flat_map(|codebook| codebook.elements)
            .map(|element| (element.code, element.name));
        let names: BTreeMap<ElementCode, String> = names.collect();
        let mut entries: BTreeMap<String, Vec<Tag>> = BTreeMap::new();
        for tag in tags(file)?.into_iter().filter(|tag| tag.agreement == agreement.id) {
            entries.entry(tag.source.clone()).or_default().push(tag);
        }
        let editions = entries.into_iter().map(|(source, tags)| Edition {
            source,
            tags,
            names: names.clone(),
        });
        all.extend(editions);
    }
    Ok(all)
}

fn tags(file: &SourceFile) -> Result<Vec<Tag>, Failure> {
    let parsed = parse_tags(&file.text);
    if let Some((line, mistake)) = parsed.mistakes.first() {
        let help = "`normtag corpus validate` shows every mistake";
        return Err(Failure::Asked(format!("{}:{line}: {mistake}; {help}", file.path)));
    }
    Ok(parsed.tags.into_iter().map(|(_, tag)| tag).collect())
}

/// The tags with their quotes; what is absent in one line.
fn write_edition(edition: &Edition, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\ntagged as {}", edition.source)?;
    let mut before = None;
    for tag in edition.tags.iter().filter(|tag| !is_bare(tag)) {
        if before != Some(&tag.element) {
            let name = edition.names.get(&tag.element).map_or("", String::as_str);
            let title = format!("{} {name}", tag.element);
            writeln!(out, "  {:56}{}", title.trim_end(), status_name(tag.status))?;
        }
        before = Some(&tag.element);
        let quote = (!tag.quote.is_empty()).then(|| format!("“{}”", tag.quote));
        let note = (!tag.note.is_empty()).then(|| format!("note: {}", tag.note));
        let citation = (!tag.citation.is_empty()).then(|| tag.citation.clone());
        let indent = textwrap::Options::new(Terminal::width().min(100))
            .initial_indent("      ")
            .subsequent_indent("      ");
        for text in [citation, quote, note].into_iter().flatten() {
            for line in textwrap::wrap(&text, &indent) {
                writeln!(out, "{line}")?;
            }
        }
    }
    let absent: Vec<&str> =
        edition.tags.iter().filter(|tag| is_bare(tag)).map(|tag| tag.element.as_str()).collect();
    if absent.is_empty() {
        return Ok(());
    }
    writeln!(out, "  absent ({}): {}", absent.len(), absent.join(", "))
}

/// An absence that has nothing more to say.
fn is_bare(tag: &Tag) -> bool {
    tag.status == Presence::Absent && tag.note.is_empty()
}
