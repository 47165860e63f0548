//! What kind of file some bytes are, by looking at them.
//!
//! The name and the stated content type are heard only where the bytes leave
//! it open: between Markdown and plain text.

use crate::extract::charset;
use crate::model::{MediaType, Snapshot};

/// The start of a file that is looked at for signs of a format.
const PREFIX_BYTES: usize = 8192;

/// The kind of the snapshot's bytes, or in one line why normtag cannot read
/// such a file.
pub(crate) fn detect(snapshot: &Snapshot) -> Result<MediaType, String> {
    let bytes = &snapshot.bytes;
    let prefix = &bytes[..bytes.len().min(PREFIX_BYTES)];
    if find(&prefix[..prefix.len().min(1024)], b"%PDF-").is_some() {
        return Ok(MediaType::Pdf);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(packed(prefix));
    }
    if prefix.starts_with(b"{\\rtf") || prefix.starts_with(b"\xef\xbb\xbf{\\rtf") {
        return Ok(MediaType::Rtf);
    }
    if let Some(name) = foreign(prefix) {
        return Err(name.to_owned());
    }
    let text = charset::decode(prefix, snapshot.content_type.as_deref());
    if is_binary(&text) {
        return Err("neither text nor a format normtag reads (PDF, HTML, DOCX, ODT, RTF, EPUB, \
                    Markdown, plain text); check that the file is whole"
            .to_owned());
    }
    if is_flat_odt(&text) {
        return Ok(MediaType::Odt);
    }
    if is_html(&text) {
        return Ok(MediaType::Html);
    }
    Ok(if is_markdown(snapshot, &text) { MediaType::Markdown } else { MediaType::PlainText })
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

/// The kind of an archive that names it in its first part, as those of
/// OpenDocument and EPUB should. Which it is in the end is told by its parts.
fn packed(prefix: &[u8]) -> MediaType {
    let start = &prefix[..prefix.len().min(200)];
    if find(start, b"mimetypeapplication/vnd.oasis.opendocument.").is_some() {
        MediaType::Odt
    } else if find(start, b"mimetypeapplication/epub+zip").is_some() {
        MediaType::Epub
    } else {
        MediaType::Docx
    }
}

/// An OpenDocument text that is one XML file.
fn is_flat_odt(text: &str) -> bool {
    text.contains("<office:document") && text.contains("urn:oasis:names:tc:opendocument")
}

/// Formats that are recognised only to say what to do with them.
fn foreign(prefix: &[u8]) -> Option<&'static str> {
    const IMAGE: &str = "an image, not a text; run OCR (for example `ocrmypdf --image-dpi 300 in.png \
                         out.pdf`) and tag the result";
    const SIGNS: &[(&[u8], &str)] = &[
        (b"\xd0\xcf\x11\xe0", "an old Office file (.doc, .xls or .ppt); save it as .docx or PDF"),
        (b"%!PS", "a PostScript file; convert it to PDF (for example `ps2pdf in.ps out.pdf`)"),
        (b"\x1f\x8b", "a gzip archive; unpack it and tag what is in it"),
        (b"7z\xbc\xaf", "a 7z archive; unpack it and tag what is in it"),
        (b"Rar!", "a RAR archive; unpack it and tag what is in it"),
        (b"\x89PNG", IMAGE),
        (b"\xff\xd8\xff", IMAGE),
        (b"GIF8", IMAGE),
        (b"II*\0", IMAGE),
        (b"MM\0*", IMAGE),
    ];
    SIGNS.iter().find(|(sign, _)| prefix.starts_with(sign)).map(|(_, name)| *name)
}

/// Text has next to no control characters and next to nothing undecodable.
fn is_binary(text: &str) -> bool {
    let odd = |c: &char| (c.is_control() && !c.is_whitespace()) || *c == '\u{fffd}';
    let odd = text.chars().filter(odd).count();
    odd > 2 && odd * 20 > text.chars().count()
}

fn is_html(text: &str) -> bool {
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let lower = start.to_ascii_lowercase();
    if ["<!doctype html", "<html", "<head", "<body", "<?xml", "<!doctype"]
        .iter()
        .any(|sign| lower.starts_with(sign))
    {
        return true;
    }
    if lower.contains("<html") && (lower.contains("<head") || lower.contains("<body")) {
        return true;
    }
    // A fragment: it begins with an element and closes at least one.
    let begins = [
        "<!--", "<div", "<p>", "<p ", "<h1", "<h2", "<table", "<article", "<main", "<section",
        "<ul", "<ol", "<meta", "<title",
    ];
    begins.iter().any(|sign| lower.starts_with(sign)) && lower.contains("</")
}

fn is_markdown(snapshot: &Snapshot, text: &str) -> bool {
    let stated = snapshot.content_type.as_deref().unwrap_or_default().to_ascii_lowercase();
    let name = snapshot.final_url.as_deref().unwrap_or(&snapshot.source);
    let name = name.split(['?', '#']).next().unwrap_or(name).to_ascii_lowercase();
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if stated.starts_with("text/markdown") || ends(&[".md", ".markdown", ".mdown", ".mkd"]) {
        return true;
    }
    if ends(&[".txt", ".text"]) {
        return false;
    }
    markdown_signs(text) >= 2
}

fn markdown_signs(text: &str) -> usize {
    let sign = |line: &&str| {
        let line = line.trim_start();
        let hashes = line.len() - line.trim_start_matches('#').len();
        ((1..=6).contains(&hashes) && line[hashes..].starts_with(' '))
            || line.contains("](")
            || line.matches("**").count() >= 2
            || line.starts_with("```")
            || (line.starts_with("| ") && line.trim_end().ends_with('|'))
            || line.starts_with("[^")
    };
    text.lines().filter(sign).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, bytes: &[u8], expected: MediaType) {
        assert_eq!(detect(&Snapshot::of_bytes(source, bytes.to_vec())), Ok(expected));
    }

    #[track_caller]
    fn check_refused(bytes: &[u8], words: &str) {
        let reason = detect(&Snapshot::of_bytes("x", bytes.to_vec())).expect_err("it is refused");
        assert!(reason.contains(words), "{reason}");
    }

    #[test]
    fn the_content_decides_not_the_name() {
        check("a.txt", b"\n%PDF-1.7\n", MediaType::Pdf);
        check("a.pdf", b"<!DOCTYPE html><p>Hello", MediaType::Html);
        check("a.html", b"Each Party shall cooperate.", MediaType::PlainText);
        check("a.txt", b"PK\x03\x04", MediaType::Docx);
    }

    #[test]
    fn utf16_pages_are_pages() {
        let bytes: Vec<u8> =
            "<html><p>Peace</p></html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check("x", &bytes, MediaType::Html);
    }

    #[test]
    fn markdown_is_told_by_name_or_by_two_signs() {
        check("a.md", b"Each Party shall cooperate.", MediaType::Markdown);
        check("x", b"# Title\n\nSee [this](https://example.org).\n", MediaType::Markdown);
        check("a.txt", b"# Title\n\nSee [this](https://example.org).\n", MediaType::PlainText);
        check("x", b"1. Peace\n2. Security\n", MediaType::PlainText);
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        check_refused(b"\xd0\xcf\x11\xe0\xa1\xb1", "old Office file");
        check_refused(b"\x89PNG\r\n", "run OCR");
        check_refused(&[0, 1, 2, 3, 4, 5, 6, 7, 200, 0, 255, 254], "neither text");
    }
}
