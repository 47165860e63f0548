//! Sources that a command tags on its way to something else: a comparison, an
//! impact, a calibration. Those that were not read are told, and the others go
//! on.

use crate::cli::args::{NetworkArgs, ReadingArgs};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::isolate::Isolation;
use crate::cli::sources::{Pending, Sources};
use crate::cli::terminal::Terminal;
use normtag::model::Snapshot;
use normtag::pipeline::{TagOptions, Tagged, tag_with};
use normtag::rules::RuleSet;

/// Tags `sources` with `rules`; an error where none of them was read.
pub(crate) fn tag_all(
    sources: Sources,
    rules: &RuleSet,
    options: &TagOptions,
    (network, reading): (&NetworkArgs, &ReadingArgs),
    config: &Config,
    terminal: &Terminal,
) -> Result<Tagged, Failure> {
    let pending = sources.fetch(network, config, terminal)?;
    let isolation = Isolation::new(reading, config, terminal)?;
    let extract = |snapshot: &Snapshot| isolation.extract(snapshot);
    let progress = terminal.progress(pending.len(), "reading");
    let tagged = tag_with(pending, Pending::arrive, extract, rules, options, &progress);
    drop(progress);
    let sheets = &tagged.proposals.documents;
    for sheet in sheets {
        if let Some(reason) = &sheet.reason {
            terminal.error(&format!("{}: {reason}", sheet.source));
        }
    }
    if sheets.iter().all(|sheet| sheet.reason.is_some()) {
        return Err(Failure::Asked("nothing was read, so there is nothing to compare".to_owned()));
    }
    Ok(tagged)
}
