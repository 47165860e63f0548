//! What earlier runs saw: a line of JSON for each address and run, only ever
//! added to.

use crate::model::LinkState;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::time::Duration;

/// How far apart two failed runs must be for an address to be dead.
const APART: Duration = Duration::from_hours(24);

/// What one run saw at one address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// When (RFC 3339, UTC).
    pub at: String,
    /// The address.
    pub url: String,
    /// What became of it.
    pub state: LinkState,
    /// The HTTP status of the last answer.
    pub status: Option<u16>,
    /// The address that answered, where it is another one.
    pub final_url: Option<String>,
    /// The digest of the document that came.
    pub digest: Option<String>,
    /// What was said of it.
    pub reason: String,
}

/// Every run, by address.
#[derive(Debug, Clone, Default)]
pub struct History {
    runs: BTreeMap<String, Vec<Run>>,
    /// Lines that are none, from 1, with what is wrong.
    pub mistakes: Vec<(usize, String)>,
}

impl History {
    /// Reads a history, line by line; a line that is wrong hides no other.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut history = Self::default();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            match serde_json::from_str::<Run>(line) {
                Ok(run) => history.runs.entry(run.url.clone()).or_default().push(run),
                Err(error) => history.mistakes.push((index + 1, error.to_string())),
            }
        }
        history
    }

    /// Whether the newest run of `url` did not get the document.
    #[must_use]
    pub fn failed(&self, url: &str) -> bool {
        let last = self.runs.get(url).and_then(|runs| runs.last());
        last.is_some_and(|run| run.state.failed())
    }

    /// The first of the runs that `url` has failed in, one after another. Runs
    /// in which the site refused to say neither break the row nor begin it.
    #[must_use]
    pub fn failing_since(&self, url: &str) -> Option<&str> {
        let runs = self.runs.get(url)?.iter().rev();
        let row = runs.take_while(|run| run.state.failed() && run.state != LinkState::Soft404);
        let row = row.filter(|run| run.state.may_be_dead());
        row.last().map(|run| run.at.as_str())
    }
}

/// Whether two times (RFC 3339) are a day apart or more.
#[must_use]
pub fn a_day_apart(since: &str, now: &str) -> bool {
    let time = |text| humantime::parse_rfc3339(text).ok();
    let apart = time(now).zip(time(since)).and_then(|(now, since)| now.duration_since(since).ok());
    apart.is_some_and(|apart| apart >= APART)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn history(states: &[(&str, &str)]) -> History {
        let line = |(at, state): &(&str, &str)| {
            format!(
                "{{\"at\":\"{at}\",\"url\":\"u\",\"state\":\"{state}\",\"status\":null,\
                 \"final_url\":null,\"digest\":null,\"reason\":\"\"}}"
            )
        };
        History::parse(&states.iter().map(line).collect::<Vec<String>>().join("\n"))
    }

    #[test]
    fn a_row_of_failures_begins_after_the_last_run_that_got_it() {
        let gone = history(&[("1", "gone"), ("2", "ok"), ("3", "gone"), ("4", "unreachable")]);
        assert_eq!(gone.failing_since("u"), Some("3"));
        let refused = history(&[("1", "gone"), ("2", "blocked"), ("3", "gone")]);
        assert_eq!(refused.failing_since("u"), Some("1"));
        assert_eq!(history(&[("1", "blocked")]).failing_since("u"), None);
        assert!(history(&[("1", "blocked")]).failed("u"));
        assert!(!history(&[("1", "gone"), ("2", "moved")]).failed("u"));
    }

    #[test]
    fn a_day_is_a_day() {
        assert!(a_day_apart("2031-05-01T12:00:00Z", "2031-05-02T12:00:00Z"));
        assert!(!a_day_apart("2031-05-01T12:00:00Z", "2031-05-02T11:59:59Z"));
        assert!(!a_day_apart("2031-05-02T12:00:00Z", "2031-05-01T12:00:00Z"));
    }

    #[test]
    fn a_line_that_is_wrong_hides_no_other() {
        let mut text = "not JSON\n".to_owned();
        text.push_str(&serde_json::to_string(&history(&[("1", "gone")]).runs["u"][0]).unwrap());
        let history = History::parse(&text);
        assert_eq!(history.mistakes.len(), 1);
        assert!(history.failed("u"));
    }
}
