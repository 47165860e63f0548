//! RTF.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| normtag_fuzz::read("x", [b"{\\rtf1", data].concat()));
