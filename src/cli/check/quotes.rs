//! `normtag check quotes`: every quote and its citation, held against the text
//! of its agreement.

use crate::cli::Ending;
use crate::cli::args::{CheckFormat, CheckQuotesArgs};
use crate::cli::check::texts::{self, Read};
use crate::cli::config::Config;
use crate::cli::corpus;
use crate::cli::failure::Failure;
use crate::cli::output::{self, write_to};
use crate::cli::rule_files::RuleFiles;
use crate::cli::terminal::Terminal;
use normtag::corpus::import::import;
use normtag::corpus::{
    Registry, built_in_tags, parse_tags, quotes_of_tags, read_quotes, read_tags,
};
use normtag::model::{CheckedQuote, Quote, QuotesReport, SourceFile, Verdict};
use normtag::pipeline::Observer;
use normtag::quotes::check::{Texts, unread};
use normtag::report::{QuotesFormat, Style, counted, quotes_summary, render_quotes};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// Runs the command.
pub(crate) fn run(
    args: &CheckQuotesArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let registry = corpus::load(&args.folder, config, terminal)?;
    let mut quotes = match &args.tags {
        Some(path) => of_file(path, args, config, terminal)?,
        None => curated(args, config)?,
    };
    if let Some(name) = &args.agreement {
        only(&mut quotes, name, &registry)?;
    }
    if quotes.is_empty() {
        let path = args.tags.as_deref().map_or("the curated tags".into(), Path::to_string_lossy);
        return Err(Failure::Asked(format!("{path}: no quotes in it")));
    }
    let read = texts::read(args, &quotes, &registry, config, terminal)?;
    if !args.sources.is_empty() {
        pass_over(&mut quotes, &read, terminal)?;
    }
    let report = QuotesReport { quotes: check(&quotes, &read, terminal) };
    let color = output::file(args.output.as_deref()).is_none() && terminal.stdout_color();
    let style = Style { width: Terminal::width(), color };
    let format = form(args.format);
    write_to(args.output.as_deref(), |out| render_quotes(&report, format, style, out))?;
    if format != QuotesFormat::Table {
        terminal.note(&quotes_summary(&report));
    }
    Ok(ending(&report))
}

/// Failed where there was no text at all; attention where a quote does not
/// hold.
fn ending(report: &QuotesReport) -> Ending {
    let quotes = &report.quotes;
    if quotes.iter().all(|quote| quote.verdict == Verdict::Unread) {
        Ending::Failed
    } else if quotes.iter().all(|quote| quote.verdict.holds()) {
        Ending::Clean
    } else {
        Ending::Attention
    }
}

fn form(format: CheckFormat) -> QuotesFormat {
    match format {
        CheckFormat::Table => QuotesFormat::Table,
        CheckFormat::Json => QuotesFormat::Json,
        CheckFormat::Jsonl => QuotesFormat::Jsonl,
        CheckFormat::Csv => QuotesFormat::Csv,
        CheckFormat::Markdown => QuotesFormat::Markdown,
    }
}

/// The quotes of a file in any of the forms that are read.
fn of_file(
    path: &Path,
    args: &CheckQuotesArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Vec<Quote>, Failure> {
    let bytes = std::fs::read(path).map_err(|error| Failure::reading(path, error))?;
    let name = path.to_string_lossy();
    let wrong = |why: String| Failure::Asked(format!("{name}: {why}"));
    if let Some(read) = std::str::from_utf8(&bytes).ok().and_then(read_quotes) {
        return read.map_err(wrong);
    }
    let taxonomy = RuleFiles::find(&args.rules, config)?.compile(terminal)?.taxonomy;
    let imported = import(&name, &bytes, &taxonomy).map_err(wrong)?;
    for remark in &imported.unread {
        terminal.warn(&format!("{}:{}: not read: {}", remark.path, remark.line, remark.text));
    }
    Ok(quotes_of_tags(&imported.tags))
}

/// The quotes of the curated tags.
fn curated(args: &CheckQuotesArgs, config: &Config) -> Result<Vec<Quote>, Failure> {
    let taxonomy = RuleFiles::find(&args.rules, config)?.taxonomy;
    let file: SourceFile = match args.folder.corpus.as_ref().or(config.corpus.as_ref()) {
        Some(folder) => read_tags(folder, &taxonomy)
            .map_err(|error| Failure::reading(&folder.join("curated"), error))?,
        None => built_in_tags(&taxonomy)
            .ok_or_else(|| Failure::Asked(format!("no curated tags for {taxonomy}")))?,
    };
    let parsed = parse_tags(&file.text);
    if let Some((line, mistake)) = parsed.mistakes.first() {
        return Err(Failure::Asked(format!("{}:{line}: {mistake}", file.path)));
    }
    Ok(quotes_of_tags(parsed.tags.iter().map(|(_, tag)| tag)))
}

/// Keeps the quotes of one agreement.
fn only(quotes: &mut Vec<Quote>, name: &str, registry: &Registry) -> Result<(), Failure> {
    let id = registry.find(name).map_or(name, |agreement| agreement.id.as_str());
    let names: Vec<String> = texts::agreements(quotes);
    quotes.retain(|quote| quote.agreement == id);
    if quotes.is_empty() {
        let names = names.join(", ");
        return Err(Failure::Asked(format!("no quotes of {id}; there are quotes of {names}")));
    }
    Ok(())
}

/// Leaves out the quotes of agreements for which no text was named.
fn pass_over(quotes: &mut Vec<Quote>, read: &Read, terminal: &Terminal) -> Result<(), Failure> {
    let all = quotes.len();
    quotes.retain(|quote| read.knows(&quote.agreement));
    if quotes.is_empty() {
        let message = "no quote is of an agreement whose text was named; say which agreement a \
                       text belongs to with --source ID=FILE";
        return Err(Failure::Asked(message.to_owned()));
    }
    let left = all - quotes.len();
    if left > 0 {
        let left = counted(left, "quote");
        terminal.note(&format!("{left} of agreements without a --source passed over"));
    }
    Ok(())
}

/// Every quote in its order; agreements side by side.
fn check(quotes: &[Quote], read: &Read, terminal: &Terminal) -> Vec<CheckedQuote> {
    let mut by_agreement: BTreeMap<&str, Vec<(usize, &Quote)>> = BTreeMap::new();
    for (at, quote) in quotes.iter().enumerate() {
        by_agreement.entry(&quote.agreement).or_default().push((at, quote));
    }
    let progress = terminal.progress(by_agreement.len(), "checking");
    let groups: Vec<_> = by_agreement.into_iter().collect();
    let checked: Vec<(usize, CheckedQuote)> = groups
        .into_par_iter()
        .flat_map_iter(|(agreement, quotes)| {
            let checked = of_agreement(agreement, &quotes, read);
            progress.done(agreement);
            checked
        })
        .collect();
    let mut checked = checked;
    checked.sort_by_key(|(at, _)| *at);
    checked.into_iter().map(|(_, quote)| quote).collect()
}

fn of_agreement(
    agreement: &str,
    quotes: &[(usize, &Quote)],
    read: &Read,
) -> Vec<(usize, CheckedQuote)> {
    let documents = read.documents(agreement);
    if documents.is_empty() {
        let reason = read.reason(agreement);
        return quotes.iter().map(|(at, quote)| (*at, unread(quote, &reason))).collect();
    }
    let texts = Texts::new(documents);
    quotes.iter().map(|(at, quote)| (*at, texts.check(quote))).collect()
}
