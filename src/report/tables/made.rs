//! The tables, each from what was computed of a mapping.

use crate::mapping::{Frequency, Mapping, Share, Shared, Similarity, Trends};
use crate::model::{Presence, Tag};
use crate::report::tables::{Column, Table, Value};

/// What a value is called in tables.
pub(crate) fn word(presence: Presence) -> &'static str {
    match presence {
        Presence::NotAssessed => "unrecorded",
        presence => presence.as_str(),
    }
}

fn columns(named: &[(&str, &str)]) -> Vec<Column> {
    named.iter().map(|(key, heading)| Column::new(*key, *heading)).collect()
}

/// The agreements, by date.
#[must_use]
pub fn agreements_table(mapping: &Mapping) -> Table {
    let rows = mapping.agreements.iter().map(|one| {
        let agreement = one.agreement.as_ref();
        let text = |value: Option<&String>| value.map_or(Value::Empty, |text| text.as_str().into());
        vec![
            one.id.as_str().into(),
            one.name().into(),
            one.date().map_or(Value::Empty, |date| date.to_string().into()),
            agreement.map_or(Value::Empty, |known| known.stakeholder_groups.join(" ").into()),
            text(agreement.and_then(|known| known.organisation.as_ref())),
            one.count(Presence::Present).into(),
            one.count(Presence::Indirect).into(),
            one.count(Presence::Absent).into(),
            one.count(Presence::NotAssessed).into(),
        ]
    });
    Table {
        name: "agreements",
        title: "Agreements".to_owned(),
        note: "By date; how many elements have each value.".to_owned(),
        columns: columns(&[
            ("agreement", "Id"),
            ("name", "Agreement"),
            ("date", "Date"),
            ("stakeholder_groups", "Groups"),
            ("organisation", "Organisation"),
            ("present", "Present"),
            ("indirect", "Indirect"),
            ("absent", "Absent"),
            ("unrecorded", "Unrecorded"),
        ]),
        rows: rows.collect(),
    }
}

/// Agreements × elements.
#[must_use]
pub fn matrix_table(mapping: &Mapping) -> Table {
    let fixed = columns(&[("agreement", "Id"), ("name", "Agreement"), ("date", "Date")]);
    let elements = mapping.taxonomy.elements.iter();
    let elements = elements.map(|element| {
        Column::new(element.code.as_str(), format!("{} {}", element.code, element.name))
    });
    let rows = mapping.agreements.iter().map(|one| {
        let date = one.date().map_or(Value::Empty, |date| date.to_string().into());
        let fixed = [one.id.as_str().into(), one.name().into(), date];
        let cells = one.cells.iter().map(|cell| word(cell.presence).into());
        fixed.into_iter().chain(cells).collect()
    });
    Table {
        name: "matrix",
        title: "Agreements and norm elements".to_owned(),
        note: "An agreement that was recorded twice has the higher value.".to_owned(),
        columns: fixed.into_iter().chain(elements).collect(),
        rows: rows.collect(),
    }
}

fn shares(share: Share) -> [Value; 5] {
    [
        share.part.into(),
        share.whole.into(),
        Value::Figure(share.share, 3),
        Value::Figure(share.low, 3),
        Value::Figure(share.high, 3),
    ]
}

const SHARE: [(&str, &str); 5] =
    [("present", "Present"), ("n", "n"), ("share", "Share"), ("low", "95 % from"), ("high", "to")];

/// How frequent each element is, the most frequent first.
#[must_use]
pub fn frequency_table(elements: &[Frequency]) -> Table {
    let mut ranked: Vec<&Frequency> = elements.iter().collect();
    // The order of the taxonomy decides between equals: the sort is stable.
    ranked.sort_by(|a, b| b.present.share.total_cmp(&a.present.share));
    let rows = ranked.into_iter().map(|one| {
        let named = [one.code.as_str().into(), one.name.as_str().into()];
        let rest = [one.indirect.into(), one.not_assessed.into()];
        named.into_iter().chain(shares(one.present)).chain(rest).collect()
    });
    let rest = [("indirect", "Indirect"), ("unrecorded", "Unrecorded")];
    let named = [("element", "Code"), ("name", "Element")];
    Table {
        name: "frequency",
        title: "Frequency of norm elements".to_owned(),
        note: "The share of agreements in which the element is present, with Wilson's 95 % \
               interval; n is the number of agreements for which it is recorded."
            .to_owned(),
        columns: columns(&[&named[..], &SHARE, &rest].concat()),
        rows: rows.collect(),
    }
}

/// How frequent each category is.
#[must_use]
pub fn categories_table(categories: &[Frequency]) -> Table {
    let rows = categories.iter().map(|one| {
        let named = [one.code.as_str().into(), one.name.as_str().into()];
        named.into_iter().chain(shares(one.present)).collect()
    });
    Table {
        name: "categories",
        title: "Frequency of categories".to_owned(),
        note: "The share of agreements in which any element of the category is present.".to_owned(),
        columns: columns(&[&[("category", "Code"), ("name", "Category")][..], &SHARE].concat()),
        rows: rows.collect(),
    }
}

/// What rises and what declines.
#[must_use]
pub fn trend_table(trends: &Trends) -> Table {
    let mut all = columns(&[("element", "Code"), ("name", "Element")]);
    for period in &trends.periods {
        let span = if period.from == period.to {
            period.from.to_string()
        } else {
            format!("{}–{}", period.from, period.to)
        };
        all.push(Column::new(format!("present_{}", period.from), format!("{span}: present")));
        all.push(Column::new(format!("n_{}", period.from), "n"));
        all.push(Column::new(format!("share_{}", period.from), "share"));
    }
    all.extend(columns(&[
        ("before", "Share before"),
        ("after", "Share after"),
        ("difference", "Difference"),
        ("low", "95 % from"),
        ("high", "to"),
        ("z", "z"),
        ("p", "p"),
        ("p_adjusted", "p, adjusted"),
        ("direction", "Direction"),
    ]));
    let rows = trends.elements.iter().map(|one| {
        let mut row = vec![one.code.as_str().into(), one.name.as_str().into()];
        for share in &one.periods {
            row.extend([share.part.into(), share.whole.into(), Value::Figure(share.share, 3)]);
        }
        row.extend([one.before.share, one.after.share].map(|share| Value::Figure(share, 3)));
        row.extend([one.difference, one.low, one.high].map(|share| Value::Figure(share, 3)));
        row.push(one.z.map_or(Value::Empty, |z| Value::Figure(z, 2)));
        row.extend([one.p, one.p_adjusted].map(|p| Value::Figure(p, 4)));
        row.push(direction(one.direction).into());
        row
    });
    Table {
        name: "trend",
        title: "Trend of norm elements".to_owned(),
        note: format!(
            "{} agreements with a year. Before and after: up to {} and from {} on, with Newcombe's \
             95 % interval of the difference. p: Cochran–Armitage test for trend over the years, \
             two-sided, by {} permutations (seed {}); adjusted: by Holm, for all elements at once.",
            trends.dated,
            trends.middle - 1,
            trends.middle,
            trends.rounds,
            trends.seed
        ),
        columns: all,
        rows: rows.collect(),
    }
}

fn direction(direction: crate::mapping::Direction) -> &'static str {
    match direction {
        crate::mapping::Direction::Rising => "rising",
        crate::mapping::Direction::Declining => "declining",
        crate::mapping::Direction::Undecided => "",
    }
}

/// Which agreements use the same words.
#[must_use]
pub fn wording_table(shared: &[Shared]) -> Table {
    let rows = shared.iter().map(|one| {
        vec![
            one.earlier.as_str().into(),
            one.later.as_str().into(),
            if one.dated { "yes".into() } else { "no".into() },
            one.words.into(),
            one.runs.len().into(),
            one.runs.first().map_or(Value::Empty, |run| run.length.into()),
            one.runs.first().map_or(Value::Empty, |run| run.text.as_str().into()),
        ]
    });
    Table {
        name: "shared-wording",
        title: "Agreements that use the same words".to_owned(),
        note: "Runs of eight words or more that stand in the quotes of both. Only what was quoted \
               is compared."
            .to_owned(),
        columns: columns(&[
            ("earlier", "Earlier"),
            ("later", "Later"),
            ("dated", "Dates say which"),
            ("words", "Words"),
            ("runs", "Runs"),
            ("longest", "Longest run"),
            ("text", "Its words"),
        ]),
        rows: rows.collect(),
    }
}

/// For each agreement, the one most like it.
#[must_use]
pub fn neighbours_table(similarity: &Similarity) -> Table {
    let rows = similarity.nearest.iter().map(|one| {
        vec![
            one.agreement.as_str().into(),
            one.nearest.as_str().into(),
            Value::Figure(one.alike, 3),
            one.both.into(),
        ]
    });
    Table {
        name: "similarity",
        title: "Agreements with the same elements".to_owned(),
        note: "For each agreement, the one most like it: the elements present in both by those \
               present in either (Jaccard)."
            .to_owned(),
        columns: columns(&[
            ("agreement", "Agreement"),
            ("nearest", "Most like it"),
            ("alike", "Jaccard"),
            ("both", "Elements in both"),
        ]),
        rows: rows.collect(),
    }
}

/// Every record with its citation and quote.
#[must_use]
pub fn quotes_table(mapping: &Mapping) -> Table {
    let row = |tag: &Tag| -> Vec<Value> {
        vec![
            tag.agreement.as_str().into(),
            tag.element.as_str().into(),
            word(tag.status).into(),
            tag.citation.as_str().into(),
            tag.quote.as_str().into(),
            tag.note.as_str().into(),
            tag.source.as_str().into(),
        ]
    };
    let tags = mapping.agreements.iter().flat_map(|one| {
        let cells = one.cells.iter().flat_map(|cell| &cell.tags);
        cells.chain(&one.others)
    });
    Table {
        name: "quotes",
        title: "Records, citations and quotes".to_owned(),
        note: "A row for each quote; an absence is a row too.".to_owned(),
        columns: columns(&[
            ("agreement", "Agreement"),
            ("element", "Element"),
            ("status", "Value"),
            ("citation", "Citation"),
            ("quote", "Quote"),
            ("note", "Note"),
            ("source", "Source"),
        ]),
        rows: tags.map(row).collect(),
    }
}
