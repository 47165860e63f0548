//! The data that ships with normtag and the files a person names: the only
//! door to the file system besides the store of snapshots.
//!
//! Knows nothing of what a stage does with what it reads.

#![expect(clippy::disallowed_methods, reason = "this is the door to files")]

mod folder;
mod rule_files;

pub use folder::{Folder, is_document, list_folder};
pub use rule_files::{built_in_rules, read_rules};
