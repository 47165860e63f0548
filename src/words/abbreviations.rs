//! Where a full stop ends a word and no sentence: abbreviations, initials,
//! numbers, in the languages agreements are written in most.
//!
//! Some abbreviations are words too: "art." is one before a number, and ends a
//! sentence in "the state of the art. The Parties".

/// Abbreviations after which a sentence goes on, whatever follows.
const ALWAYS: &[&str] = &[
    "approx", "bzw", "c.-à-d", "ca", "cf", "corr", "d.h", "dr", "dra", "e.g", "ed", "eds", "eg",
    "ej", "esp", "ex", "gen", "gov", "hr", "i.e", "ie", "inkl", "jr", "mm", "mr", "mrs", "ms",
    "op", "p.ej", "p.ex", "prof", "resp", "sog", "sr", "sra", "sres", "st", "u.a", "ud", "v",
    "vgl", "viz", "vs", "z.b", "zzgl",
];

/// Abbreviations that stand before a number, a numeral or a letter.
const BEFORE_NUMBERS: &[&str] = &[
    "abb", "abs", "add", "al", "anh", "ann", "annex", "apdo", "apr", "art", "arts", "aug", "bd",
    "cap", "ch", "chap", "chaps", "cl", "dec", "doc", "docs", "feb", "fig", "figs", "inc", "jan",
    "kap", "lit", "no", "nos", "nov", "nr", "núm", "núms", "num", "oct", "p", "par", "para",
    "paras", "pars", "pg", "pgs", "pp", "pt", "pág", "págs", "párr", "párrs", "ref", "res", "rev",
    "s", "sec", "secs", "sect", "sects", "sept", "ser", "subpara", "suppl", "tab", "ver", "vol",
    "vols", "ziff", "§",
];

/// Abbreviations that end in a name or a list, and often a sentence: what
/// begins one tells.
const OFTEN_LAST: &[&str] = &["co", "corp", "ee", "etc", "et", "inc", "ltd", "usw", "uu"];

/// How sentences begin that hardly any name does: after "U.S." and "B.", where
/// a capital alone says nothing.
const BEGINNINGS: &[&str] = &[
    "A", "All", "An", "Any", "As", "At", "Both", "But", "Each", "Every", "For", "From", "He",
    "However", "If", "In", "It", "Its", "No", "Nothing", "On", "Other", "Others", "Our", "She",
    "Some", "Such", "That", "The", "Their", "There", "These", "They", "This", "Those", "To",
    "Under", "We", "What", "When", "Where", "While", "With", "Ces", "Cette", "Chaque", "Elle",
    "Elles", "En", "Il", "Ils", "La", "Le", "Les", "Nous", "Tous", "Tout", "Toute", "Cada", "El",
    "Ella", "Ellos", "Este", "Esta", "Los", "Las", "Nada", "Nosotros", "Todo", "Todos", "Alle",
    "Alles", "Das", "Der", "Die", "Dies", "Diese", "Es", "Jede", "Jeder", "Jedes", "Sie", "Wir",
];

/// German nouns that a number with a full stop orders: "am 3. Mai".
const ORDERED: &[&str] = &[
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
    "Jahrhundert",
    "Jahrhunderts",
    "Sitzung",
    "Tagung",
];

/// Abbreviations of two words.
const PAIRS: &[&str] = &["z. b", "d. h", "i. e", "e. g", "p. ej", "p. ex", "u. a"];

/// Whether the full stop after `before` ends a word only, where `next` follows.
pub(super) fn stops_short(before: &str, next: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || "([“\"".contains(c)).next();
    let word = word.unwrap_or_default();
    let lower = word.to_lowercase();
    let lower = lower.as_str();
    let first = next.split(|c: char| !(c.is_alphanumeric() || "/.-".contains(c))).next();
    let first = first.unwrap_or_default();
    // Nothing stands before it: the number of a list.
    if before.trim_start() == word && is_list_number(lower) {
        return true;
    }
    let tail: String = before.chars().rev().take(5).collect::<Vec<_>>().into_iter().rev().collect();
    let pair = format!("{lower}. {}", first.trim_end_matches('.').to_lowercase());
    if PAIRS.contains(&pair.as_str()) {
        return true;
    }
    if ALWAYS.contains(&lower) || PAIRS.iter().any(|pair| tail.to_lowercase().ends_with(pair)) {
        return true;
    }
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return word.len() <= 2 && ORDERED.contains(&first);
    }
    let counted = ["No.", "Nos.", "Nr."].iter().any(|word| next.starts_with(word));
    let number = is_number(first) || counted || next.starts_with(['(', '§', '°']);
    if BEFORE_NUMBERS.contains(&lower) && number {
        return true;
    }
    let begins = BEGINNINGS.contains(&first);
    if OFTEN_LAST.contains(&lower) {
        return lower == "ee"
            || next.starts_with('(')
            || !(begins || lower == "etc" || lower == "usw");
    }
    is_initials(word) && !begins
}

fn is_list_number(word: &str) -> bool {
    let roman = word.chars().count() <= 5 && word.chars().all(|c| "ivxlc".contains(c));
    let number = word.chars().all(|c| c.is_ascii_digit() || c == '.');
    roman || number || word.chars().count() == 1
}

/// `5`, `A/70/174`, `III`, `B`.
fn is_number(word: &str) -> bool {
    let digits = word.chars().any(|c| c.is_ascii_digit());
    let numeral = !word.is_empty() && word.chars().all(|c| "IVXLC".contains(c));
    digits || numeral || (word.chars().count() == 1 && word != "A")
}

/// `B`, `U.S`, `J`: one capital, or single letters with full stops between.
fn is_initials(word: &str) -> bool {
    let word = word.trim_start_matches('(');
    word.split('.').all(|part| part.chars().count() == 1)
        && word.chars().next().is_some_and(|first| first.is_uppercase() || word.contains('.'))
}
