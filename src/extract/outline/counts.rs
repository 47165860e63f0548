//! Numbers that are given more than once: where each list of a document counts
//! from 1, "Para. 2" names many places.
//!
//! Says which paragraphs need more than their number to be found; how that is
//! written is for the citation. Changes no number.

use crate::extract::outline::lists::is_successor;
use crate::model::{Locator, Paragraph, ParagraphKind, Place};
use std::collections::BTreeMap;

/// A count this many times as long as any other is the document's own: its
/// numbers stand for themselves.
const OWN: usize = 2;

/// Paragraphs numbered one after the other: 1, 2, 3.
struct Count {
    /// What the numbers are within: an annex, a principle.
    within: Within,
    numbers: Vec<String>,
    /// The paragraphs, with which of the numbers each has.
    members: Vec<(usize, usize)>,
}

type Within = (Option<String>, Option<(String, String)>);

/// Marks the paragraphs whose number other paragraphs have too.
pub(crate) fn tell_apart(paragraphs: &mut [Paragraph]) {
    let counts = counts(paragraphs);
    let mut given: BTreeMap<(&Within, &str), usize> = BTreeMap::new();
    for count in &counts {
        for number in &count.numbers {
            *given.entry((&count.within, number)).or_default() += 1;
        }
    }
    for (at, count) in counts.iter().enumerate() {
        let mut others = counts.iter().enumerate().filter(|(other, _)| *other != at);
        let own = others.all(|(_, other)| count.numbers.len() >= OWN * other.numbers.len());
        for (paragraph, number) in count.members.iter().filter(|_| !own) {
            let again = given[&(&count.within, count.numbers[*number].as_str())] > 1;
            paragraphs[*paragraph].locator.counts_again = again;
        }
    }
}

/// The counts, the one that went on last at the end.
fn counts(paragraphs: &[Paragraph]) -> Vec<Count> {
    let mut counts: Vec<Count> = Vec::new();
    let mut open = false;
    for (at, paragraph) in paragraphs.iter().enumerate() {
        let Locator { article, paragraph: number, .. } = &paragraph.locator;
        let aside = paragraph.kind == ParagraphKind::Contents || paragraph.place == Place::Footnote;
        if aside || article.is_some() {
            continue;
        }
        let Some(number) = number else {
            open = false;
            continue;
        };
        let within = within(&paragraph.locator);
        let goes_on = |(nth, count): (usize, &Count)| {
            let before = count.numbers.last()?;
            let same = nth == 0 && open && before == number;
            (count.within == within && (same || is_successor(before, number))).then_some(same)
        };
        let found = counts.iter().rev().enumerate().find_map(|it| Some((it.0, goes_on(it)?)));
        open = true;
        if let Some((nth, same)) = found {
            let last = counts.len() - 1 - nth;
            let mut count = counts.remove(last);
            if !same {
                count.numbers.push(number.clone());
            }
            count.members.push((at, count.numbers.len() - 1));
            counts.push(count);
            continue;
        }
        counts.push(Count { within, numbers: vec![number.clone()], members: vec![(at, 0)] });
    }
    counts
}

/// What a number is cited within.
fn within(locator: &Locator) -> Within {
    let unit = locator.unit.as_ref().filter(|unit| locator.cites(unit));
    (locator.annex.clone(), unit.map(|unit| (unit.kind.clone(), unit.number.clone())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Span;

    /// Paragraphs with these numbers; those that need more come with a star.
    #[track_caller]
    fn check(numbers: &str, expected: &str) {
        let numbered = |number: &str| Paragraph {
            span: Span::new(0, 0),
            kind: ParagraphKind::Text,
            place: Place::Operative,
            locator: Locator {
                paragraph: (number != "-").then(|| number.to_owned()),
                ..Locator::default()
            },
            stem: None,
            language: None,
            recognised: false,
        };
        let mut paragraphs: Vec<Paragraph> = numbers.split(' ').map(numbered).collect();
        tell_apart(&mut paragraphs);
        let star = |(number, paragraph): (&str, &Paragraph)| {
            format!("{number}{}", if paragraph.locator.counts_again { "*" } else { "" })
        };
        let actual: Vec<String> = numbers.split(' ').zip(&paragraphs).map(star).collect();
        assert_eq!(actual.join(" "), expected);
    }

    #[test]
    fn numbers_given_once_stand_for_themselves() {
        check("1 2 2 3 - 4 5", "1 2 2 3 - 4 5");
    }

    #[test]
    fn lists_that_each_count_from_one_need_more() {
        check("1 2 3 - 1 2 - 1 2 3 4", "1* 2* 3* - 1* 2* - 1* 2* 3* 4");
    }

    #[test]
    fn the_count_of_the_document_keeps_its_numbers() {
        check("1 2 3 - 1 2 - 4 5 6 7", "1 2 3 - 1* 2* - 4 5 6 7");
        check("1 2 3 4 5 6 - 1 2", "1 2 3 4 5 6 - 1* 2*");
    }
}
