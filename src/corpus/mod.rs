//! The data that ships with normtag and the files a person names: the only
//! door to the file system besides the store of snapshots.
//!
//! Knows nothing of what a stage does with what it reads.

#![expect(clippy::disallowed_methods, reason = "this is the door to files")]

mod folder;
mod lists;
mod rule_files;
mod tags;

pub mod import;

pub use folder::{Folder, is_document, list_folder};
pub use lists::agreements_on;
pub use rule_files::{built_in_rules, read_rules};
pub use tags::{
    HEADER, OTHER, built_in_tags, parse_tags, sort_tags, status_name, write_tags_csv,
    write_tags_json,
};
