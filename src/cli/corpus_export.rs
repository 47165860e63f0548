//! `normtag corpus export`: tags in the forms that other tools read.

use crate::cli::Ending;
use crate::cli::args::{ExportArgs, ExportFormat};
use crate::cli::config::Config;
use crate::cli::export_sources::{self, Given, Owners};
use crate::cli::failure::Failure;
use crate::cli::output::{file, place, write_to};
use crate::cli::rule_files::RuleFiles;
use crate::cli::terminal::Terminal;
use crate::cli::{checked, corpus, corpus_package};
use normtag::corpus::export::{DecidedPassages, Export, Form, Passage, decided_passages, passages};
use normtag::corpus::{OTHER, Registry, built_in_tags, is_ledger, parse_tags, read_tags};
use normtag::model::{AgreementId, Decision, Proposals, SourceFile, Tag, Taxonomy, TaxonomyId};
use normtag::report::counted;
use std::collections::BTreeSet;
use std::io::{IsTerminal, Read};
use std::path::Path;

/// What is exported, as it was read.
enum Tags {
    /// Rows of tags.
    Rows(Vec<Tag>),
    /// What a program proposed.
    Proposed(Proposals),
    /// What people decided.
    Decided(Vec<Decision>),
}

/// Runs the command.
pub(crate) fn run(
    args: &ExportArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let form = match format_of(args)? {
        ExportFormat::Datapackage => return corpus_package::run(args, config, terminal),
        format => form(format),
    };
    check(args, form)?;
    let mut files = RuleFiles::find(&args.rules, config)?;
    let read = tags(args, config, &mut files)?;
    let taxonomy = files.compile(terminal)?.taxonomy;
    let registry = corpus::load(&args.folder, config, terminal)?;
    let wanted = wanted(&args.agreement, &registry);
    let owners = read.owners(wanted.as_ref());
    let given = export_sources::read(args, config, &owners, terminal)?;
    let mut all = read.passages(args, &taxonomy, &given, terminal)?;
    if let Some(wanted) = &wanted {
        all.retain(|passage| wanted.contains(&passage.tag.agreement));
        missing(wanted, &all)?;
    }
    if uses_places(form) {
        export_sources::find_places(&mut all, &given.documents, terminal);
    }
    let export = Export {
        taxonomy: &taxonomy,
        registry: &registry,
        passages: all,
        documents: &given.documents,
        proposed_by: read.proposals().map(|proposals| proposals.rules.digest.as_str().to_owned()),
    };
    let bytes = export.render(form).map_err(|error| Failure::Asked(error.to_string()))?;
    write_to(args.output.as_deref(), |out| out.write_all(&bytes))?;
    Ok(if given.unread == 0 { Ending::Clean } else { Ending::Attention })
}

/// Whether a form says where in a document a quote stands.
fn uses_places(form: Form) -> bool {
    matches!(form, Form::WebAnnotation | Form::Qdpx | Form::LabelStudio)
}

/// Refuses what makes no sense together, before any work.
fn check(args: &ExportArgs, form: Form) -> Result<(), Failure> {
    if !args.source.is_empty() && !uses_places(form) {
        let forms = "webannotation, qdpx and labelstudio";
        return Err(Failure::Asked(format!("--source is of use only to {forms}")));
    }
    let binary = matches!(form, Form::Docx | Form::Qdpx) || is_workbook(form);
    if binary && file(args.output.as_deref()).is_none() && std::io::stdout().is_terminal() {
        return Err(Failure::Asked("this form is no text; name a file with -o".to_owned()));
    }
    if let (Some(output), Some(tags)) = (file(args.output.as_deref()), &args.tags)
        && place(output) == place(tags)
    {
        let message = format!("{}: the tags are read from here", output.display());
        return Err(Failure::Asked(message));
    }
    Ok(())
}

#[cfg(feature = "xlsx")]
fn is_workbook(form: Form) -> bool {
    form == Form::Xlsx
}

#[cfg(not(feature = "xlsx"))]
fn is_workbook(_: Form) -> bool {
    false
}

/// The form of the library.
pub(crate) fn form(format: ExportFormat) -> Form {
    match format {
        // A package is no form of one taxonomy's tags; it was dealt with.
        ExportFormat::Csv | ExportFormat::Datapackage => Form::Csv,
        ExportFormat::Json => Form::Json,
        ExportFormat::Docx => Form::Docx,
        ExportFormat::Html => Form::Html,
        ExportFormat::Markdown => Form::Markdown,
        ExportFormat::Matrix => Form::Matrix,
        #[cfg(feature = "xlsx")]
        ExportFormat::Xlsx => Form::Xlsx,
        ExportFormat::Webannotation => Form::WebAnnotation,
        ExportFormat::Qdpx => Form::Qdpx,
        ExportFormat::Labelstudio => Form::LabelStudio,
        ExportFormat::LabelstudioConfig => Form::LabelStudioConfig,
    }
}

/// The form that was named, or else the one the output's ending asks for.
fn format_of(args: &ExportArgs) -> Result<ExportFormat, Failure> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    by_ending(file(args.output.as_deref()), "name one with --format")
}

/// The form that the ending of a file asks for; `advice` says what else to do.
pub(crate) fn by_ending(path: Option<&Path>, advice: &str) -> Result<ExportFormat, Failure> {
    let Some((path, ending)) = path.and_then(|path| Some((path, path.extension()?))) else {
        return Ok(ExportFormat::Csv);
    };
    Ok(match ending.to_string_lossy().to_lowercase().as_str() {
        "csv" => ExportFormat::Csv,
        "json" => ExportFormat::Json,
        "jsonld" => ExportFormat::Webannotation,
        "docx" => ExportFormat::Docx,
        "htm" | "html" => ExportFormat::Html,
        "md" | "markdown" => ExportFormat::Markdown,
        "qdpx" => ExportFormat::Qdpx,
        #[cfg(feature = "xlsx")]
        "xlsx" => ExportFormat::Xlsx,
        ending => {
            let path = path.display();
            let message = format!("{path}: no form ends in .{ending}; {advice}");
            return Err(Failure::Asked(message));
        }
    })
}

/// The tags that were asked for: those of a file, or the curated ones.
fn tags(args: &ExportArgs, config: &Config, files: &mut RuleFiles) -> Result<Tags, Failure> {
    let Some(path) = &args.tags else {
        let folder = args.folder.corpus.as_deref().or(config.corpus.as_deref());
        return Ok(Tags::Rows(parsed(&curated(folder, files)?)?));
    };
    let file = read(path)?;
    if is_ledger(file.text.as_bytes()) {
        let decisions = checked::ledger(&file.path, file.text.as_bytes())?;
        let all: BTreeSet<&TaxonomyId> = decisions.iter().map(|one| &one.taxonomy).collect();
        files.take_taxonomy(&file.path, &all)?;
        return Ok(Tags::Decided(decisions));
    }
    if !file.text.trim_start().starts_with('{') {
        return Ok(Tags::Rows(parsed(&file)?));
    }
    let proposals: Proposals = serde_json::from_str(&file.text).map_err(|error| {
        let wanted = "neither tidy CSV, nor a ledger of decisions, nor what `normtag tag --format \
                      json` writes";
        Failure::Asked(format!("{}: {wanted}: {error}", file.path))
    })?;
    files.take_taxonomy(&file.path, &BTreeSet::from([&proposals.taxonomy]))?;
    Ok(Tags::Proposed(proposals))
}

/// The file of curated tags.
pub(crate) fn curated(folder: Option<&Path>, files: &RuleFiles) -> Result<SourceFile, Failure> {
    match folder {
        Some(folder) => read_tags(folder, &files.taxonomy).map_err(|error| {
            let path = folder.join("curated").join(format!("{}.csv", files.taxonomy));
            Failure::reading(&path, error)
        }),
        None => built_in_tags(&files.taxonomy)
            .ok_or_else(|| Failure::Asked(format!("no curated tags for {}", files.taxonomy))),
    }
}

fn parsed(file: &SourceFile) -> Result<Vec<Tag>, Failure> {
    let parsed = parse_tags(&file.text);
    match parsed.mistakes.first() {
        Some((line, mistake)) => Err(Failure::Asked(format!("{}:{line}: {mistake}", file.path))),
        None => Ok(parsed.tags.into_iter().map(|(_, tag)| tag).collect()),
    }
}

fn read(path: &Path) -> Result<SourceFile, Failure> {
    let mut text = String::new();
    let read = if path == Path::new("-") {
        std::io::stdin().lock().read_to_string(&mut text).map(|_| ())
    } else {
        std::fs::read_to_string(path).map(|whole| text = whole)
    };
    read.map_err(|error| Failure::reading(path, error))?;
    let text = text.trim_start_matches('\u{feff}').to_owned();
    Ok(SourceFile::new(path.to_string_lossy(), text))
}

impl Tags {
    fn proposals(&self) -> Option<&Proposals> {
        match self {
            Self::Proposed(proposals) => Some(proposals),
            Self::Rows(_) | Self::Decided(_) => None,
        }
    }

    /// Whose the documents can be: of the agreements they speak of, or of those
    /// that are wanted.
    fn owners(&self, wanted: Option<&BTreeSet<AgreementId>>) -> Owners {
        let sheets = || self.proposals().into_iter().flat_map(|proposals| &proposals.documents);
        let mut agreements: BTreeSet<AgreementId> = match self {
            Self::Rows(tags) => tags.iter().map(|tag| tag.agreement.clone()).collect(),
            Self::Proposed(_) => sheets().filter_map(|sheet| sheet.agreement.clone()).collect(),
            Self::Decided(all) => all.iter().map(|one| one.agreement.clone()).collect(),
        };
        agreements.retain(|id| wanted.is_none_or(|wanted| wanted.contains(id)));
        let documents =
            sheets().filter_map(|sheet| Some((sheet.digest.clone()?, sheet.agreement.clone())));
        Owners { agreements, documents: documents.collect() }
    }

    /// Them as passages; refuses an element that the taxonomy does not have.
    fn passages(
        &self,
        args: &ExportArgs,
        taxonomy: &Taxonomy,
        given: &Given,
        terminal: &Terminal,
    ) -> Result<Vec<Passage>, Failure> {
        let bare = |tag: &Tag| Passage { tag: tag.clone(), at: None, score: None, by: None };
        let all = match self {
            Self::Rows(tags) => tags.iter().map(bare).collect(),
            Self::Proposed(proposals) => passages(proposals, taxonomy, &given.documents),
            Self::Decided(all) => {
                let names = args.reviewers.names();
                let decided = decided_passages(all, taxonomy, &given.documents, names);
                tell(&decided, terminal);
                decided.passages
            }
        };
        let known = |passage: &&Passage| {
            let element = &passage.tag.element;
            element.as_str() == OTHER || taxonomy.element(element).is_some()
        };
        match all.iter().find(|passage| !known(passage)) {
            Some(Passage { tag, .. }) => {
                let (taxonomy, element) = (&taxonomy.id, &tag.element);
                let message = format!("{taxonomy} has no element {element}; is it the taxonomy?");
                Err(Failure::Asked(format!("{}: {message}", tag.source)))
            }
            None => Ok(all),
        }
    }
}

/// Says what a ledger's export does not say itself.
fn tell(decided: &DecidedPassages, terminal: &Terminal) {
    if decided.deferred > 0 {
        let count = counted(decided.deferred, "element");
        terminal.note(&format!("{count} left for later, and left out"));
    }
    if decided.differing > 0 {
        let count = counted(decided.differing, "element");
        terminal.note(&format!("reviewers differ on {count}; the last decision is taken"));
    }
    terminal.note(
        "a ledger does not tell whether its evidence still stands: `normtag review SOURCE --tags` does",
    );
}

/// The agreements that were named, if any were.
fn wanted(named: &[String], registry: &Registry) -> Option<BTreeSet<AgreementId>> {
    let id = |name: &String| {
        registry.find(name).map_or_else(|| AgreementId::new(name.as_str()), |one| one.id.clone())
    };
    (!named.is_empty()).then(|| named.iter().map(id).collect())
}

/// Refuses an agreement that has no tags.
fn missing(wanted: &BTreeSet<AgreementId>, all: &[Passage]) -> Result<(), Failure> {
    let has = |id: &&AgreementId| all.iter().any(|passage| passage.tag.agreement == **id);
    match wanted.iter().find(|id| !has(id)) {
        Some(id) => Err(Failure::Asked(format!("there are no tags of agreement `{id}`"))),
        None => Ok(()),
    }
}
