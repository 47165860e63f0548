//! The one integration binary.

#![allow(clippy::disallowed_methods, reason = "tests read files and the environment")]
#![allow(clippy::format_push_string, reason = "what a test builds is small")]
#![allow(clippy::unwrap_used, reason = "what helpers of tests unwrap is what the test asserts")]

// How expected output is kept, codings by hand, reference material, and a
// server that misbehaves on request.
mod coding;
mod compared;
mod golden;
mod server;
mod shared;
mod tagging;
mod tls;

// The program run as a person would run it.
mod program;

// The command line, and what it says of bad input.
mod asked;
mod bad_input;
mod check_quotes;
mod cli;
mod readme;
// What the conditions of a rule mean.
mod conditions;
// Rule files that ship, and mistakes in rule files.
mod rules;
mod explain;
mod suggest;
mod walkthrough;
// From addresses to snapshots, and what becomes of addresses.
mod archive;
mod faults;
mod fetch;
// Files made to bring a reader down.
mod hostile;
mod forbidden;
mod links;
mod polite;
mod quotes_world;
mod snapshots;
// From bytes to documents, and how binary inputs are built for it.
mod build;
mod articles;
mod calibration;
mod charsets;
mod content;
mod extract;
#[cfg(feature = "ocr")]
mod ocr;
mod office;
mod pages;
mod layout;
mod odd_pdfs;
// The forms of a coding sheet.
mod reading;
mod report;
// The registry of agreements, and how places in them are cited.
mod citation;
mod added;
mod corpus;
mod mapping;
mod site;
// The page on which people decide, and what comes out of it.
mod browser;
mod served;
mod review;
mod review_browser;
mod review_out;
mod review_pictures;
mod review_probes;
mod review_proposals;
// How far codings agree: worked examples in print, and the rest.
mod published;
mod reliability;
// What holds the house up, and laws that hold for any text.
mod isolation;
mod layers;
mod properties;
mod perturb;
mod quotes;
mod quotes_shared;
// Real agreements, and treaties on other subjects.
mod agreements;
mod treaties;
// Text and places beside what is known of them.
mod language;
mod places;
mod typeset;
mod unseen;
// Proposals beside texts coded by hand.
mod gold;
mod languages;
mod one_agreement;
mod phrasings;
mod samples;
// Two codings compared.
mod diff;
mod diff_ledgers;
mod impact;
mod reconcile;
// The data that ships.
mod curated;
mod export;
mod curated_quotes;
mod curated_texts;
mod damaged_tags;
