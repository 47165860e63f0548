//! What a site's `robots.txt` allows (RFC 9309), asked once for each site.
//!
//! A site without one, or that refuses it (4xx), allows everything; one that
//! fails (5xx) or is not reached allows nothing. Of the file the first 500 KiB
//! are read. What is allowed is kept for a day.

use crate::fetch::problem::{BY_HAND, ProblemKind, Trouble};
use robotxt::{AccessResult, Agent, Robots};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::OnceCell;
use tokio::time::Instant;
use url::Url;

/// Bytes of the file that are read.
pub(crate) const MOST: usize = 500 << 10;

/// Redirects that are followed to the file.
pub(crate) const REDIRECTS: usize = 5;

/// The longest time between two requests that is granted.
const SLOWEST: Duration = Duration::from_secs(30);

/// How long what a site said holds.
const HOLDS: Duration = Duration::from_hours(24);

/// The name rules are looked up by.
const AGENT: &str = "normtag";

/// What one site allows.
#[derive(Debug)]
pub(crate) struct Rules {
    robots: Robots,
    /// Why the file was not had, where nothing answered.
    unanswered: Option<(ProblemKind, String)>,
    failing: bool,
    asked: Instant,
}

/// What became of asking for the file.
pub(crate) enum File {
    /// It came.
    Text(Vec<u8>),
    /// There is none, or it is refused.
    Unavailable,
    /// It leads on and on.
    TooManyRedirects,
    /// The site fails.
    Failing,
    /// Nothing answered.
    Unanswered(Trouble),
}

impl Rules {
    pub(crate) fn new(file: &File) -> Self {
        let access = match file {
            File::Text(text) => AccessResult::Successful(text),
            File::Unavailable => AccessResult::Unavailable,
            File::TooManyRedirects => AccessResult::TooManyRedirects,
            File::Failing | File::Unanswered(_) => AccessResult::Unreachable,
        };
        let unanswered = match file {
            File::Unanswered(trouble) => Some((trouble.kind, trouble.reason.clone())),
            _ => None,
        };
        let robots = Robots::from_access(access, Agent::Exact(AGENT));
        let failing = matches!(file, File::Failing);
        Self { robots, unanswered, failing, asked: Instant::now() }
    }

    /// The time the site wants between two requests.
    pub(crate) fn delay(&self) -> Option<Duration> {
        self.robots.crawl_delay().map(|delay| delay.min(SLOWEST))
    }

    /// Refuses `url` where the site does.
    pub(crate) fn admit(&self, url: &Url) -> Result<(), Trouble> {
        if self.robots.is_url_allowed(url) {
            return Ok(());
        }
        if let Some((kind, reason)) = &self.unanswered {
            // Where nothing answers, the address itself would fail the same.
            return Err(Trouble::new(*kind, reason.clone()));
        }
        let why = if self.failing {
            "the site fails to give its robots.txt, so programs are not to fetch anything"
        } else {
            "the site's robots.txt asks programs not to fetch this"
        };
        let reason = format!("{why} at {url}; {BY_HAND}, or give --ignore-robots");
        Err(Trouble::new(ProblemKind::Robots, reason))
    }

    fn holds(&self) -> bool {
        self.asked.elapsed() < HOLDS
    }
}

/// The rules of the sites of a run.
#[derive(Debug, Default)]
pub(crate) struct Sites {
    sites: Mutex<BTreeMap<String, Arc<OnceCell<Rules>>>>,
}

impl Sites {
    /// The place for the rules of the site of `url`; whoever comes first fills
    /// it, the others wait.
    pub(crate) fn of(&self, url: &Url) -> Arc<OnceCell<Rules>> {
        let site = url.origin().ascii_serialization();
        let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
        let cell = sites.entry(site).or_default();
        if cell.get().is_some_and(|rules| !rules.holds()) {
            *cell = Arc::default();
        }
        Arc::clone(cell)
    }
}

/// Where the site of `url` has its file.
pub(crate) fn place(url: &Url) -> Url {
    let mut place = url.clone();
    place.set_path("/robots.txt");
    place.set_query(None);
    place
}
