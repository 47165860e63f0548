//! Asks for places of small documents.

use super::*;
use crate::citation::Cited;
use crate::model::{Digest, Locator, MediaType, Paragraph, ParagraphKind, Place, Span, Unit};

/// A document with a paragraph at each of these places.
fn document(locators: Vec<(Place, Locator)>) -> Document {
    let paragraphs = locators.into_iter().enumerate().map(|(at, (place, locator))| Paragraph {
        span: Span::new(at, at),
        kind: ParagraphKind::Text,
        place,
        locator: Locator { index: at + 1, ..locator },
        stem: None,
        language: None,
        recognised: false,
    });
    Document {
        source: "x".to_owned(),
        agreement: None,
        digest: Digest::of(b"x"),
        media_type: MediaType::PlainText,
        language: None,
        pages: None,
        text: String::new(),
        paragraphs: paragraphs.collect(),
        unread_parts: Vec::new(),
        recognised: None,
    }
}

/// Asks for a citation; the answer is the numbers of the paragraphs, from 1,
/// or the message.
#[track_caller]
fn check(document: &Document, citation: &str, expected: &str) {
    let Cited::Read(read) = Cited::parse(citation) else { panic!("{citation} is not read") };
    let answer = match at(document, &read.refs[0]) {
        Ok(found) => found.iter().map(|at| (at + 1).to_string()).collect::<Vec<_>>().join(" "),
        Err(nearest) => nearest.message(),
    };
    assert_eq!(answer, expected, "{citation}");
}

fn own(paragraph: &str, point: &str) -> Locator {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Locator { paragraph: some(paragraph), point: some(point), ..Locator::default() }
}

fn article(number: &str, paragraph: &str, point: &str) -> (Place, Locator) {
    let locator = Locator {
        article: Some(number.to_owned()),
        section: vec!["CHAPTER II".to_owned(), format!("Article {number}")],
        ..own(paragraph, point)
    };
    (Place::Operative, locator)
}

fn treaty() -> Document {
    document(vec![
        (Place::Preamble, Locator::default()),
        (Place::Preamble, Locator::default()),
        article("25", "", ""),
        article("25", "1", ""),
        article("25", "1", "a"),
        article("25", "1", "b.ii"),
        article("25", "2", ""),
        article("IV", "1", ""),
        (Place::Annex, Locator { annex: Some("A".to_owned()), ..own("1", "") }),
    ])
}

#[test]
fn an_article_is_all_of_it_and_a_point_one_item() {
    let treaty = treaty();
    check(&treaty, "Art. 25", "3 4 5 6 7");
    check(&treaty, "Article 25(1)", "4 5 6");
    check(&treaty, "Art. 25.1 (b)", "6");
    check(&treaty, "Art. 25.1(b)(ii)", "6");
    check(&treaty, "Art. 25.1-2", "4 5 6 7");
    check(&treaty, "Article 4, paragraph 1", "8");
    check(&treaty, "Chapter II", "3 4 5 6 7 8");
    check(&treaty, "Annex A", "9");
    check(&treaty, "Annex A, Para. 1", "9");
}

#[test]
fn the_preamble_is_counted() {
    check(&treaty(), "Preamble", "1 2");
    check(&treaty(), "Preamble, Para. 2", "2");
    check(&treaty(), "¶3", "3");
}

#[test]
fn what_is_not_there_is_said_with_what_is() {
    check(&treaty(), "Art. 25.9", "no Art. 25.9: Art. 25 has 1, 2");
    check(&treaty(), "Art. 25.1 (f)", "no Art. 25.1 (f): Art. 25.1 has a, b");
    check(&treaty(), "Art. 7", "no Art. 7: the document has 25, iv");
    check(&treaty(), "Norm 7", "no Norm 7: the document numbers no such parts");
}

#[test]
fn sections_lead_to_paragraphs_and_letters() {
    let section = |number: &str, paragraph: &str, point: &str| {
        let unit = Some(Unit { kind: "section".to_owned(), number: number.to_owned() });
        (Place::Operative, Locator { unit, ..own(paragraph, point) })
    };
    let report = document(vec![
        section("III", "12", ""),
        section("III", "13", ""),
        section("III", "13", "f"),
        section("4.1", "", ""),
        section("4.2", "", ""),
    ]);
    check(&report, "Sec. III (13) (f)", "3");
    check(&report, "Para. 13", "2 3");
    check(&report, "13 (f)", "3");
    check(&report, "Sec 4.1", "4");
    check(&report, "Section 4", "4 5");
    check(&report, "Para. 12-13", "1 2 3");
}

#[test]
fn pages_are_those_printed_and_paragraphs_on_them_are_counted() {
    let on = |page: u32, printed: &str| {
        let printed_page = Some(printed.to_owned());
        (Place::Operative, Locator { page: Some(page), printed_page, ..Locator::default() })
    };
    let paper = document(vec![on(3, "1"), on(3, "1"), on(4, "2"), on(4, "2")]);
    check(&paper, "Pg. 2", "3 4");
    check(&paper, "Pg. 2, ¶3", "3");
    check(&paper, "P2, Para. 2", "4");
    check(&paper, "Pg. 3", "no Pg. 3: the document has 1, 2");
}
