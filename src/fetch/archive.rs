//! Copies of an address in a web archive.
//!
//! One request for `<base><address>`, not followed: an archive that speaks
//! Memento, or the Wayback Machine, answers with a redirect to its newest copy.

use crate::fetch::address::parse;
use crate::fetch::follow::Follower;
use crate::fetch::problem::{self, FetchProblem, ProblemKind};
use url::Url;

/// Where an archive has a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArchivedCopy {
    /// The copy as the archive shows it.
    pub url: String,
    /// The bytes as they were archived, without what the archive adds.
    pub raw: String,
}

/// The newest copy of `url` in the archive at `base`; none where it has none.
pub(crate) async fn newest(
    follower: &Follower<'_>,
    base: &str,
    url: &str,
) -> Result<Option<ArchivedCopy>, FetchProblem> {
    let asked = format!("{base}{url}");
    let address = parse(&asked)?;
    let problem = |trouble: problem::Trouble| {
        FetchProblem::new(&asked, trouble.kind, problem::said_once(&trouble.reason, &asked))
    };
    let exchange = follower.ask_once(&address.url).await.map_err(problem)?;
    match exchange.status {
        300..=399 => {
            let to = exchange.header("location").and_then(|to| address.url.join(to).ok());
            Ok(to.as_ref().map(copy))
        }
        200 => Ok(Some(copy(&address.url))),
        404 | 410 => Ok(None),
        status => Err(FetchProblem::new(
            &asked,
            ProblemKind::Status(status),
            format!("the archive does not say (HTTP {status}); try again later"),
        )),
    }
}

fn copy(url: &Url) -> ArchivedCopy {
    ArchivedCopy { url: url.to_string(), raw: raw(url.as_str()) }
}

/// The Wayback Machine gives the bytes as archived where `id_` stands behind
/// the time; an address of another form is taken as it is.
fn raw(url: &str) -> String {
    let is_time = |part: &str| part.len() == 14 && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut from = 0;
    for part in url.split_inclusive('/') {
        from += part.len();
        if part.strip_suffix('/').is_some_and(is_time) {
            let (head, tail) = url.split_at(from - 1);
            return format!("{head}id_{tail}");
        }
    }
    url.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bytes_as_archived_are_asked_for() {
        assert_eq!(
            raw("https://web.archive.org/web/20200102030405/https://a.example/x"),
            "https://web.archive.org/web/20200102030405id_/https://a.example/x"
        );
        assert_eq!(raw("https://archive.example/m/2020/x"), "https://archive.example/m/2020/x");
    }
}
