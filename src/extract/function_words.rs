//! The language of a sentence or two, told by the small words no sentence does
//! without: over so few letters they tell more than the letters' frequencies.
//!
//! Knows a few languages that are easily taken for one another, and says
//! nothing where it is not sure.

use std::sync::LazyLock;

/// The most frequent function words by ISO 639-1 code. A word that several
/// have counts for each of them.
const WORDS: [(&str, &[&str]); 7] = [
    (
        "de",
        &[
            "der", "die", "das", "und", "in", "zu", "den", "von", "mit", "für", "ist", "im", "des",
            "auf", "eine", "werden", "sich", "dem", "oder", "nicht", "durch", "ein", "bei", "zur",
        ],
    ),
    (
        "en",
        &[
            "the", "of", "and", "to", "in", "that", "for", "shall", "should", "is", "are", "or",
            "by", "with", "on", "be", "its", "their", "we", "will", "as", "from", "not", "our",
            "may", "must", "have", "has", "it", "this", "which", "they", "an", "a", "been", "who",
        ],
    ),
    (
        "es",
        &[
            "de", "la", "el", "los", "las", "y", "en", "que", "para", "por", "del", "con", "una",
            "un", "se", "al", "su", "sus", "no", "o", "es", "como", "deben", "debe", "a", "nos",
            "nuestros", "nuestras", "nuestro", "nuestra", "hay", "toda", "todo", "sin", "ningún",
            "cada", "esta", "este", "lo", "entre", "sobre",
        ],
    ),
    (
        "fr",
        &[
            "de", "la", "le", "les", "et", "des", "du", "en", "à", "dans", "pour", "que", "qui",
            "par", "une", "un", "au", "aux", "sur", "ne", "pas", "leur", "leurs", "doivent", "ou",
            "ce", "sont", "l", "d", "n", "s", "qu", "nous", "nos", "notre", "il", "est", "être",
            "avec", "ces", "cette", "son", "sa", "ses", "se", "tout", "toute", "aucun",
        ],
    ),
    (
        "it",
        &[
            "di", "e", "il", "la", "che", "in", "per", "del", "della", "i", "le", "dei", "con",
            "un", "una", "non", "delle", "alla", "gli", "al", "sono", "nel", "o", "da",
        ],
    ),
    (
        "nl",
        &[
            "de", "het", "van", "een", "en", "in", "te", "dat", "op", "voor", "met", "zijn", "is",
            "om", "aan", "door", "niet", "die", "of", "bij", "worden", "hun", "wordt", "moeten",
        ],
    ),
    (
        "pt",
        &[
            "de", "a", "o", "e", "que", "do", "da", "os", "as", "em", "para", "dos", "das", "com",
            "um", "uma", "no", "na", "por", "não", "ao", "se", "nos", "à", "pelos", "nossos",
            "nossas", "são", "sem", "cada", "sobre", "entre", "todo", "toda",
        ],
    ),
];

/// The function words known of a language, in lower case; none of one that is
/// not known here.
#[must_use]
pub fn function_words(language: &str) -> &'static [&'static str] {
    WORDS.iter().find(|(code, _)| *code == language).map_or(&[], |(_, words)| words)
}

/// No function word is longer, in bytes.
const LONGEST: usize = 8;

/// Places of the table of function words: some four for each.
const PLACES: usize = 1024;

/// Each function word as a number, and its languages as bits in the order of
/// `WORDS`, at the first free place from the one that [`places_from`] gives it.
static LANGUAGES_OF: LazyLock<Vec<(u64, u8)>> = LazyLock::new(|| {
    let mut table = vec![(0, 0); PLACES];
    for (nth, (_, known)) in WORDS.iter().enumerate() {
        for word in known.iter().filter_map(|word| packed(word)) {
            let place = places_from(word).find(|at| table[*at].0 == word || table[*at].1 == 0);
            if let Some(at) = place {
                table[at] = (word, table[at].1 | 1 << nth);
            }
        }
    }
    table
});

/// The places where a word may stand, the likeliest first.
fn places_from(word: u64) -> impl Iterator<Item = usize> {
    // Spread by the golden ratio; the uppermost bits are the best spread.
    let first = word.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - PLACES.ilog2());
    let first = usize::try_from(first).unwrap_or_default();
    (first..first + PLACES).map(|at| at % PLACES)
}

/// The letters of a word as they come.
#[derive(Default)]
struct Word {
    /// The bytes, the last one in the lowest place.
    packed: u64,
    /// In bytes, of a word that is longer too.
    length: usize,
}

impl Word {
    fn push(&mut self, byte: u8) {
        self.packed = self.packed << 8 | u64::from(byte);
        self.length += 1;
    }

    fn push_letter(&mut self, letter: char) {
        let mut utf8 = [0; 4];
        letter.encode_utf8(&mut utf8).bytes().for_each(|byte| self.push(byte));
    }

    /// The languages that have it, as bits in the order of `WORDS`.
    fn languages(&self) -> u8 {
        if self.length > LONGEST {
            return 0;
        }
        let table = &*LANGUAGES_OF;
        let mut places = places_from(self.packed).map(|at| table[at]);
        let found = places.find(|(word, languages)| *word == self.packed || *languages == 0);
        found.map_or(0, |(_, languages)| languages)
    }
}

/// The bytes of a word that is short enough, as one number.
fn packed(word: &str) -> Option<u64> {
    let mut letters = Word::default();
    word.bytes().for_each(|byte| letters.push(byte));
    (letters.length <= LONGEST).then_some(letters.packed)
}

/// The words of a text, and how many of them the two languages have that have
/// the most.
pub(super) struct Tally {
    words: usize,
    first: usize,
    second: usize,
    code: &'static str,
}

impl Tally {
    /// Counts them.
    pub(super) fn of(text: &str) -> Self {
        let (mut words, mut counts) = (0, [0usize; WORDS.len()]);
        let mut word = Word::default();
        // The space ends the last word.
        for letter in text.chars().chain([' ']) {
            if letter.is_ascii_alphabetic() {
                word.push(letter.to_ascii_lowercase() as u8);
            } else if letter.is_alphabetic() {
                letter.to_lowercase().for_each(|letter| word.push_letter(letter));
            } else if word.length > 0 {
                words += 1;
                let languages = std::mem::take(&mut word).languages();
                if languages != 0 {
                    for (nth, count) in counts.iter_mut().enumerate() {
                        *count += usize::from(languages >> nth & 1);
                    }
                }
            }
        }
        let mut ranked = WORDS.map(|(code, _)| (0, code));
        ranked.iter_mut().zip(counts).for_each(|(ranked, count)| ranked.0 = count);
        ranked.sort_unstable_by(|a, b| b.cmp(a));
        Self { words, first: ranked[0].0, second: ranked[1].0, code: ranked[0].1 }
    }

    /// The language whose function words clearly prevail.
    pub(super) fn prevailing(&self) -> Option<&'static str> {
        let Self { words, first, second, code } = *self;
        // Two of them, half as many again as the next language has, and a
        // quarter of all words: a language that is not listed has a few of
        // them by chance.
        (first >= 2 && 2 * first >= 3 * second.max(1) && 4 * first >= words).then_some(code)
    }

    /// The language of a longer text whose function words leave no doubt:
    /// letters need not be weighed, which takes many times as long. Dutch
    /// leaves it, as Afrikaans has most of its small words.
    pub(super) fn unmistakable(&self) -> Option<&'static str> {
        let Self { words, first, second, code } = *self;
        let clear = first >= 4 && first >= 2 * second && 4 * first >= words;
        (clear && code != "nl").then_some(code)
    }

    /// Whether the text is plainly in the language that the texts around it
    /// are in: it may have fewer function words than one of which nothing is
    /// known.
    pub(super) fn leans_to(&self, language: &str) -> bool {
        let Self { words, first, second, code } = *self;
        code == language && first >= 4 && first >= 2 * second && 6 * first >= words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(Tally::of(text).prevailing(), expected, "{text}");
    }

    #[test]
    fn one_sentence_is_enough() {
        check("Competent authorities may search a computer system and seize it.", Some("en"));
        check("Los Estados deben proteger las redes y los sistemas.", Some("es"));
        check("Les États doivent protéger les réseaux et les systèmes.", Some("fr"));
        check(
            "De staten moeten het netwerk en de systemen van de overheid beschermen.",
            Some("nl"),
        );
    }

    #[test]
    fn no_word_is_longer_than_the_longest() {
        assert!(WORDS.iter().flat_map(|(_, known)| *known).all(|word| word.len() <= LONGEST));
    }

    #[test]
    fn neighbours_of_a_known_language_are_not_taken_for_it() {
        let check = |text, expected| assert_eq!(Tally::of(text).unmistakable(), expected, "{text}");
        check("Each Party shall adopt such measures as may be necessary to that end.", Some("en"));
        check("Els Estats han de protegir les xarxes i els sistemes de la ciutat.", None);
        check("Die state moet die netwerke en die stelsels van die regering beskerm.", None);
        check("Staterne skal beskytte netværk og systemer i de offentlige myndigheder.", None);
    }

    #[test]
    fn the_texts_around_help_a_text_of_many_names() {
        let text = "Arista Networks, Cisco Systems and Juniper Networks implement both a strict \
                    mode and a loose mode for customers with several uplinks.";
        assert_eq!(Tally::of(text).unmistakable(), Some("en"));
        let names = format!("{text} Border Gateway Protocol, Resource Public Key Infrastructure");
        assert_eq!(Tally::of(&names).unmistakable(), None);
        assert!(Tally::of(&names).leans_to("en") && !Tally::of(&names).leans_to("nl"));
    }

    #[test]
    fn where_none_prevails_nothing_is_said() {
        check("CERT Network Security", None);
        check("Государства должны защищать сети.", None);
        check(
            "Staterna bör uppmuntra rapportering av sårbarheter och dela information om hur de kan åtgärdas.",
            None,
        );
    }
}
