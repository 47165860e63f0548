//! A citation string cut into words, digits and marks.

/// A piece of a citation string and the byte it begins at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    pub(crate) piece: Piece<'t>,
    pub(crate) start: usize,
    /// Whether it follows its neighbour without a space.
    pub(crate) glued: bool,
}

/// What the piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    Word(&'t str),
    Digits(&'t str),
    Open,
    Close,
    Dot,
    Comma,
    Semicolon,
    Colon,
    Dash,
    Slash,
    And,
    /// Something the grammar has no use for.
    Other,
}

/// Cuts `text`.
pub(crate) fn cut(text: &str) -> Vec<Token<'_>> {
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let mut at = 0;
    let mut glued = false;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let length = if first.is_ascii_digit() {
            run(rest, |c| c.is_ascii_digit())
        } else if first.is_alphabetic() {
            run(rest, char::is_alphabetic)
        } else {
            first.len_utf8()
        };
        if first.is_whitespace() {
            glued = false;
        } else {
            let piece = piece(first, &rest[..length]);
            tokens.push(Token { piece, start: at, glued });
            glued = true;
        }
        at += length;
    }
    tokens
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c: char| !belongs(c)).unwrap_or(text.len())
}

fn piece(first: char, text: &str) -> Piece<'_> {
    match first {
        '(' | '[' => Piece::Open,
        ')' | ']' => Piece::Close,
        '.' => Piece::Dot,
        ',' => Piece::Comma,
        ';' => Piece::Semicolon,
        ':' => Piece::Colon,
        '-' | '‐' | '‑' | '–' | '—' => Piece::Dash,
        '/' => Piece::Slash,
        '&' => Piece::And,
        '§' | '¶' => Piece::Word(text),
        _ if first.is_ascii_digit() => Piece::Digits(text),
        _ if first.is_alphabetic() => match text {
            "and" | "And" => Piece::And,
            _ => Piece::Word(text),
        },
        _ => Piece::Other,
    }
}
