//! The one integration binary.

#![allow(clippy::unwrap_used, reason = "what helpers of tests unwrap is what the test asserts")]

// How expected output is kept, codings by hand, reference material, and a
// server that misbehaves on request.
mod coding;
mod golden;
mod server;
mod shared;
mod tagging;

// The program run as a person would run it.
mod program;

// The command line.
mod cli;
// Rule files that ship, and mistakes in rule files.
mod rules;
// From addresses to snapshots.
mod fetch;
// Files made by hand, as small as a test needs them, and what becomes of
// their bytes: every format, and what cannot be read.
mod build;
mod extract;
// The forms of a coding sheet.
mod report;
// What holds the house up, and laws that hold for any text.
mod layers;
mod properties;
// Proposals beside texts coded by hand.
mod gold;
mod samples;
