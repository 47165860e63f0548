//! What OCR made of the picture of a page, as letters with their places.
//!
//! hOCR 1.2 (<https://kba.github.io/hocr-spec/1.2/>) is XHTML in which the
//! title of an element says where it stands, in pixels from the top left
//! corner: `bbox`, `baseline` (a slope and an offset from the lower left corner
//! of the line's box), `x_size` (the size of the line's letters), `x_wconf` (how
//! sure the program is of a word, from 0 to 100), `scan_res` (pixels an inch).
//! Knows nothing of the program that wrote it.

use crate::extract::pdf::glyphs::{Glyph, PageGlyphs};
use crate::extract::xml::{self, Element, Node};

/// Points in an inch.
const INCH: f32 = 72.0;

/// Lines whose letters differ in size by less than this share are of one size:
/// a line without high or low letters measures smaller than its neighbours.
const SAME_SIZE: f32 = 0.18;

/// A word of signs alone in which the program has less trust than this is a
/// speck, a rule, or the edge of a picture.
const SPECK: f32 = 60.0;

/// Below this confidence a word is a guess.
const GUESS: f32 = 30.0;

/// What dots that lead to a page number are written as.
const LEADER: &str = "....";

/// The most of a space's width, as a share of the size of the letters; what is
/// wider is a gap.
const SPACE: f32 = 0.25;

/// What was recognised on a page.
#[derive(Debug)]
pub(crate) struct RecognisedText {
    /// The letters.
    pub(crate) glyphs: PageGlyphs,
    /// How sure the program is of its words, from 0 to 100, each weighing as
    /// much as it has letters; none where there is no word.
    pub(crate) confidence: Option<u8>,
    /// The program and its version, as it names itself.
    pub(crate) by: String,
}

/// A word and the box it stands in.
#[derive(Clone)]
struct Word {
    text: String,
    x0: f32,
    x1: f32,
    confidence: f32,
}

impl Word {
    fn is_speck(&self) -> bool {
        self.confidence < SPECK && !self.text.chars().any(char::is_alphanumeric)
    }
}

/// Words on one baseline.
struct Line {
    words: Vec<Word>,
    y: f32,
    size: f32,
    /// Whether it runs from left to right. One that runs up or down the page is
    /// read by turning the page.
    upright: bool,
}

/// The page that a text in hOCR describes; none where it is no hOCR.
pub(crate) fn read(hocr: &str) -> Option<RecognisedText> {
    let tree = xml::read(hocr.as_bytes());
    let page = tree.descendants("div").into_iter().find(|one| is(one, "ocr_page"))?;
    let title = Title::of(page);
    let [_, _, width, height] = title.numbers("bbox")?;
    let [across, _] = title.numbers("scan_res")?;
    let scale = INCH / across.max(1.0);
    let spans = page.descendants("span");
    let mut lines: Vec<Line> = spans.into_iter().filter_map(|span| line(span, scale)).collect();
    even_out(&mut lines);
    let upright = lines.iter().filter(|line| line.upright);
    let glyphs: Vec<Glyph> = upright.flat_map(letters).collect();
    Some(RecognisedText {
        confidence: confidence(&lines),
        glyphs: PageGlyphs {
            mapped: glyphs.len(),
            glyphs,
            width: width * scale,
            height: height * scale,
            ..PageGlyphs::default()
        },
        by: system(&tree).unwrap_or_else(|| "OCR".to_owned()),
    })
}

/// The program that wrote it.
fn system(tree: &Element) -> Option<String> {
    let named = |meta: &&&Element| meta.attribute("name") == Some("ocr-system");
    let metas = tree.descendants("meta");
    let name = metas.iter().find(named)?.attribute("content")?.trim();
    (!name.is_empty()).then(|| name.to_owned())
}

fn is(element: &Element, class: &str) -> bool {
    element.attribute("class").is_some_and(|own| own.split_whitespace().any(|one| one == class))
}

/// The line that an element is, where it has words of its own.
fn line(span: &Element, scale: f32) -> Option<Line> {
    let words = span.elements().filter(|inner| is(inner, "ocrx_word"));
    let words = tidied(words.filter_map(|inner| word(inner, scale)));
    if words.is_empty() {
        return None;
    }
    let title = Title::of(span);
    let [x0, y0, x1, y1] = title.numbers("bbox")?;
    let [slope, offset] = title.numbers("baseline").unwrap_or([0.0, 0.0]);
    let [size] = title.numbers("x_size").unwrap_or([y1 - y0]);
    // A scan may be askew: the middle of the line stands for all of it.
    let y = y1 + offset + slope * (x1 - x0) / 2.0;
    let tall = y1 - y0 > 2.5 * size && y1 - y0 > x1 - x0;
    let turned = title.numbers("textangle").is_some_and(|[angle]: [f32; 1]| angle != 0.0);
    let upright = !tall && !turned;
    let line = Line { words, y: y * scale, size: size * scale, upright };
    (line.y.is_finite() && line.size.is_finite() && line.size > 0.5).then_some(line)
}

fn word(element: &Element, scale: f32) -> Option<Word> {
    let title = Title::of(element);
    let [x0, _, x1, _] = title.numbers("bbox")?;
    let [confidence] = title.numbers("x_wconf").unwrap_or([0.0]);
    let mut text = String::new();
    collect(element, &mut text);
    let text = text.trim();
    let placed = x0.is_finite() && x1.is_finite() && x1 > x0;
    let word = || Word { text: text.to_owned(), x0: x0 * scale, x1: x1 * scale, confidence };
    (!text.is_empty() && placed).then(word)
}

/// The words without specks, and with what was guessed of dots that lead to a
/// page number, which OCR takes for letters such as c and e, put as dots.
fn tidied(words: impl Iterator<Item = Word>) -> Vec<Word> {
    let words: Vec<Word> = words.collect();
    let mut kept: Vec<Word> = Vec::new();
    for run in words.chunk_by(|a, b| (a.confidence < GUESS) == (b.confidence < GUESS)) {
        let guessed = run[0].confidence < GUESS;
        let dots = run.iter().position(|word| guessed && word.text.contains("..."));
        // A word that is hard to read may stand before the dots.
        let (before, dots) = run.split_at(dots.unwrap_or(run.len()));
        kept.extend(before.iter().filter(|word| !word.is_speck()).cloned());
        if let (Some(first), Some(last)) = (dots.first(), dots.last()) {
            kept.push(Word { text: LEADER.to_owned(), x0: first.x0, x1: last.x1, confidence: 0.0 });
        }
    }
    kept
}

/// The characters in an element, whatever marks bold or italics within it.
fn collect(element: &Element, text: &mut String) {
    for child in &element.children {
        match child {
            Node::Element(inner) => collect(inner, text),
            Node::Text(characters) => text.push_str(characters),
        }
    }
}

/// Gives lines that measure nearly the same the size that most letters have,
/// and others a whole number of points.
fn even_out(lines: &mut [Line]) {
    let weight = |line: &Line| line.words.iter().map(|word| word.text.len()).sum::<usize>();
    let mut sizes: Vec<(f32, usize)> = lines.iter().map(|line| (line.size, weight(line))).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, weight)| weight).sum::<usize>() / 2;
    let mut passed = 0;
    let middle = sizes.iter().find(|(_, weight)| {
        passed += weight;
        passed > half
    });
    let Some(&(usual, _)) = middle else { return };
    for line in lines {
        let near = (line.size - usual).abs() < SAME_SIZE * usual;
        line.size = if near { usual } else { line.size.round().max(1.0) };
    }
}

/// The letters of a line: those of a word share its box, for the shape of a
/// letter is not told. Words that are told apart have a space between them,
/// however near they stand.
fn letters(line: &Line) -> Vec<Glyph> {
    let mut glyphs: Vec<Glyph> = Vec::new();
    let glyph =
        |character, x0, x1| Glyph { character, x0, x1, y: line.y, size: line.size, bold: false };
    for word in &line.words {
        let mut start = word.x0;
        if let Some(last) = glyphs.last().copied() {
            let end = last.x1 + (word.x0 - last.x1).clamp(0.0, SPACE * line.size);
            glyphs.push(glyph(' ', last.x1, end));
            // Boxes of neighbours may overlap; their letters keep their order.
            start = start.max(end).min(word.x1);
        }
        let step = (word.x1 - start) / word.text.chars().count().max(1) as f32;
        let place = |nth: usize| start + step * nth as f32;
        let letters = word.text.chars().enumerate();
        glyphs.extend(letters.map(|(nth, letter)| glyph(letter, place(nth), place(nth + 1))));
    }
    glyphs
}

/// Words that do not stand upright are none, as the page lies.
fn confidence(lines: &[Line]) -> Option<u8> {
    let words = || lines.iter().flat_map(|line| line.words.iter().map(move |word| (line, word)));
    // Signs tell nothing of a page: the dots of leaders, dashes, bullets.
    let letters = |word: &Word| word.text.chars().filter(|c| c.is_alphanumeric()).count() as f32;
    let sure = |(line, word): (&Line, &Word)| {
        if line.upright { letters(word) * word.confidence.clamp(0.0, 100.0) } else { 0.0 }
    };
    let all: f32 = words().map(|(_, word)| letters(word)).sum();
    let sure: f32 = words().map(sure).sum();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a mean of numbers from 0 to 100"
    )]
    let mean = (all > 0.0).then(|| (sure / all).round() as u8);
    mean
}

/// The properties in an element's title: `bbox 0 0 10 20; x_wconf 93`.
struct Title<'a>(&'a str);

impl<'a> Title<'a> {
    fn of(element: &'a Element) -> Self {
        Self(element.attribute("title").unwrap_or_default())
    }

    /// The first numbers of a property.
    fn numbers<const N: usize>(&self, name: &str) -> Option<[f32; N]> {
        let mut properties = self.0.split(';').map(str::split_whitespace);
        let values = properties.find_map(|mut words| (words.next() == Some(name)).then_some(words));
        let mut values = values?.map(str::parse::<f32>);
        let mut numbers = [0.0; N];
        for number in &mut numbers {
            *number = values.next()?.ok()?;
        }
        Some(numbers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::lines::{lines, segments};

    fn page(inside: &str) -> String {
        format!(
            "<html><head><meta name='ocr-system' content='reader 1.0'/></head><body>\
             <div class='ocr_page' title='image \"stdin\"; bbox 0 0 1000 2000; scan_res 144 144'>\
             {inside}</div></body></html>"
        )
    }

    fn line_of(y: u32, size: u32, words: &str) -> String {
        let top = y - size;
        format!(
            "<span class='ocr_line' title='bbox 100 {top} 900 {y}; baseline 0 -4; x_size {size}'>\
             {words}</span>"
        )
    }

    fn word_of(x0: u32, x1: u32, confidence: u32, text: &str) -> String {
        let title = format!("bbox {x0} 0 {x1} 20; x_wconf {confidence}");
        format!("<span class='ocrx_word' title='{title}'>{text}</span>")
    }

    #[test]
    fn words_become_lines_in_points() {
        let first = word_of(100, 180, 90, "Each") + &word_of(190, 300, 96, "P<em>art</em>y");
        let second = word_of(100, 200, 80, "shall &amp; will");
        let text = read(&page(&(line_of(100, 20, &first) + &line_of(130, 22, &second)))).unwrap();
        assert_eq!((text.glyphs.width, text.glyphs.height), (500.0, 1000.0));
        assert_eq!(text.by, "reader 1.0");
        // Letters alone count: (4 × 90 + 5 × 96 + 9 × 80) / 18 = 86.7
        assert_eq!(text.confidence, Some(87));
        let lines = lines(segments(text.glyphs.glyphs));
        let read: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(read, ["Each Party", "shall & will"]);
        assert_eq!(lines.iter().map(|line| line.y).collect::<Vec<_>>(), [48.0, 63.0]);
        // 20 and 22 pixels high: one size, that of most letters.
        assert_eq!(lines.iter().map(|line| line.size).collect::<Vec<_>>(), [11.0, 11.0]);
    }

    #[test]
    fn words_told_apart_stand_apart() {
        let words = word_of(100, 130, 96, "of") + &word_of(131, 300, 96, "Parties");
        let text = read(&page(&line_of(100, 20, &words))).unwrap();
        assert_eq!(lines(segments(text.glyphs.glyphs))[0].text, "of Parties");
    }

    #[test]
    fn lines_that_run_down_the_page_tell_that_it_is_turned() {
        let down = "<span class='ocr_line' title='bbox 600 200 620 1000; x_size 20'>";
        let down = format!("{down}{}</span>", word_of(600, 620, 96, "Party"));
        let upright = line_of(100, 20, &word_of(100, 300, 96, "Party"));
        let text = read(&page(&(upright + &down))).unwrap();
        assert_eq!(text.confidence, Some(48));
        assert_eq!(lines(segments(text.glyphs.glyphs)).len(), 1);
    }

    #[test]
    fn words_whose_boxes_overlap_keep_their_letters_in_order() {
        let words = word_of(100, 140, 96, "of") + &word_of(130, 300, 96, "ICTs");
        let text = read(&page(&line_of(100, 20, &words))).unwrap();
        assert_eq!(lines(segments(text.glyphs.glyphs))[0].text, "of ICTs");
    }

    #[test]
    fn guesses_at_leaders_are_dots() {
        let noise = [(300, "......"), (400, "cece"), (500, "eeeneeees")];
        let noise = noise.map(|(x0, text)| word_of(x0, x0 + 80, 4, text)).concat();
        let words = word_of(100, 280, 92, "Introduction") + &noise + &word_of(800, 810, 96, "1");
        let text = read(&page(&line_of(100, 20, &words))).unwrap();
        assert_eq!(text.confidence, Some(92));
        let line = &lines(segments(text.glyphs.glyphs))[0].text;
        assert_eq!(line.replace(' ', ""), "Introduction....1");
        let words = word_of(100, 280, 12, "cease") + &word_of(290, 400, 20, "fire");
        let text = read(&page(&line_of(100, 20, &words))).unwrap();
        assert_eq!(lines(segments(text.glyphs.glyphs))[0].text, "cease fire");
    }

    #[test]
    fn specks_are_no_words() {
        let words = word_of(100, 110, 31, "|") + &word_of(120, 300, 95, "Party");
        let text = read(&page(&line_of(100, 20, &words))).unwrap();
        assert_eq!(lines(segments(text.glyphs.glyphs))[0].text, "Party");
        assert_eq!(text.confidence, Some(95));
    }

    #[test]
    fn a_page_without_words_has_no_confidence() {
        let text = read(&page("")).unwrap();
        assert_eq!(text.confidence, None);
        assert!(!text.glyphs.has_words());
    }

    #[test]
    fn what_is_no_hocr_is_none() {
        for text in ["", "nonsense", "<html><body><p>words</p></body></html>", "\0\0\0"] {
            assert!(read(text).is_none(), "{text:?}");
        }
    }
}
