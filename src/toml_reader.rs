//! Reads a TOML file key by key, keeping places, and collects every mistake.
//!
//! Knows the shape of TOML and nothing of what the keys mean.

use crate::diagnostic::Diagnostic;
use crate::model::{SourceFile, Span};
use std::cell::RefCell;
use toml::de::{DeTable, DeValue};

/// A value and the bytes of the file it stands in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct At<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

/// The codes of the mistakes that this reader finds, in the series of those
/// who call it.
#[derive(Debug)]
pub(crate) struct Codes {
    pub(crate) not_toml: &'static str,
    pub(crate) unknown_key: &'static str,
    pub(crate) missing_key: &'static str,
    pub(crate) wrong_type: &'static str,
    pub(crate) empty: &'static str,
}

/// The mistakes found in one file so far.
pub(crate) struct Mistakes<'a> {
    path: &'a str,
    codes: &'static Codes,
    found: RefCell<Vec<Diagnostic>>,
}

impl<'a> Mistakes<'a> {
    pub(crate) fn new(path: &'a str, codes: &'static Codes) -> Self {
        Self { path, codes, found: RefCell::new(Vec::new()) }
    }

    pub(crate) fn into_found(self) -> Vec<Diagnostic> {
        self.found.into_inner()
    }

    /// Notes a mistake.
    pub(crate) fn note(
        &self,
        code: &'static str,
        span: Span,
        title: &str,
        label: impl Into<String>,
    ) {
        self.push(Diagnostic::error(code, self.path, span, title, label));
    }

    /// Notes a mistake and what to do about it.
    pub(crate) fn advise(
        &self,
        code: &'static str,
        span: Span,
        title: &str,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.push(Diagnostic::error(code, self.path, span, title, label).with_help(help));
    }

    /// Notes what works, but surely not as meant, and what to do about it.
    pub(crate) fn warn(
        &self,
        code: &'static str,
        span: Span,
        title: &str,
        label: impl Into<String>,
        help: impl Into<String>,
    ) {
        let diagnostic = Diagnostic::error(code, self.path, span, title, label);
        self.push(diagnostic.as_warning().with_help(help));
    }

    fn push(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }
}

/// Parses `file`; what TOML itself refuses is noted, and the rest is handed
/// to `read`.
pub(crate) fn parse<T>(
    file: &SourceFile,
    codes: &'static Codes,
    read: impl FnOnce(&Table<'_, '_>, &Mistakes<'_>) -> T,
) -> (Option<T>, Vec<Diagnostic>) {
    let mistakes = Mistakes::new(&file.path, codes);
    let (table, errors) = DeTable::parse_recoverable(&file.text);
    for error in &errors {
        let range = error.span().unwrap_or(0..0);
        let label = error.message().replace('\n', ", ");
        let span = Span::new(range.start, range.end);
        mistakes.note(codes.not_toml, span, "the file is not TOML", label);
    }
    if !errors.is_empty() {
        return (None, mistakes.into_found());
    }
    let whole = Span::new(0, file.text.lines().next().map_or(0, str::len));
    let value = {
        let table = Table { entries: table.get_ref(), span: whole, mistakes: &mistakes };
        read(&table, &mistakes)
    };
    (Some(value), mistakes.into_found())
}

/// A table of the file.
pub(crate) struct Table<'t, 'm> {
    entries: &'t DeTable<'t>,
    /// Where the table begins.
    pub(crate) span: Span,
    mistakes: &'m Mistakes<'m>,
}

impl<'t, 'm> Table<'t, 'm> {
    /// Notes every key that is not among `known`.
    pub(crate) fn refuse_others(&self, known: &[&str]) {
        for key in self.entries.keys() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let help = did_you_mean(name, known.iter().copied())
                .unwrap_or_else(|| format!("the keys here are {}", quoted(known)));
            let label = format!("there is no key `{name}` here");
            self.mistakes.advise(
                self.mistakes.codes.unknown_key,
                span_of(key.span()),
                "unknown key",
                label,
                help,
            );
        }
    }

    /// The keys in order of the alphabet, with their places.
    pub(crate) fn keys(&self) -> impl Iterator<Item = At<&'t str>> {
        self.entries
            .keys()
            .map(|key| At { value: key.get_ref().as_ref(), span: span_of(key.span()) })
    }

    fn get(&self, key: &str) -> Option<(&'t DeValue<'t>, Span)> {
        self.entries.get(key).map(|value| (value.get_ref(), span_of(value.span())))
    }

    /// Where the value at `key` stands.
    pub(crate) fn place(&self, key: &str) -> Option<Span> {
        self.get(key).map(|(_, span)| span)
    }

    /// Whether `key` is there, whatever it holds.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// How many values are listed at `key`, of whatever type.
    pub(crate) fn length(&self, key: &str) -> usize {
        let items = self.get(key).and_then(|(value, _)| value.as_array());
        items.map_or(0, |items| items.len())
    }

    /// Notes that `key` is missing.
    pub(crate) fn missing(&self, key: &str, help: &str) {
        let label = format!("`{key}` is missing");
        self.mistakes.advise(
            self.mistakes.codes.missing_key,
            self.span,
            "missing key",
            label,
            help,
        );
    }

    fn wrong(&self, span: Span, key: &str, expected: &str, found: &DeValue<'_>) {
        let label = format!("expected {expected}, but found {}", found.type_str());
        self.mistakes.note(
            self.mistakes.codes.wrong_type,
            span,
            &format!("`{key}` has the wrong type"),
            label,
        );
    }

    /// The text at `key`.
    pub(crate) fn text(&self, key: &str) -> Option<At<String>> {
        let (value, span) = self.get(key)?;
        let Some(text) = value.as_str() else {
            self.wrong(span, key, "a text", value);
            return None;
        };
        if text.trim().is_empty() {
            self.mistakes.note(
                self.mistakes.codes.empty,
                span,
                "empty text",
                format!("`{key}` says nothing"),
            );
            return None;
        }
        Some(At { value: text.to_owned(), span })
    }

    /// The text at `key`, which must be there.
    pub(crate) fn required_text(&self, key: &str, help: &str) -> Option<At<String>> {
        if self.get(key).is_none() {
            self.missing(key, help);
        }
        self.text(key)
    }

    /// The truth value at `key`.
    pub(crate) fn flag(&self, key: &str) -> Option<bool> {
        let (value, span) = self.get(key)?;
        let flag = value.as_bool();
        if flag.is_none() {
            self.wrong(span, key, "true or false", value);
        }
        flag
    }

    /// The whole number from 1 at `key`.
    pub(crate) fn count(&self, key: &str) -> Option<At<usize>> {
        let (value, span) = self.get(key)?;
        self.whole(key, value, span)
    }

    /// The whole numbers from 1 listed at `key`.
    pub(crate) fn counts(&self, key: &str) -> Option<Vec<At<usize>>> {
        let items = self.list(key)?.into_iter();
        Some(items.filter_map(|(value, span)| self.whole(key, value, span)).collect())
    }

    fn whole(&self, key: &str, value: &DeValue<'_>, span: Span) -> Option<At<usize>> {
        let number = value.as_integer().and_then(|n| n.as_str().parse::<usize>().ok());
        match number {
            Some(number) if number > 0 => Some(At { value: number, span }),
            _ => {
                self.wrong(span, key, "a whole number from 1", value);
                None
            }
        }
    }

    /// The number at `key`.
    pub(crate) fn number(&self, key: &str) -> Option<f64> {
        let (value, span) = self.get(key)?;
        let number = number(value).filter(|number| number.is_finite());
        if number.is_none() {
            self.wrong(span, key, "a finite number", value);
        }
        number
    }

    /// The number from 0 to 1 at `key`.
    pub(crate) fn share(&self, key: &str) -> Option<At<f64>> {
        let (value, span) = self.get(key)?;
        match number(value) {
            Some(share) if (0.0..=1.0).contains(&share) => Some(At { value: share, span }),
            _ => {
                self.wrong(span, key, "a number from 0 to 1", value);
                None
            }
        }
    }

    /// The texts listed at `key`.
    pub(crate) fn texts(&self, key: &str) -> Option<Vec<At<String>>> {
        let items = self.list(key)?;
        let mut texts = Vec::new();
        for (value, span) in items {
            match value.as_str() {
                Some(text) => texts.push(At { value: text.to_owned(), span }),
                None => self.wrong(span, key, "a text", value),
            }
        }
        Some(texts)
    }

    /// The texts, or lists of texts, listed at `key`.
    pub(crate) fn alternatives(&self, key: &str) -> Option<Vec<Vec<At<String>>>> {
        let mut all = Vec::new();
        for (value, span) in self.list(key)? {
            let mut entry = Vec::new();
            match (value.as_str(), value.as_array()) {
                (Some(text), _) => entry.push(At { value: text.to_owned(), span }),
                (_, Some(items)) => {
                    for item in items {
                        let place = span_of(item.span());
                        match item.get_ref().as_str() {
                            Some(text) => entry.push(At { value: text.to_owned(), span: place }),
                            None => self.wrong(place, key, "a concept", item.get_ref()),
                        }
                    }
                }
                _ => self.wrong(span, key, "a concept or a list of concepts", value),
            }
            if entry.is_empty() {
                self.mistakes.note(
                    self.mistakes.codes.empty,
                    span,
                    "empty list",
                    format!("`{key}` asks for nothing"),
                );
            }
            all.push(entry);
        }
        Some(all)
    }

    fn list(&self, key: &str) -> Option<Vec<(&'t DeValue<'t>, Span)>> {
        let (value, span) = self.get(key)?;
        let Some(items) = value.as_array() else {
            self.wrong(span, key, "a list", value);
            return None;
        };
        if items.is_empty() {
            self.mistakes.note(
                self.mistakes.codes.empty,
                span,
                "empty list",
                format!("`{key}` lists nothing"),
            );
        }
        Some(items.iter().map(|item| (item.get_ref(), span_of(item.span()))).collect())
    }

    /// The table at `key`.
    pub(crate) fn table(&self, key: &str) -> Option<Table<'t, 'm>> {
        let (value, span) = self.get(key)?;
        let Some(entries) = value.as_table() else {
            self.wrong(span, key, "a table", value);
            return None;
        };
        Some(Table { entries, span, mistakes: self.mistakes })
    }

    /// The tables listed at `key`; none where the key is missing.
    pub(crate) fn tables(&self, key: &str) -> Vec<Table<'t, 'm>> {
        let Some(items) = self.list(key) else {
            return Vec::new();
        };
        let mut tables = Vec::new();
        for (value, span) in items {
            match value.as_table() {
                Some(entries) => tables.push(Table { entries, span, mistakes: self.mistakes }),
                None => self.wrong(span, key, "a table", value),
            }
        }
        tables
    }
}

/// A number, whole or not.
fn number(value: &DeValue<'_>) -> Option<f64> {
    let written = value.as_float().map(|n| n.as_str().to_owned());
    let written = written.or_else(|| value.as_integer().map(|n| n.as_str().to_owned()));
    written?.parse().ok()
}

/// "did you mean …?", where one of `known` is close to `name`.
pub(crate) fn did_you_mean<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<String> {
    let close = known
        .map(|known| (strsim::damerau_levenshtein(name, known), known))
        .filter(|&(distance, known)| distance <= 1 + known.len().min(name.len()) / 4)
        .min()?;
    Some(format!("did you mean `{}`?", close.1))
}

/// The names in backticks, parted by commas.
pub(crate) fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn span_of(range: std::ops::Range<usize>) -> Span {
    Span::new(range.start, range.end)
}
