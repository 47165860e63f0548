//! `check quotes` over the corpus that ships, against a world of the test's
//! making: a few of its texts hold what was quoted of them, a few no longer do,
//! one refuses programs, and the rest are not there.

use crate::golden;
use crate::links::{shipped, shown_in_readme};
use crate::program::{Folder, Ran, project};
use crate::server::{Request, Server, Step, reply};
use crate::tls::Authority;
use serde_json::Value;
use std::collections::BTreeMap;

/// What became of the text of an agreement.
#[derive(Clone, Copy, PartialEq)]
enum Fate {
    /// It holds every quote.
    Kept,
    /// One quote has another word there, and one is gone.
    Amended,
    /// Every quote is set in other typography.
    Reset,
    /// The site's robots.txt asks programs not to fetch it.
    Refused,
}

/// Agreements, with the host and path of their texts.
const SERVED: &[(&str, &str, Fate)] = &[
    ("brics-moscow-2020", "eng.brics-russia2020.ru/images/114/81/1148126.pdf", Fate::Kept),
    ("contract-for-the-web-2019", "contractfortheweb.org/", Fate::Reset),
    (
        "nato-cyber-defence-pledge-2016",
        "www.nato.int/cps/en/natohq/official_texts_133177.htm",
        Fate::Refused,
    ),
    ("oas-csbm-2020", "ceipfiles.s3.amazonaws.com/", Fate::Amended),
    (
        "un-oewg-2021",
        "front.un-arm.org/wp-content/uploads/2021/03/Final-report-A-AC.290-2021-CRP.2.pdf",
        Fate::Amended,
    ),
];

/// What was quoted of an agreement: citations and quotes, in the order of the file.
fn curated(agreement: &str) -> Vec<(String, String)> {
    let path = project().join("corpus/curated/bpf-2021.csv");
    let mut rows = csv::Reader::from_path(path).unwrap();
    let rows = rows.records().map(Result::unwrap);
    let own = rows.filter(|row| &row[0] == agreement && !row[4].is_empty());
    own.map(|row| (row[3].to_owned(), row[4].to_owned())).collect()
}

/// The first number of a citation.
fn number(citation: &str) -> Option<u32> {
    let digits = citation.split(|c: char| !c.is_ascii_digit());
    digits.filter(|digits| !digits.is_empty()).find_map(|digits| digits.parse().ok())
}

/// The quotes that an amended text no longer holds: the first long one that is
/// part of no other, which has another word there, and the last, which is gone.
fn amended(agreement: &str) -> (String, String) {
    let quoted = curated(agreement);
    let part = |quote: &str| quoted.iter().any(|(_, one)| one != quote && one.contains(quote));
    let long = |quote: &&String| quote.split_whitespace().count() >= 12 && !part(quote);
    let mut unlike = quoted.iter().map(|(_, quote)| quote).filter(long);
    let first = unlike.next().unwrap();
    (first.clone(), unlike.rfind(|quote| *quote != first).unwrap().clone())
}

/// A page that holds the quotes, each in the paragraph it is cited at.
fn page(agreement: &str, fate: Fate) -> String {
    let mut paragraphs: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    let damaged = (fate == Fate::Amended).then(|| amended(agreement));
    for (citation, quote) in curated(agreement) {
        let quote = match &damaged {
            Some((first, _)) if quote == *first => with_another_word(&quote),
            Some((_, last)) if quote == *last => "Taken out.".to_owned(),
            _ if fate == Fate::Reset => set_anew(&quote),
            _ => quote,
        };
        let there = paragraphs.entry(number(&citation).unwrap_or(1)).or_default();
        if !there.contains(&quote) {
            there.push(quote);
        }
    }
    let principles = curated(agreement).iter().all(|(cited, _)| cited.starts_with("Principle"));
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
    let body = paragraphs.iter().map(|(number, quotes)| {
        let quotes: Vec<String> = quotes.iter().map(|quote| escaped(quote)).collect();
        let quotes = quotes.join("</p>\n<p>");
        if principles {
            format!("<h2>Principle {number}</h2>\n<p>{quotes}</p>\n")
        } else {
            format!("<p>{number}. {quotes}</p>\n")
        }
    });
    let body: String = body.collect();
    format!(
        "<!doctype html><html lang=\"en\"><title>{agreement}</title><main><h1>{agreement}</h1>\n{body}</main></html>"
    )
}

/// The quote with its seventh word replaced.
fn with_another_word(quote: &str) -> String {
    let mut words: Vec<&str> = quote.split(' ').collect();
    words[6] = "perhaps";
    words.join(" ")
}

/// The quote with other spaces and apostrophes, in capitals.
fn set_anew(quote: &str) -> String {
    quote.replace('\'', "\u{2019}").replace(' ', "  ").to_uppercase()
}

fn world(authority: &Authority) -> Server {
    let bare = |url: &String| {
        url.split_once("://").unwrap().1.split(['/', ':']).next().unwrap().to_owned()
    };
    let names: Vec<String> = shipped().iter().map(bare).collect();
    let pages: Vec<(&str, Fate, String)> =
        SERVED.iter().map(|(agreement, at, fate)| (*at, *fate, page(agreement, *fate))).collect();
    let found = move |request: &Request| -> Vec<Step> {
        let asked = format!("{}{}", request.headers["host"], request.path);
        let host = asked.split('/').next().unwrap();
        let text =
            |kind: &str, body: &str| reply("200 OK", &[&format!("Content-Type: {kind}")], body);
        if request.path == "/robots.txt" {
            let refused = |(at, fate, _): &(&str, Fate, String)| {
                at.starts_with(host) && *fate == Fate::Refused
            };
            let file = text("text/plain", "User-agent: *\nDisallow: /\n");
            let refused = pages.iter().any(refused);
            return if refused { file } else { reply("404 Not Found", &[], "") };
        }
        let found = pages.iter().find(|(at, ..)| asked.starts_with(at));
        found.map_or_else(
            || reply("404 Not Found", &[], "no"),
            |(.., body)| text("text/html; charset=utf-8", body),
        )
    };
    Server::answering(Some(authority.server(&names, false)), found)
}

fn check(folder: &Folder, server: &Server, more: &[&str]) -> Ran {
    let map = format!("*={}", server.place());
    let args = ["check", "quotes", "--ca-file", "ca.pem", "--resolve", &map];
    folder.run_at(args.iter().chain(more), b"", Some("2031-05-01T12:00:00Z"))
}

/// How many quotes of an agreement have each verdict.
fn verdicts<'r>(report: &'r Value, agreement: &str) -> BTreeMap<&'r str, usize> {
    let mut counts = BTreeMap::new();
    for quote in report["quotes"].as_array().unwrap() {
        if quote["agreement"] == agreement {
            *counts.entry(quote["verdict"].as_str().unwrap()).or_default() += 1;
        }
    }
    counts
}

#[test]
fn the_quotes_of_the_corpus_that_ships_are_checked_against_texts_that_changed() {
    let authority = Authority::new();
    let server = world(&authority);
    let folder = Folder::new().file("ca.pem", authority.pem()).reaching(&server);
    let json = check(&folder, &server, &["--store", "a", "--format", "json"]).ends(1).json();
    for (agreement, _, fate) in SERVED {
        let (all, counts) = (curated(agreement).len(), verdicts(&json, agreement));
        let of = |verdict: &str| counts.get(verdict).copied().unwrap_or(0);
        match fate {
            Fate::Kept => assert_eq!(of("exact"), all, "{agreement}: {counts:?}"),
            Fate::Reset => assert_eq!(of("normalised"), all, "{agreement}: {counts:?}"),
            Fate::Refused => assert_eq!(of("unread"), all, "{agreement}: {counts:?}"),
            Fate::Amended => {
                let (first, last) = amended(agreement);
                let rows =
                    |quote: &str| curated(agreement).iter().filter(|(_, one)| one == quote).count();
                let damaged = [rows(&first), rows(&last)];
                let expected = [damaged[0], damaged[1], all - damaged[0] - damaged[1]];
                let counted = ["altered", "gone", "exact"].map(of);
                assert_eq!(counted, expected, "{agreement}: {counts:?}");
            }
        }
    }
    let report = check(&folder, &server, &["--store", "b"]).ends(1);
    golden::check("links/quotes.txt", &report.stdout);
    shown_in_readme(&report.stdout);
}

#[test]
fn robots_txt_is_asked_for_the_corpus_and_not_for_a_page_that_is_named() {
    let authority = Authority::new();
    let server = world(&authority);
    let folder = Folder::new().file("ca.pem", authority.pem()).reaching(&server);
    let agreement = "nato-cyber-defence-pledge-2016";
    let one = ["--agreement", agreement, "--store", "store", "--format", "json"];
    let pages = || server.requests().iter().filter(|path| *path != "/robots.txt").count();
    let ran = check(&folder, &server, &one).ends(2).says(&["asks programs not to fetch"]);
    assert!(verdicts(&ran.json(), agreement).contains_key("unread"), "{}", ran.stdout);
    assert_eq!((pages(), server.requests().len()), (0, 1), "only robots.txt was asked for");

    let ignoring = [&one[..], &["--ignore-robots"]].concat();
    let ran = check(&folder, &server, &ignoring).ends(0);
    assert!(verdicts(&ran.json(), agreement).contains_key("exact"), "{}", ran.stdout);
    let before = server.requests().len();
    let url = "https://www.nato.int/cps/en/natohq/official_texts_133177.htm";
    check(&folder, &server, &[&one[..], &["--source", url, "--refresh"]].concat()).ends(0);
    assert_eq!(server.requests()[before..].len(), 1, "the page, and no robots.txt");
}
