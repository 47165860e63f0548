//! What of a PDF is switched off: optional content (PDF 32000-1, 8.11), as the
//! file's own default shows it.

use hayro_syntax::object::dict::keys::{BASE_STATE, D, OCGS, OCMD, OCPROPERTIES, OFF, ON, P, TYPE};
use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier};
use hayro_syntax::xref::XRef;
use std::collections::BTreeSet;

/// More marks in one another than any page has.
const MOST_MARKS: usize = 1 << 20;

/// Which groups a file hides, and the marked content one is within.
#[derive(Debug, Default)]
pub(super) struct Layers {
    hidden: BTreeSet<ObjectIdentifier>,
    /// For each mark that is open, whether what is in it shows.
    open: Vec<bool>,
}

impl Layers {
    /// What `xref`'s file hides.
    pub(super) fn of(xref: &XRef) -> Self {
        let root = xref.get::<Dict<'_>>(xref.root_id());
        let hidden = root.and_then(|root| hidden(&root)).unwrap_or_default();
        Self { hidden, open: Vec::new() }
    }

    /// Whether what is drawn now shows.
    pub(super) fn shows(&self) -> bool {
        self.open.last().copied().unwrap_or(true)
    }

    /// How many marks are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Closes all marks but the first `depth`.
    pub(super) fn close_to(&mut self, depth: usize) {
        self.open.truncate(depth);
    }

    /// Opens a mark that hides nothing by itself.
    pub(super) fn open(&mut self) {
        self.open_if(true);
    }

    /// Opens a mark for a group, or for what says which groups it depends on.
    pub(super) fn open_group(&mut self, id: ObjectIdentifier, group: &Dict<'_>) {
        let membership = group.get::<Name<'_>>(TYPE).as_deref() == Some(OCMD);
        let shows = if membership { self.shows_for(group) } else { !self.hidden.contains(&id) };
        self.open_if(shows);
    }

    /// Opens a mark for a dictionary that says which groups it depends on.
    pub(super) fn open_membership(&mut self, membership: &Dict<'_>) {
        let shows = self.shows_for(membership);
        self.open_if(shows);
    }

    /// Closes the last mark.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    fn open_if(&mut self, shows: bool) {
        if self.open.len() < MOST_MARKS {
            self.open.push(shows && self.shows());
        }
    }

    /// Table 99: by policy over the groups named. `/VE` is not read.
    fn shows_for(&self, membership: &Dict<'_>) -> bool {
        let groups = match membership.get::<Array<'_>>(OCGS) {
            Some(groups) => references(&groups),
            None => membership.get_ref(OCGS).map(ObjectIdentifier::from).into_iter().collect(),
        };
        if groups.is_empty() {
            return true;
        }
        let hidden = |id: &ObjectIdentifier| self.hidden.contains(id);
        match membership.get::<Name<'_>>(P).as_deref() {
            Some(b"AllOn") => !groups.iter().any(hidden),
            Some(b"AnyOff") => groups.iter().any(hidden),
            Some(b"AllOff") => groups.iter().all(hidden),
            _ => !groups.iter().all(hidden),
        }
    }
}

fn references(groups: &Array<'_>) -> Vec<ObjectIdentifier> {
    groups.raw_iter().filter_map(|group| group.as_obj_ref().map(Into::into)).collect()
}

/// The groups that the default configuration hides.
fn hidden(root: &Dict<'_>) -> Option<BTreeSet<ObjectIdentifier>> {
    let properties = root.get::<Dict<'_>>(OCPROPERTIES)?;
    let default = properties.get::<Dict<'_>>(D)?;
    let listed = |dict: &Dict<'_>, key: &[u8]| {
        dict.get::<Array<'_>>(key).map(|groups| references(&groups)).unwrap_or_default()
    };
    let mut hidden = BTreeSet::new();
    if default.get::<Name<'_>>(BASE_STATE).as_deref() == Some(b"OFF") {
        hidden.extend(listed(&properties, OCGS));
    }
    for shown in listed(&default, ON) {
        hidden.remove(&shown);
    }
    hidden.extend(listed(&default, OFF));
    Some(hidden)
}
