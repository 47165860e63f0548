//! Words and sentences of a text: where each begins and ends, and the stem it
//! is compared by.
//!
//! Knows neither documents nor rules. All offsets are bytes of the text handed
//! in.

mod abbreviations;
mod sentence;
mod stem;
mod token;

pub use sentence::{SentencePart, sentences};
pub use stem::Stemmer;
pub(crate) use stem::fold_into;
pub use token::{Token, tokens};
