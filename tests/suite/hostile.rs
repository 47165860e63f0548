//! Files made to bring a reader down, one kind a test: each through the
//! program, beside a good document that must still be read.

use crate::build::{Page, Set, archive, docx, pdf};
use crate::program::Folder;
use std::fmt::Write as _;
use std::io::Write as _;
use std::time::{Duration, Instant};

/// Seconds that reading may take where it would take for ever.
const SECONDS: u64 = 4;

/// Seconds for what ends by itself, on a busy machine too.
const ENOUGH: u64 = 90;

/// What is said of a file that is small and holds more than any document.
const FLOOD: &str = "it unpacks to more text than any agreement has";

/// What may become of a file.
#[derive(Debug, Clone, Copy)]
enum Ends<'a> {
    /// Not read, for a reason with these words.
    Unread(&'a str),
    /// Read in part, with these words about the rest.
    Partly(&'a str),
    /// Read, with these words in its text.
    Read(&'a str),
}

/// Reads the file and a good one within limits on time (seconds) and memory
/// (MiB).
#[track_caller]
fn check_within(name: &str, bytes: impl AsRef<[u8]>, seconds: u64, memory: u64, ends: Ends<'_>) {
    let good = "1. States should encourage responsible reporting of ICT vulnerabilities.\n";
    let folder = Folder::new().file(name, bytes).file("good.txt", good);
    let (time, memory) = (seconds.to_string(), memory.to_string());
    let limits = ["--extract-timeout", &time, "--max-memory", &memory];
    let start = Instant::now();
    let ran =
        folder.run(["extract", "--format", "json", name, "good.txt"].iter().chain(limits.iter()));
    let took = start.elapsed();
    // The rest is the program's own: hashing, the good document, a busy machine.
    assert!(took < Duration::from_secs(seconds + 20), "{name} took {took:?}");
    let said = ran.json();
    let (bad, good) = (&said["documents"][0], &said["documents"][1]);
    assert_eq!(good["paragraphs"][0]["citation"], "Para. 1", "the good one: {}", ran.stderr);
    let reason = bad["reason"].as_str();
    assert!(reason.is_none_or(|reason| !reason.contains('\n')), "{reason:?}");
    let parts = bad["unread_parts"].to_string();
    let text = bad["text"].as_str().unwrap();
    match ends {
        Ends::Unread(words) => {
            assert!(reason.is_some_and(|reason| reason.contains(words)), "{reason:?}");
            assert_eq!(ran.status, 1);
        }
        Ends::Partly(words) => {
            assert!(parts.contains(words), "{parts} {reason:?}");
            assert_eq!(ran.status, 1);
        }
        Ends::Read(words) => assert!(text.contains(words), "{reason:?} {text:.300}"),
    }
}

#[track_caller]
fn check(name: &str, bytes: impl AsRef<[u8]>, ends: Ends<'_>) {
    check_within(name, bytes, ENOUGH, 1024, ends);
}

/// Reads a file that has no end, or none within minutes on any machine.
#[track_caller]
fn check_endless(name: &str, bytes: impl AsRef<[u8]>) {
    // More time or more memory, whichever a machine is quicker to spend.
    check_within(name, bytes, SECONDS, 1024, Ends::Unread("not read: reading it took more than"));
}

// No document at all.

#[test]
fn nothing() {
    check("x.pdf", "", Ends::Unread("empty file (0 bytes)"));
}

#[test]
fn noise() {
    let noise: Vec<u8> =
        (0..100_000u64).map(|n| n.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes()[1]).collect();
    check("x.pdf", noise, Ends::Unread("neither text nor a format"));
}

#[test]
fn a_picture() {
    check("x.html", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Ends::Unread("an image, not a text"));
}

#[test]
fn a_packed_file() {
    check("x.docx", b"\x1f\x8b\x08\0\0\0\0\0", Ends::Unread("a gzip archive"));
}

#[test]
fn halves_of_characters() {
    let words = "Each Party shall cooperate with the others in good faith. ".repeat(3);
    let words = words.encode_utf16();
    let units = [0xfeff, 0xdc00].into_iter().chain(words).chain([0xd800, 0xd800]);
    let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
    check("x.txt", bytes, Ends::Read("Each Party shall cooperate"));
}

// HTML.

#[test]
fn html_nested_very_deep() {
    let page = format!("<html><body>{}words", "<div>".repeat(300_000));
    check_endless("x.html", page);
}

#[test]
fn html_whose_tags_multiply() {
    let mut page = String::from("<html><body>");
    for n in 0..30_000 {
        write!(page, "<p><font size={n}>x").unwrap();
    }
    check_endless("x.html", page);
}

#[test]
fn html_with_a_long_attribute() {
    let page = format!("<html><body><p title='{}'>The Parties agree.", "a".repeat(20_000_000));
    check("x.html", page, Ends::Read("The Parties agree."));
}

#[test]
fn html_with_tables_in_tables() {
    let page = format!("<html><body>{}words", "<table><tr><td>".repeat(20_000));
    check("x.html", page, Ends::Read("words"));
}

#[test]
fn html_with_half_a_million_items() {
    let page = format!("<html><body><ol>{}</ol>", "<li>x".repeat(500_000));
    check("x.html", page, Ends::Unread(FLOOD));
}

#[test]
fn html_full_of_nothing() {
    let page =
        format!("<html><body><p>The{} Parties agree.{}", "\0".repeat(200), " and".repeat(2000));
    check("x.html", page, Ends::Read("Parties agree."));
}

// DOCX and what else is an archive.

/// A part of zeros or spaces that packs to next to nothing.
fn bomb(name: &str, filler: u8, mebibytes: usize) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
    let block = vec![filler; 1 << 20];
    for _ in 0..mebibytes {
        writer.write_all(&block).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn docx_that_unpacks_to_a_flood() {
    let bytes = bomb("word/document.xml", b' ', 300);
    check("x.docx", bytes, Ends::Unread("unpacks to more than a document can hold"));
}

#[test]
fn docx_that_needs_much_memory() {
    let body = "<w:p><w:r><w:t>word</w:t></w:r></w:p>".repeat(300_000);
    let ends = Ends::Unread("not read: reading it took more than 8 MiB of memory");
    check_within("x.docx", docx(&body), 60, 8, ends);
}

const DOCUMENT: &str = r#"<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>"#;

#[test]
fn docx_whose_entities_multiply() {
    let mut text = String::from("<!DOCTYPE x [<!ENTITY a0 'lol'>");
    for n in 1..20 {
        write!(text, "<!ENTITY a{n} '{}'>", format!("&a{};", n - 1).repeat(10)).unwrap();
    }
    write!(text, "]>{DOCUMENT}Parties &a19; agree</w:t></w:r></w:p></w:body></w:document>")
        .unwrap();
    check("x.docx", archive(&[("word/document.xml", &text)]), Ends::Read("Parties agree"));
}

#[test]
fn docx_that_asks_for_another_file() {
    let text = format!(
        "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:good.txt'>]>{DOCUMENT}Parties &a; agree</w:t></w:r></w:p></w:body></w:document>"
    );
    check("x.docx", archive(&[("word/document.xml", &text)]), Ends::Read("Parties agree"));
}

#[test]
fn docx_nested_very_deep() {
    let text = format!("{DOCUMENT}Parties</w:t></w:r></w:p>{}", "<w:sdt>".repeat(2_000_000));
    let bytes = archive(&[("word/document.xml", &text)]);
    check_within("x.docx", bytes, 60, 1024, Ends::Unread("nested deeper than any document"));
}

#[test]
fn docx_whose_styles_are_based_on_each_other() {
    let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>"#;
    let text = r#"<w:document xmlns:w="w"><w:body><w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>Parties agree</w:t></w:r></w:p></w:body></w:document>"#;
    let bytes = archive(&[("word/document.xml", text), ("word/styles.xml", styles)]);
    check("x.docx", bytes, Ends::Read("Parties agree"));
}

#[test]
fn docx_with_labels_of_a_megabyte() {
    let label = "x".repeat(1 << 20);
    let numbering = format!(
        r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="{label}%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#
    );
    let item = r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>a</w:t></w:r></w:p>"#;
    let text =
        format!(r#"<w:document xmlns:w="w"><w:body>{}</w:body></w:document>"#, item.repeat(2000));
    let bytes = archive(&[("word/document.xml", &text), ("word/numbering.xml", &numbering)]);
    check("x.docx", bytes, Ends::Unread("more than 1024 MiB of memory"));
}

#[test]
fn docx_that_refers_to_one_note_a_million_times() {
    let notes = format!(
        r#"<w:footnotes xmlns:w="w"><w:footnote w:id="2"><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote></w:footnotes>"#,
        "note ".repeat(20_000)
    );
    let text = format!(
        "{DOCUMENT}a</w:t></w:r>{}</w:p></w:body></w:document>",
        r#"<w:r><w:footnoteReference w:id="2"/></w:r>"#.repeat(100_000)
    );
    let bytes = archive(&[("word/document.xml", &text), ("word/footnotes.xml", &notes)]);
    check_endless("x.docx", bytes);
}

#[test]
fn an_archive_cut_short() {
    let whole = docx("<w:p><w:r><w:t>Each Party shall cooperate.</w:t></w:r></w:p>");
    check("x.docx", &whole[..whole.len() / 2], Ends::Unread("damaged zip archive"));
}

#[test]
fn an_archive_of_very_many_files() {
    let names: Vec<String> = (0..50_000).map(|n| format!("{n}.txt")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    check("x.zip", archive(&files), Ends::Unread("a zip archive that is no DOCX, ODT or EPUB"));
}

#[test]
fn an_archive_that_would_be_unpacked_elsewhere() {
    let files = [("../../escaped.txt", "x"), ("/escaped.txt", "x")];
    check("x.docx", archive(&files), Ends::Unread("a zip archive that is no DOCX, ODT or EPUB"));
}

#[test]
fn an_archive_that_lies_about_sizes() {
    let mut bytes = bomb("word/document.xml", b' ', 300);
    // The size before packing, in the entry of the directory.
    let at = bytes.windows(4).position(|four| four == b"PK\x01\x02").unwrap() + 24;
    bytes[at..at + 4].copy_from_slice(&10u32.to_le_bytes());
    check("x.docx", bytes, Ends::Unread("`word/document.xml`"));
}

// ODT, RTF, EPUB.

fn odt(text: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:body><office:text>{text}</office:text></office:body></office:document-content>"
    );
    archive(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

#[test]
fn odt_with_a_billion_spaces() {
    let text = r#"<text:p>Parties<text:s text:c="2000000000"/>agree</text:p>"#;
    check("x.odt", odt(text), Ends::Read("Parties agree"));
}

#[test]
fn odt_with_a_billion_rows() {
    let text = r#"<table:table><table:table-row table:number-rows-repeated="1000000000"><table:table-cell table:number-columns-repeated="1000000000"><text:p>Parties</text:p></table:table-cell><table:table-cell><text:p>agree</text:p></table:table-cell></table:table-row></table:table>"#;
    check("x.odt", odt(text), Ends::Read("Parties\tagree"));
}

#[test]
fn odt_with_notes_in_notes() {
    let text =
        format!("<text:p>Parties agree{}", "<text:note><text:note-body><text:p>a".repeat(5000));
    check("x.odt", odt(&text), Ends::Read("Parties agree"));
}

#[test]
fn rtf_with_millions_of_groups() {
    let text = format!("{{\\rtf1 Parties agree{}", "{".repeat(3_000_000));
    check("x.rtf", text, Ends::Partly("cut short"));
}

#[test]
fn rtf_that_claims_two_gigabytes() {
    let text = "{\\rtf1 Parties agree\\par{\\pict\\bin2147483647 x}more";
    check("x.rtf", text, Ends::Partly("cut short"));
}

#[test]
fn epub_that_repeats_a_chapter() {
    let spine = r#"<itemref idref="a"/>"#.repeat(200_000);
    let package = format!(
        r#"<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine>{spine}</spine></package>"#
    );
    let bytes = archive(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", r#"<container><rootfile full-path="p.opf"/></container>"#),
        ("p.opf", &package),
        ("a.xhtml", "<html><body><p>Parties agree"),
    ]);
    check("x.epub", bytes, Ends::Read("Parties agree"));
}

#[test]
fn epub_whose_list_of_parts_leads_nowhere() {
    let bytes = archive(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", r#"<container><rootfile full-path="../../p.opf"/></container>"#),
    ]);
    check("x.epub", bytes, Ends::Unread("damaged EPUB: the list of its chapters is missing"));
}

// PDF.

fn one_page() -> Vec<u8> {
    pdf(&[Page::Text(vec![Set("Each Party shall cooperate.", 72, 100, 11)])])
}

/// Objects, then a cross-reference table and a trailer with more keys.
fn objects(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.5\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(file.len());
        file.extend(format!("{number} 0 obj\n").bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let trailer = trailer.replace("START", &start.to_string());
    let trailer =
        format!("trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n");
    file.extend(trailer.bytes());
    file
}

fn stream(keys: &str, content: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(content).unwrap();
    let bytes = packer.finish().unwrap();
    let head = format!("<< {keys} /Filter /FlateDecode /Length {} >>\nstream\n", bytes.len());
    [head.as_bytes(), &bytes, b"\nendstream"].concat()
}

const CATALOG: &[u8] = b"<< /Type /Catalog /Pages 2 0 R >>";
const PAGES: &[u8] = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>";

fn page(keys: &str) -> Vec<u8> {
    format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R {keys} >>").into()
}

#[test]
fn pdf_cut_short() {
    check("x.pdf", &one_page()[..60], Ends::Unread("damaged PDF: "));
}

#[test]
fn pdf_whose_pages_hold_themselves() {
    let pages = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2147483647 >>".to_vec();
    check("x.pdf", objects(&[CATALOG.into(), pages], ""), Ends::Unread("damaged PDF: "));
}

#[test]
fn pdf_of_ten_million_objects() {
    let entries = [1u8, 0, 9].repeat(10_000_000);
    let mut file = b"%PDF-1.5\n".to_vec();
    let start = file.len();
    let keys = "/Type /XRef /Size 10000000 /W [1 1 1] /Root 1 0 R";
    file.extend(b"1 0 obj\n");
    file.extend(stream(keys, &entries));
    file.extend(format!("\nendobj\nstartxref\n{start}\n%%EOF\n").bytes());
    check("x.pdf", file, Ends::Unread("damaged PDF: its structure cannot be read"));
}

#[test]
fn pdf_whose_page_unpacks_to_a_flood() {
    let content = stream("", &vec![b' '; 300 << 20]);
    let file = objects(&[CATALOG.into(), PAGES.into(), page(""), content], "");
    check_within("x.pdf", file, 60, 128, Ends::Unread("more than 128 MiB of memory"));
}

#[test]
fn pdf_with_a_million_arrays_in_each_other() {
    let nested = b"[".repeat(1_000_000);
    let file = objects(&[CATALOG.into(), PAGES.into(), nested, b"<< >>".to_vec()], "");
    check("x.pdf", file, Ends::Unread("damaged PDF: "));
}

#[test]
fn pdf_whose_forms_multiply() {
    let form = |at: usize| {
        let calls = "/F Do ".repeat(10);
        let next = at + 1;
        stream(
            &format!(
                "/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources << /XObject << /F {next} 0 R >> >>"
            ),
            calls.as_bytes(),
        )
    };
    let mut all = vec![CATALOG.to_vec(), PAGES.to_vec()];
    all.push(page("/Resources << /XObject << /F 5 0 R >> >>"));
    all.push(stream("", b"/F Do"));
    all.extend((5..17).map(form));
    check("x.pdf", objects(&all, ""), Ends::Unread("no text: "));
}

const FONT: &str =
    "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>";
const SENTENCE: &str = "BT /F 11 Tf 72 700 Td (Each Party shall cooperate.) Tj ET";

#[test]
fn pdf_whose_tables_lead_in_a_circle() {
    let content = stream("", SENTENCE.as_bytes());
    let file = objects(&[CATALOG.into(), PAGES.into(), page(FONT), content], "/Prev START");
    check("x.pdf", file, Ends::Read("Each Party shall cooperate."));
}

#[test]
fn pdf_that_opens_and_never_closes() {
    let content = format!("{}{}{SENTENCE}", "q ".repeat(2_000_000), "/A BMC ".repeat(2_000_000));
    let content = stream("", content.as_bytes());
    let file = objects(&[CATALOG.into(), PAGES.into(), page(FONT), content], "");
    check_within("x.pdf", file, ENOUGH, 128, Ends::Read("Each Party shall cooperate."));
}

#[test]
fn pdf_that_draws_letters_without_end() {
    let line = format!("BT /F 11 Tf 72 700 Td ({}) Tj ET ", "a".repeat(100_000));
    let content = stream("", line.repeat(30).as_bytes());
    let file = objects(&[CATALOG.into(), PAGES.into(), page(FONT), content], "");
    check("x.pdf", file, Ends::Unread("no text: "));
}

#[test]
fn pdf_behind_a_password() {
    let bytes = std::fs::read("tests/fixtures/extract/encrypted-user.pdf").unwrap();
    check("x.pdf", bytes, Ends::Unread("encrypted PDF"));
}

// Markdown and plain text.

#[test]
fn markdown_of_quotes_in_quotes() {
    let text = format!("{} words", ">".repeat(100_000));
    check("x.md", text, Ends::Read("words"));
}

#[test]
fn markdown_of_open_brackets() {
    let text = format!("{} words", "![[*_`".repeat(50_000));
    check("x.md", text, Ends::Read("[*_ words"));
}

#[test]
fn text_that_is_one_long_word() {
    let word = "a".repeat(2_000_000);
    check("x.txt", &word, Ends::Read(&word));
}

#[test]
fn text_of_a_million_pages() {
    // The same line on every page is no text but a header.
    let text = "a\u{c}".repeat(1_000_000);
    check("x.txt", text, Ends::Unread("no text: the file holds no words"));
}

#[test]
fn text_of_a_million_labels() {
    check("x.txt", "1.1.1 (a)\n".repeat(300_000), Ends::Unread(FLOOD));
}
