//! The resolver the HTTP client is given: it knows the addresses that were
//! judged and looks nothing up.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// Names and the addresses they were judged by.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pins {
    names: Arc<Mutex<BTreeMap<String, Vec<SocketAddr>>>>,
    /// The host of the proxy, which is looked up as the system does.
    proxy: Option<String>,
}

impl Pins {
    /// None are judged yet; `proxy` is the host of the proxy.
    pub(crate) fn new(proxy: Option<String>) -> Self {
        Self { proxy, ..Self::default() }
    }

    /// Connections to `name` go to `addresses` from now on.
    pub(crate) fn pin(&self, name: &str, addresses: Vec<SocketAddr>) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.insert(name.to_ascii_lowercase(), addresses);
    }

    fn of(&self, name: &str) -> Option<Vec<SocketAddr>> {
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.get(&name.to_ascii_lowercase()).cloned()
    }
}

impl Resolve for Pins {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_owned();
        let pinned = self.of(&name);
        let proxy = self.proxy.as_ref() == Some(&name);
        Box::pin(async move {
            if let Some(pinned) = pinned {
                return Ok(Box::new(pinned.into_iter()) as Addrs);
            }
            if proxy {
                let addresses: Vec<SocketAddr> =
                    tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
                return Ok(Box::new(addresses.into_iter()) as Addrs);
            }
            Err(NotJudged(name).into())
        })
    }
}

/// A name no request was admitted for.
#[derive(Debug)]
struct NotJudged(String);

impl fmt::Display for NotJudged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` was not judged before it was asked", self.0)
    }
}

impl std::error::Error for NotJudged {}
