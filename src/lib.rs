//! Reads international agreements and proposes which norm elements each one
//! contains, with a citation and a verbatim quote. A person confirms.
//!
//! ```text
//!  address ─► fetch ─► Snapshot ─► extract ─► Document ─► scan ─► Hits ─► propose ─► Proposals
//!             socket   bytes       paragraphs with        ▲                          │
//!                                  locators               RuleSet ◄─ rules           ▼
//!                                                                                  report
//! ```
//!
//! Values flow one way. Each stage is one verb and one module, knows the
//! vocabulary in [`model`] and no other stage; only [`pipeline`] knows the
//! order, and only the program prints. What words mean is data, in `rules/`.
//!
//! ```
//! use normtag::corpus::built_in_rules;
//! use normtag::model::{Snapshot, Status, TaxonomyId};
//! use normtag::pipeline::{Part, TagOptions, Unwatched, tag};
//! use normtag::rules::RuleSet;
//!
//! let rules = RuleSet::load(&built_in_rules(), &TaxonomyId::new("bpf-2021"));
//! let rules = rules.rules.expect("the built-in rules have no mistakes");
//!
//! let text = "1. States should encourage responsible reporting of ICT vulnerabilities.";
//! let read = |name| Ok(Snapshot::of_bytes(name, text.into()));
//! let options = TagOptions { evidence: 3, keep_documents: true };
//! let tagged = tag(vec![Part::alone("note.txt")], read, &rules, &options, &Unwatched);
//!
//! let sheet = &tagged.proposals.documents[0];
//! let found = sheet.proposals.iter().find(|p| p.element.as_str() == "3.2").expect("found");
//! assert_eq!(found.status, Status::Present);
//! assert_eq!(found.evidence[0].citation, "Para. 1");
//!
//! // A quote is cut, never typed.
//! let document = tagged.documents[0].as_ref().expect("read");
//! assert_eq!(Some(found.evidence[0].quote.as_str()), found.evidence[0].span.cut(&document.text));
//! ```

// The vocabulary.
pub mod model;

// The stages, in order.
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod extract;
pub mod rules;
pub mod scan;
pub mod propose;
pub mod diff;
pub mod mapping;
pub mod report;
pub mod review;
pub mod reliability;
pub mod calibrate;

// What orders them, the door to files, and what several of them use.
pub mod citation;
pub mod corpus;
pub mod diagnostic;
pub mod handbook;
pub mod keyness;
#[cfg(feature = "fetch")]
pub mod links;
mod markup;
pub mod numerals;
pub mod pipeline;
pub mod places;
pub mod quotes;
pub mod suggest;
mod toml_reader;
pub mod words;
