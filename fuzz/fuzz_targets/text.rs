//! Plain text, and whatever else the bytes are taken for.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| normtag_fuzz::read("x.txt", data.to_vec()));
