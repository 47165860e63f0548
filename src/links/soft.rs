//! Pages that say that a document is not there, under a status that says it is.
//!
//! A guess, and called one: it looks at short pages alone, never at home pages
//! that were asked for, and a copy that was kept before speaks against it.

use crate::links::judge::Seen;
use crate::model::MediaType;
use scraper::{Html, Selector};
use url::Url;

/// A page with more letters than this says more than that something is gone.
const SHORT: usize = 2_000;

/// Words of such pages, in lower case, in the languages that agreements have.
const PHRASES: &[&str] = &[
    "404",
    "not found",
    "no longer available",
    "no longer exists",
    "does not exist",
    "could not be found",
    "couldn't be found",
    "cannot be found",
    "page introuvable",
    "n'existe pas",
    "n’existe pas",
    "no encontrada",
    "no existe",
    "não encontrada",
    "nicht gefunden",
    "non trovata",
    "niet gevonden",
    "страница не найдена",
    "不存在",
    "找不到",
    "غير موجودة",
];

/// Why a page looks like one of these; none where it does not.
pub(crate) fn suspicion(asked: &Url, seen: &Seen<'_>) -> Option<String> {
    let page = seen.now;
    if page.media_type != MediaType::Html || is_home(asked) {
        return None;
    }
    if let Some(kind) = was_a_file(asked, seen) {
        return Some(format!("a web page comes where {kind} was"));
    }
    let title = title(seen.html);
    let short = page.letters() < SHORT;
    let says = |text: &str| {
        let text = text.to_lowercase();
        PHRASES.iter().any(|phrase| has_words(&text, phrase))
    };
    if short && (says(&title) || page.paragraphs.first().is_some_and(|first| says(first))) {
        let title = title.split_whitespace().collect::<Vec<&str>>().join(" ");
        return Some(format!("a short page comes that says so itself (“{title}”)"));
    }
    let led = Url::parse(seen.answered?).ok()?;
    let home = is_home(&led) && led.query().is_none() && depth(asked) >= 2;
    home.then(|| format!("it leads to the site's home page, {led}"))
}

/// What kind of file was there: by the copy that was kept, or the address.
fn was_a_file(asked: &Url, seen: &Seen<'_>) -> Option<&'static str> {
    let path = asked.path().to_lowercase();
    let ends = |ending: &str| path.ends_with(ending);
    match seen.before.map(|before| before.media_type) {
        Some(MediaType::Pdf) => Some("a PDF"),
        Some(MediaType::Docx) => Some("a Word document"),
        None if ends(".pdf") => Some("a PDF"),
        None if ends(".docx") || ends(".doc") => Some("a Word document"),
        // A copy that was kept says what the address gives, whatever it is
        // called.
        _ => None,
    }
}

/// The title, and the first heading, of a page.
fn title(html: &str) -> String {
    let page = Html::parse_document(html);
    let first = |name: &str| {
        let selector = Selector::parse(name).ok()?;
        let element = page.select(&selector).next()?;
        Some(element.text().collect::<String>())
    };
    let parts = ["title", "h1"].into_iter().filter_map(first);
    parts.collect::<Vec<String>>().join(" ")
}

/// Whether `words` stand in `text` by themselves: 404 is no part of 14041.
fn has_words(text: &str, words: &str) -> bool {
    text.match_indices(words).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + words.len()..].chars().next();
        let free = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric());
        free(before) && free(after)
    })
}

/// A home page: of the site, or of one of its languages.
fn is_home(url: &Url) -> bool {
    depth(url) <= 1 && url.query().is_none() && {
        let last = url.path().trim_matches('/').to_lowercase();
        last.len() <= 3 || last.starts_with("index.") || last.starts_with("home")
    }
}

/// How many parts the path has.
fn depth(url: &Url) -> usize {
    url.path().split('/').filter(|part| !part.is_empty()).count()
}
