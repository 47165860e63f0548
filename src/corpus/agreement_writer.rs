//! An agreement as an entry of the registry's file: what `agreement_file`
//! reads back as the same agreement.

use crate::corpus::agreement_file::{BINDING, ROLES, SPACES};
use crate::model::{Address, Agreement, Binding, Date, Listing, Space};
use std::fmt::Write as _;

/// The entry, with the line that begins it and a line break at its end.
#[must_use]
pub fn write_agreement(agreement: &Agreement) -> String {
    let mut out = Entry(String::from("[[agreement]]\n"));
    out.text("id", Some(agreement.id.as_str()));
    out.text("name", Some(&agreement.name));
    out.texts("other_names", &agreement.other_names);
    let date = |date: &Date| date.to_string();
    out.text("date", agreement.date.as_ref().map(date).as_deref());
    out.texts("also_dated", &agreement.also_dated.iter().map(date).collect::<Vec<_>>());
    out.text("date_as_stated", agreement.date_as_stated.as_deref());
    out.text("date_note", agreement.date_note.as_deref());
    out.texts("stakeholder_groups", &agreement.stakeholder_groups);
    out.text("signatories", agreement.signatories.as_deref());
    out.text("organisation", agreement.organisation.as_deref());
    out.text("binding", agreement.binding.map(|value| name_of(BINDING, &value)));
    out.text("binding_as_stated", agreement.binding_as_stated.as_deref());
    out.text("space", agreement.space.map(|value| name_of(SPACES, &value)));
    out.tables("addresses", agreement.addresses.iter().map(address));
    out.tables("lists", agreement.lists.iter().map(listing));
    out.texts("notes", &agreement.notes);
    out.0
}

/// What a file calls by this name of whether an agreement binds.
#[must_use]
pub fn binding(name: &str) -> Option<Binding> {
    named(BINDING, name)
}

/// The space that a file calls by this name.
#[must_use]
pub fn space(name: &str) -> Option<Space> {
    named(SPACES, name)
}

fn named<T: Copy>(names: &[(&'static str, T)], name: &str) -> Option<T> {
    names.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
}

struct Entry(String);

impl Entry {
    fn line(&mut self, key: &str, value: &str) {
        let _ = writeln!(self.0, "{key} = {value}");
    }

    fn text(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.line(key, &quoted(value));
        }
    }

    fn texts(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
            self.line(key, &format!("[{}]", values.join(", ")));
        }
    }

    fn tables(&mut self, key: &str, tables: impl Iterator<Item = String>) {
        let tables: Vec<String> = tables.map(|table| format!("    {{ {table} }},\n")).collect();
        if !tables.is_empty() {
            self.line(key, &format!("[\n{}]", tables.concat()));
        }
    }
}

fn address(address: &Address) -> String {
    let language = address.language.as_deref().map(|it| format!(", language = {}", quoted(it)));
    let (url, role) = (quoted(&address.url), quoted(name_of(ROLES, &address.role)));
    format!("url = {url}, role = {role}{}", language.unwrap_or_default())
}

fn listing(at: &Listing) -> String {
    let (list, name) = (quoted(at.list.as_str()), quoted(&at.name));
    format!("list = {list}, number = {}, name = {name}", at.number)
}

/// The name that the file has for a value.
fn name_of<T: PartialEq>(names: &[(&'static str, T)], value: &T) -> &'static str {
    names.iter().find(|(_, known)| known == value).map_or("", |(name, _)| name)
}

/// A text as TOML has it on one line.
fn quoted(text: &str) -> String {
    let mut written = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => written.push_str("\\\""),
            '\\' => written.push_str("\\\\"),
            '\n' => written.push_str("\\n"),
            '\t' => written.push_str("\\t"),
            c if c.is_control() => {
                let _ = write!(written, "\\u{:04X}", u32::from(c));
            }
            c => written.push(c),
        }
    }
    written + "\""
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Registry, built_in_agreements};
    use crate::model::SourceFile;

    #[test]
    fn every_agreement_that_ships_is_read_back_as_it_was() {
        let file = built_in_agreements();
        let registry = Registry::load(&file).registry.expect("it is sound");
        let head = file.text.split("[[agreement]]").next().expect("there is a first part");
        let entries: Vec<String> = registry.agreements.iter().map(write_agreement).collect();
        let again = SourceFile::new("again.toml", format!("{head}{}", entries.join("\n")));
        let loaded = Registry::load(&again);
        assert_eq!(loaded.registry, Some(registry));
    }

    #[test]
    fn any_text_can_be_written() {
        let text = "a \"b\" \\ c\nd\te\u{1}é\u{7f}";
        let value: toml::Table = format!("x = {}", quoted(text)).parse().expect("TOML");
        assert_eq!(value["x"].as_str(), Some(text));
    }
}
