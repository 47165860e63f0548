//! Reads international agreements and proposes which norm elements each one
//! contains, with a citation and a verbatim quote.

#[cfg(feature = "fetch")]
pub mod fetch;
pub mod model;
pub mod report;
