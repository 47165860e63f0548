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

/// Words in the class or name of elements that are not content.
const WORDS: &[&str] = &[
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "breadcrumb",
    "breadcrumbs",
    "share",
    "sharing",
    "sharebar",
    "social",
    "related",
    "sidebar",
    "menu",
    "navbar",
    "navigation",
    "nav",
    "newsletter",
    "subscribe",
    "subscription",
    "promo",
    "advert",
    "advertisement",
    "ad",
    "ads",
    "sponsor",
    "sponsored",
    "comments",
    "comment",
    "disqus",
    "footer",
    "masthead",
    "pagination",
    "pager",
    "toolbar",
    "skip",
    "popup",
    "modal",
    "overlay",
    "widget",
    "recommended",
    "recommendations",
    "trending",
    "popular",
    "teaser",
    "teasers",
    "tags",
    "taglist",
    "byline",
    "signup",
    "login",
    "search",
    "printonly",
    "noprint",
    "offscreen",
    "screenreader",
    "hidden",
    "mw-editsection",
    "editsection",
    "toc",
    "rail",
    "outbrain",
    "taboola",
    "addthis",
    "paywall",
    "gallery",
    "slideshow",
    "carousel",
    "slider",
    "caption",
    "credit",
    "credits",
    "thumbnail",
    "ticker",
    "readmore",
    "author-bio",
    "prevnext",
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

/// Whether a paragraph is one that pages put between others.
pub(crate) fn is_chaff(text: &str) -> bool {
    // The longest of them and what stands around it.
    text.len() < 30 && {
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        CHAFF.binary_search(&bare.as_str()).is_ok()
    }
}

/// Whether a class or name has a word for clutter in it, as `share-links`,
/// `cookieBanner` and `site_footer` do.
pub(crate) fn names_clutter(name: &str) -> bool {
    let mut word = String::new();
    let mut before = ' ';
    for character in name.chars().chain([' ']) {
        let bound =
            !character.is_alphanumeric() || (character.is_uppercase() && before.is_lowercase());
        if bound {
            if WORDS.contains(&word.as_str()) {
                return true;
            }
            word.clear();
        }
        if character.is_alphanumeric() {
            word.extend(character.to_lowercase());
        }
        before = character;
    }
    false
}
