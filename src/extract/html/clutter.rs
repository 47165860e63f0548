//! What gives away the parts of a page that are not its content: names,
//! roles and phrases. Knows no page.

/// Elements whose text is never read.
pub(crate) const TAGS: &[&str] = &[
    "script", "style", "noscript", "template", "nav", "aside", "iframe", "svg", "button", "select",
    "input", "textarea", "object", "dialog", "head", "video", "audio", "canvas", "map", "menu",
];

/// Roles of elements that are not content.
pub(crate) const ROLES: &[&str] = &[
    "navigation",
    "banner",
    "contentinfo",
    "search",
    "complementary",
    "dialog",
    "alertdialog",
    "alert",
    "menu",
    "menubar",
    "toolbar",
    "tablist",
    "doc-toc",
];

/// Words in the class or name of elements that are not content, sorted.
const WORDS: &[&str] = &[
    "ad",
    "addthis",
    "ads",
    "advert",
    "advertisement",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "caption",
    "carousel",
    "comment",
    "comments",
    "consent",
    "cookie",
    "cookies",
    "credit",
    "credits",
    "disqus",
    "editsection",
    "footer",
    "gallery",
    "gdpr",
    "hidden",
    "login",
    "masthead",
    "menu",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "noprint",
    "offscreen",
    "outbrain",
    "overlay",
    "pager",
    "pagination",
    "paywall",
    "popular",
    "popup",
    "prevnext",
    "printonly",
    "promo",
    "rail",
    "readmore",
    "recommendations",
    "recommended",
    "related",
    "screenreader",
    "search",
    "share",
    "sharebar",
    "sharing",
    "sidebar",
    "signup",
    "skip",
    "slider",
    "slideshow",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "taglist",
    "tags",
    "teaser",
    "teasers",
    "thumbnail",
    "ticker",
    "toc",
    "toolbar",
    "trending",
    "widget",
];

/// Classes whose elements no one sees: those that stylesheets in wide use keep
/// for screen readers, and the ruler of an editor.
pub(crate) const UNSEEN: &[&str] = &[
    "CodeMirror-measure",
    "element-invisible",
    "screen-reader-text",
    "sr-only",
    "visually-hidden",
    "visuallyhidden",
];

/// Whole paragraphs that pages put between others and that say nothing.
const CHAFF: &[&str] = &[
    "advert",
    "advertisement",
    "back to top",
    "caption",
    "close",
    "comment",
    "comments",
    "continue reading",
    "download",
    "email",
    "follow us",
    "learn more",
    "leave a comment",
    "listen",
    "load more",
    "more",
    "next",
    "previous",
    "print",
    "read more",
    "related",
    "related articles",
    "related content",
    "related links",
    "related news",
    "save",
    "share",
    "share this",
    "share this article",
    "share this page",
    "show more",
    "sign up",
    "skip to content",
    "skip to main content",
    "subscribe",
    "tags",
    "text size",
    "tweet",
    "you may also like",
    "you may like these posts",
];

/// Chaff is shorter than this, in bytes: the longest of it and what stands
/// around it.
pub(crate) const LONGEST_CHAFF: usize = 30;

/// Whether a paragraph is one that pages put between others.
pub(crate) fn is_chaff(text: &str) -> bool {
    text.len() < LONGEST_CHAFF && {
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        CHAFF.binary_search(&bare.as_str()).is_ok()
    }
}

/// Whether a class or name has a word for clutter in it, as `share-links`,
/// `cookieBanner` and `site_footer` do. Words end where letters do, and before
/// a capital after a small letter.
pub(crate) fn names_clutter(name: &str) -> bool {
    let mut word = Word::default();
    let mut after_small = false;
    for character in name.chars() {
        let letter = character.is_alphanumeric();
        let bound = !letter || (after_small && character.is_uppercase());
        if bound && word.take_is_clutter() {
            return true;
        }
        if character.is_ascii() && letter {
            word.push(character.to_ascii_lowercase());
        } else if letter {
            character.to_lowercase().for_each(|small| word.push(small));
        }
        after_small = character.is_lowercase();
    }
    word.take_is_clutter()
}

/// No word for clutter is longer, in bytes.
const LONGEST_WORD: usize = 15;

/// The letters of a word as they come, as many as matter.
#[derive(Default)]
struct Word {
    bytes: [u8; LONGEST_WORD],
    /// In bytes, of a word that is longer too.
    length: usize,
}

impl Word {
    fn push(&mut self, letter: char) {
        let end = self.length + letter.len_utf8();
        if let Some(place) = self.bytes.get_mut(self.length..end) {
            letter.encode_utf8(place);
        }
        self.length = end;
    }

    /// Whether it is a word for clutter; another begins.
    fn take_is_clutter(&mut self) -> bool {
        let length = std::mem::take(&mut self.length);
        let word = self.bytes.get(..length).filter(|word| word.len() > 1);
        word.is_some_and(|word| WORDS.binary_search_by(|known| known.as_bytes().cmp(word)).is_ok())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_in_order_and_none_is_longer_than_the_longest() {
        assert!(WORDS.is_sorted() && WORDS.iter().all(|word| word.len() <= LONGEST_WORD));
        assert!(CHAFF.is_sorted());
    }

    #[test]
    fn words_for_clutter_are_found_within_names() {
        for name in ["share-links", "cookieBanner", "site_footer", "Ads", "x RELATED", "наМеню ad"]
        {
            assert!(names_clutter(name), "{name}");
        }
        for name in ["", "shared", "cookiebanner", "recommendationsfor", "headline", "меню"] {
            assert!(!names_clutter(name), "{name}");
        }
    }
}
