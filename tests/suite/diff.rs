//! Two codings compared, through the program: every form of a side, every
//! form of the report, and what is said of sides that cannot be compared.

use crate::one_agreement::corpus;
use crate::program::{Folder, Ran, project, sample};
use crate::server::{Server, reply};
use crate::shared::{files, shared};
use normtag::corpus::built_in_rules;
use serde_json::Value;

/// Tidy CSV: agreement, element, status.
fn rows(cells: &[(&str, &str, &str)]) -> String {
    let mut text = "agreement,element,status,citation,quote,note,source\n".to_owned();
    for (agreement, element, status) in cells {
        let quote = if *status == "absent" { "" } else { "States shall keep their networks safe." };
        let citation = if *status == "absent" { "" } else { "Art. 3" };
        text += &format!("{agreement},{element},{status},{citation},{quote},,made-up/i\n");
    }
    text
}

/// The built-in rules in the folder's `rules`, changed.
pub(crate) fn with_rules(folder: Folder, change: impl Fn(&str, &str) -> String) -> Folder {
    built_in_rules()
        .iter()
        .fold(folder, |folder, file| folder.file(&file.path, change(&file.path, &file.text)))
}

/// A score of the JSON.
fn score<'v>(json: &'v Value, name: &str, scope: &str, reading: &str) -> &'v Value {
    let all = json["scores"].as_array().unwrap();
    let is = |score: &&Value| {
        score["name"] == name && score["scope"] == scope && score["reading"] == reading
    };
    all.iter().find(is).unwrap_or_else(|| panic!("no {name} {scope} {reading}"))
}

#[track_caller]
fn check_value(score: &Value, expected: f64) {
    let value = score["value"].as_f64().unwrap_or_else(|| panic!("{score}"));
    assert!((value - expected).abs() < 0.0005, "{expected}: {score}");
}

fn diff(folder: &Folder, args: &[&str]) -> Ran {
    folder.run(std::iter::once("diff").chain(args.iter().copied()))
}

#[test]
fn the_editions_agree_as_far_as_the_codebook_says() {
    let folder = Folder::new();
    let args = ["bpf-2019", "bpf-2021", "--all-coefficients", "--format", "json"];
    let json = diff(&folder, &args).ends(1).quietly().json();
    assert_eq!(json["agreements"].as_array().unwrap().len(), 13);
    assert_eq!(json["cells"].as_array().unwrap().len(), 26);
    assert_eq!(json["counts"]["same"], 20);
    check_value(score(&json, "kappa", "pooled", "present"), 0.547);
    check_value(score(&json, "kappa", "element:human-rights", "present"), 0.698);
    check_value(score(&json, "kappa", "element:responsible-disclosure", "present"), 0.395);
    // The two editions took different documents of the OAS.
    assert!(!json["agreements"].to_string().contains("oas-"), "{}", json["agreements"]);
}

#[test]
fn over_too_few_cells_no_coefficient_is_given_unless_asked_for() {
    let folder = Folder::new();
    let json = diff(&folder, &["bpf-2019", "bpf-2021", "--format", "json"]).json();
    let kappa = score(&json, "kappa", "element:human-rights", "present");
    assert_eq!((&kappa["value"], &kappa["why"]), (&Value::Null, &Value::from("too-few")));
    let table = diff(&folder, &["bpf-2019", "bpf-2021"]).stdout;
    let line = table.lines().find(|line| line.starts_with("human-rights Reference")).unwrap();
    assert!(line.ends_with("too few"), "{line}");
    let table = diff(&folder, &["bpf-2019", "bpf-2021", "--all-coefficients"]).stdout;
    assert!(table.contains("0.698*") && table.contains("* over too few cells"), "{table}");
}

#[test]
fn the_editions_turned_round_give_the_same_figures() {
    let folder = Folder::new();
    let json = diff(&folder, &["bpf-2021", "bpf-2019", "--format", "json"]).ends(1).json();
    check_value(score(&json, "kappa", "pooled", "present"), 0.547);
    assert_eq!(json["counts"]["added"], 5);
    assert_eq!(json["elements"][1]["kind"], "narrower");
}

#[test]
fn tags_against_themselves_do_not_differ() {
    let folder = Folder::new();
    let ran = diff(&folder, &["bpf-2021", "bpf-2021", "--by", "entry"]).ends(0).quietly();
    assert!(ran.stdout.contains("910 cells of 35 entries · no difference"), "{}", ran.stdout);
    let ran = diff(&folder, &["bpf-2021", "bpf-2021"]).ends(0);
    assert!(ran.stdout.contains("858 cells of 33 agreements · no difference"), "{}", ran.stdout);
    // The same through a file, in both forms of export.
    for form in ["csv", "json"] {
        let tags = folder.run(["corpus", "export", "--format", form]).ends(0).stdout;
        let name = format!("tags.{form}");
        let folder = Folder::new().file(&name, tags);
        let ran = diff(&folder, &[&name, "bpf-2021", "--by", "entry"]).ends(0);
        assert!(ran.stdout.contains("910 cells of 35 entries · no difference"), "{form}");
    }
}

#[test]
fn an_agreement_entered_twice_keeps_the_stronger_value_and_both_records() {
    let folder = Folder::new();
    let args = ["bpf-2021", "bpf-2021", "--agreement", "un-oewg-2021", "--format", "json"];
    let json = diff(&folder, &args).ends(0).json();
    let cells = json["cells"].as_array().unwrap();
    assert_eq!(cells.len(), 26);
    let sources = |cell: &Value| {
        let evidence = cell["left"]["evidence"].as_array().cloned().unwrap_or_default();
        let sources = evidence.iter().map(|passage| passage["source"].as_str().unwrap().to_owned());
        sources.collect::<std::collections::BTreeSet<_>>()
    };
    assert!(cells.iter().any(|cell| sources(cell).len() == 2), "no cell has both records");
}

#[test]
fn every_change_is_told() {
    let left = rows(&[
        ("a", "1.1", "absent"),
        ("a", "1.2", "present"),
        ("a", "2.1", "indirect"),
        ("a", "2.2", "present"),
        ("a", "2.3", "present"),
        ("a", "2.4", "unrecorded"),
    ]);
    let right = rows(&[
        ("a", "1.1", "indirect"),
        ("a", "1.2", "absent"),
        ("a", "2.1", "present"),
        ("a", "2.2", "indirect"),
        ("a", "2.3", "present"),
        ("a", "2.4", "present"),
    ]);
    let folder = Folder::new().file("left.csv", left).file("right.csv", right);
    let args = ["left.csv", "right.csv", "--taxonomy", "bpf-2021", "--format", "json"];
    let json = diff(&folder, &args).ends(1).quietly().json();
    assert_eq!((&json["format"], &json["kind"]), (&Value::from(1), &Value::from("diff")));
    let changes: Vec<&str> = json["cells"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cell| cell["change"].as_str().unwrap())
        .collect();
    let expected = ["added", "removed", "strengthened", "weakened", "same", "not-comparable"];
    assert_eq!(changes, expected);
    let evidence = &json["cells"][4]["evidence"];
    assert_eq!((&evidence["quotes"], &evidence["citations"]), (&"same".into(), &"same".into()));
    let csv = diff(&folder, &["left.csv", "right.csv", "--format", "csv", "--change", "weakened"]);
    let csv = csv.ends(1).stdout;
    assert_eq!(csv.lines().count(), 2, "{csv}");
    assert!(
        csv.lines().nth(1).unwrap().starts_with("a,,2.2,2.2,weakened,present,indirect,same,1,")
    );
    let one = diff(&folder, &["left.csv", "right.csv", "--element", "2.3"]).ends(0);
    assert!(one.stdout.contains("1 cell of 1 agreement · no difference"), "{}", one.stdout);
}

#[test]
fn only_a_floor_decides_where_one_is_named() {
    let folder = Folder::new();
    let run = |floors: &[&str]| {
        let flags = floors.iter().flat_map(|floor| ["--fail-under", floor]);
        let args: Vec<&str> = ["bpf-2019", "bpf-2021"].into_iter().chain(flags).collect();
        diff(&folder, &args)
    };
    run(&["kappa=0.5", "agreement=0.7"]).ends(0).quietly();
    run(&["kappa=0.6"]).ends(1).says(&["kappa@present is 0.547, below 0.6"]);
    run(&["kappa=0.5", "alpha@any=0.9"]).ends(1).says(&["alpha@any is 0.545, below 0.9"]);
    run(&["f1=0.5"]).ends(2).says(&["precision, recall and F1 need --reference"]);
    run(&["kapa=0.5"]).ends(2).says(&["no score is named \"kapa\"; there are agreement, kappa"]);
    run(&["kappa=6"]).ends(2).says(&["6 is not between -1 and 1"]);
    let few = ["bpf-2019", "bpf-2021", "--element", "human-rights", "--fail-under", "kappa=0.1"];
    diff(&folder, &few).ends(1).says(&["cannot be told over these 13 cells (too few"]);
}

#[test]
fn a_source_is_tagged_and_compared_with_its_curated_tags() {
    let text = "# Call\n\n1. States should protect human rights online.\n\n\
                2. We will prevent activity that damages the public core of the Internet.\n";
    let folder = Folder::new().file("paris-call-2018.md", text).file("note.md", text);
    let by_stem = diff(&folder, &["paris-call-2018.md", "--format", "json"]).ends(1).json();
    let by_id = diff(&folder, &["note.md", "--as", "paris-call-2018", "--format", "json"]);
    let by_id = by_id.ends(1).json();
    for json in [by_stem, by_id] {
        assert_eq!(json["agreements"][0]["agreement"], "paris-call-2018");
        assert_eq!(json["cells"].as_array().unwrap().len(), 26);
        assert_eq!(json["reference"], "right");
        assert!(json["left"]["rules"].as_str().unwrap().starts_with("sha256:"));
        let text = &json["agreements"][0]["left_texts"][0];
        assert!(text["digest"].as_str().unwrap().starts_with("sha256:"));
        // Rules were written looking at another form of this agreement.
        assert_eq!(json["development"]["agreements"][0], "paris-call-2018");
        assert_eq!(score(&json, "kappa", "pooled", "present")["development"], true);
    }
    diff(&folder, &["bpf-2021"]).ends(2).says(&["bpf-2021: name the side that its curated tags"]);
    // What was tagged already is not tagged again.
    let tagged = ["tag", "paris-call-2018.md", "--format", "json", "-o", "p.json"];
    folder.run(tagged).ends(0);
    let json = diff(&folder, &["p.json", "--format", "json"]).ends(1).json();
    assert_eq!(
        (&json["right"]["name"], &json["left"]["name"]),
        (&"bpf-2021".into(), &"p.json".into())
    );
    let alone = diff(&folder, &["note.md"]).ends(2);
    alone.says(&["note.md: whose curated tags", "--as paris-call-2018"]);
    diff(&folder, &["note.md", "--as", "no-such-2018"])
        .ends(2)
        .says(&["no curated tags of `no-such"]);
    diff(&folder, &["gone.md"]).ends(2).says(&["gone.md: no such file"]);
}

#[test]
fn an_agreement_named_by_its_id_is_compared_with_its_tags_in_ones_own_corpus() {
    let server = Server::start(|path| {
        let text = match path {
            "/treaty.md" => {
                "# The Lake Treaty\n\nArticle 1\n\n1. Each Party shall protect \
                             critical information infrastructure against cyber attacks.\n"
            }
            _ => {
                "# Annex\n\n1. States should encourage responsible reporting of ICT \
                  vulnerabilities.\n"
            }
        };
        reply("200 OK", &["Content-Type: text/markdown; charset=utf-8"], text)
    });
    let texts = [("text", server.url("/treaty.md")), ("text", server.url("/annex.md"))];
    let tags =
        rows(&[("lake-treaty-2012", "2.1", "present"), ("lake-treaty-2012", "3.2", "absent")]);
    let folder = corpus(&texts).file("corpus/curated/bpf-2021.csv", tags);
    let place = server.place();
    let args = ["lake-treaty-2012", "--corpus", "corpus", "--format", "json"];
    let json = diff(&folder, &[&args[..], &["--allow-private", &place]].concat());
    let json = json.ends(1).json();
    let case = &json["agreements"][0];
    // Two documents, one set of claims.
    assert_eq!((&case["agreement"], &case["compared"]), (&"lake-treaty-2012".into(), &2.into()));
    assert_eq!(case["left_texts"].as_array().unwrap().len(), 2);
    let counts = &json["counts"];
    assert_eq!((&counts["same"], &counts["removed"]), (&1.into(), &1.into()), "{counts}");
}

#[test]
fn figures_on_texts_nobody_looked_at_are_no_development_figures() {
    let folder = Folder::new().file("gold/x.json", {
        let path = project().join("tests/samples/expected/lakes-treaty.bpf-2021.json");
        std::fs::read(path).unwrap()
    });
    let tagged = folder.run(["tag", &sample("lakes-treaty.docx"), "--format", "json"]).ends(0);
    let folder = folder.file("p.json", tagged.stdout);
    let ran = diff(&folder, &["p.json", "gold"]).ends(1);
    assert!(ran.stdout.contains("None of the 1 texts is on the list"), "{}", ran.stdout);
    assert!(!ran.stdout.contains("Development figures"), "{}", ran.stdout);
    assert!(ran.stdout.contains("For scale, people and people: bpf-2019 and bpf-2021 coded 13"));
    let unlisted = with_rules(folder, |_, text| text.to_owned());
    std::fs::remove_file(unlisted.path("rules/development.toml")).unwrap();
    let ran = diff(&unlisted, &["p.json", "gold", "--rules", "rules"]).ends(1);
    assert!(ran.stdout.contains("do not list the texts they were developed on"), "{}", ran.stdout);
    let folder = unlisted;
    let json = diff(&folder, &["p.json", "gold/x.json", "--format", "json"]).json();
    // The citations of sample and coding are held against each other too.
    let cited = |cell: &&Value| cell["evidence"]["citations"] == "same";
    assert!(json["cells"].as_array().unwrap().iter().filter(cited).count() >= 8);
}

#[test]
fn proposals_are_read_as_json_and_as_lines() {
    let folder = Folder::new();
    for form in ["json", "jsonl", "csv"] {
        let tagged = folder.run(["tag", &sample("lakes-treaty.docx"), "--format", form]).ends(0);
        let name = format!("p.{form}");
        let folder = Folder::new().file(&name, tagged.stdout);
        let ran = diff(&folder, &[&name, &name, "--taxonomy", "bpf-2021"]).ends(0);
        assert!(ran.stdout.contains("26 cells of 1 agreement · no difference"), "{form}");
    }
}

#[test]
fn a_table_that_import_reads_is_a_side() {
    let table = "\
i. Paris Call for Trust and Security in Cyberspace

Agreement Overview\t\t\t
Category\tNorms elements\tParagraph/citation\tQuote from Text
1. Rights and freedoms\t1.1 Human Rights\tArt. 1\t“A quote of a few words.”
\t1.2 Personal data\tN/A\t
";
    let folder = Folder::new().file("table.txt", table);
    let args = ["table.txt", "bpf-2021", "--taxonomy", "bpf-2021", "--format", "json"];
    let json = diff(&folder, &args).json();
    assert_eq!(json["agreements"][0]["agreement"], "paris-call-2018");
    let changes = &json["counts"];
    assert_eq!(changes["not-comparable"], 24, "{changes}");
    assert!(json["left_out"].to_string().contains("no row for 2.1"), "{}", json["left_out"]);
}

/// What is said of two sides that cannot be compared.
#[track_caller]
fn refused(left: &str, right: &str, folder: &Folder, says: &[&str]) {
    let ran = diff(folder, &[left, right, "--taxonomy", "bpf-2021"]).ends(2).says(says);
    assert_eq!(ran.stdout, "");
}

#[test]
fn sides_that_cannot_be_compared_are_refused_with_the_reason() {
    let coding =
        |elements: &str| format!("{{\"document\": \"a.md\", \"elements\": {{{elements}}}}}");
    let cell = |code: &str, status: &str| {
        format!("\"{code}\": {{\"status\": \"{status}\", \"passages\": []}}")
    };
    let twice = format!("{}, {}", cell("1.1", "present"), cell("1.1", "absent"));
    let folder = Folder::new()
        .file("a.csv", rows(&[("a", "1.1", "present")]))
        .file("b.csv", rows(&[("b", "1.1", "present")]))
        .file("twice.csv", rows(&[("a", "1.1", "present"), ("a", "1.1", "absent")]))
        .file("scale.csv", rows(&[("a", "1.1", "maybe"), ("a", "1.2", "present")]))
        .file("element.csv", rows(&[("a", "1.1", "present"), ("a", "5.11", "present")]))
        .file("header.csv", "agreement,element\na,1.1\n")
        .file("empty.json", " \n")
        .file("bad.json", "{\"format\": 1,\n \"kind\": \"proposals\",\n \"documents\": [,]}")
        .file("other.json", "{\"format\": 1, \"kind\": \"links\"}")
        .file("later.json", "{\"format\": 2, \"kind\": \"proposals\"}")
        .file("ledger.jsonl", "{\"verdict\": \"accepted\"}\n{\"verdict\": \"deferred\"}\n")
        .file("cut.jsonl", "{\"verdict\": \"accepted\"}")
        .file("twice.json", coding(&twice))
        .file("scale.json", coding(&cell("1.1", "perhaps")))
        .file("element.json", coding(&cell("1.l", "present")))
        .file("old/a.json", coding(&cell("1.1", "present")))
        .file("old/b.json", coding(&cell("1.1", "absent")))
        .file("prose.txt", "Nothing but prose.\n");
    for (left, says) in [
        ("b.csv", &["no agreement in common", "b.csv has b", "a.csv has a"][..]),
        ("bpf-2022", &["bpf-2022: no such file or folder, and no taxonomy", "`bpf-2021`"]),
        ("twice.csv", &["twice.csv:3: a 1.1 is `absent` here and `present` on line 2"]),
        ("scale.csv", &["scale.csv:2: no status of this name: `maybe`; they are present"]),
        ("element.csv", &["element.csv:3: bpf-2021 has no element `5.11`; did you mean `5.1"]),
        ("header.csv", &["header.csv:1: the header is not agreement,element,status"]),
        ("empty.json", &["empty.json: empty"]),
        ("bad.json", &["bad.json:3: not the JSON it should be", "column 16"]),
        ("other.json", &["other.json: JSON of kind `links`"]),
        ("later.json", &["later.json: format 2; this version of normtag reads format 1"]),
        ("ledger.jsonl", &["ledger.jsonl:1: this is no decision: missing", "ledger.jsonl:2: this"]),
        ("cut.jsonl", &["cut.jsonl: one decision of a ledger", "the last one ended"]),
        ("twice.json", &["twice.json: 1.1 is given twice, as `present` and as `absent`"]),
        ("scale.json", &["scale.json: 1.1: `perhaps` is no status; they are present, indirect"]),
        ("element.json", &["element.json: bpf-2021 has no element `1.l`; did you mean `1.1`?"]),
        ("old", &["old/b.json: a 1.1 is coded in another file too, with another value"]),
        ("prose.txt", &["prose.txt: no coding in it: expected proposals"]),
    ] {
        refused(left, "a.csv", &folder, says);
    }
}

#[test]
fn editions_without_a_crosswalk_and_choices_of_nothing_are_refused() {
    let folder = Folder::new().file("a.csv", rows(&[("a", "1.1", "present")]));
    let mixed = rows(&[("a", "human-rights", "present")]).replace("made-up/i", "bpf-2019/1");
    let folder = folder.file("mixed.csv", mixed);
    let others = ["a.csv", "mixed.csv", "--taxonomy", "bpf-2021"];
    // The crosswalk compares 1.1 with human-rights: that is no mistake.
    diff(&folder, &others).ends(0);
    let bare = with_rules(Folder::new(), |path, text| {
        if path.ends_with("crosswalk.toml") { String::new() } else { text.to_owned() }
    });
    let bare = bare.file("a.csv", rows(&[("a", "1.1", "present")])).file(
        "mixed.csv",
        rows(&[("a", "human-rights", "present")]).replace("made-up/i", "bpf-2019/1"),
    );
    let ran = diff(&bare, &["a.csv", "mixed.csv", "--taxonomy", "bpf-2021", "--rules", "rules"]);
    ran.ends(2).says(&["different taxonomies", "crosswalk.toml has no relation"]);
    diff(&folder, &["a.csv", "a.csv", "--element", "9.9"]).ends(2).says(&["no element `9.9`"]);
    diff(&folder, &["a.csv", "a.csv", "--agreement", "z"])
        .ends(2)
        .says(&["`z` is not an agreement"]);
}

#[test]
fn mistakes_in_what_lets_editions_compare_are_shown_in_place() {
    let folder = with_rules(Folder::new(), |path, text| {
        if path.ends_with("crosswalk.toml") {
            text.replace("kind = \"wider\"\nreason", "kind = \"wider\"\ncompare = true\nreason")
        } else if path.ends_with("development.toml") {
            "[[text]]\nnames = [\"x\"]\ndigests = [\"sha256:0\"]\ntaxonomies = [\"bpf-2020\"]\n\
             [[text]]\nname = \"y\"\n"
                .to_owned()
        } else {
            text.to_owned()
        }
    });
    let ran = folder.run(["rules", "check", "--rules", "rules"]).ends(1);
    ran.says(&[
        "element compared twice",
        "rules/development.toml:3:12",
        "expected `sha256:` and 64 small hexadecimal digits",
        "there is no taxonomy `bpf-2020`",
        "`names` is missing",
        "there is no key `name` here",
    ]);
    diff(&folder, &["bpf-2019", "bpf-2021", "--rules", "rules"]).ends(2).says(&["cannot be used"]);
}

#[test]
fn what_is_read_is_not_overwritten_and_figures_go_to_a_file_of_their_own() {
    let folder = Folder::new().file("a.csv", rows(&[("a", "1.1", "present")]));
    let run = |more: &[&str]| diff(&folder, &[&["a.csv", "a.csv"], more].concat());
    run(&["-o", "a.csv"]).ends(2).says(&["a.csv: this is read; it is not overwritten"]);
    run(&["--scores", "a.csv"]).ends(2).says(&["a.csv: this is read"]);
    run(&["-o", "out.xyz"]).ends(2).says(&["no form of a comparison ends in .xyz"]);
    run(&["--scores", "scores.csv", "-o", "out.md"]).ends(0).quietly();
    let scores = std::fs::read_to_string(folder.path("scores.csv")).unwrap();
    let mut lines = scores.lines();
    assert_eq!(lines.next().unwrap().split(',').next(), Some("name"));
    assert!(lines.next().unwrap().starts_with("agreement,pooled,present,1.000000,"), "{scores}");
    let page = std::fs::read_to_string(folder.path("out.md")).unwrap();
    assert!(page.starts_with("# a.csv and a.csv\n"), "{page}");
}

#[test]
fn every_form_tells_the_coded_texts_differences() {
    let Some(shared) = shared("diff_of_the_coded_texts") else { return };
    let gold = shared.join("gold");
    let texts = files(&gold, "json").into_iter().map(|path| {
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        shared.join("agreements").join(format!("{stem}.md"))
    });
    let folder = Folder::new();
    let mut args: Vec<std::ffi::OsString> =
        ["tag", "--format", "json", "-o", "p.json"].map(Into::into).to_vec();
    args.extend(texts.map(Into::into));
    folder.run(args).ends(0);
    let gold = gold.to_string_lossy();
    let run = |form: &str| diff(&folder, &["p.json", &gold, "--format", form]).ends(1).quietly();
    let json = run("json").json();
    assert_eq!(json["cells"].as_array().unwrap().len(), 442);
    assert_eq!(json["development"]["agreements"].as_array().unwrap().len(), 17);
    let f1 = score(&json, "f1", "pooled", "any")["value"].as_f64().unwrap();
    assert!(f1 >= 0.82, "{f1}");
    let differ: u64 = ["added", "removed", "strengthened", "weakened"]
        .iter()
        .map(|change| json["counts"][*change].as_u64().unwrap_or(0))
        .sum();
    let table = run("table").stdout;
    assert!(table.contains(&format!("442 cells of 17 agreements · {differ} differ")), "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 100), "a line is too long");
    let csv = run("csv").stdout;
    let changed = csv::Reader::from_reader(csv.as_bytes())
        .records()
        .filter(|row| !matches!(&row.as_ref().unwrap()[4], "same" | "not-comparable"))
        .count();
    assert_eq!(changed as u64, differ);
    for form in ["table", "markdown", "html"] {
        let told = run(form).stdout;
        assert!(told.contains("Development figures"), "{form}");
        assert!(told.contains("For scale, people and people"), "{form}");
    }
    let html = run("html").stdout;
    assert!(html.contains("<del>") && html.contains("<ins>"), "no words are marked");
    assert!(!html.contains("<script") && !html.contains("http://"), "the page asks for something");
}
