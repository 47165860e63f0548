//! Finds out why a request failed: the client's errors, in words that say what
//! to do.

use crate::fetch::options::FetchOptions;
use crate::fetch::problem::{self, BY_HAND, ProblemKind, Trouble};
use std::error::Error;
use std::io::{self, ErrorKind};
use url::Url;

/// Why there was no answer from `url`.
pub(crate) fn of_request(error: &reqwest::Error, url: &Url, options: &FetchOptions) -> Trouble {
    let host = url.host_str().unwrap_or_default();
    if error.is_timeout() && error.is_connect() {
        return problem::timeout("no connection", options.connect_timeout, url.as_str());
    }
    if error.is_dns() {
        return Trouble::new(
            ProblemKind::Dns,
            format!("the name `{host}` is not known ({}); check the address", deepest(error)),
        );
    }
    if has_kind(error, &[ErrorKind::ConnectionRefused]) {
        return Trouble::new(
            ProblemKind::Connection,
            format!("nothing answers (connection refused) at {url}; try again later"),
        );
    }
    let handshake = has_kind(error, &[ErrorKind::InvalidData, ErrorKind::UnexpectedEof]);
    if url.scheme() == "https" && error.is_connect() && handshake {
        return Trouble::new(
            ProblemKind::Tls,
            format!(
                "no secure connection (TLS) to `{host}`: {}; look at the site in a browser and, \
                 if you trust it, {BY_HAND}",
                deepest(error)
            ),
        );
    }
    let said = deepest(error);
    if said.contains("head is too large") {
        return Trouble::new(ProblemKind::TooLarge, format!("endless headers at {url}; {BY_HAND}"));
    }
    // As the client's parser puts it: these bytes are no HTTP.
    if ["HTTP version", "HTTP status", "HTTP header"].iter().any(|what| said.contains(what)) {
        return Trouble::new(
            ProblemKind::Protocol,
            format!("the answer is no HTTP ({said}) at {url}; {BY_HAND}"),
        );
    }
    broken("no answer", error, url)
}

/// Why the body from `url` ended early.
pub(crate) fn of_body(error: &reqwest::Error, read: u64, url: &Url) -> Trouble {
    broken(&format!("the connection broke off after {read} bytes"), error, url)
}

fn broken(what: &str, error: &reqwest::Error, url: &Url) -> Trouble {
    Trouble::new(
        ProblemKind::Connection,
        format!("{what} ({}) at {url}; try again later, or {BY_HAND}", deepest(error)),
    )
}

/// The chain of causes, from the error itself to the first.
fn chain<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error: &&'a (dyn Error + 'static)| (*error).source())
}

/// Whether an I/O error of one of `kinds` is among the causes.
fn has_kind(error: &(dyn Error + 'static), kinds: &[ErrorKind]) -> bool {
    chain(error)
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .flat_map(|outer| std::iter::successors(Some(outer), |error| wrapped(error)))
        .any(|error| kinds.contains(&error.kind()))
}

/// The I/O error another one wraps: its `source` is what that one's cause is,
/// and passes it over.
fn wrapped(error: &io::Error) -> Option<&io::Error> {
    error.get_ref()?.downcast_ref()
}

/// What the innermost cause says, on one line.
fn deepest(error: &(dyn Error + 'static)) -> String {
    let said = chain(error).last().map(ToString::to_string).unwrap_or_default();
    said.split_whitespace().collect::<Vec<&str>>().join(" ")
}
