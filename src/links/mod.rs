//! Judges an address by what came of asking it: is the document still there,
//! and still the same?
//!
//! Asks nothing itself. [`judge`] takes a visit and the texts before and now;
//! [`History`] remembers earlier runs, since one failure is none; [`addresses`]
//! finds what is to be asked in a file.

mod addresses;
mod changes;
mod history;
mod judge;
mod soft;

pub use crate::model::Archived;
pub use addresses::{Found, addresses};
pub use changes::changes;
pub use history::{History, Run, a_day_apart};
pub use judge::{Judged, Seen, Text, judge};
