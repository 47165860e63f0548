//! Reads a body: counted as it comes, so that no server can fill the memory.

use crate::fetch::address::Address;
use crate::fetch::options::FetchOptions;
use crate::fetch::problem::{self, ProblemKind, Trouble};
use crate::fetch::{Event, cause};
use reqwest::Response;
use tokio::time::timeout;
use url::Url;

/// The body, decoded, of an answer from `url`.
///
/// The cap is held on decoded bytes: a small file can decode to a huge one.
pub(crate) async fn read(
    mut response: Response,
    url: &Url,
    address: &Address<'_>,
    options: &FetchOptions,
    observer: &dyn Fn(Event<'_>),
) -> Result<Vec<u8>, Trouble> {
    let announced = response.content_length();
    if announced.is_some_and(|length| length > options.max_bytes) {
        return Err(problem::too_large(options.max_bytes, url.as_str()));
    }
    let mut body: Vec<u8> = Vec::new();
    loop {
        let read = body.len() as u64;
        let chunk = match timeout(options.first_byte_timeout, response.chunk()).await {
            Ok(Ok(Some(chunk))) => chunk,
            Ok(Ok(None)) => break,
            Ok(Err(error)) => return Err(cause::of_body(&error, read, url)),
            Err(_) => {
                let phase = format!("the body stalled after {read} bytes and did not go on");
                return Err(problem::timeout(&phase, options.first_byte_timeout, url.as_str()));
            }
        };
        if read + chunk.len() as u64 > options.max_bytes {
            return Err(problem::too_large(options.max_bytes, url.as_str()));
        }
        body.extend_from_slice(&chunk);
        let bytes = body.len() as u64;
        observer(Event::Received { source: address.source, bytes, of: announced });
    }
    if body.is_empty() {
        return Err(Trouble::new(
            ProblemKind::Empty,
            format!("an empty answer (0 bytes) from {url}; {}", problem::BY_HAND),
        ));
    }
    Ok(body)
}
