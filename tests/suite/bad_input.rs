//! What people really have in their folders: every bad file is named with
//! what is wrong and what to do, and the good ones are done.

use crate::build::{Page, Set, archive, pdf};
use crate::program::{Folder, project};
use crate::server::{Server, Step, reply};
use std::net::TcpListener;
use std::time::Duration;

const TEXT: &str = "States should encourage responsible reporting of ICT vulnerabilities.";

/// A page of that text, long enough to be text.
fn text_page() -> Page {
    Page::Text((0..6).map(|line| Set(TEXT, 70, 100 + 30 * line, 11)).collect())
}

fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(project().join("tests/fixtures/extract").join(name)).unwrap()
}

/// Tags one bad file alone, then beside a good one: it fails alone, awaits a
/// person beside, is named, and the good one is done.
#[track_caller]
fn check(name: &str, bytes: &[u8], words: &[&str]) {
    let folder = Folder::new().file(name, bytes).file("good.txt", TEXT);
    let alone = folder.run(["tag", name]).ends(2).says(words).says(&[name]);
    assert_eq!(alone.stderr.lines().count(), 1, "one line: {}", alone.stderr);
    let beside = folder.run(["tag", name, "good.txt", "--format", "json"]).ends(1).says(words);
    let json = beside.json();
    assert_eq!(json["documents"][0]["outcome"], "unread");
    assert!(json["documents"][0]["reason"].as_str().unwrap().contains(words[0]));
    assert_eq!(json["documents"][0]["not_assessed"].as_array().unwrap().len(), 26);
    assert_eq!(json["documents"][1]["outcome"], "read");
    assert!(!json["documents"][1]["proposals"].as_array().unwrap().is_empty());
}

#[test]
fn an_empty_file() {
    check("empty.pdf", b"", &["empty file"]);
}

#[test]
fn a_truncated_pdf() {
    let whole = pdf(&[text_page(), text_page()]);
    check("cut.pdf", &whole[..120], &["PDF"]);
}

#[test]
fn an_encrypted_pdf() {
    check("locked.pdf", &fixture("encrypted-user.pdf"), &["password"]);
}

#[test]
fn a_pdf_encrypted_without_a_password_opens() {
    let folder = Folder::new().file("open.pdf", fixture("encrypted-empty.pdf"));
    folder.run(["tag", "open.pdf"]).ends(0).quietly();
}

#[test]
fn a_pdf_of_images() {
    check("scan.pdf", &pdf(&[Page::Image, Page::Image]), &["scanned", "OCR"]);
}

#[test]
fn a_zip_that_is_no_docx() {
    check("photos.docx", &archive(&[("photo.txt", "a photo")]), &["zip", "DOCX"]);
}

#[test]
fn bytes_that_are_no_document() {
    check("image.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01", &["image"]);
}

#[test]
fn a_scanned_page_among_text_pages_makes_the_reading_partial() {
    let folder = Folder::new().file("mixed.pdf", pdf(&[text_page(), Page::Image, text_page()]));
    let ran = folder.run(["tag", "mixed.pdf", "--format", "json"]).ends(1);
    let json = ran.says(&["mixed.pdf", "page 2", "scanned"]).json();
    let document = &json["documents"][0];
    assert_eq!(document["outcome"], "partial");
    assert!(document["unread_parts"][0].as_str().unwrap().contains("page 2"));
    assert!(document["absent"].as_array().unwrap().is_empty(), "absence is not claimed");
    assert!(!document["proposals"].as_array().unwrap().is_empty());
    assert!(document["not_assessed"].as_array().unwrap().len() > 10);
}

#[test]
fn html_in_other_charsets_is_read() {
    let page = |charset: &str| {
        format!(
            "<html><head><meta charset=\"{charset}\"><title>N</title></head><body><main>\
             <h1>Déclaration</h1><p>“{TEXT}”</p><p>Coopération – naïve façade.</p></main></body>"
        )
    };
    let latin = page("windows-1252");
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(&latin);
    let utf16 = page("utf-16").encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let marked = [b"\xff\xfe".as_slice(), &utf16].concat();
    for (name, bytes) in [("latin.html", latin.as_ref()), ("marked.html", &marked)] {
        let folder = Folder::new().file(name, bytes);
        let ran = folder.run(["tag", name, "--format", "json"]).ends(0);
        let json = ran.json();
        let quotes = &json["documents"][0]["proposals"];
        assert!(quotes.to_string().contains(&format!("“{TEXT}”")), "{name}: {quotes}");
        let text = folder.run(["extract", name]).ends(0).stdout;
        assert!(text.contains("Coopération – naïve façade."), "{name}: {text}");
    }
}

#[test]
fn an_address_that_is_gone_or_a_host_that_does_not_answer() {
    let server = Server::start(|path| match path {
        "/slow" => vec![Step::Pause(Duration::from_secs(30))],
        _ => reply("404 Not Found", &[], "no"),
    });
    let folder = Folder::new().reaching(&server).file("good.txt", TEXT);
    folder.run(["tag", &server.url("/gone"), "good.txt"]).ends(1).says(&["404", "/gone"]);
    let slow = server.url("/slow");
    // The wait for an answer and the wait for all of it end together.
    folder.run(["tag", &slow, "--timeout", "1"]).ends(2).says(&["/slow", "within 1 s"]);
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let nobody = format!("http://127.0.0.1:{port}/");
    let there = ["--allow-private", &format!("127.0.0.1:{port}"), "--retries", "0"];
    folder.run(["tag", &nobody]).ends(2).says(&[&nobody, "private network", "--allow-private"]);
    let folder = Folder::new();
    folder.run(["tag", &nobody].iter().chain(&there)).ends(2).says(&[&nobody, "refused"]);
    folder.run(["tag", "ftp://127.0.0.1/x"]).ends(2).says(&["ftp://127.0.0.1/x", "http"]);
}

#[test]
fn a_folder_with_a_bad_file_among_good_ones() {
    let folder = Folder::new()
        .file("in/a.txt", TEXT)
        .file("in/b.pdf", pdf(&[Page::Image]))
        .file("in/deep/c.html", format!("<main><h1>T</h1><p>{TEXT}</p></main>"))
        .file("in/notes.csv", "a,b")
        .file("in/.hidden/d.txt", TEXT);
    let ran = folder.run(["tag", "in", "--format", "json"]).ends(1);
    let ran = ran.says(&["in/b.pdf", "scanned", "in: 3 documents; 1 file of other kinds passed"]);
    let json = ran.json();
    let read: Vec<(&str, &str)> = json["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| (d["source"].as_str().unwrap(), d["outcome"].as_str().unwrap()))
        .collect();
    assert_eq!(read, [("in/a.txt", "read"), ("in/b.pdf", "unread"), ("in/deep/c.html", "read")]);
}

#[test]
fn a_folder_without_documents_and_a_name_that_is_nothing() {
    let folder = Folder::new().file("in/notes.csv", "a,b").file("good.txt", TEXT);
    folder.run(["tag", "in"]).ends(2).says(&["in: no documents here (1 file of other kinds)"]);
    let beside = folder.run(["tag", "in", "good.txt", "--format", "json"]).ends(1).json();
    assert_eq!(beside["documents"][0]["outcome"], "unread");
    assert_eq!(beside["documents"][1]["outcome"], "read");
    folder.run(["tag", "absent.pdf"]).ends(2).says(&["absent.pdf: no such file"]);
    folder.run(["tag", "absent.pdf", "good.txt"]).ends(1).says(&["absent.pdf: no such file"]);
}

#[test]
#[cfg(unix)]
fn a_folder_that_cannot_be_looked_into_is_said_and_does_not_stop_the_others() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new().file("in/a.txt", TEXT).file("in/shut/b.txt", TEXT);
    let shut = folder.path("in/shut");
    let set = |mode| std::fs::set_permissions(&shut, PermissionsExt::from_mode(mode)).unwrap();
    set(0o000);
    // Whoever may look everywhere cannot see this.
    if std::fs::read_dir(&shut).is_err() {
        folder.run(["tag", "in"]).ends(1).says(&["in/shut: cannot be read: Permission denied"]);
        folder.run(["tag", "in/shut"]).ends(2).says(&["in/shut: cannot be read"]);
    }
    set(0o700);
}

#[test]
fn a_folder_of_rules_that_is_not_there() {
    let ran = Folder::new().run(["rules", "list", "--rules", "nowhere"]).ends(2);
    assert!(ran.stderr.starts_with("error: cannot read nowhere: No such file"), "{}", ran.stderr);
}

#[test]
fn what_steers_a_terminal_is_not_passed_on() {
    let text = "1. States should encourage responsible reporting of ICT vulnerabilities\u{202e} \u{9b}2J now.";
    let folder = Folder::new().file("note.txt", text);
    for args in
        [["extract", "note.txt"].as_slice(), &["rules", "explain", "3.2", "--source", "note.txt"]]
    {
        let shown = folder.run(args).ends(0).stdout;
        assert!(shown.contains("ICT vulnerabilities"), "{shown}");
        assert!(!shown.contains(['\u{202e}', '\u{9b}', '\u{1b}']), "{shown:?}");
    }
}

#[test]
fn an_answer_over_the_limit_names_the_option_and_its_address_once() {
    let server = Server::start(|path| match path {
        "/big.txt" => reply("200 OK", &["Content-Type: text/plain"], TEXT.repeat(40_000)),
        _ => reply("404 Not Found", &[], "no"),
    });
    let folder = Folder::new().reaching(&server);
    let big = server.url("/big.txt");
    let ran = folder.run(["tag", &big, "--max-size", "1"]).ends(2).says(&["more than 1 MiB"]);
    let ran = ran.says(&["--max-size"]);
    assert_eq!(ran.stderr.matches(&big).count(), 1, "{}", ran.stderr);
    for url in [server.url("/gone"), "http://[".to_owned(), "ftp://a.example/x".to_owned()] {
        let ran = folder.run(["tag", &url]).ends(2);
        assert_eq!(ran.stderr.matches(&url).count(), 1, "{}", ran.stderr);
        let ran = folder.run(["tag", &url, "--offline"]).ends(2);
        assert_eq!(ran.stderr.matches(&url).count(), 1, "{}", ran.stderr);
    }
}

#[test]
fn a_document_over_the_limit() {
    let folder = Folder::new().file("big.txt", TEXT.repeat(40_000));
    let ran = folder.run(["tag", "big.txt", "--max-size", "1"]).ends(2);
    ran.says(&["big.txt", "larger than 1 MiB", "--max-size"]);
}

#[test]
fn a_text_in_a_language_without_a_vocabulary_claims_no_absence() {
    let text = "Les États devraient encourager le signalement responsable des vulnérabilités \
                informatiques et partager les informations correspondantes sur les remèdes. Nous \
                réaffirmons que les droits de l'homme doivent être protégés en ligne.";
    let folder = Folder::new().file("appel.txt", text);
    let ran = folder.run(["tag", "appel.txt", "--format", "json"]).ends(1).says(&["`fr`"]);
    let document = &ran.json()["documents"][0];
    assert_eq!(document["outcome"], "partial");
    assert_eq!(document["not_assessed"].as_array().unwrap().len(), 26);
}
