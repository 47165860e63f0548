//! An address as it was typed, and what it means.

use crate::fetch::problem::{FetchProblem, ProblemKind};
use url::Url;

/// An address that can be asked.
#[derive(Debug, Clone)]
pub(crate) struct Address<'a> {
    /// As it was named.
    pub(crate) source: &'a str,
    /// As it is asked.
    pub(crate) url: Url,
}

/// Reads an address: http or https, with a host, and without a password.
pub(crate) fn parse(source: &str) -> Result<Address<'_>, FetchProblem> {
    let problem = |reason| FetchProblem::new(source, ProblemKind::Address, reason);
    let mut url = Url::parse(source.trim()).map_err(|error| {
        problem(format!("this is no address ({error}); write it whole, with https://"))
    })?;
    if !is_web(&url) {
        return Err(problem(format!(
            "`{}:` addresses are not fetched; give an http or https address, or a file",
            url.scheme()
        )));
    }
    if has_credentials(&url) {
        return Err(problem(
            "a user name stands before the host; it is not sent, so give the address without it"
                .to_owned(),
        ));
    }
    url.set_fragment(None);
    Ok(Address { source, url })
}

/// Whether the address is one of the two kinds that are fetched.
pub(crate) fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

/// Whether a user name or password stands before the host.
pub(crate) fn has_credentials(url: &Url) -> bool {
    !url.username().is_empty() || url.password().is_some()
}

/// The address by which a source is known in the store: two spellings of one
/// address are one.
pub(crate) fn canonical(source: &str) -> String {
    match Url::parse(source.trim()) {
        Ok(mut url) => {
            url.set_fragment(None);
            url.to_string()
        }
        Err(_) => source.to_owned(),
    }
}
