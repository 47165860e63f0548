//! Makes one request: to a place that was judged, and with what is known of a
//! copy at hand.

use crate::fetch::cause;
use crate::fetch::exchange::{Exchange, kept};
use crate::fetch::guard::admit;
use crate::fetch::options::FetchOptions;
use crate::fetch::pins::Pins;
use crate::fetch::problem::{self, BY_HAND, ProblemKind, Trouble};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::{Certificate, Proxy, Response};
use tokio::time::timeout;
use url::Url;

/// Bytes that the headers of an answer may have.
const MOST_HEADERS: usize = 64 << 10;

/// The HTTP client, which goes where the guard says and follows nothing.
#[derive(Debug)]
pub(crate) struct Client {
    http: reqwest::Client,
    pins: Pins,
}

/// What is known of a copy, by which the server can say that it holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known {
    /// The address that gave it.
    pub(crate) url: String,
    /// `ETag` of the answer.
    pub(crate) etag: Option<String>,
    /// `Last-Modified` of the answer.
    pub(crate) modified: Option<String>,
}

/// What to ask for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Ask<'a> {
    /// The address.
    pub(crate) url: &'a Url,
    /// A copy of it at hand.
    pub(crate) known: Option<&'a Known>,
    /// Whether the body may come packed.
    pub(crate) packed: bool,
}

impl Client {
    pub(crate) fn new(options: &FetchOptions) -> reqwest::Result<Self> {
        let proxy = options.proxy.as_deref();
        let host = proxy.and_then(|proxy| Url::parse(proxy).ok()?.host_str().map(str::to_owned));
        let pins = Pins::new(host);
        let certificates: reqwest::Result<Vec<Vec<Certificate>>> =
            options.certificates.iter().map(|pem| Certificate::from_pem_bundle(pem)).collect();
        let mut builder = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .connect_timeout(options.connect_timeout)
            .dns_resolver(pins.clone())
            .http2_max_header_list_size(u32::try_from(MOST_HEADERS).unwrap_or(u32::MAX))
            // A connection that waits for the next request would be a second
            // one as soon as a site sends us from http to https.
            .pool_max_idle_per_host(0)
            .user_agent(&options.user_agent)
            .referer(false)
            .tls_certs_merge(certificates?.into_iter().flatten())
            .no_proxy();
        if let Some(proxy) = proxy {
            builder = builder.proxy(Proxy::all(proxy)?);
        }
        Ok(Self { http: builder.build()?, pins })
    }

    /// Asks, and waits for the answer to begin. The exchange says what was
    /// sent, and what the head of the answer is.
    pub(crate) async fn send(
        &self,
        ask: Ask<'_>,
        options: &FetchOptions,
    ) -> Result<(Response, Exchange), Trouble> {
        let target = admit(ask.url, options, &self.pins).await?;
        let mut headers = conditions(ask);
        let packed = if ask.packed { "gzip" } else { "identity" };
        headers.insert("accept-encoding", HeaderValue::from_static(packed));
        if let Some(host) = target.host.and_then(|host| HeaderValue::try_from(host).ok()) {
            headers.insert("host", host);
        }
        let mut sent = vec![("host".to_owned(), authority(ask.url))];
        sent.push(("user-agent".to_owned(), options.user_agent.clone()));
        sent.push(("accept".to_owned(), "*/*".to_owned()));
        sent.extend(kept(&headers).into_iter().filter(|(name, _)| name != "host"));
        let at = options.stamp();
        let asked = self.http.get(target.url).headers(headers).send();
        let response = match timeout(options.first_byte_timeout, asked).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => return Err(cause::of_request(&error, ask.url, options)),
            Err(_) => {
                let after = options.first_byte_timeout;
                return Err(problem::timeout("no answer", after, ask.url.as_str()));
            }
        };
        let exchange = Exchange {
            at,
            url: ask.url.to_string(),
            sent,
            status: response.status().as_u16(),
            headers: kept(response.headers()),
            body: Vec::new(),
            truncated: false,
        };
        check_size(response.headers(), ask.url)?;
        Ok((response, exchange))
    }
}

/// The host, and the port where it is not the usual one.
fn authority(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// The headers by which a server can say that a copy holds: only to the
/// address that gave it.
fn conditions(ask: Ask<'_>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let known = ask.known.filter(|known| known.url == ask.url.as_str());
    let mut set = |name: &'static str, value: Option<&String>| {
        if let Some(value) = value.and_then(|value| HeaderValue::try_from(value.as_str()).ok()) {
            headers.insert(HeaderName::from_static(name), value);
        }
    };
    if let Some(known) = known {
        set("if-none-match", known.etag.as_ref());
        set("if-modified-since", known.modified.as_ref());
    }
    headers
}

fn check_size(headers: &HeaderMap, url: &Url) -> Result<(), Trouble> {
    let size: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
    if size <= MOST_HEADERS {
        return Ok(());
    }
    let most = MOST_HEADERS >> 10;
    let reason = format!("headers of more than {most} KiB at {url}; {BY_HAND}");
    Err(Trouble::new(ProblemKind::TooLarge, reason))
}
