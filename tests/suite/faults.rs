//! Every fault a server can have, each put to `check links` by name: all are
//! told apart, and none is waited for longer than it was said.

use crate::program::Folder;
use crate::server::{Request, Server, Step, gzip_bomb, head, redirect, reply};
use crate::tls::{Authority, self_signed};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::net::TcpListener;
use std::time::{Duration, Instant};

/// Seconds an address may take.
const TIMEOUT: u64 = 4;

/// Faults of one server, by the host they are asked of: the state that is
/// expected, and words of the reason.
const FAULTS: &[(&str, &str, &str)] = &[
    // The connection.
    ("reset-at-once", "unreachable", "no answer"),
    ("reset-in-head", "unreachable", "no answer"),
    ("reset-in-body", "unreachable", "broke off after 4 bytes"),
    ("closed-at-once", "unreachable", "no answer"),
    ("closed-in-head", "unreachable", "no answer"),
    ("short-body", "unreachable", "broke off after 4 bytes"),
    // What is no HTTP, or too much of it.
    ("other-protocol", "unreachable", "no HTTP"),
    ("bad-version", "unreachable", "no HTTP"),
    ("bad-status", "unreachable", "no HTTP"),
    ("bad-header", "unreachable", "no HTTP"),
    ("bad-length", "unreachable", "no answer"),
    ("two-lengths", "unreachable", "no answer"),
    ("long-header", "unreachable", "headers of more than 64 KiB"),
    ("many-headers", "unreachable", "endless headers"),
    ("endless-head", "unreachable", "endless headers"),
    // Too slow.
    ("silent", "unreachable", "within"),
    ("slow-head", "unreachable", "within"),
    ("slow-body", "unreachable", "within"),
    ("stalled-body", "unreachable", "within"),
    // Bodies.
    ("bad-chunk", "unreachable", "broke off"),
    ("cut-chunk", "unreachable", "broke off"),
    ("endless-body", "unreachable", "more than 2 MiB"),
    ("announced-huge", "unreachable", "more than 2 MiB"),
    ("gzip-bomb", "unreachable", "each byte unpacks to more than 100"),
    ("gzip-long", "unreachable", "more than 2 MiB"),
    ("bad-gzip", "unreachable", "cannot be unpacked"),
    ("cut-gzip", "unreachable", "cannot be unpacked"),
    ("wrong-sum-gzip", "unreachable", "cannot be unpacked"),
    ("brotli", "unreachable", "packed as `br`, which was not asked for"),
    ("empty-body", "soft-404", "an empty answer"),
    ("no-content", "soft-404", "an empty answer"),
    ("in-part", "unreachable", "HTTP 206"),
    // Redirects.
    ("circle", "unreachable", "in a circle"),
    ("nine-hops", "unreachable", "more than 8 redirects"),
    ("to-file", "unreachable", "`file:` address"),
    ("to-ftp", "unreachable", "`ftp:` address"),
    ("to-private", "unreachable", "private network"),
    ("to-password", "unreachable", "user name"),
    ("to-nowhere", "unreachable", "HTTP 302"),
    ("to-no-address", "unreachable", "which is no address"),
    ("moved-301", "moved", "write http://good.example/a"),
    ("moved-308", "moved", "write http://good.example/a"),
    ("moved-302", "moved-temporarily", "for now at http://good.example/a"),
    ("moved-303-301", "moved-temporarily", "for now at http://good.example/a"),
    // Statuses.
    ("304-of-nothing", "unreachable", "HTTP 304"),
    ("401", "blocked", "a login is asked for"),
    ("403", "blocked", "refuses programs (HTTP 403)"),
    ("403-challenge", "blocked", "wants to see a person"),
    ("503-captcha", "blocked", "wants to see a person"),
    ("404", "gone", "HTTP 404"),
    ("410", "gone", "HTTP 410"),
    ("429-seconds", "blocked", "try again in 90 s"),
    ("429-date", "blocked", "try again in 120 s"),
    ("429-plain", "blocked", "HTTP 429"),
    ("429-huge", "blocked", "HTTP 429"),
    ("451", "blocked", "HTTP 451"),
    ("418", "unreachable", "HTTP 418"),
    ("500", "unreachable", "HTTP 500"),
    ("503-later", "unreachable", "try again in 90 s"),
    // robots.txt.
    ("robots-no", "robots", "asks programs not to"),
    ("robots-404", "ok", ""),
    ("robots-403", "ok", ""),
    ("robots-500", "robots", "fails to give its robots.txt"),
    ("robots-slow", "unreachable", "no answer within"),
    ("robots-reset", "unreachable", "no answer"),
    ("robots-huge", "ok", ""),
    ("robots-circle", "ok", ""),
    ("robots-elsewhere", "robots", "asks programs not to"),
    ("to-where-robots-no", "robots", "asks programs not to"),
    // Another thing than was there.
    ("page-for-pdf", "soft-404", "where a PDF was"),
    ("says-gone", "soft-404", "says so itself"),
    ("to-home", "soft-404", "home page"),
    ("captcha-200", "blocked", "wants to see a person"),
    ("wrong-type", "ok", ""),
    ("good", "ok", ""),
];

const ARTICLE: &str = "1. Parties shall protect the lakes.\n\n2. Parties shall report.\n";

#[test]
fn every_fault_is_told_apart_and_none_is_waited_for_too_long() {
    let server = Server::answering(None, answer);
    let mut list = String::new();
    let mut args: Vec<String> =
        ["check", "links", "list.txt", "--format", "json"].map(str::to_owned).to_vec();
    args.extend(
        ["--retries=0", "--delay=0", "--max-size=2", "--ca-file=ca.pem"].map(str::to_owned),
    );
    args.push(format!("--timeout={TIMEOUT}"));
    let mut expected: BTreeMap<String, (&str, &str)> = BTreeMap::new();
    let mut add = |host: &str, url: String, place: Option<&str>, state, words| {
        list.push_str(&format!("{url}\n"));
        if let Some(place) = place {
            args.push(format!("--resolve={host}={place}"));
            args.push(format!("--allow-private={place}"));
        }
        expected.insert(url, (state, words));
    };
    for (name, state, words) in FAULTS {
        let host = format!("{name}.example");
        let path = if *name == "page-for-pdf" { "/a/treaty.pdf" } else { "/a/b/treaty" };
        add(&host, format!("http://{host}{path}"), Some(&server.place()), state, words);
    }
    let authority = Authority::new();
    let tls = tls_faults(&authority);
    for (name, server, state, words) in &tls {
        let host = format!("{name}.example");
        add(&host, format!("https://{host}/a"), Some(&server.place()), state, words);
    }
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    add(
        "refused.example",
        "http://refused.example/a".to_owned(),
        Some(&nobody),
        "unreachable",
        "refused",
    );
    let long = "x".repeat(64);
    add("", format!("http://{long}.invalid/a"), None, "unreachable", "is not known");

    let folder = Folder::new().file("list.txt", &list).file("ca.pem", authority.pem());
    let began = Instant::now();
    let ran = folder.run(&args).ends(1);
    let took = began.elapsed();
    let json = ran.json();
    let links = json["links"].as_array().unwrap();
    assert!(links.len() >= 80, "{} faults", links.len());
    assert_eq!(links.len(), expected.len());
    let mut wrong = Vec::new();
    for link in links {
        let (url, state) = (link["url"].as_str().unwrap(), link["state"].as_str().unwrap());
        let reason = link["reason"].as_str().unwrap();
        let (expected, words) = expected[url];
        if state != expected || !reason.contains(words) || reason.contains('\n') {
            wrong.push(format!("{url}: {state} ({reason}), not {expected} ({words})"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // About a dozen are as slow as they are let be, sixteen hosts at a time;
    // one of them twice, for robots.txt and the address.
    let most = Duration::from_secs(6 * TIMEOUT);
    assert!(took < most, "it took {took:?}");
}

/// Faults of TLS, each a server of its own.
fn tls_faults(authority: &Authority) -> Vec<(&'static str, Server, &'static str, &'static str)> {
    let page = |_: &Request| reply("200 OK", &["Content-Type: text/plain"], ARTICLE);
    let names = |name: &str| vec![format!("{name}.example")];
    let good = authority.server(&names("tls-good"), false);
    let other = authority.server(&names("tls-of-another"), false);
    let expired = authority.server(&names("tls-expired"), true);
    vec![
        ("tls-good", Server::answering(Some(good), page), "ok", ""),
        ("tls-other-host", Server::answering(Some(other), page), "unreachable", "TLS"),
        ("tls-expired", Server::answering(Some(expired), page), "unreachable", "TLS"),
        (
            "tls-self-signed",
            Server::answering(Some(self_signed("tls-self-signed.example")), page),
            "unreachable",
            "TLS",
        ),
        // It answers in the clear to whatever it is sent.
        ("tls-in-the-clear", Server::clear_text(), "unreachable", "TLS"),
    ]
}

fn article() -> Vec<Step> {
    reply("200 OK", &["Content-Type: text/plain"], ARTICLE)
}

fn answer(request: &Request) -> Vec<Step> {
    let name = request.host.trim_end_matches(".example");
    if request.path == "/robots.txt" {
        return robots(name);
    }
    if request.path == "/a" || name.starts_with("robots") || name == "good" {
        return article();
    }
    connection(name)
        .or_else(|| body(name))
        .or_else(|| leads(name, &request.path))
        .unwrap_or_else(|| status(name, &request.path))
}

/// These bytes, whatever they mean.
fn bytes(text: &str) -> Vec<Step> {
    vec![Step::Send(text.as_bytes().to_vec())]
}

/// An answer with a body that may not be what the headers say.
fn answered(headers: &[&str], body: &[u8]) -> Vec<Step> {
    let mut bytes = head("200 OK", headers.iter().copied().chain(["Connection: close"]));
    bytes.extend_from_slice(body);
    vec![Step::Send(bytes)]
}

fn page(status: &str, body: &str) -> Vec<Step> {
    reply(status, &["Content-Type: text/html"], body)
}

fn then(mut steps: Vec<Step>, step: Step) -> Vec<Step> {
    steps.push(step);
    steps
}

/// `begun`, and then `piece` every half second, for longer than is waited.
fn drip(mut begun: Vec<Step>, piece: &str) -> Vec<Step> {
    for _ in 0..TIMEOUT * 4 {
        begun.push(Step::Pause(Duration::from_millis(500)));
        begun.extend(bytes(piece));
    }
    begun
}

/// Longer than is waited.
fn long() -> Step {
    Step::Pause(Duration::from_secs(TIMEOUT + 8))
}

/// Connections that break, and heads that are none.
fn connection(name: &str) -> Option<Vec<Step>> {
    Some(match name {
        "reset-at-once" => vec![Step::Reset],
        "reset-in-head" => then(bytes("HTTP/1.1 200 OK\r\nContent-"), Step::Reset),
        "reset-in-body" => {
            let begun = then(
                answered(&["Content-Length: 100"], b"four"),
                Step::Pause(Duration::from_millis(100)),
            );
            then(begun, Step::Reset)
        }
        "closed-at-once" => Vec::new(),
        "closed-in-head" => bytes("HTTP/1.1 200 OK\r\nContent-"),
        "short-body" => answered(&["Content-Length: 100"], b"four"),
        "other-protocol" => bytes("SSH-2.0-OpenSSH\r\n\r\n"),
        "bad-version" => bytes("HTTP/7.0 200 OK\r\n\r\n"),
        "bad-status" => bytes("HTTP/1.1 two OK\r\n\r\n"),
        "bad-header" => bytes("HTTP/1.1 200 OK\r\nnot a header\x01: x\r\n\r\n"),
        "bad-length" => answered(&["Content-Length: some"], b"text"),
        "two-lengths" => answered(&["Content-Length: 4", "Content-Length: 7"], b"text"),
        "long-header" => answered(&[&format!("X-Long: {}", "x".repeat(70 << 10))], b"text"),
        "many-headers" => answered(&vec!["X-Many: x"; 3000], b"text"),
        "endless-head" => {
            let line = Step::Send("X-Endless: x\r\n".repeat(6_000).into_bytes());
            let mut steps = bytes("HTTP/1.1 200 OK\r\n");
            steps.extend(vec![line; 40]);
            steps
        }
        "silent" => vec![long()],
        "slow-head" => drip(bytes("HTTP/1.1 200 OK\r\n"), "X-Slow: x\r\n"),
        "slow-body" => drip(answered(&["Content-Length: 1000"], b""), "x"),
        "stalled-body" => then(answered(&["Content-Length: 1000"], b"four"), long()),
        _ => return None,
    })
}

/// Bodies that are not what they should be.
fn body(name: &str) -> Option<Vec<Step>> {
    Some(match name {
        "bad-chunk" => answered(&["Transfer-Encoding: chunked"], b"4\r\nfour\r\nno length\r\n"),
        "cut-chunk" => answered(&["Transfer-Encoding: chunked"], b"4\r\nfour\r\nff\r\nshort"),
        "endless-body" => {
            let mut steps = answered(&["Content-Type: text/plain"], b"");
            steps.extend(vec![Step::Send(vec![b'x'; 256 << 10]); 100]);
            steps
        }
        "announced-huge" => answered(&["Content-Length: 99999999999"], b"x"),
        "gzip-bomb" => answered(&["Content-Encoding: gzip"], &gzip_bomb(64)),
        "gzip-long" => answered(&["Content-Encoding: gzip"], &packed(4 << 20)),
        "bad-gzip" => answered(&["Content-Encoding: gzip"], b"no gzip at all"),
        "cut-gzip" => {
            let packed = packed(40_000);
            answered(&["Content-Encoding: gzip"], &packed[..packed.len() / 2])
        }
        "wrong-sum-gzip" => {
            let mut packed = packed(40_000);
            let at = packed.len() - 6;
            packed[at] ^= 1;
            answered(&["Content-Encoding: gzip"], &packed)
        }
        "brotli" => answered(&["Content-Encoding: br"], b"\x0b\x02\x80text\x03"),
        "empty-body" => reply("200 OK", &[], ""),
        "no-content" => reply("204 No Content", &[], ""),
        "in-part" => reply("206 Partial Content", &["Content-Range: bytes 0-3/100"], "four"),
        _ => return None,
    })
}

/// Redirects.
fn leads(name: &str, path: &str) -> Option<Vec<Step>> {
    Some(match name {
        "circle" if path == "/b" => redirect("302 Found", "/a/b/treaty"),
        "circle" => redirect("302 Found", "/b"),
        "nine-hops" => redirect("302 Found", &format!("{path}/x")),
        "to-where-robots-no" => redirect("302 Found", "http://robots-no.example/a"),
        "to-file" => redirect("302 Found", "file:///etc/passwd"),
        "to-ftp" => redirect("302 Found", "ftp://a.example/x"),
        "to-private" => redirect("302 Found", "http://127.0.0.1/"),
        "to-password" => redirect("302 Found", "http://me:word@good.example/a"),
        "to-nowhere" => reply("302 Found", &[], ""),
        "to-no-address" => redirect("302 Found", "http://[bad/"),
        "moved-301" => redirect("301 Moved Permanently", "http://good.example/a"),
        "moved-308" => redirect("308 Permanent Redirect", "http://good.example/a"),
        "moved-302" => redirect("302 Found", "http://good.example/a"),
        "moved-303-301" if path == "/b" => redirect("301 Moved", "http://good.example/a"),
        "moved-303-301" => redirect("303 See Other", "/b"),
        _ => return None,
    })
}

/// Refusals, and pages that are not the document.
fn status(name: &str, path: &str) -> Vec<Step> {
    match name {
        "304-of-nothing" => bytes("HTTP/1.1 304 Not Modified\r\n\r\n"),
        "403-challenge" => reply("403 Forbidden", &["CF-Mitigated: challenge"], "<title>x"),
        "503-captcha" => page("503 Service Unavailable", "<title>Just a moment...</title>"),
        "429-seconds" => reply("429 Too Many Requests", &["Retry-After: 90"], ""),
        "429-date" => {
            let headers = [
                "Date: Thu, 01 May 2031 12:00:00 GMT",
                "Retry-After: Thu, 01 May 2031 12:02:00 GMT",
            ];
            reply("429 Too Many Requests", &headers, "")
        }
        "429-plain" => reply("429 Too Many Requests", &[], ""),
        "429-huge" => {
            reply("429 Too Many Requests", &["Retry-After: 99999999999999999999999999"], "")
        }
        "503-later" => reply("503 Service Unavailable", &["Retry-After: 90"], ""),
        "page-for-pdf" => page("200 OK", "<h1>Our new site</h1><p>Welcome to our new site."),
        "says-gone" => {
            page("200 OK", "<title>Page not found</title><h1>Sorry</h1><p>It is not here.")
        }
        "to-home" if path == "/" => page("200 OK", "<h1>The Lakes</h1><p>Welcome to all."),
        "to-home" => redirect("301 Moved Permanently", "/"),
        "captcha-200" => page("200 OK", "<title>Just a moment...</title><p>Checking you."),
        "wrong-type" => reply("200 OK", &["Content-Type: application/pdf"], ARTICLE),
        status => page(&format!("{status} As Asked"), "<p>words"),
    }
}

fn robots(name: &str) -> Vec<Step> {
    let file = |text: &str| reply("200 OK", &["Content-Type: text/plain"], text);
    let no = "User-agent: normtag\nDisallow: /a\n";
    match name {
        "robots-no" => file(no),
        "robots-403" => reply("403 Forbidden", &[], "no"),
        "robots-500" => reply("500 Internal Server Error", &[], "no"),
        "robots-slow" => vec![Step::Pause(Duration::from_secs(TIMEOUT + 8))],
        "robots-reset" => vec![Step::Reset],
        // The rule stands behind the first 500 KiB.
        "robots-huge" => file(&format!("{}{no}", "# filler\n".repeat(100_000))),
        "robots-circle" => redirect("302 Found", "/robots.txt"),
        "robots-elsewhere" => redirect("301 Moved", "http://robots-no.example/robots.txt"),
        _ => reply("404 Not Found", &[], "no"),
    }
}

/// As many bytes that pack badly, packed.
fn packed(bytes: usize) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&noise(bytes)).unwrap();
    packed.finish().unwrap()
}

/// Letters without an order.
fn noise(bytes: usize) -> Vec<u8> {
    let mut state = 0x2545_f491_u32;
    let next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        b'a' + u8::try_from(state % 26).unwrap()
    };
    std::iter::repeat_with(next).take(bytes).collect()
}

/// The peak of memory stays near the cap although 300 MB would come unpacked,
/// at a ratio that documents have too.
#[cfg(target_os = "linux")]
#[test]
fn a_bomb_fills_no_memory() {
    use std::process::{Command, Stdio};
    const CAP: usize = 64;
    // A mebibyte of text at a ratio of about 20, three hundred times over.
    let text: Vec<u8> = noise(24 << 10).iter().copied().cycle().take(1 << 20).collect();
    let mut member = GzEncoder::new(Vec::new(), Compression::fast());
    for piece in text.chunks(1 << 10) {
        member.write_all(&piece[..300]).unwrap();
        member.write_all(&[b' '; 724]).unwrap();
    }
    let member = member.finish().unwrap();
    assert!((10..90).contains(&((1 << 20) / member.len())), "{} bytes", member.len());
    let server = Server::start(move |path| match path {
        "/bomb" => {
            let headers = ["Content-Encoding: gzip", "Connection: close"];
            let mut steps = vec![Step::Send(head("200 OK", headers))];
            steps.extend(vec![Step::Send(member.clone()); 300]);
            steps
        }
        // It keeps the program running after the bomb, to be looked at.
        "/later" => vec![Step::Pause(Duration::from_mins(1))],
        _ => reply("404 Not Found", &[], ""),
    });
    let folder = Folder::new();
    let place = server.place();
    let mut program = Command::new(env!("CARGO_BIN_EXE_normtag"))
        .args(["fetch", "http://bomb.example/bomb", "http://later.example/later", "-v"])
        .args(["--store", "store", "--delay=0", "--retries=0", "--ignore-robots"])
        .arg(format!("--resolve=*={place}"))
        .arg(format!("--allow-private={place}"))
        .current_dir(folder.path("."))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let peak = |id: u32| {
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap() >> 10
    };
    // The bomb is over when the peak has not grown for two seconds.
    let (mut last, mut still) = (0, 0);
    while still < 20 {
        std::thread::sleep(Duration::from_millis(100));
        let now = peak(program.id());
        still = if now == last && now > CAP / 2 { still + 1 } else { 0 };
        last = now;
        assert!(program.try_wait().unwrap().is_none(), "it ended before it was looked at");
    }
    program.kill().unwrap();
    program.wait().unwrap();
    println!("peak {last} MiB at a cap of {CAP} MiB");
    assert!(last > CAP, "{last} MiB: the cap was not reached");
    assert!(last <= CAP + 64, "{last} MiB");
}
