//! What the fuzz targets share: reading bytes and holding the result to what
//! every document must keep.

use normtag::extract::{RecognisedPages, extract_recognised};
use normtag::model::{Extracted, Snapshot};
use std::io::{Cursor, Write};

/// Reads bytes under a name. A panic of a parser, which `extract` turns into a
/// reason, is a find here, and so is a document that breaks its own rules.
pub fn read(name: &str, bytes: Vec<u8>) {
    read_recognised(name, bytes, &RecognisedPages::new());
}

/// The same, with what was recognised of the pages.
pub fn read_recognised(name: &str, bytes: Vec<u8>, pages: &RecognisedPages) {
    match extract_recognised(&Snapshot::of_bytes(name, bytes), pages) {
        Extracted::Unread(unread) => {
            assert!(!unread.reason.contains("its parser gave up"), "{}", unread.reason);
            assert!(!unread.reason.contains('\n'), "{}", unread.reason);
        }
        Extracted::Read(document) => {
            let mut end = 0;
            for paragraph in &document.paragraphs {
                assert!(paragraph.span.start >= end, "paragraphs overlap");
                end = paragraph.span.end;
                assert!(paragraph.span.cut(&document.text).is_some(), "a span cuts a character");
                let _ = paragraph.locator.citation(paragraph.place);
            }
        }
    }
}

/// An archive of parts that are not packed, so that changes reach their text.
pub fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let stored = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Stored);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, stored).expect("the name is free");
        writer.write_all(content).expect("memory takes it");
    }
    writer.finish().expect("the archive closes").into_inner()
}

/// The input cut in `N` parts at a byte no text has.
pub fn parts<const N: usize>(data: &[u8]) -> [&[u8]; N] {
    let mut parts = [&data[..0]; N];
    for (part, piece) in parts.iter_mut().zip(data.splitn(N, |byte| *byte == 0xff)) {
        *part = piece;
    }
    parts
}
