//! Lines on a terminal: wrapped, set in, coloured, and free of what steers one.

use crate::report::Style;
use crate::report::paint::{Ink, Paint, clean, cut, pad};
use std::borrow::Cow;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// Lines are no longer than can be read with ease, however wide the terminal.
const WIDEST: usize = 120;
/// Below this nothing can be laid out; the terminal has to wrap.
const NARROWEST: usize = 60;

/// What is being written to.
pub(crate) struct Screen<'a> {
    /// Its width in columns.
    pub(crate) width: usize,
    /// Its colours.
    pub(crate) paint: Paint,
    out: &'a mut dyn Write,
}

impl<'a> Screen<'a> {
    /// A screen of this style.
    pub(crate) fn new(style: Style, out: &'a mut dyn Write) -> Self {
        let width = style.width.clamp(NARROWEST, WIDEST);
        Self { width, paint: Paint(style.color), out }
    }

    /// One line, as it is.
    pub(crate) fn raw(&mut self, line: &str) -> io::Result<()> {
        writeln!(self.out, "{}", line.trim_end())
    }

    /// One line in one colour.
    pub(crate) fn line(&mut self, ink: Ink, text: &str) -> io::Result<()> {
        writeln!(self.out, "{}", self.paint.with(ink, text))
    }

    /// An empty line.
    pub(crate) fn blank(&mut self) -> io::Result<()> {
        writeln!(self.out)
    }

    /// `text` wrapped, every line set in from the left.
    pub(crate) fn wrapped(&mut self, ink: Ink, indent: usize, text: &str) -> io::Result<()> {
        for line in textwrap::wrap(&clean(text), self.width - indent) {
            writeln!(self.out, "{:indent$}{}", "", self.paint.with(ink, &line))?;
        }
        Ok(())
    }

    /// `title ──────── right`.
    pub(crate) fn heading(&mut self, title: &str, right: &str) -> io::Result<()> {
        let room = self.width.saturating_sub(right.width() + 2);
        let title = cut(&clean(title), room);
        let gap = if right.is_empty() { "" } else { " " };
        let rule = "─".repeat((room + usize::from(right.is_empty())).saturating_sub(title.width()));
        let (title, rule) = (
            self.paint.with(Ink::Bold, &title),
            self.paint.with(Ink::Dim, &format!("{rule}{gap}{right}")),
        );
        writeln!(self.out, "{title} {rule}")
    }

    /// `mark name            right`, the name cut to what room there is.
    pub(crate) fn entry(
        &mut self,
        ink: Ink,
        mark: &str,
        name: &str,
        right: &str,
    ) -> io::Result<()> {
        let room = self.width.saturating_sub(right.width() + 3);
        let (mark, name, right) = (
            self.paint.with(ink, mark),
            self.paint.with(Ink::Bold, &pad(&cut(&clean(name), room), room)),
            self.paint.with(ink, right),
        );
        writeln!(self.out, "{mark} {name} {right}")
    }

    /// A passage after its label: its place, then its words, no more than
    /// `most` lines. Gives whether something was cut.
    pub(crate) fn passage(
        &mut self,
        label: &str,
        (indent, column): (usize, usize),
        (citation, quote): (&str, &str),
        most: usize,
    ) -> io::Result<bool> {
        let (citation, quote) = (clean(citation), clean(quote));
        let mark = if citation.is_empty() || quote.is_empty() { "" } else { " · " };
        let text = format!("{citation}{mark}{quote}");
        let room = self.width - indent - column;
        let mut lines: Vec<String> =
            textwrap::wrap(&text, room).into_iter().map(Cow::into_owned).collect();
        let is_cut = lines.len() > most;
        if is_cut {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                *last = format!("{} …", cut(last, room - 2).trim_end_matches('…').trim_end());
            }
        }
        for (at, line) in lines.iter().enumerate() {
            let label = self.paint.with(Ink::Dim, &pad(if at == 0 { label } else { "" }, column));
            let place = line.strip_prefix(citation.as_str()).filter(|_| at == 0);
            let line = match place {
                Some(rest) => format!("{}{rest}", self.paint.with(Ink::Citation, &citation)),
                None => line.clone(),
            };
            writeln!(self.out, "{:indent$}{label}{line}", "")?;
        }
        Ok(is_cut)
    }
}
