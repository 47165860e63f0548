//! Proposals and what people decided on them → what is settled, open, deferred
//! or stale; and the page on which they decide.
//!
//! Never rewrites a decision: what is decided anew is an entry of its own.

mod anchors;
mod blind;
mod probes;
mod reviewers;
mod standing;
mod time_spent;
mod unit;

#[cfg(feature = "review")]
pub mod web;

pub use blind::Blind;
pub use probes::{Ground, Probes, View, as_probe, probes_told};
pub use reviewers::{Reviewed, Tally, reviewed};
pub use standing::{Claimed, Standing, decided, shown, standing};
pub use time_spent::{BREAK, time_spent};
pub use unit::{Unit, settled, units};
