//! The report as Markdown: a table of what awaits a person, and the counts.

use crate::model::{Link, LinkState};
use crate::report::links::{owner, remarks};
use crate::report::paint::clean;
use std::collections::BTreeMap;
use std::io;

/// Writes the tables.
pub(crate) fn write(links: &[Link], out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "# Links\n")?;
    let mut counts: BTreeMap<LinkState, usize> = BTreeMap::new();
    for link in links {
        *counts.entry(link.state).or_default() += 1;
    }
    writeln!(out, "| state | links |\n|---|---:|")?;
    for (state, count) in &counts {
        writeln!(out, "| {} | {count} |", state.as_str())?;
    }
    let awaiting: Vec<&Link> = links.iter().filter(|link| link.awaits).collect();
    if awaiting.is_empty() {
        return writeln!(out, "\nNothing awaits a person.");
    }
    writeln!(out, "\n| state | tags | of | address | what |\n|---|---:|---|---|---|")?;
    for link in &awaiting {
        let state = if link.dead { "**dead**" } else { link.state.as_str() };
        let what = remarks(link).join("; ");
        let (owner, url) = (cell(&owner(link)), cell(&link.url));
        writeln!(out, "| {state} | {} | {owner} | <{url}> | {} |", link.tags, cell(&what))?;
    }
    for link in awaiting.iter().filter(|link| link.changes.is_some()) {
        writeln!(out, "\n## {}\n\n<{}>\n\n```diff", owner(link), clean(&link.url))?;
        for line in link.changes.iter().flat_map(|changes| &changes.lines) {
            let mark = if line.added { '+' } else { '-' };
            // A fence inside would end the block.
            writeln!(out, "{mark} {}", clean(&line.text).replace("```", "'''"))?;
        }
        writeln!(out, "```")?;
    }
    Ok(())
}

/// Text in a cell: on one line, its bars escaped.
fn cell(text: &str) -> String {
    clean(text).replace('|', "\\|")
}
