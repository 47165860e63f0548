//! `normtag tag`: proposals for every source, as a coding sheet.

use crate::cli::Ending;
use crate::cli::args::TagArgs;
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::output::write_to;
use crate::cli::rule_files::RuleFiles;
use crate::cli::sources::{self, Pending};
use crate::cli::terminal::Terminal;
use normtag::model::{AgreementId, DocumentProposals, Outcome};
use normtag::pipeline::{TagOptions, Tagged, tag};
use normtag::report::{Format, Sheet, Style, render};
use std::path::Path;

/// Quotes for each element, unless told.
const EVIDENCE: usize = 3;

/// Runs the command.
pub(crate) fn run(args: &TagArgs, config: &Config, terminal: &Terminal) -> Result<Ending, Failure> {
    set_threads(args.threads)?;
    let rules = RuleFiles::find(&args.rules, config)?.compile(terminal)?;
    let options = TagOptions {
        agreement: args.agreement.as_deref().map(AgreementId::new),
        evidence: args.evidence.or(config.evidence).unwrap_or(EVIDENCE),
        keep_documents: args.text.is_some(),
    };
    let pending = sources::collect(&args.source.sources, &args.network, config, terminal)?;
    let progress = terminal.progress(pending.len(), "reading");
    let tagged = tag(pending, Pending::arrive, &rules, &options, &progress);
    drop(progress);
    for sheet in &tagged.proposals.documents {
        tell(sheet, terminal);
    }
    if let Some(path) = &args.text {
        write_text(path, &tagged)?;
    }
    let format = args.format.or_else(|| ending_of(args.output.as_deref()));
    let format = format.unwrap_or(Format::Table);
    let color = args.output.is_none() && terminal.stdout_color();
    let style = Style { width: Terminal::width(), color };
    let sheet = Sheet { proposals: &tagged.proposals, taxonomy: &rules.taxonomy };
    write_to(args.output.as_deref(), |out| render(&sheet, format, style, out))?;
    Ok(ending(&tagged.proposals.documents))
}

fn set_threads(threads: Option<usize>) -> Result<(), Failure> {
    let Some(threads) = threads else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
    pool.build_global()
        .map_err(|error| Failure::Asked(format!("cannot use {threads} threads: {error}")))
}

/// Says what a person should know of a source before reading its sheet.
fn tell(sheet: &DocumentProposals, terminal: &Terminal) {
    let source = &sheet.source;
    if let Some(reason) = &sheet.reason {
        terminal.error(&format!("{source}: {reason}"));
    }
    for part in &sheet.unread_parts {
        terminal.warn(&format!("{source}: not read: {part}"));
    }
}

/// Clean where every source was read whole; failed where none was read at all.
fn ending(sheets: &[DocumentProposals]) -> Ending {
    let unread = sheets.iter().filter(|sheet| sheet.outcome == Outcome::Unread).count();
    if unread == sheets.len() {
        Ending::Failed
    } else if sheets.iter().any(|sheet| sheet.outcome != Outcome::Read) {
        Ending::Attention
    } else {
        Ending::Clean
    }
}

fn write_text(path: &Path, tagged: &Tagged) -> Result<(), Failure> {
    let [document] = tagged.documents.as_slice() else {
        let count = tagged.documents.len();
        let message = format!("--text takes the text of one source, and there are {count}");
        return Err(Failure::Asked(message));
    };
    let Some(document) = document else { return Ok(()) };
    write_to(Some(path), |out| out.write_all(document.text.as_bytes()))
}

/// The form a file's ending asks for.
fn ending_of(path: Option<&Path>) -> Option<Format> {
    let ending = path?.extension()?.to_str()?.to_lowercase();
    Some(match ending.as_str() {
        "csv" => Format::Csv,
        "htm" | "html" => Format::Html,
        "json" => Format::Json,
        "jsonl" | "ndjson" => Format::Jsonl,
        "md" | "markdown" => Format::Markdown,
        _ => return None,
    })
}
