//! What may pass, and how long to wait for it.

use crate::fetch::options::FetchOptions;
use crate::fetch::problem::{ProblemKind, Trouble};
use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};
use std::time::{Duration, SystemTime};

/// The longest wait that is one: a clock counts no further.
const LONGEST: Duration = Duration::from_hours(365 * 24);

/// Whether asking again may help.
pub(crate) fn may_pass(kind: ProblemKind) -> bool {
    match kind {
        ProblemKind::Dns | ProblemKind::Connection | ProblemKind::Timeout => true,
        ProblemKind::Status(status) => matches!(status, 408 | 425 | 429 | 500 | 502..=504),
        _ => false,
    }
}

/// The wait before repeat number `attempt` (from 0): what the host asks for, or
/// twice as long each time.
pub(crate) fn wait(trouble: &Trouble, attempt: u32, options: &FetchOptions) -> Duration {
    let backoff = options.backoff.saturating_mul(1 << attempt.min(16));
    trouble.wait.map_or(backoff, |asked| asked.max(backoff))
}

/// How long the host asks to be left alone: seconds, or a date, which is meant
/// by the host's own clock where it tells.
pub(crate) fn asked(headers: &HeaderMap, options: &FetchOptions) -> Option<Duration> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    let asked = text(RETRY_AFTER)?;
    if !asked.is_empty() && asked.bytes().all(|byte| byte.is_ascii_digit()) {
        // A number that is no u64 is a long time all the same.
        let seconds = asked.parse().unwrap_or(u64::MAX);
        return Some(Duration::from_secs(seconds).min(LONGEST));
    }
    let until = httpdate::parse_http_date(asked).ok()?;
    let now: SystemTime = text(DATE)
        .and_then(|date| httpdate::parse_http_date(date).ok())
        .unwrap_or_else(|| (options.now)());
    Some(until.duration_since(now).unwrap_or_default().min(LONGEST))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_read_in_seconds_and_as_a_date() {
        let options = FetchOptions::new(|| SystemTime::UNIX_EPOCH + Duration::from_mins(1));
        let wait = |value: &str, date: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, value.parse().unwrap());
            if let Some(date) = date {
                headers.insert(DATE, date.parse().unwrap());
            }
            asked(&headers, &options).map(|wait| wait.as_secs())
        };
        assert_eq!(wait("30", None), Some(30));
        assert_eq!(wait("99999999999999999999999", None), Some(31_536_000));
        assert_eq!(wait("Thu, 01 Jan 1970 00:01:30 GMT", None), Some(30));
        let date = Some("Thu, 01 Jan 1970 00:01:20 GMT");
        assert_eq!(wait("Thu, 01 Jan 1970 00:01:30 GMT", date), Some(10));
        assert_eq!(wait("Thu, 01 Jan 1970 00:00:00 GMT", None), Some(0));
        assert_eq!(wait("soon", None), None);
        assert_eq!(wait("", None), None);
    }
}
