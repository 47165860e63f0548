//! `normtag tag`: proposals for every source, as a coding sheet.

use crate::cli::Ending;
use crate::cli::args::TagArgs;
use crate::cli::config::{Config, Count};
use crate::cli::failure::Failure;
use crate::cli::isolate::Isolation;
use crate::cli::output::{self, write_to};
use crate::cli::rule_files::RuleFiles;
use crate::cli::sources::{self, Pending, Sources};
use crate::cli::terminal::Terminal;
use normtag::model::{AgreementId, DocumentProposals, Outcome, Proposals, Snapshot};
use normtag::pipeline::{TagOptions, Tagged, tag_with};
use normtag::report::{Format, Sheet, Style, render};
use std::path::Path;

/// Quotes for each element, unless told.
const EVIDENCE: usize = 3;

/// Runs the command.
pub(crate) fn run(args: &TagArgs, config: &Config, terminal: &Terminal) -> Result<Ending, Failure> {
    let format = format_of(args)?;
    let mut sources = sources::find(&args.source.sources, &args.source.folder, config, terminal)?;
    if let Some(agreement) = &args.agreement {
        sources.belong_to(&AgreementId::new(agreement.as_str()));
    }
    check_outputs(args, &sources)?;
    set_threads(args.threads)?;
    let rules = RuleFiles::find(&args.rules, config)?.compile(terminal)?;
    let options =
        TagOptions { evidence: evidence(args, config), keep_documents: args.text.is_some() };
    let pending = sources.fetch(&args.network, config, terminal)?;
    let progress = terminal.progress(pending.len(), "reading");
    let isolation = Isolation::new(&args.reading, config, terminal)?;
    let extract = |snapshot: &Snapshot| isolation.extract(snapshot);
    let tagged = tag_with(pending, Pending::arrive, extract, &rules, &options, &progress);
    drop(progress);
    for sheet in &tagged.proposals.documents {
        tell(sheet, terminal);
    }
    if let Some(path) = &args.text {
        write_text(path, &tagged)?;
    }
    let color = output::file(args.output.as_deref()).is_none() && terminal.stdout_color();
    let style = Style { width: Terminal::width(), color };
    let sheet = Sheet { proposals: &tagged.proposals, taxonomy: &rules.taxonomy };
    write_to(args.output.as_deref(), |out| render(&sheet, format, style, out))?;
    Ok(ending(&tagged.proposals))
}

/// How many quotes for each element.
fn evidence(args: &TagArgs, config: &Config) -> usize {
    let configured = config.evidence.map(|Count(count)| count);
    let asked = args.evidence.map(u64::from).or(configured);
    asked.map_or(EVIDENCE, |count| usize::try_from(count).unwrap_or(usize::MAX))
}

/// Refuses, before any work, outputs that would overwrite a source or each
/// other, and a text of more than one source.
fn check_outputs(args: &TagArgs, sources: &Sources) -> Result<(), Failure> {
    let sheet = output::file(args.output.as_deref());
    if let Some(sheet) = sheet {
        sources.spare(sheet)?;
    }
    let Some(text) = &args.text else { return Ok(()) };
    let text = output::file(Some(text));
    if let Some(text) = text {
        sources.spare(text)?;
    }
    let same = match (sheet, text) {
        // A device takes both.
        (Some(sheet), Some(_)) if sheet.exists() && !sheet.is_file() => false,
        _ => sheet.map(output::place) == text.map(output::place),
    };
    if same {
        let message = "--text and the sheet cannot go to the same place";
        return Err(Failure::Asked(message.to_owned()));
    }
    if sources.len() != 1 {
        let message =
            format!("--text takes the text of one source, and there are {}", sources.len());
        return Err(Failure::Asked(message));
    }
    Ok(())
}

fn set_threads(threads: Option<u16>) -> Result<(), Failure> {
    let Some(threads) = threads else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads));
    pool.build_global()
        .map_err(|error| Failure::Asked(format!("cannot use {threads} threads: {error}")))
}

/// Says what a person should know of a source before reading its sheet.
pub(crate) fn tell(sheet: &DocumentProposals, terminal: &Terminal) {
    let source = &sheet.source;
    if let Some(reason) = &sheet.reason {
        terminal.error(&format!("{source}: {reason}"));
    }
    for part in &sheet.unread_parts {
        terminal.warn(&format!("{source}: not read: {part}"));
    }
}

/// Clean where every source was read whole; failed where none was read at all.
/// A translation in a language that is not known is no matter, where the
/// agreement was read whole without it.
fn ending(proposals: &Proposals) -> Ending {
    let sheets = &proposals.documents;
    let whole = |sheet: &DocumentProposals| {
        let mut agreements = proposals.agreements.iter();
        sheet.outcome == Outcome::Read
            || sheet.translation
                && sheet.outcome == Outcome::Partial
                && agreements.any(|one| {
                    sheet.agreement.as_ref() == Some(&one.agreement) && one.outcome == Outcome::Read
                })
    };
    let unread = sheets.iter().filter(|sheet| sheet.outcome == Outcome::Unread).count();
    if unread == sheets.len() {
        Ending::Failed
    } else if !sheets.iter().all(whole) {
        Ending::Attention
    } else {
        Ending::Clean
    }
}

fn write_text(path: &Path, tagged: &Tagged) -> Result<(), Failure> {
    let Some(Some(document)) = tagged.documents.first() else { return Ok(()) };
    write_to(Some(path), |out| out.write_all(document.text.as_bytes()))
}

/// The form that was named; or else the one the output's ending asks for, a
/// table where it has none.
fn format_of(args: &TagArgs) -> Result<Format, Failure> {
    let forms = [
        ("txt", Format::Table),
        ("html", Format::Html),
        ("htm", Format::Html),
        ("md", Format::Markdown),
        ("markdown", Format::Markdown),
        ("csv", Format::Csv),
        ("json", Format::Json),
        ("jsonl", Format::Jsonl),
        ("ndjson", Format::Jsonl),
    ];
    let by_ending = || output::form_of(args.output.as_deref(), &forms, Format::Table, "the sheet");
    args.format.map_or_else(by_ending, Ok)
}
