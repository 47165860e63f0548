//! What must hold between the entries of the registry: ids and names mean one
//! agreement each, and every list is complete.

use crate::corpus::agreement_file::known;
use crate::corpus::registry::normalised;
use crate::model::{Agreement, AgreementList, Listing, Span};
use crate::toml_reader::{At, Mistakes};
use std::collections::{BTreeMap, BTreeSet};

/// An agreement and where its parts stand.
pub(super) struct Checked {
    pub(super) agreement: Agreement,
    pub(super) id: Span,
    pub(super) names: Vec<At<String>>,
    pub(super) date: Option<Span>,
    pub(super) listings: Vec<At<Listing>>,
}

/// What could be read of the file. A part that could not has its own mistake,
/// and what would only follow from it is not noted.
pub(super) struct Whole {
    /// Every list.
    pub(super) lists: bool,
    /// Every agreement, with all its entries of lists.
    pub(super) agreements: bool,
}

/// Notes what does not hold.
pub(super) fn check(
    all: &[Checked],
    lists: &[At<AgreementList>],
    whole: &Whole,
    mistakes: &Mistakes<'_>,
) {
    ids(all, mistakes);
    for one in all {
        years(one, mistakes);
    }
    if whole.lists {
        names(all, lists, mistakes);
        let taken = listings(all, lists, mistakes);
        if whole.agreements {
            gaps(lists, &taken, mistakes);
        }
    }
}

fn ids(all: &[Checked], mistakes: &Mistakes<'_>) {
    let mut seen = BTreeSet::new();
    for one in all {
        let id = one.agreement.id.as_str();
        if year(id).is_none() {
            let label = "expected words of small letters and digits, joined by `-`, the year last";
            mistakes.note("C006", one.id, "this is no id", label);
        }
        if !seen.insert(id) {
            let label = format!("another agreement has the id `{id}`");
            mistakes.note("C007", one.id, "an id stands twice", label);
        }
    }
}

/// The year at the end of a well-formed id.
fn year(id: &str) -> Option<u16> {
    let word = |word: &str| {
        let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        !word.is_empty() && word.bytes().all(plain)
    };
    let (name, year) = id.rsplit_once('-')?;
    let shaped = year.len() == 4 && name.split('-').all(word);
    let begins = name.starts_with(|c: char| c.is_ascii_lowercase());
    if shaped && begins { year.parse().ok() } else { None }
}

/// A name leads to one agreement, or nobody can look it up.
fn names(all: &[Checked], lists: &[At<AgreementList>], mistakes: &Mistakes<'_>) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let several = |listing: &Listing| {
        let mut found = lists.iter().filter(|list| list.value.id == listing.list);
        found.any(|list| list.value.several.contains(&listing.number))
    };
    for one in all {
        let id = one.agreement.id.as_str();
        let own = one.names.iter().map(|at| (at.value.as_str(), at.span));
        let listed = one.listings.iter().filter(|at| !several(&at.value));
        for (name, span) in own.chain(listed.map(|at| (at.value.name.as_str(), at.span))) {
            let other = *seen.entry(normalised(name)).or_insert(id);
            if other != id {
                let label = format!("`{other}` has this name too");
                mistakes.note("C008", span, "a name of two agreements", label);
            }
        }
    }
}

fn years(one: &Checked, mistakes: &Mistakes<'_>) {
    let agreement = &one.agreement;
    let Some(year) = year(agreement.id.as_str()) else { return };
    let mut dates = agreement.date.iter().chain(&agreement.also_dated);
    let unread = one.date.is_some() && agreement.date.is_none();
    if unread || agreement.date_note.is_some() || dates.any(|date| date.year == year) {
        return;
    }
    let (span, label) = match one.date {
        Some(span) => (span, format!("the id says {year}")),
        None => (one.id, format!("no date says {year}")),
    };
    let help = "where the sources say no more, say so in `date_note`";
    mistakes.advise("C014", span, "the id has another year", label, help);
}

/// The agreement of each entry of each list.
type Taken<'a> = BTreeMap<(&'a str, usize), &'a str>;

fn listings<'a>(
    all: &'a [Checked],
    lists: &'a [At<AgreementList>],
    mistakes: &Mistakes<'_>,
) -> Taken<'a> {
    let mut taken = Taken::new();
    let ids = || lists.iter().map(|list| list.value.id.as_str());
    for one in all {
        for at in &one.listings {
            let listing = &at.value;
            let found = lists.iter().find(|list| list.value.id == listing.list);
            let Some(list) = found.map(|list| &list.value) else {
                let named = At { value: listing.list.as_str().to_owned(), span: at.span };
                known(&named, ids(), "list", mistakes);
                continue;
            };
            let number = listing.number;
            if number > list.entries {
                let label = format!("`{}` has {} entries", list.id, list.entries);
                mistakes.note("C012", at.span, "no such entry", label);
            }
            let id = one.agreement.id.as_str();
            let other = taken.insert((list.id.as_str(), number), id);
            if let Some(other) = other.filter(|_| !list.several.contains(&number)) {
                let label = format!("entry {number} of `{}` is `{other}`", list.id);
                let help =
                    "an entry that holds several agreements is named in the list's `several`";
                mistakes.advise("C012", at.span, "an entry taken twice", label, help);
            }
        }
    }
    taken
}

fn gaps(lists: &[At<AgreementList>], taken: &Taken<'_>, mistakes: &Mistakes<'_>) {
    for list in lists {
        let id = list.value.id.as_str();
        let missing: Vec<String> = (1..=list.value.entries)
            .filter(|&number| !taken.contains_key(&(id, number)))
            .map(|number| number.to_string())
            .collect();
        if !missing.is_empty() {
            let label = format!("no agreement is entry {} of `{id}`", missing.join(", "));
            mistakes.note("C013", list.span, "the list is not complete", label);
        }
    }
}
