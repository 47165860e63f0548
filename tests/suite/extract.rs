//! Reads small files of every format and shows what becomes of them.

use crate::build::{Page, Set, archive, docx, pdf};
use crate::shared::{files, shared};
use normtag::extract::extract;
use normtag::model::{Document, Extracted, Snapshot};
use proptest::prelude::*;
use std::path::Path;

#[track_caller]
fn read(source: &str, bytes: Vec<u8>) -> Document {
    match extract(&Snapshot::of_bytes(source, bytes)) {
        Extracted::Read(document) => *document,
        Extracted::Unread(unread) => panic!("{source} is unread: {}", unread.reason),
    }
}

/// Shows each paragraph as `citation | words`; the words of headings and the
/// like follow what they are.
fn shown(document: &Document) -> Vec<String> {
    let line = |paragraph: &normtag::model::Paragraph| {
        let words = paragraph.span.cut(&document.text).expect("the span is in the text");
        format!("{} | {}", paragraph.locator.citation(paragraph.place), words.replace('\t', " / "))
    };
    document.paragraphs.iter().map(line).collect()
}

#[track_caller]
fn check(source: &str, bytes: Vec<u8>, expected: &[&str]) {
    assert_eq!(shown(&read(source, bytes)), expected);
}

#[track_caller]
fn check_unread(bytes: Vec<u8>, words: &str) {
    match extract(&Snapshot::of_bytes("x", bytes)) {
        Extracted::Read(document) => panic!("it was read: {}", document.text),
        Extracted::Unread(unread) => {
            assert!(unread.reason.contains(words), "{}", unread.reason);
            assert!(!unread.reason.contains('\n'), "{}", unread.reason);
        }
    }
}

fn fixture(name: &str) -> Vec<u8> {
    let path = Path::new("tests/fixtures/extract").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn page(lines: &[(&'static str, u32)]) -> Page {
    Page::Text(lines.iter().map(|(words, top)| Set(words, 72, *top, 11)).collect())
}

#[test]
fn an_empty_file_is_unread() {
    check_unread(Vec::new(), "empty file (0 bytes)");
    check_unread(b"  \n\n ".to_vec(), "no text");
}

#[test]
fn a_broken_pdf_says_so() {
    let whole = pdf(&[page(&[("Each Party shall cooperate.", 100)])]);
    check_unread(whole[..60].to_vec(), "damaged PDF: ");
    let Extracted::Read(document) =
        extract(&Snapshot::of_bytes("x", whole[..whole.len() - 40].to_vec()))
    else {
        return;
    };
    assert_eq!(document.unread_parts, ["end of the file: cut short, pages may be missing"]);
}

#[test]
fn an_encrypted_pdf_opens_only_without_a_password() {
    check_unread(fixture("encrypted-user.pdf"), "encrypted PDF: it opens only with a password");
    check(
        "x",
        fixture("encrypted-empty.pdf"),
        &["Pg. 1, ¶1 | Each Party shall cooperate with the others."],
    );
}

#[test]
fn a_scanned_pdf_asks_for_ocr() {
    check_unread(
        pdf(&[Page::Image, Page::Image]),
        "scanned: 2 pages of images without text; --ocr reads them",
    );
    check_unread(pdf(&[Page::Blank]), "no text: 1 blank page");
}

#[test]
fn a_scanned_page_among_others_is_reported_and_a_blank_one_is_not() {
    let text = || page(&[("Each Party shall cooperate.", 100)]);
    let document = read("x", pdf(&[text(), Page::Image, Page::Blank, text()]));
    assert_eq!(document.unread_parts, ["page 2: scanned, no text"]);
    assert_eq!(document.pages, Some(4));
}

#[test]
fn pages_lose_their_headers_and_keep_their_numbers() {
    let pages = [
        page(&[
            ("Treaty on Peace", 40),
            ("1. Each Party shall coop-", 100),
            ("erate with the others and", 114),
            ("7", 800),
        ]),
        page(&[("Treaty on Peace", 40), ("shall exchange information.", 100), ("8", 800)]),
        page(&[("Treaty on Peace", 40), ("2. The Parties shall meet.", 100), ("9", 800)]),
    ];
    let document = read("x", pdf(&pages));
    assert_eq!(
        shown(&document),
        [
            "Para. 1 | Each Party shall cooperate with the others and shall exchange information.",
            "Para. 2 | The Parties shall meet.",
        ]
    );
    let places: Vec<_> = document
        .paragraphs
        .iter()
        .map(|p| (p.locator.page, p.locator.printed_page.as_deref()))
        .collect();
    assert_eq!(places, [(Some(1), Some("7")), (Some(3), Some("9"))]);
}

#[test]
fn footnotes_are_told_from_the_text() {
    let lines = vec![
        Set("States should cooperate with each other in good faith", 72, 100, 11),
        Set("1", 343, 96, 6),
        Set("and respect international law in cyberspace at all", 72, 114, 11),
        Set("times.", 72, 128, 11),
        Set("1", 72, 740, 5),
        Set("See the Charter of the United Nations.", 78, 744, 8),
    ];
    check(
        "x",
        pdf(&[Page::Text(lines)]),
        &[
            "Pg. 1, ¶1 | States should cooperate with each other in good faith and respect international law in cyberspace at all times.",
            "Pg. 1, ¶2 | See the Charter of the United Nations.",
        ],
    );
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    let words = [
        "Each Party shall cooperate with the",
        "others in the prevention of attacks on",
        "critical infrastructure and shall",
        "share what it learns of them with all",
        "other Parties within due time and in",
        "a form that all of them can read.",
    ];
    let mut lines = Vec::new();
    for (row, words) in (0..).zip(words) {
        lines.push(Set(words, 60, 100 + 14 * row, 11));
        lines.push(Set(words, 320, 100 + 14 * row, 11));
    }
    let whole = "Each Party shall cooperate with the others in the prevention of attacks on critical infrastructure and shall share what it learns of them with all other Parties within due time and in a form that all of them can read.";
    check(
        "x",
        pdf(&[Page::Text(lines)]),
        &[&format!("Pg. 1, ¶1 | {whole}"), &format!("Pg. 1, ¶2 | {whole}")],
    );
}

#[test]
fn an_archive_that_is_no_docx_is_named() {
    check_unread(archive(&[("a.txt", "x")]), "a zip archive that is no DOCX, ODT or EPUB");
    check_unread(archive(&[("xl/workbook.xml", "<x/>")]), "an Excel workbook");
    check_unread(archive(&[("content.xml", "<x/>"), ("mimetype", "")]), "damaged ODT");
    check_unread(b"PK\x03\x04 and then nothing of use".to_vec(), "damaged zip archive");
}

fn paragraph(level: u8, words: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"#
    )
}

#[test]
fn docx_labels_are_counted_as_word_counts_them() {
    let body = [
        paragraph(0, "Scope"),
        paragraph(1, "This Agreement applies to the Parties."),
        paragraph(1, "Each Party shall:"),
        paragraph(2, "cooperate;"),
        paragraph(2, "consult."),
        paragraph(0, "Review"),
        paragraph(1, "The Parties shall meet."),
    ];
    check(
        "x",
        docx(&body.concat()),
        &[
            "Art. 1 | Article 1 Scope",
            "Art. 1.1 | This Agreement applies to the Parties.",
            "Art. 1.2 | Each Party shall:",
            "Art. 1.2 (a) | cooperate;",
            "Art. 1.2 (b) | consult.",
            "Art. 2 | Article 2 Review",
            "Art. 2.1 | The Parties shall meet.",
        ],
    );
}

#[test]
fn docx_changes_are_accepted_and_notes_follow_their_paragraph() {
    let body = r#"<w:p><w:pPr><w:pStyle w:val="H1"/></w:pPr><w:r><w:t>Aims</w:t></w:r></w:p>
        <w:p><w:r><w:t xml:space="preserve">Each Party </w:t></w:r><w:del><w:r><w:delText>may</w:delText></w:r></w:del>
        <w:ins><w:r><w:t>shall</w:t></w:r></w:ins><w:r><w:t xml:space="preserve"> cooperate.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>
        <w:tbl><w:tr><w:tc><w:p><w:r><w:t>State</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Date</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"#;
    check(
        "x",
        docx(body),
        &[
            "¶1 | Aims",
            "¶2 | Each Party shall cooperate.",
            "¶3 | See the Charter.",
            "¶4 | State / Date",
        ],
    );
}

/// Runs of text in all the places Word puts them.
#[test]
fn docx_text_is_found_in_boxes_controls_and_tables_in_tables() {
    let run = |words: &str| format!("<w:r><w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let paragraph = |inner: &str| format!("<w:p>{inner}</w:p>");
    let text_box = format!(
        "<mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>{0}</w:txbxContent></wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><w:txbxContent>{0}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent>",
        paragraph(&run("Text in a box."))
    );
    let table = |cells: &[&str]| {
        format!("<w:tbl><w:tr><w:tc>{}</w:tc></w:tr></w:tbl>", cells.join("</w:tc><w:tc>"))
    };
    let inner = table(&[&paragraph(&run("one")), &paragraph(&run("two"))]);
    let body = [
        paragraph(&(run("Before the box.") + &format!("<w:r>{text_box}</w:r>"))),
        format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", paragraph(&run("In a control."))),
        paragraph(&format!(
            "{}<w:hyperlink>{}</w:hyperlink><w:fldSimple>{}</w:fldSimple><w:smartTag>{}</w:smartTag>",
            run("See "),
            run("the link, "),
            run("a field, "),
            run("a tag.")
        )),
        paragraph(&format!(
            "<w:moveTo>{}</w:moveTo><w:moveFrom>{}</w:moveFrom><w:ins>{}</w:ins>{}",
            run("Moved here "),
            run("moved away "),
            run("and added"),
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>.</w:t></w:r>"
        )),
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p><w:p><w:r><w:t>paragraph.</w:t></w:r></w:p>".to_owned(),
        table(&[&paragraph(&run("outer")), &(paragraph(&run("with")) + &inner)]),
    ];
    check(
        "x",
        docx(&body.concat()),
        &[
            "¶1 | Before the box.",
            "¶2 | Text in a box.",
            "¶3 | In a control.",
            "¶4 | See the link, a field, a tag.",
            "¶5 | Moved here and added.",
            "¶6 | One paragraph.",
            "¶7 | outer / with one two",
        ],
    );
}

#[test]
fn html_is_decoded_as_it_says_or_shows() {
    let page = "<html><head><meta charset=\"windows-1252\"></head><body><p>The Parties\u{92} na\u{ef}ve trust</p></body></html>";
    let latin: Vec<u8> =
        page.chars().map(|c| u8::try_from(u32::from(c)).expect("one byte each")).collect();
    check("x", latin, &["¶1 | The Parties’ naïve trust"]);
    let page =
        "<html><head><meta charset=\"utf-16\"></head><body><p>The Parties’ trust</p></body></html>";
    let bare: Vec<u8> = page.encode_utf16().flat_map(u16::to_le_bytes).collect();
    check("x", bare.clone(), &["¶1 | The Parties’ trust"]);
    check("x", [b"\xff\xfe".to_vec(), bare].concat(), &["¶1 | The Parties’ trust"]);
    let big: Vec<u8> =
        format!("\u{feff}{page}").encode_utf16().flat_map(u16::to_be_bytes).collect();
    check("x", big, &["¶1 | The Parties’ trust"]);
}

#[test]
fn a_page_built_by_scripts_is_unread() {
    check_unread(
        b"<!doctype html><div id=app></div><script>start()</script>".to_vec(),
        "no text: the page is built by scripts",
    );
}

const TREATY: &str = "TREATY ON PEACE IN CYBERSPACE

Recalling the Charter of the United Nations,

Convinced of the need for cooperation,

Have agreed as follows:

Article 1

Definitions

For the purposes of this Treaty:

(a) \"system\" means any device;

(b) \"incident\" means any event.

Article 2

1. Each Party shall:

(a) cooperate, that is:

(i) share;

(ii) learn;

(b) consult.

This obligation is continuous.

2. The Parties shall meet.

ANNEX A

1. States on good terms.
";

#[test]
fn a_treaty_is_cited_by_article_paragraph_and_point() {
    check(
        "treaty.txt",
        TREATY.as_bytes().to_vec(),
        &[
            "¶1 | TREATY ON PEACE IN CYBERSPACE",
            "Preamble, ¶2 | Recalling the Charter of the United Nations,",
            "Preamble, ¶3 | Convinced of the need for cooperation,",
            "Preamble, ¶4 | Have agreed as follows:",
            "Art. 1 | Article 1",
            "Art. 1 | Definitions",
            "Art. 1 | For the purposes of this Treaty:",
            "Art. 1 (a) | \"system\" means any device;",
            "Art. 1 (b) | \"incident\" means any event.",
            "Art. 2 | Article 2",
            "Art. 2.1 | Each Party shall:",
            "Art. 2.1 (a) | cooperate, that is:",
            "Art. 2.1 (a) (i) | share;",
            "Art. 2.1 (a) (ii) | learn;",
            "Art. 2.1 (b) | consult.",
            "Art. 2.1 | This obligation is continuous.",
            "Art. 2.2 | The Parties shall meet.",
            "Annex A, ¶18 | ANNEX A",
            "Annex A, Para. 1 | States on good terms.",
        ],
    );
}

#[test]
fn items_point_to_the_sentence_that_introduces_them() {
    let document = read("treaty.txt", TREATY.as_bytes().to_vec());
    let stems: Vec<(usize, usize)> = document
        .paragraphs
        .iter()
        .filter_map(|paragraph| {
            Some((paragraph.locator.index, document.paragraphs[paragraph.stem?].locator.index))
        })
        .collect();
    assert_eq!(stems, [(8, 7), (9, 7), (12, 11), (13, 12), (14, 12), (15, 11)]);
}

#[test]
fn numbered_parts_of_other_kinds_are_cited_by_their_name() {
    let text = "# Report\n\n## III. Norms\n\n13. States should:\n\n(f) protect infrastructure.\n\n## Principle 5\n\nActors improve security.\n\n## Recommendation 3: Law\n\nStates apply it.\n\nNorm 7 States should protect their critical infrastructure from threats to it, and cooperate.\n";
    check(
        "report.md",
        text.as_bytes().to_vec(),
        &[
            "¶1 | Report",
            "Sec. III | III. Norms",
            "Para. 13 | States should:",
            "Para. 13 (f) | protect infrastructure.",
            "Principle 5 | Principle 5",
            "Principle 5 | Actors improve security.",
            "Recommendation 3 | Recommendation 3: Law",
            "Recommendation 3 | States apply it.",
            "Norm 7 | Norm 7 States should protect their critical infrastructure from threats to it, and cooperate.",
        ],
    );
}

#[test]
fn recitals_are_cited_as_such() {
    let text = "Whereas:\n\n(1) Cyber threats grow.\n\n(2) Trust is needed.\n\nArticle 1\n\n1. Member States shall cooperate.\n";
    check(
        "a.txt",
        text.as_bytes().to_vec(),
        &[
            "Preamble, ¶1 | Whereas:",
            "Recital 1 | Cyber threats grow.",
            "Recital 2 | Trust is needed.",
            "Art. 1 | Article 1",
            "Art. 1.1 | Member States shall cooperate.",
        ],
    );
}

/// What holds for every document, whatever it was read from.
fn assert_sound(document: &Document) {
    let mut end = 0;
    for (at, paragraph) in document.paragraphs.iter().enumerate() {
        let words =
            paragraph.span.cut(&document.text).expect("spans lie on characters of the text");
        assert!(at == 0 || paragraph.span.start >= end + 2, "paragraphs stand apart, in order");
        assert!(!words.contains('\n') && !words.contains("  "), "{words:?}");
        assert_eq!(paragraph.locator.index, at + 1);
        assert!(paragraph.stem.is_none_or(|stem| stem < document.paragraphs.len() && stem != at));
        assert!(!paragraph.locator.citation(paragraph.place).is_empty());
        end = paragraph.span.end;
    }
    assert_eq!(document.text.split("\n\n").count(), document.paragraphs.len());
}

fn check_sound(source: &str, bytes: Vec<u8>) {
    if let Extracted::Read(document) = extract(&Snapshot::of_bytes(source, bytes)) {
        assert_sound(&document);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600), start in 0usize..6) {
        let starts: [&[u8]; 6] = [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>", b"# T\n\n", b"\xff\xfe"];
        check_sound("x", [starts[start], &bytes].concat());
    }

    #[test]
    fn any_text_is_outlined_soundly(parts in prop::collection::vec(0usize..22, 0..60), name in 0usize..3) {
        let pieces = [
            "Article 5", "Article 5 Title", "(a)", "(a) one;", "(i) two:", "1. three", "1.2 four", "2. ", "\n", "\n\n", "- five",
            "ANNEX", "Preamble", "Recalling peace,", "words that follow", "Whereas:", "(1) six", "§ 7", "\u{c}", "é\u{301}—", "III. Seven", "* \t",
        ];
        let text: Vec<&str> = parts.iter().map(|part| pieces[*part]).collect();
        check_sound(["a.txt", "a.md", "a.html"][name], text.join("\n").into_bytes());
    }

    #[test]
    fn a_damaged_pdf_is_read_or_refused(at in 0usize..1200, with in any::<u8>(), cut in 0usize..1200) {
        let mut bytes = pdf(&[page(&[("Each Party shall cooperate.", 100)])]);
        let at = at % bytes.len();
        bytes[at] = with;
        bytes.truncate(bytes.len() - cut % 300);
        check_sound("x", bytes);
    }
}

#[test]
fn every_agreement_at_hand_is_read() {
    let Some(folder) = shared("reading of agreements") else { return };
    let folder = folder.join("agreements");
    let mut paths = files(&folder, "md");
    paths.extend(files(&folder, "txt"));
    paths.extend(files(&folder.join("pdf"), "pdf"));
    paths.extend(files(&folder.join("html"), "html"));
    let mut totals = (0, 0, 0);
    for path in paths {
        let name = path.display().to_string();
        let document = read(&name, std::fs::read(&path).expect("the file can be read"));
        assert_sound(&document);
        // The cover of this one is a picture with words in it.
        let cover = name.ends_with("paris-call-wg6-report.pdf");
        let unread: &[&str] = if cover { &["page 1: scanned, no text"] } else { &[] };
        assert_eq!(document.unread_parts, unread, "{name}");
        let pages = document.pages.unwrap_or(0);
        println!("{name}: {pages} pages, {} paragraphs", document.paragraphs.len());
        totals = (totals.0 + 1, totals.1 + pages, totals.2 + document.paragraphs.len());
    }
    println!("{} documents, {} pages, {} paragraphs", totals.0, totals.1, totals.2);
    assert_eq!((totals.0, totals.1), (39, 235));
}

#[test]
fn no_odd_pdf_stops_the_reader() {
    let Some(folder) = shared("odd PDFs") else { return };
    let paths = files(&folder.join("stress/pdf"), "pdf");
    assert_eq!(paths.len(), 445);
    for path in paths.iter().take(60) {
        let bytes = std::fs::read(path).expect("the file can be read");
        check_sound(&path.display().to_string(), bytes);
    }
}

#[test]
fn numbers_that_count_again_are_cited_with_their_page_or_counted() {
    let page = || {
        Page::Text(vec![
            Set("Steps to take", 72, 200, 15),
            Set("1. Keep a list of all systems that face the network.", 72, 240, 11),
            Set("2. Name a person who answers for each of these systems.", 72, 270, 11),
        ])
    };
    check(
        "x.pdf",
        pdf(&[page(), page()]),
        &[
            "Pg. 1, ¶1 | Steps to take",
            "Pg. 1, Para. 1 | Keep a list of all systems that face the network.",
            "Pg. 1, Para. 2 | Name a person who answers for each of these systems.",
            "Pg. 2, ¶4 | Steps to take",
            "Pg. 2, Para. 1 | Keep a list of all systems that face the network.",
            "Pg. 2, Para. 2 | Name a person who answers for each of these systems.",
        ],
    );
    let list = "1. Keep a list of all systems.\n\n2. Name a person for each.\n\n";
    let text = format!("# One\n\nFirst:\n\n{list}# Two\n\nThen:\n\n{list}");
    check(
        "x.md",
        text.into_bytes(),
        &[
            "¶1 | One",
            "¶2 | First:",
            "¶3 | Keep a list of all systems.",
            "¶4 | Name a person for each.",
            "¶5 | Two",
            "¶6 | Then:",
            "¶7 | Keep a list of all systems.",
            "¶8 | Name a person for each.",
        ],
    );
}

#[test]
fn parts_of_an_annex_and_decimal_numbers_are_cited() {
    let text = "# ANNEX VIII\n\n## Part I Internal control\n\n1. The maker declares.\n\n2. Marking.\n\n\
                2.1. The maker affixes the mark.\n\n2.2. The maker keeps a copy.\n\n## Part II Type \
                examination\n\n1. A body examines.\n\n2. It decides.\n";
    check(
        "x.md",
        text.into(),
        &[
            "Annex VIII, ¶1 | ANNEX VIII",
            "Annex VIII, Part I | Part I Internal control",
            "Annex VIII, Part I, Para. 1 | The maker declares.",
            "Annex VIII, Part I, Para. 2 | Marking.",
            "Annex VIII, Part I, Para. 2.1 | The maker affixes the mark.",
            "Annex VIII, Part I, Para. 2.2 | The maker keeps a copy.",
            "Annex VIII, Part II | Part II Type examination",
            "Annex VIII, Part II, Para. 1 | A body examines.",
            "Annex VIII, Part II, Para. 2 | It decides.",
        ],
    );
}

#[test]
fn an_initial_is_no_label_and_text_goes_on_with_its_recital() {
    let text = "Whereas:\n\n(1) Attacks grow.\n\n(2) Each Party is at risk.\n\nFurthermore, all are.\n\n\
                (3) They act.\n\nHAVE AGREED AS FOLLOWS:\n\nArticle 1\n\nScope\n\n1. This Convention \
                applies.\n\nFor the Parties\n\nR. NAMEHOLDER\n\nM. OTHER\n\n\
                (1) OJ C 233, 16.6.2022, p. 22.\n";
    check(
        "x.txt",
        text.into(),
        &[
            "Preamble, ¶1 | Whereas:",
            "Recital 1 | Attacks grow.",
            "Recital 2 | Each Party is at risk.",
            "Recital 2 | Furthermore, all are.",
            "Recital 3 | They act.",
            "Preamble, ¶6 | HAVE AGREED AS FOLLOWS:",
            "Art. 1 | Article 1",
            "Art. 1 | Scope",
            "Art. 1.1 | This Convention applies.",
            "Art. 1.1 | For the Parties",
            "¶11 | R. NAMEHOLDER",
            "¶12 | M. OTHER",
            "¶13 | OJ C 233, 16.6.2022, p. 22.",
        ],
    );
}
