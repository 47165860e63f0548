//! The one integration binary.

// How expected output is kept.
mod golden;

// The forms of a coding sheet.
mod report;
