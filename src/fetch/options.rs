//! How patiently, how politely, how much, and whether at all.

use crate::fetch::permit::{HostPort, Mapping};
use std::fmt;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

/// The clock that snapshots are stamped with.
pub type Clock = Arc<dyn Fn() -> SystemTime + Send + Sync>;

/// Looks up the addresses of a name.
pub type Lookup = Arc<dyn Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync>;

/// What a [`Fetcher`](crate::fetch::Fetcher) may do.
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct FetchOptions {
    /// How long to wait for a connection, look-up and TLS included.
    pub connect_timeout: Duration,
    /// How long to wait for an answer to begin, and then for more of it.
    pub first_byte_timeout: Duration,
    /// How long one address may take in all, redirects and repeats included,
    /// waiting out of politeness not.
    pub total_timeout: Duration,
    /// How many bytes a document may have, counted after decompression.
    pub max_bytes: u64,
    /// How many bytes a packed body may give for each it has, once a first
    /// mebibyte has come.
    pub max_ratio: u64,
    /// How many redirects are followed.
    pub max_redirects: usize,
    /// The least time between the beginnings of two requests to one host.
    pub delay: Duration,
    /// How often what may pass is asked again.
    pub retries: u32,
    /// The wait before the first repeat; it doubles with each.
    pub backoff: Duration,
    /// The longest wait that a host's `Retry-After` is granted.
    pub patience: Duration,
    /// Whether `robots.txt` is asked and obeyed.
    pub robots: bool,
    /// Where a request may go although the address is not a public one.
    pub allow_private: Vec<HostPort>,
    /// Hosts that are found elsewhere than a look-up would say.
    pub resolve: Vec<Mapping>,
    /// How names are looked up; the system is asked where there is none.
    pub lookup: Option<Lookup>,
    /// The proxy all requests go through. The system's own setting is not
    /// used: the guard could not vouch for it.
    pub proxy: Option<String>,
    /// Certificates (PEM) that are trusted besides the system's.
    pub certificates: Vec<Vec<u8>>,
    /// How requests introduce themselves.
    pub user_agent: String,
    /// Make no request: what is not in the store is not had.
    pub offline: bool,
    /// Ask again for what is in the store. Without effect when offline.
    pub refresh: bool,
    /// Whether what is fetched takes the place of what the store has.
    pub keep: bool,
    /// The time, as snapshots are stamped with it.
    pub now: Clock,
}

impl FetchOptions {
    /// The usual limits, with the clock `now`.
    pub fn new(now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            first_byte_timeout: Duration::from_secs(30),
            total_timeout: Duration::from_mins(2),
            max_bytes: 64 << 20,
            max_ratio: 100,
            max_redirects: 8,
            delay: Duration::from_secs(1),
            retries: 2,
            backoff: Duration::from_secs(1),
            patience: Duration::from_mins(1),
            robots: false,
            allow_private: Vec::new(),
            resolve: Vec::new(),
            lookup: None,
            proxy: None,
            certificates: Vec::new(),
            user_agent: concat!("normtag/", env!("CARGO_PKG_VERSION")).to_owned(),
            offline: false,
            refresh: false,
            keep: true,
            now: Arc::new(now),
        }
    }

    /// The time now (RFC 3339, UTC, to the second).
    pub(crate) fn stamp(&self) -> String {
        humantime::format_rfc3339_seconds((self.now)()).to_string()
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
            .field("delay", &self.delay)
            .field("retries", &self.retries)
            .field("robots", &self.robots)
            .field("allow_private", &self.allow_private)
            .field("resolve", &self.resolve)
            .field("proxy", &self.proxy)
            .field("user_agent", &self.user_agent)
            .field("offline", &self.offline)
            .field("refresh", &self.refresh)
            .finish_non_exhaustive()
    }
}
