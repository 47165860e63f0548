//! The one integration binary.

#![allow(clippy::unwrap_used, reason = "what helpers of tests unwrap is what the test asserts")]

// How expected output is kept, and a server that misbehaves on request.
mod golden;
mod server;

// From addresses to snapshots.
mod fetch;
// The forms of a coding sheet.
mod report;
