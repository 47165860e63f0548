//! `normtag rules calibrate`: fits scores to texts that people coded.

use crate::cli::Ending;
use crate::cli::args::{CalibrateArgs, TextOrJson};
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::output::{self, write_to};
use crate::cli::sides::Codings;
use crate::cli::sources;
use crate::cli::tagged::tag_all;
use crate::cli::terminal::Terminal;
use normtag::calibrate::{CodedCell, CodedPassage, TooFew, calibrate};
use normtag::diff::{Choice, compare, meet};
use normtag::model::{
    CalibrationText, Coded, ComparedCell, Comparison, Document, Outcome, Presence, Status,
};
use normtag::pipeline::{TagOptions, Tagged, observe_document};
use normtag::propose::Observed;
use normtag::report::{
    CalibrationReport, Style, write_calibration, write_calibration_json, write_calibration_table,
};
use normtag::rules::RuleSet;

/// Runs the command.
pub(crate) fn run(
    args: &CalibrateArgs,
    config: &Config,
    terminal: &Terminal,
) -> Result<Ending, Failure> {
    output::spare(args.output.as_deref(), &[&args.against])?;
    let codings = Codings::find(&args.rules, &args.source.folder, config, terminal)?;
    let against = codings.read(&args.against, false, terminal)?;
    let mut rules = codings.rules.compile(terminal)?;
    // What is fitted is what the rules find, not what was fitted before.
    rules.taxonomy.calibration = None;
    let tagged = tag_sources(args, &rules, config, terminal)?;
    let proposed = codings.proposals("proposals", tagged.proposals.clone(), terminal)?;
    let ground = codings.ground(&proposed, &against)?;
    let comparison = compare(&proposed, &against, &ground, &Choice::default())
        .map_err(|why| Failure::Asked(why.to_string()))?;
    let gathered = Gathered::from(&comparison, &tagged, &rules);
    let calibrated = calibrate(gathered.texts, &gathered.cells).map_err(|why| {
        for sentence in &gathered.left_out {
            terminal.warn(sentence);
        }
        too_few(why, args)
    })?;
    let report = CalibrationReport {
        taxonomy: &rules.taxonomy.id,
        calibrated: &calibrated,
        left_out: &gathered.left_out,
    };
    if let Some(path) = &args.output {
        write_to(Some(path), |out| write_calibration(&calibrated.calibration, out))?;
    }
    let style = Style { width: Terminal::width(), color: terminal.stdout_color() };
    write_to(None, |out| match args.format {
        TextOrJson::Text => write_calibration_table(&report, style, out),
        TextOrJson::Json => write_calibration_json(&report, out),
    })?;
    Ok(Ending::Clean)
}

fn too_few(why: TooFew, args: &CalibrateArgs) -> Failure {
    let against = &args.against;
    Failure::Asked(match why {
        TooFew::Texts(found) => format!(
            "{against}: {found} of the texts are coded there and were read whole, and it takes 3: \
             each is left out in turn"
        ),
        TooFew::Outcomes => format!(
            "{against}: all that is coded there is coded alike, so there is nothing to tell apart"
        ),
    })
}

/// Tags the sources, all passages and the documents with them.
fn tag_sources(
    args: &CalibrateArgs,
    rules: &RuleSet,
    config: &Config,
    terminal: &Terminal,
) -> Result<Tagged, Failure> {
    let sources = sources::find(&args.source.sources, &args.source.folder, config, terminal)?;
    if let Some(output) = output::file(args.output.as_deref()) {
        sources.spare(output)?;
    }
    let options = TagOptions { evidence: usize::MAX, keep_documents: true };
    tag_all(sources, rules, &options, (&args.network, &args.reading), config, terminal)
}

/// What is learned from.
#[derive(Default)]
struct Gathered {
    texts: Vec<CalibrationText>,
    cells: Vec<CodedCell>,
    left_out: Vec<String>,
}

impl Gathered {
    /// The cells of every agreement that is one text, read whole.
    fn from(comparison: &Comparison, tagged: &Tagged, rules: &RuleSet) -> Self {
        let mut gathered = Self { left_out: comparison.left_out.clone(), ..Self::default() };
        for (at, case) in comparison.cases.iter().enumerate() {
            let [text] = case.left_texts.as_slice() else {
                let agreement = &case.case.agreement;
                let why = format!("{agreement}: several texts, of which any may have been coded");
                gathered.left_out.push(why);
                continue;
            };
            let Some(document) = document_of(&text.source, tagged) else {
                gathered.left_out.push(format!("{}: not read whole", text.source));
                continue;
            };
            let name = case.case.agreement.to_string();
            gathered.texts.push(CalibrationText { name, digest: document.digest.clone() });
            let number = gathered.texts.len() - 1;
            let observed = observe_document(document, rules);
            let cells = comparison.cells_of(at).iter();
            gathered.cells.extend(cells.filter_map(|cell| coded_cell(number, cell, &observed)));
        }
        gathered
    }
}

/// The document read from `source`, if it was read whole.
fn document_of<'a>(source: &str, tagged: &'a Tagged) -> Option<&'a Document> {
    let mut both = tagged.proposals.documents.iter().zip(&tagged.documents);
    let (sheet, document) = both.find(|(sheet, _)| sheet.source == source)?;
    document.as_ref().filter(|_| sheet.outcome == Outcome::Read)
}

/// A cell that people coded, with what was found of it.
fn coded_cell(text: usize, cell: &ComparedCell, observed: &[Observed]) -> Option<CodedCell> {
    let coded = cell.right.as_ref()?;
    let status = match coded.status {
        Presence::Present => Some(Status::Present),
        Presence::Indirect => Some(Status::Indirect),
        Presence::Absent => None,
        Presence::NotAssessed => return None,
    };
    let found = observed.iter().find(|found| found.element == cell.element)?;
    let cited = |quote: &str| coded.evidence.iter().any(|own| meet(quote, &own.quote));
    let passages = found.passages.iter().map(|passage| CodedPassage {
        status: passage.status,
        predictors: passage.predictors.clone(),
        cited: cited(&passage.quote),
    });
    let passages = knows_passages(coded).then(|| passages.collect());
    Some(CodedCell { text, predictors: found.predictors.clone(), coded: status, passages })
}

/// Whether it is known which passages are cited: where something is coded
/// without words, nothing is known of them.
fn knows_passages(coded: &Coded) -> bool {
    coded.status == Presence::Absent || coded.evidence.iter().any(|own| !own.quote.is_empty())
}
