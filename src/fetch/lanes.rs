//! One lane for each host: one request at a time, and time between them.
//!
//! Whoever wants to ask a host enters its lane, in the order of asking, and
//! holds it until the answer is read. A host that asks to be left alone
//! postpones its own lane and no other.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedMutexGuard, Semaphore, SemaphorePermit};
use tokio::time::{Instant, sleep_until};

/// Requests that are under way at one time, each to another host.
const AT_ONCE: usize = 16;

/// The lanes of a run.
#[derive(Debug)]
pub(crate) struct Lanes {
    hosts: Mutex<BTreeMap<String, Arc<tokio::sync::Mutex<Lane>>>>,
    slots: Semaphore,
    delay: Duration,
}

/// What is known of a host.
#[derive(Debug)]
struct Lane {
    /// When it may be asked next.
    next: Instant,
    /// The time between two requests.
    delay: Duration,
    /// Why it is not asked again in this run, and until when.
    closed: Option<(Instant, u16)>,
}

/// The right to ask a host, until it is dropped.
pub(crate) struct Turn<'a> {
    lane: OwnedMutexGuard<Lane>,
    _slot: SemaphorePermit<'a>,
}

/// The host asked to be left alone for longer than there is patience for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Closed {
    /// The status it said so with.
    pub(crate) status: u16,
    /// How long it is to be left alone yet.
    pub(crate) wait: Duration,
}

impl Lanes {
    pub(crate) fn new(delay: Duration) -> Self {
        Self { hosts: Mutex::default(), slots: Semaphore::new(AT_ONCE), delay }
    }

    fn lane(&self, host: &str) -> Arc<tokio::sync::Mutex<Lane>> {
        let mut hosts = self.hosts.lock().unwrap_or_else(PoisonError::into_inner);
        let lane = hosts.entry(host.to_owned()).or_insert_with(|| {
            let lane = Lane { next: Instant::now(), delay: self.delay, closed: None };
            Arc::new(tokio::sync::Mutex::new(lane))
        });
        Arc::clone(lane)
    }

    /// Waits for the turn to ask `host`.
    pub(crate) async fn enter(&self, host: &str) -> Result<Turn<'_>, Closed> {
        let mut lane = self.lane(host).lock_owned().await;
        if let Some((until, status)) = lane.closed {
            let wait = until.saturating_duration_since(Instant::now());
            if !wait.is_zero() {
                return Err(Closed { status, wait });
            }
        }
        sleep_until(lane.next).await;
        let slot = self.slots.acquire().await.expect("the slots are never closed");
        lane.next = Instant::now() + lane.delay;
        Ok(Turn { lane, _slot: slot })
    }

    /// The host asks for more time between two requests.
    pub(crate) async fn slow_down(&self, host: &str, delay: Duration) {
        let mut lane = self.lane(host).lock_owned().await;
        let more = delay.saturating_sub(lane.delay);
        lane.next += more;
        lane.delay += more;
    }
}

impl Turn<'_> {
    /// The host is not asked again before this time is over.
    pub(crate) fn postpone(&mut self, wait: Duration) {
        self.lane.next = self.lane.next.max(Instant::now() + wait);
    }

    /// The host is not asked again in this run, unless it lasts longer.
    pub(crate) fn close(&mut self, status: u16, wait: Duration) {
        self.lane.closed = Some((Instant::now() + wait, status));
    }
}
