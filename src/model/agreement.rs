//! Agreements: what is known of each, and the lists they stand on.

use super::{AgreementId, ListId};
use serde::Serialize;
use std::fmt;
use std::str::FromStr;

/// An agreement, under however many names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// Its id.
    pub id: AgreementId,
    /// Its name.
    pub name: String,
    /// Other names it is known by.
    pub other_names: Vec<String>,
    /// When it was signed or launched, as exactly as the sources say.
    pub date: Option<Date>,
    /// Other dates it bears.
    pub also_dated: Vec<Date>,
    /// The date in the words of the source.
    pub date_as_stated: Option<String>,
    /// Why the date is not as plain as it looks.
    pub date_note: Option<String>,
    /// The stakeholder groups that are party to it, by id.
    pub stakeholder_groups: Vec<String>,
    /// Signatories or supporters, as stated.
    pub signatories: Option<String>,
    /// The organisation responsible, as stated.
    pub organisation: Option<String>,
    /// Whether it binds.
    pub binding: Option<Binding>,
    /// Whether it binds, in the words of the source.
    pub binding_as_stated: Option<String>,
    /// The space it was made in.
    pub space: Option<Space>,
    /// Where it and its documents are found.
    pub addresses: Vec<Address>,
    /// The entries of lists that are this agreement.
    pub lists: Vec<Listing>,
    /// What else a reader should know.
    pub notes: Vec<String>,
}

/// A date: a year, and as much more as is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    /// The year.
    pub year: u16,
    /// The month.
    pub month: Option<u8>,
    /// The day.
    pub day: Option<u8>,
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut written = format!("{:04}", self.year);
        for part in [self.month, self.day].into_iter().flatten() {
            written = format!("{written}-{part:02}");
        }
        f.pad(&written)
    }
}

impl FromStr for Date {
    type Err = String;

    /// Reads a year, a month or a day, as [`Date`] is written.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        date(text).ok_or_else(|| {
            format!("`{text}` is no date; expected `2018`, `2018-11` or `2018-11-12`")
        })
    }
}

fn date(text: &str) -> Option<Date> {
    let digits = |part: &&str, length: usize| {
        part.len() == length && part.bytes().all(|b| b.is_ascii_digit())
    };
    let parts: Vec<&str> = text.split('-').collect();
    let lengths = [4, 2, 2];
    let shaped = parts.len() <= 3 && parts.iter().zip(lengths).all(|(part, n)| digits(part, n));
    if !shaped {
        return None;
    }
    let year: u16 = parts[0].parse().ok()?;
    let month: Option<u8> = parts.get(1).and_then(|part| part.parse().ok());
    let day: Option<u8> = parts.get(2).and_then(|part| part.parse().ok());
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let most = match month {
        Some(2) if leap => 29,
        Some(2) => 28,
        Some(4 | 6 | 9 | 11) => 30,
        _ => 31,
    };
    let real = month.is_none_or(|month| (1..=12).contains(&month))
        && day.is_none_or(|day| (1..=most).contains(&day));
    real.then_some(Date { year, month, day })
}

impl Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Whether an agreement binds those who are party to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Binding {
    /// It does.
    Binding,
    /// It does when enough have ratified it.
    BindingOnceRatified,
    /// It moves the parties, and does not bind them.
    Normative,
}

/// The space an agreement was made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Space {
    /// Among members of one stakeholder group.
    WithinGroup,
    /// Among several stakeholder groups.
    AcrossGroups,
    /// In the First Committee of the United Nations.
    UnFirstCommittee,
}

/// An address and what is found there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Address {
    /// The address.
    pub url: String,
    /// What is found there.
    pub role: AddressRole,
    /// ISO 639-1 code of the language of what is found there.
    pub language: Option<String>,
}

/// What is found at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddressRole {
    /// The text of the agreement, or a part of it; several such addresses
    /// together are the agreement.
    Text,
    /// The text in another language than the one of the addresses of `Text`.
    Translation,
    /// A page about the agreement, from which the text is reached.
    Page,
    /// The organisation responsible.
    Organisation,
}

/// An entry of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Listing {
    /// The list.
    pub list: ListId,
    /// The entry's place in the list, from 1.
    pub number: usize,
    /// The name it has there.
    pub name: String,
}

/// A list that someone made of agreements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AgreementList {
    /// Its id.
    pub id: ListId,
    /// Its name.
    pub name: String,
    /// The document it stands in.
    pub document: String,
    /// The year of that document.
    pub year: usize,
    /// How its entries are numbered.
    pub numbering: Numbering,
    /// How many entries it has.
    pub entries: usize,
    /// Entries that hold several agreements.
    pub several: Vec<usize>,
}

/// How entries are numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Numbering {
    /// 1, 2, 3.
    Arabic,
    /// i, ii, iii.
    Roman,
    /// Not at all: bullets, counted in order.
    None,
}

/// A stakeholder group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Its id, such as `GOV`.
    pub id: String,
    /// Its name.
    pub name: String,
}
