//! EPUB: the list of chapters and one of them.

#![no_main]

use normtag_fuzz::{archive, parts, read};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let [package, chapter] = parts(data);
    read(
        "x",
        archive(&[
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", b"<container><rootfile full-path=\"p.opf\"/></container>"),
            ("p.opf", package),
            ("a.xhtml", chapter),
        ]),
    );
});
