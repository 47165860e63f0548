//! A walk over the tokens: what kind is named here, what number stands here.

use crate::citation::kind::Kind;
use crate::citation::number::{Number, is_later};
use crate::citation::tokens::{Piece, Token, cut};

const ORDINALS: &[&str] = &[
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
];

/// The tokens and how far they are read.
pub(super) struct Cursor<'t> {
    tokens: Vec<Token<'t>>,
    /// The next token.
    pub(super) at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { tokens: cut(text), at: 0 }
    }

    pub(super) fn token(&self) -> Option<&Token<'t>> {
        self.tokens.get(self.at)
    }

    pub(super) fn peek(&self, ahead: usize) -> Option<Piece<'t>> {
        self.tokens.get(self.at + ahead).map(|token| token.piece)
    }

    pub(super) fn glued(&self, ahead: usize) -> bool {
        self.tokens.get(self.at + ahead).is_some_and(|token| token.glued)
    }

    /// The kind named by the tokens from `ahead` on, with their count.
    pub(super) fn kind_at(&self, ahead: usize) -> Option<(Kind, usize)> {
        let Some(Piece::Word(word)) = self.peek(ahead) else { return None };
        let lower = word.to_lowercase();
        let after = self.peek(ahead + 1);
        match (lower.as_str(), after) {
            ("sub", Some(Piece::Dash)) => {
                let Some(Piece::Word(second)) = self.peek(ahead + 2) else { return None };
                let joined = format!("sub{}", second.to_lowercase());
                return Kind::of_word(&joined).map(|kind| (kind, 3));
            }
            ("preambular" | "operative", Some(Piece::Word(_))) => {
                let (kind, count) = self.kind_at(ahead + 1)?;
                let name = if lower == "preambular" { "ppara" } else { "para" };
                return (kind.name() == "para")
                    .then(|| Kind::named(name).map(|kind| (kind, count + 1)))?;
            }
            _ if ORDINALS.contains(&lower.as_str()) => {
                return self.kind_at(ahead + 1).map(|(kind, count)| (kind, count + 1));
            }
            ("§" | "¶", Some(Piece::Word(second))) if second == word => {
                return Kind::of_word(word).map(|kind| (kind, 2));
            }
            ("p", _) if !self.digits_follow(ahead + 1) => return None,
            _ => {}
        }
        if word == "PP" && matches!(after, Some(Piece::Digits(_))) {
            return Kind::named("ppara").map(|kind| (kind, 1));
        }
        Kind::of_word(&lower).map(|kind| (kind, 1))
    }

    fn digits_follow(&self, ahead: usize) -> bool {
        let dot = usize::from(self.peek(ahead) == Some(Piece::Dot));
        matches!(self.peek(ahead + dot), Some(Piece::Digits(_)))
    }

    pub(super) fn ordinal(&self) -> Option<Number> {
        let Some(Piece::Word(word)) = self.peek(0) else { return None };
        let place = ORDINALS.iter().position(|known| *known == word.to_lowercase())?;
        Some(Number::of_digits(&(place + 1).to_string(), ""))
    }

    pub(super) fn in_brackets(&mut self, single: bool) -> Option<Number> {
        self.at += 1;
        let number = self.number(single)?;
        let closed = self.peek(0) == Some(Piece::Close);
        self.at += 1;
        closed.then_some(number)
    }

    /// The number at the next token.
    pub(super) fn number(&mut self, single: bool) -> Option<Number> {
        match self.peek(0)? {
            Piece::Digits(digits) => {
                self.at += 1;
                let Some(Piece::Word(word)) = self.peek(0) else {
                    return Some(Number::of_digits(digits, ""));
                };
                let letter = word.len() == 1 && word.as_bytes()[0].is_ascii_lowercase();
                let ending = is_later(word) || (letter && self.glued(0));
                self.at += usize::from(ending);
                let free = ending || !self.glued(0);
                free.then(|| Number::of_digits(digits, if ending { word } else { "" }))
            }
            Piece::Word(word) => {
                let number = Number::of_letters(word, single)?;
                self.at += 1;
                Some(number)
            }
            _ => None,
        }
    }
}
