//! Pages that are pictures, read by a real tesseract; and programs of its name
//! that fail in every way.

use crate::build::assemble;
use crate::program::{Folder, Ran, sample};
use crate::served::{Served, ledger};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use normtag::extract::{PagePicture, draw_page};
use normtag::model::Snapshot;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;

/// Whether there is a tesseract to run; without one the test says that it was
/// skipped, unless `NORMTAG_TESSERACT` says that there is one.
fn tesseract(test: &str) -> bool {
    let there = std::process::Command::new("tesseract").arg("--version").output().is_ok();
    let wanted = std::env::var_os("NORMTAG_TESSERACT").is_some();
    assert!(there || !wanted, "NORMTAG_TESSERACT is set, and no tesseract can be run");
    if !there {
        let _ = writeln!(std::io::stderr(), "SKIPPED {test}: there is no tesseract");
    }
    there
}

/// Pages of the report among the samples as pictures, 150 pixels an inch.
fn pictures(pages: &[u32]) -> Vec<PagePicture> {
    let path = sample("meridian-experts-report.pdf");
    let snapshot = Snapshot::of_bytes(&path, std::fs::read(&path).unwrap());
    pages.iter().map(|page| halved(&draw_page(&snapshot, *page).unwrap())).collect()
}

/// The picture at half its resolution.
fn halved(picture: &PagePicture) -> PagePicture {
    let (width, height) = (picture.width / 2, picture.height / 2);
    let at = |x: usize, y: usize| u32::from(picture.pixels[y * picture.width + x]);
    let mean = |x: usize, y: usize| {
        let sum = at(2 * x, 2 * y)
            + at(2 * x + 1, 2 * y)
            + at(2 * x, 2 * y + 1)
            + at(2 * x + 1, 2 * y + 1);
        u8::try_from(sum / 4).unwrap()
    };
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| mean(x, y))).collect();
    PagePicture { resolution: picture.resolution / 2, width, height, pixels }
}

/// What a page of a PDF shows.
enum Shows<'a> {
    Picture(&'a PagePicture),
    /// With a number set over it.
    Stamped(&'a PagePicture),
    Words(&'a str),
}

/// A PDF with these pages.
fn pdf(pages: &[Shows<'_>]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 4 + 3 * at)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    for (at, page) in pages.iter().enumerate() {
        let (width, height, content, image) = match page {
            Shows::Words(words) => {
                let lines = words.lines().map(|line| format!("({line}) Tj T*"));
                let lines = lines.collect::<Vec<_>>().join("\n");
                (595.0, 842.0, format!("BT /F 11 Tf 14 TL 70 740 Td\n{lines}\nET"), None)
            }
            Shows::Picture(picture) | Shows::Stamped(picture) => {
                let points = |pixels: usize| pixels as f64 * 72.0 / f64::from(picture.resolution);
                let (width, height) = (points(picture.width), points(picture.height));
                let image = format!("q {width} 0 0 {height} 0 0 cm /I Do Q");
                let stamp = match page {
                    Shows::Stamped(_) => "\nBT /F 9 Tf 60 20 Td (Archive no. 23-04417) Tj ET",
                    _ => "",
                };
                (width, height, image + stamp, Some(*picture))
            }
        };
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {} 0 R \
             /Resources << /Font << /F 3 0 R >> /XObject << /I {} 0 R >> >> >>",
            5 + 3 * at,
            6 + 3 * at
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
        objects.push(image.map_or_else(|| "null".to_owned(), image_object));
    }
    assemble(&objects)
}

fn image_object(picture: &PagePicture) -> String {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&picture.pixels).unwrap();
    let mut hex = String::new();
    for byte in packed.finish().unwrap() {
        write!(hex, "{byte:02x}").unwrap();
    }
    format!(
        "<< /Type /XObject /Subtype /Image /Width {} /Height {} /BitsPerComponent 8 /ColorSpace \
         /DeviceGray /Filter [/ASCIIHexDecode /FlateDecode] /Length {} >>\nstream\n{hex}>\nendstream",
        picture.width,
        picture.height,
        hex.len() + 1
    )
}

fn scanned(pages: &[u32]) -> Vec<u8> {
    let pictures = pictures(pages);
    pdf(&pictures.iter().map(Shows::Picture).collect::<Vec<_>>())
}

/// The report's own text on these pages.
fn typeset_text(pages: &[u32]) -> String {
    let args = ["extract", "--format", "json", &sample("meridian-experts-report.pdf")];
    let said = Folder::new().run(args).ends(0).json();
    let text = said["documents"][0]["text"].as_str().unwrap().to_owned();
    let parts = said["documents"][0]["paragraphs"].as_array().unwrap().clone();
    let own =
        parts.iter().filter(|part| pages.iter().any(|page| part["locator"]["page"] == json!(page)));
    let cut = |part: &Value| {
        let at = |end: &str| usize::try_from(part["span"][end].as_u64().unwrap()).unwrap();
        text[at("start")..at("end")].to_owned()
    };
    own.map(cut).collect::<Vec<_>>().join("\n")
}

fn words(text: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_lowercase()).or_default() += 1;
    }
    counts
}

/// The share of the words of `truth` that `text` has too.
fn recall(truth: &str, text: &str) -> f64 {
    let (truth, text) = (words(truth), words(text));
    let both = truth.iter().map(|(word, count)| *count.min(text.get(word).unwrap_or(&0)));
    both.sum::<usize>() as f64 / truth.values().sum::<usize>() as f64
}

#[test]
fn a_scanned_agreement_is_tagged_and_its_quotes_are_marked() {
    if !tesseract("a scanned agreement") {
        return;
    }
    let folder = Folder::new().file("scan.pdf", scanned(&[7, 8]));
    let args = ["tag", "scan.pdf", "--ocr", "--format", "json", "--text", "scan.txt"];
    let first = folder.run(args).ends(0).quietly();
    let again = folder.run(args).ends(0);
    assert_eq!(first.stdout, again.stdout, "the same bytes twice");
    let sheet = &first.json()["documents"][0];
    assert_eq!(sheet["outcome"], "read");
    let recognised = &sheet["recognised"];
    assert!(recognised["by"].as_str().unwrap().starts_with("tesseract "), "{recognised}");
    assert_eq!(recognised["pages"].as_array().unwrap().len(), 2);
    for page in recognised["pages"].as_array().unwrap() {
        assert!(page["confidence"].as_u64().unwrap() > 85, "{page}");
    }
    let text = std::fs::read_to_string(folder.path("scan.txt")).unwrap();
    let mut quotes = 0;
    for proposal in sheet["proposals"].as_array().unwrap() {
        for evidence in proposal["evidence"].as_array().unwrap() {
            assert_eq!(evidence["recognised"], true, "{evidence}");
            let at = |end: &str| usize::try_from(evidence["span"][end].as_u64().unwrap()).unwrap();
            assert_eq!(evidence["quote"], text[at("start")..at("end")]);
            quotes += 1;
        }
    }
    assert!(quotes > 10, "{quotes} quotes");
    let codes: Vec<&Value> =
        sheet["proposals"].as_array().unwrap().iter().map(|one| &one["element"]).collect();
    // What the report itself is proposed for on those pages.
    for code in ["1.1", "5.1", "5.2", "5.8", "5.10"] {
        assert!(codes.contains(&&json!(code)), "{code} is not in {codes:?}");
    }
    let share = recall(&typeset_text(&[7, 8]), &text);
    assert!(share > 0.98, "{share:.4} of the words");
}

#[test]
fn every_form_marks_what_was_recognised() {
    if !tesseract("forms of what was recognised") {
        return;
    }
    let folder = Folder::new().file("scan.pdf", scanned(&[8]));
    for form in ["table", "csv", "markdown", "html"] {
        let said = folder.run(["tag", "scan.pdf", "--ocr", "--format", form]).ends(0).stdout;
        let said = said.replace("\\(", "(").replace("\\)", ")");
        assert!(said.matches("recognised (OCR)").count() > 3, "{form}: {said}");
        if form != "csv" {
            assert!(said.contains("1 page recognised by tesseract"), "{form}: {said}");
        }
    }
    for form in ["text", "html"] {
        let said = folder.run(["extract", "scan.pdf", "--ocr", "--format", form]).ends(0).stdout;
        assert!(said.contains("recognised (OCR)"), "{form}: {said}");
    }
    let said = folder.run(["extract", "scan.pdf", "--ocr", "--format", "json"]).ends(0).json();
    assert_eq!(said["documents"][0]["paragraphs"][0]["recognised"], true);
    folder.run(["tag", "scan.pdf", "--ocr", "-o", "sheet.json"]).ends(0);
    let said = folder.run(["corpus", "export", "sheet.json", "--format", "csv"]).ends(0);
    assert!(said.stdout.contains("recognised (OCR)"), "{}", said.stdout);
}

#[test]
fn without_being_asked_nothing_is_recognised() {
    let folder = Folder::new().file("scan.pdf", scanned(&[8]));
    let said = folder.run(["tag", "scan.pdf", "--format", "json"]).ends(2);
    let said = said.says(&["scanned: 1 page of images without text", "--ocr reads"]).json();
    assert_eq!(said["documents"][0]["outcome"], "unread");
}

const CLAUSES: &str = "Article 1\nEach Party shall protect critical information infrastructure \
                       against\ncyber attacks.\nArticle 2\nThe Parties shall cooperate in the \
                       investigation of cybercrime.";

#[test]
fn only_what_was_recognised_is_marked() {
    if !tesseract("a page of words and a picture") {
        return;
    }
    let pictures = pictures(&[8]);
    let file = pdf(&[Shows::Words(CLAUSES), Shows::Picture(&pictures[0])]);
    let folder = Folder::new().file("half.pdf", file);
    let said = folder.run(["tag", "half.pdf", "--format", "json"]).ends(1);
    let said = said.says(&["page 2: scanned, no text"]).json();
    assert_eq!(said["documents"][0]["outcome"], "partial");
    let said = folder.run(["tag", "half.pdf", "--ocr", "--format", "json"]).ends(0).json();
    let sheet = &said["documents"][0];
    let pages = json!([{"page": 2, "confidence": sheet["recognised"]["pages"][0]["confidence"]}]);
    assert_eq!(sheet["recognised"]["pages"], pages);
    let mut seen = BTreeMap::new();
    for proposal in sheet["proposals"].as_array().unwrap() {
        for evidence in proposal["evidence"].as_array().unwrap() {
            let page = evidence["locator"]["page"].as_u64().unwrap();
            assert_eq!(evidence.get("recognised").is_some(), page == 2, "{evidence}");
            *seen.entry(page).or_insert(0) += 1;
        }
    }
    assert_eq!(seen.keys().copied().collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn a_stamp_on_every_scanned_page_is_not_taken_for_its_text() {
    let pictures = pictures(&[7, 8]);
    let stamped = pdf(&pictures.iter().map(Shows::Stamped).collect::<Vec<_>>());
    let cover = cover();
    let covered = pdf(&[Shows::Stamped(&cover), Shows::Words(CLAUSES), Shows::Words(CLAUSES)]);
    let some = pdf(&[Shows::Stamped(&cover), Shows::Words(CLAUSES), Shows::Stamped(&cover)]);
    let folder = Folder::new()
        .file("stamped.pdf", stamped)
        .file("covered.pdf", covered)
        .file("some.pdf", some);
    folder.run(["tag", "stamped.pdf"]).ends(2).says(&["scanned: 2 pages of images without text"]);
    // The title on the picture of a cover is no stamp.
    folder.run(["tag", "covered.pdf"]).ends(0).quietly();
    let inner = pdf(&[Shows::Words(CLAUSES), Shows::Stamped(&cover), Shows::Words(CLAUSES)]);
    let folder = folder.file("inner.pdf", inner);
    folder.run(["tag", "inner.pdf"]).ends(1).says(&["page 2: scanned, little text"]);
    let told = ["page 1: scanned, little text", "page 3: scanned, little text"];
    folder.run(["tag", "some.pdf"]).ends(1).says(&told);
    if !tesseract("a stamp on every page") {
        return;
    }
    let said = folder.run(["tag", "stamped.pdf", "--ocr", "--format", "json"]).ends(0).quietly();
    let said = said.json();
    assert!(said["documents"][0]["proposals"].as_array().unwrap().len() > 5);
}

#[test]
fn a_page_that_lies_on_its_side_is_turned() {
    if !tesseract("a page on its side") {
        return;
    }
    let turned = pictures(&[8])[0].turned();
    let folder = Folder::new().file("turned.pdf", pdf(&[Shows::Picture(&turned)]));
    let args = ["extract", "turned.pdf", "--ocr", "--format", "json"];
    let said = folder.run(args).ends(0).quietly().json();
    let text = said["documents"][0]["text"].as_str().unwrap();
    let share = recall(&typeset_text(&[8]), text);
    assert!(share > 0.98, "{share:.4} of the words");
}

/// A ground that shades from dark to light, and no words.
fn cover() -> PagePicture {
    let (width, height) = (600, 800);
    let shade = |x: usize, y: usize| u8::try_from(60 + (x + y) * 150 / (width + height)).unwrap();
    let pixels = (0..height).flat_map(|y| (0..width).map(move |x| shade(x, y))).collect();
    PagePicture { resolution: 72, width, height, pixels }
}

#[test]
fn a_cover_without_words_keeps_nothing_from_being_read_whole() {
    if !tesseract("a cover without words") {
        return;
    }
    let cover = cover();
    let folder = Folder::new()
        .file("report.pdf", pdf(&[Shows::Picture(&cover), Shows::Words(CLAUSES)]))
        .file("cover.pdf", pdf(&[Shows::Picture(&cover)]));
    folder.run(["tag", "report.pdf"]).ends(1).says(&["page 1: scanned, no text"]);
    let said = folder.run(["tag", "report.pdf", "--ocr", "--format", "json"]).ends(0).quietly();
    let sheet = &said.json()["documents"][0];
    assert_eq!(sheet["outcome"], "read");
    assert_eq!(sheet["recognised"]["pages"], json!([{"page": 1, "confidence": null}]));
    let none = "no text: OCR found no words in the pictures of its 1 page";
    folder.run(["tag", "cover.pdf", "--ocr"]).ends(2).says(&[none]);
}

#[test]
fn quotes_are_checked_against_what_was_recognised_and_it_is_said() {
    if !tesseract("quotes of a scanned agreement") {
        return;
    }
    let folder = Folder::new().file("scan.pdf", scanned(&[8]));
    folder.run(["tag", "scan.pdf", "--ocr", "--as", "meridian-2023", "-o", "tags.csv"]).ends(0);
    let args = ["check", "quotes", "tags.csv", "--source", "meridian-2023=scan.pdf", "--ocr"];
    let said = folder.run(args).ends(0);
    assert!(said.stdout.contains("in pages that were recognised (OCR)"), "{}", said.stdout);
    let said = folder.run(args.into_iter().chain(["--format", "json"])).ends(0).json();
    for quote in said["quotes"].as_array().unwrap() {
        assert_eq!((&quote["verdict"], &quote["recognised"]), (&json!("exact"), &json!(true)));
    }
}

#[test]
fn a_person_who_decides_sees_what_was_recognised() {
    if !tesseract("review of a scanned agreement") {
        return;
    }
    let folder = Folder::new().file("scan.pdf", scanned(&[8]));
    let served = Served::start(&folder, &["scan.pdf", "--ocr", "--reviewer", "Ada"]);
    let page = served.page();
    assert!(page.contains("data-recognised=\"recognised (OCR)\""));
    assert!(page.contains("recognised (OCR): look at the page"));
    let quotes = served.quote("Those who are sent to put out a fire");
    let decision =
        json!({"element": "1.1", "verdict": "changed", "status": "present", "quotes": quotes});
    let (status, answer) = served.decide(&decision);
    assert_eq!(status, 200, "{answer}");
    assert_eq!(ledger(&folder)[0]["quotes"][0]["recognised"], true);
    drop(served);
    let said = folder.run(["corpus", "export", "decisions.jsonl", "--format", "csv"]).ends(0);
    assert!(said.stdout.contains("recognised (OCR)"), "{}", said.stdout);
}

/// A folder with a scanned file, a sound one, and a `tesseract` that does this.
#[cfg(unix)]
fn with_tesseract(script: &str) -> Folder {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new()
        .file("scan.pdf", pdf(&[Shows::Picture(&cover())]))
        .file("sound.txt", "Each Party shall protect critical infrastructure.\n")
        .file("bin/tesseract", format!("#!/bin/sh\n{script}\n"));
    let program = folder.path("bin/tesseract");
    std::fs::set_permissions(program, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:/usr/bin:/bin", folder.path("bin").display());
    folder.with_path(path)
}

/// Tags both files with OCR: the sound one is read whatever tesseract does.
#[cfg(unix)]
fn tag_both(folder: &Folder, more: &[&str]) -> Ran {
    let args = ["tag", "scan.pdf", "sound.txt", "--ocr", "--format", "json"];
    let ran = folder.run(args.iter().chain(more));
    if ran.status == 1 {
        let said = ran.json();
        assert_eq!(said["documents"][0]["outcome"], "unread");
        assert_eq!(said["documents"][1]["outcome"], "read");
    }
    ran
}

#[cfg(unix)]
const LISTS: &str = "[ \"$1\" = --list-langs ] && { echo 'List of languages:'; echo eng; exit; }";

#[cfg(unix)]
#[test]
fn a_missing_tesseract_is_told_before_anything_is_read() {
    let folder = Folder::new().file("sound.txt", "Each Party shall cooperate.\n");
    let folder = folder.with_path("/nowhere");
    folder.run(["tag", "sound.txt", "--ocr"]).ends(2).says(&[
        "--ocr needs tesseract",
        "not found on the PATH",
        "apt-get install tesseract-ocr",
    ]);
    folder.run(["tag", "sound.txt", "--ocr-language", "fra"]).ends(2).says(&["--ocr"]);
}

#[cfg(unix)]
#[test]
fn a_language_without_data_is_told_before_anything_is_read() {
    let folder = with_tesseract(LISTS);
    tag_both(&folder, &["--ocr-language", "eng+fra"]).ends(2).says(&[
        "no data for the language `fra` (it has eng)",
        "apt-get install tesseract-ocr-fra",
        "--ocr-language",
    ]);
    let folder = folder.file("normtag.toml", "ocr_language = \"deu\"\n");
    tag_both(&folder, &[]).ends(2).says(&["no data for the language `deu`"]);
}

#[cfg(unix)]
#[test]
fn whatever_tesseract_does_other_documents_go_on() {
    let fails = format!("{LISTS}\necho 'Error: out of ink' >&2; exit 3");
    tag_both(&with_tesseract(&fails), &[])
        .ends(1)
        .says(&["page 1: not recognised (tesseract: Error: out of ink)"]);
    let silent = format!("{LISTS}\nexit 3");
    tag_both(&with_tesseract(&silent), &[]).ends(1).says(&["tesseract: exit status: 3"]);
    let nonsense = format!("{LISTS}\ncat >/dev/null; echo '<p>words</p>'");
    tag_both(&with_tesseract(&nonsense), &[]).ends(1).says(&["what it wrote is no hOCR"]);
    let bytes = format!("{LISTS}\ncat >/dev/null; printf '\\377\\376'");
    tag_both(&with_tesseract(&bytes), &[]).ends(1).says(&["what tesseract wrote is no text"]);
    let flood = format!("{LISTS}\nexec yes");
    tag_both(&with_tesseract(&flood), &[]).ends(1).says(&["tesseract gave more than 64 MiB"]);
    // What it started is ended with it: nothing waits for the sleep.
    let hangs = format!("{LISTS}\nsleep 300; echo late");
    let start = std::time::Instant::now();
    tag_both(&with_tesseract(&hangs), &["--extract-timeout", "5"])
        .ends(1)
        .says(&["tesseract took more than 5 seconds", "--extract-timeout"]);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
    let deaf = "sleep 300";
    let start = std::time::Instant::now();
    tag_both(&with_tesseract(deaf), &["--extract-timeout", "5"])
        .ends(2)
        .says(&["tesseract took more than 5 seconds"]);
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
