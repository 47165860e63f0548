//! The data that ships with normtag and the files a person names: the only
//! door to the file system besides the store of snapshots.
//!
//! Knows nothing of what a stage does with what it reads. Texts are read here
//! and nowhere below; what stands in a data file, with every mistake in place,
//! is [`Registry`]; tables that people made become tags in [`import`].

#![expect(clippy::disallowed_methods, reason = "this is the door to files")]

mod agreement_check;
mod agreement_file;
mod agreement_writer;
mod data_files;
mod decisions;
mod folder;
mod marks;
mod ledger;
mod quotes;
mod registry;
mod release_file;
mod rule_files;
mod tags;
mod validate;

pub mod export;
pub mod import;
pub mod sides;

pub use agreement_writer::{binding, space, write_agreement};
pub use data_files::{
    CorpusFiles, built_in_agreements, built_in_corpus, built_in_tags, read_agreements, read_corpus,
    read_tags,
};
pub use decisions::{parse_decisions, write_decisions};
pub use folder::{Folder, is_document, list_folder};
pub use ledger::{Ledger, LedgerText, OpenedLedger, parse_ledger};
pub use quotes::{quotes_of_tags, read_quotes};
pub use registry::{LoadedRegistry, Registry, proposed_id};
pub use release_file::{built_in_release, parse_release, read_release};
pub use rule_files::{built_in_rules, read_rules};
pub use sides::decided::is_ledger;
pub use tags::{
    HEADER, OTHER, ParsedTags, TagRow, parse_tags, sort_tags, status_name, write_tags_csv,
    write_tags_json,
};
pub use validate::{TagCounts, Verbatim, check_package, check_tags};
