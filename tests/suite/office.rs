//! Documents that office programs made: every paragraph and every label.
//!
//! The files are made by `tests/fixtures/extract/make_office.py`; what is
//! expected is written from its texts, not from what was read.

use crate::shared::{files, shared};
use normtag::extract::extract;
use normtag::model::{Document, Extracted, MediaType, Snapshot};
use std::path::Path;

#[track_caller]
fn read(name: &str) -> Document {
    let path = Path::new("tests/fixtures/extract/office").join(name);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    // The name is kept from it: what it is, is told by its content.
    match extract(&Snapshot::of_bytes("x", bytes)) {
        Extracted::Read(document) => *document,
        Extracted::Unread(unread) => panic!("{name} is unread: {}", unread.reason),
    }
}

/// Asserts each paragraph as `citation | words`.
#[track_caller]
fn check(name: &str, kind: MediaType, expected: &[&str]) {
    let document = read(name);
    let shown = document.paragraphs.iter().map(|paragraph| {
        let words = paragraph.span.cut(&document.text).expect("the span is in the text");
        let citation = paragraph.locator.citation(paragraph.place);
        format!("{citation} | {}", words.replace('\t', " / "))
    });
    assert_eq!(shown.collect::<Vec<_>>(), expected, "{name}");
    assert_eq!(document.media_type, kind, "{name}");
    assert!(document.unread_parts.is_empty(), "{name}: {:?}", document.unread_parts);
}

const TREATY: &[&str] = &[
    "¶1 | Treaty of the Two Rivers on Trust in Networks",
    "¶2 | The Parties, wishing to live in peace, have agreed as follows:",
    "Art. 1 | Article 1 Scope",
    "Art. 1.1 | This Treaty applies to the networks of the Parties.",
    "¶5 | As listed in the Annex.",
    "Art. 1.2 | Each Party shall without delay:",
    "Art. 1.2 (a) | protect its networks;",
    "Art. 1.2 (a) (i) | at home;",
    "Art. 1.2 (a) (ii) | and abroad;",
    "Art. 1.2 (b) | report incidents to the others.",
    "Art. 2 | Article 2 Cooperation",
    "Art. 2.1 | The Parties shall exchange information.",
    "Art. 2.1 | The Parties meet once a year.",
    "Art. 2.2 | Meetings are public.",
    "Art. 2.2 | Languages: two.",
    "Art. 2.2 | Party / Contact",
    "Art. 2.2 | Upper Bank / Ministry of Bridges",
    "Art. 2.2 | Done in two copies.",
];

/// Numbers that the program counts, a footnote, a comment, a tracked change,
/// hidden words, a list that goes on after a paragraph.
#[test]
fn a_treaty_is_the_same_from_every_format_of_libreoffice() {
    check("treaty.fodt", MediaType::Odt, TREATY);
    check("treaty-office.odt", MediaType::Odt, TREATY);
    check("treaty-office.docx", MediaType::Docx, TREATY);
    check("treaty-office.rtf", MediaType::Rtf, TREATY);
}

const DECLARATION: &[&str] = &[
    "¶1 | Declaration on Open Standards",
    "¶2 | Preamble",
    "Preamble, ¶3 | We, the undersigned, recalling earlier work, declare:",
    "¶4 | Adopted at the first meeting.",
    "¶5 | Commitments",
    "Para. 1 | We will publish our standards.",
    "Para. 2 | We will:",
    "Para. 2 (a) | listen to users;",
    "Para. 2 (b) | answer within a month.",
    "Para. 3 | We will not:",
    "Para. 3 | break what works;",
    "Para. 3 | hide what fails.",
    "¶13 | Standards are promises.",
    "¶14 | Signatories",
    "¶15 | Name / Seat",
    "¶16 | Harbor / North",
    "¶17 | Lantern / South",
    "¶18 | Signed by all.",
];

#[test]
fn a_declaration_is_the_same_from_every_format_of_pandoc() {
    check("declaration-pandoc.docx", MediaType::Docx, DECLARATION);
    check("declaration-pandoc.odt", MediaType::Odt, DECLARATION);
    check("declaration-pandoc.rtf", MediaType::Rtf, DECLARATION);
    check("declaration-pandoc.epub", MediaType::Epub, DECLARATION);
}

/// Word writes legal numbers ("1.1" below "Section I"); LibreOffice, which
/// does not, shows "I.1", and so do the files it writes.
#[test]
fn minutes_keep_what_word_shows_and_what_libreoffice_shows() {
    let word = &[
        "¶1 | Minutes of the Fourth Meeting",
        "Sec. I | Section I Opening",
        "Para. 1.1 | The chair welcomed all members.",
        "Para. 1.2 | Members agreed to adopt the plan:",
        "Para. 1.2 (a) | the first part;",
        "Para. 1.2 (b) | the second part.",
        "Sec. II | Section II Closing",
        "Para. 2.1 | The meeting closed at noon.",
        "Para. 2.1 | A member thanked the chair.",
        "Para. 2.1 | Member / Vote",
        "Para. 2.1 | Harbor / In favour Round one Round two",
        "Sec. II | The minutes are final.",
    ];
    check("minutes-python.docx", MediaType::Docx, word);
    let office = &[
        "¶1 | Minutes of the Fourth Meeting",
        "Sec. I | Section I Opening",
        "Sec. I | I.1 The chair welcomed all members.",
        "Sec. I | I.2 Members agreed to adopt the plan:",
        "Sec. I (a) | the first part;",
        "Sec. I (b) | the second part.",
        "Sec. II | Section II Closing",
        "Sec. II | II.1 The meeting closed at noon.",
        "Sec. II | A member thanked the chair.",
        "Sec. II | Member / Vote",
        "Sec. II | Harbor / In favour Round one Round two",
        "Sec. II | The minutes are final.",
    ];
    check("minutes-office.odt", MediaType::Odt, office);
    check("minutes-office.rtf", MediaType::Rtf, office);
}

/// The treaties that LibreOffice typeset, against the paragraphs they were
/// made from: the same paragraphs in the same order, and where a label was cut
/// off the front, that it is where the locator says.
#[test]
fn typeset_treaties_have_their_paragraphs_and_labels() {
    let Some(shared) = shared("typeset DOCX") else { return };
    let (mut count, mut labelled) = (0, 0);
    for path in files(&shared.join("stress/typeset"), "docx") {
        let name = path.display().to_string();
        let truth = std::fs::read_to_string(path.with_extension("truth.json")).unwrap();
        let truth: Vec<(String, String)> = serde_json::from_str(&truth).unwrap();
        let snapshot = Snapshot::of_bytes("x", std::fs::read(&path).unwrap());
        let Extracted::Read(document) = extract(&snapshot) else { panic!("{name}") };
        assert_eq!(document.paragraphs.len(), truth.len(), "{name}");
        for (paragraph, (_, whole)) in document.paragraphs.iter().zip(&truth) {
            let words = paragraph.span.cut(&document.text).unwrap();
            let whole = whole.split_whitespace().collect::<Vec<_>>().join(" ");
            let label = whole.strip_suffix(words).unwrap_or_else(|| panic!("{name}: {words}"));
            count += 1;
            // "5. (d": of several labels in a row, the last is the nearest.
            let mut labels = label.split(|c: char| !c.is_alphanumeric());
            let label = labels.rfind(|label| !label.is_empty()).unwrap_or_default();
            if !label.is_empty() {
                labelled += 1;
                let locator = &paragraph.locator;
                let point = locator.point.as_deref().and_then(|p| p.rsplit('.').next());
                let places = [locator.paragraph.as_deref(), point];
                assert!(places.contains(&Some(label)), "{name}: {label} {words}: {locator:?}");
            }
        }
    }
    println!("{count} paragraphs, {labelled} labels");
    assert!(count > 3000 && labelled > 1000, "{count} {labelled}");
}
