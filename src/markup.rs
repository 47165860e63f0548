//! Any text as it may stand in HTML, XML and Markdown: what it says, it says as
//! text.

/// `text` in an element or an attribute of HTML or XML. Characters that no XML
/// may hold become spaces.
#[must_use]
pub(crate) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' => escaped.push(c),
            '\u{fffe}' | '\u{ffff}' => escaped.push(' '),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}

/// `text` in a line of Markdown, in a cell of a table too.
#[must_use]
pub(crate) fn escape_markdown(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            c if c.is_control() => escaped.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '#' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// An address that can stand between `<` and `>` in a cell of Markdown.
#[must_use]
pub(crate) fn escape_address(address: &str) -> String {
    let mut escaped = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '<' => escaped.push_str("%3C"),
            '>' => escaped.push_str("%3E"),
            '|' => escaped.push_str("%7C"),
            '\\' => escaped.push_str("%5C"),
            c if c.is_whitespace() || c.is_control() => escaped.push_str("%20"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_becomes_markup() {
        assert_eq!(escape("<a b='c'>&\u{1}"), "&lt;a b=&#39;c&#39;&gt;&amp; ");
        assert_eq!(escape_markdown("<b>|*c*|\n[x](y)"), r"&lt;b&gt;\|\*c\*\| \[x\](y)");
    }

    #[test]
    fn an_address_cannot_leave_its_brackets() {
        assert_eq!(escape_address("https://a.example/b>|c d"), "https://a.example/b%3E%7Cc%20d");
    }
}
