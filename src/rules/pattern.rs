//! One pattern of a vocabulary, as written and as understood.
//!
//! Knows how patterns are written (`rules/README.md`), not how they are
//! matched.

use crate::words::tokens;
use std::fmt;

/// What a pattern asks for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Pattern {
    /// Words one after another, each by its stem; `start`: as the first words
    /// of a sentence.
    Stems { words: Vec<String>, start: bool },
    /// Words one after another as written in any case, the last one a prefix.
    Prefix { words: Vec<String>, start: bool },
    /// Words one after another as written, in any case.
    Written { words: Vec<String>, start: bool },
    /// Words one after another as written, case and all.
    Exact { words: Vec<String> },
    /// A regular expression.
    Regex(String),
    /// All that another concept matches.
    Include(String),
}

impl Pattern {
    /// Understands a pattern as it is written, or says what is wrong with it.
    pub(super) fn parse(written: &str) -> Result<Self, String> {
        let text = written.trim();
        if let Some(name) = text.strip_prefix('@') {
            return Ok(Self::Include(name.to_owned()));
        }
        if text.len() > 1 && text.starts_with('/') {
            let Some(body) = text.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) else {
                return Err("a regular expression ends with `/`".to_owned());
            };
            return Ok(Self::Regex(body.to_owned()));
        }
        if let Some(exact) = text.strip_prefix('=') {
            return Ok(Self::Exact { words: words(exact)? });
        }
        let (text, start) = text.strip_prefix('^').map_or((text, false), |rest| (rest, true));
        if let Some(written) = text.strip_prefix('~') {
            return Ok(Self::Written { words: words(written)?, start });
        }
        let prefix = text.strip_suffix('*');
        let text = prefix.unwrap_or(text);
        if text.contains('*') {
            return Err("only the last word of a phrase may end in `*`".to_owned());
        }
        if prefix.is_some_and(|body| !body.ends_with(char::is_alphanumeric)) {
            return Err("the letters of a prefix stand right before its `*`".to_owned());
        }
        let words = words(text)?;
        Ok(match prefix {
            Some(_) => Self::Prefix { words, start },
            None => Self::Stems { words, start },
        })
    }
}

/// As it is written.
impl fmt::Display for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let start = matches!(
            self,
            Self::Stems { start: true, .. }
                | Self::Prefix { start: true, .. }
                | Self::Written { start: true, .. }
        );
        let start = if start { "^" } else { "" };
        match self {
            Self::Stems { words, .. } => write!(f, "{start}{}", words.join(" ")),
            Self::Prefix { words, .. } => write!(f, "{start}{}*", words.join(" ")),
            Self::Written { words, .. } => write!(f, "{start}~{}", words.join(" ")),
            Self::Exact { words } => write!(f, "={}", words.join(" ")),
            Self::Regex(body) => write!(f, "/{body}/"),
            Self::Include(name) => write!(f, "@{name}"),
        }
    }
}

fn words(text: &str) -> Result<Vec<String>, String> {
    let words: Vec<String> = tokens(text)
        .iter()
        .map(|token| text[token.span.start..token.span.end].to_owned())
        .collect();
    if words.is_empty() { Err("a pattern needs at least one word".to_owned()) } else { Ok(words) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: &str) {
        let shown = match Pattern::parse(written) {
            Ok(pattern) => format!("{pattern:?}"),
            Err(mistake) => mistake,
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn every_form_is_understood() {
        check("zero-day", r#"Stems { words: ["zero", "day"], start: false }"#);
        check("^take steps", r#"Stems { words: ["take", "steps"], start: true }"#);
        check("security flaw*", r#"Prefix { words: ["security", "flaw"], start: false }"#);
        check("~products", r#"Written { words: ["products"], start: false }"#);
        check("=US-CERT", r#"Exact { words: ["US", "CERT"] }"#);
        check("/art\\w+/", r#"Regex("art\\w+")"#);
        check("@attack", r#"Include("attack")"#);
    }

    #[test]
    fn a_pattern_is_written_as_it_was_read() {
        for written in ["zero day", "^take steps", "flaw*", "^~report", "=US CERT", "/a+b/", "@x"] {
            let pattern = Pattern::parse(written).expect("a pattern");
            assert_eq!(pattern.to_string(), written);
        }
    }

    #[test]
    fn what_cannot_be_understood_is_said() {
        check("secur* flaw", "only the last word of a phrase may end in `*`");
        check("*", "the letters of a prefix stand right before its `*`");
        check("/abc", "a regular expression ends with `/`");
        check("...", "a pattern needs at least one word");
    }
}
