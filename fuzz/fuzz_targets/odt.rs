//! ODT: the text and the styles.

#![no_main]

use normtag_fuzz::{archive, parts, read};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [content, styles] = parts(data);
    let kind = b"application/vnd.oasis.opendocument.text";
    read("x", archive(&[("mimetype", kind), ("content.xml", content), ("styles.xml", styles)]));
});
