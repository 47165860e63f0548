//! Archives themselves, whatever is in them.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| normtag_fuzz::read("x", [b"PK\x03\x04", data].concat()));
