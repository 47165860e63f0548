//! The report as a site: whole, closed to the outside, the same each time, and
//! at work in a real browser.

use crate::browser::{Browser, chromium};
use crate::program::{Folder, Ran};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

fn report(folder: &Folder, more: &[&str]) -> Ran {
    folder.run(["report", "-o", "site"].iter().chain(more))
}

/// Every file of the site with its text, by path.
fn files(folder: &Folder) -> Vec<(String, String)> {
    let root = folder.path("site");
    let entries = walkdir::WalkDir::new(&root).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(&root).unwrap().to_string_lossy().into_owned();
        (path, String::from_utf8_lossy(&std::fs::read(entry.path()).unwrap()).into_owned())
    });
    files.collect()
}

/// The values of an attribute, wherever it stands.
fn attributes<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let start = format!(" {name}=\"");
    let parts: Vec<&str> = text.split(start.as_str()).skip(1).collect();
    parts.into_iter().map(|rest| rest.split('"').next().unwrap()).collect()
}

#[test]
fn every_link_within_the_site_leads_somewhere_and_nothing_is_loaded_from_outside() {
    let folder = Folder::new();
    report(&folder, &[]).ends(0);
    let files = files(&folder);
    let names: BTreeSet<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(names.iter().filter(|name| name.starts_with("agreements/")).count(), 33);
    assert_eq!(names.iter().filter(|name| name.starts_with("elements/")).count(), 26);
    let mut followed = 0;
    for (path, text) in files.iter().filter(|(_, text)| text.starts_with("<!doctype")) {
        for source in attributes(text, "src") {
            assert!(!source.contains("//"), "{path}: {source}");
        }
        for link in attributes(text, "href").into_iter().filter(|link| !link.contains(':')) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let up = path.contains('/');
            let target = match file.strip_prefix("../") {
                Some(rest) if up => rest.to_owned(),
                _ if file.is_empty() => path.clone(),
                _ => file.to_owned(),
            };
            let found = files.iter().find(|(name, _)| *name == target);
            let (_, target_text) = found.unwrap_or_else(|| panic!("{path}: {link}"));
            let there = anchor.is_empty() || target_text.contains(&format!("id=\"{anchor}\""));
            assert!(there, "{path}: {link}");
            followed += 1;
        }
    }
    assert!(followed > 1000, "{followed}");
}

#[test]
fn the_same_tags_give_the_same_bytes() {
    let folders = [Folder::new(), Folder::new()];
    for folder in &folders {
        report(folder, &[]).ends(0);
    }
    assert_eq!(files(&folders[0]), files(&folders[1]));
}

#[test]
fn the_same_figures_stand_in_every_form() {
    let folder = Folder::new();
    report(&folder, &[]).ends(0);
    let read = |path: &str| std::fs::read_to_string(folder.path(path)).unwrap();
    let row = "4.1,General cooperation,28,33,0.848,0.691,0.933,0,0";
    assert!(read("site/data/frequency.csv").contains(row));
    let page = read("site/frequency.html");
    assert!(page.contains("28 of 33 · 85 %") && page.contains("<td class=\"number\">0.848</td>"));
    let markdown = folder.run(["report", "--format", "markdown"]).ends(0).quietly().stdout;
    assert!(
        markdown
            .contains("| 4.1 | General cooperation | 28 | 33 | 0.848 | 0.691 | 0.933 | 0 | 0 |")
    );
    let json = folder.run(["report", "--format", "json"]).ends(0).quietly().json();
    let tables = json["tables"].as_array().unwrap();
    let frequency = tables.iter().find(|table| table["kind"] == "frequency").unwrap();
    assert_eq!(frequency["rows"][0]["present"], 28);
    assert_eq!(frequency["rows"][0]["share"], 0.848);
    let said = json["findings"][0]["sentences"][0].as_str().unwrap();
    assert!(said.starts_with("Most frequent: General cooperation (4.1; 28 of 33 agreements, 85 %"));
    assert!(page.contains("role=\"img\" aria-label=\"Bar chart"));
}

#[test]
fn what_was_checked_stands_in_the_dossier() {
    let quote = "Support efforts to strengthen an advanced cyber hygiene for all actors";
    let quotes = format!(
        "{{\"format\": 1, \"kind\": \"quotes\", \"quotes\": [{{\"agreement\": \"paris-call-2018\", \
         \"element\": \"2.7\", \"quote\": {quote:?}, \"verdict\": \"exact\", \"place\": \"at-place\"}}]}}"
    );
    let folder = Folder::new().file("quotes.json", quotes).file("odd.json", "{\"kind\": \"diff\"}");
    report(&folder, &["--quotes", "quotes.json"]).ends(0);
    let page =
        std::fs::read_to_string(folder.path("site/agreements/paris-call-2018.html")).unwrap();
    assert!(page.contains("checked: exact, at-place"));
    assert!(page.contains("#:~:text=Support%20efforts%20to%20strengthen"), "{page}");
    report(&folder, &["--links", "odd.json"]).ends(2).says(&["check links --format json"]);
}

#[test]
fn a_folder_that_is_no_report_is_left_alone_and_an_old_report_is_replaced() {
    let folder = Folder::new().file("site/thesis.txt", "years of work");
    report(&folder, &[]).ends(2).says(&["there are files here that are no report"]);
    let folder = Folder::new();
    report(&folder, &[]).ends(0);
    std::fs::write(folder.path("site/mine.txt"), "a note").unwrap();
    report(&folder, &["--list", "2019-review"]).ends(0);
    let names: Vec<String> = files(&folder).into_iter().map(|(path, _)| path).collect();
    assert!(names.contains(&"mine.txt".to_owned()));
    assert!(!names.contains(&"agreements/brics-moscow-2020.html".to_owned()), "{names:?}");
    for (args, said) in [
        (vec!["report"], "name a folder for the site with -o DIR"),
        (vec!["report", "--list", "x", "-o", "y"], "there is no list `x`"),
        (vec!["report", "gone.csv", "-o", "y"], "cannot read gone.csv"),
        (vec!["report", "--since", "may", "-o", "y"], "expected `2018`"),
    ] {
        folder.run(args).ends(2).says(&[said]);
    }
}

#[test]
fn what_people_decided_stands_in_the_dossier() {
    let decision = serde_json::json!({
        "format": 1, "at": "2031-05-01T12:00:00Z", "by": "Ada <i>L.</i>", "taxonomy": "bpf-2021",
        "agreement": "paris-call-2018", "element": "2.7", "verdict": "accepted", "status": "present",
        "shown": {"status": "present", "quotes": "sha256:0", "text": "sha256:0", "rules": "sha256:0"},
    });
    let folder = Folder::new()
        .file("decisions.jsonl", format!("{decision}\n{{\"format\": 1, \"at"))
        .file("odd.jsonl", "{}\n");
    report(&folder, &["--decisions", "decisions.jsonl", "--reviewers", "keep"]).ends(0);
    let page =
        std::fs::read_to_string(folder.path("site/agreements/paris-call-2018.html")).unwrap();
    let said = "accepted (present) by Ada &lt;i&gt;L.&lt;/i&gt;, 2031-05-01T12:00:00Z";
    assert_eq!(page.matches(said).count(), 1, "{page}");
    report(&folder, &["--decisions", "odd.jsonl"])
        .ends(2)
        .says(&["odd.jsonl:1: this is no decision"]);
}

#[test]
fn charts_are_drawn_and_tables_fill_a_workbook_on_request() {
    let folder = Folder::new();
    let ran = report(&folder, &["--png"]);
    if ran.stderr.contains("no font was found") {
        assert_eq!(ran.status, 2);
    } else {
        ran.ends(0);
        for chart in ["frequency", "categories", "trend", "shared-wording"] {
            let png = std::fs::read(folder.path(&format!("site/charts/{chart}.png"))).unwrap();
            assert!(png.starts_with(b"\x89PNG") && png.len() > 10_000, "{chart}");
        }
    }
    folder.run(["report", "--format", "xlsx", "-o", "report.xlsx"]).ends(0).quietly();
    let bytes = std::fs::read(folder.path("report.xlsx")).unwrap();
    let mut book = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).unwrap();
    let mut part = |name: &str| {
        use std::io::Read as _;
        let mut text = String::new();
        book.by_name(name).unwrap().read_to_string(&mut text).unwrap();
        text
    };
    let sheets = part("xl/workbook.xml");
    for name in ["agreements", "matrix", "frequency", "trend", "shared-wording", "quotes"] {
        assert!(sheets.contains(&format!("name=\"{name}\"")), "{name}");
    }
    // General cooperation: 28 of 33, a share of .848.
    assert!(part("xl/worksheets/sheet3.xml").contains("<v>0.848</v>"));
    folder.run(["report", "--format", "xlsx", "-o", "again.xlsx"]).ends(0);
    assert_eq!(std::fs::read(folder.path("again.xlsx")).unwrap(), bytes);
}

#[test]
fn proposals_are_reported_and_marked_as_unconfirmed_on_every_page() {
    let text = "1. Each Party shall protect critical infrastructure against cyber attacks.\n";
    let folder = Folder::new().file("lakes.md", text);
    folder.run(["tag", "./lakes.md", "--format", "json", "-o", "proposals.json"]).ends(0);
    report(&folder, &["proposals.json"]).ends(0);
    let pages = files(&folder);
    for (path, page) in pages.iter().filter(|(_, text)| text.starts_with("<!doctype")) {
        assert!(page.contains("Proposed, not confirmed"), "{path}");
    }
    assert!(pages.iter().any(|(path, _)| path == "agreements/lakes-md.html"));
    let markdown = folder.run(["report", "proposals.json", "--format", "markdown"]).ends(0).stdout;
    assert!(markdown.contains("> **Proposed, not confirmed"));
    let other = ["report", "proposals.json", "-o", "other", "--taxonomy", "bpf-2019"];
    folder.run(other).ends(2).says(&["proposals of bpf-2021, not bpf-2019"]);
}

#[test]
fn odd_sets_of_tags_give_sensible_pages() {
    let header = "agreement,element,status,citation,quote,note,source\n";
    let row = |id: &str, at: usize| format!("{id},2.1,present,Art. {at},Words of {at}.,,x/{at}\n");
    let many: String = (0..500).map(|at| row(&format!("a-{at}"), at)).collect();
    let folder = Folder::new()
        .file("none.csv", header)
        .file("one.csv", format!("{header}{}", row("../../out", 1)))
        .file("many.csv", format!("{header}{many}"));
    report(&folder, &["none.csv"]).ends(2).says(&["no agreements to report on"]);
    // A name that is a path leads nowhere; without a date there is no trend.
    report(&folder, &["one.csv"]).ends(0);
    assert!(folder.path("site/agreements/out.html").exists());
    assert!(!folder.path("out.html").exists() && !folder.path("site/out.html").exists());
    let trend = std::fs::read_to_string(folder.path("site/trend.html")).unwrap();
    assert!(trend.contains("too few years for a trend"));
    let start = std::time::Instant::now();
    report(&folder, &["many.csv"]).ends(0);
    println!("500 agreements: {:.1} s", start.elapsed().as_secs_f64());
    assert!(folder.path("site/agreements/a-499.html").exists());
}

/// The page as a browser has it once its script ran.
fn in_browser(browser: &str, folder: &Folder, page: &str) -> String {
    let profile = folder.path("profile");
    let url = format!("file://{}/{page}", folder.path("site").display());
    let output = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"])
        .args(["--disable-background-networking", "--disable-component-update", "--disable-sync"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .args(["--virtual-time-budget=2000", "--dump-dom", &url])
        .output()
        .unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn filters_sorting_and_comparing_work_in_a_browser() {
    let Some(browser) = std::env::var_os("NORMTAG_CHROMIUM").map(PathBuf::from) else {
        println!("skipped: NORMTAG_CHROMIUM names no browser");
        return;
    };
    let browser = browser.to_string_lossy();
    let folder = Folder::new();
    report(&folder, &[]).ends(0);
    let all = in_browser(&browser, &folder, "matrix.html");
    assert!(all.contains("33 of 33 agreements"), "the script did not run");
    let some = in_browser(&browser, &folder, "matrix.html#group=IND&from=2018&order=present");
    let shown = some.split("id=\"shown\">").nth(1).unwrap().split(" of 33").next().unwrap();
    let shown: usize = shown.parse().unwrap();
    assert!((1..10).contains(&shown), "{shown}");
    assert_eq!(some.matches("<tr data-id=").count(), 33);
    assert_eq!(some.matches("hidden=\"\"").count(), 33 - shown);
    let sorted = in_browser(&browser, &folder, "frequency.html");
    assert!(sorted.contains("<button type=\"button\">Share</button>"));
    let compared = in_browser(&browser, &folder, "compare.html#un-gge-2015,un-gge-2021");
    assert!(compared.contains("2 agreements, "), "{}", &compared[..2000]);
    assert!(compared.contains("class=\"differs\""));
}

#[test]
fn pages_fit_every_width_light_and_dark_and_load_nothing_from_outside() {
    let Some(program) = chromium("the report at three widths") else { return };
    let folder = Folder::new();
    report(&folder, &[]).ends(0);
    let browser = Browser::start(&program);
    for path in [
        "index.html",
        "matrix.html",
        "frequency.html",
        "trend.html",
        "wording.html",
        "compare.html",
        "data.html",
        "agreements/paris-call-2018.html",
        "elements/1.1.html",
    ] {
        let url = format!("file://{}/{path}", folder.path("site").display());
        let mut page = browser.open(&url);
        for width in [768, 1280, 1920] {
            let pictures = [false, true].map(|dark| {
                page.resize(width, dark);
                page.screenshot()
            });
            assert_ne!(pictures[0], pictures[1], "{path} at {width}: light and dark are the same");
            let wider = page.eval("document.documentElement.scrollWidth > innerWidth");
            assert_eq!(wider, false, "{path} is wider than {width}");
        }
        let outside = "performance.getEntriesByType('resource')\
                       .filter(one => !one.name.startsWith('file:')).length";
        assert_eq!(page.eval(outside), 0, "{path}");
    }
}
