//! Every form of one coding sheet, held against what it should look like.

use crate::golden;
use normtag::model::{
    Category, Element, Force, Presence, Proposals, Subject, Taxonomy, Thresholds,
};
use normtag::report::{Format, Sheet, Style, render};
use std::collections::BTreeMap;

/// The sheet all forms are made from: a document read whole, one read in part
/// and one not read, in made-up words. It is the JSON of `normtag tag`.
const SHEET: &str = include_str!("report/sheet.json");

fn proposals() -> Proposals {
    serde_json::from_str(SHEET).expect("the sample is in the format")
}

fn taxonomy() -> Taxonomy {
    let category = |(code, name): (&str, &str)| Category { code: code.into(), name: name.into() };
    let element = |(code, name): (&str, &str)| Element {
        code: code.into(),
        name: name.into(),
        category: code.split('.').next().map(str::to_owned),
        definition: format!("What counts as “{name}”."),
    };
    Taxonomy {
        id: "made-up".into(),
        name: "A made-up codebook".into(),
        source: String::new(),
        categories: [
            ("1", "Rights and freedoms"),
            ("2", "Resilience"),
            ("5", "Restraint <and> care"),
        ]
        .map(category)
        .to_vec(),
        elements: [
            ("1.1", "Human rights"),
            ("1.2", "Personal data"),
            ("2.1", "Critical infrastructure"),
            ("2.2", "Essential services"),
            ("2.5", "Computer emergency response"),
            ("5.1", "Developing and deploying cyber weapons"),
            ("5.5", "Botnets"),
        ]
        .map(element)
        .to_vec(),
        labels: BTreeMap::from([
            (Presence::Present, "Present".to_owned()),
            (Presence::Indirect, "Indirect".to_owned()),
            (Presence::Absent, "N/A".to_owned()),
        ]),
        thresholds: Thresholds { present: 0.5, indirect: 0.25, tenfold: 0.0, pages: 10.0 },
        force: Force::default(),
        subject: Subject::default(),
        places: BTreeMap::new(),
        calibration: None,
    }
}

fn rendered(format: Format, style: Style) -> String {
    let (proposals, taxonomy) = (proposals(), taxonomy());
    let sheet = Sheet { proposals: &proposals, taxonomy: &taxonomy };
    let mut out = Vec::new();
    render(&sheet, format, style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

const PLAIN: Style = Style { width: 80, color: false };

#[test]
fn every_form_is_as_its_golden_file() {
    for format in Format::ALL {
        let ending = match format {
            Format::Table => "txt",
            Format::Markdown => "md",
            format => format.as_str(),
        };
        golden::check(&format!("report/sheet.{ending}"), &rendered(format, PLAIN));
    }
}

#[test]
fn json_is_read_back_as_it_was_written() {
    assert_eq!(rendered(Format::Json, PLAIN), SHEET);
}

#[test]
fn the_table_fits_every_width() {
    use unicode_width::UnicodeWidthStr as _;
    for width in 60..=200 {
        for line in rendered(Format::Table, Style { width, color: false }).lines() {
            assert!(line.width() <= width, "{} > {width}: {line}", line.width());
            assert_eq!(line, line.trim_end(), "nothing hangs over at {width}");
        }
    }
}

#[test]
fn colour_adds_nothing_but_colour() {
    let plain = rendered(Format::Table, PLAIN);
    let colored = rendered(Format::Table, Style { color: true, ..PLAIN });
    assert_ne!(colored, plain);
    let mut stripped = String::new();
    for (index, part) in colored.split("\x1b[").enumerate() {
        let part = if index == 0 { part } else { part.split_once('m').unwrap().1 };
        stripped.push_str(part);
    }
    let trimmed = |text: &str| text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
    assert_eq!(trimmed(&stripped), trimmed(&plain));
}

#[test]
fn csv_gives_back_every_quote_to_the_byte_and_every_element_a_row() {
    let csv = rendered(Format::Csv, PLAIN);
    assert!(csv.starts_with("agreement,element,status,citation,quote,note,source\n"));
    assert!(!csv.contains('\r'));
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    for document in &proposals().documents {
        for element in taxonomy().elements {
            let mut quotes = rows
                .iter()
                .filter(|row| row[6] == document.source && row[1] == *element.code.as_str())
                .map(|row| row[4].to_owned())
                .collect::<Vec<_>>();
            assert!(!quotes.is_empty(), "{} in {}", element.code, document.source);
            quotes.retain(|quote| !quote.is_empty());
            let proposed = document.proposals.iter().find(|one| one.element == element.code);
            let expected: Vec<String> = proposed
                .map(|one| one.evidence.iter().map(|evidence| evidence.quote.clone()).collect())
                .unwrap_or_default();
            assert_eq!(quotes, expected);
        }
    }
}
