//! Fetching, against a server that misbehaves in every way it is asked to.

use crate::server::{Server, Step, gzip_bomb, head, redirect, reply};
use normtag::fetch::{Event, FetchOptions, FetchProblem, Fetched, Fetcher, ProblemKind, Store};
use normtag::model::Snapshot;
use std::cell::RefCell;
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A server, a store, and the options to fetch with.
struct World {
    server: Server,
    folder: TempDir,
    options: FetchOptions,
}

impl World {
    fn with(answer: impl Fn(&str) -> Vec<Step> + Send + Sync + 'static) -> Self {
        let server = Server::start(answer);
        let options = FetchOptions {
            connect_timeout: Duration::from_secs(5),
            first_byte_timeout: Duration::from_millis(400),
            total_timeout: Duration::from_secs(5),
            max_bytes: 1 << 20,
            delay: Duration::ZERO,
            retries: 0,
            allow_private: vec![server.place().parse().unwrap()],
            ..FetchOptions::new(|| humantime::parse_rfc3339("2031-05-01T12:00:00Z").unwrap())
        };
        let folder = tempfile::tempdir().unwrap();
        Self { server, folder, options }
    }

    fn fetch_all(&self, urls: &[String]) -> Vec<Fetched> {
        let store = Store::new(self.folder.path());
        Fetcher::new(self.options.clone(), store).unwrap().fetch_all(urls, &|_| ())
    }

    fn fetch(&self, url: &str) -> Fetched {
        self.fetch_all(&[url.to_owned()]).remove(0)
    }

    #[track_caller]
    fn snapshot(&self, path: &str) -> Snapshot {
        self.fetch(&self.server.url(path)).expect("it gives a snapshot")
    }

    #[track_caller]
    fn problem(&self, path: &str) -> FetchProblem {
        self.fetch(&self.server.url(path)).expect_err("it gives a problem")
    }
}

/// Fetches `/` from a server that answers with `steps`, and holds the reason
/// against the beginning that is expected. The address is not in it: whoever
/// shows the reason shows the source before it.
#[track_caller]
fn check(steps: &[Step], kind: ProblemKind, expected: &str) {
    let steps = steps.to_vec();
    let world = World::with(move |_| steps.clone());
    let problem = world.problem("/");
    assert!(problem.reason.starts_with(expected), "{}", problem.reason);
    assert!(!problem.reason.contains(&world.server.url("/")), "{}", problem.reason);
    assert_eq!(problem.kind, kind);
    assert!(!problem.reason.contains('\n'));
}

#[test]
fn an_answer_becomes_a_snapshot_with_its_content_type_whole() {
    let world = World::with(|_| {
        reply("200 OK", &["Content-Type: text/html; charset=windows-1252"], b"caf\xe9")
    });
    let snapshot = world.snapshot("/a?b=c#part");
    assert_eq!(snapshot.source, world.server.url("/a?b=c#part"));
    assert_eq!(snapshot.bytes, b"caf\xe9", "bytes are not transcoded");
    assert_eq!(snapshot.content_type.as_deref(), Some("text/html; charset=windows-1252"));
    assert_eq!(snapshot.fetched_at.as_deref(), Some("2031-05-01T12:00:00Z"));
    assert_eq!(snapshot.final_url, None);
    assert!(!snapshot.from_store);
    assert_eq!(world.server.requests(), ["/a?b=c"]);
}

#[test]
fn redirects_are_followed_and_every_hop_recorded() {
    let world = World::with(|path| match path {
        "/old" => redirect("301 Moved Permanently", "/newer#part"),
        "/newer" => redirect("307 Temporary Redirect", "./texts/newest.pdf"),
        _ => reply("200 OK", &[], "%PDF-"),
    });
    let snapshot = world.snapshot("/old");
    let end = world.server.url("/texts/newest.pdf");
    assert_eq!(snapshot.final_url.as_ref(), Some(&end));
    let hops: Vec<(u16, &str)> =
        snapshot.redirects.iter().map(|hop| (hop.status, hop.to.as_str())).collect();
    assert_eq!(hops, [(301, world.server.url("/newer").as_str()), (307, end.as_str())]);
    let again = world.snapshot("/old");
    assert_eq!(again.redirects, snapshot.redirects, "the store remembers them");
}

#[test]
fn redirects_that_lead_nowhere_are_said_with_their_hops() {
    let world = World::with(|path| match path {
        "/a" => redirect("302 Found", "/b"),
        "/b" => redirect("302 Found", "/a"),
        "/file" => redirect("302 Found", "file:///etc/passwd"),
        "/ftp" => redirect("302 Found", "ftp://127.0.0.1/x"),
        "/data" => redirect("302 Found", "data:text/plain,x"),
        "/nowhere" => reply("302 Found", &[], ""),
        "/bad" => redirect("302 Found", "http://[bad/"),
        path => {
            let number: u32 = path[1..].parse().unwrap();
            redirect("302 Found", &format!("/{}", number + 1))
        }
    });
    for (path, kind, expected, hops) in [
        ("/a", ProblemKind::Redirect, "redirects in a circle", 2),
        ("/file", ProblemKind::Redirect, "redirects to a `file:` address (file:///etc/passwd)", 1),
        ("/ftp", ProblemKind::Redirect, "redirects to a `ftp:` address", 1),
        ("/data", ProblemKind::Redirect, "redirects to a `data:` address", 1),
        ("/bad", ProblemKind::Redirect, "which is no address", 0),
        ("/nowhere", ProblemKind::Status(302), "no document but HTTP 302", 0),
        ("/1", ProblemKind::Redirect, "more than 8 redirects", 9),
    ] {
        let problem = world.problem(path);
        assert!(problem.reason.contains(expected), "{}", problem.reason);
        assert_eq!((problem.kind, problem.redirects.len()), (kind, hops), "{path}");
    }
}

#[test]
fn statuses_say_what_is_wrong_and_what_to_do() {
    for (status, expected) in [
        ("404 Not Found", "not found (HTTP 404); look for the document's new address"),
        ("410 Gone", "not found (HTTP 410)"),
        ("403 Forbidden", "the site refuses programs (HTTP 403); save the page from"),
        ("451 No", "the site refuses programs (HTTP 451); save the page from"),
        ("401 Unauthorized", "a login is asked for (HTTP 401)"),
        ("418 I'm a teapot", "no document but HTTP 418"),
        ("500 Internal Server Error", "the site fails (HTTP 500); try again later"),
    ] {
        let code = status[..3].parse().unwrap();
        check(&reply(status, &[], "<p>words"), ProblemKind::Status(code), expected);
    }
    check(
        &reply("429 Too Many Requests", &["Retry-After: 30"], ""),
        ProblemKind::Status(429),
        "the site refuses programs or is asked too often (HTTP 429); try again in 30 s",
    );
}

#[test]
fn a_server_that_is_too_slow_is_left_and_the_phase_named() {
    let began = Instant::now();
    let long = Step::Pause(Duration::from_secs(3));
    check(std::slice::from_ref(&long), ProblemKind::Timeout, "no answer within 0.4 s");
    let slow_head = [Step::Send(b"HTTP/1.1 200 OK\r\n".to_vec()), long.clone()];
    check(&slow_head, ProblemKind::Timeout, "no answer within 0.4 s");
    let stalled =
        [Step::Send(head("200 OK", ["Content-Length: 100"])), Step::Send(b"four".to_vec()), long];
    let expected = "the body stalled after 4 bytes and did not go on within 0.4 s";
    check(&stalled, ProblemKind::Timeout, expected);
    assert!(began.elapsed() < Duration::from_secs(3), "none is waited for to its end");
}

#[test]
fn a_body_that_drips_is_left_after_the_time_for_all_of_it() {
    let mut world = World::with(|_| {
        let mut steps = vec![Step::Send(head("200 OK", ["Content-Length: 1000"]))];
        for _ in 0..40 {
            steps.extend([Step::Send(b"x".to_vec()), Step::Pause(Duration::from_millis(100))]);
        }
        steps
    });
    world.options.total_timeout = Duration::from_millis(700);
    let problem = world.problem("/");
    assert!(problem.reason.starts_with("not done within 0.7 s;"), "{}", problem.reason);
}

#[test]
fn a_body_over_the_cap_is_left_whether_announced_or_not() {
    let announced = [Step::Send(head("200 OK", ["Content-Length: 2000000"]))];
    check(&announced, ProblemKind::TooLarge, "more than 1 MiB");
    let endless =
        [Step::Send(head("200 OK", ["Connection: close"])), Step::Send(vec![b'x'; 2 << 20])];
    check(&endless, ProblemKind::TooLarge, "more than 1 MiB");
}

#[test]
fn the_cap_holds_on_decoded_bytes() {
    let bomb = gzip_bomb(64);
    assert!(bomb.len() < 1 << 20, "on the wire it is below the cap");
    let steps = reply("200 OK", &["Content-Encoding: gzip"], bomb);
    check(&steps, ProblemKind::TooLarge, "more than 1 MiB");
}

#[test]
fn a_packed_body_is_unpacked() {
    const PACKED: &[u8] = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x2b\xce\x4d\xcc\xc9\xd1\x51\x48\xcc\x4b\x51\x28\x48\x4c\xce\x4e\x4d\x01\x00\x86\xe6\x65\x3d\x11\x00\x00\x00";
    let world = World::with(|_| reply("200 OK", &["Content-Encoding: gzip"], PACKED));
    assert_eq!(world.snapshot("/").bytes, b"small, and packed");
    let damaged = reply("200 OK", &["Content-Encoding: gzip"], "not gzip at all");
    check(&damaged, ProblemKind::Encoding, "the body cannot be unpacked");
}

#[test]
fn an_empty_body_is_no_document() {
    check(&reply("200 OK", &[], ""), ProblemKind::Empty, "an empty answer (0 bytes);");
    check(&reply("204 No Content", &[], ""), ProblemKind::Empty, "an empty answer");
}

#[test]
fn a_connection_that_breaks_is_said_with_what_had_come() {
    let short = [Step::Send(head("200 OK", ["Content-Length: 100"])), Step::Send(b"four".to_vec())];
    check(&short, ProblemKind::Connection, "the connection broke off after 4 bytes");
    check(&[], ProblemKind::Connection, "no answer");
    let garbage = [Step::Send(b"SSH-2.0-OpenSSH\r\n\r\n".to_vec())];
    check(&garbage, ProblemKind::Protocol, "the answer is no HTTP");
}

#[test]
fn where_nobody_listens_the_connection_is_refused() {
    let mut world = World::with(|_| Vec::new());
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    world.options.allow_private = vec![format!("127.0.0.1:{port}").parse().unwrap()];
    let problem = world.fetch(&format!("http://127.0.0.1:{port}/")).unwrap_err();
    let expected = "nothing answers (connection refused)";
    assert!(problem.reason.starts_with(expected), "{}", problem.reason);
}

#[test]
fn a_name_that_cannot_be_is_not_known() {
    let world = World::with(|_| Vec::new());
    // Longer than a label may be, so that no name server is asked.
    let host = "x".repeat(64);
    let problem = world.fetch(&format!("http://{host}.invalid/")).unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Dns, "{}", problem.reason);
    assert!(problem.reason.starts_with("the name `xxx"), "{}", problem.reason);
}

#[test]
fn a_server_without_tls_behind_https_is_a_clear_reason() {
    let mut world = World::with(|_| Vec::new());
    // It answers whatever it is sent, as plain servers do with TLS.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    world.options.allow_private = vec![format!("127.0.0.1:{port}").parse().unwrap()];
    std::thread::spawn(move || {
        use std::io::{Read as _, Write as _};
        let (mut connection, _) = listener.accept().unwrap();
        let _ = connection.read(&mut [0; 1024]);
        let _ = connection.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    let problem = world.fetch(&format!("https://127.0.0.1:{port}/")).unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Tls, "{}", problem.reason);
    let expected = "no secure connection (TLS) to `127.0.0.1`";
    assert!(problem.reason.starts_with(expected), "{}", problem.reason);
}

#[test]
fn what_is_no_web_address_is_not_asked() {
    let world = World::with(|_| Vec::new());
    for (url, expected) in [
        ("example.org/x", "this is no address"),
        ("ftp://example.org/x", "`ftp:` addresses are not fetched"),
        ("file:///etc/passwd", "`file:` addresses are not fetched"),
    ] {
        let problem = world.fetch(url).unwrap_err();
        assert!(problem.reason.starts_with(expected), "{}", problem.reason);
        assert_eq!(problem.kind, ProblemKind::Address);
    }
}

#[test]
fn a_second_run_makes_no_request_unless_it_is_to_refresh() {
    let mut world = World::with(|_| reply("200 OK", &["Content-Type: text/plain"], "words"));
    let first = world.snapshot("/x");
    let second = world.snapshot("/x");
    assert_eq!(world.server.requests().len(), 1);
    assert_eq!(second, Snapshot { from_store: true, ..first });
    world.options.refresh = true;
    assert!(!world.snapshot("/x").from_store);
    assert_eq!(world.server.requests().len(), 2);
}

#[test]
fn problems_are_not_kept() {
    let world = World::with(|_| reply("503 Service Unavailable", &[], ""));
    world.problem("/x");
    world.problem("/x");
    assert_eq!(world.server.requests().len(), 2);
}

#[test]
fn offline_gives_what_is_stored_and_asks_nothing() {
    let mut world = World::with(|_| reply("200 OK", &[], "words"));
    world.snapshot("/had");
    world.options.offline = true;
    world.options.refresh = true;
    assert_eq!(world.snapshot("/had").bytes, b"words");
    let problem = world.problem("/not-had");
    assert_eq!(problem.kind, ProblemKind::Offline);
    assert!(problem.reason.starts_with("not in the store"), "{}", problem.reason);
    assert_eq!(world.server.requests(), ["/had"]);
}

#[test]
fn a_damaged_blob_is_fetched_anew_or_reported_offline() {
    let mut world = World::with(|_| reply("200 OK", &[], "words"));
    let digest = world.snapshot("/x").digest;
    let (folder, file) = digest.hex().split_at(2);
    let blob = world.folder.path().join("blobs").join(folder).join(file);
    fs::write(&blob, "w0rds").unwrap();
    world.options.offline = true;
    let problem = world.problem("/x");
    assert_eq!(problem.kind, ProblemKind::Damaged);
    assert!(problem.reason.contains("is damaged"), "{}", problem.reason);
    world.options.offline = false;
    assert_eq!(world.snapshot("/x").bytes, b"words");
    assert_eq!(world.server.requests().len(), 2);
    assert_eq!(fs::read(&blob).unwrap(), b"words");
}

#[test]
fn a_store_that_cannot_be_written_costs_the_copy_and_not_the_document() {
    let world = World::with(|_| reply("200 OK", &[], "words"));
    let occupied = world.folder.path().join("occupied");
    fs::write(&occupied, "a file").unwrap();
    let fetcher = Fetcher::new(world.options.clone(), Store::new(Path::new(&occupied))).unwrap();
    let warnings = RefCell::new(0);
    let results = fetcher.fetch_all(&[world.server.url("/")], &|event| {
        *warnings.borrow_mut() += usize::from(matches!(event, Event::NotKept { .. }));
    });
    assert_eq!(results[0].as_ref().unwrap().bytes, b"words");
    assert_eq!(warnings.into_inner(), 1);
}

#[test]
fn many_are_fetched_side_by_side_and_come_back_in_order_each_asked_once() {
    let mut world = World::with(|path| {
        let mut steps = vec![Step::Pause(Duration::from_millis(200))];
        steps.extend(reply("200 OK", &[], path));
        steps
    });
    world.options.first_byte_timeout = Duration::from_secs(5);
    world.options.resolve = vec![format!("*={}", world.server.place()).parse().unwrap()];
    let paths: Vec<String> = (0..12).map(|number| format!("/{}", number % 9)).collect();
    let urls: Vec<String> =
        paths.iter().map(|path| format!("http://h{}.example{path}", &path[1..])).collect();
    let began = Instant::now();
    let fetched = world.fetch_all(&urls);
    assert!(began.elapsed() < Duration::from_millis(1600), "one by one it would take 1.8 s");
    for (path, fetched) in paths.iter().zip(&fetched) {
        assert_eq!(fetched.as_ref().unwrap().bytes, path.as_bytes());
    }
    assert_eq!(world.server.requests().len(), 9);
    assert!(world.fetch_all(&[]).is_empty());
}
