//! Asks one address, and follows where it leads.
//!
//! Redirects are followed here and not by the HTTP client, so that each is
//! checked before it is taken and recorded after.

use crate::fetch::address::{Address, is_web};
use crate::fetch::guard::{Guard, Resolver, is_local_address, is_local_literal};
use crate::fetch::options::FetchOptions;
use crate::fetch::problem::{self, BY_HAND, FetchProblem, ProblemKind, Trouble};
use crate::fetch::{Event, body, cause};
use crate::model::{Digest, Hop, Snapshot};
use reqwest::Response;
use reqwest::header::{CONTENT_TYPE, HeaderName, LOCATION, RETRY_AFTER};
use std::collections::BTreeSet;
use std::sync::Arc;
use tokio::time::timeout;
use url::{Host, Url};

/// The HTTP client, twice: for addresses the user typed, and for those a
/// public server named.
#[derive(Debug)]
pub(crate) struct Client {
    typed: reqwest::Client,
    named: reqwest::Client,
    guard: Arc<Guard>,
}

/// Where the following of redirects stands.
struct Trail {
    /// The address to ask next.
    url: Url,
    /// How it came there.
    hops: Vec<Hop>,
    /// Every address asked.
    seen: BTreeSet<Url>,
    /// Whether a public server has been asked, and has a say in `url`.
    public: bool,
}

impl Client {
    pub(crate) fn new(options: &FetchOptions) -> reqwest::Result<Self> {
        let builder = || {
            let builder = reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .connect_timeout(options.connect_timeout)
                .user_agent(&options.user_agent)
                .referer(false);
            if options.system_proxy { builder } else { builder.no_proxy() }
        };
        let guard = Arc::new(Guard::default());
        Ok(Self {
            typed: builder().build()?,
            named: builder().dns_resolver(Resolver(Arc::clone(&guard))).build()?,
            guard,
        })
    }

    /// The document at `address`.
    pub(crate) async fn fetch(
        &self,
        address: &Address<'_>,
        options: &FetchOptions,
        observer: &dyn Fn(Event<'_>),
    ) -> Result<Snapshot, FetchProblem> {
        let mut trail = Trail {
            url: address.url.clone(),
            hops: Vec::new(),
            seen: BTreeSet::new(),
            public: false,
        };
        let asked = self.follow(&mut trail, address, options, observer);
        let result = match timeout(options.total_timeout, asked).await {
            Ok(result) => result,
            Err(_) => {
                Err(problem::timeout("not done", options.total_timeout, address.url.as_str()))
            }
        };
        let (content_type, bytes) = result.map_err(|Trouble { kind, reason }| FetchProblem {
            redirects: trail.hops.clone(),
            ..FetchProblem::new(
                address.source,
                kind,
                problem::said_once(&reason, address.url.as_str()),
            )
        })?;
        Ok(Snapshot {
            source: address.source.to_owned(),
            final_url: (trail.url != address.url).then(|| trail.url.to_string()),
            redirects: trail.hops,
            content_type,
            fetched_at: Some((options.now)()),
            from_store: false,
            digest: Digest::of(&bytes),
            bytes,
        })
    }

    async fn follow(
        &self,
        trail: &mut Trail,
        address: &Address<'_>,
        options: &FetchOptions,
        observer: &dyn Fn(Event<'_>),
    ) -> Result<(Option<String>, Vec<u8>), Trouble> {
        loop {
            let response = self.ask(trail, options).await?;
            let status = response.status().as_u16();
            match status {
                300..=399 => {
                    self.turn(trail, &response, options).await?;
                    observer(Event::Redirected { source: address.source, to: trail.url.as_str() });
                }
                200..=299 if status != 206 => {
                    let content_type = header(&response, &CONTENT_TYPE);
                    let body = body::read(response, &trail.url, address, options, observer).await?;
                    return Ok((content_type, body));
                }
                _ => {
                    let wait = header(&response, &RETRY_AFTER);
                    return Err(problem::status(status, trail.url.as_str(), wait.as_deref()));
                }
            }
        }
    }

    /// Asks where the trail stands, and waits for the answer to begin.
    async fn ask(&self, trail: &mut Trail, options: &FetchOptions) -> Result<Response, Trouble> {
        trail.seen.insert(trail.url.clone());
        let client = if trail.public { &self.named } else { &self.typed };
        match timeout(options.first_byte_timeout, client.get(trail.url.clone()).send()).await {
            Ok(Ok(response)) => Ok(response),
            Ok(Err(error)) => Err(cause::of_request(&error, &trail.url, options)),
            Err(_) => {
                let after = options.first_byte_timeout;
                Err(problem::timeout("no answer", after, trail.url.as_str()))
            }
        }
    }

    /// Turns to where a redirect leads, if that is a place to go.
    async fn turn(
        &self,
        trail: &mut Trail,
        response: &Response,
        options: &FetchOptions,
    ) -> Result<(), Trouble> {
        let status = response.status().as_u16();
        let from = trail.url.clone();
        let trouble = |reason| Err(Trouble::new(ProblemKind::Redirect, reason));
        let Some(location) = header(response, &LOCATION) else {
            return Err(problem::status(status, from.as_str(), None));
        };
        let Ok(mut to) = from.join(&location) else {
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
        if trail.hops.len() > options.max_redirects {
            return trouble(format!(
                "more than {} redirects, the last to {to}; {BY_HAND}",
                options.max_redirects
            ));
        }
        // Once public, a trail stays so: no later hop gives it back.
        trail.public = trail.public || !is_local_address(&from).await;
        trail.url = to;
        self.admit(trail)
    }

    /// Refuses to go where only the user may send us.
    fn admit(&self, trail: &Trail) -> Result<(), Trouble> {
        if trail.public && is_local_literal(&trail.url) {
            return Err(cause::private(&trail.url));
        }
        if let (true, Some(Host::Domain(name))) = (trail.public, trail.url.host()) {
            self.guard.watch(name);
        }
        Ok(())
    }
}

/// The value of a header, where it is text.
fn header(response: &Response, name: &HeaderName) -> Option<String> {
    let value = response.headers().get(name)?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// What comes of going to `url` because a public site said so.
    fn sent_to(url: &str) -> Result<u16, ProblemKind> {
        let options = FetchOptions { system_proxy: false, ..FetchOptions::new(String::new) };
        let client = Client::new(&options).unwrap();
        let url = Url::parse(url).unwrap();
        let mut trail = Trail { url, hops: Vec::new(), seen: BTreeSet::new(), public: true };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let asked = async {
            client.admit(&trail)?;
            client.ask(&mut trail, &options).await
        };
        let answered = runtime.block_on(asked);
        answered.map(|response| response.status().as_u16()).map_err(|trouble| trouble.kind)
    }

    #[test]
    fn a_public_site_cannot_send_us_into_the_private_network() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let port = listener.local_addr().unwrap().port();
        for host in ["127.0.0.1", "localhost", "LOCALHOST", "2130706433", "[::1]", "0.0.0.0"] {
            let url = format!("http://{host}:{port}/");
            assert_eq!(sent_to(&url), Err(ProblemKind::Private), "{url}");
        }
        let connection = listener.accept().map_err(|error| error.kind());
        assert_eq!(connection.unwrap_err(), std::io::ErrorKind::WouldBlock, "none was made");
    }
}
