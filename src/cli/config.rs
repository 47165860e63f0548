//! `normtag.toml`, found upwards from the working folder. Flags and
//! environment go before it; unknown keys are refused.

use crate::cli::args::When;
use crate::cli::failure::Failure;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The name of the file.
const NAME: &str = "normtag.toml";

/// What the file can set.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// When to use colour.
    pub(crate) color: Option<When>,
    /// Folder of the corpus.
    pub(crate) corpus: Option<PathBuf>,
    /// Quotes for each element.
    pub(crate) evidence: Option<usize>,
    /// Largest document taken, in MiB.
    pub(crate) max_size: Option<u64>,
    /// Folder of rules.
    pub(crate) rules: Option<PathBuf>,
    /// Folder of snapshots.
    pub(crate) store: Option<PathBuf>,
    /// Name or folder of the taxonomy.
    pub(crate) taxonomy: Option<String>,
    /// Seconds one address may take in all.
    pub(crate) timeout: Option<u64>,
}

impl Config {
    /// Reads the file that was named, or else the nearest one upwards.
    pub(crate) fn find(named: Option<&Path>) -> Result<Self, Failure> {
        if let Some(path) = named {
            return Self::read(path);
        }
        let Ok(here) = std::env::current_dir() else { return Ok(Self::default()) };
        let found = here.ancestors().map(|folder| folder.join(NAME)).find(|path| path.is_file());
        found.map_or_else(|| Ok(Self::default()), |path| Self::read(&path))
    }

    fn read(path: &Path) -> Result<Self, Failure> {
        let text = std::fs::read_to_string(path).map_err(|e| Failure::reading(path, e))?;
        let mut config: Self = toml::from_str(&text)
            .map_err(|error| Failure::Asked(format!("{}: {error}", path.display())))?;
        // Paths in the file are meant from where the file stands.
        let folder = path.parent().unwrap_or(Path::new("."));
        for path in [&mut config.corpus, &mut config.rules, &mut config.store].into_iter().flatten()
        {
            *path = folder.join(&*path);
        }
        Ok(config)
    }
}
