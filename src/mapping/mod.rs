//! What the tags of many agreements show together: the matrix, how frequent
//! each element is, what rises and what declines, which agreements are alike,
//! and which use the same words.
//!
//! Computes, and lays nothing out. Every figure comes with its number of
//! agreements and, where it is a share, an interval.

mod frequency;
mod matrix;
mod similarity;
mod trend;
mod wording;

pub use frequency::{Frequency, Share, frequencies, share};
pub use matrix::{MappedAgreement, MappedCell, Mapping};
pub use similarity::{Neighbour, Similarity, similarity};
pub use trend::{Direction, Period, Point, Trend, TrendOptions, Trends, trends};
pub use wording::{Run, Shared, WORDS, shared_wording};
