//! What was fetched or read: bytes, where they came from, and their digest.
//!
//! A snapshot knows nothing of what the bytes mean.

use super::Digest;
use serde::{Deserialize, Serialize};

/// One step of a redirect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hop {
    /// The HTTP status that redirected, such as 301.
    pub status: u16,
    /// The address it led to.
    pub to: String,
}

/// How a snapshot came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// The address gave it, or it was read from a file.
    #[default]
    Fetched,
    /// A person saved it and says that it is what the address shows.
    Attached,
    /// An archive gave it in place of the address.
    Archived,
}

/// The bytes of one source at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// The source as it was named: an address, a path, or `-`.
    pub source: String,
    /// The address that answered, where that is another one.
    pub final_url: Option<String>,
    /// The redirects from `source` to `final_url`, in order.
    pub redirects: Vec<Hop>,
    /// The content type the server stated, parameters and all. A hint: what
    /// the bytes are is decided by looking at them.
    pub content_type: Option<String>,
    /// The headers of the answer, in its order; names in lower case.
    pub headers: Vec<(String, String)>,
    /// How it came.
    pub origin: Origin,
    /// When it was fetched (RFC 3339, UTC), where it came over the network.
    pub fetched_at: Option<String>,
    /// Whether it came from the store, without a request.
    pub from_store: bool,
    /// SHA-256 of `bytes`.
    pub digest: Digest,
    /// The bytes.
    pub bytes: Vec<u8>,
}

impl Snapshot {
    /// A snapshot of `bytes` that came from `source` without a network.
    #[must_use]
    pub fn of_bytes(source: impl Into<String>, bytes: Vec<u8>) -> Self {
        let digest = Digest::of(&bytes);
        Self::of_known(source, bytes, digest)
    }

    /// The same of bytes whose digest is known.
    #[must_use]
    pub fn of_known(source: impl Into<String>, bytes: Vec<u8>, digest: Digest) -> Self {
        Self {
            source: source.into(),
            final_url: None,
            redirects: Vec::new(),
            content_type: None,
            headers: Vec::new(),
            origin: Origin::Fetched,
            fetched_at: None,
            from_store: false,
            digest,
            bytes,
        }
    }
}
