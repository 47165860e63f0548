//! Line breaks within a paragraph, some of which end it.

use crate::extract::outline::labels;

/// Stands for a line break until the paragraph is complete.
pub(crate) const BREAK: char = '\u{2028}';

/// Cuts a paragraph where two line breaks stand together, or one after a
/// sentence that is over or before a label.
pub(crate) fn paragraphs(words: String) -> Vec<String> {
    if !words.contains(BREAK) {
        return vec![words];
    }
    let mut paragraphs: Vec<String> = Vec::new();
    let mut ended = true;
    for line in words.split(BREAK) {
        let trimmed = line.trim();
        let starts = ended || labels::bare(trimmed).is_some();
        match paragraphs.last_mut() {
            Some(last) if !starts => {
                last.push(' ');
                last.push_str(line);
            }
            _ if trimmed.is_empty() => {}
            _ => paragraphs.push(line.to_owned()),
        }
        ended = trimmed.is_empty() || trimmed.ends_with(['.', ';', ':', '!', '?']);
    }
    paragraphs
}
