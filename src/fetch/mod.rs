//! Turns addresses into snapshots: the only door to the network.
//!
//! Bytes are fetched, counted, digested and kept; what they mean is not asked.
//! What the world does (an address that is gone, a site that refuses programs)
//! comes back as a [`FetchProblem`] beside the snapshots that could be had.
//!
//! ```text
//! address ─► store? ─► robots? ─► turn of its host ─► guard ─► request ─► body, unpacked
//!              │                        ▲                         │      and counted ─► store
//!              │                        └── redirect, or again ◄──┘            │
//!              └────────────────────────────────────────────────────────► Snapshot
//! ```

mod address;
mod archive;
mod body;
mod cause;
mod challenge;
mod exchange;
mod follow;
mod guard;
mod lanes;
mod options;
mod permit;
mod pins;
mod problem;
mod request;
mod retry;
mod robots;
mod store;
mod together;
mod unpack;
mod visit;
mod warc;

pub use archive::ArchivedCopy;
pub use challenge::shows_challenge;
pub use exchange::Exchange;
pub use options::{Clock, FetchOptions, Lookup};
pub use permit::{HostPort, Mapping};
pub use problem::{FetchProblem, ProblemKind};
pub use store::{Damaged, Store};
pub use visit::Visit;
pub use warc::Warc;

use crate::fetch::address::{Address, canonical, parse};
use crate::fetch::exchange::header;
use crate::fetch::follow::{Followed, Follower};
use crate::fetch::lanes::Lanes;
use crate::fetch::permit::host_name;
use crate::fetch::request::{Client, Known};
use crate::fetch::robots::Sites;
use crate::model::{Origin, Snapshot};
use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

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
    /// What went wrong may pass: it will be asked again.
    Again {
        /// The address as it was named.
        source: &'a str,
        /// The time the host is left alone before.
        wait: Duration,
        /// What went wrong.
        reason: &'a str,
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
    lanes: Lanes,
    sites: Sites,
    /// None once it is dropped.
    runtime: Option<tokio::runtime::Runtime>,
}

impl Drop for Fetcher {
    fn drop(&mut self) {
        // A look-up that hangs is left to itself.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Fetcher {
    /// A fetcher that keeps what it fetches in `store`.
    ///
    /// # Errors
    ///
    /// When the system gives no event queue, or the options make no valid
    /// client (a proxy or a certificate that is none): nothing can be fetched
    /// then.
    pub fn new(options: FetchOptions, store: Store) -> io::Result<Self> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let client = Client::new(&options).map_err(io::Error::other)?;
        let (lanes, sites) = (Lanes::new(options.delay), Sites::default());
        Ok(Self { options, store, client, lanes, sites, runtime: Some(runtime) })
    }

    /// Fetches `urls`, several hosts at a time; the results are in their
    /// order. An address named twice is asked once.
    ///
    /// # Panics
    ///
    /// When called from within an asynchronous runtime, which it would block.
    pub fn fetch_all(
        &self,
        urls: &[impl AsRef<str>],
        observer: &dyn Fn(Event<'_>),
    ) -> Vec<Fetched> {
        let visits = self.visit_all(urls, observer);
        visits.into_iter().map(|visit| visit.fetched).collect()
    }

    /// Like [`fetch_all`](Self::fetch_all), with all that was exchanged. An
    /// address named again is taken from the result of the first.
    ///
    /// # Panics
    ///
    /// When called from within an asynchronous runtime, which it would block.
    pub fn visit_all(&self, urls: &[impl AsRef<str>], observer: &dyn Fn(Event<'_>)) -> Vec<Visit> {
        let (once, places) = each_once(urls);
        let visits: Vec<Mutex<Option<Visit>>> = once.iter().map(|_| Mutex::new(None)).collect();
        self.visit_each(&once, observer, &|index, visit| {
            *visits[index].lock().unwrap_or_else(PoisonError::into_inner) = Some(visit);
        });
        let visits = visits.into_iter().map(|visit| {
            let visit = visit.into_inner().unwrap_or_else(PoisonError::into_inner);
            visit.expect("no address is left undone")
        });
        in_order(visits.map(Some).collect(), &places)
    }

    /// Visits `urls`, which are all different, and hands each over when it is
    /// done, so that no more documents are held than are asked for.
    ///
    /// # Panics
    ///
    /// When called from within an asynchronous runtime, which it would block.
    pub fn visit_each(
        &self,
        urls: &[&str],
        observer: &dyn Fn(Event<'_>),
        done: &dyn Fn(usize, Visit),
    ) {
        // The addresses of a host one after another, the hosts side by side.
        let mut hosts: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (index, url) in urls.iter().enumerate() {
            let host = parse(url).ok().and_then(|address| host_name(&address.url));
            hosts.entry(host.unwrap_or_default()).or_default().push(index);
        }
        let queue = |indexes: Vec<usize>| async move {
            for index in indexes {
                let visit = self.visit(urls[index], observer).await;
                let (source, fetched) = (urls[index], &visit.fetched);
                observer(Event::Done { source, fetched });
                done(index, visit);
            }
        };
        self.block_on(together::all(hosts.into_values().map(queue)));
    }

    /// The newest copy of `url` in the archive at `base`; none where it has
    /// none.
    ///
    /// # Errors
    ///
    /// When the archive does not answer.
    ///
    /// # Panics
    ///
    /// When called from within an asynchronous runtime, which it would block.
    pub fn archived(&self, base: &str, url: &str) -> Result<Option<ArchivedCopy>, FetchProblem> {
        self.block_on(archive::newest(&self.follower(&|_| ()), base, url))
    }

    /// The bytes of `copy` as a snapshot of `url`. Nothing is kept.
    ///
    /// # Errors
    ///
    /// When the archive does not give them.
    ///
    /// # Panics
    ///
    /// When called from within an asynchronous runtime, which it would block.
    pub fn from_archive(&self, copy: &ArchivedCopy, url: &str) -> Fetched {
        let address = parse(&copy.raw)?;
        let followed = self.block_on(self.follower(&|_| ()).follow(&address, None));
        let visit = self.visited(&address, followed, None);
        visit.fetched.map(|snapshot| Snapshot {
            source: url.to_owned(),
            final_url: Some(snapshot.final_url.unwrap_or(snapshot.source)),
            redirects: Vec::new(),
            origin: Origin::Archived,
            ..snapshot
        })
    }

    /// The store that is kept in.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    fn block_on<T>(&self, future: impl Future<Output = T>) -> T {
        self.runtime.as_ref().expect("it is there until the drop").block_on(future)
    }

    fn follower<'a>(&'a self, observer: &'a dyn Fn(Event<'_>)) -> Follower<'a> {
        let (client, lanes, sites) = (&self.client, &self.lanes, &self.sites);
        Follower { client, lanes, sites, options: &self.options, observer }
    }

    async fn visit(&self, source: &str, observer: &dyn Fn(Event<'_>)) -> Visit {
        let address = match parse(source) {
            Ok(address) => address,
            Err(problem) => return Visit::of(source, Err(problem)),
        };
        let stored = self.store.get(source);
        let offline = self.options.offline;
        let before = match stored {
            Ok(Some(snapshot)) if offline || !self.options.refresh => {
                return Visit::of(source, Ok(snapshot));
            }
            Ok(None) if offline => return Visit::of(source, Err(problem::not_stored(source))),
            Err(damaged) if offline => {
                return Visit::of(source, Err(problem::damaged(source, &damaged)));
            }
            Ok(before) => before,
            // What is damaged is fetched anew, and replaced.
            Err(_) => None,
        };
        observer(Event::Asking { source });
        let known = before.as_ref().map(known);
        let followed = self.follower(observer).follow(&address, known.as_ref()).await;
        let visit = self.visited(&address, followed, before);
        if let (Ok(snapshot), false, true) = (&visit.fetched, visit.unchanged, self.options.keep)
            && let Err(error) = self.store.put(snapshot)
        {
            observer(Event::NotKept { source, reason: &error.to_string() });
        }
        visit
    }

    /// What following came to, beside the copy that was kept.
    fn visited(
        &self,
        address: &Address<'_>,
        followed: Followed,
        before: Option<Snapshot>,
    ) -> Visit {
        let Followed { url, hops, exchanges, outcome } = followed;
        let last = exchanges.last();
        let fetched = outcome.map(|bytes| match (bytes, &before) {
            (None, Some(before)) => Snapshot {
                fetched_at: Some(self.options.stamp()),
                redirects: hops,
                from_store: false,
                ..before.clone()
            },
            (bytes, _) => {
                let headers = last.map(|last| last.headers.clone()).unwrap_or_default();
                Snapshot {
                    final_url: (url != address.url).then(|| url.to_string()),
                    redirects: hops,
                    content_type: header(&headers, "content-type").map(str::to_owned),
                    headers,
                    fetched_at: Some(self.options.stamp()),
                    ..Snapshot::of_bytes(address.source, bytes.unwrap_or_default())
                }
            }
        });
        let same = |now: &Snapshot, before: &Snapshot| {
            now.digest == before.digest && now.final_url == before.final_url
        };
        let unchanged = match (&fetched, &before) {
            (Ok(now), Some(before)) => same(now, before),
            _ => false,
        };
        Visit { source: address.source.to_owned(), fetched, exchanges, before, unchanged }
    }
}

/// Says what is wrong with an address that cannot be fetched.
///
/// # Errors
///
/// When it is none, or of a kind that is not fetched.
pub fn check_address(source: &str) -> Result<(), FetchProblem> {
    parse(source).map(|_| ())
}

/// What a server can say of a copy at hand.
fn known(copy: &Snapshot) -> Known {
    let value = |name| header(&copy.headers, name).map(str::to_owned);
    let url = canonical(copy.final_url.as_deref().unwrap_or(&copy.source));
    match copy.origin {
        Origin::Fetched => Known { url, etag: value("etag"), modified: value("last-modified") },
        // The address did not give these bytes.
        Origin::Attached | Origin::Archived => Known::default(),
    }
}

/// Every address once, and for each as it was named its place there.
fn each_once(urls: &[impl AsRef<str>]) -> (Vec<&str>, Vec<usize>) {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    let mut once = Vec::new();
    let places = urls.iter().map(|url| {
        *known.entry(url.as_ref()).or_insert_with(|| {
            once.push(url.as_ref());
            once.len() - 1
        })
    });
    let places = places.collect();
    (once, places)
}

/// The visits in the order of `places`. Documents are large: only those asked
/// for twice are copied.
fn in_order(mut visits: Vec<Option<Visit>>, places: &[usize]) -> Vec<Visit> {
    let mut left = vec![0_usize; visits.len()];
    for &place in places {
        left[place] += 1;
    }
    let give = |&place: &usize| {
        left[place] -= 1;
        let visit = &mut visits[place];
        let given = match visit {
            Some(visit) if left[place] > 0 => Some(Visit::of(&visit.source, visit.fetched.clone())),
            _ => visit.take(),
        };
        given.expect("no address is left undone")
    };
    places.iter().map(give).collect()
}
