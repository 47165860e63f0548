//! The registry of agreements: look-up by id, by name and by list.

use crate::corpus::agreement_file;
use crate::diagnostic::Diagnostic;
use crate::model::{Agreement, AgreementId, AgreementList, Group, ListId, Listing, SourceFile};
use crate::toml_reader::did_you_mean;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Every agreement of a corpus, in the order of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registry {
    /// The stakeholder groups.
    pub groups: Vec<Group>,
    /// The lists.
    pub lists: Vec<AgreementList>,
    /// The agreements.
    pub agreements: Vec<Agreement>,
}

/// What loading a registry gave.
#[derive(Debug)]
pub struct LoadedRegistry {
    /// The registry; none where a mistake stands in the way.
    pub registry: Option<Registry>,
    /// Every mistake, in order of place.
    pub diagnostics: Vec<Diagnostic>,
}

impl Registry {
    /// Reads the registry in `file`, with every mistake.
    #[must_use]
    pub fn load(file: &SourceFile) -> LoadedRegistry {
        let (registry, mut diagnostics) = agreement_file::read(file);
        diagnostics.sort();
        let sound = diagnostics.iter().all(|diagnostic| !diagnostic.is_error());
        LoadedRegistry { registry: registry.filter(|_| sound), diagnostics }
    }

    /// The agreement with this id.
    #[must_use]
    pub fn agreement(&self, id: &AgreementId) -> Option<&Agreement> {
        self.agreements.iter().find(|agreement| agreement.id == *id)
    }

    /// The agreement with this id, or with this name among all its names;
    /// case, accents, punctuation and a leading "the" do not matter.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Agreement> {
        let by_id = self.agreement(&AgreementId::new(name));
        let key = normalised(name);
        by_id.or_else(|| {
            let mut all = self.agreements.iter();
            all.find(|agreement| self.names(agreement).any(|known| normalised(known) == key))
        })
    }

    /// Advice for a name that is not here, where an id is close to it.
    #[must_use]
    pub fn advice(&self, name: &str) -> Option<String> {
        did_you_mean(name, self.agreements.iter().map(|agreement| agreement.id.as_str()))
    }

    /// The names an agreement can be found by: a name that an entry of a list
    /// gives to several agreements at once is none.
    fn names<'a>(&'a self, agreement: &'a Agreement) -> impl Iterator<Item = &'a str> {
        let own = std::iter::once(&agreement.name).chain(&agreement.other_names);
        let listed = agreement.lists.iter().filter(|listing| {
            let list = self.list(&listing.list);
            list.is_none_or(|list| !list.several.contains(&listing.number))
        });
        own.chain(listed.map(|listing| &listing.name)).map(String::as_str)
    }

    /// The list with this id.
    #[must_use]
    pub fn list(&self, id: &ListId) -> Option<&AgreementList> {
        self.lists.iter().find(|list| list.id == *id)
    }

    /// The entries of a list in its order, each with its agreement; several
    /// agreements of one entry stand in the order of the registry.
    #[must_use]
    pub fn entries(&self, list: &ListId) -> Vec<(&Listing, &Agreement)> {
        let all = self
            .agreements
            .iter()
            .flat_map(|agreement| agreement.lists.iter().map(move |listing| (listing, agreement)));
        let mut entries: Vec<_> = all.filter(|(listing, _)| listing.list == *list).collect();
        entries.sort_by_key(|(listing, _)| listing.number);
        entries
    }
}

/// An id for an agreement of this name and year: its first telling words.
#[must_use]
pub fn proposed_id(name: &str, year: Option<u16>) -> Option<String> {
    const SMALL: [&str; 10] = ["the", "a", "an", "of", "for", "and", "on", "in", "to", "at"];
    const WORDS: usize = 4;
    let key = normalised(name);
    let words = key.split(' ').filter(|word| !SMALL.contains(word) && word.is_ascii());
    let year = year.map(|year| format!("{year:04}"))?;
    let words = words.filter(|word| **word != year && !word.is_empty()).take(WORDS);
    let words: Vec<&str> = words.collect();
    let lettered = words.first()?.starts_with(|first: char| first.is_ascii_lowercase());
    lettered.then(|| format!("{}-{year}", words.join("-")))
}

/// A name without what people write differently.
pub(super) fn normalised(name: &str) -> String {
    let folded: String = name
        .replace('&', " and ")
        .nfkd()
        .filter(|c| !is_combining_mark(*c) && !matches!(c, '\'' | '’'))
        .flat_map(char::to_lowercase)
        .collect();
    let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.skip_while(|word| *word == "the").collect();
    words.join(" ")
}
