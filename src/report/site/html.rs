//! The skeleton of a page, and tables as HTML.

pub(super) use crate::markup::escape;
use crate::report::tables::{Column, Table, Value};

/// The pages that every page leads to.
const PAGES: [(&str, &str); 7] = [
    ("index.html", "Overview"),
    ("matrix.html", "Matrix"),
    ("frequency.html", "Frequency"),
    ("trend.html", "Trend"),
    ("wording.html", "Shared wording"),
    ("compare.html", "Compare"),
    ("data.html", "Data"),
];

/// Where a page is, and what stands at the foot of it.
pub(super) struct Place<'a> {
    /// Its path in the site.
    pub(super) path: &'a str,
    /// The title of the site.
    pub(super) site: &'a str,
    /// What everything here was made from.
    pub(super) made_from: &'a str,
    /// What a reader must know before anything else; may be empty.
    pub(super) note: &'a str,
}

impl Place<'_> {
    /// The way from this page to the top of the site.
    fn up(&self) -> &'static str {
        if self.path.contains('/') { "../" } else { "" }
    }

    /// A page with this title and this body.
    pub(super) fn page(&self, title: &str, body: &str) -> String {
        let up = self.up();
        let links = PAGES.iter().map(|(path, name)| {
            let here = if *path == self.path { " aria-current=\"page\"" } else { "" };
            format!("<a href=\"{up}{path}\"{here}>{name}</a>")
        });
        let (title, site) = (escape(title), escape(self.site));
        let note = match self.note {
            "" => String::new(),
            note => format!("<p class=\"unconfirmed\" role=\"note\">{}</p>\n", escape(note)),
        };
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             style-src 'self' 'unsafe-inline' file:; script-src 'self' 'unsafe-inline' file:; \
             img-src 'self' data: file:\">\n\
             <link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"{up}style.css\">\n\
             <title>{title} · {site}</title>\n</head>\n<body>\n\
             <a class=\"skip\" href=\"#main\">Skip to the content</a>\n\
             <header><p class=\"site\">{site}</p><nav aria-label=\"Pages\">{}</nav></header>\n\
             <main id=\"main\">\n{note}<h1>{title}</h1>\n{body}</main>\n\
             <footer><p>{}</p></footer>\n<script src=\"{up}script.js\" defer></script>\n\
             </body>\n</html>\n",
            links.collect::<Vec<_>>().join(" "),
            escape(self.made_from)
        )
    }

    /// A link to the dossier of an agreement.
    pub(super) fn agreement(&self, id: &str, shown: &str) -> String {
        format!("<a href=\"{}agreements/{}.html\">{}</a>", self.up(), escape(id), escape(shown))
    }

    /// A link to the page of an element.
    pub(super) fn element(&self, code: &str, shown: &str) -> String {
        format!("<a href=\"{}elements/{}.html\">{}</a>", self.up(), escape(code), escape(shown))
    }

    /// A table that can be sorted, with its note and the way to its data.
    pub(super) fn table(&self, table: &Table) -> String {
        let heads = table.columns.iter().enumerate().map(|(at, column)| {
            let number =
                table.rows.first().and_then(|row| row.get(at)).is_some_and(Value::is_number);
            let class = if number { " class=\"number\"" } else { "" };
            format!("<th scope=\"col\"{class}>{}</th>", escape(&column.heading))
        });
        let rows = table.rows.iter().map(|row| {
            let cells =
                table.columns.iter().zip(row).map(|(column, value)| self.cell(column, value));
            format!("<tr>{}</tr>\n", cells.collect::<String>())
        });
        let (up, name) = (self.up(), table.name);
        format!(
            "<p class=\"note\">{} <span class=\"data\">Data: \
             <a href=\"{up}data/{name}.csv\">CSV</a>, <a href=\"{up}data/{name}.json\">JSON</a></span></p>\n\
             <div class=\"wide\"><table class=\"sortable\">\n<caption>{}</caption>\n\
             <thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table></div>\n",
            escape(&table.note),
            escape(&table.title),
            heads.collect::<String>(),
            rows.collect::<String>()
        )
    }

    fn cell(&self, column: &Column, value: &Value) -> String {
        let shown = value.shown();
        let text = match column.key.as_str() {
            "agreement" | "earlier" | "later" | "nearest" => self.agreement(&shown, &shown),
            "element" if !shown.is_empty() => self.element(&shown, &shown),
            _ => escape(&shown),
        };
        if value.is_number() {
            format!("<td class=\"number\">{text}</td>")
        } else {
            format!("<td>{text}</td>")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_below_the_top_finds_its_way_up_and_no_words_become_markup() {
        let place =
            Place { path: "agreements/x.html", site: "A & B", made_from: "<tags>", note: "" };
        let page = place.page("<x>", "");
        assert!(page.contains("href=\"../style.css\""));
        assert!(page.contains("<title>&lt;x&gt; · A &amp; B</title>"));
        assert!(page.contains("&lt;tags&gt;") && !page.contains("<tags>"));
    }
}
