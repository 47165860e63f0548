//! The dossier of one agreement: the overview as in the coders' template, and
//! every record with its citation, its quote and what was checked of it.

use crate::mapping::{MappedAgreement, Shared};
use crate::markup::escape;
use crate::model::{AddressRole, Agreement, Decided, Element, Presence, Tag};
use crate::report::site::html::Place;
use crate::report::site::{Report, element_title};
use crate::report::tables::word;
use std::fmt::Write as _;

/// The page.
pub(super) fn page(report: &Report<'_>, one: &MappedAgreement, place: &Place<'_>) -> String {
    let mut body = String::new();
    let counts = [Presence::Present, Presence::Indirect, Presence::Absent, Presence::NotAssessed];
    let counts = counts.iter().map(|value| (one.count(*value), word(*value)));
    let counts = counts.filter(|(count, _)| *count > 0).map(|(n, value)| format!("{n} {value}"));
    let counts: Vec<String> = counts.collect();
    let _ = writeln!(
        body,
        "<p class=\"lead\"><code>{}</code> · {}</p>",
        escape(one.id.as_str()),
        counts.join(", ")
    );
    if let Some(agreement) = &one.agreement {
        body.push_str(&overview(report, agreement));
    }
    body.push_str("<h2>Norms Analysis</h2>\n");
    body.push_str(&norms(report, one, place));
    body.push_str(&wording(report, one, place));
    body
}

fn overview(report: &Report<'_>, one: &Agreement) -> String {
    let groups = report.groups.iter().filter(|group| one.stakeholder_groups.contains(&group.id));
    let groups: Vec<String> = groups.map(|it| format!("{} ({})", it.name, it.id)).collect();
    let links: Vec<String> = one
        .addresses
        .iter()
        .map(|address| {
            let role = match address.role {
                AddressRole::Text => "text",
                AddressRole::Translation => "translation",
                AddressRole::Page => "page about it",
                AddressRole::Organisation => "organisation",
            };
            let state = report.links.get(&address.url);
            let state = state.map_or_else(String::new, |it| format!(" · checked: {}", escape(it)));
            let url = escape(&address.url);
            format!("<a href=\"{url}\">{url}</a> <small>{role}{state}</small>")
        })
        .collect();
    let text = |value: &Option<String>| value.as_deref().map(escape).unwrap_or_default();
    let date = one.date.map_or_else(String::new, |date| date.to_string());
    let stated = one.date_as_stated.as_deref().map_or_else(String::new, |stated| {
        format!(" <small>as stated: {}</small>", escape(stated))
    });
    let names = one.other_names.iter().map(|name| escape(name)).collect::<Vec<_>>().join("; ");
    let rows = [
        ("I. Name of Agreement", escape(&one.name)),
        ("Also called", names),
        ("II. Date it was signed/launched", format!("{date}{stated}")),
        ("III. Link", links.join("<br>")),
        ("IV. Stakeholder groups party to the agreement", escape(&groups.join(", "))),
        ("V. Total Signatories/supporters", text(&one.signatories)),
        (
            "VI. Organization responsible for ongoing management of agreement (if any)",
            text(&one.organisation),
        ),
    ];
    let rows = rows.iter().filter(|(_, value)| !value.is_empty());
    let rows = rows
        .map(|(name, value)| format!("<tr><th scope=\"row\">{name}</th><td>{value}</td></tr>\n"));
    format!(
        "<h2>Agreement Overview</h2>\n<div class=\"wide\"><table class=\"overview\"><tbody>\n{}\
         </tbody></table></div>\n",
        rows.collect::<String>()
    )
}

fn norms(report: &Report<'_>, one: &MappedAgreement, place: &Place<'_>) -> String {
    let mut rows = String::new();
    for (element, cell) in report.mapping.taxonomy.elements.iter().zip(&one.cells) {
        let value = word(cell.presence);
        let title = element_title(element);
        let code = escape(element.code.as_str());
        let height = cell.tags.len().max(1);
        let mut head = format!(
            "<th scope=\"row\" rowspan=\"{height}\" id=\"e-{code}\">{}</th>\
             <td rowspan=\"{height}\" class=\"{value}\">{value}</td>",
            place.element(element.code.as_str(), &title)
        );
        let mut decided = decided(report, one, element);
        for tag in &cell.tags {
            let _ = writeln!(rows, "<tr>{head}{}</tr>", record(report, one, tag, &decided));
            head.clear();
            decided.clear();
        }
        if cell.tags.is_empty() {
            let _ = writeln!(rows, "<tr>{head}<td></td><td>{decided}</td></tr>");
        }
    }
    for tag in &one.others {
        let head = "<th scope=\"row\">Other norm area</th><td></td>";
        let _ = writeln!(rows, "<tr>{head}{}</tr>", record(report, one, tag, ""));
    }
    format!(
        "<div class=\"wide\"><table class=\"norms\">\n<thead><tr><th scope=\"col\">Norm element</th>\
         <th scope=\"col\">Value</th><th scope=\"col\">Citation</th>\
         <th scope=\"col\">Quote from text</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n"
    )
}

/// What was decided on a claim and when, and by whom where that is told; nothing where nobody did.
fn decided(report: &Report<'_>, one: &MappedAgreement, element: &Element) -> String {
    let taxonomy = &report.mapping.taxonomy.id;
    let own = Decided::of(taxonomy, &one.id, &element.code, report.decisions);
    let lines = own.on_claim().map(|decision| {
        let verdict = decision.verdict.said();
        let value = decision.status.map_or_else(String::new, |it| format!(" ({})", word(it)));
        let by = match decision.by.as_str() {
            "" => String::new(),
            by => format!(" by {}", escape(by)),
        };
        let at = escape(&decision.at);
        format!(" <small class=\"verdict\">{verdict}{value}{by}, {at}</small>")
    });
    lines.collect()
}

/// The way to the words in the text, where its address is known: a text
/// fragment (WICG Scroll to Text Fragment) of the quote's first and last words.
fn deep_link(agreement: Option<&Agreement>, quote: &str) -> String {
    const ENDS: usize = 5;
    let texts = agreement.iter().flat_map(|one| &one.addresses);
    let Some(address) = texts.filter(|it| it.role == AddressRole::Text).map(|it| &it.url).next()
    else {
        return String::new();
    };
    let words: Vec<&str> = quote.split_whitespace().collect();
    let fragment = if words.len() > 2 * ENDS {
        let (first, last) = (&words[..ENDS], &words[words.len() - ENDS..]);
        format!("{},{}", encoded(&first.join(" ")), encoded(&last.join(" ")))
    } else {
        encoded(quote)
    };
    let url = escape(address.split('#').next().unwrap_or(address));
    format!(" <small><a href=\"{url}#:~:text={fragment}\">in the text</a></small>")
}

/// Words as they may stand in a text fragment: all but letters and digits in
/// percent code, as a hyphen and a comma mean something there.
fn encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric();
    let code = |byte: u8| {
        if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
    };
    text.bytes().map(code).collect()
}

/// The citation and the quote of a record.
fn record(report: &Report<'_>, one: &MappedAgreement, tag: &Tag, decided: &str) -> String {
    let quote = if tag.quote.is_empty() {
        String::new()
    } else {
        let link = deep_link(one.agreement.as_ref(), &tag.quote);
        format!("<blockquote>{}{link}</blockquote>", escape(&tag.quote))
    };
    let note = if tag.note.is_empty() {
        String::new()
    } else {
        format!("<small class=\"remark\">Note: {}</small> ", escape(&tag.note))
    };
    let text = |text: &str| text.to_owned();
    let key = (text(tag.agreement.as_str()), text(tag.element.as_str()), tag.quote.clone());
    let verdict = report.verdicts.get(&key).map_or_else(String::new, |verdict| {
        format!(" <small class=\"verdict\">checked: {}</small>", escape(verdict))
    });
    format!(
        "<td>{}</td><td>{quote}{note}<small class=\"source\">{}</small>{verdict}{decided}</td>",
        escape(&tag.citation),
        escape(&tag.source)
    )
}

/// With which others it shares words.
fn wording(report: &Report<'_>, one: &MappedAgreement, place: &Place<'_>) -> String {
    let with = |shared: &&Shared| shared.earlier == one.id || shared.later == one.id;
    let rows = report.shared.iter().filter(with).map(|shared| {
        let other = if shared.earlier == one.id { &shared.later } else { &shared.earlier };
        let run = shared.runs.first().map_or("", |run| run.text.as_str());
        format!(
            "<li>{}: {} words, such as <q>{}</q></li>\n",
            place.agreement(other.as_str(), other.as_str()),
            shared.words,
            escape(run)
        )
    });
    let rows: String = rows.collect();
    if rows.is_empty() {
        return rows;
    }
    format!("<h2>The same words elsewhere</h2>\n<ul>\n{rows}</ul>\n")
}
