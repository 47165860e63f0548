//! Curated tags that were damaged: each kind of damage is told in its place.

use crate::golden;
use crate::program::{Folder, project};
use normtag::model::Digest;

const TAGS: &str = "curated/bpf-2019.csv";
const VERBATIM: &str = "curated/verbatim.toml";
const PACKAGE: &str = "datapackage.json";

/// A file of a small sound corpus.
fn sound(name: &str) -> String {
    if name == PACKAGE {
        let tags = sound(TAGS);
        let digest = Digest::of(tags.as_bytes());
        return format!(
            "{{\n  \"resources\": [\n    {{\n      \"path\": \"{TAGS}\",\n      \"bytes\": {},\n      \
             \"hash\": \"{digest}\"\n    }}\n  ]\n}}\n",
            tags.len()
        );
    }
    std::fs::read_to_string(project().join("tests/suite/registry").join(name)).unwrap()
}

/// The corpus with `text` as the file `name`.
fn corpus(name: &str, text: &str) -> Folder {
    ["agreements.toml", TAGS, VERBATIM, PACKAGE].iter().fold(Folder::new(), |folder, file| {
        // What the package says of a damaged file is another mistake.
        if *file == PACKAGE && name != PACKAGE {
            return folder;
        }
        let text = if *file == name { text.to_owned() } else { sound(file) };
        folder.file(&format!("corpus/{file}"), text)
    })
}

/// What is done to a sound file, and the code that tells it.
const DAMAGE: &[(&str, &str, &str, &str)] = &[
    ("D002", TAGS, "citation,quote,note", "quote,citation,note"),
    ("D002", TAGS, "cbms,present,Throughout", "cbms,present,\rThroughout"),
    (
        "D003",
        TAGS,
        "\"The Parties respect human rights, \"\"online\"\" as offline.\"",
        "The Parties, online",
    ),
    ("D004", TAGS, "lake-treaty-2012,threat-definition", "lake-treaty-2021,threat-definition"),
    ("D005", TAGS, "lake-treaty-2012,cbms", "lake-treaty-2012,cmbs"),
    ("D006", TAGS, "human-rights,unrecorded", "human-rights,unknown"),
    (
        "D007",
        TAGS,
        "lake-treaty-2012,cbms,absent,,,,bpf-2019/treaty",
        "lake-treaty-2012,cbms,absent,,,,",
    ),
    ("D008", TAGS, "Art. 4.1", "Articel 4.1"),
    ("D009", TAGS, "indirect,,,The source gives no quote.", "indirect,,,"),
    (
        "D009",
        TAGS,
        "lake-treaty-2012,cbms,absent,,,",
        "lake-treaty-2012,cbms,absent,,They confide.,",
    ),
    ("D009", TAGS, "unrecorded,,,The page is lost.", "unrecorded,,,"),
    (
        "D010",
        TAGS,
        "Art. 4.1,Every person may speak.",
        "Art. 3,\"The Parties respect human rights, \"\"online\"\" as offline.\"",
    ),
    ("D011", TAGS, "human-rights,present,Art. 4.1", "human-rights,indirect,Art. 4.1"),
    ("D011", TAGS, "lake-protocol-2014,human-rights", "lake-treaty-2012,human-rights"),
    ("D012", TAGS, "Every person may speak.", "Every person may speak. "),
    ("D012", TAGS, "Every person may speak.", "\"Every person\nmay speak.\""),
    ("D013", TAGS, "lake-treaty-2012,cbms,absent,,,,bpf-2019/treaty\n", ""),
    (
        "D014",
        TAGS,
        "capacity-building,indirect,,,The source gives no quote.,bpf-2019/treaty\nlake-treaty-2012,cbms",
        "cbms,indirect,,,The source gives no quote.,bpf-2019/treaty\nlake-treaty-2012,capacity-building",
    ),
    ("D020", VERBATIM, "citation = ", "citation "),
    ("D021", VERBATIM, "why", "reason"),
    ("D022", VERBATIM, "why = \"Every place is meant.\"\n", ""),
    ("D030", PACKAGE, "\"resources\": [", "\"resources\": "),
    ("D031", PACKAGE, "bpf-2019.csv", "bpf-2018.csv"),
    ("D032", PACKAGE, "sha256:", "sha256:0"),
    ("D033", PACKAGE, "\"bytes\": ", "\"bytes\": 1"),
];

#[test]
fn every_kind_of_damage_is_told_in_its_place() {
    let validate = ["corpus", "validate", "--corpus", "corpus"];
    corpus(PACKAGE, &sound(PACKAGE)).run(validate).ends(0).quietly();
    let mut shown = String::new();
    for (code, file, from, to) in DAMAGE {
        let text = sound(file);
        assert_eq!(text.matches(from).count(), 1, "{from}");
        let ran = corpus(file, &text.replace(from, to)).run(validate).ends(1);
        assert!(ran.stderr.contains(&format!("error[{code}]")), "{code}: {}", ran.stderr);
        shown.push_str(&format!("# {code}: {from:?} → {to:?}\n{}\n", ran.stderr));
    }
    golden::check("registry/damaged-tags.txt", &shown);
}

#[test]
fn a_file_of_no_taxonomy_and_a_citation_listed_for_nothing_are_told() {
    let folder = corpus(TAGS, &sound(TAGS)).file("corpus/curated/lakes.csv", "");
    let validate = ["corpus", "validate", "--corpus", "corpus"];
    folder.run(validate).ends(1).says(&["error[D015]", "there is no taxonomy `lakes`"]);
    let read = sound(TAGS).replace("Throughout", "Art. 2");
    corpus(TAGS, &read).run(validate).ends(0).says(&["warning[D025]", "listed for nothing"]);
    corpus(TAGS, "").run(validate).ends(1).says(&["error[D002]", "the file is empty"]);
}
