//! DOCX: the text, its styles, numbers and notes.

#![no_main]

use normtag_fuzz::{archive, parts, read};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [document, styles, numbering, footnotes] = parts(data);
    read(
        "x",
        archive(&[
            ("word/document.xml", document),
            ("word/styles.xml", styles),
            ("word/numbering.xml", numbering),
            ("word/footnotes.xml", footnotes),
        ]),
    );
});
