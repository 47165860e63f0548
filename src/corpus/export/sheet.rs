//! The template of the Best Practice Forum as rows: what each cell says, and
//! nothing of how it looks. Import reads it back without loss.

use crate::corpus::export::records::{Record, records};
use crate::corpus::export::{Export, Passage};
use crate::corpus::import::reads_as_itself;
use crate::corpus::marks::{AGREEMENT_ID, DESCRIPTION, TAGS_SOURCE, Values};
use crate::corpus::registry::Registry;
use crate::corpus::tags::OTHER;
use crate::model::{AddressRole, Agreement, Category, Presence, Taxonomy};
use crate::numerals::to_roman;

/// What the row of what lies outside the taxonomy is called.
pub(crate) const ANY_OTHER: &str = "Any other norms areas included?";

/// The headings of the tables.
pub(crate) const OVERVIEW: &str = "Agreement Overview";
pub(crate) const ANALYSIS: &str = "Norms Analysis";

/// The headings of the columns.
pub(crate) const COLUMNS: [&str; 4] =
    ["Category", "Norms elements", "Paragraph/citation", "Quote from Text"];

/// The sheet of one record.
pub(crate) struct Sheet<'a> {
    /// Its number and name.
    pub(crate) heading: String,
    /// The overview: labels with their values.
    pub(crate) overview: Vec<(&'static str, String)>,
    /// The address of the agreement.
    pub(crate) link: Option<&'a str>,
    /// Whether its elements stand under categories.
    pub(crate) has_categories: bool,
    /// The rows of the analysis.
    pub(crate) rows: Vec<Row<'a>>,
}

/// A row: one tag.
pub(crate) struct Row<'a> {
    /// The category, in the first of its rows, and how many rows it has.
    pub(crate) category: Option<(String, usize)>,
    /// The element or the free label, in the first of its rows, and how many
    /// rows it has.
    pub(crate) element: Option<(String, usize)>,
    /// What is recorded.
    pub(crate) status: Presence,
    /// The citation.
    pub(crate) citation: &'a str,
    /// Whether the citation must be marked to be read as one.
    pub(crate) marked: bool,
    /// What is recorded, in words, where citation and quote do not tell.
    pub(crate) value: Option<String>,
    /// The quote.
    pub(crate) quote: &'a str,
    /// The remark.
    pub(crate) note: &'a str,
}

/// The sheets of all records.
pub(crate) fn sheets<'a>(export: &'a Export<'_>) -> Vec<Sheet<'a>> {
    let values = Values::of(export.taxonomy);
    let sheet = |(at, record): (usize, Record<'a>)| Sheet {
        heading: format!("{}. {}", to_roman(at + 1), record.name()),
        overview: overview(&record, export.registry),
        link: record.known.and_then(link),
        has_categories: !export.taxonomy.categories.is_empty(),
        rows: Rows { taxonomy: export.taxonomy, values: &values }.of(&record),
    };
    records(export).into_iter().enumerate().map(sheet).collect()
}

/// The address of the agreement's text, or else of a page about it.
pub(crate) fn link(agreement: &Agreement) -> Option<&str> {
    let of = |role| agreement.addresses.iter().find(|address| address.role == role);
    let found = of(AddressRole::Text).or_else(|| of(AddressRole::Page));
    found.map(|address| address.url.as_str())
}

fn overview(record: &Record<'_>, registry: &Registry) -> Vec<(&'static str, String)> {
    let known = record.known;
    let said = |field: fn(&Agreement) -> Option<String>| known.and_then(field).unwrap_or_default();
    let groups = registry.groups.iter().filter(|group| {
        known.is_some_and(|agreement| agreement.stakeholder_groups.contains(&group.id))
    });
    let groups: Vec<&str> = groups.map(|group| group.name.as_str()).collect();
    let own_id = record.agreement.as_str() != record.source;
    let id = if own_id { record.agreement.as_str() } else { "" };
    vec![
        ("I. Name of Agreement", record.name().to_owned()),
        ("II. Date it was signed/launched", said(|one| one.date.map(|date| date.to_string()))),
        ("III. Link", said(|one| link(one).map(str::to_owned))),
        ("IV. Stakeholder groups party to the agreement", groups.join(", ")),
        ("V. Total Signatories/supporters", said(|one| one.signatories.clone())),
        (
            "VI. Organization responsible for ongoing management of agreement (if any)",
            said(|one| one.organisation.clone()),
        ),
        (AGREEMENT_ID, id.to_owned()),
        (TAGS_SOURCE, record.source.to_owned()),
    ]
}

/// Makes the rows of a record.
struct Rows<'t> {
    taxonomy: &'t Taxonomy,
    values: &'t Values,
}

impl Rows<'_> {
    fn of<'a>(&self, record: &Record<'a>) -> Vec<Row<'a>> {
        let mut rows: Vec<Row<'a>> = Vec::new();
        // Where there are no categories, one blank cell stands for them.
        let (mut heading, mut category) = (Some(String::new()), None);
        for element in &self.taxonomy.elements {
            let own = element.category.as_ref();
            if category != own {
                let named = own.and_then(|own| self.category(own));
                heading = named.map(|named| format!("{}. {}", named.code, named.name));
                category = own;
            }
            let title = title(element.code.as_str(), &element.name);
            let mut label = Some(title.clone());
            for passage in of_element(record, element.code.as_str()) {
                let mut row = self.row(passage, &passage.tag.note);
                let alone = rows.last().is_some_and(Row::is_bare) || self.is_label(row.citation);
                row.category = heading.take().map(|heading| (heading, 1));
                row.element =
                    label.take().or_else(|| alone.then(|| title.clone())).map(|label| (label, 1));
                rows.push(row);
            }
        }
        self.others(record, &mut rows);
        span(&mut rows, |row| &mut row.category);
        span(&mut rows, |row| &mut row.element);
        rows
    }

    /// What lies outside the taxonomy: the label stands in the note, before a
    /// semicolon.
    fn others<'a>(&self, record: &Record<'a>, rows: &mut Vec<Row<'a>>) {
        let mut heading = Some(ANY_OTHER.to_owned());
        for passage in of_element(record, OTHER) {
            let note = passage.tag.note.as_str();
            let whole = |text: &str| !text.is_empty() && text.trim() == text;
            let parts = note.split_once("; ");
            let parts = parts.filter(|(label, rest)| whole(label) && whole(rest));
            let (label, note) = parts.unwrap_or((note, ""));
            let mut row = self.row(passage, note);
            if self.is_label(label) {
                heading = Some(ANY_OTHER.to_owned());
            }
            row.category = heading.take().map(|heading| (heading, 1));
            row.element = Some((described(label), 1));
            rows.push(row);
        }
        if let Some(heading) = heading {
            let (category, element) = (Some((heading, 1)), Some((String::new(), 1)));
            let status = Presence::NotAssessed;
            let (citation, quote, note) = ("", "", "");
            let (marked, value) = (false, None);
            rows.push(Row { category, element, status, citation, marked, value, quote, note });
        }
    }

    fn row<'a>(&self, passage: &'a Passage, note: &'a str) -> Row<'a> {
        let tag = &passage.tag;
        let word = self.values.word(tag.status);
        // By itself the word for absence would say that no other area is named.
        let other = tag.element.as_str() == OTHER;
        let value = match (tag.status, tag.citation.is_empty(), tag.quote.is_empty()) {
            (Presence::Present, false, quoteless) if !quoteless || !note.is_empty() => None,
            (Presence::Absent, true, quoteless) if other || !quoteless => Some(format!("({word})")),
            (_, false, _) => Some(format!("({word})")),
            (_, true, _) => Some(word.to_owned()),
        };
        Row {
            category: None,
            element: None,
            status: tag.status,
            citation: &tag.citation,
            marked: !reads_as_itself(&tag.citation, self.values),
            value,
            quote: &tag.quote,
            note,
        }
    }

    fn category(&self, code: &str) -> Option<&Category> {
        self.taxonomy.categories.iter().find(|category| category.code == code)
    }

    /// Whether a text that begins a row could be taken for something else: the
    /// label of an element, a heading, a ruler.
    fn is_label(&self, text: &str) -> bool {
        let bare = text.trim_matches(['*', '#', ' ']);
        let headings = [OVERVIEW, ANALYSIS].into_iter().chain(COLUMNS);
        text.starts_with(|c: char| c.is_ascii_digit())
            || text.chars().all(|c| c == '-')
            || headings.into_iter().any(|heading| heading.eq_ignore_ascii_case(bare))
            || self.taxonomy.elements.iter().any(|one| one.name.eq_ignore_ascii_case(text))
    }
}

impl Row<'_> {
    /// Whether it says nothing but that the element is absent.
    fn is_bare(&self) -> bool {
        self.status == Presence::Absent
            && [self.citation, self.quote, self.note].iter().all(|text| text.is_empty())
    }
}

fn of_element<'r, 'a>(
    record: &'r Record<'a>,
    code: &'r str,
) -> impl Iterator<Item = &'a Passage> + use<'r, 'a> {
    record.passages.iter().copied().filter(move |passage| passage.tag.element.as_str() == code)
}

/// A free label. The template has this word before it, and import takes it off.
fn described(label: &str) -> String {
    if label.starts_with(DESCRIPTION) { format!("{DESCRIPTION} {label}") } else { label.to_owned() }
}

/// The name of an element, after its number if it has a number.
pub(crate) fn title(code: &str, name: &str) -> String {
    if code.starts_with(|first: char| first.is_ascii_digit()) {
        format!("{code} {name}")
    } else {
        name.to_owned()
    }
}

/// Gives each label the number of rows down to the next.
fn span<'a>(
    rows: &mut [Row<'a>],
    label: impl for<'r> Fn(&'r mut Row<'a>) -> &'r mut Option<(String, usize)>,
) {
    let mut below = 0;
    for row in rows.iter_mut().rev() {
        below += 1;
        if let Some((_, rows)) = label(row) {
            (*rows, below) = (below, 0);
        }
    }
}
