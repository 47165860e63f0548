//! What was typed as a side → a coding; and what the sides are compared on.

use crate::cli::args::{CorpusFolder, RuleArgs};
use crate::cli::config::Config;
use crate::cli::corpus;
use crate::cli::failure::Failure;
use crate::cli::rule_files::RuleFiles;
use crate::cli::terminal::Terminal;
use normtag::corpus::sides::{SideContext, SideMistake, curated_side, proposals_side, read_side};
use normtag::corpus::{Registry, built_in_tags, parse_tags, read_tags};
use normtag::diagnostic::Diagnostic;
use normtag::diff::{Choice, Ground, compare, scores};
use normtag::model::{
    Coding, CodingKind, Crosswalk, DevelopmentText, Digest, Proposals, ReviewerNames, Tag,
    Taxonomy, TaxonomyId,
};
use normtag::reliability::{Name, Options, Reading, Scope};
use normtag::report::{PeopleAgreement, counted};
use normtag::rules::{RuleSet, codebook, crosswalk, development, taxonomies};
use std::path::{Path, PathBuf};

/// All that is needed to read sides and to compare them.
pub(crate) struct Codings {
    /// The rules and the taxonomy that was asked for.
    pub(crate) rules: RuleFiles,
    taxonomies: Vec<Taxonomy>,
    crosswalk: Crosswalk,
    developed: Vec<DevelopmentText>,
    registry: Registry,
    corpus: Option<PathBuf>,
    /// What reviewers of ledgers are called.
    pub(crate) names: ReviewerNames,
}

impl Codings {
    /// Reads codebooks, crosswalk and registry that arguments and
    /// configuration ask for; a mistake in them is drawn, and stops the run.
    pub(crate) fn find(
        rules: &RuleArgs,
        folder: &CorpusFolder,
        config: &Config,
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        let rules = RuleFiles::find(rules, config)?;
        let (crosswalk, mut mistakes) = crosswalk(&rules.files);
        let (developed, more) = development(&rules.files);
        mistakes.extend(more);
        rules.show(&mistakes, terminal);
        if mistakes.iter().any(Diagnostic::is_error) {
            let message = "the rules cannot be used: mistakes as shown above";
            return Err(Failure::Asked(message.to_owned()));
        }
        Ok(Self {
            taxonomies: taxonomies(&rules.files)
                .iter()
                .filter_map(|id| codebook(&rules.files, id))
                .collect(),
            crosswalk,
            developed,
            registry: corpus::load(folder, config, terminal)?,
            corpus: folder.corpus.clone().or_else(|| config.corpus.clone()),
            rules,
            names: ReviewerNames::Keep,
        })
    }

    fn context(&self, by_entry: bool) -> SideContext<'_> {
        let named = self.rules.named.then_some(&self.rules.taxonomy);
        SideContext {
            taxonomies: &self.taxonomies,
            named,
            registry: &self.registry,
            by_entry,
            reviewer: None,
            names: self.names,
        }
    }

    /// Reads the side that was typed: a taxonomy's curated tags, or a file or
    /// folder. A taxonomy's name goes before a file of that name, which can be
    /// typed as `./name`.
    pub(crate) fn read(
        &self,
        typed: &str,
        by_entry: bool,
        terminal: &Terminal,
    ) -> Result<Coding, Failure> {
        self.read_of(typed, None, by_entry, terminal)
    }

    /// Reads a side; of a ledger only what `reviewer` decided, where one is
    /// named.
    pub(crate) fn read_of(
        &self,
        typed: &str,
        reviewer: Option<&str>,
        by_entry: bool,
        terminal: &Terminal,
    ) -> Result<Coding, Failure> {
        let context = SideContext { reviewer, ..self.context(by_entry) };
        let taxonomy = self.taxonomies.iter().find(|taxonomy| taxonomy.id.as_str() == typed);
        let read = match taxonomy {
            Some(taxonomy) => curated_side(&taxonomy.id, self.corpus.as_deref(), &context),
            None if Path::new(typed).exists() => read_side(Path::new(typed), &context),
            None => return Err(self.unknown(typed)),
        };
        let side = sound(typed, read, terminal)?;
        if reviewer.is_some() && side.kind != CodingKind::Decisions {
            return Err(Failure::Asked(format!(
                "{typed} is no ledger of decisions: it has no reviewer to choose"
            )));
        }
        Ok(side)
    }

    /// The rows of a side that is tidy CSV or a taxonomy's curated tags, as they
    /// stand, and where they come from.
    pub(crate) fn rows(&self, typed: &str) -> Result<Vec<Tag>, Failure> {
        let taxonomy = self.taxonomies.iter().find(|taxonomy| taxonomy.id.as_str() == typed);
        let text = match (taxonomy, &self.corpus) {
            (Some(taxonomy), Some(root)) => {
                read_tags(root, &taxonomy.id)
                    .map_err(|error| Failure::reading(&root.join("curated"), error))?
                    .text
            }
            (Some(taxonomy), None) => {
                built_in_tags(&taxonomy.id).map_or_else(String::new, |f| f.text)
            }
            (None, _) => std::fs::read_to_string(typed)
                .map_err(|error| Failure::reading(Path::new(typed), error))?,
        };
        let parsed = parse_tags(text.trim_start_matches('\u{feff}'));
        match parsed.mistakes.first() {
            None => Ok(parsed.tags.into_iter().map(|(_, tag)| tag).collect()),
            Some((line, mistake)) => Err(Failure::Asked(format!(
                "{typed}:{line}: {mistake}; only tidy CSV can be merged into"
            ))),
        }
    }

    /// The curated tags of the taxonomy that was asked for.
    pub(crate) fn curated(&self, terminal: &Terminal) -> Result<Coding, Failure> {
        let id = &self.rules.taxonomy;
        sound(id.as_str(), curated_side(id, self.corpus.as_deref(), &self.context(false)), terminal)
    }

    /// Proposals as a side.
    pub(crate) fn proposals(
        &self,
        name: &str,
        proposals: Proposals,
        terminal: &Terminal,
    ) -> Result<Coding, Failure> {
        sound(name, proposals_side(name, proposals, &self.context(false)), terminal)
    }

    fn unknown(&self, typed: &str) -> Failure {
        let known: Vec<String> = self.taxonomies.iter().map(|t| format!("`{}`", t.id)).collect();
        let known = known.join(", ");
        Failure::Asked(format!(
            "{typed}: no such file or folder, and no taxonomy of this name; the taxonomies are {known}"
        ))
    }

    /// The codebook of a side.
    pub(crate) fn taxonomy(&self, id: &TaxonomyId) -> Result<&Taxonomy, Failure> {
        let found = self.taxonomies.iter().find(|taxonomy| taxonomy.id == *id);
        found.ok_or_else(|| Failure::Asked(format!("there is no taxonomy `{id}`")))
    }

    /// What two sides are compared on.
    pub(crate) fn ground(&self, left: &Coding, right: &Coding) -> Result<Ground<'_>, Failure> {
        Ok(Ground {
            left: self.taxonomy(&left.taxonomy)?,
            right: self.taxonomy(&right.taxonomy)?,
            crosswalk: &self.crosswalk,
            developed: &self.developed,
        })
    }

    /// The digest of the rules at hand, where a side was proposed.
    pub(crate) fn digest(&self, sides: [&Coding; 2]) -> Option<Digest> {
        let proposed = sides.into_iter().find(|side| side.kind == CodingKind::Proposals)?;
        let loaded = RuleSet::load(&self.rules.files, &proposed.taxonomy);
        loaded.rules.map(|rules| rules.digest)
    }

    /// How far people agree with people on the edition of `sides`: its curated
    /// tags against those of every edition that the crosswalk lets compare.
    pub(crate) fn people(&self, sides: [&Coding; 2], options: &Options) -> Vec<PeopleAgreement> {
        if sides[0].taxonomy != sides[1].taxonomy {
            return Vec::new();
        }
        // A corpus of one's own need not have what the editions' people tagged.
        let quiet = |id| {
            let own = curated_side(id, self.corpus.as_deref(), &self.context(false));
            own.or_else(|_| curated_side(id, None, &self.context(false))).ok()
        };
        let Some(own) = quiet(&sides[0].taxonomy) else { return Vec::new() };
        let others = self.taxonomies.iter().filter(|other| other.id != own.taxonomy);
        others
            .filter_map(|other| {
                let other = quiet(&other.id)?;
                let ground = self.ground(&other, &own).ok()?;
                let comparison = compare(&other, &own, &ground, &Choice::default()).ok()?;
                let options = Options {
                    reference: None,
                    by_element: false,
                    by_agreement: false,
                    all_coefficients: false,
                    ..options.clone()
                };
                let mut scores = scores(&comparison, &options).scores;
                scores.retain(|score| {
                    score.scope == Scope::Pooled
                        && score.reading == Reading::Present
                        && matches!(score.name, Name::Agreement | Name::Kappa | Name::Alpha)
                });
                let (left, right) = (other.taxonomy, own.taxonomy.clone());
                Some(PeopleAgreement { left, right, agreements: comparison.cases.len(), scores })
            })
            .collect()
    }
}

/// Tells every mistake in a side; with one it is not used.
pub(crate) fn sound<T>(
    name: &str,
    read: Result<T, Vec<SideMistake>>,
    terminal: &Terminal,
) -> Result<T, Failure> {
    read.map_err(|mistakes| {
        // A file that is wrong throughout needs no list of all its lines.
        const TOLD: usize = 20;
        if let [mistake] = mistakes.as_slice() {
            return Failure::Asked(mistake.to_string());
        }
        for mistake in mistakes.iter().take(TOLD) {
            terminal.error(&mistake.to_string());
        }
        let count = counted(mistakes.len(), "mistake");
        Failure::Asked(format!("{name} cannot be used: {count}, the first of them as shown above"))
    })
}
