//! Sentences, as a coder would quote them.
//!
//! Unicode's sentence boundaries are the base; what they cut too often in
//! legal text is put together again (abbreviations, initials, numbers), and
//! what they leave whole is cut (items listed inline after semicolons).

use crate::model::Span;
use crate::words::abbreviations;
use regex::Regex;
use std::sync::LazyLock;
use unicode_segmentation::UnicodeSegmentation;

/// Marks besides the full stop after which a sentence may be over.
const ENDS: &[char] = &[
    '!', '?', '"', '\u{201d}', '\u{2019}', ')', '»', ':', ';', '…', '。', '！', '？', '．', '؟',
    '۔', '।', '॥', '።', '។', '၊', '။',
];

/// An item that begins inside a sentence: after a semicolon, or a colon,
/// comes a letter or number in brackets.
static INLINE_ITEM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[;:,]\s+(?:and\s+|or\s+|and/or\s+)?\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s+\p{L}")
        .expect("the pattern is fixed")
});

/// Where a long clause ends that stands between semicolons.
static CLAUSE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r";\s+(?:and\s+)?").expect("the pattern is fixed"));

/// Clauses are parted at semicolons only in sentences of more bytes than this:
/// about four lines of print, more than a coder quotes whole.
const LONG: usize = 420;

/// A sentence, or a part of one that is quoted by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SentencePart {
    /// Its bytes, without the white space around it.
    pub span: Span,
    /// For a later part of a sentence: the index of its first part, which
    /// introduces it.
    pub lead: Option<usize>,
}

/// The sentences of `text` in order. Together they cover all of it that is not
/// white space.
#[must_use]
pub fn sentences(text: &str) -> Vec<SentencePart> {
    let mut found: Vec<Span> = Vec::new();
    for (start, piece) in text.split_sentence_bound_indices() {
        let span = Span::new(start, start + piece.len());
        match found.last_mut() {
            Some(last) if continues(&text[last.start..last.end], piece) => last.end = span.end,
            _ => found.push(span),
        }
    }
    let mut all = Vec::with_capacity(found.len());
    for span in found {
        let first = all.len();
        let spans = parts(text, span).into_iter().filter_map(|part| trim(text, part));
        for (nth, span) in spans.enumerate() {
            all.push(SentencePart { span, lead: (nth > 0).then_some(first) });
        }
    }
    all
}

/// Whether `next` still belongs to the sentence `so_far`.
fn continues(so_far: &str, next: &str) -> bool {
    let end = so_far.trim_end();
    if next.trim().is_empty() || next.trim_start().starts_with(|c: char| c.is_lowercase()) {
        return true;
    }
    let Some(before) = end.strip_suffix('.') else {
        // Unicode also cuts at line ends; a sentence ends at a mark.
        return !end.ends_with(ENDS) && !so_far[end.len()..].contains('\n');
    };
    abbreviations::stops_short(before, next.trim_start())
}

/// Cuts a sentence where listed items begin inside it, and a very long one
/// at its semicolons.
fn parts(text: &str, span: Span) -> Vec<Span> {
    let sentence = &text[span.start..span.end];
    let mut cuts: Vec<usize> =
        INLINE_ITEM.find_iter(sentence).map(|found| span.start + found.start() + 1).collect();
    if cuts.len() < 2 {
        cuts.clear();
    }
    if cuts.is_empty() && sentence.len() > LONG {
        cuts = CLAUSE.find_iter(sentence).map(|found| span.start + found.start() + 1).collect();
    }
    let mut parts = Vec::with_capacity(cuts.len() + 1);
    let mut start = span.start;
    for cut in cuts {
        parts.push(Span::new(start, cut));
        start = cut;
    }
    parts.push(Span::new(start, span.end));
    parts
}

fn trim(text: &str, span: Span) -> Option<Span> {
    let words = &text[span.start..span.end];
    let start = span.start + (words.len() - words.trim_start().len());
    let end = start + words.trim().len();
    (start < end).then(|| Span::new(start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `expected` is the text with `|` where it should be cut.
    #[track_caller]
    fn check(expected: &str) {
        let text = expected.replace('|', "");
        let found: Vec<&str> = sentences(&text)
            .iter()
            .map(|part| part.span.cut(&text).expect("in the text"))
            .collect();
        assert_eq!(found.join(" |"), expected);
    }

    #[test]
    fn a_full_stop_ends_a_sentence() {
        check("States should cooperate. |They should also share. |Why? |Because.");
    }

    #[test]
    fn abbreviations_do_not() {
        check("See Art. 5 and para. 3 of Res. No. 70/237, e.g. The U.S. Government. |Next one.");
        check("Mr. A. B. Smith spoke in the U.S. Congress.");
    }

    #[test]
    fn a_list_number_stays_with_its_item() {
        check("3. States should act.");
    }

    #[test]
    fn items_inside_a_sentence_are_parted() {
        check("States should: |(a) cooperate; |(b) share; |and (c) report.");
    }

    #[test]
    fn a_short_sentence_keeps_its_semicolons() {
        check("We cooperate; we share.");
    }

    #[test]
    fn a_lower_case_word_continues_a_sentence() {
        check("The so-called sec. seven holds. |It does.");
    }

    #[test]
    fn hard_cases_in_english() {
        for case in [
            "Under Art. 5, para. 3, each Party reports. |It does so yearly.",
            "See Sec. III (13) (f) and Annex II. |The rest follows.",
            "It weighs the state of the art. |The Parties agree.",
            "The list is in the annex. |States keep it.",
            "Is the answer no? |No. 4 says no. |The others say yes.",
            "See No. 4 and Nos. 5 and 6 of Vol. II, pp. 3-5. |Then stop.",
            "Measures, e.g. The Hague rules, i.e. those of 1907, apply. |All of them.",
            "Officials from the U.S. Department met. |They agreed.",
            "It was signed in the U.S. |The Parties left.",
            "The E.U. and the U.K. agreed on 3.5 per cent of 1.2 million. |That is much.",
            "Dr. J. R. Smith and Ms. A. Jones spoke. |Prof. Lee replied.",
            "States in group B. |The others are in group C.",
            "Resolution A/RES/70/237 and Doc. A/70/174 and Add. 1 apply. |No more.",
            "It entered into force on Jan. 3, 2021. |Nobody noticed.",
            "Hardware, software, etc. |The Parties list them.",
            "Smith et al. (2019) show it. |Others doubt it.",
            "13.2. Each Party shall act. |It shall report.",
            "iv. Each Party shall act.",
            "It asked: \u{201c}Who pays?\u{201d} |Nobody answered.",
            "He said \u{201c}we agree.\u{201d} |The others did not.",
            "Visit www.example.org. |It has the text.",
            "The Parties cooperate (see para. 4). |They share.",
            "Example Inc. and Example Ltd. signed. |Others followed.",
        ] {
            check(case);
        }
    }

    #[test]
    fn hard_cases_in_french() {
        for case in [
            "Voir art. 5, al. 2, et p. 14. |La suite est connue.",
            "M. Dupont et Mme Durand ont parlé. |Ils sont d'accord.",
            "Des mesures, p. ex. Les contrôles, c.-à-d. Les audits, suffisent. |Tout est dit.",
            "La résolution no. 70 et le doc. A/70/174 s'appliquent. |Rien d'autre.",
            "Le 1er janvier 2021, l'accord entre en vigueur. |Les Parties s'en félicitent.",
            "Matériel, logiciels, etc. |Les Parties en dressent la liste.",
        ] {
            check(case);
        }
    }

    #[test]
    fn hard_cases_in_spanish() {
        for case in [
            "Véase el art. 5, párr. 2, y la pág. 14. |El resto sigue.",
            "El Sr. García y la Sra. López hablaron. |Están de acuerdo.",
            "Medidas, p. ej. Los controles, bastan. |Todo está dicho.",
            "Los EE. UU. firmaron el convenio núm. 185. |Los demás esperan.",
            "\u{bf}Quién paga? |Nadie respondió.",
        ] {
            check(case);
        }
    }

    #[test]
    fn hard_cases_in_german() {
        for case in [
            "Nach Art. 5 Abs. 2 Nr. 3 und Ziff. 4 gilt dies. |Der Rest folgt.",
            "Maßnahmen, z. B. Die Kontrollen, bzw. Prüfungen, genügen. |Alles ist gesagt.",
            "Er trat am 3. Mai 2021 in Kraft. |Die Parteien freuen sich.",
            "Im 20. Jahrhundert war es anders. |Heute gilt es.",
            "Geräte, Programme usw. |Die Parteien führen Listen.",
            "Vgl. Dr. Meier, S. 14. |Andere zweifeln.",
        ] {
            check(case);
        }
    }
}
