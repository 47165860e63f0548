//! Writes a citation as the Best Practice Forum's coders would, so that
//! reading it again gives the same steps.

use crate::citation::number::{Made, Number};
use crate::citation::parse::{below, is_beside};
use crate::citation::{Citation, Reference, Step};
use std::fmt;

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, reference) in self.refs.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            f.write_str(&written(reference))?;
        }
        self.remark.as_ref().map_or(Ok(()), |remark| write!(f, ": {remark}"))
    }
}

fn written(reference: &Reference) -> String {
    let mut text = String::new();
    let mut outer: Option<(&Step, bool)> = None;
    for step in &reference.steps {
        let bare = outer.and_then(|(outer, named)| bare(outer, named, step));
        match &bare {
            Some(bare) => text.push_str(bare),
            None => {
                if let Some((outer, _)) = outer {
                    text.push_str(if outer.kind.name() == "edition" { ": " } else { ", " });
                }
                text.push_str(&named(step));
            }
        }
        outer = Some((step, bare.is_none()));
    }
    text
}

/// The step without its kind, where reading gives it back.
fn bare(outer: &Step, outer_is_named: bool, step: &Step) -> Option<String> {
    let (above, number) = (outer.number.as_ref()?, step.number.as_ref()?);
    let (kind, single) = below(outer.kind, number)?;
    let same = kind == step.kind && reads_as(number, single || step.to.is_some());
    if outer.to.is_some() || !same {
        return None;
    }
    if number.made() == Made::Digits && (above.made() == Made::Digits || !outer_is_named) {
        let to = step.to.as_ref().map_or_else(String::new, |to| format!("-{}", to.value()));
        return Some(format!(".{}{to}", number.value()));
    }
    if !outer_is_named && is_beside(above, number) {
        return None;
    }
    let to = step.to.as_ref().map_or_else(String::new, |to| format!("-({})", spelled(to)));
    Some(format!(" ({}){to}", spelled(number)))
}

/// Whether reading the letters of `number` gives `number`.
fn reads_as(number: &Number, single: bool) -> bool {
    number.made() == Made::Digits
        || Number::of_letters(spelled(number), single).as_ref() == Some(number)
}

fn spelled(number: &Number) -> &str {
    number.numeral().unwrap_or(number.value())
}

fn named(step: &Step) -> String {
    let mut text = step.kind.label().to_owned();
    let Some(number) = &step.number else { return text };
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(&capital(number));
    if let Some(to) = &step.to {
        text.push('-');
        text.push_str(&capital(to));
    }
    text
}

/// Numerals and letters of a named kind are capitals.
fn capital(number: &Number) -> String {
    match number.made() {
        Made::Digits => number.value().to_owned(),
        Made::Numeral | Made::Letter => spelled(number).to_uppercase(),
    }
}
