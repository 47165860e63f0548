//! PDFs from a viewer's regression suite, odd and broken: each is read or
//! unread with a reason, none brings the reader down or holds it up.
//!
//! What the words are beside other readers is checked by hand, with
//! `tests/checks/pdf_peers.py`.

use crate::shared::{files, shared};
use normtag::extract::extract;
use normtag::model::{Extracted, Snapshot};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Longest a file may take. Debug builds are slower than the program and
/// machines differ: the program's own measure is 10 s.
const LONGEST: Duration = Duration::from_secs(30);

#[test]
fn odd_pdfs_are_read_or_unread_with_a_reason() {
    let Some(folder) = shared("odd_pdfs") else { return };
    let mut outcomes: BTreeMap<String, usize> = BTreeMap::new();
    let (mut slowest, mut gave_up) = ((Duration::ZERO, String::new()), Vec::new());
    for path in files(&folder.join("stress/pdf"), "pdf") {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let snapshot = Snapshot::of_bytes(&name, std::fs::read(&path).unwrap());
        let began = Instant::now();
        let extracted = extract(&snapshot);
        let taken = began.elapsed();
        assert!(taken < LONGEST, "{name} took {taken:?}");
        if taken > slowest.0 {
            slowest = (taken, name.clone());
        }
        let (outcome, said) = match extracted {
            Extracted::Read(document) if document.unread_parts.is_empty() => ("read", Vec::new()),
            Extracted::Read(document) => ("partial", document.unread_parts),
            Extracted::Unread(unread) => {
                assert!(!unread.reason.is_empty() && !unread.reason.contains('\n'), "{name}");
                let kind = unread.reason.split(':').next().unwrap_or_default().to_owned();
                *outcomes.entry(format!("unread, {kind}")).or_default() += 1;
                ("unread", vec![unread.reason])
            }
        };
        *outcomes.entry(outcome.to_owned()).or_default() += 1;
        gave_up.extend(
            said.iter().filter(|it| it.contains("gave up")).map(|it| format!("{name}: {it}")),
        );
    }
    println!("{outcomes:?}\nslowest: {slowest:?}");
    assert_eq!(gave_up, Vec::<String>::new(), "a parser panicked");
    assert!(outcomes["read"] >= 245, "{outcomes:?}");
}
