//! What a source is called where nothing better is known: the last part of
//! its path or address, without the ending.

/// The last part of an address or a path, without its ending.
#[must_use]
pub fn stem(source: &str) -> &str {
    let address = source.split_once("://").map(|(_, address)| address);
    let path = match address {
        Some(address) => address.split(['?', '#']).next().unwrap_or(address),
        None => source,
    };
    let path = path.trim_end_matches(['/', '\\']);
    match path.rsplit_once(['/', '\\']) {
        // A host alone has no ending: `example.org`.
        None if address.is_some() => path,
        None => without_ending(path),
        Some((_, last)) => without_ending(last),
    }
}

fn without_ending(file: &str) -> &str {
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_is_named_by_the_stem_of_its_file() {
        for (source, expected) in [
            ("shared/au-malabo.pdf", "au-malabo"),
            (r"C:\texts\paris.call.docx", "paris.call"),
            ("https://example.org/a/norms.v2.html?x=1#top", "norms.v2"),
            ("https://example.org/a/", "a"),
            ("https://example.org/", "example.org"),
            (".hidden", ".hidden"),
            ("-", "-"),
        ] {
            assert_eq!(stem(source), expected, "{source}");
        }
    }
}
