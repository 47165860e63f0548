//! A quote as it is looked for: its letters, and the signs between them by
//! which people say that they left out, put in or joined.
//!
//! Knows no text to look in.

use crate::model::Span;
use crate::quotes::layout;
use crate::quotes::letters::Letters;

/// What a sign says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    /// `...`, `[…]`: words are left out.
    Ellipsis,
    /// `[the States]`: words are put in. They are not among the letters.
    Insertion,
    /// `[T]he`: a letter is changed. It is among the letters.
    Letter,
    /// A line ends.
    Line,
    /// The number of a footnote. It is not among the letters.
    Mark,
    /// A tag of HTML or the address of a Markdown link, copied with the words.
    /// It is not among the letters, and says nothing.
    Markup,
}

impl Sign {
    /// Whether its letters are none of the quote's.
    pub(crate) fn hides(self) -> bool {
        matches!(self, Self::Insertion | Self::Mark | Self::Markup)
    }
}

/// A sign and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cut {
    /// Before which letter.
    pub(crate) at: usize,
    /// What it says.
    pub(crate) sign: Sign,
    /// Its place in the quote.
    pub(crate) span: Span,
}

/// A quote that is looked for.
#[derive(Debug)]
pub(crate) struct Asked<'q> {
    /// The quote.
    pub(crate) quote: &'q str,
    /// Its letters, without those a sign puts in.
    pub(crate) letters: Letters<'q>,
    /// The signs in order.
    pub(crate) cuts: Vec<Cut>,
}

/// What editors put in round brackets.
const EDITORIAL: &[&str] = &[
    "emphasis added",
    "emphasis mine",
    "emphasis ours",
    "emphasis in original",
    "emphasis in the original",
    "footnote omitted",
    "footnotes omitted",
    "our emphasis",
    "sic",
];

/// The longest words in square brackets, in bytes.
const LONGEST_INSERTION: usize = 200;

impl<'q> Asked<'q> {
    /// Reads a quote.
    pub(crate) fn read(quote: &'q str) -> Self {
        let signs = signs(quote);
        let hidden = signs.iter().filter(|(_, sign)| sign.hides());
        let hidden: Vec<Span> = hidden.map(|(span, _)| *span).collect();
        let letters = Letters::outside(quote, &hidden);
        let cuts = signs.into_iter().map(|(span, sign)| {
            let at = letters.places.partition_point(|&place| (place as usize) < span.start);
            Cut { at, sign, span }
        });
        let cuts = cuts.collect();
        Self { quote, letters, cuts }
    }

    /// Reads a quote as nothing but words.
    pub(crate) fn plain(quote: &'q str) -> Self {
        Self { quote, letters: Letters::of(quote), cuts: Vec::new() }
    }

    /// The signs that stand between the letters `from` and `to`, or at them.
    pub(crate) fn cuts(&self, from: usize, to: usize) -> &[Cut] {
        let first = self.cuts.partition_point(|cut| cut.at < from);
        let last = self.cuts.partition_point(|cut| cut.at <= to);
        &self.cuts[first..last.max(first)]
    }

    /// What stands before the letter `to` and after the one before `from`,
    /// without what a sign puts in.
    pub(crate) fn between(&self, from: usize, to: usize) -> String {
        let start = if from == 0 { 0 } else { self.letters.after(from - 1) };
        let end = if to < self.letters.len() { self.letters.place(to) } else { self.quote.len() };
        // Two letters may be of one character.
        let end = end.max(start);
        let mut between = String::new();
        let mut at = start;
        for cut in self.cuts(from, to).iter().filter(|cut| cut.sign.hides()) {
            if at <= cut.span.start && cut.span.end <= end {
                between.push_str(&self.quote[at..cut.span.start]);
                at = cut.span.end;
            }
        }
        between.push_str(&self.quote[at..end]);
        between
    }

    /// How many words the quote has.
    pub(crate) fn words(&self) -> usize {
        words(self.quote)
    }

    /// How many of them are not put in by a sign.
    pub(crate) fn letter_words(&self) -> usize {
        let put_in = self.cuts.iter().filter(|cut| cut.sign == Sign::Insertion);
        let put_in = put_in.filter_map(|cut| cut.span.cut(self.quote)).map(words).sum();
        self.words().saturating_sub(put_in)
    }
}

fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// The signs of a quote in order, which do not overlap.
fn signs(quote: &str) -> Vec<(Span, Sign)> {
    let marks = layout::marks(quote);
    let mut signs = Vec::new();
    let mut at = 0;
    while let Some(character) = quote[at..].chars().next() {
        let mark =
            marks.binary_search_by_key(&at, |mark| mark.start).ok().map(|index| marks[index]);
        let found =
            mark.map(|mark| (mark.end, Sign::Mark)).or_else(|| sign_at(quote, at, character));
        if let Some((end, sign)) = found {
            signs.push((Span::new(at, end), sign));
            at = end;
        } else {
            at += character.len_utf8();
        }
    }
    signs
}

/// The sign that begins with this character, and where it ends.
fn sign_at(quote: &str, at: usize, character: char) -> Option<(usize, Sign)> {
    match character {
        '…' | '.' => Some((ellipsis(quote, at)?, Sign::Ellipsis)),
        '\n' => {
            let rest = &quote[at..];
            let blank = rest.len() - rest.trim_start().len();
            Some((at + blank, Sign::Line))
        }
        '<' => Some((tag(quote, at)?, Sign::Markup)),
        ']' => Some((link_target(quote, at)?, Sign::Markup)),
        '[' | '(' => bracket(quote, at, character),
        _ => None,
    }
}

/// Where three dots or more, with spaces between or not, end.
fn ellipsis(quote: &str, at: usize) -> Option<usize> {
    let (mut dots, mut end) = (0, at);
    for (place, character) in quote[at..].char_indices() {
        match character {
            '.' => dots += 1,
            '…' => dots += 3,
            ' ' | '\u{a0}' if place > 0 => continue,
            _ => break,
        }
        end = at + place + character.len_utf8();
    }
    (dots >= 3).then_some(end)
}

/// Where a tag of HTML ends.
fn tag(quote: &str, at: usize) -> Option<usize> {
    let inside = &quote[at + 1..];
    let length = inside.find('>').filter(|&length| length <= 80)?;
    let name = inside.strip_prefix('/').unwrap_or(inside);
    name.starts_with(|c: char| c.is_ascii_alphabetic()).then_some(at + 1 + length + 1)
}

/// Where the address of a Markdown link ends, from the bracket that closes its
/// words.
fn link_target(quote: &str, at: usize) -> Option<usize> {
    let target = quote[at..].strip_prefix("](")?;
    let length = target.find(')')?;
    let is_address = !target[..length].contains(char::is_whitespace);
    is_address.then_some(at + 2 + length + 1)
}

fn bracket(quote: &str, at: usize, opening: char) -> Option<(usize, Sign)> {
    let closing = if opening == '[' { ']' } else { ')' };
    let inside = &quote[at + 1..];
    let length = inside.find(closing).filter(|&length| length <= LONGEST_INSERTION)?;
    let (inside, end) = (&inside[..length], at + 1 + length + 1);
    let trimmed = inside.trim();
    let dots = trimmed.starts_with(['.', '…']);
    if dots && ellipsis(trimmed, 0) == Some(trimmed.len()) {
        return Some((end, Sign::Ellipsis));
    }
    if opening == '(' {
        let editorial = EDITORIAL.contains(&trimmed.to_lowercase().as_str());
        return editorial.then_some((end, Sign::Insertion));
    }
    let is_link = link_target(quote, end - 1).is_some();
    if !inside.contains(char::is_alphanumeric) || inside.contains('[') || is_link {
        return None;
    }
    let one = trimmed.chars().count() == 1;
    let leads = quote[end..].starts_with(char::is_alphabetic);
    let sign = if one && leads { Sign::Letter } else { Sign::Insertion };
    Some((end, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs_of(quote: &str) -> Vec<(&str, Sign)> {
        signs(quote).into_iter().map(|(span, sign)| (span.cut(quote).unwrap(), sign)).collect()
    }

    #[test]
    fn signs_are_told_from_words() {
        assert_eq!(
            signs_of("a … b (...) c . . . d [...] e.g. f"),
            [
                ("…", Sign::Ellipsis),
                ("(...)", Sign::Ellipsis),
                (". . .", Sign::Ellipsis),
                ("[...]", Sign::Ellipsis),
            ]
        );
        assert_eq!(
            signs_of("[T]he [States] act (emphasis added)\n\nnow (a)"),
            [
                ("[T]", Sign::Letter),
                ("[States]", Sign::Insertion),
                ("(emphasis added)", Sign::Insertion),
                ("\n\n", Sign::Line),
            ]
        );
    }

    #[test]
    fn numbers_that_hang_on_words_are_marks() {
        assert_eq!(
            signs_of("the measures12 of Art. 5, x¹ and G20, CO2."),
            [("12", Sign::Mark), ("¹", Sign::Mark)]
        );
    }
}
