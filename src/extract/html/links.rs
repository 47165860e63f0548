//! What links tell of a list or a paragraph: whether it leads elsewhere
//! instead of saying something.

use crate::extract::html::attributes::attribute;
use crate::extract::html::content::Sieve;
use scraper::ElementRef;

/// A page with less running text than this may have nothing but its links.
const LEAST_PROSE: usize = 200;

/// Whether a link leads to another page.
pub(crate) fn leads_away(element: ElementRef<'_>) -> bool {
    let target = || attribute(element, "href");
    element.value().name() == "a" && target().is_some_and(|target| !target.contains('#'))
}

/// The links in a list.
pub(crate) struct Links {
    /// Whether it holds hardly anything but links.
    pub(crate) only: bool,
    /// How many lead to places in the same page.
    pub(crate) internal: usize,
    /// Whether its items are the beginnings of other pages: a link, and words
    /// that break off.
    pub(crate) teasers: bool,
}

impl Links {
    /// Counts them.
    pub(crate) fn of(list: ElementRef<'_>) -> Self {
        let own: usize = list.text().map(|text| text.trim().len()).sum();
        let (mut linked, mut internal, mut count) = (0usize, 0usize, 0usize);
        for link in list.descendants().filter_map(ElementRef::wrap) {
            if link.value().name() == "a"
                && let Some(target) = attribute(link, "href")
            {
                count += 1;
                internal += usize::from(target.starts_with('#'));
                linked += link.text().map(|text| text.trim().len()).sum::<usize>();
            }
        }
        let long = own > count.max(1) * 120;
        let only = count > 1 && linked * 10 > own * 8 && !long;
        Self { only, internal, teasers: count > 1 && has_teasers(list) }
    }
}

fn has_teasers(list: ElementRef<'_>) -> bool {
    let items = || list.children().filter_map(ElementRef::wrap);
    let breaks_off = |item: &ElementRef<'_>| {
        let end = item.text().map(str::trim).filter(|text| !text.is_empty()).last();
        end.is_some_and(|end| end.ends_with("...") || end.ends_with('…'))
    };
    let count = items().count();
    count > 2 && items().filter(breaks_off).count() * 2 > count
}

/// A paragraph as far as its links are concerned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Linked<'a> {
    /// Its words.
    pub(crate) text: &'a str,
    /// How many letters and digits stand in links to other pages.
    pub(crate) letters: usize,
}

impl Linked<'_> {
    /// Whether the paragraph only leads elsewhere: it is one link or several,
    /// or a headline that is one after a word or two and a colon ("Read also:
    /// ...", "Tags: ..."). On a page that has hardly anything else it stays.
    pub(crate) fn leads_away(self, sieve: &Sieve) -> bool {
        // An address that is spelt out is there to be read.
        let address = self.text.contains("://") || self.text.contains("www.");
        if self.letters == 0 || address || sieve.prose < LEAST_PROSE {
            return false;
        }
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        let all = letters(self.text);
        if self.letters >= all {
            return true;
        }
        let Some((before, after)) = self.text.split_once(':') else { return false };
        let headline = after.split_whitespace().count() > 3 && self.letters >= letters(after);
        headline && before.split_whitespace().count() < 4 && self.letters < all
    }
}
