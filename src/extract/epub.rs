//! EPUB: the chapters of a book in reading order, each an HTML page.

use crate::extract::archive::Archive;
use crate::extract::blocks::{Block, Content, Parsed};
use crate::extract::xml::Element;
use crate::extract::{charset, html};
use crate::model::ParagraphKind;
use std::collections::{BTreeMap, BTreeSet};

/// The blocks of a book.
pub(crate) fn parse(bytes: &[u8]) -> Parsed {
    let mut archive = Archive::open(bytes, "EPUB")?;
    let missing = |what: &str| format!("damaged EPUB: {what} is missing; save it again");
    let container = archive.xml("META-INF/container.xml")?;
    let package = container
        .and_then(|container| {
            let root = container.descendants("rootfile").into_iter().next()?;
            root.attribute("full-path").map(str::to_owned)
        })
        .ok_or_else(|| missing("the list of its parts"))?;
    let folder = package.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let package = archive.xml(&package)?.ok_or_else(|| missing("the list of its chapters"))?;
    let locked = locked_parts(&mut archive)?;
    let mut blocks: Vec<Block> = Vec::new();
    let mut unread_parts = Vec::new();
    for chapter in chapters(&package) {
        let name = beside(&folder, &chapter.href);
        if locked.contains(&name) {
            unread_parts.push(format!("chapter `{name}`: encrypted"));
        } else if let Some(bytes) = archive.bytes(&name)? {
            let found = html::chapter(&charset::decode(&bytes, None));
            let contents = |block: Block| Block::new(ParagraphKind::Contents, block.text);
            if chapter.is_contents {
                blocks.extend(found.into_iter().map(contents));
            } else {
                blocks.extend(found);
            }
        } else {
            unread_parts.push(format!("chapter `{name}`: not in the file"));
        }
    }
    if blocks.is_empty() && !locked.is_empty() {
        return Err("encrypted EPUB: it is protected against copying; get it without".to_owned());
    }
    Ok(Content { blocks, unread_parts, ..Content::default() })
}

/// A chapter of the book.
struct Chapter {
    /// Its address from the folder of the package.
    href: String,
    /// Whether it is the table of contents.
    is_contents: bool,
}

/// The chapters in reading order, each once.
fn chapters(package: &Element) -> Vec<Chapter> {
    let items: BTreeMap<&str, &Element> = package
        .descendants("item")
        .into_iter()
        .filter_map(|item| Some((item.attribute("id")?, item)))
        .collect();
    let mut seen = BTreeSet::new();
    let chapter = |reference: &Element| {
        let item = items.get(reference.attribute("idref")?)?;
        let href = item.attribute("href")?;
        let kind = item.attribute("media-type").unwrap_or_default();
        let properties = item.attribute("properties").unwrap_or_default();
        let is_contents = properties.split_whitespace().any(|property| property == "nav");
        (kind.contains("html") && seen.insert(href.to_owned()))
            .then(|| Chapter { href: href.to_owned(), is_contents })
    };
    package.descendants("itemref").into_iter().filter_map(chapter).collect()
}

/// Parts that are encrypted; fonts may be, and do not matter.
fn locked_parts(archive: &mut Archive<'_>) -> Result<BTreeSet<String>, String> {
    let encryption = archive.xml("META-INF/encryption.xml")?;
    let references = encryption.iter().flat_map(|part| part.descendants("CipherReference"));
    Ok(references.filter_map(|one| Some(beside("", one.attribute("URI")?))).collect())
}

/// The name in the archive of what an address leads to from a folder.
fn beside(folder: &str, href: &str) -> String {
    let path = href.split(['#', '?']).next().unwrap_or(href);
    let mut parts: Vec<String> = folder.split('/').map(str::to_owned).collect();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." => {}
            _ => parts.push(unescaped(part)),
        }
    }
    parts.retain(|part| !part.is_empty());
    parts.join("/")
}

/// `%20` and its like, read.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let digits = tail.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_to_parts() {
        assert_eq!(beside("OEBPS", "text/ch%201.xhtml#a"), "OEBPS/text/ch 1.xhtml");
        assert_eq!(beside("OEBPS/text", "../ch.xhtml"), "OEBPS/ch.xhtml");
        assert_eq!(beside("", "100%.xhtml"), "100%.xhtml");
    }
}
