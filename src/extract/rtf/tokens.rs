//! RTF as tokens: groups, control words, characters by their bytes.

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\word` and the number behind it.
    Word(&'a str, Option<i32>),
    /// A backslash and one character that is no letter.
    Symbol(u8),
    /// `\'hh`: one byte.
    Hex(u8),
    /// Bytes as they stand, without line ends.
    Bytes(&'a [u8]),
}

/// Goes through the bytes of a file.
pub(crate) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    /// The tokens of these bytes.
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Jumps over raw data that is no RTF.
    pub(crate) fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn take(&mut self, length: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(length.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let first = *self.rest.first()?;
        if first == b'\'' {
            self.take(1);
            let digits = std::str::from_utf8(self.take(2)).unwrap_or_default();
            return Some(Token::Hex(u8::from_str_radix(digits, 16).unwrap_or(b'?')));
        }
        if !first.is_ascii_alphabetic() {
            self.take(1);
            return Some(Token::Symbol(first));
        }
        let letters = self.rest.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
        let name = std::str::from_utf8(self.take(letters)).unwrap_or_default();
        let sign = usize::from(self.rest.first() == Some(&b'-'));
        let digits = self.rest[sign..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let value = if digits == 0 {
            None
        } else {
            std::str::from_utf8(self.take(sign + digits)).ok().and_then(|n| n.parse().ok())
        };
        // One space ends the word and is no part of the text.
        if self.rest.first() == Some(&b' ') {
            self.take(1);
        }
        Some(Token::Word(name, value))
    }

    /// The next token. No iterator: raw data is jumped over between two of
    /// them.
    pub(crate) fn step(&mut self) -> Option<Token<'a>> {
        loop {
            match self.rest.first()? {
                b'{' => {
                    self.take(1);
                    return Some(Token::Open);
                }
                b'}' => {
                    self.take(1);
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.take(1);
                    return self.control();
                }
                b'\r' | b'\n' | 0 => {
                    self.take(1);
                }
                _ => {
                    let ends = |byte: &u8| matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                    let length = self.rest.iter().position(ends).unwrap_or(self.rest.len());
                    return Some(Token::Bytes(self.take(length)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_take_their_number_and_one_space() {
        let mut tokens = Tokens::new(b"{\\b0  x\\u-10179?\\'e9\\~\r\ny}");
        let tokens: Vec<Token> = std::iter::from_fn(|| tokens.step()).collect();
        assert_eq!(
            tokens,
            [
                Token::Open,
                Token::Word("b", Some(0)),
                Token::Bytes(b" x"),
                Token::Word("u", Some(-10179)),
                Token::Bytes(b"?"),
                Token::Hex(0xe9),
                Token::Symbol(b'~'),
                Token::Bytes(b"y"),
                Token::Close,
            ]
        );
    }
}
