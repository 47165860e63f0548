//! How a place is written in a coding sheet.
//!
//! The forms are those the Best Practice Forum's coders use ("Art. 25.4",
//! "Para. 31", "Principle 5", "Pg. 9"). Reading such a string back is not
//! done here.

use super::{Locator, Place, Unit};

impl Locator {
    /// The citation of a passage found here, most telling part first; never
    /// empty. `place` says whether it stands in the preamble.
    #[must_use]
    pub fn citation(&self, place: Place) -> String {
        let annex = self.annex.as_deref().map(|number| joined("Annex", number));
        // The number of a note or a reference is no paragraph's.
        let numbered = self.article_citation().or_else(|| match place {
            Place::Footnote => None,
            _ => self.unit_citation().or_else(|| self.paragraph_citation()),
        });
        let points = self.points();
        match (annex, numbered) {
            (Some(annex), Some(_)) if self.has_only_points() => annex + &points,
            (Some(annex), Some(numbered)) => format!("{annex}, {numbered}"),
            (Some(annex), None) => format!("{annex}, ¶{}", self.index),
            (None, Some(numbered)) => numbered,
            (None, None) => self.counted_citation(place),
        }
    }

    fn has_only_points(&self) -> bool {
        let numbered = self.article.is_some() || self.unit.is_some() || self.paragraph.is_some();
        !numbered && self.point.is_some()
    }

    fn article_citation(&self) -> Option<String> {
        let article = self.article.as_deref()?;
        let mut written = format!("Art. {article}");
        if let Some(paragraph) = &self.paragraph {
            written.push('.');
            written.push_str(paragraph);
        }
        Some(written + &self.points())
    }

    fn unit_citation(&self) -> Option<String> {
        let Unit { kind, number } = self.unit.as_ref()?;
        let paragraph = self.paragraph.as_ref().map(|n| format!("Para. {n}{}", self.points()));
        if self.counts_again || !self.cites(self.unit.as_ref()?) {
            return self.paragraph_citation();
        }
        let unit = joined(&label(kind), number);
        Some(match paragraph {
            Some(paragraph) => format!("{unit}, {paragraph}"),
            None => unit + &self.points(),
        })
    }

    /// Whether a unit is named when what stands in it is cited. A section is
    /// only a way to the paragraph, except in an annex, whose parts each count
    /// from 1; a principle or a norm is what readers ask for by number.
    pub(crate) fn cites(&self, unit: &Unit) -> bool {
        let way = matches!(unit.kind.as_str(), "section" | "chapter" | "part" | "title");
        let part = self.annex.is_some() && matches!(unit.kind.as_str(), "part" | "title");
        !way || part || self.paragraph.is_none()
    }

    fn paragraph_citation(&self) -> Option<String> {
        let points = self.points();
        match (&self.paragraph, self.written_page()) {
            (Some(_), _) if self.counts_again && self.annex.is_some() => None,
            (Some(paragraph), Some(page)) if self.counts_again => {
                Some(format!("Pg. {page}, Para. {paragraph}{points}"))
            }
            (Some(_), None) if self.counts_again => Some(format!("¶{}", self.index)),
            (Some(paragraph), _) => Some(format!("Para. {paragraph}{points}")),
            (None, _) if !points.is_empty() => Some(format!("¶{}{points}", self.index)),
            (None, _) => None,
        }
    }

    fn counted_citation(&self, place: Place) -> String {
        match (place, self.written_page()) {
            (Place::Preamble, _) => format!("Preamble, ¶{}", self.index),
            (_, Some(page)) => format!("Pg. {page}, ¶{}", self.index),
            (_, None) => format!("¶{}", self.index),
        }
    }

    /// The page as it is printed, or as it is counted.
    fn written_page(&self) -> Option<String> {
        self.printed_page.clone().or_else(|| self.page.map(|page| page.to_string()))
    }

    fn points(&self) -> String {
        let Some(point) = &self.point else {
            return String::new();
        };
        point.split('.').flat_map(|point| [" (", point, ")"]).collect()
    }
}

fn joined(kind: &str, number: &str) -> String {
    if number.is_empty() { kind.to_owned() } else { format!("{kind} {number}") }
}

/// The kind as it is written before a number.
fn label(kind: &str) -> String {
    if kind == "section" {
        return "Sec.".to_owned();
    }
    let mut characters = kind.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(locator: &Locator, place: Place, expected: &str) {
        assert_eq!(locator.citation(place), expected);
    }

    fn at(index: usize) -> Locator {
        Locator { index, ..Locator::default() }
    }

    fn unit(kind: &str, number: &str) -> Unit {
        Unit { kind: kind.to_owned(), number: number.to_owned() }
    }

    #[test]
    fn an_article_takes_its_paragraph_after_a_point() {
        let locator = Locator {
            article: Some("25".into()),
            paragraph: Some("4".into()),
            point: Some("a".into()),
            ..at(90)
        };
        check(&locator, Place::Operative, "Art. 25.4 (a)");
    }

    #[test]
    fn a_numbered_paragraph_keeps_its_letters() {
        let locator =
            Locator { paragraph: Some("13".into()), point: Some("f.ii".into()), ..at(40) };
        check(&locator, Place::Operative, "Para. 13 (f) (ii)");
    }

    #[test]
    fn a_section_gives_way_to_the_paragraph_number_and_a_principle_does_not() {
        let section =
            Locator { unit: Some(unit("section", "III")), paragraph: Some("13".into()), ..at(40) };
        check(&section, Place::Operative, "Para. 13");
        let principle =
            Locator { unit: Some(unit("principle", "5")), paragraph: Some("2".into()), ..at(40) };
        check(&principle, Place::Operative, "Principle 5, Para. 2");
    }

    #[test]
    fn an_annex_comes_first() {
        let locator = Locator { annex: Some("2".into()), paragraph: Some("3".into()), ..at(40) };
        check(&locator, Place::Annex, "Annex 2, Para. 3");
        let point = Locator { annex: Some("I".into()), point: Some("e".into()), ..at(40) };
        check(&point, Place::Annex, "Annex I (e)");
    }

    #[test]
    fn without_numbers_the_printed_page_or_the_count_serves() {
        let printed = Locator { page: Some(11), printed_page: Some("9".into()), ..at(45) };
        check(&printed, Place::Operative, "Pg. 9, ¶45");
        check(&at(12), Place::Operative, "¶12");
        check(&at(3), Place::Preamble, "Preamble, ¶3");
    }
}
