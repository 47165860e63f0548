//! The one integration binary.

// How expected output is kept, and a server that misbehaves on request.
mod golden;
mod server;

// From addresses to snapshots.
mod fetch;
// The forms of a coding sheet.
mod report;
