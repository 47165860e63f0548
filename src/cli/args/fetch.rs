//! Arguments of `normtag fetch`.

use super::{CorpusFolder, NetworkArgs};
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(after_help = "\
What is kept by --attach is marked as saved by hand, and is not fetched anew unless \
--refresh says so. robots.txt is obeyed here and by `check links`, where addresses go \
through in bulk; `tag` and `extract` read the page a person names, as a browser does.")]
pub(crate) struct FetchArgs {
    /// Addresses
    #[arg(required = true, value_name = "URL")]
    pub(crate) urls: Vec<String>,
    /// Keep this file, saved by hand, as what the address shows: for sites that
    /// block programs (one URL only)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["warc", "archive_lookup", "archive_save"])]
    pub(crate) attach: Option<PathBuf>,
    /// Write all that was exchanged to a WARC file (.warc.gz)
    #[arg(long, value_name = "FILE")]
    pub(crate) warc: Option<PathBuf>,
    /// Fetch although the site's robots.txt asks programs not to
    #[arg(long)]
    pub(crate) ignore_robots: bool,
    #[command(flatten)]
    pub(crate) archive: ArchiveArgs,
    /// Ask the archive to take copies of the addresses; nothing is submitted
    /// without this
    #[arg(long, help_heading = "Archive")]
    pub(crate) archive_save: bool,
    #[command(flatten)]
    pub(crate) folder: CorpusFolder,
    #[command(flatten)]
    pub(crate) network: NetworkArgs,
}

/// Where copies of what is gone are looked for.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Archive")]
pub(crate) struct ArchiveArgs {
    /// Look in a web archive for what an address no longer gives. A copy counts
    /// only if it holds the quotes that rest on the address
    #[arg(long)]
    pub(crate) archive_lookup: bool,
    /// Archive to ask: what the address is put behind
    #[arg(long, value_name = "URL", default_value = "https://web.archive.org/web/")]
    pub(crate) archive_base: String,
}
