//! The review: the page in a real browser, requests from elsewhere, and a
//! ledger that outlives every kill.

use crate::browser::{Browser, chromium};
use crate::program::Folder;
use crate::served::{Served, TREATY, go_to, ledger, says};
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;

/// What is proposed for 2.1 in it.
const PROPOSED: &str =
    "Each Party shall protect critical information infrastructure against cyber attacks.";

#[test]
#[expect(clippy::too_many_lines, reason = "one sitting of a person, from first to last")]
fn a_person_decides_in_the_browser_and_it_is_all_in_the_ledger() {
    let Some(program) = chromium("the review in a browser") else { return };
    let folder = Folder::new().file("lakes.md", TREATY);
    let served = Served::start(&folder, &["lakes.md", "--reviewer", "Ada"]);
    let browser = Browser::start(&program);
    let mut page = browser.open(&served.url);
    assert_eq!(page.text("h1"), "lakes");
    assert!(page.text("#text").contains("Each Party shall protect"));

    // Accept, with one key; the page goes on by itself.
    go_to(&mut page, "2.1");
    let marked = page.text("mark.on");
    assert!(marked.starts_with("Each Party shall protect"), "{marked}");
    page.press("a");
    says(&mut page, "Accepted: saved.");
    assert_eq!(ledger(&folder)[0]["verdict"], "accepted");
    assert_eq!(ledger(&folder)[0]["quotes"][0]["citation"], "Art. 1.1");
    assert_ne!(page.text(".item[aria-current=true] .code"), "2.1");

    // Refuse, with a reason.
    go_to(&mut page, "3.2");
    page.press("r");
    page.write("only <b>a recommendation</b>");
    page.press("Enter");
    says(&mut page, "Refused: saved.");
    assert_eq!(ledger(&folder)[1]["reason"], "only <b>a recommendation</b>");
    go_to(&mut page, "3.2");
    assert_eq!(page.eval("document.querySelectorAll('.panel:not([hidden]) b').length"), 0);

    // Take it back, then decide on another value.
    page.press("u");
    says(&mut page, "Taken back: saved.");
    page.press("i");
    says(&mut page, "Indirect: saved.");
    assert_eq!(ledger(&folder)[3]["status"], "indirect");

    // Words selected in the text become a quote of an element that had none.
    go_to(&mut page, "5.5");
    page.eval(
        "(() => { const run = [...document.querySelectorAll('[data-at]')]\
         .find(one => one.textContent.includes('co-operate')).firstChild; \
         const at = run.textContent.indexOf('operate'); \
         getSelection().setBaseAndExtent(run, at, run, at + 25); })()",
    );
    page.press("q");
    says(&mut page, "Added");
    page.press("p");
    says(&mut page, "Present: saved.");
    let by_hand = &ledger(&folder)[4];
    assert_eq!(by_hand["quotes"][0]["citation"], "Art. 2.1");
    let quote = by_hand["quotes"][0]["quote"].as_str().unwrap();
    assert!(quote.starts_with("operate in the investigation"), "{quote}");

    // An absence is confirmed; a comment is kept for later.
    go_to(&mut page, "5.9");
    page.press("x");
    says(&mut page, "Absence: saved.");
    go_to(&mut page, "1.1");
    page.press("d");
    page.write("ask the secretariat");
    page.press("Enter");
    says(&mut page, "Left for later: saved.");
    assert_eq!(page.text("#progress"), "4 of 26 settled, 1 deferred");

    // All of it is there after a reload, and after the server was killed.
    page.reload();
    assert_eq!(page.text("#progress"), "4 of 26 settled, 1 deferred");
    drop(served);
    go_to(&mut page, "6.1");
    page.press("x");
    says(&mut page, "Not saved");
    let again = Served::start(&folder, &["lakes.md", "--reviewer", "Grace"]);
    let mut page = browser.open(&again.url);
    assert_eq!(page.text("#progress"), "4 of 26 settled, 1 deferred");
    assert_eq!(ledger(&folder).len(), 7);
    drop(again);

    let out = folder.run(["review", "lakes.md", "--tags", "tags.csv"]).ends(0);
    out.says(&["lakes: 4 of 26 elements settled, 21 open, 1 deferred, 0 stale"]);
    let tags = std::fs::read_to_string(folder.path("tags.csv")).unwrap();
    assert!(tags.contains("lakes,2.1,present,Art. 1.1,Each Party shall protect"), "{tags}");
    assert!(tags.contains("lakes,3.2,indirect,Art. 1.2,"), "{tags}");
    assert!(tags.contains("lakes,5.9,absent,,,,"), "{tags}");
}

#[test]
fn two_windows_overwrite_nothing() {
    let Some(program) = chromium("two windows at once") else { return };
    let folder = Folder::new().file("lakes.md", TREATY);
    let served = Served::start(&folder, &["lakes.md", "--reviewer", "Ada"]);
    let other = Served::start(&folder, &["lakes.md", "--reviewer", "Grace"]);
    let browser = Browser::start(&program);
    let (mut ada, mut grace) = (browser.open(&served.url), browser.open(&other.url));
    go_to(&mut ada, "2.1");
    go_to(&mut grace, "2.1");
    ada.press("a");
    says(&mut ada, "Accepted: saved.");
    grace.press("i");
    says(&mut grace, "Ada decided on this meanwhile");
    assert!(grace.text(".panel:not([hidden])").contains("accepted"));
    assert_eq!(ledger(&folder).len(), 1);
    // Having seen it, she can decide.
    grace.press("i");
    says(&mut grace, "Indirect: saved.");
    assert_eq!(ledger(&folder)[1]["by"], "Grace");
}

#[test]
#[expect(clippy::too_many_lines, reason = "one sitting of several people, from first to last")]
fn where_reviewers_differ_a_third_sees_both_and_has_the_last_word() {
    let Some(program) = chromium("the adjudication") else { return };
    let folder = Folder::new().file("lakes.md", TREATY);
    let browser = Browser::start(&program);
    let served = ["Ada", "Grace", "Chair"]
        .map(|name| Served::start(&folder, &["lakes.md", "--reviewer", name]));
    let [ada, grace, chair] = &served;
    let absent = |served: &Served, element: &str, seen: Option<usize>| {
        let asked = json!({"element": element, "seen": seen, "verdict": "absent-confirmed"});
        assert_eq!(served.decide(&asked).0, 200);
    };
    // On 5.9 they agree, on 2.1 and 3.2 they differ.
    absent(ada, "5.9", None);
    absent(grace, "5.9", Some(0));
    let mut page = browser.open(&ada.url);
    for element in ["2.1", "3.2"] {
        go_to(&mut page, element);
        page.press("a");
        page.until(&format!(
            "document.querySelector('#items [data-element=\"{element}\"]').dataset.standing === 'settled'"
        ));
    }
    let mut page = browser.open(&grace.url);
    assert_eq!(page.text("#progress"), "3 of 26 settled");
    go_to(&mut page, "2.1");
    // What Ada decided is not Grace's to take back.
    page.press("u");
    says(&mut page, "this is Ada's decision, and stays theirs");
    page.press("i");
    says(&mut page, "Indirect: saved.");
    go_to(&mut page, "3.2");
    page.press("r");
    page.write("only <i>asked</i> for");
    page.press("Enter");
    says(&mut page, "Refused: saved.");
    assert_eq!(page.text("#progress"), "3 of 26 settled, reviewers differ on 2");

    let mut page = browser.open(&chair.url);
    let differing = "[...document.querySelectorAll('[data-reviewers=differ]')]\
                     .map(one => one.dataset.element).join()";
    assert_eq!(page.eval(differing), "2.1,3.2");
    page.eval(
        "(() => { const mode = document.querySelector('#advance'); mode.value = 'reviewers'; \
         mode.dispatchEvent(new Event('change', { bubbles: true })); })()",
    );
    assert_eq!(page.text(".item[aria-current=true] .code"), "2.1");
    assert!(page.text(".item[aria-current=true]").contains('≠'));
    let told = page.text(".panel:not([hidden]) .opinions");
    for words in ["Reviewers differ", "accepted", "Ada", "changed", "Grace", "Each Party shall"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    page.press("a");
    page.until("document.querySelector('.item[aria-current=true]').dataset.element === '3.2'");
    let told = page.text(".panel:not([hidden]) .opinions");
    assert!(told.contains("Reason: only <i>asked</i> for"), "{told}");
    page.press("a");
    says(&mut page, "Reviewers differ nowhere else");
    // Who agreed is told too, folded away.
    let is_open = "document.querySelector('.panel[data-element=\"5.9\"] .opinions').open";
    assert_eq!(page.eval(is_open), false);
    drop(served);

    let out = folder.run(["review", "lakes.md", "--tags", "tags.csv"]).ends(0);
    out.says(&[
        "Ada: 3 confirmed, 0 changed, 0 refused, 0 deferred, 23 open",
        "Grace: 1 confirmed, 1 changed, 1 refused, 0 deferred, 23 open",
        "Chair: 2 confirmed, 0 changed, 0 refused, 0 deferred, 24 open",
        "reviewers differ on 2 elements: lakes 2.1, lakes 3.2",
    ]);
    let tags = std::fs::read_to_string(folder.path("tags.csv")).unwrap();
    assert!(tags.contains("lakes,3.2,present,Art. 1.2,"), "{tags}");
    let diff = ["diff", "decisions.jsonl", "decisions.jsonl", "--left-reviewer", "Ada"];
    let json =
        folder.run(diff.into_iter().chain(["--right-reviewer", "Grace", "--format", "json"]));
    let counts = json.ends(1).json()["counts"].clone();
    assert_eq!(counts, json!({"removed": 1, "same": 1, "weakened": 1}));
}

#[test]
#[expect(clippy::too_many_lines, reason = "one sitting of several people, from first to last")]
fn what_is_proposed_is_hidden_from_who_decides_blind() {
    let folder = Folder::new().file("lakes.md", TREATY);
    let page = |served: &Served| {
        let (path, host) = (served.path(), served.host());
        served.raw(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    };
    let open = Served::start(&folder, &["lakes.md", "--reviewer", "Ada"]);
    let seen = page(&open);
    assert!(seen.contains("Proposed: ") && seen.contains("<mark") && seen.contains("data-start="));
    let start = seen.split("data-at=\"").nth(1).unwrap().split('"').next().unwrap();
    let at: usize = start.parse().unwrap();
    let quote = json!([{"document": 0, "start": {"at": at, "units": 0},
        "end": {"at": at, "units": 12}}]);
    let ada = json!({"element": "3.2", "seen": null, "verdict": "rejected", "reason": "no"});
    assert_eq!(open.decide(&ada).0, 200);

    let args = ["lakes.md", "--reviewer", "Grace", "--blind", "100%"];
    let blind = Served::start(&folder, &args);
    let hidden = page(&blind);
    assert_eq!(hidden.matches("Hidden until you have decided").count(), 26);
    // Neither the proposals, nor what Ada decided, nor a mark that gives them away.
    for words in [
        "Proposed: ",
        "Not found",
        "<mark",
        "data-start=",
        "Ada",
        "item settled",
        "data-differs=\"true\"",
        "Curated: ",
        "item open present",
    ] {
        assert!(!hidden.contains(words), "{words}");
    }
    let unsure: std::collections::BTreeSet<&str> = hidden
        .split("data-unsure=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert_eq!(unsure.len(), 1, "{unsure:?}");

    let refused = [
        (json!({"element": "2.1", "verdict": "accepted", "quotes": quote}), "is hidden"),
        (json!({"element": "2.1", "verdict": "rejected", "reason": "no"}), "is hidden"),
        (json!({"element": "2.1", "verdict": "changed", "quotes": quote}), "say present or"),
    ];
    for (asked, why) in refused {
        let (status, answer) = blind.decide(&asked);
        assert_eq!(status, 422, "{answer}");
        assert!(answer["said"].as_str().unwrap().contains(why), "{answer}");
    }
    // Left for later it stays hidden; decided it is shown.
    let (_, answer) = blind.decide(&json!({"element": "2.1", "verdict": "deferred"}));
    assert!(answer["panel"].as_str().unwrap().contains("Hidden until"), "{answer}");
    let (status, answer) = blind.decide(&json!({"element": "2.1", "seen": 1,
        "verdict": "changed", "status": "present", "quotes": quote}));
    assert_eq!(status, 200, "{answer}");
    assert!(answer["panel"].as_str().unwrap().contains("Proposed: "), "{answer}");
    let (status, answer) =
        blind.decide(&json!({"element": "3.2", "seen": 0, "verdict": "absent-confirmed"}));
    assert_eq!(status, 200, "{answer}");
    assert!(answer["panel"].as_str().unwrap().contains("Ada"), "{answer}");
    let (status, _) = blind.decide(&json!({"element": "5.9", "verdict": "absent-confirmed"}));
    assert_eq!(status, 200);
    let all = ledger(&folder);
    assert_eq!(all[0]["shown"].get("blind"), None);
    assert_eq!((&all[2]["shown"]["blind"], &all[2]["verdict"]), (&true.into(), &"changed".into()));
    assert_eq!(
        (&all[3]["verdict"], &all[3]["reason"]),
        (&"rejected".into(), &"decided without seeing what was proposed".into())
    );
    assert_eq!(all[4]["verdict"], "absent-confirmed");
    // Having seen it she may think again; what she said unseen still counts.
    let accepted = json!({"element": "3.2", "seen": 3, "verdict": "accepted", "quotes": quote});
    assert_eq!(blind.decide(&accepted).0, 200);
    drop((open, blind));
    folder.run(["review", "lakes.md", "--tags", "t.csv"]).ends(0).says(&[
        "Grace: 2 confirmed, 1 changed, 0 refused, 0 deferred, 23 open",
        "Grace: 3 decided without seeing what was proposed, 2 of them with its value",
    ]);
    folder.run(["review", "lakes.md", "--blind", "120%"]).ends(2).says(&["percentage of 0 to 100"]);
}

#[test]
fn a_long_document_opens_at_once_and_deciding_answers_at_once() {
    let Some(program) = chromium("a document of 300 pages") else { return };
    let paragraphs = (0..3000).map(|number| {
        format!(
            "{number}. Each Party shall co-operate with the others in matter {number}, and shall \
             keep the records of what it has done for as long as the Secretariat asks, in the form \
             that the Conference of the Parties has chosen for matters of this kind and no other.\n\n"
        )
    });
    let text = format!("# A long treaty\n\n{}{}", paragraphs.collect::<String>(), &TREATY[19..]);
    assert!(text.len() > 300 * 2_000);
    let folder = Folder::new().file("long.md", text);
    let served = Served::start(&folder, &["long.md"]);
    let browser = Browser::start(&program);
    let mut page = browser.open(&served.url);
    let opened = page.eval("performance.getEntriesByType('navigation')[0].loadEventEnd");
    let opened = opened.as_f64().unwrap();
    // The quote stands on the last page, and comes into view, from wherever.
    let in_view = "(() => { const mark = document.querySelector('mark.here')?.getBoundingClientRect(); \
        const text = document.querySelector('#text').getBoundingClientRect(); \
        return !!mark && mark.top >= text.top && mark.bottom <= text.bottom; })()";
    go_to(&mut page, "2.1");
    page.until(in_view);
    std::thread::sleep(std::time::Duration::from_millis(500));
    assert_eq!(page.eval(in_view), true, "it was in view only for a moment");
    let took = page.eval(
        "(async () => { const start = performance.now(); await acts.accept(); \
         return performance.now() - start; })()",
    );
    let took = took.as_f64().unwrap();
    let answered = page.eval(
        "performance.getEntriesByType('resource').filter(one => one.name.endsWith('/decide')).at(-1).duration",
    );
    let answered = answered.as_f64().unwrap();
    println!(
        "300 pages: opened in {opened:.0} ms, decided and gone on in {took:.1} ms, of which \
         {answered:.1} ms until it was saved"
    );
    assert_eq!(ledger(&folder).len(), 1);
    // On an idle machine these are 1 s and 50 ms; a loaded one gets more.
    assert!(opened < 5_000.0 && took < 1_000.0, "{opened} {took}");
}

#[test]
#[expect(clippy::too_many_lines, reason = "most of it is a list")]
fn requests_from_elsewhere_are_refused_and_words_are_inert() {
    let hostile = "# <script>alert(1)</script>\n\nEach Party shall protect critical information \
                   infrastructure <img src=x onerror=alert(1)> against cyber attacks.\n";
    let folder = Folder::new().file("<svg onload=alert(1)>.md", hostile);
    let served = Served::start(&folder, &["<svg onload=alert(1)>.md", "--reviewer", "<i>Ada</i>"]);
    let (host, path) = (served.host().to_owned(), served.path());
    let get = |path: &str, headers: &str| {
        served.raw(&format!("GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n"))
    };
    let own = format!("Host: {host}\r\n");
    let page = get(&path, &own);
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
    for wrong in ["<script>alert", "<img src=x", "<svg onload"] {
        assert!(!page.contains(wrong), "{wrong}");
    }
    assert!(page.contains("default-src 'none'") && page.contains("no-referrer"));
    for (what, path, headers) in [
        ("no token", "/", own.clone()),
        ("another token", "/00000000000000000000000000000000/", own.clone()),
        ("another host", path.as_str(), "Host: evil.example\r\n".to_owned()),
        ("rebinding", path.as_str(), format!("Host: evil.example:{}\r\n", &host[10..])),
        ("another page", path.as_str(), format!("{own}Origin: http://evil.example\r\n")),
        ("no origin at all", path.as_str(), format!("{own}Origin: null\r\n")),
    ] {
        let answer = get(path, &headers);
        assert!(answer.starts_with("HTTP/1.1 403"), "{what}: {answer}");
    }
    for out in
        ["../../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "unit/../../x", "unit/99", "unit/-1"]
    {
        let answer = get(&format!("{path}{out}"), &own);
        let status = answer.split(' ').nth(1).unwrap();
        assert!(["400", "403", "404"].contains(&status), "{out}: {answer}");
    }
    let post = |headers: &str, body: &str| {
        served.raw(&format!(
            "POST {path}unit/0/decide HTTP/1.1\r\nHost: {host}\r\n{headers}Content-Length: {}\r\n\
             Connection: close\r\n\r\n{body}",
            body.len()
        ))
    };
    let origin = format!("Origin: http://{host}\r\n");
    let json_type = "Content-Type: application/json\r\n";
    let good = json!({"element": "5.5", "verdict": "absent-confirmed"}).to_string();
    for (what, headers, body, status) in [
        (
            "another page",
            format!("Origin: http://evil.example\r\n{json_type}"),
            good.clone(),
            "403",
        ),
        ("no origin", json_type.to_owned(), good.clone(), "403"),
        ("a form", format!("{origin}Content-Type: text/plain\r\n"), good.clone(), "403"),
        (
            "too much",
            format!("{origin}{json_type}"),
            format!("{{\"x\": \"{}\"}}", "y".repeat(2 << 20)),
            "413",
        ),
        ("no JSON", format!("{origin}{json_type}"), "{".to_owned(), "400"),
        (
            "an unknown key",
            format!("{origin}{json_type}"),
            json!({"element": "5.5", "verdict": "accepted", "path": "/etc"}).to_string(),
            "422",
        ),
        (
            "an unknown element",
            format!("{origin}{json_type}"),
            json!({"element": "9.9", "verdict": "deferred"}).to_string(),
            "400",
        ),
    ] {
        let answer = post(&headers, &body);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status}")), "{what}: {answer}");
    }
    assert!(ledger(&folder).is_empty());
    assert!(post(&format!("{origin}{json_type}"), &good).starts_with("HTTP/1.1 200"));
    assert_eq!(ledger(&folder).len(), 1);
}

#[test]
fn what_may_not_be_decided_is_refused_with_a_reason() {
    let folder = Folder::new().file("lakes.md", TREATY);
    let served = Served::start(&folder, &["lakes.md"]);
    let at = |start: usize, end: usize| json!([{"document": 0, "start": {"at": start}, "end": {"at": end}}]);
    let cited = |citation: &str| json!([{"document": 0, "start": {"at": 0}, "end": {"at": 9}, "citation": citation}]);
    for (decision, said) in [
        (json!({"element": "5.5", "verdict": "accepted"}), "nothing is proposed"),
        (json!({"element": "2.1", "verdict": "accepted"}), "tick a quote"),
        (json!({"element": "2.1", "verdict": "rejected", "reason": " "}), "needs a reason"),
        (json!({"element": "2.1", "verdict": "absent-confirmed"}), "something is proposed"),
        (json!({"element": "5.5", "verdict": "withdrawn"}), "no decision to take back"),
        (json!({"element": "5.5", "verdict": "changed", "quotes": at(0, 9)}), "say present or"),
        (
            json!({"element": "5.5", "verdict": "changed", "status": "present", "quotes": at(9, 9)}),
            "no words",
        ),
        (
            json!({"element": "5.5", "verdict": "changed", "status": "present", "quotes": at(0, 999_999)}),
            "no words",
        ),
        (
            json!({"element": "5.5", "verdict": "changed", "status": "present", "quotes": cited("Articel 9")}),
            "`Articel 9` is no citation",
        ),
    ] {
        let (status, answer) = served.decide(&decision);
        assert_eq!(status, 422, "{decision}");
        assert!(answer["said"].as_str().unwrap().contains(said), "{decision}: {answer}");
    }
    assert!(ledger(&folder).is_empty());
    // Of a text that was not read whole no absence can be confirmed.
    let folder = Folder::new().file("jezero.md", "# Jezero\n\nVsaka pogodbenica zagotovi varovanje \
        kritične informacijske infrastrukture pred napadi in sodeluje z drugimi pogodbenicami, kadar \
        je to potrebno za skupno varnost njihovih prebivalcev.\n");
    let served = Served::start(&folder, &["jezero.md"]);
    let (status, answer) = served.decide(&json!({"element": "5.5", "verdict": "absent-confirmed"}));
    assert_eq!(status, 422);
    assert!(answer["said"].as_str().unwrap().contains("not read whole"));
}

#[test]
fn decisions_whose_evidence_changed_are_stale_with_both_quotes() {
    let folder = Folder::new().file("lakes.md", TREATY);
    let start = Served::start(&folder, &["lakes.md"]);
    let quotes = start.quote(PROPOSED);
    let (status, _) =
        start.decide(&json!({"element": "2.1", "verdict": "accepted", "quotes": quotes}));
    assert_eq!(status, 200);
    assert_eq!(ledger(&folder)[0]["quotes"][0]["quote"], PROPOSED);
    drop(start);
    // Other words elsewhere change nothing; the quoted ones do.
    let elsewhere = TREATY.replace("The Lake Treaty", "The Treaty of the Lakes");
    std::fs::write(folder.path("lakes.md"), elsewhere).unwrap();
    folder
        .run(["review", "lakes.md", "--tags", "t.csv"])
        .ends(0)
        .says(&["1 of 26 elements settled"]);
    let changed = TREATY.replace("shall protect critical", "shall well protect critical");
    std::fs::write(folder.path("lakes.md"), changed).unwrap();
    folder.run(["review", "lakes.md", "--tags", "t.csv"]).ends(0).says(&["1 stale"]);
    assert!(!std::fs::read_to_string(folder.path("t.csv")).unwrap().contains("2.1"));
    let again = Served::start(&folder, &["lakes.md"]);
    let page = again.page();
    assert!(page.contains("The evidence has changed since"));
    assert!(page.contains(&format!("<blockquote class=\"old\">{PROPOSED}")));
    assert!(page.contains("Each Party shall well protect critical"));
}

/// Decides that 2.1 is accepted as proposed, and that 5.5 rests on words
/// selected by hand, in the run of text that has `words`.
fn decide_on(served: &Served, words: &str) {
    let proposed = served.quote(PROPOSED);
    let accepted = json!({"element": "2.1", "verdict": "accepted", "quotes": proposed});
    assert_eq!(served.decide(&accepted).0, 200);
    let by_hand = json!({"element": "5.5", "verdict": "changed", "status": "present",
        "seen": null, "quotes": served.quote(words)});
    assert_eq!(served.decide(&by_hand).0, 200);
}

/// The words that the page marks for an element.
fn marked(page: &str, element: &str) -> Vec<String> {
    let marks = page.split("<mark ").skip(1).filter_map(|mark| {
        let (head, rest) = mark.split_once('>')?;
        let codes = head.split("data-elements=\"").nth(1)?.split('"').next()?;
        codes.split(' ').any(|code| code == element).then(|| rest.split('<').next().unwrap())
    });
    marks.map(str::to_owned).collect()
}

#[test]
fn decisions_stay_settled_where_a_text_is_only_set_anew_and_follow_their_words() {
    const WORDS: &str = "The Parties shall co-operate in the investigation of cybercrime.";
    let folder = Folder::new().file("lakes.md", TREATY);
    decide_on(&Served::start(&folder, &["lakes.md"]), WORDS);
    let tags = ["review", "lakes.md", "--tags", "t.csv"];
    folder.run(tags).ends(0).says(&["2 of 26 elements settled", "0 stale"]);

    // A longer beginning, other capitals, another hyphen.
    let anew = TREATY
        .replace("The Lake Treaty", "The Treaty on the Lakes\n\nDone at the shore.\n\nWords first")
        .replace("critical information infrastructure", "Critical Information Infrastructure")
        .replace("co-operate", "co\u{2011}operate");
    std::fs::write(folder.path("lakes.md"), anew).unwrap();
    folder.run(tags).ends(0).says(&["2 of 26 elements settled", "0 stale"]);
    let again = Served::start(&folder, &["lakes.md"]);
    let page = again.page();
    let expected = "The Parties shall co\u{2011}operate in the investigation of cybercrime.";
    assert_eq!(marked(&page, "5.5").concat(), expected);
    assert!(!page.contains("The evidence has changed since"));
    assert!(!page.contains("No longer in the text"));
    drop(again);

    // A file that is elsewhere is still that text.
    std::fs::create_dir(folder.path("moved")).unwrap();
    std::fs::rename(folder.path("lakes.md"), folder.path("moved/lakes.md")).unwrap();
    let moved = ["review", "moved/lakes.md", "--tags", "t.csv"];
    folder.run(moved).ends(0).says(&["2 of 26 elements settled", "0 stale"]);
}

#[test]
fn decisions_whose_own_words_are_lost_are_stale_though_the_same_is_proposed() {
    const WORDS: &str = "The Parties shall co-operate in the investigation of cybercrime.";
    for (now, said) in [
        ("The Parties may co-operate in the investigation of cybercrime.", "other words now"),
        ("The Parties shall meet.", "No longer in the text"),
    ] {
        let folder = Folder::new().file("lakes.md", TREATY);
        decide_on(&Served::start(&folder, &["lakes.md"]), WORDS);
        std::fs::write(folder.path("lakes.md"), TREATY.replace(WORDS, now)).unwrap();
        let ran = folder.run(["review", "lakes.md", "--tags", "t.csv"]).ends(0);
        ran.says(&["1 of 26 elements settled", "1 stale"]);
        let page = Served::start(&folder, &["lakes.md"]).page();
        assert!(page.contains(said), "{now}: {page}");
        assert!(!std::fs::read_to_string(folder.path("t.csv")).unwrap().contains("5.5"));
    }
}

/// Two hundred times the server is killed while decisions are being sent:
/// whatever it said was saved is there.
#[test]
fn nothing_that_was_said_to_be_saved_is_lost_to_a_kill() {
    let folder = Folder::new().file("lakes.md", TREATY);
    let (mut saved, mut cut_off) = (0, 0);
    for round in 0..200_u64 {
        let mut served = Served::start(&folder, &["lakes.md", "--reviewer", "Ada"]);
        let mut seen = ledger(&folder).len().checked_sub(1);
        std::thread::scope(|scope| {
            let url = (served.host().to_owned(), served.path());
            let sender = scope.spawn(move || {
                let mut said = 0;
                loop {
                    let decision = json!({"element": "5.5", "seen": seen, "verdict": "deferred",
                        "comment": "x".repeat(300)});
                    if send(&url.0, &url.1, &decision) != Some(200) {
                        return said;
                    }
                    said += 1;
                    seen = Some(seen.map_or(0, |seen| seen + 1));
                }
            });
            // The moment differs from round to round.
            std::thread::sleep(std::time::Duration::from_micros(2_000 + round * 137 % 9_000));
            served.child.kill().unwrap();
            served.child.wait().unwrap();
            saved += sender.join().unwrap();
        });
        let text = std::fs::read_to_string(folder.path("decisions.jsonl")).unwrap();
        let whole = text.matches('\n').count();
        cut_off += usize::from(!text.is_empty() && !text.ends_with('\n'));
        assert!(whole >= saved, "round {round}: {saved} were said to be saved, {whole} are there");
        saved = whole;
        // What was cut off is put aside, and the review goes on.
        folder.run(["review", "lakes.md", "--tags", "t.csv"]).ends(0);
    }
    println!("200 kills, {saved} decisions saved, {cut_off} lines cut off, none lost");
    assert!(saved > 200, "{saved}");
}

/// Sends a decision to a server that may be killed meanwhile.
fn send(host: &str, path: &str, decision: &Value) -> Option<u16> {
    let body = decision.to_string();
    let mut stream = TcpStream::connect(host).ok()?;
    write!(
        stream,
        "POST {path}unit/0/decide HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    )
    .ok()?;
    let mut answer = String::new();
    // An answer that breaks off after its first line was still given.
    let _ = stream.read_to_string(&mut answer);
    answer.split(' ').nth(1)?.parse().ok()
}

#[test]
fn a_line_that_was_cut_off_is_put_aside_with_a_message() {
    let folder = Folder::new().file("lakes.md", TREATY);
    let served = Served::start(&folder, &["lakes.md"]);
    let deferred = json!({"element": "5.5", "verdict": "deferred", "comment": "later"});
    assert_eq!(served.decide(&deferred).0, 200);
    drop(served);
    let path = folder.path("decisions.jsonl");
    let whole = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("{whole}{{\"format\":1,\"at\":\"20")).unwrap();
    let run = folder.run(["review", "lakes.md", "--tags", "t.csv"]).ends(0);
    run.says(&["the last line was not written to its end", "cut-off-at-"]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), whole);
    let aside = folder.path(&format!("decisions.jsonl.cut-off-at-{}", whole.len()));
    assert_eq!(std::fs::read_to_string(aside).unwrap(), "{\"format\":1,\"at\":\"20");
    // A file that is no ledger is left alone.
    std::fs::write(&path, "dear diary\n").unwrap();
    folder.run(["review", "lakes.md", "--tags", "t.csv"]).ends(2).says(&["line 1 is no decision"]);
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "dear diary\n");
}
