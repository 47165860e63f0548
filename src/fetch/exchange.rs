//! What was asked and what was answered, for whoever keeps a record.

use reqwest::header::HeaderMap;

/// One request and the answer to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// When it was asked (RFC 3339, UTC).
    pub at: String,
    /// The address that was asked, by GET.
    pub url: String,
    /// The headers that were sent.
    pub sent: Vec<(String, String)>,
    /// The status of the answer.
    pub status: u16,
    /// The headers of the answer, in its order; names in lower case.
    pub headers: Vec<(String, String)>,
    /// The beginning of the body, unpacked or not as it came, of an answer
    /// that is no document.
    pub body: Vec<u8>,
    /// Whether there was more of it.
    pub truncated: bool,
}

impl Exchange {
    /// The first header of the answer with this name, in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        header(&self.headers, name)
    }
}

/// The first header with this name, in lower case.
pub(crate) fn header<'a>(headers: &'a [(String, String)], name: &str) -> Option<&'a str> {
    headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}

/// Headers as they are kept. What a site would know a visitor by again is no
/// part of a record.
pub(crate) fn kept(headers: &HeaderMap) -> Vec<(String, String)> {
    let all = headers.iter().filter(|(name, _)| *name != "set-cookie");
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    all.map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect()
}
