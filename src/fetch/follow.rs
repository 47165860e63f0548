//! Follows an address to its document: hop by hop, each judged before it is
//! taken and recorded after, each in its host's turn, and again where what went
//! wrong may pass.

use crate::fetch::address::{Address, is_web};
use crate::fetch::challenge::is_challenge;
use crate::fetch::exchange::Exchange;
use crate::fetch::lanes::{Lanes, Turn};
use crate::fetch::options::FetchOptions;
use crate::fetch::permit::host_name;
use crate::fetch::problem::{self, BY_HAND, FetchProblem, ProblemKind, Trouble};
use crate::fetch::request::{Ask, Client, Known};
use crate::fetch::robots::{File, MOST, REDIRECTS, Rules, Sites, place};
use crate::fetch::{Event, body, retry};
use crate::model::Hop;
use reqwest::header::LOCATION;
use std::collections::BTreeSet;
use std::time::Duration;
use tokio::time::{Instant, timeout};
use url::Url;

/// What following takes.
pub(crate) struct Follower<'a> {
    pub(crate) client: &'a Client,
    pub(crate) lanes: &'a Lanes,
    pub(crate) sites: &'a Sites,
    pub(crate) options: &'a FetchOptions,
    pub(crate) observer: &'a dyn Fn(Event<'_>),
}

/// Where an address led, and every exchange on the way.
#[derive(Debug)]
pub(crate) struct Followed {
    /// The address that answered last.
    pub(crate) url: Url,
    /// How it came there.
    pub(crate) hops: Vec<Hop>,
    /// What was asked and answered, of every attempt.
    pub(crate) exchanges: Vec<Exchange>,
    /// The document, none where the copy at hand holds; or why there is none.
    pub(crate) outcome: Result<Option<Vec<u8>>, FetchProblem>,
}

/// Where the following of redirects stands.
struct Trail<'a> {
    source: &'a str,
    known: Option<&'a Known>,
    /// The address to ask next.
    url: Url,
    /// How it came there.
    hops: Vec<Hop>,
    /// Every address asked.
    seen: BTreeSet<Url>,
    exchanges: Vec<Exchange>,
    /// How often it was begun anew.
    attempt: u32,
    /// Time that may yet be spent.
    left: Duration,
}

/// What one hop came to.
enum Step {
    Turned,
    Unchanged,
    Document(Vec<u8>),
}

impl Follower<'_> {
    /// Follows `address`; `known` is the copy at hand.
    pub(crate) async fn follow(&self, address: &Address<'_>, known: Option<&Known>) -> Followed {
        let mut trail = Trail {
            source: address.source,
            known,
            url: address.url.clone(),
            hops: Vec::new(),
            seen: BTreeSet::new(),
            exchanges: Vec::new(),
            attempt: 0,
            left: self.options.total_timeout,
        };
        let outcome = loop {
            match self.to_the_end(&mut trail).await {
                Err(trouble) if trouble.again => {
                    trail.attempt += 1;
                    trail.url = address.url.clone();
                    trail.hops.clear();
                    trail.seen.clear();
                }
                outcome => break outcome,
            }
        };
        let outcome = outcome.map_err(|Trouble { kind, reason, .. }| FetchProblem {
            redirects: trail.hops.clone(),
            ..FetchProblem::new(
                address.source,
                kind,
                problem::said_once(&reason, address.url.as_str()),
            )
        });
        Followed { url: trail.url, hops: trail.hops, exchanges: trail.exchanges, outcome }
    }

    async fn to_the_end(&self, trail: &mut Trail<'_>) -> Result<Option<Vec<u8>>, Trouble> {
        loop {
            match self.hop(trail).await? {
                Step::Turned => {
                    let (source, to) = (trail.source, trail.url.as_str());
                    (self.observer)(Event::Redirected { source, to });
                }
                Step::Unchanged => return Ok(None),
                Step::Document(bytes) => return Ok(Some(bytes)),
            }
        }
    }

    /// One request, in the turn of its host, of which only the head matters.
    pub(crate) async fn ask_once(&self, url: &Url) -> Result<Exchange, Trouble> {
        let _turn = self.enter(url).await?;
        let ask = Ask { url, known: None, packed: false };
        let total = self.options.total_timeout;
        let asked = timeout(total, self.client.send(ask, self.options)).await;
        let asked = asked.map_err(|_| problem::timeout("not done", total, url.as_str()))?;
        asked.map(|(_, exchange)| exchange)
    }

    /// One request, in the turn of its host.
    async fn hop(&self, trail: &mut Trail<'_>) -> Result<Step, Trouble> {
        let url = trail.url.clone();
        if self.options.robots {
            self.rules(&url).await?;
        }
        let mut turn = self.enter(&url).await?;
        let began = Instant::now();
        let step = timeout(trail.left, self.step(trail)).await.unwrap_or_else(|_| {
            let total = self.options.total_timeout;
            Err(problem::timeout("not done", total, url.as_str()))
        });
        trail.left = trail.left.saturating_sub(began.elapsed());
        step.map_err(|trouble| self.settle(trouble, trail, &mut turn))
    }

    async fn enter(&self, url: &Url) -> Result<Turn<'_>, Trouble> {
        let host = host_name(url).unwrap_or_default();
        let entered = self.lanes.enter(&host).await;
        entered.map_err(|closed| problem::left_alone(closed.status, closed.wait, url.as_str()))
    }

    /// Decides whether to ask again, and has the host left alone until then.
    fn settle(&self, mut trouble: Trouble, trail: &Trail<'_>, turn: &mut Turn<'_>) -> Trouble {
        let wait = retry::wait(&trouble, trail.attempt, self.options);
        let asked = trouble.wait.unwrap_or_default();
        if asked > self.options.patience {
            if let ProblemKind::Status(status) = trouble.kind {
                turn.close(status, asked);
            }
            return trouble;
        }
        let attempts = trail.attempt < self.options.retries && !trail.left.is_zero();
        trouble.again = attempts && retry::may_pass(trouble.kind);
        if trouble.again {
            turn.postpone(wait);
            let (source, reason) = (trail.source, trouble.reason.as_str());
            (self.observer)(Event::Again { source, wait, reason });
        } else {
            turn.postpone(asked);
        }
        trouble
    }

    async fn step(&self, trail: &mut Trail<'_>) -> Result<Step, Trouble> {
        trail.seen.insert(trail.url.clone());
        let ask = Ask { url: &trail.url, known: trail.known, packed: true };
        let conditional = trail.known.is_some_and(|known| known.url == trail.url.as_str());
        let (response, mut exchange) = self.client.send(ask, self.options).await?;
        let status = exchange.status;
        match status {
            304 if conditional => {
                trail.exchanges.push(exchange);
                Ok(Step::Unchanged)
            }
            300..=303 | 305..=399 => {
                let location = exchange.header(LOCATION.as_str()).map(str::to_owned);
                trail.exchanges.push(exchange);
                self.turn(trail, status, location.as_deref()).map(|()| Step::Turned)
            }
            200..=299 if status != 206 => {
                trail.exchanges.push(exchange);
                let (url, source) = (&trail.url, trail.source);
                let read = body::read(response, url, source, self.options, self.observer);
                read.await.map(Step::Document)
            }
            _ => {
                let wait = retry::asked(response.headers(), self.options);
                (exchange.body, exchange.truncated) =
                    body::of_a_refusal(response, self.options).await;
                let challenge = is_challenge(&exchange);
                trail.exchanges.push(exchange);
                let url = trail.url.as_str();
                Err(if challenge {
                    problem::challenge(status, url)
                } else {
                    problem::status(status, url, wait)
                })
            }
        }
    }

    /// Turns to where a redirect leads, if that is a place to go.
    fn turn(
        &self,
        trail: &mut Trail<'_>,
        status: u16,
        location: Option<&str>,
    ) -> Result<(), Trouble> {
        let from = trail.url.clone();
        let trouble = |reason| Err(Trouble::new(ProblemKind::Redirect, reason));
        let Some(location) = location else {
            return Err(problem::status(status, from.as_str(), None));
        };
        let Ok(mut to) = from.join(location) else {
            return trouble(format!("{from} redirects to `{location}`, which is no address"));
        };
        to.set_fragment(None);
        trail.hops.push(Hop { status, to: to.to_string() });
        if !is_web(&to) {
            let scheme = to.scheme();
            return trouble(format!(
                "{from} redirects to a `{scheme}:` address ({to}), which is not followed; {BY_HAND}"
            ));
        }
        if trail.seen.contains(&to) {
            return trouble(format!(
                "redirects in a circle at {to}, as sites do that want a browser's cookies; {BY_HAND}"
            ));
        }
        let most = self.options.max_redirects;
        if trail.hops.len() > most {
            return trouble(format!("more than {most} redirects, the last to {to}; {BY_HAND}"));
        }
        trail.url = to;
        Ok(())
    }

    /// Asks the rules of the site of `url`, once, and whether they let it be
    /// fetched.
    async fn rules(&self, url: &Url) -> Result<(), Trouble> {
        let site = self.sites.of(url);
        let rules = site.get_or_init(|| self.ask_rules(url)).await;
        rules.admit(url)
    }

    async fn ask_rules(&self, url: &Url) -> Rules {
        let mut attempt = 0;
        let mut file = self.robots(url).await;
        while matches!(file, File::Failing | File::Unanswered(_)) && attempt < self.options.retries
        {
            if let Ok(mut turn) = self.enter(url).await {
                turn.postpone(self.options.backoff.saturating_mul(1 << attempt.min(16)));
            }
            attempt += 1;
            file = self.robots(url).await;
        }
        let rules = Rules::new(&file);
        if let (Some(delay), Some(host)) = (rules.delay(), host_name(url)) {
            self.lanes.slow_down(&host, delay).await;
        }
        rules
    }

    /// The site's `robots.txt`, through its redirects.
    async fn robots(&self, url: &Url) -> File {
        let mut at = place(url);
        for _ in 0..=REDIRECTS {
            let mut turn = match self.enter(&at).await {
                Ok(turn) => turn,
                Err(closed) => return File::Unanswered(closed),
            };
            let ask = Ask { url: &at, known: None, packed: false };
            let total = self.options.total_timeout;
            let asked = timeout(total, self.client.send(ask, self.options)).await;
            let slow = |_| Err(problem::timeout("not done", total, at.as_str()));
            let (response, exchange) = match asked.unwrap_or_else(slow) {
                Ok(answer) => answer,
                Err(trouble) => return File::Unanswered(trouble),
            };
            if let Some(wait) = retry::asked(response.headers(), self.options) {
                turn.postpone(wait.min(self.options.patience));
            }
            match exchange.status {
                200..=299 => {
                    let read = body::beginning(response, MOST, self.options);
                    let read = timeout(total, read).await;
                    return read.map_or(File::Failing, |(text, _)| File::Text(text));
                }
                300..=399 => {
                    let to = exchange.header(LOCATION.as_str()).and_then(|to| at.join(to).ok());
                    match to.filter(is_web) {
                        Some(to) => at = to,
                        None => return File::Unavailable,
                    }
                }
                400..=499 => return File::Unavailable,
                _ => return File::Failing,
            }
        }
        File::TooManyRedirects
    }
}
