//! Which part of the agreement each paragraph belongs to: preamble,
//! definitions, annex, or the operative text.

use crate::extract::outline::recitals::{BEFORE_RECITALS, RECITALS, WHEREAS};
use crate::extract::outline::references::{ASKING, INSTRUMENTS};
use crate::extract::outline::words::{FOR_THE_PURPOSES, MEANS, PREAMBLE};
use crate::model::{Paragraph, ParagraphKind, Place};

/// Sets the place of every paragraph. `named` tells for each which place the
/// headings above it name.
pub(crate) fn settle(text: &str, paragraphs: &mut [Paragraph], named: &[Option<Place>]) {
    let words: Vec<&str> =
        paragraphs.iter().map(|paragraph| paragraph.span.cut(text).unwrap_or_default()).collect();
    let recitals = recital_range(&words, paragraphs);
    for at in 0..paragraphs.len() {
        let paragraph = &paragraphs[at];
        let stem = paragraph.stem.filter(|stem| *stem < at).map(|stem| paragraphs[stem].place);
        let place = match paragraph.kind {
            ParagraphKind::Heading | ParagraphKind::Contents => Place::Heading,
            ParagraphKind::Footnote => Place::Footnote,
            _ if named[at] == Some(Place::Footnote) || is_entry(words[at]) => Place::Footnote,
            _ if named[at] == Some(Place::Preamble) || recitals.contains(&at) => Place::Preamble,
            _ if is_definition(words[at]) || stem == Some(Place::Definition) => Place::Definition,
            _ if paragraph.locator.annex.is_some() => named[at].unwrap_or(Place::Annex),
            _ => named[at].unwrap_or(Place::Operative),
        };
        paragraphs[at].place = place;
    }
}

/// Whether a paragraph is an entry of a list of references, or a note that
/// only names a text: it has a year and ends in an address, or begins with the
/// name of an instrument and ends in the place where an official journal has
/// it; and it asks nothing of anyone. Under a heading such as References
/// nothing of this is asked.
fn is_entry(words: &str) -> bool {
    const LONGEST: usize = 600;
    if words.len() > LONGEST {
        return false;
    }
    let end = words.trim_end_matches(['.', ')', ']', '>', ';', ',']);
    let (before, last) = end.rsplit_once(char::is_whitespace).unwrap_or(("", end));
    let last = last.trim_start_matches(['(', '<', '[']);
    let address = ["http://", "https://", "www."].iter().any(|start| last.starts_with(start));
    // A sentence that asks to write somewhere runs on to the address.
    let apart = before.trim_end().ends_with([',', '.', ':', '"', '”', '’', '\'', ')', '–', '|']);
    let journal = before.rfind("OJ L ").or_else(|| before.rfind("OJ C "));
    let in_journal = journal.is_some_and(|at| before[at..].len() < 40)
        && before.ends_with("p.")
        && last.bytes().all(|byte| byte.is_ascii_digit());
    let names_a_text =
        (address && apart && has_year(before)) || (in_journal && begins_with_instrument(words));
    names_a_text && !asks(before)
}

/// Whether a year stands among the words, as in a reference.
fn has_year(words: &str) -> bool {
    let mut numbers = words.split(|c: char| !c.is_alphanumeric());
    numbers.any(|word| {
        word.len() == 4 && word.parse().is_ok_and(|year: u32| (1900..2100).contains(&year))
    })
}

/// Whether a paragraph begins with the name of an instrument, after its number
/// or letter.
fn begins_with_instrument(words: &str) -> bool {
    let mut words = words.split_whitespace();
    words.find(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1).is_some_and(|first| {
        INSTRUMENTS.contains(&first.trim_matches(|c: char| !c.is_alphabetic()))
    })
}

/// Whether a verb asks something of someone; May is a month.
fn asks(words: &str) -> bool {
    let mut words = words.split(|c: char| !c.is_alphabetic());
    words.any(|word| ASKING.contains(&word))
}

/// What may stand before a term that is said to mean something.
const TERM: [&str; 2] = ["the term ", "le terme "];

/// No beginning by which a definition is known is longer, in characters.
const LONGEST_START: usize = 40;

/// Whether a paragraph says what a term means.
fn is_definition(words: &str) -> bool {
    let lower = |most: usize| words.chars().take(most).collect::<String>().to_lowercase();
    let start = lower(LONGEST_START);
    if FOR_THE_PURPOSES.iter().any(|purposes| start.starts_with(purposes)) {
        return true;
    }
    let opening = ['"', '“', '”', '‘', '’', '«', '„', '\'', '`'];
    if !start.starts_with(opening) && !TERM.iter().any(|term| start.starts_with(term)) {
        return false;
    }
    let lower = lower(300);
    let term = TERM.iter().find_map(|term| lower.strip_prefix(term)).unwrap_or(&lower);
    let Some(quoted) = term.strip_prefix(opening) else {
        return false;
    };
    let Some(end) = quoted
        .char_indices()
        .skip(1)
        .find(|(_, c)| matches!(c, '"' | '”' | '’' | '»' | '“' | '\''))
    else {
        return false;
    };
    let after = quoted[end.0..].trim_start_matches(|c: char| {
        opening.contains(&c) || c.is_whitespace() || "»:,".contains(c)
    });
    // An alternative name or an abbreviation may stand between.
    let after: String = after.chars().take(120).collect();
    MEANS.iter().any(|verb| after.starts_with(verb) || after.contains(&format!(" {verb} ")))
}

/// The paragraphs that are recitals: up to the first article where there are
/// articles, otherwise the run of them the text begins with.
fn recital_range(words: &[&str], paragraphs: &[Paragraph]) -> std::ops::Range<usize> {
    let none = 0..0;
    let running =
        |at: &usize| matches!(paragraphs[*at].kind, ParagraphKind::Text | ParagraphKind::ListItem);
    let article = paragraphs.iter().position(|paragraph| paragraph.locator.article.is_some());
    let end = article.unwrap_or_else(|| {
        paragraphs
            .iter()
            .position(|paragraph| paragraph.locator.annex.is_some())
            .unwrap_or(paragraphs.len())
    });
    let candidates: Vec<usize> = (0..end).filter(running).collect();
    let is_one = |at: &usize| {
        is_recital(words[*at])
            || paragraphs[*at].locator.unit.as_ref().is_some_and(|unit| unit.kind == "recital")
    };
    let found: Vec<usize> = candidates.iter().copied().filter(is_one).collect();
    let Some((&first, &last)) = found.first().zip(found.last()) else {
        return none;
    };
    if article.is_some() {
        // Names of the parties before, "Have agreed as follows" after.
        let head = candidates.first().copied().unwrap_or(first);
        return if found.len() * 4 >= candidates.len() { head..end } else { first..last + 1 };
    }
    if found.len() < 2 || first > candidates[0] + candidates.len() / 3 {
        return none;
    }
    let mut run_end = first;
    for &at in &found {
        if at > run_end + 4 {
            break;
        }
        run_end = at;
    }
    let run = candidates.iter().filter(|at| (first..=run_end).contains(*at)).count();
    let recitals = found.iter().filter(|at| **at <= run_end).count();
    if recitals >= 2 && recitals * 2 >= run { first..run_end + 1 } else { none }
}

/// Whether a paragraph begins as recitals do.
fn is_recital(words: &str) -> bool {
    let lower: String = words.chars().take(80).collect::<String>().to_lowercase();
    if WHEREAS.iter().any(|line| lower.trim_end_matches([':', ',', ' ']) == *line) {
        return true;
    }
    // Editions that run the whole preamble into one paragraph.
    if PREAMBLE
        .iter()
        .any(|word| lower.strip_prefix(word).is_some_and(|rest| rest.starts_with(' ')))
        || has_inner_recitals(words)
    {
        return true;
    }
    let mut rest = lower.trim_start_matches(|c: char| !c.is_alphanumeric());
    while let Some(after) =
        BEFORE_RECITALS.iter().find_map(|word| rest.strip_prefix(word)?.strip_prefix(' '))
    {
        rest = after;
    }
    let begins = RECITALS.iter().any(|word| {
        rest.strip_prefix(word).is_some_and(|after| !after.starts_with(char::is_alphanumeric))
    });
    // A recital leaves its sentence open for the next.
    begins && (!words.ends_with(['.', '!', '?']) || rest.starts_with("whereas"))
}

/// Whether several recitals stand in one paragraph, each after a semicolon.
fn has_inner_recitals(words: &str) -> bool {
    let parts = words.split(';').skip(1).map(str::trim_start);
    let begins = |part: &str| {
        part.starts_with(char::is_uppercase) && {
            let lower: String = part.chars().take(40).collect::<String>().to_lowercase();
            RECITALS.iter().any(|word| {
                lower.strip_prefix(word).is_some_and(|after| after.starts_with([' ', ',']))
            })
        }
    };
    parts.filter(|part| begins(part)).count() >= 2
}

/// Whether a paragraph opens numbered recitals ("Whereas:").
pub(crate) fn opens_recitals(words: &str) -> bool {
    let lower = words.to_lowercase();
    WHEREAS.contains(&lower.trim_end_matches([':', ',', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_beginning_of_a_definition_is_longer_than_what_is_looked_at() {
        let starts = FOR_THE_PURPOSES.iter().chain(&TERM);
        assert!(starts.map(|start| start.chars().count()).all(|count| count < LONGEST_START));
        assert!(is_definition("For the purposes of the present Convention, it is so."));
        assert!(is_definition("The term “incident” means an event."));
        assert!(!is_definition("The terms of reference are agreed."));
    }

    #[test]
    fn recitals_are_known_by_their_verbs() {
        for text in [
            "Recalling the Charter,",
            "Deeply concerned by the risk;",
            "Vu le traité,",
            "WHEREAS:",
            "RECOGNIZING that our cooperation;",
        ] {
            assert!(is_recital(text), "{text}");
        }
        for text in ["Recognizing this, we agree.", "Noteworthy is this,", "We recognize that,"] {
            assert!(!is_recital(text), "{text}");
        }
    }

    #[test]
    fn entries_of_a_list_of_references_are_known_by_their_form() {
        for text in [
            "Baseline requirements, Agency for Security, 2017, https://example.org/baseline.pdf.",
            "Directive (EU) 2016/680 of the Parliament (OJ L 119, 4.5.2016, p. 89).",
            "(20) Council Decision 2010/261/EU (OJ L 312, 7.12.2018, p. 56)",
            "RFC 6491, 2012. https://www.rfc-editor.org/rfc/rfc6491",
        ] {
            assert!(is_entry(text), "{text}");
        }
        for text in [
            "Report what you find at https://example.org/report",
            "Parties shall use the list of contacts: https://example.org/contacts",
            "Each Party designates a contact.",
            "2. We condemn attacks on elections as we did in 2018, https://example.org/statement",
            "1. Companies undertake to publish a point of contact for reports: https://example.org",
            "3. Governments agree to protect infrastructure as set out there (OJ L 119, 4.5.2016, p. 89).",
            "The list of contacts of each Party: https://example.org/contacts",
            "https://example.org/",
        ] {
            assert!(!is_entry(text), "{text}");
        }
    }

    #[test]
    fn definitions_are_known_by_their_form() {
        for text in [
            "‘incident’ means an event",
            "``computer system\" means any device",
            "\"Party\" or \"Parties\" means a State",
            "For the purposes of this Convention:",
            "« données » désigne toute",
        ] {
            assert!(is_definition(text), "{text}");
        }
        for text in ["This means that", "“We must act,” he said"] {
            assert!(!is_definition(text), "{text}");
        }
    }
}
