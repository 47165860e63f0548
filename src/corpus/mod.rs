//! The data that ships with normtag and the files a person names: the only
//! door to the file system besides the store of snapshots.
//!
//! Knows nothing of what a stage does with what it reads. Texts are read here
//! and nowhere below; what stands in a data file, with every mistake in place,
//! is [`Registry`]; tables that people made become tags in [`import`].

#![expect(clippy::disallowed_methods, reason = "this is the door to files")]

mod agreement_check;
mod agreement_file;
mod data_files;
mod decisions;
mod folder;
mod registry;
mod rule_files;
mod tags;

pub mod import;
pub mod sides;

pub use data_files::{built_in_agreements, read_agreements};
pub use decisions::{parse_decisions, write_decisions};
pub use folder::{Folder, is_document, list_folder};
pub use registry::{LoadedRegistry, Registry};
pub use rule_files::{built_in_rules, read_rules};
pub use tags::{
    HEADER, OTHER, ParsedTags, built_in_tags, parse_tags, read_tags, sort_tags, status_name,
    write_tags_csv, write_tags_json,
};
