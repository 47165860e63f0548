//! The texts of the corpus's data files: those built in, or those of a folder.

use crate::model::{SourceFile, TaxonomyId};
use include_dir::{Dir, include_dir};
use std::io;
use std::path::{Path, PathBuf};

static CURATED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/corpus/curated");

/// The data files of a corpus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusFiles {
    /// The registry of agreements.
    pub agreements: SourceFile,
    /// The files of tags, each with the taxonomy it is named after.
    pub tags: Vec<(String, SourceFile)>,
    /// The list of citations that are kept to the letter.
    pub verbatim: Option<SourceFile>,
    /// The descriptor of the Data Package.
    pub package: Option<SourceFile>,
}

/// The registry of agreements that is built into the program.
#[must_use]
pub fn built_in_agreements() -> SourceFile {
    SourceFile::new("corpus/agreements.toml", include_str!("../../corpus/agreements.toml"))
}

/// The registry of agreements in the corpus folder `root`.
///
/// # Errors
///
/// When `agreements.toml` there cannot be read or is not UTF-8.
pub fn read_agreements(root: &Path) -> io::Result<SourceFile> {
    read_text(&root.join("agreements.toml"))
}

/// The file of tags of this taxonomy that is built in.
#[must_use]
pub fn built_in_tags(taxonomy: &TaxonomyId) -> Option<SourceFile> {
    built_in_file(Path::new(&format!("{taxonomy}.csv")))
}

/// The file of tags of this taxonomy in the corpus folder `root`.
///
/// # Errors
///
/// When it cannot be read or is not UTF-8.
pub fn read_tags(root: &Path, taxonomy: &TaxonomyId) -> io::Result<SourceFile> {
    read_text(&root.join("curated").join(format!("{taxonomy}.csv")))
}

/// The corpus that is built into the program.
#[must_use]
pub fn built_in_corpus() -> CorpusFiles {
    let named = CURATED.files().filter_map(|entry| {
        let taxonomy = taxonomy_of(entry.path())?;
        Some((taxonomy, built_in_file(entry.path())?))
    });
    let mut tags: Vec<(String, SourceFile)> = named.collect();
    tags.sort_by(|(a, _), (b, _)| a.cmp(b));
    CorpusFiles {
        agreements: built_in_agreements(),
        tags,
        verbatim: built_in_file(Path::new(VERBATIM)),
        package: None,
    }
}

/// The corpus in the folder `root`. Only the registry must be there.
///
/// # Errors
///
/// When a file that is there cannot be read or is not UTF-8, with its path.
pub fn read_corpus(root: &Path) -> Result<CorpusFiles, (PathBuf, io::Error)> {
    let read = |path: PathBuf| read_text(&path).map_err(|error| (path, error));
    let there = |path: PathBuf| path.is_file().then(|| read(path)).transpose();
    let curated = root.join("curated");
    let mut tags = Vec::new();
    if curated.is_dir() {
        let listed = std::fs::read_dir(&curated).map_err(|error| (curated.clone(), error))?;
        let mut paths: Vec<_> = listed.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.sort();
        for path in paths {
            if let Some(taxonomy) = taxonomy_of(&path) {
                tags.push((taxonomy, read(path)?));
            }
        }
    }
    Ok(CorpusFiles {
        agreements: read(root.join("agreements.toml"))?,
        tags,
        verbatim: there(curated.join(VERBATIM))?,
        package: there(root.join("datapackage.json"))?,
    })
}

/// A file of the folder of curated tags that is built in.
fn built_in_file(path: &Path) -> Option<SourceFile> {
    let text = CURATED.get_file(path)?.contents_utf8()?;
    Some(SourceFile::new(format!("corpus/curated/{}", path.display()), text))
}

const VERBATIM: &str = "verbatim.toml";

/// The taxonomy that a file of tags is named after.
fn taxonomy_of(path: &Path) -> Option<String> {
    let is_table = path.extension().is_some_and(|ending| ending == "csv");
    let stem = path.file_stem().filter(|_| is_table)?;
    Some(stem.to_string_lossy().into_owned())
}

fn read_text(path: &Path) -> io::Result<SourceFile> {
    let text = std::fs::read_to_string(path)?;
    Ok(SourceFile::new(path.to_string_lossy().replace('\\', "/"), text))
}
