//! The cell of a table with inline tags → paragraphs of plain text.

/// A paragraph of a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    /// Its words, with single spaces.
    pub(crate) text: String,
    /// What it is marked as, all of it.
    pub(crate) mark: Option<Mark>,
}

/// What markup says of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    /// Bold, as a heading is.
    Heading,
    /// A quote, without quotation marks.
    Quote,
    /// One citation, however it reads.
    Citation,
}

/// The inline tags that mark a paragraph; those of quotes and citations begin
/// and end one.
const MARKS: [(&str, &str, Mark); 3] = [
    ("<b>", "</b>", Mark::Heading),
    ("<q>", "</q>", Mark::Quote),
    ("<cite>", "</cite>", Mark::Citation),
];

/// The paragraphs of a cell, without those that are blank.
///
/// Two spaces stand where the text form of a document lost a line break.
pub(crate) fn paragraphs(cell: &str) -> Vec<Line> {
    let cell = without(cell, "<sup>", "</sup>").replace("  ", "\n");
    let cell =
        ["<p>", "</p>", "<br>", "<br/>"].iter().fold(cell, |text, tag| text.replace(tag, "\n"));
    let cell = MARKS[1..].iter().fold(cell, |text, (open, close, _)| {
        text.replace(open, &format!("\n{open}")).replace(close, &format!("{close}\n"))
    });
    cell.split('\n').filter_map(line).collect()
}

/// All of a cell as one line.
pub(crate) fn plain(cell: &str) -> String {
    let lines: Vec<String> = paragraphs(cell).into_iter().map(|line| line.text).collect();
    lines.join(" ")
}

fn line(raw: &str) -> Option<Line> {
    let raw = raw.trim();
    let marked = MARKS.iter().find(|(open, close, _)| {
        let inside = raw.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        inside.is_some_and(|inside| !inside.contains(close))
    });
    let text = words(&decode(&without_tags(raw)));
    (!text.is_empty()).then_some(Line { text, mark: marked.map(|(_, _, mark)| *mark) })
}

/// The text with single spaces between words.
pub(crate) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Drops what stands between `open` and `close`, with both.
fn without(text: &str, open: &str, close: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        let Some((_, behind)) = after.split_once(close) else { break };
        kept.push_str(before);
        rest = behind;
    }
    kept + rest
}

/// Drops tags; one that begins or ends an item of a list leaves a space.
fn without_tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('<') {
        kept.push_str(before);
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match after.split_once('>').filter(|_| is_tag) {
            None => {
                kept.push('<');
                rest = after;
            }
            Some((tag, behind)) => {
                let name = tag.trim_start_matches('/');
                if ["li", "ul", "ol"].iter().any(|list| name.split(' ').next() == Some(list)) {
                    kept.push(' ');
                }
                rest = behind;
            }
        }
    }
    kept + rest
}

fn decode(text: &str) -> String {
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    text.replace("&nbsp;", " ").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_words_stay() {
        let cell = "<p><b>2 Trust</b></p> <p><i>“Teams<sup>17</sup>, &lt;a@b&gt;</i></p> \
                    <ul style=\"x\"> <li>• one</li> <li>• two”</li> </ul>";
        let lines = paragraphs(cell);
        assert_eq!(lines[0], Line { text: "2 Trust".into(), mark: Some(Mark::Heading) });
        assert_eq!(lines[1].text, "“Teams, <a@b>");
        assert_eq!(lines[2].text, "• one • two”");
        assert_eq!(lines.len(), 3);
    }
}
