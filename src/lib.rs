//! Reads international agreements and proposes which norm elements each one
//! contains, with a citation and a verbatim quote.

pub mod extract;
pub mod model;
