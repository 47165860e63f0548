//! What must hold of a file of curated tags, every mistake in its place: what
//! stands in a row, what stands in a cell of the table, and what the files
//! weigh.
//!
//! Changes nothing. Whether a tag is right is not asked here.

mod package;
mod rows;
mod tags;
mod verbatim;

pub use package::check_package;
pub use tags::{TagCounts, check_tags};
pub use verbatim::Verbatim;

use crate::toml_reader::Codes;

/// The codes of mistakes in the shape of the files beside the tags.
const CODES: Codes = Codes {
    not_toml: "D020",
    unknown_key: "D021",
    missing_key: "D022",
    wrong_type: "D023",
    empty: "D024",
};
