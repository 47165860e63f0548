//! The curated tags: that the files are sound, and that they are what import
//! makes of their sources.

use crate::program::{Folder, project};
use crate::shared::shared;
use crate::tagging::rules;
use normtag::citation::Cited;
use normtag::corpus::{OTHER, Registry, built_in_agreements, parse_tags, sort_tags};
use normtag::model::{Presence, Tag, Taxonomy};
use std::collections::{BTreeMap, BTreeSet};

/// An edition: its file, its source among the seeds, the list its entries are
/// numbered by, and how many entries and cells it has.
struct Edition {
    taxonomy: &'static str,
    seed: &'static str,
    list: &'static str,
    entries: usize,
    cells: usize,
}

const EDITIONS: [Edition; 2] = [
    Edition {
        taxonomy: "bpf-2021",
        seed: "2021-bpf-references-document.txt",
        list: "2021-references",
        entries: 35,
        cells: 910,
    },
    Edition {
        taxonomy: "bpf-2019",
        seed: "2019-bpf-cybersecurity-draft-report.txt",
        list: "2019-review",
        entries: 20,
        cells: 200,
    },
];

const CORRECTIONS: &str = "corpus/curated/corrections.toml";

impl Edition {
    fn text(&self) -> String {
        let path = project().join(format!("corpus/curated/{}.csv", self.taxonomy));
        std::fs::read_to_string(path).unwrap()
    }

    fn tags(&self) -> Vec<Tag> {
        let parsed = parse_tags(&self.text());
        assert_eq!(parsed.mistakes, [], "{}", self.taxonomy);
        parsed.tags.into_iter().map(|(_, tag)| tag).collect()
    }

    fn taxonomy(&self) -> Taxonomy {
        rules(self.taxonomy).taxonomy
    }
}

/// What is recorded for each cell: each source and element of the taxonomy.
fn cells(tags: &[Tag]) -> BTreeMap<(&str, &str), BTreeSet<Presence>> {
    let mut cells: BTreeMap<_, BTreeSet<Presence>> = BTreeMap::new();
    for tag in tags.iter().filter(|tag| tag.element.as_str() != OTHER) {
        cells.entry((tag.source.as_str(), tag.element.as_str())).or_default().insert(tag.status);
    }
    cells
}

#[test]
fn every_cell_is_recorded_once() {
    for edition in &EDITIONS {
        let tags = edition.tags();
        let found = cells(&tags);
        let sources: BTreeSet<&str> = tags.iter().map(|tag| tag.source.as_str()).collect();
        assert_eq!(sources.len(), edition.entries, "{}", edition.taxonomy);
        for source in sources {
            for element in &edition.taxonomy().elements {
                let cell = found.get(&(source, element.code.as_str()));
                let cell = cell.unwrap_or_else(|| panic!("{source} has no {}", element.code));
                assert_eq!(cell.len(), 1, "{source} {}: {cell:?}", element.code);
            }
        }
        assert_eq!(found.len(), edition.cells, "{}", edition.taxonomy);
    }
}

#[test]
fn rows_say_what_they_must() {
    for edition in &EDITIONS {
        for tag in edition.tags() {
            let said = !tag.quote.is_empty() || !tag.note.is_empty();
            match tag.status {
                Presence::Present | Presence::Indirect => assert!(said, "{tag:?}"),
                Presence::Absent => assert!(tag.quote.is_empty(), "{tag:?}"),
                Presence::NotAssessed => assert!(!tag.note.is_empty(), "{tag:?}"),
            }
            for text in [&tag.citation, &tag.quote, &tag.note] {
                assert_eq!(text.split_whitespace().collect::<Vec<_>>().join(" "), **text);
                assert!(!text.contains("</") && !text.contains("&amp;"), "{tag:?}");
            }
            // The marks around a quote are off; those inside it stay.
            assert!(!tag.quote.starts_with(['“', '”']), "{tag:?}");
            assert!(!tag.quote.ends_with('“'), "{tag:?}");
        }
    }
}

#[test]
fn rows_are_sorted_and_none_stands_twice() {
    for edition in &EDITIONS {
        let tags = edition.tags();
        let mut sorted = tags.clone();
        sort_tags(&mut sorted, &edition.taxonomy());
        assert!(tags == sorted, "{} is not sorted", edition.taxonomy);
        let mut seen = BTreeSet::new();
        for tag in &tags {
            assert!(seen.insert(tag), "twice: {tag:?}");
        }
        let text = edition.text();
        assert!(text.ends_with('\n') && !text.contains('\r'), "{}", edition.taxonomy);
    }
}

#[test]
fn every_entry_is_the_agreement_that_the_registry_lists() {
    let registry = Registry::load(&built_in_agreements()).registry.unwrap();
    for edition in &EDITIONS {
        let pairs: BTreeSet<_> =
            edition.tags().into_iter().map(|tag| (tag.agreement, tag.source)).collect();
        assert_eq!(pairs.len(), edition.entries, "{}", edition.taxonomy);
        for (agreement, source) in pairs {
            let listed = registry.agreement(&agreement).unwrap_or_else(|| panic!("{agreement}"));
            let on = listed.lists.iter().any(|listing| listing.list.as_str() == edition.list);
            assert!(on, "{agreement} ({source}) is not on {}", edition.list);
        }
    }
}

#[test]
fn export_gives_the_files_byte_for_byte_and_import_takes_them_back() {
    for edition in &EDITIONS {
        let name = edition.taxonomy;
        let folder = Folder::new();
        let out = folder.run(["corpus", "export", "--taxonomy", name, "--format", "csv"]);
        assert!(out.ends(0).quietly().stdout == edition.text(), "{name}");
        let folder = folder.file("tags.csv", edition.text());
        let again = folder.run(["corpus", "import", "tags.csv", "--taxonomy", name]).ends(0);
        assert!(again.stdout == edition.text(), "{name}");
        let json = folder.run(["corpus", "export", "--taxonomy", name, "--format", "json"]);
        let json = json.ends(0).json();
        assert_eq!(json["kind"], "tags");
        assert_eq!(json["tags"].as_array().unwrap().len(), edition.tags().len());
    }
}

#[test]
fn importing_the_sources_again_makes_no_difference() {
    let Some(shared) = shared("importing_the_sources_again") else { return };
    for edition in &EDITIONS {
        let seed = shared.join("seeds").join(edition.seed);
        let corrections = project().join(CORRECTIONS);
        let ran = Folder::new().run([
            "corpus".as_ref(),
            "import".as_ref(),
            seed.as_os_str(),
            "--taxonomy".as_ref(),
            edition.taxonomy.as_ref(),
            "--list".as_ref(),
            edition.list.as_ref(),
            "--corrections".as_ref(),
            corrections.as_os_str(),
        ]);
        let ran = ran.ends(0).says(&[" 0 unread"]);
        assert!(ran.stdout == edition.text(), "{} differs", edition.taxonomy);
        println!("{}", counts(edition));
    }
}

/// How many entries each element is present, and indirect, in.
fn counts(edition: &Edition) -> String {
    let mut lines = Vec::new();
    let tags = edition.tags();
    let found = cells(&tags);
    let count = |element: Option<&str>, status: Presence| {
        let meant = |code: &str| element.is_none_or(|element| element == code);
        found.iter().filter(|((_, code), cell)| meant(code) && cell.contains(&status)).count()
    };
    for element in &edition.taxonomy().elements {
        let code = Some(element.code.as_str());
        let (present, indirect) = (count(code, Presence::Present), count(code, Presence::Indirect));
        lines.push(format!("{:24} present {present:3}  indirect {indirect:3}", element.code));
    }
    let all = [Presence::Present, Presence::Indirect, Presence::Absent, Presence::NotAssessed];
    let totals = all.map(|status| format!("{} {}", count(None, status), status.as_str()));
    lines.push(format!("{}: {}", edition.taxonomy, totals.join(", ")));
    lines.join("\n")
}

#[test]
fn most_citations_are_read_by_the_grammar() {
    let all: Vec<Tag> = EDITIONS.iter().flat_map(Edition::tags).collect();
    let distinct: BTreeSet<&str> = all
        .iter()
        .map(|tag| tag.citation.as_str())
        .filter(|citation| !citation.is_empty())
        .collect();
    let verbatim: Vec<&str> =
        distinct.iter().copied().filter(|text| Cited::parse(text).canonical().is_none()).collect();
    let read = distinct.len() - verbatim.len();
    println!("{read} of {} citations are read; verbatim: {verbatim:#?}", distinct.len());
    assert!(read * 100 >= distinct.len() * 95, "{read} of {}", distinct.len());
}

#[test]
fn no_row_is_dropped_in_silence() {
    let table = "\
i. A Charter

Agreement Overview\t\t\t
<b>I. Name of Agreement</b>\tA Charter\t\t
VII. Colour\t\t\t
Category\tNorms elements\tParagraph/citation\tQuote from Text
\tstray words\tArt. 1\t“A quote.”
<b>1. Rights and freedoms</b>\t<b>1.1 Human Rights</b>\tArt. 1\t“A quote.”\tmore
\t1.2 Personal data\tN/A\t
\t\tArt. 9\t“Out of its row.”
";
    let folder = Folder::new().file("table.txt", table);
    let ran = folder.run(["corpus", "import", "table.txt", "--taxonomy", "bpf-2021"]).ends(1);
    let ran = ran.says(&[
        "table.txt:7: no element is named where one was looked for: “stray words",
        "table.txt:8: more cells than a row has: “1. Rights and freedoms",
        "table.txt:10: bpf-2021/i: under no element: “Out of its row.”",
        "table.txt:1: bpf-2021/i: no row for 1.1",
    ]);
    assert!(ran.stdout.contains("bpf-2021/i,1.2,absent,,,,bpf-2021/i\n"), "{}", ran.stdout);

    let rows = "agreement,element,status,citation,quote,note,source\n\
                a,1.1,maybe,,,,s\na,9.9,absent,,,,s\na,1.1,absent,,,s\na,1.1,absent,,,,s\n";
    let folder = Folder::new().file("tags.csv", rows);
    let ran = folder.run(["corpus", "import", "tags.csv", "--taxonomy", "bpf-2021"]).ends(1);
    ran.says(&[
        "tags.csv:2: no status of this name",
        "tags.csv:3: bpf-2021 has no element 9.9",
        "tags.csv:4: 6 cells, not 7",
    ]);
}

#[test]
fn a_correction_that_finds_nothing_is_no_correction() {
    let table =
        "i. A Charter\n\nAgreement Overview\t\t\t\n\t1.1 Human Rights\tArt. 1\t“A quote.”\n";
    let one = "format = 1\n[[correction]]\nsource = \"bpf-2021/i\"\nelement = \"1.1\"\n\
               begins = \"Another\"\nremark = true\nwhy = \"a test\"\n";
    let folder = Folder::new().file("table.txt", table).file("c.toml", one);
    let import = ["corpus", "import", "table.txt", "--taxonomy", "bpf-2021", "--corrections"];
    let run = |file: &str| folder.run(import.iter().copied().chain([file]));
    run("c.toml").ends(1).says(&["bpf-2021/i 1.1: no row begins with “Another”"]);
    let folder = Folder::new().file("table.txt", table).file("c.toml", "format = 1\nwhy = 2\n");
    let ran = folder.run(import.iter().copied().chain(["c.toml"]));
    ran.ends(2).says(&["c.toml", "unknown field `why`"]);
}

/// A made-up agreement's table, and the same in every form it may come in.
const TEXT: &str = "\
i. Harbour Charter

Agreement Overview\t\t\t
<b>I. Name of Agreement</b>\tHarbour Charter\t\t
Norms Analysis\t\t\t
Category\tNorms elements\tParagraph/citation\tQuote from Text
<b>1. Rights and freedoms</b>\t<b>1.1 Human Rights</b>\tN/A\tNOTE: Said elsewhere.
\t<b>1.2 Personal data</b>\tArt. 2\t<p><b>2 Data</b></p> <p>“Members <i>shall</i> protect data &amp; keep it.”</p>
\t\tArt. 3\t“They agree.<sup>7</sup>”
<b>Any other norms areas included?</b>\tTides\tArt. 9\t“Tides are shared.”
";

const HTML: &str = "\
<!DOCTYPE html><h2>i. Harbour Charter</h2>
<table><tr><th colspan=4>Agreement Overview</th></tr>
<tr><td><b>I. Name of Agreement</b><td colspan=3>Harbour Charter</tr>
<tr><th colspan=4>Norms Analysis</th></tr>
<tr><th>Category<th>Norms elements<th>Paragraph/citation<th>Quote from Text</tr>
<tr><td rowspan=3>1. Rights
 and freedoms<td>1.1 Human Rights<td>N/A<td>NOTE: Said
 elsewhere.</tr>
<tr><td rowspan=2>1.2 Personal data<td>Art. 2
<td><p><strong>2 Data</strong></p><p>“Members <em>shall</em> protect data &amp; keep it.”</p></tr>
<tr><td>Art. 3<td>“They agree.<sup>7</sup>”</tr>
<tr><td>Any other norms areas included?<td>Tides<td>Art. 9<td>“Tides are shared.”</tr></table>
";

const MARKDOWN: &str = "\
## i. Harbour Charter

### Agreement Overview

| | |
|---|---|
| I. Name of Agreement | Harbour Charter |

### Norms Analysis

| Category | Norms elements | Paragraph/citation | Quote from Text |
|---|---|---|---|
| 1. Rights and freedoms | 1.1 Human Rights | N/A | NOTE: Said elsewhere. |
| | 1.2 Personal data | Art. 2 | **2 Data**<br>“Members *shall* protect data & keep it.” |
| | | Art. 3 | “They agree.<sup>7</sup>” |
| Any other norms areas included? | Tides | Art. 9 | “Tides are shared.” |
";

fn docx() -> Vec<u8> {
    let run = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let cell = |words: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", run(words));
    let row = |cells: &[&str]| {
        format!("<w:tr>{}</w:tr>", cells.iter().map(|words| cell(words)).collect::<String>())
    };
    let wide = |words: &str| {
        let properties = "<w:tcPr><w:gridSpan w:val=\"4\"/></w:tcPr>";
        format!("<w:tr><w:tc>{properties}<w:p>{}</w:p></w:tc></w:tr>", run(words))
    };
    let bold = "<w:r><w:rPr><w:b/></w:rPr><w:t>2 Data</w:t></w:r>";
    let data = run("“Members shall protect data &amp; keep it.”");
    let raised = "<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>7</w:t></w:r>";
    let quote = format!("<w:tc><w:p>{bold}</w:p><w:p>{data}</w:p></w:tc>");
    let noted = format!("<w:tc><w:p>{}{raised}{}</w:p></w:tc>", run("“They agree."), run("”"));
    let body = [
        format!("<w:p>{}</w:p><w:tbl>", run("i. Harbour Charter")),
        wide("Agreement Overview"),
        row(&["I. Name of Agreement", "Harbour Charter", "", ""]),
        wide("Norms Analysis"),
        row(&["Category", "Norms elements", "Paragraph/citation", "Quote from Text"]),
        row(&["1. Rights and freedoms", "1.1 Human Rights", "N/A", "NOTE: Said elsewhere."]),
        format!("<w:tr>{}{}{}{quote}</w:tr>", cell(""), cell("1.2 Personal data"), cell("Art. 2")),
        format!("<w:tr>{}{}{}{noted}</w:tr>", cell(""), cell(""), cell("Art. 3")),
        row(&["Any other norms areas included?", "Tides", "Art. 9", "“Tides are shared.”"]),
        "</w:tbl>".to_owned(),
    ];
    crate::build::docx(&body.concat())
}

#[test]
fn a_table_gives_the_same_tags_in_every_form() {
    let expected = "\
agreement,element,status,citation,quote,note,source
bpf-2021/i,1.1,absent,,,Said elsewhere.,bpf-2021/i
bpf-2021/i,1.2,present,Art. 2,Members shall protect data & keep it.,2 Data,bpf-2021/i
bpf-2021/i,1.2,present,Art. 3,They agree.,,bpf-2021/i
bpf-2021/i,other,present,Art. 9,Tides are shared.,Tides,bpf-2021/i
";
    let folder = Folder::new().file("t.txt", TEXT).file("t.html", HTML);
    let folder = folder.file("t.md", MARKDOWN).file("t.docx", docx());
    for name in ["t.txt", "t.html", "t.md", "t.docx"] {
        let ran = folder.run(["corpus", "import", name, "--taxonomy", "bpf-2021"]);
        assert_eq!(ran.stdout, expected, "{name}: {}", ran.stderr);
        // Elements without a row are named; every row was read.
        let ran = ran.ends(1).says(&["no row for 2.1", "1 entries, 4 tags"]);
        assert!(!ran.stderr.contains("no element is named"), "{}", ran.stderr);
    }
}

#[test]
fn a_review_gives_the_same_tags_in_a_grid() {
    let text = "[bookmark: x]A Charter\n\tAgreement element\n\tPresent?\n\tNotes\n\n\
                \tReference to Human Rights\n\tIndirectly\n\tOn rights: “We affirm.”\n\n\
                \tSpecified CBMs´\n\tNo\n\t\n\n\n\nProse.\n";
    let grid = "# A Charter\n\n| Agreement element | Present? | Notes |\n|---|---|---|\n\
                | Reference to Human Rights | Indirectly | On rights: “We affirm.” |\n\
                | Specified CBMs´ | No | |\n\nProse.\n";
    let expected = "\
agreement,element,status,citation,quote,note,source
bpf-2019/1,cbms,absent,,,,bpf-2019/1
bpf-2019/1,human-rights,indirect,,We affirm.,On rights:,bpf-2019/1
";
    let folder = Folder::new().file("r.txt", text).file("r.md", grid);
    for name in ["r.txt", "r.md"] {
        let ran = folder.run(["corpus", "import", name, "--taxonomy", "bpf-2019"]);
        assert_eq!(ran.stdout, expected, "{name}: {}", ran.stderr);
    }
}
