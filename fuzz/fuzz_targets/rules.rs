//! Rule files: a codebook, the rules of an element, a vocabulary and a
//! crosswalk, parted by bytes no text has.

#![no_main]

use libfuzzer_sys::fuzz_target;
use normtag::diagnostic::{Diagnostic, draw};
use normtag::handbook::pages;
use normtag::model::{SourceFile, TaxonomyId};
use normtag::rules::{RuleSet, crosswalk, lint, mend, mendable};
use normtag::scan::check_examples;
use normtag_fuzz::parts;

const PATHS: [&str; 4] =
    ["rules/t/taxonomy.toml", "rules/t/1-x.toml", "rules/vocabulary/en.toml", "rules/crosswalk.toml"];

fuzz_target!(|data: &[u8]| {
    let texts = parts::<4>(data).map(|part| String::from_utf8_lossy(part).into_owned());
    let files: Vec<SourceFile> =
        PATHS.iter().zip(texts).map(|(path, text)| SourceFile::new(*path, text)).collect();
    let (relations, mut found) = crosswalk(&files);
    let loaded = RuleSet::load(&files, &TaxonomyId::new("t"));
    found.extend(loaded.diagnostics);
    if let Some(rules) = loaded.rules {
        found.extend(check_examples(&rules));
        let all = [rules];
        let warnings = lint(&files, &all, true);
        check_mended(&files, &warnings);
        found.extend(warnings);
        let _ = pages(&all, &relations);
    }
    in_place(&found, &files);
    let _ = draw(&found, &files, true);
});

/// A mistake lies in its file, or is of a file that is not there.
fn in_place(found: &[Diagnostic], files: &[SourceFile]) {
    for one in found {
        if let Some(file) = files.iter().find(|file| file.path == one.path) {
            assert!(one.span.cut(&file.text).is_some(), "{one:?}");
        }
    }
}

/// What has no effect can be taken out: the rules still load, and nothing of
/// the kind is left.
fn check_mended(files: &[SourceFile], warnings: &[Diagnostic]) {
    let mended = mend(files, warnings);
    let now: Vec<SourceFile> = files
        .iter()
        .map(|file| mended.iter().find(|one| one.path == file.path).unwrap_or(file).clone())
        .collect();
    let loaded = RuleSet::load(&now, &TaxonomyId::new("t"));
    let rules = loaded.rules.unwrap_or_else(|| panic!("{}", draw(&loaded.diagnostics, &now, false)));
    let left = lint(&now, &[rules], true).into_iter().find(mendable);
    assert!(left.is_none(), "{left:?}");
}
