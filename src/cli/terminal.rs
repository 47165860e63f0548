//! The terminal: its width, whether it shows colour, what is said on standard
//! error, and progress.

use crate::cli::args::{Common, When};
use crate::cli::environment;
use anstyle::{AnsiColor, Style};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};
use normtag::pipeline::Observer;
use normtag::report::harmless;
use std::io::{IsTerminal, Write};
use std::sync::OnceLock;
use std::time::Duration;

/// Width where the output is no terminal.
const WIDTH: usize = 100;

/// What is known of the terminal.
pub(crate) struct Terminal {
    when: When,
    /// Whether to say nothing but errors.
    pub(crate) quiet: bool,
    /// Whether to say more.
    pub(crate) verbose: bool,
    /// The bars that are shown, one below the other.
    bars: MultiProgress,
}

impl Terminal {
    /// `configured`: what the configuration file says of colour.
    pub(crate) fn new(common: &Common, configured: Option<When>) -> Self {
        let when = common.color.or(configured).unwrap_or(When::Auto);
        let (quiet, verbose) = (common.quiet, common.verbose);
        Self { when, quiet, verbose, bars: MultiProgress::new() }
    }

    fn color(&self, is_terminal: bool) -> bool {
        match self.when {
            When::Always => true,
            When::Never => false,
            When::Auto => is_terminal && !environment::no_color(),
        }
    }

    /// Whether standard output shows colour.
    pub(crate) fn stdout_color(&self) -> bool {
        self.color(std::io::stdout().is_terminal())
    }

    /// Whether standard error shows colour.
    pub(crate) fn stderr_color(&self) -> bool {
        self.color(std::io::stderr().is_terminal())
    }

    /// The width of standard output in columns.
    pub(crate) fn width() -> usize {
        let size = terminal_size::terminal_size_of(std::io::stdout());
        size.map_or(WIDTH, |(width, _)| usize::from(width.0)).clamp(40, 200)
    }

    /// Says what went wrong.
    pub(crate) fn error(&self, message: &str) {
        self.say("error", AnsiColor::Red, message);
    }

    /// Says what a person should look at.
    pub(crate) fn warn(&self, message: &str) {
        if !self.quiet {
            self.say("warning", AnsiColor::Yellow, message);
        }
    }

    /// Says something worth knowing.
    pub(crate) fn note(&self, message: &str) {
        if !self.quiet {
            self.say("note", AnsiColor::Cyan, message);
        }
    }

    fn say(&self, kind: &str, color: AnsiColor, message: &str) {
        // Names of files and parts of documents stand in messages.
        let message = harmless(message);
        if self.stderr_color() {
            let style = Style::new().bold().fg_color(Some(color.into()));
            Self::show(&format!("{style}{kind}{style:#}: {message}"));
        } else {
            Self::show(&format!("{kind}: {message}"));
        }
    }

    /// Shows `text` on standard error as it is.
    pub(crate) fn show(text: &str) {
        // Where nobody listens any more, there is nobody to tell.
        let _ = writeln!(std::io::stderr(), "{text}");
    }

    /// A bar for `length` sources, shown only where someone is watching.
    pub(crate) fn progress(&self, length: usize, doing: &'static str) -> Progress {
        let shown = length > 1 && self.is_watched();
        let bar =
            if shown { self.bars.add(ProgressBar::no_length()) } else { ProgressBar::hidden() };
        Progress(dressed(bar, length, doing))
    }

    /// A bar that is not there until something is expected of it.
    pub(crate) fn counter(&self, doing: &'static str) -> Counter {
        let bars = self.is_watched().then(|| self.bars.clone());
        Counter { bars, doing, bar: OnceLock::new() }
    }

    fn is_watched(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }
}

fn dressed(bar: ProgressBar, length: usize, doing: &'static str) -> ProgressBar {
    let template = "{msg} [{bar:30}] {pos}/{len} {elapsed}";
    let style = ProgressStyle::with_template(template).expect("the template is fixed");
    bar.set_length(length as u64);
    bar.set_style(style.progress_chars("=> "));
    bar.set_message(doing);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Progress of things whose number becomes known on the way.
pub(crate) struct Counter {
    /// None where nobody watches.
    bars: Option<MultiProgress>,
    doing: &'static str,
    bar: OnceLock<ProgressBar>,
}

impl Counter {
    /// So many more are to come.
    pub(crate) fn expect(&self, more: usize) {
        let Some(bars) = self.bars.as_ref().filter(|_| more > 0) else { return };
        let bar =
            self.bar.get_or_init(|| dressed(bars.add(ProgressBar::no_length()), 0, self.doing));
        bar.inc_length(more as u64);
    }

    /// One is done.
    pub(crate) fn done(&self) {
        if let Some(bar) = self.bar.get() {
            bar.inc(1);
        }
    }
}

impl Drop for Counter {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

/// A progress bar that goes away when it is dropped.
pub(crate) struct Progress(ProgressBar);

impl Observer for Progress {
    fn done(&self, _source: &str) {
        self.0.inc(1);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
