//! How patiently, how much, and whether at all.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// What a [`Fetcher`](crate::fetch::Fetcher) may do.
#[derive(Clone)]
pub struct FetchOptions {
    /// How long to wait for a connection, look-up and TLS included.
    pub connect_timeout: Duration,
    /// How long to wait for an answer to begin, and then for more of it.
    pub first_byte_timeout: Duration,
    /// How long one address may take in all, redirects included.
    pub total_timeout: Duration,
    /// How many bytes a document may have, counted after decompression.
    pub max_bytes: u64,
    /// How many redirects are followed.
    pub max_redirects: usize,
    /// How requests introduce themselves.
    pub user_agent: String,
    /// Whether requests go through the proxy the system is set up with.
    pub system_proxy: bool,
    /// Make no request: what is not in the store is not had.
    pub offline: bool,
    /// Ask again for what is in the store. Without effect when offline.
    pub refresh: bool,
    /// The time (RFC 3339, UTC), as snapshots are stamped with it.
    pub now: Arc<dyn Fn() -> String + Send + Sync>,
}

impl FetchOptions {
    /// The usual limits, with the clock `now`.
    pub fn new(now: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            first_byte_timeout: Duration::from_secs(30),
            total_timeout: Duration::from_mins(2),
            max_bytes: 64 << 20,
            max_redirects: 8,
            user_agent: concat!("normtag/", env!("CARGO_PKG_VERSION")).to_owned(),
            system_proxy: true,
            offline: false,
            refresh: false,
            now: Arc::new(now),
        }
    }
}

impl fmt::Debug for FetchOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FetchOptions")
            .field("connect_timeout", &self.connect_timeout)
            .field("first_byte_timeout", &self.first_byte_timeout)
            .field("total_timeout", &self.total_timeout)
            .field("max_bytes", &self.max_bytes)
            .field("max_redirects", &self.max_redirects)
            .field("user_agent", &self.user_agent)
            .field("system_proxy", &self.system_proxy)
            .field("offline", &self.offline)
            .field("refresh", &self.refresh)
            .finish_non_exhaustive()
    }
}
