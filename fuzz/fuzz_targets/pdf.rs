//! PDF.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| normtag_fuzz::read("x", [b"%PDF-1.7\n", data].concat()));
