//! Texts that rules were written or tuned looking at.

use super::{Case, CodedCase, Digest, TaxonomyId};
use std::collections::BTreeSet;

/// A text that rules were written or tuned looking at: figures on it are
/// development figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DevelopmentText {
    /// The agreement's id, or the stem of the file's name, or both. Another form
    /// of the same agreement has been looked at too.
    pub names: BTreeSet<String>,
    /// SHA-256 of the bytes that were looked at, where they are known.
    pub digests: BTreeSet<Digest>,
    /// The taxonomies whose rules it served; all of them where none is named.
    pub taxonomies: Vec<TaxonomyId>,
}

impl DevelopmentText {
    /// Whether rules of `taxonomy` were developed on `coded`, known as `case`.
    #[must_use]
    pub fn is(&self, case: &Case, coded: &CodedCase, taxonomy: &TaxonomyId) -> bool {
        let meant = self.taxonomies.is_empty() || self.taxonomies.contains(taxonomy);
        let is = |name: &String| case.agreement.as_str() == name || coded.stems.contains(name);
        let mut digests = coded.texts.iter().filter_map(|text| text.digest.as_ref());
        meant && (self.names.iter().any(is) || digests.any(|digest| self.digests.contains(digest)))
    }
}
