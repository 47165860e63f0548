//! The coding sheet for a terminal: what was found, where, and in which words.
//!
//! Quotes are wrapped and, when long, cut: this form is for looking, `json` is
//! for keeping.

mod closing;

use crate::model::{
    DocumentProposals, Evidence, Nearest, Outcome, Presence, Proposal, RECOGNISED, Status,
};
use crate::report::coded::{Coded, coded};
use crate::report::paint::{Ink, Paint, clean, cut, pad};
use crate::report::sheet::{self, Entry, Finding, Section};
use crate::report::{Sheet, Style};
use std::io;
use unicode_width::UnicodeWidthStr;

/// Lines are no longer than can be read with ease, however wide the terminal.
const WIDEST: usize = 120;
/// Below this nothing can be laid out; the terminal has to wrap.
const NARROWEST: usize = 60;
/// From this width on citations stand beside their quotes.
const SIDE_BY_SIDE: usize = 80;
/// Lines of one quote that are shown.
const QUOTE_LINES: usize = 6;

/// The page being set: its measures, its colour, and what was left out.
struct Page<'a> {
    sheet: &'a Sheet<'a>,
    width: usize,
    paint: Paint,
    /// Columns of the longest code.
    code: usize,
    /// Columns of the longest name, within reason.
    name: usize,
    /// Columns of a citation that stands beside its quote.
    citation: usize,
    out: &'a mut dyn io::Write,
    /// Whether a quote was cut, which the reader is told once.
    quotes_cut: bool,
}

/// Every document, then a line for each.
pub(crate) fn write(sheet: &Sheet<'_>, style: Style, out: &mut dyn io::Write) -> io::Result<()> {
    let width = style.width.clamp(NARROWEST, WIDEST);
    let elements = &sheet.taxonomy.elements;
    let longest = |widths: &mut dyn Iterator<Item = usize>| widths.max().unwrap_or(0);
    let mut page = Page {
        sheet,
        width,
        paint: Paint(style.color),
        code: longest(&mut elements.iter().map(|element| element.code.as_str().width())),
        name: longest(&mut elements.iter().map(|element| element.name.width())).min(width / 3),
        citation: if width < 100 { 20 } else { 24 },
        out,
        quotes_cut: false,
    };
    page.opening()?;
    for coded in &coded(sheet.proposals) {
        page.coded(coded)?;
    }
    page.closing()
}

impl Page<'_> {
    fn line(&mut self, ink: Ink, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", self.paint.with(ink, text))
    }

    fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// `text` wrapped, every line set in from the left.
    fn wrapped(&mut self, ink: Ink, indent: usize, text: &str) -> io::Result<()> {
        for line in textwrap::wrap(&clean(text), self.width - indent) {
            let line = self.paint.with(ink, &line);
            writeln!(self.out, "{:indent$}{line}", "")?;
        }
        Ok(())
    }

    fn opening(&mut self) -> io::Result<()> {
        let Sheet { proposals, taxonomy } = self.sheet;
        let name = if taxonomy.name.is_empty() { taxonomy.id.as_str() } else { &taxonomy.name };
        self.wrapped(Ink::Bold, 0, name)?;
        let documents = sheet::counted(proposals.documents.len(), "document");
        let note = format!("{documents} · proposed, not confirmed");
        self.wrapped(Ink::Dim, 0, &note)
    }

    /// A document, or the documents of an agreement, and what is said of it.
    fn coded(&mut self, coded: &Coded<'_>) -> io::Result<()> {
        self.blank()?;
        self.line(Ink::Dim, &"━".repeat(self.width))?;
        let several = !coded.parts.is_empty();
        if let Some(agreement) = coded.sheet.agreement.as_ref().filter(|_| several) {
            self.wrapped(Ink::Bold, 0, agreement.as_str())?;
        }
        for document in coded.documents() {
            self.document(document, several)?;
        }
        if coded.sheet.outcome == Outcome::Unread {
            return Ok(());
        }
        for section in sheet::sections(self.sheet.taxonomy, &coded.sheet) {
            self.section(coded, &section)?;
        }
        Ok(())
    }

    /// Which document it is, and what was read of it; `several`: it is one of
    /// several under their agreement.
    fn document(&mut self, document: &DocumentProposals, several: bool) -> io::Result<()> {
        self.wrapped(Ink::Bold, 0, &document.source)?;
        if let Some(agreement) = document.agreement.as_ref().filter(|_| !several) {
            self.wrapped(Ink::Dim, 0, &format!("agreement {agreement}"))?;
        }
        if let Some(address) = document.final_url.as_ref().filter(|url| **url != document.source) {
            self.wrapped(Ink::Dim, 0, &format!("read from {address}"))?;
        }
        if document.outcome == Outcome::Unread {
            return self.wrapped(Ink::Alarm, 0, &sheet::why_not_assessed(document));
        }
        self.wrapped(Ink::Dim, 0, &sheet::facts(document).join(" · "))?;
        for part in &document.unread_parts {
            self.wrapped(Ink::Alarm, 0, &format!("not read whole: {part}"))?;
        }
        Ok(())
    }

    fn section(&mut self, coded: &Coded<'_>, section: &Section<'_>) -> io::Result<()> {
        self.blank()?;
        if let Some(category) = section.category {
            let heading = clean(&format!("{} {}", category.code, category.name));
            let heading = cut(&heading, self.width - 4);
            let rule = "─".repeat(self.width.saturating_sub(heading.width() + 1));
            let (heading, rule) =
                (self.paint.with(Ink::Bold, &heading), self.paint.with(Ink::Dim, &rule));
            writeln!(self.out, "{heading} {rule}")?;
        }
        for entry in &section.entries {
            match entry.finding {
                Finding::Proposed(proposal) => self.proposed(coded, entry, proposal)?,
                Finding::Absent(nearest) => {
                    self.collapsed("–", entry, &not_found(entry, nearest))?;
                }
                Finding::NotAssessed => {
                    let why = format!("not assessed · {}", sheet::unread_parts(&coded.sheet));
                    self.collapsed("?", entry, &why)?;
                }
            }
        }
        Ok(())
    }

    /// An element without quotes, on one line.
    fn collapsed(&mut self, mark: &str, entry: &Entry<'_>, said: &str) -> io::Result<()> {
        let code = pad(entry.code.as_str(), self.code);
        let name = clean(entry.name());
        let name = if self.width < SIDE_BY_SIDE { name } else { pad(&name, self.name) };
        let line = format!("{mark} {code} {name}  {}", clean(said));
        self.line(Ink::Dim, &cut(&line, self.width))
    }

    /// An element with its quotes.
    fn proposed(
        &mut self,
        coded: &Coded<'_>,
        entry: &Entry<'_>,
        proposal: &Proposal,
    ) -> io::Result<()> {
        let ink = ink(proposal.status);
        let label = self.sheet.taxonomy.label(proposal.status.into());
        let right = format!("{} {:.2}", clean(label), proposal.score);
        let head = format!("{} ", mark(proposal.status.into()));
        let room = self.width.saturating_sub(right.width() + 3);
        let left = format!("{} {}", pad(entry.code.as_str(), self.code), clean(entry.name()));
        let left = pad(&cut(&left, room), room);
        let (head, left, right) = (
            self.paint.with(ink, &head),
            self.paint.with(Ink::Bold, &left),
            self.paint.with(ink, &right),
        );
        writeln!(self.out, "{head}{left} {right}")?;
        for evidence in &proposal.evidence {
            self.evidence(coded, proposal, evidence)?;
        }
        let more = proposal.passages.saturating_sub(proposal.evidence.len());
        if more > 0 {
            let indent = self.indent();
            self.wrapped(
                Ink::Dim,
                indent,
                &format!("and {}", sheet::counted(more, "more passage")),
            )?;
        }
        Ok(())
    }

    /// A passage: its citation above it, or beside it where there is room.
    fn evidence(
        &mut self,
        coded: &Coded<'_>,
        proposal: &Proposal,
        evidence: &Evidence,
    ) -> io::Result<()> {
        let indent = self.indent();
        let weaker = evidence.status != proposal.status;
        let label = self.sheet.taxonomy.label(evidence.status.into());
        let label = if weaker { format!("({})", clean(label)) } else { String::new() };
        let recognised = if evidence.recognised { RECOGNISED } else { "" };
        let citation = clean(&coded.citation(evidence));
        if self.width < SIDE_BY_SIDE {
            let head = format!("{citation} {label} {recognised}");
            self.wrapped(Ink::Citation, indent, head.trim_end())?;
            for line in self.quote(evidence, self.width - indent - 2) {
                writeln!(self.out, "{:indent$}  {line}", "")?;
            }
            return Ok(());
        }
        let mut citations: Vec<(Ink, String)> = textwrap::wrap(&citation, self.citation)
            .into_iter()
            .map(|line| (Ink::Citation, line.into_owned()))
            .collect();
        if weaker {
            citations.push((ink(evidence.status), cut(&label, self.citation)));
        }
        if evidence.recognised {
            citations.push((Ink::Alarm, cut(recognised, self.citation)));
        }
        let quotes = self.quote(evidence, self.width - indent - self.citation - 2);
        for index in 0..citations.len().max(quotes.len()) {
            let (ink, citation) =
                citations.get(index).cloned().unwrap_or((Ink::Dim, String::new()));
            let citation = self.paint.with(ink, &pad(&citation, self.citation));
            let quote = quotes.get(index).map_or("", String::as_str);
            writeln!(self.out, "{}", format!("{:indent$}{citation}  {quote}", "").trim_end())?;
        }
        Ok(())
    }

    /// Where what belongs to an element begins: under its name.
    fn indent(&self) -> usize {
        2 + self.code.min(5) + 1
    }

    /// The lines of a quote, no more than are good to look at.
    fn quote(&mut self, evidence: &Evidence, width: usize) -> Vec<String> {
        let text = clean(&evidence.quote);
        let mut lines: Vec<String> =
            textwrap::wrap(&text, width).into_iter().map(std::borrow::Cow::into_owned).collect();
        if lines.len() > QUOTE_LINES {
            self.quotes_cut = true;
            lines.truncate(QUOTE_LINES);
            if let Some(last) = lines.last_mut() {
                *last = format!("{} …", cut(last, width - 2).trim_end_matches('…'));
            }
        }
        lines
    }
}

/// That it was not found; and where a rule came nearest, in few words.
fn not_found(entry: &Entry<'_>, nearest: &[Nearest]) -> String {
    let Some(Nearest { rule, failed, citation, .. }) = nearest.first() else {
        return "not found".to_owned();
    };
    let own = rule.as_str().strip_prefix(entry.code.as_str());
    let rule = own.and_then(|rule| rule.strip_prefix('/')).unwrap_or(rule.as_str());
    format!("not found · nearest: {rule} ({failed}) {citation}")
}

fn mark(presence: Presence) -> &'static str {
    match presence {
        Presence::Present => "●",
        Presence::Indirect => "◐",
        Presence::Absent => "–",
        Presence::NotAssessed => "?",
    }
}

fn tint(presence: Presence) -> Ink {
    match presence {
        Presence::Present => Ink::Present,
        Presence::Indirect => Ink::Indirect,
        Presence::Absent => Ink::Dim,
        Presence::NotAssessed => Ink::Alarm,
    }
}

fn ink(status: Status) -> Ink {
    tint(status.into())
}
