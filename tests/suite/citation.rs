//! The citation grammar on strings collected from the field.

use crate::shared::shared;
use normtag::citation::Cited;

#[test]
fn every_string_of_the_collection_is_read() {
    let Some(shared) = shared("citations") else { return };
    let path = shared.join("quotes-benchmark/citations.txt");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut read = 0;
    for line in text.lines().filter(|line| !line.is_empty()) {
        let (string, canonical) = line.split_once('|').unwrap();
        let cited = Cited::parse(string);
        assert_eq!(cited.canonical().as_deref(), Some(canonical), "{string}");
        let written = cited.to_string();
        assert_eq!(Cited::parse(&written), cited, "{string} is written {written}");
        read += 1;
    }
    assert_eq!(read, 71);
}
