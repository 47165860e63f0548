//! What became of one address, with all that was exchanged for it.

use crate::fetch::{Exchange, Fetched};
use crate::model::Snapshot;

/// One address asked, or taken from the store.
#[derive(Debug)]
pub struct Visit {
    /// The address as it was named.
    pub source: String,
    /// The document, or why there is none.
    pub fetched: Fetched,
    /// Every request and its answer, in order; none where the store had it.
    pub exchanges: Vec<Exchange>,
    /// The copy the store had before.
    pub before: Option<Snapshot>,
    /// Whether the document is the copy the store had before, to the byte and
    /// at the same address.
    pub unchanged: bool,
}

impl Visit {
    pub(crate) fn of(source: &str, fetched: Fetched) -> Self {
        Self {
            source: source.to_owned(),
            fetched,
            exchanges: Vec::new(),
            before: None,
            unchanged: false,
        }
    }
}
