//! HTML: the main content of a page as blocks.
//!
//! `content` finds what the page is about among navigation, banners and links
//! elsewhere; `walk` turns it into blocks.

mod attributes;
mod breaks;
mod clutter;
mod content;
mod links;
mod lists;
mod memory;
mod notes;
mod tables;
mod tree;
mod walk;

use crate::extract::blocks::{Block, Content, Parsed};
use crate::extract::html::content::Sieve;
use crate::extract::html::walk::Walker;
use scraper::{ElementRef, Html};

/// The blocks of a page.
pub(crate) fn parse(text: &str) -> Parsed {
    let page = tree::tree(text);
    let body = first(&page, "body").unwrap_or_else(|| page.root_element());
    let sieve = Sieve::new(body);
    let mut blocks = Walker::read(sieve.main(body), &sieve);
    if !has_words(&blocks) {
        // All of it looked like clutter: a page that is nothing but a list of
        // links, or has its text in a form.
        blocks = Walker::read_all(body);
    }
    if !has_words(&blocks) {
        return Err(reason(&page));
    }
    add_title(&mut blocks, &page, &sieve);
    Ok(Content { blocks, ..Content::default() })
}

/// The blocks of a page that is all content, as a chapter of a book is.
pub(crate) fn chapter(text: &str) -> Vec<Block> {
    let page = tree::tree(text);
    let body = first(&page, "body").unwrap_or_else(|| page.root_element());
    Walker::read_all(body)
}

/// The element of this name that was met first.
fn first<'a>(page: &'a Html, name: &str) -> Option<ElementRef<'a>> {
    let mut elements = page.tree.nodes().filter_map(ElementRef::wrap);
    elements.find(|element| element.value().name() == name && element.parent().is_some())
}

fn has_words(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| block.text.contains(char::is_alphanumeric))
}

/// A page's title often stands in its banner, outside the main content.
fn add_title(blocks: &mut Vec<Block>, page: &Html, sieve: &Sieve) {
    let title = first(page, "h1")
        .map(|title| walk::plain_text(title, sieve))
        .filter(|title| !title.is_empty() && title.len() < 300);
    let Some(title) = title else { return };
    if !blocks.iter().take(20).any(|block| block.text == title) {
        blocks.insert(0, Block::heading(1, title));
    }
}

fn reason(page: &Html) -> String {
    if first(page, "script").is_some() {
        "no text: the page is built by scripts, which normtag does not run; save it from a browser \
         (as HTML or PDF) and tag the saved file"
    } else {
        "no text: the page holds no words; check that it is the right address"
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes each block as `kind level [label] text`.
    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let show = |block: &Block| {
            let level = block.level.map(|level| level.to_string()).unwrap_or_default();
            let label = block.label.as_ref().map(|label| format!(" [{label}]")).unwrap_or_default();
            format!("{:?}{level}{label} {}", block.kind, block.text.replace('\t', " | "))
        };
        let content = parse(html).expect("the page has text");
        let actual: Vec<String> = content.blocks.iter().map(show).collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn navigation_banners_and_footers_go() {
        check(
            "<body><nav><a href=/>Home</a></nav><div class=cookie-banner>We use cookies.</div>\
             <main><h1>Call</h1><p>We call on all.</p><div class=share-links>Share this</div></main>\
             <aside>Related</aside><footer>Imprint</footer><script>x()</script>",
            &["Heading1 Call", "Text We call on all."],
        );
    }

    #[test]
    fn lists_keep_their_marks() {
        check(
            "<ol start=3><li>Three<ol type=a><li>letter</ol><li value=7>Seven</ol><ul><li>bullet</ul>",
            &[
                "ListItem1 [3.] Three",
                "ListItem2 [a.] letter",
                "ListItem1 [7.] Seven",
                "ListItem1 [•] bullet",
            ],
        );
    }

    #[test]
    fn a_table_may_be_a_list_in_disguise() {
        check(
            "<table><tr><td>(a)</td><td><p>peace;</p></td></tr></table>\
             <table><tr><th>State</th><th>Date</th></tr><tr><td>Chad</td><td>2014</td></tr></table>",
            &["ListItem [(a)] peace;", "TableRow State | Date", "TableRow Chad | 2014"],
        );
    }

    #[test]
    fn tables_in_tables_take_no_longer_than_their_depth() {
        let deep = "<table><tr><td>(a)</td><td>".repeat(60) + "The Parties agree.";
        check(&deep, &["ListItem [(a)] The Parties agree."]);
    }

    #[test]
    fn what_leads_elsewhere_goes_and_what_a_sentence_introduces_stays() {
        let prose =
            "The Parties reaffirm their commitment to an open and secure network. ".repeat(4);
        check(
            &format!(
                "<p>{prose}<p><a href=/x>Ministers agree on a calendar</a>\
                 <p>See also: <a href=/y>Ministers agree on another calendar</a>\
                 <p>The Parties will support these two programmes:\
                 <ul><li><a href=/a>Network Watch</a><li><a href=/b>Lantern</a></ul>\
                 <p>More:<ul><li><a href=/c>First story</a><li><a href=/d>Second story</a></ul>"
            ),
            &[
                &format!("Text {}", prose.trim()),
                "Text The Parties will support these two programmes:",
                "ListItem1 [•] Network Watch",
                "ListItem1 [•] Lantern",
            ],
        );
    }

    #[test]
    fn marks_of_notes_go_and_notes_stay() {
        check(
            "<p>the Bank<sup><a href='#n1'>1</a></sup> said x<sup>2</sup>.</p>\
             <section class=footnotes><ol><li id=n1>A note. <a href='#r1'>↩</a></li></ol></section>",
            &["Text the Bank said x2.", "Footnote [1.] A note."],
        );
    }

    #[test]
    fn line_breaks_may_end_paragraphs() {
        check(
            "<p>One sentence.<br>Another one,<br>wrapped.<br><br>A third",
            &["Text One sentence.", "Text Another one, wrapped.", "Text A third"],
        );
    }

    #[test]
    fn a_page_built_by_scripts_says_so() {
        let reason =
            parse("<body><div id=root></div><script src=app.js></script>").expect_err("no text");
        assert!(reason.starts_with("no text: the page is built by scripts"), "{reason}");
    }
}
