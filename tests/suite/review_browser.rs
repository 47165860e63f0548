//! The page as people use it: what changes without loading it again, and a run
//! from the first key to a sheet that is confirmed.

use crate::browser::{Browser, Page, chromium, until};
use crate::program::{Folder, project};
use crate::served::{Served, TREATY, go_to, ledger, says};
use normtag::corpus::parse_tags;
use normtag::model::Tag;
use serde_json::json;

/// Selects words in the text, as with the mouse.
fn select(page: &mut Page, words: &str) {
    page.eval(&format!(
        "(() => {{ const run = [...document.querySelectorAll('#text [data-at]')]\
         .find(one => one.textContent.includes({words:?})).firstChild; \
         const at = run.textContent.indexOf({words:?}); \
         getSelection().setBaseAndExtent(run, at, run, at + {}); }})()",
        words.len()
    ));
}

/// The words that are highlighted for an element.
fn marked(page: &mut Page, element: &str) -> String {
    let words = page.eval(&format!(
        "[...document.querySelectorAll('#text mark')]\
         .filter(one => one.dataset.elements.split(' ').includes({element:?}))\
         .map(one => one.textContent).join('|')"
    ));
    words.as_str().unwrap().to_owned()
}

#[test]
fn a_blind_decision_reveals_its_highlights_at_once() {
    let Some(program) = chromium("highlights after a blind decision") else { return };
    let folder = Folder::new().file("lakes.md", TREATY);
    let served = Served::start(&folder, &["lakes.md", "--reviewer", "Ada", "--blind", "100%"]);
    let browser = Browser::start(&program);
    let mut page = browser.open(&served.url);
    assert_eq!(page.eval("document.querySelectorAll('#text mark').length"), 0);
    go_to(&mut page, "2.1");
    select(&mut page, "Each Party shall protect");
    page.press("q");
    says(&mut page, "Added");
    page.press("i");
    says(&mut page, "Indirect: saved.");
    // What was proposed and what was decided, both; nothing of other elements.
    let protect =
        "Each Party shall protect| critical information infrastructure against cyber attacks.";
    assert_eq!(marked(&mut page, "2.1"), protect);
    assert_eq!(marked(&mut page, "3.2"), "");
    go_to(&mut page, "2.1");
    assert_eq!(page.text("mark.on"), "Each Party shall protect");

    // A quote by hand is highlighted when it is saved, and no more when it is
    // taken back; the words stay what they were.
    let before = page.text("#text");
    go_to(&mut page, "5.9");
    select(&mut page, "the investigation of cybercrime");
    page.press("q");
    page.press("p");
    says(&mut page, "Present: saved.");
    assert_eq!(marked(&mut page, "5.9"), "the investigation of cybercrime");
    go_to(&mut page, "5.9");
    page.press("u");
    says(&mut page, "Taken back: saved.");
    assert_eq!(marked(&mut page, "5.9"), "");
    assert_eq!(page.text("#text"), before);
    page.reload();
    assert_eq!(marked(&mut page, "2.1"), protect);
}

#[test]
fn who_has_the_last_word_can_take_over_the_quotes_of_another() {
    let Some(program) = chromium("the quotes of another reviewer") else { return };
    let folder = Folder::new().file("lakes.md", TREATY);
    for (name, words, seen) in [
        ("Ada", "protect critical information infrastructure", None),
        ("Grace", "against cyber attacks", Some(0)),
    ] {
        let served = Served::start(&folder, &["lakes.md", "--reviewer", name]);
        let status = if name == "Ada" { "present" } else { "indirect" };
        let decision = json!({"element": "2.1", "seen": seen, "verdict": "changed",
            "status": status, "quotes": served.quote(words)});
        assert_eq!(served.decide(&decision).0, 200);
    }
    let served = Served::start(&folder, &["lakes.md", "--reviewer", "Chair"]);
    let browser = Browser::start(&program);
    let mut page = browser.open(&served.url);
    go_to(&mut page, "2.1");
    let kept = "[...document.querySelectorAll('.panel:not([hidden]) .evidence > li')]\
        .filter(one => one.querySelector('.keep').checked)\
        .map(one => one.querySelector('blockquote').textContent).join('|')";
    assert!(page.eval(kept).as_str().unwrap().starts_with("Each Party"));
    page.press("o");
    says(&mut page, "These are Ada's quotes");
    assert_eq!(page.eval(kept), "protect critical information infrastructure");
    page.press("o");
    says(&mut page, "These are Grace's quotes");
    assert_eq!(page.eval(kept), "against cyber attacks");
    page.press("p");
    says(&mut page, "Present: saved.");
    let last = ledger(&folder).pop().unwrap();
    assert_eq!((&last["by"], &last["status"]), (&"Chair".into(), &"present".into()));
    assert_eq!(last["quotes"].as_array().unwrap().len(), 1);
    assert_eq!(last["quotes"][0]["quote"], "against cyber attacks");
    assert_eq!(last["quotes"][0]["citation"], "Art. 1.1");
    // One's own are not offered, and where there are none it is said.
    let offered = "document.querySelectorAll('.panel[data-element=\"2.1\"] .take').length";
    assert_eq!(page.eval(offered), 2);
    go_to(&mut page, "5.9");
    page.press("o");
    says(&mut page, "Nobody else has quotes here");
}

#[test]
fn where_rules_came_nearest_is_shown_in_the_text() {
    let Some(program) = chromium("where rules came nearest") else { return };
    let folder = Folder::new();
    let sample = project().join("corpus/samples/lakes-treaty.docx");
    let served = Served::start(&folder, &[sample.to_str().unwrap()]);
    let browser = Browser::start(&program);
    let mut page = browser.open(&served.url);
    let near =
        "[...document.querySelectorAll('.panel')].findLast(one => one.querySelector('.near'))";
    let element = page.eval(&format!("{near}.dataset.element"));
    let cited = page.eval(&format!("{near}.querySelector('.near .show').dataset.cite"));
    go_to(&mut page, element.as_str().unwrap());
    page.until("document.querySelector('#text .paragraph.here') !== null");
    assert_eq!(page.text(".paragraph.here .citation"), cited.as_str().unwrap());
    page.until(
        "(() => { const at = document.querySelector('.here').getBoundingClientRect(); \
         const all = document.querySelector('#text').getBoundingClientRect(); \
         return at.top >= all.top && at.top < all.bottom; })()",
    );
    // The next of them.
    let count = page.eval(&format!("{near}.querySelectorAll('.near').length"));
    page.press("s");
    let second = format!("{near}.querySelectorAll('.near .show')[1 % {count}].dataset.cite");
    let second = page.eval(&second);
    assert_eq!(page.text(".paragraph.here .citation"), second.as_str().unwrap());
}

#[test]
fn the_page_tells_at_the_end_which_proposals_were_made_up() {
    let Some(program) = chromium("made-up proposals in a browser") else { return };
    let folder = Folder::new().file("lakes.md", TREATY);
    let served = Served::start(&folder, &["lakes.md", "--reviewer", "Ada", "--probe", "5%"]);
    let browser = Browser::start(&program);
    let mut page = browser.open(&served.url);
    assert!(page.text(".probes").starts_with("Some of these proposals are made up"));
    for count in 1..26 {
        let proposed = page.text(".panel:not([hidden]) .proposed");
        page.press(if proposed.starts_with("Proposed") { "a" } else { "x" });
        let settled = format!("{count} of 26 settled");
        page.until(&format!(
            "document.querySelector('#progress').innerText === {settled:?} && \
             document.querySelector('.item[aria-current=true]').dataset.standing === 'open'"
        ));
    }
    // With the last the page is loaded again.
    let proposed = page.text(".panel:not([hidden]) .proposed");
    page.press(if proposed.starts_with("Proposed") { "a" } else { "x" });
    page.until(
        "document.readyState === 'complete' && \
         document.querySelector('.probes').innerText.startsWith('All was decided')",
    );
    assert_eq!(page.text("#progress"), "25 of 26 settled");
    let told = page.text(".probes");
    assert!(
        told.starts_with("All was decided. 1 of 1 made-up proposals accepted (100 %"),
        "{told}"
    );
    let code = page.text(".item[aria-current=true] .code");
    assert!(told.contains(&format!("lakes {code} (accepted)")), "{told}");
    assert!(page.text(".panel:not([hidden])").contains("A made-up proposal stood here"));
    page.press("x");
    says(&mut page, "Absence: saved.");
    assert_eq!(page.text("#progress"), "26 of 26 settled");
}

/// Decides on every element of the document that is shown, with one key each.
fn decide_on_all(page: &mut Page) {
    loop {
        let current = page.text(".item[aria-current=true] .code");
        let proposed = page.text(".panel:not([hidden]) .proposed");
        page.press(if proposed.starts_with("Proposed") { "a" } else { "x" });
        page.until(&format!(
            "document.querySelector('#items [data-element={current:?}]').dataset.standing === 'settled'"
        ));
        page.until("document.querySelector('#said').innerText.includes('saved')");
        if page.text("#said").contains("Everything here is decided") {
            return;
        }
        page.until(&format!(
            "document.querySelector('.item[aria-current=true] .code').innerText !== {current:?}"
        ));
    }
}

#[test]
fn a_new_user_comes_from_the_samples_to_a_confirmed_sheet() {
    let Some(program) = chromium("a new user's run") else { return };
    let folder = Folder::new();
    let samples = project().join("corpus/samples");
    // The command, and the address it prints.
    let served = Served::start(&folder, &[samples.to_str().unwrap()]);
    let browser = Browser::start(&program);
    let start = std::time::Instant::now();
    let mut page = browser.open(&served.url);
    page.keep_downloads(&folder.path(""));
    let mut names = Vec::new();
    loop {
        names.push(page.text("h1"));
        decide_on_all(&mut page);
        if !page.text("#said").contains("N goes on") {
            break;
        }
        page.press("N");
        let before = names.last().unwrap();
        page.until(&format!(
            "document.readyState === 'complete' && document.querySelector('h1').innerText !== {before:?}"
        ));
    }
    assert_eq!(names.len(), 3, "{names:?}");
    page.click("#out summary");
    page.until("document.querySelector('#out').open");
    page.click("#out a[href$=docx]");
    let sheet = folder.path("tags.docx");
    until("the sheet is saved", || sheet.exists().then_some(()));
    println!(
        "from `normtag review corpus/samples` to a confirmed sheet: {} elements of {} documents, \
         {} keys, {} clicks, {:.1} s of a browser that does not read",
        ledger(&folder).len(),
        names.len(),
        page.keys,
        page.clicks,
        start.elapsed().as_secs_f64()
    );
    assert_eq!((page.keys, page.clicks), (26 * 3 + 2, 2));
    // The sheet says what was decided, all of it.
    let tags = |args: &[&str]| {
        let text = folder.run(args).ends(0).stdout;
        // Between the cells of a row the template has no tabs.
        let words = |quote: String| quote.split_whitespace().collect::<Vec<_>>().join(" ");
        let rows = parse_tags(&text).tags.into_iter();
        rows.map(|(_, tag)| Tag { quote: words(tag.quote.clone()), ..tag }).collect::<Vec<_>>()
    };
    let imported = tags(&["corpus", "import", "tags.docx", "--taxonomy", "bpf-2021"]);
    let exported = tags(&["corpus", "export", "decisions.jsonl"]);
    assert!(exported.len() > 78, "{exported:?}");
    assert_eq!(imported, exported);
}
