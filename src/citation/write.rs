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
        if let Some(bare) = &bare {
            text.push_str(bare);
        } else {
            if let Some((outer, _)) = outer {
                text.push_str(if outer.kind.name() == "edition" { ": " } else { ", " });
            }
            text.push_str(&named(step));
        }
        outer = Some((step, bare.is_none()));
    }
    text
}

/// The step without its kind, where reading gives it back.
fn bare(outer: &Step, outer_is_named: bool, step: &Step) -> Option<String> {
    let (above, number) = (outer.number.as_ref(), step.number.as_ref()?);
    let (kind, single) = below(outer.kind, number)?;
    if outer.to.is_some() || kind != step.kind {
        return None;
    }
    let below_digits = above.is_some_and(|above| above.made() == Made::Digits);
    if number.made() == Made::Digits && (below_digits || !outer_is_named) {
        let to = step.to.as_ref().map_or_else(String::new, |to| format!("-{}", to.value()));
        return Some(format!(".{}{to}", number.value()));
    }
    if !outer_is_named && above.is_some_and(|above| is_beside(above, number)) {
        return None;
    }
    if let Some(to) = &step.to {
        return Some(format!(" ({})-({})", spelled(number), spelled(to)));
    }
    if number.made() == Made::Digits || reads_as(spelled(number), single, number) {
        return Some(format!(" ({})", spelled(number)));
    }
    let large = spelled(number).to_uppercase();
    let same = reads_as(&large, single, number);
    same.then(|| if below_digits { format!(".{large}") } else { format!(" ({large})") })
}

/// Whether reading the letters `text` gives `number`.
fn reads_as(text: &str, single: bool, number: &Number) -> bool {
    Number::of_letters(text, single).as_ref() == Some(number)
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

/// Numerals and letters of a named kind are capitals, but for a letter that
/// would become a numeral.
fn capital(number: &Number) -> String {
    match number.made() {
        Made::Digits => number.value().to_owned(),
        Made::Letter if number.may_be_numeral() => number.value().to_owned(),
        Made::Numeral | Made::Letter => spelled(number).to_uppercase(),
    }
}
