//! Numbers of places: `25`, `45bis`, `3~iii` (a numeral with its value), `f`.

use crate::numerals::from_roman;

/// Latin endings of numbers that were put in later.
const LATER: &[&str] =
    &["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies"];

/// The number of a place, in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number {
    value: String,
    numeral: Option<String>,
}

/// What a number is made of: bare numbers that follow each other are
/// neighbours where they are made alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Made {
    Digits,
    Numeral,
    Letter,
}

impl Number {
    /// The value: digits (with what was added), or a letter.
    #[must_use]
    pub fn value(&self) -> &str {
        &self.value
    }

    /// The roman numeral it was written as.
    #[must_use]
    pub fn numeral(&self) -> Option<&str> {
        self.numeral.as_deref()
    }

    pub(crate) fn made(&self) -> Made {
        match (&self.numeral, self.value.starts_with(|c: char| c.is_ascii_digit())) {
            (Some(_), _) => Made::Numeral,
            (None, true) => Made::Digits,
            (None, false) => Made::Letter,
        }
    }

    /// A number of digits with an ending, such as `5`, `5a` or `45bis`.
    pub(crate) fn of_digits(digits: &str, ending: &str) -> Self {
        Self { value: format!("{digits}{ending}"), numeral: None }
    }

    /// Letters read as a numeral or a letter. A single letter is a numeral
    /// only where it is a capital or `single` says so, and only `i`, `v` and
    /// `x`.
    pub(crate) fn of_letters(word: &str, single: bool) -> Option<Self> {
        let single = single || word.starts_with(|c: char| c.is_ascii_uppercase());
        let word = word.to_ascii_lowercase();
        let numeral = roman(&word)
            .filter(|_| word.len() > 1 || (single && matches!(word.as_str(), "i" | "v" | "x")));
        if let Some(value) = numeral {
            return Some(Self { value: value.to_string(), numeral: Some(word) });
        }
        let letter = word.len() == 1 && word.as_bytes()[0].is_ascii_lowercase();
        letter.then_some(Self { value: word, numeral: None })
    }

    /// Whether `self` is the letter after `before`.
    pub(crate) fn is_letter_after(&self, before: &Self) -> bool {
        let letters = self.made() == Made::Letter && before.made() == Made::Letter;
        letters && self.value.as_bytes()[0] == before.value.as_bytes()[0] + 1
    }

    /// The single letter read as the numeral it may be.
    pub(crate) fn as_numeral(&self) -> Self {
        Self::of_letters(&self.value, true).unwrap_or_else(|| self.clone())
    }

    /// Whether it is a letter that is as likely a numeral.
    pub(crate) fn may_be_numeral(&self) -> bool {
        self.made() == Made::Letter && self.as_numeral().made() == Made::Numeral
    }

    /// As it is written in a step: `3~iii`.
    pub(crate) fn canonical(&self) -> String {
        match &self.numeral {
            Some(numeral) => format!("{}~{numeral}", self.value),
            None => self.value.clone(),
        }
    }

    pub(crate) fn from_canonical(text: &str) -> Option<Self> {
        if let Some((value, numeral)) = text.split_once('~') {
            let same = roman(numeral).is_some_and(|read| read.to_string() == value);
            return same
                .then(|| Self { value: value.to_owned(), numeral: Some(numeral.to_owned()) });
        }
        let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (digits, ending) = text.split_at(digits);
        let letter = ending.len() == 1 && ending.as_bytes()[0].is_ascii_lowercase();
        let known = letter || (!digits.is_empty() && (ending.is_empty() || is_later(ending)));
        known.then(|| Self { value: text.to_owned(), numeral: None })
    }
}

/// Whether this ending marks a number that was put in later.
pub(crate) fn is_later(word: &str) -> bool {
    LATER.contains(&word)
}

/// The value of a well-formed numeral in lower case, up to 399.
fn roman(word: &str) -> Option<u32> {
    from_roman(word).filter(|&value| value < 400).and_then(|value| u32::try_from(value).ok())
}
