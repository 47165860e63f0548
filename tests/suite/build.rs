//! Makes small files for tests: PDFs and DOCX archives, spelt out by hand.

use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

/// A line of text on a page: words, left edge, distance from the top, size.
#[derive(Clone)]
pub(crate) struct Set(pub(crate) &'static str, pub(crate) u32, pub(crate) u32, pub(crate) u32);

/// What a page of a PDF shows.
pub(crate) enum Page {
    /// Lines of text in Helvetica.
    Text(Vec<Set>),
    /// Content spelt out; the font is `/F`.
    Drawn(String),
    /// One image over all of it.
    Image,
    /// Nothing.
    Blank,
}

/// A PDF with these pages, 595 points wide and 842 high.
pub(crate) fn pdf(pages: &[Page]) -> Vec<u8> {
    pdf_with(pages, "", "")
}

/// The same, with more in its catalog and in each page's dictionary.
pub(crate) fn pdf_with(pages: &[Page], catalog: &str, each: &str) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|at| format!("{} 0 R", 5 + 2 * at)).collect();
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
        "<< /Type /XObject /Subtype /Image /Width 2480 /Height 3508 /BitsPerComponent 8 \
         /ColorSpace /DeviceGray /Length 2 >>\nstream\nAB\nendstream"
            .to_owned(),
    ];
    for (at, page) in pages.iter().enumerate() {
        let content = match page {
            Page::Text(lines) => lines.iter().map(shown).collect(),
            Page::Drawn(content) => content.clone(),
            Page::Image => "595 0 0 842 0 0 cm /Im Do".to_owned(),
            Page::Blank => String::new(),
        };
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << \
             /Font << /F 3 0 R >> /XObject << /Im 4 0 R >> >> {each} >>",
            6 + 2 * at
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    assemble(&objects)
}

fn shown(Set(words, left, top, size): &Set) -> String {
    let words = words.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
    format!("BT /F {size} Tf {left} {} Td ({words}) Tj ET\n", 842 - top)
}

/// A PDF of these objects, the first of which is its catalog.
pub(crate) fn assemble(objects: &[String]) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n".to_vec();
    let mut places = String::new();
    for (number, object) in (1..).zip(objects) {
        places += &cross_reference(file.len());
        file.extend(format!("{number} 0 obj\n{object}\nendobj\n").bytes());
    }
    let (start, size) = (file.len(), objects.len() + 1);
    file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n{places}").bytes());
    let trailer = format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
    file.extend(trailer.bytes());
    file
}

fn cross_reference(place: usize) -> String {
    format!("{place:010} 00000 n \n")
}

/// A zip archive of these files.
pub(crate) fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer.start_file(*name, SimpleFileOptions::default()).expect("the name is free");
        writer.write_all(content.as_bytes()).expect("memory takes it");
    }
    writer.finish().expect("the archive closes").into_inner()
}

/// A DOCX whose body is this XML, with two lists: 1 numbers "Article %1",
/// "%2." and "(%3)" on its levels, 2 has bullets.
pub(crate) fn docx(body: &str) -> Vec<u8> {
    let level = |at: u8, format: &str, text: &str| {
        format!(
            r#"<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format}"/><w:lvlText w:val="{text}"/></w:lvl>"#
        )
    };
    let numbering = format!(
        r#"<w:numbering xmlns:w="w"><w:abstractNum w:abstractNumId="0">{}{}{}</w:abstractNum>
        <w:abstractNum w:abstractNumId="1">{}</w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#,
        level(0, "decimal", "Article %1"),
        level(1, "decimal", "%2."),
        level(2, "lowerLetter", "(%3)"),
        level(0, "bullet", "·"),
    );
    let styles = r#"<w:styles xmlns:w="w"><w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>
        <w:style w:styleId="Toc"><w:name w:val="toc 1"/></w:style></w:styles>"#;
    let notes = r#"<w:footnotes xmlns:w="w"><w:footnote w:id="0" w:type="separator"/>
        <w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t xml:space="preserve"> See the Charter.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
    let document = format!(r#"<w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    archive(&[
        ("word/document.xml", &document),
        ("word/numbering.xml", &numbering),
        ("word/styles.xml", styles),
        ("word/footnotes.xml", notes),
    ])
}
