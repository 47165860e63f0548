//! Which language most of a document is in, and which paragraphs are in others.

use crate::extract::blocks::Block;
use crate::extract::function_words::Tally;
use crate::model::{Paragraph, ParagraphKind};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use whatlang::{Detector, Lang};

/// Below this many letters a guess is not worth making.
const LEAST_LETTERS: usize = 40;

/// A block of fewer letters is told by its function words, where they tell.
const FEW_LETTERS: usize = 300;

/// A block of more letters than this is told by its beginning.
const ENOUGH_LETTERS: usize = 600;

/// Blocks that are looked at, spread over the whole length.
const SAMPLE_BLOCKS: usize = 400;

/// The ISO 639-1 code of the language most of a document is in, where there is
/// text enough to tell. It is told block by block: a title page or an annex in
/// another language decides nothing for the rest.
pub(crate) fn language(blocks: &[Block]) -> Option<String> {
    let running = |block: &&Block| {
        matches!(block.kind, ParagraphKind::Text | ParagraphKind::ListItem)
            && has_letters(&block.text, LEAST_LETTERS)
    };
    let chosen: Vec<&Block> = blocks.iter().filter(running).collect();
    let step = chosen.len().div_ceil(SAMPLE_BLOCKS).max(1);
    let mut weights: BTreeMap<String, usize> = BTreeMap::new();
    let mut doubtful = Vec::new();
    for block in chosen.into_iter().step_by(step) {
        let length = letters(&block.text);
        match by_words(&block.text, &Tally::of(beginning(&block.text))) {
            Some(code) => *weights.entry(code.to_owned()).or_default() += length,
            None => doubtful.push((length, block.text.as_str())),
        }
    }
    weigh_letters(doubtful, &mut weights);
    let most = weights.into_iter().max_by_key(|(_, weight)| *weight);
    most.map(|(code, _)| code).or_else(|| detect_together(blocks))
}

/// Adds texts, each with its length, whose function words alone do not tell
/// their language. To weigh letters takes long, so a text that leans to the
/// language most others are in is taken to be in it, and of the rest the long
/// ones are asked first, until what is left could change nothing.
fn weigh_letters(mut doubtful: Vec<(usize, &str)>, weights: &mut BTreeMap<String, usize>) {
    let leading = weights.iter_mut().max_by_key(|(_, weight)| **weight);
    if let Some((code, weight)) = leading {
        doubtful.retain(|(length, text)| {
            let leans = Tally::of(beginning(text)).leans_to(code);
            *weight += usize::from(leans) * length;
            !leans
        });
    }
    doubtful.sort_by_key(|(length, _)| Reverse(*length));
    let mut left: usize = doubtful.iter().map(|(length, _)| length).sum();
    for (length, text) in doubtful {
        if !could_matter(left, weights) {
            return;
        }
        left -= length;
        if let Some(code) = by_letters(text) {
            *weights.entry(code).or_default() += length;
        }
    }
}

/// Whether so many more letters could make another language the one most of a
/// document is in.
fn could_matter(letters: usize, weights: &BTreeMap<String, usize>) -> bool {
    let mut told: Vec<usize> = weights.values().copied().collect();
    told.sort_unstable_by(|a, b| b.cmp(a));
    let nth = |nth: usize| told.get(nth).copied().unwrap_or_default();
    nth(1) + letters >= nth(0)
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Whether there are so many letters in a text, of which no more than needed
/// are counted.
fn has_letters(text: &str, least: usize) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).take(least).count() == least
}

/// The language of one block, where its function words are sure. `tally` is
/// that of its beginning.
fn by_words(text: &str, tally: &Tally) -> Option<&'static str> {
    if has_letters(text, FEW_LETTERS) {
        tally.unmistakable()
    } else if beginning(text).len() == text.len() {
        tally.prevailing()
    } else {
        Tally::of(text).prevailing()
    }
}

/// The language of one block, where its letters are sure.
fn by_letters(text: &str) -> Option<String> {
    let found = whatlang::detect(beginning(text))?;
    (found.is_reliable() && found.confidence() > 0.7).then(|| code(found.lang())).flatten()
}

/// As much of a text as its language is told from.
fn beginning(text: &str) -> &str {
    if text.len() <= ENOUGH_LETTERS {
        return text;
    }
    text.char_indices().nth(ENOUGH_LETTERS).map_or(text, |(end, _)| &text[..end])
}

/// The language of blocks too short, or too unlike sentences, to be told alone.
fn detect_together(blocks: &[Block]) -> Option<String> {
    let mut sample = String::new();
    for block in blocks {
        if sample.len() > 20_000 {
            break;
        }
        sample.push_str(&block.text);
        sample.push('\n');
    }
    if !has_letters(&sample, LEAST_LETTERS) {
        return None;
    }
    if !has_letters(&sample, FEW_LETTERS)
        && let Some(code) = Tally::of(&sample).prevailing()
    {
        return Some(code.to_owned());
    }
    let found = whatlang::detect(&sample)?;
    (found.is_reliable() || found.confidence() > 0.5).then(|| code(found.lang())).flatten()
}

/// Below this many letters a paragraph alone does not tell its language.
const LEAST_ALONE: usize = 60;

/// How sure a paragraph must be told to be in another language than the
/// document, and how sure one next to such a paragraph.
const SURE: f64 = 0.8;
const SURE_BESIDE: f64 = 0.6;

static DETECTOR: LazyLock<Detector> = LazyLock::new(|| {
    Detector::with_denylist(vec![
        Lang::Afr,
        Lang::Aka,
        Lang::Epo,
        Lang::Jav,
        Lang::Lat,
        Lang::Sna,
        Lang::Tgl,
        Lang::Yid,
        Lang::Zul,
    ])
});

/// Marks the paragraphs that are in another language than the document. One
/// that is told less surely is marked where the one before or after it is in
/// that language too: quotes and annexes seldom come as one sentence.
pub(crate) fn mark(text: &str, paragraphs: &mut [Paragraph], main: Option<&str>) {
    let Some(main) = main else { return };
    let told: Vec<Option<(String, f64)>> = paragraphs
        .iter()
        .map(|paragraph| {
            let words = paragraph.span.cut(text).unwrap_or_default();
            foreign(words, main).filter(|(code, _)| code != main)
        })
        .collect();
    let sure = |at: usize, code: &str| {
        told.get(at).and_then(Option::as_ref).is_some_and(|(own, by)| own == code && *by >= SURE)
    };
    for (at, paragraph) in paragraphs.iter_mut().enumerate() {
        let Some((code, by)) = &told[at] else { continue };
        let beside = sure(at + 1, code) || (at > 0 && sure(at - 1, code));
        if *by >= SURE || (beside && *by >= SURE_BESIDE) {
            paragraph.language = Some(code.clone());
        }
    }
}

/// The language of a paragraph's words and how sure that is; none where they
/// are too few, most are names and numbers, or it is plainly `main`.
fn foreign(words: &str, main: &str) -> Option<(String, f64)> {
    let beginning = beginning(words);
    // First what settles most paragraphs.
    let tally = Tally::of(beginning);
    let plain = tally.leans_to(main) || by_words(words, &tally) == Some(main);
    if plain || !has_letters(beginning, LEAST_ALONE) {
        return None;
    }
    let small = |word: &&str| word.starts_with(char::is_lowercase);
    let all = beginning.split_whitespace().count();
    let scripts_without_case = !beginning.chars().any(char::is_uppercase);
    if !scripts_without_case && beginning.split_whitespace().filter(small).count() * 2 < all {
        return None;
    }
    // Without the languages that few letters look like and no agreement is
    // written in: Dutch sentences are taken for Afrikaans.
    let found = DETECTOR.detect(beginning)?;
    Some((code(found.lang())?, found.confidence()))
}

/// The two-letter code of a language that whatlang names with three.
fn code(lang: Lang) -> Option<String> {
    let at = CODES.iter().position(|(three, _)| *three == lang.code())?;
    Some(CODES[at].1.to_owned())
}

/// ISO 639-3 and ISO 639-1.
const CODES: &[(&str, &str)] = &[
    ("epo", "eo"),
    ("eng", "en"),
    ("rus", "ru"),
    ("cmn", "zh"),
    ("spa", "es"),
    ("por", "pt"),
    ("ita", "it"),
    ("ben", "bn"),
    ("fra", "fr"),
    ("deu", "de"),
    ("ukr", "uk"),
    ("kat", "ka"),
    ("ara", "ar"),
    ("hin", "hi"),
    ("jpn", "ja"),
    ("heb", "he"),
    ("yid", "yi"),
    ("pol", "pl"),
    ("amh", "am"),
    ("jav", "jv"),
    ("kor", "ko"),
    ("nob", "nb"),
    ("dan", "da"),
    ("swe", "sv"),
    ("fin", "fi"),
    ("tur", "tr"),
    ("nld", "nl"),
    ("hun", "hu"),
    ("ces", "cs"),
    ("ell", "el"),
    ("bul", "bg"),
    ("bel", "be"),
    ("mar", "mr"),
    ("kan", "kn"),
    ("ron", "ro"),
    ("slv", "sl"),
    ("hrv", "hr"),
    ("srp", "sr"),
    ("mkd", "mk"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("est", "et"),
    ("tam", "ta"),
    ("vie", "vi"),
    ("urd", "ur"),
    ("tha", "th"),
    ("guj", "gu"),
    ("uzb", "uz"),
    ("pan", "pa"),
    ("aze", "az"),
    ("ind", "id"),
    ("tel", "te"),
    ("pes", "fa"),
    ("mal", "ml"),
    ("ori", "or"),
    ("mya", "my"),
    ("nep", "ne"),
    ("sin", "si"),
    ("khm", "km"),
    ("tuk", "tk"),
    ("aka", "ak"),
    ("zul", "zu"),
    ("sna", "sn"),
    ("afr", "af"),
    ("lat", "la"),
    ("slk", "sk"),
    ("cat", "ca"),
    ("tgl", "tl"),
    ("hye", "hy"),
    ("cym", "cy"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(language(&[Block::text(text)]).as_deref(), expected);
    }

    #[test]
    fn the_language_is_told_from_enough_text() {
        check(
            "Each Party shall adopt such legislative and other measures as may be necessary to \
               establish criminal offences under its domestic law.",
            Some("en"),
        );
        check(
            "Chaque Partie adopte les mesures législatives et autres qui se révèlent nécessaires \
               pour ériger en infraction pénale tout acte intentionnel.",
            Some("fr"),
        );
        check(
            "Каждая Сторона принимает такие законодательные и иные меры, какие могут быть \
               необходимы.",
            Some("ru"),
        );
    }

    #[test]
    fn too_little_text_has_no_language() {
        check("Article 5", None);
        check("12 34 56 78 90 12 34 56 78 90 12 34 56 78 90 12 34 56 78 90", None);
    }

    #[test]
    fn every_language_has_a_code() {
        let missing: Vec<&Lang> =
            Lang::all().iter().filter(|lang| code(**lang).is_none()).collect();
        assert_eq!(missing, Vec::<&Lang>::new());
    }
}
