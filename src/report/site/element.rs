//! The page of one element: what it means, how its share went, and every
//! quote over time.

use crate::report::site::Report;
use crate::report::site::chart::timeline;
use crate::report::site::html::{Place, escape};
use crate::report::tables::word;
use std::fmt::Write as _;

/// The page of the element at this place in the taxonomy.
pub(super) fn page(report: &Report<'_>, at: usize, place: &Place<'_>) -> String {
    let element = &report.mapping.taxonomy.elements[at];
    let mut body = format!("<p class=\"lead\">{}</p>\n", escape(&element.definition));
    if let Some(frequency) = report.elements.get(at) {
        let share = frequency.present;
        let _ = writeln!(
            body,
            "<p>Present in {} of {} agreements ({:.0} %, 95 % interval {:.0} to {:.0} %), indirect \
             in {}.</p>",
            share.part,
            share.whole,
            share.share * 100.0,
            share.low * 100.0,
            share.high * 100.0,
            frequency.indirect
        );
    }
    if let Some(trend) = report.trends.and_then(|trends| trends.elements.get(at)) {
        body.push_str(&timeline(trend));
        body.push_str(&over_the_years(trend));
    }
    body.push_str(&quotes(report, at, place));
    body.push_str(&rules(report, element.code.as_str()));
    body
}

/// The figures of the chart.
fn over_the_years(trend: &crate::mapping::Trend) -> String {
    let rows = trend.cumulative.iter().map(|point| {
        let share = point.share;
        format!(
            "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td><td class=\"number\">{}</td>\
             <td class=\"number\">{:.3}</td><td class=\"number\">{:.3}</td>\
             <td class=\"number\">{:.3}</td></tr>\n",
            point.year, share.part, share.whole, share.share, share.low, share.high
        )
    });
    format!(
        "<details><summary>The figures of the chart</summary>\n<div class=\"wide\"><table>\n\
         <thead><tr><th scope=\"col\">Up to</th><th scope=\"col\" class=\"number\">Present</th>\
         <th scope=\"col\" class=\"number\">n</th><th scope=\"col\" class=\"number\">Share</th>\
         <th scope=\"col\" class=\"number\">95 % from</th><th scope=\"col\" class=\"number\">to</th>\
         </tr></thead>\n<tbody>\n{}</tbody>\n</table></div></details>\n",
        rows.collect::<String>()
    )
}

fn quotes(report: &Report<'_>, at: usize, place: &Place<'_>) -> String {
    let mut rows = String::new();
    for one in &report.mapping.agreements {
        let told =
            one.cells[at].tags.iter().filter(|tag| !tag.quote.is_empty() || !tag.note.is_empty());
        for tag in told {
            let date = one.date().map_or_else(String::new, |date| date.to_string());
            let note = if tag.note.is_empty() {
                String::new()
            } else {
                format!("<small class=\"remark\">Note: {}</small>", escape(&tag.note))
            };
            let value = word(tag.status);
            let _ = writeln!(
                rows,
                "<tr><td class=\"date\">{date}</td><th scope=\"row\">{}</th><td class=\"{value}\">{value}</td>\
                 <td>{}</td><td><blockquote>{}</blockquote>{note}</td></tr>",
                place.agreement(one.id.as_str(), one.name()),
                escape(&tag.citation),
                escape(&tag.quote)
            );
        }
    }
    format!(
        "<h2>Every quote over time</h2>\n<div class=\"wide\"><table class=\"norms\">\n<thead><tr>\
         <th scope=\"col\">Date</th><th scope=\"col\">Agreement</th><th scope=\"col\">Value</th>\
         <th scope=\"col\">Citation</th><th scope=\"col\">Quote</th></tr></thead>\n<tbody>\n{rows}\
         </tbody>\n</table></div>\n"
    )
}

fn rules(report: &Report<'_>, code: &str) -> String {
    let Some(rules) = report.rules.get(code).filter(|rules| !rules.is_empty()) else {
        return String::new();
    };
    let rules = rules
        .iter()
        .map(|(name, finds)| format!("<li><code>{}</code> {}</li>\n", escape(name), escape(finds)));
    format!("<h2>The rules that look for it</h2>\n<ul>\n{}</ul>\n", rules.collect::<String>())
}
