//! Keeps every request out of the private network.
//!
//! Asked for each hop, before a connection is made: literal addresses are
//! judged as they stand, names by all their addresses, of which one that is not
//! public refuses the name. The connection then goes to the addresses that were
//! judged ([`Pins`]) and asks no resolver again, as a name can have another
//! answer a moment later. Only `--allow-private HOST:PORT` opens a door, and
//! that one exactly.

use crate::fetch::address::has_credentials;
use crate::fetch::options::FetchOptions;
use crate::fetch::permit::{HostPort, host_name};
use crate::fetch::pins::Pins;
use crate::fetch::problem::{self, ProblemKind, Trouble};
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use tokio::time::timeout;
use url::{Host, Url};

/// Where a request really goes.
#[derive(Debug)]
pub(crate) struct Target {
    /// The address that is asked.
    pub(crate) url: Url,
    /// The host as the server is told, where it is not that of `url`.
    pub(crate) host: Option<String>,
}

/// Judges the way to `url`, and pins it.
pub(crate) async fn admit(
    url: &Url,
    options: &FetchOptions,
    pins: &Pins,
) -> Result<Target, Trouble> {
    let (Some(name), Some(place)) = (host_name(url), HostPort::of(url)) else {
        return Err(Trouble::new(ProblemKind::Address, format!("{url} has no host")));
    };
    if has_credentials(url) {
        let reason = format!("a user name stands before the host of {url}; it is not followed");
        return Err(Trouble::new(ProblemKind::Redirect, reason));
    }
    let allowed = options.allow_private.contains(&place);
    let mut target = Target { url: url.clone(), host: None };
    // The dot that may end a name is no part of it.
    let _ = target.url.set_host(Some(&name));
    if let Some(mapping) = options.resolve.iter().find(|mapping| mapping.holds_for(url)) {
        let to = mapping.to;
        if is_local(to.ip()) && !options.allow_private.contains(&HostPort::of_socket(to)) {
            return Err(refused(url, &HostPort::of_socket(to)));
        }
        target.host =
            Some(url.port().map_or_else(|| name.clone(), |port| format!("{name}:{port}")));
        let _ = target.url.set_port(Some(to.port()));
        if matches!(url.host(), Some(Host::Domain(_))) {
            pins.pin(&name, vec![to]);
        } else {
            let _ = target.url.set_ip_host(to.ip());
        }
        return Ok(target);
    }
    if is_odd_port(place_port(url)) && !allowed {
        let reason = format!("{url}: documents are not fetched from this port");
        return Err(Trouble::new(ProblemKind::Private, reason));
    }
    match url.host() {
        Some(Host::Ipv4(ip)) if !allowed && is_local(ip.into()) => Err(refused(url, &place)),
        Some(Host::Ipv6(ip)) if !allowed && is_local(ip.into()) => Err(refused(url, &place)),
        Some(Host::Domain(_)) if options.proxy.is_some() => {
            // The proxy looks names up; those that need no look-up are judged.
            if is_local_name(&name) && !allowed { Err(refused(url, &place)) } else { Ok(target) }
        }
        Some(Host::Domain(_)) => {
            let addresses = look_up(&name, url, options).await?;
            if !allowed && addresses.iter().any(|ip| is_local(*ip)) {
                return Err(refused(url, &place));
            }
            pins.pin(&name, addresses.into_iter().map(|ip| SocketAddr::new(ip, 0)).collect());
            Ok(target)
        }
        _ => Ok(target),
    }
}

fn refused(url: &Url, place: &HostPort) -> Trouble {
    Trouble::new(
        ProblemKind::Private,
        format!(
            "no request is made into the private network at {url}; if that is meant, \
             --allow-private {place}"
        ),
    )
}

async fn look_up(name: &str, url: &Url, options: &FetchOptions) -> Result<Vec<IpAddr>, Trouble> {
    let unknown = |error: &io::Error| {
        let said = error.to_string();
        let reason = format!("the name `{name}` is not known ({said}); check the address");
        Trouble::new(ProblemKind::Dns, reason)
    };
    if let Some(lookup) = &options.lookup {
        return lookup(name).map_err(|error| unknown(&error));
    }
    let looked = timeout(options.connect_timeout, tokio::net::lookup_host((name, 0))).await;
    let addresses: Vec<IpAddr> = looked
        .map_err(|_| {
            problem::timeout("the name is not found", options.connect_timeout, url.as_str())
        })?
        .map_err(|error| unknown(&error))?
        .map(|address| address.ip())
        .collect();
    if addresses.is_empty() {
        return Err(unknown(&io::Error::other("it has no address")));
    }
    Ok(addresses)
}

/// Names that lead home on every machine (RFC 6761).
fn is_local_name(name: &str) -> bool {
    name == "localhost" || name.ends_with(".localhost")
}

fn place_port(url: &Url) -> u16 {
    url.port_or_known_default().unwrap_or_default()
}

/// Ports of other services: what is sent there could mean something to them.
fn is_odd_port(port: u16) -> bool {
    port < 1024 && port != 80 && port != 443
}

/// Whether an address is anything but a public one.
pub(crate) fn is_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_local_v4(address),
        IpAddr::V6(address) => is_local_v6(address),
    }
}

/// By IANA's registry of special-purpose addresses.
fn is_local_v4(address: Ipv4Addr) -> bool {
    match address.octets() {
        [0 | 10 | 127, ..]
        | [100, 64..128, ..]
        | [169, 254, ..]
        | [172, 16..32, ..]
        | [192, 168, ..]
        | [192, 0, 0 | 2, _]
        | [192, 88, 99, _]
        | [198, 18 | 19, ..]
        | [198, 51, 100, _]
        | [203, 0, 113, _] => true,
        [first, ..] => first >= 224,
    }
}

/// Public is what is assigned for it, `2000::/3`, without the ways through which
/// IPv4 is reached; those are judged by the IPv4 address inside.
fn is_local_v6(address: Ipv6Addr) -> bool {
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_local_v4(Ipv4Addr::new(a, b, c, d))
    };
    match address.segments() {
        // IPv4-mapped; through a translator (NAT64); and through 6to4.
        [0, 0, 0, 0, 0, 0xffff, high, low]
        | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
        | [0x2002, high, low, ..] => embedded(high, low),
        // Protocol assignments (Teredo among them), and documentation.
        [0x2001, second, ..] => second < 0x200 || second == 0xdb8,
        [0x3fff, ..] => true,
        [first, ..] => first & 0xe000 != 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::dns::{Name, Resolve};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::SystemTime;

    #[test]
    fn a_connection_goes_to_the_answer_that_was_judged_and_to_no_second_one() {
        let asked = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&asked);
        let public: IpAddr = "93.184.216.34".parse().unwrap();
        let options = FetchOptions {
            lookup: Some(Arc::new(move |_| match count.fetch_add(1, Ordering::SeqCst) {
                0 => Ok(vec![public]),
                _ => Ok(vec![public, Ipv4Addr::LOCALHOST.into()]),
            })),
            ..FetchOptions::new(|| SystemTime::UNIX_EPOCH)
        };
        let (pins, url) = (Pins::default(), Url::parse("http://rebind.example/").unwrap());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            admit(&url, &options, &pins).await.unwrap();
            let name: Name = "rebind.example".parse().unwrap();
            let connects: Vec<SocketAddr> = pins.resolve(name).await.unwrap().collect();
            assert_eq!(connects, [SocketAddr::new(public, 0)]);
            assert_eq!(asked.load(Ordering::SeqCst), 1, "the connection asks nobody");
            // The next hop is a new question, and judged anew.
            let again = admit(&url, &options, &pins).await.unwrap_err();
            assert_eq!(again.kind, ProblemKind::Private);
            let unknown: Name = "other.example".parse().unwrap();
            assert!(pins.resolve(unknown).await.is_err(), "what was not judged is not asked");
        });
    }

    #[track_caller]
    fn check(url: &str, expected: bool) {
        let local = match Url::parse(url).unwrap().host() {
            Some(Host::Ipv4(ip)) => is_local(ip.into()),
            Some(Host::Ipv6(ip)) => is_local(ip.into()),
            _ => false,
        };
        assert_eq!(local, expected, "{url}");
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
            "http://[64:ff9b:1::1]/",
            "http://[2001::1]/",
            "http://[2001:db8::1]/",
            "http://[100::1]/",
            "http://192.0.2.1/",
            "http://203.0.113.9/",
            "http://240.0.0.1/",
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
            "http://[64:ff9b::5db8:d822]/",
            "http://[2001:4860:4860::8888]/",
            "http://127.evil.example/",
        ] {
            check(url, false);
        }
    }
}
