//! The language of a sentence or two, told by the small words no sentence does
//! without: over so few letters they tell more than the letters' frequencies.
//!
//! Knows a few languages that are easily taken for one another, and says
//! nothing where it is not sure.

use std::collections::BTreeMap;
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

/// Each function word as a number, and its languages as bits in the order of
/// `WORDS`; sorted by the number.
static LANGUAGES_OF: LazyLock<Vec<(u64, u8)>> = LazyLock::new(|| {
    let mut languages: BTreeMap<u64, u8> = BTreeMap::new();
    for (nth, (_, known)) in WORDS.iter().enumerate() {
        for word in known.iter().filter_map(|word| packed(word)) {
            *languages.entry(word).or_default() |= 1 << nth;
        }
    }
    languages.into_iter().collect()
});

/// The letters of a word as they come.
#[derive(Default)]
struct Word {
    bytes: [u8; LONGEST],
    /// In bytes, of a word that is longer too.
    length: usize,
}

impl Word {
    fn push(&mut self, letter: char) {
        let mut utf8 = [0; 4];
        for byte in letter.encode_utf8(&mut utf8).bytes() {
            if let Some(place) = self.bytes.get_mut(self.length) {
                *place = byte;
            }
            self.length += 1;
        }
    }

    /// The bytes of a word that is short enough, as one number.
    fn packed(&self) -> Option<u64> {
        (self.length <= LONGEST).then(|| u64::from_be_bytes(self.bytes))
    }
}

/// The bytes of a word that is short enough, as one number.
fn packed(word: &str) -> Option<u64> {
    let mut letters = Word::default();
    word.chars().for_each(|letter| letters.push(letter));
    letters.packed()
}

/// The languages that have a word, as bits in the order of `WORDS`.
fn languages_of(word: &Word) -> u8 {
    let Some(word) = word.packed() else { return 0 };
    let found = LANGUAGES_OF.binary_search_by_key(&word, |(known, _)| *known);
    found.map_or(0, |at| LANGUAGES_OF[at].1)
}

/// The words of a text, and how many of them each language has.
struct Tally {
    words: usize,
    first: usize,
    second: usize,
    code: &'static str,
}

fn tally(text: &str) -> Tally {
    let (mut words, mut counts) = (0, [0usize; WORDS.len()]);
    let mut word = Word::default();
    // The space ends the last word.
    for letter in text.chars().chain([' ']) {
        if letter.is_ascii_alphabetic() {
            word.push(letter.to_ascii_lowercase());
        } else if letter.is_alphabetic() {
            letter.to_lowercase().for_each(|letter| word.push(letter));
        } else if word.length > 0 {
            words += 1;
            let languages = languages_of(&std::mem::take(&mut word));
            if languages != 0 {
                for (nth, count) in counts.iter_mut().enumerate() {
                    *count += usize::from(languages >> nth & 1);
                }
            }
        }
    }
    let mut ranked: Vec<(usize, &str)> =
        counts.into_iter().zip(WORDS).map(|(count, (code, _))| (count, code)).collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    Tally { words, first: ranked[0].0, second: ranked[1].0, code: ranked[0].1 }
}

/// The language whose function words clearly prevail in `text`.
pub(super) fn prevailing(text: &str) -> Option<&'static str> {
    let Tally { words, first, second, code } = tally(text);
    // Two of them, half as many again as the next language has, and a quarter
    // of all words: a language that is not listed has a few of them by chance.
    (first >= 2 && 2 * first >= 3 * second.max(1) && 4 * first >= words).then_some(code)
}

/// The language of a longer text whose function words leave no doubt: letters
/// need not be weighed, which takes many times as long. Dutch leaves it, as
/// Afrikaans has most of its small words.
pub(super) fn unmistakable(text: &str) -> Option<&'static str> {
    let Tally { words, first, second, code } = tally(text);
    let clear = first >= 4 && first >= 2 * second && 4 * first >= words;
    (clear && code != "nl").then_some(code)
}

/// Whether a text is plainly in the language that the texts around it are in:
/// it may have fewer function words than one of which nothing is known.
pub(super) fn leans_to(text: &str, language: &str) -> bool {
    let Tally { words, first, second, code } = tally(text);
    code == language && first >= 4 && first >= 2 * second && 6 * first >= words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(prevailing(text), expected, "{text}");
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
        let check = |text, expected| assert_eq!(unmistakable(text), expected, "{text}");
        check("Each Party shall adopt such measures as may be necessary to that end.", Some("en"));
        check("Els Estats han de protegir les xarxes i els sistemes de la ciutat.", None);
        check("Die state moet die netwerke en die stelsels van die regering beskerm.", None);
        check("Staterne skal beskytte netværk og systemer i de offentlige myndigheder.", None);
    }

    #[test]
    fn the_texts_around_help_a_text_of_many_names() {
        let text = "Arista Networks, Cisco Systems and Juniper Networks implement both a strict \
                    mode and a loose mode for customers with several uplinks.";
        assert_eq!(unmistakable(text), Some("en"));
        let names = format!("{text} Border Gateway Protocol, Resource Public Key Infrastructure");
        assert_eq!(unmistakable(&names), None);
        assert!(leans_to(&names, "en") && !leans_to(&names, "nl"));
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
