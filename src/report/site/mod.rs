//! The report as a static site: pages, charts and data that ask for nothing
//! from anywhere, work from the file system, and print.
//!
//! One file per page. What is said was computed before; here it is laid out.

mod agreement;
mod chart;
mod compare;
mod element;
mod highlights;
mod html;
mod matrix;
mod pages;
#[cfg(feature = "png")]
mod picture;

#[cfg(feature = "png")]
pub use picture::Painter;

pub use highlights::{Highlights, highlights};

use crate::mapping::{Frequency, Mapping, Shared, Similarity, Trends};
use crate::model::{AgreementList, Date, Decision, Group};
use crate::report::tables::{self, Table, write_csv, write_json};
use html::Place;
use std::collections::BTreeMap;

/// What a report is made of.
pub struct Report<'a> {
    /// Its title.
    pub title: &'a str,
    /// What it was made from, for the foot of each page.
    pub made_from: &'a str,
    /// Whether the tags are proposals that nobody has confirmed.
    pub unconfirmed: bool,
    /// The tags.
    pub mapping: &'a Mapping,
    /// How frequent each element is.
    pub elements: &'a [Frequency],
    /// How frequent each category is.
    pub categories: &'a [Frequency],
    /// What rises and what declines; none where there is one year only.
    pub trends: Option<&'a Trends>,
    /// Which agreements are alike.
    pub similarity: &'a Similarity,
    /// Which use the same words.
    pub shared: &'a [Shared],
    /// The lists that the matrix can be filtered by.
    pub lists: &'a [AgreementList],
    /// The stakeholder groups.
    pub groups: &'a [Group],
    /// The rules that serve each element: name and what it finds.
    pub rules: &'a BTreeMap<String, Vec<(String, String)>>,
    /// The state of an address, where it was checked.
    pub links: &'a BTreeMap<String, String>,
    /// The verdict on a quote (agreement, element, quote), where it was
    /// checked.
    pub verdicts: &'a BTreeMap<(String, String, String), String>,
    /// What people decided on claims, in order.
    pub decisions: &'a [Decision],
    /// From when on an agreement is new.
    pub since: Option<Date>,
}

/// What stands on every page of a report of proposals.
pub const UNCONFIRMED: &str = "Proposed, not confirmed: a program proposed these tags, and a value \
                               stands once a person has confirmed it.";

/// A file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteFile {
    /// Its path below the site's folder, with `/` between folders.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Every file of the site, in order of path.
#[must_use]
pub fn site(report: &Report<'_>) -> Vec<SiteFile> {
    let mut files = vec![
        file("style.css", include_str!("style.css")),
        file("script.js", include_str!("script.js")),
    ];
    let mut page = |path: &str, title: &str, body: &dyn Fn(&Place<'_>) -> String| {
        let note = if report.unconfirmed { UNCONFIRMED } else { "" };
        let place = Place { path, site: report.title, made_from: report.made_from, note };
        files.push(file(path, place.page(title, &body(&place))));
    };
    page("index.html", "Overview", &|place| pages::overview(report, place));
    page("matrix.html", "Matrix", &|place| matrix::page(report, place));
    page("frequency.html", "Frequency", &|place| pages::frequency(report, place));
    page("trend.html", "Trend", &|place| pages::trend(report, place));
    page("wording.html", "Shared wording", &|place| pages::wording(report, place));
    page("compare.html", "Compare", &|place| compare::page(report, place));
    page("data.html", "Data", &|_| pages::data(report));
    for one in &report.mapping.agreements {
        let path = format!("agreements/{}.html", one.id);
        page(&path, one.name(), &|place| agreement::page(report, one, place));
    }
    for (at, element) in report.mapping.taxonomy.elements.iter().enumerate() {
        let title = element_title(element);
        let path = format!("elements/{}.html", element.code);
        page(&path, &title, &|place| element::page(report, at, place));
    }
    for table in all_tables(report) {
        files.push(data(&table, "csv", |table, out| write_csv(table, out)));
        files.push(data(&table, "json", |table, out| write_json(table, out)));
    }
    files.extend(pages::chart_files(report));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The tables of a report, in the order they are read in.
#[must_use]
pub fn all_tables(report: &Report<'_>) -> Vec<Table> {
    let mut all = vec![
        tables::agreements_table(report.mapping),
        tables::matrix_table(report.mapping),
        tables::frequency_table(report.elements),
        tables::categories_table(report.categories),
    ];
    all.extend(report.trends.map(tables::trend_table));
    all.push(tables::neighbours_table(report.similarity));
    all.push(tables::wording_table(report.shared));
    all.push(tables::quotes_table(report.mapping));
    all
}

/// The name of an element after its number, if it has a number.
fn element_title(element: &crate::model::Element) -> String {
    let code = element.code.as_str();
    if code.starts_with(|first: char| first.is_ascii_digit()) {
        format!("{code} {}", element.name)
    } else {
        element.name.clone()
    }
}

fn file(path: &str, bytes: impl Into<Vec<u8>>) -> SiteFile {
    SiteFile { path: path.to_owned(), bytes: bytes.into() }
}

fn data(
    table: &Table,
    ending: &str,
    write: impl Fn(&Table, &mut dyn std::io::Write) -> std::io::Result<()>,
) -> SiteFile {
    let mut bytes = Vec::new();
    write(table, &mut bytes).expect("memory takes what is written");
    file(&format!("data/{}.{ending}", table.name), bytes)
}
