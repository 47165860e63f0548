//! The citations of a cell, and which quote each belongs to.

use crate::corpus::import::cell::Line;

/// Takes a cell of citations apart: at its lines, at semicolons before the
/// word it begins with, and where that word comes again ("Pg. 3 para 5 Pg. 6
/// para 36"). A line that begins with a bracket or in lower case, or has many
/// words and no number, goes on with the one above.
pub(crate) fn citations(lines: &[Line]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in lines {
        match found.last_mut() {
            Some(last) if goes_on(&line.text) => {
                last.push(' ');
                last.push_str(&line.text);
            }
            _ => found.extend(at_first_word(&line.text)),
        }
    }
    found
}

fn goes_on(text: &str) -> bool {
    text.starts_with(|c: char| c == '(' || c.is_lowercase())
        || (text.split(' ').count() > 3 && !text.contains(|c: char| c.is_ascii_digit()))
}

/// One citation for each quote, in order, where there are as many; else all
/// of them for each.
pub(crate) fn pair(citations: &[String], quotes: usize) -> Vec<String> {
    if citations.len() == quotes {
        return citations.to_vec();
    }
    vec![citations.join("; "); quotes.max(1)]
}

fn at_first_word(text: &str) -> Vec<String> {
    let first: String = text.chars().take_while(|c| c.is_alphabetic()).collect();
    if first.is_empty() {
        return vec![text.to_owned()];
    }
    let mut starts = vec![0];
    for (at, _) in text.match_indices(first.as_str()).skip(1) {
        let before = text[..at].trim_end();
        let apart = before.len() < at
            && before.ends_with(|c: char| c == ';' || c == ')' || c.is_ascii_digit());
        let is_word = !text[at + first.len()..].starts_with(char::is_alphabetic);
        if apart && is_word {
            starts.push(at);
        }
    }
    starts.push(text.len());
    let parts = starts.windows(2).map(|pair| &text[pair[0]..pair[1]]);
    parts.map(|part| part.trim().trim_end_matches(';').to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::import::cell::paragraphs;

    #[test]
    fn a_cell_is_taken_apart_where_its_first_word_recurs() {
        let of = |cell: &str| citations(&paragraphs(cell));
        assert_eq!(of("Pg.9 Pg.9 para 44 Pg.9 para 45"), ["Pg.9", "Pg.9 para 44", "Pg.9 para 45"]);
        assert_eq!(
            of("Sec. 2.2 (Pg. 5) Sec. 2.7 (Pg. 11)"),
            ["Sec. 2.2 (Pg. 5)", "Sec. 2.7 (Pg. 11)"]
        );
        assert_eq!(of("Para. 41-47; Para. 54-56"), ["Para. 41-47", "Para. 54-56"]);
        assert_eq!(of("<p>Sec. 2.7</p> <p>(Pg. 11)</p>"), ["Sec. 2.7 (Pg. 11)"]);
        assert_eq!(of("<p>Annex 2</p> <p>List of types of threats</p>").len(), 1);
        assert_eq!(of("P5, Para. 14"), ["P5, Para. 14"]);
        assert_eq!(of("Pg. 6, Paras 1; 3- 4"), ["Pg. 6, Paras 1; 3- 4"]);
    }

    #[test]
    fn as_many_citations_as_quotes_are_paired() {
        let two = ["Art. 2".to_owned(), "Art. 3".to_owned()];
        assert_eq!(pair(&two, 2), two);
        assert_eq!(pair(&two, 3), vec!["Art. 2; Art. 3"; 3]);
        assert_eq!(pair(&[], 1), [""]);
    }
}
