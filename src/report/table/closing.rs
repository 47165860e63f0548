//! The end of the table: a line for each document, and one for all.

use crate::model::{Outcome, Presence};
use crate::report::Sheet;
use crate::report::coded::coded;
use crate::report::paint::{Ink, clean, cut, pad};
use crate::report::sheet::{self, Section};
use crate::report::table::{Page, mark, tint};
use std::collections::BTreeMap;
use std::io;
use unicode_width::UnicodeWidthStr;

impl Page<'_> {
    /// A line for each document, and one for all.
    pub(crate) fn closing(&mut self) -> io::Result<()> {
        self.blank()?;
        self.line(Ink::Dim, &"━".repeat(self.width))?;
        let Sheet { proposals, taxonomy } = self.sheet;
        let all = coded(proposals);
        let mut total = BTreeMap::new();
        let mut unread = 0;
        let mut lines = Vec::new();
        for coded in &all {
            let document = &coded.sheet;
            let name = cut(&clean(sheet::name(document)), self.width / 4);
            if document.outcome == Outcome::Unread {
                unread += 1;
                lines.push((name, Vec::new(), None));
                continue;
            }
            let sections = sheet::sections(taxonomy, document);
            let counts = sheet::counts(&sections);
            for (&presence, count) in &counts {
                *total.entry(presence).or_insert(0) += count;
            }
            lines.push((name, sections, Some(counts)));
        }
        if lines.len() > 1 {
            let unread = if unread > 0 { format!(", {unread} unread") } else { String::new() };
            lines.push((format!("all {}{unread}", lines.len()), Vec::new(), Some(total)));
        }
        let column = lines.iter().map(|(name, ..)| name.width()).max().unwrap_or(0);
        for (name, sections, counts) in &lines {
            self.summary(&pad(name, column), sections, counts.as_ref())?;
        }
        if self.quotes_cut {
            self.wrapped(
                Ink::Dim,
                0,
                "Quotes that end in … are cut; --format json has them whole.",
            )?;
        }
        Ok(())
    }

    /// `name ●◐– 12 present · 3 indirect · 11 absent`, on two lines where it
    /// is too narrow for one.
    fn summary(
        &mut self,
        name: &str,
        sections: &[Section<'_>],
        counts: Option<&BTreeMap<Presence, usize>>,
    ) -> io::Result<()> {
        // Room for the longest tally a document can have.
        const TALLY: usize = 56;
        let elements = self.sheet.taxonomy.elements.len();
        let strip = elements + self.sheet.taxonomy.categories.len();
        let marks = if name.width() + 2 + strip + 2 + TALLY <= self.width {
            let (marks, used) = self.strip(sections);
            format!("{marks}{:1$}  ", "", strip.saturating_sub(used))
        } else {
            String::new()
        };
        let tally = match counts {
            Some(counts) => self.tally(counts),
            None => self.paint.with(Ink::Alarm, "unread"),
        };
        if name.width() + 2 + TALLY <= self.width || counts.is_none() {
            return writeln!(self.out, "{name}  {marks}{tally}");
        }
        writeln!(self.out, "{}\n  {tally}", name.trim_end())
    }

    /// `12 present · 3 indirect · 11 absent`.
    fn tally(&self, counts: &BTreeMap<Presence, usize>) -> String {
        let mut said = Vec::new();
        for (presence, noun) in [
            (Presence::Present, "present"),
            (Presence::Indirect, "indirect"),
            (Presence::Absent, "absent"),
            (Presence::NotAssessed, "not assessed"),
        ] {
            let count = counts.get(&presence).copied().unwrap_or(0);
            if presence != Presence::NotAssessed || count > 0 {
                said.push(self.paint.with(tint(presence), &format!("{count:>2} {noun}")));
            }
        }
        said.join(" · ")
    }

    /// A mark for every element, category by category, and how many columns
    /// they take.
    fn strip(&self, sections: &[Section<'_>]) -> (String, usize) {
        let groups: Vec<String> = sections
            .iter()
            .map(|section| {
                let presences = section.entries.iter().map(|entry| entry.finding.presence());
                presences.map(|presence| self.paint.with(tint(presence), mark(presence))).collect()
            })
            .collect();
        let marks: usize = sections.iter().map(|section| section.entries.len()).sum();
        (groups.join(" "), marks + sections.len().saturating_sub(1))
    }
}
