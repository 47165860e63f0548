//! Keeps a public site from sending us into the private network.
//!
//! An address the user typed may be local; one a stranger's server names may
//! not. Literal addresses are judged as they stand. Names are judged when they
//! are resolved for the very connection that is made, as a name can have
//! another answer a moment later.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::collections::BTreeSet;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use url::{Host, Url};

/// Resolves names; those it was told to guard only to public addresses.
///
/// Others are let through, as the name may be that of the user's own proxy.
#[derive(Debug, Default)]
pub(crate) struct Guard {
    names: Mutex<BTreeSet<String>>,
}

impl Guard {
    /// Refuses local addresses for this name from now on.
    pub(crate) fn watch(&self, name: &str) {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.insert(name.to_ascii_lowercase());
    }

    fn watches(&self, name: &str) -> bool {
        let names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        names.contains(&name.to_ascii_lowercase())
    }
}

/// The guard as the HTTP client takes it.
#[derive(Debug)]
pub(crate) struct Resolver(pub(crate) Arc<Guard>);

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_owned();
        let watched = self.0.watches(&name);
        Box::pin(async move {
            let addresses: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            // One local address among public ones is enough to refuse the name.
            if watched && addresses.iter().any(|address| is_local(address.ip())) {
                return Err(Refused(name).into());
            }
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// A name that leads into the private network.
#[derive(Debug)]
pub(crate) struct Refused(String);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is in the private network", self.0)
    }
}

impl std::error::Error for Refused {}

/// Whether `url` names a local address by number.
pub(crate) fn is_local_literal(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => is_local(address.into()),
        Some(Host::Ipv6(address)) => is_local(address.into()),
        Some(Host::Domain(_)) | None => false,
    }
}

/// Whether `url` is in the private network, by number or by name.
pub(crate) async fn is_local_address(url: &Url) -> bool {
    let Some(Host::Domain(name)) = url.host() else {
        return is_local_literal(url);
    };
    match tokio::net::lookup_host((name, 0)).await {
        Ok(mut addresses) => addresses.any(|address| is_local(address.ip())),
        Err(_) => false,
    }
}

/// Whether an address is anything but a public one.
pub(crate) fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_local_v4(address),
        IpAddr::V6(address) => is_local_v6(address),
    }
}

fn is_local_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || a == 0
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && (b == 18 || b == 19))
        || a >= 224
}

fn is_local_v6(address: Ipv6Addr) -> bool {
    let segments = address.segments();
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_local_v4(Ipv4Addr::new(a, b, c, d))
    };
    match segments {
        // Unspecified, loopback, and IPv4 in the two oldest ways; then through
        // a translator, and through 6to4.
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => embedded(high, low),
        [first, ..] => {
            first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfe80 || first & 0xff00 == 0xff00
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(url: &str, expected: bool) {
        assert_eq!(is_local_literal(&Url::parse(url).unwrap()), expected, "{url}");
    }

    #[test]
    fn private_numbers_are_known_however_they_are_written() {
        for url in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0177.0.0.1/",
            "http://0x7f000001/",
            "http://user@10.0.0.8/",
            "http://172.16.0.1/",
            "http://192.168.1.1/",
            "http://169.254.169.254/latest/meta-data",
            "http://100.64.0.1/",
            "http://192.0.0.1/",
            "http://198.18.0.1/",
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "http://0.0.0.0/",
            "http://[::]/",
            "http://[::1]/",
            "http://[::ffff:7f00:1]/",
            "http://[::7f00:1]/",
            "http://[fc00::1]/",
            "http://[fe80::1]/",
            "http://[ff02::1]/",
            "http://[64:ff9b::a00:1]/",
            "http://[2002:7f00:1::]/",
        ] {
            check(url, true);
        }
    }

    #[test]
    fn public_numbers_and_names_are_let_through() {
        for url in [
            "http://93.184.216.34/",
            "http://172.32.0.1/",
            "http://[2606:2800:220:1::1]/",
            "http://[::ffff:5db8:d822]/",
            "http://127.evil.example/",
        ] {
            check(url, false);
        }
    }
}
