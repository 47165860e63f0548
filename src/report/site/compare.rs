//! Two or more agreements side by side, chosen by the reader; without a
//! script, the whole table.

use crate::report::site::html::{Place, escape};
use crate::report::site::{Report, element_title};
use crate::report::tables::word;
use std::fmt::Write as _;

/// The page.
pub(super) fn page(report: &Report<'_>, place: &Place<'_>) -> String {
    let all = &report.mapping.agreements;
    let mut body = String::from(
        "<p>Choose agreements to see them side by side; an element that tells them apart is \
         marked.</p>\n<form id=\"compare\" hidden><fieldset><legend>Agreements</legend>\n",
    );
    for one in all {
        let (id, name) = (escape(one.id.as_str()), escape(one.name()));
        let _ = writeln!(
            body,
            "<label><input type=\"checkbox\" name=\"a\" value=\"{id}\"> {name}</label>"
        );
    }
    body.push_str("</fieldset></form>\n<p id=\"compared\" role=\"status\"></p>\n");
    body.push_str("<div class=\"wide\"><table id=\"comparison\">\n<thead><tr><th scope=\"col\">Norm element</th>");
    for one in all {
        let link = place.agreement(one.id.as_str(), one.name());
        let _ =
            write!(body, "<th scope=\"col\" data-id=\"{}\">{link}</th>", escape(one.id.as_str()));
    }
    body.push_str("</tr></thead>\n<tbody>\n");
    for (at, element) in report.mapping.taxonomy.elements.iter().enumerate() {
        let title = place.element(element.code.as_str(), &element_title(element));
        let _ = write!(body, "<tr><th scope=\"row\">{title}</th>");
        for one in all {
            let cell = &one.cells[at];
            let value = word(cell.presence);
            let quote = cell.tags.iter().find(|tag| !tag.quote.is_empty());
            let quote = quote.map_or_else(String::new, |tag| {
                let citation = match tag.citation.as_str() {
                    "" => "quote".to_owned(),
                    citation => escape(citation),
                };
                format!(
                    "<details><summary>{citation}&nbsp;…</summary><blockquote>{}</blockquote></details>",
                    escape(&tag.quote)
                )
            });
            let id = escape(one.id.as_str());
            let _ = write!(body, "<td class=\"{value}\" data-id=\"{id}\">{value}{quote}</td>");
        }
        body.push_str("</tr>\n");
    }
    body.push_str("</tbody>\n</table></div>\n");
    body
}
