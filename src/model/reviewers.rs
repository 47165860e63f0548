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
    /// out of reasons and comments too, whole and by their parts, in whatever
    /// capitals: all but the small-letter words that a capitalised name or part
    /// of one could be. Of what is omitted, `by` is empty.
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
        let mut all: Vec<Mention> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let instead = if self == Self::Number { numbered(at) } else { "a reviewer".to_owned() };
            all.extend(mentions(name, &instead));
        }
        // A whole name goes before its parts.
        all.sort_by_key(|one| std::cmp::Reverse(one.lower.len()));
        for (one, decision) in told.iter_mut().zip(decisions) {
            let at = names.iter().position(|name| *name == decision.by).unwrap_or(0);
            one.by = if self == Self::Number { numbered(at) } else { String::new() };
            for text in [&mut one.reason, &mut one.comment].into_iter().flatten() {
                *text = replaced(text, &all);
            }
        }
        told
    }
}

/// How a name may be mentioned, in any capitals unless told.
struct Mention {
    /// The name or a part of it, in lower case.
    lower: String,
    /// Whether a mention in small letters is left: a part or a name that was
    /// given with a capital may be a word like any other (May, de Lac's Lac).
    only_capital: bool,
    instead: String,
}

/// The ways a name may be mentioned: whole and by its parts; a single letter is
/// no mention.
fn mentions(name: &str, instead: &str) -> Vec<Mention> {
    let name = name.trim();
    let parts: Vec<&str> = name.split_whitespace().collect();
    let capital = |part: &str| part.starts_with(char::is_uppercase);
    // Who gives no capitals at all may mean a name by any word; "de" in "Ada de
    // Lac" is a word of the language.
    let plain = !parts.iter().any(|part| capital(part));
    let mention = |of: &str, only_capital: bool| Mention {
        lower: of.to_lowercase(),
        only_capital,
        instead: instead.to_owned(),
    };
    let whole = mention(name, parts.len() == 1 && capital(name));
    let named = parts.iter().filter(|part| plain || capital(part));
    let parts = named.map(|part| mention(part, !plain));
    let mut all: Vec<Mention> = std::iter::once(whole).chain(parts).collect();
    all.retain(|one| one.lower.chars().nth(1).is_some());
    all
}

impl Mention {
    /// What is left of `text`, which begins with a whole word, behind this
    /// mention.
    fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut length = 0;
        let mut letters = text.chars();
        let mut wanted = self.lower.chars();
        let mut want = wanted.next();
        while want.is_some() {
            let letter = letters.next()?;
            length += letter.len_utf8();
            for small in letter.to_lowercase() {
                if want != Some(small) {
                    return None;
                }
                want = wanted.next();
            }
        }
        let (own, after) = text.split_at(length);
        let fits = !self.only_capital || own.starts_with(char::is_uppercase);
        (fits && !after.starts_with(char::is_alphanumeric)).then_some(after)
    }
}

/// The text with every whole word, or row of words, that is in the list
/// replaced.
fn replaced(text: &str, mentions: &[Mention]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut in_word = false;
    while let Some(first) = rest.chars().next() {
        let mut here = mentions.iter().filter(|_| !in_word);
        if let Some((after, one)) = here.find_map(|one| Some((one.strip(rest)?, one))) {
            out.push_str(&one.instead);
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
            (
                "ada",
                "Ada says so, adaptation or not (ada, ADA)",
                "_ says so, adaptation or not (_, _)",
            ),
            ("May", "it may be, says May, MAY", "it may be, says _, _"),
            ("Ada de Lac", "ada de lac; de facto; Lac; ADA DE LAC; lac", "_; de facto; _; _; lac"),
            ("ada lovelace", "Ada Lovelace; ADA LOVELACE; Lovelace's; ada", "_; _; _'s; _"),
            ("Ben Okri", "BEN OKRI, Ben, ben okri, Bengal", "_, _, _, Bengal"),
            ("Émile", "ÉMILE et Émile", "_ et _"),
            ("x", "x marks it", "x marks it"),
        ] {
            let mut all = mentions(name, "_");
            all.sort_by_key(|one| std::cmp::Reverse(one.lower.len()));
            assert_eq!(replaced(text, &all), expected);
        }
    }
}
