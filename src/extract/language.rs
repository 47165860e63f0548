//! Which language most of a document is in.

use crate::extract::blocks::Block;
use crate::model::ParagraphKind;
use whatlang::Lang;

/// Text enough to be sure; more only takes time.
const SAMPLE_BYTES: usize = 20_000;

/// Below this many letters a guess is not worth making.
const LEAST_LETTERS: usize = 40;

/// The ISO 639-1 code of the language, where there is text enough to tell.
///
/// The sample is taken from the whole length, so that a foreign title page or
/// annex does not decide for the rest.
pub(crate) fn language(blocks: &[Block]) -> Option<String> {
    let running = |block: &&Block| {
        matches!(block.kind, ParagraphKind::Text | ParagraphKind::ListItem) && block.text.len() > 30
    };
    let mut chosen: Vec<&Block> = blocks.iter().filter(running).collect();
    if chosen.is_empty() {
        chosen = blocks.iter().collect();
    }
    let total: usize = chosen.iter().map(|block| block.text.len()).sum();
    let step = (total / SAMPLE_BYTES).max(1);
    let mut sample = String::new();
    for block in chosen.iter().step_by(step) {
        sample.extend(block.text.chars().take(2000));
        sample.push('\n');
    }
    if sample.chars().filter(|c| c.is_alphabetic()).count() < LEAST_LETTERS {
        return None;
    }
    let found = whatlang::detect(&sample)?;
    (found.is_reliable() || found.confidence() > 0.5).then(|| code(found.lang())).flatten()
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
