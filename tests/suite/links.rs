//! `check links`: over a small corpus, over files, and over the corpus that
//! ships, whose addresses lead into a world of the test's making.

use crate::golden;
use crate::program::{Folder, Ran, project};
use crate::server::{Request, Server, Step, redirect, reply};
use crate::tls::Authority;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

const MAY_1: Option<&str> = Some("2031-05-01T12:00:00Z");

fn states(json: &Value) -> BTreeMap<String, String> {
    let links = json["links"].as_array().unwrap().iter();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    links.map(|link| (text(&link["url"]), text(&link["state"]))).collect()
}

/// Addresses of a page that changes with the day.
fn changing() -> (Server, Arc<AtomicUsize>) {
    let day = Arc::new(AtomicUsize::new(0));
    let today = Arc::clone(&day);
    let server = Server::start(move |path| {
        let text = |text: &str| reply("200 OK", &["Content-Type: text/plain"], text);
        match (path, today.load(Ordering::SeqCst)) {
            ("/text", 0) => text("1. Parties shall act.\n\n2. They shall report.\n"),
            ("/text", _) => text("1. Parties may act.\n\n2. They shall report.\n"),
            ("/bytes", day) => text(&format!("1. Parties  shall act.{}\n", " ".repeat(day))),
            ("/back", 1) => reply("500 Internal Server Error", &[], ""),
            ("/same" | "/back", _) => text("1. The same.\n"),
            ("/refused", _) => reply("403 Forbidden", &[], ""),
            ("/going", 0) => text("1. Here for now.\n"),
            _ => reply("404 Not Found", &[], ""),
        }
    });
    (server, day)
}

fn list(server: &Server) -> String {
    let paths = ["/text", "/bytes", "/back", "/same", "/refused", "/going"];
    paths.map(|path| format!("- <{}>\n", server.url(path))).concat()
}

#[test]
fn a_changed_text_is_shown_until_it_is_accepted_and_a_failure_is_never_kept() {
    let (server, day) = changing();
    let folder = Folder::new().file("list.md", list(&server)).reaching(&server);
    let check = |more: &[&str], now: &str| {
        let args = ["check", "links", "list.md", "--store", "store", "--format", "json"];
        folder.run_at(args.iter().chain(more), b"", Some(now))
    };
    let state = |ran: &Ran, path: &str| states(&ran.json())[&server.url(path)].clone();
    let first = check(&[], "2031-05-01T12:00:00Z").ends(1);
    for (path, expected) in [("/text", "ok"), ("/refused", "blocked"), ("/going", "ok")] {
        assert_eq!(state(&first, path), expected, "{path}");
    }
    day.store(1, Ordering::SeqCst);
    let second = check(&[], "2031-05-02T00:00:00Z").ends(1);
    for (path, expected) in [
        ("/text", "text-changed"),
        ("/bytes", "bytes-changed"),
        ("/back", "unreachable"),
        ("/same", "ok"),
        ("/going", "gone"),
    ] {
        assert_eq!(state(&second, path), expected, "{path}");
    }
    let json = second.json();
    let find = |json: &Value, path: &str| -> Value {
        let url = server.url(path);
        json["links"].as_array().unwrap().iter().find(|link| link["url"] == url).unwrap().clone()
    };
    let changes = find(&json, "/text")["changes"].clone();
    assert_eq!(changes["lines"][0]["text"], "Parties shall act.");
    assert_eq!(changes["lines"][1]["text"], "Parties may act.");
    assert_eq!(find(&json, "/text")["places"][0], "list.md:1");
    assert_eq!(find(&json, "/going")["dead"], false, "one failed run is none");

    // Only what failed is asked again; what came back is well.
    day.store(2, Ordering::SeqCst);
    let asked = server.requests().len();
    let failed = check(&["--failed"], "2031-05-02T06:00:00Z").ends(1);
    let again: Vec<String> =
        server.requests()[asked..].iter().filter(|path| *path != "/robots.txt").cloned().collect();
    assert_eq!(again.len(), 3, "{again:?}");
    assert_eq!(state(&failed, "/back"), "ok");

    // Two days on the one that is gone is dead, and the text still waits.
    let later = check(&[], "2031-05-03T12:00:00Z").ends(1).json();
    assert_eq!(find(&later, "/going")["dead"], true);
    assert_eq!(find(&later, "/going")["failing_since"], "2031-05-02T00:00:00Z");
    assert_eq!(find(&later, "/refused")["dead"], false, "a site that refuses is not dead");
    assert_eq!(find(&later, "/text")["state"], "text-changed");
    check(&["--accept"], "2031-05-03T13:00:00Z").ends(1);
    let accepted = check(&[], "2031-05-03T14:00:00Z").ends(1).json();
    assert_eq!(find(&accepted, "/text")["state"], "ok");

    // A copy saved by hand stands in for the site that refuses.
    let refused = server.url("/refused");
    let folder = folder.file("saved.txt", "1. As seen in a browser.\n").file("one.txt", &refused);
    let attach = ["fetch", "--attach", "saved.txt", &refused, "--store", "store"];
    folder.run(attach).ends(0);
    let one = ["check", "links", "one.txt", "--store", "store", "--format", "json"];
    let one = folder.run(one).ends(0).json();
    assert_eq!(
        (&one["links"][0]["state"], &one["links"][0]["awaits"]),
        (&"blocked".into(), &false.into())
    );
}

#[test]
fn what_looks_gone_takes_the_place_of_no_copy_even_where_changes_are_accepted() {
    let gone = Arc::new(AtomicUsize::new(0));
    let now = Arc::clone(&gone);
    let server = Server::start(move |path| match (path, now.load(Ordering::SeqCst)) {
        ("/robots.txt", _) => reply("404 Not Found", &[], ""),
        (_, 0) => reply("200 OK", &["Content-Type: text/plain"], "1. Parties shall act.\n"),
        _ => reply("200 OK", &["Content-Type: text/html"], "<title>404 Not Found</title><p>Sorry."),
    });
    let url = server.url("/texts/treaty");
    let folder = Folder::new().file("one.txt", &url).reaching(&server);
    let check = ["check", "links", "one.txt", "--store", "store", "--accept", "--format", "json"];
    folder.run(check).ends(0);
    gone.store(1, Ordering::SeqCst);
    let json = folder.run(check).ends(1).json();
    assert_eq!(json["links"][0]["state"], "soft-404");
    let kept = folder.run(["extract", &url, "--store", "store", "--offline"]).ends(0).stdout;
    assert!(kept.contains("Parties shall act."), "{kept}");
}

#[test]
fn the_report_has_a_form_for_people_and_for_programs() {
    let (server, day) = changing();
    let folder = Folder::new().file("list.md", list(&server)).reaching(&server);
    let check = |form: &str| {
        let args = ["check", "links", "list.md", "--store", "store", "--format", form];
        let ran = folder.run_at(args, b"", MAY_1).ends(1);
        ran.stdout.replace(&server.place(), "127.0.0.1:PORT")
    };
    check("table");
    day.store(1, Ordering::SeqCst);
    golden::check("links/table.txt", &check("table"));
    golden::check("links/report.md", &check("markdown"));
    golden::check("links/junit.xml", &check("junit"));
    let lines = check("jsonl");
    assert_eq!(lines.lines().count(), 6);
    assert!(lines.lines().all(|line| serde_json::from_str::<Value>(line).is_ok()));
    let report: Value = serde_json::from_str(&check("json")).unwrap();
    assert_eq!((&report["format"], &report["kind"]), (&1.into(), &"links".into()));
}

#[test]
fn what_cannot_be_checked_is_said() {
    let folder = Folder::new().file("none.md", "no address\n").file("history", "no JSON\n");
    folder.run(["check", "links", "none.md"]).ends(2).says(&["no web address in none.md"]);
    folder.run(["check", "links", "--offline"]).ends(2).says(&["cannot be --offline"]);
    folder.run(["check", "links", "absent.md"]).ends(2).says(&["absent.md"]);
    folder.run_at(["check", "links", "none.md"], b"", Some("noon")).ends(2);
    let server = Server::start(|_| reply("200 OK", &["Content-Type: text/plain"], "words"));
    let folder = folder.file("one.txt", server.url("/")).reaching(&server);
    let ran = folder.run(["check", "links", "one.txt", "--history", "history"]).ends(0);
    ran.says(&["history:1: passed over"]);
    let history = std::fs::read_to_string(folder.path("history")).unwrap();
    assert!(history.starts_with("no JSON\n"), "what is there is added to: {history}");
}

#[test]
fn a_machine_that_is_cut_off_calls_nothing_dead() {
    // Longer than a label may be, so that no name server is asked.
    let label = "x".repeat(64);
    let list = ["a", "b", "c"].map(|host| format!("http://{host}.{label}.example/\n")).concat();
    let folder = Folder::new().file("list.txt", list);
    let args = ["check", "links", "list.txt", "--history", "history", "--retries=0", "--delay=0"];
    folder.run(args).ends(2).says(&["no address answered", "is not remembered"]);
    assert!(!folder.path("history").exists());
}

/// The addresses of the corpus that ships, in the order of its file.
pub(crate) fn shipped() -> Vec<String> {
    let text = std::fs::read_to_string(project().join("corpus/agreements.toml")).unwrap();
    let urls = text.split("url = \"").skip(1).map(|rest| rest.split('"').next().unwrap());
    urls.map(str::to_owned).collect()
}

/// What becomes of the address at this place of the registry.
fn fate(index: usize, day: usize, path: &str) -> Vec<Step> {
    let text = |words: &str| {
        let body =
            format!("{index}. Parties shall {words} what is agreed.\n\n2. They shall report.\n");
        reply("200 OK", &["Content-Type: text/plain"], body)
    };
    let page = |body: &str| reply("200 OK", &["Content-Type: text/html"], body);
    match (index, day) {
        _ if path.starts_with("/new-place/") => text("keep"),
        (3, 1..) => redirect("301 Moved Permanently", &format!("/new-place/{index}")),
        (6, 1..) => redirect("302 Found", &format!("/new-place/{index}")),
        (8 | 12, 1..) => reply("404 Not Found", &[], "no"),
        (15, 1..) => text("weigh"),
        (18, 1..) => page("<title>Page not found</title><h1>Sorry</h1><p>It is not here."),
        (21, 1..) => reply("403 Forbidden", &["CF-Mitigated: challenge"], ""),
        (24, 1) => vec![Step::Reset],
        (27, 1..) => reply(
            "200 OK",
            &["Content-Type: text/plain"],
            format!("{index}. Parties  shall keep what is agreed.\n\n2. They shall report.\n"),
        ),
        _ => text("keep"),
    }
}

/// A world in which every address of the corpus that ships is one of a server.
fn world(urls: &[String], authority: &Authority, today: Arc<AtomicUsize>) -> Server {
    let bare = |url: &str| {
        let url = url.split('#').next().unwrap();
        url.split_once("://").unwrap().1.to_owned()
    };
    let places: BTreeMap<String, usize> =
        urls.iter().enumerate().map(|(index, url)| (bare(url), index)).collect();
    let host = |url: &String| bare(url).split(['/', ':']).next().unwrap().to_owned();
    let names: Vec<String> = urls.iter().map(host).collect();
    let tls = Some(authority.server(&names, false));
    Server::answering(tls, move |request: &Request| {
        if request.path == "/robots.txt" {
            return reply("404 Not Found", &[], "");
        }
        let asked = format!("{}{}", request.headers["host"], request.path);
        let index = places.get(&asked).or_else(|| places.get(asked.trim_end_matches('/')));
        let from_new_place = request.path.strip_prefix("/new-place/");
        let index = index.copied().or_else(|| from_new_place?.parse().ok());
        index.map_or_else(
            || reply("500 Not Of This World", &[], ""),
            |index| fate(index, today.load(Ordering::SeqCst), &request.path),
        )
    })
}

/// The README shows this report, or parts of it.
pub(crate) fn shown_in_readme(report: &str) {
    let readme = std::fs::read_to_string(project().join("README.md")).unwrap();
    let first = report.lines().next().unwrap();
    let shown = readme.split("```text\n").find(|block| block.starts_with(first));
    let shown = shown.expect("the README shows the report").split("```").next().unwrap();
    for part in shown.split("[…]\n") {
        assert!(report.contains(part.trim_end()), "the README shows another report:\n{part}");
    }
}

/// First all are there; then some have moved, some are gone, some have changed.
#[test]
fn the_corpus_that_ships_is_checked_against_a_world_that_changes() {
    let (urls, authority) = (shipped(), Authority::new());
    let day = Arc::new(AtomicUsize::new(0));
    let server = world(&urls, &authority, Arc::clone(&day));
    let folder = Folder::new().file("ca.pem", authority.pem()).reaching(&server);
    let map = format!("*={}", server.place());
    let check = |form: &str, now: &str| {
        let args = ["check", "links", "--ca-file", "ca.pem", "--resolve", &map];
        let args = args.into_iter().chain(["--store", "store", "--format", form]);
        folder.run_at(args, b"", Some(now))
    };
    let first = check("json", "2031-05-01T12:00:00Z").json();
    assert!(first["links"].as_array().unwrap().len() >= urls.len());
    let links = first["links"].as_array().unwrap().iter();
    let others: Vec<&Value> = links.filter(|link| link["state"] != "ok").collect();
    assert!(others.is_empty(), "{others:#?}");
    day.store(1, Ordering::SeqCst);
    let second = states(&check("json", "2031-05-08T12:00:00Z").ends(1).json());
    for (index, expected) in [
        (3, "moved"),
        (6, "moved-temporarily"),
        (8, "gone"),
        (15, "text-changed"),
        (18, "soft-404"),
        (21, "blocked"),
        (24, "unreachable"),
        (27, "bytes-changed"),
        (30, "ok"),
    ] {
        assert_eq!(second[&urls[index]], expected, "{}", urls[index]);
    }
    day.store(2, Ordering::SeqCst);
    let report = check("table", "2031-05-15T12:00:00Z").ends(1).stdout;
    golden::check("links/world.txt", &report);
    shown_in_readme(&report);
}
