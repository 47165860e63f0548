//! Pages that are pictures, read by an installed tesseract.
//!
//! A reader says which pages they are and draws them, one process for each;
//! tesseract runs in a process limited the same way. What it makes of a page
//! is handed to the reader of the document. Pages are recognised in parallel.

use crate::cli::args::ReadingArgs;
use crate::cli::config::Config;
use crate::cli::failure::Failure;
use crate::cli::isolate::ending::Ended;
use crate::cli::isolate::task::Work;
use crate::cli::isolate::{Isolation, Limits, child, limited};
use crate::cli::terminal::{Counter, Terminal};
use normtag::extract::{POOR_RECOGNITION, RecognisedPages, media_type, recognition_confidence};
use normtag::model::{MediaType, Snapshot};
use rayon::prelude::*;
use std::io::{self, Write};

/// The program, found the way a shell finds it.
const PROGRAM: &str = "tesseract";

/// The language of pages, unless told.
const LANGUAGE: &str = "eng";

/// How pages are recognised.
pub(crate) struct Ocr {
    /// Languages as tesseract names them, joined by `+`.
    languages: String,
    limits: Limits,
    progress: Counter,
}

impl Ocr {
    /// With the languages that were asked for; an error where tesseract or its
    /// data for one of them is not there.
    pub(super) fn find(
        args: &ReadingArgs,
        config: &Config,
        limits: Limits,
        terminal: &Terminal,
    ) -> Result<Self, Failure> {
        if !cfg!(feature = "ocr") {
            let message = "--ocr: this normtag was built without the feature `ocr`";
            return Err(Failure::Asked(message.to_owned()));
        }
        let asked = args.ocr_language.as_ref().or(config.ocr_language.as_ref());
        let languages = asked.map_or(LANGUAGE, String::as_str).to_owned();
        let progress = terminal.counter("recognising pages");
        let ocr = Self { languages, limits, progress };
        check_languages(&ocr.languages, &ocr.known_languages()?)?;
        Ok(ocr)
    }

    /// The languages tesseract has data for.
    fn known_languages(&self) -> Result<Vec<String>, Failure> {
        let ended = self.run(&["--list-langs"], |_| Ok(()));
        let listed = ended.map_err(|error| error.to_string()).and_then(|ended| self.said(ended));
        let listed = listed.map_err(|why| {
            Failure::Asked(format!(
                "--ocr needs tesseract, which could not be run ({why}); install it (for example \
                 `apt-get install tesseract-ocr` or `brew install tesseract`)"
            ))
        })?;
        // The first line is a heading.
        Ok(listed.lines().skip(1).map(|line| line.trim().to_owned()).collect())
    }

    /// What tesseract makes of the pages of a snapshot that are pictures.
    pub(super) fn recognise(&self, isolation: &Isolation, snapshot: &Snapshot) -> RecognisedPages {
        if media_type(snapshot) != Some(MediaType::Pdf) {
            return RecognisedPages::new();
        }
        let survey = isolation.run(snapshot, Work::Survey).ok();
        // Where the file cannot be surveyed it cannot be read, which is told then.
        let pages: Option<Vec<u32>> = survey
            .and_then(|ended| ended.output("looking for pictures", self.limits).ok())
            .and_then(|output| serde_json::from_slice(&output).ok());
        let pages = pages.unwrap_or_default();
        self.progress.expect(pages.len());
        let recognised = pages.into_par_iter().map(|page| {
            let recognised = self.page(isolation, snapshot, page);
            self.progress.done();
            (page, recognised)
        });
        recognised.collect()
    }

    /// A page as it lies; where little is recognised so, as it lies when turned.
    fn page(
        &self,
        isolation: &Isolation,
        snapshot: &Snapshot,
        page: u32,
    ) -> Result<String, String> {
        let mut best = self.turned(isolation, snapshot, page, 0)?;
        let mut most = recognition_confidence(&best);
        for turns in 1..4 {
            if most >= Some(POOR_RECOGNITION) {
                break;
            }
            // What goes wrong with a turned page takes nothing from what there is.
            let Ok(turned) = self.turned(isolation, snapshot, page, turns) else { continue };
            let confidence = recognition_confidence(&turned);
            if confidence > most {
                (best, most) = (turned, confidence);
            }
        }
        Ok(best)
    }

    fn turned(
        &self,
        isolation: &Isolation,
        snapshot: &Snapshot,
        page: u32,
        turns: u8,
    ) -> Result<String, String> {
        let ended = isolation.run(snapshot, Work::Draw { page, turns });
        let ended = ended.map_err(|error| error.to_string())?;
        let drawn = ended.output("drawing the page", self.limits)?;
        let end = drawn.iter().position(|byte| *byte == b'\n').unwrap_or(drawn.len());
        let (line, picture) = drawn.split_at(end);
        let resolution: Result<u32, String> = serde_json::from_slice(line)
            .unwrap_or_else(|_| Err("the page could not be drawn".to_owned()));
        let resolution = resolution?.to_string();
        let arguments = ["stdin", "stdout", "--dpi", &resolution, "-l", &self.languages, "hocr"];
        let picture = picture.get(1..).unwrap_or_default();
        let ended = self.run(&arguments, |stdin| stdin.write_all(picture));
        self.said(ended.map_err(|error| format!("{PROGRAM} could not be run: {error}"))?)
    }

    /// Runs tesseract, limited as a reader is.
    fn run(
        &self,
        arguments: &[&str],
        tell: impl FnOnce(&mut std::process::ChildStdin) -> io::Result<()> + Send,
    ) -> io::Result<Ended> {
        let mut command = limited::command(PROGRAM, self.limits);
        // Pages are what is done in parallel.
        command.args(arguments).env("OMP_THREAD_LIMIT", "1");
        child::run_foreign(command, self.limits.seconds, tell)
    }

    /// What tesseract wrote, or in a few words why it wrote nothing.
    fn said(&self, ended: Ended) -> Result<String, String> {
        let output = ended.output(PROGRAM, self.limits)?;
        String::from_utf8(output).map_err(|_| format!("what {PROGRAM} wrote is no text"))
    }
}

fn check_languages(asked: &str, known: &[String]) -> Result<(), Failure> {
    let missing = asked.split('+').find(|one| !known.iter().any(|known| known == one));
    let Some(missing) = missing else { return Ok(()) };
    let package = missing.replace('_', "-");
    Err(Failure::Asked(format!(
        "{PROGRAM} has no data for the language `{missing}` (it has {}); install it (for example \
         `apt-get install tesseract-ocr-{package}`) or name others with --ocr-language",
        known.join(", ")
    )))
}
