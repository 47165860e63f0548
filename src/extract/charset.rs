//! Bytes to characters: which encoding a text is in.
//!
//! In order of trust: a byte order mark; the shape of UTF-16; being valid
//! UTF-8, which text in another encoding almost never is; what the server or
//! the page declares; a guess from the bytes.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::borrow::Cow;

/// How far into a file a declaration is looked for.
const PRESCAN_BYTES: usize = 4096;

/// The characters of `bytes`. `declared` is the content type a server sent.
pub(crate) fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> Cow<'a, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0;
    }
    if let Some(encoding) = utf16_shape(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let encoding = declared
        .and_then(charset_of)
        .or_else(|| declared_within(bytes))
        .filter(|encoding| *encoding != UTF_8)
        .unwrap_or_else(|| guess(bytes));
    encoding.decode_without_bom_handling(bytes).0
}

/// UTF-16 without a mark: every other byte of its spaces, line ends, digits
/// and Latin letters is zero.
fn utf16_shape(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(PRESCAN_BYTES) & !1];
    let pairs = sample.len() / 2;
    let little = sample.chunks_exact(2).filter(|pair| pair[0] != 0 && pair[1] == 0).count();
    let big = sample.chunks_exact(2).filter(|pair| pair[0] == 0 && pair[1] != 0).count();
    let enough = |count: usize, other: usize| count * 12 >= pairs && count > other * 8;
    match (enough(little, big), enough(big, little)) {
        _ if pairs < 4 => None,
        (true, _) => Some(UTF_16LE),
        (_, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// The encoding a `meta` element or an XML declaration names. One that says
/// UTF-16 in plain ASCII is wrong by its own evidence.
fn declared_within(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(PRESCAN_BYTES)];
    let start: String = start.iter().map(|&byte| char::from(byte)).collect();
    let lower = start.to_ascii_lowercase();
    if !lower.contains('<') {
        return None;
    }
    let xml = lower.starts_with("<?xml").then(|| value_after(&lower, "encoding")).flatten();
    let encoding = xml.or_else(|| charset_of(&lower))?;
    (encoding != UTF_16LE && encoding != UTF_16BE).then_some(encoding)
}

fn charset_of(text: &str) -> Option<&'static Encoding> {
    value_after(&text.to_ascii_lowercase(), "charset")
}

/// The encoding named in `key = "value"`.
fn value_after(text: &str, key: &str) -> Option<&'static Encoding> {
    text.match_indices(key).find_map(|(at, _)| {
        let value = text[at + key.len()..].trim_start().strip_prefix('=')?;
        let value = value.trim_start().trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c));
        Encoding::for_label(&value.as_bytes()[..end.unwrap_or(value.len())])
    })
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], declared: Option<&str>, expected: &str) {
        assert_eq!(decode(bytes, declared), expected);
    }

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        let bytes = |unit: u16| {
            if little { unit.to_le_bytes() } else { unit.to_be_bytes() }
        };
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn a_byte_order_mark_decides() {
        check(b"\xef\xbb\xbfna\xc3\xafve", Some("text/plain; charset=latin1"), "naïve");
        check(&utf16("\u{feff}naïve", true), None, "naïve");
        check(&utf16("\u{feff}naïve", false), None, "naïve");
    }

    #[test]
    fn utf16_is_known_by_its_shape() {
        check(&utf16("<p>Each Party</p>", true), None, "<p>Each Party</p>");
        check(&utf16("<p>Each Party</p>", false), None, "<p>Each Party</p>");
        let russian = "Каждая Сторона принимает такие меры, какие необходимы.";
        check(&utf16(russian, true), None, russian);
    }

    #[test]
    fn a_declaration_holds_unless_the_bytes_are_utf8() {
        check(b"na\xefve", Some("text/html; charset=windows-1252"), "naïve");
        check(
            b"<meta charset='windows-1251'><p>\xcc\xe8\xf0",
            None,
            "<meta charset='windows-1251'><p>Мир",
        );
        check("naïve".as_bytes(), Some("text/html; charset=iso-8859-1"), "naïve");
    }

    #[test]
    fn otherwise_the_bytes_are_guessed_from() {
        check(
            b"The Parties\x92 commitments \x96 \x93security\x94",
            None,
            "The Parties’ commitments – “security”",
        );
    }
}
