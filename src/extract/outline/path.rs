//! The headings a paragraph stands under, and what they make of its citation.
//!
//! Formats state levels, but levels lie: converters give "Article 1" and
//! "CHAPTER II" the same. So headings that name their kind are nested by kind,
//! in the order in which the document uses them; the others by level.

use crate::extract::outline::labels::{self, Named, Style};
use crate::extract::outline::references::{ABOUT_PEOPLE, REFERENCES};
use crate::extract::outline::words::{
    BACKGROUND, DEFINITIONS, PREAMBLE, Rank, THREATS, WHICH_THREATS,
};
use crate::model::{Place, Unit};

/// One heading that is open.
#[derive(Debug, Clone)]
struct Entry {
    text: String,
    /// Its title in small letters, without number and marks.
    words: String,
    /// What tells headings of one kind from others: `article`, `section 2`.
    key: Option<String>,
    rank: Option<Rank>,
    kind: &'static str,
    number: String,
    level: u8,
    /// Whether it is the title of the numbered heading before it.
    title: bool,
    /// How a number without a kind is written.
    style: Option<String>,
}

/// The open headings, outermost first.
#[derive(Debug, Default)]
pub(crate) struct Path {
    entries: Vec<Entry>,
    /// Whether the heading entered last named its kind and had no title.
    awaits_title: bool,
    /// The capital the last heading that had one was numbered with.
    capital: Option<char>,
}

impl Path {
    /// Goes on under a new heading.
    pub(crate) fn enter(&mut self, text: &str, level: Option<u8>) {
        let mut new = entry(text, level);
        if self.is_initial(text, &new) {
            new = plain(text, level);
        } else if let (Some("Capital"), Some(letter)) =
            (new.style.as_deref(), new.number.chars().next())
        {
            self.capital = Some(letter);
        }
        if std::mem::take(&mut self.awaits_title) && new.key.is_none() && new.style.is_none() {
            let level = self.entries.last().map_or(new.level, |owner| owner.level);
            self.entries.push(Entry { level, title: true, ..new });
            return;
        }
        let only_number = text.bytes().all(|byte| byte.is_ascii_digit());
        self.awaits_title =
            only_number || labels::named(text).is_some_and(|label| label.rest == text.len());
        if new.rank == Some(Rank::Annex) {
            self.entries.clear();
        } else if let Some(at) = self.position(&new) {
            self.entries.truncate(at);
        } else {
            // A title goes with the heading it belongs to.
            while let Some(at) = self.entries.iter().rposition(|entry| !entry.title)
                && ends(&self.entries[at], &new)
            {
                self.entries.truncate(at);
            }
        }
        self.entries.push(new);
    }

    /// Whether a heading such as "M. NAME" begins with an initial: its letter
    /// goes on with none before.
    fn is_initial(&self, text: &str, new: &Entry) -> bool {
        let label = labels::bare(text).filter(|_| new.style.as_deref() == Some("Capital"));
        let after = |before: char| {
            let next =
                |n: u32| u32::from(before) + n == new.number.chars().next().map_or(0, u32::from);
            next(1) || next(2)
        };
        label.is_some_and(|label| labels::may_be_initial(&label, &text[label.len..]))
            && !self.capital.is_some_and(after)
    }

    fn position(&self, new: &Entry) -> Option<usize> {
        if new.key.is_some() {
            return self.entries.iter().position(|entry| entry.key == new.key);
        }
        // "5." goes on where "4." stood, however large it is set.
        let number = |entry: &Entry| entry.number.parse::<u32>().ok();
        let before = |entry: &Entry| {
            let (Some(before), Some(after)) = (number(entry), number(new)) else { return false };
            entry.style == new.style && before < after && after <= before + 2
        };
        new.style.as_ref()?;
        self.entries.iter().position(before)
    }

    /// The headings as written, outermost first.
    pub(crate) fn section(&self) -> Vec<String> {
        self.entries.iter().map(|entry| entry.text.clone()).collect()
    }

    /// The number of the article.
    pub(crate) fn article(&self) -> Option<String> {
        self.number(Rank::Article)
    }

    /// The number of the annex, empty for one that has none.
    pub(crate) fn annex(&self) -> Option<String> {
        self.number(Rank::Annex)
    }

    fn number(&self, rank: Rank) -> Option<String> {
        let entry = self.entries.iter().rev().find(|entry| entry.rank == Some(rank))?;
        Some(entry.number.clone())
    }

    /// The nearest numbered part that is neither article nor annex.
    pub(crate) fn unit(&self) -> Option<Unit> {
        let fits = |entry: &&Entry| matches!(entry.rank, Some(Rank::Division | Rank::Unit));
        let entry = self.entries.iter().rev().find(fits)?;
        Some(Unit { kind: entry.kind.to_owned(), number: entry.number.clone() })
    }

    /// Whether the innermost part is about terms and what they mean.
    pub(crate) fn defines(&self) -> bool {
        let near = self.entries.iter().rev().take(2);
        near.filter(|entry| !matches!(entry.kind, "chapter" | "part"))
            .any(|entry| is_about_terms(&entry.words))
    }

    /// Whether it stands under a heading "Preamble".
    pub(crate) fn is_preamble(&self) -> bool {
        self.entries.iter().any(|entry| PREAMBLE.contains(&entry.words.as_str()))
    }

    /// The part of the agreement the headings above name, where they name one.
    pub(crate) fn place(&self) -> Option<Place> {
        if self.article().is_none() && self.is_preamble() {
            return Some(Place::Preamble);
        }
        if self.defines() {
            return Some(Place::Definition);
        }
        let under = |of: fn(&str) -> bool| self.entries.iter().any(|entry| of(&entry.words));
        if under(|title| REFERENCES.contains(&title)) {
            return Some(Place::Footnote);
        }
        under(is_background).then_some(Place::Background)
    }
}

/// A heading as it is compared: lower case, without its number and the marks
/// after it.
fn title(heading: &str) -> String {
    let title = labels::named(heading).map_or(heading, |label| &heading[label.rest..]);
    let title = labels::bare(title).map_or(title, |label| &title[label.len..]);
    let marks = |c: char| c.is_whitespace() || matches!(c, ':' | '.' | '–' | '—' | '-');
    title.trim_matches(marks).to_lowercase()
}

/// Whether a heading stands over what is told and not agreed.
fn is_background(title: &str) -> bool {
    if BACKGROUND.contains(&title) || ABOUT_PEOPLE.contains(&title) {
        return true;
    }
    let mut words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.next_back().is_some_and(|last| THREATS.contains(&last))
        && words.all(|word| WHICH_THREATS.contains(&word))
}

fn is_about_terms(title: &str) -> bool {
    DEFINITIONS.iter().any(|words| {
        title.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
    })
}

/// Whether the part under `top` is over where `new` begins.
fn ends(top: &Entry, new: &Entry) -> bool {
    let leaf = |entry: &Entry| matches!(entry.rank, Some(Rank::Article | Rank::Unit));
    // Numbered sections of an annex stand inside it, whatever their level.
    if top.rank == Some(Rank::Annex) && new.kind == "section" && new.level >= top.level {
        return false;
    }
    match (top.key.is_some(), new.key.is_some()) {
        (true, true) => leaf(top) && !leaf(new) && new.rank != Some(Rank::Unit),
        _ => top.level >= new.level,
    }
}

/// The entry of a heading without a number.
fn plain(text: &str, level: Option<u8>) -> Entry {
    let capitals = !text.chars().any(char::is_lowercase);
    Entry {
        text: text.to_owned(),
        words: title(text),
        key: None,
        rank: None,
        kind: "",
        number: String::new(),
        level: level.unwrap_or(if capitals { 2 } else { 6 }),
        title: false,
        style: None,
    }
}

fn entry(text: &str, level: Option<u8>) -> Entry {
    let label = labels::named(text).or_else(|| labels::named_at_end(text));
    if let Some(Named { kind, rank, number, .. }) = label {
        let default = if rank == Rank::Division { 3 } else { 5 };
        let level = level.unwrap_or(default);
        return Entry {
            key: Some(kind.to_owned()),
            rank: Some(rank),
            kind,
            number,
            ..plain(text, Some(level))
        };
    }
    let plain = plain(text, level);
    match numbered(text) {
        Some((number, style)) => Entry {
            key: level.is_none().then(|| format!("section {style}")),
            style: Some(style),
            rank: Some(Rank::Division),
            kind: "section",
            number,
            ..plain
        },
        None => plain,
    }
}

/// The number of a heading such as "III. Norms", "4.1 Scope", "2 Terms".
fn numbered(text: &str) -> Option<(String, String)> {
    if let Some(label) = labels::bare(text) {
        let style = match label.style {
            Style::Bullet => return None,
            Style::Decimal => format!("of {} numbers", label.value.split('.').count()),
            Style::Capital
                if labels::roman(&label.value).is_some()
                    && label.value != "C"
                    && label.value != "D" =>
            {
                "with Roman numerals".to_owned()
            }
            other => format!("{other:?}"),
        };
        return Some((label.value, style));
    }
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits == text.len() && (1..=2).contains(&digits) {
        return Some((text.to_owned(), "Number".to_owned()));
    }
    let title = text[digits..].strip_prefix(' ')?;
    let fits = (1..=2).contains(&digits) && title.starts_with(char::is_uppercase);
    fits.then(|| (text[..digits].to_owned(), "Number".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Enters headings given as `level text` and shows the path after each.
    #[track_caller]
    fn check(headings: &[(u8, &str)], expected: &[&str]) {
        let mut path = Path::default();
        let mut actual = Vec::new();
        for (level, text) in headings {
            path.enter(text, (*level > 0).then_some(*level));
            actual.push(path.section().join(" > "));
        }
        assert_eq!(actual, expected);
    }

    #[test]
    fn kinds_nest_in_the_order_they_are_used() {
        check(
            &[
                (3, "CHAPTER II"),
                (4, "MEASURES"),
                (3, "SECTION 1"),
                (3, "TITLE 1"),
                (3, "Article 2"),
                (4, "Illegal access"),
                (3, "Article 3"),
                (3, "TITLE 2"),
                (3, "CHAPTER III"),
            ],
            &[
                "CHAPTER II",
                "CHAPTER II > MEASURES",
                "CHAPTER II > MEASURES > SECTION 1",
                "CHAPTER II > MEASURES > SECTION 1 > TITLE 1",
                "CHAPTER II > MEASURES > SECTION 1 > TITLE 1 > Article 2",
                "CHAPTER II > MEASURES > SECTION 1 > TITLE 1 > Article 2 > Illegal access",
                "CHAPTER II > MEASURES > SECTION 1 > TITLE 1 > Article 3",
                "CHAPTER II > MEASURES > SECTION 1 > TITLE 2",
                "CHAPTER III",
            ],
        );
    }

    #[test]
    fn an_annex_ends_everything() {
        check(
            &[(0, "CHAPTER I"), (0, "Article 1"), (0, "ANNEX I")],
            &["CHAPTER I", "CHAPTER I > Article 1", "ANNEX I"],
        );
    }

    #[test]
    fn headings_without_a_kind_nest_by_level() {
        check(&[(2, "Norms"), (3, "Cyber"), (2, "Law")], &["Norms", "Norms > Cyber", "Law"]);
    }

    #[test]
    fn numbered_headings_are_sections() {
        let mut path = Path::default();
        path.enter("III. Norms, rules and principles", Some(2));
        assert_eq!(
            path.unit(),
            Some(Unit { kind: "section".to_owned(), number: "III".to_owned() })
        );
    }
}
