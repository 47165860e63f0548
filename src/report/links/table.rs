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
    for line in changes.lines.iter().take(CHANGED) {
        let (mark, hue) = if line.added { ("+", Ink::Present) } else { ("-", Ink::Alarm) };
        let text = cut(&clean(&line.text), room.saturating_sub(2));
        writeln!(out, "              {}", paint.with(hue, &format!("{mark} {text}")))?;
    }
    let more = (changes.removed + changes.added).saturating_sub(CHANGED);
    if more > 0 {
        let more = format!("and {more} more; --format json has them");
        writeln!(out, "              {}", paint.with(Ink::Dim, &more))?;
    }
    Ok(())
}
