//! Where one paragraph stands, in the terms of a citation.

use crate::citation::{Kind, Number, Step};
use crate::model::{Document, Paragraph, ParagraphKind, Place};
use crate::numerals::from_roman;

/// Where a paragraph stands.
#[derive(Debug)]
pub(super) struct Standing {
    /// Its index in the document.
    pub(super) index: usize,
    /// The numbered parts it stands in, outermost first: kind and number.
    containers: Vec<(Kind, String)>,
    /// The numbers and letters below them: paragraph, point, subpoint.
    chain: Vec<String>,
    /// The page it starts on, as printed and as counted.
    pages: Vec<String>,
    preamble: bool,
    /// Which running paragraph it is: of the document (headings counted too, as
    /// its own citation counts), of its page, of the preamble.
    counts: [usize; 3],
    running: bool,
}

/// The standings of all paragraphs.
pub(super) fn of(document: &Document) -> Vec<Standing> {
    let mut all: Vec<Standing> = Vec::with_capacity(document.paragraphs.len());
    let (mut on_page, mut in_preamble, mut page) = (0, 0, None);
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        let running = matches!(paragraph.kind, ParagraphKind::Text | ParagraphKind::ListItem);
        let preamble = paragraph.place == Place::Preamble;
        if page != paragraph.locator.page {
            (on_page, page) = (0, paragraph.locator.page);
        }
        on_page += usize::from(running);
        in_preamble += usize::from(running && preamble);
        let counts = [paragraph.locator.index, on_page, in_preamble];
        all.push(standing(index, paragraph, counts, running, preamble));
    }
    all
}

fn standing(
    index: usize,
    paragraph: &Paragraph,
    counts: [usize; 3],
    running: bool,
    preamble: bool,
) -> Standing {
    let locator = &paragraph.locator;
    let mut containers: Vec<(Kind, String)> = Vec::new();
    let mut add = |kind: Option<Kind>, number: &str| {
        let number = number.to_lowercase();
        if let Some(kind) = kind.filter(|kind| !containers.contains(&(*kind, number.clone()))) {
            containers.push((kind, number));
        }
    };
    if let Some(annex) = &locator.annex {
        add(Kind::named("annex"), annex);
    }
    for heading in &locator.section {
        if let Some((kind, number)) = of_heading(heading) {
            add(Some(kind), &number);
        }
    }
    if let Some(unit) = &locator.unit {
        add(Kind::of_word(&unit.kind), &unit.number);
    }
    if let Some(article) = &locator.article {
        add(Kind::named("art"), article);
    }
    let parts = [locator.paragraph.as_deref(), locator.point.as_deref()];
    let chain = parts.into_iter().flatten().flat_map(|part| part.split('.'));
    let pages = [locator.printed_page.clone(), locator.page.map(|page| page.to_string())];
    // The number in the file counts only where none is printed.
    let pages = pages.into_iter().flatten().take(1).map(|page| page.to_lowercase());
    Standing {
        index,
        containers,
        chain: chain.map(str::to_lowercase).collect(),
        pages: pages.collect(),
        preamble,
        counts,
        running,
    }
}

/// The part a heading names: "CHAPTER II", "Section 1", "III. Norms".
fn of_heading(heading: &str) -> Option<(Kind, String)> {
    let mut words = heading.split_whitespace();
    let first = words.next()?.trim_end_matches([':', '.', ')', '–', '—']);
    let number = |word: &str| {
        let number = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let digits = number.starts_with(|c: char| c.is_ascii_digit());
        let letter = number.len() == 1 && number.is_ascii();
        (digits || letter || from_roman(&number).is_some()).then_some(number)
    };
    if let Some(kind) = Kind::of_word(&first.to_lowercase()) {
        return Some((kind, number(words.next()?)?));
    }
    let section = Kind::named("sec")?;
    let capital = !first.starts_with(char::is_lowercase);
    number(first).filter(|_| capital && first.len() < 8).map(|number| (section, number))
}

/// Kinds that count below a part and not among parts.
fn is_below(kind: Kind) -> bool {
    matches!(kind.name(), "para" | "subpara" | "point" | "subpoint" | "item" | "clause" | "ppara")
}

/// Whether a cited number is the one a document writes; a document may write
/// it in Roman numerals where the citation does not, and the other way round.
fn is_number(cited: &Number, own: &str) -> bool {
    let spelled = cited.numeral().unwrap_or(cited.value());
    spelled == own
        || cited.value() == own
        || from_roman(own).is_some_and(|value| value.to_string() == cited.value())
}

/// Whether a step's number, or one of its range, is the one a document writes.
fn fits(step: &Step, own: &str) -> bool {
    let Some(from) = &step.number else { return true };
    let Some(to) = &step.to else { return is_number(from, own) };
    let value = |text: &str| match text.parse::<u64>() {
        Ok(value) => Some(value),
        Err(_) if text.len() == 1 => text.bytes().next().map(u64::from),
        Err(_) => from_roman(text).and_then(|value| u64::try_from(value).ok()),
    };
    let ends = (value(from.value()), value(to.value()));
    match (ends, value(own)) {
        ((Some(from), Some(to)), Some(own)) => (from..=to).contains(&own),
        _ => is_number(from, own) || is_number(to, own),
    }
}

impl Standing {
    /// Whether it stands in no article, annex or principle: in the document's
    /// own count.
    pub(super) fn is_own(&self) -> bool {
        let division = |kind: Kind| matches!(kind.name(), "sec" | "chap" | "part" | "title");
        self.containers.iter().all(|(kind, _)| division(*kind))
    }

    /// Whether it stands at the place these steps name, or below it.
    pub(super) fn is_at(&self, steps: &[Step]) -> bool {
        self.rest_at(steps).is_some()
    }

    /// The numbers below the place these steps name, if it stands there.
    fn rest_at(&self, steps: &[Step]) -> Option<Vec<String>> {
        self.below(steps, &self.chain)
    }

    /// The same, with the chain that is left for these steps.
    fn below(&self, steps: &[Step], chain: &[String]) -> Option<Vec<String>> {
        let Some((step, inner)) = steps.split_first() else { return Some(chain.to_vec()) };
        let on_chain = || {
            let (own, rest) = chain.split_first()?;
            if fits(step, own) { self.below(inner, rest) } else { None }
        };
        match step.kind.name() {
            "page" => {
                self.pages.iter().find(|page| fits(step, page))?;
                self.below(inner, chain)
            }
            "preamble" if !self.preamble => None,
            "preamble" | "pdf" | "edition" => self.below(inner, chain),
            _ if is_below(step.kind) => on_chain(),
            // A bare number: of a paragraph, or of any part.
            "any" => on_chain().or_else(|| self.in_container(step, inner, chain)),
            _ => self.in_container(step, inner, chain),
        }
    }

    /// Goes on below the containers a step names. One may have further numbers
    /// of its own: `1` of section 4.1 where the step says section 4.
    fn in_container(&self, step: &Step, inner: &[Step], chain: &[String]) -> Option<Vec<String>> {
        self.containers.iter().find_map(|(kind, number)| {
            let mut parts = number.split('.').map(str::to_owned);
            let first = parts.next().unwrap_or_default();
            let same = *kind == step.kind || step.kind.name() == "any";
            if !same || !fits(step, &first) {
                return None;
            }
            let chain: Vec<String> = parts.chain(chain.iter().cloned()).collect();
            self.below(inner, &chain)
        })
    }

    /// Whether a number of these steps counts it, where paragraphs have none:
    /// in the document, or on its page (`nearby`) or in the preamble.
    pub(super) fn is_counted(&self, steps: &[Step], nearby: bool) -> bool {
        let Some((last, outer)) = steps.split_last() else { return false };
        if last.kind.name() != "para" || !self.running && nearby {
            return false;
        }
        let outermost = outer.first().map(|step| step.kind.name());
        if outer.iter().any(|step| !matches!(step.kind.name(), "page" | "preamble" | "annex")) {
            return false;
        }
        let count = match outermost {
            Some("page") if nearby => self.counts[1],
            Some("preamble") if nearby => self.counts[2],
            _ if nearby => return false,
            _ => self.counts[0],
        };
        self.is_at(outer) && fits(last, &count.to_string())
    }
}

/// The numbers a document has of one kind, in reading order.
pub(super) fn numbers_of(standings: &[Standing], kind: Kind) -> Vec<String> {
    let numbers = standings.iter().flat_map(|standing| {
        let parts = standing.containers.iter().filter(|(own, _)| *own == kind);
        let mut found: Vec<String> = parts.map(|(_, number)| number.clone()).collect();
        if kind.name() == "page" {
            found.extend(standing.pages.first().cloned());
        } else if is_below(kind) {
            found.extend(standing.chain.first().cloned());
        }
        found
    });
    distinct(numbers)
}

/// The numbers a document has right below a place.
pub(super) fn numbers_below(standings: &[Standing], steps: &[Step]) -> Vec<String> {
    let rests = standings.iter().filter_map(|standing| standing.rest_at(steps));
    distinct(rests.filter_map(|rest| rest.into_iter().next()))
}

fn distinct(numbers: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for number in numbers {
        if !seen.contains(&number) {
            seen.push(number);
        }
    }
    seen
}
