//! What OCR writes of a page.

#![no_main]

use normtag::extract::RecognisedPages;

const PDF: &[u8] = b"%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>
endobj
trailer
<< /Size 4 /Root 1 0 R >>
%%EOF
";

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let pages = RecognisedPages::from([(1, Ok(String::from_utf8_lossy(data).into_owned()))]);
    normtag_fuzz::read_recognised("x", PDF.to_vec(), &pages);
});
