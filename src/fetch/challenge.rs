//! Pages that want to see a person: known by what they say of themselves.

use crate::fetch::exchange::Exchange;

/// Words of such pages, in lower case.
const MARKS: &[&str] = &[
    "<title>just a moment",
    "<title>attention required! | cloudflare",
    "challenges.cloudflare.com",
    "/cdn-cgi/challenge-platform/",
    "_incapsula_resource",
    "<title>access denied</title>",
    "<title>pardon our interruption",
    "making sure you&#39;re not a bot",
    "making sure you're not a bot",
    "<title>ddos-guard",
    "g-recaptcha",
    "h-captcha",
    "captcha-delivery.com",
];

/// Whether a refusal is such a page.
pub(crate) fn is_challenge(exchange: &Exchange) -> bool {
    let said = exchange.header("cf-mitigated").is_some_and(|value| value.contains("challenge"));
    let refuses = matches!(exchange.status, 401 | 403 | 405 | 406 | 429 | 503);
    said || refuses && shows_challenge(&exchange.body)
}

/// Whether a page's bytes are those of such a page.
#[must_use]
pub fn shows_challenge(page: &[u8]) -> bool {
    let page = String::from_utf8_lossy(page).to_lowercase();
    MARKS.iter().any(|mark| page.contains(mark))
}
