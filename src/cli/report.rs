//! `normtag report`: what the tags of many agreements show together.

use crate::cli::Ending;
use crate::cli::args::{ReportArgs, ReportFormat};
use crate::cli::checked;
use crate::cli::config::Config;
use crate::cli::corpus;
use crate::cli::failure::Failure;
use crate::cli::output::write_to;
use crate::cli::rule_files::RuleFiles;
use crate::cli::site_folder::write_site;
use crate::cli::terminal::Terminal;
use normtag::corpus::export::passages;
use normtag::corpus::{Registry, built_in_tags, parse_tags, read_tags};
use normtag::mapping::{
    Frequency, Mapping, Shared, Similarity, TrendOptions, Trends, frequencies, shared_wording,
    similarity, trends,
};
use normtag::model::{AgreementId, Date, Digest, ListId, Proposals, SourceFile, Tag};
use normtag::report::counted;
use normtag::report::site::{Report, SiteFile, UNCONFIRMED, all_tables, highlights, site};
use normtag::report::tables::{Table, write_json, write_markdown};
use normtag::rules::RuleSet;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// Everything that is computed.
struct Findings {
    mapping: Mapping,
    elements: Vec<Frequency>,
    categories: Vec<Frequency>,
    trends: Option<Trends>,
    similarity: Similarity,
    shared: Vec<Shared>,
}

/// Runs the command.
pub(crate) fn run(
    args: &ReportArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let folder = match (args.format, &args.output) {
        (ReportFormat::Site, None) => {
            let message = "name a folder for the site with -o DIR, or another form with --format";
            return Err(Failure::Asked(message.to_owned()));
        }
        (_, output) => output.as_deref(),
    };
    let rules = RuleFiles::find(&args.rules, config)?.compile(terminal)?;
    let registry = corpus::load(&args.folder, config, terminal)?;
    let file = tags_file(args, config, &rules)?;
    let found = compute(args, &rules, &registry, &file)?;
    let title = format!("Norm elements: {}", rules.taxonomy.name);
    let unconfirmed = is_proposals(&file);
    let made_from = made_from(&file, unconfirmed);
    let serving = serving(&rules);
    let links = args.links.as_deref().map(checked::links).transpose()?.unwrap_or_default();
    let verdicts = args.quotes.as_deref().map(checked::quotes).transpose()?.unwrap_or_default();
    let decisions = args.decisions.as_deref().map(checked::decisions).transpose()?;
    let decisions = args.reviewers.names().tell(&decisions.unwrap_or_default());
    let report = Report {
        title: &title,
        made_from: &made_from,
        unconfirmed,
        mapping: &found.mapping,
        elements: &found.elements,
        categories: &found.categories,
        trends: found.trends.as_ref(),
        similarity: &found.similarity,
        shared: &found.shared,
        lists: &registry.lists,
        groups: &registry.groups,
        rules: &serving,
        links: &links,
        verdicts: &verdicts,
        decisions: &decisions,
        since: args.since.or_else(|| latest_year(&found.mapping)),
    };
    match (args.format, folder) {
        (ReportFormat::Site, Some(folder)) => {
            let mut files = site(&report);
            if args.png {
                let pictures = pictures(&files)?;
                files.extend(pictures);
            }
            write_site(folder, "site", &files)?;
            let written = counted(files.len(), "file");
            let index = folder.join("index.html");
            write_to(None, |out| writeln!(out, "{} ({written})", index.display()))?;
        }
        (ReportFormat::Markdown, output) => {
            write_to(output, |out| markdown(&report, out))?;
        }
        (ReportFormat::Xlsx, output) => workbook(&report, output)?,
        (_, output) => write_to(output, |out| json(&report, out))?,
    }
    Ok(Ending::Clean)
}

/// What the report was made from, and whose words its tags are.
fn made_from(file: &SourceFile, unconfirmed: bool) -> String {
    let whose = if unconfirmed {
        "The tags were proposed by a program; nobody has confirmed them."
    } else {
        "The tags are those that people gave; quotes are theirs, to the letter."
    };
    let (digest, version) = (Digest::of(file.text.as_bytes()), env!("CARGO_PKG_VERSION"));
    format!("Made from {} ({digest}) by normtag {version}. {whose}", file.path)
}

/// The tags the report is made from.
fn tags_file(args: &ReportArgs, config: &Config, rules: &RuleSet) -> Result<SourceFile, Failure> {
    let taxonomy = &rules.taxonomy.id;
    if let Some(path) = &args.tags {
        let text = std::fs::read_to_string(path).map_err(|error| Failure::reading(path, error))?;
        return Ok(SourceFile::new(path.to_string_lossy(), text));
    }
    match args.folder.corpus.as_ref().or(config.corpus.as_ref()) {
        Some(folder) => read_tags(folder, taxonomy).map_err(|error| {
            let path = folder.join("curated").join(format!("{taxonomy}.csv"));
            Failure::reading(&path, error)
        }),
        None => built_in_tags(taxonomy)
            .ok_or_else(|| Failure::Asked(format!("no curated tags for {taxonomy}"))),
    }
}

fn compute(
    args: &ReportArgs,
    rules: &RuleSet,
    registry: &Registry,
    file: &SourceFile,
) -> Result<Findings, Failure> {
    let tags = read_rows(file, rules)?;
    let mapping = Mapping::new(&rules.taxonomy, &tags, &registry.agreements);
    let mapping = match &args.list {
        None => mapping,
        Some(list) => on_list(&mapping, list, registry)?,
    };
    if mapping.agreements.is_empty() {
        return Err(Failure::Asked(format!("{}: no agreements to report on", file.path)));
    }
    let (elements, categories) = frequencies(&mapping);
    let options = TrendOptions { boundaries: args.periods.clone(), ..TrendOptions::default() };
    Ok(Findings {
        trends: trends(&mapping, &options),
        similarity: similarity(&mapping),
        shared: shared_wording(&mapping),
        mapping,
        elements,
        categories,
    })
}

/// The rows of a file of tags, or of proposals that nobody has confirmed.
fn read_rows(file: &SourceFile, rules: &RuleSet) -> Result<Vec<Tag>, Failure> {
    let mut tags: Vec<Tag> = if is_proposals(file) {
        let proposals: Proposals = serde_json::from_str(&file.text).map_err(|error| {
            let what = "not what `normtag tag --format json` writes";
            Failure::Asked(format!("{}: {what}: {error}", file.path))
        })?;
        if proposals.taxonomy != rules.taxonomy.id {
            let (theirs, ours) = (&proposals.taxonomy, &rules.taxonomy.id);
            let message = format!(
                "{}: proposals of {theirs}, not {ours}; name it with --taxonomy",
                file.path
            );
            return Err(Failure::Asked(message));
        }
        passages(&proposals, &rules.taxonomy, &[]).into_iter().map(|one| one.tag).collect()
    } else {
        let parsed = parse_tags(&file.text);
        if let Some((line, mistake)) = parsed.mistakes.first() {
            return Err(Failure::Asked(format!("{}:{line}: {mistake}", file.path)));
        }
        parsed.tags.into_iter().map(|(_, tag)| tag).collect()
    };
    for tag in &mut tags {
        tag.agreement = AgreementId::new(file_name(tag.agreement.as_str()));
    }
    Ok(tags)
}

/// Whether a file holds proposals: they are JSON.
fn is_proposals(file: &SourceFile) -> bool {
    file.text.trim_start().starts_with('{')
}

/// A name as it may stand in the name of a page's file: a path, which stands
/// in place of an id that is not known, leads nowhere.
fn file_name(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("-");
    if name.is_empty() { "unnamed".to_owned() } else { name }
}

fn on_list(mapping: &Mapping, list: &str, registry: &Registry) -> Result<Mapping, Failure> {
    let id = ListId::new(list);
    if registry.list(&id).is_none() {
        let known = registry.lists.iter().map(|list| list.id.as_str());
        let known = known.collect::<Vec<_>>().join(", ");
        return Err(Failure::Asked(format!("there is no list `{list}`; there are {known}")));
    }
    Ok(mapping.filtered(|one| {
        let lists = one.agreement.iter().flat_map(|agreement| &agreement.lists);
        lists.map(|at| &at.list).any(|at| *at == id)
    }))
}

/// The year of the latest agreement: from then on one is new, unless told.
fn latest_year(mapping: &Mapping) -> Option<Date> {
    let year = mapping.agreements.iter().filter_map(normtag::mapping::MappedAgreement::year).max();
    year.map(|year| Date { year, month: None, day: None })
}

/// The rules that serve each element.
fn serving(rules: &RuleSet) -> BTreeMap<String, Vec<(String, String)>> {
    let mut serving: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for rule in &rules.rules {
        let named = (rule.id.as_str().to_owned(), rule.finds.clone());
        serving.entry(rule.element.as_str().to_owned()).or_default().push(named);
    }
    serving
}

/// The charts of a site as PNG.
#[cfg(feature = "png")]
fn pictures(files: &[SiteFile]) -> Result<Vec<SiteFile>, Failure> {
    let painter = normtag::report::site::Painter::new().map_err(Failure::Asked)?;
    let charts = files.iter().filter(|file| file.path.starts_with("charts/"));
    let drawn = charts.map(|chart| {
        let svg = String::from_utf8_lossy(&chart.bytes);
        let failed = |why| Failure::Asked(format!("{}: not drawn: {why}", chart.path));
        let bytes = painter.png(&svg).map_err(failed)?;
        Ok(SiteFile { path: chart.path.replace(".svg", ".png"), bytes })
    });
    drawn.collect()
}

#[cfg(not(feature = "png"))]
fn pictures(_files: &[SiteFile]) -> Result<Vec<SiteFile>, Failure> {
    let message =
        "this normtag was built without PNG; build it with --features png, or take the SVG";
    Err(Failure::Asked(message.to_owned()))
}

/// Every table as a workbook.
#[cfg(feature = "xlsx")]
fn workbook(report: &Report<'_>, output: Option<&Path>) -> Result<(), Failure> {
    let tables = all_tables(report);
    write_to(output, |out| normtag::report::tables::write_xlsx(report.title, &tables, out))
}

#[cfg(not(feature = "xlsx"))]
fn workbook(_report: &Report<'_>, _output: Option<&Path>) -> Result<(), Failure> {
    let message = "this normtag was built without workbooks; build it with --features xlsx";
    Err(Failure::Asked(message.to_owned()))
}

fn markdown(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}\n", report.title)?;
    if report.unconfirmed {
        writeln!(out, "> **{UNCONFIRMED}**\n")?;
    }
    for part in highlights(report) {
        writeln!(out, "## {}\n", part.heading)?;
        for sentence in &part.sentences {
            writeln!(out, "- {sentence}")?;
        }
        writeln!(out)?;
    }
    for table in all_tables(report).iter().filter(|table| table.name != "quotes") {
        write_markdown(table, out)?;
        writeln!(out)?;
    }
    writeln!(out, "{}", report.made_from)
}

fn json(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let tables = all_tables(report).iter().map(as_json).collect::<io::Result<Vec<_>>>()?;
    let findings = highlights(report);
    let findings: Vec<serde_json::Value> = findings
        .iter()
        .map(|part| serde_json::json!({"heading": part.heading, "sentences": part.sentences}))
        .collect();
    let sheet = serde_json::json!({
        "format": 1,
        "kind": "report",
        "title": report.title,
        "made_from": report.made_from,
        "unconfirmed": report.unconfirmed,
        "findings": findings,
        "tables": tables,
    });
    serde_json::to_writer_pretty(&mut *out, &sheet)?;
    writeln!(out)
}

fn as_json(table: &Table) -> io::Result<serde_json::Value> {
    let mut bytes = Vec::new();
    write_json(table, &mut bytes)?;
    Ok(serde_json::from_slice(&bytes)?)
}
