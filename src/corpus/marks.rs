//! What a table of tags says in words and marks beyond what people's tables
//! say: export writes them, import reads them, and nothing is lost between.
//!
//! A quote and a citation are marked as such (`<q>`, `<cite>`, or a style of
//! paragraphs in DOCX), so that no quotation mark has to be told apart.

use crate::corpus::tags::status_name;
use crate::model::{Presence, Taxonomy};

/// The id of the style of a quote in DOCX.
pub(crate) const QUOTE_STYLE: &str = "AgreementQuote";

/// The id of the style of a citation in DOCX.
pub(crate) const CITATION_STYLE: &str = "AgreementCitation";

/// The label of the agreement's id in an overview.
pub(crate) const AGREEMENT_ID: &str = "Agreement id";

/// The label in an overview of what the tags name as their source.
pub(crate) const TAGS_SOURCE: &str = "Source of the tags";

/// What the template has before a free label.
pub(crate) const DESCRIPTION: &str = "Description:";

/// What a line begins with that is a remark, all of it.
pub(crate) const NOTE: &str = "NOTE:";

/// The words for what is recorded, as an edition calls them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Values([(Presence, String); 4]);

impl Values {
    /// The words of `taxonomy`.
    pub(crate) fn of(taxonomy: &Taxonomy) -> Self {
        let word = |presence| match taxonomy.labels.get(&presence) {
            Some(label) => (presence, label.clone()),
            None => (presence, status_name(presence).to_owned()),
        };
        let all = [Presence::Present, Presence::Indirect, Presence::Absent, Presence::NotAssessed];
        Self(all.map(word))
    }

    /// The word for `presence`.
    pub(crate) fn word(&self, presence: Presence) -> &str {
        self.0.iter().find(|(known, _)| *known == presence).map_or("", |(_, word)| word)
    }

    /// Whether `text` is the word for absence.
    pub(crate) fn says_absent(&self, text: &str) -> bool {
        text.eq_ignore_ascii_case(self.word(Presence::Absent))
    }

    /// What `text` says is recorded, where it is nothing but a word for it.
    pub(crate) fn read(&self, text: &str) -> Option<Presence> {
        let found = self.0.iter().find(|(_, word)| text.eq_ignore_ascii_case(word));
        found.map(|(presence, _)| *presence)
    }

    /// The same for a word in brackets at the end of `text`; with what stands
    /// before it.
    pub(crate) fn read_at_end<'t>(&self, text: &'t str) -> Option<(&'t str, Presence)> {
        let (before, word) = text.strip_suffix(')')?.rsplit_once('(')?;
        Some((before.trim_end(), self.read(word)?))
    }
}
