//! `normtag rules docs`: the handbook of the rules, written into a folder.

use crate::cli::Ending;
use crate::cli::args::DocsArgs;
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::rule_files::RuleFiles;
use crate::cli::site_folder::write_site;
use crate::cli::terminal::Terminal;
use normtag::handbook::pages;
use normtag::report::counted;
use normtag::report::site::SiteFile;
use normtag::rules::{RuleSet, crosswalk, taxonomies};

/// Runs the command: the taxonomy that was named, or else every one there is.
pub(crate) fn docs(
    args: &DocsArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let found = RuleFiles::find(&args.rules, config)?;
    let ids = if found.named { vec![found.taxonomy.clone()] } else { taxonomies(&found.files) };
    let of =
        |id| RuleFiles { files: found.files.clone(), taxonomy: id, named: true, own: found.own };
    let all: Result<Vec<RuleSet>, Failure> =
        ids.into_iter().map(|id| of(id).compile(terminal)).collect();
    let pages = pages(&all?, &crosswalk(&found.files).0);
    let files: Vec<SiteFile> =
        pages.into_iter().map(|(path, text)| SiteFile { path, bytes: text.into_bytes() }).collect();
    write_site(&args.output, "handbook", &files)?;
    terminal.note(&format!("{} in {}", counted(files.len(), "page"), args.output.display()));
    Ok(Ending::Clean)
}
