//! A cell of the codebook (an entry and an element) → its tags.

use crate::corpus::import::cell::{Line, Mark, paragraphs, plain};
use crate::corpus::import::citations::{citations, pair};
use crate::corpus::import::quotes::{Quote, is_open, quotes};
use crate::corpus::marks::{DESCRIPTION, Values};
use crate::corpus::tags::OTHER;
use crate::model::{AgreementId, ElementCode, Presence, Tag};

/// What is said where a present element has neither quote nor remark.
pub(crate) const NO_QUOTE: &str = "the source gives no quote";

/// All rows of one element in one table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    /// The entry.
    pub(crate) source: String,
    /// The element; empty where the rows stand under none.
    pub(crate) element: String,
    /// The free labels of an area that is no element.
    pub(crate) labels: Vec<String>,
    groups: Vec<Group>,
}

/// A row with the rows that go on with it.
#[derive(Debug, Clone, Default)]
struct Group {
    citations: Vec<Line>,
    text: Vec<Line>,
}

impl Cell {
    /// A cell without rows.
    pub(crate) fn new(source: &str, element: &str) -> Self {
        Self { source: source.to_owned(), element: element.to_owned(), ..Self::default() }
    }

    /// A cell under a free label.
    pub(crate) fn other(source: &str, label: &str) -> Self {
        let labels = paragraphs(label).into_iter().map(|line| line.text);
        let labels = labels.map(|label| label.trim_start_matches(DESCRIPTION).trim().to_owned());
        let labels = labels.filter(|label| !label.is_empty()).collect();
        Self { labels, ..Self::new(source, OTHER) }
    }

    /// Takes a row with the citation and the text as they are written. A row
    /// without citation, or one that follows a page break, goes on with the
    /// row above; so do its words, unless the quote above has ended and the
    /// row has its own citation.
    pub(crate) fn add(&mut self, citation: &str, text: &str, after_break: bool) {
        let (citation, mut text) = (paragraphs(citation), paragraphs(text));
        match self.groups.last_mut() {
            Some(last) if citation.is_empty() || after_break => {
                let goes_on = citation.is_empty() || is_open(&last.text);
                last.citations.extend(citation);
                if let (Some(above), true, false) = (last.text.last_mut(), goes_on, text.is_empty())
                {
                    above.text.push(' ');
                    above.text.push_str(&text.remove(0).text);
                }
                last.text.extend(text);
            }
            _ => self.groups.push(Group { citations: citation, text }),
        }
    }

    /// Whether it says nothing but that the element is absent.
    pub(crate) fn is_bare(&self, values: &Values) -> bool {
        let blank = |lines: &[Line]| lines.iter().all(|line| values.says_absent(&line.text));
        self.groups.iter().all(|group| blank(&group.citations) && blank(&group.text))
    }

    /// Its tags; `values` are the edition's words for what is recorded.
    pub(crate) fn tags(&self, values: &Values) -> Vec<Tag> {
        if self.is_bare(values) {
            let none = self.element == OTHER || self.element.is_empty();
            return if none { Vec::new() } else { vec![self.tag(Presence::Absent)] };
        }
        let mut tags = Vec::new();
        for group in &self.groups {
            self.group_tags(group, values, &mut tags);
        }
        self.label(&mut tags);
        tags
    }

    fn group_tags(&self, group: &Group, values: &Values, tags: &mut Vec<Tag>) {
        let Cited { said, denied, citations } = cited(&group.citations, values);
        let found = quotes(&group.text);
        if found.quotes.is_empty() {
            let implied = if denied { Presence::Absent } else { Presence::Present };
            let mut note = found.remarks.join("; ");
            if note.is_empty() && said.is_none() && !denied {
                NO_QUOTE.clone_into(&mut note);
            }
            let citation = pair(&citations, 1).remove(0);
            tags.push(Tag { citation, note, ..self.tag(said.unwrap_or(implied)) });
            return;
        }
        let status = said.unwrap_or(Presence::Present);
        let citations = pair(&citations, found.quotes.len());
        for (Quote { text, mut remarks }, citation) in found.quotes.into_iter().zip(citations) {
            if denied {
                let absent = values.word(Presence::Absent);
                remarks.push(format!("{absent} stands in place of the citation"));
            }
            let note = remarks.join("; ");
            tags.push(Tag { citation, quote: text, note, ..self.tag(status) });
        }
    }

    /// Puts the free labels before the notes: one each where there are as many
    /// as quotes, else all of them.
    fn label(&self, tags: &mut [Tag]) {
        let labels = pair(&self.labels, tags.len());
        for (tag, label) in tags.iter_mut().zip(labels) {
            let parts = [label, std::mem::take(&mut tag.note)];
            tag.note =
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ");
        }
    }

    fn tag(&self, status: Presence) -> Tag {
        Tag {
            agreement: AgreementId::new(self.source.as_str()),
            element: ElementCode::new(self.element.as_str()),
            status,
            citation: String::new(),
            quote: String::new(),
            note: String::new(),
            source: self.source.clone(),
        }
    }
}

/// What a cell of citations says.
struct Cited {
    /// What is recorded, where it is said in so many words.
    said: Option<Presence>,
    /// Whether the word for absence stands there by itself.
    denied: bool,
    citations: Vec<String>,
}

/// Tells citations from words for what is recorded: one in brackets at the end,
/// or one that is all of the cell.
fn cited(lines: &[Line], values: &Values) -> Cited {
    let mut lines = lines.to_vec();
    let says_absent =
        |line: &Line| line.mark != Some(Mark::Citation) && values.says_absent(&line.text);
    let denied = lines.iter().any(says_absent);
    let mut said = None;
    match lines.last_mut() {
        Some(last) if last.mark != Some(Mark::Citation) => {
            if let Some((before, presence)) = values.read_at_end(&last.text) {
                (last.text, said) = (before.to_owned(), Some(presence));
            } else if lines.len() == 1 && !denied {
                said = values.read(&lines[0].text);
                lines.truncate(usize::from(said.is_none()));
            }
        }
        _ => {}
    }
    lines.retain(|line| !line.text.is_empty() && !says_absent(line));
    let one = lines.iter().any(|line| line.mark == Some(Mark::Citation));
    let citations = if one {
        vec![lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>().join(" ")]
    } else {
        citations(&lines)
    };
    Cited { said, denied, citations }
}

/// Whether `citation` in a cell by itself is read as this one citation, with
/// nothing said of what is recorded.
pub(crate) fn reads_as_itself(citation: &str, values: &Values) -> bool {
    let line = Line { text: citation.to_owned(), mark: None };
    let Cited { said, denied, citations } = cited(&[line], values);
    said.is_none() && !denied && pair(&citations, 1) == [citation]
}

/// Whether a cell of a row is blank.
pub(crate) fn is_blank(cell: &str) -> bool {
    plain(cell).is_empty()
}
