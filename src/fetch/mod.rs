//! Turns addresses into snapshots: the only door to the network.
//!
//! Bytes are fetched, counted, digested and kept; what they mean is not asked.
//! What the world does (an address that is gone, a site that refuses programs)
//! comes back as a [`FetchProblem`] beside the snapshots that could be had.
//!
//! ```text
//! address ──► store? ──► request ──► redirects ──► body, counted ──► store
//!               │                                                      │
//!               └──────────────────► Snapshot ◄────────────────────────┘
//! ```

mod address;
mod body;
mod cause;
mod guard;
mod options;
mod problem;
mod request;
mod store;
mod together;

pub use options::FetchOptions;
pub use problem::{FetchProblem, ProblemKind};
pub use store::{Damaged, Store};

use crate::fetch::address::{Address, parse};
use crate::fetch::request::Client;
use crate::model::Snapshot;
use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Addresses that are asked at one time.
const AT_ONCE: usize = 6;

/// What became of one address.
pub type Fetched = Result<Snapshot, FetchProblem>;

/// What happens while addresses are fetched, for whoever shows progress.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// A request is made for this address.
    Asking {
        /// The address as it was named.
        source: &'a str,
    },
    /// The address led elsewhere.
    Redirected {
        /// The address as it was named.
        source: &'a str,
        /// Where it leads now.
        to: &'a str,
    },
    /// More of the body has come.
    Received {
        /// The address as it was named.
        source: &'a str,
        /// Bytes so far, decoded.
        bytes: u64,
        /// Bytes to come in all, where the server says so.
        of: Option<u64>,
    },
    /// The snapshot could not be kept; it is still returned.
    NotKept {
        /// The address as it was named.
        source: &'a str,
        /// Why.
        reason: &'a str,
    },
    /// The address is done with.
    Done {
        /// The address as it was named.
        source: &'a str,
        /// What became of it.
        fetched: &'a Fetched,
    },
}

/// Fetches addresses, from the store where it has them.
#[derive(Debug)]
pub struct Fetcher {
    options: FetchOptions,
    store: Store,
    client: Client,
    runtime: tokio::runtime::Runtime,
}

impl Fetcher {
    /// A fetcher that keeps what it fetches in `store`.
    ///
    /// # Errors
    ///
    /// When the system gives no event queue, or the options make no valid
    /// request header: nothing can be fetched then.
    pub fn new(options: FetchOptions, store: Store) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let client = Client::new(&options).map_err(io::Error::other)?;
        Ok(Self { options, store, client, runtime })
    }

    /// Fetches `urls`, several at a time; the results are in their order. An
    /// address named twice is asked once.
    ///
    /// # Panics
    ///
    /// When called from within an asynchronous runtime, which it would block.
    pub fn fetch_all(
        &self,
        urls: &[impl AsRef<str>],
        observer: &dyn Fn(Event<'_>),
    ) -> Vec<Fetched> {
        let mut places: BTreeMap<&str, usize> = BTreeMap::new();
        let mut once: Vec<&str> = Vec::new();
        for url in urls.iter().map(AsRef::as_ref) {
            places.entry(url).or_insert_with(|| {
                once.push(url);
                once.len() - 1
            });
        }
        let results: Vec<Mutex<Option<Fetched>>> = once.iter().map(|_| Mutex::new(None)).collect();
        let next = AtomicUsize::new(0);
        let worker = || async {
            while let Some((url, result)) = {
                let index = next.fetch_add(1, Ordering::Relaxed);
                once.get(index).zip(results.get(index))
            } {
                let fetched = self.fetch(url, observer).await;
                observer(Event::Done { source: url, fetched: &fetched });
                *result.lock().unwrap_or_else(PoisonError::into_inner) = Some(fetched);
            }
        };
        let workers = (0..AT_ONCE.min(once.len())).map(|_| worker());
        self.runtime.block_on(together::all(workers));
        let mut results: Vec<Option<Fetched>> = results
            .into_iter()
            .map(|result| result.into_inner().unwrap_or_else(PoisonError::into_inner))
            .collect();
        // Documents are large: only those asked for twice are copied.
        let mut left = vec![0_usize; once.len()];
        let order: Vec<usize> = urls.iter().map(|url| places[url.as_ref()]).collect();
        for &place in &order {
            left[place] += 1;
        }
        let give = |place: usize| {
            left[place] -= 1;
            let result = &mut results[place];
            let fetched = if left[place] == 0 { result.take() } else { result.clone() };
            fetched.expect("the workers leave no address undone")
        };
        order.into_iter().map(give).collect()
    }

    async fn fetch(&self, source: &str, observer: &dyn Fn(Event<'_>)) -> Fetched {
        let address = parse(source)?;
        if let Some(snapshot) = self.stored(&address)? {
            return Ok(snapshot);
        }
        observer(Event::Asking { source });
        let snapshot = self.client.fetch(&address, &self.options, observer).await?;
        if let Err(error) = self.store.put(&snapshot) {
            observer(Event::NotKept { source, reason: &error.to_string() });
        }
        Ok(snapshot)
    }

    /// The snapshot in the store, unless it is to be fetched anew.
    fn stored(&self, address: &Address<'_>) -> Result<Option<Snapshot>, FetchProblem> {
        if self.options.refresh && !self.options.offline {
            return Ok(None);
        }
        match self.store.get(address.source) {
            Ok(None) if self.options.offline => Err(problem::not_stored(address.source)),
            Err(damaged) if self.options.offline => Err(problem::damaged(address.source, &damaged)),
            Ok(snapshot) => Ok(snapshot),
            // What is damaged is fetched anew, and replaced.
            Err(_) => Ok(None),
        }
    }
}
