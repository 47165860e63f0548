//! HTML.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| normtag_fuzz::read("x", [b"<html>", data].concat()));
