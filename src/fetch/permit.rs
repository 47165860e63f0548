//! What a person permits by name: a host and port that are not public, and a
//! host that is found elsewhere.

use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;
use url::{Host, Url};

/// A host and a port, exactly: where a request may go although the address is
/// not a public one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct HostPort {
    host: String,
    port: u16,
}

impl HostPort {
    /// Where a request for `url` goes; none for an address without a host.
    pub(crate) fn of(url: &Url) -> Option<Self> {
        let host = host_name(url)?;
        Some(Self { host, port: url.port_or_known_default()? })
    }

    /// An address as a connection is made to it.
    pub(crate) fn of_socket(address: SocketAddr) -> Self {
        let host = match address.ip() {
            std::net::IpAddr::V4(ip) => ip.to_string(),
            std::net::IpAddr::V6(ip) => format!("[{ip}]"),
        };
        Self { host, port: address.port() }
    }
}

impl fmt::Display for HostPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.host, self.port)
    }
}

impl FromStr for HostPort {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no HOST:PORT, such as localhost:8080");
        let (host, port) = text.rsplit_once(':').ok_or_else(wrong)?;
        let host = Host::parse(host).map_err(|_| wrong())?.to_string();
        let port = port.parse().map_err(|_| wrong())?;
        Ok(Self { host: host.trim_end_matches('.').to_owned(), port })
    }
}

/// A host and the address its requests go to, whatever a look-up would say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mapping {
    /// The host; none stands for every host.
    host: Option<String>,
    /// Where its requests go.
    pub(crate) to: SocketAddr,
}

impl Mapping {
    /// Whether this is said of the host of `url`.
    pub(crate) fn holds_for(&self, url: &Url) -> bool {
        self.host.is_none() || self.host == host_name(url)
    }
}

impl FromStr for Mapping {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("`{text}` is no HOST=ADDRESS:PORT, such as a.example=127.0.0.1:8080");
        let (host, to) = text.split_once('=').ok_or_else(wrong)?;
        let to = to.parse().map_err(|_| wrong())?;
        let host = match host {
            "*" => None,
            host => Some(Host::parse(host).map_err(|_| wrong())?.to_string()),
        };
        Ok(Self { host, to })
    }
}

/// The host of `url`, without the dot that may end it.
pub(crate) fn host_name(url: &Url) -> Option<String> {
    let host = url.host_str()?.trim_end_matches('.');
    Some(host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permit_is_exact_and_knows_every_spelling_of_its_host() {
        let permit: HostPort = "LocalHost:80".parse().unwrap();
        let of = |url: &str| HostPort::of(&Url::parse(url).unwrap()).unwrap();
        assert_eq!(of("http://localhost./x"), permit);
        assert_ne!(of("http://localhost:8080/x"), permit);
        assert_ne!(of("http://127.0.0.1/x"), permit);
        assert_eq!(of("http://2130706433:81/"), "127.1:81".parse().unwrap());
        for wrong in ["localhost", "localhost:x", ":80", "http://localhost:80", "a b:80"] {
            assert!(wrong.parse::<HostPort>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_mapping_names_one_host_or_all() {
        let url = Url::parse("https://a.example/").unwrap();
        let holds = |text: &str| text.parse::<Mapping>().unwrap().holds_for(&url);
        assert!(holds("a.example=127.0.0.1:80"));
        assert!(holds("*=127.0.0.1:80"));
        assert!(!holds("b.example=127.0.0.1:80"));
        assert!("a.example=localhost:80".parse::<Mapping>().is_err());
    }
}
