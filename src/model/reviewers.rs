//! Decisions as they may be told to others: with their reviewers' names, with
//! numbers in their place, or with neither.

use super::Decision;

/// What is told of who decided.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReviewerNames {
    /// Nothing.
    #[default]
    Omit,
    /// `reviewer 1` and so on, in the order in which they first decided: the
    /// same numbers while a ledger grows.
    Number,
    /// Their names.
    Keep,
}

impl ReviewerNames {
    /// The decisions as they may be told. Where names are not, they are taken
    /// out of reasons and comments too: a name as it was given, with its first
    /// letter as a capital, and each capitalised part of it. Of what is
    /// omitted, `by` is empty.
    #[must_use]
    pub fn tell(self, decisions: &[Decision]) -> Vec<Decision> {
        let mut told = decisions.to_vec();
        if self == Self::Keep {
            return told;
        }
        let mut names: Vec<&str> = Vec::new();
        for decision in decisions {
            if !names.contains(&decision.by.as_str()) {
                names.push(&decision.by);
            }
        }
        let numbered = |at: usize| format!("reviewer {}", at + 1);
        let mut mentions: Vec<(String, String)> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let instead = if self == Self::Number { numbered(at) } else { "a reviewer".to_owned() };
            mentions.extend(spellings(name).into_iter().map(|one| (one, instead.clone())));
        }
        // A whole name goes before its parts.
        mentions.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        for (one, decision) in told.iter_mut().zip(decisions) {
            let at = names.iter().position(|name| *name == decision.by).unwrap_or(0);
            one.by = if self == Self::Number { numbered(at) } else { String::new() };
            for text in [&mut one.reason, &mut one.comment].into_iter().flatten() {
                *text = replaced(text, &mentions);
            }
        }
        told
    }
}

/// How a name may be mentioned; a single letter is no mention.
fn spellings(name: &str) -> Vec<String> {
    let name = name.trim();
    let capital = |c: char| c.is_uppercase();
    let mut letters = name.chars();
    let capitalised = letters.next().map(|first| first.to_uppercase().chain(letters).collect());
    let parts = name.split_whitespace().filter(|part| part.starts_with(capital));
    let all = std::iter::once(name.to_owned()).chain(capitalised);
    let mut all: Vec<String> = all.chain(parts.map(str::to_owned)).collect();
    all.retain(|one| one.chars().nth(1).is_some());
    all.dedup();
    all
}

/// The text with every whole word, or row of words, that is in the list
/// replaced.
fn replaced(text: &str, mentions: &[(String, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut in_word = false;
    while let Some(first) = rest.chars().next() {
        let ends = |after: &str| !after.starts_with(char::is_alphanumeric);
        let here = mentions.iter().filter(|_| !in_word);
        let mut here = here.filter_map(|(name, instead)| Some((rest.strip_prefix(name)?, instead)));
        if let Some((after, instead)) = here.find(|(after, _)| ends(after)) {
            out.push_str(instead);
            rest = after;
            continue;
        }
        out.push(first);
        in_word = first.is_alphanumeric();
        rest = &rest[first.len_utf8()..];
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_names_are_taken_out_of_a_text_and_nothing_else() {
        for (name, text, expected) in [
            ("ada", "Ada says so, adaptation or not (ada)", "_ says so, adaptation or not (_)"),
            ("May", "it may be, says May", "it may be, says _"),
            ("Ada de Lac", "Ada de Lac; de facto; Lac", "_; de facto; _"),
            ("x", "x marks it", "x marks it"),
        ] {
            let mut mentions: Vec<_> =
                spellings(name).into_iter().map(|one| (one, "_".to_owned())).collect();
            mentions.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
            assert_eq!(replaced(text, &mentions), expected);
        }
    }
}
