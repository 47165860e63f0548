//! The report for a terminal: what awaits a person, what most rests on first,
//! and the rest as counts.

use crate::model::{Link, LinkState};
use crate::report::Style;
use crate::report::counted;
use crate::report::links::{owner, remarks};
use crate::report::paint::{Ink, Paint, clean, cut};
use std::collections::BTreeMap;
use std::io;

/// Paragraphs of a difference that are shown.
const CHANGED: usize = 6;

/// Writes the table.
pub(crate) fn write(links: &[Link], style: Style, out: &mut dyn io::Write) -> io::Result<()> {
    let paint = Paint(style.color);
    let awaiting: Vec<&Link> = links.iter().filter(|link| link.awaits).collect();
    let head = format!(
        "{} asked · {} of a person's attention",
        counted(links.len(), "link"),
        match awaiting.len() {
            1 => "1 in need".to_owned(),
            count => format!("{count} in need"),
        }
    );
    writeln!(out, "{}", paint.with(Ink::Bold, &head))?;
    for link in &awaiting {
        write_link(link, paint, style.width, out)?;
    }
    writeln!(out, "\n{}", paint.with(Ink::Dim, &"━".repeat(style.width)))?;
    let mut counts: BTreeMap<LinkState, usize> = BTreeMap::new();
    for link in links {
        *counts.entry(link.state).or_default() += 1;
    }
    let counts = counts.iter().rev().map(|(state, count)| format!("{count} {}", state.as_str()));
    writeln!(out, "{}", counts.collect::<Vec<String>>().join(" · "))
}

fn write_link(link: &Link, paint: Paint, width: usize, out: &mut dyn io::Write) -> io::Result<()> {
    let state = if link.dead { "dead" } else { link.state.as_str() };
    let hue = if link.state.failed() { Ink::Alarm } else { Ink::Indirect };
    let tags = match link.tags {
        0 => String::new(),
        tags => {
            format!(" · {} rest on it", counted(tags, "tag")).replace("1 tag rest", "1 tag rests")
        }
    };
    let state = format!("{state:<13}");
    let owner = clean(&owner(link));
    writeln!(
        out,
        "\n{} {}{}",
        paint.with(hue, &state),
        paint.with(Ink::Bold, &owner),
        paint.with(Ink::Dim, &tags)
    )?;
    // An address is not cut: it is there to be copied.
    writeln!(out, "              {}", paint.with(Ink::Citation, &clean(&link.url)))?;
    let room = width.saturating_sub(14).max(20);
    for remark in remarks(link) {
        let options = textwrap::Options::new(room).break_words(false);
        for line in textwrap::wrap(&clean(&remark), options) {
            writeln!(out, "              {line}")?;
        }
    }
    let Some(changes) = &link.changes else { return Ok(()) };
    for (at, line) in changes.lines.iter().enumerate().take(CHANGED) {
        let (mark, hue) = if line.added { ("+", Ink::Present) } else { ("-", Ink::Alarm) };
        let beside = if line.added { at.checked_sub(1) } else { Some(at + 1) };
        let beside = beside.and_then(|beside| changes.lines.get(beside));
        let other = beside.filter(|beside| beside.added != line.added);
        let from = other.map_or(0, |other| alike(&line.text, &other.text));
        let text = if from > 0 { format!("… {}", &line.text[from..]) } else { line.text.clone() };
        let text = cut(&clean(&text), room.saturating_sub(2));
        writeln!(out, "              {}", paint.with(hue, &format!("{mark} {text}")))?;
    }
    let more = (changes.removed + changes.added).saturating_sub(CHANGED);
    if more > 0 {
        let more = format!("and {more} more; --format json has them");
        writeln!(out, "              {}", paint.with(Ink::Dim, &more))?;
    }
    Ok(())
}

/// Where to begin to show a paragraph beside another one: a few words before
/// the two differ, where that is not near the beginning.
fn alike(text: &str, other: &str) -> usize {
    const BEFORE: usize = 30;
    let same = text.char_indices().zip(other.chars()).find(|((_, one), other)| one != other);
    let differ = same.map_or(text.len().min(other.len()), |((at, _), _)| at);
    let from = text.char_indices().rev().map(|(at, _)| at).find(|at| at + BEFORE <= differ);
    let from = from.filter(|from| *from > BEFORE);
    from.and_then(|from| text[from..].find(' ').map(|space| from + space + 1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_paragraph_is_shown_from_where_it_differs() {
        let long = "Parties shall keep under review the measures that this Article speaks of and ";
        let (before, now) = (format!("{long}shall report."), format!("{long}may report."));
        let from = alike(&before, &now);
        assert!(before[from..].ends_with("speaks of and shall report."), "{}", &before[from..]);
        assert!(from > 30);
        assert_eq!(alike(&now, &before), from, "both begin at the same word");
        assert_eq!(alike("Short, one.", "Short, two."), 0);
        assert_eq!(alike("é".repeat(80).as_str(), "é".repeat(81).as_str()), 0, "no word begins");
    }
}
