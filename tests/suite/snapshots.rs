//! What is kept: conditional requests, replay, a run that is killed, files
//! saved by hand, and WARC files.

use crate::program::Folder;
use crate::server::{Request, Server, Step, head, redirect, reply};
use flate2::read::GzDecoder;
use std::collections::BTreeMap;
use std::io::{BufReader, Read as _};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

fn manifests(folder: &Folder) -> Vec<String> {
    let files = std::fs::read_dir(folder.path("store/sources")).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn an_unchanged_site_sends_no_body_and_changes_no_manifest() {
    let server = Server::answering(None, |request: &Request| {
        let knows =
            |name: &str, value: &str| request.headers.get(name).is_some_and(|known| known == value);
        let modified = "Thu, 01 May 2031 12:00:00 GMT";
        match request.path.as_str() {
            "/old" => redirect("301 Moved Permanently", "/etag"),
            "/etag" if knows("if-none-match", "W/\"one\"") => {
                vec![Step::Send(head("304 Not Modified", ["ETag: W/\"one\""]))]
            }
            "/etag" => reply("200 OK", &["ETag: W/\"one\"", "Content-Type: text/plain"], "etag"),
            "/dated" if knows("if-modified-since", modified) => {
                vec![Step::Send(head("304 Not Modified", []))]
            }
            "/dated" => reply("200 OK", &[&format!("Last-Modified: {modified}")], "dated"),
            _ => reply("200 OK", &[], "plain"),
        }
    });
    let folder = Folder::new().reaching(&server);
    let urls = ["/old", "/etag", "/dated", "/plain"].map(|path| server.url(path));
    let fetch = |more: &[&str]| {
        let args = ["fetch", "--ignore-robots", "--store", "store"].into_iter();
        folder.run(args.chain(urls.iter().map(String::as_str)).chain(more.iter().copied())).ends(0)
    };
    let first = fetch(&[]);
    let kept = manifests(&folder);
    assert_eq!(kept.len(), 4);
    for field in ["\"outcome\": \"fetched\"", "\"sha1\": \"", "\"digest\": \"sha256:", "\"etag\""] {
        assert!(kept.iter().any(|manifest| manifest.contains(field)), "{field}: {kept:?}");
    }
    let again = fetch(&["--refresh"]);
    assert_eq!(again.stdout, first.stdout);
    assert_eq!(manifests(&folder), kept);
    // Offline, the same bytes come from the store; nothing is asked.
    let asked = server.requests().len();
    let offline = fetch(&["--offline"]);
    assert_eq!(offline.stdout, first.stdout.replace(" network ", " store "));
    assert_eq!(server.requests().len(), asked);
}

#[test]
fn a_copy_saved_by_hand_stands_in_for_a_site_that_blocks_programs() {
    let server = Server::start(|path| match path {
        "/robots.txt" => reply("404 Not Found", &[], ""),
        _ => reply("403 Forbidden", &[], "no"),
    });
    let folder = Folder::new().reaching(&server).file("saved.txt", "1. Parties shall act.\n");
    let url = server.url("/treaty");
    folder.run(["fetch", &url]).ends(2).says(&["403", "save the page"]);
    let ran = folder.run(["fetch", "--attach", "saved.txt", &url]).ends(0).quietly();
    assert!(ran.stdout.contains(" attached http://"), "{}", ran.stdout);
    folder.run(["tag", &url]).ends(0);
    let text = folder.run(["extract", &url]).ends(0).stdout;
    assert!(text.contains("Parties shall act."), "{text}");
    // A run that asks again and is refused again does not lose it.
    folder.run(["fetch", &url, "--refresh"]).ends(2);
    folder.run(["extract", &url]).ends(0);
    folder.run(["fetch", "--attach", "absent.txt", &url]).ends(2).says(&["absent.txt"]);
    folder.run(["fetch", "--attach", "saved.txt", &url, &url]).ends(2).says(&["of one address"]);
    folder.run(["fetch", "--attach", "saved.txt", "ftp://a.example/"]).ends(2).says(&["ftp:"]);
}

#[test]
fn a_page_in_place_of_a_pdf_is_kept_and_said() {
    let server = Server::start(|_| {
        reply("200 OK", &["Content-Type: application/pdf"], "<html><p>Welcome to our new site.")
    });
    let folder = Folder::new().reaching(&server);
    let ran = folder.run(["fetch", &server.url("/a.pdf"), "--ignore-robots"]).ends(0);
    ran.says(&["warning: ", "called a PDF, but its bytes are text/html"]);
}

/// Kills a run that replaces a copy, again and again, at every stage of it:
/// the old copy or the new one is there each time, whole.
#[test]
fn a_run_that_is_killed_leaves_the_old_copy_or_the_new_one() {
    let size = 600_000;
    let version = Arc::new(AtomicUsize::new(0));
    let now = Arc::clone(&version);
    let server = Server::start(move |_| {
        let letter = b'a' + u8::try_from(now.load(Ordering::SeqCst) % 26).unwrap();
        let mut steps = vec![Step::Send(head("200 OK", [&*format!("Content-Length: {size}")]))];
        steps.push(Step::Send(vec![letter; size - 1]));
        steps.push(Step::Pause(Duration::from_millis(30)));
        steps.push(Step::Send(vec![letter]));
        steps
    });
    let folder = Folder::new().reaching(&server);
    let (url, place) = (server.url("/x"), server.place());
    folder.run(["fetch", &url, "--store", "store", "--ignore-robots"]).ends(0);
    let line = |letter: u8| {
        let digest = normtag::model::Digest::of(&vec![letter; size]);
        format!("{digest} {size:>9} store {url}\n")
    };
    let (mut olds, mut news) = (0, 0);
    // The moment of the kill is moved to where old turns into new.
    let mut after = Duration::from_millis(60);
    for round in 1..=40_usize {
        version.store(round, Ordering::SeqCst);
        let mut program = Command::new(env!("CARGO_BIN_EXE_normtag"))
            .args(["fetch", &url, "--store", "store", "--ignore-robots", "--refresh"])
            .args(["--delay=0", "--allow-private", &place])
            .current_dir(folder.path("."))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(after);
        // SIGKILL: nothing of the program runs after it.
        program.kill().unwrap();
        program.wait().unwrap();
        let kept = folder.run(["fetch", &url, "--store", "store", "--offline"]).ends(0).stdout;
        let letter = |round: usize| b'a' + u8::try_from(round % 26).unwrap();
        let known: Vec<usize> =
            (round.saturating_sub(25)..=round).filter(|old| kept == line(letter(*old))).collect();
        assert_eq!(known.len(), 1, "round {round}: neither old nor new: {kept}");
        if known[0] == round {
            news += 1;
            after = after.mul_f64(0.85);
        } else {
            olds += 1;
            after = after.mul_f64(1.2);
        }
    }
    println!("{olds} times the old one, {news} times the new one, at last after {after:?}");
    assert!(olds >= 5 && news >= 5, "{olds} times the old one, {news} times the new one");
}

/// The records of a WARC file: the fields of each, and its block.
fn records(bytes: &[u8]) -> Vec<(BTreeMap<String, String>, Vec<u8>)> {
    let mut records = Vec::new();
    let mut left = BufReader::new(bytes);
    while left.get_ref().len() + left.buffer().len() > 0 {
        // One member is one record: a decoder for one stops where it ends.
        let mut member = flate2::bufread::GzDecoder::new(&mut left);
        let mut record = Vec::new();
        member.read_to_end(&mut record).unwrap();
        let at = record.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap();
        let head = String::from_utf8(record[..at].to_vec()).unwrap();
        let mut lines = head.split("\r\n");
        assert_eq!(lines.next(), Some("WARC/1.1"));
        let fields: BTreeMap<String, String> = lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let block = record[at + 4..].strip_suffix(b"\r\n\r\n").unwrap().to_vec();
        assert_eq!(fields["Content-Length"], block.len().to_string());
        let digest = normtag::model::Digest::of(&block);
        assert_eq!(fields["WARC-Block-Digest"], digest.as_str());
        records.push((fields, block));
    }
    records
}

#[test]
fn a_warc_file_has_a_record_for_every_request_and_answer() {
    let server = Server::answering(None, |request: &Request| match request.path.as_str() {
        "/old" => redirect("301 Moved Permanently", "/new?x=1"),
        "/new?x=1" if request.headers.contains_key("if-none-match") => {
            vec![Step::Send(head("304 Not Modified", ["ETag: \"one\""]))]
        }
        "/new?x=1" => {
            let headers = ["ETag: \"one\"", "Content-Encoding: gzip", "Set-Cookie: a=b"];
            reply("200 OK", &headers, packed("the document"))
        }
        _ => reply("404 Not Found", &["Content-Type: text/html"], "<p>no such page"),
    });
    let folder = Folder::new().reaching(&server);
    let (old, gone) = (server.url("/old"), server.url("/gone"));
    let fetch = |name: &str, more: &[&str]| {
        let args = ["fetch", &old, &gone, "--store", "store", "--ignore-robots", "--warc", name];
        folder.run(args.into_iter().chain(more.iter().copied()));
        records(&std::fs::read(folder.path(name)).unwrap())
    };
    let kinds = |records: &[(BTreeMap<String, String>, Vec<u8>)]| {
        let kinds: Vec<String> =
            records.iter().map(|(fields, _)| fields["WARC-Type"].clone()).collect();
        kinds.join(" ")
    };
    let first = fetch("first.warc.gz", &[]);
    assert_eq!(kinds(&first), "warcinfo response request response request response request");
    let (fields, block) = &first[3];
    assert_eq!(fields["WARC-Target-URI"], server.url("/new?x=1"));
    let text = String::from_utf8_lossy(block);
    assert!(text.starts_with("HTTP/1.1 200 OK\r\n"), "{text}");
    assert!(text.contains("X-Archive-Orig-content-encoding: gzip\r\n"), "{text}");
    assert!(text.ends_with("\r\nContent-Length: 12\r\n\r\nthe document"), "{text}");
    assert!(!text.to_lowercase().contains("cookie"), "{text}");
    let request = String::from_utf8_lossy(&first[4].1).into_owned();
    assert!(request.starts_with("GET /new?x=1 HTTP/1.1\r\nhost: 127.0.0.1:"), "{request}");
    assert_eq!(first[4].0["WARC-Concurrent-To"], first[3].0["WARC-Record-ID"]);
    assert!(String::from_utf8_lossy(&first[5].1).ends_with("<p>no such page"));
    let ids: std::collections::BTreeSet<&String> =
        first.iter().map(|(fields, _)| &fields["WARC-Record-ID"]).collect();
    assert_eq!(ids.len(), first.len());

    let again = fetch("again.warc.gz", &["--refresh"]);
    assert_eq!(kinds(&again), "warcinfo response request revisit request response request");
    let revisit = &again[3].0;
    assert!(revisit["WARC-Profile"].ends_with("/1.1/revisit/server-not-modified"));
    assert_eq!(revisit["WARC-Payload-Digest"], first[3].0["WARC-Payload-Digest"]);
    assert_eq!(revisit["WARC-Refers-To-Target-URI"], first[3].0["WARC-Target-URI"]);

    let stored = fetch("stored.warc.gz", &["--offline"]);
    assert_eq!(kinds(&stored), "warcinfo response");
    assert_eq!(stored[1].1, first[3].1, "what the store has is written as it came");
}

fn packed(text: &str) -> Vec<u8> {
    use std::io::Write as _;
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(text.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    let mut unpacked = String::new();
    GzDecoder::new(&*packed).read_to_string(&mut unpacked).unwrap();
    assert_eq!(unpacked, text);
    packed
}
