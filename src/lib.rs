//! Reads international agreements and proposes which norm elements each one
//! contains, with a citation and a verbatim quote.

pub mod corpus;
pub mod diagnostic;
pub mod extract;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod model;
pub mod pipeline;
pub mod propose;
pub mod report;
pub mod rules;
pub mod scan;
pub mod words;
