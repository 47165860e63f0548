//! Reads international agreements and proposes which norm elements each one
//! contains, with a citation and a verbatim quote.

pub mod diagnostic;
pub mod model;
pub mod propose;
pub mod report;
pub mod rules;
pub mod scan;
pub mod words;
