//! Why an address gave no document: a state of the world, in one line that
//! says what is wrong and what to do.

use crate::fetch::store::Damaged;
use crate::model::Hop;
use std::fmt;
use std::time::Duration;

/// What kept an address from giving a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProblemKind {
    /// It is no address, or of a kind that is not fetched.
    Address,
    /// Nothing is stored, and no request may be made.
    Offline,
    /// What is stored is damaged, and no request may be made.
    Damaged,
    /// The host's name is not known.
    Dns,
    /// Nothing answers there, or the connection broke.
    Connection,
    /// No secure connection could be made.
    Tls,
    /// It took too long.
    Timeout,
    /// The server answered with this status.
    Status(u16),
    /// It has more bytes than are taken.
    TooLarge,
    /// Its redirects lead nowhere.
    Redirect,
    /// It lies, or leads, where no request is made.
    Private,
    /// What answers does not speak HTTP.
    Protocol,
    /// The body could not be unpacked.
    Encoding,
    /// A page that wants to see a person instead of the document.
    Challenge,
    /// The site's `robots.txt` refuses it.
    Robots,
    /// The answer was empty.
    Empty,
}

/// An address that gave no document, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FetchProblem {
    /// The address as it was named.
    pub source: String,
    /// What kind of problem it is.
    pub kind: ProblemKind,
    /// What is wrong and what to do, in one line, lower case. Names no address
    /// but another than `source`: whoever shows it shows the source before it.
    pub reason: String,
    /// The redirects that were followed before.
    pub redirects: Vec<Hop>,
}

impl FetchProblem {
    pub(crate) fn new(source: &str, kind: ProblemKind, reason: impl Into<String>) -> Self {
        Self { source: source.to_owned(), kind, reason: reason.into(), redirects: Vec::new() }
    }
}

impl fmt::Display for FetchProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.reason)
    }
}

/// A problem that does not know yet which address it is about.
#[derive(Debug)]
pub(crate) struct Trouble {
    pub(crate) kind: ProblemKind,
    pub(crate) reason: String,
    /// How long the host asks to be left alone.
    pub(crate) wait: Option<Duration>,
    /// Whether it is asked again.
    pub(crate) again: bool,
}

impl Trouble {
    pub(crate) fn new(kind: ProblemKind, reason: impl Into<String>) -> Self {
        Self { kind, reason: reason.into(), wait: None, again: false }
    }
}

/// `reason` without the address it is told of: where it went wrong is worth
/// saying only where that is somewhere else.
pub(crate) fn said_once(reason: &str, address: &str) -> String {
    let mut said = reason.to_owned();
    if let Some(rest) = said.strip_prefix(address).and_then(|rest| rest.strip_prefix(' ')) {
        said = rest.to_owned();
    }
    for before in [" at ", " from "] {
        let named = format!("{before}{address}");
        if let Some((head, tail)) = said.split_once(&named)
            && tail.starts_with([';', ','])
        {
            said = format!("{head}{tail}");
        }
    }
    said
}

/// What to do where a person gets further than a program.
pub(crate) const BY_HAND: &str = "save the page from a browser and pass the file";

/// An answer that is no document and no redirect. `wait` is how long the host
/// asks to be left alone.
pub(crate) fn status(status: u16, url: &str, wait: Option<Duration>) -> Trouble {
    let again = match wait {
        Some(wait) => format!("try again in {} s", wait.as_secs()),
        None => "try again later".to_owned(),
    };
    let reason = match status {
        404 | 410 => format!(
            "not found (HTTP {status}) at {url}; look for the document's new address or an \
             archived copy and pass the file"
        ),
        401 | 407 => format!("a login is asked for (HTTP {status}) at {url}; log in, {BY_HAND}"),
        429 => format!(
            "the site refuses programs or is asked too often (HTTP 429) at {url}; {again}, or \
             {BY_HAND}"
        ),
        304 => format!(
            "said to be unchanged (HTTP 304) though no copy was spoken of at {url}; {BY_HAND}"
        ),
        403 | 451 => format!("the site refuses programs (HTTP {status}) at {url}; {BY_HAND}"),
        500..=599 => format!("the site fails (HTTP {status}) at {url}; {again}, or {BY_HAND}"),
        _ => format!("no document but HTTP {status} at {url}; {BY_HAND}"),
    };
    Trouble { wait, ..Trouble::new(ProblemKind::Status(status), reason) }
}

/// A page that wants to see a person.
pub(crate) fn challenge(status: u16, url: &str) -> Trouble {
    Trouble::new(
        ProblemKind::Challenge,
        format!("a page that wants to see a person (HTTP {status}) at {url}; {BY_HAND}"),
    )
}

/// A host that is left alone, as it asked when another of its addresses was
/// fetched.
pub(crate) fn left_alone(status: u16, wait: Duration, url: &str) -> Trouble {
    Trouble::new(
        ProblemKind::Status(status),
        format!(
            "not asked: the host wants to be left alone (HTTP {status}) for {} s more at {url}; \
             try again then",
            wait.as_secs()
        ),
    )
}

/// A wait that was too long: `phase` says for what.
pub(crate) fn timeout(phase: &str, after: Duration, url: &str) -> Trouble {
    let seconds = after.as_secs_f64();
    Trouble::new(
        ProblemKind::Timeout,
        format!("{phase} within {seconds} s at {url}; try again later, or {BY_HAND}"),
    )
}

/// More bytes than are taken.
pub(crate) fn too_large(limit: u64, url: &str) -> Trouble {
    let limit = match limit >> 20 {
        0 => format!("{limit} bytes"),
        mebibytes => format!("{mebibytes} MiB"),
    };
    Trouble::new(
        ProblemKind::TooLarge,
        format!(
            "more than {limit} at {url}; raise the limit with --max-size, or save the part \
             that matters and pass the file"
        ),
    )
}

pub(crate) fn not_stored(source: &str) -> FetchProblem {
    FetchProblem::new(
        source,
        ProblemKind::Offline,
        "not in the store, and no request may be made; run once while online",
    )
}

pub(crate) fn damaged(source: &str, damaged: &Damaged) -> FetchProblem {
    FetchProblem::new(
        source,
        ProblemKind::Damaged,
        format!("the stored copy is damaged ({damaged}); run once while online"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: u16, wait: Option<u64>, expected: &str) {
        let wait = wait.map(Duration::from_secs);
        let reason = status(code, "https://a.example/x", wait).reason;
        assert!(reason.starts_with(expected), "{reason}");
    }

    #[test]
    fn what_is_gone_is_to_be_looked_for_and_what_is_refused_saved_by_hand() {
        check(404, None, "not found (HTTP 404) at https://a.example/x; look for the document's");
        check(403, None, "the site refuses programs (HTTP 403) at https://a.example/x; save");
        check(451, None, "the site refuses programs (HTTP 451) at https://a.example/x; save");
        check(401, None, "a login is asked for");
        check(206, None, "no document but HTTP 206");
    }

    #[test]
    fn an_address_is_named_in_a_reason_only_where_it_is_another_one() {
        let gone = status(404, "https://a.example/x", None).reason;
        assert!(said_once(&gone, "https://a.example/x").starts_with("not found (HTTP 404); look"));
        assert_eq!(said_once(&gone, "https://a.example/"), gone);
        let leads = "https://a.example/x redirects to `%`, which is no address";
        assert!(said_once(leads, "https://a.example/x").starts_with("redirects to"));
    }

    #[test]
    fn a_wait_is_passed_on_when_it_is_a_number_of_seconds() {
        check(
            503,
            Some(120),
            "the site fails (HTTP 503) at https://a.example/x; try again in 120 s",
        );
        check(503, None, "the site fails (HTTP 503) at https://a.example/x; try again later");
    }
}
