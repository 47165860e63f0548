//! Stems, by the Snowball algorithm of the language.
//!
//! Stems are only compared with stems of the same language; they are never
//! shown.

use rust_stemmers::{Algorithm, Stemmer as Snowball};
use std::collections::HashMap;

/// Finds stems, remembering those it has found: a text says few words often.
pub struct Stemmer {
    snowball: Option<Snowball>,
    known: HashMap<String, String>,
}

impl Stemmer {
    /// A stemmer for the language with this ISO 639-1 code. A language without
    /// an algorithm keeps its words whole.
    #[must_use]
    pub fn new(language: &str) -> Self {
        let snowball = algorithm(language).map(Snowball::create);
        Self { snowball, known: HashMap::new() }
    }

    /// Whether there is an algorithm for this language.
    pub(crate) fn knows(language: &str) -> bool {
        algorithm(language).is_some()
    }

    /// The stem of `word`, which is in lower case with straight apostrophes.
    pub fn stem(&mut self, word: &str) -> &str {
        if !self.known.contains_key(word) {
            let stem = match &self.snowball {
                Some(snowball) => snowball.stem(word).into_owned(),
                None => word.to_owned(),
            };
            self.known.insert(word.to_owned(), stem);
        }
        &self.known[word]
    }
}

/// Writes `word` as it is compared: lower case, straight apostrophes.
pub(crate) fn fold_into(word: &str, out: &mut String) {
    for character in word.chars() {
        if super::token::is_apostrophe(character) {
            out.push('\'');
        } else {
            out.extend(character.to_lowercase());
        }
    }
}

fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        let mut stemmer = Stemmer::new("en");
        let stem = stemmer.stem("protect").to_owned();
        for form in ["protects", "protected", "protecting", "protection"] {
            assert_eq!(stemmer.stem(form), stem, "{form}");
        }
        assert_eq!(stemmer.stem("state's"), "state");
    }

    #[test]
    fn a_language_without_an_algorithm_keeps_words_whole() {
        assert_eq!(Stemmer::new("xx").stem("running"), "running");
    }
}
