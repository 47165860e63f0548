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
#[derive(Debug, Clone)]
pub(crate) struct Letters<'t> {
    /// The text.
    pub(crate) text: &'t str,
    /// The stream.
    pub(crate) bytes: Vec<u8>,
    /// For each byte of the stream, where its character begins in the text.
    pub(crate) places: Vec<u32>,
}

impl<'t> Letters<'t> {
    /// The letters of `text`; what lies beyond 4 GiB is left out.
    pub(crate) fn of(text: &'t str) -> Self {
        Self::outside(text, &[])
    }

    /// The letters of `text` that are in none of `hidden`, which is sorted and
    /// does not overlap.
    pub(crate) fn outside(text: &'t str, hidden: &[Span]) -> Self {
        let bytes = text.len();
        let room = || Vec::with_capacity(bytes);
        let mut letters = Self { text, bytes: room(), places: Vec::with_capacity(bytes) };
        let mut from = 0;
        for span in hidden.iter().copied().chain([Span::new(bytes, bytes)]) {
            for (place, character) in text[from..span.start].char_indices() {
                letters.push(from + place, character);
            }
            from = span.end;
        }
        letters
    }

    /// Puts what `character`, at `place` in the text, has of letters.
    fn push(&mut self, place: usize, character: char) {
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

    /// Whether something stands between the letter at `index` and the one
    /// before, or one of them is not there.
    pub(crate) fn breaks_before(&self, index: usize) -> bool {
        if index == 0 || index >= self.len() {
            return true;
        }
        let (before, here) = (self.place(index - 1), self.place(index));
        here != before && here != self.after(index - 1)
    }

    /// One past the character, in the text, of the letter at `index`.
    pub(crate) fn after(&self, index: usize) -> usize {
        let place = self.place(index);
        place + self.text[place..].chars().next().map_or(0, char::len_utf8)
    }

    /// How many bytes the stream has.
    pub(crate) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// The place in the text of the letter at `index`.
    pub(crate) fn place(&self, index: usize) -> usize {
        self.places[index] as usize
    }

    /// The part of the text that the letters `start..end` (not empty) stand in.
    pub(crate) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.place(start), self.after(end - 1))
    }

    /// What stands in the text between the letter at `index` and the one
    /// before; at the ends, all that is there.
    pub(crate) fn gap(&self, index: usize) -> &'t str {
        self.between(index, index)
    }

    /// What stands in the text after the letter before `from`, up to the letter
    /// at `to`; nothing where both are of one character.
    pub(crate) fn between(&self, from: usize, to: usize) -> &'t str {
        let from = if from == 0 { 0 } else { self.after(from - 1) };
        let to = if to < self.len() { self.place(to) } else { self.text.len() };
        &self.text[from..to.max(from)]
    }
}

/// Whether a decomposed character belongs to the stream. The modifier letters
/// are the apostrophes some keyboards have.
fn is_letter(character: char) -> bool {
    let apostrophe = matches!(character, '\u{2b9}'..='\u{2bf}');
    !apostrophe && (character.is_alphanumeric() || is_combining_mark(character))
}
