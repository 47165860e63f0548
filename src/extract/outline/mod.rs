//! Blocks to paragraphs: one text, and for each paragraph where it stands and
//! how a person would cite it.
//!
//! The label of a paragraph ("31.", "(a)", "•") stays in the text, so that a
//! reader sees it, but the paragraph's span begins after it: a quote is the
//! words. Headings stay whole, and so do labels that name their kind.

mod counts;
pub(crate) mod labels;
mod lists;
mod path;
mod place;
mod prepare;
mod recitals;
mod references;
mod words;

use crate::extract::blocks::Block;
use crate::extract::outline::labels::{Bare, Style};
use crate::extract::outline::lists::{Before, Lists};
use crate::extract::outline::path::Path;
use crate::extract::outline::words::{PREAMBLE, Rank};
use crate::model::{Locator, Paragraph, ParagraphKind, Place, Span, Unit};

/// A document's text and its paragraphs.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Outlined {
    /// The paragraphs, an empty line between each two.
    pub(crate) text: String,
    /// Where each stands.
    pub(crate) paragraphs: Vec<Paragraph>,
}

/// Numbers the blocks and puts them into one text.
pub(crate) fn outline(blocks: Vec<Block>) -> Outlined {
    let blocks = prepare::prepare(blocks);
    let tight = has_tight_labels(&blocks);
    let labels: Vec<Vec<Bare>> = blocks.iter().map(|block| block_labels(block, tight)).collect();
    let mut writer = Writer {
        next_numbers: next_numbers(&blocks, &labels),
        title: title(&blocks),
        first_article: blocks.iter().position(is_article_heading),
        ..Writer::default()
    };
    for (at, (block, labels)) in blocks.iter().zip(&labels).enumerate() {
        writer.take(at, block, labels);
    }
    let Writer { mut out, named, .. } = writer;
    place::settle(&out.text, &mut out.paragraphs, &named);
    counts::tell_apart(&mut out.paragraphs);
    out
}

/// Whether labels lack their space here: "(a)" and "(b)" follow each other so.
fn has_tight_labels(blocks: &[Block]) -> bool {
    let found = blocks.iter().filter_map(|block| labels::tight(&block.text));
    let values: Vec<String> = found.map(|label| label.value).collect();
    let next =
        |a: &str, b: &str| matches!((a, b), ("a", "b") | ("i", "ii")) || lists::is_successor(a, b);
    values.windows(2).filter(|pair| next(&pair[0], &pair[1])).count() >= 2
}

/// The labels a block begins with, outermost first: "13. (f)" has two. The one
/// the format gives comes first; a bullet gives way to a label in the text.
fn block_labels(block: &Block, tight: bool) -> Vec<Bare> {
    if matches!(
        block.kind,
        ParagraphKind::Heading | ParagraphKind::Contents | ParagraphKind::TableRow
    ) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut rest = block.text.as_str();
    let label = |rest: &str| {
        let found = labels::bare(rest);
        found.or_else(|| tight.then(|| labels::tight(rest)).flatten())
    };
    while let Some(label) = label(rest).filter(|label| label.len < rest.len() && found.len() < 3) {
        if !found.is_empty() && label.style == Style::Bullet {
            break;
        }
        rest = &rest[label.len..];
        found.push(label);
    }
    let format = block.label.as_deref().map(|label| {
        labels::bare(label).map_or_else(
            || Bare { value: String::new(), style: Style::Bullet, len: 0 },
            |label| Bare { len: 0, ..label },
        )
    });
    match format {
        Some(label) if label.style != Style::Bullet || found.is_empty() => found.insert(0, label),
        _ => {}
    }
    found
}

/// For each block, the number of the next numbered paragraph before the next
/// heading: it tells whether text without a number belongs to the one before.
fn next_numbers(blocks: &[Block], labels: &[Vec<Bare>]) -> Vec<Option<String>> {
    let mut next: Option<String> = None;
    let mut numbers: Vec<Option<String>> = Vec::with_capacity(blocks.len());
    for (block, labels) in blocks.iter().zip(labels).rev() {
        if block.kind == ParagraphKind::Heading {
            next = None;
        } else if let Some(label) = labels.first()
            && matches!(label.style, Style::Number | Style::Decimal | Style::NumberInParentheses)
            && block.kind != ParagraphKind::Footnote
        {
            next = Some(label.value.clone());
        }
        numbers.push(next.clone());
    }
    numbers.reverse();
    numbers
}

/// How many of the first blocks are the document's title, which stands above
/// everything and so says nothing of a place: in a treaty all headings before
/// any text, otherwise the first heading if no other is of its level.
fn title(blocks: &[Block]) -> usize {
    let plain = |block: &&Block| {
        block.kind == ParagraphKind::Heading && labels::named(&block.text).is_none()
    };
    let run = blocks.iter().take_while(plain).filter(|block| !is_preamble(&block.text)).count();
    if blocks.iter().any(is_article_heading) {
        return run;
    }
    let Some(level) = blocks.first().filter(plain).and_then(|first| first.level) else {
        return 0;
    };
    let others = blocks[1..].iter().any(|block| {
        block.kind == ParagraphKind::Heading && block.level.is_some_and(|other| other <= level)
    });
    usize::from(!others)
}

fn is_preamble(text: &str) -> bool {
    PREAMBLE.contains(&text.trim_end_matches([':', '.']).to_lowercase().as_str())
}

fn is_article_heading(block: &Block) -> bool {
    block.kind == ParagraphKind::Heading
        && labels::named(&block.text).is_some_and(|label| label.rank == Rank::Article)
}

#[derive(Default)]
struct Writer {
    out: Outlined,
    /// The place the headings above each paragraph name.
    named: Vec<Option<Place>>,
    path: Path,
    lists: Lists,
    before: Before,
    /// The part a paragraph names itself, where it is no heading.
    inline: Option<(Rank, Unit)>,
    in_recitals: bool,
    /// Whether the numbered paragraph that is open is a recital.
    in_recital: bool,
    next_numbers: Vec<Option<String>>,
    /// How many of the first blocks are the title.
    title: usize,
    first_article: Option<usize>,
}

impl Writer {
    fn take(&mut self, at: usize, block: &Block, labels: &[Bare]) {
        match block.kind {
            ParagraphKind::Heading => self.heading(at, block),
            ParagraphKind::Footnote => self.footnote(block, labels),
            ParagraphKind::Contents => self.write(block, 0, |_| {}),
            ParagraphKind::TableRow => {
                self.write(block, 0, |_| {});
                self.before = Before::default();
            }
            ParagraphKind::Text | ParagraphKind::ListItem => self.paragraph(at, block, labels),
        }
    }

    fn heading(&mut self, at: usize, block: &Block) {
        self.lists.clear();
        self.inline = None;
        self.in_recitals = false;
        if at >= self.title {
            let text = block
                .label
                .as_ref()
                .map_or_else(|| block.text.clone(), |label| format!("{label} {}", block.text));
            self.path.enter(&text, block.level);
        }
        self.write(block, 0, |_| {});
        self.remember(&block.text, true);
    }

    fn footnote(&mut self, block: &Block, labels: &[Bare]) {
        let mark = labels.first().map_or(0, |label| label.len);
        let digits =
            block.text.len() - block.text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let space = usize::from(block.text[digits..].starts_with(' '));
        let cut = if mark == 0 && digits > 0 && space > 0 { digits + space } else { mark };
        self.write(block, cut, |paragraph| {
            let locator = &mut paragraph.locator;
            (locator.article, locator.unit) = (None, None);
            (locator.paragraph, locator.point) = (None, None);
            paragraph.stem = None;
        });
    }

    fn paragraph(&mut self, at: usize, block: &Block, labels: &[Bare]) {
        let index = self.out.paragraphs.len();
        let initial = |label: &Bare| {
            self.lists.reads_as_initial(label, &block.text[label.len.min(block.text.len())..])
        };
        let labels = if labels.first().is_some_and(initial) { &[] } else { labels };
        if place::opens_recitals(&block.text) {
            self.in_recitals = true;
        }
        if let Some(label) =
            labels::named(&block.text).filter(|_| labels.is_empty() && block.label.is_none())
        {
            self.lists.clear();
            self.inline =
                Some((label.rank, Unit { kind: label.kind.to_owned(), number: label.number }));
        } else if labels.is_empty() {
            self.unlabelled(at, block);
        }
        let depth = block.level.filter(|_| block.kind == ParagraphKind::ListItem);
        let mut cut = 0;
        for (nth, label) in labels.iter().enumerate() {
            cut += label.len;
            let depth = depth.filter(|_| nth == 0);
            let point = self.counts_as_point(label, &block.text[cut..]);
            let before = if nth == 0 { self.before } else { Before::default() };
            self.lists.enter(label, depth, index, before, point);
        }
        // Text without a number goes on with the recital before it.
        let recital = self.recital(at, labels)
            || (labels.is_empty() && self.in_recital && self.lists.number().is_some());
        self.in_recital = recital;
        let listed =
            !labels.is_empty() || (block.kind == ParagraphKind::ListItem && block.label.is_none());
        let stem =
            if listed && !recital { self.lists.stem().filter(|stem| *stem != index) } else { None };
        self.write(block, cut, |paragraph| {
            paragraph.stem = stem;
            if recital {
                let locator = &mut paragraph.locator;
                let number =
                    locator.paragraph.take().or_else(|| locator.point.take()).unwrap_or_default();
                locator.unit = Some(Unit { kind: "recital".to_owned(), number });
            }
        });
        self.remember(&block.text, false);
    }

    /// Numbered paragraphs of an article read `1.`; in an article that has
    /// none, a number in parentheses before a quoted term counts a definition.
    fn counts_as_point(&self, label: &Bare, words: &str) -> bool {
        label.style == Style::NumberInParentheses
            && (self.path.article().is_some() || self.path.annex().is_some())
            && (self.path.defines() || words.starts_with(['‘', '“', '"', '«', '„']))
    }

    fn unlabelled(&mut self, at: usize, block: &Block) {
        if block.kind == ParagraphKind::ListItem {
            self.lists.resume(block.level.unwrap_or(0));
            return;
        }
        let next = self.next_numbers.get(at).and_then(Option::as_deref);
        let goes_on = match (self.lists.number(), next) {
            (Some(number), Some(next)) => lists::is_successor(number, next),
            _ => false,
        };
        let in_article = self.path.article().is_some();
        self.lists.leave(goes_on || (in_article && next.is_none()));
        if !in_article
            && self.lists.number().is_none()
            && self.inline.as_ref().is_some_and(|(rank, _)| *rank != Rank::Article)
        {
            self.inline = None;
        }
    }

    /// Whether the paragraph is a numbered recital.
    fn recital(&self, at: usize, labels: &[Bare]) -> bool {
        let numbered =
            labels.first().is_some_and(|label| label.style == Style::NumberInParentheses);
        let before_articles = self.first_article.is_some_and(|article| at < article);
        numbered && (self.in_recitals || (before_articles && self.path.is_preamble()))
    }

    fn remember(&mut self, text: &str, heading: bool) {
        let end = text.trim_end_matches(['”', '"', '»', ' ', '*']);
        self.before = Before {
            index: self.out.paragraphs.len().checked_sub(1),
            colon: end.ends_with([':', '：']),
            open: !end.ends_with(['.', '!', '?', ';', ')', ':']),
            heading,
        };
    }

    fn locator(&self, block: &Block) -> Locator {
        let mut locator = Locator {
            page: block.page,
            printed_page: block.printed_page.clone(),
            section: self.path.section(),
            annex: self.path.annex(),
            article: self.path.article(),
            unit: self.path.unit(),
            paragraph: self.lists.number().map(str::to_owned),
            point: self.lists.point(),
            counts_again: false,
            index: self.out.paragraphs.len() + 1,
        };
        match &self.inline {
            Some((Rank::Article, unit)) => locator.article = Some(unit.number.clone()),
            Some((Rank::Annex, unit)) => locator.annex = Some(unit.number.clone()),
            Some((_, unit)) => locator.unit = Some(unit.clone()),
            None => {}
        }
        // "1.2" in article 1 is its paragraph 2. Some editions number every
        // provision too, and run that number into the label: "41.2".
        if let (Some(article), Some(paragraph)) = (&locator.article, &locator.paragraph)
            && let Some((first, own)) = paragraph.split_once('.')
            && first.ends_with(article.as_str())
            && first.len() <= article.len() + 3
        {
            locator.paragraph = Some(own.to_owned());
        }
        locator
    }

    /// Adds the block to the text; the first `cut` bytes of its words are its
    /// label. `adjust` has the last word on the paragraph.
    fn write(&mut self, block: &Block, cut: usize, adjust: impl FnOnce(&mut Paragraph)) {
        let locator = self.locator(block);
        let text = &mut self.out.text;
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let whole = text.len();
        if let Some(label) = block.label.as_deref().filter(|label| !label.is_empty()) {
            text.push_str(label);
            text.push(' ');
        }
        let start = if block.kind == ParagraphKind::Heading { whole } else { text.len() + cut };
        text.push_str(&block.text);
        let span = Span::new(start.min(text.len()), text.len());
        let mut paragraph = Paragraph {
            span,
            kind: block.kind,
            place: Place::Operative,
            locator,
            stem: None,
            language: None,
            recognised: block.recognised,
        };
        adjust(&mut paragraph);
        if !self.lists_are_empty()
            && paragraph.kind == ParagraphKind::Text
            && paragraph.stem.is_some()
        {
            paragraph.kind = ParagraphKind::ListItem;
        }
        self.out.paragraphs.push(paragraph);
        self.named.push(self.path.place());
    }

    fn lists_are_empty(&self) -> bool {
        self.lists.number().is_none() && self.lists.point().is_none() && self.lists.stem().is_none()
    }
}
