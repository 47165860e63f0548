//! The language of single paragraphs, where a document is in more than one.

use crate::program::Folder;
use crate::shared::{files, shared};
use normtag::extract::extract;
use normtag::model::{Document, Extracted, ParagraphKind, Snapshot};
use std::path::Path;

fn read(source: &str, bytes: Vec<u8>) -> Document {
    match extract(&Snapshot::of_bytes(source, bytes)) {
        Extracted::Read(document) => *document,
        Extracted::Unread(unread) => panic!("{source}: {}", unread.reason),
    }
}

fn read_file(path: &Path) -> Document {
    read(&path.to_string_lossy(), std::fs::read(path).unwrap())
}

const MIXED: &str = "Each Party shall adopt such measures as may be necessary to share what it \
learns of attacks with the other Parties.\n\nThe Parties shall meet once a year to review how \
they carry out this Treaty and what more they can do.\n\nChaque Partie adopte les mesures \
nécessaires pour partager ce qu'elle apprend des attaques avec les autres Parties.\n\nNothing in \
this Treaty takes away from rights and duties under the law that binds the Parties elsewhere.\n";

#[test]
fn a_paragraph_in_another_language_says_so() {
    let folder = Folder::new().file("treaty.txt", MIXED);
    let texts = folder.run(["extract", "treaty.txt", "--format", "json"]).json();
    let document = &texts["documents"][0];
    assert_eq!(document["language"], "en");
    let paragraphs = document["paragraphs"].as_array().unwrap();
    let own: Vec<Option<&str>> = paragraphs.iter().map(|one| one["language"].as_str()).collect();
    assert_eq!(own, [None, None, Some("fr"), None]);
}

/// English texts in which a French or Dutch paragraph stands after every
/// tenth: the share of those that are told, and of English ones told wrongly.
#[test]
fn paragraphs_among_others_are_told() {
    let Some(folder) = shared("language") else { return };
    let agreements = folder.join("agreements");
    let foreign = [
        ("fr", read_file(&agreements.join("pdf/appel-de-paris-2018-fr.pdf"))),
        ("nl", read_file(&agreements.join("budapest-convention-cets185-nl.md"))),
    ];
    let running = |document: &Document| -> Vec<String> {
        let kind = |kind| matches!(kind, ParagraphKind::Text | ParagraphKind::ListItem);
        let all = document.paragraphs.iter().filter(|paragraph| kind(paragraph.kind));
        let words = all.map(|paragraph| paragraph.span.cut(&document.text).unwrap().to_owned());
        words.filter(|words| words.chars().filter(|c| c.is_alphabetic()).count() >= 60).collect()
    };
    let mut strangers = foreign.iter().flat_map(|(code, document)| {
        running(document).into_iter().map(|words| (*code, words)).collect::<Vec<_>>()
    });
    let (mut told, mut asked, mut wrong, mut english) = (0, 0, Vec::new(), 0);
    for path in files(&agreements, "md") {
        let own = read_file(&path);
        if own.language.as_deref() != Some("en") {
            continue;
        }
        let mut expected: Vec<(&str, String)> = Vec::new();
        for (at, words) in running(&own).into_iter().enumerate() {
            expected.push(("en", words));
            if at % 10 == 9 {
                expected.extend(strangers.next());
            }
        }
        let texts: Vec<&str> = expected.iter().map(|(_, words)| words.as_str()).collect();
        let mixed = read("mixed.txt", texts.join("\n\n").into_bytes());
        for paragraph in &mixed.paragraphs {
            let words = paragraph.span.cut(&mixed.text).unwrap();
            let Some((code, _)) = expected.iter().find(|(_, text)| text.ends_with(words)) else {
                continue;
            };
            let found = mixed.language_of(paragraph).unwrap_or_default();
            if *code == "en" {
                english += 1;
                if found != "en" {
                    wrong.push(format!("{found}: {words:.90}"));
                }
            } else {
                asked += 1;
                told += usize::from(found == *code);
                if found != *code {
                    println!("{found} for {code}: {words:.100}");
                }
            }
        }
    }
    println!("{told} of {asked} told; {} of {english} English ones wrongly:", wrong.len());
    println!("{}", wrong.join("\n"));
    assert!(asked > 100 && told * 100 >= asked * 95, "{told} of {asked}");
    assert!(wrong.len() * 500 <= english, "{} of {english}", wrong.len());
}

/// The outcome of `text`, what was not read of it, and which of 2.1 and 3.2
/// are proposed.
fn tagged(text: &str) -> (String, String, Vec<String>) {
    let folder = Folder::new().file("accord.md", text);
    let sheet = folder.run(["tag", "accord.md", "--format", "json"]).json();
    let document = &sheet["documents"][0];
    let proposals = document["proposals"].as_array().unwrap().iter();
    let codes = proposals.map(|one| one["element"].as_str().unwrap().to_owned());
    let asked = codes.filter(|code| ["2.1", "3.2"].contains(&code.as_str()));
    let outcome = document["outcome"].as_str().unwrap().to_owned();
    (outcome, document["unread_parts"].to_string(), asked.collect())
}

#[test]
fn a_paragraph_is_read_by_the_vocabulary_of_its_own_language() {
    let english = "States should protect critical infrastructure from malicious activity by means of \
                   information and communication technologies.\n\nThe Parties shall meet once a year \
                   to review how they carry out this Accord and what more they can do about it.\n\n";
    let french = "Les fournisseurs doivent divulguer de manière responsable les vulnérabilités de \
                  leurs produits numériques, et les corriger sans retard.\n";
    let finnish = "Toimittajien on ilmoitettava vastuullisesti digitaalisten tuotteidensa \
                   haavoittuvuuksista ja korjattava ne viipymättä kaikissa jäsenvaltioissa.\n";
    let read = "read".to_owned();
    let both = vec!["2.1".to_owned(), "3.2".to_owned()];
    assert_eq!(tagged(&format!("{english}{french}")), (read, "null".to_owned(), both));
    let (outcome, unread, found) = tagged(&format!("{english}{finnish}"));
    assert_eq!((outcome.as_str(), found), ("partial", vec!["2.1".to_owned()]));
    assert!(unread.contains("which is in `fi`"), "{unread}");
}
