//! Finds the web addresses in a file: links of Markdown and HTML, and what
//! looks like one in other text and in cells of CSV.

use linkify::{LinkFinder, LinkKind};
use pulldown_cmark::{Event, Parser, Tag};
use scraper::{Html, Selector};

/// An address and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The address, without what leads to a part of its page.
    pub url: String,
    /// The line it stands in, from 1; 0 where it cannot be told.
    pub line: usize,
}

/// The addresses in the text of a file with this name, in order; each place.
#[must_use]
pub fn addresses(name: &str, text: &str) -> Vec<Found> {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    let found = match ending.as_str() {
        "md" | "markdown" => in_markdown(text),
        "html" | "htm" | "xhtml" => in_html(text),
        "csv" => in_csv(text),
        _ => in_text(text, 1),
    };
    let web = |found: Found| {
        let url = without_part(&found.url);
        let is = url.starts_with("http://") || url.starts_with("https://");
        is.then(|| Found { url: url.to_owned(), ..found })
    };
    found.into_iter().filter_map(web).collect()
}

fn without_part(url: &str) -> &str {
    url.split('#').next().unwrap_or(url)
}

/// The line a byte of `text` stands in.
fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).map_or(1, |before| before.matches('\n').count() + 1)
}

fn in_markdown(text: &str) -> Vec<Found> {
    let mut found = Vec::new();
    // What stands between the ends of a link is its name, and no address.
    let mut inside = 0_usize;
    for (event, range) in Parser::new(text).into_offset_iter() {
        let line = line_of(text, range.start);
        match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                found.push(Found { url: dest_url.into_string(), line });
                inside += 1;
            }
            Event::End(pulldown_cmark::TagEnd::Link | pulldown_cmark::TagEnd::Image) => {
                inside = inside.saturating_sub(1);
            }
            // Bare, and in code: the source has it whole, where events are cut
            // at every mark.
            Event::Text(_) | Event::Code(_) if inside == 0 => {
                found.extend(in_text(bare(text, range.start), line));
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                found.extend(in_html(&html).into_iter().map(|one| Found { line, ..one }));
            }
            _ => {}
        }
    }
    found.dedup();
    found
}

/// The rest of a line, up to where a link may begin: what stands there has its
/// own event.
fn bare(text: &str, at: usize) -> &str {
    let line = text.get(at..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    line.split(['[', '<']).next().unwrap_or_default()
}

fn in_html(text: &str) -> Vec<Found> {
    let page = Html::parse_document(text);
    let mut found = Vec::new();
    for (name, attribute) in [("a[href]", "href"), ("area[href]", "href"), ("iframe[src]", "src")] {
        let Ok(selector) = Selector::parse(name) else { continue };
        for element in page.select(&selector) {
            let Some(url) = element.value().attr(attribute) else { continue };
            // The tree has no lines; the address as it is written has.
            let line = text.find(url).map_or(0, |at| line_of(text, at));
            found.push(Found { url: url.trim().to_owned(), line });
        }
    }
    found
}

fn in_csv(text: &str) -> Vec<Found> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut found = Vec::new();
    for record in reader.records().filter_map(Result::ok) {
        let line = record.position().map_or(0, csv::Position::line);
        let line = usize::try_from(line).unwrap_or_default();
        for cell in &record {
            found.extend(in_text(cell, line).into_iter().map(|one| Found { line, ..one }));
        }
    }
    found
}

fn in_text(text: &str, first_line: usize) -> Vec<Found> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let links = finder.links(text);
    let found = links.map(|link| Found {
        url: link.as_str().to_owned(),
        line: first_line + line_of(text, link.start()) - 1,
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, text: &str, expected: &[(&str, usize)]) {
        let found = addresses(name, text);
        let found: Vec<_> = found.iter().map(|found| (found.url.as_str(), found.line)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn links_of_markdown_are_found_in_every_spelling() {
        check(
            "a.md",
            "# See\n[one](https://a.example/x_(y)#part \"t\") and <https://b.example/>\n\nBare \
             https://c.example/under_score_name, and [ref].\n\n[ref]: http://d.example\n\
             [mail](mailto:a@b.example) [here](#part) [file](other.md)\n\
             See [a\\_b](https://e.example/a\\_b) and [https://f.example](https://g.example/).\n",
            &[
                ("https://a.example/x_(y)", 2),
                ("https://b.example/", 2),
                ("https://c.example/under_score_name", 4),
                ("http://d.example", 4),
                ("https://e.example/a_b", 8),
                ("https://g.example/", 8),
            ],
        );
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_looked_through(text in "\\PC*", name in "a\\.(md|html|csv|txt)") {
            for found in addresses(&name, &text) {
                proptest::prop_assert!(found.url.starts_with("http"));
            }
        }

        #[test]
        fn an_address_among_words_is_found(before in "[a-z ]{0,20}", after in "[a-z ]{0,20}") {
            let text = format!("{before}\n\n{before} https://a.example/x {after}");
            for name in ["a.md", "a.txt"] {
                let found = addresses(name, &text);
                proptest::prop_assert_eq!(found.len(), 1);
                proptest::prop_assert_eq!(found[0].line, 3);
            }
        }
    }

    #[test]
    fn links_of_pages_text_and_tables_are_found() {
        let page = "<p>\n<a href='https://a.example/?a=1&amp;b=2'>x</a><a href='/local'>y</a>";
        check("a.html", page, &[("https://a.example/?a=1&b=2", 0)]);
        check("a.txt", "one\n(https://a.example/x).\n", &[("https://a.example/x", 2)]);
        let table = "id,url\n1,https://a.example/x\n2,\"see https://b.example/y, too\"\n";
        check("a.csv", table, &[("https://a.example/x", 2), ("https://b.example/y", 3)]);
    }
}
