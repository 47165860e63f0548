//! `normtag diff --base`: the last release, the edited tags and the proposals,
//! and what a person decides of them.

use crate::cli::Ending;
use crate::cli::args::{DiffArgs, Take};
use crate::cli::diff::choice;
use crate::cli::failure::Failure;
use crate::cli::output::{self, write_to};
use crate::cli::sides::{Codings, sound};
use crate::cli::terminal::Terminal;
use normtag::corpus::{parse_decisions, write_decisions, write_tags_csv};
use normtag::diff::{Choice, Sides, merged, reconcile, records, side, take};
use normtag::model::{
    AgreementId, Change, Coding, ElementCode, ReconciledCell, Ruling, RulingRecords,
};
use normtag::report::{
    DiffFormat, ReconcileReport, Style, counted, write_reconcile_json, write_reconcile_table,
};
use std::path::Path;

/// Runs the command on base, edited tags and proposals.
pub(crate) fn run(
    args: &DiffArgs,
    typed: &[&String; 3],
    format: DiffFormat,
    codings: &Codings,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    if !matches!(format, DiffFormat::Table | DiffFormat::Json | DiffFormat::Csv) {
        let message = "a reconciliation is written as table, json or csv (the file of decisions)";
        return Err(Failure::Asked(message.to_owned()));
    }
    check_outputs(args, typed)?;
    let [base, edited, proposed] = typed.map(|typed| codings.read(typed, false, terminal));
    let (base, edited, proposed) = (base?, edited?, proposed?);
    check_taxonomies(&[&base, &edited, &proposed])?;
    let taxonomy = codings.taxonomy(&edited.taxonomy)?;
    let before = read_decisions(args, terminal)?;
    let sides = Sides { base: &base, edited: &edited, proposed: &proposed };
    let mut cells = reconcile(&sides, taxonomy, &before);
    narrow(args, &mut cells)?;
    decide(args, &mut cells, terminal);
    let after = records(&cells, &before);
    let rows = args.merge.merged.as_ref().map(|_| codings.rows(typed[1])).transpose()?;
    // What was decided is written first: it is what cannot be made again.
    if let Some(path) = &args.merge.decisions {
        write_to(Some(path), |out| write_decisions(&after, out))?;
    }
    if let (Some(path), Some(rows)) = (&args.merge.merged, rows) {
        let rows = merged(rows, &cells, &edited.taxonomy, proposed.rules.as_ref());
        write_to(Some(path), |out| write_tags_csv(&rows, out))?;
    }
    let report = ReconcileReport {
        base: &side(&base),
        edited: &side(&edited),
        proposed: &side(&proposed),
        cells: &cells,
        taxonomy,
    };
    let color = output::file(args.output.as_deref()).is_none() && terminal.stdout_color();
    let style = Style { width: Terminal::width(), color };
    write_to(args.output.as_deref(), |out| match format {
        DiffFormat::Json => write_reconcile_json(&report, out),
        DiffFormat::Csv => write_decisions(&after, out),
        _ => write_reconcile_table(&report, style, out),
    })?;
    let open = cells.iter().any(ReconciledCell::is_open);
    Ok(if open { Ending::Attention } else { Ending::Clean })
}

/// Outputs go to different places, and none over what is read; the edited tags
/// may be replaced by what they are merged into.
fn check_outputs(args: &DiffArgs, typed: &[&String; 3]) -> Result<(), Failure> {
    let outputs = [
        ("--output", &args.output),
        ("--decisions", &args.merge.decisions),
        ("--merged", &args.merge.merged),
    ];
    let places =
        outputs.map(|(name, path)| (name, output::file(path.as_deref()).map(output::place)));
    for (at, (name, place)) in places.iter().enumerate() {
        let Some(place) = place else { continue };
        if let Some((other, _)) =
            places[..at].iter().find(|(_, other)| other.as_ref() == Some(place))
        {
            return Err(Failure::Asked(format!("{name} and {other} cannot go to the same file")));
        }
        for (side, typed) in ["BASE", "LEFT", "RIGHT"].iter().zip(typed) {
            let replaced = *name == "--merged" && *side == "LEFT";
            if !replaced && output::place(Path::new(typed.as_str())) == *place {
                let message = format!("{name} would overwrite {side}, {typed}; name another file");
                return Err(Failure::Asked(message));
            }
        }
    }
    Ok(())
}

fn check_taxonomies(sides: &[&Coding; 3]) -> Result<(), Failure> {
    let [base, edited, proposed] = sides;
    for other in [base, proposed] {
        if other.taxonomy != edited.taxonomy {
            return Err(Failure::Asked(format!(
                "{} is of {} and {} of {}; only sides of one taxonomy are reconciled",
                edited.name, edited.taxonomy, other.name, other.taxonomy
            )));
        }
    }
    Ok(())
}

/// The decisions made so far; none where there is no file yet.
fn read_decisions(args: &DiffArgs, terminal: &Terminal) -> Result<RulingRecords, Failure> {
    let Some(path) = args.merge.decisions.as_deref().filter(|path| path.exists()) else {
        return Ok(RulingRecords::default());
    };
    let text = std::fs::read_to_string(path).map_err(|error| Failure::reading(path, error))?;
    let name = path.to_string_lossy();
    sound(&name, parse_decisions(&name, &text), terminal)
}

/// Asks only of what was named; what was decided stays decided.
fn narrow(args: &DiffArgs, cells: &mut Vec<ReconciledCell>) -> Result<(), Failure> {
    let Choice { agreements, elements } = choice(&args.choice);
    let has_agreement = |id: &AgreementId| cells.iter().any(|cell| cell.agreement == *id);
    let has_element = |code: &ElementCode| cells.iter().any(|cell| cell.element == *code);
    if let Some(id) = agreements.iter().find(|id| !has_agreement(id)) {
        return Err(Failure::Asked(format!("no side has an agreement `{id}`")));
    }
    if let Some(code) = elements.iter().find(|code| !has_element(code)) {
        return Err(Failure::Asked(format!("no side has an element `{code}`")));
    }
    let changes: Vec<Option<Change>> =
        args.choice.changes.iter().map(|kind| kind.change()).collect();
    cells.retain(|cell| {
        let named = (agreements.is_empty() || agreements.contains(&cell.agreement))
            && (elements.is_empty() || elements.contains(&cell.element))
            && (changes.is_empty() || changes.contains(&cell.change));
        named || !cell.is_open()
    });
    Ok(())
}

/// Decides what is open as `--take` says.
fn decide(args: &DiffArgs, cells: &mut [ReconciledCell], terminal: &Terminal) {
    let Some(decision) = args.merge.take else { return };
    let decision = match decision {
        Take::Accept => Ruling::Accept,
        Take::Keep => Ruling::Keep,
        Take::Defer => Ruling::Defer,
    };
    let reason = format!("--take {}", decision.as_str());
    let taken = take(cells, decision, &reason);
    if taken > 0 && args.merge.decisions.is_none() {
        terminal.warn(&format!(
            "{} not recorded, to be asked again; name a file with --decisions",
            counted(taken, "decision")
        ));
    }
}
