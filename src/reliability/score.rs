//! A figure and all that is needed to read it: plain data, in the form that
//! JSON gives.

use super::confusion::Confusion;
use serde::{Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// How the three ordered values are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reading {
    /// Present against all else.
    Present,
    /// Present or indirect against absent.
    Any,
    /// The three ordered values. Positive is here what it is in
    /// [`Reading::Any`].
    Values,
}

impl Reading {
    /// All of them, in the order of scores.
    pub const ALL: [Self; 3] = [Self::Present, Self::Any, Self::Values];

    /// Its name in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Any => "any",
            Self::Values => "values",
        }
    }

    /// The least value that is positive.
    pub(super) fn threshold(self) -> usize {
        match self {
            Self::Present => 2,
            Self::Any | Self::Values => 1,
        }
    }
}

/// Which coefficient. The module's front page gives formula and source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Name {
    /// Raw agreement.
    Agreement,
    /// Cohen's kappa; of two coders.
    Kappa,
    /// Kappa with linear weights; of two coders, over the values.
    KappaLinear,
    /// Kappa with quadratic weights; of two coders, over the values.
    KappaQuadratic,
    /// Fleiss' kappa; of three coders or more.
    FleissKappa,
    /// Krippendorff's alpha, nominal.
    Alpha,
    /// Krippendorff's alpha, ordinal; over the values.
    AlphaOrdinal,
    /// Gwet's AC1.
    Ac1,
    /// Gwet's AC2 with ordinal weights; over the values.
    Ac2,
    /// Precision against the reference; micro where the scope has several
    /// elements.
    Precision,
    /// Recall against the reference; micro likewise.
    Recall,
    /// F1 against the reference; micro likewise.
    F1,
    /// The mean precision of the scope's elements.
    MacroPrecision,
    /// The mean recall of the scope's elements.
    MacroRecall,
    /// The mean F1 of the scope's elements.
    MacroF1,
}

impl Name {
    /// All of them, in the order of scores.
    pub const ALL: [Self; 15] = [
        Self::Agreement,
        Self::Kappa,
        Self::KappaLinear,
        Self::KappaQuadratic,
        Self::FleissKappa,
        Self::Alpha,
        Self::AlphaOrdinal,
        Self::Ac1,
        Self::Ac2,
        Self::Precision,
        Self::Recall,
        Self::F1,
        Self::MacroPrecision,
        Self::MacroRecall,
        Self::MacroF1,
    ];

    /// Its name in files and arguments.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agreement => "agreement",
            Self::Kappa => "kappa",
            Self::KappaLinear => "kappa-linear",
            Self::KappaQuadratic => "kappa-quadratic",
            Self::FleissKappa => "fleiss-kappa",
            Self::Alpha => "alpha",
            Self::AlphaOrdinal => "alpha-ordinal",
            Self::Ac1 => "ac1",
            Self::Ac2 => "ac2",
            Self::Precision => "precision",
            Self::Recall => "recall",
            Self::F1 => "f1",
            Self::MacroPrecision => "macro-precision",
            Self::MacroRecall => "macro-recall",
            Self::MacroF1 => "macro-f1",
        }
    }

    /// Whether it is a Krippendorff's alpha, which q belongs to.
    pub(super) fn is_alpha(self) -> bool {
        matches!(self, Self::Alpha | Self::AlphaOrdinal)
    }
}

impl FromStr for Name {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let known = Self::ALL.into_iter().find(|name| name.as_str() == text);
        known.ok_or_else(|| {
            let names: Vec<&str> = Self::ALL.into_iter().map(Self::as_str).collect();
            format!("no score is named \"{text}\"; there are {}", names.join(", "))
        })
    }
}

/// Which cells a score is over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// All of them.
    Pooled,
    /// Those of a category.
    Category(String),
    /// Those of an element.
    Element(String),
    /// Those of an agreement.
    Agreement(String),
}

impl fmt::Display for Scope {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pooled => to.write_str("pooled"),
            Self::Category(label) => write!(to, "category:{label}"),
            Self::Element(label) => write!(to, "element:{label}"),
            Self::Agreement(label) => write!(to, "agreement:{label}"),
        }
    }
}

impl Serialize for Scope {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// Why a score has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// No cell has two ratings.
    NoCells,
    /// Fewer than ten cells are positive, or fewer than ten negative, on
    /// some side, and not all coefficients were asked for.
    TooFew,
    /// It is 0/0: all ratings are the same, or nothing is positive that the
    /// figure is a share of.
    Undefined,
}

/// How `low` and `high` were found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Interval {
    /// Wilson's score interval, which takes the cells as independent.
    Wilson,
    /// Percentiles of a bootstrap.
    Bootstrap,
}

/// What a bootstrap draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Resampled {
    /// Whole agreements, with all their cells of the scope.
    Agreements,
    /// Single cells, because all are of one agreement. Such an interval says
    /// nothing of other agreements.
    Cells,
}

/// One figure, with its 95 % interval and what it rests on.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// Which coefficient.
    pub name: Name,
    /// Over which cells.
    pub scope: Scope,
    /// How the values are read.
    pub reading: Reading,
    /// The figure; never NaN.
    pub value: Option<f64>,
    /// Why there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// The lower end of the interval.
    pub low: Option<f64>,
    /// The upper end of the interval.
    pub high: Option<f64>,
    /// How the interval was found, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// What the bootstrap drew, where the interval is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resampled: Option<Resampled>,
    /// Of alpha: the share of bootstrap rounds below .667, Krippendorff's
    /// lowest for tentative conclusions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub q: Option<f64>,
    /// Cells with two ratings or more.
    pub n: u64,
    /// How many of those cells each coder calls positive, in the table's
    /// order.
    pub positives: Vec<u64>,
    /// How many each calls negative.
    pub negatives: Vec<u64>,
    /// The share of positive ratings among all ratings of those cells.
    pub base_rate: Option<f64>,
    /// Fewer than ten positive or fewer than ten negative on some side. A
    /// value that stands there all the same was asked for.
    pub too_few: bool,
    /// Of macro figures: how many elements have the figure and are averaged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub elements: Option<u64>,
}

/// Two coders' values against each other, over one scope.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ConfusionTable {
    /// Over which cells.
    pub scope: Scope,
    /// Rows are the first coder's absent, indirect and present, columns the
    /// second's.
    pub counts: Confusion<3>,
}

/// All that was computed from a table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reliability {
    /// The coders, in the order of positives and negatives.
    pub coders: Vec<String>,
    /// The coder that precision and recall are against.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// The seed of the bootstrap.
    pub seed: u64,
    /// Its rounds.
    pub rounds: usize,
    /// For two coders: the tables behind the scores.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub confusions: Vec<ConfusionTable>,
    /// The scores, by scope, reading and name.
    pub scores: Vec<Score>,
}

impl Reliability {
    /// The score of this name, scope and reading, where there is one.
    #[must_use]
    pub fn score(&self, name: Name, scope: &Scope, reading: Reading) -> Option<&Score> {
        let is = |score: &&Score| {
            score.name == name && score.reading == reading && score.scope == *scope
        };
        self.scores.iter().find(is)
    }
}
