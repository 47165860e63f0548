//! `normtag corpus export --format datapackage`: the whole corpus, as a folder,
//! an archive, or its descriptor alone.

use crate::cli::Ending;
use crate::cli::args::ExportArgs;
use crate::cli::config::Config;
use crate::cli::corpus;
use crate::cli::corpus_export::curated;
use crate::cli::failure::Failure;
use crate::cli::output::{file, write_to};
use crate::cli::rule_files::RuleFiles;
use crate::cli::terminal::Terminal;
use normtag::corpus::export::{Package, Release, Table, package, zip};
use normtag::corpus::{built_in_release, built_in_tags, parse_release, parse_tags, read_release};
use normtag::model::{SourceFile, Taxonomy, TaxonomyId};
use normtag::rules::taxonomies;
use std::path::Path;

/// Runs the command.
pub(crate) fn run(
    args: &ExportArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    if args.tags.is_some() || !args.agreement.is_empty() || !args.source.is_empty() {
        let message = "a package holds the corpus: TAGS, --agreement and --source say less";
        return Err(Failure::Asked(message.to_owned()));
    }
    let folder = args.folder.corpus.as_deref().or(config.corpus.as_deref());
    let release = release(folder)?;
    let registry = corpus::load(&args.folder, config, terminal)?;
    let tables = tables(args, config, folder, terminal)?;
    let tables = tables.iter();
    let tables = tables.map(|(taxonomy, file)| Table { taxonomy, csv: file.text.clone().into() });
    let whole = Package { release: &release, registry: &registry, tables: tables.collect() };
    let files = package(&whole).map_err(|error| Failure::Asked(error.to_string()))?;
    write(&files, file(args.output.as_deref()))?;
    Ok(Ending::Clean)
}

fn release(folder: Option<&Path>) -> Result<Release, Failure> {
    let file = match folder {
        None => built_in_release(),
        Some(folder) => read_release(folder)
            .map_err(|error| Failure::reading(&folder.join("release.toml"), error))?,
    };
    parse_release(&file).map_err(Failure::Asked)
}

/// The tables of the taxonomy that was named, or of all that have one.
fn tables(
    args: &ExportArgs,
    config: &Config,
    folder: Option<&Path>,
    terminal: &Terminal,
) -> Result<Vec<(Taxonomy, SourceFile)>, Failure> {
    let mut files = RuleFiles::find(&args.rules, config)?;
    let all = if files.named { vec![files.taxonomy.clone()] } else { taxonomies(&files.files) };
    let has = |id: &TaxonomyId| match folder {
        Some(folder) => folder.join("curated").join(format!("{id}.csv")).is_file(),
        None => built_in_tags(id).is_some(),
    };
    let mut tables = Vec::new();
    for id in all.into_iter().filter(|id| files.named || has(id)) {
        files.taxonomy = id;
        let file = curated(folder, &files)?;
        if let Some((line, mistake)) = parse_tags(&file.text).mistakes.first() {
            return Err(Failure::Asked(format!("{}:{line}: {mistake}", file.path)));
        }
        tables.push((files.compile(terminal)?.taxonomy, file));
    }
    if tables.is_empty() {
        return Err(Failure::Asked("the corpus has no tables of tags".to_owned()));
    }
    Ok(tables)
}

/// Writes the files into a folder or an archive; without either, or into a
/// file of its own, the descriptor.
fn write(files: &[(String, Vec<u8>)], output: Option<&Path>) -> Result<(), Failure> {
    let ending = |wanted: &str| {
        let ending = output.and_then(Path::extension);
        ending.is_some_and(|ending| ending.eq_ignore_ascii_case(wanted))
    };
    let Some(folder) = output.filter(|_| !ending("json") && !ending("zip")) else {
        if ending("zip") {
            let mut bytes = Vec::new();
            let each = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
            zip(each, &mut bytes).map_err(|error| Failure::Asked(error.to_string()))?;
            return write_to(output, |out| out.write_all(&bytes));
        }
        let descriptor = files.last().map_or(&[][..], |(_, bytes)| bytes);
        return write_to(output, |out| out.write_all(descriptor));
    };
    for (path, bytes) in files {
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(folder);
        std::fs::create_dir_all(parent).map_err(|error| Failure::writing(parent, error))?;
        write_to(Some(&path), |out| out.write_all(bytes))?;
    }
    Ok(())
}
