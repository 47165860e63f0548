//! The forms of an export: that nothing is lost between them and import, that
//! positions are true, and that they are the same every time.

use crate::golden;
use crate::program::{Folder, Ran, project};
use crate::tagging::rules;
use normtag::corpus::export::{Export, Form, Passage};
use normtag::corpus::import::import;
use normtag::corpus::{Registry, built_in_agreements, parse_tags, sort_tags};
use normtag::model::{AgreementId, ElementCode, Presence, Tag, Taxonomy};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::LazyLock;

const EDITIONS: [&str; 2] = ["bpf-2021", "bpf-2019"];
const TEMPLATE: [&str; 3] = ["docx", "html", "md"];

static TAXONOMIES: LazyLock<Vec<Taxonomy>> =
    LazyLock::new(|| EDITIONS.iter().map(|id| rules(id).taxonomy).collect());
static REGISTRY: LazyLock<Registry> =
    LazyLock::new(|| Registry::load(&built_in_agreements()).registry.unwrap());

fn shipped(edition: &str) -> String {
    let path = project().join(format!("corpus/curated/{edition}.csv"));
    std::fs::read_to_string(path).unwrap()
}

fn shipped_tags(edition: &str) -> Vec<Tag> {
    parse_tags(&shipped(edition)).tags.into_iter().map(|(_, tag)| tag).collect()
}

fn bytes(folder: &Folder, name: &str) -> Vec<u8> {
    std::fs::read(folder.path(name)).unwrap()
}

fn files(zip: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(zip)).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        files.insert(file.name().unwrap().into_owned(), bytes);
    }
    files
}

#[test]
fn the_template_gives_back_every_tag_in_every_form() {
    for edition in EDITIONS {
        let folder = Folder::new();
        for ending in TEMPLATE {
            let name = format!("tags.{ending}");
            let out = ["corpus", "export", "--taxonomy", edition, "-o", &name];
            folder.run(out).ends(0).quietly();
            let back = folder.run(["corpus", "import", &name, "--taxonomy", edition]).ends(0);
            assert!(back.stdout == shipped(edition), "{edition} {ending} differs");
            back.says(&[" 0 unread"]);
        }
    }
}

#[test]
fn a_part_of_the_tags_keeps_its_entries_apart() {
    let folder = Folder::new();
    let export = ["corpus", "export", "--agreement", "un-oewg-2021", "-o"];
    folder.run(export.into_iter().chain(["part.csv"])).ends(0).quietly();
    let expected = std::fs::read_to_string(folder.path("part.csv")).unwrap();
    assert!(expected.contains("bpf-2021/xxii\n") && expected.contains("bpf-2021/xxxiv\n"));
    for ending in TEMPLATE {
        let name = format!("part.{ending}");
        folder.run(export.into_iter().chain([name.as_str()])).ends(0).quietly();
        // Even with a list: an entry that names its agreement keeps it.
        let list = ["--list", "2021-references"];
        let back = folder.run(["corpus", "import", &name].into_iter().chain(list)).ends(0);
        assert_eq!(back.stdout, expected, "{ending}");
    }
}

/// Words that a table, its marks or its markup could be taken for.
const ODD: &str = "“States¦shall”¦\"¦“¦”¦‘¦'¦NOTE:¦N/A¦Present¦(Indirect)¦(N/A)¦Yes¦No¦unrecorded¦\
    Pg. 3¦Pg.¦para 5;¦Art. 2;¦4.1¦1.1¦CIP¦<q>¦</q>¦<cite>¦<b>bold</b>¦&amp;¦&¦|¦\\|¦*a*¦\
    _b_¦`c`¦[d](e)¦#¦~~¦$x$¦<br>¦…¦●¦1.¦i.¦---¦é¦𝄞¦条約¦Category¦Agreement Overview¦\
    Norms Analysis¦Description:¦; ¦;¦Any other norms¦Human rights¦\
    https://a.example/b?c=d&e¦-¦(a)¦lower";

fn words() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(ODD.split('¦').collect::<Vec<_>>());
    prop::collection::vec(odd, 0..6).prop_map(|words| {
        let text = words.join(" ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    })
}

/// Which of some elements, or none of the taxonomy's; a status; three texts.
type Drawn = (usize, Presence, String, String, String);

fn tag() -> impl Strategy<Value = Drawn> {
    let status = prop::sample::select(vec![
        Presence::Present,
        Presence::Indirect,
        Presence::Absent,
        Presence::NotAssessed,
    ]);
    (0..4_usize, status, words(), words(), words())
}

fn tags_of(taxonomy: &Taxonomy, drawn: Vec<Drawn>) -> Vec<Tag> {
    let codes = taxonomy.elements.iter().map(|element| element.code.clone());
    let codes: Vec<ElementCode> = codes.take(3).chain([ElementCode::new("other")]).collect();
    let tag = |(at, (element, status, citation, quote, note)): (usize, Drawn)| Tag {
        agreement: AgreementId::new(["paris-call-2018", "unknown"][at % 2]),
        element: codes[element].clone(),
        status,
        citation,
        quote,
        note,
        source: format!("made up/{}", at % 2),
    };
    let mut tags: Vec<Tag> = drawn.into_iter().enumerate().map(tag).collect();
    sort_tags(&mut tags, taxonomy);
    tags
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn no_words_are_lost_between_export_and_import(
        drawn in prop::collection::vec(tag(), 1..8),
        edition in 0..2_usize,
    ) {
        let taxonomy = &TAXONOMIES[edition];
        let tags = tags_of(taxonomy, drawn);
        let passage = |tag: &Tag| Passage { tag: tag.clone(), at: None, score: None, by: None };
        let export = Export {
            taxonomy,
            registry: &REGISTRY,
            passages: tags.iter().map(passage).collect(),
            documents: &[],
            proposed_by: None,
        };
        for form in [Form::Csv, Form::Docx, Form::Html, Form::Markdown] {
            let bytes = export.render(form).unwrap();
            prop_assert!(bytes == export.render(form).unwrap());
            let mut back = import("made up", &bytes, taxonomy).unwrap();
            back.close("made up", taxonomy);
            if back.tags != tags {
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let text = if form == Form::Docx { String::new() } else { text };
                prop_assert_eq!(&back.tags, &tags, "{:?} {}", form, text);
            }
        }
    }
}

#[test]
fn a_matrix_says_what_the_tags_say() {
    for edition in EDITIONS {
        let folder = Folder::new();
        let export = ["corpus", "export", "--taxonomy", edition, "--format", "matrix"];
        let matrix = folder.run(export).ends(0).quietly().stdout;
        let mut rows = csv::Reader::from_reader(matrix.as_bytes());
        let head = rows.headers().unwrap().clone();
        assert!(head.iter().any(|name| name == "1.1 Human rights" || name == "Specified CBMs"));
        let mut cells: BTreeMap<(String, usize), String> = BTreeMap::new();
        for row in rows.records().map(Result::unwrap) {
            for (at, cell) in row.iter().skip(3).enumerate() {
                cells.insert((row[0].to_owned(), at), cell.to_owned());
            }
        }
        let elements = &rules(edition).taxonomy.elements;
        let mut told = BTreeSet::new();
        for tag in shipped_tags(edition) {
            let Some(at) = elements.iter().position(|one| one.code == tag.element) else {
                continue;
            };
            let key = (tag.source, at);
            assert_eq!(cells[&key], normtag::corpus::status_name(tag.status), "{key:?}");
            told.insert(key);
        }
        assert_eq!(told.len(), cells.len(), "{edition}");
    }
}

/// Proposals for the samples, and the text each was cut from, by file name.
fn proposed() -> (Folder, BTreeMap<String, String>) {
    let mut folder = Folder::new();
    let mut texts = BTreeMap::new();
    let samples = ["harbour-charter.html", "lakes-treaty.docx", "meridian-experts-report.pdf"];
    for name in samples {
        let bytes = std::fs::read(crate::program::sample(name)).unwrap();
        folder = folder.file(&format!("in/{name}"), bytes);
        let path = format!("in/{name}");
        folder.run(["tag", &path, "--text", "text.txt", "-o", "one.json"]).ends(0);
        texts.insert(name.to_owned(), std::fs::read_to_string(folder.path("text.txt")).unwrap());
    }
    folder.run(["tag", "in", "-o", "all.json"]).ends(0);
    (folder, texts)
}

/// The characters from `start` to `end`.
fn slice(text: &str, start: &Value, end: &Value) -> String {
    let place = |at: &Value| usize::try_from(at.as_u64().unwrap()).unwrap();
    text.chars().skip(place(start)).take(place(end) - place(start)).collect()
}

fn export(folder: &Folder, tags: &str, format: &str, more: &[&str]) -> Ran {
    let args = ["corpus", "export", tags, "--format", format];
    folder.run(args.iter().chain(more))
}

#[test]
fn annotations_point_to_the_words_they_quote() {
    let (folder, texts) = proposed();
    let whole = export(&folder, "all.json", "webannotation", &["--source", "in"]);
    let collection = whole.ends(0).json();
    let items = collection["first"]["items"].as_array().unwrap();
    assert_eq!(collection["total"], items.len());
    assert!(items.len() > 50);
    let mut ids = BTreeSet::new();
    let mut beyond_ascii = 0;
    for item in items {
        assert!(ids.insert(item["id"].as_str().unwrap()));
        let source = item["target"]["source"].as_str().unwrap();
        let text = &texts[source.strip_prefix("in/").unwrap()];
        let [quote, place] = &item["target"]["selector"].as_array().unwrap()[..] else { panic!() };
        let words = slice(text, &place["start"], &place["end"]);
        assert_eq!(words, quote["exact"].as_str().unwrap());
        let around: String =
            ["prefix", "exact", "suffix"].map(|part| quote[part].as_str().unwrap()).concat();
        assert!(text.contains(&around));
        beyond_ascii += usize::from(
            text.find(&words) != text.find(&words).map(|at| text[..at].chars().count()),
        );
    }
    assert!(beyond_ascii > 10, "in these texts bytes are not characters");
    assert!(items[0]["creator"]["name"].as_str().unwrap().contains("not confirmed"));
    // Without the documents: the words alone.
    let alone = export(&folder, "all.json", "webannotation", &[]).ends(0).json();
    let selectors = &alone["first"]["items"][0]["target"]["selector"];
    assert_eq!(selectors.as_array().unwrap().len(), 1);
}

#[test]
fn what_is_not_found_or_found_twice_has_no_position() {
    let tags = "agreement,element,status,citation,quote,note,source\n\
                a,1.1,present,Art. 1,\"Members shall respect “rights” online.\",,s/1\n\
                a,1.2,present,Art. 2,Data are kept safe.,,s/1\n\
                a,2.1,indirect,,These words are nowhere in it at all.,,s/1\n";
    let text = "Charter é\n\nMembers shall respect \"rights\" online.\n\n\
                Data are kept safe. Data are kept safe.\n";
    let folder = Folder::new().file("tags.csv", tags).file("charter.txt", text);
    let ran = export(&folder, "tags.csv", "webannotation", &["--source", "charter.txt"]).ends(0);
    let ran = ran.says(&["2 of 3 quotes have no position"]);
    let items = ran.json()["first"]["items"].clone();
    // The document's own words, and the place they have there.
    let found = &items[0]["target"]["selector"];
    assert_eq!(found[0]["exact"], "Members shall respect \"rights\" online.");
    assert_eq!((found[1]["start"].as_u64(), found[1]["end"].as_u64()), (Some(11), Some(49)));
    for lost in [1, 2] {
        assert_eq!(items[lost]["target"]["selector"].as_array().unwrap().len(), 1);
        assert_eq!(items[lost]["target"]["source"], "urn:x-normtag:agreement:a");
    }
    assert_eq!(items[2]["body"][2]["value"], "indirect");
}

#[test]
fn label_studio_gets_regions_of_its_text() {
    let (folder, texts) = proposed();
    let tasks = export(&folder, "all.json", "labelstudio", &["--source", "in"]).ends(0).json();
    let config = export(&folder, "all.json", "labelstudio-config", &[]).ends(0).stdout;
    assert_eq!(tasks.as_array().unwrap().len(), 3);
    for task in tasks.as_array().unwrap() {
        let text = task["data"]["text"].as_str().unwrap();
        assert_eq!(text, texts[task["data"]["name"].as_str().unwrap()]);
        assert!(task["annotations"].is_null(), "proposals are no annotations");
        let result = task["predictions"][0]["result"].as_array().unwrap();
        assert!(!result.is_empty());
        for region in result.iter().filter(|region| region["type"] == "labels") {
            let value = &region["value"];
            assert_eq!(value["text"], slice(text, &value["start"], &value["end"]));
            let label = value["labels"][0].as_str().unwrap().replace('&', "&amp;");
            assert!(config.contains(&format!("<Label value=\"{label}\"/>")), "{label}");
        }
    }
    let curated = Folder::new().run(["corpus", "export", "--format", "labelstudio"]).ends(0).json();
    assert_eq!(curated.as_array().unwrap().len(), 35);
    for task in curated.as_array().unwrap() {
        let text = task["data"]["text"].as_str().unwrap();
        for region in task["annotations"][0]["result"].as_array().unwrap() {
            let value = &region["value"];
            if region["type"] == "labels" {
                assert_eq!(value["text"], slice(text, &value["start"], &value["end"]));
            }
        }
    }
}

/// The elements of a project in order: names with their attributes.
fn elements(xml: &str) -> Vec<(String, BTreeMap<String, String>)> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let mut found = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                let attributes = tag.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    (attribute.key.as_ref().to_owned(), attribute.value.to_string())
                });
                found.push((tag.name().as_ref().to_owned(), attributes.collect()));
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// Checks a project by itself; gives the quotes that are coded, with how many
/// codings each has.
fn coded(project: &[u8]) -> Vec<(String, usize)> {
    let files = files(project);
    let xml = std::str::from_utf8(&files["project.qde"]).unwrap();
    let elements = elements(xml);
    let named: Vec<&String> =
        elements.iter().filter_map(|(_, attributes)| attributes.get("guid")).collect();
    let guids: BTreeSet<&String> = named.iter().copied().collect();
    assert_eq!(named.len(), guids.len(), "every name is used once");
    let mut text = String::new();
    let mut quotes: Vec<(String, usize)> = Vec::new();
    for (name, attributes) in &elements {
        if let Some(target) = attributes.get("targetGUID") {
            assert!(guids.contains(target), "{name} leads nowhere");
        }
        match name.as_str() {
            "TextSource" => {
                let path = attributes["plainTextPath"].replace("internal://", "sources/");
                text = String::from_utf8(files[&path].clone()).unwrap();
            }
            "PlainTextSelection" => {
                let at = |key: &str| Value::from(attributes[key].parse::<u64>().unwrap());
                quotes.push((slice(&text, &at("startPosition"), &at("endPosition")), 0));
            }
            "Coding" => quotes.last_mut().unwrap().1 += 1,
            _ => {}
        }
    }
    quotes
}

#[test]
fn a_project_codes_every_quote_where_it_stands() {
    for edition in EDITIONS {
        let folder = Folder::new();
        let export = ["corpus", "export", "--taxonomy", edition, "-o", "p.qdpx"];
        folder.run(export).ends(0).quietly();
        let project = bytes(&folder, "p.qdpx");
        folder.run(export).ends(0);
        assert!(project == bytes(&folder, "p.qdpx"), "the same bytes");
        let found = coded(&project);
        let tags = shipped_tags(edition);
        let quotes = tags.iter().filter(|tag| !tag.quote.is_empty()).count();
        assert_eq!(found.iter().map(|(_, codings)| codings).sum::<usize>(), quotes);
        let words: BTreeSet<&str> = found.iter().map(|(quote, _)| quote.as_str()).collect();
        let wanted: BTreeSet<&str> =
            tags.iter().map(|tag| tag.quote.as_str()).filter(|quote| !quote.is_empty()).collect();
        assert_eq!(words, wanted);
        // What is absent is said too: a value for every cell.
        let xml = String::from_utf8(files(&project)["project.qde"].clone()).unwrap();
        let cells: BTreeSet<_> = tags
            .iter()
            .filter(|tag| tag.element.as_str() != "other")
            .map(|tag| (&tag.source, &tag.element))
            .collect();
        assert_eq!(xml.matches("<VariableValue>").count(), cells.len());
    }
}

#[test]
fn a_project_of_proposals_has_the_documents_themselves() {
    let (folder, texts) = proposed();
    export(&folder, "all.json", "qdpx", &["--source", "in", "-o", "p.qdpx"]).ends(0).quietly();
    let project = bytes(&folder, "p.qdpx");
    let sources: BTreeSet<String> = files(&project)
        .into_iter()
        .filter(|(path, _)| path.starts_with("sources/"))
        .map(|(_, text)| String::from_utf8(text).unwrap())
        .collect();
    assert_eq!(sources, texts.into_values().collect());
    let json: Value = serde_json::from_slice(&bytes(&folder, "all.json")).unwrap();
    let documents = json["documents"].as_array().unwrap().iter();
    let proposals = documents.flat_map(|document| document["proposals"].as_array().unwrap());
    let evidence: usize =
        proposals.map(|proposal| proposal["evidence"].as_array().unwrap().len()).sum();
    assert_eq!(coded(&project).iter().map(|(_, codings)| codings).sum::<usize>(), evidence);
}

#[test]
fn a_workbook_has_its_four_sheets_and_is_the_same_every_time() {
    let folder = Folder::new();
    let export = ["corpus", "export", "-o", "tags.xlsx"];
    folder.run(export).ends(0).quietly();
    let book = bytes(&folder, "tags.xlsx");
    std::thread::sleep(std::time::Duration::from_millis(1100));
    folder.run(export).ends(0).quietly();
    assert!(book == bytes(&folder, "tags.xlsx"));
    let files = files(&book);
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    for sheet in ["Matrix", "Tags", "Agreements", "Elements"] {
        assert!(text("xl/workbook.xml").contains(&format!("name=\"{sheet}\"")), "{sheet}");
    }
    assert!(text("xl/worksheets/sheet1.xml").contains("state=\"frozen\""));
}

#[test]
fn the_package_that_ships_is_the_one_that_is_made() {
    let folder = Folder::new();
    let export = ["corpus", "export", "--format", "datapackage"];
    let descriptor = folder.run(export).ends(0).quietly().stdout;
    golden::check("../../corpus/datapackage.json", &descriptor);
    folder.run(export.into_iter().chain(["-o", "package"])).ends(0).quietly();
    folder.run(export.into_iter().chain(["-o", "package.zip"])).ends(0).quietly();
    let zipped = files(&bytes(&folder, "package.zip"));
    assert_eq!(zipped.len(), 3);
    for (path, whole) in &zipped {
        assert!(bytes(&folder, &format!("package/{path}")) == *whole, "{path}");
    }
    assert_eq!(zipped["datapackage.json"], descriptor.as_bytes());
    for edition in EDITIONS {
        assert_eq!(zipped[&format!("curated/{edition}.csv")], shipped(edition).as_bytes());
    }
}

#[test]
fn what_cannot_be_exported_is_said() {
    let folder = Folder::new()
        .file("bad.csv", "agreement,element,status,citation,quote,note,source\na,9.9,absent,,,,s\n")
        .file(
            "two.csv",
            "agreement,element,status,citation,quote,note,source\n\
                          a,1.1,present,,A quote.,,s\nb,1.1,present,,Another.,,s\n",
        )
        .file("other.json", "{\"kind\": \"texts\"}")
        .file("doc.txt", "A quote.");
    for (args, said) in [
        (&["--format", "csv", "--source", "doc.txt"][..], "--source is of use only to"),
        (&["-o", "tags.odt"], "tags.odt: no form ends in .odt; name one with --format"),
        (&["--agreement", "no-such-thing"], "there are no tags of agreement `no-such-thing`"),
        (&["bad.csv"], "s: bpf-2021 has no element 9.9"),
        (&["none.csv"], "cannot read none.csv"),
        (
            &["other.json"],
            "other.json: neither tidy CSV, nor a ledger of decisions, nor what `normtag tag",
        ),
        (
            &["two.csv", "--format", "qdpx", "--source", "doc.txt"],
            "doc.txt: whose document is this",
        ),
        (&["two.csv", "-o", "two.csv"], "two.csv: the tags are read from here"),
        (&["two.csv", "--format", "datapackage"], "a package holds the corpus"),
        (
            &["two.csv", "-o", "doc.txt", "--format", "qdpx", "--source", "b=doc.txt"],
            "doc.txt: this is a source",
        ),
    ] {
        let ran = folder.run(["corpus", "export"].iter().chain(args)).ends(2);
        ran.says(&[said]);
    }
    let unread = ["--format", "qdpx", "--source", "a=none.pdf", "-o", "p.qdpx"];
    export(&folder, "two.csv", "qdpx", &unread[2..]).ends(1).says(&["none.pdf: no such file"]);
}

/// Tags of every kind in few rows.
const FEW: &str = "agreement,element,status,citation,quote,note,source
paris-call-2018,1.1,present,Art. 1,\"Rights | “online” are *kept*.\",,made/1
paris-call-2018,1.1,present,Pg. 2 Pg. 3,Kept again.,a remark,made/1
paris-call-2018,1.2,indirect,Preamble,Data are named.,,made/1
paris-call-2018,2.1,indirect,,,touched in passing,made/1
paris-call-2018,2.2,absent,,,,made/1
paris-call-2018,2.3,absent,,,\"says “elections” elsewhere\",made/1
paris-call-2018,2.4,unrecorded,,,a page is lost,made/1
paris-call-2018,other,present,Art. 9,Tides are shared.,Tides; and more,made/1
";

#[test]
fn the_template_reads_as_a_person_would_write_it() {
    let folder = Folder::new().file("few.csv", FEW);
    folder.run(["corpus", "export", "few.csv", "-o", "few.md"]).ends(0).quietly();
    golden::check("export/few.md", &String::from_utf8(bytes(&folder, "few.md")).unwrap());
}

#[test]
fn a_person_may_say_in_words_what_is_recorded() {
    let table = "\
i. A Charter

Agreement Overview\t\t\t
<b>I. Name of Agreement</b>\tA Charter\t\t
\t1.1 Human Rights\tArt. 1 (Indirect)\t“They affirm rights.”
\t1.2 Personal data\tIndirect\t
\t2.1 CIP\tPresent\t“Kept.”
\t2.2 Essential services\tUnrecorded\tNOTE: a “page” is lost.
\t2.3 Electoral processes\t<cite>Art. 2 Art. 3</cite>\t<q>“a” means “b”</q>NOTE: as defined.
";
    let folder = Folder::new().file("table.txt", table);
    let out =
        folder.run(["corpus", "import", "table.txt", "--taxonomy", "bpf-2021"]).ends(1).stdout;
    assert_eq!(
        out,
        "agreement,element,status,citation,quote,note,source
bpf-2021/i,1.1,indirect,Art. 1,They affirm rights.,,bpf-2021/i
bpf-2021/i,1.2,indirect,,,,bpf-2021/i
bpf-2021/i,2.1,present,,Kept.,,bpf-2021/i
bpf-2021/i,2.2,unrecorded,,,a “page” is lost.,bpf-2021/i
bpf-2021/i,2.3,present,Art. 2 Art. 3,“a” means “b”,as defined.,bpf-2021/i
"
    );
}

#[test]
fn the_citation_file_names_this_version() {
    let text = std::fs::read_to_string(project().join("CITATION.cff")).unwrap();
    assert!(text.contains(concat!("\nversion: ", env!("CARGO_PKG_VERSION"), "\n")));
}
