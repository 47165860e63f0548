//! Arguments of `normtag diff`.

use super::{CorpusFolder, NetworkArgs, ReadingArgs, Reviewers, RuleArgs};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum, value_parser};
use normtag::model::Change;
use normtag::reliability::{Name, Reading};
use normtag::report::DiffFormat;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "\
A side is a file of proposals (JSON), tidy CSV, a coding (JSON), a table that `corpus import` \
reads, a ledger of decisions that `review` wrote, a folder of such files, or a taxonomy's name for \
its curated tags. Of a ledger the last decision on each cell is taken; what was left for later is \
not assessed.

Exit status: 0 no cell differs (or every --fail-under is met); 1 some do (or one is not met); \
2 the sides cannot be compared. With --base: 1 while a cell is undecided or deferred.

Examples:
  normtag diff proposals.json tags.csv -o differences.html
  normtag diff last-release.csv tags.csv --change removed
  normtag diff decisions.jsonl decisions.jsonl --left-reviewer Ada --right-reviewer Grace
  normtag diff --as paris-call-2018 paris-call.pdf --fail-under f1=0.8
  normtag diff --base last-release.csv tags.csv proposals.json --decisions decisions.csv \\
    --merged tags-new.csv")]
pub(crate) struct DiffArgs {
    /// The first side; alone, it is compared with the curated tags, and a
    /// document (address, agreement) is tagged first
    #[arg(value_name = "LEFT")]
    pub(crate) left: String,
    /// The second side
    #[arg(value_name = "RIGHT")]
    pub(crate) right: Option<String>,
    /// Agreement that a single source belongs to, such as paris-call-2018
    #[arg(long = "as", value_name = "ID", conflicts_with = "right")]
    pub(crate) agreement: Option<String>,
    /// Form of the output [default: table]
    #[arg(long, value_name = "FORM", value_parser = parse_format)]
    pub(crate) format: Option<DiffFormat>,
    /// File in place of standard output (`-`); its ending chooses the form
    /// where --format does not
    #[arg(long, short, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Write the figures as CSV to a file too
    #[arg(long, value_name = "FILE")]
    pub(crate) scores: Option<PathBuf>,
    /// Of LEFT, a ledger of decisions, only what this reviewer decided
    #[arg(long, value_name = "NAME", conflicts_with = "base")]
    pub(crate) left_reviewer: Option<String>,
    /// Of RIGHT, a ledger of decisions, only what this reviewer decided
    #[arg(long, value_name = "NAME", requires = "right", conflicts_with = "base")]
    pub(crate) right_reviewer: Option<String>,
    /// Of a ledger, whether reviewers go by their names or by numbers, in each
    /// ledger from 1; files go by their names
    #[arg(long, value_name = "WHAT", value_parser = told_apart(), default_value = "keep")]
    pub(crate) reviewers: Reviewers,
    #[command(flatten)]
    pub(crate) choice: ChoiceArgs,
    #[command(flatten)]
    pub(crate) merge: MergeArgs,
    #[command(flatten)]
    pub(crate) figures: FigureArgs,
    #[command(flatten)]
    pub(crate) folder: CorpusFolder,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
    #[command(flatten)]
    pub(crate) reading: ReadingArgs,
}

/// What is compared, and what of it is shown.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "What is compared")]
pub(crate) struct ChoiceArgs {
    /// Only this agreement (repeatable)
    #[arg(long = "agreement", value_name = "ID")]
    pub(crate) agreements: Vec<String>,
    /// Only this element (repeatable)
    #[arg(long = "element", value_name = "CODE")]
    pub(crate) elements: Vec<String>,
    /// Show only this kind of change; figures are over all cells (repeatable)
    #[arg(long = "change", value_enum, value_name = "KIND")]
    pub(crate) changes: Vec<ChangeKind>,
    /// What a cell belongs to: an agreement, or an entry of an edition, where
    /// an agreement was entered twice
    #[arg(long, value_enum, value_name = "WHAT", default_value = "agreement")]
    pub(crate) by: By,
}

/// What a cell belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum By {
    /// Two entries of one agreement are merged: the stronger value stands
    Agreement,
    /// Each entry by itself
    Entry,
}

/// Kinds of change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum ChangeKind {
    /// Absent on the left, there on the right
    Added,
    /// There on the left, absent on the right
    Removed,
    /// Indirect on the left, present on the right
    Strengthened,
    /// Present on the left, indirect on the right
    Weakened,
    /// The same value on both sides
    Same,
    /// Not assessed by a side
    NotComparable,
    /// The same value, on other passages
    Evidence,
}

impl ChangeKind {
    /// The change; none for what is none of the values.
    pub(crate) fn change(self) -> Option<Change> {
        Some(match self {
            Self::Added => Change::Added,
            Self::Removed => Change::Removed,
            Self::Strengthened => Change::Strengthened,
            Self::Weakened => Change::Weakened,
            Self::Same => Change::Same,
            Self::NotComparable => Change::NotComparable,
            Self::Evidence => return None,
        })
    }
}

/// A third side, and what is decided of the three.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Reconcile edited tags (LEFT) and new proposals (RIGHT)")]
pub(crate) struct MergeArgs {
    /// The last release: only what changed since, and was not decided, is asked
    #[arg(long, value_name = "SIDE", requires = "right",
          conflicts_with_all = ["fail_under", "reference", "scores", "all_coefficients"])]
    pub(crate) base: Option<String>,
    /// CSV of decisions: read where it is there, and written anew with what is
    /// asked; fill in its columns decision (accept, keep, defer) and reason
    #[arg(long, value_name = "FILE", requires = "base")]
    pub(crate) decisions: Option<PathBuf>,
    /// Write the edited tags with what was accepted, as tidy CSV
    #[arg(long, value_name = "FILE", requires = "base")]
    pub(crate) merged: Option<PathBuf>,
    /// Decide so of everything that is open and no conflict; --agreement,
    /// --element and --change narrow it
    #[arg(long, value_enum, value_name = "DECISION", requires = "base")]
    pub(crate) take: Option<Take>,
}

/// A decision for all that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Take {
    /// Take what is proposed
    Accept,
    /// Keep the edited tags
    Keep,
    /// Decide later
    Defer,
}

/// How far the sides agree.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Figures")]
pub(crate) struct FigureArgs {
    /// Exit with 1 where a figure over all cells is below this, and only then,
    /// such as kappa=0.6 or f1@any=0.8; readings are present (the default), any
    /// and values (repeatable)
    #[arg(long, value_name = "NAME[@READING]=VALUE", value_parser = parse_floor)]
    pub(crate) fail_under: Vec<Floor>,
    /// Side that precision, recall and F1 are against [default: the one that is
    /// not proposals]
    #[arg(long, value_enum, value_name = "SIDE")]
    pub(crate) reference: Option<Reference>,
    /// Give coefficients over too few cells too, marked
    #[arg(long)]
    pub(crate) all_coefficients: bool,
    /// Rounds of the bootstrap
    #[arg(long, value_name = "N", default_value_t = normtag::reliability::ROUNDS,
          value_parser = parse_rounds)]
    pub(crate) rounds: usize,
    /// Seed of the bootstrap
    #[arg(long, value_name = "N", default_value_t = normtag::reliability::SEED,
          value_parser = value_parser!(u64))]
    pub(crate) seed: u64,
}

/// A side as the reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Reference {
    /// The first
    Left,
    /// The second
    Right,
}

/// The least a figure may be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Floor {
    /// The figure.
    pub(crate) name: Name,
    /// How the values are read.
    pub(crate) reading: Reading,
    /// The least it may be.
    pub(crate) value: f64,
}

fn parse_floor(text: &str) -> Result<Floor, String> {
    let (figure, value) = text.split_once('=').ok_or("write a name, = and a number: kappa=0.6")?;
    let (name, reading) = figure.split_once('@').map_or((figure, None), |(n, r)| (n, Some(r)));
    let name: Name = name.parse()?;
    let reading = match reading {
        None if matches!(name, Name::KappaLinear | Name::KappaQuadratic) => Reading::Values,
        None if matches!(name, Name::AlphaOrdinal | Name::Ac2) => Reading::Values,
        None => Reading::Present,
        Some(typed) => {
            let found = Reading::ALL.into_iter().find(|reading| reading.as_str() == typed);
            found
                .ok_or_else(|| format!("`{typed}` is no reading; there are present, any, values"))?
        }
    };
    let value: f64 = value.parse().map_err(|_| format!("`{value}` is not a number"))?;
    if !(-1.0..=1.0).contains(&value) {
        return Err(format!("{value} is not between -1 and 1, as figures are"));
    }
    Ok(Floor { name, reading, value })
}

fn parse_rounds(text: &str) -> Result<usize, String> {
    let rounds: usize = text.parse().map_err(|_| format!("`{text}` is not a whole number"))?;
    if rounds > 1_000_000 {
        return Err("a million rounds are enough".to_owned());
    }
    Ok(rounds)
}

/// The form with this name.
fn parse_format(name: &str) -> Result<DiffFormat, String> {
    let found = DiffFormat::ALL.into_iter().find(|format| format.as_str() == name);
    found.ok_or_else(|| {
        let names: Vec<&str> = DiffFormat::ALL.iter().map(|format| format.as_str()).collect();
        format!("the forms are {}", names.join(", "))
    })
}

/// What a comparison can tell of reviewers: it has to tell them apart.
fn told_apart() -> impl TypedValueParser<Value = Reviewers> {
    PossibleValuesParser::new(["number", "keep"]).map(|told| match told.as_str() {
        "number" => Reviewers::Number,
        _ => Reviewers::Keep,
    })
}
