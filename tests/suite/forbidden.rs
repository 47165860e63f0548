//! Where no request may go: not because an address says so, not because a name
//! leads there, not because a server sends us there. Counted on the side of
//! the listener that is not to be asked.

use crate::program::Folder;
use crate::server::{Server, redirect};
use normtag::fetch::{FetchOptions, Fetcher, ProblemKind, Store};
use std::net::{IpAddr, TcpListener};
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

/// A listener on every address of this machine that counts who comes.
struct Forbidden {
    listeners: Vec<TcpListener>,
    port: u16,
}

impl Forbidden {
    fn new() -> Self {
        let v4 = TcpListener::bind("0.0.0.0:0").unwrap();
        let port = v4.local_addr().unwrap().port();
        // Where the machine has no IPv6, the other is all there is; where one
        // socket has both, the second cannot be had and is not needed.
        let v6 = TcpListener::bind(("::1", port)).ok();
        let listeners: Vec<TcpListener> = [Some(v4), v6].into_iter().flatten().collect();
        for listener in &listeners {
            listener.set_nonblocking(true).unwrap();
        }
        Self { listeners, port }
    }

    fn came(&self) -> usize {
        let accepted =
            |listener: &TcpListener| std::iter::from_fn(|| listener.accept().ok()).count();
        self.listeners.iter().map(accepted).sum()
    }
}

/// Hosts that are this machine, or might be something else that is not public.
const HOSTS: &[&str] = &[
    // Loopback, as it is and in odd spellings.
    "127.0.0.1",
    "127.0.0.2",
    "127.1",
    "127.0.1",
    "2130706433",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "0x7f000001",
    "017700000001",
    "127.0.0.1.",
    "１２７.0.0.1",
    "127。0。0。1",
    "%31%32%37.0.0.1",
    "localhost",
    "LocalHost",
    "localhost.",
    // This host, and all hosts.
    "0.0.0.0",
    "0",
    "255.255.255.255",
    // Private, link-local, carrier's, multicast, reserved, documentation.
    "10.0.0.8",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "192.0.0.8",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "203.0.113.7",
    // The same in IPv6, and IPv4 inside it.
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fc00::1]",
    "[fe80::1]",
    "[ff02::1]",
    "[fec0::1]",
    // Names that lead there, alone or among public addresses.
    "inward.example",
    "mapped.example",
    "metadata.example",
    "mixed.example",
    "127.evil.example",
];

fn options() -> FetchOptions {
    FetchOptions {
        delay: Duration::ZERO,
        retries: 0,
        connect_timeout: Duration::from_secs(2),
        total_timeout: Duration::from_secs(5),
        lookup: Some(Arc::new(|name| {
            let addresses: &[&str] = match name {
                "mapped.example" => &["::ffff:127.0.0.1"],
                "metadata.example" => &["169.254.169.254"],
                "mixed.example" => &["93.184.216.34", "127.0.0.1"],
                _ => &["127.0.0.1"],
            };
            Ok(addresses.iter().map(|ip| ip.parse::<IpAddr>().unwrap()).collect())
        })),
        ..FetchOptions::new(|| UNIX_EPOCH)
    }
}

#[test]
fn no_address_and_no_name_leads_into_the_private_network() {
    let forbidden = Forbidden::new();
    let folder = tempfile::tempdir().unwrap();
    let fetcher = Fetcher::new(options(), Store::new(folder.path())).unwrap();
    let urls: Vec<String> =
        HOSTS.iter().map(|host| format!("http://{host}:{}/", forbidden.port)).collect();
    for (url, fetched) in urls.iter().zip(fetcher.fetch_all(&urls, &|_| ())) {
        let problem = fetched.unwrap_err();
        assert_eq!(problem.kind, ProblemKind::Private, "{url}: {}", problem.reason);
        assert!(problem.reason.contains("--allow-private"), "{url}: {}", problem.reason);
    }
    let with_name = format!("http://public.example@127.0.0.1:{}/", forbidden.port);
    let problem = fetcher.fetch_all(&[&with_name], &|_| ()).remove(0).unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Address, "{}", problem.reason);
    assert!(HOSTS.len() >= 40);
    assert_eq!(forbidden.came(), 0, "connections were made");
}

#[test]
fn no_server_sends_us_into_the_private_network() {
    let forbidden = Forbidden::new();
    let port = forbidden.port;
    let server = Server::start(move |path| {
        let host = HOSTS[path[1..].parse::<usize>().unwrap()];
        redirect("302 Found", &format!("http://{host}:{port}/"))
    });
    let place = server.place();
    let options = FetchOptions {
        // The server is asked as a public one would be.
        resolve: vec![format!("public.example={place}").parse().unwrap()],
        allow_private: vec![place.parse().unwrap()],
        ..options()
    };
    let folder = tempfile::tempdir().unwrap();
    let fetcher = Fetcher::new(options, Store::new(folder.path())).unwrap();
    let urls: Vec<String> =
        (0..HOSTS.len()).map(|index| format!("http://public.example/{index}")).collect();
    for (host, fetched) in HOSTS.iter().zip(fetcher.fetch_all(&urls, &|_| ())) {
        let problem = fetched.unwrap_err();
        assert_eq!(problem.redirects.len(), 1, "{host}");
        assert_eq!(problem.kind, ProblemKind::Private, "{host}: {}", problem.reason);
    }
    assert_eq!(server.requests().len(), HOSTS.len());
    assert_eq!(forbidden.came(), 0, "connections were made");
}

#[test]
fn robots_and_archives_are_guarded_like_documents() {
    let forbidden = Forbidden::new();
    let port = forbidden.port;
    let server =
        Server::start(move |_| redirect("302 Found", &format!("http://127.0.0.1:{port}/x")));
    let folder = Folder::new().reaching(&server);
    let url = server.url("/a");
    let base = server.url("/web/");
    let args = ["fetch", &url, "--archive-lookup", "--archive-base", &base];
    folder.run(args).ends(2).says(&["private network"]);
    assert_eq!(forbidden.came(), 0, "connections were made");
}

#[test]
fn a_permit_opens_one_door_and_no_other() {
    let forbidden = Forbidden::new();
    let server = Server::start(|path| match path {
        "/robots.txt" => crate::server::reply("404 Not Found", &[], ""),
        _ => crate::server::reply("200 OK", &["Content-Type: text/plain"], "words"),
    });
    let folder = Folder::new().reaching(&server);
    folder.run(["fetch", &server.url("/a")]).ends(0);
    // The same server by a name that was not permitted, and another port.
    let by_name = server.url("/b").replace("127.0.0.1", "localhost");
    folder.run(["fetch", &by_name]).ends(2).says(&["private network", "--allow-private localhost"]);
    let other = format!("http://127.0.0.1:{}/", forbidden.port);
    folder.run(["fetch", &other]).ends(2).says(&["private network"]);
    // A port of another service is no place for documents.
    folder.run(["fetch", "http://93.184.216.34:25/"]).ends(2).says(&["this port"]);
    assert_eq!(forbidden.came(), 0, "connections were made");
    assert!(server.log().iter().all(|request| request.path != "/b"));
}

#[test]
fn a_proxy_is_used_only_where_it_is_named_and_literals_are_judged_all_the_same() {
    let forbidden = Forbidden::new();
    let proxy = Server::start(|path| match path {
        "http://public.example/a" => {
            crate::server::reply("200 OK", &["Content-Type: text/plain"], "words")
        }
        _ => crate::server::reply("404 Not Found", &[], ""),
    });
    let folder = Folder::new();
    let through = format!("--proxy=http://{}", proxy.place());
    let fetch = |url: &str| folder.run(["fetch", url, &through, "--delay=0", "--ignore-robots"]);
    fetch("http://public.example/a").ends(0);
    for host in ["127.0.0.1", "2130706433", "[::1]", "localhost", "a.localhost"] {
        let url = format!("http://{host}:{}/", forbidden.port);
        fetch(&url).ends(2).says(&["private network"]);
    }
    assert_eq!(proxy.requests(), ["http://public.example/a"]);
    assert_eq!(forbidden.came(), 0, "connections were made");
}
