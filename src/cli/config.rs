//! `normtag.toml`, found upwards from the working folder. Flags and
//! environment go before it; unknown keys are refused.

use crate::cli::args::When;
use crate::cli::failure::Failure;
use serde::de::{self, Deserialize, Deserializer, Unexpected, Visitor};
use std::fmt;
use std::path::{Path, PathBuf};

/// The name of the file.
const NAME: &str = "normtag.toml";

/// What the file can set.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Config {
    /// When to use colour.
    pub(crate) color: Option<When>,
    /// Folder of the corpus.
    pub(crate) corpus: Option<PathBuf>,
    /// Quotes for each element.
    pub(crate) evidence: Option<Count>,
    /// Seconds that reading one document may take.
    pub(crate) extract_timeout: Option<Count>,
    /// Memory that reading one document may take, in MiB.
    pub(crate) max_memory: Option<Count>,
    /// Largest document taken, in MiB.
    pub(crate) max_size: Option<Count>,
    /// Languages of pages that are pictures, as tesseract names them.
    pub(crate) ocr_language: Option<String>,
    /// Folder of rules.
    pub(crate) rules: Option<PathBuf>,
    /// Folder of snapshots.
    pub(crate) store: Option<PathBuf>,
    /// Name or folder of the taxonomy.
    pub(crate) taxonomy: Option<String>,
    /// Seconds one address may take in all.
    pub(crate) timeout: Option<Count>,
    /// Where the file stands: what it names is meant from there.
    #[serde(skip)]
    pub(crate) folder: PathBuf,
}

/// A number of things, one at least.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Count(pub(crate) u64);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_u64(WholeNumber)
    }
}

/// Says what is wanted in words: the message is for whoever wrote the file.
struct WholeNumber;

impl Visitor<'_> for WholeNumber {
    type Value = Count;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number, 1 or more")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Count, E> {
        let wrong = || E::invalid_value(Unexpected::Signed(number), &self);
        u64::try_from(number).ok().filter(|&number| number > 0).map(Count).ok_or_else(wrong)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Count, E> {
        let wrong = || E::invalid_value(Unexpected::Unsigned(number), &self);
        Some(number).filter(|&number| number > 0).map(Count).ok_or_else(wrong)
    }
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
            .map_err(|error| Failure::Asked(format!("{}: {}", path.display(), told(&error))))?;
        // Paths in the file are meant from where the file stands.
        config.folder = PathBuf::from(path.parent().unwrap_or(Path::new(".")));
        let paths = [&mut config.corpus, &mut config.rules, &mut config.store];
        for path in paths.into_iter().flatten() {
            *path = config.folder.join(&*path);
        }
        Ok(config)
    }
}

/// The parser's message; its last line ends without a line break.
fn told(error: &toml::de::Error) -> String {
    error.to_string().trim_end().to_owned()
}
