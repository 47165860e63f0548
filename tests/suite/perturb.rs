//! Damages quotes and texts as people, programs and pages do, the same every
//! time: what a quote check must see through, and what it must not.

/// A generator of numbers (xorshift64*), the same on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let value = self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33;
        usize::try_from(value).unwrap() % limit.max(1)
    }

    pub(crate) fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }

    /// A range of words, longer ones less often.
    pub(crate) fn words<'t>(&mut self, words: &[&'t str], least: usize) -> Vec<&'t str> {
        let length = least + self.below(4) * self.below(30);
        let from = self.below(words.len().saturating_sub(length));
        words[from..words.len().min(from + length)].to_vec()
    }
}

/// Letters and digits alone: what an independent check of "the same words" asks.
pub(crate) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Whether a word says something by itself.
fn tells(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2 && word.chars().next().is_some_and(char::is_alphanumeric) && !word.contains(')')
}

/// Pairs that turn the meaning round.
const TURNED: &[(&str, &str)] = &[
    ("shall", "may"),
    ("should", "must"),
    ("must", "may"),
    ("may", "shall"),
    ("and", "or"),
    ("or", "and"),
    ("not", "also"),
    ("all", "some"),
    ("any", "no"),
    ("before", "after"),
    ("their", "its"),
];

/// The quote with one word other than it was; `vocabulary` lends words.
pub(crate) fn tampered(quote: &[&str], vocabulary: &[&str], dice: &mut Dice) -> Option<String> {
    let telling: Vec<usize> = (0..quote.len()).filter(|&at| tells(quote[at])).collect();
    let mut words: Vec<String> = quote.iter().map(|&word| word.to_owned()).collect();
    let turned: Vec<usize> = telling
        .iter()
        .copied()
        .filter(|&at| TURNED.iter().any(|(from, _)| *from == quote[at]))
        .collect();
    match dice.below(6) {
        0 | 1 if !turned.is_empty() => {
            let at = *dice.pick(&turned);
            let found = TURNED.iter().find(|(from, _)| *from == quote[at])?;
            found.1.clone_into(&mut words[at]);
        }
        2 => {
            let inside = telling.iter().filter(|&&at| at > 0 && at + 1 < words.len());
            let inside: Vec<usize> = inside.copied().collect();
            if inside.is_empty() {
                return None;
            }
            words.remove(*dice.pick(&inside));
        }
        3 => words.insert(1 + dice.below(words.len() - 1), "not".to_owned()),
        4 => {
            let is_number = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
            let at = quote.iter().position(|word| is_number(word))?;
            words[at] = (words[at].parse::<u32>().ok()? + 1).to_string();
        }
        _ => {
            let at = *dice.pick(&telling);
            (*dice.pick(vocabulary)).clone_into(&mut words[at]);
        }
    }
    Some(words.join(" "))
}

/// The quote with words left out of its middle, and `sign` in their place.
pub(crate) fn shortened(quote: &[&str], sign: &str, dice: &mut Dice) -> String {
    let length = 1 + dice.below((quote.len() / 3).max(1));
    let from = 4 + dice.below(quote.len().saturating_sub(8 + length));
    let to = (from + length).min(quote.len() - 2);
    let (head, tail) = (quote[..from].join(" "), quote[to..].join(" "));
    if sign.is_empty() { format!("{head} {tail}") } else { format!("{head} {sign} {tail}") }
}

/// The same words in other type.
pub(crate) fn retyped(quote: &str, dice: &mut Dice) -> String {
    match dice.below(6) {
        0 => quote.replace(['“', '”'], "\"").replace(['‘', '’'], "'"),
        1 => quote.replace(['–', '—'], "-").replace("fi", "\u{fb01}").replace("fl", "\u{fb02}"),
        2 => quote.to_uppercase(),
        3 => quote.replace(' ', "\u{a0} "),
        4 => {
            let words: Vec<&str> = quote.split(' ').collect();
            let at = dice.below(words.len());
            let (head, tail) = (words[..at].join(" "), words[at + 1..].join(" "));
            format!("{head} **{}** {tail}", words[at])
        }
        _ => format!("“{quote}”"),
    }
}

/// Letters as a scanner misreads them, in `share` of a hundred.
pub(crate) fn misread(text: &str, share: usize, dice: &mut Dice) -> String {
    let mut read = String::new();
    for c in text.chars() {
        if !c.is_alphanumeric() || dice.below(100) >= share {
            read.push(c);
            continue;
        }
        match (c, dice.below(3)) {
            (_, 0) => {}
            ('e', _) => read.push('c'),
            ('l', _) => read.push('1'),
            ('o', _) => read.push('0'),
            ('i', _) => read.push('l'),
            ('n', _) => read.push('u'),
            (c, _) => {
                read.push(c);
                read.push('.');
            }
        }
    }
    read
}

/// The text as printed pages have it: wrapped and hyphenated, with ligatures,
/// running heads, page numbers, and footnotes with their marks.
pub(crate) fn printed(text: &str, dice: &mut Dice) -> String {
    const WIDTH: usize = 84;
    const LINES: usize = 44;
    let (mut page, mut note) = (1, 0);
    let mut out = String::new();
    let mut lines = 0;
    let mut notes: Vec<usize> = Vec::new();
    for paragraph in text.split("\n\n") {
        let mut width = 0;
        for word in paragraph.split_whitespace() {
            let mut word = word.replace("ffi", "\u{fb03}").replace("fi", "\u{fb01}");
            let bare = word.is_ascii() && !word.contains(|c: char| c.is_ascii_digit());
            if lines < LINES - 6 && tells(&word) && bare && dice.below(60) == 0 {
                note += 1;
                notes.push(note);
                let raised = |c: char| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(c as usize - '0' as usize).unwrap();
                let number = note.to_string();
                let is_raised = dice.below(2) == 0;
                word += &if is_raised { number.chars().map(raised).collect() } else { number };
            }
            let length = word.chars().count();
            if width + length > WIDTH {
                let cut = length / 2;
                let hyphenated = width + cut < WIDTH
                    && length > 7
                    && word.chars().all(char::is_alphabetic)
                    && word.is_ascii();
                if hyphenated {
                    out += &word[..cut];
                    out += "-\n";
                    word = word[cut..].to_owned();
                } else {
                    out.truncate(out.trim_end().len());
                    out.push('\n');
                }
                width = 0;
                lines += 1;
                if lines >= LINES && !hyphenated {
                    end_page(&mut out, &mut notes, page);
                    page += 1;
                    lines = 0;
                }
            }
            width += word.chars().count() + 1;
            out += &word;
            out.push(' ');
        }
        out.truncate(out.trim_end().len());
        out += "\n\n";
        lines += 2;
    }
    out
}

fn end_page(out: &mut String, notes: &mut Vec<usize>, page: usize) {
    if !notes.is_empty() {
        *out += "__________\n";
        for note in notes.drain(..) {
            *out +=
                &format!("{note} See the record of the {note}th meeting, p. {}.\n", note * 7 % 90);
        }
    }
    *out += &format!("Page {page} of 300\nRECORDS OF THE CONFERENCE\n\n");
}
