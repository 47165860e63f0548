//! Which numbers and letters a paragraph stands under.
//!
//! Lists nest by the style of their labels, or by depth where the format
//! states it. Letters and small Roman numerals look alike; what continues an
//! open list decides.

use crate::extract::outline::labels::{self, Bare, Style};

/// One list that is open, with its item.
#[derive(Debug, Clone)]
struct Level {
    style: Style,
    roman: bool,
    /// The depth the format gives; 0 for labels in running text.
    depth: u8,
    value: String,
    /// The paragraph that is the item.
    item: usize,
    /// The paragraph that introduces the list.
    stem: Option<usize>,
    /// Whether its number counts as a point even where it is outermost.
    point: bool,
}

/// The paragraph before the one that is being placed.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Before {
    /// Its index, if it may introduce a list: no note, no table row.
    pub(crate) index: Option<usize>,
    /// Whether it ends with a colon.
    pub(crate) colon: bool,
    /// Whether it ends without any end of a sentence.
    pub(crate) open: bool,
    /// Whether it is a heading.
    pub(crate) heading: bool,
}

/// The open lists, outermost first.
#[derive(Debug, Default)]
pub(crate) struct Lists {
    levels: Vec<Level>,
}

impl Lists {
    /// Ends all lists, as a heading does.
    pub(crate) fn clear(&mut self) {
        self.levels.clear();
    }

    /// The number of the numbered paragraph that is open; "4.1" under "4." is
    /// a number of its own.
    pub(crate) fn number(&self) -> Option<&str> {
        let last = self.numbers().checked_sub(1)?;
        self.marked().nth(last).map(|level| level.value.as_str())
    }

    fn marked(&self) -> impl Iterator<Item = &Level> {
        self.levels.iter().filter(|level| level.style != Style::Bullet)
    }

    /// How many of the levels, outermost first, make the paragraph's number.
    fn numbers(&self) -> usize {
        let mut marked = self.marked();
        let Some(first) = marked.next().filter(|it| it.style.is_numeric() && !it.point) else {
            return 0;
        };
        let longer = |level: &&Level| {
            let rest = level.value.strip_prefix(first.value.as_str());
            level.style == Style::Decimal && rest.is_some_and(|rest| rest.starts_with('.'))
        };
        1 + marked.take_while(longer).count()
    }

    /// Whether "M. Name" begins with an initial: the letter neither begins a
    /// list nor goes on with one that is open.
    pub(crate) fn reads_as_initial(&self, label: &Bare, rest: &str) -> bool {
        let open = self.marked().filter(|level| level.style == Style::Capital).last();
        labels::may_be_initial(label, rest)
            && open.is_none_or(|level| !follows_letter(&level.value, &label.value))
    }

    /// The letters and numbers below the paragraph's number, joined.
    pub(crate) fn point(&self) -> Option<String> {
        let marked = self.marked();
        let skipped = self.numbers();
        let values: Vec<&str> = marked.skip(skipped).map(|level| level.value.as_str()).collect();
        (!values.is_empty()).then(|| values.join("."))
    }

    /// The stem of the innermost item.
    pub(crate) fn stem(&self) -> Option<usize> {
        self.levels.last().and_then(|level| level.stem)
    }

    /// Goes on with running text that has no label: letters and bullets end;
    /// the numbered paragraph does too unless it `continues`.
    pub(crate) fn leave(&mut self, continues: bool) {
        let kept = if continues { self.numbers() } else { 0 };
        let first = self.levels.iter().position(|level| level.style != Style::Bullet);
        self.levels.truncate(first.map_or(0, |first| first + kept));
    }

    /// Goes back to the item at `depth`, for a further paragraph of it.
    pub(crate) fn resume(&mut self, depth: u8) {
        while self.levels.last().is_some_and(|level| level.depth > depth) {
            self.levels.pop();
        }
    }

    /// Enters the item `label` of paragraph `index`.
    pub(crate) fn enter(
        &mut self,
        label: &Bare,
        depth: Option<u8>,
        index: usize,
        before: Before,
        point: bool,
    ) {
        let roman = label.style == Style::Letter && self.reads_as_roman(&label.value, before);
        let same = match depth {
            Some(depth) => self.at_depth(depth, label, before),
            None => self.of_style(label, roman, before),
        };
        // "7." goes on with a count whose start was not seen as one; it is no
        // list inside the letters before it.
        if same.is_none()
            && depth.is_none()
            && label.style == Style::Number
            && !is_first(&label.value)
        {
            self.levels.clear();
        }
        let mut level = Level {
            style: label.style,
            roman,
            depth: depth.unwrap_or(0),
            value: label.value.clone(),
            item: index,
            stem: None,
            point,
        };
        if let Some(at) = same {
            let old = &self.levels[at];
            let fresh =
                is_first(&label.value) && !is_first(&old.value) && label.style != Style::Bullet;
            level.stem = if fresh { self.introduction(at, before) } else { old.stem };
            level.point |= old.point && !fresh;
            self.levels.truncate(at);
        } else {
            level.stem = self.introduction(self.levels.len(), before);
        }
        self.levels.push(level);
    }

    fn at_depth(&mut self, depth: u8, label: &Bare, before: Before) -> Option<usize> {
        while self.levels.last().is_some_and(|level| level.depth > depth) {
            self.levels.pop();
        }
        let last = self.levels.last().filter(|level| level.depth == depth && depth > 0)?;
        // Bullets that a numbered paragraph introduces stand under it, though
        // the format ended the numbers' list there; its next number ends them.
        let bullets = label.style == Style::Bullet;
        if bullets && last.style.is_numeric() && before.colon {
            return None;
        }
        let number = |level: &Level| level.depth == depth && level.style.is_numeric();
        let numbered = label.style.is_numeric().then(|| self.levels.iter().position(number));
        Some(numbered.flatten().unwrap_or(self.levels.len() - 1))
    }

    fn of_style(&mut self, label: &Bare, roman: bool, before: Before) -> Option<usize> {
        // A letter after a numbered item stands under it, though the format
        // ended the list there.
        let kept = |level: &Level| level.style.is_numeric() && !label.style.is_numeric();
        while self.levels.last().is_some_and(|level| level.depth > 0 && !kept(level)) {
            self.levels.pop();
        }
        let at = self
            .levels
            .iter()
            .rposition(|level| level.style == label.style && level.roman == roman)?;
        let nested = at + 1 < self.levels.len() && is_first(&label.value) && before.colon;
        (!nested || label.style == Style::Bullet).then_some(at)
    }

    /// The paragraph that introduces a list put at `at`: the item it is part
    /// of, or the sentence before that is not finished.
    fn introduction(&self, at: usize, before: Before) -> Option<usize> {
        if let Some(parent) = at.checked_sub(1).and_then(|parent| self.levels.get(parent))
            && (before.index == Some(parent.item) || !before.colon)
        {
            return Some(parent.item);
        }
        before.index.filter(|_| before.colon || (before.open && !before.heading))
    }

    fn reads_as_roman(&self, value: &str, before: Before) -> bool {
        let Some(number) = labels::roman(value) else {
            return false;
        };
        let last = |roman: bool| {
            self.levels
                .iter()
                .rposition(|level| level.style == Style::Letter && level.roman == roman)
        };
        let value_at = |at: Option<usize>| at.map(|at| self.levels[at].value.as_str());
        if value_at(last(true)).and_then(labels::roman).is_some_and(|before| before + 1 == number) {
            return true;
        }
        let follows = value_at(last(false)).is_some_and(|letter| follows_letter(letter, value));
        if follows && !(number == 1 && before.colon) {
            return false;
        }
        number == 1 || value.len() > 1
    }
}

fn follows_letter(before: &str, value: &str) -> bool {
    let (Some(a), Some(b)) = (before.chars().next(), value.chars().next()) else {
        return false;
    };
    u32::from(a) + 1 == u32::from(b) && before.chars().count() == value.chars().count()
}

fn is_first(value: &str) -> bool {
    matches!(value, "1" | "a" | "A" | "i" | "I" | "")
}

/// Whether `next` is the number after `number`: 5 and 6, 2.3 and 2.4 or 3.1.
pub(crate) fn is_successor(number: &str, next: &str) -> bool {
    let parts =
        |text: &str| -> Vec<u32> { text.split('.').filter_map(|part| part.parse().ok()).collect() };
    let (before, after) = (parts(number), parts(next));
    let shared = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    match (before.get(shared), after.get(shared)) {
        (Some(a), Some(b)) => a + 1 == *b,
        (None, Some(first)) => *first == 1 && shared > 0,
        _ => false,
    }
}
