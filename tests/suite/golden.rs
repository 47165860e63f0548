//! Golden files: what is expected stands beside what it comes from. `UPDATE=1`
//! rewrites them, to be read in review.

use std::fs;
use std::path::Path;

/// Holds `actual` against the file at `path`, named from `tests/suite`.
#[track_caller]
pub(crate) fn check(path: &str, actual: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite").join(path);
    if update() {
        fs::write(&path, actual).expect("a golden file can be written");
        return;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let pairs = expected.lines().map(Some).chain(std::iter::repeat(None));
    let mut lines = pairs.zip(actual.lines()).enumerate();
    let differs = lines.find(|(_, (expected, actual))| *expected != Some(actual));
    assert!(
        actual == expected,
        "{} differs (UPDATE=1 rewrites it), first at {differs:#?} of what came out:\n{actual}",
        path.display()
    );
}

fn update() -> bool {
    std::env::var("UPDATE").is_ok_and(|value| value == "1")
}
