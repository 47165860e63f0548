//! Who may ask: this machine, with the token, from a page of ours.
//!
//! Another page open in the same browser can send requests here; it does not
//! know the token, and its origin is another. A name that leads to 127.0.0.1
//! (rebinding) is another host.

use crate::review::web::Session;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// What requests are held against.
#[derive(Clone)]
pub(super) struct Guard {
    pub(super) port: u16,
    pub(super) session: Arc<Session>,
}

/// Headers of every answer: nothing is loaded from elsewhere, framed, guessed
/// at or kept, and the address, which has the token, is told to no one.
const HEADERS: [(&str, &str); 5] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; \
         img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("cache-control", "no-store"),
    ("cross-origin-resource-policy", "same-origin"),
];

/// Refuses what may not be asked; adds the headers.
pub(super) async fn check(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let refused = guard.refusal(&request);
    let mut response = match refused {
        Some(why) => (StatusCode::FORBIDDEN, why).into_response(),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

impl Guard {
    fn refusal(&self, request: &Request) -> Option<&'static str> {
        let headers = request.headers();
        let token = request.uri().path().split('/').nth(1).unwrap_or("");
        if !same(token.as_bytes(), self.session.token.as_bytes()) {
            return Some("the address has another token; take the one that was printed");
        }
        let host = text(headers, &header::HOST);
        if !self.hosts().iter().any(|known| Some(known.as_str()) == host) {
            return Some("the request is for another host");
        }
        let from_elsewhere = match text(headers, &header::ORIGIN) {
            Some(origin) => !self.hosts().iter().any(|host| origin == format!("http://{host}")),
            // Browsers always say where a request that changes things is from.
            None => request.method() != Method::GET,
        };
        if from_elsewhere {
            return Some("the request comes from another page");
        }
        let json = text(headers, &header::CONTENT_TYPE).is_some_and(|it| it == "application/json");
        if request.method() != Method::GET && !json {
            return Some("the request is no JSON");
        }
        None
    }

    fn hosts(&self) -> [String; 2] {
        ["127.0.0.1", "localhost"].map(|name| format!("{name}:{}", self.port))
    }
}

fn text<'h>(headers: &'h HeaderMap, name: &header::HeaderName) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

/// Compares in a time that does not tell how much was right.
fn same(one: &[u8], other: &[u8]) -> bool {
    one.len() == other.len() && one.iter().zip(other).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}
