//! The table of ratings: cells, what each coder said of them, and the labels
//! by which scores are grouped. It computes nothing.

use crate::model::{Presence, Status};
use serde::Serialize;
use std::fmt;

/// A rating on the ordered scale of the codebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Value {
    /// 0: neither present nor indirect.
    Absent,
    /// 1: the subject is touched without a commitment.
    Indirect,
    /// 2: a commitment.
    Present,
}

impl Value {
    /// The rating that a record makes; `None` (missing) where the coder did
    /// not assess the cell.
    #[must_use]
    pub fn of(presence: Presence) -> Option<Self> {
        match presence {
            Presence::Absent => Some(Self::Absent),
            Presence::Indirect => Some(Self::Indirect),
            Presence::Present => Some(Self::Present),
            Presence::NotAssessed => None,
        }
    }

    /// Its place on the scale: 0, 1 or 2.
    pub(super) fn place(self) -> usize {
        match self {
            Self::Absent => 0,
            Self::Indirect => 1,
            Self::Present => 2,
        }
    }
}

impl From<Status> for Value {
    fn from(status: Status) -> Self {
        match status {
            Status::Present => Self::Present,
            Status::Indirect => Self::Indirect,
        }
    }
}

/// One unit: an element of an agreement, with every coder's rating of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The agreement, which is what the bootstrap draws.
    pub agreement: String,
    /// The element.
    pub element: String,
    /// The category the element stands in, where there is one.
    pub category: Option<String>,
    /// One rating for each coder of the table, in its order; `None` is
    /// missing.
    pub values: Vec<Option<Value>>,
}

/// Ratings of cells by coders.
///
/// The order of cells changes no result. A cell given twice counts twice: who
/// fills the table decides what a cell is.
#[derive(Debug, Clone)]
pub struct Table {
    coders: Vec<String>,
    cells: Vec<Cell>,
}

impl Table {
    /// An empty table for these coders.
    ///
    /// # Errors
    /// Where there are fewer than two: agreement is between coders.
    pub fn new<S: Into<String>>(coders: impl IntoIterator<Item = S>) -> Result<Self, TableError> {
        let coders: Vec<String> = coders.into_iter().map(Into::into).collect();
        if coders.len() < 2 {
            return Err(TableError::TooFewCoders(coders.len()));
        }
        Ok(Self { coders, cells: Vec::new() })
    }

    /// Adds a cell.
    ///
    /// # Errors
    /// Where it does not hold one rating, or a gap, for each coder.
    pub fn push(&mut self, cell: Cell) -> Result<(), TableError> {
        if cell.values.len() != self.coders.len() {
            return Err(TableError::WrongLength {
                agreement: cell.agreement,
                element: cell.element,
                found: cell.values.len(),
                coders: self.coders.len(),
            });
        }
        self.cells.push(cell);
        Ok(())
    }

    /// The coders' names, in the order of the ratings.
    #[must_use]
    pub fn coders(&self) -> &[String] {
        &self.coders
    }

    /// The cells, in the order they were added.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }
}

/// Why a table cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableError {
    /// Agreement needs two coders.
    TooFewCoders(usize),
    /// A cell whose ratings are not one for each coder.
    WrongLength {
        /// Its agreement.
        agreement: String,
        /// Its element.
        element: String,
        /// How many ratings it has.
        found: usize,
        /// How many coders there are.
        coders: usize,
    },
}

impl fmt::Display for TableError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooFewCoders(found) => {
                write!(to, "agreement is measured between two coders or more; there is {found}")
            }
            Self::WrongLength { agreement, element, found, coders } => write!(
                to,
                "{agreement}, {element}: {found} ratings for {coders} coders; \
                 give one for each, or a gap where it is missing"
            ),
        }
    }
}

impl std::error::Error for TableError {}
