//! `normtag corpus validate`: every mistake in the corpus's files, in place.

use crate::cli::Ending;
use crate::cli::args::{CorpusValidateArgs, RuleArgs};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::output::write_to;
use crate::cli::rule_files::RuleFiles;
use crate::cli::terminal::Terminal;
use normtag::corpus::{
    CorpusFiles, Registry, TagCounts, Verbatim, built_in_corpus, check_package, check_tags,
    read_corpus,
};
use normtag::diagnostic::{Diagnostic, draw};
use normtag::model::{Presence, SourceFile, Span, TaxonomyId};
use normtag::report::counted;
use normtag::rules::codebook;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// What was found, file by file.
#[derive(Default)]
struct Validation {
    mistakes: Vec<Diagnostic>,
    /// A line on each file that was looked at.
    lines: Vec<String>,
    /// Citations that are kept to the letter, and that some row has.
    verbatim: BTreeSet<String>,
}

/// Runs the command.
pub(crate) fn run(
    args: &CorpusValidateArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let folder = args.folder.corpus.as_ref().or(config.corpus.as_ref());
    let files = match folder {
        None => built_in_corpus(),
        Some(folder) => {
            read_corpus(folder).map_err(|(path, error)| Failure::reading(&path, error))?
        }
    };
    let mut found = Validation::default();
    let loaded = Registry::load(&files.agreements);
    found.mistakes.extend(loaded.diagnostics);
    if let Some(registry) = &loaded.registry {
        found.registry(registry, &files.agreements);
        found.tags(&files, registry, args.rules.as_ref(), config)?;
    }
    if let Some(package) = &files.package {
        let root = folder.map_or_else(PathBuf::new, PathBuf::clone);
        found.package(package, &root);
    }
    found.close(&files, terminal)
}

impl Validation {
    fn registry(&mut self, registry: &Registry, file: &SourceFile) {
        let entries: usize = registry.lists.iter().map(|list| list.entries).sum();
        let agreements = counted(registry.agreements.len(), "agreement");
        let lists = counted(registry.lists.len(), "list");
        self.lines.push(format!("{}: {agreements}, {lists}, {entries} entries", file.path));
    }

    fn tags(
        &mut self,
        files: &CorpusFiles,
        registry: &Registry,
        rules: Option<&PathBuf>,
        config: &Config,
    ) -> Result<(), Failure> {
        let (verbatim, mistakes) = files.verbatim.as_ref().map(Verbatim::read).unwrap_or_default();
        let sound = mistakes.is_empty();
        self.mistakes.extend(mistakes);
        let rules = RuleArgs { rules: rules.cloned(), taxonomy: None };
        let known = RuleFiles::find(&rules, config)?.files;
        for (name, file) in &files.tags {
            let id = TaxonomyId::new(name.as_str());
            let Some(taxonomy) = codebook(&known, &id) else {
                self.mistakes.push(no_taxonomy(name, file));
                continue;
            };
            let (counts, mistakes) = check_tags(file, &taxonomy, registry, &verbatim);
            self.mistakes.extend(mistakes);
            self.lines.push(format!("{}: {}", file.path, said(&counts)));
            self.verbatim.extend(counts.verbatim);
        }
        if sound {
            self.unused(&verbatim);
        }
        Ok(())
    }

    /// A citation that no row has any more needs no place on the list.
    fn unused(&mut self, verbatim: &Verbatim) {
        for (citation, span) in &verbatim.citations {
            if !self.verbatim.contains(citation) {
                let label = "no row has it, or the grammar reads it";
                let title = "a citation that is listed for nothing";
                let mistake = Diagnostic::error("D025", &verbatim.path, *span, title, label);
                self.mistakes.push(mistake.as_warning());
            }
        }
    }

    fn package(&mut self, package: &SourceFile, root: &Path) {
        let read = |path: &str| -> io::Result<Vec<u8>> { std::fs::read(root.join(path)) };
        let mistakes = check_package(package, read);
        if mistakes.is_empty() {
            self.lines.push(format!("{}: every hash is right", package.path));
        }
        self.mistakes.extend(mistakes);
    }

    /// Draws the mistakes, or says what was found in order.
    fn close(self, files: &CorpusFiles, terminal: &Terminal) -> Result<Ending, Failure> {
        if !self.mistakes.is_empty() {
            let texts = [Some(&files.agreements), files.verbatim.as_ref(), files.package.as_ref()];
            let tags = files.tags.iter().map(|(_, file)| file);
            let texts: Vec<SourceFile> = texts.into_iter().flatten().chain(tags).cloned().collect();
            Terminal::show(&draw(&self.mistakes, &texts, terminal.stderr_color()));
        }
        let wrong: BTreeSet<&str> = self
            .mistakes
            .iter()
            .filter(|one| one.is_error())
            .map(|one| one.path.as_str())
            .collect();
        if wrong.is_empty() {
            write_to(None, |out| self.lines.iter().try_for_each(|line| writeln!(out, "{line}")))?;
            return Ok(Ending::Clean);
        }
        for path in wrong {
            let own = self.mistakes.iter().filter(|one| one.path == path && one.is_error());
            terminal.error(&format!("{} in {path}", counted(own.count(), "mistake")));
        }
        Ok(Ending::Attention)
    }
}

fn no_taxonomy(name: &str, file: &SourceFile) -> Diagnostic {
    let label = format!("there is no taxonomy `{name}`");
    let help = "the file is named after the taxonomy its elements belong to; --rules DIR names a \
                folder with one of your own";
    let title = "tags of an unknown taxonomy";
    Diagnostic::error("D015", &file.path, Span::new(0, 0), title, label).with_help(help)
}

/// `35 entries, 910 cells (288 present, …), 1010 rows, 386 quotes, …`
fn said(counts: &TagCounts) -> String {
    let cells: usize = counts.cells.values().sum();
    let named = [
        (Presence::Present, "present"),
        (Presence::Indirect, "indirect"),
        (Presence::Absent, "absent"),
        (Presence::NotAssessed, "unrecorded"),
    ];
    let values = named.iter().filter_map(|(presence, name)| {
        counts.cells.get(presence).map(|count| format!("{count} {name}"))
    });
    let values = values.collect::<Vec<_>>().join(", ");
    let mut said = vec![
        format!("{} entries", counts.entries),
        format!("{} ({values})", counted(cells, "cell")),
        counted(counts.rows, "row"),
        counted(counts.quotes, "quote"),
    ];
    if counts.citations > 0 {
        let verbatim = counts.verbatim.len();
        let citations = counted(counts.citations, "citation");
        said.push(format!("{citations}, {verbatim} of them kept to the letter"));
    }
    said.join(", ")
}
