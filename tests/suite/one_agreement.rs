//! Several documents of one agreement, and an agreement named by its id: one
//! sheet, one set of claims.

use crate::program::{Folder, Ran};
use crate::server::{Server, reply};
use serde_json::Value;

const TREATY: &str = "# The Lake Treaty\n\nArticle 1\n\n1. Each Party shall protect critical \
                      information infrastructure against cyber attacks.\n";
const ANNEX: &str = "# Annex\n\n1. States should encourage responsible reporting of ICT \
                     vulnerabilities.\n";
/// A language without vocabulary, so that nothing is claimed of it.
const TRANSLATION: &str = "# Jezero\n\nČlen 1. Vsaka pogodbenica zagotovi varovanje kritične \
    informacijske infrastrukture pred kibernetskimi napadi in sodeluje z drugimi pogodbenicami, \
    kadar je to potrebno za skupno varnost njihovih prebivalcev.\n";

/// The status of an element in the one agreement's sheet, or where it stands.
fn claimed(run: &Ran, element: &str) -> String {
    let json = run.json();
    let sheets = json["agreements"].as_array().expect("the agreement is known");
    assert_eq!(sheets.len(), 1);
    let has = |list: &str| {
        let entries = sheets[0][list].as_array().unwrap();
        entries.iter().find(|entry| entry["element"] == element).cloned()
    };
    if let Some(proposal) = has("proposals") {
        let evidence = &proposal["evidence"][0];
        let (status, source) = (&proposal["status"], &evidence["source"]);
        return format!("{} in {}", text(status), text(source));
    }
    let lists = ["absent", "not_assessed"];
    let found = lists.into_iter().find(|list| has(list).is_some());
    found.expect("every element stands somewhere").to_owned()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

#[test]
fn several_documents_of_one_agreement_make_one_sheet() {
    let folder = Folder::new().file("treaty.md", TREATY).file("annex.md", ANNEX);
    let tag = |format: &str| {
        let sources = ["tag", "--as", "lake-treaty-2012", "treaty.md", "annex.md"];
        folder.run(sources.into_iter().chain(["--format", format])).ends(0).quietly()
    };
    let json = tag("json");
    assert_eq!(claimed(&json, "2.1"), "present in treaty.md");
    assert_eq!(claimed(&json, "3.2"), "present in annex.md");
    assert_eq!(claimed(&json, "5.5"), "absent");
    for (format, expected) in [
        ("csv", "lake-treaty-2012,3.2,present,\"Annex, Para. 1\","),
        ("csv", "lake-treaty-2012,5.5,absent,,,,\"treaty.md, annex.md\""),
        ("table", "Annex, Para. 1 [annex]"),
        ("table", "Art. 1.1 [treaty]"),
        ("markdown", "| Annex, Para. 1 \\[annex\\] |"),
        ("html", "<span class=\"citation\">Annex, Para. 1 [annex]</span>"),
    ] {
        let shown = tag(format).stdout;
        assert!(shown.contains(expected), "{format}: {expected}\n{shown}");
        let twice = shown.matches("responsible reporting").count();
        assert_eq!(twice, 1, "{format}");
    }
    let alone = folder.run(["tag", "treaty.md", "--format", "json"]).ends(0);
    assert_eq!(alone.json().get("agreements"), None);
}

#[test]
fn an_absence_waits_for_the_part_that_was_not_read() {
    let folder = Folder::new().file("treaty.md", TREATY).file("annex.md", "");
    let sources = ["tag", "--as", "lake-treaty-2012", "treaty.md", "annex.md"];
    let run = folder.run(sources.into_iter().chain(["--format", "json"])).ends(1);
    assert_eq!(claimed(&run, "2.1"), "present in treaty.md");
    assert_eq!(claimed(&run, "5.5"), "not_assessed");
}

/// A corpus with one agreement whose addresses have these roles.
fn corpus(addresses: &[(&str, String)]) -> Folder {
    let addresses =
        addresses.iter().map(|(role, url)| format!("{{ url = {url:?}, role = {role:?} }}"));
    let registry = format!(
        "format = 1\n[[agreement]]\nid = \"lake-treaty-2012\"\nname = \"The Lake Treaty\"\n\
         date = \"2012\"\naddresses = [{}]\n",
        addresses.collect::<Vec<_>>().join(", ")
    );
    Folder::new().file("corpus/agreements.toml", registry)
}

#[test]
fn an_agreement_named_by_its_id_is_read_from_its_addresses() {
    let server = Server::start(|path| {
        let text = match path {
            "/treaty.md" => TREATY,
            "/annex.md" => ANNEX,
            _ => TRANSLATION,
        };
        reply("200 OK", &["Content-Type: text/markdown; charset=utf-8"], text)
    });
    let folder = corpus(&[
        ("text", server.url("/treaty.md")),
        ("text", server.url("/annex.md")),
        ("translation", server.url("/jezero.md")),
        ("page", server.url("/about.html")),
    ])
    .reaching(&server);
    let tag = ["tag", "Lake Treaty", "--corpus", "corpus", "--format", "json"];
    let run = folder.run(tag).ends(0);
    assert_eq!(claimed(&run, "2.1"), format!("present in {}", server.url("/treaty.md")));
    assert_eq!(claimed(&run, "3.2"), format!("present in {}", server.url("/annex.md")));
    // The translation was not understood, and the text was read without it.
    assert_eq!(claimed(&run, "5.5"), "absent");
    let mut asked = server.requests();
    asked.sort();
    assert_eq!(asked, ["/annex.md", "/jezero.md", "/treaty.md"]);
    let again = folder.run(["tag", "lake-treaty-2012", "--corpus", "corpus", "--offline"]);
    again.ends(0);
}

#[test]
fn an_agreement_without_the_address_of_its_text_says_what_to_do() {
    let folder = corpus(&[("page", "https://example.org/about".to_owned())]);
    folder.run(["tag", "lake-treaty-2012", "--corpus", "corpus"]).ends(2).says(&[
        "https://example.org/about is about it",
        "name the text, with --as lake-treaty-2012",
    ]);
    folder.run(["tag", "lake-treaty-2013", "--corpus", "corpus"]).ends(2).says(&[
        "no such file, folder, address or agreement of the corpus",
        "did you mean `lake-treaty-2012`?",
    ]);
    // A file goes before the agreement of its name.
    let folder = folder.file("lake-treaty-2012", TREATY);
    folder.run(["tag", "lake-treaty-2012", "--corpus", "corpus"]).ends(0);
}
