//! Reads a body: counted as it comes, so that no server can fill the memory.

use crate::fetch::options::FetchOptions;
use crate::fetch::problem::{self, BY_HAND, ProblemKind, Trouble};
use crate::fetch::unpack::{OverCap, OverRatio, Unpacker};
use crate::fetch::{Event, cause};
use reqwest::Response;
use reqwest::header::CONTENT_ENCODING;
use std::io;
use tokio::time::timeout;
use url::Url;

/// Bytes that are read of an answer that is no document.
const OF_A_REFUSAL: usize = 64 << 10;

/// The body, unpacked, of an answer from `url` to the request for `source`.
pub(crate) async fn read(
    mut response: Response,
    url: &Url,
    source: &str,
    options: &FetchOptions,
    observer: &dyn Fn(Event<'_>),
) -> Result<Vec<u8>, Trouble> {
    let coding = response.headers().get(CONTENT_ENCODING);
    let coding = coding.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
    let announced = response.content_length();
    if announced.is_some_and(|length| length > options.max_bytes) {
        return Err(problem::too_large(options.max_bytes, url.as_str()));
    }
    let mut body = Unpacker::new(coding.as_deref(), options).ok_or_else(|| {
        let coding = coding.as_deref().unwrap_or_default();
        let reason = format!("packed as `{coding}`, which was not asked for, at {url}; {BY_HAND}");
        Trouble::new(ProblemKind::Encoding, reason)
    })?;
    let mut read = 0;
    while let Some(chunk) = next(&mut response, read, url, options).await? {
        let chunk = chunk.as_ref();
        read += chunk.len() as u64;
        body.take(chunk).map_err(|error| unpacking(&error, url, options))?;
        observer(Event::Received { source, bytes: body.len(), of: announced });
    }
    let body = body.finish().map_err(|error| unpacking(&error, url, options))?;
    if body.is_empty() {
        return Err(Trouble::new(
            ProblemKind::Empty,
            format!("an empty answer (0 bytes) from {url}; {BY_HAND}"),
        ));
    }
    Ok(body)
}

/// More of the body; none at its end.
async fn next(
    response: &mut Response,
    read: u64,
    url: &Url,
    options: &FetchOptions,
) -> Result<Option<impl AsRef<[u8]>>, Trouble> {
    match timeout(options.first_byte_timeout, response.chunk()).await {
        Ok(Ok(chunk)) => Ok(chunk),
        Ok(Err(error)) => Err(cause::of_body(&error, read, url)),
        Err(_) => {
            let phase = format!("the body stalled after {read} bytes and did not go on");
            Err(problem::timeout(&phase, options.first_byte_timeout, url.as_str()))
        }
    }
}

/// The beginning of a body, whatever becomes of the rest: of a refusal, or of
/// a file of which no more is read. Says whether there was more.
pub(crate) async fn beginning(
    mut response: Response,
    most: usize,
    options: &FetchOptions,
) -> (Vec<u8>, bool) {
    let mut body = Vec::new();
    while body.len() < most {
        match timeout(options.first_byte_timeout, response.chunk()).await {
            Ok(Ok(Some(chunk))) => body.extend_from_slice(&chunk),
            Ok(Ok(None)) => return (body, false),
            _ => return (body, true),
        }
    }
    body.truncate(most);
    (body, true)
}

/// What is read of a refusal.
pub(crate) async fn of_a_refusal(response: Response, options: &FetchOptions) -> (Vec<u8>, bool) {
    beginning(response, OF_A_REFUSAL, options).await
}

fn unpacking(error: &io::Error, url: &Url, options: &FetchOptions) -> Trouble {
    let inner = error.get_ref();
    if inner.and_then(|inner| inner.downcast_ref::<OverCap>()).is_some() {
        return problem::too_large(options.max_bytes, url.as_str());
    }
    if inner.and_then(|inner| inner.downcast_ref::<OverRatio>()).is_some() {
        let reason = format!(
            "each byte unpacks to more than {} at {url}, as no document does; {BY_HAND}",
            options.max_ratio
        );
        return Trouble::new(ProblemKind::TooLarge, reason);
    }
    Trouble::new(
        ProblemKind::Encoding,
        format!("the body cannot be unpacked ({error}) at {url}; {BY_HAND}"),
    )
}
