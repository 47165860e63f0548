//! Which rules a command uses: the built-in ones, or those of a folder.

use crate::cli::args::RuleArgs;
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::terminal::Terminal;
use normtag::corpus::{built_in_rules, read_rules};
use normtag::diagnostic::{Diagnostic, draw};
use normtag::model::{SourceFile, TaxonomyId};
use normtag::rules::{Loaded, RuleSet, default_taxonomy, taxonomies};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The texts of the rules and the taxonomy that was asked for.
pub(crate) struct RuleFiles {
    /// The texts.
    pub(crate) files: Vec<SourceFile>,
    /// The taxonomy.
    pub(crate) taxonomy: TaxonomyId,
    /// Whether a taxonomy was named, by flag, environment or file.
    pub(crate) named: bool,
    /// Whether all texts are a person's files, which can be written, and none
    /// is built in.
    pub(crate) own: bool,
}

impl RuleFiles {
    /// Finds the files that arguments and configuration ask for.
    pub(crate) fn find(args: &RuleArgs, config: &Config) -> Result<Self, Failure> {
        // An empty variable of the environment is one that is not set.
        let folder = args.rules.as_ref().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.or(config.rules.as_ref());
        let files = match folder {
            Some(folder) => read(folder)?,
            None => built_in_rules(),
        };
        let typed = args.taxonomy.as_deref().filter(|name| !name.is_empty());
        // A path in the file is meant from where the file stands.
        let configured = config.taxonomy.as_deref().map(|name| (name, config.folder.join(name)));
        let named = typed.map(|name| (name, PathBuf::from(name))).or(configured);
        let known = taxonomies(&files);
        let taxonomy = match named {
            None => default_of(&files)?,
            Some((name, path)) => match known.iter().find(|known| known.as_str() == name) {
                Some(known) => known.clone(),
                None if path.join("taxonomy.toml").is_file() => {
                    return Self::of_taxonomy(&path, folder.map(PathBuf::as_path));
                }
                None => return Err(unknown(name, &known)),
            },
        };
        let named = typed.or(config.taxonomy.as_deref()).is_some();
        Ok(Self { files, taxonomy, named, own: folder.is_some() })
    }

    /// The taxonomy in the folder `path`, with its own vocabularies, or those
    /// beside it, or the built-in ones.
    fn of_taxonomy(path: &Path, folder: Option<&Path>) -> Result<Self, Failure> {
        let full = path.canonicalize().map_err(|error| Failure::reading(path, error))?;
        let name = full.file_name().map(|name| name.to_string_lossy().into_owned());
        let name =
            name.ok_or_else(|| Failure::Asked(format!("{}: no taxonomy", path.display())))?;
        // Files are known by the name of their folder, which `.` or a link is
        // not; other paths are shown as they were typed.
        let typed = path.to_string_lossy();
        let plain = typed.trim_end_matches(['/', '\\']).ends_with(name.as_str())
            && path.file_name() == full.file_name();
        let mut files = read(if plain { path } else { &full })?;
        let mut own = true;
        if !path.join("vocabulary").is_dir() {
            let beside = full.with_file_name("vocabulary");
            let all = match folder {
                Some(folder) => read(folder)?,
                None if beside.is_dir() => read(&beside)?,
                None => {
                    own = false;
                    built_in_rules()
                }
            };
            files.extend(all.into_iter().filter(|file| file.path.contains("vocabulary/")));
        }
        Ok(Self { files, taxonomy: TaxonomyId::new(name), named: true, own })
    }

    /// Refuses to go on where what is to be edited is built in.
    pub(crate) fn may_be_edited(&self) -> Result<(), Failure> {
        if self.own {
            return Ok(());
        }
        let message = "the rules in the program cannot be edited; name a folder with --rules, one \
                       that has its own vocabularies";
        Err(Failure::Asked(message.to_owned()))
    }

    /// Takes the taxonomy of a file that is on these, where none was named.
    pub(crate) fn take_taxonomy(
        &mut self,
        path: &str,
        all: &BTreeSet<&TaxonomyId>,
    ) -> Result<(), Failure> {
        if all.is_empty() || all.contains(&self.taxonomy) {
            return Ok(());
        }
        let names = all.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", ");
        let message = match (self.named, all.first()) {
            (false, Some(only)) if all.len() == 1 => {
                self.taxonomy = (*only).clone();
                return Ok(());
            }
            (true, _) => format!("its taxonomy is {names}, not {}", self.taxonomy),
            (false, _) => format!("name one of its taxonomies with --taxonomy: {names}"),
        };
        Err(Failure::Asked(format!("{path}: {message}")))
    }

    /// Compiles the rules; a mistake in them is drawn, and stops the run.
    pub(crate) fn compile(&self, terminal: &Terminal) -> Result<RuleSet, Failure> {
        let Loaded { rules, diagnostics } = RuleSet::load(&self.files, &self.taxonomy);
        self.show(&diagnostics, terminal);
        rules.ok_or_else(|| {
            let count = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
            let mistakes = if count == 1 { "a mistake" } else { "mistakes" };
            Failure::Asked(format!("the rules cannot be used: {mistakes} as shown above"))
        })
    }

    /// Draws mistakes on standard error.
    pub(crate) fn show(&self, diagnostics: &[Diagnostic], terminal: &Terminal) {
        if !diagnostics.is_empty() {
            Terminal::show(&draw(diagnostics, &self.files, terminal.stderr_color()));
        }
    }
}

/// The taxonomy for when none is named.
fn default_of(files: &[SourceFile]) -> Result<TaxonomyId, Failure> {
    let (found, mistakes) = default_taxonomy(files);
    found.ok_or_else(|| {
        let drawn = draw(&mistakes, files, false);
        Failure::Asked(format!("name a taxonomy with --taxonomy: there is no default\n{drawn}"))
    })
}

fn unknown(name: &str, known: &[TaxonomyId]) -> Failure {
    let known: Vec<String> = known.iter().map(|known| format!("`{known}`")).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    Failure::Asked(format!("there is no taxonomy `{name}`; there are {known}"))
}

fn read(folder: &Path) -> Result<Vec<SourceFile>, Failure> {
    read_rules(folder).map_err(|error| Failure::reading(folder, error))
}
