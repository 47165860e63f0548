//! Tags files through the library, as the program does.

use normtag::corpus::built_in_rules;
use normtag::diagnostic::draw;
use normtag::model::{DocumentProposals, Snapshot, TaxonomyId};
use normtag::pipeline::{Part, TagOptions, Tagged, Unwatched, tag};
use normtag::rules::RuleSet;
use std::path::Path;

/// The built-in rules of `taxonomy`, which have no mistakes.
pub(crate) fn rules(taxonomy: &str) -> RuleSet {
    let files = built_in_rules();
    let loaded = RuleSet::load(&files, &TaxonomyId::new(taxonomy));
    loaded.rules.unwrap_or_else(|| panic!("{}", draw(&loaded.diagnostics, &files, false)))
}

/// Tags bytes under the name `source`.
pub(crate) fn tag_bytes(source: &str, bytes: &[u8], rules: &RuleSet) -> Tagged {
    let options = TagOptions { evidence: 3, keep_documents: true };
    let read = |source: &str| Ok(Snapshot::of_bytes(source, bytes.to_vec()));
    tag(vec![Part::alone(source)], read, rules, &options, &Unwatched)
}

/// The sheet of the file at `path`.
pub(crate) fn tag_file(path: &Path, rules: &RuleSet) -> DocumentProposals {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut tagged = tag_bytes(&path.to_string_lossy(), &bytes, rules);
    tagged.proposals.documents.remove(0)
}
