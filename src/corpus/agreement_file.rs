//! The registry of agreements, read from its file; what must hold between its
//! entries is asked in `agreement_check`.

use crate::corpus::agreement_check::{self, Checked, Whole};
use crate::corpus::registry::Registry;
use crate::diagnostic::Diagnostic;
use crate::model::{
    Address, AddressRole, Agreement, AgreementId, AgreementList, Binding, Date, Group, ListId,
    Listing, Numbering, SourceFile, Space,
};
use crate::toml_reader::{At, Codes, Mistakes, Table, did_you_mean, parse, quoted};

/// The codes of mistakes in the shape of a corpus file.
const CODES: Codes = Codes {
    not_toml: "C001",
    unknown_key: "C002",
    missing_key: "C003",
    wrong_type: "C004",
    empty: "C005",
};

pub(super) const BINDING: &[(&str, Binding)] = &[
    ("binding", Binding::Binding),
    ("binding-once-ratified", Binding::BindingOnceRatified),
    ("normative", Binding::Normative),
];
pub(super) const SPACES: &[(&str, Space)] = &[
    ("within-group", Space::WithinGroup),
    ("across-groups", Space::AcrossGroups),
    ("un-first-committee", Space::UnFirstCommittee),
];
pub(super) const ROLES: &[(&str, AddressRole)] = &[
    ("text", AddressRole::Text),
    ("translation", AddressRole::Translation),
    ("page", AddressRole::Page),
    ("organisation", AddressRole::Organisation),
];
const NUMBERINGS: &[(&str, Numbering)] =
    &[("arabic", Numbering::Arabic), ("roman", Numbering::Roman), ("none", Numbering::None)];
const KEYS: &[&str] = &[
    "id",
    "name",
    "other_names",
    "date",
    "also_dated",
    "date_as_stated",
    "date_note",
    "stakeholder_groups",
    "signatories",
    "organisation",
    "binding",
    "binding_as_stated",
    "space",
    "addresses",
    "lists",
    "notes",
];

/// Reads the registry in `file`.
pub(super) fn read(file: &SourceFile) -> (Option<Registry>, Vec<Diagnostic>) {
    let (registry, diagnostics) = parse(file, &CODES, |table, mistakes| {
        table.refuse_others(&["format", "group", "list", "agreement"]);
        format(table, mistakes);
        let groups: Vec<Group> = table.tables("group").iter().filter_map(group).collect();
        let tables = table.tables("list");
        let lists: Vec<_> = tables.iter().filter_map(|table| list(table, mistakes)).collect();
        let lists_whole = lists.len() == tables.len();
        let tables = table.tables("agreement");
        let agreements = tables.iter().filter_map(|table| agreement(table, &groups, mistakes));
        let agreements: Vec<Checked> = agreements.collect();
        let entries = |table: &Table<'_, '_>| table.length("lists");
        let read: usize = agreements.iter().map(|one| one.listings.len()).sum();
        let agreements_whole =
            agreements.len() == tables.len() && read == tables.iter().map(entries).sum::<usize>();
        let whole = Whole { lists: lists_whole, agreements: agreements_whole };
        agreement_check::check(&agreements, &lists, &whole, mistakes);
        Registry {
            groups,
            lists: lists.into_iter().map(|at| at.value).collect(),
            agreements: agreements.into_iter().map(|checked| checked.agreement).collect(),
        }
    });
    (registry, diagnostics)
}

fn format(table: &Table<'_, '_>, mistakes: &Mistakes<'_>) {
    match table.count("format") {
        Some(at) if at.value != 1 => {
            mistakes.note("C011", at.span, "unknown value", "this normtag reads format 1");
        }
        Some(_) => {}
        None => table.missing("format", "the file says which form it has: `format = 1`"),
    }
}

fn group(table: &Table<'_, '_>) -> Option<Group> {
    table.refuse_others(&["id", "name"]);
    let id = table.required_text("id", "a short name, such as `GOV`");
    let name = table.required_text("name", "say which group it is");
    Some(Group { id: id?.value, name: name?.value })
}

fn list(table: &Table<'_, '_>, mistakes: &Mistakes<'_>) -> Option<At<AgreementList>> {
    table.refuse_others(&["id", "name", "document", "year", "numbering", "entries", "several"]);
    let id = table.required_text("id", "a short name, such as `2020-list`");
    let name = table.required_text("name", "the name of the list");
    let document = table.required_text("document", "say where the list stands");
    let numbering = table.required_text("numbering", "say how its entries are numbered");
    let numbering = numbering.and_then(|at| one_of(&at, NUMBERINGS, mistakes));
    let (year, entries) = (table.count("year"), table.count("entries"));
    for (key, found) in [("year", &year), ("entries", &entries)] {
        if found.is_none() && !table.has(key) {
            table.missing(key, "a whole number");
        }
    }
    let several = table.counts("several").unwrap_or_default();
    let entries = entries?;
    let value = AgreementList {
        id: ListId::new(id?.value),
        name: name?.value,
        document: document?.value,
        year: year?.value,
        numbering: numbering?,
        entries: entries.value,
        several: several.into_iter().map(|at| at.value).collect(),
    };
    Some(At { value, span: entries.span })
}

fn agreement(table: &Table<'_, '_>, groups: &[Group], mistakes: &Mistakes<'_>) -> Option<Checked> {
    table.refuse_others(KEYS);
    let id = table.required_text("id", "a name that never changes, such as `paris-call-2018`");
    let name = table.required_text("name", "the name of the agreement");
    let other_names = table.texts("other_names").unwrap_or_default();
    let date = table.text("date");
    let also_dated = table.texts("also_dated").unwrap_or_default();
    let also_dated = also_dated.iter().filter_map(|at| date_at(at, mistakes)).collect();
    let stakeholder_groups = table.texts("stakeholder_groups").unwrap_or_default();
    for at in &stakeholder_groups {
        known(at, groups.iter().map(|group| group.id.as_str()), "group", mistakes);
    }
    let addresses = table.tables("addresses");
    let addresses = addresses.iter().filter_map(|table| address(table, mistakes)).collect();
    let listings: Vec<At<Listing>> = table.tables("lists").iter().filter_map(listing).collect();
    let plain = |key| table.text(key).map(|at| at.value);
    let (id, name) = (id?, name?);
    let agreement = Agreement {
        id: AgreementId::new(id.value.as_str()),
        name: name.value.clone(),
        other_names: values(&other_names),
        date: date.as_ref().and_then(|at| date_at(at, mistakes)),
        also_dated,
        date_as_stated: plain("date_as_stated"),
        date_note: plain("date_note"),
        stakeholder_groups: values(&stakeholder_groups),
        signatories: plain("signatories"),
        organisation: plain("organisation"),
        binding: table.text("binding").and_then(|at| one_of(&at, BINDING, mistakes)),
        binding_as_stated: plain("binding_as_stated"),
        space: table.text("space").and_then(|at| one_of(&at, SPACES, mistakes)),
        addresses,
        lists: listings.iter().map(|at| at.value.clone()).collect(),
        notes: values(&table.texts("notes").unwrap_or_default()),
    };
    let mut names = vec![name];
    names.extend(other_names);
    Some(Checked { agreement, id: id.span, names, date: date.map(|at| at.span), listings })
}

fn values(texts: &[At<String>]) -> Vec<String> {
    texts.iter().map(|at| at.value.clone()).collect()
}

fn listing(table: &Table<'_, '_>) -> Option<At<Listing>> {
    table.refuse_others(&["list", "number", "name"]);
    let list = table.required_text("list", "the id of a list");
    let name = table.required_text("name", "the name it has there");
    let number = table.count("number");
    if number.is_none() && !table.has("number") {
        table.missing("number", "its place in the list, from 1");
    }
    let value =
        Listing { list: ListId::new(list?.value), number: number?.value, name: name?.value };
    Some(At { value, span: table.span })
}

fn address(table: &Table<'_, '_>, mistakes: &Mistakes<'_>) -> Option<Address> {
    table.refuse_others(&["url", "role", "language"]);
    let url = table.required_text("url", "where it is found");
    let role = table.required_text("role", "say what is found there: `text`, `page`, …");
    let role = role.and_then(|at| one_of(&at, ROLES, mistakes));
    let language = table.text("language");
    if let Some(at) = &language
        && !(at.value.len() == 2 && at.value.bytes().all(|b| b.is_ascii_lowercase()))
    {
        mistakes.note("C011", at.span, "unknown value", "expected two letters, such as `en`");
    }
    let url = url?;
    if !is_address(&url.value) {
        let label = "expected `http://` or `https://`, a host, and no spaces";
        mistakes.note("C010", url.span, "this is no address", label);
    }
    Some(Address { url: url.value, role: role?, language: language.map(|at| at.value) })
}

fn is_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"".contains(c);
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or("");
        host.contains('.') && !host.starts_with('.') && url.chars().all(plain)
    })
}

fn one_of<T: Copy>(at: &At<String>, all: &[(&str, T)], mistakes: &Mistakes<'_>) -> Option<T> {
    let found = all.iter().find(|(name, _)| *name == at.value).map(|&(_, value)| value);
    if found.is_none() {
        let names: Vec<&str> = all.iter().map(|&(name, _)| name).collect();
        let label = format!("expected one of {}", quoted(&names));
        mistakes.note("C011", at.span, "unknown value", label);
    }
    found
}

/// Notes that `at` is not among the names that are `known`.
pub(super) fn known<'k>(
    at: &At<String>,
    mut known: impl Iterator<Item = &'k str> + Clone,
    what: &str,
    mistakes: &Mistakes<'_>,
) {
    if known.clone().any(|name| name == at.value) {
        return;
    }
    let label = format!("there is no {what} `{}`", at.value);
    let help = did_you_mean(&at.value, known.clone()).unwrap_or_else(|| {
        let names: Vec<&str> = known.by_ref().collect();
        format!("there are {}", quoted(&names))
    });
    mistakes.advise("C011", at.span, "unknown value", label, help);
}

fn date_at(at: &At<String>, mistakes: &Mistakes<'_>) -> Option<Date> {
    let date: Option<Date> = at.value.parse().ok();
    if date.is_none() {
        let label = "expected a year, a month or a day: `2018`, `2018-11`, `2018-11-12`";
        mistakes.note("C009", at.span, "this is no date", label);
    }
    date
}
