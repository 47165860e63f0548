//! Files and folders in which someone coded agreements → [`Coding`]s, which can
//! be compared whatever form they came in.
//!
//! ```text
//!  file ─► json (proposals, tags, a coding) │ rows (tidy CSV, tables as import reads them)
//!       │ decided (a ledger of decisions) ─► Coding
//! ```
//!
//! Every mistake is reported with its line; a side with a mistake is not used,
//! for figures over what is left of it would be figures of something else.

pub(crate) mod decided;
mod hand;
mod json;
mod proposals;
mod rows;

use crate::corpus::Registry;
use crate::corpus::data_files::{built_in_tags, read_tags};
use crate::corpus::import::import;
use crate::corpus::tags::HEADER;
use crate::model::{
    Case, Coded, CodedCase, Coding, CodingKind, ElementCode, Merge, Proposals, ReviewerNames,
    Taxonomy, TaxonomyId,
};
use crate::toml_reader::did_you_mean;
use std::collections::btree_map::Entry;
use std::fmt;
use std::path::Path;

/// What is known when a side is read.
#[derive(Debug, Clone, Copy)]
pub struct SideContext<'a> {
    /// The taxonomies there are; a file that names none gets the one it fits.
    pub taxonomies: &'a [Taxonomy],
    /// The taxonomy for files that name none, where one was named.
    pub named: Option<&'a TaxonomyId>,
    /// The agreements, to find the one that a table is headed by.
    pub registry: &'a Registry,
    /// Whether each entry of an edition is a case of its own, also where two
    /// are of one agreement.
    pub by_entry: bool,
    /// Whose decisions are taken of a ledger; everybody's where none is named.
    pub reviewer: Option<&'a str>,
    /// What reviewers are called. They are told apart, so that
    /// [`ReviewerNames::Omit`] gives them numbers.
    pub names: ReviewerNames,
}

/// A mistake in a side.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SideMistake {
    /// The file.
    pub path: String,
    /// The line, from 1; none where it is about the whole file.
    pub line: Option<usize>,
    /// What is wrong, and what to do.
    pub text: String,
}

impl fmt::Display for SideMistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}:{line}: {}", self.path, self.text),
            None => write!(f, "{}: {}", self.path, self.text),
        }
    }
}

/// A side, or every mistake that stands in its way.
pub type ReadSide = Result<Coding, Vec<SideMistake>>;

/// A file on its way to a side.
struct File<'a> {
    path: &'a str,
    bytes: &'a [u8],
}

impl File<'_> {
    fn mistake(&self, line: Option<usize>, text: impl Into<String>) -> SideMistake {
        SideMistake { path: self.path.to_owned(), line, text: text.into() }
    }

    fn refuse<T>(&self, text: impl Into<String>) -> Result<T, Vec<SideMistake>> {
        Err(vec![self.mistake(None, text)])
    }
}

/// Reads the file or folder at `path`.
///
/// # Errors
///
/// With every mistake, where it cannot be read as a coding.
pub fn read_side(path: &Path, context: &SideContext<'_>) -> ReadSide {
    let name = path.to_string_lossy().replace('\\', "/");
    if path.is_dir() {
        return folder(path, &name, context);
    }
    match std::fs::read(path) {
        Ok(bytes) => parse_side(&name, &bytes, context),
        Err(error) => File { path: &name, bytes: b"" }.refuse(format!("cannot be read: {error}")),
    }
}

/// Reads the bytes of a file.
///
/// # Errors
///
/// With every mistake, where they cannot be read as a coding.
pub fn parse_side(path: &str, bytes: &[u8], context: &SideContext<'_>) -> ReadSide {
    let file = File { path, bytes };
    // A last line that a crash cut off need not be UTF-8.
    if decided::is_ledger(bytes) {
        return decided::read(&file, context);
    }
    let Some(text) = std::str::from_utf8(bytes).ok() else {
        return table(&file, context);
    };
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return file.refuse("empty: there is no coding in it");
    }
    if text.trim_start().starts_with(['{', '[']) {
        return json::read(&file, text, context);
    }
    let ending =
        Path::new(path).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    if ending || text.lines().next().is_some_and(|line| line.trim_end() == HEADER.join(",")) {
        return rows::tidy(&file, text, context);
    }
    table(&file, context)
}

/// A table in a form that import reads.
fn table(file: &File<'_>, context: &SideContext<'_>) -> ReadSide {
    let taxonomy = match context.named {
        Some(named) => named,
        None => match context.taxonomies.first() {
            Some(first) => &first.id,
            None => return file.refuse("there is no taxonomy to read it with"),
        },
    };
    let taxonomy = known_taxonomy(file, taxonomy.as_str(), context)?;
    match import(file.path, file.bytes, taxonomy) {
        Ok(imported) if imported.tags.is_empty() => file.refuse(
            "no coding in it: expected proposals (JSON), tidy CSV, a coding (JSON), or a table of \
             tags as `corpus import` reads it",
        ),
        Ok(imported) => Ok(rows::imported(file, imported, taxonomy, context)),
        Err(why) => file.refuse(why),
    }
}

/// The curated tags of `taxonomy`: those of the corpus folder `root`, or those
/// that are built in.
///
/// # Errors
///
/// When there are none, or with every mistake in them.
pub fn curated_side(
    taxonomy: &TaxonomyId,
    root: Option<&Path>,
    context: &SideContext<'_>,
) -> ReadSide {
    let found = match root {
        Some(root) => read_tags(root, taxonomy).map_err(|error| error.to_string()),
        None => built_in_tags(taxonomy).ok_or_else(|| "there are none built in".to_owned()),
    };
    match found {
        Ok(found) => {
            let file = File { path: &found.path, bytes: found.text.as_bytes() };
            let coding = rows::tidy(&file, &found.text, context)?;
            Ok(Coding { name: taxonomy.to_string(), ..coding })
        }
        Err(why) => {
            let name = taxonomy.as_str();
            File { path: name, bytes: b"" }.refuse(format!("no curated tags: {why}"))
        }
    }
}

/// Proposals as a side that is called `name`.
///
/// # Errors
///
/// When they name an element that the taxonomy does not have.
pub fn proposals_side(name: &str, proposals: Proposals, context: &SideContext<'_>) -> ReadSide {
    proposals::read(&File { path: name, bytes: b"" }, proposals, context)
}

/// All codings of a folder as one side.
fn folder(path: &Path, name: &str, context: &SideContext<'_>) -> ReadSide {
    let whole = File { path: name, bytes: b"" };
    let is_coding = |path: &Path| {
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
        path.is_file() && ending.is_some_and(|e| matches!(e.as_str(), "json" | "jsonl" | "csv"))
    };
    let mut paths = match std::fs::read_dir(path) {
        Ok(entries) => entries.filter_map(|entry| entry.ok().map(|e| e.path())).collect::<Vec<_>>(),
        Err(error) => return whole.refuse(format!("cannot be read: {error}")),
    };
    paths.retain(|path| is_coding(path));
    paths.sort();
    let mut side: Option<Coding> = None;
    let mut mistakes = Vec::new();
    for path in paths {
        match read_side(&path, context) {
            Err(more) => mistakes.extend(more),
            Ok(coding) => match &mut side {
                None => side = Some(coding),
                Some(side) => mistakes.extend(take_in(side, coding)),
            },
        }
    }
    match side {
        _ if !mistakes.is_empty() => Err(mistakes),
        None => whole.refuse("no codings in this folder (.json, .jsonl or .csv)"),
        Some(side) => Ok(Coding { name: name.to_owned(), ..side }),
    }
}

/// Takes another file's coding in; what cannot stand beside what is there is a
/// mistake.
fn take_in(side: &mut Coding, coding: Coding) -> Vec<SideMistake> {
    let path = coding.name.clone();
    let mistake = |text| SideMistake { path: path.clone(), line: None, text };
    if side.taxonomy != coding.taxonomy || side.kind != coding.kind || side.rules != coding.rules {
        let text = "the files before it in this folder are of another kind, taxonomy or rule set; \
                    a side is one coding";
        return vec![mistake(text.to_owned())];
    }
    let mut mistakes = Vec::new();
    for (case, coded) in coding.cases {
        match side.cases.entry(case) {
            Entry::Vacant(free) => {
                free.insert(coded);
            }
            Entry::Occupied(mut known) => {
                let agreement = known.key().agreement.clone();
                let twice = add_case(known.get_mut(), coded, coding.kind);
                mistakes.extend(twice.into_iter().map(|element| {
                    mistake(format!(
                        "{agreement} {element} is coded in another file too, with another value"
                    ))
                }));
            }
        }
    }
    side.left_out.extend(coding.left_out);
    mistakes
}

/// Adds what another file says of a case; gives the elements that two people's
/// codings of it value differently.
fn add_case(known: &mut CodedCase, coded: CodedCase, kind: CodingKind) -> Vec<ElementCode> {
    let merge = match kind {
        CodingKind::Proposals => Merge::Documents,
        CodingKind::Tags | CodingKind::Coding | CodingKind::Decisions => Merge::Records,
    };
    let mut twice = Vec::new();
    known.stems.extend(coded.stems);
    known.texts.extend(coded.texts);
    for (element, cell) in coded.cells {
        match known.cells.get_mut(&element) {
            Some(there)
                if matches!(kind, CodingKind::Coding | CodingKind::Decisions)
                    && there.status != cell.status =>
            {
                twice.push(element);
            }
            Some(there) => there.merge(cell, merge),
            None => {
                known.cells.insert(element, cell);
            }
        }
    }
    twice
}

/// The taxonomy of this name.
fn known_taxonomy<'a>(
    file: &File<'_>,
    name: &str,
    context: &SideContext<'a>,
) -> Result<&'a Taxonomy, Vec<SideMistake>> {
    let found = context.taxonomies.iter().find(|taxonomy| taxonomy.id.as_str() == name);
    found.map_or_else(
        || {
            let known: Vec<&str> = context.taxonomies.iter().map(|t| t.id.as_str()).collect();
            file.refuse(format!("there is no taxonomy `{name}`; there are {}", known.join(", ")))
        },
        Ok,
    )
}

/// The taxonomy for a file that names none: the one `--taxonomy` or the like
/// named, or else the first that has all its elements.
fn fitting_taxonomy<'a>(
    file: &File<'_>,
    elements: &[&str],
    context: &SideContext<'a>,
) -> Result<&'a Taxonomy, Vec<SideMistake>> {
    if let Some(named) = context.named {
        return known_taxonomy(file, named.as_str(), context);
    }
    let has = |taxonomy: &&Taxonomy, code: &&str| {
        taxonomy.elements.iter().any(|element| element.code.as_str() == *code)
    };
    // Where none has all, the one that has most shows which names are wrong.
    let best = context
        .taxonomies
        .iter()
        .rev()
        .max_by_key(|taxonomy| elements.iter().filter(|code| has(taxonomy, code)).count());
    best.map_or_else(|| file.refuse("there is no taxonomy to read it with"), Ok)
}

/// That an element is none of the taxonomy's.
fn unknown_element(taxonomy: &Taxonomy, code: &str) -> String {
    let codes = || taxonomy.elements.iter().map(|element| element.code.as_str());
    let advice = did_you_mean(code, codes());
    let advice = advice
        .unwrap_or_else(|| format!("its elements are {}", codes().collect::<Vec<_>>().join(", ")));
    format!("{} has no element `{code}`; {advice}", taxonomy.id)
}

/// A case without an entry.
fn case_of(agreement: &str) -> Case {
    Case { agreement: agreement.into(), entry: None }
}

/// A record without passages or remarks.
fn bare(status: crate::model::Presence) -> Coded {
    Coded { status, evidence: Vec::new(), notes: Vec::new() }
}

/// A coding without cases.
fn empty(file: &File<'_>, kind: CodingKind, taxonomy: &Taxonomy) -> Coding {
    Coding {
        name: file.path.to_owned(),
        kind,
        taxonomy: taxonomy.id.clone(),
        rules: None,
        cases: std::collections::BTreeMap::new(),
        left_out: Vec::new(),
    }
}
