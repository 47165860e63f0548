//! Copies in a web archive: looked for, held against the quotes that rest on
//! the address, and submitted only where that is asked for.

use crate::program::Folder;
use crate::server::{Request, Server, redirect, reply};

const TREATY: &str = "1. Parties shall protect the lakes from every harm that is known.\n\n\
                      2. Parties shall report what they find in the waters of the lakes.\n";

/// A corpus with one agreement at `url`, and two quotes that rest on it.
fn corpus(url: &str) -> Folder {
    let registry = format!(
        "format = 1\n[[agreement]]\nid = \"lake-treaty-2012\"\nname = \"The Lake Treaty\"\n\
         date = \"2012\"\naddresses = [{{ url = {url:?}, role = \"text\" }}]\n"
    );
    let tags = "agreement,element,status,citation,quote,note,source\n\
        lake-treaty-2012,1.1,present,Para. 1,Parties shall protect the lakes,,made-up/i\n\
        lake-treaty-2012,1.2,present,Para. 2,\"Parties shall report what they find\",,made-up/i\n\
        lake-treaty-2012,1.3,absent,,,,made-up/i\n";
    Folder::new().file("corpus/agreements.toml", registry).file("corpus/curated/made-up.csv", tags)
}

/// A site where the treaty is gone, and an archive that has `copy` of it.
fn server(copy: Option<&'static str>) -> Server {
    Server::answering(None, move |request: &Request| {
        let path = request.path.as_str();
        let newest = path.strip_prefix("/web/").filter(|rest| rest.starts_with("http"));
        match (newest, copy) {
            (Some(_), None) => reply("404 Not Found", &[], ""),
            (Some(url), Some(_)) => redirect("302 Found", &format!("/web/20200102030405/{url}")),
            (None, Some(copy)) if path.starts_with("/web/20200102030405id_/http") => {
                reply("200 OK", &["Content-Type: text/plain"], copy)
            }
            _ if path.starts_with("/save/http") => {
                redirect("302 Found", "/web/20310501120000/saved")
            }
            _ if path == "/kept" => reply("200 OK", &["Content-Type: text/plain"], TREATY),
            _ => reply("404 Not Found", &[], "gone"),
        }
    })
}

fn fetch(folder: &Folder, url: &str, base: &str) -> crate::program::Ran {
    folder.run([
        "fetch",
        url,
        "--corpus",
        "corpus",
        "--store",
        "store",
        "--archive-lookup",
        "--archive-base",
        base,
    ])
}

#[test]
fn a_copy_that_holds_every_quote_takes_the_place_of_what_is_gone() {
    let server = server(Some(TREATY));
    let (url, base) = (server.url("/treaty"), server.url("/web/"));
    let folder = corpus(&url).reaching(&server);
    let ran = fetch(&folder, &url, &base).ends(0).says(&["2 of 2 quotes", "20200102030405"]);
    assert!(ran.stdout.contains(" archive "), "{}", ran.stdout);
    let text = folder.run(["extract", &url, "--store", "store", "--offline"]).ends(0).stdout;
    assert!(text.contains("protect the lakes"), "{text}");
    assert!(server.requests().iter().all(|path| !path.starts_with("/save/")));
    let lookups = server.requests().into_iter().filter(|path| path.starts_with("/web/http"));
    assert_eq!(lookups.count(), 1, "one request asks for the newest copy");

    let links = folder.run([
        "check",
        "links",
        "--corpus",
        "corpus",
        "--store",
        "other",
        "--archive-lookup",
        "--archive-base",
        &base,
        "--format",
        "json",
    ]);
    let link = &links.ends(1).json()["links"][0];
    assert_eq!((&link["state"], &link["tags"]), (&"gone".into(), &2.into()));
    assert_eq!((&link["archived"]["held"], &link["archived"]["quotes"]), (&2.into(), &2.into()));
}

#[test]
fn a_copy_that_lacks_a_quote_is_named_and_not_taken() {
    let server = server(Some("1. Parties shall protect the lakes from every harm.\n"));
    let (url, base) = (server.url("/treaty"), server.url("/web/"));
    let folder = corpus(&url).reaching(&server);
    fetch(&folder, &url, &base).ends(2).says(&["holds only 1 of 2 quotes", "is not taken"]);
    // Nothing rests on another address: nothing shows that a copy is one.
    let other = server.url("/other");
    fetch(&folder, &other, &base).ends(2).says(&["no curated quote can show", "--attach"]);
}

#[test]
fn an_archive_without_a_copy_or_without_an_answer_is_said() {
    let empty = server(None);
    let (url, base) = (empty.url("/treaty"), empty.url("/web/"));
    let folder = corpus(&url).reaching(&empty);
    fetch(&folder, &url, &base).ends(2).says(&["the archive has no copy"]);
    let failing = Server::start(|path| {
        let is_archive = path.starts_with("/web/");
        reply(if is_archive { "503 Service Unavailable" } else { "404 Not Found" }, &[], "")
    });
    let (url, base) = (failing.url("/treaty"), failing.url("/web/"));
    let folder = corpus(&url).reaching(&failing);
    fetch(&folder, &url, &base).ends(2).says(&["the archive does not say (HTTP 503)"]);
}

#[test]
fn nothing_is_submitted_unless_that_is_asked_for() {
    let server = server(Some(TREATY));
    let (url, base) = (server.url("/kept"), server.url("/web/"));
    let folder = corpus(&url).reaching(&server);
    fetch(&folder, &url, &base).ends(0);
    assert!(server.requests().iter().all(|path| !path.starts_with("/save/")));
    let save = ["fetch", &url, "--archive-save", "--archive-base", &base];
    folder.run(save).ends(0).says(&["archived at", "/web/20310501120000/saved"]);
    let saves: Vec<String> =
        server.requests().into_iter().filter(|path| path.starts_with("/save/")).collect();
    assert_eq!(saves, [format!("/save/{url}")]);
}
