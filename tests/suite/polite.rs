//! Politeness, read from the server's log: one connection to a host at a time,
//! time between them, robots.txt, and a host that wants to be left alone.

use crate::program::Folder;
use crate::server::{Request, Server, Step, head, reply};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const HOSTS: usize = 20;
const ADDRESSES: usize = 20;
const DELAY: Duration = Duration::from_millis(250);

/// An answer after which the server does not close: the client is to.
fn page(text: &str) -> Vec<Step> {
    let length = format!("Content-Length: {}", text.len());
    let mut bytes = head("200 OK", ["Content-Type: text/plain", &length]);
    bytes.extend_from_slice(text.as_bytes());
    vec![Step::Send(bytes)]
}

#[test]
fn twenty_hosts_with_twenty_addresses_are_asked_politely() {
    let refused = AtomicUsize::new(0);
    let server = Server::watching(move |request: &Request| match request.path.as_str() {
        "/robots.txt" if request.host == "h3.example" => {
            page("User-agent: *\nDisallow: /1\n\nUser-agent: normtag\nDisallow: /private/\n")
        }
        "/robots.txt" if request.host == "h4.example" => page("User-agent: *\nCrawl-delay: 0.5\n"),
        "/robots.txt" => reply("404 Not Found", &[], ""),
        // Once, this host has had enough.
        "/7" if request.host == "h5.example" && refused.fetch_add(1, Ordering::SeqCst) == 0 => {
            reply("429 Too Many Requests", &["Retry-After: 2"], "")
        }
        "/9" if request.host == "h6.example" => {
            reply("302 Found", &["Location: http://h7.example/from-h6"], "")
        }
        path => page(path),
    });
    let mut urls = Vec::new();
    for address in 0..ADDRESSES {
        for host in 0..HOSTS {
            let private = if host == 3 && address % 4 == 1 { "private/" } else { "" };
            urls.push(format!("http://h{host}.example/{private}{address}"));
        }
    }
    let place = server.place();
    let folder = Folder::new();
    let mut args = vec!["fetch".to_owned(), format!("--delay={}", DELAY.as_secs_f64())];
    args.extend([format!("--resolve=*={place}"), format!("--allow-private={place}")]);
    args.extend(urls);
    let began = Instant::now();
    // Five addresses are refused by robots.txt.
    let ran = folder.run(&args).ends(1).says(&["robots.txt asks programs not to fetch this"]);
    let took = began.elapsed();
    assert_eq!(ran.stdout.lines().count(), HOSTS * ADDRESSES - 5);

    let log = server.log();
    let beside: Vec<&Request> = log.iter().filter(|request| request.beside_another).collect();
    assert!(beside.is_empty(), "two connections to one host at once: {beside:?}");
    let mut hosts: BTreeMap<&str, Vec<&Request>> = BTreeMap::new();
    for request in &log {
        hosts.entry(&request.host).or_default().push(request);
    }
    assert_eq!(hosts.len(), HOSTS);
    for (host, requests) in &hosts {
        assert_eq!(requests[0].path, "/robots.txt", "{host}");
        assert_eq!(requests.iter().filter(|one| one.path == "/robots.txt").count(), 1, "{host}");
        assert!(requests.iter().all(|one| !one.path.starts_with("/private/")), "{host}");
        assert!(requests.iter().all(|one| one.headers["user-agent"].starts_with("normtag/")));
        let delay = if *host == "h4.example" { Duration::from_millis(500) } else { DELAY };
        let gaps: Vec<Duration> =
            requests.windows(2).map(|pair| pair[1].at.duration_since(pair[0].at)).collect();
        // The log is written when a request was read, late on a busy machine:
        // a time between two of them may be off by that, their sum not.
        let whole: Duration = gaps.iter().sum();
        let least = delay * u32::try_from(gaps.len()).unwrap();
        assert!(whole + Duration::from_millis(100) >= least, "{host}: {whole:?} of {least:?}");
        let short = gaps.iter().filter(|gap| **gap < delay / 2).count();
        assert!(short <= 2, "{host}: {gaps:?}");
    }
    let paused = &hosts["h5.example"];
    let at = paused.iter().position(|one| one.path == "/7").unwrap();
    assert_eq!(paused[at + 1].path, "/7", "it is asked again");
    let pause = paused[at + 1].at.duration_since(paused[at].at);
    assert!(pause >= Duration::from_millis(1900), "{pause:?}");
    // The others did not wait for it: at the time all is done the busiest host
    // has taken what one host takes.
    let one_by_one = DELAY * u32::try_from(HOSTS * ADDRESSES).unwrap();
    assert!(took < one_by_one / 2, "{took:?}");
}

#[test]
fn a_host_that_wants_to_be_left_alone_for_long_is_not_asked_again() {
    let server = Server::answering(None, |request: &Request| match request.path.as_str() {
        "/1" => reply("503 Service Unavailable", &["Retry-After: 86400"], ""),
        _ => reply("200 OK", &["Content-Type: text/plain"], "words"),
    });
    let place = server.place();
    let folder = Folder::new();
    let args =
        ["fetch", "--delay=0", "--ignore-robots", "http://a.example/1", "http://a.example/2"];
    let args = args.map(str::to_owned).into_iter().chain([
        "http://b.example/3".to_owned(),
        format!("--resolve=*={place}"),
        format!("--allow-private={place}"),
    ]);
    let ran = folder.run(args).ends(1);
    let ran = ran.says(&["try again in 86400 s", "a.example/2: not asked: the host wants to be"]);
    assert_eq!(ran.stdout.lines().count(), 1);
    let mut asked = server.requests();
    asked.sort();
    assert_eq!(asked, ["/1", "/3"]);
}

#[test]
fn what_passes_is_asked_again_with_longer_and_longer_waits() {
    let count = AtomicUsize::new(0);
    let server = Server::answering(None, move |request: &Request| {
        match (request.path.as_str(), count.fetch_add(1, Ordering::SeqCst)) {
            (_, 0) => vec![Step::Reset],
            (_, 1) => reply("503 Service Unavailable", &[], ""),
            _ => reply("200 OK", &["Content-Type: text/plain"], "words"),
        }
    });
    let url = server.url("/a");
    let folder = Folder::new();
    let place = server.place();
    let args = ["extract", &url, "--delay", "0.2", "--allow-private", &place];
    let ran = folder.run(args).ends(0);
    assert!(!ran.stderr.contains("503"), "what passed is not worth a word: {}", ran.stderr);
    let log = server.log();
    assert_eq!(log.len(), 3);
    let waits: Vec<Duration> =
        log.windows(2).map(|pair| pair[1].at.duration_since(pair[0].at)).collect();
    assert!(waits[0] >= Duration::from_millis(150), "{waits:?}");
    assert!(waits[1] >= Duration::from_millis(350), "{waits:?}");
    // Without repeats it fails, and what will not pass is not asked again.
    let gone = Server::start(|_| reply("404 Not Found", &[], ""));
    let folder = Folder::new();
    let place = gone.place();
    folder.run(["tag", &gone.url("/"), "--delay=0", "--allow-private", &place]).ends(2);
    assert_eq!(gone.requests().len(), 1);
}
