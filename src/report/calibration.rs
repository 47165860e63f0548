//! Sets a calibration: the file of weights, and the figures that tell how far
//! its probabilities can be trusted. Computes nothing.

use crate::calibrate::{Bin, Calibrated, Figures, Ranked, Stands};
use crate::model::{Calibration, Logistic, TaxonomyId};
use crate::report::paint::Ink;
use crate::report::screen::Screen;
use crate::report::{Style, counted};
use serde::Serialize;
use std::io;

/// What is set.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct CalibrationReport<'a> {
    /// The taxonomy whose scores were fitted.
    pub taxonomy: &'a TaxonomyId,
    /// The weights and the figures.
    #[serde(flatten)]
    pub calibrated: &'a Calibrated,
    /// What was not taken, each as a sentence.
    pub left_out: &'a [String],
}

/// Writes the weights as the file `calibration.toml` of a taxonomy.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_calibration(calibration: &Calibration, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "# What makes scores probabilities. Written by `normtag rules calibrate`:")?;
    writeln!(out, "# logistic regressions with a ridge, fitted on the texts named here.")?;
    writeln!(out, "\nformat = 1")?;
    let parts = [
        ("That a coder calls an element present.", "present", &calibration.present),
        ("That a coder calls it present or indirect.", "any", &calibration.any),
        ("That a coder cites a passage.", "passage", &calibration.passage),
    ];
    for (meaning, key, logistic) in parts {
        writeln!(out, "\n# {meaning}\n[{key}]")?;
        write_logistic(logistic, out)?;
    }
    for text in &calibration.texts {
        // Both are written as JSON writes a string, which TOML reads alike.
        let (name, digest) = (serde_json::to_string(&text.name)?, text.digest.as_str());
        writeln!(out, "\n[[text]]\nname = {name}\ndigest = \"{digest}\"")?;
    }
    Ok(())
}

fn write_logistic(logistic: &Logistic, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "intercept = {:?}", logistic.intercept)?;
    let mut weights = logistic.weights.iter();
    weights.try_for_each(|(predictor, weight)| writeln!(out, "{} = {weight:?}", predictor.as_str()))
}

/// Writes the figures as JSON.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_calibration_json(
    report: &CalibrationReport<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    #[derive(Serialize)]
    struct Whole<'a> {
        format: u32,
        kind: &'static str,
        #[serde(flatten)]
        report: &'a CalibrationReport<'a>,
    }
    serde_json::to_writer_pretty(&mut *out, &Whole { format: 1, kind: "calibration", report })?;
    writeln!(out)
}

/// Writes the figures for a terminal.
///
/// # Errors
///
/// When `out` cannot be written to.
pub fn write_calibration_table(
    report: &CalibrationReport<'_>,
    style: Style,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let mut screen = Screen::new(style, out);
    let calibrated = report.calibrated;
    let texts = counted(calibrated.calibration.texts.len(), "text");
    screen.heading(&format!("Scores of {} fitted on {texts}", report.taxonomy), "")?;
    screen.wrapped(
        Ink::Dim,
        0,
        "Development figures, each text left out in turn: its probabilities come from weights fitted \
         on the others. Rules that were developed on a text flatter its figures.",
    )?;
    let parts = [
        ("Present (each element of each text)", &calibrated.present),
        ("Present or indirect", &calibrated.any),
        ("Cited (each passage found)", &calibrated.passage),
    ];
    for (title, figures) in parts {
        screen.blank()?;
        write_figures(&mut screen, title, figures)?;
    }
    screen.blank()?;
    write_ranked(&mut screen, &calibrated.ranked)?;
    for sentence in report.left_out {
        screen.wrapped(Ink::Dim, 0, sentence)?;
    }
    Ok(())
}

fn write_figures(screen: &mut Screen<'_>, title: &str, figures: &Figures) -> io::Result<()> {
    screen.line(Ink::Bold, title)?;
    screen.line(Ink::Dim, "  mean score      n  came true   95 % interval")?;
    for bin in &figures.curve {
        if bin.holds() {
            screen.raw(&line(bin))?;
        } else {
            screen.line(Ink::Alarm, &line(bin))?;
        }
    }
    let outside = figures.curve.iter().filter(|bin| !bin.holds()).count();
    let verdict = match outside {
        0 => "every mean lies within its interval".to_owned(),
        1 => "1 mean lies outside its interval (marked !)".to_owned(),
        more => format!("{more} means lie outside their intervals (marked !)"),
    };
    let (brier, base) = (decimals(figures.brier), decimals(figures.base_brier));
    screen.wrapped(
        Ink::Dim,
        2,
        &format!("{verdict}; Brier score {brier}, of the base rate alone {base}"),
    )
}

fn line(bin: &Bin) -> String {
    let (low, high) = bin.interval;
    let mark = if bin.holds() { "" } else { " !" };
    format!(
        "  {:>10} {:>6}  {:>9}   {} to {}{mark}",
        decimals(bin.mean),
        bin.n,
        decimals(bin.share()),
        decimals(low),
        decimals(high),
    )
}

fn write_ranked(screen: &mut Screen<'_>, ranked: &Ranked) -> io::Result<()> {
    let cells = counted(ranked.cells, "cell");
    screen
        .line(Ink::Bold, &format!("A cited passage among those shown ({cells} coded present)"))?;
    let share = |part: usize| decimals(part as f64 / ranked.cells.max(1) as f64);
    let mut row = |title: &str, stands: Stands| {
        let (first, three) = (share(stands.first), share(stands.among_three));
        screen.raw(&format!("  {title:24} first {first}   among three {three}"))
    };
    row("by the weights of rules", ranked.by_rules)?;
    row("by the calibration", ranked.by_calibration)
}

/// A share to three decimals, without its zero.
fn decimals(share: f64) -> String {
    let written = format!("{share:.3}");
    written.strip_prefix('0').map_or(written.clone(), str::to_owned)
}
