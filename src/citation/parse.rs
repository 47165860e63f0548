//! Reads a citation string, token by token, into references.

use crate::citation::cursor::Cursor;
use crate::citation::kind::Kind;
use crate::citation::number::{Made, Number};
use crate::citation::tokens::Piece;
use crate::citation::{Citation, Reference, Step};

/// Reads `text`; nothing where the grammar does not have it.
pub(super) fn citation(text: &str) -> Option<Citation> {
    let mut parser = Parser {
        text,
        cursor: Cursor::new(text),
        refs: Vec::new(),
        draft: Vec::new(),
        remark: None,
    };
    parser.references()?;
    parser.finish();
    // A year and a colon are the beginning of a place, not one.
    let ends = |reference: &Reference| {
        reference.steps.last().is_some_and(|step| step.kind.name() != "edition")
    };
    let whole = !parser.refs.is_empty() && parser.refs.iter().all(ends);
    whole.then_some(Citation { refs: parser.refs, remark: parser.remark })
}

/// A step and whether its kind was named, or only its number given.
#[derive(Clone)]
struct Drafted {
    step: Step,
    named: bool,
}

struct Parser<'t> {
    text: &'t str,
    cursor: Cursor<'t>,
    refs: Vec<Reference>,
    draft: Vec<Drafted>,
    remark: Option<String>,
}

/// What stands between one part and the next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    Nothing,
    /// A dot or a slash: one place goes on.
    Step,
    /// A comma: one place goes on, or another begins.
    Comma,
    /// A semicolon or "and": another place begins.
    Another,
}

impl Parser<'_> {
    /// `2013:` before a place: the edition of a document.
    fn edition(&mut self) {
        if let (Some(Piece::Digits(year)), Some(Piece::Colon)) =
            (self.cursor.peek(0), self.cursor.peek(1))
            && year.len() == 4
        {
            self.cursor.at += 2;
            self.finish();
            let number = Number::of_digits(year, "");
            self.push(Kind::named("edition"), number, true);
        }
    }

    /// Reads all there is, a remark at the end included.
    fn references(&mut self) -> Option<()> {
        let mut between = Between::Nothing;
        let mut brackets = 0_usize;
        self.edition();
        while let Some(piece) = self.cursor.peek(0) {
            if let Some(next) = separator(piece) {
                between = self.separated(between, next)?;
                if between == Between::Another {
                    self.edition();
                }
                continue;
            }
            let opens = piece == Piece::Open && self.cursor.kind_at(1).is_some();
            if opens || piece == Piece::Close {
                brackets = if opens { brackets + 1 } else { brackets.checked_sub(1)? };
                self.cursor.at += 1;
                continue;
            }
            if self.part(between).is_none() {
                self.remark = self.remark(between).filter(|_| brackets == 0);
                return self.remark.as_ref().map(|_| ());
            }
            between = Between::Nothing;
        }
        let whole = brackets == 0 && matches!(between, Between::Nothing | Between::Step);
        whole.then_some(())
    }

    fn separated(&mut self, before: Between, next: Between) -> Option<Between> {
        self.cursor.at += 1;
        let doubled =
            before != Between::Nothing && !(before == Between::Comma && next == Between::Another);
        (!doubled && !self.draft.is_empty()).then_some(next)
    }

    /// One part: a named kind, a number that takes its kind from the part
    /// before, or a bare level.
    fn part(&mut self, between: Between) -> Option<()> {
        // What fails half-way leaves nothing behind.
        let (from, refs, draft) = (self.cursor.at, self.refs.len(), self.draft.clone());
        let read = if self.cursor.kind_at(0).is_some() {
            self.named_step(between)
        } else if self.cursor.peek(0) == Some(Piece::Open) {
            self.bracketed(matches!(between, Between::Comma | Between::Another))
        } else {
            self.plain_number(between)
        };
        if read.is_none() {
            self.cursor.at = from;
            self.refs.truncate(refs);
            self.draft = draft;
        }
        read
    }

    fn named_step(&mut self, between: Between) -> Option<()> {
        let (kind, count) = self.cursor.kind_at(0)?;
        let ordinal = self.cursor.ordinal();
        self.cursor.at += count;
        if self.cursor.peek(0) == Some(Piece::Dot) && self.cursor.glued(0) {
            self.cursor.at += 1;
        }
        if between == Between::Another || !self.continues(kind) {
            self.finish();
        }
        let single = !matches!(kind.name(), "point" | "subpara" | "subpoint" | "item");
        let in_brackets = self.cursor.peek(0) == Some(Piece::Open) && !kind.stands_alone();
        let number = match ordinal {
            Some(number) => Some(number),
            None if in_brackets => Some(self.cursor.in_brackets(single)?),
            None => self.cursor.number(single),
        };
        if number.is_none() && !kind.stands_alone() {
            return None;
        }
        self.draft.push(Drafted { step: Step { kind, number, to: None }, named: true });
        self.levels()
    }

    /// Whether a step of this kind goes on with the place that was begun.
    fn continues(&self, kind: Kind) -> bool {
        let mut named = self.draft.iter().filter(|drafted| drafted.named);
        // Below a bare number there are only levels that can be bare.
        let level = matches!(kind.name(), "point" | "subpoint" | "item");
        let refuses = |outer: Kind| outer == kind || (outer.name() == "any" && !level);
        if named.any(|drafted| refuses(drafted.step.kind)) {
            return false;
        }
        let named = self.draft.iter().rev().filter(|drafted| drafted.named);
        let mut placed = named.filter(|drafted| drafted.step.kind.name() != "page");
        placed.next().is_none_or(|outer| kind.may_follow(outer.step.kind))
    }

    /// A number alone: the first of all, or one in a list.
    fn plain_number(&mut self, between: Between) -> Option<()> {
        if self.draft.is_empty() && self.refs.is_empty() {
            let Some(Piece::Digits(_)) = self.cursor.peek(0) else { return None };
            let number = self.cursor.number(true)?;
            self.push(Kind::named("any"), number, true);
            return self.levels();
        }
        if !matches!(between, Between::Comma | Between::Another) {
            return None;
        }
        let digits = matches!(self.cursor.peek(0), Some(Piece::Digits(_)));
        let begun_bare = self.draft.first().is_some_and(|first| first.step.kind.name() == "any");
        let deep = match self.draft.iter().rposition(|drafted| drafted.named)? {
            _ if digits && begun_bare => 0,
            last => last,
        };
        self.draft[deep].step.number.as_ref()?;
        let number = self.cursor.number(true)?;
        self.beside(deep, number);
        self.levels()
    }

    /// Begins another place that differs from the last from the step at `deep`.
    fn beside(&mut self, deep: usize, number: Number) {
        let kept: Vec<Step> = self.draft.iter().map(|drafted| drafted.step.clone()).collect();
        self.refs.push(Reference { steps: kept });
        self.draft.truncate(deep + 1);
        let step = &mut self.draft[deep].step;
        (step.number, step.to) = (Some(number), None);
    }

    /// Bare levels under the step just read, and its range.
    fn levels(&mut self) -> Option<()> {
        loop {
            self.range()?;
            let (dot, next) = (self.cursor.peek(0), self.cursor.peek(1));
            let dotted = dot == Some(Piece::Dot) && self.cursor.glued(0) && self.cursor.glued(1);
            if dotted
                && matches!(next, Some(Piece::Digits(_) | Piece::Word(_)))
                && self.cursor.kind_at(1).is_none()
            {
                self.cursor.at += 1;
                self.child(false)?;
            } else if dot == Some(Piece::Open) && self.cursor.kind_at(1).is_none() {
                self.bracketed(false)?;
            } else {
                return Some(());
            }
        }
    }

    /// `(a)`, `(24-29)` or `(c, d)`, as a level of its own; in a list it
    /// stands beside the last bare level that is made alike.
    fn bracketed(&mut self, mut in_list: bool) -> Option<()> {
        self.draft.last()?;
        self.cursor.at += 1;
        loop {
            if in_list {
                self.listed()?;
            } else {
                self.child(true)?;
            }
            self.range_end()?;
            match self.cursor.peek(0)? {
                Piece::Close => break,
                Piece::Comma | Piece::And | Piece::Semicolon => in_list = true,
                _ => return None,
            }
            self.cursor.at += 1;
        }
        self.cursor.at += 1;
        self.range()
    }

    fn listed(&mut self) -> Option<()> {
        let from = self.cursor.at;
        let number = self.cursor.number(false)?;
        let mut found = self.bare_made(number.made());
        let mut number = number;
        if found.is_none() && number.may_be_numeral() {
            self.cursor.at = from;
            number = self.cursor.number(true)?;
            found = self.bare_made(Made::Numeral);
        }
        self.beside(found?, number);
        Some(())
    }

    fn bare_made(&self, made: Made) -> Option<usize> {
        self.draft.iter().rposition(|drafted| {
            let number = drafted.step.number.as_ref();
            !drafted.named && number.is_some_and(|number| number.made() == made)
        })
    }

    /// A bare level: below the last step, or (bracketed) beside it.
    fn child(&mut self, bracketed: bool) -> Option<()> {
        let last = self.draft.last()?;
        if last.step.to.is_some() {
            return None;
        }
        let outer = last.step.kind;
        let beside = if bracketed && !last.named { last.step.number.clone() } else { None };
        let is_beside = |number: &Number| beside.as_ref().is_some_and(|b| is_beside(b, number));
        let from = self.cursor.at;
        let mut number = self.cursor.number(false)?;
        if !is_beside(&number) {
            let (kind, single) = below(outer, &number)?;
            self.cursor.at = from;
            number = self.cursor.number(single)?;
            if !is_beside(&number) {
                self.push(Some(kind), number, false);
                return Some(());
            }
        }
        let deep = self.draft.len() - 1;
        self.beside(deep, number);
        Some(())
    }

    fn push(&mut self, kind: Option<Kind>, number: Number, named: bool) {
        if let Some(kind) = kind {
            let step = Step { kind, number: Some(number), to: None };
            self.draft.push(Drafted { step, named });
        }
    }

    /// The end of a range that the last step begins.
    fn range(&mut self) -> Option<()> {
        let dash = matches!(self.cursor.peek(0), Some(Piece::Dash | Piece::Word("to")));
        if !dash {
            return Some(());
        }
        let bracketed = self.cursor.peek(1) == Some(Piece::Open);
        if !bracketed {
            return self.range_end();
        }
        self.cursor.at += 1;
        let number = self.cursor.in_brackets(false)?;
        self.end_range(number)
    }

    fn range_end(&mut self) -> Option<()> {
        if !matches!(self.cursor.peek(0), Some(Piece::Dash | Piece::Word("to"))) {
            return Some(());
        }
        self.cursor.at += 1;
        let made = self.draft.last()?.step.number.as_ref()?.made();
        let number = self.cursor.number(made == Made::Numeral)?;
        self.end_range(number)
    }

    fn end_range(&mut self, number: Number) -> Option<()> {
        let step = &mut self.draft.last_mut()?.step;
        let first = step.number.clone()?;
        let (first, last) = match (first.made(), number.made()) {
            (one, other) if one == other => (first, number),
            (_, Made::Numeral) if first.may_be_numeral() => (first.as_numeral(), number),
            (Made::Numeral, _) if number.may_be_numeral() => (first, number.as_numeral()),
            _ => return None,
        };
        let free = step.to.is_none();
        (step.number, step.to) = (Some(first), Some(last));
        free.then_some(())
    }

    fn finish(&mut self) {
        if !self.draft.is_empty() {
            let steps = self.draft.drain(..).map(|drafted| drafted.step).collect();
            self.refs.push(Reference { steps });
        }
    }

    /// Words after the last place, where a mark or a capital begins them.
    fn remark(&self, between: Between) -> Option<String> {
        let any = |step: &Step| matches!(step.kind.name(), "any" | "edition");
        let first = self.refs.first().map(|reference| &reference.steps[0]);
        let first = first.or_else(|| self.draft.first().map(|drafted| &drafted.step))?;
        if any(first) {
            return None;
        }
        let begins = self.cursor.token()?;
        let capital =
            matches!(begins.piece, Piece::Word(word) if word.starts_with(char::is_uppercase));
        let rest = match (between, begins.piece) {
            (Between::Nothing, Piece::Colon) => &self.text[begins.start + 1..],
            (Between::Nothing, _) if capital && !begins.glued => &self.text[begins.start..],
            (Between::Step, _) if capital => &self.text[begins.start..],
            _ => return None,
        };
        let rest = rest.trim();
        (!rest.is_empty()).then(|| rest.to_owned())
    }
}

fn separator(piece: Piece<'_>) -> Option<Between> {
    match piece {
        Piece::Comma => Some(Between::Comma),
        Piece::Semicolon | Piece::And => Some(Between::Another),
        Piece::Dot | Piece::Slash => Some(Between::Step),
        _ => None,
    }
}

/// Whether the bracketed `number` stands beside `last` and not below it.
pub(super) fn is_beside(last: &Number, number: &Number) -> bool {
    match (last.made(), number.made()) {
        (Made::Letter, Made::Letter) => number.is_letter_after(last) || !number.may_be_numeral(),
        (one, other) => one == other,
    }
}

/// The kind of a bare number below `outer`, and whether a single letter is
/// likelier a numeral there.
pub(super) fn below(outer: Kind, number: &Number) -> Option<(Kind, bool)> {
    let kind = match number.made() {
        Made::Digits => outer.below_by_number()?,
        Made::Numeral | Made::Letter => outer.below_by_letter()?,
    };
    Some((kind, kind.name() != "point"))
}
