//! `normtag rules impact`: what a change to the rules does, over documents.

use crate::cli::Ending;
use crate::cli::args::{ImpactArgs, ImpactFormat, RuleArgs};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::output::{self, write_to};
use crate::cli::rule_files::RuleFiles;
use crate::cli::sides::Codings;
use crate::cli::sources;
use crate::cli::tagged::tag_all;
use crate::cli::terminal::Terminal;
use normtag::corpus::built_in_rules;
use normtag::diff::{Choice, PassageChange, compare, passage_changes, scores};
use normtag::model::{
    AgreementId, Coded, Coding, CodingKind, ComparedCase, ComparedCell, Comparison, Presence,
};
use normtag::pipeline::{TagOptions, Tagged, tag_again};
use normtag::reliability::Options;
use normtag::report::{
    ChangedCell, ImpactFigures, ImpactReport, Style, value_word, write_impact_json,
    write_impact_markdown, write_impact_table,
};
use std::path::{Path, PathBuf};

/// The base that is the rules in the program.
const BUILT_IN: &str = "built-in";

/// Runs the command.
pub(crate) fn run(
    args: &ImpactArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let codings = Codings::find(&args.rules, &args.source.folder, config, terminal)?;
    let base = Base::find(args, &codings)?;
    let read: Vec<&str> =
        std::iter::once(&args.base).chain(&args.against).map(String::as_str).collect();
    output::spare(args.output.as_deref(), &read)?;
    let against = args.against.as_deref();
    let against = against.map(|side| codings.read(side, false, terminal)).transpose()?;
    let tagged = tag_sources(args, &codings, config, terminal)?;
    let evidence = count(args);
    let before = match base {
        Base::Proposals(path) => codings.read(&path, false, terminal)?,
        Base::Rules(files) => {
            let again = tag_again(&tagged, &files.compile(terminal)?, evidence);
            codings.proposals(&args.base, again, terminal)?
        }
    };
    if before.kind != CodingKind::Proposals {
        let base = &args.base;
        return Err(Failure::Asked(format!(
            "{base}: not rules and not proposals, but tags that people gave; name those with --against"
        )));
    }
    let named = args.rules.rules.as_ref().or(config.rules.as_ref());
    let named = named.map_or(BUILT_IN.to_owned(), |folder| folder.display().to_string());
    let now = codings.proposals(&named, tagged.proposals, terminal)?;
    let compared = |one: &Coding, other: &Coding| {
        let ground = codings.ground(one, other)?;
        compare(one, other, &ground, &Choice::default())
            .map_err(|why| Failure::Asked(why.to_string()))
    };
    let comparison = compared(&before, &now)?;
    let people = match &against {
        Some(against) => Some((compared(&before, against)?, compared(&now, against)?)),
        None => None,
    };
    let figures = people.as_ref().map(|(before, now)| figures(before, now));
    let people = people.as_ref().map(|(_, now)| now);
    let changes = passage_changes(&comparison);
    let cells: Vec<ChangedCell<'_>> =
        changes.iter().map(|change| changed(&comparison, change, people)).collect();
    let report =
        ImpactReport { comparison: &comparison, changes: &cells, figures: figures.as_ref() };
    let color = output::file(args.output.as_deref()).is_none() && terminal.stdout_color();
    let style = Style { width: Terminal::width(), color };
    write_to(args.output.as_deref(), |out| match args.format {
        ImpactFormat::Table => write_impact_table(&report, style, out),
        ImpactFormat::Json => write_impact_json(&report, out),
        ImpactFormat::Markdown => write_impact_markdown(&report, out),
    })?;
    Ok(if cells.is_empty() { Ending::Clean } else { Ending::Attention })
}

/// The rules as they were.
enum Base {
    Rules(Box<RuleFiles>),
    Proposals(String),
}

impl Base {
    fn find(args: &ImpactArgs, codings: &Codings) -> Result<Self, Failure> {
        let taxonomy = codings.rules.taxonomy.clone();
        let path = Path::new(&args.base);
        if args.base == BUILT_IN && !path.exists() {
            let files = built_in_rules();
            return Ok(Self::Rules(Box::new(RuleFiles {
                files,
                taxonomy,
                named: true,
                own: false,
            })));
        }
        if path.is_dir() {
            let rules =
                RuleArgs { rules: Some(PathBuf::from(path)), taxonomy: Some(taxonomy.to_string()) };
            return Ok(Self::Rules(Box::new(RuleFiles::find(&rules, &Config::default())?)));
        }
        if path.is_file() {
            return Ok(Self::Proposals(args.base.clone()));
        }
        let base = &args.base;
        Err(Failure::Asked(format!(
            "{base}: no such folder of rules or file of proposals; `{BUILT_IN}` are the rules in the \
             program"
        )))
    }
}

fn count(args: &ImpactArgs) -> usize {
    usize::try_from(args.evidence).unwrap_or(usize::MAX)
}

/// Tags the sources with the rules as they are.
fn tag_sources(
    args: &ImpactArgs,
    codings: &Codings,
    config: &Config,
    terminal: &Terminal,
) -> Result<Tagged, Failure> {
    let rules = codings.rules.compile(terminal)?;
    let mut sources = sources::find(&args.source.sources, &args.source.folder, config, terminal)?;
    if let Some(agreement) = &args.agreement {
        sources.belong_to(&AgreementId::new(agreement.as_str()));
    }
    if let Some(output) = output::file(args.output.as_deref()) {
        sources.spare(output)?;
    }
    let options = TagOptions { evidence: count(args), keep_documents: true };
    tag_all(sources, &rules, &options, (&args.network, &args.reading), config, terminal)
}

/// The figures before and now; the tags that people gave are the reference.
fn figures<'a>(before: &Comparison, now: &'a Comparison) -> ImpactFigures<'a> {
    let options = Options {
        reference: Some(1),
        by_element: false,
        by_agreement: false,
        ..Options::default()
    };
    ImpactFigures {
        against: &now.right,
        before: scores(before, &options),
        now: scores(now, &options),
        agreements: now.cases.len(),
        development: now.cases.iter().filter(|case| case.development).count(),
    }
}

fn changed<'a>(
    comparison: &'a Comparison,
    change: &PassageChange<'a>,
    people: Option<&Comparison>,
) -> ChangedCell<'a> {
    let cell = change.cell;
    let word = |coded: &Option<Coded>| value_word(coded.as_ref());
    ChangedCell {
        agreement: &cell.agreement,
        element: &cell.element,
        name: &comparison.elements[cell.pair].name,
        change: cell.change,
        before: word(&cell.left),
        now: word(&cell.right),
        against: people.and_then(|people| said_of(comparison, cell, people)),
        vanished: change.vanished.clone(),
        appeared: change.appeared.clone(),
    }
}

/// What the tags that people gave say of a cell. The two comparisons may call
/// its agreement differently, and have its text in common.
fn said_of(
    comparison: &Comparison,
    cell: &ComparedCell,
    people: &Comparison,
) -> Option<&'static str> {
    let text = &comparison.cases[cell.case].right_texts.first()?.source;
    let has = |case: &ComparedCase| case.left_texts.iter().any(|other| other.source == *text);
    let case = people.cases.iter().position(has)?;
    let mut cells = people.cells.iter();
    let other = cells.find(|other| other.case == case && other.element == cell.element)?;
    let coded = other.right.as_ref().filter(|coded| coded.status != Presence::NotAssessed)?;
    Some(value_word(Some(coded)))
}
