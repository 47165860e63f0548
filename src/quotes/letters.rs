//! A text as a stream of letters and digits, each with its place.
//!
//! What type can change without changing words is gone from the stream: case,
//! ligatures, quotation marks, dashes, hyphens, white space, punctuation.
//! Accents stay. Characters are decomposed (NFKD), so that one written in two
//! ways is one. Knows nothing of pages or quotes.

use crate::model::Span;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The letters of a text, as UTF-8 in lower case, with the place of each byte.
#[derive(Debug, Clone, Default)]
pub(crate) struct Letters {
    /// The stream.
    pub(crate) bytes: Vec<u8>,
    /// For each byte of the stream, where its character begins in the text.
    pub(crate) places: Vec<u32>,
}

impl Letters {
    /// The letters of `text`; what lies beyond 4 GiB is left out.
    pub(crate) fn of(text: &str) -> Self {
        let mut letters = Self::with_room(text.len());
        for (place, character) in text.char_indices() {
            letters.push(place, character);
        }
        letters
    }

    /// Empty, with room for a text of this many bytes.
    pub(crate) fn with_room(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes), places: Vec::with_capacity(bytes) }
    }

    /// Puts what `character`, at `place` in the text, has of letters.
    pub(crate) fn push(&mut self, place: usize, character: char) {
        let Ok(place) = u32::try_from(place) else { return };
        if character.is_ascii() {
            if character.is_ascii_alphanumeric() {
                self.bytes.push(character.to_ascii_lowercase() as u8);
                self.places.push(place);
            }
            return;
        }
        for part in std::iter::once(character).nfkd().filter(|&part| is_letter(part)) {
            for small in part.to_lowercase() {
                // A final sigma is a sigma; an eszett in capitals is two letters.
                let mut buffer = [0; 4];
                let small = match small {
                    'ς' => "σ",
                    'ß' => "ss",
                    other => other.encode_utf8(&mut buffer),
                };
                self.bytes.extend_from_slice(small.as_bytes());
                self.places.extend(std::iter::repeat_n(place, small.len()));
            }
        }
    }

    /// How many bytes the stream has.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The place in the text of the letter at `index`.
    pub(crate) fn place(&self, index: usize) -> usize {
        self.places[index] as usize
    }

    /// The part of `text` that the letters `start..end` (not empty) stand in.
    pub(crate) fn span(&self, text: &str, start: usize, end: usize) -> Span {
        let last = self.place(end - 1);
        let length = text[last..].chars().next().map_or(0, char::len_utf8);
        Span::new(self.place(start), last + length)
    }
}

/// Whether a decomposed character belongs to the stream. The modifier letters
/// are the apostrophes some keyboards have.
fn is_letter(character: char) -> bool {
    let apostrophe = matches!(character, '\u{2b9}'..='\u{2bf}');
    !apostrophe && (character.is_alphanumeric() || is_combining_mark(character))
}
