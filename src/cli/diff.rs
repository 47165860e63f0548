//! `normtag diff`: two codings cell by cell, and how far they agree.

use crate::cli::Ending;
use crate::cli::args::{By, ChoiceArgs, DiffArgs, Floor, Reference};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::output::{self, write_to};
use crate::cli::reconcile;
use crate::cli::sides::Codings;
use crate::cli::sources;
use crate::cli::tagged::tag_all;
use crate::cli::terminal::Terminal;
use normtag::diff::{Choice, compare, scores};
use normtag::model::{
    AgreementId, Case, Change, Coding, CodingKind, Comparison, ElementCode, TaxonomyId,
};
use normtag::pipeline::TagOptions;
use normtag::reliability::{Options, Reliability, Scope};
use normtag::report::{DiffFormat, DiffReport, Shown, Style, render_diff, write_scores};
use std::path::Path;

/// Quotes for each element of what is tagged here.
const EVIDENCE: usize = 3;

/// Runs the command.
pub(crate) fn run(
    args: &DiffArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let format = format_of(args)?;
    let mut codings = Codings::find(&args.rules, &args.folder, config, terminal)?;
    codings.names = args.reviewers.names();
    if let (Some(base), Some(right)) = (&args.merge.base, &args.right) {
        return reconcile::run(args, &[base, &args.left, right], format, &codings, terminal);
    }
    let read: Vec<&str> =
        std::iter::once(&args.left).chain(&args.right).map(String::as_str).collect();
    output::spare(args.output.as_deref(), &read)?;
    output::spare(args.scores.as_deref(), &read)?;
    let by_entry = args.choice.by == By::Entry;
    let (left, right) = match &args.right {
        Some(right) => (
            codings.read_of(&args.left, args.left_reviewer.as_deref(), by_entry, terminal)?,
            codings.read_of(right, args.right_reviewer.as_deref(), by_entry, terminal)?,
        ),
        None => alone(args, &codings, config, terminal)?,
    };
    let ground = codings.ground(&left, &right)?;
    let comparison = compare(&left, &right, &ground, &choice(&args.choice))
        .map_err(|why| Failure::Asked(why.to_string()))?;
    let options = options(args, &left, &right);
    let reliability = scores(&comparison, &options);
    let people = codings.people([&left, &right], &options);
    let digest = codings.digest([&left, &right]);
    let shown = shown(args);
    let report = DiffReport {
        comparison: &comparison,
        reliability: &reliability,
        taxonomy: ground.left,
        people: &people,
        rules: digest.as_ref(),
        listed: !ground.developed.is_empty(),
        shown: &shown,
    };
    let color = output::file(args.output.as_deref()).is_none() && terminal.stdout_color();
    let style = Style { width: Terminal::width(), color };
    if let Some(path) = &args.scores {
        write_to(Some(path), |out| write_scores(&report, out))?;
    }
    write_to(args.output.as_deref(), |out| render_diff(&report, format, style, out))?;
    ending(args, &comparison, &reliability, terminal)
}

/// One side and the curated tags of its taxonomy: what was coded already is
/// read, a document is tagged first.
fn alone(
    args: &DiffArgs,
    codings: &Codings,
    config: &Config,
    terminal: &Terminal,
) -> Result<(Coding, Coding), Failure> {
    let typed = &args.left;
    if codings.taxonomy(&TaxonomyId::new(typed.as_str())).is_ok() && !Path::new(typed).exists() {
        let message = format!("{typed}: name the side that its curated tags are compared with");
        return Err(Failure::Asked(message));
    }
    let ending = Path::new(typed).extension().map(std::ffi::OsStr::to_ascii_lowercase);
    let coded = ending.is_some_and(|ending| ["json", "jsonl", "csv"].iter().any(|e| ending == *e));
    if coded && Path::new(typed).is_file() {
        let by_entry = args.choice.by == By::Entry;
        let left = codings.read_of(typed, args.left_reviewer.as_deref(), by_entry, terminal)?;
        let right = codings.read(left.taxonomy.as_str(), by_entry, terminal)?;
        return Ok((left, right));
    }
    if args.left_reviewer.is_some() {
        let message = format!("{typed} is no ledger of decisions: it has no reviewer to choose");
        return Err(Failure::Asked(message));
    }
    tagged(args, codings, config, terminal)
}

/// Tags the one source that was typed; the other side is the curated tags of
/// its agreement.
fn tagged(
    args: &DiffArgs,
    codings: &Codings,
    config: &Config,
    terminal: &Terminal,
) -> Result<(Coding, Coding), Failure> {
    let rules = codings.rules.compile(terminal)?;
    let typed = std::slice::from_ref(&args.left);
    let mut sources = sources::find(typed, &args.folder, config, terminal)?;
    if let Some(agreement) = &args.agreement {
        sources.belong_to(&AgreementId::new(agreement.as_str()));
    }
    let options = TagOptions { evidence: EVIDENCE, keep_documents: false };
    let reach = (&args.network, &args.reading);
    let proposals = tag_all(sources, &rules, &options, reach, config, terminal)?.proposals;
    let left = codings.proposals(&args.left, proposals, terminal)?;
    let right = codings.curated(terminal)?;
    known(&left, &right, args)?;
    Ok((left, right))
}

/// Says how to name the agreement, where no source is one that was tagged.
fn known(left: &Coding, right: &Coding, args: &DiffArgs) -> Result<(), Failure> {
    let has = |(case, coded): (&Case, &normtag::model::CodedCase)| {
        let stem = |stem: &String| right.cases.keys().any(|other| other.agreement.as_str() == stem);
        right.cases.contains_key(case) || coded.stems.iter().any(stem)
    };
    if left.cases.iter().any(has) {
        return Ok(());
    }
    let (named, taxonomy) = (&args.left, &right.taxonomy);
    let message = match &args.agreement {
        Some(id) => format!(
            "there are no curated tags of `{id}` in {taxonomy}; `normtag corpus list` names the agreements"
        ),
        None => format!(
            "{named}: whose curated tags is it to be compared with? Name the agreement with --as, \
             such as --as paris-call-2018; to compare two codings, name both"
        ),
    };
    Err(Failure::Asked(message))
}

/// Only the agreements and elements that were named.
pub(crate) fn choice(choice: &ChoiceArgs) -> Choice {
    Choice {
        agreements: choice.agreements.iter().map(|id| AgreementId::new(id.as_str())).collect(),
        elements: choice.elements.iter().map(|code| ElementCode::new(code.as_str())).collect(),
    }
}

fn shown(args: &DiffArgs) -> Shown {
    let kinds = &args.choice.changes;
    Shown {
        changes: kinds.iter().filter_map(|kind| kind.change()).collect(),
        evidence: kinds.iter().any(|kind| kind.change().is_none()),
    }
}

/// The side that was named is the reference; else the one that is not
/// proposals, where the other is.
fn options(args: &DiffArgs, left: &Coding, right: &Coding) -> Options {
    let proposed = |side: &Coding| side.kind == CodingKind::Proposals;
    let reference = match args.figures.reference {
        Some(Reference::Left) => Some(0),
        Some(Reference::Right) => Some(1),
        None => match (proposed(left), proposed(right)) {
            (true, false) => Some(1),
            (false, true) => Some(0),
            _ => None,
        },
    };
    Options {
        reference,
        all_coefficients: args.figures.all_coefficients,
        seed: args.figures.seed,
        rounds: args.figures.rounds,
        ..Options::default()
    }
}

/// Where floors were named only they decide; else whether a cell differs.
fn ending(
    args: &DiffArgs,
    comparison: &Comparison,
    reliability: &Reliability,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    let floors = &args.figures.fail_under;
    if floors.is_empty() {
        let differ = comparison.counts.keys().copied().any(Change::differs);
        return Ok(if differ { Ending::Attention } else { Ending::Clean });
    }
    let mut met = true;
    for floor in floors {
        met &= meets(floor, reliability, terminal)?;
    }
    Ok(if met { Ending::Clean } else { Ending::Attention })
}

/// Whether a figure is no lower than it may be. One that cannot be given is
/// not met: nothing shows that it holds.
fn meets(floor: &Floor, reliability: &Reliability, terminal: &Terminal) -> Result<bool, Failure> {
    let Floor { name, reading, value: least } = floor;
    let figure = format!("{}@{}", name.as_str(), reading.as_str());
    let Some(score) = reliability.score(*name, &Scope::Pooled, *reading) else {
        return Err(Failure::Asked(format!(
            "--fail-under {figure}: there is no such figure here; precision, recall and F1 need \
             --reference, and some coefficients go with one reading only"
        )));
    };
    let Some(value) = score.value else {
        terminal.error(&format!(
            "{figure} cannot be told over these {} cells (too few, or all alike), so it does not \
             meet {least}; --all-coefficients gives it",
            score.n
        ));
        return Ok(false);
    };
    if value < *least {
        terminal.error(&format!("{figure} is {value:.3}, below {least}"));
    }
    Ok(value >= *least)
}

/// The form that was named; or else the one the output's ending asks for, a
/// table where it has none.
fn format_of(args: &DiffArgs) -> Result<DiffFormat, Failure> {
    let forms = [
        ("txt", DiffFormat::Table),
        ("html", DiffFormat::Html),
        ("htm", DiffFormat::Html),
        ("md", DiffFormat::Markdown),
        ("markdown", DiffFormat::Markdown),
        ("csv", DiffFormat::Csv),
        ("json", DiffFormat::Json),
    ];
    let output = args.output.as_deref();
    let by_ending = || output::form_of(output, &forms, DiffFormat::Table, "a comparison");
    args.format.map_or_else(by_ending, Ok)
}
